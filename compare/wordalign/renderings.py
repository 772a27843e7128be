"""How Russian words are rendered in English: for each lemma the English lemmas that stood for it, where and how often.

Learned from aligned works (`tests/training/renderings.py`); a work's folder may hold a table of its own, which weighs
more. A lemma that is denied is another word: «не скоро» is rendered by "late", and «молодой» under a denial by "not
old"; where both are denied, the words render one another as they would without.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compare import artefacts
from compare.lang import DEFAULT, SOURCE, language, vowels
from compare.remembered import remembered
from compare.values import InputError
from compare.wordalign.embeddings import lexicon
from compare.words import is_function, key, lemma, parses, plain, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: The columns of a table; the last lists `rendering:places:works`, separated by commas.
COLUMNS = ("source", "places", "works", "renderings")
#: The name of a work's own table in its folder.
FILE = "renderings.tsv"
#: What a lemma begins with that is denied.
_DENIED = {SOURCE: "не ", DEFAULT: "not "}
#: What a pair of words is worth before anything was counted, exp(_SLOPE · cosine − _SHIFT), at most _MOST: a share of
#: renderings, as regression on the table itself has it.
_SLOPE, _SHIFT, _MOST = 9.0, 7.5, 0.3
#: For how much weight that prior counts.
_STRENGTH = 2.0
#: Letters that lemmas of one stem begin with at least.
_STEM = 4
#: How much more a place of the work's own table weighs.
_OWN = 4.0


# ---- words ----


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word of content. `lemma` keeps ё; `signed` is the lemma, or the denied one; `at`: which of the text's words."""

    lemma: str
    signed: str
    at: int
    position: float
    """Where in the text it stands, 0 to 1."""
    name: bool
    """Whether it has a capital inside a sentence."""


def content_words(text: str, lang: str, among: Container[int] | None = None) -> list[ContentWord]:
    """Read the words of content of a text, in order; no figures, and no abbreviations without a vowel: "km".

    `among`: of which of the text's words alone; None for all.
    """
    found, negation = words(text), language(lang).negation
    out = []
    for n, word in enumerate(found):
        if among is not None and n not in among:
            continue
        if is_function(word.text, lang) or word.text[0].isdigit() or vowels().isdisjoint(key(word.text)):
            continue
        before = [key(w.text) for w in found[max(n - 1 - (negation.between if negation else 0), 0) : n]]
        denied = negation is not None and any(map(negation.denies_next, before))
        if lang == SOURCE:
            after = found[n + 1].text if n + 1 < len(found) and text[word.end : found[n + 1].start].isspace() else ""
            base = source_lemma(word.text, before[-1] if before else "", after)
        else:
            base = english_lemma(word.text)
        inside = n > 0 and not any(c in '.!?…"“”«»—:' for c in text[found[n - 1].end : word.start])
        signed = _DENIED.get(lang, "") + base if denied else base
        out.append(ContentWord(base, signed, n, (n + 0.5) / len(found), inside and word.text[0].isupper()))
    return out


def source_lemma(word: str, before: str = "", after: str = "") -> str:
    """Return a Russian word's dictionary form, its ё kept.

    Behind a preposition it is no verb or adverb; before a noun it is rather an adjective than a noun: «старого дома».
    """
    parsed = parses(plain(word).casefold())
    if before and _part_of_speech(before) == "PREP":
        parsed = tuple(p for p in parsed if p.tag.POS not in ("VERB", "INFN", "GRND", "ADVB")) or parsed
    if after and parsed[0].tag.POS == "NOUN" and _part_of_speech(after.casefold()) == "NOUN":
        parsed = tuple(p for p in parsed if p.tag.POS == "ADJF") or parsed
    return str(parsed[0].normal_form)


def english_lemma(word: str) -> str:
    """Return an English word's dictionary form; "cometh" is "comes", "craveth" is "craves"."""
    base = lemma(word, DEFAULT)
    if base.endswith("eth") and len(base) > 5:
        stem = base.removesuffix("eth")
        today = [lemma(stem + ending, DEFAULT) for ending in ("s", "es")]
        return next((each for each in today if lexicon().knows(each, DEFAULT)), base)
    return base


@remembered
def _part_of_speech(word: str) -> str:
    return str(parses(word)[0].tag.POS)


_SUFFIXES = (
    "fulness,iness,ness,ously,fully,ally,ily,ly,ing,ment,ation,ition,tion,sion,ity,ty,ous,ful,ish,able,ible,ance,ence,"
    "ant,ent,ive,al,ic,en,er,or,ed,y,e"
).split(",")


@functools.lru_cache(1 << 16)
def family(english: str) -> str:
    """Cut what words are derived by: weak, weakly, weakness and weaken are one family. No less: it denies."""
    for suffix in _SUFFIXES:
        if english.endswith(suffix) and len(english) - len(suffix) >= 4:
            return english.removesuffix(suffix).rstrip("iy")
    return english


# ---- counting ----


