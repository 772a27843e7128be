"""How far the words of a cell have counterparts in another: by their links, and by attested renderings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.lang import DEFAULT, SOURCE
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import FUNCTION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Share of a word's renderings at which it is as likely rendered as not.
_HALF = 0.05
#: Letters that a word of content has at least.
_SHORT = 3
#: A pair that is attested less is no pair.
_LEAST = 0.01


@dataclass(frozen=True, eq=False)
class WordCoverage:
    """What of each cell the other cells of its row have too. Rows count from 0."""

    aligned: AlignedWords
    renderings: Renderings
    _weights: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    _shares: dict[tuple[int, str, str], list[float]] = field(default_factory=dict)
    _alone: dict[tuple[int, str], list[float]] = field(default_factory=dict)

    @property
    def source(self) -> str | None:
        source = self.aligned.collation.work.source
        return source.id if source else None

    def present(self, i: int) -> list[str]:
        """Return the versions that have words in a row."""
        return [t for t, cells in self.aligned.cells.items() if cells[i]]

    def weights(self, i: int, version: str) -> list[float]:
        """Return for each word of a cell its weight: 0.5 to 1, the rarer the more; 0 for words without content.

        These are function words, and one or two letters, unless figures: initials, the end of a number ("20-го").
        """
        import numpy as np

        if (i, version) not in self._weights:
            forms, ids = self.aligned.forms, self.aligned.cell(version, i).forms
            empty = (forms.pos[ids] == FUNCTION) | ((forms.length[ids] < _SHORT) & ~forms.figure[ids])
            self._weights[i, version] = np.where(empty, 0.0, np.clip(forms.rarity[ids] / 8, 0.5, 1.0)).tolist()
        return self._weights[i, version]

    def shares(self, i: int, one: str, two: str) -> list[float]:
        """Return for each word of the first version's cell how certainly the second's has its meaning, 0 to 1."""
        if (i, one, two) not in self._shares:
            here, there = (list(self.aligned.cover(a, b, i).share) for a, b in ((one, two), (two, one)))
            for a, b, share in self._rendered(i, one, two):
                here[a], there[b] = max(here[a], share), max(there[b], share)
            self._shares[i, one, two], self._shares[i, two, one] = here, there
        return self._shares[i, one, two]

    def covered(self, i: int, one: str, start: int, stop: int, two: str) -> float:
        """Return the share by weight of the words [start, stop) of a cell that the second version has; 0 of none."""
        weight, share = self.weights(i, one)[start:stop], self.shares(i, one, two)[start:stop]
        return sum(w * c for w, c in zip(weight, share, strict=True)) / (sum(weight) or 1.0)

    def alone(self, i: int, version: str) -> list[float]:
        """Return for each word of a cell how far no other version of the row has it, 0 to 1; 1 where it is alone."""
        if (i, version) not in self._alone:
            shares = [self.shares(i, version, t) for t in self.present(i) if t != version]
            size = len(self.aligned.cell(version, i).words)
            self._alone[i, version] = [1 - max((s[k] for s in shares), default=0.0) for k in range(size)]
        return self._alone[i, version]

    def _rendered(self, i: int, one: str, two: str) -> Sequence[tuple[int, int, float]]:
        """Pair the words of the source and of a translation by attested renderings, the likeliest first, each once."""
        import numpy as np

        if self.source not in (one, two):
            return []
        langs = [self.aligned.collation.work.version(t).lang for t in (one, two)]
        if sorted(langs) != [DEFAULT, SOURCE]:
            return []
        sides = [self.aligned.content[t][i] for t in (one, two)]
        russian, english = sides if langs[0] == SOURCE else sides[::-1]
        chances = self.renderings.probabilities([w.signed for w in russian], [w.signed for w in english])
        if not chances.size:
            return []
        order = np.argsort(-chances, axis=None, kind="stable")
        taken: tuple[set[int], set[int]] = set(), set()
        pairs = []
        for a, b in zip(*np.unravel_index(order, chances.shape), strict=True):
            chance = float(chances[a, b])
            if chance < _LEAST:
                break
            if a in taken[0] or b in taken[1]:
                continue
            taken[0].add(a)
            taken[1].add(b)
            at = russian[a].at, english[b].at
            pairs.append((*(at if langs[0] == SOURCE else at[::-1]), chance / (chance + _HALF)))
        return pairs
