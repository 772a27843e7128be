"""Versions side by side: from columns of cells to a Work whose rows are given."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from compare.lang import DEFAULT, SOURCE
from compare.read.encoding import doubts
from compare.read.language import doubt, overruled, settle, tag
from compare.values import InputError, Span, Version, Work
from compare.words import count

#: An id is short, and safe in a file name, an anchor and a table's heading.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
#: Characters of a cell, and words, beyond which rows are no passages that face each other: each word is compared with
#: each, and the tables of so many words take half a gigabyte.
LONGEST_CELL, MOST_WORDS = 20_000, 4_500
#: Versions that a file holds side by side, and cells, at most; what has more is no work, or made to fill the memory.
_MOST, _CELLS = 1_000, 10_000_000
#: Of two texts that are one at most this share of the words is different; of two translations a third and more is.
_FEW = 0.02


def name(words: str) -> str:
    """Make an id of a file's stem or a heading: `name("Garnett (1894)") == "garnett-1894"`; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9._]+", "-", plain.lower()).strip("-._")[:40].rstrip("-._")


def bounded(path: Path, headings: Iterable[str], rows: int = 0) -> tuple[str, ...]:
    """Return headings, each once. Raises InputError for more of them, or of cells, than a work has."""
    named = tuple(dict.fromkeys(headings))
    limit(path, len(named), rows)
    return named


def limit(path: Path, versions: int, rows: int) -> None:
    """Raise InputError for more versions side by side, or cells of them all, than a work has."""
    if versions > _MOST:
        raise InputError(path, f"holds {versions:,} versions side by side; {_MOST:,} at most are read")
    if versions * rows > _CELLS:
        raise InputError(path, f"holds {rows:,} rows of {versions:,} versions; {_CELLS:,} cells at most are read")


def identify(headings: Iterable[str]) -> list[str]:
    """Give each heading an id, each once: `["ru", "ru"]` become `["ru", "ru-2"]`."""
    ids: list[str] = []
    for heading in headings:
        stem = heading if ID.fullmatch(heading) else name(heading) or "version"
        id, number = stem, 1
        while id in ids:
            number += 1
            id = f"{stem[:36]}-{number}"
        ids.append(id)
    return ids


def work_of(
    id: str,
    title: str,
    versions: tuple[Version, ...],
    source: str | None,
    rows: tuple[Mapping[str, Span], ...] | None = None,
    warnings: tuple[str, ...] = (),
) -> Work:
    """Make a work, its source the version of that id; None: the one that `_likely` finds beside others, if any."""
    if source is None:
        likely = [v.id for v in _likely(versions)]
        source = likely[0] if len(likely) == 1 and len(versions) > 1 else ""
        if 1 < len(likely) < len(versions):
            lang = _likely(versions)[0].lang
            warnings += (f"{', '.join(likely)} are all in {lang}: none is taken for the source; name it by --source",)
    elif source not in (v.id for v in versions):
        raise InputError(source, f"is not one of the versions {', '.join(v.id for v in versions)}")
    for number, row in enumerate(rows or (), start=1):
        for version in versions:
            if (span := row.get(version.id)) and (size := _beyond(span.of(version.text))):
                trouble = f"row {number}: {version.id} has {size}, and rows are passages; give the texts"
                raise InputError(version.file or version.id, f"{trouble} as a file each, to be aligned")
    versions = tuple(replace(v, role="source" if v.id == source else "translation") for v in versions)
    return Work(id, title, versions, rows=rows, warnings=warnings + doubted(versions))


def _beyond(text: str) -> str:
    """Say how long a cell is that is longer than a passage; nothing of any other."""
    if len(text) > LONGEST_CELL:
        return f"{len(text):,} characters"
    words = count(text) if len(text) > MOST_WORDS else 0
    return f"{words:,} words" if words > MOST_WORDS else ""


def _likely(versions: Sequence[Version]) -> list[Version]:
    """Return what may be the source: texts in `lang.SOURCE`, else those in the one language beside `lang.DEFAULT`."""
    foreign = [v for v in versions if v.lang != DEFAULT]
    return [v for v in foreign if v.lang == SOURCE] or (foreign if len({v.lang for v in foreign}) == 1 else [])


