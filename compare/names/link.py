"""Which spellings of one text are one name: alike in origin, and neither an inflection nor a derivation of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from compare.names.romanise import plain, sound

#: English endings that make another word of a name: plural, people, adjective.
_DERIVED = ("s", "es", "n", "an", "ian", "i", "ish", "ite", "ites", "ese", "ist", "ists", "ians", "ans", "is")
#: Russian case endings as they look when a translator leaves them on a name.
_CASES = ("on", "om", "em", "oy", "oi", "ov", "ami")


def variants(forms: Mapping[str, str], counts: Mapping[str, int]) -> list[set[str]]:
    """Cluster the spellings of one version; every key of `forms` is in exactly one cluster."""
    parent = {low: low for low in forms}

    def root(low: str) -> str:
        while parent[low] != low:
            low = parent[low]
        return low

    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for low in sorted(forms):
        for block in {sound(low)[:2], sound(low)[1:3]}:
            blocks[block].append(low)
    for block in sorted(blocks):
        for a, b in combinations(blocks[block], 2):
            if same(a, b):
                x, y = sorted((root(a), root(b)), key=lambda low: (-counts[low], low))
                parent[y] = x
    clusters: defaultdict[str, set[str]] = defaultdict(set)
    for low in forms:
        clusters[root(low)].add(low)
    return list(clusters.values())


def same(a: str, b: str) -> bool:
    """Tell whether two folded spellings are spellings of one name."""
    if derived(a, b) or derived(b, a):
        return False
    if ending_left(a, b) or ending_left(b, a):
        return True
    return sound(a) == sound(b) and len(sound(a)) > 1 and Levenshtein.normalized_similarity(plain(a), plain(b)) > 0.6


def derived(base: str, word: str) -> bool:
    """Tell whether a word is an English inflection or derivation of a name: Karabakh, Karabakhi."""
    base, word = plain(base), plain(word)
    return word != base and any(word == base + end or word == base[:-1] + end for end in _DERIVED)


def ending_left(base: str, word: str) -> bool:
    """Tell whether a word is a name with a Russian case ending on it: Khalil, Khalilon."""
    base, word = plain(base), plain(word)
    return len(base) > 4 and any(word == base + end for end in _CASES)


def inflects(word: str, others: Iterable[str]) -> bool:
    """Tell whether a spelling is another of them with a Russian ending left on."""
    return any(ending_left(other, word) for other in others)
