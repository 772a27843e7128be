"""Which language a text is in: by script, then by its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

#: Function words that between them tell these languages apart: frequent in one, rare in the others.
WORDS = {
    "en": "the and of to was that he his with had it for not is her at she on but him which you they this from".split(),
    "de": "der die und das den nicht von zu mit sich des auf für ist im dem ein eine als auch er sie war wie".split(),
    "fr": "le la les de et des que qui dans une est pas pour il elle ce au sur ne se plus par avec du".split(),
    "es": "el la los de que y en las del se por con una no para su al lo como más pero sus había era".split(),
    "it": "il che di la non per un una si del con della dei alla sono più nel gli anche come era ma lo le".split(),
    "pt": "o que de não um uma os para com do da em se na no por mais as dos como mas ao ele era".split(),
    "nl": "de het een van en dat niet zijn op te met voor hij was er aan ook als bij maar om ze naar had".split(),
    "pl": "i w z nie się na do jest że to jak za po od ale przez jego był już tylko przy dla który czy tak".split(),
    "tr": "bir ve bu da de için ile çok ne daha gibi kadar olarak sonra ama her var onun değil diye".split(),
}

#: Of languages near to those above, so that none is taken for its neighbour. Words that English has, too, are left out.
WORDS |= {
    "la": "et non ut cum est ad quod sed qui ex atque ab quae sunt esse autem enim nec eius per quam hoc".split(),
    "ca": "el els les amb que és per una un del dels als va ser seva seu aquest més també però són han".split(),
    "gl": "os as que de non unha un do da dos das na por para con máis pero súa seu foi ao uns cos".split(),
    "ro": "și de la cu în pe nu că din care este sunt mai un pentru au fost sau lui ce se ale".split(),
    "eo": "la kaj de estas en al mi vi ĝi ne kiu sed por kun sur li ŝi ili tiu estis oni ĉi".split(),
    "af": "die van en het nie hy sy dat om vir met dit ek jy wat aan uit ons hulle toe sal".split(),
    "sv": "och att det som en av är den till med inte har ett om han jag hade men var hon från".split(),
    "da": "og det en af er til den med ikke som jeg har et han de på havde men var hun fra".split(),
    "no": "og det en av er til den med ikke som jeg har et han de på hadde men var hun fra å".split(),
    "is": "og að er það sem ekki við með hann var til en um af hún því þá ég þess frá hefur".split(),
    "fi": "ja on ei se että oli hän mutta kun niin joka myös ovat kuin siitä olla sen mitä minä ole".split(),
    "hu": "az és hogy nem egy is volt meg csak mint már ez azt ki el van ha még minden kell".split(),
    "cs": "se na že je ve do to jako ale by byl jsem si jeho tak pro od který jsou co".split(),
    "sk": "sa na že je vo do to ako ale by bol som si jeho tak pre od ktorý sú čo".split(),
    "hr": "i je se da u na što su od za kao nije bio ali iz sam ne koji bi će po".split(),
    "et": "ja on ei et see ta oli ma mis kui ka oma ning aga sest tema nad olid nii siis".split(),
    "lv": "un ir ar par no uz ka kas bija viņš tas tā bet lai nav kā pie vai viņi es".split(),
    "lt": "ir kad yra su iš į tai buvo jis kaip nuo už per bet ne taip tik jie apie savo".split(),
    "id": "dan yang di dengan untuk dari ini itu tidak dalam pada akan oleh juga ada adalah mereka".split(),
    "mt": "li u ta fil tal il huwa kien għal ma minn din dan biex jew fuq mhux kull bil fid".split(),
    "oc": "los de la lo que en un una es dins amb son per se del las pas al dels unes".split(),
    "sl": "je se da na za ki kot ni bil pa ne sem bi iz po tudi ga ali jo vsi".split(),
}

#: Languages that a name alone may state where its text says nothing: `ru` and `en` head columns the world over, while
#: `no`, `la`, `is`, `to` and `mt` are words and abbreviations first.
_NAMED = frozenset("en ru uk de fr es pt it nl pl tr".split())

#: Codes that have one list of words with another.
_SAME = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "sh": "hr"}

#: Languages of a script of their own, by the first word of its characters' Unicode names.
SCRIPTS = {
    "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "ARMENIAN": "hy", "GEORGIAN": "ka", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip

#: Letters of other Cyrillic alphabets that modern Russian lacks. Old Russian spelling has і and ѣ together.
CYRILLIC = {"uk": "іїєґ", "sr": "јљњђћџ", "be": "ўі", "mk": "ѓќѕј"}

#: What languages each script writes; LATIN: those that have another script besides. One that stands nowhere is Latin.
_WRITTEN = {
    "LATIN": "sr bs az uz kk tk tt ku".split(),
    "CYRILLIC": "ru uk be bg mk sr bs mn kk ky tg tt ba cv ce os av ab cu kv uz az tk ku".split(),
    "ARABIC": "ar fa ur ps sd ug ku ks az ky".split(),
    "HEBREW": ["he", "yi"],
    "DEVANAGARI": "hi mr ne sa ks sd".split(),
    "CJK": ["zh", "ja", "ko"],
} | {script: [lang] for script, lang in SCRIPTS.items() if script not in ("ARABIC", "HEBREW", "DEVANAGARI", "CJK")}

#: Letters that an alphabet lacks and its neighbours have. A text with ѣ is old Russian, whose alphabet has more.
_LACKS = {"ru": "іїєґўјљњђћџѓќѕ", "uk": "ыэёъ", "be": "ищъ", "bg": "ыэё", "sr": "йщъыьэюя", "mk": "йщъыьэюя"}

#: Function words are at least this share of a text in their language, and no fewer than this; in English prose a third.
_SHARE, _FEW = 0.12, 2
#: Words from which on a text without function words of any language here is in none of them.
_ENOUGH = 20

#: ISO 639-1.
_CODES = frozenset(
    """
    ab aa af ak sq am ar an hy as av ae ay az bm ba eu be bn bi bs br bg my ca ch ce ny zh cu cv kw co cr hr cs
    da dv nl dz en eo et ee fo fj fi fr fy ff gd gl lg ka de el kl gn gu ht ha he hz hi ho hu is io ig id ia ie
    iu ik ga it ja jv kn kr ks kk km ki rw ky kv kg ko kj ku lo la lv li ln lt lu lb mk mg ms ml mt gv mi mr mh
    mn na nv nd nr ng ne no nb nn oc oj or om os pi ps fa pl pt pa qu ro rm rn ru se sm sg sa sc sr sn sd si sk
    sl so st es su sw ss sv tl ty tg ta tt te th bo ti to ts tn tr tk tw ug uk ur uz ve vi vo wa cy wo xh yi yo
    za zu
    """.split()
)


def primary(tag: str) -> str:
    """Return what a language tag begins with, before its hyphen: `primary("en-US") == "en"`."""
    return re.split(r"[-_.@ ]", tag, maxsplit=1)[0].lower()


def tag(id: str) -> str:
    """Return the language that an id, a heading or a language tag begins with, else "": `tag("en-US") == "en"`."""
    first = primary(id)
    return first if first in _CODES else ""


def settle(name: str, text: str) -> str:
    """Return the language of a version that states none: its text decides, and its name where the text leaves it open.

    `settle("de", "Ja.") == "de"`, `settle("no", "The old house.") == "en"`; "en" when neither says anything.
    """
    named, guessed = tag(name), guess(text)
    if not named or contradicts(named, text):
        return guessed or "en"
    sample = _sample(text)
    if named in _NAMED or _script(sample)[0] not in ("", "LATIN"):
        return named
    if _SAME.get(named, named) in WORDS:
        hits = _hits(sample)
        borne_out = bool(guessed) and 4 * hits[_SAME.get(named, named)] >= 3 * hits[guessed]
    else:
        # No list of words bears it out: it shows by the want of all others', in more than a line or two.
        borne_out = _words(sample).total() >= _ENOUGH and not _clear(sample)
    return named if borne_out else guessed or "en"


def contradicts(lang: str, text: str) -> bool:
    """Tell whether a text is plainly not in that language: by its script, its letters or its function words."""
    sample = _sample(text)
    script, _ = _script(sample)
    possible = [script for script, langs in _WRITTEN.items() if lang in langs] or ["LATIN"]
    if script in _WRITTEN and script not in possible:
        return True
    if script == "CYRILLIC":
        letters = Counter(letter for letter in sample.lower() if letter.isalpha())
        lacked = sum(letters[letter] for letter in _LACKS.get(lang, ""))
        return lacked > letters.total() / 100 and not (lang == "ru" and letters["ѣ"])
    hits = _hits(sample)
    clear = _clear(sample) if script == "LATIN" else ""
    return bool(clear) and 2 * hits.get(_SAME.get(lang, lang), 0) < hits[clear]


def doubt(id: str, lang: str, text: str) -> tuple[str, ...]:
    """Say that a version's text is in another language than is stated of it."""
    if not contradicts(lang, text):
        return ()
    guessed = guess(text)
    return (f"{id}: its language is stated as {lang}, but the text is {guessed or 'in another script'}",)


