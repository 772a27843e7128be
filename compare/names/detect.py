"""Find the names of a text by capitals, titles and morphology; no model is needed.

English and other Latin texts: a capital that does not merely open a sentence, weighed against the same word written
small elsewhere in the text. Russian: capitals and the readings of pymorphy3, reduced to the lemma.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from compare.lang import DEFAULT, SOURCE, language
from compare.names.authority import look_up
from compare.names.exonyms import is_given_name
from compare.names.inflection import peoples
from compare.names.lemmas import lemma, lemmas_of_text, may_be_name, reads_as_name
from compare.names.romanisation import plain as unaccented
from compare.remembered import remembered
from compare.values import Span
from compare.words import PARAGRAPH, Word, is_blank, is_function, key, parses, words

#: Small words that stand inside a name: "Ivan von Kraft", "Kut el Amara".
PARTICLES = frozenset("von van der den de du des della del di da la le el al ibn bin ben abu oglu zade ogly".split())
_OF = frozenset({"of", "of the", "and", "&"})
_ROMAN = re.compile(r"[IVXLCDM]+")
#: A word that repeats its first letter: "A-ah".
_STAMMERED = re.compile(r"(\w)(?:-\1)+(?:-?\w)*")
_INITIAL = re.compile(r"[^\W\d_]")
_ENDS = re.compile(r"[.!?…:;]|" + PARAGRAPH + r"|[\"“„«(\[—–]|--|(?<!\w)['‘]")
#: Russian particles that hang on a word by a hyphen.
_CLITICS = frozenset("с то ка де таки тка".split())
_DETERMINERS = frozenset("the a an his her my your our their this that every no".split())
_FOREIGN = frozenset(
    """le les des du un une est et à au aux pour vous je il elle ce qui que pas mon ma mes nous mais dans sur tout bien
    ne ça cette c'est n'est der das und ist ich nicht mit ein eine zu dem auf wie doch aber""".split()
)
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december easter christmas lent""".split()
)


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name: as written without the possessive, where it stands, and the key of its spelling.

    `lemma`: for Russian the dictionary form ("карабах"); for Latin script the word itself, folded.
    """

    text: str
    span: Span
    lemma: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands: `titles` (folded: "pasha") come off; `particles` and initials stay among the words."""

    span: Span
    words: tuple[NameWord, ...]
    titles: tuple[str, ...] = ()
    common: bool = False
    """Whether it is made of dictionary words alone ("Grand National Assembly"): a term rather than a name."""


@functools.cache
def titles() -> dict[str, str]:
    """Return the titles that stand next to names, folded, each with the title that it is a form of."""
    table = files("compare.names").joinpath("titles.tsv").read_text("utf-8").splitlines()[1:]
    return {form: row.split("\t")[0] for row in table for form in row.split("\t")[1].split()}


def find(text: str, segments: Sequence[Span], lang: str) -> list[Mention]:
    """Find the mentions of a text in reading order; `segments` are its sentences."""
    if "CYRILLIC" in language(lang).scripts:
        return list(_russian(text, segments))
    return list(_latin(text, segments, lang))


def _openings(text: str, segments: Iterable[Span], found: Sequence[Word]) -> set[int]:
    """Return the starts of the words whose capital says nothing: first of a sentence, a quotation or a heading."""
    weak: set[int] = set()
    starts, i = [s.start for s in segments], 0
    ends = [s.end for s in segments]
    for n, start in enumerate(starts):
        inside = []
        while i < len(found) and found[i].start < ends[n]:
            if found[i].start >= start:
                inside.append(found[i])
            i += 1
        letters = [w for w in inside if w.text[0].isalpha()]
        if letters and _is_heading(text[start : ends[n]], letters):
            weak.update(w.start for w in letters)
        for before, word in zip([None, *inside], inside, strict=False):
            gap = text[before.end if before else start : word.start]
            if before is None or (_ENDS.search(gap) and not (gap.startswith(".") and _abbreviates(before.text))):
                weak.add(word.start)
    return weak


@functools.lru_cache(1 << 12)
def _abbreviates(word: str) -> bool:
    """Tell whether a word may stand before a point that ends no sentence: an initial, Dr., Gen., not general."""
    title = titles().get(folded := key(word))
    longer = (form for form, other in titles().items() if other == title and len(form) > len(folded) + 1)
    vowelless = not re.search("[aeiouаеиоуыэюя]", folded)
    return len(word) == 1 or (title is not None and (vowelless or any(form.startswith(folded) for form in longer)))


def _is_heading(segment: str, letters: Sequence[Word]) -> bool:
    content = [w.text for w in letters if len(w.text) > 3]
    capitals = sum(w[0].isupper() for w in content)
    return bool(content) and (
        segment.upper() == segment
        or (len(content) > 2 and capitals == len(content) and segment.rstrip()[-1] not in '.!?…”"')
    )


