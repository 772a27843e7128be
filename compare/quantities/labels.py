"""What a number only labels: a part of a book, a page, a line, a note; it counts nothing there."""

from __future__ import annotations

import re

from compare.lang.numerals import Numerals
from compare.quantities.text import Unmarked


def labelled(clean: Unmarked, start: int, tables: Numerals) -> bool:
    """Tell whether the word before says what is numbered: "Chapter", "p.", «гл.»."""
    before = clean.lower[max(0, start - 24) : start]
    return bool(re.search(rf"(?:\b|(?<=\W)|^)(?:{tables.labels}|{tables.pages})\.?\s*$", before))


def titled(clean: Unmarked, start: int) -> bool:
    """Tell whether the word before begins with a capital: Part Three, «Часть третья»."""
    return bool(re.search(r"(?<!\w)[^\W\d_a-zа-я]\w*\.?\s*$", clean.text[max(0, start - 24) : start]))


def numbers_line(clean: Unmarked, start: int, end: int) -> bool:
    """Tell whether a number stands alone on its line, or before a stop at its beginning, as that of a chapter does."""
    text = clean.text
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    return not before.strip(" -–—*#(\r") and bool(re.match(r"\s*(?:[.)\]:]|[-–—*\s]*$)", after))


def outside_sentences(clean: Unmarked, start: int, end: int) -> bool:
    """Tell whether a figure stands outside the sentences: a page's or chapter's number, an enumerator, a colophon."""
    before, after = clean.text[max(0, start - 8) : start], clean.text[end : end + 8]
    dashed = re.search(r"(?:^|\s)[-–—]\s+$", before) and re.match(r"\s+[-–—](?:\s|$)", after)
    alone = re.search(r"(?:^|[.!?…»”\"]|\n)\s*$", before) and re.match(r"[.\])]*\s*(?:$|\n)", after)
    listed = re.search(r"(?:^|\n|[:;.]\s*\(?)\s*\(?$", before) and re.match(r"[.)]\s", after)
    return bool(dashed or alone or listed) or numbers_line(clean, start, end)
