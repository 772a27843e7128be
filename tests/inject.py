"""Put faults of a known kind at known places into clean text, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from compare.values import Span
from compare.words import words

Kind = Literal["clause", "sentence", "paragraph"]

#: Words that a text must have to be repeated.
LEAST = {"clause": 5, "sentence": 6, "paragraph": 40}
_MARKS = ",;:—–"


@dataclass(frozen=True, slots=True)
class Injected:
    """A text with repeats put in: for each the span of the original and that of the copy, in the new text."""

    text: str
    repeats: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is to be copied (a span of the clean text), where to, and what is written there."""

    original: Span
    at: int
    words: str
    lead: str
    tail: str


def repeats(
    text: str,
    sentences: Sequence[Span],
    kind: Kind,
    *,
    distance: int = 1,
    change: float = 0.0,
    count: int = 20,
    seed: int = 0,
    paraphrases: Mapping[int, str] | None = None,
) -> Injected:
    """Repeat `count` clauses, sentences or paragraphs of a text, far from one another.

    `distance`: sentences from the original to the copy (1: right after it). `change`: share of the copy's words that
    are replaced, dropped or added. `paraphrases`: for the number of a sentence what to write in place of its words;
    only sentences that it has are then repeated. Fewer than `count` where the text does not bear so many.
    """
    dice = random.Random(f"{seed}/{kind}/{distance}/{change}")
    vocabulary = [w.text.lower() for w in words(text)]
    step = distance + 12
    makers = {"clause": _clause, "sentence": _sentence, "paragraph": _paragraph}
    starts = list(range(2, len(sentences) - distance - 8))
    dice.shuffle(starts)
    used: set[int] = set()
    copies: list[_Copy] = []
    for number in starts:
        if len(copies) == count:
            break
        if any(number // 8 + k in used for k in (-1, 0, 1)) or any(
            (number + distance) // 8 + k in used for k in (-1, 0, 1)
        ):
            continue
        copy = makers[kind](text, sentences, number, distance, dice)
        if copy is None or (paraphrases is not None and number not in paraphrases):
            continue
        written = paraphrases[number] if paraphrases else _changed(copy.words, change, vocabulary, dice)
        copies.append(_Copy(copy.original, copy.at, written, copy.lead, copy.tail))
        used |= {number // 8, (number + distance) // 8}
    del step
    return _write(text, copies)


def _write(text: str, copies: list[_Copy]) -> Injected:
    copies = sorted(copies, key=lambda c: c.at)
    out, done, spans = [], 0, []
    length = 0
    for copy in copies:
        for piece in (text[done : copy.at], copy.lead):
            out.append(piece)
            length += len(piece)
        spans.append(Span(length, length + len(copy.words)))
        for piece in (copy.words, copy.tail):
            out.append(piece)
            length += len(piece)
        done = copy.at
    out.append(text[done:])
    return Injected("".join(out), tuple((_moved(c.original, copies), s) for c, s in zip(copies, spans, strict=True)))


def _moved(span: Span, copies: list[_Copy]) -> Span:
    """Shift a span of the clean text by what is put in before it."""
    shift = sum(len(c.lead + c.words + c.tail) for c in copies if c.at <= span.start)
    return Span(span.start + shift, span.end + shift)


def _clause(text: str, sentences: Sequence[Span], number: int, distance: int, dice: random.Random) -> _Copy | None:
    """Copy a clause to after itself or after the clause that follows it; the last one never."""
    span = sentences[number]
    sentence = span.of(text)
    cuts = [k + 1 for k, c in enumerate(sentence[:-1]) if c in _MARKS and sentence[k + 1] == " "]
    borders = [0, *cuts, len(sentence)]
    clauses = [(a, b) for a, b in zip(borders, borders[1:], strict=False)]
    fit = [k for k, (a, b) in enumerate(clauses[:-1]) if len(words(sentence[a:b])) >= LEAST["clause"]]
    if not fit:
        return None
    k = dice.choice(fit)
    a, b = clauses[k]
    a += len(sentence[a:b]) - len(sentence[a:b].lstrip(' \n"“”'))
    after = min(k + dice.choice((0, 0, 1)), len(clauses) - 2)
    at = clauses[after][1]
    quoted = sentence[a:b]
    return _Copy(Span(span.start + a, span.start + b), span.start + at, quoted, " ", "")


def _sentence(text: str, sentences: Sequence[Span], number: int, distance: int, dice: random.Random) -> _Copy | None:
    span = sentences[number]
    before = sentences[number + distance]
    if len(words(span.of(text))) < LEAST["sentence"] or "\n\n" in span.of(text):
        return None
    return _Copy(span, before.start, span.of(text), "", " ")


def _paragraph(text: str, sentences: Sequence[Span], number: int, distance: int, dice: random.Random) -> _Copy | None:
    start = text.rfind("\n\n", 0, sentences[number].start + 1) + 2
    end = text.find("\n\n", start)
    to = text.find("\n\n", sentences[number + distance].start)
    if start < 2 or end < 0 or to < end or not LEAST["paragraph"] <= len(words(text[start:end])) <= 400:
        return None
    return _Copy(Span(start, end), to + 2, text[start:end], "", "\n\n")


def _changed(quoted: str, share: float, vocabulary: Sequence[str], dice: random.Random) -> str:
    """Replace (three of five), drop or add words; the marks stay."""
    found = words(quoted)
    chosen = sorted(dice.sample(range(len(found)), round(share * len(found))), reverse=True)
    for k in chosen:
        word, other = found[k], dice.choice(vocabulary)
        way = dice.random()
        if way < 0.6:
            quoted = quoted[: word.start] + other + quoted[word.end :]
        elif way < 0.8:
            quoted = quoted[: word.end] + " " + other + quoted[word.end :]
        else:
            quoted = quoted[: word.start].rstrip(" ") + quoted[word.end :]
    return quoted.strip() or found[0].text