@remembered
def is_common(word: str, lang: str = DEFAULT) -> bool:
    """Tell whether a word is in the language's dictionary as a word that is written small."""
    import simplemma

    folded = key(word)
    if is_function(folded, lang) or folded in _CALENDAR:
        return True
    try:
        return simplemma.is_known(folded, lang) and simplemma.lemmatize(folded, lang)[:1].islower()
    except ValueError:  # a language that simplemma does not know
        return False


def undrawn(word: str) -> str:
    """Return a drawled word without its hyphens and the letters that it repeats: `undrawn("wha-a-t") == "what"`."""
    return re.sub(r"(.)\1+", r"\1", word.replace("-", ""))


def _is_drawled(word: str, lang: str) -> bool:
    """Tell whether hyphens only draw out or break up a small word: "A-ah", "Wha-a-t"."""
    return "-" in word and (_STAMMERED.fullmatch(word) is not None or is_function(undrawn(word), lang))


def bare(word: str) -> str:
    """Take the possessive off: `bare("Karabakh’s") == "Karabakh"`."""
    return re.sub(r"['’ʼ][sS]?$", "", word)


def _latin(text: str, segments: Sequence[Span], lang: str) -> Iterator[Mention]:
    found = [part for word in words(text) for part in _split(word)]
    weak = _openings(text, segments, found)
    strong: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for form, n in Counter(word.text for word in found if not word.text[0].isupper()).items():
        small[key(bare(form))] += n
    for before, word in zip([None, *found], found, strict=False):
        if word.text[0].isupper():
            strong[key(bare(word.text))] += word.start not in weak
            # "the Superintendent": what takes an article is a word, not a name.
            determined = before is not None and key(before.text) in _DETERMINERS
            article = determined and unaccented(bare(word.text)) not in peoples()
            small[key(bare(word.text))] += article and is_common(bare(word.text), lang)

    foreign = _foreign(found) if lang == DEFAULT else set()
    capitals = ((a, b) for a, b in pairwise(found) if a.text[0].isupper())
    follows = {a.start: b.text for a, b in capitals if is_blank(text[a.end : b.start])}

    def is_name(word: Word) -> bool:
        if not word.text[0].isupper():
            return False
        plain = key(bare(word.text))
        if (
            word.start in foreign
            or plain in _CALENDAR
            or _is_drawled(plain, lang)
            or any(is_function(p, lang) for p in (plain, plain.split("'")[0]))
        ):
            return False
        if word.start in weak:
            if strong[plain] > small[plain] or not (strong[plain] or small[plain] or is_common(plain, lang)):
                return True
            return not small[plain] and is_given_name(plain) and follows.get(word.start, "")[:1].isupper()
        return len(plain) > 1 and not _ROMAN.fullmatch(word.text)

    run: list[Word] = []
    for i, word in enumerate(found):
        if not run and not word.text[0].isupper() and key(word.text) not in titles():
            continue  # nine words in ten: no name begins with it
        title = key(word.text) in titles() and word.text[0].isalpha()
        near = not run or _joins(text[run[-1].end : word.start], run[-1])
        initial = bool(_INITIAL.fullmatch(word.text)) and word.text.isupper() and text[word.end : word.end + 1] == "."
        if run and not near:
            yield from _mention(run, small, strong, lang)
            run = []
        following = found[i + 1] if i + 1 < len(found) else None
        numeral = bool(run) and bool(_ROMAN.fullmatch(word.text)) and key(run[-1].text) not in titles()
        if (
            is_name(word)
            or initial
            or numeral
            or (title and (word.text[0].isupper() or run or _leads(text, word, following)))
        ) or (
            key(word.text) in PARTICLES
            and following
            and following.text[0].isupper()
            and (run or word.text[0].isupper())
        ):
            run.append(word)
        else:
            yield from _mention(run, small, strong, lang)
            run = []
            continue
        if word.text.lower().endswith(("'s", "’s")):
            yield from _mention(run, small, strong, lang)
            run = []
    yield from _mention(run, small, strong, lang)


def _foreign(found: Sequence[Word]) -> set[int]:
    """Return the starts of the words that stand in a French or German phrase of an English text."""
    signs = [key(w.text) in _FOREIGN for w in found]
    return {w.start for i, w in enumerate(found) if sum(signs[max(0, i - 3) : i + 4]) >= 2}


def _leads(text: str, title: Word, following: Word | None) -> bool:
    """Tell whether a title written small stands before a name: "comrade Chicherin"."""
    return following is not None and following.text[0].isupper() and _joins(text[title.end : following.start], title)


def _split(word: Word) -> Iterator[Word]:
    """Part a title that hangs on a name by a hyphen, "Sami-bey", and drop a particle: «Лавизу-то», «Шелопаев-с»."""
    head, hyphen, tail = word.text.rpartition("-")
    if hyphen and head[:1].isupper() and (key(bare(tail)) in titles() or (not tail.isascii() and _russian_title(tail))):
        yield Word(head, word.start, word.end - len(tail) - 1)
        yield Word(tail, word.end - len(tail), word.end)
    elif tail in _CLITICS and len(head) > 2:
        yield Word(head, word.start, word.end - len(tail) - 1)
    else:
        yield word


