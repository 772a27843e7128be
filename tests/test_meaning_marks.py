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


@pytest.mark.parametrize("text", ["He hadn't come.", "He hadn 't come.", "He had not come.", "No one came."])
def test_a_denial_in_any_writing(text: str) -> None:
    made = compare.collate(compare.from_rows([{"a": text, "b": text}]))
    vocabulary = Analysis(made).vocabulary
    [cell] = vocabulary.cells["a"]
    assert cell is not None
    assert len(outright(text, cell, vocabulary.forms)) == 1
    assert [d.claims for d in told(text, cell, vocabulary.forms).denials] == [True]
