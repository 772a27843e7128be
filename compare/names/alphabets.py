"""Other Cyrillic alphabets, each romanised by schemes of its own: Ђорђе is Đorđe, Ґалаґан Galagan, Қазақ Qazaq.

The language is recognised by letters that its neighbours lack, or given; Bulgarian has none: its code alone counts.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

#: Letters of Russian, old spelling included, that Ukrainian and Belarusian lack: among them і is an old letter.
_RUSSIAN = frozenset("ъыэёѣѳѵ")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A scheme of romanisation: its language, the letters that tell this language from others, and its table."""

    language: str
    letters: frozenset[str]
    scheme: str
    table: Mapping[str, str]

    def romanise(self, name: str) -> str:
        """Write a name in Latin letters; what the table lacks stays."""
        low, out, i = name.lower(), "", 0
        while i < len(low):
            size, written = next(found for found in self._pieces(low, i) if found)
            piece = name[i : i + size]
            out += written[:1].upper() + written[1:] if piece[:1].isupper() else written
            i += size
        return out

    def _pieces(self, low: str, i: int) -> list[tuple[int, str] | None]:
        """List how a name may go on at a letter, the longest group and the narrowest rule first."""
        found: list[tuple[int, str] | None] = []
        for size in (2, 1):
            piece = low[i : i + size]
            rules = [f"{piece}$"] * (i + size >= len(low)) + [f"^{piece}"] * (i == 0) + [piece]
            if len(piece) == size:
                found += [(size, self.table[rule]) if rule in self.table else None for rule in rules]
        return [*found, (1, low[i])]


@functools.cache
def alphabets() -> tuple[Alphabet, ...]:
    """Read the table that comes with the package; a language's usual scheme stands first."""
    lines = files("compare.names").joinpath("alphabets.tsv").read_text("utf-8").splitlines()
    _, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(
        Alphabet(lang, frozenset(letters), scheme, dict(pair.split("=") for pair in table.split(" ")))
        for lang, letters, scheme, table in rows
    )


@functools.lru_cache(1 << 14)
def language_of(name: str) -> str:
    """Recognise a language by a name's letters: `language_of("Ђорђе") == "sr"`; empty for Russian ones and none."""
    letters = frozenset(name.lower())
    found = next((each.language for each in alphabets() if each.letters & letters), "")
    if found or "і" not in letters or letters & _RUSSIAN:
        return found
    return next(each.language for each in alphabets() if "і" in each.table)


def spellings(name: str, language: str = "") -> tuple[str, ...]:
    """Return a name in every scheme of a language, else of the one that its letters show; none for Russian."""
    lang = language or language_of(name)
    return tuple(each.romanise(name) for each in alphabets() if each.language == lang)
