"""French, German, Turkish and Ukrainian: what each pack says of words and numbers, and a report on such a source."""

from __future__ import annotations

import ast
import dataclasses
import re
from fractions import Fraction
from pathlib import Path

import pytest

import compare
from compare import words
from compare.collation import in_order
from compare.lang import codes, language
from compare.quantities.numbers import quantities
from compare.read.language import guess
from compare.segment import sentences

PACKS = tuple(code for code in codes() if code not in ("en", "ru"))

GERMAN = (
    "Am 3. Mai 1812 kam Hr. von Berg in die Stadt. Er war einundzwanzig Jahre alt und hatte zweihundert Rubel bei sich."
    "\n\n»Was wünschen Sie?«, fragte die alte Wirtin. Er antwortete, dass er ein Zimmer brauche; dann schwieg er.\n\n"
    "Das Haus war kalt und leer. Niemand hatte seit dem Krieg darin gewohnt. Die Frau, die die Tür öffnete, schwieg. "
    "Der Hund schlief am Ofen und hörte nichts. Am Abend kam der Nachbar und brachte Brot und Wein."
)
SOUND = (
    "On the 3rd of May 1812 Herr von Berg came to the town. He was twenty-one years old and had two hundred roubles "
    "with him.\n\n“What do you wish?” asked the old landlady. He answered that he needed a room; then he was silent."
    "\n\nThe house was cold and empty. Nobody had lived in it since the war. The woman who opened the door said "
    "nothing. The dog slept by the stove and heard nothing."
    " In the evening the neighbour came and brought bread and wine."
)
FAULTY = (
    "On May 3, 1812, Mr von Berg arrived in town. He was twenty-four years of age and had two hundred roubles on him."
    "\n\n“What would you like?” the old landlady asked. He replied that he needed a room; then he fell silent.\n\n"
    "The house was cold and empty. Nobody had lived there since the war. The woman who opened the door was silent. "
    "In the evening the neighbour came and brought bread and wine."
)


def test_a_german_original_judges_two_english_versions() -> None:
    work = compare.from_texts({"de": GERMAN, "en-a": SOUND, "en-b": FAULTY}, source="de")
    report = compare.report(work, ignore=["SEM", "NAM"])
    found = [(f.check, f.places[0].version, f.places[0].text) for f in report.findings if f.severity == "major"]
    assert sorted(found) == [("NUM102", "en-b", "twenty-four"), ("OMI101", "en-b", "silent. In")]
    assert [f.message for f in report.findings.of("NUM102")] == ["“twenty-four” where de has “einundzwanzig”"]
    assert not [f for f in report.findings if f.places[0].version != "en-b"]
    unable = "OMI102, OMI103, TRM101, TRM102, TRM104, TRM105, TYP110 judge neither this version nor others by it"
    unable += ", but where two translations differ it decides about clauses"
    assert report.collation.warnings == (f"de: the language pack de lacks models; {unable}",)


def test_a_lost_number_is_shown_in_the_whole_cell_where_words_cannot_be_linked() -> None:
    rows = [
        {"de": "Er hatte dreihundert Pferde.", "en-a": "He had many horses.", "en-b": "He had three hundred horses."}
    ]
    [finding] = compare.report(compare.from_rows(rows, source="de"), select=["NUM102"]).findings
    assert (finding.places[0].version, finding.places[0].text) == ("en-a", "He had many horses.")
    assert finding.severity == "minor"


