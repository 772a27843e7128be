"""Decisions find their findings again by the words, and say so when they are malformed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from compare import decisions
from compare.read.decided import table as tolerant
from compare.values import Decision, Finding, InputError, Place, Span, Version, Work

#: A work whose text does not matter to the matching.
WORK = Work("w", "W", ())


#: The place that every finding here has as evidence; nothing may depend on it.
EVIDENCE = Place("ru", Span(3, 8), "Халил")


def finding(quote: str, check: str = "NAM101", version: str = "en", start: int = 0) -> Finding:
    place = Place(version, Span(start, start + len(quote)), quote)
    return Finding(check, "minor", 0.9, (place, EVIDENCE), "two spellings")


def table(**cells: str) -> Work:
    line = {"check": "NAM101", "version": "en", "quote": "Khalil", "verdict": "dismissed", "reason": "as printed"}
    return Work("w", "W", (), tables={"decisions": (line | cells,)})


def test_follows_the_words_not_the_offset() -> None:
    [decided] = decisions.decide([finding("Khalil", start=907)], decisions.read(table()), WORK)
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
    [decided] = decisions.decide([finding("Khalil")], decisions.read(table(**cells)), WORK)
    assert decided.status == status


def test_occurrence_parts_equal_words() -> None:
    both = [finding("Khalil", start=50), finding("Khalil", start=5)]
    decided = decisions.decide(both, decisions.read(table(occurrence="2")), WORK)
    assert [f.status for f in decided] == ["dismissed", "open"]
    decided = decisions.decide([*both, finding("Khalil", start=70)], decisions.read(table(occurrence="2")), WORK)
    assert [f.status for f in decided] == ["dismissed", "open", "open"]


def test_findings_are_numbered_by_check_version_and_words_in_the_order_of_the_text() -> None:
    found = [finding("Khalil", start=50), finding("Halil", start=20), finding("khalil", start=5)]
    found += [finding("Khalil", start=60, version="en-b"), finding("Khalil", start=60, check="NAM601")]
    assert sorted(decisions.numbered(found)) == [(0, 2), (1, 1), (2, 1), (3, 1), (4, 1)]
    assert decisions.numbered([finding("Khalil", version="en-b"), finding("Khalil", start=9)]) == [(1, 1), (0, 1)]


def test_lines_on_the_same_findings_have_one_subject() -> None:
    line = {"check": "NAM101", "version": "en", "quote": "Khalil", "occurrence": "", "before": "", "after": ""}
    same = [line, line | {"occurrence": "*"}, line | {"check": "nam101", "quote": "khalil", "verdict": "fixed"}]
    assert len({decisions.subject(each) for each in same}) == 1
    assert len({decisions.subject(line | {"occurrence": number}) for number in ("", "1", "2")}) == 3


def test_the_last_word_counts() -> None:
    first, second = (Decision("NAM101", "en", "Khalil", verdict) for verdict in ("dismissed", "accepted"))
    [decided] = decisions.decide([finding("Khalil")], [first, second], WORK)
    assert decided.status == "accepted"


@pytest.mark.parametrize(
    "cells",
    [
        {"verdict": "maybe"},
        {"occurrence": "0"},
        {"occurrence": "("},
        {"occurrence": "1" * 10},
        {"occurrence": "1" * 11},
        {"check": ""},
    ],
)
def test_refuses_malformed_lines(cells: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"decisions\.tsv: line 2: "):
        decisions.read(table(**cells))


def test_an_occurrence_is_a_number_of_at_most_nine_figures_or_all() -> None:
    assert [decisions.read(table(occurrence=given))[0].occurrence for given in ("1", "9" * 9, "*", "")] == [
        1,
        999_999_999,
        0,
        0,
    ]
    both = [finding("Khalil"), finding("Khalil", start=50)]
    decided = decisions.decide(both, decisions.read(table(occurrence="*")), WORK)
    assert [each.status for each in decided] == ["dismissed", "dismissed"]


def test_an_empty_quote_speaks_of_blanks_only() -> None:
    found = [finding("  ", check="TYP104"), finding("Khalil", check="TYP104")]
    decided = decisions.decide(found, decisions.read(table(check="TYP104", quote="")), WORK)
    assert [f.status for f in decided] == ["dismissed", "open"]


def text_work(text: str) -> Work:
    return Work("w", "W", (Version("en", text, "en"),))


def on(text: str, words: str, nth: int = 1) -> Finding:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return finding(words, start=start)


def decided_on(text: str, words: str, nth: int = 1) -> Decision:
    """Decide on one of the findings on these words, as the page does."""
    every = [on(text, words, number) for number in range(1, text.count(words) + 1)]
    cells = decisions.lines(every, text_work(text))[nth - 1]
    return decisions.of_line(cells | {"verdict": "dismissed"})


class TestNeighbours:
    OLD = "The tall man came home. Later a red dog came back to him."

    def test_are_the_words_beside_the_quote(self) -> None:
        assert decisions.neighbours("a b c d  e\nf g h i", Span(9, 10)) == ("b c d", "f g h")
        assert decisions.neighbours("word", Span(0, 4)) == ("", "")
        assert decisions.neighbours("x" * 99 + "?" + "y" * 99, Span(99, 100)) == ("x" * 60, "y" * 60)

    def test_find_the_same_place_when_another_like_it_was_put_before(self) -> None:
        decision = decided_on(self.OLD, "came", 2)
        new = "She came too. " + self.OLD
        found = [on(new, "came", nth) for nth in (1, 2, 3)]
        assert [f.status for f in decisions.decide(found, [decision], text_work(new))] == ["open", "open", "dismissed"]

    @pytest.mark.parametrize("new", [OLD.replace("red dog", "red cat"), OLD.replace("back to him", "to us all")])
    def test_hold_when_one_side_was_edited(self, new: str) -> None:
        [decided] = decisions.decide([on(new, "came", 2)], [decided_on(self.OLD, "came", 2)], text_work(new))
        assert decided.status == "dismissed"

    def test_do_not_pass_to_other_places_when_the_words_are_gone(self) -> None:
        new = self.OLD.replace("a red dog came back to him", "nothing moved")
        decision = decided_on(self.OLD, "came", 2)
        found = [on(new, "came")]
        assert decisions.decide(found, [decision], text_work(new))[0].status == "open"
        assert decisions.stale(found, [decision], text_work(new)) == (decision,)

    def test_of_places_alike_the_number_chooses(self) -> None:
        text = "in. " + "so he came in. " * 4
        found = [on(text, "came", nth) for nth in (1, 2, 3)]
        decision = decided_on(text, "came", 2)
        statuses = [f.status for f in decisions.decide(found, [decision], text_work(text))]
        assert statuses == ["open", "dismissed", "open"]


class TestStale:
    TEXT = "The man came home."

    def test_words_that_are_gone(self) -> None:
        gone = Decision("NAM101", "en", "went", "dismissed")
        assert decisions.stale([], [gone], text_work(self.TEXT)) == (gone,)
        assert decisions.described(replace(gone, reason="old")) == "NAM101 en “went” dismissed (old)"

    @pytest.mark.parametrize(
        "decision",
        [
            Decision("NAM101", "en", "CAME", "dismissed"),
            Decision("NAM101", "", "came", "accepted"),
            Decision("NAM101", "en", "went", "fixed"),
            Decision("NAM101", "en", "went", "open"),
            Decision("NAM101", "en", "", "dismissed"),
            Decision("NAM101", "en", "home", "dismissed", before="The man came", after="away"),
        ],
    )
    def test_words_that_stand_and_work_that_is_done_are_not(self, decision: Decision) -> None:
        assert decisions.stale([], [decision], text_work(self.TEXT)) == ()

    def test_words_that_stand_in_another_version_alone_are_gone(self) -> None:
        decision = Decision("NAM101", "en-b", "came", "dismissed")
        assert decisions.stale([], [decision], text_work(self.TEXT)) == (decision,)


class TestTable:
    HEAD = "\t".join(decisions.COLUMNS[:6])

    @pytest.mark.parametrize(
        "body",
        [
            f"{HEAD}\nREP101\ten\tthe the\tdismissed\tas printed\t2\n",
            f"{HEAD}\r\nREP101\ten\tthe the\tdismissed\tas printed\t2\r\n",
            f"{HEAD}\n{HEAD}\n\nREP101\ten\tthe the\tdismissed\tas printed\t2",
            f"{HEAD.replace(chr(9), '  ')}\nREP101  en  the the  dismissed  as printed  2\n",
            f"{HEAD.replace(chr(9), ' ')}\nREP101 en the the dismissed as printed 2\n",
        ],
    )
    def test_is_understood_however_it_was_pasted(self, tmp_path: Path, body: str) -> None:
        file = tmp_path / "decisions.tsv"
        file.write_bytes(body.encode())
        cells = ["REP101", "en", "the the", "dismissed", "as printed", "2"]
        assert tolerant(file) == (dict(zip(decisions.COLUMNS, cells, strict=False)),)

    def test_what_the_page_gives_can_be_added_any_number_of_times(self, tmp_path: Path) -> None:
        file = tmp_path / "decisions.tsv"
        line = {"check": "REP101", "version": "en", "quote": "the the", "verdict": "accepted", "before": "on"}
        decisions.save(file, [line])
        once = file.read_text()
        file.write_text(once + once)
        assert len(tolerant(file)) == 2
        decisions.save(file, [line | {"verdict": "fixed"}])
        assert [each["verdict"] for each in tolerant(file)] == ["fixed"]
        decisions.save(file, [line | {"verdict": ""}])
        assert tolerant(file) == ()

    def test_refuses_what_is_no_table_of_decisions(self, tmp_path: Path) -> None:
        file = tmp_path / "decisions.tsv"
        for body, said in (("a\tb\n", "no column is headed 'check'"), ("check\tcheck\n", "two columns")):
            file.write_text(body)
            with pytest.raises(InputError, match=said):
                tolerant(file)

    def test_columns_of_ones_own_stay(self, tmp_path: Path) -> None:
        file = tmp_path / "decisions.tsv"
        file.write_text("check\tquote\tverdict\twho\nREP\tso so\tfixed\tAnna\n")
        decisions.save(file, [{"check": "REP", "quote": "on on", "verdict": "fixed"}])
        assert [line["who"] for line in tolerant(file)] == ["Anna", ""]


SAVER = """
import sys
from pathlib import Path
from compare import decisions
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for at in range(count):
    line = {"check": "REP101", "version": "en", "quote": f"{name} {at}", "verdict": "accepted"}
    decisions.save(folder / "decisions.tsv", [line])
