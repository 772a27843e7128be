"""A quantity: a number that a text states, and what kind of number it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

#: The most that may be said to be a few, or that one may leave uncounted where it is only near.
FEW = 10
#: A `day` or `month` of a date, an `hour` of the clock, a `decade`, the number of a part of a book (`label`), what a
#: word only implies (`implied`).
Kind = Literal["number", "ordinal", "day", "month", "hour", "decade", "label", "implied"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states, and the half-open range of characters where it does.

    `firm`: it is counted, dated or measured, so that a faithful version has it too. `others`: what else it may mean.
    `month` (1 to 12, 0 unknown): of a day.
    """

    value: Fraction
    start: int
    end: int
    firm: bool = True
    figures: bool = False
    kind: Kind = "number"
    others: tuple[Fraction, ...] = ()
    month: int = 0

    @property
    def readings(self) -> tuple[Fraction, ...]:
        """All that it may mean, the likeliest first."""
        return (self.value, *self.others)
