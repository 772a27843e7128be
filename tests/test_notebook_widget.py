"""The reader as a widget: what is done in it the next cell knows, and the other way; also in a real browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import compare
from compare import decisions
from compare.values import Findings, InputError, Report, Row
from tests.browser import act, needs_browser

pytest.importorskip("anywidget")

from compare.notebook import corrections as mending
from compare.notebook import widget
from compare.write import html
from compare.write.page import script

TEXTS = {
    "ru": "Пришла осень. Дороги размыло. Письмо не дошло. Он приехал сам.",
    "en-close": "Autumn\u200b came. The roads were washed away. The letter did not arrive. He came himself.",
    "en-free": "Autumn came and washed the roads away. Such was life. He <b>came</b> himself & stayed.",
}
RU, CLOSE, FREE = range(3)


def cells(rows: tuple[Row, ...]) -> list[dict[str, tuple[int, int]]]:
    return [dict(row.segments) for row in rows]


@pytest.fixture(scope="module")
def collated() -> compare.Collation:
    """Three rows: two sentences of each that are close, one that only the free version has, and the rest."""
    collation = compare.collate(compare.from_texts(TEXTS))
    rows = ({"ru": (0, 2), "en-close": (0, 2), "en-free": (0, 1)}, {"en-free": (1, 2)})
    rest = {"ru": (2, 4), "en-close": (2, 4), "en-free": (2, 3)}
    return mending._replaced(collation, 1, len(collation.rows), [*rows, rest])


@pytest.fixture
def report(collated: compare.Collation, tmp_path: Path) -> Report:
    (tmp_path / "work").mkdir()
    collation = replace(collated, work=replace(collated.work, folder=tmp_path / "work"))
    found = []
    for number, (id, words) in enumerate((("en-free", "Autumn"), ("en-close", "letter"), ("en-free", "stayed"))):
        at = TEXTS[id].index(words)
        place = collation.place(id, at, at + len(words))
        row = collation.number_at(id, at)
        found.append(
            compare.Finding("SEM101", "major", 0.9, (place,), f"message {number}", id=f"SEM101-{number}", row=row)
        )
    return Report("signature", collation, Findings(found))


def told(reader: widget.Reader, how: str, column: int = 0, sentence: int = 0) -> None:
    """Say what the page says."""
    reader._receive(reader, {"mend": how, "column": column, "sentence": sentence}, [])


def line(report: Report, at: int, verdict: str, **more: str) -> dict[str, str]:
    place = report.findings[at].places[0]
    own = {"check": "SEM101", "version": place.version, "quote": place.text, "verdict": verdict}
    return own | {"reason": "", "occurrence": "1"} | more


def table(path: Path) -> list[dict[str, str]]:
    from compare.read.table import lines

    (_, header), *body = lines(path)
    return [dict(zip(header, cells, strict=True)) for _, cells in body]


# What the page does, the next cell knows


def test_it_is_the_page_s_own_element_and_script(report: Report) -> None:
    reader = widget.explore(report)
    assert reader.html == html.reader(report)
    assert reader._esm == script()
    assert (reader.finding, reader.decisions, reader.report.findings) == (None, [], report.findings)
    assert reader.work == report.work
    assert reader.sentences[FREE] == [[1, 0], [2, 0], [3, 0]]
    assert reader.sentences[CLOSE] == [
        [1, 0],
        [1, len("Autumn\u200b came. ")],
        [3, 0],
        [3, len("The letter did not arrive. ")],
    ]


def test_what_is_followed_and_decided_is_known(report: Report, tmp_path: Path) -> None:
    reader = widget.explore(report)
    reader.set_state({"selected": "SEM101-0", "decisions": [line(report, 0, "dismissed", reason="a matter of taste")]})
    assert reader.finding == report.findings[0]
    assert [(f.status, f.reason) for f in reader.report.findings][:2] == [
        ("dismissed", "a matter of taste"),
        ("open", ""),
    ]
    assert [f.status for f in report.findings] == ["open"] * 3
    [saved] = reader.save(tmp_path)
    work = replace(report.work, tables={"decisions": tuple(table(saved))})
    assert decisions.decide(report.findings, decisions.read(work), work)[0].status == "dismissed"
    assert decisions.read(reader.work) == decisions.read(work)


@pytest.mark.parametrize(
    ("how", "column", "sentence", "rows"),
    [
        ("up", CLOSE, 2, [((0, 2), (0, 2), (0, 1)), (None, (2, 3), (1, 2)), ((2, 4), (3, 4), (2, 3))]),
        ("down", RU, 1, [((0, 1), (0, 2), (0, 1)), ((1, 2), None, (1, 2)), ((2, 4), (2, 4), (2, 3))]),
        ("down", FREE, 1, [((0, 2), (0, 2), (0, 1)), ((2, 4), (2, 4), (1, 3))]),
        (
            "unlink",
            RU,
            2,
            [((0, 2), (0, 2), (0, 1)), (None, None, (1, 2)), ((2, 3), None, None), ((3, 4), (2, 4), (2, 3))],
        ),
        (
            "split",
            CLOSE,
            3,
            [((0, 2), (0, 2), (0, 1)), (None, None, (1, 2)), ((2, 4), (2, 3), (2, 3)), (None, (3, 4), None)],
        ),
        ("merge", FREE, 1, [((0, 2), (0, 2), (0, 2)), ((2, 4), (2, 4), (2, 3))]),
    ],
)
def test_a_sentence_goes_where_the_page_says(
    report: Report, how: str, column: int, sentence: int, rows: list[tuple[tuple[int, int] | None, ...]]
) -> None:
    reader = widget.explore(report)
    told(reader, how, column, sentence)
    wanted = [{id: held for id, held in zip(TEXTS, row, strict=True) if held} for row in rows]
    assert cells(reader.collation.rows) == wanted
    places = [f.places[0] for f in report.findings]
    assert [f.row for f in reader.report.findings] == [
        reader.collation.number_at(place.version, place.span.start) for place in places
    ]
    assert reader.html == html.reader(reader._shown[-1])
    told(reader, "undo")
    assert reader.collation is report.collation
    assert reader.html == html.reader(report)


def test_what_cannot_be_is_not_done(report: Report) -> None:
    reader = widget.explore(report)
    told(reader, "up", RU, 0)
    told(reader, "merge", RU, 0)
    told(reader, "down", RU, 3)
    told(reader, "unlink", FREE, 1)
    told(reader, "undo")
    assert reader.collation is report.collation
    assert reader.save() == []


def test_decisions_hold_when_rows_are_mended(report: Report) -> None:
    reader = widget.explore(report)
    reader.decisions = [line(report, 1, "accepted")]
    told(reader, "split", CLOSE, 3)
    assert [f.status for f in reader.report.findings] == ["open", "accepted", "open"]
    told(reader, "undo")
    assert [f.status for f in reader.report.findings] == ["open", "accepted", "open"]


def test_the_next_report_obeys_what_was_done(report: Report) -> None:
    home = report.work.folder
    assert home
    for id, text in TEXTS.items():
        faulty = text.rstrip() if id == "ru" else f"{text.rstrip()} (never closed."
        (home / f"{id}.txt").write_text(faulty, "utf-8")
    work = compare.load(home)
    before = compare.report(work)
    reader = widget.explore(before)
    reader.mend(mending.join(reader.collation, 1, 2))
    reader.mend(mending.unlink(reader.collation, 1, "ru", 1))
    reader.decisions = [
        {"check": f.check, "version": f.places[0].version, "quote": f.places[0].text, "verdict": "dismissed"}
        for f in before.findings
    ]
    now = compare.report(reader.work)
    assert {path.name for path in reader.save()} <= {"alignment.tsv", "decisions.tsv"}
    again = compare.report(compare.load(home))
    assert before.findings
    known = {f.id for f in before.findings}
    for each in (now, again):
        assert cells(each.collation.rows) == cells(reader.collation.rows)
        assert {f.status for f in each.findings if f.id in known} == {"dismissed"}
    assert again.findings == now.findings


def test_rows_that_came_aligned_are_mended_too() -> None:
    rows = [{"ru": "Осень.", "en": "Autumn."}, {"ru": "Зима пришла."}, {"en": "Winter came."}]
    given = compare.report(compare.from_rows(rows))
    reader = widget.explore(given)
    reader.mend(mending.join(reader.collation, 2, 3))
    again = compare.collate(reader.work)
    assert [set(row.segments) for row in again.rows] == [{"ru", "en"}, {"ru", "en"}]
    with pytest.raises(InputError, match="folder"):
        reader.save()


def test_saving_keeps_the_lines_that_are_there(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "decisions.tsv"
    file.write_text('check\tquote\tverdict\tby\nTYP\t"so"\tdismissed\tme\n', "utf-8")
    decisions.save(file, [line(report, 0, "accepted"), line(report, 0, "dismissed", quote="")])
    decisions.save(file, [line(report, 0, "dismissed", reason="right\tas it\nis")])
    assert [(each["check"], each["quote"], each["verdict"], each["by"]) for each in table(file)] == [
        ("TYP", '"so"', "dismissed", "me"),
        ("SEM101", "Autumn", "dismissed", ""),
    ]
    assert table(file)[1]["reason"] == "right as it is"
    assert [path for path in tmp_path.iterdir() if path.is_file()] == [file]


# The same in a browser


SEE = """
const words = ({ startContainer, startOffset, endContainer, endOffset }) => {
  const range = document.createRange();
  range.setStart(startContainer, startOffset), range.setEnd(endContainer, endOffset);
  return range.toString();
};
const see = () => ({
  selected: model.get("selected"), decisions: model.get("decisions").map((d) => `${d.quote} ${d.verdict} ${d.reason}`),
  statuses: all(".finding").map((item) => item.dataset.status), marks: all("a.m").map((mark) => mark.className),
  rows: all(".row[id]").length, listed: all(".finding").length,
  columns: all(".heads [data-v]").filter((head) => head.offsetParent).length,
  chosen: [...CSS.highlights.get("hexapla-chosen")].map(words),
  sent: model.sent.splice(0), text: one(".decided").textContent, reason: one("input[name=reason]")?.value ?? null,
});
const say = (name) => { out[name] = see(); };
/** Click on words as a person does: where they are drawn. */
const click = (words, column) => {
  for (const cell of all(`.row[id] .cell[data-v="${column}"]`)) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at + 1), range.setEnd(node, at + 2);
      cell.scrollIntoView({ block: "center" });
      const box = range.getBoundingClientRect(), where = { clientX: box.x + 1, clientY: box.y + box.height / 2 };
      document.elementFromPoint(where.clientX, where.clientY).dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true, ...where }));
      return;
    }
  }
  throw Error(`no ${words}`);
};
"""
STEPS = """
model.kept = first;
render({ model, el: document.body });
say("start");
press("j"); press("d");
say("dismissed");
one("input[name=reason]").value = "taste";
one("input[name=reason]").dispatchEvent(new Event("change", { bubbles: true }));
say("reasoned");
pick("input[value=major]", false); one('.toggle[data-column="0"]').click();
click("roads were", 1);
say("chosen");
press("ArrowUp", { altKey: true }); press("ArrowDown", { altKey: true }); press("x");
one(".mends button[value=merge]").click(); press("z"); press("s");
say("asked");
Object.assign(model.kept, second); model.fire("change:html");
say("drawn anew");
pick("input[value=major]", true); press("u");
say("taken back");
press("d"); model.kept.decisions = []; model.fire("change:decisions");
say("forgotten");
model.set("selected", "SEM101-2");
say("led");
press("u");
say("opened");
"""


@pytest.fixture(scope="module")
def seen(collated: compare.Collation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = []
    for number, (id, words) in enumerate((("en-free", "Autumn"), ("en-close", "letter"), ("en-free", "stayed"))):
        at = TEXTS[id].index(words)
        status = "dismissed" if words == "stayed" else "open"
        severity = "minor" if words == "letter" else "major"
        places = (collated.place(id, at, at + len(words)),)
        told = {"id": f"SEM101-{number}", "row": collated.number_at(id, at), "status": status}
        found.append(compare.Finding("SEM101", severity, 0.9, places, f"message {number}", **told))  # type: ignore[arg-type]
    reader = widget.explore(Report("signature", collated, Findings(found)))
    first = {"html": reader.html, "sentences": reader.sentences, "selected": "", "decisions": []}
    reader._receive(reader, {"mend": "split", "column": CLOSE, "sentence": 1}, [])
    second = {"html": reader.html, "sentences": reader.sentences}
    given = f"const first = {json.dumps(first)}, second = {json.dumps(second)};".replace("</", "<\\/")
    return act(tmp_path_factory.mktemp("widget"), "", "\n".join((SEE, given, STEPS)))


@needs_browser
class TestInABrowser:
    def test_a_decision_reaches_the_next_cell(self, seen: dict[str, Any]) -> None:
        assert seen["start"]["statuses"] == ["open", "open", "dismissed"]
        assert seen["dismissed"]["selected"] == "SEM101-0"
        assert seen["dismissed"]["decisions"] == ["Autumn dismissed "]
        assert seen["reasoned"]["decisions"] == ["Autumn dismissed taste"]

    def test_a_click_chooses_a_sentence_and_keys_say_what_to_do_with_it(self, seen: dict[str, Any]) -> None:
        assert seen["chosen"]["chosen"] == ["The roads were washed away."]
        own = {"column": CLOSE, "sentence": 1}
        asked = [{"mend": how} | own for how in ("up", "down", "unlink", "merge", "undo", "split")]
        assert seen["asked"]["sent"] == asked

    def test_what_was_done_outlives_a_new_drawing(self, seen: dict[str, Any]) -> None:
        now = seen["drawn anew"]
        assert now["rows"] == seen["chosen"]["rows"] + 1
        for what in ("selected", "decisions", "statuses", "listed", "columns", "chosen", "text", "reason"):
            assert now[what] == seen["chosen"][what], what
        assert (now["statuses"], now["listed"], now["columns"]) == (["open"], 1, 2)
        assert sum("dismissed" in look for look in now["marks"]) == 2

    def test_a_decision_is_taken_back_after_a_new_drawing(self, seen: dict[str, Any]) -> None:
        assert (seen["taken back"]["decisions"], seen["taken back"]["statuses"]) == ([], ["open", "open", "dismissed"])

    def test_what_the_next_cell_does_the_page_shows(self, seen: dict[str, Any]) -> None:
        assert seen["forgotten"]["statuses"] == ["open", "open", "dismissed"]
        assert seen["led"]["selected"] == "SEM101-2"

    def test_what_the_work_s_own_decisions_closed_is_opened(self, seen: dict[str, Any]) -> None:
        assert seen["opened"]["decisions"] == ["stayed open "]
        assert seen["opened"]["statuses"] == ["open", "open", "open"]
