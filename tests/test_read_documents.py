"""Documents as people hold them, good ones and hostile ones."""

import contextlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import check, collate, encode, read, report
from compare.read import filled, tei
from compare.read.order import natural
from compare.values import InputError
from compare.write import html, md, txt
from compare.write import json as fields
from compare.write.phrasing import cited

W = '<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{}</w:body></w:document>'
NOTES = (
    '<w:footnotes xmlns:w="w"><w:footnote w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>A river.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
DOCX = W.format(
    "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>He </w:t></w:r><w:ins><w:r><w:t>left</w:t></w:r></w:ins>"
    "<w:del><w:r><w:delText>stayed</w:delText><w:footnoteReference w:id='9'/></w:r></w:del>"
    "<w:moveFrom><w:r><w:t>never</w:t></w:r></w:moveFrom><w:r><w:br/><w:t>the Oka.</w:t>"
    "<w:footnoteReference w:id='2'/></w:r></w:p>"
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>"
    "<w:p><mc:Fallback><w:p><w:r><w:t>Twice</w:t></w:r></w:p></mc:Fallback></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t><w:noBreakHyphen/><w:t>one</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
ODT = (
    '<o:d xmlns:o="o" xmlns:t="t"><t:tracked-changes><t:p>Gone.</t:p></t:tracked-changes><t:h>Title</t:h>'
    '<t:p>He<t:s t:c="2"/>left<t:line-break/><t:span>the <t:note><t:note-citation>1</t:note-citation>'
    "<t:note-body><t:p>A river.</t:p></t:note-body></t:note>Oka</t:span>.<o:annotation>"
    "<t:p>No.</t:p></o:annotation></t:p>"
    "</o:d>"
)
FB2 = (
    '<FictionBook xmlns="f" xmlns:l="l"><description><p>No.</p></description><body><title><p>Title</p></title><section>'
    '<p>He <emphasis>left</emphasis><a l:href="#n" type="note">[1]</a>.</p><poem><stanza>'
    "<v>One</v><v>two</v></stanza></poem>"
    '</section></body><body name="notes"><p>A note.</p></body><binary>AAAA</binary></FictionBook>'
)
PAGE = (
    "<!doctype html><html><head><title>No</title></head><body><nav>Menu</nav><header>Site</header>{}"
    "<footer>Foot</footer><script>no()</script></body></html>"
)
ARTICLE = (
    "<h1>Title</h1><p>He <b>l</b>eft\n  the<br>Oka.<!-- no --> Now.</p>"
    "<aside>Read more</aside><div>She<p>stayed</p>too</div>"
)
SHOWN = "Title\n\nHe left the\nOka. Now.\n\nShe\n\nstayed\n\ntoo\n"
MD = """---
title: no
---
# Title #

He *left* the \\_Oka\\_.[^n] Now
1. and

1986. A year
2. two

| a | b |
|---|---|
| c | d |

[^n]: A river.
"""
RTF = (
    r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}}{\stylesheet{\s1\outlinelevel0 heading;}}"
    r"{\*\generator No;}\pard\outlinelevel0 Title\par He \'ee\u1085?\line left{\deleted  not}"
    r"{\super\chftn{\*\footnote\chftn  A \{river\}.\par}}."
    r"\par \u-10179?\u-8704? here{\deleted0  too}\par}"
)
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>No</title></teiHeader><text xml:lang="en"><pb n="7"/>'
    "<fw>Head</fw><body><head>Title</head><p>He <hi>le<lb break='no'/>ft</hi>\n the<lb/>Oka<note n='3'><p>A</p>"
    "<p>river.</p></note>, <choice><sic>nwo</sic><corr>now</corr></choice> <choice><orig>ye</orig><reg>the</reg>"
    "</choice> <del>no</del><quote>so</quote>.<pb n='8'/> She.</p><lg><l>One</l><l>two<note>B.</note></l></lg>"
    "<p>End.</p></body></text></TEI>"
)
CONTAINER = '<container><rootfiles><rootfile full-path="OPS/a.opf"/></rootfiles></container>'
OPF = (
    '<package><manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="one" href="one%20a.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="two" href="../two.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="n"/><itemref idref="two"/><itemref idref="one"/><itemref idref="two"/></spine></package>'
)
XHTML = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html>'
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OPS/a.opf": OPF,
    "OPS/nav.xhtml": XHTML.format("Contents"),
    "OPS/one a.xhtml": XHTML.format("Où?"),
    "two.xhtml": XHTML.format("First."),
}


