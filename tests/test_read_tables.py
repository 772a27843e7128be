"""Tables as people hold them: no header, a line for Excel, sheets, lines of JSON, catalogues of gettext."""

import json
import re
from pathlib import Path

import pytest

from compare import read
from compare.read.table import headless
from compare.values import InputError

XLIFF = (
    '<xliff version="1.2" xmlns:sdl="s"><file source-language="ru" target-language="en"><body>{}'
    '<trans-unit id="9"><source>Да.</source><target>Yes.</target></trans-unit></body></file></xliff>'
)


def texts(path: Path) -> dict[str, str]:
    return {version.id: version.text for version in read.load(path).versions}


@pytest.mark.parametrize(
    ("headings", "text"),
    [
        (("Он ушёл.", "He left."), True),
        (("Он ушёл.", "He left.", "0.87"), True),
        (("“Он ушёл?”", "(He left!)"), True),
        (("title", "The old house stood empty."), True),
        (("ru", "He left."), False),
        (("ru", "Garnett, rev. ed."), False),
        (("He left.",), False),
        (("ru", "The old house stood empty"), False),
        (("1", "2"), False),
    ],
)
def test_a_first_line_of_sentences_is_no_header(headings: tuple[str, ...], text: bool) -> None:
    assert headless(headings) is text


def test_columns_without_a_header_are_numbered_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Он ушёл.\tHe left.\nДа.\tYes.\n", encoding="utf-8")
    work = read.load(tmp_path / "a.tsv")
    assert {v.id: v.text for v in work.versions} == {"1": "Он ушёл.\nДа.", "2": "He left.\nYes."}
    assert work.source == work.version("1")
    assert "line 1 is text and names no column" in work.warnings[0]


@pytest.mark.parametrize("mark", [";", ",", "|", "\t"])
def test_what_excel_says_of_its_separator_is_no_row(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_text(f"sep={mark}\r\nru{mark}en\r\nДа.{mark}Yes.\r\n", encoding="utf-8")
    assert texts(tmp_path / "a.csv") == {"ru": "Да.", "en": "Yes."}
    (tmp_path / "b.csv").write_text(f"sep={mark}\nru{mark}en\nа{mark}b{mark}c\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 3 has 3 columns"):
        read.load(tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("unit", "english"),
    [
        ("<source>А.</source><target>A <mrk mtype='x-sdl-deleted'>big </mrk>b.</target>", "A b."),
        ("<source>А.</source><target>A <mrk mtype='x-sdl-added'>big</mrk> b.</target>", "A big b."),
        ("<source>А.</source><target>B.</target><note xml:id='n'/><note xml:id='n'/>", "B."),
        ("<source>А.</source><target state='new'>А.</target>", ""),
        ("<source>А.</source><target state='new'>B.</target>", "B."),
        ("<source>Лев.</source><target state='final'>Лев.</target>", "Лев."),
    ],
)
def test_marks_of_a_unit(tmp_path: Path, unit: str, english: str) -> None:
    (tmp_path / "a.xlf").write_text(XLIFF.format(f"<trans-unit id='1'>{unit}</trans-unit>"), encoding="utf-8")
    assert texts(tmp_path / "a.xlf")["en"] == "\n".join(filter(None, [english, "Yes."]))
    said = any("tracked changes are read as accepted" in line for line in read.load(tmp_path / "a.xlf").warnings)
    assert said == ("x-sdl" in unit)


@pytest.mark.parametrize(
    "group",
    [
        "<trans-unit id='1' translate='no'>{}</trans-unit>",
        "<group translate='no'><trans-unit>{}</trans-unit></group>",
        "<trans-unit id='1' restype='x-gettext-domain-header'>{}</trans-unit>",
    ],
)
def test_what_is_not_to_be_translated_is_no_row(tmp_path: Path, group: str) -> None:
    unit = group.format("<source>a.png</source>")
    (tmp_path / "a.xlf").write_text(XLIFF.format(unit), encoding="utf-8")
    assert texts(tmp_path / "a.xlf")["ru"] == "Да."


def test_lines_of_json(tmp_path: Path) -> None:
    lines = [{"id": 1, "translation": {"ru": "Он ушёл.", "en": "He left."}}, {"ru": "Да.", "en": "Yes.", "tags": ["a"]}]
    (tmp_path / "a.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert texts(tmp_path / "a.jsonl") == {"ru": "Он ушёл.\nДа.", "en": "He left.\nYes."}


@pytest.mark.parametrize(("line", "trouble"), [('{"ru"', "line 2 is not JSON"), ("[1]", "line 2 is not an object")])
def test_lines_of_no_json(tmp_path: Path, line: str, trouble: str) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"ru": "Да."}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=trouble):
        read.load(tmp_path / "a.jsonl")


