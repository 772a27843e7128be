"""Catalogues of gettext (PO): each message a row, its original one version and its translation the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from compare.read.columns import Columns
from compare.read.formats import rows
from compare.read.text import read
from compare.values import InputError

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*)?"((?:[^"\\]|\\.)*)"$')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


@rows(".po", ".pot")
def po(path: Path) -> Columns:
    """Read a catalogue. Of plural forms the first is read; fuzzy and obsolete messages are not, as gettext does not.

    Raises InputError for a line that gettext would not read.
    """
    entries = list(_entries(path))
    header = next((entry["msgstr"] for entry in entries if not entry.get("msgid")), "")
    stated = re.search(r"^Language:\s*(\S+)", header, re.MULTILINE)
    kept = tuple((entry["msgid"], entry["msgstr"]) for entry in entries if entry.get("msgid"))
    if not kept:
        raise InputError(path, "holds no message")
    lang = stated[1].replace("_", "-").lower() if stated else "msgstr"
    return Columns(("msgid", lang), kept, source="msgid")


def _entries(path: Path) -> Iterator[dict[str, str]]:
    """Yield the messages with their parts, each from its first line to the next one's."""
    entry: dict[str, str] = {}
    part, fuzzy, skipped = "", False, False
    for number, line in enumerate(read(path).splitlines(), 1):
        line = line.strip()
        if line.startswith("#") or not line:
            fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        found = _LINE.match(line)
        if found is None or not (found[1] or part):
            raise InputError(path, f"line {number} is not a line of a PO file")
        if found[1]:
            part = found[1] if found[2] in (None, "0") else f"msgstr{found[2]}"
            if part == "msgctxt" or (part == "msgid" and set(entry) != {"msgctxt"}):
                if "msgstr" in entry and not skipped:
                    yield entry
                entry, skipped, fuzzy = {}, fuzzy, False
        entry[part] = entry.get(part, "") + _ESCAPE.sub(lambda mark: _ESCAPED.get(mark[1], mark[1]), found[3])
    if "msgstr" in entry and not skipped:
        yield entry