#: The parts of an archive by name; a part may be an archive.
Parts = Mapping[str, "str | bytes | Parts"]


def zipped(parts: Parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part if isinstance(part, str | bytes) else zipped(part))
    return content.getvalue()


WORD = zipped({"word/document.xml": DOCX, "word/footnotes.xml": NOTES})
GOOD = {
    "a.docx": (WORD, "He left\nthe Oka.\n\nOne line.\n\nCell‑one\n\n[1] A river.\n"),
    "a.odt": (zipped({"content.xml": ODT}), "Title\n\nHe  left\nthe Oka.\n\n[1] A river.\n"),
    "a.fb2": (FB2.encode(), "Title\n\nHe left.\n\nOne\ntwo\n\nA note.\n"),
    "a.epub": (zipped(BOOK), "First.\n\nOù?\n"),
    "a.html": (PAGE.format(f"<article><p>Short.</p></article><article>{ARTICLE}</article>").encode(), SHOWN),
    "b.html": (PAGE.format(f"<p>Not this.</p><main><header>{ARTICLE}</header></main>").encode(), SHOWN),
    "c.htm": (PAGE.format(ARTICLE).encode(), SHOWN),
    "d.html": ("<meta charset=windows-1251><p>Он ушёл.".encode("cp1251"), "Он ушёл.\n"),
    "a.md": (
        MD.encode(),
        "Title\n\nHe left the _Oka_. Now\n\n1. and\n\n1986. A year\n\n2. two\n\na\n\nb\n\nc\n\nd\n\n[1] A river.\n",
    ),
    "a.rtf": (RTF.encode(), "Title\n\nHe он\nleft.\n\n😀 here too\n\n[1] A {river}.\n"),
    "a.xml": (
        TEI.encode(),
        "Title\n\nHe left the Oka, now ye so. She.\n\nOne\ntwo\n\nEnd.\n\n[3] A river.\n\n[2] B.\n",
    ),
    "a.zip": (
        zipped({"b 10.txt": "Ten.\n", "b 2.md": "# Two\n", "c/a.txt": "Last.", "__MACOSX/x.txt": "No."}),
        "Two\n\nTen.\n\nLast.\n",
    ),
    "e.html": ("<p>Où?".encode("utf-16"), "Où?\n"),
}
ENTITY = '<!DOCTYPE a [<!ENTITY b "ha">]><FictionBook><body><p>&b;</p></body></FictionBook>'
MEMORY = "".join(f'<tu><tuv lang="en-{k}"><seg>He.</seg></tuv></tu>' for k in range(1001))
WITNESSES = "".join(f'<rdg wit="#w{k}">a</rdg>' for k in range(1001))
#: A document, or the parts of an archive, and what is said of it.
BAD: dict[str, tuple[bytes | Parts, str]] = {
    "none.docx": ({"a": "b"}, "has no word/document.xml"),
    "cut.docx": (WORD[:-30], "is not a complete document"),
    "text.docx": (b"He left.", "is plain text; name it .txt"),
    "rich.docx": (RTF.encode("latin-1"), "is an RTF document; name it .rtf"),
    "word.odt": (WORD, "is a Word document .DOCX.; name it .docx"),
    "word.pdf": (WORD, "is a Word document .DOCX.; name it .docx"),
    "blank.docx": ({"word/document.xml": W.format("")}, "holds no words"),
    "xml.docx": ({"word/document.xml": "<a>"}, "not well-formed"),
    "many.odt": ({str(n): "" for n in range(20_001)}, "unpacks to far more"),
    "entity.fb2": (ENTITY.encode(), "declares entities"),
    "locked.epub": ({**BOOK, "META-INF/encryption.xml": "http://www.w3.org/2001/04/xmlenc#aes"}, "is locked"),
    "lost.epub": ({k: v for k, v in BOOK.items() if k != "two.xhtml"}, "has no two.xhtml"),
    "out.zip": ({"../a.txt": "He left."}, "a path that leads out of it"),
    "pictures.zip": ({"a.png": "He left."}, "holds no text"),
    "chapter.zip": ({"a.txt": "He left.", "b.txt": "…"}, "b.txt: holds no words"),
    "small.docx": ({"word/document.xml": W.format(" " * 2**24)}, "unpacks to far more"),
    "nested.zip": ({f"{k}.odt": {"content.xml": " " * 2**22} for k in range(3)}, "unpacks to far more"),
    "packed.zip": ({"a.zip": {"a.txt": "He left."}}, "holds no text"),
    "climbs.epub": ({**BOOK, "OPS/a.opf": OPF.replace("two.x", "../two.x")}, "has no ../two.x"),
    "entity.docx": ({"word/document.xml": ENTITY}, "declares entities"),
    "notes.docx": ({"word/document.xml": DOCX, "word/footnotes.xml": ENTITY}, "declares entities"),
    "styles.docx": ({"word/document.xml": DOCX, "word/styles.xml": ENTITY}, "declares entities"),
    "entity.odt": ({"content.xml": ENTITY}, "declares entities"),
    "container.epub": ({**BOOK, "META-INF/container.xml": ENTITY}, "declares entities"),
    "package.epub": ({**BOOK, "OPS/a.opf": ENTITY}, "declares entities"),
    "keys.jsonl": ("".join(f'{{"k{k}": "He left."}}\n' for k in range(1001)).encode(), "holds 1,001 versions"),
    "tags.tmx": (f"<tmx>{MEMORY}</tmx>".encode(), "holds 1,001 versions"),
    "witnesses.xml": (TEI.replace("<p>End", f"<p><app>{WITNESSES}</app>End").encode(), "holds 1,001 versions"),
    "text.rtf": (b"He left.", "is not an RTF document"),
    "unnamed.xml": (b"<TEI><text><app><rdg>a</rdg></app></text></TEI>", "names no witness"),
    "empty.html": (b"", "is not a web page"),
    "bare.html": (b"<p></p>", "holds no words"),
    "wrong.html": (b"<meta charset=utf-8><p>\xff", "is not in the encoding utf-8"),
    "unknown.html": (b"<meta charset=klingon><p>a", "is not in the encoding klingon"),
}


