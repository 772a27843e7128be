"""TYP109: a word that no dictionary has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.spelling import dictionaries, nearest, speller
from compare.values import Finding
from compare.words import Word, frequencies, in_dictionary, key, words

#: Letters that a word has at least, and how often a version may have it as a slip.
_LEAST, _SELDOM = 3, 2


@check(
    "TYP109",
    mqm="linguistic-conventions/spelling",
    yields=("TYP101", "TYP103", "TYP104", "TYP107", "TYP201", "NAM", "REP"),
    default=False,
    lacks=lambda lang: "" if dictionaries(lang) else f"hunspell dictionary for {lang}",
)
def spelling(analysis: Analysis) -> Iterator[Finding]:
    """A word that no dictionary has

    Wrong:
    - He left the [[huose]] in the morning.
    - a: The [[hosue]] was cold. | b: The house was cold.
    Fine:
    - He left the house in the morning.
    - He saw Xyzzy in the house.
    - a: The kvass was cold. | b: The kvass was in the house.

    By hunspell's dictionaries of the version's language, all that the machine has (`hunspell-en-gb` of Debian and the
    like, or the folders of DICPATH; extra `[spelling]`), and the language pack's own. Silent where there are none.
    Names, and capitals inside a sentence, are left out. It is off by default, for what it says depends on the machine.

    Score: 0.7 for what a version has once or twice, 0.5 for what it has more often; 0.3 if another version has it.
    One finding a word, with all its places. The suggestion is the only word of the dictionary that is one slip away.
    Source: MQM, spelling; hunspell.
    """
    collation = analysis.collation
    forms = {v.id: set(map(key, frequencies(v.text))) for v in collation.work.versions}
    for version in collation.work.versions:
        spelled = speller(version.lang)
        if spelled is None:
            continue
        named = _named(analysis, version.id)
        unknown: defaultdict[str, list[Word]] = defaultdict(list)
        for span in collation.segments[version.id]:
            for k, word in enumerate(words(span.of(version.text))):
                written = word.text if k else word.text[:1].lower() + word.text[1:]
                known = written.islower() and (
                    spelled(written) or spelled(word.text) or in_dictionary(written, version.lang)
                )
                if len(written) >= _LEAST and written.isalpha() and written.islower() and not known:
                    unknown[written].append(Word(word.text, span.start + word.start, span.start + word.end))
        for written, found in unknown.items():
            if key(written) not in named:
                shared = any(key(written) in forms[other] for other in forms if other != version.id)
                yield Finding(
                    check="TYP109",
                    severity="minor",
                    score=0.3 if shared else 0.7 if len(found) <= _SELDOM else 0.5,
                    places=tuple(collation.place(version.id, word.start, word.end) for word in found),
                    message=f"“{found[0].text}” is in no dictionary",
                    suggestion=nearest(written, language(version.lang).alphabet, spelled),
                )


def _named(analysis: Analysis, version: str) -> set[str]:
    """Return the keys of the names of a version, where its language's names are known."""
    names = analysis.reading({"models"}).names
    return {key(word.text) for mention in names.mentions.get(version, ()) for word in mention.words}
