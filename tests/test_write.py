"""Writers: every format says the same of a report, safely, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import write
from compare.values import SEVERITIES, Collation, Finding, Move, Place, Report, Row, Span, Version, Work
from compare.write import json as json_
from compare.write import md, pictures
from compare.write.differences import differences
from compare.write.highlights import cells
from compare.write.markup import anchor
from compare.write.page import script, style
from compare.write.phrasing import blanks, family, plain, quote

VOID = {"meta", "input", "br", "hr", "img", "link"}
HOSTILE = (
    "<script>alert(1)</script> ]]> --> </style></textarea> & \"q\" 'a' {{ 7*7 }} "
    "\u2028 \u202eevil\u202c \x00 \ud83d *b* |"
)


class Encoder:
    name = "none"

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 0), np.float32)


def build(versions: dict[str, str], marks: list[tuple[str, int, int]] = (), **more: object) -> Report:
    """Make a report with a row for each line of the versions, and a finding for each mark."""
    made = tuple(Version(id, text, "ru" if id.startswith("ru") else "en") for id, text in versions.items())
    segments = {v.id: tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", v.text)) for v in made}
    rows = tuple(
        Row(
            at + 1,
            {v.id: (at, at + 1) for v in made if at < len(segments[v.id])},
            {v.id: segments[v.id][at] for v in made if at < len(segments[v.id])},
        )
        for at in range(max((len(s) for s in segments.values()), default=0))
    )
    work = Work("w", "A work", made)
    collation = Collation(work, segments, rows, {v.id: np.zeros((len(segments[v.id]), 0)) for v in made}, Encoder())
    findings = tuple(
        Finding(
            "TYP101",
            SEVERITIES[at % 4],
            0.9,
            (Place(id, Span(start, end), versions[id][start:end]),),
            f"message {at}",
            id=f"TYP101-{at}",
            mqm="linguistic-conventions",
            row=1 + versions[id][:start].count("\n"),
        )
        for at, (id, start, end) in enumerate(marks)
    )
    return dataclasses.replace(Report("hexapla:0|texts:…", collation, findings), **more)


@pytest.fixture
def report() -> Report:
    texts = {
        "en-a": "He came.\nThe the dog slept.",
        "en-b": "He did not come.\nA dog slept.\nEnd.",
        "ru": "Он не пришёл.",
    }
    made = build(texts, [("en-a", 3, 7), ("en-a", 9, 16), ("en-b", 0, 6)])
    first = dataclasses.replace(
        made.findings[0],
        places=(*made.findings[0].places, Place("ru", Span(3, 5), "не")),
        suggestion="did not come",
        status="accepted",
        reason="as the Russian has it",
    )
    versions = (
        *made.work.versions[:2],
        dataclasses.replace(made.work.versions[2], role="source", status="reconstruction"),
    )
    collation = dataclasses.replace(
        made.collation, work=dataclasses.replace(made.work, versions=versions, warnings=("mind",))
    )
    return dataclasses.replace(
        made,
        collation=collation,
        findings=(first, *made.findings[1:]),
        risk=({"en-a": 0.91234567, "en-b": None}, {"en-a": 0.5, "en-b": float("nan")}, {}),
        scores={"en-a": {"words": 6, "findings": {"critical": 1}}},
        exhibits={
            "names": [{"name": "Он", "forms": 2}, {"name": "<b>", "forms": None}],
            "repeats": {"en-a": {"size": 20, "dots": [(9, 13, 3)]}, "en-b": {"size": 9, "dots": []}},
            "drift": {"en-a": {"curve": [0.1, None, 0.4], "changes": [2]}},
        },
    )


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and the text outside of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if "cell" in (dict(attrs).get("class") or "").split():
            self.words.append("")
        if tag not in VOID:
            self._open.append(f"{tag}.{dict(attrs).get('class', '')}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split(".")[0] == tag

    def handle_data(self, data: str) -> None:
        (self.scripts if self._open and self._open[-1].startswith("script") else self.text).append(data)
        if any(tag.startswith("div.cell") for tag in self._open) and "i.hid" not in self._open:
            self.words[-1] += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(report: Report) -> Page:
    return Page(write.render(report, "html").decode())


def hostile() -> Report:
    """A report with hostile words wherever a work, a version or a check can put words."""
    text = f"{HOSTILE} one\n{HOSTILE} two"
    version = Version(
        HOSTILE, text, "en", title=HOSTILE, translator=HOSTILE, year=HOSTILE, origin=HOSTILE, licence=HOSTILE,
        status="revised", file=HOSTILE, scheme=HOSTILE, note=HOSTILE,
    )  # fmt: skip
    half = len(HOSTILE) + 4
    spans = (Span(0, half), Span(half + 1, len(text)))
    work = Work(HOSTILE, HOSTILE, (version, Version("b", "b", "en")), warnings=(HOSTILE,))
    rows = tuple(Row(at + 1, {HOSTILE: (at, at + 1)}, {HOSTILE: span}) for at, span in enumerate(spans))
    collation = Collation(work, {HOSTILE: spans, "b": ()}, rows, {}, Encoder(), warnings=(HOSTILE,))
    place, other = (Place(HOSTILE, Span(a, b), text[a:b]) for a, b in ((0, 20), (10, half + 9)))
    findings = [
        Finding("NAM101", "major", 1.0, (place, other), HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, "fixed", HOSTILE),
        Finding("SEM101", "minor", 0.5, (other,), HOSTILE, "", "SEM101-1", HOSTILE, 1),
    ]
    exhibits = {
        "names": [{HOSTILE: HOSTILE}],
        HOSTILE: [{"a": HOSTILE}],
        "repeats": {HOSTILE: {"size": 2, "dots": [(0, 1, 1)]}},
    }
    return Report(HOSTILE, collation, tuple(findings), scores={HOSTILE: {HOSTILE: HOSTILE}}, exhibits=exhibits)


def test_formats_are_found_and_named_by_their_module() -> None:
    assert {"html", "json", "md", "tsv", "txt"} <= set(write.formats())


def test_an_unknown_format_is_named(report: Report) -> None:
    with pytest.raises(ValueError, match="'doc'"):
        write.render(report, "doc")


def test_save_writes_whole_files_and_leaves_nothing_else(report: Report, tmp_path: Path) -> None:
    paths = write.save(report, tmp_path / "new" / "folder", ["json", "html"])
    assert [path.name for path in paths] == ["report.json", "report.html"]
    assert sorted(path.name for path in paths[0].parent.iterdir()) == ["report.html", "report.json"]
    assert paths[0].read_bytes() == write.render(report, "json")


def test_a_format_that_fails_leaves_the_folder_as_it_was(report: Report, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'doc'"):
        write.save(report, tmp_path / "out", ["json", "doc"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format", write.formats())
def test_the_same_report_gives_the_same_bytes(report: Report, format: str) -> None:
    assert write.render(report, format) == write.render(report, format)


@pytest.mark.parametrize("format", write.formats())
def test_hostile_words_are_written_in_every_format(format: str) -> None:
    assert all(write.files(hostile(), format).values())


@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_a_reconstruction_is_called_one(report: Report, format: str) -> None:
    written = write.render(report, format).decode()
    assert "reconstruction" in written
    assert "no evidence of what the original says" in written


@pytest.mark.parametrize("format", write.formats())
def test_a_report_without_findings_or_rows_is_written(format: str) -> None:
    assert write.render(build({"en": "One line."}), format)
    assert write.render(build({"en": ""}), format)


# report.json


def test_json_obeys_the_published_schema(report: Report) -> None:
    import jsonschema  # a second of import

    schema = json_.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for each in (report, build({"en": ""})):
        validator.validate(json.loads(write.render(each, "json")))


def test_json_has_the_fixed_fields_in_order(report: Report) -> None:
    written = json.loads(write.render(report, "json"))
    assert list(written)[:7] == ["schema", "signature", "work", "versions", "rows", "findings", "scores"]
    assert written["rows"][0] == {
        "row": 1,
        "spans": {"en-a": [0, 8], "en-b": [0, 16], "ru": [0, 13]},
        "texts": {"en-a": "He came.", "en-b": "He did not come.", "ru": "Он не пришёл."},
        "risk": {"en-a": 0.9123, "en-b": None},
        "confidence": 1.0,
    }
    assert written["rows"][2]["spans"] == {"en-a": None, "en-b": [30, 34], "ru": None}
    assert written["rows"][2]["texts"] == {"en-a": None, "en-b": "End.", "ru": None}
    assert written["rows"][1]["risk"]["en-b"] is None
    finding = written["findings"][0]
    assert list(finding)[:10] == [
        "id", "check", "mqm", "severity", "score", "row", "status", "places", "message", "suggestion",
    ]  # fmt: skip
    assert finding["places"][1] == {"version": "ru", "start": 3, "end": 5, "text": "не"}


def test_json_is_readable_text_with_one_entry_a_line(report: Report) -> None:
    lines = write.render(report, "json").decode().split("\n")
    assert lines[-1] == ""
    assert sum(line.startswith('  {"row": ') for line in lines) == 3
    assert any("не" in line for line in lines)


def test_json_keeps_hostile_words_whole() -> None:
    report = hostile()
    written = json.loads(write.render(report, "json"))
    assert written["versions"][0]["id"] == HOSTILE
    assert written["findings"][0]["places"][0]["text"] == report.findings[0].places[0].text


def test_json_says_which_passages_moved(report: Report) -> None:
    move = Move(Place("en-a", Span(0, 2), "He"), Place("en-b", Span(0, 2), "He"), 0.5)
    moved = dataclasses.replace(report, collation=dataclasses.replace(report.collation, moves=(move,)))
    assert json.loads(write.render(moved, "json"))["moves"][0]["there"]["version"] == "en-b"


# The page


def test_page_asks_for_nothing(report: Report) -> None:
    for each in (report, hostile()):
        seen = page(each)
        assert not {"link", "img", "iframe", "object", "base"} & {tag for tag, _ in seen.tags}
        for _, attributes in seen.tags:
            assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "action")]
            assert (attributes.get("href") or "#").startswith("#")
        assert "default-src 'none'" in str(seen.of("meta"))
    assert not re.search(r"url\(|@import", style())
    assert not re.search(r"\b(fetch|import|eval|XMLHttpRequest|innerHTML\s*\+)\s*\(", script())


def test_page_runs_its_own_script_and_no_other() -> None:
    assert "</" not in script()
    assert "</" not in style()
    seen = page(hostile())
    assert len(seen.scripts) == 1
    assert len(seen.of("script")) == 1
    assert script() in seen.scripts[0]
    assert "alert(1)" in "".join(seen.text)


def test_page_begins_with_the_signature(report: Report) -> None:
    first = write.render(report, "html").decode().split("\n")[0]
    assert first == f"<!doctype html><!-- {report.signature} -->"
    assert report.signature in "".join(page(report).text)


def test_page_anchors_are_stable_unique_and_reached(report: Report) -> None:
    for each in (report, hostile()):
        seen = page(each)
        ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert {f"row-{row.number}" for row in each.collation.rows} <= set(ids)
        assert {(link["href"] or "").removeprefix("#") for link in seen.of("a")} <= set(ids)
        assert all(f"finding-{anchor(finding.id)}" in ids for finding in each.findings)


def test_page_names_each_cells_language(report: Report) -> None:
    assert {a["lang"] for a in page(report).of("div") if a.get("role") == "cell" and "lang" in a} == {"en", "ru"}


def test_page_marks_the_words_and_their_evidence(report: Report) -> None:
    written = write.render(report, "html").decode()
    assert 'class="m critical accepted" href="#finding-TYP101-0" data-f="0" data-n="TYP">came</a>' in written
    assert '<span class="m proof" data-f="0">не</span>' in written


def test_page_leads_from_a_gap_to_what_is_lost_there() -> None:
    report = build({"en-a": "One.\nTwo.", "en-b": "One.", "en-c": "One.\nTwo."}, [("en-a", 5, 9)])
    lost = dataclasses.replace(report, findings=(dataclasses.replace(report.findings[0], check="OMI101"),))
    gaps = [a for a in page(lost).of("a") if a.get("href") == "#finding-TYP101-0" and a.get("data-f")]
    assert len(gaps) == 2
    assert 'data-versions="0 1"' in write.render(lost, "html").decode()


def test_page_sets_corners_about_what_a_printed_source_attests() -> None:
    made = build({"ru": "Он пришёл домой.\nОн сел там."}, [("ru", 3, 9)])
    assert '<span class="attested' not in write.render(made, "html").decode()
    version = dataclasses.replace(made.work.versions[0], attested=(Span(0, 15), Span(17, 23)))
    written = write.render(
        dataclasses.replace(
            made,
            collation=dataclasses.replace(made.collation, work=dataclasses.replace(made.work, versions=(version,))),
        ),
        "html",
    ).decode()
    found = re.findall(r'<span class="(attested[^"]*)"[^>]*>([^<]*)<', written)
    assert found == [
        ("attested begins", "Он "),
        ("attested", "пришёл"),
        ("attested ends", " домой"),
        ("attested begins ends", "Он сел"),
        ("attested begins ends", "words"),
    ]
    assert 'data-n="TYP"><span class="attested"' in written


def test_page_shows_what_hides() -> None:
    written = write.render(build({"en": "a\u202eb\x00c  d"}, [("en", 5, 7)]), "html").decode()
    assert "\u202e" not in written
    assert "\x00" not in written
    assert 'title="U+202E RIGHT-TO-LEFT OVERRIDE">202E</i>' in written
    assert "␣␣" in written


def test_page_draws_what_the_report_brings(report: Report) -> None:
    seen = page(report)
    ids = {attributes.get("id") for attributes in seen.of("section")}
    assert ids == {"checks", "exhibit-names", "exhibit-repeats", "exhibit-drift", "exhibit-scores"}
    assert [a["aria-label"] for a in seen.of("svg") if "aria-label" in a] == [
        "dot plot, 1 repeats",
        "curve over 3 rows",
    ]


def test_page_grows_with_the_text_and_no_faster() -> None:
    text = "\n".join(f"Sentence number {at} of the text." for at in range(2000))
    versions = {"en-a": text, "en-b": text, "en-c": text}
    small = write.render(build(dict.fromkeys(versions, "x")), "html")
    assert len(write.render(build(versions), "html")) - len(small) < 8 * 3 * len(text)


def test_a_dot_plot_grows_with_what_can_be_seen() -> None:
    few, many = (pictures.dots(100_000, [(i, i + 50_000, 5) for i in range(0, 40_000, step)]) for step in (4000, 1))
    assert [few.count("M"), many.count("M")] == [1 + 2 * 10, 1 + 2 * 80]
    assert pictures.dots(800, [(0, 400, 40), (1, 401, 80)]).count("l40.0 40.0") == 2  # the longest of two that meet


# Marks


@st.composite
def marked(draw: st.DrawFn) -> Report:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).filter(lambda s: s[0] != s[1]), max_size=6))
    return build({"en": text}, [("en", min(span), max(span)) for span in spans])


@given(marked())
def test_pieces_cover_the_text_once_in_order(report: Report) -> None:
    text = report.work.versions[0].text
    laid = cells(report, "en")
    pieces = [piece for row in report.collation.rows for piece in laid[row.number]]
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))
    covered = {at for piece in pieces for at in range(piece.span.start, piece.span.end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered
    for at, finding in enumerate(report.findings):
        span = finding.places[0].span
        own = {i for p in pieces if at in [m.finding for m in p.marks] for i in range(p.span.start, p.span.end)}
        assert own == set(range(span.start, span.end)) & covered


@given(marked())
def test_the_page_holds_every_word_however_it_is_marked(report: Report) -> None:
    signs = dict.fromkeys(map(ord, "␣⇥⏎␍⍽"), " ")
    shown = [re.sub(r"[\s\x00]", "", words.translate(signs)) for words in page(report).words]
    hidden = re.compile(r"⟨U\+[0-9A-F]+⟩|[\s␣⇥⏎␍⍽]")
    assert shown == [hidden.sub("", plain(report.collation.cell(row, "en"))) for row in report.collation.rows]


# Words


@given(st.text(max_size=40), st.text(max_size=40))
def test_differences_give_both_texts_back(before: str, after: str) -> None:
    parts = differences(before, after)
    assert "".join(text for side, text in parts if side <= 0) == before
    assert "".join(text for side, text in parts if side >= 0) == after


def test_differences_are_of_whole_words() -> None:
    assert differences("upon receiving it", "after receiving it") == [(-1, "upon"), (1, "after"), (0, " receiving it")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_markdown_says_what_was_said(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(md.escape(text))
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert {child.type for token in tokens for child in token.children or ()} <= {"text", "text_special"}
    assert shown == plain(text)


def test_markdown_tells_each_finding(report: Report) -> None:
    written = write.render(report, "md").decode()
    assert written.startswith(f"<!-- {report.signature} -->\n")
    assert "> He <b>came</b>. The the dog slept." in written
    assert "Suggested: did not come" in written
    assert "- ru, row 1: Он <b>не</b> пришёл." in written


def test_tsv_has_a_line_for_each_finding(report: Report) -> None:
    lines = [line.split("\t") for line in write.render(report, "tsv").decode().splitlines()]
    assert {len(line) for line in lines} == {12}
    assert [line[9] for line in lines[1:]] == [finding.places[0].text.replace("\n", " ") for finding in report.findings]


def test_txt_marks_where_findings_nest_and_cross() -> None:
    written = write.render(build({"en": "one two three"}, [("en", 0, 7), ("en", 4, 13)]), "txt").decode()
    assert "[[one [[two]]TYP101 three]]TYP101" in written


def test_quote_cuts_at_words(report: Report) -> None:
    words = quote(report, Place("en-b", Span(17, 22), "A dog"), width=8)
    assert (words.before, words.words, words.after) == ("…come.\n", "A dog", " slept.…")
    words = quote(report, Place("en-b", Span(17, 22), "A dog"), width=5)
    assert (words.before, words.words, words.after) == ("…", "A dog", "…")


def test_a_long_quote_loses_its_middle_between_words() -> None:
    text = "The envoy read the treaty aloud before the frozen bridge"
    long = quote(build({"en": text}, []), Place("en", Span(0, len(text)), text), limit=24)
    assert long.words == "The envoy […] bridge"


def test_words_for_what_is_seen() -> None:
    assert family("REP102") == "REP"
    assert blanks(" \n\t") == "␣⏎⇥"
    assert plain("a\n\u202eb") == "a ⟨U+202E⟩b"
