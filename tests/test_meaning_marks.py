"""Marks of modality, quantity and tense: what each may mean, and what stands in its place in another text."""

from __future__ import annotations

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import select
from compare.meaning.detect.modality import modality, quantity, tense
from compare.meaning.detect.negation import outright, told


def found(code: str, **row: str) -> list[tuple[str, str]]:
    [check] = select([code])
    made = compare.collate(compare.from_rows([row]))
    return [(f.places[0].version, f.places[0].text) for f in check.run(Analysis(made)) if f.score >= check.threshold]


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (modality, "You must go home.", [("must", {"duty"})]),
        (modality, "They have to go home.", [("have", {"duty"})]),
        (modality, "It will not be so.", [("will", {"future", "power", "wish"})]),
        (quantity, "Some of them saw a few birds.", [("Some", {"some"}), ("few", {"some", "few"})]),
        (quantity, "It is not at all so.", []),
        (tense, "The old man saw it.", [("saw", {"past"})]),
        (tense, "He has come home.", [("has", {"past", "now"})]),
        (tense, "He must come home.", []),
    ],
)
def test_what_a_mark_may_mean(read, text, expected) -> None:  # type: ignore[no-untyped-def]
    made = compare.collate(compare.from_rows([{"a": text, "b": text}]))
    vocabulary = Analysis(made).vocabulary
    [cell] = vocabulary.cells["a"]
    assert cell is not None
    marks = read(text, cell, vocabulary.forms)
    assert [(cell.words[m.at].text, set(m.senses)) for m in marks] == expected


@pytest.mark.parametrize("text", ["He hadn't come.", "He hadn 't come.", "He had not come.", "No one came."])
def test_a_denial_in_any_writing(text: str) -> None:
    made = compare.collate(compare.from_rows([{"a": text, "b": text}]))
    vocabulary = Analysis(made).vocabulary
    [cell] = vocabulary.cells["a"]
    assert cell is not None
    assert len(outright(text, cell, vocabulary.forms)) == 1
    assert [d.claims for d in told(text, cell, vocabulary.forms).denials] == [True]


def test_whoever_stands_with_the_version_acquits_it() -> None:
    must = {"b": "You must go home.", "c": "You have to go home.", "ru": "Вы должны идти домой."}
    assert found("SEM108", a="You may go home.", **must) == [("a", "may")]
    assert not found("SEM108", a="You may go home.", **must, d="You might go home.")


def test_a_version_that_tells_in_the_present_has_its_way() -> None:
    verbs = "saw took gave sent heard brought kept held met left".split()
    saying = {"saw": "sees", "took": "takes", "gave": "gives", "sent": "sends", "heard": "hears", "brought": "brings"}
    saying |= {"kept": "keeps", "held": "holds", "met": "meets", "left": "leaves"}
    rows = [
        {"a": f"The king {saying[v]} the men.", "b": f"The king {v} the men.", "c": f"The king {v} all the men."}
        for v in verbs
    ]
    [check] = select(["SEM109"])
    assert not list(check.run(Analysis(compare.collate(compare.from_rows(rows)))))
    assert found("SEM109", **rows[0]) == [("a", "sees")]
