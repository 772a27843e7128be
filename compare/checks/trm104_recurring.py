"""TRM104: a recurring phrase of the source with several renderings."""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT, SOURCE
from compare.names.lemmas import is_known_name
from compare.values import Finding, Place
from compare.words import Word, is_function, key, parses

#: Rows in which a phrase must stand.
_ROWS = 4
#: Least rarity of its two words together, the sum of the logarithms of their ranks.
_RARE = 11.0
#: Share of the rarer word's occurrences in which the two must stand together to be one term.
_BOUND = 0.3
#: Least share of the rows that the usual rendering must have.
_USUAL = 0.6
#: Least likeness of a rendering to its word, by vectors, and words that part two that render a phrase at most.
_ALIKE, _APART = 0.45, 3
#: Least likeness of two English words, by vectors, that may stand for each other though WordNet is silent.
_SYNONYMS = 0.55

Term = tuple[str, str]
#: The lemmas that render a term, and where they stand.
Rendering = tuple[tuple[str, ...], tuple[Place, ...]]


#: For each version and lemma the rows in which it stands.
Cells = Mapping[str, Mapping[str, set[int]]]


@check(
    "TRM104",
    mqm="terminology/inconsistent-use-of-terminology",
    threshold=0.65,
    yields=("TRM101", "TRM103", "TRM201", "SEM", "REP"),
)
def recurring(analysis: Analysis) -> Iterator[Finding]:
    """One recurring phrase of the source with several renderings in a version.

    A phrase is two words that belong together («значительное лицо»): a name for a thing or a person. Its renderings
    are the words nearest in meaning in the cells of its rows. Only a departure from what the version usually says is
    reported. A single word may be rendered as each context asks, and is left to the glossary.

    Wrong:
    - ru: Значительное лицо прибыло. | en: The prominent personage arrived. // ru: Молчало значительное лицо. | en: The
      prominent personage was silent. // ru: Значительное лицо ушло. | en: The [[important]] personage left.
      // ru: Значительное лицо село. | en: The prominent personage sat down. // ru: Значительное лицо вернулось.
      | en: The prominent personage came back.

    Fine:
    - ru: Значительное лицо прибыло. | en: The prominent personage arrived. // ru: Молчало значительное лицо. | en: He
      was silent. // ru: Значительное лицо ушло. | en: The prominent personage left. // ru: Значительное лицо село.
      | en: The prominent personage sat down. // ru: Значительное лицо вернулось. | en: The personage came back.
    - ru: Подписан новый трактат. | en: A new treaty was signed. // ru: Трактат прочли вслух. | en: The treaty was read
      aloud. // ru: Никто не верил в трактат. | en: Nobody believed in the treaty. // ru: Трактат забыли. | en: The
      agreement was forgotten. // ru: Зимой трактат продлили. | en: In winter the treaty was prolonged.

    Score: the share of the phrase's rows, 0 to 1, that have the usual rendering.
    Source: ISO 704 (one concept, one term); ISO 5060.
    """
    collation = analysis.collation
    source = collation.work.source
    if source is None or source.lang != SOURCE:
        return
    settled = {key(term.term) for term in analysis.glossary}
    terms = [(term, rows) for term, rows in _terms(analysis, source.id) if " ".join(term) not in settled]
    cells = _rows_of(analysis)
    for version in collation.work.versions:
        if version.role != "source" and version.lang == DEFAULT:
            reported: set[Place] = set()
            for term, rows in terms:
                yield from _departures(analysis, cells, source.id, version.id, term, rows, reported)


