"""English."""

from __future__ import annotations

from compare.lang import Language
from compare.lang.en import sentences, words

LANGUAGE = Language(
    code="en",
    alphabet="abcdefghijklmnopqrstuvwxyz",
    vowels="aeiouy",
    folds={"æ": "ae", "œ": "oe"},
    frequent=words.FREQUENT,
    stated_by_name=True,
    function_words=words.FUNCTION,
    lemmatise=words.lemmatise,
    knows=words.knows,
    sentences=sentences.SENTENCES,
    models=True,
)
