"""French."""

from __future__ import annotations

from compare.lang.fr import doubling, sentences, words
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
    sentences=sentences.SENTENCES,
    doubling=doubling.DOUBLING,
    spaced_marks=";:!?",
)
