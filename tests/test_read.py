import codecs
import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import read
from compare.read.encoding import EncodingError, decode
from compare.read.language import guess
from compare.values import InputError, Span

RU = (
    "Весенний, светлый день клонился к вечеру; небольшие розовые тучки стояли высоко в ясном небе и, казалось, "
    "не плыли мимо, а уходили в самую глубь лазури. Перед раскрытым окном красивого дома сидели две женщины.\r\n"
)
EN = "The café’s owner—an “émigré”—paid £5. It was 30° in the shade.\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "en.txt").write_text("He left.\n", encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Он ушёл.\n", encoding="utf-8")
    return tmp_path


def state(folder: Path, *lines: str) -> Path:
    (folder / "work.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


HEAD = ('id = "w"', 'title = "The Work"')
ENGLISH = ("[[version]]", 'id = "en"', 'file = "en.txt"', 'lang = "en"')


def test_work(work: Path) -> None:
    state(work, *HEAD, *ENGLISH, "year = 1920", "[[version]]", 'id = "ru"', 'file = "ru.txt"', 'role = "source"')
    (work / "glossary.tsv").write_text("term\tpreferred\n\nмеджлис\tassembly\nнота\n", encoding="utf-8")
    got = read.load(work)
    assert (got.id, got.title, got.folder) == ("w", "The Work", work)
    assert [(v.id, v.lang, v.role, v.text, v.year) for v in got.versions] == [
        ("en", "en", "translation", "He left.\n", "1920"),
        ("ru", "ru", "source", "Он ушёл.\n", ""),
    ]
    assert got.tables["glossary"] == ({"term": "меджлис", "preferred": "assembly"}, {"term": "нота", "preferred": ""})
    assert read.load(work / "work.toml") == got


def test_reconstruction_always_says_so(work: Path) -> None:
    state(work, *HEAD, *ENGLISH, 'status = "reconstruction"')
    assert "not a source of evidence" in read.load(work).versions[0].note


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        (HEAD, "names no version"),
        ((*HEAD, "[[version]"), "is not TOML"),
        ((*HEAD, 'colour = "red"', *ENGLISH), "unknown key 'colour'"),
        ((*HEAD, *ENGLISH, 'auhtor = "x"'), "version 'en': unknown key 'auhtor'"),
        ((*HEAD, *ENGLISH, 'role = "original"'), "role 'original' is not one of source, translation"),
        ((*HEAD, *ENGLISH, 'status = "draft"'), "status 'draft' is not one of published"),
        ((*HEAD, *ENGLISH, "note = [1]"), "note must be words"),
        ((*HEAD, *ENGLISH, *ENGLISH), "two versions have the id 'en'"),
        ((*HEAD, "[[version]]", 'id = "en"', 'file = "' + "x" * 5_000 + '"'), "cannot be read"),
        ((*HEAD, "[[version]]", 'id = "two words"', 'file = "en.txt"'), "id 'two words' is not"),
        ((*HEAD, "[[version]]", 'id = "../x"', 'file = "en.txt"'), "id '../x' is not"),
        ((*HEAD, "[[version]]", 'id = "en"'), "version 'en' names no file"),
        ((*HEAD, "[[version]]", 'id = "en"', 'file = "no.txt"'), "there is no such file"),
        ((*HEAD, "[[version]]", 'id = "en"', 'file = "../en.txt"'), "outside the work's folder"),
        ((*HEAD, "[[version]]", 'id = "en"', 'file = "/etc/hosts"'), "outside the work's folder"),
        ((*HEAD, "[[version]]", 'id = "en"', 'file = "."'), "is a folder"),
        ((*HEAD, *ENGLISH[:3], 'lang = "english"'), "lang 'english' is not an ISO 639-1 code"),
        (('title = "x"', *ENGLISH), "the work: id '' is not"),
        ((*HEAD, "version = 3"), "names no version"),
    ],
)
def test_bad_work(work: Path, lines: tuple[str, ...], trouble: str) -> None:
    with pytest.raises(InputError) as caught:
        read.load(state(work, *lines))
    assert trouble in str(caught.value)
    assert str(caught.value).startswith(str(work))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "table", "trouble"),
    [
        ("names", "term\tterm\na\tb\n", "line 1: two columns are headed 'term'"),
        ("names", "term\t\na\tb\n", "line 1: a column has no heading"),
        ("names", "term\tpreferred\na\tb\nc\td\te\n", "line 3 has 3 columns, the header has 2"),
        ("names", "de\tproposed\na\tb\n", "line 1: no column is headed 'name' or 'en'"),
        ("glossary", "word\tpreferred\na\tb\n", "line 1: no column is headed 'term'"),
        ("decisions", "code\tverdict\na\tb\n", "line 1: no column is headed 'check'"),
        ("alignment", "row\ten-b\n1\tb\n", "line 1: no column is headed 'en'"),
    ],
)
def test_bad_table_beside_a_work(work: Path, name: str, table: str, trouble: str) -> None:
    (work / f"{name}.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name}\.tsv: {trouble}"):
        read.load(state(work, *HEAD, *ENGLISH))


