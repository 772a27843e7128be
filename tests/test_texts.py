"""The works in texts/: what their notes, tables and versions say of one another holds."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

import compare.read
from compare.terms.glossary import forms
from compare.values import SEVERITIES, InputError, Work
from compare.write.phrasing import caution
from tests.data import SHARED, needs_shared

FOLDER = Path(__file__).parents[1] / "texts" / "karabakh-1920"
GOLD = Path(__file__).parent / "gold" / "karabakh-faults.tsv"
CHANGE = re.compile(r"^- `(?P<before>[^`]+)` → `(?P<after>[^`]+)`  \n  (?P<ground>\S.*)$", re.M)


@pytest.fixture(scope="module")
def work() -> Work:
    return compare.read.load(FOLDER)


def paragraphs(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text.strip())]


def changes() -> dict[int, list[re.Match[str]]]:
    """Return the changes that the notes list, by the number of the paragraph."""
    sections = re.split(r"^### (\d+) · .*$", (FOLDER / "notes.md").read_text("utf-8"), flags=re.M)
    return {
        int(number): list(CHANGE.finditer(body)) for number, body in zip(sections[1::2], sections[2::2], strict=True)
    }


def faults() -> list[dict[str, str]]:
    """Return the faults of the text received that an editor would want flagged."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_work_is_read_whole(work: Work) -> None:
    assert [v.id for v in work.versions] == ["ru-reconstruction", "en-2020", "en-revised"]
    assert [v.status for v in work.versions] == ["reconstruction", "published", "revised"]
    assert work.source is not None
    assert "no evidence" in work.source.note
    assert all(v.title and v.translator and v.year and v.origin and v.licence for v in work.versions)
    assert not work.warnings


def test_the_text_received_is_as_it_was_received() -> None:
    digest = hashlib.sha256((FOLDER / "en-2020.txt").read_bytes()).hexdigest()
    assert digest == "7afe9a2c28395eb013c6f95bae4e726d57bd2cc7598ad2e5dee070052c85e25c"


@needs_shared
def test_the_text_received_is_the_one_that_was_given() -> None:
    assert SHARED is not None
    assert (FOLDER / "en-2020.txt").read_bytes() == (SHARED / "seed" / "karabakh-1920.en.txt").read_bytes()


def test_every_version_has_the_same_paragraphs(work: Work) -> None:
    assert {len(paragraphs(v.text)) for v in work.versions} == {15}


def test_the_changes_in_the_notes_make_the_revision_of_the_text_received(work: Work) -> None:
    listed = changes()
    received, revised = (paragraphs(work.version(id).text) for id in ("en-2020", "en-revised"))
    for number, (before, after) in enumerate(zip(received, revised, strict=True), 1):
        made, end = "", 0
        for change in listed.get(number, []):
            start = before.find(change["before"], end)
            assert start >= 0, f"paragraph {number} lacks {change['before']!r}"
            made, end = made + before[end:start] + change["after"], start + len(change["before"])
        assert made + before[end:] == after


def test_every_line_of_the_list_of_changes_is_one() -> None:
    text = (FOLDER / "notes.md").read_text("utf-8").split("## Changes", 1)[1]
    assert sum(map(len, changes().values())) == len(re.findall(r"^- ", text, re.M)) > 80


def test_no_fault_of_the_gold_list_is_left_in_the_revision(work: Work) -> None:
    revised = work.version("en-revised").text
    left = [fault["quote"] for fault in faults() if re.search(rf"(?<!\w){re.escape(fault['quote'])}(?!\w)", revised)]
    assert left == []


def test_nothing_stands_twice_in_the_revision(work: Work) -> None:
    def repeats(text: str, size: int = 9) -> list[str]:
        words = text.casefold().split()
        runs = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
        return [run for run in set(runs) if runs.count(run) > 1]

    body = {v.id: "\n".join(paragraphs(v.text)[4:13]) for v in work.versions}
    assert repeats(body["en-2020"])
    assert not repeats(body["en-revised"])
    assert not repeats(body["ru-reconstruction"])


def test_the_reconstruction_is_russian_and_says_what_it_is(work: Work) -> None:
    assert re.findall(r"[A-Za-z]+", work.version("ru-reconstruction").text.replace("VIII", "").replace("VI", "")) == []
    assert "no evidence" in (FOLDER / "notes.md").read_text("utf-8")


def test_the_glossary_agrees_with_the_versions(work: Work) -> None:
    revised = work.version("en-revised").text.casefold()
    for entry in work.tables["glossary"]:
        assert set(entry) == {"term", "preferred", "allowed", "forbidden"}
        assert entry["preferred"].casefold() in revised, entry["preferred"]
        for word in forms(entry["forbidden"]):
            assert not re.search(rf"\b{re.escape(word)}\b", work.version("en-revised").text), word


def test_the_faults_of_the_gold_list_stand_in_the_text_received(work: Work) -> None:
    text = work.version("en-2020").text
    assert len(faults()) > 80
    for fault in faults():
        assert fault["kind"] in {"REP", "NAM", "TRM", "NUM", "TYP", "OMI", "SEM"}
        assert fault["severity"] in SEVERITIES
        assert fault["alone"] in {"yes", "no"}
        assert fault["fault"]
        assert text.count(fault["quote"]) >= int(fault["occurrence"]) >= 1, fault["quote"]


def test_attested_words_are_told_from_the_reconstruction(work: Work) -> None:
    assert work.source is not None
    quotes = [span.of(work.source.text) for span in work.source.attested]
    notes = " ".join((FOLDER / "notes.md").read_text("utf-8").split())
    assert len(quotes) == 2
    for quote in quotes:
        assert quote in notes
        assert f"“{quote}”" in caution(work.source)
    assert caution(work.source).startswith(work.source.note)


@pytest.mark.parametrize(
    ("attested", "trouble"),
    [('["no such words"]', "0 times"), ('["a"]', "2 times"), ('"a"', "list"), ("[1]", "list"), ('[""]', "list")],
)
def test_attested_words_that_do_not_stand_once_are_refused(tmp_path: Path, attested: str, trouble: str) -> None:
    (tmp_path / "ru.txt").write_text("a b a", "utf-8")
    named = f'id = "w"\n[[version]]\nid = "ru"\nfile = "ru.txt"\nlang = "ru"\nattested = {attested}\n'
    (tmp_path / "work.toml").write_text(named, "utf-8")
    with pytest.raises(InputError, match=trouble):
        compare.read.load(tmp_path)
