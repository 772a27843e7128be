"""The second look: what siblings, version and words elsewhere say of a cell."""

from __future__ import annotations

import numpy as np
from compare.meaning.rescoring import _highest, _unusual, features
from hypothesis import given
from hypothesis import strategies as st

from compare.analysis import Analysis
from compare.wordalign.vocabulary import read
from tests.test_meaning import ROWS, made

THREE = [{**row, "c": row["a"].replace("letter", "note").replace("late", "very late")} for row in ROWS]


def odds(rows: list[dict[str, str]], source: str | None = "ru") -> dict[str, list[float | None]]:
    return {v: [c.odds if c else None for c in cells] for v, cells in Analysis(made(rows, source)).judged.items()}


def test_the_order_of_the_versions_does_not_matter() -> None:
    turned = [dict(reversed(row.items())) for row in THREE]
    assert odds(turned) == odds(THREE)
    assert odds(turned, None) == odds(THREE, None)


def test_one_version_is_judged_by_the_source_alone() -> None:
    alone = [{"a": row["a"], "ru": row["ru"]} for row in ROWS]
    cells = Analysis(made(alone)).judged["a"]
    assert [c.family for c in cells if c] == ["s"] * len(ROWS)
    chances = [r["a"] for r in Analysis(made(alone)).risk]
    assert max(range(len(ROWS)), key=lambda i: chances[i] or 0) == 2


def test_a_row_that_lacks_versions_is_judged_by_what_it_has() -> None:
    rows = [THREE[0], {k: t for k, t in THREE[1].items() if k != "b"}, {"c": "He went away."}, THREE[3]]
    found = odds(rows)
    assert found["b"][1] is None
    assert found["a"][2] is None
    assert found["c"][2] is None
    assert all(found[v][i] is not None for v in "ac" for i in (0, 1, 3))


def test_a_cell_is_held_against_its_siblings_and_its_version() -> None:
    collation = made(THREE)
    first = Analysis(collation).first_pass
    names, tables = features(first, Analysis(collation).vocabulary, "ru", len(THREE))
    column = {name: tables["a"][:, k] for k, name in enumerate(names)}
    others = np.stack([first[v].odds for v in "bc"])
    assert np.allclose(column["siblings_max"], others.max(0), atol=1e-5)
    assert np.allclose(column["siblings_ahead"], first["a"].odds - others.max(0), atol=1e-5)
    at = first["a"].names.index("o_alike")
    mean = (first["b"].values[:, at] + first["c"].values[:, at]) / 2
    assert np.allclose(column["beside_o_alike"], first["a"].values[:, at] - mean, atol=1e-5)


def test_a_word_that_fares_alike_everywhere_is_not_unusual() -> None:
    texts = ["a kinsman came", "the kinsman went", "his kinsman slept", "her kinsman woke"]
    words = read({"en": ("en", texts)})
    everywhere = [np.array([-5.0, 3.0, -5.0])] * 4
    once = [np.array([-5.0, 3.0 if k == 2 else -5.0, -5.0]) for k in range(4)]
    usual, rare = (_unusual("en", np.arange(4), lines, words)["unusual_1"] for lines in (everywhere, once))
    assert rare[2] > usual[2] + 2
    assert rare[2] == rare.max()


@given(st.lists(st.lists(st.floats(-8, 8), max_size=5), min_size=1, max_size=8))
def test_the_two_highest_of_each_line(lines: list[list[float]]) -> None:
    values = np.array([x for line in lines for x in line], float)
    at = np.array([k for k, line in enumerate(lines) for _ in line], int)
    found = _highest(values, at, len(lines))
    for line, (first, second) in zip(lines, found, strict=True):
        ordered = [*sorted(line, reverse=True), -9.0]
        assert np.isnan(first) if not line else (first, second) == (ordered[0], ordered[1])


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
    chances = Analysis(made(rows)).risk[-1]
    assert (chances["a"] or 0) > 0.9
    assert (chances["b"] or 0) < 0.5
