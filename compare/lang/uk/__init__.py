"""Ukrainian."""

from __future__ import annotations

from compare.lang.pack import Language
from compare.lang.uk import doubling, morphology, negation, numerals, sentences, words

LANGUAGE = Language(
    code="uk",
    scripts=("CYRILLIC",),
    alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    vowels="аеєиіїоуьюя",
    letters={"і": 50, "ї": 6, "є": 4, "ґ": 1},
    stated_by_name=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    inflected=True,
    function_words=words.FUNCTION,
    lemmatise=morphology.lemmatise,
    readings=morphology.readings,
    knows=morphology.knows,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
    doubling=doubling.DOUBLING,
)
