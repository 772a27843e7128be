"""French."""

from __future__ import annotations

from compare.lang.fr import doubling, negation, numerals, sentences, words
from compare.lang.pack import Language

LANGUAGE = Language(
    code="fr",
    alphabet="abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ",
    vowels="aeiouyàâæéèêëîïôœùûüÿ",
    frequent=words.FREQUENT,
    function_words=words.FUNCTION,
    lemmatise=words.lemmatise,
    knows=words.knows,
    stated_by_name=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
    doubling=doubling.DOUBLING,
    spaced_marks=";:!?",
)
