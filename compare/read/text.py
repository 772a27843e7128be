"""Plain text: from bytes to characters, rightly or not at all."""

from __future__ import annotations

from pathlib import Path

from compare.read import prose
from compare.values import InputError

#: No text that a person collates is longer; what is, was given by mistake. Bytes.
LIMIT = 64 * 2**20


def slurp(path: Path) -> bytes:
    """Return a file's bytes; raises InputError in one line whatever the trouble."""
    try:
        if path.is_dir():
            raise InputError(path, "is a folder, not a file")
        if path.stat().st_size > LIMIT:
            raise InputError(path, f"is larger than {LIMIT // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "there is no such file") from None
    except OSError as trouble:
        raise InputError(path, f"cannot be read ({trouble.strerror or trouble})") from None


def read(path: Path, lang: str = "") -> str:
    """Read a text whatever its encoding; line ends stay as they are."""
    try:
        text = slurp(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(path, "is not UTF-8") from None
    if not text.strip():
        raise InputError(path, "holds no text")
    return text


#: The format of every suffix that no other reader claims.
PLAIN = prose(".txt", ".text", ".md")(read)
