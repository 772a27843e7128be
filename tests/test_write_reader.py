"""The reader's script in a real browser, where there is one: what a person does, and what the page answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from compare.write import html
from tests.browser import act, needs_browser
from tests.test_write import build

pytestmark = needs_browser

# Each step is a key or a piece of script; after it the page is asked what it shows.
STEPS = {
    "next": "press('j')",
    "next again": "press('j')",
    "back": "press('k')",
    "dismiss": "press('d')",
    "clear": "press('Escape')",
    "no repeats": "pick('input[value=REP]', false)",
    "all again": "pick('input[value=REP]', true)",
    "search": "type('message 1')",
    "clear search": "type('')",
    "only marked": "press('r')",
    "all rows": "press('r')",
    "hide": "one('.toggle[data-column=\"1\"]').click()",
    "differences": "choose('select[name=differences]', '0 1')",
    "click a mark": "one('a.m.minor').click()",
}
SEE = """
const see = () => ({
  selected: model.kept.selected, lit: all(".m.on").map((node) => node.textContent),
  findings: all(".finding:not([hidden])").length, rows: all(".row[id]:not([hidden])").length,
  off: all("a.m.off").length, columns: all(".heads [data-v]").filter((head) => head.offsetParent).length,
  decisions: (model.kept.decisions ?? []).map((d) => [d.check, d.version, d.quote, d.verdict, d.occurrence].join(" ")),
});
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    texts = {"en-a": "He came.\nThe the dog slept.\nEnd.", "en-b": "He did not come.\nA dog slept.\nEnd."}
    report = build(texts, [("en-a", 3, 7), ("en-a", 9, 16), ("en-b", 3, 10)])
    codes = ("SEM101", "REP101", "SEM101")
    findings = [replace(f, check=code) for f, code in zip(report.findings, codes, strict=True)]
    findings[0] = replace(findings[0], places=(*findings[0].places, *findings[2].places))
    root = html.reader(replace(report, findings=tuple(findings)))
    steps = "\n".join(f"{script}; out[{json.dumps(name)}] = see();" for name, script in STEPS.items())
    differ = 'out.differ = differ("the old red house".split(" "), "an old house".split(" "));'
    sentences = [[[row, 0] for row in (1, 2, 3)] for _ in texts]
    start = f"model.kept = {{ html: {json.dumps(root)}, sentences: {sentences}, selected: '' }};"
    script = "\n".join((SEE, start, "render({ model, el: document.body }); out.start = see();", steps, differ))
    result: dict[str, dict[str, object]] = act(tmp_path_factory.mktemp("reader"), "", script.replace("</", "<\\/"))
    return result


def test_it_starts_with_everything_shown(seen: dict[str, dict[str, object]]) -> None:
    start = seen["start"]
    assert (start["findings"], start["rows"], start["columns"], start["lit"], start["off"]) == (3, 3, 2, [], 0)


def test_keys_follow_the_findings_and_light_all_their_places(seen: dict[str, dict[str, object]]) -> None:
    assert seen["next"]["lit"] == ["came", "did not"]
    assert seen["next"]["selected"] == "TYP101-0"
    assert seen["next again"]["lit"] == ["The the"]
    assert seen["back"]["selected"] == "TYP101-0"
    assert seen["clear"]["lit"] == []


def test_a_decision_reaches_the_model(seen: dict[str, dict[str, object]]) -> None:
    assert seen["dismiss"]["decisions"] == ["SEM101 en-a came dismissed 1"]


def test_filters_act_on_list_and_text(seen: dict[str, dict[str, object]]) -> None:
    assert (seen["no repeats"]["findings"], seen["no repeats"]["off"]) == (2, 1)
    assert (seen["all again"]["findings"], seen["all again"]["off"]) == (3, 0)
    assert (seen["search"]["findings"], seen["search"]["rows"]) == (1, 1)
    assert seen["clear search"]["rows"] == 3
    assert seen["only marked"]["rows"] == 2
    assert seen["all rows"]["rows"] == 3


def test_columns_go_and_come_back_when_they_are_needed(seen: dict[str, dict[str, object]]) -> None:
    assert seen["hide"]["columns"] == 1
    assert seen["differences"]["columns"] == 2


def test_a_mark_leads_to_its_finding(seen: dict[str, dict[str, object]]) -> None:
    assert seen["click a mark"]["lit"] == ["did not"]


def test_differences_are_the_words_of_one_side_only(seen: dict[str, dict[str, object]]) -> None:
    assert seen["differ"] == [[0, 2], [0]]


