"""Graphemes: the groups of Latin letters that write a Cyrillic letter in one scheme or another, and what fits them.

The schemes of `romanise` and older habits together: щ is shch, stch, schtsch, chtch, szcz. A name whose spelling is
made of nothing else is written after some habit or a mixture of them, however rare the mixture.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from compare.names.romanisation import plain

#: For each Cyrillic letter or pair its graphemes, accents off; what stands after the bar is rarer or shared.
_WRITTEN = {
    "а": "a",
    "б": "b",
    "в": "v w | f ff",
    "г": "g | gh gu h",
    "д": "d",
    "е": "e ie ye je | ee o yo io jo",
    "ё": "e yo io jo ye ie je | o eo",
    "ж": "zh j z sch sh | g rz",
    "з": "z s",
    "и": "i y | ee ii j ie",
    "й": "i y j |",
    "к": "k c | ck q",
    "л": "l | ll",
    "м": "m | mm",
    "н": "n | nn",
    "о": "o",
    "п": "p | pp",
    "р": "r | rr",
    "с": "s ss | c z",
    "т": "t | tt th",
    "у": "u ou oo |",
    "ф": "f ph | ff th",
    "х": "kh ch h x |",
    "ц": "ts tz z c cz |",
    "ч": "ch tch tsch cz c | tsh",
    "ш": "sh sch ch sz s |",
    "щ": "shch stch shtch schtsch chtch szcz sc sch schch stsch shh chtsch | sh shtsh",
    "ъ": "| y",
    "ы": "y i ui | ee",
    "ь": "| i j y",
    "э": "e |",
    "ю": "yu iu ju iou you | u ue",
    "я": "ya ia ja | a ea",
    "ий": "y i ii ij iy yi |",
    "ый": "y yi yj i | ii",
    "кс": "x ks |",
    "дж": "j dj dzh dsch g c | dg",
    "ье": "ye ie je e |",
    "ья": "ya ia ja |",
    "ьё": "yo io ieo ie |",
    "ов$": "off ov ow of | ova",
    "ев$": "eff ieff ev ew iev ief ef jew yev yeff jeff | off ov ow of yov iov",
    "ёв$": "off eff ieff ev ow iov iow ioff yov ov jow yow ev ew ef of |",
    "ин$": "ine in yn | een",
}
#: Cost of a rarer grapheme and of a letter that no grapheme explains; a sign that is left out costs nothing.
_RARER, _FOREIGN = 0.3, 1.0

_Costs = Mapping[str, Mapping[str, float]]


@functools.cache
def _tables() -> tuple[_Costs, _Costs]:
    """Return what each Cyrillic group costs in each grapheme, and each grapheme for another of the same Cyrillic."""
    written: dict[str, dict[str, float]] = {}
    for cyrillic, graphemes in _WRITTEN.items():
        usual, _, rare = graphemes.partition("|")
        row = written.setdefault(cyrillic, {})
        row |= dict.fromkeys(rare.split(), _RARER) | dict.fromkeys(usual.split(), 0.0)
        if cyrillic in "ьъ":
            row[""] = 0.0
    shared: dict[str, dict[str, float]] = {}
    for cyrillic, row in written.items():
        end = "$" if cyrillic.endswith("$") else ""
        for x, one in row.items():
            for y, other in row.items():
                if x and y:
                    costs = shared.setdefault(x + end, {})
                    costs[y] = min(costs.get(y, math.inf), one + other)
    return written, shared


def _cost(a: str, b: str, costs: _Costs, longest: int) -> float:
    """Return the least cost of writing `a` as `b` by groups; a letter on either side that no group explains is foreign.

    Groups of `a` have at most `longest` letters.
    """
    n, m = len(a), len(b)
    best = [[math.inf] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        rows = []
        for k in range(1, min(longest, n - i) + 1):
            rows.append((k, costs.get(a[i : i + k], {})))
            if i + k == n:
                rows.append((k, {f"{y}$": cost for y, cost in costs.get(f"{a[i:]}$", {}).items()}))
        for j in range(m + 1):
            here = best[i][j]
            if here == math.inf:
                continue
            for k, row in rows:
                for written, cost in row.items():
                    to = j + len(written.rstrip("$"))
                    if (to == m or not written.endswith("$")) and b.startswith(written.rstrip("$"), j):
                        best[i + k][to] = min(best[i + k][to], here + cost)
            for di, dj in ((1, 0), (0, 1), (1, 1)):
                if i + di <= n and j + dj <= m:
                    same = di == dj and a[i] == b[j]
                    best[i + di][j + dj] = min(best[i + di][j + dj], here + (0.0 if same else _FOREIGN))
    return best[n][m]


@functools.lru_cache(1 << 16)
def strangeness(a: str, b: str) -> float:
    """Return what in two folded forms no habit of writing explains, in letters: 0 when all is customary.

    The first may be Cyrillic; two Latin forms are compared through the Cyrillic that both may write.
    """
    written, shared = _tables()
    if a and max(a) >= "\u0400":
        return _cost(a, plain(b), written, 2)
    return _cost(plain(a), plain(b), shared, 7)
