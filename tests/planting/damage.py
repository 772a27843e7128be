"""Files damaged by chance, as transfers and bad programs damage them, for readers to read or to refuse.

The whole ones are in `tests/files/ferry`, one of each format, as small as the programs make them: of `ferry.md` pandoc
2.17 made plain text, EPUB, FB2, HTML, ODT and TEI, and LibreOffice 7.4 the DOCX and the RTF, both with changes tracked;
LibreOffice also PDF, XLSX, CSV and TSV, Translate Toolkit 3.20 PO, TMX, XLIFF and TBX. With `work.toml` and the tables
beside it the folder is a work; the worklists are Hexapla's, filled.
"""

from __future__ import annotations

import functools
import io
import random
import zipfile
from pathlib import Path

FILES = Path(__file__).parents[1] / "files" / "ferry"

#: What is put in: what parsers trip over.
_ODD = (
    *(b"\0", b"\xff\xfe", b"\r", b"<", b">", b"&#x0;", b"]]>", b'"', b"\t", b"\xef\xbb\xbf", b"{", b"}", b"\xd0"),
    *(b"-1", b"9" * 5_000, b"../", b"endstream", b"[" * 5_000),
)
#: How often a stretch is written again; once in so many times very often, so that time by the square is seen.
_AGAIN, _SELDOM, _VERY = (1, 2, 50), 300, 5_000


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
                out[i:j] = dice.randbytes(len(out[i:j]))
            case 1:
                del out[i:j]
            case 2:
                out[i:i] = out[i:j] * (dice.choice(_AGAIN) if dice.randrange(_SELDOM) else _VERY)
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
    out, packed = io.BytesIO(), _unpacked(data)
    hit = dice.randrange(len(packed))
    with zipfile.ZipFile(out, "w") as archive:
        for at, (name, content) in enumerate(packed):
            archive.writestr(name, damaged(content, dice) if at == hit or dice.random() < 0.1 else content)
    return out.getvalue()


@functools.cache
def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [(name, archive.read(name)) for name in archive.namelist()]