def doubted(versions: Sequence[Version]) -> tuple[str, ...]:
    """Say what is odd about versions beside one another.

    An earlier conversion has spoiled a text; several are one text, or one except for a few words; one that may be the
    original counts as a translation.
    """
    spoiled = [f"{version.id}: {doubt}" for version in versions for doubt in doubts(version.text)]
    by_text: dict[tuple[str, ...], list[str]] = {}
    for version in versions:
        by_text.setdefault(tuple(version.text.split()), []).append(version.id)
    same = [f"{' and '.join(ids)} are one and the same text" for ids in by_text.values() if len(ids) > 1]
    return (*spoiled, *same, *_nearly_one(by_text), *_original(versions))


def _nearly_one(by_text: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[str]:
    """Say which texts have the same words, in whatever order, except a few."""
    counted = [(ids[0], Counter(words)) for words, ids in by_text.items()]
    for (id, one), (other_id, other) in combinations(counted, 2):
        most = max(one.total(), other.total())
        if abs(one.total() - other.total()) <= _FEW * most:
            different = max((one - other).total(), (other - one).total())
            if different <= _FEW * most:
                yield f"{id} and {other_id} are one text except for {different} of {most:,} words"


def _original(versions: Sequence[Version]) -> Iterator[str]:
    """Say which translation may be the original: the one text that is not in `lang.DEFAULT` beside several that are."""
    foreign = [v for v in versions if v.lang != DEFAULT]
    if len(foreign) == 1 and foreign[0].role != "source" and len(versions) > 2:
        alone = f"{foreign[0].id}: is alone in {foreign[0].lang}"
        yield f"{alone}, but counts as a translation; if the others translate it, make it the source"


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells by row, each row as long as `headings`. A blank cell: the version lacks the row."""

    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    langs: tuple[str, ...] = ()
    """Of each column, as the format states it; empty where it states none: then the text and the heading tell."""
    source: str | None = None
    """The heading of the source, where the format declares it."""
    warnings: tuple[str, ...] = ()

    def work(self, path: Path | None, source: str | None = None) -> Work:
        """Make the work. A version's text is its cells joined by line ends; a column without letters is left out."""
        file = str(path) if path else "rows"
        kept = [k for k in range(len(self.headings)) if any(c.isalpha() for row in self.cells for c in row[k])]
        if not kept:
            raise InputError(file, "holds no row with words in it")
        spans: list[dict[str, Span]] = [{} for _ in self.cells]
        versions = []
        warnings = self.warnings
        headings = [self.headings[k] for k in kept]
        ids = identify(headings)
        for id, heading, k in zip(ids, headings, kept, strict=True):
            text = _lay(id, [row[k] for row in self.cells], spans)
            stated = tag(self.langs[k]) if self.langs else ""
            lang = stated or settle(heading, text)
            warnings += doubt(id, stated, text) if stated else overruled(id, heading, lang)
            versions.append(Version(id, text, lang, title=heading, file=str(path) if path else ""))
        wanted = self.source if source is None else source
        if wanted is not None:
            same = [
                id for id, heading in zip(ids, headings, strict=True) if wanted.lower() in (id.lower(), heading.lower())
            ]
            if not same:
                raise InputError(file, f"has no column {wanted!r} with words; such are {', '.join(headings)}")
            wanted = same[0]
        left = [h for k, h in enumerate(self.headings) if k not in kept]
        return work_of(
            (name(path.stem) if path else "") or "rows",
            path.stem if path else "rows",
            tuple(versions),
            wanted,
            tuple(row for row in spans if row),
            (*warnings, *([f"{file}: no text in column {', '.join(left)}"] if left else [])),
        )


def _lay(id: str, cells: list[str], spans: list[dict[str, Span]]) -> str:
    """Join a version's cells and note in each row the span of its words."""
    laid: list[str] = []
    at = 0
    for row, cell in zip(spans, cells, strict=True):
        words = cell.strip()
        if words:
            start = at + len(cell) - len(cell.lstrip())
            row[id] = Span(start, start + len(words))
            laid.append(cell)
            at += len(cell) + 1
    return "\n".join(laid)
