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
    "pl": "nie się na do jest że to jak za po od ale przez jego był już tylko przy dla który czy tak".split(),
    "tr": "bir ve bu da de için ile çok ne daha gibi kadar olarak sonra ama her var onun değil diye".split(),
}

#: Languages of a script of their own, by the first word of its characters' Unicode names.
SCRIPTS = {
    "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "ARMENIAN": "hy", "GEORGIAN": "ka", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip

#: Letters of other Cyrillic alphabets that modern Russian lacks. Old Russian spelling has і and ѣ together.
CYRILLIC = {"uk": "іїєґ", "sr": "јљњђћџ", "be": "ўі", "mk": "ѓќѕј"}

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


def tag(id: str) -> str:
    """Return the language that an id, a heading or a language tag begins with, else "": `tag("en-US") == "en"`."""
    first = re.split(r"[-_.@ ]", id, maxsplit=1)[0].lower()
    return first if first in _CODES else ""


def guess(text: str) -> str:
    """Guess the language (ISO 639-1) from 40,000 characters of the beginning and the middle; "" when none shows."""
    middle = max(20_000, len(text) // 2)
    sample = f"{text[:20_000]} {text[middle : middle + 20_000]}"
    scripts: Counter[str] = Counter()
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            scripts[re.split("[ -]", unicodedata.name(letter, "?"), maxsplit=1)[0]] += count
    if not scripts:
        return ""
    script = max(sorted(scripts), key=scripts.__getitem__)
    if script == "LATIN":
        return _latin(sample)
    if script == "CYRILLIC":
        return _cyrillic(sample)
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 10:
        return "ja"
    return SCRIPTS.get(script, "")


def _latin(sample: str) -> str:
    counts = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    hits = {lang: sum(counts[word] for word in words) for lang, words in WORDS.items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] else ""


def _cyrillic(sample: str) -> str:
    counts = Counter(sample.lower())
    letters = sum(count for letter, count in counts.items() if "а" <= letter <= "ӿ")
    shares = {lang: sum(counts[letter] for letter in own) / letters for lang, own in CYRILLIC.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.01 and not counts["ѣ"] else "ru"
