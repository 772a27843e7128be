"""The risk of a cell: what it is compared with, what may not move it, and what it is joined with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import compare
from compare.analysis import Analysis
from compare.meaning import scoring
from compare.meaning.models.quality_estimation import Quality, add
from compare.meaning.risk import GRAVE, risk, risk_of_meaning, weigh, with_findings
from compare.meaning.scoring import CellJudgement, models, probability, score
from compare.values import Finding
from tests.test_meaning import ROWS, made

THREE = [{**row, "c": row["a"].replace("letter", "note").replace("late", "very late")} for row in ROWS]
NOTHING = np.zeros(0)


def odds(rows: list[dict[str, str]], source: str | None = "ru") -> dict[str, list[float | None]]:
    found = Analysis(made(rows, source)).judgements
    return {version: [cell.odds if cell else None for cell in cells] for version, cells in found.items()}


def cell(odds: float, family: str) -> CellJudgement:
    return CellJudgement(odds, family, NOTHING, {})


# ---- what a cell is compared with ----


def test_the_order_of_the_versions_does_not_matter() -> None:
    turned = [dict(reversed(row.items())) for row in THREE]
    assert odds(turned) == odds(THREE)
    assert odds(turned, None) == odds(THREE, None)


def test_a_family_says_what_a_cell_was_compared_with() -> None:
    families = {
        "so": Analysis(made(ROWS)).judgements["a"],
        "s": Analysis(made([{"a": row["a"], "ru": row["ru"]} for row in ROWS])).judgements["a"],
        "o": Analysis(made([{"a": row["a"], "b": row["b"]} for row in ROWS], None)).judgements["a"],
    }
    for family, cells in families.items():
        assert [c.family for c in cells if c] == [family] * len(ROWS)


def test_the_passage_that_says_something_else_has_the_highest_risk_in_every_family() -> None:
    for kept in ("ab", "a", "b"):
        rows = [
            {"a": r["a"], **({"b": r["b"]} if "b" in kept else {}), **({"ru": r["ru"]} if "a" in kept else {})}
            for r in ROWS
        ]
        found = [r["a"] for r in Analysis(made(rows, "ru" if "a" in kept else None)).risk]
        assert max(range(len(ROWS)), key=lambda i: found[i] or 0) == 2


def test_a_row_that_lacks_versions_is_judged_by_what_it_has() -> None:
    rows = [THREE[0], {k: t for k, t in THREE[1].items() if k != "b"}, {"c": "He went away."}, THREE[3]]
    found = odds(rows)
    assert found["b"][1] is None
    assert found["a"][2] is None
    assert found["c"][2] is None
    assert all(found[v][i] is not None for v in "ac" for i in (0, 1, 3))


def test_versions_that_are_never_together_are_judged_by_the_source() -> None:
    one, two = ROWS[0], ROWS[1]
    found = Analysis(made([{"a": one["a"], "ru": one["ru"]}, {"b": two["b"], "ru": two["ru"]}])).risk
    assert found[0]["a"] is not None
    assert found[1]["b"] is not None
    assert (found[0]["b"], found[1]["a"]) == (None, None)


def test_rows_of_any_length_are_judged() -> None:
    long = " and ".join(["He came home late in the evening and read the letter twice by the window"] * 12) + "."
    rows = [
        {"a": "Chapter II", "b": "Chapter II", "ru": "Глава II"},
        {"a": "Yes.", "b": "Yes!", "ru": "Да."},
        {"a": "—", "b": "...", "ru": "…"},
        {"a": long, "b": long, "ru": "Он пришёл домой поздно вечером и дважды прочёл письмо у окна. " * 12},
        {"b": "Nobody answered.", "ru": "Никто не ответил."},
        {"a": "Nobody answered."},
    ]
    found = Analysis(made(rows)).risk
    assert all(value is None or 0 < value < 1 for row in found for value in row.values())
    assert found[2]["a"] is None
    assert found[4] == {"a": None, "b": found[4]["b"]}
    assert found[5]["a"] is None


# ---- what may not move it ----

FORMS = {
    "small letters": str.lower,
    "capitals": str.upper,
    "spaces before stops": lambda text: text.replace(".", " ."),
    "two spaces": lambda text: text.replace(" ", "  "),
    "no final stop": lambda text: text.rstrip("."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("alone", [False, True])
def test_case_spaces_and_the_final_stop_do_not_move_risk(form: str, alone: bool) -> None:
    rows = [{"a": row["a"], "ru": row["ru"], **({} if alone else {"b": row["b"]})} for row in ROWS]
    other = [{**row, "a": FORMS[form](row["a"])} for row in rows]
    before, after = ([r["a"] for r in Analysis(made(each)).risk_of_meaning] for each in (rows, other))
    assert after == pytest.approx(before, abs=1e-4)


# ---- calibration ----


def test_probability_and_scores_are_logistic_in_the_odds(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"risk": {"s": [2.0, -1.0]}, "cell": {"s": [3.0, 0.5]}, "wrong": {"s": [1.0, 2.0]}}
    known = replace(models(), calibration=tables)
    monkeypatch.setattr(scoring, "models", lambda: known)
    assert probability(cell(0.5, "s")) == pytest.approx(0.5)
    assert probability(cell(1.5, "s")) == pytest.approx(1 / (1 + np.exp(-2)))
    assert score(3.0, cell(0, "s"), "cell") == pytest.approx(0.5)
    assert score(3.5, cell(0, "s"), "cell") == pytest.approx(1 / (1 + np.exp(-1)))
    assert score(3.0, cell(0, "s"), "wrong") == pytest.approx(1 / (1 + np.exp(-1)))


@pytest.mark.parametrize("family", ["s", "o", "so"])
def test_what_is_shipped_rises_with_the_odds(family: str) -> None:
    chances = [probability(cell(x, family)) for x in (-3.0, 0.0, 3.0)]
    assert chances == sorted(chances)
    assert chances[0] < 0.2 < chances[2]
    for which in ("cell", "wrong", "lost"):
        low, high = (score(x, cell(0, family), which) for x in (-6.0, 6.0))
        assert low < 0.5 < high


# ---- what it is joined with ----


def joined(judgement: CellJudgement, quality: Quality | None) -> float:
    table = made([{"a": "He came home.", "ru": "Он пришёл домой."}])
    (found,) = risk_of_meaning(table, {"a": [judgement]}, {"a": [quality]} if quality else {})
    assert found["a"] is not None
    return found["a"]


def test_expected_quality_counts_where_the_source_alone_is_compared_with() -> None:
    bad, good = Quality(-2.0, 0.9), Quality(1.0, 0.02)
    for family in ("so", "o"):
        assert joined(cell(0.0, family), bad) == joined(cell(0.0, family), None) == probability(cell(0.0, family))
    chance = probability(cell(0.0, "s"))
    assert joined(cell(0.0, "s"), None) == chance
    assert joined(cell(0.0, "s"), good) < joined(cell(0.0, "s"), bad)
    assert joined(cell(0.0, "s"), bad) == pytest.approx(add(chance, bad))


def test_either_is_enough_and_as_many_cells_are_faulty_as_before() -> None:
    assert add(0.2, Quality(0.0, 0.19)) == pytest.approx(0.2)
    assert add(0.5, Quality(0.0, 0.5)) == pytest.approx(0.5802, abs=1e-3)


def test_a_bare_mark_where_others_have_a_clause_has_lost_it() -> None:
    bare = made([{"a": "He went home.", "b": "."}, {"a": "* * *", "b": "*"}, {"a": "Go home.", "b": "—"}], source=None)
    found = risk_of_meaning(bare, {"b": [None, None, None]}, {})
    assert [cells["b"] for cells in found] == [0.99, None, None]


def test_a_clause_said_twice_puts_its_cell_at_risk() -> None:
    clause = "as the evening train to the northern border had already left the station without him"
    rows = [
        *ROWS,
        {
            "a": f"He stayed at home, {clause}, {clause}, and slept.",
            "b": f"He remained at home, {clause}, and slept.",
            "ru": "Он остался дома, так как вечерний поезд к северной границе уже ушёл со станции без него, и уснул.",
        },
    ]
    analysis = Analysis(made(rows))
    (repeat,) = (r for r in analysis.repeats if r.severity == "major")
    low = tuple({"a": 0.5, "b": 0.1} for _ in rows)
    found = risk(analysis.collation, low, [repeat])
    assert found[-1]["a"] == pytest.approx(min(0.99, 1 - 0.5 * (1 - repeat.score)), abs=1e-4)
    assert found[-1]["b"] == 0.1
    assert found[0] == {"a": 0.5, "b": 0.1}
    assert risk(analysis.collation, low, [replace(repeat, severity="minor")]) == low


def test_a_finding_is_grave_only_where_the_cell_is_at_risk() -> None:
    risks = ({"a": GRAVE, "b": GRAVE - 0.01, "c": None}, {"a": 0.0})
    assert weigh(risks, 1, "a", "major") == "major"
    assert weigh(risks, 1, "a", "critical") == "critical"
    assert [weigh(risks, 1, version, "major") for version in ("b", "c", "d")] == ["minor"] * 3
    assert weigh(risks, 2, "a", "major") == "minor"
    assert GRAVE == 0.5


def test_what_other_rooms_find_adds_to_the_risk_of_the_version_at_fault() -> None:
    rows = [
        {"ru": "Флот получит 40 кораблей.", "a": "The navy will get 27 ships.", "b": "The navy will get 40 ships."},
        {"ru": "Флот ушёл.", "a": "The navy left.", "b": "The navy left."},
    ]
    collation = compare.collate(compare.from_rows(rows, source="ru"))
    places = (collation.place("a", 18, 20), collation.place("b", 18, 20))
    found = [Finding("NUM102", severity, 0.8, places, "27 for 40") for severity in ("neutral", "minor")]
    risks = ({"a": 0.5, "b": 0.1}, {"a": None, "b": 0.1})
    assert with_findings(collation, risks, found[:1]) == risks
    assert with_findings(collation, risks, found) == ({"a": 0.9, "b": 0.1}, {"a": None, "b": 0.1})
    assert with_findings(collation, risks, [replace(each, check="TYP101") for each in found]) == risks


def test_without_a_source_all_that_differ_are_in_doubt() -> None:
    collation = compare.collate(compare.from_rows([{"a": "The navy gets 27 ships.", "b": "The navy gets 40 ships."}]))
    found = Finding("NUM102", "major", 0.8, (collation.place("a", 14, 16), collation.place("b", 14, 16)), "27 for 40")
    assert with_findings(collation, ({"a": 0.5, "b": 0.0},), [found]) == ({"a": 0.9, "b": 0.8},)
