"""The text of one version: a file, or a folder or ZIP archive of chapters, its files in the order in which people count
them, 2 before 10.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath

from compare.read import text
from compare.read.formats import Rows, prose, prose_suffixes, reader_of
from compare.read.order import natural
from compare.read.package import TOO_MUCH, may_unpack, opened, part, unpacked
from compare.read.structure import Text
from compare.read.text import LIMIT, is_folder
from compare.values import InputError, Span

#: What systems leave in folders.
_LITTER = (".", "~", "__MACOSX", "Thumbs.db", "desktop.ini")


def read_text(path: Path, lang: str = "", encoding: str = "") -> Text:
    """Read the text of one version; a file of unknown suffix is plain text, of which every character is kept.

    The files of a folder are the chapters of one text. `encoding`: of a plain text, where it is stated and not to be
    guessed. Raises InputError for an encoding that is stated of anything else.
    """
    reader = None if is_folder(path) else reader_of(path, ".txt")
    if isinstance(reader, Rows):
        raise InputError(path, "holds several versions side by side: give it alone, with --rows")
    if encoding and reader is not text.plain:
        raise InputError(path, f"is not plain text; only for plain text can an encoding be stated ({encoding})")
    if encoding:
        return text.in_encoding(path, lang, encoding)
    return reader.read(path, lang) if reader else folder(path, lang)


def folder(path: Path, lang: str = "") -> Text:
    """Read the files of a folder, and of those in it, as one text. Raises InputError for links, and where none is."""
    files = []
    for file in path.rglob("*"):
        name = file.relative_to(path)
        if not _litter(name):
            if file.is_symlink():
                raise InputError(file, "is a link; put the file itself there")
            if file.is_file():
                files.append((name, file))
    if sum(file.stat().st_size for _, file in files) > LIMIT:
        raise InputError(path, f"is larger than {LIMIT // 2**20} MB")
    return _joined(path, files, lang)


@prose(".zip")
def packed(path: Path, lang: str = "") -> Text:
    """Read the files of an archive as one text. Raises InputError for links, and for paths that lead out of it."""
    with opened(path) as archive, tempfile.TemporaryDirectory() as place:
        files = []
        for number, info in enumerate(archive.infolist()):
            name = PurePosixPath(info.filename.replace("\\", "/"))
            if name.is_absolute() or ".." in name.parts or ":" in info.filename:
                raise InputError(path, f"holds {info.filename!r}, a path that leads out of it")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise InputError(path, f"holds the link {info.filename!r}; put the file itself there")
            if info.filename and not info.is_dir() and not _litter(name):
                file = Path(place) / f"{number}{name.suffix}"  # no name of the archive's becomes one on the disk
                file.write_bytes(part(path, archive, info.filename))
                files.append((name, file))
        if sum(unpacked(file) for _, file in files) > may_unpack(path.stat().st_size):
            raise InputError(path, TOO_MUCH)
        return _joined(path, files, lang)


def _litter(name: PurePath) -> bool:
    return any(part.startswith(_LITTER) for part in name.parts)


def _joined(path: Path, files: Sequence[tuple[PurePath, Path]], lang: str) -> Text:
    """Join the texts of files, each known by its name within `path`, a blank line between them."""
    chapters, left = [], []
    for name, file in sorted(files, key=lambda each: natural(each[0])):
        if name.suffix.lower() in prose_suffixes() - {".zip"}:
            try:
                chapters.append((name, read_text(file, lang)))
            except InputError as trouble:
                raise InputError(path / name, trouble.trouble) from None
        else:
            left.append(name)
    if not chapters:
        raise InputError(path, "holds no text")
    laid, parts, at = [], [], 0
    for _, chapter in chapters:
        words = chapter.words.rstrip()
        parts += [
            replace(each, span=Span(each.span.start + at, min(each.span.end, len(words)) + at))
            for each in chapter.parts
        ]
        laid.append(words)
        at += len(words) + 2
    return Text(
        "\n\n".join(laid) + "\n",
        tuple(parts),
        (
            *(f"{name}: {line}" for name, chapter in chapters for line in chapter.warnings),
            *(f"{name} is not text and was left out" for name in left),
        ),
    )
