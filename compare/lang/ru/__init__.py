"""Russian."""

from __future__ import annotations

from compare.lang.pack import Language
from compare.lang.ru import doubling, morphology, negation, numerals, sentences, spelling, words

LANGUAGE = Language(
    code="ru",
    scripts=("CYRILLIC",),
    alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    old_letters="ѣіѳѵ",
    modern=spelling.modern,
    spelled_old=spelling.old,
    spelled_new=spelling.new,
    vowels="аеёиоуъыьэюя",
    letters=words.LETTERS,
    folds={"ё": "е"},
    stated_by_name=True,
    headings=words.HEADINGS,
    number_stems=words.NUMBER_STEMS,
    word_classes=words.CLASSES,
    inflected=True,
    function_words=words.FUNCTION,
    set_phrases=words.SET_PHRASES,
    lemmatise=morphology.lemmatise,
    readings=morphology.readings,
    parses=morphology.parses,
    knows=morphology.knows,
    sentences=sentences.SENTENCES,
    negation=negation.NEGATION,
    numerals=numerals.NUMERALS,
    doubling=doubling.DOUBLING,
    models=True,
)