PO = r"""msgid ""
msgstr ""
"Language: ru\n"

# a note
msgctxt "menu"
msgid "Open the "
"\"file\""
msgstr "Открыть "
"файл"

#, fuzzy
msgid "Close"
msgstr "Открыть"

msgid "One day"
msgid_plural "Days"
msgstr[0] "День"
msgstr[1] "Дня"
#~ msgid "Old"
#~ msgstr "Старый"
"""


def test_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PO, encoding="utf-8")
    work = read.load(tmp_path / "a.po")
    assert [(v.id, v.lang, v.role, v.text) for v in work.versions] == [
        ("msgid", "en", "source", 'Open the "file"\nOne day'),
        ("ru", "ru", "translation", "Открыть файл\nДень"),
    ]


@pytest.mark.parametrize(
    ("content", "trouble"), [("hello", "line 1 is not a line"), ('msgid ""\nmsgstr "x"', "no message")]
)
def test_no_catalogue(tmp_path: Path, content: str, trouble: str) -> None:
    (tmp_path / "a.po").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=trouble):
        read.load(tmp_path / "a.po")


def test_a_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("second")
    for line in (["ru", "en"], ["Он ушёл.", "He left."], [None, None], ["Да.", None]):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == {"ru": "Он ушёл.\nДа.", "en": "He left."}
    sheet["XFD20000"] = " "
    book.save(tmp_path / "a.xlsx")
    assert texts(tmp_path / "a.xlsx") == {"ru": "Он ушёл.\nДа.", "en": "He left."}
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="is not a complete document"):
        read.load(tmp_path / "b.xlsx")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ("Он ушёл.\tHe left.\nДа.\tYes.\n", ".tsv"),
        ('{"ru": "Да.", "en": "Yes."}\n{"ru": "Нет.", "en": "No."}\n', ".jsonl"),
        (PO, ".po"),
    ],
)
def test_rows_are_not_swallowed_as_prose(tmp_path: Path, content: str, suffix: str) -> None:
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"name it {suffix}, "):
        read.load(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "content",
    [
        "\tHe left.\n\tShe stayed.\n",
        "He left.\tShe stayed.\n",
        "He left.\tShe stayed.\nThey met.\n",
        "{“She left,” he said.}\n",
    ],
)
def test_prose_with_tabs_and_braces_is_prose(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    assert texts(tmp_path / "a.txt") == {"a": content}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", '<?xml version="1.0"?>\n<doc><p>He came.</p></doc>', "<doc>; save its words as .txt"),
        ("a.xml", "<doc><p>He came.</p></doc>", "<doc>; save its words as .txt"),
        ("a.txt", "<!DOCTYPE html>\n<html><body><p>He came.</p></body></html>", "name it .html"),
        ("a.txt", "%PDF-1.7\n1 0 obj\n", "name it .pdf"),
        ("a.txt", r"{\rtf1\ansi He came.}", "name it .rtf"),
        ("a.doc", "\xd0\xcf\x11\xe0", "the document as .docx"),
    ],
)
def test_what_is_no_text_is_refused_with_the_next_step(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content, "latin-1")
    with pytest.raises(InputError, match=re.escape(said)):
        read.read_text(path)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a test set as sacrebleu keeps it."""
    monkeypatch.setattr("sacrebleu.utils.SACREBLEU_DIR", str(tmp_path))
    texts = {
        "src": "Он ушёл.\nБыла зима.\n",
        "ref-A": "He left.\nIt was winter.\n",
        "Online-B": "He went away.\nWinter was.\n",
        "docid": "one\none\n",
    }
    (tmp_path / "wmt90/more").mkdir(parents=True)
    for field, text in texts.items():
        (tmp_path / f"wmt90/more/wmt90_more.ru-en.{field}").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_test_set_is_read_from_its_cache(cache: Path) -> None:
    work = read.load("sacrebleu:wmt90/more:ru-en")
    assert [(v.id, v.lang, v.role) for v in work.versions] == [
        ("ru", "ru", "source"),
        ("Online-B", "en", "translation"),
        ("ref-A", "en", "translation"),
    ]
    assert len(work.rows or ()) == 2


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("wmt90:ru-en", r"is not in .*“sacrebleu -t wmt90 -l ru-en --echo src” puts it there"),
        ("wmt90", "names no test set; write it as sacrebleu:wmt22:ru-en"),
        ("../wmt90:ru-en", "names no test set"),
    ],
)
def test_a_test_set_that_is_not_there(cache: Path, name: str, trouble: str) -> None:
    with pytest.raises(InputError, match=trouble):
        read.load(f"sacrebleu:{name}")


def test_a_test_set_of_uneven_files(cache: Path) -> None:
    (cache / "wmt90/more/wmt90_more.ru-en.src").write_text("Он ушёл.\n", encoding="utf-8")
    with pytest.raises(InputError, match="src: has fewer lines than the set's other files"):
        read.load("sacrebleu:wmt90/more:ru-en")
