"""Languages without a pack: what little is known of them, so that a text in one is not taken for another.

A language that gets a pack leaves this file.
"""

from __future__ import annotations

from compare.lang.pack import Language

#: Function words that between them tell these languages apart: frequent in one, rare in the others. Of languages near
#: to another here the words that the two share, and those that English has, are left out.
_FREQUENT = {
    "es": "el la los de que y en las del se por con una no para su al lo como más pero sus había era",
    "it": "il che di la non per un una si del con della dei alla sono più nel gli anche come era ma lo le",
    "pt": "o que de não um uma os para com do da em se na no por mais as dos como mas ao ele era",
    "nl": "de het een van en dat niet zijn op te met voor hij was er aan ook als bij maar om ze naar had",
    "pl": "i w z nie się na do jest że to jak za po od ale przez jego był już tylko przy dla który czy tak",
    "la": "et non ut cum est ad quod sed qui ex atque ab quae sunt esse autem enim nec eius per quam hoc",
    "ca": "el els les amb que és per una un del dels als va ser seva seu aquest més també però són han",
    "gl": "os as que de non unha un do da dos das na por para con máis pero súa seu foi ao uns cos",
    "ro": "și de la cu în pe nu că din care este sunt mai un pentru au fost sau lui ce se ale",
    "eo": "la kaj de estas en al mi vi ĝi ne kiu sed por kun sur li ŝi ili tiu estis oni ĉi",
    "af": "die van en het nie hy sy dat om vir met dit ek jy wat aan uit ons hulle toe sal",
    "sv": "och att det som en av är den till med inte har ett om han jag hade men var hon från",
    "da": "og det en af er til den med ikke som jeg har et han de på havde men var hun fra",
    "no": "og det en av er til den med ikke som jeg har et han de på hadde men var hun fra å",
    "is": "og að er það sem ekki við með hann var til en um af hún því þá ég þess frá hefur",
    "fi": "ja on ei se että oli hän mutta kun niin joka myös ovat kuin siitä olla sen mitä minä ole",
    "hu": "az és hogy nem egy is volt meg csak mint már ez azt ki el van ha még minden kell",
    "cs": "se na že je ve do to jako ale by byl jsem si jeho tak pro od který jsou co",
    "sk": "sa na že je vo do to ako ale by bol som si jeho tak pre od ktorý sú čo",
    "hr": "i je se da u na što su od za kao nije bio ali iz sam ne koji bi će po",
    "et": "ja on ei et see ta oli ma mis kui ka oma ning aga sest tema nad olid nii siis",
    "lv": "un ir ar par no uz ka kas bija viņš tas tā bet lai nav kā pie vai viņi es",
    "lt": "ir kad yra su iš į tai buvo jis kaip nuo už per bet ne taip tik jie apie savo",
    "id": "dan yang di dengan untuk dari ini itu tidak dalam pada akan oleh juga ada adalah mereka",
    "mt": "li u ta fil tal il huwa kien għal ma minn din dan biex jew fuq mhux kull bil fid",
    "oc": "los de la lo que en un una es dins amb son per se del las pas al dels unes",
    "sl": "je se da na za ki kot ni bil pa ne sem bi iz po tudi ga ali jo vsi",
}


#: Languages that share the list of another, which then is taken for them all.
_FREQUENT |= {
    code: _FREQUENT[other] for code, other in zip("nb nn bs sr sh".split(), "no no hr hr hr".split(), strict=True)
}

#: Languages that a name alone may state where its text says nothing: `es` heads columns the world over, while `no`,
#: `la`, `is`, `to` and `mt` are words and abbreviations first.
_NAMED = "es pt it nl pl".split()

#: Languages that write an ordinal as a figure with a full stop: »am 3. Mai«, »das 19. Jahrhundert«.
_ORDINALS = "da no nb nn fi is cs sk sl hr hu et lv pl".split()

#: Letters a thousand that Russian lacks.
_LETTERS = {"be": {"ў": 1}}

#: Languages in which two forms of one word stand together as a matter of course.
_INFLECTED = "be pl cs la".split()

_ALPHABETS = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}

#: What languages each script writes, by the first word of its letters' Unicode names, the commonest first; a language
#: that stands nowhere is written in Latin letters, and so are the last ones too.
_WRITTEN = {
    "CYRILLIC": "uk be bg mk sr bs mn kk ky tg tt ba cv ce os av ab cu kv uz az tk ku",
    "ARABIC": "ar fa ur ps sd ug ku ks az ky",
    "HEBREW": "he yi",
    "DEVANAGARI": "hi mr ne sa ks sd",
    "CJK": "zh ja ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
}
_LATIN_TOO = "sr bs az uz kk tk tt ku".split()

#: The language that a script by itself makes likely.
BY_SCRIPT = {script: langs.split()[0] for script, langs in _WRITTEN.items() if script != "CYRILLIC"}

#: ISO 639-1.
CODES = frozenset(
    """
    ab aa af ak sq am ar an hy as av ae ay az bm ba eu be bn bi bs br bg my ca ch ce ny zh cu cv kw co cr hr cs
    da dv nl dz en eo et ee fo fj fi fr fy ff gd gl lg ka de el kl gn gu ht ha he hz hi ho hu is io ig id ia ie
    iu ik ga it ja jv kn kr ks kk km ki rw ky kv kg ko kj ku lo la lv li ln lt lu lb mk mg ms ml mt gv mi mr mh
    mn na nv nd nr ng ne no nb nn oc oj or om os pi ps fa pl pt pa qu ro rm rn ru se sm sg sa sc sr sn sd si sk
    sl so st es su sw ss sv tl ty tg ta tt te th bo ti to ts tn tr tk tw ug uk ur uz ve vi vo wa cy wo xh yi yo
    za zu
    """.split()
)


def _scripts(code: str) -> tuple[str, ...]:
    found = tuple(script for script, langs in _WRITTEN.items() if code in langs.split())
    return found + ("LATIN",) * (not found or code in _LATIN_TOO)


OTHERS = {
    code: Language(
        code=code,
        scripts=_scripts(code),
        alphabet=_ALPHABETS.get(code, ""),
        frequent=tuple(_FREQUENT.get(code, "").split()),
        stated_by_name=code in _NAMED,
        letters=_LETTERS.get(code, {}),
        inflected=code in _INFLECTED,
        ordinals=code in _ORDINALS,
    )
    for code in dict.fromkeys([*_FREQUENT, *_ALPHABETS, *sorted(CODES)])
}