@pytest.mark.parametrize("name", GOOD)
def test_documents(tmp_path: Path, name: str) -> None:
    content, text = GOOD[name]
    (tmp_path / name).write_bytes(content)
    assert read.load(tmp_path / name).versions[0].text == text


@pytest.mark.parametrize("name", BAD)
def test_bad_documents(tmp_path: Path, name: str) -> None:
    content, trouble = BAD[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else zipped(content))
    with pytest.raises(InputError, match=trouble) as caught:
        read.load(tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "part"), [("bomb.docx", "word/document.xml"), ("bomb.zip", "a.txt")])
def test_bombs(tmp_path: Path, name: str, part: str) -> None:
    (tmp_path / name).write_bytes(zipped({part: " " * 2**27}))
    with pytest.raises(InputError, match="unpacks to far more"):
        read.load(tmp_path / name)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 5000), st.binary(max_size=6))
def test_damaged_documents_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, at: int, put: bytes
) -> None:
    content = GOOD[name][0]
    at %= len(content)
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content[:at] + put + content[at + len(put) :])
    with contextlib.suppress(InputError):
        assert read.load(path).versions


def test_a_document_and_a_page_are_versions(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(WORD)
    (tmp_path / "new.html").write_bytes(GOOD["a.html"][0])
    assert [version.id for version in read.load(tmp_path).versions] == ["new", "old"]


def parts(path: Path) -> list[tuple[str, str, str]]:
    version = read.load(path).versions[0]
    return [(part.kind, part.label, part.span.of(version.text)) for part in version.parts]


def test_word_says_what_its_paragraphs_are(tmp_path: Path) -> None:
    styles = '<w:styles xmlns:w="w"><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style></w:styles>'
    body = (
        "<w:p><w:pPr><w:pStyle w:val='a1'/></w:pPr><w:r><w:t>The Oka</w:t></w:r></w:p><w:p><w:r><w:t>He left. </w:t>"
        "<w:lastRenderedPageBreak/><w:t>She stayed.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    content = zipped({"word/document.xml": W.format(body), "word/styles.xml": styles, "word/footnotes.xml": NOTES})
    (tmp_path / "a.docx").write_bytes(content)
    assert parts(tmp_path / "a.docx") == [
        ("heading", "", "The Oka"),
        ("page", "1", "The Oka\n\nHe left. "),
        ("page", "2", "She stayed.\n\n[1] A river.\n"),
        ("note", "1", "[1] A river."),
    ]
    assert not read.load(tmp_path / "a.docx").warnings


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_tracked_changes_are_mentioned(tmp_path: Path, name: str) -> None:
    changed = ODT.replace("<t:tracked-changes>", "<t:tracked-changes><t:changed-region/>")
    (tmp_path / name).write_bytes(zipped({"content.xml": changed}) if name == "a.odt" else WORD)
    assert read.load(tmp_path / name).warnings == ("a: its tracked changes are read as accepted",)
    heading = [("heading", "", "Title")] if name == "a.odt" else []
    assert parts(tmp_path / name) == [*heading, ("note", "1", "[1] A river.")]


PAGES = """<h2>One</h2><p>He left<a href="#n1" epub:type="noteref">*</a>.
<span role="doc-pagebreak" aria-label="12"></span>
She stayed<sup><a href="#n2">2</a></sup>.</p><div class="toc"><p>One 1</p></div>
<aside epub:type="footnote" id="n1"><p>The Oka.</p><p>A river.</p></aside><aside>Buy more</aside>
<ol><li role="doc-endnote" id="n2">Long. <a role="doc-backlink">back</a></li></ol>"""


PROSE = "".join(f"<p>{number}. The ferryman bought a new boat, and paid for it in silver.</p>" for number in range(9))
MENU = "<ul><li><a href=/a>Home</a></li><li><a href=/b>Forum</a></li></ul>"
ABOUT = "<div>Posted by Orlova</div>", "<div id=notes>A note of the author.</div>"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (f"{MENU}<div><h1>The Ferry</h1><div>{PROSE}</div>{ABOUT[0]}</div>", ["The Ferry"]),
        (f"<table><tr><td>{MENU}</td><td>{PROSE}</td></tr></table>{ABOUT[0]}", []),
        (f"<div>{PROSE}<p><a href=#notes>1</a></p></div>{ABOUT[1]}", ["A note of the author."]),
        (f"<h1><a href=/post>The Ferry</a></h1><div>{PROSE}</div><p>A last word.</p>", ["The Ferry", "A last word."]),
        (f"<div>{PROSE}</div><div>{PROSE}</div>", []),
        (f"<header><h1>The Ferry</h1><p>N. Orlova</p></header>{PROSE}", ["The Ferry", "N. Orlova"]),
        (f"{MENU}<p>See <a href=/elsewhere>an older version</a>.</p><p>He left.</p>", ["an older version"]),
    ],
)
def test_what_stands_around_a_text_is_left_out_and_that_is_said(tmp_path: Path, page: str, kept: list[str]) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    work = read.load(tmp_path / "a.html")
    text = work.versions[0].text
    assert text.count("ferryman") == page.count("ferryman")
    assert [words for words in ("Home", "Forum", "Posted") if words in text] == []
    assert [words for words in kept if words not in text] == []
    left = ["a: 3 words around its text were left out, beginning “Posted by Orlova”"] if "Posted" in page else []
    assert list(work.warnings) == left


