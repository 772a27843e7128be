"""Encodings: from bytes to characters, rightly or not at all.

UTF-8 and UTF-16 prove themselves. Of the eight-bit encodings, each of which can read nearly anything, the one is taken
whose reading is likeliest by the frequency of its letters and the place of its marks, and only if it is likely, and the
likeliest by far (after Li & Momoi, A composite approach to language/encoding detection, 2001).
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from math import log2

from compare.lang import known, language

#: What binary files begin with, by the name under which a person knows them.
MAGIC = {
    b"%PDF": "a PDF file",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"AT&TFORM": "a DjVu file",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a database",
}

#: Of ZIP archives, by a name that stands in them near the beginning.
ZIPPED = {
    b"word/": "a Word document (DOCX)",
    b"xl/": "an Excel sheet (XLSX)",
    b"ppt/": "a presentation (PPTX)",
    b"epub": "an EPUB book",
    b"opendocument": "an OpenDocument file (ODT)",
}

#: What any other is, damaged documents too.
_ARCHIVE = "a ZIP archive"

#: How files of kinds that are read have to end.
_SUFFIXES = {each: f".{each.lower()}" for each in ("PDF", "RTF", "DOCX", "XLSX", "EPUB", "ODT", "HTML")}

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

#: The eight-bit encodings, and how much rarer than the commonest each is in the files that people keep, in bits.
_EIGHT_BIT = {
    "cp1251": 0.0,
    "koi8-r": 2.0,
    "cp866": 3.0,
    "iso8859-5": 6.0,
    "mac-cyrillic": 7.0,
    "cp1252": 0.0,
    "cp1254": 5.0,
    "mac-roman": 5.0,
}

#: Characters from which an encoding is judged.
_SAMPLE = 50_000

#: Bits by which the best reading must beat the next, and its least mean for each character beyond ASCII.
_LEAD, _LEAST = 4.0, 0.1


#: Letters among which a Cyrillic alphabet chooses.
_CYRILLIC = 33

#: Letters that Western languages and Turkish add to the Latin alphabet, and how common they are, in bits.
_LATIN = {"é": 3.0} | dict.fromkeys("èàçêáñöäüß", 2.0) | dict.fromkeys("íóýâôîûëïúåæøœãõìòùışğİ", 1.0)
_OPENING, _CLOSING = "“„«‹", "”»›"


#: Encodings that UTF-8 is commonly taken for, and how long a run proves it: «С » before a figure is innocent.
_GARBLERS = (("cp1252", 2), ("latin-1", 2), ("cp1251", 4))
_LEADS = re.compile("[ÂÃÐÑâВГРСв]")


class EncodingError(ValueError):
    """Bytes that no encoding reads rightly; the message says why, to follow a file's name."""


def decode(data: bytes, lang: str = "") -> str:
    """Return the text of these bytes, as `decoded` does, without the encoding."""
    return decoded(data, lang)[0]


