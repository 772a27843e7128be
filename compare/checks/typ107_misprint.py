"""TYP107: words that a misprint or a scan has made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, pairwise

from rapidfuzz.distance import OSA

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import SOURCE, language
from compare.misprints import rescanned
from compare.names.agreement import likeness
from compare.names.exonyms import is_given_name
from compare.values import Collation, Finding, Row, Version
from compare.wordalign.embeddings import lexicon
from compare.words import Word, frequencies, in_dictionary, is_compound, is_function, key, lemma, words

#: Log odds from which on a word spells one of the source, and by how much less than the right one it may.
_SPELLS, _NEARLY = 1.5, 0.5
#: Letters that a word has at least, and how often a version may have it: what comes more often is meant.
_LEAST, _SELDOM = 4, 2
#: Marks between which a word of another language may stand.
_OPENING, _CLOSING = tuple('"“‘«_'), tuple('"”’»_')
#: Letters of the shortest of words that have run together.
_PART = 2


@check("TYP107", mqm="linguistic-conventions/spelling", needs={"knows"}, yields=("NAM", "REP"))
def misprint(analysis: Analysis) -> Iterator[Finding]:
    """A word that a misprint or a scan has made

    Wrong:
    - In the morning it rained. Next [[moming]] he left the house.
    - a: [[Isend]] you a basket of grapes. | b: I send you grapes.
    - a: He went into the [[garcen]]. | b: He went into the garden.
    - a: If God [[isfor]] us. | b: If God is for us.
    Fine:
    - a: He heard neighings. | b: He heard neighing.
    - That morning he put on his sheepskin tulup.
    - a: He drank kvass with the muzhik. | b: He drank kvas with the muzhik.
    - She was a protégée of the amanuensis.
    - a: A coat of microfibre. | b: A coat of microfiber.
    - She gave alms. It is one of my aims.
    - a: He wore a kaftan. | b: He wore a caftan. | ru: На нём был кафтан.
    - a: The rightsholders objected. | b: The rights holders objected.
    - a: He saith: have faith, for faith is all. | b: He says: have faith, for faith is all.

    Only words that the dictionary lacks, that no other version has and that stand once or twice. What they stand for
    occurs in the work: words that have run together, one of them a function word, for others make a compound; one
    that a scan reads so, or one that differs by a letter and that another version has in the row. Capitals inside a
    sentence make a name.

    Score: 0.9 where another version has the right word in the row, 0.75 elsewhere.
    Source: MQM, spelling; letters that scans confuse: `compare.misprints`.
    """
    collation = analysis.collation
    counts = {v.id: _count(v) for v in collation.work.versions}
    used: dict[str, Counter[str]] = {v.lang: Counter() for v in collation.work.versions}
    for version in collation.work.versions:
        used[version.lang] += counts[version.id]
    for version in collation.work.versions:
        others = [v for v in collation.work.versions if v.id != version.id]
        elsewhere = {form for v in others for form in counts[v.id]}
        rare = {form for form, n in counts[version.id].items() if n <= _SELDOM and form not in elsewhere}
        alike = [v.id for v in others if v.lang == version.lang]
        for row in collation.rows:
            if version.id not in row.spans:
                continue
            cell = collation.cell(row, version.id)
            found = words(cell)
            for n, word in enumerate(found):
                if key(word.text) not in rare or not _odd(cell, word, version.lang):
                    continue
                in_others = {key(w.text) for v in alike for w in words(collation.cell(row, v))}
                right = _right(word.text, version.lang, in_others)
                if right and " " not in right and _is_among_foreign(found, n, version.lang):
                    continue
                if (
                    right
                    and all(used[version.lang][w] for w in key(right).split())
                    and not _spells(collation, row, word.text, right)
                ):
                    place = collation.place_in(row, version.id, word.start, word.end)
                    attested = set(key(right).split()) <= in_others
                    yield Finding(
                        check="TYP107",
                        severity="minor",
                        score=0.9 if attested else 0.75,
                        places=(place,),
                        message=f"“{word.text}” is not a word; “{right}” is",
                        suggestion=right,
                        row=row.number,
                    )


def _count(version: Version) -> Counter[str]:
    """Count a version's words by their keys."""
    counts: Counter[str] = Counter()
    for form, n in frequencies(version.text).items():
        counts[key(form)] += n
    return counts


