"""NAM701: a title that is dropped, added, or comes and goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import SOURCE
from compare.messages import and_more
from compare.names import Mention, NameIndex
from compare.names.detect import is_common, titles
from compare.names.lemmas import lemma
from compare.values import Collation, Finding, Place, Row
from compare.words import key, parses, words

#: Titles that stand after a name and are felt to be part of it.
_PART_OF_NAME = frozenset({"pasha", "bey", "effendi", "agha", "khan"})
#: Ranks that stand for each other between the languages: царь is a king in the Bible, князь a duke.
_ONE_RANK = (
    frozenset({"king", "tsar", "emperor"}),
    frozenset({"queen", "tsarina", "empress"}),
    frozenset({"prince", "duke", "grand", "count"}),
    frozenset({"princess", "duchess", "countess"}),
    frozenset({"commander", "captain", "major", "general"}),
)
#: Courtesy and kinship, which every language has its own habits of saying, and posts, which describe what one does.
_NO_RANK = frozenset(
    """mister missis miss messrs monsieur sir lady lord saint father mother brother sister uncle aunt reverend citizen
    comrade minister ambassador consul president deputy commissar commander pope""".split()
)


@check("NAM701", mqm="accuracy/omission")
def title(analysis: Analysis) -> Iterator[Finding]:
    """Title of a person dropped or added against the source; or a title after a name that comes and goes.

    Wrong:
    - Then Bekir Sami-bey wrote. [[Bekir Sami]] came to Moscow. Bekir Sami-bey left.
    - ru: Вошел генерал Дроздов. | en: In came [[Drozdov]].

    Fine:
    - Then Bekir Sami-bey wrote. Bekir Sami-bey left.
    - ru: Вошел генерал Дроздов. | en: In came General Drozdov.
    - ru: Вошел генерал Дроздов. | en: In came Drozdov, the general.
    - ru: Вошел князек, гусар Дроздов. | en: In came Prince Drozdov, a hussar.
    - ru: Пришел Сергей Дроздов, заместитель министра. | en: Deputy Minister Sergei Drozdov came.

    Neutral throughout: of twelve that were read in unknown works no reader would have them mended.

    Score: 0.6 against the source; 0.5 for a title that comes and goes inside a version.
    Source: Chicago Manual of Style 8.19–8.33.
    """
    collation = analysis.collation
    names = analysis.names
    for version in collation.work.versions:
        if version.id == names.source:
            continue
        yield from _comes_and_goes(collation, names, version.id)
        again: defaultdict[tuple[str, str], list[tuple[Mention, Mention]]] = defaultdict(list)
        for row in collation.rows:
            for what, bearer, ours, theirs in _against_source(collation, names, version.id, row):
                again[what, bearer].append((ours, theirs))
        for (what, _), pairs in again.items():
            yield _finding(collation, version.id, what, pairs)


def _finding(collation: Collation, version: str, what: str, pairs: Sequence[tuple[Mention, Mention]]) -> Finding:
    """Tell once what a version does with a person's title, however often."""
    source = collation.work.source
    assert source is not None
    (ours, theirs), *more = pairs
    others = (_place(collation, version, mention) for mention, _ in more)
    return Finding(
        check="NAM701",
        severity="neutral",
        score=0.6,
        places=(_place(collation, version, ours), _place(collation, source.id, theirs), *others),
        message=f"{version} {what} of {theirs.span.of(source.text)}{and_more(len(more))}",
    )


def _against_source(
    collation: Collation, names: NameIndex, version: str, row: Row
) -> Iterator[tuple[str, str, Mention, Mention]]:
    """Give what a version does with a title in a row, the bearer's last name, and the mentions of both."""
    source = names.source
    if source is None:
        return
    for ours in names.by_row.get((version, row.number), ()):
        if any(is_common(word.text) for word in ours.words):
            continue  # General Practitioners
        same = [m for m in names.by_row.get((source, row.number), ()) if _shares(names, version, ours, source, m)]
        for theirs in same[:1]:
            dropped, added = set(theirs.titles) - _NO_RANK, set(ours.titles) - _NO_RANK
            if dropped:
                dropped -= _ranks(collation, version, row)
            if added:
                added -= _ranks(collation, source, row)
            if (dropped or added) and not (theirs.titles and ours.titles):
                what = f"drops the title {min(dropped)}" if dropped else f"adds the title {min(added)}"
                yield what, theirs.words[-1].lemma, ours, theirs


def _shares(names: NameIndex, version: str, ours: Mention, source: str, theirs: Mention) -> bool:
    """Tell whether two mentions have a name in common."""
    meant = _entries(names, source, theirs)
    return any((entry := names.entry(version, word)) and entry in meant for word in ours.words)


def _ranks(collation: Collation, version: str, row: Row) -> set[str]:
    """Return the ranks of which a version speaks in a row or next to it, with those that stand for them elsewhere."""
    russian = collation.work.version(version).lang == SOURCE
    near = collation.rows[max(0, row.number - 2) : row.number + 1]
    text = " ".join(collation.cell(each, version) for each in near if version in each.spans)
    return _alike({titles()[word] for word in _folded(text, russian=russian) if word in titles()})


def _alike(ranks: set[str]) -> set[str]:
    """Add to ranks those that the other language may call them by."""
    return ranks.union(*(group for group in _ONE_RANK if group & ranks))


def _comes_and_goes(collation: Collation, names: NameIndex, version: str) -> Iterator[Finding]:
    bearers: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in names.mentions[version]:
        if len(mention.words) > 1:
            bearers[tuple(w.lemma for w in mention.words)].append(mention)
    for mentions in bearers.values():
        titled = [m for m in mentions if _PART_OF_NAME & set(m.titles)]
        bare = [m for m in mentions if not m.titles]
        if titled and bare:
            places = [_place(collation, version, m) for m in bare]
            with_title = _place(collation, version, titled[0])
            yield Finding(
                check="NAM701",
                severity="neutral",
                score=0.5,
                places=(places[0], with_title, *places[1:]),
                message=f"“{with_title.text}” ({len(titled)}×) and “{places[0].text}” ({len(bare)}×): "
                "the title comes and goes",
            )


def _entries(names: NameIndex, version: str, mention: Mention) -> list[object]:
    return [entry for word in mention.words if not _is_adjective(word.text) and (entry := names.entry(version, word))]


def _is_adjective(word: str) -> bool:
    return not word.isascii() and "ADJF" in parses(word)[0].tag and "Surn" not in parses(word)[0].tag


def _folded(text: str, *, russian: bool = False) -> list[str]:
    parts = [part for w in words(text) for part in (w.text, *w.text.split("-"))]  # премьер-майор is a major
    return [lemma(part) if russian else key(part) for part in parts]


def _place(collation: Collation, version: str, mention: Mention) -> Place:
    return collation.place(version, mention.span.start, mention.span.end)
