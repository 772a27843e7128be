"""Documents that are ZIP archives of XML, from strangers: nothing is unpacked to disk, nor more than a text can be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from compare.read.markup import refuse_entities
from compare.read.text import LIMIT, slurp, unlike
from compare.values import InputError

#: Parts of an archive, how many times its size they may have together once unpacked, and bytes that any may have.
_PARTS, _RATIO, _SMALL = 20_000, 100, 8 * 2**20
#: What is said of an archive that is made to fill the memory.
TOO_MUCH = "unpacks to far more than a text can be"


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive. Raises InputError for what is none, is damaged or encrypted, or unpacks to far too much."""
    content = slurp(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > _PARTS or size > 8 * LIMIT or size > may_unpack(len(content)):
                raise InputError(path, TOO_MUCH)
            if any(part.flag_bits & 1 for part in parts):
                raise InputError(path, "is locked by a password; save it without one")
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as trouble:
        if isinstance(trouble, InputError):
            raise
        raise unlike(path, content, f"is not a complete document of its kind ({trouble})") from None


def sound(path: Path) -> io.BytesIO:
    """Return the bytes of an archive, for a library to open. Raises InputError as `opened` does."""
    with opened(path):
        return io.BytesIO(slurp(path))


def may_unpack(size: int) -> int:
    """Return to how many bytes an archive of so many may unpack."""
    return max(_SMALL, _RATIO * size)


def unpacked(path: Path) -> int:
    """Return to how many bytes a file unpacks; 0 for one that is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def part(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of an archive. Raises InputError where it has none of that name, or one larger than any text."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise unlike(path, slurp(path), f"is not a document of its kind: it has no {name}") from None
    if info.file_size > LIMIT:
        raise InputError(path, f"holds {name}, which is larger than {LIMIT // 2**20} MB")
    with archive.open(info) as stream:  # no more is read than the archive says
        return stream.read(info.file_size)


def tree(path: Path, content: bytes) -> etree._Element:
    """Parse XML from a stranger: no entity is expanded, nothing outside is asked for. Raises InputError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as trouble:
        raise InputError(path, f"is not well-formed XML: {' '.join(trouble.msg.split())}") from None
    refuse_entities(path, root)
    return root
