"""How the quantities of two texts compare: what either states that the other does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from compare.quantities.quantity import Quantity

#: How far from each other two numbers may stand that together make one: "one hour and thirty minutes".
_NEAR = 24
#: "Thousands" may be ten thousand.
_SCALES = (100, 1000, 10**6)
#: A dozen may be said for ten.
_ROUND = Fraction(5, 4)


def missing(here: Iterable[Quantity], there: Iterable[Quantity]) -> list[Quantity]:
    """Return the firm quantities of `here` for which `there` has no counterpart."""
    return [q for q in differences(tuple(here), tuple(there))[0] if q.firm]


def differences(
    here: Sequence[Quantity], there: Sequence[Quantity]
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """Return what either text states and the other does not, in order, firm or not.

    What the other has too, only less often, is repeated and not lost, unless it has another number instead.
    """
    left, right = list(here), list(there)
    for alike in (_exactly, same):
        left, right = _paired(left, right, alike)
    return tuple(q for q in left if not _stated(q, here, there)), tuple(q for q in right if not _stated(q, there, here))


def _stated(quantity: Quantity, here: Sequence[Quantity], there: Sequence[Quantity]) -> bool:
    """Tell whether the other text states a number after all: more seldom, in two parts, or as a part of one."""
    if any(same(quantity, other) for other in there):
        return True
    values = {other.value for other in there}
    parts = (totals for a, b, totals in _joined(here) if quantity in (a, b))
    return any(quantity.value in totals for _, _, totals in _joined(there)) or any(values & totals for totals in parts)


def _paired(
    left: Sequence[Quantity], right: Sequence[Quantity], alike: Callable[[Quantity, Quantity], bool]
) -> tuple[list[Quantity], list[Quantity]]:
    rest, waiting = list(right), []
    for quantity in left:
        match = next((k for k, q in enumerate(rest) if alike(quantity, q)), None)
        if match is None:
            waiting.append(quantity)
        else:
            del rest[match]
    return waiting, rest


def _exactly(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value and (a.kind == "month") == (b.kind == "month")


def same(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities may say the same: by what either may mean, the clock, what is left out or round."""
    if (a.kind == "month") != (b.kind == "month"):
        return False
    if a.value in b.readings or b.value in a.readings:
        return True
    if any(
        begun.kind == "hour" and not begun.firm and 0 <= begun.value - at.value <= 1 for begun, at in ((a, b), (b, a))
    ):
        return True
    if any(
        some.kind == "implied" and some.value in _SCALES and exact.value % some.value == 0
        for some, exact in ((a, b), (b, a))
    ):
        return True
    low, high = sorted((a.value, b.value))
    if "hour" in (a.kind, b.kind) and high - low == 12:
        return True
    if not (a.firm and b.firm) and a.kind == b.kind == "number" and low >= 10 and high <= _ROUND * low:
        return True
    if low > 0 and low * high == 1:  # a third, «третья часть»
        return True
    whole = high.denominator == low.denominator == 1
    return whole and 1000 <= high < 2100 and 10 <= low < 100 and high % 100 == low


def _joined(found: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity, set[Fraction]]]:
    """Yield two numbers side by side and what they may make: "1 hour 30" 1½, "three times twenty" sixty."""
    for a, b in pairwise(found):
        if b.start - a.end <= _NEAR and a.value > 0 and b.value > 1:
            yield a, b, {a.value + b.value, a.value * b.value, a.value + b.value / 60} - {a.value, b.value}
