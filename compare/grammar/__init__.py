"""Tell where an English sentence does not parse as whole: a clause without its verb, words that do not join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.grammar.tokens import Token, cut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Reading", "Seam", "read", "seams", "surprise", "wholeness"]

#: Penn Treebank's tags of finite verbs.
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(frozen=True, slots=True)
class Seam:
    """A place of a sentence where something is missing or too much.

    `before` and `after` are the words on either side, None at the ends of the sentence; `kind` is one of
    `network.KINDS` other than "whole"; `odds` the natural logarithm of the odds that the sentence is broken here.
    """

    kind: str
    odds: float
    before: Token | None
    after: Token | None
    verb: float
    """The share of the suspicion that falls on a lost verb, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it was read: its n tokens, their tags, (n + 1, kinds) probabilities of what is wrong."""

    tokens: tuple[Token, ...]
    tags: tuple[str, ...]
    gaps: NDArray[np.float32]

    @property
    def odds(self) -> NDArray[np.float32]:
        """(n + 1,) log-odds that the sentence is broken before each token, and at its end."""
        import numpy as np

        whole = np.clip(self.gaps[:, 0], 1e-6, 1 - 1e-6)
        return np.log1p(-whole) - np.log(whole)

    @property
    def verbs(self) -> int:
        """How many finite verbs it has."""
        return sum(tag in FINITE for tag in self.tags)


def read(sentences: Sequence[str]) -> list[Reading]:
    """Read English sentences; a sentence without a word or mark has no tokens and no gaps."""
    import numpy as np

    from compare.grammar.network import KINDS
    from compare.grammar.network import read as run

    lines = [tuple(cut(sentence)) for sentence in sentences]
    found = iter(run([[token.form for token in line] for line in lines if line]))
    readings = []
    for line in lines:
        values, tags = next(found) if line else (np.zeros((0, len(KINDS)), np.float32), [])
        readings.append(Reading(line, tuple(tags), values))
    return readings


def surprise(sentences: Sequence[str]) -> list[NDArray[np.float32]]:
    """Return for each sentence of n tokens (n + 1,) log-odds that it is broken before each of them, and at its end."""
    return [reading.odds for reading in read(sentences)]


def wholeness(sentences: Sequence[str]) -> NDArray[np.float32]:
    """Return for each sentence how whole it is, 0 to 1: how sound its least sound gap is; 1 for empty text."""
    import numpy as np

    return np.array([reading.gaps[:, 0].min(initial=1.0) for reading in read(sentences)], np.float32)


def seams(reading: Reading, least: float = 0.0) -> list[Seam]:
    """Return the breaks of log-odds `least` and more, in order; of neighbouring ones the likeliest."""
    from compare.grammar.network import KINDS

    line, odds, found = reading.tokens, reading.odds, []
    for at in (odds >= least).nonzero()[0].tolist():
        if odds[at] < odds[max(0, at - 2) : at + 3].max():
            continue
        broken = reading.gaps[at, 1:]
        verb = broken[KINDS.index("finite") - 1] + broken[KINDS.index("loose") - 1]
        found.append(
            Seam(
                KINDS[1 + int(broken.argmax())],
                float(odds[at]),
                line[at - 1] if at else None,
                line[at] if at < len(line) else None,
                float(verb / broken.sum()),
            )
        )
    return found
