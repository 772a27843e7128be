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
  off: all("a.m.off").length, columns: all(".heads [data-v]:not([hidden])").length,
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
