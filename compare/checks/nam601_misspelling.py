"""NAM601: a misspelling, shown by the authority file, the source or another version."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA, Indel

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT
from compare.names import NameIndex
from compare.names.agreement import likeness
from compare.names.authority import Known, look_up, nearest
from compare.names.detect import is_common
from compare.names.index import Entry, Spelling
from compare.names.inflection import is_people, related, singular
from compare.names.romanisation import plain
from compare.names.unread import Written, written
from compare.values import Finding
from compare.wordalign.unread_source import UnreadSource
from compare.words import in_dictionary, is_archaic, parses

#: Log odds above which a spelling is fit for its Cyrillic; how much fitter another version's must be.
_FIT, _FITTER = 0.0, 3.0
#: What a Russian name may end in that its dictionary form lacks.
_ENDINGS = frozenset("аеуыоя")
#: Letters from which on two slips may part a misspelling from the name.
_LONG = 8
#: So many names of a version must stand in the authority file before the file is asked about its other names.
_AT_HOME = 3
#: How like a name, 0 to 1, its misspelling is.
_LIKE = 0.6


@check("NAM601", mqm="terminology/inconsistent-with-terminology-resource")
def misspelling(analysis: Analysis) -> Iterator[Finding]:
    """Likely misspelling or misreading of a name.

    Either the authority file has a name of the region and period that differs slightly, or the spelling is an odd one
    for the source's name while another version's is not, or has it letter for letter. The latter is neutral in English
    of another age, whose names follow other traditions.

    Wrong:
    - Turkish troops from Angora and Trebizond took Kut-el-Amar and captured General [[Townsgend]].
    - ru: В Кирюшкином переулке. | en: In Kirushkin Alley. | en-b: In [[Kirinshkin]] Lane.
    - de: Herr Rautenfeld kam nicht. | en: Mr [[Rautenfield]] did not come. | en-b: Mr Rautenfeld did not come.

    Fine:
    - Turkish troops from Angora and Trebizond took Kut-el-Amar and captured General Townshend.
    - Halil went from Angora to Trebizond with Townley.
    - en: Angora, Trebizond, Batum and Samsung. | en-b: Angora, Trebizond, Batum and Samsung.
    - de: Friedrich schwieg. | en: He saw that Frederick was silent. | en-b: He saw that Friedrich was silent.

    Score: by the authority file, how likely the two spellings are one name; 0.65 by another version.
    Source: the authority file of the package, each entry with its own source.
    """
    collation = analysis.collation
    names = analysis.names
    for version in collation.work.versions:
        if version.id == names.source:
            continue
        # A spelling that is not the version's own usual one is NAM101's.
        here = [(entry, main) for entry in names.entries if (main := entry.main(version.id))]
        at_home = sum(any(known.kind != "given" for known in look_up(s.key)) for _, s in here) >= _AT_HOME
        for entry, spelling in here:
            if look_up(spelling.key) or look_up(singular(spelling.key)) or is_people(spelling.key) or entry.settled:
                continue
            if spelling.text.removesuffix("s").isupper():
                continue  # an abbreviation may be made of the translated words
            asked = (at_home or entry.known) and not _is_shared(entry, version.id, spelling)
            judged = _by_authority(entry, spelling) if asked else None
            if judged:
                score, form, known = judged
                yield Finding(
                    check="NAM601",
                    severity="minor",
                    score=score,
                    places=spelling.places,
                    message=f"“{spelling.text}” is likely a slip for “{form}”; see {known.source}",
                    suggestion=form,
                )
            elif right := _by_other(names, entry, version.id, spelling) or (
                _by_letters(names, analysis.unread_source, version.id, spelling) if analysis.unread_source else None
            ):
                yield Finding(
                    check="NAM601",
                    severity="neutral" if is_archaic(version.text, version.lang) else "minor",
                    score=0.65,
                    places=(spelling.places[0], right.places[0], *spelling.places[1:]),
                    message=f"“{spelling.text}” is an odd form of {entry.name if entry.group.lemma else right.text}; "
                    f"{right.places[0].version} has “{right.text}”",
                    suggestion=right.text,
                )


def _is_shared(entry: Entry, version: str, spelling: Spelling) -> bool:
    """Tell whether another text writes the name so: two do not slip alike, and Samsung is no slip for Samsoun."""
    return any(s.key == spelling.key for id, spellings in entry.spellings.items() if id != version for s in spellings)


def _by_authority(entry: Entry, spelling: Spelling) -> tuple[float, str, Known] | None:
    if is_common(spelling.text) or (entry.group.lemma and not entry.known):
        return None
    found = nearest(spelling.key)
    if found is None or (entry.known and entry.known is not found[2]):
        return None
    odds, form, known = found
    return 1 / (1 + math.exp(-odds)), form, known


def _by_other(names: NameIndex, entry: Entry, version: str, spelling: Spelling) -> Spelling | None:
    """Return a spelling that as many versions have and that can come from the lemma, if this one cannot and is rare."""
    if not entry.group.lemma:
        return None
    lemmas = _may_be_lemmas(names, entry)
    odds = _fit(spelling, lemmas)
    if odds >= _FIT or len(spelling) > 3:
        return None
    mains = {id: main for id in entry.spellings if id != names.source and (main := entry.main(id))}
    counts = Counter(plain(main.key) for main in mains.values())
    for id, main in mains.items():
        if counts[plain(main.key)] < counts[plain(spelling.key)]:
            continue  # what most versions have is tradition: Heshbon, Есевон
        if id == version or _fit(main, lemmas) <= odds + _FITTER:
            continue
        slips = 2 if max(len(spelling.key), len(main.key)) >= _LONG else 1
        if OSA.distance(plain(main.key), plain(spelling.key)) <= slips and not related(main.key, spelling.key):
            return main
    return None


def _fit(spelling: Spelling, lemmas: Iterable[str]) -> float:
    return max(likeness(plain(spelling.key), lemma) for lemma in lemmas)


def _may_be_lemmas(names: NameIndex, entry: Entry) -> set[str]:
    """Return what may be the source's name: its lemma and, where no dictionary has it, its forms without an ending."""
    lemma = entry.group.lemma
    if any(reading.is_known for reading in parses(lemma)):
        return {lemma}
    forms = {lemma, *(spelling.key for spelling in entry.spellings.get(names.source or "", ()))}
    return forms | {form[:-1] for form in forms if form[-1] in _ENDINGS}


