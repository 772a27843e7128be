"""What is said of whole versions: jobs and their weights, base versions, coverage, the versions' table, drift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import compare
import compare.encode
from compare.analysis import Analysis
from compare.analysis.base_version import base_versions, to_rows
from compare.analysis.coverage import Coverage, coverage
from compare.analysis.leaderboard import _scored, overlaps, standings
from compare.analysis.lexical_variety import Variety
from compare.analysis.worklist import LEAST, LONG, SHORT, TOP, WEIGHTS, Worklist, weigh, worklist
from compare.similarity import Similarity
from compare.values import Collation, Finding, Findings

NONE = compare.encode.get("none")


def collate(rows: list[dict[str, str]], source: str | None = "ru") -> Collation:
    return compare.collate(compare.from_rows(rows, source=source), encoder=NONE)


ROWS = [
    {"ru": "один два три четыре", "a": "one two three four", "b": "one two three four"},
    {"ru": "пять шесть семь восемь", "a": "five six seven eight", "b": "five six seven eight"},
    {"ru": "девять десять", "b": "nine ten"},
    {"ru": "сто двести", "b": "hundred more"},
    {"ru": "дом стоит там у реки", "a": "the house stands there", "b": "the house stands there"},
    {"ru": "она ушла", "a": "she left", "b": "she left"},
]


@pytest.fixture(scope="module")
def table() -> Collation:
    return collate(ROWS)


def found(
    table: Collation, row: int, *ids: str, severity: str = "major", score: float = 1.0, **more: object
) -> Finding:
    spans = {id: table.rows[row - 1].spans[id] for id in ids}
    places = tuple(table.place(id, span.start, span.end) for id, span in spans.items())
    return Finding("XXX101", severity, score, places, "said", row=row, id=f"{row}{ids}", **more)  # type: ignore[arg-type]


def omission(table: Collation, first: int, last: int, score: float = 1.0) -> Finding:
    here = table.rows[first - 2].spans["a"]
    spans = [table.rows[row - 1].spans["ru"] for row in range(first, last + 1)]
    places = (table.place("a", here.start, here.end), table.place("ru", spans[0].start, spans[-1].end))
    return Finding("OMI101", "major", score, places, "lacks", row=first, mqm="accuracy/omission", id="omission")


def test_a_finding_weighs_its_severity_times_the_probability_that_it_is_right(table: Collation) -> None:
    for severity, weight in {"critical": 25, "major": 5, "minor": 1, "neutral": 0}.items():
        assert weigh(table, found(table, 1, "a", "ru", severity=severity, score=0.6), 4) == pytest.approx(0.6 * weight)
    assert WEIGHTS == {"critical": 25, "major": 5, "minor": 1, "neutral": 0}


def test_an_omission_weighs_by_the_words_that_the_source_has_there(table: Collation) -> None:
    lost = omission(table, 3, 4)
    assert weigh(table, lost, 4.0) == pytest.approx(5.0)
    assert weigh(table, lost, 2.0) == pytest.approx(10.0)
    assert weigh(table, lost, 0.1) == pytest.approx(5 * LONG)
    assert weigh(table, lost, 1000.0) == pytest.approx(5 * SHORT)
    long = replace(lost, places=(*lost.places, table.place("b", 0, len(table.work.version("b").text))))
    assert weigh(table, long, 4.0) == weigh(table, lost, 4.0)
    other = replace(lost, mqm="accuracy/addition")
    assert weigh(table, other, 1000.0) == pytest.approx(5.0)
    assert (SHORT, LONG) == (0.2, 5.0)


def test_what_several_others_have_weighs_by_the_longest_where_there_is_no_source(table: Collation) -> None:
    alone = collate(
        [{"a": "he came", "b": "he came"}, {"a": "one two three", "b": "one two three four five six"}], None
    )
    first = alone.place("a", 0, 2)
    spans = [alone.rows[1].spans[id] for id in ("a", "b")]
    places = tuple(alone.place(id, span.start, span.end) for id, span in zip("ab", spans, strict=True))
    lost = Finding("OMI102", "minor", 1.0, (first, *places), "lacks", row=1, mqm="accuracy/omission")
    assert weigh(alone, lost, 6.0) == pytest.approx(1.0)


def jobs(table: Collation, *findings: Finding) -> Worklist:
    return worklist(Analysis(table), findings)


def test_rows_that_one_omission_covers_are_one_job(table: Collation) -> None:
    listed = jobs(table, omission(table, 3, 4), found(table, 4, "b"), found(table, 5, "a"), found(table, 2, "b"))
    assert [job.rows for job in listed.jobs] == ["3–4", "2", "5"]
    assert [len(job.findings) for job in listed.jobs] == [2, 1, 1]
    assert (listed.jobs[0].row, listed.jobs[0].last_row) == (3, 4)
    assert listed.jobs[0].cells["ru"] == "девять десять\nсто двести"
    assert "a" not in listed.jobs[0].cells


def test_jobs_come_by_weight_and_their_findings_too(table: Collation) -> None:
    small, great = found(table, 1, "a", severity="minor"), found(table, 1, "b", score=0.9)
    listed = jobs(table, small, great, found(table, 6, "a", severity="critical"), found(table, 5, "a", score=0.3))
    assert [(job.row, job.weight) for job in listed.jobs] == [(6, 25.0), (1, 5.5), (5, 1.5)]
    assert listed.jobs[1].findings == (great, small)


def test_little_is_no_job(table: Collation) -> None:
    assert LEAST == 1.0
    assert not jobs(table, found(table, 1, "a", severity="minor", score=0.8)).jobs
    assert jobs(table, found(table, 1, "a", severity="minor", score=1.0)).jobs
    assert not jobs(table, *[found(table, 1, "a", severity="neutral")] * 9).jobs


@pytest.mark.parametrize(("status", "listed"), [("open", 1), ("accepted", 1), ("dismissed", 0), ("fixed", 0)])
def test_only_what_is_still_to_do_is_a_job(table: Collation, status: str, listed: int) -> None:
    assert len(jobs(table, found(table, 1, "a", status=status)).jobs) == listed


def test_top_tells_the_gravest_finding_of_the_first_jobs(table: Collation) -> None:
    listed = jobs(table, found(table, 1, "a"), found(table, 1, "b", severity="minor"), found(table, 5, "a", score=0.5))
    first, second = listed.top()
    assert tuple(first) == TOP
    assert (first["rows"], first["version"], first["more"], first["words"]) == ("1", "a", 1, "one two three four")
    assert second["weight"] == 2.5
    assert listed.top(1) == [first]


def test_a_worklist_is_written_for_people_and_machines(table: Collation) -> None:
    listed = jobs(table, omission(table, 3, 4), found(table, 1, "a"))
    assert "## Rows 3–4 · weight" in listed.to_md()
    assert "## Row 1 · weight 5\n" in listed.to_md()
    header, *lines = listed.to_tsv().splitlines()
    assert header.split("\t")[:3] == ["rows", "weight", "base"]
    assert len(lines) == 2


# Coverage.


def test_coverage_is_the_share_of_the_sources_rows_and_words(table: Collation) -> None:
    shares = coverage(table)
    assert shares == {"a": Coverage(round(4 / 6, 4), round(15 / 19, 4)), "b": Coverage(1.0, 1.0)}


def test_what_the_source_lacks_does_not_count() -> None:
    rows = [{"ru": "он ушёл", "a": "he left"}, {"a": "and more of this"}, {"ru": "да да да да", "b": "yes"}]
    assert coverage(collate(rows)) == {"a": Coverage(0.5, round(2 / 6, 4)), "b": Coverage(0.5, round(4 / 6, 4))}


def test_without_a_source_the_other_versions_are_what_is_to_be_covered() -> None:
    rows = [{"a": "he left", "b": "he went"}, {"b": "and so did she", "c": "she too"}, {"c": "last"}]
    shares = coverage(collate(rows, None))
    assert shares["a"] == Coverage(round(1 / 3, 4), round(2 / 6, 4))
    assert shares["b"].rows == round(2 / 3, 4)
    assert coverage(collate([{"a": "alone"}], None)) == {}


def test_every_report_tells_the_coverage() -> None:
    rows = [{"ru": "Он ушёл.", "a": "He left.", "b": "He went."}, {"ru": "Дверь закрылась.", "b": "The door shut."}]
    report = compare.report(compare.from_rows(rows, source="ru"), encoder=NONE, select=["TYP"])
    assert report.scores["a"]["coverage"] == {"rows": 0.5, "words": 0.5}
    assert "coverage" not in report.scores["ru"]
    from compare.write import html, md, txt

    for written in (html.write(report), md.write(report), txt.write(report)):
        assert "50 % of the rows, 50 % of the words" in written.decode()


# Base versions.


def near(**cosines: list[float]) -> Similarity:
    both = {}
    for pair, values in cosines.items():
        one, other = pair.split("_")
        both[one, other] = both[other, one] = np.array(values, np.float32)
    return Similarity(both)


def test_the_base_version_gains_by_likeness_and_loses_its_risk() -> None:
    table = collate([{"ru": "дом", "a": "house", "b": "home"}])
    likeness = near(a_b=[0.6], a_ru=[0.5], b_ru=[0.4])
    varieties = [Variety(1, {"a": 0.2, "b": 0.4}, 0.3)]
    (chosen,) = base_versions(table, likeness, [{"a": 0.0, "b": 0.0}], varieties)
    assert chosen.gains == {"a": pytest.approx(0.3 + 0.4 + 0.5), "b": pytest.approx(0.3 + 0.3 + 0.4)}
    assert chosen.version == "a"
    (chosen,) = base_versions(table, likeness, [{"a": 0.5, "b": None}], varieties)
    assert chosen.gains["a"] == pytest.approx(0.3 + 0.4 + 0.5 - 0.5)
    assert chosen.version == "b"
    assert to_rows([chosen]) == [{"row": 1, "base": "b", "gain a": 0.7, "gain b": 1.0}]


def test_ties_go_to_the_first_by_id_and_a_row_without_translation_has_none() -> None:
    table = collate([{"ru": "дом", "a": "house", "b": "house"}, {"ru": "сад"}])
    likeness = near(a_b=[1.0, np.nan], a_ru=[0.5, np.nan], b_ru=[0.5, np.nan])
    risks = [{"a": 0.1, "b": 0.1}, {}]
    varieties = [Variety(1, {"a": 0.0, "b": 0.0}, 0.0), Variety(2, {}, None)]
    assert [each.version for each in base_versions(table, likeness, risks, varieties)] == ["a", None]


# The table of versions.


def test_a_line_of_the_table() -> None:
    table = collate(ROWS[:3])
    likeness = near(a_b=[0.5, 0.7, np.nan], a_ru=[0.2, 0.4, np.nan], b_ru=[0.1, 0.2, 0.3])
    risks = [{"a": 0.1, "b": 0.2}, {"a": 0.3, "b": None}, {"a": None, "b": 0.4}]
    varieties = [Variety(n, {"a": 0.25, "b": 0.5}, 0.3) for n in (1, 2)] + [Variety(3, {}, None)]
    lost = [omission(table, 3, 3), replace(omission(table, 3, 3), status="dismissed")]
    more = replace(found(table, 1, "b", "ru"), mqm="accuracy/addition")
    a, b = standings(table, coverage(table), likeness, risks, varieties, [*lost, more])
    assert (a.version, a.rows, a.omissions, a.additions) == ("a", 2, 1, 0)
    assert (a.risk, a.source, a.others, a.eddy) == (0.2, pytest.approx(0.3), pytest.approx(0.6), 0.25)
    assert a.coverage == round(8 / 10, 4)
    assert (b.version, b.rows, b.omissions, b.additions, b.risk) == ("b", 3, 0, 1, pytest.approx(0.3))


class Lengths:
    """A metric of sacrebleu's shape: the mean length of the texts."""

    class Score:
        def __init__(self, score: float) -> None:
            self.score, self.name = score, "length"

    def get_signature(self) -> Lengths:
        return self

    def update(self, name: str, value: object) -> None:
        """A signature takes what the figures were made with."""

    def _extract_corpus_statistics(self, texts: list[str], _: None) -> list[list[float]]:
        return [[len(text), 1.0] for text in texts]

    def _aggregate_and_compute(self, statistics: list[list[float]]) -> Score:
        return self._compute_score_from_stats(np.array(statistics).sum(0))

    def _compute_score_from_stats(self, sums: np.ndarray) -> Score:
        return self.Score(float(sums[0] / sums[1]))


