"""Phrases that a version lacks (※) or has alone (÷): gaps of the room of runs, and how likely each is a fault.

A small model tells it from what the network of witnesses says, how much is uncovered, how empty the place is on the
other side, the cells' lengths, how the version reads at the seams, and whether the sentence vectors come nearer once
the run is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from compare import artefacts
from compare.meaning.detect.omission_candidates import Finder, Gap, Run
from compare.meaning.models.fluency_network import common, fluency, inputs
from compare.meaning.models.gbdt import Trees, parse
from compare.meaning.models.row_network import Witnessed
from compare.wordalign.aligned_words import AlignedWords, surely
from compare.wordalign.links import batch
from compare.wordalign.vocabulary import FUNCTION, Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Rows looked at together.
_ROWS = 128
#: Log-odds from which on a word in a neighbouring row is without an answer there.
_ALONE = -1.0


Read = Mapping[str, Sequence[Witnessed | None]]


def gaps(aligned: AlignedWords, read: Read, vectors: Mapping[str, Floats]) -> tuple[Gap, ...]:
    """List all gaps, judged, in reading order. `read`: what the row network says; `vectors`: of the cells."""
    found = candidates(aligned, read, vectors)
    odds = [0.0] * len(found)
    for kind, model in models().items():
        mine = [k for k, gap in enumerate(found) if gap.kind == kind]
        for k, value in zip(
            mine, model.scores(model.features, table([found[k] for k in mine], model.features)), strict=True
        ):
            odds[k] = float(value)
    return tuple(replace(gap, odds=value) for gap, value in zip(found, odds, strict=True))


@functools.cache
def models() -> Mapping[str, Trees]:
    """Load the models of what is lost and of what is added; aligned by tests/training/gaps.py."""
    raw = artefacts.record("omissions.json")
    return {kind: parse(model) for kind, model in raw.items()}


def table(found: Sequence[Gap], names: Sequence[str]) -> Floats:
    """Lay the signs of gaps of one kind out: (gaps, names)."""
    import numpy as np

    values = [[gap.signs[name] for name in names] for gap in found]
    return np.array(values, np.float32).reshape(len(found), len(names))


def candidates(aligned: AlignedWords, read: Read, vectors: Mapping[str, Floats]) -> tuple[Gap, ...]:
    """List all gaps worth judging, in reading order."""
    source = aligned.collation.work.source
    judged = [v.id for v in aligned.collation.work.versions if v.role != "source"]
    finder = Finder(aligned, read, source.id if source else None, judged)
    found = [gap for i in range(len(aligned.collation.rows)) for gap in finder.row(i)]
    return tuple(_weighed(aligned, read, vectors, found))


def _weighed(aligned: AlignedWords, read: Read, vectors: Mapping[str, Floats], found: Sequence[Gap]) -> Iterator[Gap]:
    """Add what the sentence vectors say: how much nearer the cells come once the run is left out."""
    import numpy as np

    cuts = [_without(aligned, gap.row, led(aligned, gap.row, gap.runs[0])) for gap in found]
    seams = _seams(aligned, found)
    encoded = aligned.collation.encoder.encode([text for _, text in cuts])
    source = aligned.collation.work.source
    for gap, (kept, _), vector, seam in zip(found, cuts, encoded, seams, strict=True):
        run = gap.runs[0]
        whole, cut = vectors[run.text][gap.row], kept + vector
        cut = cut / max(float(np.linalg.norm(cut)), 1e-9)
        facing = [gap.version] if gap.kind == "lost" else [t for t in aligned.cells if t != gap.version]
        nearer = {t: float((cut - whole) @ vectors[t][gap.row]) for t in facing if aligned.cells[t][gap.row]}
        rest = [
            float((cut - whole) @ vectors[t][gap.row])
            for t in aligned.cells
            if t not in (run.text, gap.version) and aligned.cells[t][gap.row]
        ]
        signs = {
            "nearer": sum(nearer.values()) / len(nearer),
            "nearer_source": nearer.get(source.id, float("nan")) if source and gap.kind == "added" else float("nan"),
            "rest_nearer": sum(rest) / len(rest) if rest and gap.kind == "lost" else float("nan"),
            "elsewhere": _elsewhere(aligned, gap),
            "moved": _moved(aligned, read, gap),
            **seam,
        }
        yield replace(gap, signs={**gap.signs, **signs})


def led(aligned: AlignedWords, i: int, run: Run) -> Run:
    """Take in the articles, prepositions and the like that lead up to a run."""
    cell = aligned.cell(run.text, i)
    start = run.start
    while (
        start
        and run.start - start < 3
        and aligned.forms.pos[cell.forms[start - 1]] == FUNCTION
        and not cell.mark[start]
    ):
        start -= 1
    return replace(run, start=start)


def _seams(aligned: AlignedWords, found: Sequence[Gap]) -> Iterator[dict[str, float]]:
    """How ill the version reads at the edges of what is added, or where something is lost; and without the former."""
    import numpy as np

    cells: list[Cell | None] = []
    for gap in found:
        cell = aligned.cell(gap.version, gap.row)
        cells.append(cell)
        run = led(aligned, gap.row, gap.runs[0])
        cells.append(_cut(cell, run.start, run.stop) if gap.kind == "added" else None)
    described, rows = inputs(aligned.forms), np.array([common().get(k, 0) for k in aligned.forms.keys])
    odd: list[tuple[Floats, Floats] | None] = [None] * len(cells)
    order = sorted((k for k, cell in enumerate(cells) if cell), key=lambda k: (len(cells[k].words), k))  # type: ignore[union-attr]
    for first in range(0, len(order), _ROWS):
        part = order[first : first + _ROWS]
        words, holes = fluency(batch([cells[k] for k in part]), described, rows)
        for k, word, hole in zip(part, words, holes, strict=True):
            odd[k] = word, hole
    for gap, whole, cut in zip(found, odd[::2], odd[1::2], strict=True):
        assert whole is not None
        word, hole = whole
        if gap.kind == "lost":
            inner = slice(gap.start + 1, max(gap.stop, gap.start + 2))
            yield {"seam": float(hole[inner].max(initial=-9.0)), "odd": float(word[gap.start : gap.stop].max())}
            continue
        run = led(aligned, gap.row, gap.runs[0])
        edges = [float(x[k]) for x in (word, hole) for k in (run.start, run.stop) if k < len(x)]
        joint_ = [float(x[run.start]) for x in cut if run.start < len(x)] if cut else []
        yield {
            "seam": max(edges),
            "odd": float(word[run.start : run.stop].mean()),
            "seam_mended": max(joint_, default=float("nan")),
        }


def _cut(cell: Cell, start: int, stop: int) -> Cell | None:
    """The cell without a stretch of its words; None when nothing is left."""
    import numpy as np

    kept = [k for k in range(len(cell.words)) if not start <= k < stop]
    if not kept:
        return None
    index = np.array(kept)
    return Cell(tuple(cell.words[k] for k in kept), cell.forms[index], cell.capital[index], cell.mark[index])


def _without(aligned: AlignedWords, i: int, run: Run) -> tuple[Floats, str]:
    """Leave a run out: the sum of the vectors of the cell's other segments, and what is left of those that it is in."""
    import numpy as np

    row, left_out = aligned.collation.rows[i], aligned.place(run.text, i, run.start, run.stop).span
    start, end = left_out.start, left_out.end
    text = aligned.collation.work.version(run.text).text
    vectors = aligned.collation.vectors[run.text]
    kept = np.zeros(vectors.shape[1], np.float32)
    left = ""
    for k in range(*row.segments[run.text]):
        span = aligned.collation.segments[run.text][k]
        if span.end <= start or end <= span.start:
            kept += vectors[k]
        else:
            left += text[span.start : max(span.start, start)] + text[min(end, span.end) : span.end]
    return kept, " ".join(left.split()) or "."