def test_an_original_and_an_intermediate_translation_are_two_sources(tmp_path: Path) -> None:
    texts = {
        "de": "Er kam um fünf Uhr nach Hause. Dreißig Männer warteten.",
        "ru": "Он пришёл домой в пять часов. Ждали тридцать человек.",
        "en": "He came home at five o'clock. Forty men were waiting.",
    }
    roles = {"de": "source", "ru": "source", "en": "translation"}
    for id, text in texts.items():
        (tmp_path / f"{id}.txt").write_text(text, "utf-8")
    (tmp_path / "work.toml").write_text(
        'id = "two-sources"\ntitle = "Two sources"\n'
        + "".join(
            f'\n[[version]]\nid = "{id}"\nfile = "{id}.txt"\nlang = "{id}"\nrole = "{role}"\n'
            for id, role in roles.items()
        ),
        "utf-8",
    )
    work = compare.load(tmp_path)
    assert work.source is not None
    assert work.source.id == "de"
    report = compare.report(work, select=["NUM", "SEM103"])
    assert [len(row.spans) for row in report.collation.rows] == [3, 3]
    turned = compare.from_texts({"ru": texts["ru"], "de": texts["de"]}, source="ru")
    sources = tuple(dataclasses.replace(v, role="source") for v in turned.versions)
    assert [v.id for v in in_order(dataclasses.replace(turned, versions=sources)).versions] == ["ru", "de"]
    assert [(f.check, f.places[0].version, f.places[0].text) for f in report.findings] == [("NUM102", "en", "Forty")]
    assert "where de has “Dreißig”" in report.findings[0].message
    assert set(report.risk[1]) == {"en"}


@pytest.mark.parametrize("code", PACKS)
def test_a_pack_is_in_its_own_folder_alone(code: str) -> None:
    package = Path(compare.__file__).parent
    own = package / "lang" / code
    others = [path for path in package.rglob("*.py") if own not in path.parents]
    named = (f'"{code}"', f"lang.{code}")
    assert [path for path in others if any(name in path.read_text("utf-8") for name in named)] == []


def test_no_room_but_the_packs_names_the_languages_that_were_learned() -> None:
    """What needs them asks for `compare.lang.SOURCE` and `DEFAULT`; the language of messages is named by them alone."""
    package = Path(compare.__file__).parent
    naming = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("en", "ru") and package / "lang" not in path.parents
    }
    assert naming == {"messages.py"}
    importing = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if package / "lang" not in path.parents and re.search(r"compare\.lang\.[a-z]{2}\b", path.read_text("utf-8"))
    ]
    assert importing == []


@pytest.mark.parametrize("code", PACKS)
def test_tables_of_words_hold_keys(code: str) -> None:
    """A table that is looked up by key and holds what no key looks like is never met."""
    pack = language(code)
    tables = [pack.function_words, pack.headings]
    if pack.doubling:
        tables += [pack.doubling.grammatical, pack.doubling.emphatic, pack.doubling.joining]
    if pack.negation:
        tables += [pack.negation.verbal, pack.negation.other, pack.negation.counted, pack.negation.concord]
    if pack.numerals:
        numerals = pack.numerals
        tables += [frozenset(numerals.cardinals), frozenset(numerals.ordinals), frozenset(numerals.fractions)]
        tables += [frozenset(numerals.scales), numerals.loose, *map(frozenset, numerals.units.values())]
    assert {word for table in tables for word in table if words.key(word) != word} == set()


@pytest.mark.parametrize("code", PACKS)
def test_units_of_measure_are_lemmas(code: str) -> None:
    numerals = language(code).numerals
    units = [unit for dimension in (numerals.units.values() if numerals else ()) for unit in dimension]
    assert [unit for unit in units if len(unit) > 3 and words.lemma(unit, code) != unit] == []


@pytest.mark.parametrize(
    ("form", "code", "lemma"),
    [
        ("Häusern", "de", "haus"),
        ("Straßen", "de", "strass"),
        ("STRASSEN", "de", "strass"),
        ("ging", "de", "gehen"),
        ("größer", "de", "gross"),
        ("Leben", "de", "leben"),
        ("die", "de", "der"),
        ("Xyzzy", "de", "xyzzy"),
        ("ışığın", "tr", "işik"),
        ("IŞIĞIN", "tr", "işik"),
        ("İSTANBUL’DA", "tr", "istanbul"),
        ("kitabı", "tr", "kitap"),
        ("Ankara'nın", "tr", "ankara"),
        ("їхав", "uk", "їхати"),
        ("п’ятьма", "uk", "п'ять"),
        ("дівчині", "uk", "дівчина"),
    ],
)
def test_lemmas(form: str, code: str, lemma: str) -> None:
    assert words.lemma(form, code) == lemma


