"""Language packs: found by discovery, one folder each; what they say of words and whole reports of a new language."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import compare
from compare import lang, words
from compare.checks import all_checks
from compare.lang import codes, known, language, languages
from compare.lang.pack import Language
from compare.read.language import contradicts, guess, settle
from compare.segment import sentences

FRENCH = (
    "M. Dupont n'était pas chez lui. Mme Durand, sa voisine, l'attendait depuis deux heures !\n\n"
    "« Que voulez-vous ? » demanda-t-elle. Il répondit qu'il ne savait rien ; puis il se tut.\n\n"
    "La vieille maison était froide et vide. Personne n'y avait vécu depuis la guerre."
)
ENGLISH = (
    "Monsieur Dupont was not at home. Madame Durand, his neighbour, had been waiting for him for two hours!\n\n"
    "“What do you want?” she asked. He replied that he knew nothing; then he fell silent.\n\n"
    "The old house was cold and empty. Nobody had lived there since the war."
)
SECOND = (
    "Mr Dupont was not in. His neighbour, Mrs Durand, had waited two hours for him!\n\n"
    "“What is it you want?” she asked. He answered that he knew nothing; and then he was silent.\n\n"
    "The old house was cold and empty. No one had lived in it since the war."
)


def test_a_pack_is_a_folder() -> None:
    assert codes() == tuple(
        sorted(folder.name for folder in Path(lang.__path__[0]).iterdir() if folder.is_dir() and "_" not in folder.name)
    )
    assert [pack.code for pack in languages()] == list(codes())


def test_every_language_is_known_once_and_packs_first() -> None:
    listed = [each.code for each in known()]
    assert len(listed) == len(set(listed))
    assert listed[: len(codes())] == list(codes())


def test_a_language_without_a_pack_offers_nothing() -> None:
    assert language("da").ordinals
    assert language("da").frequent
    assert language("tlh") == Language(code="tlh")
    assert not language("da").offers({"sentences"})
    assert language("da").offers(())


def test_a_pack_offers_only_what_is_not_empty() -> None:
    assert language("fr").offers({"sentences", "function_words", "lemmatise"})
    assert not language("fr").offers({"sentences", "models"})


def test_every_check_needs_parts_that_exist() -> None:
    fields = {each.name for each in dataclasses.fields(Language)}
    assert {part for check in all_checks() for part in check.needs} <= fields


def test_nothing_outside_the_packs_is_read_for_french() -> None:
    """What a French pack is proof of: its folder alone names the language."""
    package = Path(compare.__file__).parent
    own = package / "lang" / "fr"
    naming = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if own not in path.parents and ('"fr"' in path.read_text("utf-8") or "lang.fr" in path.read_text("utf-8"))
    ]
    assert naming == []


def test_a_french_work_is_aligned_checked_and_has_no_false_finding() -> None:
    report = compare.report(compare.from_texts({"fr": FRENCH, "en-a": ENGLISH, "en-b": SECOND}, source="fr"))
    assert [len(row.segments) for row in report.collation.rows] == [3] * 6
    assert not [f for f in report.findings if f.places[0].version == "fr" or f.check[:3] not in ("NAM", "SEM", "OMI")]
    warnings = [line for line in report.collation.warnings if line.startswith("fr:")]
    unable = (
        "NAM, OMI102, OMI103, SEM, TRM101, TRM102, TRM104, TRM105, TYP110 judge neither this version nor others by it"
    )
    unable += ", but where two translations differ it decides about clauses, denials, names and opposites"
    assert warnings == [f"fr: the language pack fr lacks models; {unable}"]


def test_a_glossary_of_french_terms_is_obeyed() -> None:
    rows = [{"fr": "Les gendarmes sont venus.", "en": "The policemen came."}, {"fr": "Il est parti.", "en": "He left."}]
    line = {"term": "gendarme", "preferred": "gendarme", "forbidden": "policeman"}
    work = dataclasses.replace(compare.from_rows(rows, source="fr"), tables={"glossary": (line,)})
    report = compare.report(work, select=["TRM201"])
    assert [(f.check, f.row, f.places[0].text) for f in report.findings] == [("TRM201", 1, "policemen")]


def test_french_sentences_end_at_their_stops_and_not_at_titles() -> None:
    found = [span.of(FRENCH) for span in sentences(FRENCH, "fr")]
    assert found == [
        "M. Dupont n'était pas chez lui.",
        "Mme Durand, sa voisine, l'attendait depuis deux heures !",
        "« Que voulez-vous ? » demanda-t-elle.",
        "Il répondit qu'il ne savait rien ; puis il se tut.",
        "La vieille maison était froide et vide.",
        "Personne n'y avait vécu depuis la guerre.",
    ]


@pytest.mark.parametrize(
    ("form", "code", "lemma"),
    [
        ("chevaux", "fr", "cheval"),
        ("l’homme", "fr", "homme"),
        ("aujourd'hui", "fr", "aujourd'hui"),
        ("workers'", "en", "worker"),
        ("king’s", "en", "king"),
        ("'s", "en", "'s"),
        ("wolves", "en", "wolf"),
        ("Солдатами", "ru", "солдат"),
        ("кусочки-то", "ru", "кусочек"),
        ("скажи-ка", "ru", "сказать"),
        ("кто-то", "ru", "кто-то"),
        ("экс-депутата", "ru", "экс-депутат"),
        ("Mennesker", "da", "mennesker"),
    ],
)
def test_lemmas(form: str, code: str, lemma: str) -> None:
    assert words.lemma(form, code) == lemma


@pytest.mark.parametrize(
    ("form", "code", "function"),
    [("des", "fr", True), ("maison", "fr", False), ("The", "en", True), ("the", "fr", False), ("её", "ru", True)],
)
def test_function_words(form: str, code: str, function: bool) -> None:
    assert words.is_function(form, code) is function


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pack that lies in a folder of its own, as a new language's would in `compare/lang`."""
    folder = tmp_path / "qya"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        textwrap.dedent("""
            from compare.lang.pack import Language, Sentences, words

            LANGUAGE = Language(
                code="qya",
                frequent=tuple("ar i ni nin elen lassi ve sinome".split()),
                function_words=words("ar i ni"),
                lemmatise=lambda key: key.removesuffix("r"),
                folds={"ñ": "n"},
                sentences=Sentences(titles=words("Hir")),
            )
        """),
        encoding="utf-8",
    )
    caches = (
        lang.codes,
        lang.known,
        lang.language,
        lang.languages,
        lang.any_sentences,
        words.folds,
        words.key,
        words.lemma,
    )
    monkeypatch.setattr(lang, "__path__", [*lang.__path__, str(tmp_path)])
    for cache in caches:
        cache.cache_clear()
    yield folder
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def test_a_new_folder_is_a_new_language(toy: Path) -> None:
    text = "Ar i elen sinome. Hir. Manwe ni ve lassi."
    assert "qya" in codes()
    assert guess(text) == "qya"
    assert words.is_function("Ar", "qya")
    assert words.lemma("lassir", "qya") == "lassi"
    assert words.key("Ñoldo") == "noldo"
    assert [span.of(text) for span in sentences(text, "qya")] == ["Ar i elen sinome.", "Hir. Manwe ni ve lassi."]