def test_pages_say_what_their_paragraphs_are(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGES, encoding="utf-8")
    assert parts(tmp_path / "a.html") == [
        ("heading", "", "One"),
        ("page", "12", "She stayed.\n\nOne 1\n\n[*] The Oka.\n\nA river.\n\n[2] Long.\n"),
        ("contents", "", "One 1"),
        ("note", "*", "[*] The Oka."),
        ("note", "*", "A river."),
        ("note", "2", "[2] Long."),
    ]


def test_fiction_book_says_what_its_paragraphs_are(tmp_path: Path) -> None:
    note = "<section><title><p>1</p></title><p>A river.</p><p>Long.</p></section>"
    (tmp_path / "a.fb2").write_text(FB2.replace("<p>A note.</p>", note), encoding="utf-8")
    assert parts(tmp_path / "a.fb2") == [
        ("heading", "", "Title"),
        ("verse", "", "One\ntwo"),
        ("note", "1", "[1] A river. Long."),
    ]


def test_markup_says_what_its_paragraphs_are(tmp_path: Path) -> None:
    for name in ("a.md", "a.rtf", "a.xml"):
        (tmp_path / name).write_bytes(GOOD[name][0])
    title = ("heading", "", "Title")
    assert parts(tmp_path / "a.md") == [title, ("note", "1", "[1] A river.")]
    assert parts(tmp_path / "a.rtf") == [title, ("note", "1", "[1] A {river}.")]
    assert parts(tmp_path / "a.xml") == [
        title,
        ("page", "7", "Title\n\nHe left the Oka, now ye so."),
        ("page", "8", " She.\n\nOne\ntwo\n\nEnd.\n\n[3] A river.\n\n[2] B.\n"),
        ("verse", "", "One\ntwo"),
        ("note", "3", "[3] A river."),
        ("note", "2", "[2] B."),
    ]
    named = GOOD["a.rtf"][0].replace(b"\\s1\\outlinelevel0 heading", b"\\s7\\ql Heading 1")
    (tmp_path / "a.rtf").write_bytes(named.replace(b"\\outlinelevel0 Title", b"\\s7\\ql Title"))
    assert parts(tmp_path / "a.rtf") == [title, ("note", "1", "[1] A {river}.")]
    assert read.load(tmp_path / "a.rtf").warnings == ("a: its tracked changes are read as accepted",)


