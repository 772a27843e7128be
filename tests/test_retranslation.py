"""The worklist goes out with an empty column, and comes back as a version: files, rows found again, the new text."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

import compare
from compare.analysis.worklist import Job, Worklist
from compare.encode import get
from compare.read.filled import NEW, Filled, filled
from compare.retranslation import placed, retranslated
from compare.values import Collation, Finding, InputError, Place, Span
from compare.write.to_translate import lines, to_docx, to_xliff, to_xlsx

ROWS = [
    {"ru": "Первое.", "en": "First.", "en-b": "The first."},
    {"ru": "Да.", "en": "Yes.", "en-b": "Yes."},
    {"ru": "=Третье & <b>", "en": "Third."},
    {"ru": "Да.", "en": "Aye.", "en-b": "Indeed."},
    {"en-b": "Added."},
]
WRITERS = {"docx": to_docx, "xlsx": to_xlsx, "xlf": to_xliff}


@pytest.fixture
def table() -> Collation:
    return compare.collate(compare.from_rows(ROWS, source="ru"), encoder=get("none"))


@pytest.fixture
def listed(table: Collation) -> Worklist:
    finding = Finding("SEM103", "major", 0.9, (Place("en-b", Span(0, 3), "The"),), "said\tof it", row=1)
    jobs = (
        Job(3, 4, 9.0, {}, "en", (), {"Он": "He", "X": "X"}, {"мир": "peace"}),
        Job(1, 1, 5.0, {}, "en-b", (finding,), {}, {}),
        Job(5, 5, 1.0, {}, None, (), {}, {}),
    )
    return Worklist("A list", ("ru", "en", "en-b"), jobs)


def fill(path: Path, texts: dict[int, str]) -> Path:
    """Do what a translator does: write into the empty column, in Word, Excel or a tool that reads XLIFF."""
    if path.suffix == ".docx":
        document = Document(str(path))
        for row in document.tables[0].rows[1:]:
            row.cells[4].text = texts.get(int(row.cells[0].text), "")
        document.save(str(path))
    elif path.suffix == ".xlsx":
        book = load_workbook(path)
        for line in book.active.iter_rows(min_row=2):
            line[4].value = texts.get(line[0].value)
        book.save(path)
    else:
        tree = etree.parse(str(path))
        for segment in tree.iter("{*}segment"):
            if text := texts.get(int(segment.getparent().get("id")[1:])):
                etree.SubElement(segment, etree.QName(etree.QName(segment).namespace, "target")).text = text
        tree.write(str(path))
    return path


def test_a_line_goes_out_for_each_row_of_each_job(listed: Worklist, table: Collation) -> None:
    out = list(lines(listed, table))
    assert [line.row for line in out] == [3, 4, 1, 5]
    assert out[0].cells == {"ru": "=Третье & <b>", "en": "Third."}
    assert out[0].remarks == ("start from en", "names: Он = He; X", "terms: мир = peace")
    assert out[2].remarks == ("start from en-b", "SEM103 major, en-b: said of it")
    assert out[3].remarks == ()


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_is_filled_comes_back_with_the_words_beside_it(
    suffix: str, listed: Worklist, table: Collation, tmp_path: Path
) -> None:
    path = tmp_path / f"list.{suffix}"
    path.write_bytes(WRITERS[suffix](listed, table))
    with pytest.raises(InputError, match="nothing stands in the column"):
        filled(path)
    back = filled(fill(path, {4: "  Verily. ", 1: "A first one."}))
    assert [(each.row, each.text) for each in back] == [(4, "Verily."), (1, "A first one.")]
    assert "Да." in back[0].beside.values()
    assert placed(table, back).texts == {4: "Verily.", 1: "A first one."}


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_list_gives_the_same_bytes(suffix: str, listed: Worklist, table: Collation) -> None:
    assert WRITERS[suffix](listed, table) == WRITERS[suffix](listed, table)


def test_the_bilingual_list_has_the_rows_that_there_is_something_to_translate_in(
    listed: Worklist, table: Collation
) -> None:
    root = etree.fromstring(to_xliff(listed, table))
    assert [unit.get("id") for unit in root.iter("{*}unit")] == ["r3", "r4", "r1"]
    assert [note.text for note in root.iter("{*}note")][:2] == ["en: Third.", "start from en"]
    assert (root.get("srcLang"), root.get("trgLang")) == ("ru", "en")
    assert not list(root.iter("{*}target"))
    turned = etree.fromstring(to_xliff(replace(listed, jobs=listed.jobs[::-1]), table))
    assert [unit.get("id") for unit in turned.iter("{*}unit")] == ["r1", "r3", "r4"]


def test_the_table_of_the_document_says_its_columns_on_every_page(listed: Worklist, table: Collation) -> None:
    document = Document(io.BytesIO(to_docx(listed, table)))
    head = document.tables[0].rows[0]
    assert [cell.text for cell in head.cells] == ["row", "ru", "en", "en-b", NEW, "remarks"]
    assert head._tr.xpath("./w:trPr/w:tblHeader")
    widths = [column.width for column in document.tables[0].columns]
    assert widths[0] < widths[1] == widths[4]
    section = document.sections[0]
    assert section.page_width > section.page_height


def test_a_table_of_any_kind_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("ru\tNew  Translation\tROW\nДа.\tVerily\t4\nНет.\t\t5\n", "utf-8")
    assert [(each.row, each.text, each.beside) for each in filled(path)] == [(4, "Verily", {"ru": "Да."})]


def test_what_is_written_while_word_tracks_changes_counts(tmp_path: Path, listed: Worklist, table: Collation) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(to_docx(listed, table))
    document = Document(str(fill(path, {3: "A third.", 4: "Kept."})))
    (run,) = document.tables[0].rows[1].cells[4].paragraphs[0].runs
    added = etree.Element(run._r.tag.replace("}r", "}ins"))
    run._r.addprevious(added)
    added.append(run._r)
    document.save(str(path))
    assert [(each.row, each.text) for each in filled(path)] == [(3, "A third."), (4, "Kept.")]


def test_segments_that_a_tool_has_cut_anew_are_one_row(tmp_path: Path) -> None:
    path = tmp_path / "list.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="ru" trgLang="en"><file id="f">'
        '<unit id="r7"><segment id="a"><source>Раз. </source><target>One. </target></segment>'
        '<segment id="b"><source>Два.</source><target>Two.</target></segment></unit></file></xliff>',
        "utf-8",
    )
    assert filled(path) == [Filled(7, "One. Two.", {"": "Раз. Два."})]


_EMPTY_ZIP = b"PK\5\6" + bytes(18)


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("a.docx", b"no zip", "is plain text; name it .txt"),
        ("a.docx", _EMPTY_ZIP, "is not a document of its kind: it has no word/document.xml"),
        ("a.xlsx", _EMPTY_ZIP, "is not a workbook"),
        ("a.txt", b"text", "is not a worklist"),
        ("a.tsv", b"row\tru\n1\tx\n", "has no table with the columns “row” and “new translation”"),
        ("a.tsv", b"row\tnew translation\n" + b"9" * 5_000 + b"\tx\n", "nothing stands in the column"),
        ("a.xlf", b'<x><unit id="u1"><segment/></unit></x>', "the unit 'u1' is not one of a worklist"),
    ],
)
def test_what_is_no_worklist_is_refused(tmp_path: Path, name: str, content: bytes, trouble: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=trouble):
        filled(path)


def test_rows_are_known_by_their_words_and_numbers_choose_between_the_same(table: Collation) -> None:
    found = placed(table, [Filled(9, "one", {"ru": "Первое."}), Filled(4, "aye", {"ru": "Да."})])
    assert found.texts == {1: "one", 4: "aye"}
    assert placed(table, [Filled(2, "yes", {"ru": "Да."})]).texts == {2: "yes"}
    # the more of its words a row still has, the likelier it is the one
    assert placed(table, [Filled(2, "x", {"ru": "Да.", "en-b": "Indeed."})]).texts == {4: "x"}


def test_a_row_whose_words_are_gone_is_said_and_not_guessed(table: Collation) -> None:
    found = placed(table, [Filled(1, "one", {"ru": "Совсем другое."}), Filled(2, "x", {})])
    assert not found.texts
    assert [said.split(":")[0] for said in found.lost] == ["row 1 is not found", "row 2 is not found"]


def test_the_new_version_is_the_old_one_but_for_its_new_rows(table: Collation) -> None:
    new = retranslated(table, "en", {2: "Verily.", 4: "Aye, aye."}, "en-new")
    assert [version.id for version in new.work.versions] == ["ru", "en-new", "en-b"]
    version = new.work.version("en-new")
    assert version.text == "First.\nVerily.\nThird.\nAye, aye."
    assert (version.status, version.file, version.lang) == ("revised", "en-new.txt", "en")
    assert [new.cell(row, "en-new") for row in new.rows] == ["First.", "Verily.", "Third.", "Aye, aye.", ""]
    assert [new.cell(row, "en-b") for row in new.rows] == [table.cell(row, "en-b") for row in table.rows]
    assert [row.confidence for row in new.rows] == [row.confidence for row in table.rows]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({3: "Third."}, "The first.\nYes. Third.\nIndeed.\nAdded."),
        ({5: "More."}, "The first.\nYes.\nIndeed.\nMore."),
    ],
)
def test_a_row_that_the_version_lacked_stands_where_it_belongs(
    table: Collation, texts: dict[int, str], expected: str
) -> None:
    new = retranslated(table, "en-b", texts, "n")
    assert new.work.version("n").text == expected
    wanted = [texts.get(row.number, table.cell(row, "en-b")) for row in table.rows]
    assert [new.cell(row, "n") for row in new.rows] == wanted


def test_rows_before_all_others_stand_first() -> None:
    table = compare.collate(
        compare.from_rows([{"ru": "Раз."}, {"ru": "Два."}, {"ru": "Три.", "en": "Three."}], source="ru"),
        encoder=get("none"),
    )
    new = retranslated(table, "en", {1: "One.", 2: "Two."}, "n")
    assert new.work.version("n").text == "One. Two. Three."
    assert [new.cell(row, "n") for row in new.rows] == ["One.", "Two.", "Three."]


def test_every_segment_of_the_new_version_stands_in_its_row(table: Collation) -> None:
    new = retranslated(table, "en", {1: "First. And more."}, "n")
    assert [row.segments.get("n") for row in new.rows] == [(0, 2), (2, 3), (3, 4), (4, 5), None]
    text = new.work.version("n").text
    assert [span.of(text) for span in new.segments["n"]][:3] == ["First.", "And more.", "Yes."]
    assert len(new.vectors["n"]) == len(new.kinds["n"]) == 5
    assert "en" not in new.segments
    assert "en" not in new.vectors


def test_decisions_on_the_old_version_hold_for_the_new(table: Collation) -> None:
    decided = ({"check": "TYP", "version": "en", "quote": "x"}, {"check": "TYP", "version": "en-b", "quote": "y"})
    work = replace(table.work, tables={"decisions": decided})
    new = retranslated(replace(table, work=work), "en", {1: "One."}, "n")
    assert [line["version"] for line in new.work.tables["decisions"]] == ["n", "en-b"]


def test_an_id_that_there_is_is_refused(table: Collation) -> None:
    with pytest.raises(InputError, match="is already the id of a version"):
        retranslated(table, "en", {1: "x"}, "en-b")