def test_a_folder_of_texts_is_a_work(tmp_path: Path) -> None:
    home = tmp_path / "Две версии"
    home.mkdir()
    for name, text in (
        ("draft 10.txt", EN),
        ("Draft 2.TXT", EN),
        ("ru.txt", RU),
        ("README.md", "Notes."),
        (".x.txt", EN),
    ):
        (home / name).write_bytes(text.encode("cp1251" if name == "ru.txt" else "utf-8"))
    (home / "letter.png").write_bytes(b"PK")
    (home / "decisions.tsv").write_text("check\tquote\tverdict\nTYP\tso\tdismissed\n", encoding="utf-8")
    got = read.load(home)
    assert [(v.id, v.lang, v.role, v.file) for v in got.versions] == [
        ("ru", "ru", "source", "ru.txt"),
        ("draft-2", "en", "translation", "Draft 2.TXT"),
        ("draft-10", "en", "translation", "draft 10.txt"),
    ]
    assert got.versions[0].text == RU
    assert got.warnings == (
        "ru: was read as cp1251, which is a guess",
        "draft-2 and draft-10 are one and the same text",
        "letter.png is not plain text and was left out",
    )
    assert (got.title, got.folder, set(got.tables)) == ("Две версии", home, {"decisions"})
    assert read.from_folder(home, home / "draft 10.txt").source.id == "draft-10"  # type: ignore[union-attr]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "README.md").write_text(EN, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=r"neither a work\.toml nor a text"):
        read.load(tmp_path)
    (tmp_path / "w").mkdir()
    state(tmp_path / "w", *HEAD)
    with pytest.raises(InputError, match="there are works in it: w"):
        read.load(tmp_path)


def test_a_folder_names_the_text_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.txt: holds no words"):
        read.load(tmp_path)


def test_files(work: Path) -> None:
    got = read.from_files([work / "en.txt"], source=work / "ru.txt")
    assert [(v.id, v.lang, v.role) for v in got.versions] == [("ru", "ru", "source"), ("en", "en", "translation")]
    twice = read.from_files([work / "en.txt", work / "en.txt"])
    assert [(v.id, v.role) for v in twice.versions] == [("en", "translation"), ("en-2", "translation")]


def test_language_of_a_file_is_that_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "no-title.txt").write_text("The man was in the house.", encoding="utf-8")
    assert read.load(tmp_path / "no-title.txt").versions[0].lang == "en"


def test_texts() -> None:
    got = read.from_texts({"ru": "Он ушёл.", "en": "He left.", "en-b": "Gone."})
    assert [(v.id, v.lang, v.role) for v in got.versions] == [
        ("ru", "ru", "source"),
        ("en", "en", "translation"),
        ("en-b", "en", "translation"),
    ]
    assert read.from_texts({"en": "He left.", "b": "Он ушёл."}, source="en").source == got.version("en").__class__(
        "en", "He left.", "en", "source", title="en"
    )
    with pytest.raises(InputError, match="is not one of the versions"):
        read.from_texts({"en": "He left."}, source="ru")


