"""Put repeats of known kinds at known places into clean text, the same for the same seed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from compare.values import Collation, Span
from compare.words import words

Kind = Literal["clause", "sentence", "paragraph"]

#: Words that a text must have to be repeated, and may have.
LEAST = {"clause": 5, "sentence": 6, "paragraph": 40}
MOST = 400
_MARKS = ",;:—–"
#: Each kind with its distance from the original, in sentences; each is planted with each share of changed words.
KINDS: tuple[tuple[Kind, int], ...] = (
    ("clause", 0),
    ("sentence", 1),
    ("sentence", 5),
    ("sentence", 200),
    ("paragraph", 30),
)
CHANGES = (0.0, 0.1, 0.25)


@dataclass(frozen=True, slots=True)
class Plan:
    """Repeat `count` texts of a kind.

    `distance`: sentences from the original to the copy (1: right after it; a clause: 0). `change`: share of the copy's
    words that are replaced, dropped or added. `paraphrases`: for the number of a sentence what is written in its place;
    only sentences that it has are then repeated.
    """

    kind: Kind
    distance: int = 0
    change: float = 0.0
    count: int = 20
    paraphrases: Mapping[int, str] | None = None

    @property
    def name(self) -> str:
        how = "paraphrase" if self.paraphrases else f"{self.change:.0%} changed" if self.change else "exact"
        where = f" at {self.distance}" if self.kind == "sentence" else ""
        return f"{self.kind}{where}, {how}"


@dataclass(frozen=True, slots=True)
class Repeat:
    """What was put in: the original and the copy, as spans of the new text."""

    plan: Plan
    original: Span
    copy: Span


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is copied (a span of the clean text), where to, what is written there and between what marks."""

    plan: Plan
    original: Span
    at: int
    words: str
    lead: str
    tail: str

    @property
    def length(self) -> int:
        return len(self.lead) + len(self.words) + len(self.tail)


def plans(count: int) -> list[Plan]:
    """Plan `count` repeats of every kind, at every distance, with every share of changed words."""
    return [Plan(kind, at, change, count) for (kind, at), change in itertools.product(KINDS, CHANGES)]


def paraphrases(collation: Collation, version: str, other: str) -> dict[int, str]:
    """Give for the sentences of a version that stand alone in a row what the other has there, if it is one sentence."""
    found = {}
    for row in collation.rows:
        ours, theirs = row.segments.get(version, (0, 0)), row.segments.get(other, (0, 0))
        text = collation.cell(row, other)
        if ours[1] - ours[0] == theirs[1] - theirs[0] == 1 and len(words(text)) >= 6 and row.confidence > 0.5:
            found[ours[0]] = text
    return found


def repeats(
    text: str, sentences: Sequence[Span], plans: Sequence[Plan], seed: int = 0
) -> tuple[str, tuple[Repeat, ...]]:
    """Carry out the plans on one text, in places that lie apart; fewer where the text has no room for so many."""
    dice = random.Random(f"hexapla {seed}")
    vocabulary = [w.text.lower() for w in words(text)]
    used: set[int] = set()
    copies: list[_Copy] = []
    for plan in plans:
        numbers = list(range(2, len(sentences) - plan.distance - 3))
        dice.shuffle(numbers)
        left = plan.count
        for number in numbers:
            if not left:
                break
            reach = 15 if plan.kind == "paragraph" else 3
            touched = {n + k for n in (number, number + plan.distance) for k in range(-reach, reach + 1)}
            copy = None if touched & used else _copy(text, sentences, plan, number, vocabulary, dice)
            if copy:
                copies.append(copy)
                used |= touched if plan.kind == "paragraph" else {number, number + plan.distance}
                left -= 1
    return _write(text, sorted(copies, key=lambda c: c.at))


def _copy(
    text: str, sentences: Sequence[Span], plan: Plan, number: int, vocabulary: Sequence[str], dice: random.Random
) -> _Copy | None:
    """Copy what begins in the sentence of that number, if it fits the plan."""
    if plan.paraphrases is not None and number not in plan.paraphrases:
        return None
    lead, tail = "", " "
    original, at = sentences[number], sentences[number + plan.distance].start
    if plan.kind == "clause":
        clause = _clause(text, original, dice)
        if not clause:
            return None
        (original, at), lead, tail = clause, " ", ""
    elif plan.kind == "paragraph":
        start = text.rfind("\n\n", 0, original.start + 1) + 2
        end, at = text.find("\n\n", start), text.find("\n\n", at) + 2
        if start < 2 or end < 0 or at < end:
            return None
        original, tail = Span(start, end), "\n\n"
    elif "\n\n" in text[original.start : original.end]:
        return None
    quoted = original.of(text)
    if not LEAST[plan.kind] <= len(words(quoted)) <= MOST:
        return None
    written = plan.paraphrases[number] if plan.paraphrases else _changed(quoted, plan.change, vocabulary, dice)
    return _Copy(plan, original, at, written, lead, tail)


def _clause(text: str, sentence: Span, dice: random.Random) -> tuple[Span, int] | None:
    """Choose a clause of a sentence, never the last, and where its copy goes: after it or after the next clause."""
    quoted = sentence.of(text)
    borders = [0, *(k + 1 for k, c in enumerate(quoted[:-1]) if c in _MARKS and quoted[k + 1] == " ")]
    clauses = list(itertools.pairwise(borders))
    fit = [k for k, (a, b) in enumerate(clauses) if len(words(quoted[a:b])) >= LEAST["clause"]]
    if not fit:
        return None
    k = dice.choice(fit)
    begin, end = clauses[k]
    begin += len(quoted[begin:end]) - len(quoted[begin:end].lstrip(' \n"“«'))
    after = clauses[min(k + dice.choice((0, 0, 1)), len(clauses) - 1)][1]
    return Span(sentence.start + begin, sentence.start + end), sentence.start + after


def _changed(quoted: str, share: float, vocabulary: Sequence[str], dice: random.Random) -> str:
    """Replace (three of five), drop or add words; the marks stay."""
    found = words(quoted)
    for k in sorted(dice.sample(range(len(found)), round(share * len(found))), reverse=True):
        word, other, way = found[k], dice.choice(vocabulary), dice.random()
        if way < 0.6:
            quoted = quoted[: word.start] + other + quoted[word.end :]
        elif way < 0.8:
            quoted = quoted[: word.end] + " " + other + quoted[word.end :]
        else:
            quoted = quoted[: word.start].rstrip(" ") + quoted[word.end :]
    return quoted.strip()


def _write(text: str, copies: Sequence[_Copy]) -> tuple[str, tuple[Repeat, ...]]:
    out, done, length = [], 0, 0
    written = []
    for copy in copies:
        out += [text[done : copy.at], copy.lead, copy.words, copy.tail]
        start = length + copy.at - done + len(copy.lead)
        length += copy.at - done + copy.length
        done = copy.at
        shift = sum(c.length for c in copies if c.at <= copy.original.start)
        original = Span(copy.original.start + shift, copy.original.end + shift)
        written.append(Repeat(copy.plan, original, Span(start, start + len(copy.words))))
    return "".join([*out, text[done:]]), tuple(written)
