"""Russian names by the dictionary: whether a word is a name, and of which dictionary form it is a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compare.names.authority import look_up
from compare.remembered import remembered
from compare.words import key, parses

#: Tags of OpenCorpora: a given name, a surname, a patronymic, a place; and an organisation.
_PEOPLE = ("Name", "Surn", "Patr")
_PEOPLE_AND_PLACES = (*_PEOPLE, "Geox")
_NAMES = (*_PEOPLE_AND_PLACES, "Orgn")


def reads_as_name(reading: Any) -> bool:
    """Tell whether a reading, one of `compare.words.parses`, is a name's."""
    return any(tag in reading.tag for tag in _NAMES)


def may_be_name(word: str) -> bool:
    """Tell whether a Russian word is a name in one of its readings, known or guessed."""
    return any(reads_as_name(reading) for reading in parses(word))


def is_of_person(word: str) -> bool:
    """Tell whether a Russian word is a person's name by its likeliest reading, known or guessed."""
    return any(tag in parses(word)[0].tag for tag in _PEOPLE)


def is_known_name(word: str) -> bool:
    """Tell whether a Russian word is in the dictionary as a name of a person or place."""
    return any(_known_readings(word))


def is_only_name(word: str) -> bool:
    """Tell whether the dictionary has a Russian word as such a name and as nothing else (not восток, роман)."""
    readings = _known_readings(word)
    return bool(readings) and all(readings)


@remembered
def _known_readings(word: str) -> tuple[bool, ...]:
    """Tell for each reading that the dictionary has whether it is a person's or a place's name."""
    return tuple(any(tag in r.tag for tag in _PEOPLE_AND_PLACES) for r in parses(word) if r.is_known)


@remembered
def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms that a Russian name may have, folded, the likeliest first.

    A woman's patronymic is its own lemma: `lemmas("Ивановны")[0] == "ивановна"`.
    """
    readings = parses(word)
    names = [r for r in readings if reads_as_name(r)]
    # Иванов is a surname before it is many an Ivan's.
    names = [r for r in names if not ("Name" in r.tag and "plur" in r.tag)] or names
    found = []
    for reading in names or readings:
        woman = reading.inflect({"nomn", "sing", "femn"}) if "Patr" in reading.tag and "femn" in reading.tag else None
        found.append(key(woman.word if woman else reading.normal_form))
    return tuple(dict.fromkeys([*_listed_stems(key(word)), *found] if not names else found))


def _listed_stems(word: str) -> list[str]:
    """Return the names of the authority file of which an unknown word may be a case: Зангезура, Кемаля."""
    stems = (word[: len(word) - cut] + end for cut in (1, 2, 3) for end in ("", "а", "я", "ь", "й"))
    return [stem for stem in stems if len(stem) > 3 and stem != word and look_up(stem)] if not look_up(word) else []


def lemma(word: str) -> str:
    """Return the likeliest dictionary form of a Russian name, folded: `lemma("Лаврецкого") == "лаврецкий"`."""
    return lemmas(word)[0]


def lemmas_of_text(forms: Mapping[str, int]) -> dict[str, str]:
    """Choose for each form of a text, counted, the lemma that explains most of the forms; the more likely one if equal.

    A lemma that is no known name ("лемма" for the musician Лемм) gives way to the form that the text has most often.
    """
    support: dict[str, int] = {}
    for form, count in forms.items():
        for each in lemmas(form):
            support[each] = support.get(each, 0) + count + (len(forms) if look_up(each) else 0)
    chosen = {form: max(lemmas(form), key=lambda each: (support[each], each in forms)) for form in forms}
    commonest: dict[str, str] = {}
    for form, count in sorted(forms.items()):
        if count > max(2, forms.get(commonest.get(chosen[form], ""), 0)):
            commonest[chosen[form]] = form

    def shown(lemma: str) -> str:
        common = commonest.get(lemma, lemma)
        times = forms.get(common, 0)
        named = is_known_name(lemma) or bool(look_up(lemma)) or 3 * forms.get(lemma, 0) >= times
        return common if not named and (parses(lemma)[0].is_known or times >= 20) else lemma

    return {form: shown(lemma) for form, lemma in chosen.items()}
