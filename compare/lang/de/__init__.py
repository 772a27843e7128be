"""German."""

from __future__ import annotations

from compare.lang.de import doubling, negation, numerals, sentences, words
from compare.lang.pack import Language

LANGUAGE = Language(
    code="de",
    alphabet="abcdefghijklmnopqrstuvwxyzäöüß",
    vowels="aeiouyäöü",
    frequent=words.FREQUENT,
    stated_by_name=True,
    ordinals=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    function_words=words.FUNCTION,
    lemmatise=words.lemmatise,
    knows=words.knows,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
    doubling=doubling.DOUBLING,
)
