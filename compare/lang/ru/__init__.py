"""Russian."""

from __future__ import annotations

from compare.lang import Language
from compare.lang.ru import morphology, sentences, words

LANGUAGE = Language(
    code="ru",
    scripts=("CYRILLIC",),
    alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    old_letters="ѣіѳѵ",
    vowels="аеёиоуъыьэюя",
    folds={"ё": "е"},
    stated_by_name=True,
    function_words=words.FUNCTION,
    lemmatise=morphology.lemmatise,
    knows=morphology.knows,
    sentences=sentences.SENTENCES,
    models=True,
)