CELL = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=8)


@given(st.lists(st.fixed_dictionaries({"a": CELL, "b": CELL}), max_size=6))
@settings(max_examples=200)
def test_rows_pass_through(cells: list[dict[str, str]]) -> None:
    try:
        work = read.from_rows(cells)
    except InputError:
        assert not any(char.isalpha() for row in cells for cell in row.values() for char in cell)
        return
    assert work.rows is not None
    kept = {version.id for version in work.versions}
    quoted = [{id: span.of(work.version(id).text) for id, span in row.items()} for row in work.rows]
    given_rows = [{id: cell.strip() for id, cell in row.items() if cell.strip() and id in kept} for row in cells]
    assert quoted == [row for row in given_rows if row]


def test_table(tmp_path: Path) -> None:
    file = tmp_path / "ruth.tsv"
    file.write_text('verse\tru\ten-asv\n1:1\tОн ушёл.\t"Go," he said.\n1:2\t\t "Yes"\n\n1:3\tДа.\n', encoding="utf-8")
    work = read.from_table(file)
    assert [(v.id, v.role, v.text) for v in work.versions] == [
        ("ru", "source", "Он ушёл.\nДа."),
        ("en-asv", "translation", '"Go," he said.\n "Yes"'),
    ]
    assert work.rows == (
        {"ru": Span(0, 8), "en-asv": Span(0, 14)},
        {"en-asv": Span(16, 21)},
        {"ru": Span(9, 12)},
    )
    assert "verse" in work.warnings[0]
    assert read.from_table(file, source="EN-ASV").source == read.load(file).version("en-asv").__class__(
        "en-asv", work.versions[1].text, "en", "source", title="en-asv", file=str(file)
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", 'ru\ten\nДа.\t"He said ""yes"" and\tleft."\n'),
        ("a.tsv", 'ru\ten\nДа.\t"He said ""yes"" and\tleft."\n"Нет."\t"No."\n'),
        ("a.csv", 'ru,en\nДа.,"He said ""yes"" and\tleft."\n'),
        ("a.csv", 'ru;en\nДа.;"He said ""yes"" and\tleft."\n'),
    ],
)
def test_quoted_cells(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read.load(tmp_path / name).version("en").text.startswith('He said "yes" and\tleft.')


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("ru\ten\nа\tb\tc\n", "line 2 has 3 columns, the header has 2"),
        ("ru\tru\nа\tb\n", "line 1: two columns are headed 'ru'"),
        ("ru\ten\n", "holds no row with words"),
        ("x" * 100 + "\ten\nа\tb\n", "line 1 must name the columns"),
    ],
)
def test_bad_table(tmp_path: Path, content: str, trouble: str) -> None:
    (tmp_path / "a.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=trouble):
        read.load(tmp_path / "a.tsv")


def test_missing_source_column(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("en\tde\na\tb\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column 'ru'"):
        read.from_table(tmp_path / "a.tsv", source="ru")


TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="RU"/><body>
<tu><tuv xml:lang="ru"><seg>Он <bpt i="1">&lt;b&gt;</bpt>ушёл<ept i="1">&lt;/b&gt;</ept>.<!-- no --></seg></tuv>
<tuv xml:lang="en-US"><seg>He <hi>left</hi> &amp; she.</seg></tuv><tuv xml:lang="en-US"><seg>He went.</seg></tuv></tu>
<tu><tuv xml:lang="ru"><seg/></tuv><tuv xml:lang="EN-us"><seg>Yes<ph type="lb"/>sir.</seg></tuv></tu></body></tmx>"""

XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="ru" target-language="en-GB"><body><group><trans-unit id="1"><source>Он ушёл. Да.</source>
<seg-source><mrk mtype="seg" mid="1">Он <g id="1">ушёл</g>.</mrk> <mrk mtype="seg" mid="2">Да.</mrk></seg-source>
<target><mrk mtype="seg" mid="1">He <g id="1">left</g>.</mrk> <mrk mtype="seg" mid="2">Yes.</mrk></target>
<alt-trans><target>Nope.</target></alt-trans></trans-unit>
<trans-unit id="2"><source>Нет<x id="1" ctype="lb"/>нет.</source></trans-unit></group></body></file></xliff>"""

XLIFF2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru" trgLang="en"><file id="f">
<unit id="1"><segment><source>Он <pc id="1">ушёл</pc>.</source><target>He <pc id="1">left</pc>.</target></segment>
<ignorable><source> </source></ignorable><segment><source>Да.</source></segment></unit></file></xliff>"""


@pytest.mark.parametrize(
    ("name", "content", "texts", "rows"),
    [
        (
            "a.tmx",
            TMX,
            {"ru": "Он ушёл.", "en-us": "He left & she.\nYes\nsir.", "en-us-2": "He went."},
            ({"ru": Span(0, 8), "en-us": Span(0, 14), "en-us-2": Span(0, 8)}, {"en-us": Span(15, 23)}),
        ),
        (
            "a.xlf",
            XLIFF,
            {"ru": "Он ушёл.\nДа.\nНет\nнет.", "en-gb": "He left.\nYes."},
            ({"ru": Span(0, 8), "en-gb": Span(0, 8)}, {"ru": Span(9, 12), "en-gb": Span(9, 13)}, {"ru": Span(13, 21)}),
        ),
        (
            "a.xliff",
            XLIFF2,
            {"ru": "Он ушёл.\nДа.", "en": "He left."},
            ({"ru": Span(0, 8), "en": Span(0, 8)}, {"ru": Span(9, 12)}),
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup(
    tmp_path: Path, name: str, content: str, texts: dict[str, str], rows: tuple[dict[str, Span], ...], encoding: str
) -> None:
    (tmp_path / name).write_text(content, encoding=encoding)
    work = read.from_table(tmp_path / name)
    assert {version.id: version.text for version in work.versions} == texts
    assert work.rows == rows
    assert work.source is not None
    assert work.source.id == "ru"
    assert {version.lang for version in work.versions} == {"ru", "en"}


BOMB = (
    '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">{}]>'
    '<tmx><tu><tuv xml:lang="ru"><seg>&b;</seg></tuv></tu></tmx>'
)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (BOMB.format(""), "declares entities"),
        (BOMB.format('<!ENTITY x SYSTEM "file:///etc/hosts">'), "declares entities"),
        (TMX[:300], "is not well-formed XML"),
        ("<tmx><header/><body/></tmx>", "holds no translation unit"),
        ("<tmx><tu><tuv><seg>a</seg></tuv></tu></tmx>", "does not say its language"),
        ("<a>" * 5000, "is not well-formed XML"),
        ("", "is not well-formed XML"),
        ("hello", "is not well-formed XML"),
    ],
)
def test_bad_markup(tmp_path: Path, content: str, trouble: str) -> None:
    (tmp_path / "a.tmx").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=trouble) as caught:
        read.from_table(tmp_path / "a.tmx")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RU, encoding) for encoding in ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")),
        (RU.upper(), "cp1251"),
        (RU.upper(), "koi8-r"),
        *((EN, encoding) for encoding in ("utf-8", "cp1252", "mac-roman")),
        (EN.replace("—", "-").translate(str.maketrans("’“”", '\'""')), "latin-1"),
        *((text, encoding) for text in (RU, EN) for encoding in ("utf-16-le", "utf-16-be", "utf-32")),
        *((text, "utf-16") for text in (RU, EN)),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_byte_order_marks() -> None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        assert decode(mark + RU.encode(encoding)) == RU


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4 ...", "is a PDF file"),
        (b"PK\x03\x04\x14\x00word/document.xml", "is a Word document"),
        (b"PK\x03\x04\x14\x00abc", "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"\n<!doctype HTML><p>", "is a web page"),
        (b"abc\0def\0\0", "NUL bytes"),
        (bytes(range(1, 32)) * 9, "is a binary file"),
        (codecs.BOM_UTF16_LE + b"abc", "is marked as UTF-16-LE"),
        (bytes(range(128, 256)) * 9, "is not UTF-8 (byte 0, line 1) and makes no sense"),
        (RU.encode()[:-41] + b"\xff" + RU.encode()[-41:], "is not UTF-8"),
        (RU.encode() + RU.encode("cp1251"), "is not UTF-8"),
        ("Η Ελλάδα και η Τουρκία υπέγραψαν συνθήκη ειρήνης.".encode("cp1253"), "is not UTF-8"),
        ("土耳其与俄罗斯的关系是一个重要问题。".encode("gbk") * 9, "is not UTF-8"),
        ("Шинель".encode("koi8-r"), "is not UTF-8"),
        (RU.encode().decode("latin-1").encode(), "was garbled"),
        (RU.encode().decode("cp1251", "ignore").encode(), "was garbled"),
        (RU.encode("cp1251").decode("latin-1").encode(), "was garbled"),
    ],
)
def test_refused(data: bytes, trouble: str) -> None:
    with pytest.raises(EncodingError) as caught:
        decode(data)
    assert trouble in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(EncodingError):
        assert decode(data)


@given(st.text(alphabet="абгежиАБЖabcXYZ .,;!\n\r\t«»“”’—…№\u2028\xa0", min_size=1))
@settings(max_examples=300)
def test_utf8_is_kept(text: str) -> None:
    assert decode(text.encode()) == text


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n\t… \n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for file, trouble in (("blank.txt", "holds no words"), ("none.txt", "no such file"), ("empty", "holds no text")):
        with pytest.raises(InputError, match=trouble):
            read.from_files([tmp_path / file])
    with pytest.raises(InputError, match="at least one"):
        read.from_files([])
    (tmp_path / "a.tsv").write_text("en\nYes.", encoding="utf-8")
    with pytest.raises(InputError, match="side by side"):
        read.from_files([tmp_path / "a.tsv"])
    with pytest.raises(InputError, match="is not a table"):
        read.from_table(tmp_path / "blank.txt")


def test_every_line_end_is_kept(tmp_path: Path) -> None:
    text = "a\r\nb\rc\nd\u2028e\u2029f\x85g\fh\n\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read.load(tmp_path / "a.txt").versions[0].text == text


@pytest.mark.parametrize("text", ["éééé", "àéà éàéà", "été où ça", "ÀÀÀÀ"])
def test_accented_letters_alone_are_no_garbled_text(text: str) -> None:
    assert decode(text.encode()) == text


def test_lost_and_garbled_characters_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It wasnâ€™t � here, café.", encoding="utf-8")
    warnings = read.load(tmp_path / "a.txt").warnings
    assert [warning[:5] for warning in warnings] == ["a: 1 ", "a: 1 "]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (RU, "ru"),
        (EN, "en"),
        ("Міръ и вѣра.", "ru"),
        ("Це є українська мова, її літери.", "uk"),
        ("Der Mann ist nicht in dem Haus.", "de"),
        ("Il n'est pas dans la maison des enfants.", "fr"),
        ("12345", ""),
        ("Η Ελλάδα", "el"),
    ],
)
def test_guess(text: str, lang: str) -> None:
    assert guess(text) == lang


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le"])
def test_an_encoding_that_is_guessed_is_said(tmp_path: Path, encoding: str) -> None:
    text = "В шесть часов смотритель зажёг лампу и вышел на берег моря.\n" * 9
    (tmp_path / "ru.txt").write_bytes(text.encode(encoding))
    assert read.load(tmp_path / "ru.txt").warnings == (f"ru: was read as {encoding}, which is a guess",)
    (tmp_path / "ru.txt").write_bytes(text.encode("utf-8-sig"))
    assert not read.load(tmp_path / "ru.txt").warnings