def _terms(analysis: Analysis, source: str) -> list[tuple[Term, dict[int, Place]]]:
    """Find the source's phrases: for each the rows where it stands once, and its place there."""
    collation = analysis.collation
    from compare.wordalign.embeddings import lexicon

    found: defaultdict[Term, defaultdict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    cells = [analysis.lemmas.get((source, row.number), ([], [])) for row in collation.rows]
    counts = Counter(lemma for _, lemmas in cells for lemma in lemmas)
    # nearly all pairs stand together once; what kind of words they are is asked of the others alone
    together = Counter(pair for _, lemmas in cells for pair in itertools.pairwise(lemmas))
    for row, (cell_words, lemmas) in zip(collation.rows, cells, strict=True):
        for (word, lemma), (second, other) in itertools.pairwise(zip(cell_words, lemmas, strict=True)):
            adjacent = second.start == word.end + 1
            if (
                adjacent
                and together[lemma, other] >= _ROWS
                and _may_be_term(word.text, lemma)
                and _may_be_term(second.text, other)
                and _phrase(word, second)
            ):
                found[lemma, other][row.number].append(collation.place_in(row, source, word.start, second.end))
    known = lexicon()
    terms = []
    for term, rows in found.items():
        rarity = sum(known.rarity(lemma, SOURCE) for lemma in term)
        times = sum(map(len, rows.values()))
        bound = times >= _BOUND * min(counts[lemma] for lemma in term)
        small = any(place.text.islower() for places in rows.values() for place in places)
        if small and len(rows) >= _ROWS and rarity >= _RARE and bound:
            terms.append((term, {number: places[0] for number, places in rows.items() if len(places) == 1}))
    return sorted(terms)


@functools.lru_cache(1 << 16)
def _may_be_term(form: str, lemma: str) -> bool:
    plain = len(lemma) > 3 and not is_function(form, SOURCE)
    return plain and parses(form)[0].is_known and not is_known_name(lemma)


def _phrase(one: Word, two: Word) -> bool:
    """Tell whether two words make a noun phrase: adjective and noun, noun and genitive."""
    a, b = parses(one.text)[0].tag, parses(two.text)[0].tag
    adjective = "ADJF" in a and "Apro" not in a and "Anum" not in a
    return "NOUN" in b and (adjective or ("NOUN" in a and "gent" in b))


def _departures(
    analysis: Analysis,
    cells: Cells,
    source: str,
    version: str,
    term: Term,
    rows: dict[int, Place],
    reported: set[Place],
) -> Iterator[Finding]:
    """Yield the renderings of a term that depart from the usual one."""
    near = [_Near(analysis, cells, source, version, lemma, frozenset(rows)) for lemma in term]
    found: dict[int, Rendering] = {}
    for number in rows:
        rendering = _rendering(analysis, version, number, near)
        if rendering:
            found[number] = rendering
    counts = Counter(words for words, _ in found.values())
    usual, times = max(counts.items(), key=lambda item: item[1], default=((), 0))
    if times < max(_ROWS - 1, _USUAL * len(found)):
        return
    model = next(places for words, places in found.values() if words == usual)
    for number, (words, places) in found.items():
        differing = [at for at, (ours, theirs) in enumerate(zip(words, usual, strict=True)) if not _akin(ours, theirs)]
        lemmas = analysis.lemmas[version, number][1]
        if len(differing) != 1 or any(_akin(lemma, usual[differing[0]]) for lemma in lemmas):
            continue
        at = differing[0]
        place, other = places[at], model[at]
        again = counts[words] > 1
        if place not in reported and (again or _interchangeable(words[at], usual[at])):
            reported.add(place)
            yield Finding(
                check="TRM104",
                severity="minor",
                score=times / len(found),
                places=(place, other, rows[number]),
                message=f"“{' '.join(rows[number].text.split())}” is rendered with “{place.text}” here, "
                f"with “{other.text}” in {times} of {len(found)} places",
                suggestion=other.text if place.text[:1].isupper() == other.text[:1].isupper() else None,
                row=number,
            )


class _Near:
    """How near a version's words are to one of the source: by vectors, else (Dice 1945) by the rows that they share."""

    def __init__(
        self, analysis: Analysis, cells: Cells, source: str, version: str, lemma: str, rows: frozenset[int]
    ) -> None:
        self._lemma, self._rows, self._cells = lemma, rows, cells[version]
        self._noun = "NOUN" in parses(lemma)[0].tag
        self._context = {n: _content(analysis.lemmas[source, n][1], SOURCE) for n in rows}

    def __call__(self, number: int, other: str) -> float:
        """Return the likeness of a word in a row, 0 to 1; 0 where another word of the source's cell is nearer."""
        if self._noun and not _may_be_noun(other):
            return 0.0
        if _known(self._lemma, other):
            near = _cosine(self._lemma, other)
            return near if all(_cosine(each, other) <= near for each in self._context[number]) else 0.0
        there: Set[int] = self._cells.get(other, frozenset())
        both = len(self._rows & there)
        return 2 * both / (len(self._rows) + len(there)) if both >= _ROWS - 1 else 0.0


def _rows_of(analysis: Analysis) -> Cells:
    """Return for each version and lemma the rows in which it stands."""
    found: dict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (version, number), (_, lemmas) in analysis.lemmas.items():
        for lemma in lemmas:
            found[version][lemma].add(number)
    return found


def _content(lemmas: Sequence[str], lang: str) -> list[str]:
    return [lemma for lemma in dict.fromkeys(lemmas) if len(lemma) > 2 and not is_function(lemma, lang)]


def _rendering(analysis: Analysis, version: str, number: int, near: Sequence[_Near]) -> Rendering | None:
    """Return what renders a term in a cell; None where nothing is near enough."""
    collation = analysis.collation
    cell_words, lemmas = analysis.lemmas.get((version, number), ([], []))
    expected = set(_content(lemmas, DEFAULT))
    content = [i for i, lemma in enumerate(lemmas) if lemma in expected]
    choices = []
    for chosen in itertools.permutations(content, len(near)):
        if max(chosen) - min(chosen) <= _APART:
            likeness = [each(number, lemmas[i]) for each, i in zip(near, chosen, strict=True)]
            if min(likeness) >= _ALIKE:
                choices.append((round(sum(likeness), 6), chosen))
    if not choices:
        return None
    chosen = max(choices)[1]
    row = collation.rows[number - 1]
    return tuple(lemmas[i] for i in chosen), tuple(
        collation.place_in(row, version, cell_words[i].start, cell_words[i].end) for i in chosen
    )


def _known(russian: str, english: str) -> bool:
    from compare.wordalign.embeddings import lexicon

    return lexicon().knows(russian, SOURCE) and lexicon().knows(english, DEFAULT)


@functools.lru_cache(1 << 18)
def _cosine(russian: str, english: str) -> float:
    """Return how near two words are in meaning, -1 to 1; 0 where the lexicon lacks either."""
    from compare.wordalign.embeddings import lexicon

    known = lexicon()
    if not _known(russian, english):
        return 0.0
    return float(known.vectors([russian], SOURCE)[0] @ known.vectors([english], DEFAULT)[0])


def _may_be_noun(lemma: str) -> bool:
    from compare.wordalign.embeddings import lexicon

    return lexicon().pos(lemma) in "n?"


def _interchangeable(one: str, other: str) -> bool:
    """Tell whether WordNet has two words as synonyms or one as a kind of the other, or their vectors are near."""
    from compare.wordalign.embeddings import lexicon, relation

    known, related = lexicon(), relation(one, other)
    if related or one == other or not (known.knows(one, DEFAULT) and known.knows(other, DEFAULT)):
        return related in ("s", "h", "w")
    a, b = known.vectors([one, other], DEFAULT)
    return float(a @ b) >= _SYNONYMS


def _akin(one: str, other: str) -> bool:
    """Tell whether two words share their beginning: cloak, cloaks; treaty, treaties."""
    return one == other or (min(len(one), len(other)) > 3 and one[:5] == other[:5])