def test_the_toy_is_gone_again() -> None:
    assert "qya" not in codes()
    assert words.key("Ñoldo") == "ñoldo"


# ---- words as their reader sees them ----


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The gov\u00adern\u00adment left.", ["The", "government", "left"]),
        ("caf\u0065\u0301 na\u00efve", ["café", "naïve"]),
        ("Пра\u0301вда\u0301.", ["Правда"]),
        ("зна\u0300мя\u200b вот", ["знамя", "вот"]),
        ("ze\u200bro\u2060wi\ufeffdth", ["zerowidth"]),
        ("to the mea-\ndows", ["to", "the", "meadows"]),
        ("to the mea¬\r\n   dows", ["to", "the", "meadows"]),
        ("to the mea\u00ad \ndows", ["to", "the", "meadows"]),
        ("an old-\nfashioned man", ["an", "old-fashioned", "man"]),
        ("a grey-\nhaired man by the door-\nstep", ["a", "grey-haired", "man", "by", "the", "doorstep"]),
        ("the Mos-\nkva", ["the", "Moskva"]),
        ("он кто-\nто", ["он", "кто-то"]),
        ("Rostov-\nThe end", ["Rostov", "The", "end"]),
        ("wait -\nand see", ["wait", "and", "see"]),
        ("one-\n\ntwo", ["one", "two"]),
        ("People’s Sami-bey 1,250 2.5", ["People’s", "Sami-bey", "1,250", "2.5"]),
        (r"flying\nTo look\tfor A\B", ["flying", "To", "look", "for", "A", "B"]),
        ("3 ¬ 4", ["3", "4"]),
        ("", []),
    ],
)
def test_words_as_their_reader_sees_them(text: str, seen: list[str]) -> None:
    found = words.words(text)
    assert [word.text for word in found] == seen
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert all(text[word.start].isalnum() and text[word.start : word.end].strip() for word in found)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Моscow", "moscow"),
        ("МОSCOW", "moscow"),
        ("Cоветский", "советский"),
        ("HOBЫЙ", "новый"),
        ("дом", "дом"),
        ("ящиkw", "ящиkw"),
        ("Жoffre", "жoffre"),
    ],
)
def test_letters_that_only_look_like_a_words_own(word: str, key: str) -> None:
    assert words.key(word) == key