@pytest.mark.parametrize(
    ("word", "code", "known"),
    [
        ("straße", "de", True),
        ("schloß", "de", True),
        ("Haus", "de", True),
        ("hauß", "de", False),
        ("ışık", "tr", True),
        ("Ankara'nın", "tr", True),
        ("ışıkş", "tr", False),
        ("хата", "uk", True),
        ("хатаъ", "uk", False),
    ],
)
def test_dictionaries(word: str, code: str, known: bool) -> None:
    knows = language(code).knows
    assert knows is not None
    assert knows(words.key(word)) is known


def test_the_ukrainian_dictionary_leaves_russian_tags_as_they_are() -> None:
    knows = language("uk").knows
    assert knows is not None
    assert knows("хата")
    assert "Geox" in words.parses("Москва")[0].tag
    assert "Geox" not in words.parses("дом")[0].tag


def test_ukrainian_reads_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from compare.lang.uk import morphology

    monkeypatch.setattr(morphology, "_analyser", lambda: None)
    morphology.readings.cache_clear()
    assert morphology.readings("людей") == ("людина",)
    assert morphology.lemmatise("їхав") == "їхати"
    assert morphology.knows("хата")
    assert not morphology.knows("хатаъ")
    morphology.readings.cache_clear()


@pytest.mark.parametrize(
    ("code", "text", "last"),
    [
        (
            "de",
            "Am 3. Mai kam Hr. Berg, z. B. mit Dr. Meier. Er blieb bis ca. 5 Uhr. Es war im 19. Jh. usw. Dann ging er.",
            ["Meier.", "Uhr.", "usw.", "er."],
        ),
        (
            "tr",
            "Dr. Ahmet Bey geldi. Bu 19. yüzyılda, örn. 1850. yılda vb. oldu. Sonra gitti.",
            ["geldi.", "oldu.", "gitti."],
        ),
        (
            "uk",
            "У 1920 р. козаки пішли. Це було на вул. Шевченка. Т. Г. Шевченко писав і т. д. Він пішов.",
            ["пішли.", "Шевченка.", "д.", "пішов."],
        ),
    ],
)
def test_sentences_end(code: str, text: str, last: list[str]) -> None:
    assert [span.of(text).split()[-1] for span in sentences(text, code)] == last


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("de", "einundzwanzig Jahre und dreihundertfünfundvierzig Rubel", [21, 345]),
        ("de", "im Jahre achtzehnhundertzwölf", [1812]),
        ("de", "zweitausendfünfhundert Mann, tausendundeine Nacht", [2500]),
        ("de", "um halb fünf, Viertel nach sechs, zehn Minuten vor acht", ["9/2", "25/4", "47/6"]),
        ("de", "im neunzehnten Jahrhundert, am dritten Tag, der hunderterste", [19, 3]),
        ("de", "ein siebenjähriger Knabe, ein sechzigjähriger Mann", [7, 60]),
        ("de", "zwei Millionen", [2_000_000]),
        ("de", "Gib acht! Er nahm sich in acht.", []),
        ("de", "um acht Uhr dreißig", ["17/2"]),
        ("fr", "soixante-dix-neuf, quatre-vingts, quatre-vingt-onze, soixante et onze", [79, 80, 91, 71]),
        ("fr", "cent vingt-trois mille quatre cent quatre-vingt-quatre hommes en mil huit cent douze", [123_484, 1812]),
        ("fr", "le vingt et unième jour, la quatre-vingtième année du XIXe siècle", [21, 80, 19]),
        ("fr", "à cinq heures et demie, à cinq heures moins le quart, à cinq heures dix", ["11/2", "19/4", "31/6"]),
        ("fr", "trois millions et demi, les deux tiers", [3_500_000, "2/3"]),
        ("fr", "Un habit neuf; il se mit en quatre pour une seconde.", []),
        ("tr", "yirmi beş kişi, yüz elli asker", [25, 150]),
        ("tr", "bin dokuz yüz yirmi yılında", [1920]),
        ("tr", "iki buçuk saat", ["5/2"]),
        ("tr", "üçüncü gün", [3]),
        ("tr", "Yüzü güldü, yemek yedi, altı kuru kaldı.", []),
        ("uk", "двадцять п'ять козаків, п’ятсот карбованців", [25, 500]),
        ("uk", "у тисяча дев'ятсот двадцятому році", [1920]),
        ("uk", "пів на п'яту, чверть на шосту", ["9/2", "21/4"]),
        ("uk", "семирічний хлопець", [7]),
        ("uk", "дві тисячі людей", [2000]),
        ("uk", "У нього сім п'ятниць на тиждень.", []),
    ],
)
def test_numbers_that_are_counted(code: str, text: str, values: list[int | str]) -> None:
    counted = [q.value for q in quantities(text, code) if q.firm]
    assert counted == [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "am 3. Mai 1812"),
        ("fr", "le 3 mai 1812"),
        ("tr", "3 Mayıs 1812"),
        ("uk", "3 травня 1812 р."),
        ("de", "den 3ten Mai 1812"),
    ],
)
def test_dates(code: str, text: str) -> None:
    assert [(int(q.value), q.kind) for q in quantities(text, code)] == [(3, "day"), (5, "month"), (1812, "number")]
    assert quantities(text, code)[0].month == 5


