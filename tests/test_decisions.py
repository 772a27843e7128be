"""Decisions find their findings again by the words, and say so when they are malformed."""

from __future__ import annotations

import pytest

from compare import decisions
from compare.values import Decision, Finding, InputError, Place, Span, Work


def finding(quote: str, check: str = "NAM101", version: str = "en", start: int = 0) -> Finding:
    place = Place(version, Span(start, start + len(quote)), quote)
    return Finding(check, "minor", 0.9, (place,), "two spellings")


def table(**cells: str) -> Work:
    line = {"check": "NAM101", "version": "en", "quote": "Khalil", "verdict": "dismissed", "reason": "as printed"}
    return Work("w", "W", (), tables={"decisions": (line | cells,)})


def test_follows_the_words_not_the_offset() -> None:
    [decided] = decisions.decide([finding("Khalil", start=907)], decisions.read(table()))
    assert (decided.status, decided.reason) == ("dismissed", "as printed")


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"check": "NAM"}, "dismissed"),
        ({"check": "nam101", "version": ""}, "dismissed"),
        ({"quote": "khalil"}, "dismissed"),
        ({"check": "TRM"}, "open"),
        ({"version": "en-b"}, "open"),
        ({"quote": "Halil"}, "open"),
    ],
)
def test_matches_by_check_version_and_words(cells: dict[str, str], status: str) -> None:
    [decided] = decisions.decide([finding("Khalil")], decisions.read(table(**cells)))
    assert decided.status == status


def test_occurrence_parts_equal_words() -> None:
    both = [finding("Khalil", start=5), finding("Khalil", start=50)]
    decided = decisions.decide(both, decisions.read(table(occurrence="2")))
    assert [f.status for f in decided] == ["open", "dismissed"]


def test_the_last_word_counts() -> None:
    first, second = (Decision("NAM101", "en", "Khalil", verdict) for verdict in ("dismissed", "accepted"))
    [decided] = decisions.decide([finding("Khalil")], [first, second])
    assert decided.status == "accepted"


@pytest.mark.parametrize("cells", [{"verdict": "maybe"}, {"occurrence": "0"}, {"check": ""}])
def test_refuses_malformed_lines(cells: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"decisions\.tsv: line 2: "):
        decisions.read(table(**cells))


def test_an_empty_quote_speaks_of_blanks_only() -> None:
    found = [finding("  ", check="TYP104"), finding("Khalil", check="TYP104")]
    decided = decisions.decide(found, decisions.read(table(check="TYP104", quote="")))
    assert [f.status for f in decided] == ["dismissed", "open"]
