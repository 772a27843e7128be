"""Columns of texts, what links their words, and tables of what is known of each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.meaning.features.attestation import Attestation, attestation
from compare.meaning.models import pair_network as pairs
from compare.wordalign.links import Batch, Links, likeness, link
from compare.wordalign.renderings import ContentWord, Renderings
from compare.wordalign.vocabulary import Forms, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of texts, one a row."""

    vocabulary: Vocabulary
    texts: Mapping[str, Sequence[str]]
    """As `compare.wordalign.contextual.uncased` writes them: form alone is no feature."""
    states: Mapping[str, Sequence[Array | None]]
    """The states of each cell's words in these, None where the row is empty."""
    breaks: Mapping[str, Array]
    """What `compare.meaning.features.grammaticality` says of each cell, (rows, 3)."""
    content: Mapping[str, Sequence[Sequence[ContentWord]]]
    """The words of content of each cell."""
    renderings: Renderings


@dataclass(frozen=True, slots=True)
class Table:
    """Features by word: `values` (words, features); `row` and `word` say which word of which row of the batch."""

    names: tuple[str, ...]
    values: Array
    row: Array
    word: Array
    column: str
    """The version whose words these are."""


class Alignments:
    """All that is found between the texts of a batch, made when first asked for; every version is judged by it."""

    def __init__(
        self, batches: Mapping[str, Batch], forms: Forms, source: str | None, columns: Columns, rows: Sequence[int]
    ) -> None:
        self.batches, self.forms, self.source = batches, forms, source
        self._columns, self._rows = columns, rows
        self._links: dict[tuple[str, str], Links] = {}
        self._pair_readings: dict[tuple[str, str], pairs.PairReading] = {}
        self._attested: dict[str, Attestation] = {}

    def __call__(self, a: str, b: str) -> Links:
        """Return how `a` looks at `b`, by the forms' vectors."""
        if (a, b) not in self._links:
            one, two = sorted((a, b))
            near = likeness(self.batches[one], self.batches[two], self.forms)
            self._links[one, two], self._links[two, one] = link(self.batches[one], self.batches[two], near)
        return self._links[a, b]

    def pair_reading(self, version: str, other: str) -> pairs.PairReading:
        """Return what the network of pairs says of the version beside `other`."""
        if (version, other) not in self._pair_readings:
            weights = pairs.weights("s" if other == self.source else "o")
            self._pair_readings[version, other] = pairs.read(weights, self.batches[version], self.batches[other])
        return self._pair_readings[version, other]

    def attested(self, version: str) -> Attestation | None:
        """Return how well the version's renderings of the source are attested; None without a Russian source."""
        if self.source is None:
            return None
        if version not in self._attested:
            source, own = ([self._columns.content[c][i] for i in self._rows] for c in (self.source, version))
            pair = self.batches[self.source], self.batches[version]
            self._attested[version] = attestation(source, own, pair, self._columns.renderings)
        return self._attested[version]
