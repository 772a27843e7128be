"""The story in texts/: it is read whole, says where it comes from, and its beginning gives what an editor must see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import compare
from compare.values import Report, Work

FOLDER = Path(__file__).parents[1] / "texts" / "overcoat"

#: The first words of the story's second part, up to which a test reads.
SECOND = {
    "ru": "Когда и в какое время",
    "en-field": "When and how",
    "en-pg1197": "When and how",
    "en-pg13437": "When and how",
}

#: The beginning of the check's code, the version, and words at the place or in the message.
FOUND = [
    ("OMI101", "en-field", "nothing here corresponds to these 3 rows of ru"),
    ("OMI102", "en-field", "should be called after the martyr"),
    ("NAM601", "en-pg1197", "Varadat"),
    ("REP101", "ru", "“а” is doubled"),
    ("NAM201", "en-field", "Jeroshkin"),
]


@pytest.fixture(scope="module")
def work() -> Work:
    return compare.load(FOLDER)


@pytest.fixture(scope="module")
def report(work: Work) -> Report:
    first = tuple(replace(v, text=v.text[: v.text.index(SECOND[v.id])]) for v in work.versions)
    return compare.report(replace(work, versions=first))


def test_the_story_is_read_whole_and_says_where_it_comes_from(work: Work) -> None:
    assert {v.id for v in work.versions} == set(SECOND)
    assert work.source is not None
    assert work.source.id == "ru"
    assert {v.licence for v in work.versions} == {"public domain"}
    notes = (FOLDER / "notes.md").read_text("utf-8")
    assert all(f"`{v.id}`" in notes for v in work.versions)
    assert [v.origin[-5:].strip() for v in work.versions if v.id.startswith("en")] == ["36238", "1197", "13437"]
    assert not work.warnings


@pytest.mark.parametrize(("check", "version", "words"), FOUND)
def test_the_beginning_of_the_story_gives_what_an_editor_must_see(
    report: Report, check: str, version: str, words: str
) -> None:
    assert [f for f in report.findings if f.check == check and f.places[0].version == version and words in f.message], [
        (f.check, f.places[0].version, f.message) for f in report.findings
    ]


def test_the_beginning_of_the_story_raises_no_other_grave_alarm(report: Report) -> None:
    grave = [f for f in report.findings if f.severity in ("critical", "major")]
    assert [(f.check, f.places[0].version) for f in grave] == [("OMI101", "en-field")]
