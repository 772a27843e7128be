"""Tell where an English sentence does not parse as whole: a clause without its verb, words that do not join.

- `breaks`: the broken sentences of every English version (the function `breaks`, read by SEM301)
- `clauses`: clauses that open and never get their verb
- `network`: the network that points at a missing word
- `bridges`: whether the other versions of the row have words that a suspected gap lacks
- `tokens`: a sentence as words, clitics and marks
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.grammar.clauses import verbless
from compare.grammar.tokens import Token, cut
from compare.lang import DEFAULT
from compare.words import as_cased, today

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FINITE", "Reading", "Seam", "grammaticality_of", "read", "seams", "surprise"]

#: Log-odds of a clause that `clauses.verbless` finds: half a dozen of these in 1.4 million words of sound prose.
VERBLESS = 5.0

#: Penn Treebank's tags of finite verbs.
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(frozen=True, slots=True)
class Seam:
    """A place of a sentence where something is missing or too much.

    `at`: the token before which it is, or n, the end; `kind`: one of `network.KINDS` other than "whole"; `odds`: the
    natural logarithm of the odds that the sentence is broken here; `verb`: the share, 0 to 1, of a lost verb in it.
    """

    at: int
    kind: str
    odds: float
    verb: float


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
    found = iter(run([[_today(token.form) for token in line] for line in lines if line]))
    readings = []
    for line in lines:
        values, tags = next(found) if line else (np.zeros((0, len(KINDS)), np.float32), [])
        readings.append(Reading(line, tuple(tags), values))
    return readings


@functools.lru_cache(1 << 16)
def _today(form: str) -> str:
    """Return a form as the network has learned to read it: an archaic verb in its modern form, capitals kept."""
    small = form.lower()
    modern = today(small, DEFAULT)
    return form if modern == small else as_cased(modern, form)


def surprise(sentences: Sequence[str]) -> list[NDArray[np.float32]]:
    """Return for each sentence of n tokens (n + 1,) log-odds that it is broken before each of them, and at its end."""
    return [reading.odds for reading in read(sentences)]


def grammaticality_of(sentences: Sequence[str]) -> NDArray[np.float32]:
    """Return for each sentence the probability that it is grammatical: that of its worst gap; 1 for empty text."""
    import numpy as np

    return np.array([reading.gaps[:, 0].min(initial=1.0) for reading in read(sentences)], np.float32)


def seams(reading: Reading, least: float = 0.0) -> list[Seam]:
    """Return the breaks of log-odds `least` and more, in order; of neighbouring ones the likeliest."""
    from compare.grammar.network import KINDS

    odds = reading.odds
    verbs = reading.gaps[:, KINDS.index("finite")] + reading.gaps[:, KINDS.index("loose")]
    kinds = reading.gaps[:, 1:].argmax(1) + 1
    certain = set(verbless([token.form for token in reading.tokens], reading.tags))
    for at in certain:
        odds[at] = max(odds[at], VERBLESS)
    found = []
    for at in (odds >= least).nonzero()[0].tolist():
        if odds[at] >= odds[max(0, at - 2) : at + 3].max():
            share = 1.0 if at in certain else float(verbs[at] / reading.gaps[at, 1:].sum())
            found.append(Seam(at, "finite" if at in certain else KINDS[int(kinds[at])], float(odds[at]), share))
    return found