def _odd(cell: str, word: Word, lang: str) -> bool:
    """Tell whether a word is one of letters alone that the dictionary lacks, and no name."""
    text = word.text
    if len(text) < _LEAST or not (text.isalpha() and text.isascii()):
        return False
    if _is_listed(text, lang) or is_compound(text, lang):
        return False
    if cell[: word.start].endswith(_OPENING) and cell.startswith(_CLOSING, word.end):
        return False
    first = not cell[: word.start].strip(" \"'“‘«—") and not is_given_name(text)
    return text.islower() or _ran_into_pronoun(text, lang) or (first and text[1:].islower())


def _is_among_foreign(found: Sequence[Word], n: int, lang: str) -> bool:
    """Tell whether another word in small letters next to a word is in no dictionary either: "qu'avez vous donc"."""
    beside = [*found[max(n - 1, 0) : n], *found[n + 1 : n + 2]]
    return any(w.text.islower() and w.text.isalpha() and not _is_listed(w.text, lang) for w in beside)


def _is_listed(word: str, lang: str) -> bool:
    """Tell whether a word is the dictionary's, or one of its gerunds in the plural: neighings.

    WordNet's words count too: it has what the dictionary lacks, and names: alms.
    """
    return _known(word, lang) or lexicon().knows(key(word), lang) or (word.endswith("ings") and _known(word[:-1], lang))


def _ran_into_pronoun(text: str, lang: str) -> bool:
    """Tell whether a word begins with a pronoun of one capital letter: "Isend"."""
    pronouns = sentences.pronouns if (sentences := language(lang).sentences) else frozenset()
    return text[0] in pronouns and text[1:].islower() and _known(text[1:], lang)


def _spells(collation: Collation, row: Row, word: str, right: str) -> bool:
    """Tell whether a word, and not rather the right one, spells one of the source in other letters: kaftan, кафтан."""
    source = collation.work.source
    if source is None or source.id not in row.spans or source.lang != SOURCE:
        return False
    odds = [(likeness(key(word), base), likeness(key(right), base)) for base in _lemmas(collation.cell(row, source.id))]
    return any(mine >= max(_SPELLS, its - _NEARLY) for mine, its in odds)


def _lemmas(text: str) -> set[str]:
    return {lemma(w.text, SOURCE) for w in words(text) if not is_function(w.text, SOURCE)}


def _known(word: str, lang: str) -> bool:
    return is_function(word, lang) or in_dictionary(word, lang)


def _right(text: str, lang: str, in_others: set[str]) -> str | None:
    """Find what a misprint stands for; None where nothing is likely."""
    if _ran_into_pronoun(text, lang):
        return f"{text[0]} {text[1:]}"
    folded = key(text)
    one_spelling = language(lang).one_spelling or str
    if one_spelling(folded) in {one_spelling(w) for w in in_others}:
        return None
    near = sorted(w for w in in_others if len(w) >= _LEAST and OSA.distance(folded, w) == 1 and _known(w, lang))
    scanned = [w for w in rescanned(folded) if _known(w, lang)]
    either = [w for w in scanned if w in in_others] or near or scanned
    if either:
        return either[0].capitalize() if text[0].isupper() else either[0]
    parts = _parts(folded, {w for w in in_others if len(w) >= _PART and _known(w, lang)})
    if len(parts) > 1 and any(is_function(part, lang) for part in parts):  # else it is a compound
        ends = accumulate(map(len, parts), initial=0)
        return " ".join(text[start:end] for start, end in pairwise(ends))
    return None


def _parts(text: str, known: Set[str]) -> list[str]:
    """Cut a text into known words, as few as may be; an empty list where it cannot be."""
    found: dict[int, list[str]] = {0: []}
    for end in range(1, len(text) + 1):
        ways = [[*parts, text[start:end]] for start, parts in found.items() if text[start:end] in known]
        if ways:
            found[end] = min(ways, key=len)
    return found.get(len(text), [])
