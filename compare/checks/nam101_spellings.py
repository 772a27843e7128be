"""NAM101: one name with several spellings inside a version."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names import NameIndex
from compare.names.detect import titles
from compare.names.edit_model import letters
from compare.names.index import Entry, Spelling
from compare.names.inflection import ending_left, is_people, related
from compare.names.romanisation import plain
from compare.names.similarity import word_logit
from compare.values import Finding

#: Log odds under which two spellings are nothing like each other; and a spelling and a name of the source, whose form
#: in a list of names may be an oblique one.
_UNLIKE, _FAR = -5.0, -8.0
#: Other versions that must tell two names apart for them to be two.
_PARTED = 2
#: A title in quotation marks: a few words, no sentence and nobody addressed.
_TITLE = re.compile(r'["«„“][^"«»„“”.,:;!?…\n]{1,40}["»”“]')


@check("NAM101", mqm="terminology/inconsistent-use-of-terminology", threshold=0.55)
def spellings(analysis: Analysis) -> Iterator[Finding]:
    """One name with several spellings inside a version.

    Wrong:
    - Then Halil Pasha spoke. [[Khalil]] Pasha left. The army of Halil Pasha stayed.
    - They came from Karabakh. The road to [[Karabagh]] was closed. He saw Karabakh again.

    Fine:
    - They came to Karabakh with Karabekir. The road from Aydin passes Adani.
    - The Karabakhi horses came from Karabakh. Karabakh's hills are green.
    - Turkey wrote, and the Turks answered.
    - He met Panshin and Panshín there.
    - ru: Где Лизавета? | en: Where is Lizaveta? // ru: Немец звал ее Лисафет. | en: The German called her Lisafet.
      // ru: Там Лизавета. | en: There is Lizaveta.
    - ru: Россия ждала. | en: Russia waited. // ru: Об этом сказали на канале «Россия 1». | en: The channel Rossiya 1
      said so. // ru: Он любил Россию. | en: He loved Russia.

    Two names that the source alone writes as one are two: the other versions part them in the same rows.

    Score: the probability that the two spellings are one name, halved where they may be two people's.
    Source: Chicago Manual of Style 8.1; ISO 5060 (inconsistent terminology).
    """
    names = analysis.names
    for entry in names.entries:
        for version, spellings in entry.spellings.items():
            if version == names.source:
                continue
            main = entry.main(version)
            for other in spellings:
                if main is None or other is main or related(other.key, main.key):
                    continue
                if any(ending_left(base.key, other.key) for base in spellings):  # NAM401's
                    continue
                if plain(other.key) == plain(main.key) or _as_the_source(names, entry, main, other):
                    continue
                if _is_title(analysis, entry, other.rows) or _is_abbreviated(main, other):
                    continue
                if _are_side_by_side(names, main, other) or _are_parted(names, entry, version, main, other):
                    continue
                yield Finding(
                    check="NAM101",
                    severity="minor",
                    score=entry.probability((version, main.key), (version, other.key))
                    * (0.5 if entry.two_bearers(main, other) or _are_two_people(entry, main, other) else 1.0),
                    places=(other.places[0], main.places[0], *other.places[1:]),
                    message=f"“{other.text}” ({len(other)}×) and “{main.text}” ({len(main)}×) are one name"
                    + (f", {entry.name}" if entry.name != entry.proposed else ""),
                    suggestion=main.text,
                )


def _as_the_source(names: NameIndex, entry: Entry, main: Spelling, other: Spelling) -> bool:
    """Tell whether the source, too, writes the name otherwise where a spelling stands: Petersburg, Leningrad.

    Two spellings that are nothing like each other are a place's two names unless the source has one and the same.
    """
    if names.source is None:
        return False
    often = Counter(word for row in main.rows for word in _lemmas(names, [row]))
    usual = {word for word, n in often.items() if 2 * n > len(main.rows)}  # not who else a list of names has
    if word_logit(letters(main.key), letters(other.key)) < _UNLIKE:
        here = {word for word in _lemmas(names, other.rows) if names.homes.get((names.source, word)) is entry}
        return not here & usual

    def follows(row: int) -> bool:
        return any(
            word_logit(letters(other.key), letters(word)) > max(word_logit(letters(main.key), letters(word)), _FAR)
            for word in _lemmas(names, [row]) - usual
        )

    return all(map(follows, other.rows))


def _are_two_people(entry: Entry, main: Spelling, other: Spelling) -> bool:
    """Tell whether two forms of a given name are a man's and a woman's, or stand beside two surnames.

    Titles and peoples are no surnames: Russian President Vladimir, Ukrainian President Volodymyr.
    """
    if not entry.known or entry.known.kind != "given":
        return False
    here, there = (
        {word for word in spelling.neighbours if word not in titles() and not is_people(word)}
        for spelling in (main, other)
    )
    alike = any(word_logit(letters(x), letters(y)) > 0 for x in here for y in there)
    return main.key.endswith("a") != other.key.endswith("a") or bool(here and there and not alike)


def _are_side_by_side(names: NameIndex, main: Spelling, other: Spelling) -> bool:
    """Tell whether a spelling stands nowhere without the other, where the source has two names: Hermas, Hermes."""

    def alike(row: int) -> set[str]:
        both = [letters(s.key) for s in (main, other)]
        return {w for w in _lemmas(names, [row]) if any(word_logit(each, letters(w)) > _UNLIKE for each in both)}

    return all(row in main.rows and len(alike(row)) > 1 for row in other.rows)


def _are_parted(names: NameIndex, entry: Entry, version: str, main: Spelling, other: Spelling) -> bool:
    """Tell whether other versions, two or more and all that have both, spell it otherwise in the same rows.

    It is the source that has one name for two then: Хусий is Hushai and the Cushite.
    """
    parted = []
    for each, spellings in entry.spellings.items():
        if each not in (version, names.source):
            here, there = (
                {s.key for s in spellings if not rows.isdisjoint(s.rows)} for rows in (set(other.rows), set(main.rows))
            )
            if here and there:
                parted.append(here.isdisjoint(there))
    return len(parted) >= _PARTED and all(parted)


def _is_abbreviated(main: Spelling, other: Spelling) -> bool:
    """Tell whether one of two spellings is an abbreviation of the name and not of the other: PRC, China."""
    unlike = word_logit(letters(main.key), letters(other.key)) < _UNLIKE
    return unlike and main.text.isupper() != other.text.isupper()


def _is_title(analysis: Analysis, entry: Entry, rows: Iterable[int]) -> bool:
    """Tell whether in all of some rows the source has the name at the head of a title: телеканал «Россия 1».

    A newspaper, a ship or a channel keeps its sound where the country that it is named after has an English name.
    """
    names, source = analysis.names, analysis.collation.work.source
    if source is None:
        return False

    def quoted(row: int) -> bool:
        mentions = (m for m in names.by_row.get((source.id, row), ()) if names.entry(source.id, m.words[0]) is entry)
        return any(_TITLE.match(source.text, m.span.start - 1) for m in mentions if m.span.start)

    return all(map(quoted, rows))


def _lemmas(names: NameIndex, rows: Iterable[int]) -> set[str]:
    """Return the names that the source has in some rows."""
    return {w.lemma for row in rows for m in names.by_row.get((names.source or "", row), ()) for w in m.words}