def guess(text: str) -> str:
    """Guess the language (ISO 639-1) from 40,000 characters of the beginning and the middle; "" when none shows."""
    sample = _sample(text)
    script, scripts = _script(sample)
    if script == "LATIN":
        return _latin(sample)
    if script == "CYRILLIC":
        return _cyrillic(sample)
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 10:
        return "ja"
    return SCRIPTS.get(script, "")


def _sample(text: str) -> str:
    middle = max(20_000, len(text) // 2)
    return f"{text[:20_000]} {text[middle : middle + 20_000]}"


def _script(sample: str) -> tuple[str, Counter[str]]:
    """Return the script of most letters, by the first word of their Unicode names, and how many each script has."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            scripts[re.split("[ -]", unicodedata.name(letter, "?"), maxsplit=1)[0]] += count
    return max(sorted(scripts), key=scripts.__getitem__, default=""), scripts


def _words(sample: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", sample.lower()))


def _hits(sample: str) -> dict[str, int]:
    """Count the function words of each language."""
    counts = _words(sample)
    return {lang: sum(counts[word] for word in words) for lang, words in WORDS.items()}


def _latin(sample: str) -> str:
    hits = _hits(sample)
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] >= _FEW else ""


def _clear(sample: str) -> str:
    """Return the language whose function words plainly make up the text, else ""."""
    best = _latin(sample)
    hits = _hits(sample).get(best, 0)
    return best if hits >= _FEW and hits >= _SHARE * _words(sample).total() else ""


def _cyrillic(sample: str) -> str:
    counts = Counter(sample.lower())
    letters = sum(count for letter, count in counts.items() if "а" <= letter <= "ӿ")
    shares = {lang: sum(counts[letter] for letter in own) / letters for lang, own in CYRILLIC.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.01 and not counts["ѣ"] else "ru"
