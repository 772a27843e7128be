"""Files of real programs: of the texts beside them pandoc 2.17 made DOCX, EPUB, FB2, HTML, Markdown, ODT and RTF,
calibre 6.13 the other EPUB, LibreOffice 7.4 PDF; `columns.pdf`, in two columns with running heads, page numbers,
divided words and notes, is LibreOffice's too, and `ferry.pdf`, whose notes are as large as the text.
"""

from __future__ import annotations

import functools
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

import compare
from compare import read
from compare.alignment.kinds import kinds
from compare.encode import get
from compare.read.columns import work_of
from compare.read.text import LIMIT
from compare.segment import sentences
from compare.values import InputError, Version

FILES = Path(__file__).parent / "files"
HOME = FILES / "karabakh-1920"
FORMATS = ("docx", "epub", "calibre.epub", "fb2", "html", "md", "odt", "pdf", "rtf")
IDS = ("ru-reconstruction", "en-2020", "en-revised")


def opened(id: str, suffix: str) -> Version:
    """Read the file of a version, and name it alike whatever its format."""
    (version,) = read.load(HOME / f"{id}.{suffix}").versions
    return replace(version, id=id, title=id, file="")


@functools.cache
def versions(suffix: str) -> tuple[Version, ...]:
    return tuple(opened(id, suffix) for id in IDS)


def shape(version: Version) -> list[tuple[str, str]]:
    """Return the sentences of a version, white space apart, with what each is."""
    spans = sentences(version.text, version.lang)
    kind = kinds(version.text, spans, version.parts)
    return [(" ".join(span.of(version.text).split()), each) for span, each in zip(spans, kind, strict=True)]


@functools.cache
def said(texts: tuple[Version, ...]) -> set[tuple[str, str, str, str]]:
    """Return what needs no model to be found, but for odd spaces, which most formats do not keep.

    Equal texts are judged once.
    """
    select = ("TYP", "NAM", "NUM", "TRM", "REP")
    report = compare.report(work_of("karabakh-1920", "", texts, IDS[0]), encoder=get("none"), select=select)
    return {
        (f.check, f.severity, f.places[0].version, " ".join(f.places[0].text.split()))
        for f in report.findings
        if f.check != "TYP104"
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_sentences_of_the_text(suffix: str) -> None:
    for version, text in zip(versions(suffix), versions("txt"), strict=True):
        expected = shape(text)
        # On a page nothing shows that a line which is full ends its paragraph: so the last line but one, in Russian.
        count = len(expected) - 2 if suffix == "pdf" else None
        assert shape(version)[:count] == expected[:count]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_findings_of_the_text(suffix: str) -> None:
    assert len(said(versions("txt"))) > 20
    assert said(versions(suffix)) == said(versions("txt"))


def test_a_page_of_columns() -> None:
    (version,) = read.load(FILES / "columns.pdf").versions
    notes = [part for part in version.parts if part.kind == "note"]
    text = version.text[: notes[0].span.start]
    assert " ".join(text.split()) == " ".join((HOME / "en-revised.txt").read_text("utf-8").split())
    assert [note.label for note in notes] == [str(number + 1) for number in range(9)]
    assert notes[0].span.of(version.text).startswith("[1] A note of the editor on passage number five, which goes on")
    assert "the page.\n" in version.text[notes[0].span.start :]
    pages = [part for part in version.parts if part.kind == "page"]
    assert [page.label for page in pages[:6]] == list("123456")
    assert not re.search(r"\n\d\n|Karabakh and Nakhichevan\n", version.text)


def test_a_raised_mark_begins_a_note_of_any_size() -> None:
    (version,) = read.load(FILES / "ferry.pdf").versions
    notes = [part.span.of(version.text) for part in version.parts if part.kind == "note"]
    assert notes == [
        "[1] Плоскодонная лодка, которую тянут по канату.",
        "[2] Песня записана автором в 1881 году.",
    ]
    assert "новую лодку. Она обошлась" in version.text


@pytest.mark.parametrize(
    ("name", "trouble"), [("scan.pdf", r"has no text in it.*\(ocrmypdf\)"), ("locked.pdf", "is locked by a password")]
)
def test_what_cannot_be_read_says_what_to_do(name: str, trouble: str) -> None:
    with pytest.raises(InputError, match=trouble):
        read.load(FILES / name)


@pytest.mark.parametrize(("filters", "streams"), [(1, 1), (2, 1), (1, 4)])
def test_a_pdf_that_would_fill_the_memory_is_refused(tmp_path: Path, filters: int, streams: int) -> None:
    packed = bytes(LIMIT // streams + 1)
    for _ in range(filters):
        packed = zlib.compress(packed, 1)
    head = b"%PDF-1.4\n4 0 obj\n<< /Filter [/FlateDecode] /Length 9 >>\nstream\n"
    (tmp_path / "a.pdf").write_bytes((head + packed + b"\nendstream\nendobj\n") * streams)
    with pytest.raises(InputError, match="unpacks to more than 64 MB"):
        read.load(tmp_path / "a.pdf")


def in_figures(*figures: str) -> bytes:
    """Make a PDF whose one page draws the first of its figures, `/F0`; each may draw the others."""
    names = "".join(f"/F{at} {5 + at} 0 R" for at in range(len(figures)))
    fonts = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    within = f"/Resources<</XObject<<{names}>>{fonts}>>"
    streams = [("", "/F0 Do"), *((f"/Type/XObject/Subtype/Form/BBox[0 0 400 400]{within}", each) for each in figures)]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R{within}>>",
        *(f"<<{said}/Length {len(drawn)}>>\nstream\n{drawn}\nendstream" for said, drawn in streams),
    ]
    numbered = (f"{number} 0 obj {each} endobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{''.join(numbered)}trailer <</Root 1 0 R>>\n".encode()


def test_a_page_that_is_one_figure(tmp_path: Path) -> None:
    words = "BT /A 12 Tf 50 300 Td (He left the old house.) Tj ET"
    (tmp_path / "a.pdf").write_bytes(in_figures("/F1 Do", words))
    assert read.load(tmp_path / "a.pdf").versions[0].text == "He left the old house.\n"
    (tmp_path / "a.pdf").write_bytes(in_figures(*(f"/F{at} Do " * 10 for at in range(1, 9)), words))
    with pytest.raises(InputError, match="draws more than 100,000 letters and figures on one page"):
        read.load(tmp_path / "a.pdf")


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    whole = (FILES / "columns.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(whole[:2000])
    with pytest.raises(InputError, match="is not a complete PDF file"):
        read.load(tmp_path / "a.pdf")
