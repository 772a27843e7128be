"""English words: the closed classes, and the dictionary."""

from __future__ import annotations

import re

from compare.lang.en.negation import NEGATION
from compare.lang.pack import number_stems, phrases, words

FREQUENT = tuple(
    "the and of to was that he his with had it for not is her at she on but him which you they this from".split()
)

FUNCTION = words("""
    a an the this that these those and or nor but if then than so as of in on at by for from to into onto upon with
    without within about above across after against along among amongst around before behind below beneath beside
    besides between beyond down during except inside near off out outside over past round since through throughout
    till toward towards under until unto up via while whilst when where whence whither why how who whom whose which
    what whoever whatever whichever i me my mine myself we us our ours ourselves you your yours yourself yourselves
    thou thee thy thine ye he him his himself she her hers herself it its itself they them their theirs themselves
    one's am is are was were be been being art wert hath has have had having do does did doing done doth shall will
    would should can could may might must ought not no yes there here it's don't isn't didn't wasn't won't can't
    couldn't wouldn't shouldn't i'm you're he's she's that's also too very just only even still yet ever never both
    each either neither some any all such same other another own s t ll ve re d m
""")

SET_PHRASES = phrases("""
    in order to, in order that, per cent, of course, at last, at least, at first, at all, at once, as well, as if,
    as though, as soon as, as long as, as far as, such as, so that, no longer, by means of, by way of, in spite of,
    in front of, in case, in case of, in fact, in general, in particular, in addition, in addition to, in view of,
    in the course of, in the case of, in connection with, in relation to, in accordance with, on account of, on
    behalf of, on the contrary, on the other hand, with regard to, with respect to, for the sake of, for example,
    for instance, thanks to, due to, owing to, according to, because of, instead of, apart from, at the same time,
    up to now, after all, more or less, sort of, kind of, able to, however, moreover, nevertheless, nonetheless,
    therefore, thus, furthermore, besides, meanwhile
""")

CLASSES = {
    "denial": NEGATION.counted,
    "article": words("a an the"),
    "auxiliary": words("""
        am is are was were be been being has have had having do does did will would shall should can could may might
        must
    """),
    "pronoun": words("""
        i me my mine we us our ours you your yours he him his she her hers it its they them their theirs this that these
        those who whom whose which what
    """),
    "he": words("he him his himself"),
    "she": words("she her hers herself"),
    "i": words("i me my mine myself"),
    "we": words("we us our ours ourselves"),
    "you": words("you your yours yourself yourselves thou thee thy thine ye"),
    "they": words("they them their theirs themselves"),
    "duty": words("must should ought shall need"),
    "power": words("may might can could able"),
    "future": words("will shall 'll"),
    "condition": words("if unless would"),
    "every": words("all every each everything everyone everybody always whole"),
    "some": words("some any several something someone somebody sometimes"),
    "many": words("many much often lot numerous"),
    "few": words("few little rarely seldom"),
    "more": words("more most"),
    "less": words("less fewer least"),
    "contrary": words("but however although though yet but nevertheless"),
    "cause": words("because since therefore for so"),
}

HEADINGS = words("chapter part book canto letter act scene")

#: For 1 to 20, 30, … 60.
NUMBER_STEMS = number_stems("""
        one,first two,second three,third four five,fif six seven eight nine,nin ten eleven twelve,twelf thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twent thirt fort fift sixt
""")


#: Plurals that simplemma takes for forms of a rare verb: "wives" of "to wive".
_PLURALS = {
    "calves": "calf",
    "halves": "half",
    "loaves": "loaf",
    "sheaves": "sheaf",
    "shelves": "shelf",
    "thieves": "thief",
    "wives": "wife",
}


def lemmatise(key: str) -> str:
    """Return the dictionary form by simplemma, which is loaded at the first use; of a possessive, its owner's."""
    from simplemma import lemmatize

    owner = key.removesuffix("'s").removesuffix("'") if key.endswith(("'s", "s'")) else key
    return _PLURALS.get(owner) or str(lemmatize(owner, "en")) if owner else key


#: Endings of "thou" and of the old third person, and what the present participle has instead: knowest, goeth, crieth.
_OLD_ENDINGS = (("est", "ing"), ("st", "ing"), ("eth", "ing"), ("th", "ing"), ("ieth", "ying"))
#: Old forms that are made by no ending.
_OLD_FORMS = words("saith wast sware builded digged")
#: Endings of who does what a verb says, which any verb may take: offerer.
_AGENT_ENDINGS = (("er", "ing"), ("ers", "ing"))
#: Letters of a form of the past that "thou" adds its ending to: wouldst.
_LEAST = 4


def knows(key: str) -> bool:
    """Tell whether simplemma has a word, or its verb: as it once was ("knowest"), or who does it ("offerer")."""
    from simplemma import is_known

    if key in _OLD_FORMS or is_known(key, "en"):
        return True
    if len(past := key.removesuffix("st")) >= _LEAST and past != key and is_known(past, "en"):
        return True
    endings = (*_OLD_ENDINGS, *_AGENT_ENDINGS)
    return any(key.endswith(old) and is_known(key.removesuffix(old) + new, "en") for old, new in endings)


#: Modern forms of archaic words and verbs that no ending tells.
_TODAY = dict(
    zip(
        "thou thee ye hath hast doth dost saith shalt wilt wast wert".split(),
        "you you you has have does do says shall will were were".split(),
        strict=True,
    )
)


def today(word: str) -> str:
    """Return the modern form of an archaic word in small letters: "thou", "hath", "cometh"; of any other the word."""
    if word.endswith("eth"):
        from simplemma import is_known, lemmatize

        stem = word.removesuffix("eth")
        forms = [form for form in (stem + "es", stem + "s") if is_known(form, "en")]
        if forms and (not is_known(word, "en") or lemmatize(word, "en") == lemmatize(forms[0], "en")):
            return forms[0]
    return _TODAY.get(word, word)


#: British endings, and the American ones.
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"our(?=(?:s|ed|ing|er|est|eth|ite|able|ful|less|y)?s?$)", "or"),
        (r"(?<=[bcdghptv])re(?=s?$)", "er"),
        (r"(?<=[a-z])is(?=(?:e[sdr]?|ing|ations?|ers)$)", "iz"),
        (r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|or|ors)$)", "l"),
        (r"ogue(?=s?$)", "og"),
        (r"ence(?=s?$)", "ense"),
        (r"[ao]e(?=[a-z]{3})", "e"),
    )
)


def one_spelling(key: str) -> str:
    """Return a word as Americans spell it, by its ending: "fibre" and "fiber" are one word."""
    for british, american in _SPELLINGS:
        key = british.sub(american, key)
    return key
