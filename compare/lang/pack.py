"""What a language's pack may hold: the fields of `LANGUAGE`, and helpers to write its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from compare.lang.doubling import Doubling
from compare.lang.numerals import Numerals

_NONE: frozenset[str] = frozenset()


def phrases(text: str) -> frozenset[tuple[str, ...]]:
    """Cut a list of phrases, a comma between them, into words."""
    return frozenset(tuple(phrase.split()) for phrase in text.split(","))


def words(lines: str) -> frozenset[str]:
    """Return the words of a table: `words("to be") == {"to", "be"}`."""
    return frozenset(lines.split())


def number_stems(lines: str) -> dict[str, int]:
    """Number the stems of a table, those of one number separated by commas: 1 to 20, then 30, 40 and so on."""
    return {
        stem: number if number <= 20 else 10 * number - 180
        for number, stems in enumerate(lines.split(), start=1)
        for stem in stems.split(",")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What tells a full stop that ends a sentence from one that does not.

    Abbreviations stand without their last stop and without spaces: «т. е.» is `т.е`. One in lower case stands for
    either case, a capital for itself alone.
    """

    introducing: frozenset[str] = _NONE
    """What they introduce must follow, whatever it begins with: "e.g."."""
    titles: frozenset[str] = _NONE
    """A name must follow: titles, ranks, what places are, first names cut short."""
    numbered: frozenset[str] = _NONE
    """A figure must follow, Arabic or Roman, or a letter: "vol."."""
    final: frozenset[str] = _NONE
    """May end a sentence, and before a capital do: "etc."."""
    units: frozenset[str] = _NONE
    """After a figure a unit of measure or a year, which may end a sentence; elsewhere as their other table says."""
    genitive: frozenset[str] = _NONE
    """A name in the genitive must follow: «завод им. Ленина»."""
    months: frozenset[str] = _NONE
    weekdays: frozenset[str] = _NONE
    lettered: frozenset[str] = _NONE
    """Beginnings of nouns that a capital names, and after which it is no initial: "point B."."""
    longest_initials: int = 9
    """A longer chain of lone capitals is no initials but an acronym, which may end a sentence."""
    starters: frozenset[str] = _NONE
    """Words, as written at its beginning, that begin a sentence far oftener than they follow an initial or title."""
    openers: frozenset[str] = _NONE
    """With these a sentence opens on its time or place: «В 1920 г. Советское правительство …» is one."""
    speech: frozenset[str] = _NONE
    """What a speaker does between two pieces of direct speech: `"Who is there?" Anna asked.`"""
    pronouns: frozenset[str] = _NONE
    """Words of one capital letter, which are no initials: "I"."""
    before_pronouns: frozenset[str] = _NONE
    """What such a word ends a sentence after: "than I"."""
    figure_endings: frozenset[str] = _NONE
    """Letters that a figure may have after a hyphen: «20-х»."""
    genitive_endings: frozenset[str] = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """How a language denies. Words are keys, half denials lemmas or keys; patterns are searched without case."""

    verbal: frozenset[str]
    """Words that deny what is done or how something is: "not"."""
    other: frozenset[str] = _NONE
    """Words that deny otherwise: "nobody"."""
    concord: frozenset[str] = _NONE
    """Words that stand with a denial of the same clause and add none: «никто не пришёл»."""
    before: frozenset[str] = _NONE
    """Words that deny the word of content that follows: "without"."""
    between: int = 0
    """How many words may stand between them."""
    counted: frozenset[str] = _NONE
    """Words, as keys or lemmas, that faithful versions of one passage have equally many of: the class `denial`."""
    ending: str = ""
    """What a word ends with that holds a denial: "n't"."""
    within: Callable[[str], bool] = field(default=lambda word: False)
    """Whether a word holds a denial in another way: «n'arriva», «gelmedi»."""
    halves: frozenset[str] = _NONE
    """Words that may answer a denial of another text: "hardly", "fail"."""
    half_forms: str = r"(?!)"
    """What a lemma looks like that denies by its beginning or end: "impossible"."""
    seeming: str = r"(?!)"
    """What a lemma begins with that only looks so: "island"."""
    idle: str = r"(?!)"
    """Turns in which a denial denies nothing, or only until something: "not only"."""

    def denies_verb(self, word: str) -> bool:
        """Tell whether a word, by its key, denies what is done or how something is."""
        return word in self.verbal or bool(self.ending and word.endswith(self.ending)) or self.within(word)

    def denies_next(self, word: str) -> bool:
        """Tell whether a word, by its key, denies the word of content that follows."""
        return word in self.before or bool(self.ending and word.endswith(self.ending))


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What the program knows of a language; a part that is empty is not known."""

    code: str
    """ISO 639-1."""
    scripts: tuple[str, ...] = ("LATIN",)
    """What it is written in, by the first word of the letters' Unicode names."""
    alphabet: str = ""
    """Its small letters; where letters tell it from its neighbours, these are all that it has."""
    old_letters: str = ""
    """Letters of its older spelling; a text that has the first of them has all."""
    modern: Callable[[str], str] | None = None
    """From a word's key in an older spelling to the one of today; of any other word the key itself."""
    spelled_old: Callable[[str], bool] | None = None
    """Whether a word, by its key, shows the older spelling."""
    spelled_new: Callable[[str], bool] | None = None
    """Whether a word, by its key, cannot be of the older spelling."""
    today: Callable[[str], str] | None = None
    """From an archaic word, in small letters, to its form of today ("saith", "says"); of any other the word itself."""
    vowels: str = ""
    """Small letters one of which every word has that is no abbreviation; letters that are no consonants count."""
    letters: Mapping[str, float] = field(default_factory=dict)
    """Its small letters in a thousand, by which an eight-bit encoding shows."""
    folds: Mapping[str, str] = field(default_factory=dict)
    """What does not tell words apart: `{"ё": "е"}`; folded in words of every language."""
    frequent: tuple[str, ...] = ()
    """Some 25 words that are frequent in it and rare in its neighbours, by which a text shows its language."""
    function_words: frozenset[str] = _NONE
    """Keys of its closed classes: articles, pronouns, prepositions, auxiliaries."""
    set_phrases: frozenset[tuple[str, ...]] = frozenset()
    """Keys of words that mean something only together, as a conjunction or a preposition: "in order to"."""
    lemmatise: Callable[[str], str] | None = None
    """From a word's key to its dictionary form; the word itself where the dictionary lacks it."""
    readings: Callable[[str], Iterable[str]] | None = None
    """From a word's key to every dictionary form that it may be a form of, the likeliest first."""
    parses: Callable[[str], tuple[Any, ...]] | None = None
    """From a word's key to its readings with their grammar, by pymorphy3, the likeliest first; at least one."""
    knows: Callable[[str], bool] | None = None
    """Whether its dictionary has a word, by its key."""
    stated_by_name: bool = False
    """Whether a column or file named by its code states it even where the text says nothing."""
    ordinals: bool = False
    """Whether an ordinal is a figure with a full stop: »am 3. Mai«."""
    sentences: Sentences | None = None
    negation: Negation | None = None
    headings: frozenset[str] = _NONE
    """Words before the number of a chapter: "part"."""
    number_stems: Mapping[str, int] = field(default_factory=dict)
    """How the words for 1 to 20, 30, … 60 begin, cardinal and ordinal, as they number chapters."""
    word_classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Closed classes as keys or lemmas: of meaning, by their names in `compare.wordalign.vocabulary.CLASSES`, and the
    small words that a variant may consist of: "article", "auxiliary", "pronoun"."""
    inflected: bool = False
    """Whether two forms of one word stand together as a matter of course: «друг друга»."""
    doubling: Doubling | None = None
    """What it says twice by right."""
    numerals: Numerals | None = None
    """Its number words and units of measure."""
    one_spelling: Callable[[str], str] | None = None
    """Brings the spellings that two countries have of a word to one: "fibre" and "fiber"."""
    spaced_marks: str = ""
    """Marks that a space separates from the word before them, as French typesetting does: ";:!?"."""
    never_before: Mapping[str, str] = field(default_factory=dict)
    """Words, as written, that cannot stand before a mark, with these marks: `{"the": ",;:.!?"}`."""
    clitics: frozenset[str] = _NONE
    """What an apostrophe joins to a word, with the letters that must stand before it: "'s", "n't"."""
    models: bool = False
    """Whether the learned files, word vectors and what judges meaning by them, were made with texts in it."""

    def offers(self, parts: Iterable[str]) -> bool:
        """Tell whether none of these parts is empty."""
        return all(getattr(self, part) for part in parts)