def test_every_german_number_is_read_as_it_is_written() -> None:
    from compare.lang.de.numerals import NUMERALS

    assert NUMERALS.cardinals["siebenundsiebzig"] == 77
    assert NUMERALS.cardinals["einhundertundeins"] == 101
    assert NUMERALS.cardinals["neunzehnhundertvierzehn"] == 1914
    assert NUMERALS.cardinals["neuntausendneunhundertneunundneunzig"] == 9999
    assert NUMERALS.ordinals["siebten"] == NUMERALS.ordinals["siebenten"] == 7
    assert NUMERALS.ordinals["zwanzigster"] == 20
    assert NUMERALS.ordinals["hundertste"] == 100
    assert set(range(1, 10_000)) <= set(NUMERALS.cardinals.values())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Mann ging mit seiner Frau nach Hause."),
        ("fr", "Le meunier est dans la maison avec sa femme."),
        ("tr", "Adam evine gitti ve bir daha gelmedi."),
        ("uk", "Він пішов додому і її не бачив."),
        ("en", "the der was die"),
    ],
)
def test_a_text_shows_its_language(code: str, text: str) -> None:
    assert guess(text) == code


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("fr", "Personne ne vint, et il n’arriva rien à Nantes.", 2),
        ("fr", "Elle vint sans bruit.", 0),
        ("tr", "Hiç kimse gelmedi, yazamadı, bilmiyordu.", 3),
        ("tr", "Namaz kıldı, kelimeden, gelmeli, gelmesini bekledi.", 0),
        ("de", "Er kam nie, und niemand fragte.", 2),
    ],
)
def test_denials_are_counted(code: str, text: str, count: int) -> None:
    assert words.denials(text, code) == count


@pytest.mark.parametrize(
    ("code", "text", "doubled"),
    [
        ("de", "Die Frau, die die Tür öffnete, sagte, dass sie sie sah.", []),
        ("de", "Er ging mit mit dem Hund, Schritt für Schritt.", ["mit"]),
        ("uk", "Він пішов пішов додому дуже дуже швидко.", ["пішов"]),
        ("tr", "Yavaş yavaş geldi geldi.", []),
    ],
)
def test_words_that_stand_twice(code: str, text: str, doubled: list[str]) -> None:
    report = compare.report(compare.from_texts({code: text}), select=["REP101"])
    assert [f.places[0].text for f in report.findings] == doubled