def _joins(gap: str, before: Word) -> bool:
    if gap.startswith("."):
        return (gap == "." or is_blank(gap[1:])) and _abbreviates(before.text)
    return gap in ("", "-") or is_blank(gap)


def _end(word: Word) -> int:
    """Return where a word ends without its possessive; what is not seen in it counts, too."""
    return word.end - len(word.text) + len(bare(word.text))


def _mention(run: list[Word], small: Counter[str], strong: Counter[str], lang: str) -> Iterator[Mention]:
    kept = [w for w in run if key(bare(w.text)) not in titles()]
    while kept and key(kept[-1].text) in PARTICLES and kept[-1].text[0].islower():
        kept.pop()
    proper = [w for w in kept if key(w.text) not in PARTICLES and len(w.text) > 1]
    if not proper:
        return
    ranks = tuple(titles()[key(bare(w.text))] for w in run if key(bare(w.text)) in titles())
    last = run[-1] if run[-1].start > kept[-1].start and key(bare(run[-1].text)) in titles() else kept[-1]
    yield Mention(
        Span(run[0].start, _end(last)),
        tuple(NameWord(bare(w.text), Span(w.start, _end(w)), key(bare(w.text))) for w in kept),
        ranks,
        all(
            is_common(bare(w.text), lang)
            and (len(proper) > 1 or 2 * small[key(bare(w.text))] >= strong[key(bare(w.text))])
            for w in proper
        ),
    )


def _russian(text: str, segments: Sequence[Span]) -> Iterator[Mention]:
    found = [part for word in words(text) for part in _split(word)]
    weak = _openings(text, segments, found)
    lemmas = lemmas_of_text(Counter(key(w.text) for w in found if w.text[0].isupper()))
    strong = Counter(lemma(w.text) for w in found if w.text[0].isupper() and w.start not in weak)
    # Only small words that begin like a capital one can be the same word.
    heads = {key(w.text)[:3] for w in found if w.text[0].isupper()}
    small = Counter(lemma(w.text) for w in found if w.text[0].islower() and key(w.text)[:3] in heads)

    def is_name(word: Word) -> bool:
        if (
            not word.text[0].isupper()
            or (is_function(word.text, SOURCE) and not look_up(word.text))  # Сами is a name, сами a pronoun
            or len(word.text) < 2
            or _ROMAN.fullmatch(word.text)
        ):
            return False
        form = lemma(word.text)
        if word.start not in weak:
            return True
        best = parses(word.text)[0]
        unknown = not best.is_known and len(word.text) > 4 and bool({"NOUN", "ADJF", "PRTF"} & best.tag.grammemes)
        namely = reads_as_name(best) or unknown
        return strong[form] > small[form] or (namely and not small[form])

    run: list[Word] = []
    for i, word in enumerate(found):
        title = _title(word) is not None
        initial = bool(_INITIAL.fullmatch(word.text)) and word.text.isupper() and text[word.end : word.end + 1] == "."
        following = found[i + 1] if i + 1 < len(found) else None
        if run and not _joins(text[run[-1].end : word.start], run[-1]):
            yield from _russian_mention(run, small, lemmas)
            run = []
        numeral = bool(run) and bool(_ROMAN.fullmatch(word.text)) and not _title(run[-1])
        if is_name(word) or initial or numeral or (title and (run or _leads(text, word, following))):
            run.append(word)
        else:
            yield from _russian_mention(run, small, lemmas)
            run = []
    yield from _russian_mention(run, small, lemmas)


def _russian_mention(run: list[Word], small: Counter[str], lemmas: Mapping[str, str]) -> Iterator[Mention]:
    kept = [w for w in run if not _title(w)]
    proper = [w for w in kept if len(w.text) > 1]
    if not proper:
        return
    last = run[-1]
    yield Mention(
        Span(run[0].start, last.end),
        tuple(NameWord(w.text, Span(w.start, w.end), lemmas.get(key(w.text), key(w.text))) for w in kept),
        tuple(rank for w in run if (rank := _title(w))),
        all(small[lemma(w.text)] or not _is_proper(w.text) for w in proper),
    )


def _is_proper(word: str) -> bool:
    return may_be_name(word) or not parses(word)[0].is_known


def _title(word: Word) -> str | None:
    if len(word.text) == 1 and word.text.isupper():
        return None  # an initial: Г. В. Чичерин
    return _russian_title(word.text)


@remembered
def _russian_title(word: str) -> str | None:
    """Return the title that a Russian word is a case of, or None."""
    readings = parses(word)
    if "NOUN" not in readings[0].tag and key(word) not in titles():
        return None  # после is no case of посол
    forms = [key(word), *(key(reading.normal_form) for reading in readings)]
    return next((titles()[form] for form in forms if form in titles()), None)