APPARATUS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><listWit><witness xml:id="A"/><witness xml:id="B"/>
</listWit></teiHeader><text xml:lang="en"><body><p>He <app><lem wit="#A">left</lem><rdg wit="#B">went</rdg></app>
<app><lem>home</lem><rdg wit="#C">away</rdg></app>.<note>A note.</note></p><app><rdg wit="#A #C"><p>Not in all.</p>
</rdg></app><p>She stayed.</p></body></text></TEI>"""


def test_an_apparatus_gives_its_witnesses(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(APPARATUS, encoding="utf-8")
    work = read.load(tmp_path / "a.xml")
    assert [(version.id, version.lang) for version in work.versions] == [("A", "en"), ("B", "en"), ("C", "en")]
    cells = [{id: span.of(work.version(id).text) for id, span in row.items()} for row in work.rows or ()]
    assert cells == [
        {"A": "He left home.", "B": "He went home.", "C": "He left away."},
        {"A": "Not in all.", "C": "Not in all."},
        {"A": "She stayed.", "B": "She stayed.", "C": "She stayed."},
        {"A": "A note.", "B": "A note.", "C": "A note."},
    ]


def test_an_apparatus_within_a_reading(tmp_path: Path) -> None:
    inner = '<app><lem wit="#A">old</lem><rdgGrp><rdg wit="#C">dark</rdg></rdgGrp></app>'
    outer = f'<app><lem wit="#A #C">the {inner} house</lem><rdg wit="#B">home</rdg></app>'
    (tmp_path / "a.xml").write_text(f"<TEI><text><p>He left {outer}.</p></text></TEI>", encoding="utf-8")
    assert {version.id: version.text for version in read.load(tmp_path / "a.xml").versions} == {
        "A": "He left the old house.",
        "C": "He left the dark house.",
        "B": "He left home.",
    }


def test_files_are_in_the_order_in_which_people_count_them() -> None:
    names = ["A.txt", "b.txt", "0.txt", "2.txt", "09.txt", "10.txt", "10a.txt", f"{'9' * 5_000}.txt"]
    assert sorted(names, key=lambda name: natural(Path(name))) == names


def test_folders_of_chapters_are_versions(tmp_path: Path) -> None:
    for name, text in (("en/10.txt", "Ten."), ("en/9.html", "<h1>Nine</h1>"), ("en/x.png", ""), ("ru/1.txt", "Он.")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    work = read.load(tmp_path)
    assert [(version.id, version.text) for version in work.versions] == [
        ("ru", "Он.\n"),
        ("en", "Nine\n\nTen.\n"),
    ]
    assert [part.span.of(work.version("en").text) for part in work.version("en").parts] == ["Nine"]
    assert work.warnings == ("en: x.png is not text and was left out",)
    assert read.from_files([tmp_path / "en", tmp_path / "ru" / "1.txt"]).version("en").text == "Nine\n\nTen.\n"


def test_links_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Mine.", encoding="utf-8")
    (tmp_path / "work" / "en").mkdir(parents=True)
    (tmp_path / "work" / "en" / "1.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(InputError, match=r"1\.txt: is a link"):
        read.load(tmp_path / "work")
    (tmp_path / "work" / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(InputError, match=r"a\.txt: is a link that leads out"):
        read.load(tmp_path / "work")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "a.zip").write_bytes(content.getvalue())
    with pytest.raises(InputError, match="holds the link"):
        read.load(tmp_path / "a.zip")


GUTENBERG = """The Project Gutenberg eBook of The Oka

