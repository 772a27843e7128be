"""Plain text: one version, every character kept as it stands, line ends too."""

from __future__ import annotations

import re
from pathlib import Path

from compare.read import gutenberg
from compare.read.encoding import EncodingError, decoded, mistaken, stated
from compare.read.formats import prose
from compare.read.structure import Text
from compare.values import InputError

#: No text that a person collates is longer; what is, was given by mistake. Bytes.
LIMIT = 64 * 2**20


def read(path: Path, lang: str = "") -> str:
    """Read a text whatever its encoding. Raises InputError for what is not text or cannot be decoded."""
    return _read(path, lang)[0]


def _read(path: Path, lang: str, encoding: str = "") -> tuple[str, str]:
    """Return with the text its encoding, where that was guessed and not stated."""
    try:
        data = slurp(path)
        text, encoding = (stated(data, encoding), "") if encoding else decoded(data, lang)
    except EncodingError as trouble:
        raise InputError(path, str(trouble)) from None
    if not any(char.isalnum() for char in text):
        raise InputError(path, "holds no words")
    return text, encoding


def is_folder(path: Path) -> bool:
    """Tell whether a folder lies there. Raises InputError for what can be no path, such as a name too long."""
    try:
        return path.is_dir()
    except OSError as trouble:
        raise InputError(path, f"cannot be read ({trouble.strerror or trouble})") from None


def slurp(path: Path) -> bytes:
    """Return a file's bytes; raises InputError in one line whatever the trouble."""
    try:
        if path.is_dir():
            raise InputError(path, "is a folder, not a file")
        if not path.exists():
            raise InputError(path, "there is no such file or folder")
        if not path.is_file():
            raise InputError(path, "is not an ordinary file")
        if path.stat().st_size > LIMIT:
            raise InputError(path, f"is larger than {LIMIT // 2**20} MB")
        return path.read_bytes()
    except (OSError, ValueError) as trouble:
        if isinstance(trouble, InputError):
            raise
        raise InputError(path, f"cannot be read ({getattr(trouble, 'strerror', None) or trouble})") from None


def unlike(path: Path, content: bytes, trouble: str) -> InputError:
    """Return what to raise for a document that cannot be read: that it is of another kind, if its bytes show it."""
    kind = mistaken(content)
    return InputError(path, kind if kind and path.suffix.lower() not in kind else trouble)


#: How lines that are no prose begin, and the suffix under which they are read.
_ROWS = ((re.compile(r'\s*\{"[^\n]*\}\s*(?:\n|$)'), ".jsonl"), (re.compile(r'(?:#.*\n|\s)*msgid "'), ".po"))


#: How documents of XML begin; the name of what they hold as a whole.
_XML = re.compile(r"\s*<\?xml\b[^>]*>(?:<!--.*?-->|<!doctype\b[^>]*>|\s)*<([\w.:-]+)", re.IGNORECASE | re.DOTALL)


@prose(".txt", ".text")
def plain(path: Path, lang: str = "") -> Text:
    """Read a text, also one of any suffix that no other reader claims; rows and markup are refused as no text."""
    return in_encoding(path, lang, "")


def in_encoding(path: Path, lang: str, encoding: str) -> Text:
    """Read a text as `plain` does, in the encoding that is stated; "" for one to be guessed."""
    text, encoding = _read(path, lang, encoding)
    if found := _XML.match(text):
        raise InputError(path, f"is XML of a kind that is not read, <{found[1]}>; save its words as .txt")
    suffix = next((suffix for form, suffix in _ROWS if form.match(text)), ".tsv" if _tabular(text) else "")
    if suffix:
        raise InputError(path, f"holds rows, not running text; name it {suffix}, so that they are read as rows")
    return Text(text, gutenberg.parts(text), (f"was read as {encoding}, which is a guess",) * bool(encoding))


def _tabular(text: str) -> bool:
    """Tell whether all lines, two or more, are cut by tabs into as many cells, none of them blank."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    widths = {len(line) for line in lines}
    return len(lines) > 1 and len(widths) == 1 and widths != {1} and all(c.strip() for line in lines for c in line)