def decoded(data: bytes, lang: str = "") -> tuple[str, str]:
    """Return the text of these bytes without a byte order mark, every other character as it stands.

    With it the encoding, where it was guessed; "" where a mark states it and for UTF-8. `lang`: what the text is said
    to be in; it tips the balance between readings that are otherwise alike.
    Raises EncodingError.
    """
    if data in (b"", *(mark for mark, _ in _MARKS)):
        raise EncodingError("is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ""
            except UnicodeDecodeError as trouble:
                raise EncodingError(f"is marked as {encoding.upper()} but byte {trouble.start} is not") from None
    if kind := _kind(data):
        raise EncodingError(f"is {kind}, not plain text; {_step(kind)}")
    if b"\0" in data:
        return _utf16(data)
    controls = len(data) - len(data.translate(None, bytes([*range(1, 9), *range(14, 26), 127])))
    if controls * 50 > len(data):
        raise EncodingError("is a binary file, not plain text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        return _eight_bit(data, trouble.start, lang)
    garbled, runs = _garbled(text)
    if garbled > max(2, runs // 2) or _swapped(text):
        raise EncodingError("was garbled by an earlier conversion (it was taken for another encoding)")
    return text, ""


def stated(data: bytes, encoding: str) -> str:
    """Return the text of these bytes in the encoding that a person states. Raises EncodingError."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as trouble:
        raise EncodingError(f"is not in {encoding}: byte {trouble.start} cannot be") from None
    except (LookupError, ValueError):
        raise EncodingError(f"cannot be read: {encoding!r} is not an encoding, such as cp1251 or koi8-r") from None


def doubts(text: str) -> Iterator[str]:
    """Yield what earlier conversions seem to have done to a text, for its reader to know."""
    if lost := text.count("\ufffd"):
        yield f"{lost} characters were lost in an earlier conversion (U+FFFD stands for them)"
    if garbled := _garbled(text)[0]:
        yield f"{garbled} places look garbled by an earlier conversion, such as “â€™” for an apostrophe"


def mistaken(data: bytes) -> str:
    """Say of a file that is not what its name says what it is and how to name it; "" where its bytes do not show it."""
    if kind := _kind(data):
        return "" if kind == _ARCHIVE else f"is {kind}; {_step(kind)}"
    try:
        return "is plain text; name it .txt" if b"\0" not in data and data.decode("utf-8").strip() else ""
    except UnicodeDecodeError:
        return ""


def _step(kind: str) -> str:
    suffix = next((suffix for word, suffix in _SUFFIXES.items() if word in kind), "")
    return f"name it {suffix}" if suffix else "save its words as .txt, or the document as .docx or .odt"


def _kind(data: bytes) -> str:
    """Name the kind of a file that is not plain text, by what it begins with; else ""."""
    if data.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in ZIPPED.items() if name in data[:4096]), _ARCHIVE)
    if kind := next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), ""):
        return kind
    if re.match(rb"\s*(?:<!doctype html|<html)", data, re.IGNORECASE):
        return "a web page (HTML)"
    return ""


def _utf16(data: bytes) -> tuple[str, str]:
    """Read UTF-16 without a mark, in the byte order that gives letters of a few known alphabets."""
    best, text, chosen = 0.0, "", ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            reading = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        known = len(re.sub(r"[\t\n\r -~\xa0-\u058f\u05d0-\u06ff\u10a0-\u10ff\u2010-\u2044№]", "", reading))
        if (share := 1 - known / len(reading)) > best:
            best, text, chosen = share, reading, encoding
    if best < 0.98 or "\0" in text:
        raise EncodingError("is a binary file (it holds NUL bytes), not plain text")
    return text, chosen


def _eight_bit(data: bytes, bad: int, lang: str) -> tuple[str, str]:
    """Read bytes that are no UTF-8 (the first bad one at `bad`) in the likeliest eight-bit encoding."""
    sample = _sample(data)
    readings: dict[str, tuple[float, str]] = {}
    for encoding, rarity in _EIGHT_BIT.items():
        try:
            reading = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        judged = (_likelihood(reading, lang) - rarity, encoding)
        readings[reading] = max(judged, readings.get(reading, judged))
    ranked = sorted(readings.values(), reverse=True)
    beyond = sum(byte > 127 for byte in sample)
    where = f"is not UTF-8 (byte {bad}, line {data.count(bytes([10]), 0, bad) + 1})"
    if not ranked or ranked[0][0] < _LEAST * beyond:
        raise EncodingError(f"{where} and makes no sense in Windows-1251, KOI8-R or Latin-1; convert it to UTF-8")
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD:
        raise EncodingError(
            f"{where} and could be {ranked[0][1]} or {ranked[1][1]}; it is too short to tell: convert it to UTF-8"
        )
    try:
        return data.decode(ranked[0][1]), ranked[0][1]
    except UnicodeDecodeError as trouble:
        raise EncodingError(f"looks like {ranked[0][1]} but byte {trouble.start} is not") from None


def _sample(data: bytes) -> bytes:
    """Take stretches around the bytes beyond ASCII, wherever they stand."""
    if len(data) <= _SAMPLE:
        return data
    taken, at = bytearray(), 0
    beyond = re.compile(rb"[\x80-\xff]")
    while len(taken) < _SAMPLE and (found := beyond.search(data, at)):
        at = max(at, found.start() - 2)
        taken += data[at : at + 1000]
        at += max(1000, len(data) // 100)
    return bytes(taken)


def _likelihood(text: str, lang: str) -> float:
    """Return the bits by which a reading's characters beyond ASCII are more likely than characters drawn at random."""
    padded = f" {text} "
    triples = Counter(zip(padded, text, padded[2:], strict=False))
    bits = sum(count * _bits(*triple) for triple, count in triples.items() if triple[1] > "\x7f")
    cyrillic = sum(count for (_, letter, _), count in triples.items() if "Ѐ" <= letter <= "ӿ")
    return bits + (4.0 if lang and ("CYRILLIC" in language(lang).scripts) == bool(cyrillic) else 0.0)


@functools.cache
def _cyrillic_letters() -> dict[str, float]:
    """Return how many of a thousand letters each Cyrillic one is; of a letter that several languages have, the most."""
    found: dict[str, float] = {}
    for each in known():
        if "CYRILLIC" in each.scripts:
            for letter, share in each.letters.items():
                found[letter] = max(share, found.get(letter, 0.0))
    return found


def _bits(before: str, char: str, after: str) -> float:
    """Weigh one character beyond ASCII between its neighbours."""
    if char.isalpha():
        shouted = char.isupper() and before.islower()
        if "Ѐ" <= char <= "ӿ":
            share = _cyrillic_letters().get(char.lower(), 0.05)
            mixed = (before.isascii() and before.isalpha()) + (after.isascii() and after.isalpha())
            return log2(share * _CYRILLIC / 1000) - 4 * (shouted + mixed)
        near = (before + after).replace("’", "")
        alone = not any(other.isalpha() for other in near)
        foreign = sum(other.isalpha() and not other.isascii() for other in near)
        ragged = char.islower() and after.isupper()
        share = _LATIN.get(char) or _LATIN.get(char.lower(), -1.0) - 2
        return share - 3 * (alone + foreign + ragged) - 4 * shouted
    if char in _OPENING:
        return 1.0 if not before.isalnum() and not after.isspace() else -2.0
    if char in _CLOSING:
        return 1.0 if not before.isspace() and not after.isalnum() else -2.0
    if char in "’‘":
        return 3.0 if before.isalpha() and after.isalpha() else 1.0 if before.isalpha() or after.isalpha() else -2.0
    if char in "–—…•\xa0":
        return 1.0
    if char in "№§£€©°½¼¾†‡":
        return 0.5 if not before.isalpha() else -2.0
    return -4.0 if char.isprintable() else -8.0


def _garbled(text: str) -> tuple[int, int]:
    """Count the runs beyond ASCII that become UTF-8 once put back into an eight-bit encoding, and all such runs."""
    runs = re.findall(r"[^\x00-\x7f]{2,}", text)
    suspects = [run for run in runs if _LEADS.match(run)]
    return sum(any(_is_utf8(run, encoding, least) for encoding, least in _GARBLERS) for run in suspects), len(runs)


def _swapped(text: str) -> bool:
    """Tell whether Russian in an eight-bit encoding was taken for Latin-1: `Ïðèâåò`, but not `éééé`."""
    runs = [run for run in re.findall(r"[À-ÿ]{4,}", text) if len(set(run)) > 2]
    return sum(map(len, runs)) > len(text) // 4


def _is_utf8(run: str, encoding: str, least: int) -> bool:
    try:
        return len(run) >= least and bool(run.encode(encoding).decode("utf-8"))
    except UnicodeError:
        return False
