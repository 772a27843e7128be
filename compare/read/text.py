"""Plain text: one version, every character kept as it stands, line ends too."""

from __future__ import annotations

from pathlib import Path

from compare.read import prose
from compare.read.encoding import EncodingError, decode
from compare.values import InputError

#: No text that a person collates is longer; what is, was given by mistake. Bytes.
LIMIT = 64 * 2**20


def read(path: Path, lang: str = "") -> str:
    """Read a text whatever its encoding. Raises InputError for what is no text, or none that can be read rightly."""
    try:
        text = decode(slurp(path), lang)
    except EncodingError as trouble:
        raise InputError(path, str(trouble)) from None
    if not any(char.isalnum() for char in text):
        raise InputError(path, "holds no words")
    return text


def slurp(path: Path) -> bytes:
    """Return a file's bytes; raises InputError in one line whatever the trouble."""
    try:
        if path.is_dir():
            raise InputError(path, "is a folder, not a file")
        if not path.exists():
            raise InputError(path, "there is no such file or folder")
        if not path.is_file():
            raise InputError(path, "is no ordinary file")
        if path.stat().st_size > LIMIT:
            raise InputError(path, f"is larger than {LIMIT // 2**20} MB")
        return path.read_bytes()
    except (OSError, ValueError) as trouble:
        if isinstance(trouble, InputError):
            raise
        raise InputError(path, f"cannot be read ({getattr(trouble, 'strerror', None) or trouble})") from None


#: The format of every suffix that no other reader claims.
PLAIN = prose(".txt", ".text", ".md")(read)
