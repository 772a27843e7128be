"""The states of words and the network that reads pairs of texts."""

from __future__ import annotations

import numpy as np

from compare.analysis import Analysis
from compare.meaning.models import pair_network as pairs
from compare.wordalign.contextual import both, states
from compare.wordalign.links import Batch, batch
from compare.wordalign.vocabulary import read
from compare.words import words

ENGLISH = ["His mother was waiting by the window.", "He read the letter twice.", "Late in the evening he came home."]
RUSSIAN = ["Мать ждала его у окна.", "Он дважды прочёл письмо.", "Он пришёл домой поздно вечером."]


def beside(version: list[str], other: list[str], lang: str = "ru") -> tuple[Batch, Batch]:
    wording = read({"v": ("en", version), "x": (lang, other)})
    one, two = ([paired for _, paired in both(*each)] for each in (("en", version), (lang, other)))
    return batch(wording.cells["v"], one), batch(wording.cells["x"], two)


def test_every_word_has_a_state_near_its_translations() -> None:
    for text, made in zip(ENGLISH, states("en", ENGLISH), strict=True):
        assert made.shape[0] == len(words(text))
        np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, rtol=1e-5)
    (english,), (russian,) = states("en", [ENGLISH[1]]), states("ru", [RUSSIAN[1]])
    letter = [w.text for w in words(ENGLISH[1])].index("letter")
    assert words(RUSSIAN[1])[int((english[letter] @ russian.T).argmax())].text == "письмо"


def test_a_text_without_words_has_no_states() -> None:
    assert [s.shape[0] for s in states("en", ["", "—", "Yes"])] == [0, 0, 1]


def test_the_company_of_a_row_changes_nothing() -> None:
    weights = pairs.weights("s")
    together = pairs.read(weights, *beside(ENGLISH, RUSSIAN))
    for n in range(len(ENGLISH)):
        alone = pairs.read(weights, *beside([ENGLISH[n]], [RUSSIAN[n]]))
        np.testing.assert_allclose(together.cell[n], alone.cell[0], atol=1e-4)
        np.testing.assert_allclose(together.wrong[n, : alone.wrong.shape[1]], alone.wrong[0], atol=1e-4)
        np.testing.assert_allclose(together.lost[n, : alone.lost.shape[1]], alone.lost[0], atol=1e-4)


def test_what_is_gone_is_lost() -> None:
    sound = pairs.read(pairs.weights("s"), *beside(["He read the letter twice."], [RUSSIAN[1]]))
    short = pairs.read(pairs.weights("s"), *beside(["He read twice."], [RUSSIAN[1]]))
    at = [w.text for w in words(RUSSIAN[1])].index("письмо")
    assert short.lost[0, at] > sound.lost[0, at]
    assert short.cell[0] > sound.cell[0]


def test_rows_of_any_length_are_judged() -> None:
    from tests.test_meaning import made

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
    assert all(found[n]["a"] is not None and found[n]["a"] < 0.5 for n in (0, 1, 3))  # type: ignore[operator]
    assert found[2]["a"] is None
    assert found[4] == {"a": None, "b": found[4]["b"]}
    assert found[5]["a"] is None


def test_versions_that_are_never_together_are_judged_by_the_source() -> None:
    from tests.test_meaning import made

    found = Analysis(made([{"a": ENGLISH[0], "ru": RUSSIAN[0]}, {"b": ENGLISH[1], "ru": RUSSIAN[1]}])).risk
    assert found[0]["a"] is not None
    assert found[1]["b"] is not None
    assert (found[0]["b"], found[1]["a"]) == (None, None)


def test_a_row_is_judged_by_the_texts_that_it_has() -> None:
    from tests.test_meaning import made

    rows = [{"a": a, "b": b, "ru": r} for a, b, r in zip(ENGLISH, reversed(ENGLISH), RUSSIAN, strict=True)]
    lacking = [{k: t for k, t in row.items() if n != 1 or k != "b"} for n, row in enumerate(rows)]
    alone = Analysis(made([{k: t for k, t in row.items() if k != "b"} for row in rows])).first_pass["a"]
    among = Analysis(made(lacking)).first_pass["a"]
    assert alone.names == among.names
    np.testing.assert_allclose(among.odds[1], alone.odds[1], atol=1e-3)
    assert abs(among.odds[0] - alone.odds[0]) > 0.01


def test_a_cell_stands_apart_by_the_networks_where_its_sibling_is_sound() -> None:
    from tests.test_meaning import made

    rows = [{"a": t, "b": t, "ru": r} for t, r in zip(ENGLISH, RUSSIAN, strict=True)]
    rows[1]["a"] = "He read twice."
    found = Analysis(made(rows)).first_pass
    column = {v: dict(zip(one.names, one.values.T, strict=True)) for v, one in found.items()}
    apart = {v: column[v]["s_net"][1] - column[{"a": "b", "b": "a"}[v]]["s_net"][1] for v in "ab"}
    assert apart["a"] > 0
    for v in "ab":
        np.testing.assert_allclose(column[v]["s_net_apart"][1], apart[v], atol=1e-5)
        np.testing.assert_allclose(column[v]["s_net_apart"][[0, 2]], 0, atol=1e-5)
        assert np.isnan(column[v]["o_net_apart"]).all()  # two versions alone have nobody to stand beside them