@dataclass
class Counts:
    """How often each lemma of one work was rendered by each English lemma."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, russian: str, english: str) -> None:
        """Count a place, the lemmas as `ContentWord.signed` gives them."""
        if russian.startswith(_DENIED[SOURCE]) and english.startswith(_DENIED[DEFAULT]):
            russian, english = russian.removeprefix(_DENIED[SOURCE]), english.removeprefix(_DENIED[DEFAULT])
        self.pairs[russian, english] += 1


def counted(works: Iterable[Counts], few: int = 0) -> str:
    """Write the counts of works as a table, the same text for the same counts; most places first.

    Of lemmas with more than `few` places, 0 for any number, renderings that were seen once are left out: among many
    they are chance.
    """
    places: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for work in works:
        for russian in sorted({one for one, _ in work.pairs}):
            counts[russian, ""] += 1
        for pair, count in work.pairs.items():
            places[pair] += count
            counts[pair] += 1
            places[pair[0], ""] += count
    listed: dict[str, list[tuple[str, int, int]]] = {russian: [] for russian, english in sorted(places) if not english}
    for (russian, english), count in sorted(places.items(), key=lambda item: (-item[1], item[0])):
        if english and (count > 1 or not few or places[russian, ""] <= few):
            listed[russian].append((english, count, counts[russian, english]))
    lines = [
        f"{russian}\t{places[russian, '']}\t{counts[russian, '']}\t" + ", ".join(f"{e}:{n}:{k}" for e, n, k in found)
        for russian, found in listed.items()
    ]
    return "\n".join(["\t".join(COLUMNS), *lines]) + "\n"


# ---- the table ----


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English lemma that stands for a Russian one. `places` in `works`; `weight`: the root of their product."""

    lemma: str
    places: int
    works: int
    weight: float


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is known of a Russian lemma."""

    places: int
    works: int
    renderings: Mapping[str, Rendering]
    """By English lemma, the weightiest first."""
    weight: float
    families: Mapping[str, float]
    """The weight of each family of English lemmas."""


def _made(places: int, works: int, found: Iterable[Rendering]) -> Entry:
    """Make an entry of renderings in any order."""
    ordered = sorted(found, key=lambda r: (-r.weight, r.lemma))
    families: dict[str, float] = {}
    for each in ordered:
        families[family(each.lemma)] = families.get(family(each.lemma), 0.0) + each.weight
    return Entry(places, works, {r.lemma: r for r in ordered}, sum(families.values()), families)


@dataclass(frozen=True, eq=False)
class Table:
    """A table: what each lemma's line says behind it, as `read` gives it, and what its places weigh."""

    lines: Mapping[str, str]
    factor: float = 1.0

    @functools.cached_property
    def stems(self) -> Mapping[str, Sequence[str]]:
        """The lemmas by the letters that they begin with."""
        found: dict[str, list[str]] = {}
        for russian in self.lines:
            found.setdefault(russian[:_STEM], []).append(russian)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Renderings:
    """Tables of renderings added up. Use `load()`."""

    tables: tuple[Table, ...]

    @property
    def own(self) -> list[object]:
        """What is not the program's own of the tables, for what is kept by all that it was made of."""
        return [(table.lines, table.factor) for table in self.tables[1:]]

    def entry(self, russian: str) -> Entry:
        """Return what is known of a lemma; an empty entry for one that was never seen."""
        found = [_entry(t.lines[russian], t.factor) for t in self.tables if russian in t.lines]
        return found[0] if len(found) == 1 else _added(found)

    def kin(self, russian: str) -> Entry:
        """Add up what is known of lemmas that begin alike: a verb's other aspect, what a word is derived from."""
        length = max(_STEM, len(russian) * 2 // 3)
        begun = {w for table in self.tables for w in table.stems.get(russian[:_STEM], ())}
        return _added([self.entry(w) for w in sorted(begun) if w[:length] == russian[:length]])

    def counts(self, russian: str) -> Mapping[str, Rendering]:
        """Return the renderings of a lemma, the weightiest first."""
        return self.entry(russian).renderings

    def probability(self, russian: str, english: str) -> float:
        """Return the share of a lemma's renderings that an English lemma has, 0 to 1, smoothed by word vectors."""
        return float(self.probabilities([russian], [english])[0, 0])

    def probabilities(self, russian: Sequence[str], english: Sequence[str]) -> Floats:
        """Return `probability` for every pair: (russian, english)."""
        out = _STRENGTH * guesses(russian, english)
        for i, one in enumerate(russian):
            entry = self.entry(one)
            for j, two in enumerate(english):
                if found := entry.renderings.get(two):
                    out[i, j] += found.weight
            out[i] /= entry.weight + _STRENGTH
        return out

    def related(self, russian: str, english: str) -> float:
        """Return the share of renderings of the English lemma's family, 0 to 1, not smoothed; 0 where none is known."""
        entry = self.entry(russian)
        return entry.families.get(family(english), 0.0) / max(entry.weight, 1.0)

    def shares(self, russian: Sequence[ContentWord], english: Sequence[ContentWord]) -> Floats:
        """Return by counts alone what share of each word's renderings each English word has: (russian, english).

        Of a word of the same family half the family's share; a denial counts where its own share is the greater.
        """
        import numpy as np

        out = np.zeros((len(russian), len(english)), np.float32)
        for i, one in enumerate(russian):
            plain = self.entry(one.lemma)
            for j, two in enumerate(english):
                found = [share_of(plain, two.lemma)]
                if one.signed != one.lemma and two.signed == two.lemma:
                    found.append(share_of(self.entry(one.signed), two.lemma))
                elif one.signed == one.lemma and two.signed != two.lemma:
                    found.append(share_of(plain, two.signed))
                out[i, j] = max(found)
        return out

    def evidence(self, quoted: str, russian: str, english: str = "", most: int = 3) -> str:
        """Say how a word is rendered: “«слабую» is weak, feeble, faint in 80 of 86 places of ten works; white in none”.

        `quoted`: the word as it stands; `english`: a lemma to say of how often it stands for it. Empty where the word
        was met in fewer than three places, which prove nothing.
        """
        entry = self.entry(russian)
        listed = [r for r in entry.renderings.values() if r.lemma != english][:most]
        if not listed or entry.places < _PROOF:
            return ""
        places = sum(r.places for r in listed)
        text = (
            f"«{quoted}» is {', '.join(r.lemma for r in listed)} in {places} of {entry.places} "
            f"places of {_number(entry.works)} work{'s' * (entry.works != 1)}"
        )
        if english:
            seen = entry.renderings.get(english)
            text += f"; {english} in {seen.places if seen else 'none'}"
        return text


def share_of(entry: Entry, english: str) -> float:
    """Return the share of an entry's renderings that an English lemma has, of one of its family half the family's."""
    if not entry.renderings:
        return 0.0
    found = entry.renderings.get(english)
    weight = max(found.weight if found else 0.0, 0.5 * entry.families.get(family(english), 0.0))
    return weight / (entry.weight + _STRENGTH)


#: Places in which a word was met, at least, for its renderings to be evidence.
_PROOF = 3
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def guess(cosines: Floats) -> Floats:
    """Guess what share of a word's renderings another has whose vector is so near."""
    import numpy as np

    return np.asarray(np.minimum(np.exp(_SLOPE * cosines - _SHIFT), _MOST), np.float32)


def guesses(russian: Sequence[str], english: Sequence[str]) -> Floats:
    """Guess from word vectors alone what share of a lemma's renderings an English lemma has: (russian, english)."""
    import numpy as np

    if not russian or not english:
        return np.zeros((len(russian), len(english)), np.float32)
    one = lexicon().vectors([key(w.removeprefix(_DENIED[SOURCE])) for w in russian], SOURCE)
    two = lexicon().vectors([w.removeprefix(_DENIED[DEFAULT]) for w in english], DEFAULT)
    out = guess(one @ two.T)
    denied = [[w.startswith(_DENIED[x]) for w in side] for x, side in ((SOURCE, russian), (DEFAULT, english))]
    out[np.not_equal.outer(*map(np.array, denied))] = 0
    return np.asarray(out, np.float32)


@functools.lru_cache(1 << 16)
def _entry(line: str, factor: float) -> Entry:
    """Read a line of a table behind its lemma. Raises ValueError for one that is none."""
    places, works, listed = line.split("\t")
    parts = [part.rsplit(":", 2) for part in listed.split(", ") if part]
    found = [Rendering(e, int(n), int(k), factor * math.sqrt(int(n) * int(k))) for e, n, k in parts]
    return _made(int(places), int(works), found)


def _added(entries: Sequence[Entry]) -> Entry:
    """Add up what tables of different works say of one lemma."""
    both: dict[str, Rendering] = {}
    for entry in entries:
        for english, r in entry.renderings.items():
            if other := both.get(english):
                r = Rendering(english, other.places + r.places, other.works + r.works, other.weight + r.weight)
            both[english] = r
    return _made(sum(e.places for e in entries), sum(e.works for e in entries), both.values())


def read(lines: Iterable[str]) -> Mapping[str, str]:
    """Read a table, its heading first: what each lemma's line says behind it."""
    cut = (line.rstrip("\n").partition("\t") for line in lines if line.strip())
    return {russian: rest for russian, _, rest in cut if russian != COLUMNS[0]}


def read_work_table(path: Path) -> Mapping[str, str]:
    """Read a work's own table. Raises InputError for a line that is none."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise InputError(path, "is not UTF-8 text") from None
    table = read(lines)
    for russian, rest in table.items():
        try:
            _entry(rest, _OWN)
        except ValueError:
            raise InputError(path, f"{russian}: {', '.join(COLUMNS)} belong on a line, separated by tabs") from None
    return table


@functools.cache
def _shipped() -> Table:
    return Table(read(artefacts.lines("renderings.tsv.gz")))


def load(folder: Path | None = None) -> Renderings:
    """Return the table that the program ships, with that of a work's folder, `renderings.tsv`, if it holds one."""
    path = folder / FILE if folder else None
    own = (Table(read_work_table(path), _OWN),) if path and path.exists() else ()
    return Renderings((_shipped(), *own))