def test_the_page_alone_hands_out_what_was_decided(tmp_path: Path) -> None:
    report = build({"en": "He came.\nHe came.\nEnd."}, [("en", 3, 7), ("en", 12, 16)])
    report = replace(report, findings=tuple(replace(f, check="SEM101") for f in report.findings))
    script = """
    render({ el: document.body });
    press("j"), press("j"), press("d");
    one("input[name=reason]").value = "a\\tb";
    one("input[name=reason]").dispatchEvent(new Event("change", { bubbles: true }));
    one(".decided").click();
    out.lines = one(".decisions textarea").value;
    press("u");
    out.left = one(".decided").hidden;
    out.bars = all(".mends").length;
    """
    seen = act(tmp_path, html.reader(report), script)
    head, line = seen["lines"].splitlines()
    assert head == "check\tversion\tquote\tverdict\treason\toccurrence\tbefore\tafter"
    assert line == "SEM101\ten\tcame\tdismissed\ta b\t2\tHe came. He\t. End."
    assert (seen["left"], seen["bars"]) == (True, 0)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    texts = {id: "\n".join(f"The {id} line {at} says so." for at in range(1200)) for id in ("en-a", "en-b")}
    starts = [at + 1 for at, sign in enumerate(texts["en-a"]) if sign == "\n"]
    report = build(texts, [("en-a", at, at + 3) for at in starts])
    rows = [replace(row, confidence=0.4 if row.number in (700, 900) else 1.0) for row in report.collation.rows]
    report = replace(report, collation=replace(report.collation, rows=tuple(rows)))
    script = """
    const there = () => ({
      rows: all(".row[id]").length, cards: all(".finding").length, lit: all(".m.on").map((m) => m.closest(".row").id),
    });
    const first = all(".finding")[0], last = `finding-TYP101-1198`;
    render({ el: document.body });
    out.start = there();
    location.hash = last;
    dispatchEvent(new Event("hashchange"));
    out.far = { ...there(), card: one(".finding[aria-current]").id };
    press("Escape"), type("en-b line 1150 ");
    out.found = all(".block:not([hidden])").map((block) => block.dataset.first);
    type("");
    for (const severity of ["critical", "major", "minor"]) pick(`input[value=${severity}]`, false);
    one("input[name=marked]").click();
    out.marked = one(".shown").textContent;
    out.awake = all(".row[id]:not([hidden])").map((row) => row.id).slice(0, 2);
    one("input[name=marked]").click();
    press("t"), out.doubt = one(".row.there")?.id;
    press("t"), out.next = one(".row.there")?.id;
    press("T"), out.back = one(".row.there")?.id;
    one("input[name=doubtful]").click();
    out.doubts = all(".block:not([hidden])").map((block) => block.dataset.first);
    dispatchEvent(new Event("beforeprint"));
    out.printed = all(".row[id]").length;
    """
    seen: dict[str, object] = act(tmp_path_factory.mktemp("long"), html.reader(report), script)
    return seen


class TestALongReport:
    def test_holds_only_what_is_near_the_screen(self, long: dict[str, dict[str, int]]) -> None:
        assert (long["start"]["rows"], long["start"]["cards"]) == (0, 160)

    def test_wakes_what_is_followed(self, long: dict[str, dict[str, object]]) -> None:
        assert (long["far"]["card"], long["far"]["lit"]) == ("finding-TYP101-1198", ["row-1200"])
        assert (long["far"]["rows"], long["far"]["cards"]) == (100, 160)

    def test_is_searched_and_filtered_also_where_it_sleeps(self, long: dict[str, object]) -> None:
        assert long["found"] == ["1101"]
        assert long["marked"] == "299 of 1199"
        assert long["awake"] == ["row-1101", "row-1105"]

    def test_doubtful_rows_are_stepped_through_and_filtered(self, long: dict[str, object]) -> None:
        assert (long["doubt"], long["next"], long["back"]) == ("row-700", "row-900", "row-700")
        assert long["doubts"] == ["601", "801"]

    def test_is_printed_whole(self, long: dict[str, object]) -> None:
        assert long["printed"] == 1200


def test_a_page_that_no_browser_would_open_is_cut_and_says_so() -> None:
    words = "word " * 9_000
    report = build({"en": words}, [("en", at, at + 4) for at in range(0, len(words), 5)])
    page = html.write(report).decode()
    assert page.count('class="finding ') == 6_000
    assert "the 6,000 gravest of 9,000 findings" in page
    whole = build({"en": "a " * 100_000}, [("en", at % 7, 200_000 - at % 7) for at in range(2_000)])
    page = html.write(whole).decode()
    assert len(page) < 30_000_000
    assert "gravest of 2,000 findings" in page