def test_a_word_stands_where_all_its_characters_stand() -> None:
    text = "to mea-\n dows, cafe\u0301."
    assert [text[word.start : word.end] for word in words.words(text)] == ["to", "mea-\n dows", "cafe\u0301"]


def test_plain_text_is_left_as_it_is() -> None:
    text = "A well-known “fact” — of 1920.\nNext."
    assert words.plain(text) is text
    assert words.plain("gov\u00adern-\nment, Пра\u0301вда") == "government, Правда"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Орёл", "орел"),
        ("Cæsar’s", "caesar's"),
        ("ﬁne", "fine"),
        ("по‑русски", "по-русски"),
        ("за\u0301мок", "замок"),
        ("gov\u00adern-\nment", "GOVERNMENT"),
    ],
)
def test_keys_fold_what_does_not_distinguish(one: str, other: str) -> None:
    assert words.key(one) == words.key(other)


def test_keys_keep_what_distinguishes() -> None:
    assert len({words.key(word) for word in ("resume", "résumé", "well-known", "wellknown", "мои", "мой")}) == 6


@pytest.mark.parametrize(
    ("width", "before", "after"),
    [
        (3, "…", "…"),
        (4, "…one ", " two…"),
        (5, "…one ", " two…"),
        (8, "…and one ", " two and…"),
        (9, "…and one ", " two and…"),
        (11, "…and one ", " two and so…"),
        (13, "…and one ", " two and so…"),
        (14, "first and one ", " two and so on"),
    ],
)
def test_the_words_about_a_stretch(width: int, before: str, after: str) -> None:
    text = "first and one [x] two and so on"
    start = text.index("[")
    assert words.around(text, start, start + 3, width) == (before, after)


def test_a_stretch_is_quoted_on_one_line_with_thirty_characters_about_it() -> None:
    text = "a" * 20 + " " + "b" * 29 + "\n[x]\r\n " + "c" * 27 + " " + "d" * 9
    start = text.index("[")
    assert words.context(text, start, start + 3) == "…" + "b" * 29 + " [x] " + "c" * 27 + "…"


def test_a_name_stands_where_all_its_characters_stand() -> None:
    work = compare.from_texts({"en": "Bash\u00admach\u00adkin’s coat. I saw Sa\u00admi-bey. Bashmachkin left."})
    names = compare.Analysis(compare.collate(work)).names
    quoted = [p.span.of(work.version("en").text) for e in names.entries for s in e.spellings["en"] for p in s.places]
    assert sorted(quoted) == ["Bashmachkin", "Bash\u00admach\u00adkin", "Sa\u00admi"]


# ---- which language ----


@pytest.mark.parametrize("name", ["mt", "la", "hyp"])
def test_a_column_of_english_is_english_under_any_heading(name: str) -> None:
    work = compare.from_rows([{"ru": "Он пришёл домой.", name: "He had come home to the house, and he was in it."}])
    assert work.version(name).lang == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Приїхав Ґудзь, і їжа його була добра.", "uk"),
        ("Ђорђе и Љубица су дошли, јер је било лепо.", "sr"),
        ("Той дойде и каза, че всичко е наред.", "ru"),
        ("Ён прыйшоў дадому і сказаў усё.", "be"),
        ("Ќе дојде ли Ѓорѓи? Ѕвездите се тука.", "mk"),
        ("Всѣ люди рождаются свободными и равными, и это ихъ право.", "ru"),
    ],
)
def test_cyrillic_languages_by_their_letters(text: str, code: str) -> None:
    assert guess(text) == code
    assert not contradicts(code, text)


def test_letters_that_an_alphabet_lacks_contradict_it() -> None:
    assert contradicts("ru", "Барлық адамдар тумысынан азат және қадір-қасиеті мен кұқықтары тең.")
    assert contradicts("uk", "Это был мой дом, и мы жили в нём.")
    assert not contradicts("ru", "Он сказал: Rien ne va plus, и ушёл домой.")


def test_french_by_its_words() -> None:
    assert guess(FRENCH) == "fr"
    assert settle("fr", "Oui.") == "fr"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"),
        ("neighbourhood", "neighbourhood"),
        ("fibres", "fibers"),
        ("organisation", "organization"),
        ("travelling", "traveling"),
        ("catalogue", "catalog"),
        ("defence", "defense"),
        ("there", "there"),
        ("hour", "hor"),
    ],
)
def test_spellings_of_two_countries_are_brought_to_one(british: str, american: str) -> None:
    fold = language("en").one_spelling
    assert fold is not None
    assert fold(british) == american
    assert fold(american) == american