def _moved(aligned: AlignedWords, read: Read, gap: Gap) -> float:
    """The share of the run's content words, two at least, that stand in a neighbouring cell where nothing answers them.

    For what is lost, in the version's cells; for what is added, in those of the other texts.
    """
    forms, told = aligned.forms, read[gap.version]
    run = gap.runs[0]
    cell = aligned.cell(run.text, gap.row)
    lemmas = {forms.lemma[f] for f in cell.forms[run.start : run.stop] if forms.pos[f] != FUNCTION}
    most = 0.0
    for row in (gap.row - 1, gap.row + 1):
        if not 0 <= row < len(told) or not (near := told[row]):
            continue
        alone = {gap.version: near.added} if gap.kind == "lost" else near.lost
        for text, odds in alone.items():
            other = aligned.cell(text, row)
            found = lemmas & {forms.lemma[f] for f, z in zip(other.forms, odds, strict=True) if z > _ALONE}
            if len(found) > 1:
                most = max(most, len(found) / len(lemmas))
    return most


def _elsewhere(aligned: AlignedWords, gap: Gap) -> float:
    """How surely the run's words stand in a neighbouring row, where the texts were cut apart otherwise."""
    import numpy as np

    forms = aligned.forms
    texts = [gap.version] if gap.kind == "lost" else [t for t in aligned.cells if t != gap.version]
    run = gap.runs[0]
    cell = aligned.cell(run.text, gap.row)
    ids = [k for k in cell.forms[run.start : run.stop] if forms.pos[k] != FUNCTION]
    most = 0.0
    for text in texts:
        cells = aligned.cells[text]
        around = [c for c in (*cells[max(gap.row - 1, 0) : gap.row], *cells[gap.row + 1 : gap.row + 2]) if c]
        near = np.concatenate([c.forms for c in around]) if around else np.zeros(0, np.int32)
        near = near[forms.pos[near] != FUNCTION]
        if len(near) and ids:
            likely = (forms.vectors[ids] @ forms.vectors[near].T).max(1)
            most = max(most, sum(surely(float(x)) for x in likely) / len(ids))
    return most
