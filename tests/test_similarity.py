"""How near versions stand to one another."""

from __future__ import annotations

import compare
import compare.encode
from compare.similarity import is_revision

NOVEL = (
    "The old man sat by the window all the winter and looked at the frozen river below.",
    "Nobody came to see him except the miller's daughter, who brought him bread and salt.",
    "In the spring he sold the house, gave the money away, and went off on foot to the south.",
)
OTHER = (
    "All through the winter the old fellow kept to his window, watching the river in its ice.",
    "No visitor had he but the daughter of the miller, with her bread and her pinch of salt.",
    "When spring had come his house was sold, the money given away; on foot he made southward.",
)


def revision(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    rows = [{"a": a, "b": b} for a, b in zip(one, other, strict=True)]
    return is_revision(compare.collate(compare.from_rows(rows), encoder=compare.encode.get("none")), "a", "b")


def test_a_revision_is_no_second_witness_and_another_translation_is() -> None:
    assert revision(NOVEL, tuple(line.replace("sat", "stayed") for line in NOVEL))
    assert revision(NOVEL, NOVEL)
    assert not revision(NOVEL, OTHER)
    assert not revision(NOVEL, (NOVEL[0], NOVEL[1], OTHER[2]))


def test_short_cells_that_are_alike_tell_nothing() -> None:
    assert not revision(("He left.", "She stayed."), ("He left.", "She stayed."))
