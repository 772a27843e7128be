"""Turkish.

What it doubles is left open: any word may stand twice («yavaş yavaş»), so that no repeated word is a fault by itself.
"""

from __future__ import annotations

from compare.lang.pack import Language
from compare.lang.tr import negation, numerals, sentences, words

LANGUAGE = Language(
    code="tr",
    alphabet="abcçdefgğhıijklmnoöprsştuüvyz",
    vowels="aeıioöuüâîû",
    folds=words.FOLDS,
    frequent=words.FREQUENT,
    stated_by_name=True,
    ordinals=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    inflected=True,
    function_words=words.FUNCTION,
    lemmatise=words.lemmatise,
    knows=words.knows,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
)
