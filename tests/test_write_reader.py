"""The reader's script in a real browser, where there is one: what a person does, and what the page answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import compare
from compare import encode
from compare.values import Decision
from compare.write import html, packing, page_limits
from compare.write.page_limits import fitting
from compare.write.variant_list import sites
from tests.browser import act, dumped, needs_browser
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
    "show all": "pick('input[value=REP]', true)",
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
    assert (seen["show all"]["findings"], seen["show all"]["off"]) == (3, 0)
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
    scrollTo(0, 0), dispatchEvent(new Event("load"));
    out.loaded = Math.abs(one("#row-1200").getBoundingClientRect().top) < innerHeight;
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

    def test_shows_what_the_address_names_though_the_browser_scrolled_to_its_card(self, long: dict[str, bool]) -> None:
        assert long["loaded"]

    def test_is_searched_and_filtered_also_where_it_sleeps(self, long: dict[str, object]) -> None:
        assert long["found"] == ["1101"]
        assert long["marked"] == "299 of 1199"
        assert long["awake"] == ["row-1101", "row-1105"]

    def test_doubtful_rows_are_stepped_through_and_filtered(self, long: dict[str, object]) -> None:
        assert (long["doubt"], long["next"], long["back"]) == ("row-700", "row-900", "row-700")
        assert long["doubts"] == ["601", "801"]

    def test_is_printed_whole(self, long: dict[str, object]) -> None:
        assert long["printed"] == 1200


def test_a_page_that_no_browser_would_open_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    short = build({"en": "word " * 90}, [("en", at, at + 4) for at in range(0, 450, 5)])
    long = build({"en": "a " * 10_000}, [("en", at % 7, 20_000 - at % 7) for at in range(40)])
    assert len(fitting(short.findings * 100)) == 6_000
    assert 100 < len(fitting(long.findings * 50)) < 1_000
    monkeypatch.setattr(page_limits, "MOST", 60)
    page = html.write(short).decode()
    assert page.count('class="finding ') == 60
    assert "the 60 most serious of 90 findings" in page
    whole = len(html.write(long).decode())
    monkeypatch.setattr(page_limits, "ROOM", 100_000)
    page = html.write(long).decode()
    assert len(page) < whole - 300_000
    assert "most serious of 40 findings" in page


def test_a_very_long_text_is_compressed_in_its_page_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "\n".join(f"“Line” {at} says <so> & so." for at in range(1200))
    report = build({"en": text}, [("en", text.index("1150"), text.index("1150") + 4)])
    whole = html.write(report).decode()
    monkeypatch.setattr(packing, "WHOLE", 100_000)
    page = html.write(report).decode()
    assert len(page) < len(whole) / 2
    assert "report.json has them too" in page
    # time passes until all is done that does not wait for anybody, under the page's own security policy
    shown = dumped(tmp_path, page, "--virtual-time-budget=20000", place="#row-1150")
    assert 'id="row-1150"' in shown
    assert "says &lt;so&gt; &amp; so." in shown
    assert 'data-f="0"' in shown
    assert "report.json has them too" not in shown


@pytest.fixture(scope="module")
def ordering(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    texts = {"en-a": "One so so.\nTwo so so.\nThree.", "en-b": "One well.\nTwo well.\nThree so so."}
    places = [("en-b", 26, 31), ("en-a", 15, 20), ("en-a", 4, 9), ("en-b", 4, 8)]
    report = build(texts, places)
    codes = ("REP102", "REP101", "REP101", "SEM101")
    severities = ("critical", "critical", "minor", "minor")
    findings = [
        replace(each, check=code, severity=severity, status="dismissed" if at == 1 else "open")
        for at, (each, code, severity) in enumerate(zip(report.findings, codes, severities, strict=True))
    ]
    gone = Decision("REP101", "en-a", "lost words", "dismissed")
    report = replace(report, findings=tuple(findings), stale=(gone,))
    script = """
    const listed = () => all(".finding").map((item) => item.dataset.at).join("");
    const take = (name, value) => { one(`select[name=${name}]`).value = value; input(one(`select[name=${name}]`)); };
    const order = (value) => { take("order", value); return listed(); };
    const status = (value) => take("status", value);
    render({ el: document.body });
    for (const name of ["text", "check", "version", "status", "weight"]) out[name] = order(name);
    order("text"), press("j"), press("j");
    out.second = one(".finding[aria-current]").dataset.at;
    out.address = decodeURIComponent(location.hash);
    press("Escape"), status("stale");
    const gone = all(".gone").filter((line) => line.offsetParent).map((line) => line.textContent);
    out.stale = [listed(), gone, one(".shown").textContent];
    status("open"), out.open = listed();
    status(""), one('.matrix td [data-only*="REP"]').click();
    out.cell = listed(), out.cells = all("input[name=version]:checked").map((box) => box.value).join();
    one(".clear").click(), one('.matrix thead [data-only*="SEM"]').click(), out.family = listed();
    one(".clear").click(), one('.matrix tbody tr:nth-child(2) th [data-only]').click(), out.column = listed();
    one(".clear").click(), one('.chips [data-only*="version"]').click(), out.chip = listed();
    one("input[name=version]:not(:checked)").click(), out.both = listed();
    one(".clear").click(), one('.sum [data-only*="minor"]').click(), out.severity = listed();
    out.sent = decodeURIComponent(location.hash);
    one(".clear").click(), out.clear = listed();
    location.hash = "#finding-TYP101-2&order=check&without=critical";
    dispatchEvent(new Event("hashchange"));
    out.arrived = [listed(), one(".finding[aria-current]").dataset.at, one("select[name=order]").value];
    location.hash = "#row-3", dispatchEvent(new Event("hashchange"));
    out.row = [listed(), one(".row.there").id];
    const scope = (value) => { one("select[name=scope]").value = value; };
    const inOrder = () => all(".finding").sort((a, b) => a.dataset.at - b.dataset.at);
    const statuses = () => inOrder().map((item) => item.dataset.status[0]).join("");
    order("weight");
    all(".finding")[2].click(), scope("check"), press("a"), out.all = statuses();
    press("o"), out.undone = statuses();
    press("O"), out.redone = statuses();
    press("o"), all(".finding")[0].click(), scope("alike"), press("f"), out.alike = statuses();
    press("o"), one('.sum [data-only*="minor"]').click(), all(".finding")[0].click(), scope("list"), press("d");
    one(".clear").click(), out.list = statuses();
    """
    seen: dict[str, object] = act(tmp_path_factory.mktemp("order"), html.reader(report), script)
    return seen


class TestOrder:
    @pytest.mark.parametrize(
        ("order", "listed"),
        [("weight", "0123"), ("text", "2310"), ("check", "1203"), ("version", "2130"), ("status", "0231")],
    )
    def test_of_the_list(self, ordering: dict[str, object], order: str, listed: str) -> None:
        assert ordering[order] == listed

    def test_is_what_the_keys_follow(self, ordering: dict[str, object]) -> None:
        assert ordering["second"] == "3"

    def test_filters_and_place_are_the_address(self, ordering: dict[str, object]) -> None:
        assert ordering["address"] == "#finding-TYP101-3&order=text"
        assert ordering["sent"] == "#&order=text&without=critical"
        assert ordering["arrived"] == ["23", "2", "check"]
        assert ordering["row"] == ["0123", "row-3"]


class TestOnlyThis:
    def test_cell_family_version_and_severity(self, ordering: dict[str, object]) -> None:
        assert (ordering["cell"], ordering["cells"]) == ("21", "0")
        assert (ordering["family"], ordering["column"], ordering["severity"]) == ("3", "30", "23")
        assert ordering["clear"] == "2310"

    def test_one_version_then_another_beside_it(self, ordering: dict[str, object]) -> None:
        assert (ordering["chip"], ordering["both"]) == ("21", "2310")

    def test_status_and_the_decisions_that_lost_their_words(self, ordering: dict[str, object]) -> None:
        assert ordering["stale"] == ["", ["REP101 en-a “lost words” dismissed"], "1"]
        assert ordering["open"] == "230"


class TestManyAtOnce:
    def test_are_decided_and_taken_back(self, ordering: dict[str, object]) -> None:
        assert (ordering["all"], ordering["undone"], ordering["redone"]) == ("oaao", "odoo", "oaao")
        assert (ordering["alike"], ordering["list"]) == ("fdoo", "oddd")


def test_words_that_are_being_written_outlive_a_new_drawing(tmp_path: Path) -> None:
    root = html.reader(build({"en": "He came.\nShe came."}, [("en", 3, 7)]))
    script = f"""
    model.kept = {{ html: {json.dumps(root)}, sentences: [[[1, 0], [2, 0]]], selected: '' }};
    render({{ model, el: document.body }});
    press("j"), one("[name=reason]").focus(), one("[name=reason]").value = "half a thou";
    model.fire("change:html");
    out.reason = [one("[name=reason]").value, document.activeElement.name];
    one(".reading").showModal(), one(".reading textarea").value = "a better read";
    model.fire("change:html");
    out.reading = [one(".reading textarea").value, one(".reading").open];
    """
    seen = act(tmp_path, "", script.replace("</", "<\\/"))
    assert seen["reason"] == ["half a thou", "reason"]
    assert seen["reading"] == ["a better read", True]


@pytest.fixture(scope="module")
def varying(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    texts = {
        "en-a": "The old dog slept on a mat.\nHe did not come home.\nThe night was long.",
        "en-b": "The old cat slept on a mat.\nHe came home.\nThe night was long.",
    }
    report = compare.report(compare.from_texts(texts), encoder=encode.get("none"))
    page = html.reader(report, sites(report))
    script = """
    const painted = (name) => [...CSS.highlights.get(`hexapla-${name}`)].map((each) => {
      const range = document.createRange();
      range.setStart(each.startContainer, each.startOffset), range.setEnd(each.endContainer, each.endOffset);
      return range.toString();
    });
    const listed = () => all(".sites .finding").map((line) => line.querySelector(".said").textContent);
    const field = (name) => one(`.sites [name=${name}]`);
    const choose_ = (name, value) => { field(name).value = value; input(field(name)); };
    render({ el: document.body });
    out.before = one(".sites").hidden;
    press("v");
    out.views = [one(".sites").hidden, one(".list").hidden];
    choose_("sites", "text"), out.all = listed();
    press("j");
    out.readings = all(".readings tbody").map(({ rows: [a, b] }) => [a.textContent, b.cells[1].textContent]);
    out.lit = painted("site"), out.row = one(".row.there").id;
    choose_("words", "did not"), out.found = listed();
    choose_("words", "zebra"), out.none = [listed().length, one(".sites .none").hidden];
    choose_("words", ""), choose_("kind", one(".sites [name=kind]").options[1].value);
    out.kind = new Set(all(".sites .where").map((each) => each.textContent)).size;
    press("v"), out.after = [one(".sites").hidden, one(".list").hidden, painted("site").length];
    """
    seen: dict[str, Any] = act(tmp_path_factory.mktemp("varying"), page, script)
    return seen


class TestVariants:
    def test_take_the_place_of_the_findings_and_give_it_back(self, varying: dict[str, Any]) -> None:
        assert (varying["before"], varying["views"], varying["after"]) == (True, [False, True], [True, False, 0])

    def test_stand_under_one_another_and_in_the_text(self, varying: dict[str, Any]) -> None:
        assert varying["all"][0] == "dog | cat"
        assert varying["readings"] == [["en-a", "dog"], ["en-b", "cat"]]
        assert (varying["lit"], varying["row"]) == (["dog", "cat"], "row-1")

    def test_are_searched_and_narrowed_to_a_kind(self, varying: dict[str, Any]) -> None:
        assert len(varying["found"]) == 1
        assert varying["none"] == [0, False]
        assert varying["kind"] == 1


def test_a_page_of_one_version_has_no_variants() -> None:
    report = compare.report(compare.from_texts({"en": "He came."}), encoder=encode.get("none"))
    assert sites(report) is None
    assert 'data-view="variants"' not in html.write(report).decode()


@pytest.fixture(scope="module")
def columned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    texts = {
        "en-a": "The old dog slept.",
        "en-b": "The old cat slept.",
        "en-c": "The young cat slept.",
        "ru": "Кот спал.",
    }
    script = """
    const words = ({ startContainer, startOffset, endOffset }) => startContainer.data.slice(startOffset, endOffset);
    const act = (name, of = "") => one(`${of && `[data-of="${of}"] `}[data-act=${name}]`).click();
    const left = (head) => head.getBoundingClientRect().x, there = ({ offsetParent }) => offsetParent;
    const inOrder = () => all(".heads [data-v]").filter(there).sort((a, b) => left(a) - left(b));
    const heads = () => inOrder().map((head) => head.dataset.id).join(" ");
    const width = (at) => one(`.heads [data-v="${at}"]`).getBoundingClientRect().width;
    const size = () => parseFloat(getComputedStyle(one(".cell")).fontSize);
    render({ el: document.body });
    out.options = [...one("select[name=differences]").options].map((each) => each.textContent);
    out.start = heads();
    act("right", "0"), out.moved = heads();
    act("left", "2"), act("left", "2"), act("left", "2"), out.first = heads();
    const before = [width(0), size()];
    act("wide", "0"), act("large"), out.grown = [width(0) > before[0], size() > before[1]];
    one('.toggle[data-column="1"]').click(), out.hidden = heads();
    document.body.innerHTML = root;
    render({ el: document.body }), out.kept = heads(), out.still = size() > before[1];
    act("reset"), out.reset = [heads(), size() === before[1]];
    """
    root = html.reader(build(texts))
    given = f"const root = {json.dumps(root)};".replace("</", "<\\/")
    seen: dict[str, Any] = act(tmp_path_factory.mktemp("columned"), root, given + script)
    return seen


class TestColumns:
    def test_are_moved_widened_hidden_and_remembered(self, columned: dict[str, Any]) -> None:
        assert columned["start"] == "en-a en-b en-c ru"
        assert columned["moved"] == "en-b en-a en-c ru"
        assert columned["first"] == "en-c en-b en-a ru"
        assert columned["grown"] == [True, True]
        assert columned["hidden"] == columned["kept"] == "en-c en-a ru"
        assert columned["still"]
        assert columned["reset"] == ["en-a en-c ru", True]

    def test_of_one_language_are_compared_all_at_once(self, columned: dict[str, Any]) -> None:
        assert columned["options"][:2] == ["none", "all en"]
        assert "en-a ↔ en-c" in columned["options"]
        assert not [option for option in columned["options"] if "ru" in option]