def _by_letters(names: NameIndex, source: UnreadSource, version: str, spelling: Spelling) -> Spelling | None:
    """Return the spelling in other versions that the source writes rather than this one, much like it.

    A form that the dictionary has is not one of the source: Frederick, Munich.
    """
    if in_dictionary(spelling.key, DEFAULT):
        return None
    here = {s.key for entry in names.entries for s in entry.spellings.get(version, ()) if {*s.rows} & {*spelling.rows}}
    found = [
        other
        for entry in names.entries
        for id, spellings in entry.spellings.items()
        for other in spellings
        if id != version
        and other.key not in here
        and not related(other.key, spelling.key)
        and _unmarked(other.key) != _unmarked(spelling.key)
        and Indel.normalized_similarity(other.key, spelling.key) >= _LIKE
        and (shared := {*spelling.rows} & {*other.rows})
        and max(_written(source, shared, other.text)) > max(_written(source, spelling.rows, spelling.text))
    ]
    return max(found, key=len, default=None)


def _written(source: UnreadSource, rows: Iterable[int], name: str) -> list[Written]:
    return [written(source, row - 1, name) for row in rows]


def _unmarked(name: str) -> str:
    """Take the marks off vowels, however they are written: "müller", "mueller" and "muller" are one."""
    return re.sub("([aou])e", r"\1", plain(name))
