"""Every check is documented, and its documentation is true: the examples in its docstring are run."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import Check, all_checks, named, run, select
from compare.read import own_rules
from compare.values import SEVERITIES, Collation, Rules, Span

_ID = re.compile(r"^([a-z]|[a-z]{2}(?:-[a-z0-9]+)?):\s")
_MARK = re.compile(r"\[\[|\]\](?!\])")


def examples(check: Check, part: str) -> list[str]:
    """Return the example lines under `Wrong:` or `Fine:`; a line that is indented further goes on."""
    section = re.search(rf"^ *{part}:\n(.*?)(?=^ *\w+:|\Z)", check.doc, re.DOTALL | re.MULTILINE)
    lines = section[1] if section else ""
    return [re.sub(r"\n\s*", " ", item.strip()) for item in re.split(r"^ *- ", lines, flags=re.MULTILINE)[1:]]


def parse(example: str) -> tuple[list[dict[str, str]], dict[str, list[tuple[int, str, int]]]]:
    """Split an example into rows of versions, and the marked stretches as (row, text before, length) by version."""
    rows: list[dict[str, str]] = []
    marked: dict[str, list[tuple[int, int, int]]] = {}
    for number, row in enumerate(example.split(" // ")):
        cells: dict[str, str] = {}
        for cell in row.split(" | "):
            match = _ID.match(cell)
            version, text = (match[1], cell[match.end() :]) if match else ("en", cell)
            plain, opened = "", 0
            for piece in re.split(r"(\[\[|\]\](?!\]))", text):
                if piece == "[[":
                    opened = len(plain)
                elif piece == "]]":
                    marked.setdefault(version, []).append((number, opened, len(plain)))
                else:
                    plain += piece
            cells[version] = plain
        rows.append(cells)
    return rows, marked


def rules(check: Check, folder: Path) -> Rules:
    """Read the own rules that a check's documentation gives under `Rules:`."""
    section = re.search(r"^ *Rules:\n(.*?)^ *Wrong:", check.doc, re.DOTALL | re.MULTILINE)
    file = folder / own_rules.NAME
    file.write_text(section[1] if section else "", "utf-8")
    return own_rules.read(file)


@functools.cache
def collation(example: str) -> tuple[Collation, list[tuple[str, Span]]]:
    """Build the collation of an example, and the places that it marks."""
    rows, marked = parse(example)
    ids = list(dict.fromkeys(version for row in rows for version in row))
    if len(ids) == 1 and len(rows) == 1:
        work = compare.from_texts({ids[0]: rows[0][ids[0]]})
        expected = [(ids[0], Span(start, end)) for _, start, end in marked.get(ids[0], [])]
        return compare.collate(work), expected
    work = compare.from_rows(rows)
    assert work.rows is not None
    expected = []
    for version, places in marked.items():
        for row, start, end in places:
            base = work.rows[row][version].start
            expected.append((version, Span(base + start, base + end)))
    return compare.collate(work), expected


CASES = [(check, part, text) for check in all_checks() for part in ("Wrong", "Fine") for text in examples(check, part)]


@pytest.mark.parametrize(("check", "part", "text"), CASES, ids=[f"{c.code}-{p}-{t[:24]}" for c, p, t in CASES])
def test_example(check: Check, part: str, text: str, tmp_path: Path) -> None:
    table, expected = collation(text)
    table = replace(table, work=replace(table.work, rules=rules(check, tmp_path)))
    findings = [finding for _, finding in run(Analysis(table), [check])]
    reported = [f for f in findings if f.score >= check.threshold]
    assert sorted((f.places[0].version, f.places[0].span) for f in reported) == sorted(expected)
    assert bool(expected) == (part == "Wrong"), "wrong examples, and only they, mark what is wrong"
    for finding in findings:
        assert finding.check == check.code
        assert finding.severity in SEVERITIES
        assert 0 <= finding.score <= 1
        assert finding.message
        assert "\n" not in finding.message
        for place in finding.places:
            assert place.text == place.span.of(table.work.version(place.version).text)


@pytest.mark.parametrize("check", all_checks(), ids=lambda c: c.code)
def test_documented(check: Check) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", check.code)
    assert check.title
    assert "\n" not in check.title
    for part in ("Wrong", "Fine"):
        assert examples(check, part), f"{check.code} has no example under {part}:"
    for part in ("Score:", "Source:"):
        assert part in check.doc, f"{check.code} says nothing of its {part}"
    assert 0 <= check.threshold <= 1
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*(/[a-z]+(-[a-z]+)*)*", check.mqm)


def test_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    off = Check("SEM999", "accuracy/mistranslation", 0.5, lambda analysis: (), "off", default=False)
    on = Check("SEM998", "accuracy/mistranslation", 0.5, lambda analysis: (), "on")
    monkeypatch.setattr("compare.checks.all_checks", lambda: (on, off))
    assert select() == (on,)
    assert select(["SEM"]) == (on,)
    assert select(["sem999"]) == (off,)
    assert select(["SEM", "SEM999"]) == (on, off)
    assert select(["SEM", "SEM999"], ["SEM99"]) == ()
    assert named(["SEM"]) == named() == (on, off)


def test_select() -> None:
    assert {c.code[:3] for c in select(["typ"])} == {"TYP"}
    assert all(not c.code.startswith("TYP") for c in select(ignore=["TYP"]))
    with pytest.raises(ValueError, match="XYZ"):
        select(["XYZ"])
    with pytest.raises(ValueError, match="XYZ"):
        select(ignore=["XYZ"])
