"""Turkish words: the closed classes, and the dictionary.

The small letter of I is ı, that of İ is i; lower-casing that does not know of it gives i and i with a dot above. So all
are one letter in a key, and the dictionary is asked for every spelling that a key may stand for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from compare.lang.pack import number_stems, words

FOLDS = {"ı": "i", "\u0307": ""}
#: A word with more letters i is looked up with the first so many of them either way.
_TRIED = 5


def folded(lines: str) -> frozenset[str]:
    """Return the keys of a table of words as they are written."""
    return words(lines.translate(str.maketrans(dict[str, str | int | None](FOLDS))))


FREQUENT = tuple("bir ve bu da de için ile çok ne daha gibi kadar olarak sonra ama her var onun değil diye".split())

FUNCTION = folded("""
    bir ve veya ya da de ki ile ise ama fakat ancak lakin çünkü eğer için gibi kadar göre doğru karşı rağmen beri sonra
    önce dolayı üzere ben sen o biz siz onlar beni seni onu bizi sizi onları bana sana ona bize size onlara bende sende
    onda benden senden ondan bizden sizden onlardan benim senin onun bizim sizin onların kendi kendisi kendini kendine
    bu şu bunu şunu buna şuna bunun şunun bunda bundan bunlar şunlar ne kim hangi nasıl niçin neden nerede nereye kimi
    kime daha kimin her bütün tüm bazı hiç hiçbir kimse şey çok az en pek hem ne mi mı mu mü değil yok var evet hayır
    bile dahi artık hâlâ henüz şimdi işte idi imiş iken diye olan olarak olur oldu
""")

HEADINGS = folded("bölüm kısım kitap perde sahne fasıl")

#: For 1 to 20, 30, … 60, as ordinals, which chapters have; after a heading nothing else begins so.
NUMBER_STEMS = number_stems("""
    birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu onbirinci onikinci
    onüçüncü ondördüncü onbeşinci onaltıncı onyedinci onsekizinci ondokuzuncu yirminci otuzuncu kırkıncı ellinci
    altmışıncı
""")


def _known(key: str) -> Iterator[str]:
    """Yield the spellings of a key that the dictionary has, each i as it stands or as ı; first what sounds Turkish."""
    from simplemma import is_known

    spellings, parts = [], key.split("i")
    for letters in itertools.product("iı", repeat=min(len(parts) - 1, _TRIED)):
        joints = (*letters, *"i" * (len(parts) - 1 - len(letters)), "")
        spelling = "".join(part + joint for part, joint in zip(parts, joints, strict=True))
        spellings.append(spelling)
    yield from filter(lambda spelling: is_known(spelling, "tr"), sorted(spellings, key=_disharmony))


def _disharmony(spelling: str) -> int:
    """Count the letters i and ı that do not go with the vowel before them: ı after a, ı, o, u, i after the others."""
    found = [letter for letter in spelling if letter in "aeıioöuü"]
    return sum((one in "aıou") != (two == "ı") for one, two in itertools.pairwise(found) if two in "iı")


def _stem(key: str) -> str:
    """Take off what an apostrophe joins to a name: "ankara'nın"."""
    return key.partition("'")[0] or key


def lemmatise(key: str) -> str:
    """Return the dictionary form by simplemma, which is loaded at the first use; of a name, what its ending leaves."""
    from simplemma import lemmatize

    stem = _stem(key)
    return str(lemmatize(next(_known(stem), stem), "tr"))


def knows(key: str) -> bool:
    """Tell whether simplemma's dictionary has a word."""
    return any(True for _ in _known(_stem(key)))
