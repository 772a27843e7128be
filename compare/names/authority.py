"""The authority file: names of the region and period in all their forms, each with a work in which to look it up."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from rapidfuzz.distance import OSA

from compare.names.edit_model import letters, model
from compare.names.inflection import case_forms, peoples, related, romanised
from compare.names.romanisation import plain


@dataclass(frozen=True, slots=True)
class Known:
    """One entry: Cyrillic forms (the lemma first), older Latin forms, the modern one, and where to look it up.

    `kind`: place, person, or given (a given name with its forms in other languages, which is not one person's).
    """

    name: str
    kind: str
    cyrillic: tuple[str, ...]
    old: tuple[str, ...]
    modern: str
    source: str

    @property
    def latin(self) -> tuple[str, ...]:
        return (*self.old, self.modern)


@functools.cache
def authority() -> tuple[Known, ...]:
    """Read the file that comes with the package; its head says what kind of evidence it is."""
    lines = files("compare.names").joinpath("authority.tsv").read_text("utf-8").splitlines()
    _, *rows = (line for line in lines if not line.startswith("#"))
    entries = []
    for row in rows:
        cyrillic, kind, old, modern, source = row.split("\t")
        forms = tuple(cyrillic.split("; "))
        entries.append(Known(forms[0], kind, forms, tuple(filter(None, old.split("; "))), modern, source))
    return tuple(entries)


@functools.cache
def _by_form() -> Mapping[str, tuple[Known, ...]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for entry in authority():
        for form in dict.fromkeys(fold(f) for f in (*entry.cyrillic, *entry.latin)):
            found[form].append(entry)
    return {form: tuple(entries) for form, entries in found.items()}


@functools.lru_cache(1 << 16)
def fold(name: str) -> str:
    """Fold a form for looking up: case, accents, ё and hyphens do not count."""
    return plain(name).replace("-", " ").replace("'", "").strip()


def look_up(name: str) -> tuple[Known, ...]:
    """Return the entries that list a form, in any script; none for a form that is not known."""
    return _by_form().get(fold(name), ())


def one_name(a: str, b: str) -> bool:
    """Tell whether one entry lists both forms: Angora, Ankara."""
    return any(entry in look_up(b) for entry in look_up(a))


@functools.cache
def _oblique(initial: str) -> Mapping[str, tuple[Known, str, str]]:
    """Map Latin forms with that first letter, which most words spare the others: all together take half a second."""
    forms: dict[str, tuple[Known, str, str]] = {}
    for entry in authority():
        if entry.kind != "place" or " " in entry.name:
            continue
        for cyrillic in map(str.lower, entry.cyrillic):
            if initial not in {form[:1] for form in romanised(cyrillic)}:
                continue
            for form, case in case_forms(cyrillic):
                for written in sorted(romanised(form)):
                    forms.setdefault(written, (entry, form.capitalize(), case))
    return {
        form: known for form, known in forms.items() if len(form) > 4 and not look_up(form) and form not in peoples()
    }


def oblique(name: str) -> tuple[Known, str, str] | None:
    """Return the place of which a Latin form is an oblique Russian case, the form and the case: `oblique("Adani")`."""
    written = plain(name)
    return _oblique(written[:1]).get(written)


#: Log odds that a form must reach to be taken for a slip in one that the file has.
_SLIP = 2.0


@functools.lru_cache(1 << 14)
def nearest(name: str) -> tuple[float, str, Known] | None:
    """Return the form of a place or person nearest to a Latin form: log odds, form, entry; None: none is near."""
    best: tuple[float, str, Known] | None = None
    written = plain(name)
    for known in authority():
        if known.kind == "given" or len(written) < 6:
            continue
        for form in known.latin:
            listed = plain(form)
            if letters(written) == letters(listed):
                return None
            if " " in form or listed[:1] != written[:1] or OSA.normalized_similarity(listed, written) < 0.7:
                continue
            odds = model("latin").logit(*sorted((letters(written), letters(listed))))
            if odds > _SLIP and not related(written, listed) and (best is None or odds > best[0]):
                best = odds, form, known
    return best
