"""Spelling by hunspell's dictionaries, as they lie on a machine: read by spylls (extra `[spelling]`).

Where they lie: the folders that the variable DICPATH names, as hunspell has it, else those where Linux and macOS keep
them. All dictionaries of a language count: en_GB.dic and en_US.dic.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

from compare.extras import need

_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling")


def dictionaries(lang: str) -> tuple[Path, ...]:
    """Return the dictionaries of a language, without their suffix, each once, by name."""
    stated = os.environ.get("DICPATH")
    folders = stated.split(os.pathsep) if stated else _FOLDERS
    found = [
        file.resolve().with_suffix("")
        for folder in folders
        for pattern in (f"{lang}.dic", f"{lang}_*.dic")
        for file in sorted(Path(folder).glob(pattern))
        if file.with_suffix(".aff").exists()
    ]
    return tuple(dict.fromkeys(found))


def speller(lang: str) -> Callable[[str], bool] | None:
    """Return what tells whether a dictionary of the language has a word as it is written; None where there is none.

    Raises InputError where there is one and the extra that reads it is not installed.
    """
    return _speller(dictionaries(lang))


@functools.cache
def _speller(files: tuple[Path, ...]) -> Callable[[str], bool] | None:
    if not files:
        return None
    hunspell = need("spylls.hunspell", "spelling")
    read = [hunspell.Dictionary.from_files(str(file)) for file in files]

    @functools.lru_cache(1 << 17)
    def spelled(word: str) -> bool:
        return any(dictionary.lookup(word) for dictionary in read)

    return spelled


def nearest(word: str, alphabet: str, spelled: Callable[[str], bool]) -> str | None:
    """Return the one word of the dictionary that a single slip makes of a word: `None` where there are none or several.

    A slip is a letter lost, added or exchanged, or two that changed places (Damerau 1964).
    """
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1} | {a + b[1:] for a, b in cuts if b}
    near |= {a + letter + b[size:] for a, b in cuts for letter in alphabet for size in (0, 1)}
    found = [other for other in sorted(near - {word, ""}) if spelled(other)]
    return found[0] if len(found) == 1 else None