*** START OF THE PROJECT GUTENBERG EBOOK THE OKA ***

Produced by A. B.
and C.

He left _slowly_--so [1].

[1] A note,
of two lines.

[Footnote 2: Another.]

*** END OF THE PROJECT GUTENBERG EBOOK THE OKA ***

Updated editions.
"""


def test_the_licence_and_the_notes_of_gutenberg(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GUTENBERG, encoding="utf-8")
    assert read.load(tmp_path / "a.txt").versions[0].text == GUTENBERG
    start, end = GUTENBERG.index("\n\nHe left"), GUTENBERG.index("*** END")
    assert parts(tmp_path / "a.txt") == [
        ("licence", "", GUTENBERG[:start]),
        ("note", "1", "[1] A note,\nof two lines."),
        ("note", "2", "[Footnote 2: Another.]"),
        ("licence", "", GUTENBERG[end:]),
    ]


def test_nothing_is_found_in_the_licence(tmp_path: Path) -> None:
    doubled = GUTENBERG.replace("Updated", "For for the the Updated").replace("He left", "He left for the the town")
    (tmp_path / "a.txt").write_text(doubled, encoding="utf-8")
    found = check(collate(read.load(tmp_path / "a.txt"), encoder=encode.get("none")), select=["REP101"])
    assert [finding.places[0].span.start for finding in found] == [doubled.rindex("the town")]


def test_a_finding_is_cited_by_page_and_note(tmp_path: Path) -> None:
    marks = "<pb n='214'/><p>He left for the the town.<note n='3'>By the the river.</note></p>"
    (tmp_path / "a.xml").write_text(f"<TEI><text>{marks}</text></TEI>", encoding="utf-8")
    made = report(read.load(tmp_path / "a.xml"), encoder=encode.get("none"), select=["REP101"])
    assert [cited(made, finding.places[0]) for finding in made.findings] == ["p. 214", "p. 214, note 3"]
    places = [finding["places"][0] for finding in json.loads(fields.write(made))["findings"]]
    assert [place["cited"] for place in places] == ["p. 214", "p. 214, note 3"]
    for form in (txt, md, html):
        assert "p. 214, note 3" in form.write(made).decode()


def test_controls_near_the_mark_of_a_note_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>He\x01 left\uffff<sup><a href='#n'>1</a></sup>\x02.</p>", encoding="utf-8")
    assert read.load(tmp_path / "a.html").versions[0].text == "He left.\n"


def test_cells_that_share_one_long_string(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that is small when unpacked may still stand for a text without end."""
    book = pytest.importorskip("openpyxl").Workbook()
    for line in (("ru", "en"), ("Он ушёл.", "He left."), ("Он ушёл.", "He left.")):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    assert len(read.load(tmp_path / "a.xlsx").rows or ()) == 2
    monkeypatch.setattr(filled, "LIMIT", 30)
    with pytest.raises(InputError, match="unpacks to far more"):
        read.load(tmp_path / "a.xlsx")


def test_witnesses_whose_texts_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tei, "_TOGETHER", 3 * len(APPARATUS) - 1)
    (tmp_path / "a.xml").write_text(APPARATUS, encoding="utf-8")
    with pytest.raises(InputError, match="has 3 witnesses, whose texts are too long together"):
        read.load(tmp_path / "a.xml")