def test_intervals_are_half_of_what_95_of_100_resamples_lie_in() -> None:
    texts = ["x" * size for size in np.random.default_rng(7).integers(0, 101, 400)]
    (line,) = _scored(Lengths(), {"a": texts}, "b", 2000)
    lengths = np.array([len(text) for text in texts])
    assert line.interval == pytest.approx(1.96 * lengths.std() / 20, rel=0.08)
    assert line.score == pytest.approx(lengths.mean(), abs=0.01)
    assert line.p is None


def test_p_tells_a_version_that_differs_from_one_that_does_not() -> None:
    chance = np.random.default_rng(3)
    texts = ["x" * size for size in chance.integers(20, 80, 200)]
    same = ["x" * (len(text) + int(step)) for text, step in zip(texts, chance.integers(-3, 4, 200), strict=True)]
    longer = ["x" * (len(text) + 10) for text in same]
    _, alike, other = _scored(Lengths(), {"a": texts, "b": same, "c": longer}, "r", 500)
    assert alike.p is not None
    assert alike.p > 0.05
    assert other.p == pytest.approx(1 / 501, abs=1e-4)


def test_overlaps_are_of_the_rows_that_all_have(table: Collation) -> None:
    scores = overlaps(table, samples=20)
    assert {(each.version, each.reference) for each in scores} == {("a", "b"), ("b", "a")}
    assert {each.score for each in scores if each.metric == "chrF2"} == {100.0}
    assert overlaps(collate([{"a": "x"}, {"b": "y"}], None)) == ()


