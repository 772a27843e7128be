"""Files damaged by chance, as transfers and bad programs damage them, for readers to read or to refuse."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

_FILES = Path(__file__).parents[1] / "files" / "karabakh-1920"

#: Small whole files of the formats of which no program's own stands in `tests/files`.
_SMALL = {
    ".md": "# One\n\nText *here* [^1].\n\n[^1]: A note.\n\n> verse\n",
    ".csv": 'ru;en\nОн;He\n"а;б";c\n',
    ".tsv": "ru\ten\nОн ушёл.\tHe left.\n",
    ".jsonl": '{"ru":"Он","en":"He"}\n{"ru":"Она","en":"She"}\n',
    ".po": 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    ".tmx": '<tmx version="1.4"><header srclang="ru"/><body><tu><tuv xml:lang="ru"><seg>а <bpt i="1"/>б</seg></tuv>'
    '<tuv xml:lang="en"><seg>c</seg></tuv></tu></body></tmx>',
    ".xlf": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="ru" '
    'target-language="en" original="x" datatype="plaintext"><body><trans-unit id="1"><source>а</source>'
    "<target>b</target></trans-unit></body></file></xliff>",
    ".xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="en"><body><p>He <app><lem wit="#A">'
    'went</lem><rdg wit="#B">ran</rdg></app>.</p></body></text></TEI>',
    ".tbx": '<tbx type="TBX-Basic"><text><body><termEntry><langSet xml:lang="en"><tig><term>a</term></tig></langSet>'
    "</termEntry></body></text></tbx>",
}

#: What is put in: what parsers trip over.
_ODD = (
    *(b"\0", b"\xff\xfe", b"\r", b"<", b">", b"&#x0;", b"]]>", b'"', b"\t", b"\xef\xbb\xbf", b"{", b"}", b"\xd0"),
    *(b"-1", b"9" * 5_000, b"../", b"endstream"),
)


def whole() -> dict[str, bytes]:
    """Return a whole file of each suffix, at most 60,000 bytes of those that may be cut."""
    found = {suffix: text.encode() for suffix, text in _SMALL.items()}
    for path in sorted(_FILES.glob("en-2020.*")):
        cut = 60_000 if path.suffix in (".txt", ".rtf", ".fb2", ".html") else None
        found[path.suffix] = path.read_bytes()[:cut]
    return found


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Damage a file in one to sixteen places; of an archive mostly what is packed in it."""
    if data.startswith(b"PK\x03\x04") and dice.random() < 0.8:
        return _repacked(data, dice)
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        i = dice.randrange(len(out) or 1)
        j = min(len(out), i + dice.randrange(1, 64))
        match dice.randrange(6):
            case 0:
                out[i:j] = bytes(dice.randrange(256) for _ in out[i:j])
            case 1:
                del out[i:j]
            case 2:
                out[i:i] = out[i:j] * dice.choice((1, 2, 50))
            case 3:
                out[i:i] = dice.choice(_ODD)
            case 4:
                del out[i:]
            case 5:
                k = dice.randrange(len(out) or 1)
                out[i:j], out[k : k + j - i] = out[k : k + j - i], out[i:j]
    return bytes(out)


def _repacked(data: bytes, dice: random.Random) -> bytes:
    """Pack an archive anew with one of its files damaged, and by chance others."""
    packed, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = packed.namelist()
    hit = dice.choice(names)
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            content = packed.read(name)
            archive.writestr(name, damaged(content, dice) if name == hit or dice.random() < 0.1 else content)
    return out.getvalue()
