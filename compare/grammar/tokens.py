"""Cut an English sentence into words, clitics and marks, as the Penn Treebank does (Marcus et al. 1993)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:['’ʼ‘\-‐‑][^\W\d_]+)*['’]?(?<=[sS]['’])|[^\W\d_]+(?:['’ʼ‘\-‐‑][^\W\d_]+)*"
    r"|\.{2,}|[-–—]{1,4}|[^\w\s]|_+"
)
_CLITIC = re.compile(r"(?i)(?<=.)(?:n['’]t|['’](?:s|re|ve|ll|d|m)|(?<=s)['’])$")
_FOLD = str.maketrans("’ʼ‘‐‑“”„«»–", '\'\'\'--"""""-')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, clitic or mark: its form with quotes and dashes made plain, and the characters that it covers."""

    form: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.form[0].isalnum() or (self.form[0] == "'" and len(self.form) > 1)


def cut(text: str) -> list[Token]:
    """Cut a text: `cut("He can't.")` gives `He`, `ca`, `n't`, `.`; empty text gives none."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        clitic = _CLITIC.search(match.group()) if text[start].isalpha() else None
        middle = start + clitic.start() if clitic else end
        found.append(Token(_fold(text[start:middle]), start, middle))
        if clitic:
            found.append(Token(_fold(text[middle:end]), middle, end))
    return found


def _fold(form: str) -> str:
    plain = form.translate(_FOLD)
    return "--" if plain[0] in "-—" else plain