# The order of versions.


def test_the_order_of_versions_changes_nothing() -> None:
    texts = {
        "ru": "Гуров поехал в Ялту. Там шёл дождь весь вечер. Он не хотел ехать домой. Она молчала и ждала.",
        "b": "Gurov went to Yalta. It rained there the whole evening. He wanted to go home. She was silent and waited.",
        "a": "Gurov drove to Yalta. It it rained all evening. He did not want to go home. She kept silent.",
        "c": "Gomov went to Yalta. There was rain there all evening. He didn't want to go home.",
    }

    def told(order: str) -> tuple[object, ...]:
        ids = [{"r": "ru"}.get(letter, letter) for letter in order]
        report = compare.report(compare.from_texts({id: texts[id] for id in ids}))
        assert [version.id for version in report.work.versions] == ids
        spans = [(row.number, row.confidence, sorted(row.spans.items())) for row in report.collation.rows]
        return Findings(report.findings), [dict(risk) for risk in report.risk], spans, report.signature

    first = told("rabc")
    assert first[0]
    assert told("cbar") == first
    assert told("brca") == first


def test_an_analysis_has_the_source_first_and_then_the_others_by_id() -> None:
    table = collate([{"b": "x", "a": "y", "ru": "з"}])
    ids = [version.id for version in table.work.versions]
    assert [version.id for version in Analysis(table).collation.work.versions] == ["ru", "a", "b"]
    assert ids == [version.id for version in table.work.versions]
