"""What the rooms measure of a work before anything is decided: the numbers that learned models and thresholds read.

A model judges well only by measures that are taken as they were when it was trained. A slip in one of them seldom turns
a finding, so that no test of findings notices it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from compare.alignment import align, bead_features, block_matrices, blocks, encoded_text, lattice
from compare.alignment.anchors import anchors, nearest_of, support
from compare.alignment.weights import PRICE, WEIGHTS
from compare.analysis import Analysis
from compare.checks import all_checks, run
from compare.meaning.detect import antonyms, negation, pronouns, unexpected_words, wrong_senses
from compare.meaning.detect.omission_candidates import candidates
from compare.meaning.detect.omission_features import Measures
from compare.meaning.detect.word_coverage import WordCoverage
from compare.meaning.features import denials
from compare.meaning.features.comparisons import compare_cells
from compare.meaning.features.summary import cell_tables
from compare.meaning.models import quality_estimation
from compare.meaning.scoring import columns_of, models, version_features
from compare.names import (
    agreement,
    authority,
    clustering,
    edit_model,
    exonyms,
    graphemes,
    inflection,
    linking,
    romanisation,
    similarity,
)
from compare.names.index import right_form
from compare.repeats import doubled_words, form_features, messages, other_versions, paraphrases, seeds, stems
from compare.repeats import scoring as repeat_scoring
from compare.values import Collation, Encoder
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
        yield {
            "measure": " ".join(name.split()),
            "known": str(int(known.sum())),
            "mean": f"{mean:z.5f}",
            "later": f"{later:z.5f}",
        }


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
    doubts = list(unexpected_words.unexpected_words(aligned, known))
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
    yield "quality bad", [cell.bad for view in views for cell in quality_estimation.expect(view)]
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
    found, measures = list(candidates(coverage, readings)), Measures(coverage, readings, analysis.length_ratios)
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


def findings(analysis: Analysis, *families: str) -> Iterator[Measured]:
    """Yield all that the checks of some families find, under their thresholds too, as a reader would see it."""
    for each in all_checks():
        if each.code.startswith(families):
            for _, finding in run(analysis, [each]):
                first, *evidence = finding.places
                said = f"{finding.message} [{finding.suggestion}] {[place.text for place in evidence]}"
                bounds = (finding.score, first.span.start, first.span.end, len(finding.places))
                yield f"{each.code} {finding.severity} {first.version} “{first.text}”: {said}", bounds


# ---- names ----

#: Names of one bearer and of two, near each other, in several habits: faults of pen and press, endings, other scripts.
_NAMES = """Халил Khalil Halil Лопухин Lopukhin Lopuhin Lopukhins Щербачёв Shcherbachov Stcherbatcheff Ščerbačëv
Щербачёва Shcherbachova Гуров Gurov Gomov Guroff Литва Lithuania Latvia Татьяна Tatyana Татьяне Фёдор Fyodor Theodore
Карабах Karabakh Karabakhi Karabagh Kirushkin Kirinshkin Турция Turkey Turks Юсуф Yusuf Youssouf Joseph Моисеев Moses
Lem Lemm Lemmon Hezron Hebron Petrovitch Petrowitsch Petrovna Ђорђе Đorđe Қазақ Qazaq Mari Marin Эривань Erivan
Erivanom""".split()
#: Names of several words, two and two.
_WHOLE = (
    ("Халил", "Khalil Pasha"),
    ("Акакий Акакиевич", "Akaky"),
    ("Petrov, Ivan", "Иван Петров"),
    ("Г. В. Чичерин", "Georgy Vasilyevich Chicherin"),
    ("Г. В. Чичерин", "G. Tchitcherine"),
    ("Beth-millo", "Bethmillo"),
    ("Angora", "Ankara"),
    ("Иван Ильич Гуров", "Ivan Gurov"),
    ("Anna Maria Karlovna", "Maria Anna"),
    ("Dr. Lemm", "General Lemm"),
)


def names(analysis: Analysis) -> Iterator[Measured]:
    """Yield how alike names are, and what is found of them in a work."""
    yield from _alike()
    index = analysis.names
    for version, mentions in index.mentions.items():
        yield f"mentions {version}", [m.span.start for m in mentions]
        yield f"mentions {version} end", [m.span.end for m in mentions]
        yield f"mentions {version} common", [m.common or None for m in mentions]
        yield f"mentions {version} words", [len(m.words) + 10 * len(m.titles) for m in mentions]
    for entry in index.entries:
        held = [s for spellings in entry.spellings.values() for s in spellings]
        yield f"{entry.name} [{entry.kind}], {entry.proposed} ({entry.why})", [len(s.schemes) for s in held]
        yield f"{entry.name} spellings", [row for spelling in held for row in spelling.rows]
        yield f"{entry.name} likely", [entry.probability(entry.group.nodes[0], node) for node in entry.group.nodes]
        yield f"{entry.name} two", [entry.two_bearers(a, b) or None for a in held for b in held]
    for a in analysis.absences:
        instead = a.instead.text if a.instead else "nothing"
        parts = (a.agreeing, a.rivals, a.is_name, a.is_newcomer, a.nearby, a.mention.span.start)
        yield f"row {a.row.number} {a.version}: {instead} for {a.word.text} in {a.reference}", parts
    for version in index.mentions:
        yield f"right forms {version}: {[right_form(index, entry, version) for entry in index.entries]}", []


def _alike() -> Iterator[Measured]:
    pairs = [(a, b) for n, a in enumerate(_NAMES) for b in _NAMES[n + 1 : n + 10]]
    latin = [two for a, b in pairs if a.isascii() and b.isascii() for two in ((a, b), (b, a))]
    mixed = [(a.casefold(), b.casefold()) for pair in pairs for a, b in (pair, pair[::-1]) if a.isascii() > b.isascii()]
    spelled = [(x, y) for a, b in pairs for x in [edit_model.letters(a)] for y in [edit_model.letters(b)]]
    logits = [similarity.word_logit(x, y) for x, y in spelled]
    yield "log odds", logits
    yield "log odds above 0", [max(x, 0) or None for x in logits]
    yield "log odds about 0", [x if abs(x) < 5 else None for x in logits]
    yield "likeness", [agreement.likeness(a, b) for a, b in mixed]
    strange = [graphemes.strangeness(x, y) for x, y in spelled]
    yield "strangeness", strange
    yield "strangeness under 2", [x if x < 2 else None for x in strange]
    asked: dict[Callable[[str, str], bool], list[tuple[str, str]]] = {
        **dict.fromkeys((agreement.renders, agreement.differs, exonyms.one_bearer, exonyms.two_places), mixed),
        **dict.fromkeys((inflection.related, inflection.derived, inflection.ending_left, authority.one_name), latin),
    }
    for whether, two in asked.items():
        yield whether.__name__, [whether(a, b) or None for a, b in two]
    yield "slip", [linking._is_slip(a.lower(), b.lower()) or None for a, b in latin]
    forms = [
        linking.Form("en", name.casefold(), name, tuple(range(n % 7, n % 7 + 1 + n % 11)), frozenset({f"{n % 3}"}))
        for n, name in enumerate(_NAMES)
        if name.isascii()
    ]
    inside = [max(linking.inside_odds(a, b), -20.0) for a, b in linking.candidates(forms)]
    yield "inside", inside
    yield "inside above 0", [odds if odds > 0 else None for odds in inside]
    yield from ((f"{a} ~ {b}", [similarity.score(a, b), similarity.score(b, a)]) for a, b in _WHOLE)
    for name in _NAMES:
        written = " ".join(dict.fromkeys(romanisation.romanise(name, scheme) for scheme in romanisation.SCHEMES))
        keys = (romanisation.habitual(name), romanisation.sound(name), inflection.singular(name))
        yield f"{name}: {written}; {' '.join(keys)}", [len(romanisation.fits(name, other)) for other in _NAMES]
    yield f"clusters: {clustering.cluster(_NAMES)}", []


# ---- alignment ----


def alignment(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> Iterator[Measured]:
    """Yield what speaks for each way of laying two lists of segments side by side, and which is taken."""
    opens = [n % 3 == 0 for n in range(max(len(source), len(target)))]
    one, two = (encoded_text.read_side(side, encoder, opens[: len(side)]) for side in (source, target))
    yield "lengths", [*one.lengths, *two.lengths]
    yield "parts", [*one.heads.count, *one.tails.count, *two.heads.count, *two.tails.count]
    pairs, cosines = nearest_of(one.alone, two.alone)
    chain = anchors(pairs, cosines)
    trusted = pairs[chain][support(pairs[chain]) > 0]
    yield "nearest", pairs.ravel()
    yield "nearest cosines", cosines
    yield "support", support(pairs)
    yield "anchors", chain
    scale = block_matrices.measure(one.alone, two.alone, cosines[chain], len(trusted))
    yield "scale", [scale.low, scale.high, scale.trust]
    yield "aloneness", blocks._aloneness(one, two, pairs, scale)
    yield "edges", blocks._edges(one, two, np.concatenate([pairs, pairs + 1]), scale)
    yield "borders", blocks._borders(one, two, pairs[chain], scale, 0.0).ravel()
    cut = blocks.cut(one, two, pairs, chain, scale)
    yield "blocks", cut.ravel()
    known = block_matrices.gather(one, two, np.array([[0, len(one), 0, len(two)], [0, 5, 2, 8]]), scale, trusted)
    listed = list(bead_features.matches(known))
    few, many = ([each for each in listed if (each[0] + each[1] < 4) == small] for small in (True, False))
    for beads, of_kinds in (*((f"{m}:{n}", [each]) for each in few for m, n, _ in [each]), ("more", many)):
        by_name = zip(*(found for _, _, found in of_kinds), strict=True)
        for name, values in zip(bead_features.MATCH, by_name, strict=True):
            yield f"{beads} {name}", np.concatenate([np.ravel(value) for value in values])
    for side, planes in zip(("source", "target"), bead_features.gaps(known), strict=True):
        yield from ((f"{side} {name}", plane.ravel()) for name, plane in zip(bead_features.GAP, planes, strict=True))
    grid = lattice.build(known, WEIGHTS)
    sure = lattice.posteriors(grid)
    yield "posterior", sure.match.ravel() * 100
    yield "posterior of gaps", [*sure.up.ravel() * 100, *sure.back.ravel() * 100]
    yield "openings", sure.openings
    yield "all paths", sure.log_total
    paths = lattice.best_paths(grid, sure, PRICE)
    yield "paths", [number for path in paths for bead in path for number in bead]
    yield (
        "beads",
        [number for bead in align(source, target, encoder) for number in (*bead.source, *bead.target, bead.confidence)],
    )


def rows(collation: Collation) -> Iterator[Measured]:
    """Yield where each row of each version begins and ends, how sure it is, and what was moved."""
    for version in collation.work.versions:
        spans = [row.segments.get(version.id) for row in collation.rows]
        yield f"rows {version.id}", [bound for span in spans for bound in span or (None, None)]
        yield f"kinds {version.id} {sorted(set(collation.kinds[version.id]))}", []
    yield "confidence", [row.confidence for row in collation.rows]
    moved = [(move.here, move.there) for move in collation.moves]
    yield "moves", [bound for two in moved for place in two for bound in (place.span.start, place.span.end)]
    yield f"warnings {collation.warnings}", []


# ---- repeats ----


def repeats(analysis: Analysis) -> Iterator[Measured]:
    """Yield what stands twice in every version, what speaks for a slip and against it, and what is said of it."""
    collation, tokens = analysis.collation, analysis.tokens
    twice = repeat_scoring.candidates(collation, tokens)
    for version, judge in other_versions.judges(collation, tokens).items():
        mine = tokens[version]
        for name in ("start", "end", "segment", "key", "lemma", "bits", "content", "formula"):
            yield f"{version} {name}", getattr(mine, name)
        yield f"{version} chains", np.concatenate([np.ravel(part) for part in seeds.chains(mine)])
        yield from _named(f"{version} stem", [{"i": i, "j": j, "share": share} for i, j, share in stems.stems(mine)])
        for each in doubled_words.doubled(mine):
            yield f"{version}: {mine.quote(each.at, each.at + each.size)}: {each.reason}", [each.score, each.emphatic]
        habit = form_features.habit(mine, [copies for copies, _ in twice[version]])
        found = [copies for copies, _ in twice[version]]
        yield f"{version} habit", [habit, len(found)]
        yield f"{version} odds by form", [odds for _, odds in twice[version]]
        bounds = ("i", "i_end", "j", "j_end", "bits", "alike", "cosine")
        yield from _named(f"{version} copies", [{name: getattr(c, name) for name in bounds} for c in found])
        yield f"{version} scales {[copies.scale for copies in found]}", [len(copies.pairs) for copies in found]
        lexical = [form_features.features(mine, copies, 0.5) for copies in found if not copies.cosine]
        semantic = [paraphrases.features(mine, copies, 0.5) for copies in found if copies.cosine]
        yield from (*_named(f"{version} form", lexical), *_named(f"{version} paraphrase", semantic))
        asked = [judge.weigh(copies, extra_first=first) for copies in found for first in (False, True)]
        yield from _named(f"{version} others", map(other_versions.features, asked))
        said = [{**asdict(one), "version": 0.0} for evidence in asked for one in evidence]
        yield from _named(f"{version} evidence", said)
        yield f"{version} rightful", [judge.rightful(copies) or None for copies in found]
        again = [one for each in judge.repeated_elsewhere(found) for _, one in sorted(each.items())]
        yield f"{version} said twice", again
    for repeat in analysis.repeats:
        what = f"{repeat.extra.version} {repeat.kind}, {repeat.severity}: {repeat.extra.text} | {repeat.kept.text}"
        said_of = f"{repeat.reason}; {repeat.changes}; {repeat.mended}; {[place.text for place in repeat.counterparts]}"
        message = messages.finding("REP101", repeat, "Said twice")
        yield f"{what} | {said_of} | {message.message} | {message.suggestion}", [repeat.score, repeat.alike]
