"""What the rooms measure of a work before anything is decided: the numbers that learned models and thresholds read.

A model judges well only by measures that are taken as they were when it was trained. A slip in one of them seldom turns
a finding, so that no test of findings notices it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from compare.analysis import Analysis
from compare.checks import all_checks, run
from compare.meaning.detect import antonyms, negation, pronouns, wrong_senses
from compare.meaning.detect.omission_candidates import candidates
from compare.meaning.detect.omission_features import Measures
from compare.meaning.detect.word_coverage import WordCoverage
from compare.meaning.features import denials
from compare.meaning.features.comparisons import compare_cells
from compare.meaning.features.summary import cell_tables
from compare.meaning.models import quality_estimation
from compare.meaning.scoring import columns_of, models, version_features
from compare.wordalign.contextual import uncased, uncased_cell_states

Measured = tuple[str, Iterable[float | None]]


def lines(measured: Iterable[Measured]) -> Iterator[dict[str, str]]:
    """Sum up each measure: how many values are known, their mean, and the mean weighted by place.

    The weight rises from 0 for the first value to 1 for the last, so that two values that change places are seen.
    """
    for name, values in measured:
        listed = np.array([np.nan if value is None else float(value) for value in values])
        places = np.linspace(0, 1, len(listed)) if len(listed) else listed
        known = ~np.isnan(listed)
        mean, later = (float((listed * by)[known].mean()) if known.any() else 0.0 for by in (1.0, places))
        yield {"measure": name, "known": str(int(known.sum())), "mean": f"{mean:z.5f}", "later": f"{later:z.5f}"}


def _named(prefix: str, each: Iterable[Mapping[str, float]]) -> Iterator[Measured]:
    """Turn mappings with the same names, one a thing measured, into measures."""
    listed = list(each)
    for name in dict.fromkeys(name for one in listed for name in one):
        yield f"{prefix} {name}", [one.get(name) for one in listed]


def meaning(analysis: Analysis) -> Iterator[Measured]:
    """Yield what the models of meaning read and say of every word, cell and candidate."""
    yield from _of_words_and_cells(analysis)
    yield from _omissions(analysis)
    yield from _negation(analysis)
    aligned, known = analysis.words, analysis.renderings
    doubts = list(wrong_senses.unexpected_words(aligned, known))
    yield from _named("doubt", [{**each.features, "at": each.at, "source": each.source} for each in doubts])
    yield "doubt probability", [each.probability for each in analysis.wrong_senses]
    yield "faithfulness", [wrong_senses.faithfulness(aligned, known, v) for v in analysis.words.cells if v != "ru"]
    opposed = list(antonyms.opposite_words(aligned, known))
    yield from _named("opposite", [{"at": each.at, "alike": each.alike} for each in opposed])
    exchanged = list(pronouns.exchanged_pronouns(aligned))
    yield from _named("person", [{"at": each.at, "row": each.row_index} for each in exchanged])
    yield from _named("phrase", [{"score": p.score, "start": p.place.span.start} for p in analysis.phrases])
    views = [
        quality_estimation.view(analysis.collation, analysis.vocabulary, version)[1]
        for version in quality_estimation.readable_versions(analysis.collation)
    ]
    values = np.concatenate([view.values for view in views])
    yield from ((f"quality {name}", values[:, k]) for k, name in enumerate(views[0].names))
    yield "quality letters", np.concatenate([view.letters.ravel() for view in views])
    yield "quality bad", [cell.bad for cells in analysis.quality.values() for cell in cells if cell]
    for version in analysis.risk[0]:
        yield f"risk {version}", [row.get(version) for row in analysis.risk]


def _of_words_and_cells(analysis: Analysis) -> Iterator[Measured]:
    collation, vocabulary = analysis.collation, analysis.vocabulary
    texts = {v.id: [uncased(collation.cell(row, v.id)) for row in collation.rows] for v in collation.work.versions}
    langs = {v.id: v.lang for v in collation.work.versions}
    states = uncased_cell_states(collation, vocabulary)
    columns = columns_of(texts, langs, vocabulary, states, analysis.renderings)
    versions = [v.id for v in collation.work.versions if v.role != "source"]
    gathered = list(cell_tables(columns, "ru", versions))
    for kind, tables in (
        ("word", [g.own_words for g in gathered]),
        ("lost", [t for g in gathered for t in g.other_words]),
    ):
        values = np.concatenate([table.values for table in tables])
        yield from ((f"{kind} {name}", values[:, k]) for k, name in enumerate(tables[0].names))
    features = version_features(collation, vocabulary, states, analysis.renderings, models())
    names, compared = compare_cells(features, len(collation.rows))
    cells = np.concatenate([compared[version] for version in sorted(compared)])
    yield from ((f"cell {name}", cells[:, k]) for k, name in enumerate(names))
    judged = [cell for version in versions for cell in analysis.judgements[version] if cell]
    yield "cell odds", [cell.odds for cell in judged]
    yield "cell wrong", np.concatenate([cell.wrong for cell in judged])
    yield "cell lost", np.concatenate([odds for cell in judged for _, odds in sorted(cell.lost.items())])


def _omissions(analysis: Analysis) -> Iterator[Measured]:
    readings = analysis.row_readings
    read = [cell for version in sorted(readings) for cell in readings[version] if cell]
    yield "row network added", np.concatenate([cell.added for cell in read])
    yield "row network hole", np.concatenate([cell.hole for cell in read])
    yield "row network lost", np.concatenate([odds for cell in read for _, odds in sorted(cell.lost.items())])
    coverage = WordCoverage(analysis.words, analysis.renderings)
    found, measures = list(candidates(coverage, readings)), Measures(coverage, readings)
    for kind in ("lost", "added"):
        mine = [each for each in found if each.kind == kind]
        own = [{"start": c.start, "stop": c.stop, "texts": len(c.runs), "first": c.runs[0].start} for c in mine]
        yield from _named(kind, [{**a, **measures.features(b)} for a, b in zip(own, mine, strict=True)])
    yield from _named(
        "omission",
        [{"score": o.score, "start": o.place.span.start, "end": o.place.span.end} for o in analysis.omissions],
    )


def _negation(analysis: Analysis) -> Iterator[Measured]:
    aligned, versions = analysis.words, analysis.collation.work.versions
    readings = denials.read_denials(aligned)
    faced = [
        (facing, negation.log_odds(facing.features, negation.direction(one.lang, two.lang)))
        for one in versions
        for two in versions
        if one is not two
        for i in range(len(analysis.collation.rows))
        for _, facing in negation.counterparts(
            aligned, readings, one.id, two.id, i, negation.RenderingShares(analysis.renderings, one.lang, two.lang)
        )
    ]
    own = [
        {
            "log odds": odds,
            "at": np.nan if facing.at is None else facing.at,
            "answered": facing.answered,
            "lemmas": sum(map(negation.is_lexical, facing.features)),
            **{name: value for name, value in facing.features.items() if not negation.is_lexical(name)},
        }
        for facing, odds in faced
    ]
    yield from _named("denial", own)
    turned = negation.reversals(aligned, analysis.renderings, -99.0)
    yield from _named(
        "reversal", [{"at": r.at, "odds": r.odds, "often": r.often or 0, "agreed": r.agreed} for r in turned]
    )


def checks(analysis: Analysis) -> Iterator[Measured]:
    """Yield the scores that every check gives, those under its threshold too, and where its places begin and end."""
    for each in all_checks():
        found = [finding for _, finding in run(analysis, [each])]
        yield f"{each.code} score", [finding.score for finding in found]
        yield f"{each.code} start", [place.span.start for finding in found for place in finding.places]
        yield f"{each.code} end", [place.span.end for finding in found for place in finding.places]
