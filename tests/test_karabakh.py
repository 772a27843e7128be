"""The text that the program began from: its faults are found, in company and alone; names apart stay apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import compare
from compare.values import Finding, Report
from compare.write import html
from tests.browser import act, needs_browser

HOME = Path(__file__).parents[1] / "texts" / "karabakh-1920"

#: What an editor must be shown: the beginning of the check's code, and the words that the first place has to hold.
FAULTS = [
    ("REP1", "he reported that in view of the violent actions"),
    ("NAM", "Khalil"),
    ("NAM", "Khalilon"),
    ("NAM", "Karabagh"),
    ("NUM1", "21/2"),
    ("TYP101", "“"),
    ("TYP103", ";"),
    ("TYP104", "\u00a0 "),
    ("TYP105", "'and"),
    ("TRM1", "Great National Assembly"),
    ("SEM", "what comrade Chicherin on June 3"),
]

APART = [("Karabekir", "Karabakh"), ("Aydin", "Adani"), ("Turkey", "Turks"), ("Sami", "Sabit"), ("Erivan", "Erzurum")]


@pytest.fixture(scope="module")
def karabakh() -> Report:
    return compare.report(compare.load(HOME))


@pytest.fixture(scope="module")
def alone() -> Report:
    return compare.report(compare.from_files([HOME / "en-2020.txt"]))


@pytest.fixture(params=["karabakh", "alone"])
def report(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


def of_the_text_received(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.places[0].version == "en-2020"]


@pytest.mark.parametrize(("code", "words"), FAULTS)
def test_fault_is_found(report: Report, code: str, words: str) -> None:
    assert any(f.check.startswith(code) and words in f.places[0].text for f in of_the_text_received(report))


def test_either_spelling_of_the_town_is_found(report: Report) -> None:
    town = {"Trapezund", "Trebizond"}
    assert any(f.check.startswith("NAM") and f.places[0].text in town for f in of_the_text_received(report))


def test_the_doubled_clause_is_the_only_repeat_of_weight(report: Report) -> None:
    [repeat] = [f for f in report.findings if f.check.startswith("REP") and f.severity in ("critical", "major")]
    text = report.work.version("en-2020").text
    first = text.index("He reported that in view")
    assert repeat.places[0].span.start == text.index("he reported that in view")
    assert repeat.places[0].text.rstrip(" ,").endswith("but after receiving the letter from Comrade Chicherin")
    assert repeat.places[1].span.start == first
    assert repeat.suggestion == ""


def test_the_fraction_is_mended(report: Report) -> None:
    [fraction] = [f for f in of_the_text_received(report) if f.check.startswith("NUM")]
    assert fraction.places[0].text == "21/2"


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_apart_stay_apart(report: Report, one: str, other: str) -> None:
    for entry in report.analysis.names.entries:
        spelled = {word for s in entry.spellings.get("en-2020", ()) for word in s.text.split()}
        assert not {one, other} <= spelled, entry.name


def test_no_finding_joins_names_apart(report: Report) -> None:
    quoted = [{place.text for place in finding.places} for finding in report.findings.of("NAM")]
    assert quoted
    assert not [(one, other) for one, other in APART for words in quoted if {one, other} <= words]


def test_every_format_calls_the_reconstruction_by_its_name(karabakh: Report) -> None:
    from compare.write import render

    for format in ("html", "json", "md", "txt"):  # tables of findings show no version
        page = render(karabakh, format).decode()
        assert "econstruction" in page, format
        assert "no evidence about the original" in page, format


def test_the_order_of_the_versions_is_that_of_the_columns_and_of_nothing_else(karabakh: Report) -> None:
    one, work = karabakh, karabakh.work
    other = compare.report(replace(work, versions=work.versions[::-1]))
    assert one.findings == other.findings
    for part in (
        lambda r: r.worklist,
        lambda r: r.variants,
        lambda r: r.exhibits,
        lambda r: r.scores,
        lambda r: r.risk,
    ):
        assert part(one) == part(other)
    assert one.collation.rows == other.collation.rows


#: What of the page's own words stands in every language: letters of an index, codes, names of versions, signs.
SAME = r"[A-ZА-Я](?:[+−]|[A-Z]{2}\d*)?|Hexapla|(?:en|ru)[-a-z0-9]*(?: ↔ (?:en|ru)[-a-z0-9]*)?|[^A-Za-z]*"
OWN = """
const parts = "[lang], bdi, q, code, .code, kbd, style, script, textarea, pre, [role=status], td, .signature";
const kept = `.hexapla :is(${parts})`;
const own = () => {
  const said = [], walker = document.createTreeWalker(one(".hexapla"), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(kept)) continue;
    if (node !== element) said.push(node.data);
    else for (const name of ["title", "aria-label", "placeholder"]) said.push(node.getAttribute(name) ?? "");
  }
  return said.map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(text));
};
"""


@needs_browser
def test_the_page_speaks_russian_and_leaves_the_texts_alone(tmp_path: Path, karabakh: Report) -> None:
    steps = """
    localStorage.clear();
    render({ el: document.body });
    const cells = () => all(".cell").map((cell) => cell.textContent).join("|"), before = cells(), english = own();
    press("j"); out.lang = [one(".hexapla").lang];
    choose("select[name=interface]", "ru"); press("t"); type("nothing is like this");
    type(""); press("d");
    await new Promise((done) => setTimeout(done));
    out.lang.push(one(".hexapla").lang, localStorage.getItem("hexapla interface"));
    out.left = own(); out.same = before === cells();
    out.fold = one(".fold").textContent; out.decided = one(".decided").textContent;
    out.search = one("input[type=search]").placeholder;
    choose("select[name=interface]", "en");
    const back = new Set(own());
    out.back = english.filter((text) => !back.has(text) && !text.endsWith("decided"));
    localStorage.clear();
    """
    out = act(tmp_path, html.reader(karabakh), OWN + steps)
    assert out["lang"] == ["en", "ru", "ru"]
    assert out["same"]
    assert (out["fold"], out["search"]) == ("Находки", "Искать слова и находки")
    assert out["decided"].startswith("решено: 1")
    assert [text for text in out["left"] if not re.search("[а-я]", text) and not re.fullmatch(SAME, text)] == []
    assert out["back"] == []
