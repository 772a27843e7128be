"""What a language says twice by right: the type of a pack's part `doubling`."""

from __future__ import annotations

from dataclasses import dataclass

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubling:
    """Words that may stand twice in a row, by the reason; all are keys."""

    grammatical: frozenset[str] = _NONE
    """By grammar: "he had had it", "the man that that is"."""
    auxiliary: frozenset[str] = _NONE
    """Those of them that may do so before anything."""
    openers: frozenset[str] = _NONE
    """What may not follow the others: the second ought to have been the last word of its phrase."""
    emphatic: frozenset[str] = _NONE
    """For emphasis in any prose: "very very"."""
    conjunctions: frozenset[str] = _NONE
    """What they join is said again on purpose: "ran and ran and ran"."""
    joining: frozenset[str] = _NONE
    """A phrase that has one may be said again where it goes on in the same way: "step by step by step"."""
    departing: frozenset[str] = _NONE
    """Words before such a phrase in an idiom: "from time to time"."""
    relatives: frozenset[str] = _NONE
    """What begins a clause that is the subject of the verb that follows its own: "what must be must be"."""
    verbs: frozenset[str] = _NONE
    """The verbs of both."""
    particles: frozenset[str] = _NONE
    """The first belongs to its verb, the second to what follows: "came in in the evening"."""
    phrasal: frozenset[str] = _NONE
    """Lemmas of these verbs."""
    opening: frozenset[str] = _NONE
    """A conjunction and a preposition, where a clause begins: "for for this cause"."""
    prepositions: frozenset[str] = _NONE
    """What may end a relative clause: "the man he came with with such haste"."""
    subjects: frozenset[str] = _NONE
    """What begins such a clause where it lacks its relative."""