"""


def saver(folder: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SAVER, str(folder), name, str(count)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert running.stdout
    assert running.stdout.readline()
    return running


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    both = [saver(tmp_path, name, 100) for name in ("one", "two")]
    assert [each.wait(60) for each in both] == [0, 0]
    assert len(tolerant(tmp_path / "decisions.tsv")) == 200


def test_a_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    file = tmp_path / "decisions.tsv"
    decisions.save(file, [{"check": "REP101", "quote": "first", "verdict": "accepted"}])
    last = 1
    for at in range(5):
        running = saver(tmp_path, f"w{at}", 10_000)
        while len(tolerant(file)) <= last:  # until it has begun to write
            time.sleep(0.01)
        time.sleep(0.013 * at)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        held = len(tolerant(file))
        assert held > last
        last = held


def test_the_words_on_one_side_are_enough() -> None:
    text = "then Halil spoke and later Halil left"
    work = Work("w", "W", (Version("en", text, "en"),))
    both = [finding("Halil", start=start) for start in (5, 27)]
    for side in ({"before": "then"}, {"after": "spoke and later"}):
        given = {"occurrence": "*", "quote": "Halil", **side}
        decided = decisions.decide(both, decisions.read(table(**given)), work)
        assert [each.status for each in decided] == ["dismissed", "open"]
