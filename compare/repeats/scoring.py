"""Whether what stands twice should: form and the other versions' evidence, weighed together."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from compare import records
from compare.repeats import form_features, lexical_matches, other_versions, paraphrases
from compare.repeats.copies import REACH, Copies
from compare.repeats.other_versions import Evidence, Judge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens
    from compare.values import Collation, Severity

#: Log odds below which a repeat is not worth telling, even to who asks for everything.
UNREPORTED = -4.0
#: Scores from which a repeat is a fault, and one that an editor must not miss.
MINOR = 0.5
MAJOR = 0.95
#: Words that an extra copy must have to be major.
MAJOR_WORDS = 6
#: Words between two copies in other words above which they are two of the work's own.
APART = 200
#: Share of what the copies tell, or of their words, from which on another version repeats itself there as well; of the
#: source's words less is enough.
REPEATS = 0.4
SOURCE = 0.3
#: Log odds that a repeat has at the most where another version repeats itself there: it is the work's own.
SHARED = -1.0
#: Log odds by which the first copy must be more likely to be extra; else the second is taken out.
FIRST = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Copies, the log odds that one of them is a fault, which one, and what the other versions say of it."""

    copies: Copies
    form: float
    """Log odds by form alone."""
    odds: float
    """Log odds by form and by the other versions' evidence."""
    extra_first: bool
    evidence: tuple[Evidence, ...]
    twice: Mapping[str, float] = field(default_factory=dict)
    """How far each other version has a counterpart of its own for either copy, where that was asked."""

    rightful: bool = False
    """Whether it may stand twice whatever the other versions have: see `Judge.rightful`."""

    @property
    def log_odds(self) -> float:
        """The log odds that the repeat is a fault; what the source or another version repeats as well is none."""
        return min(self.odds, SHARED) if self.rightful or self.repeating else self.odds

    @property
    def score(self) -> float:
        """The probability, 0 to 1, that the repeat is a fault."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds))))

    @property
    def severity(self) -> Severity:
        """Major where the words themselves return and hardly a doubt is left; neutral where the repeat is rightful.

        So is one in other words that is short, of which dialogue is full, or far away: of nine read none was a fault.
        """
        long = self.copies.j_end - self.copies.j >= MAJOR_WORDS
        if self.score < MINOR or not (long or self.copies.alike == 1.0):
            return "neutral"
        if self.copies.cosine and self.copies.j - self.copies.i_end > APART:
            return "neutral"
        return "major" if self.score >= MAJOR and long and not self.copies.cosine else "minor"

    @property
    def repeating(self) -> list[str]:
        """The versions that repeat themselves in the same places."""
        return [
            e.version
            for e in self.evidence
            if e.repetition >= REPEATS or self.twice.get(e.version, 0.0) >= (SOURCE if e.source else REPEATS)
        ]

    @property
    def extra(self) -> tuple[int, int]:
        """The words [first, last) of the copy to take out."""
        c = self.copies
        return (c.i, c.i_end) if self.extra_first else (c.j, c.j_end)

    @property
    def kept(self) -> tuple[int, int]:
        """The words of the other copy."""
        c = self.copies
        return (c.j, c.j_end) if self.extra_first else (c.i, c.i_end)


#: What stands twice in a version, with the log odds by form alone that it is a fault.
Candidates: TypeAlias = "list[tuple[Copies, float]]"


def candidates(collation: Collation, tokens_by: dict[str, Tokens]) -> dict[str, Candidates]:
    """Find for each version what stands twice, with the log odds by form alone that it is a fault."""
    found = {}
    for version, tokens in tokens_by.items():
        vectors = collation.vectors.get(version)
        made_of = [tokens.text, tokens.lang, tokens.start, tokens.segment, vectors]
        found[version] = list(records.kept("twice", made_of, partial(_candidates, tokens, vectors), (Copies,)))
    return found


def _candidates(tokens: Tokens, vectors: NDArray[np.float32] | None) -> Candidates:
    lexical = lexical_matches.candidates(tokens)
    habit = form_features.habit(tokens, lexical)
    found = [(copies, form_features.log_odds(tokens, copies, habit)) for copies in lexical]
    if vectors is not None:
        semantic = paraphrases.candidates(tokens, vectors)
        found += [(copies, paraphrases.log_odds(tokens, copies, habit)) for copies in semantic]
    return found


def judged(tokens: Tokens, judge: Judge, found: Candidates) -> list[Judged]:
    """Judge the repeats of a version, the surest fault first.

    A repeat that is but the shadow of one already judged a fault, because it shares the extra copy, is left out.
    """
    weigh: Callable[[Copies, float, Judge], Judged] = _weighed_with_others if judge.others() else _alone
    least = other_versions.HOPELESS if judge.others() else UNREPORTED
    hopeful = [(copies, by_form) for copies, by_form in found if by_form > least]
    judge = judge.having_aligned([copies for copies, _ in hopeful])
    first = [weigh(copies, by_form, judge) for copies, by_form in hopeful]
    faults = [each for each in first if each.score >= MINOR]
    asked = {
        id(each.copies): elsewhere
        for each, elsewhere in zip(faults, judge.repeated_elsewhere([f.copies for f in faults]), strict=True)
    }
    first = [
        dataclasses.replace(each, twice=asked.get(id(each.copies), {}), rightful=judge.rightful(each.copies))
        for each in first
    ]
    first.sort(key=_order)
    taken = _Taken(len(tokens))
    reported = []
    for each in first:
        if taken.has(each.copies):
            continue
        if each.score >= MINOR and taken.any:
            again = weigh(each.copies, each.form, dataclasses.replace(judge, gone=taken.words))
            each = dataclasses.replace(again, twice=each.twice, rightful=each.rightful)
        if each.score >= MINOR:
            taken.take(each)
        if (
            max(each.odds - UNREPORTED, each.form) >= 0
        ):  # what form alone would flag is reported even when it is rightful
            reported.append(each)
    return reported


def _order(each: Judged) -> tuple[float, float, int, int]:
    """Put first what hardly a doubt is left of, the longest of it first: a page that returns is one repeat.

    Then the rest, the surest first.
    """
    size = each.copies.j_end - each.copies.j if each.severity == "major" else 0
    return -size, -each.log_odds, each.copies.i, each.copies.j


class _Taken:
    """The words that go with the extra copies of faults already found."""

    def __init__(self, size: int) -> None:
        import numpy as np

        self.words = np.zeros(size, bool)
        self.any = False
        self.passages: list[Copies] = []

    def take(self, fault: Judged) -> None:
        self.words[slice(*fault.extra)] = True
        self.any = True
        if fault.copies.scale == "passage":
            self.passages.append(fault.copies)

    def has(self, copies: Copies) -> bool:
        """Tell whether most of either copy goes anyway, or whether the copies only go on where a passage breaks off."""
        one, other = self.words[copies.i : copies.i_end], self.words[copies.j : copies.j_end]
        return bool(max(one.mean(), other.mean()) > 0.5) or any(_go_on(passage, copies) for passage in self.passages)


def _go_on(passage: Copies, copies: Copies) -> bool:
    """Tell whether copies lie right before or right after those of a longer passage, both of them."""
    before = copies.i_end - passage.i, copies.j_end - passage.j
    after = copies.i - passage.i_end, copies.j - passage.j_end
    shorter = copies.j_end - copies.j < passage.j_end - passage.j
    return shorter and any(max(map(abs, gaps)) <= REACH for gaps in (before, after))


def _alone(copies: Copies, by_form: float, judge: Judge) -> Judged:
    return Judged(copies, by_form, by_form, False, ())


def _weighed_with_others(copies: Copies, by_form: float, judge: Judge) -> Judged:
    """Ask the other versions about either copy; where both stand in one row they cannot tell the two apart."""
    second = judge.weigh(copies, extra_first=False)
    odds = other_versions.log_odds(by_form, second)
    if not judge.in_separate_rows(copies):
        return Judged(copies, by_form, odds, False, tuple(second))
    first = judge.weigh(copies, extra_first=True)
    odds_first = other_versions.log_odds(by_form, first)
    if odds_first > odds + FIRST:
        return Judged(copies, by_form, odds_first, True, tuple(first))
    return Judged(copies, by_form, odds, False, tuple(second))


def explanation(judgement: Judged, tokens: Tokens) -> str:
    """Say in a few words why."""
    copies, evidence = judgement.copies, judgement.evidence
    if not evidence or judgement.rightful:
        return _distance(copies, tokens)
    if repeating := judgement.repeating:
        repeat = "repeats itself" if len(repeating) == 1 else "repeat themselves"
        return f"{_distance(copies, tokens)}; {_names(repeating)} {repeat} there too"
    lacking = [e.version for e in evidence if e.absent or e.length_odds > 0.5]
    if judgement.score >= MINOR and lacking:
        return f"{_distance(copies, tokens)}; {_names(lacking)} {'has' if len(lacking) == 1 else 'have'} it once"
    if judgement.score < MINOR:
        return f"{_distance(copies, tokens)}; the other versions have room for both"
    return f"{_distance(copies, tokens)}; the other versions do not repeat themselves there"


def _distance(copies: Copies, tokens: Tokens) -> str:
    sentences = int(tokens.segment[copies.j] - tokens.segment[copies.i_end - 1])
    between = copies.j - copies.i_end
    what = "the same is said in other words" if copies.cosine else f"{len(copies.pairs)} words return"
    if between <= 2:
        return f"{what} at once"
    if sentences < 2:
        return f"{what} after {between} words"
    return f"{what} {sentences} sentences later"


def _names(versions: list[str]) -> str:
    shown = versions if len(versions) < 5 else [*versions[:3], f"{len(versions) - 3} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
