"""Every check is documented, and its documentation is true: the examples in its docstring are run."""

from __future__ import annotations

import functools
import inspect
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten

import pytest

import compare
from compare.analysis import Analysis
from compare.calibration import judged
from compare.checks import Check, all_checks, named, run, select
from compare.read import own_rules
from compare.values import SEVERITIES, Collation, Finding, Rules, Span
from compare.write.md import escape
from compare.write.phrasing import FAMILIES
from tests.marks import gold

CHECKS = Path(compare.__file__).parent / "checks" / "README.md"

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


def rules(check: Check) -> Rules:
    """Read the own rules that a check's documentation gives under `Rules:`."""
    section = re.search(r"^ *Rules:\n(.*?)^ *Wrong:", check.doc, re.DOTALL | re.MULTILINE)
    with TemporaryDirectory() as folder:
        file = Path(folder) / own_rules.NAME
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


@functools.cache
def found(check: Check, example: str) -> list[Finding]:
    """Return all that a check finds in an example by its own rules, below its threshold too."""
    table, _ = collation(example)
    table = replace(table, work=replace(table.work, rules=rules(check)))
    return [finding for _, finding in run(Analysis(table), [check])]


CASES = [(check, part, text) for check in all_checks() for part in ("Wrong", "Fine") for text in examples(check, part)]


@pytest.mark.parametrize(("check", "part", "text"), CASES, ids=[f"{c.code}-{p}-{t[:24]}" for c, p, t in CASES])
def test_example(check: Check, part: str, text: str) -> None:
    table, expected = collation(text)
    findings = found(check, text)
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


OFF = " **Off by default:** run where `--select` names {}."
#: Where editors' marks of findings are kept, the last read first.
_MARKED = ("read.tsv", "findings.tsv")
_CATALOGUE = """\
# Checks

Generated from the checks' own docstrings by `pytest --update`. In an example ` | ` stands between versions and ` // `
between rows; `[[` and `]]` enclose what is reported. *Score* is the check's own measure: what reaches the threshold is
reported, with the probability that an editor would agree. *Read by an editor* counts
what was said of findings on published translations; *read as wrong* quotes false alarms among them, with the reason;
some have been mended since.
"""


def test_list_of_checks_is_generated(update: bool) -> None:
    lines = [_CATALOGUE]
    for letters, family in FAMILIES.items():
        lines += [f"## {family.capitalize()}", ""]
        lines += [line for check in all_checks() if check.code.startswith(letters) for line in _entry(check)]
    page = "\n".join(lines)
    if update:
        CHECKS.write_text(page, encoding="utf-8")
    assert CHECKS.read_text(encoding="utf-8") == page


def _entry(check: Check) -> list[str]:
    """Lay out a check: what it reports, how grave that is, examples, and false alarms that editors met."""
    title, _, rest = inspect.cleandoc(check.doc).partition("\n")
    severities = ", ".join(_severities(check))
    said = f"MQM: {check.mqm}. Severity: {severities}. Threshold: {check.threshold:g}."
    # An example goes on where a line is indented further than its dash; every part is a paragraph of its own.
    rest = re.sub(r"^( *)- (.*(?:\n\1 +(?!- ).*)*)", lambda m: f"- `{' '.join(m[2].split())}`", rest, flags=re.M)
    rest = re.sub(r"\n*^(Wrong|Fine):", r"\n\n**\1:**\n", rest, flags=re.M)
    rest = re.sub(r"\n*^(Score|Source):", r"\n\n**\1:**", rest, flags=re.M)
    alarms = {
        line["why"]: f"“{escape(shorten(line['quote'], 60, placeholder=' …'))}” ({escape(line['why'])})"
        for line in _read(check)
        if line["mark"] == "wrong"
    }
    return [
        f"### {check.code} {title.rstrip('.')}",
        "",
        f"{said} {judged(check.code)}".rstrip() + ("" if check.default else OFF.format(check.code)),
        "",
        *rest.strip().splitlines(),
        "",
        *([f"**Read as wrong:** {'; '.join(list(alarms.values())[:3])}.", ""] if alarms else []),
    ]


def _severities(check: Check) -> list[str]:
    """Return the severities that a check's source names, and those of what it found in its examples and for editors."""
    seen = inspect.getsource(inspect.getmodule(check.run) or compare).split('"')
    seen += [line["severity"] for line in _read(check)]
    seen += [finding.severity for example in examples(check, "Wrong") for finding in found(check, example)]
    return [severity for severity in SEVERITIES if severity in seen]


def _read(check: Check) -> list[dict[str, str]]:
    """Return a check's findings that an editor marked."""
    return [line for table in _MARKED for line in gold(table) if line["check"] == check.code]
