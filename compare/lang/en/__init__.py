"""English."""

from __future__ import annotations

from compare.lang.en import doubling, negation, numerals, sentences, words
from compare.lang.pack import Language

LANGUAGE = Language(
    code="en",
    alphabet="abcdefghijklmnopqrstuvwxyz",
    vowels="aeiouy",
    folds={"æ": "ae", "œ": "oe"},
    frequent=words.FREQUENT,
    stated_by_name=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    word_classes=words.CLASSES,
    function_words=words.FUNCTION,
    set_phrases=words.SET_PHRASES,
    lemmatise=words.lemmatise,
    knows=words.knows,
    today=words.today,
    one_spelling=words.one_spelling,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
    never_before=dict.fromkeys(("the", "The", "an", "An", "a"), ",;:.!?") | dict.fromkeys(("and", "or"), ";.?!"),
    clitics=frozenset("'s 'll 're 've 'd 'm n't".split()),
    doubling=doubling.DOUBLING,
    models=True,
)
