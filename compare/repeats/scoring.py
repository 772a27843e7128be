"""Whether what stands twice should: form and the other versions' evidence, weighed together."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from compare.repeats import form_features, lexical_matches, other_versions, paraphrases
from compare.repeats.other_versions import Evidence, Judge

if TYPE_CHECKING:
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Collation, Severity

#: Log odds below which a repeat is not worth telling, even to who asks for everything.
UNTOLD = -4.0
#: Scores from which a repeat is a fault, and one that an editor must not miss.
MINOR = 0.5
MAJOR = 0.95
#: Words that an extra copy must have to be major.
MAJOR_WORDS = 6
#: Share of what the copies tell from which on another version repeats itself there as well.
ECHO = 0.4
#: Log odds by which the first copy must be the likelier one to be extra; else the second is taken out.
FIRST = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Copies, the log odds that one of them is a fault, which one, and what the other versions say of it."""

    copies: Copies
    form: float
    """Log odds by form alone."""
    log_odds: float
    extra_first: bool
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """The probability, 0 to 1, that the repeat is a fault."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds))))

    @property
    def severity(self) -> Severity:
        """Major where the words themselves return and hardly a doubt is left; neutral where the repeat is rightful.

        What even one other version repeats as well may be rhetoric that the rest have smoothed.
        """
        if self.score < MINOR:
            return "neutral"
        long = self.copies.j_end - self.copies.j >= MAJOR_WORDS
        return "major" if self.score >= MAJOR and long and not (self.copies.cosine or self.echoing) else "minor"

    @property
    def echoing(self) -> list[str]:
        """The versions that repeat themselves in the same places."""
        return [e.version for e in self.evidence if e.echo >= ECHO]

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
        lexical = lexical_matches.candidates(tokens)
        habit = form_features.habit(tokens, lexical)
        found[version] = [(copies, form_features.log_odds(tokens, copies, habit)) for copies in lexical]
        vectors = collation.vectors.get(version)
        if vectors is not None:
            semantic = paraphrases.candidates(tokens, vectors)
            found[version] += [(copies, paraphrases.log_odds(tokens, copies, habit)) for copies in semantic]
    return found


def judged(tokens: Tokens, judge: Judge, found: Candidates) -> list[Judged]:
    """Judge the repeats of a version, the surest fault first.

    A repeat that is but the shadow of one already judged a fault, because it shares the extra copy, is left out.
    """
    weigh: Callable[[Copies, float, Judge], Judged] = _with_others if judge.others() else _alone
    first = [
        weigh(copies, by_form, judge)
        for copies, by_form in found
        if by_form > (other_versions.HOPELESS if judge.others() else UNTOLD)
    ]
    first.sort(key=lambda each: (-each.log_odds, each.copies.i, each.copies.j))
    taken = _Taken(len(tokens))
    told = []
    for each in first:
        if taken.has(each.copies):
            continue
        if each.score >= MINOR and taken.any:
            each = weigh(each.copies, each.form, dataclasses.replace(judge, gone=taken.words))
        if each.score >= MINOR:
            taken.take(each)
        if max(each.log_odds - UNTOLD, each.form) >= 0:  # what form alone would flag is told even when it is rightful
            told.append(each)
    return told


class _Taken:
    """The words that go with the extra copies of faults already found."""

    def __init__(self, size: int) -> None:
        import numpy as np

        self.words = np.zeros(size, bool)
        self.any = False

    def take(self, fault: Judged) -> None:
        self.words[slice(*fault.extra)] = True
        self.any = True

    def has(self, copies: Copies) -> bool:
        """Tell whether most of either copy goes anyway."""
        one, other = self.words[copies.i : copies.i_end], self.words[copies.j : copies.j_end]
        return bool(max(one.mean(), other.mean()) > 0.5)


def _alone(copies: Copies, by_form: float, judge: Judge) -> Judged:
    return Judged(copies, by_form, by_form, False, ())


def _with_others(copies: Copies, by_form: float, judge: Judge) -> Judged:
    """Let the other versions speak of either copy; where both stand in one row they cannot tell the two apart."""
    second = judge.weigh(copies, extra_first=False)
    odds = other_versions.log_odds(by_form, second)
    if not judge.apart(copies):
        return Judged(copies, by_form, odds, False, tuple(second))
    first = judge.weigh(copies, extra_first=True)
    odds_first = other_versions.log_odds(by_form, first)
    if odds_first > odds + FIRST:
        return Judged(copies, by_form, odds_first, True, tuple(first))
    return Judged(copies, by_form, odds, False, tuple(second))


def tell(judgement: Judged, tokens: Tokens) -> str:
    """Say in a few words why."""
    copies, evidence = judgement.copies, judgement.evidence
    if not evidence:
        return _distance(copies, tokens)
    if echoing := judgement.echoing:
        repeat = "repeats itself" if len(echoing) == 1 else "repeat themselves"
        return f"{_distance(copies, tokens)}; {_names(echoing)} {repeat} there too"
    lacking = [e.version for e in evidence if e.absent or e.room > 0.5]
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
