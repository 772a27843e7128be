"""Languages: one folder each, `compare/lang/xx/`, found by discovery, with all that is peculiar to that language.

A pack is a package named by its ISO 639-1 code that holds `LANGUAGE`, of the fields in `compare.lang.pack`. It gives
what it can and leaves the rest empty; a check that needs a part which a version's language leaves empty is silent about
that version. A new language touches its own folder alone.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pkgutil

from compare.lang.others import OTHERS
from compare.lang.pack import Language, Sentences

#: The language of a text that neither its name nor its words give away; that of translations in the learned files.
DEFAULT = "en"
#: The language of the source where texts in several languages beside `DEFAULT` stand together and none is named as the
#: source; that of sources in the learned files.
SOURCE = "ru"


@functools.cache
def codes() -> tuple[str, ...]:
    """Return the languages that have a pack, by code."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if info.ispkg))


@functools.cache
def languages() -> tuple[Language, ...]:
    """Return every pack, by code."""
    return tuple(language(code) for code in codes())


@functools.cache
def vowels() -> frozenset[str]:
    """Return the small letters, of any language, one of which every word has that is no abbreviation."""
    return frozenset("".join(pack.vowels for pack in languages()))


@functools.cache
def language(code: str) -> Language:
    """Return the pack of a language; for a language that has none, what `compare.lang.others` knows of it."""
    if code in codes():
        pack: Language = importlib.import_module(f"{__name__}.{code}").LANGUAGE
        return pack
    return OTHERS.get(code) or Language(code=code)


@functools.cache
def known() -> tuple[Language, ...]:
    """Return every language of which anything is known: those that have a pack, then the others."""
    return (*languages(), *(other for code, other in OTHERS.items() if code not in codes()))


@functools.cache
def any_sentences() -> Sentences:
    """Return the facts of all packs together, for a text in a language that has none of its own."""
    known = [pack.sentences for pack in languages() if pack.sentences]
    tables = {each.name: getattr(known[0], each.name) for each in dataclasses.fields(Sentences)}
    for name, table in tables.items():
        if isinstance(table, frozenset):
            tables[name] = table.union(*(getattr(one, name) for one in known))
    return Sentences(**tables)
