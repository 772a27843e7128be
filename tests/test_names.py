"""Names: found, linked, indexed; what is apart stays apart."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.checks import run, select
from compare.encode import get
from compare.names import detect, score
from compare.names.authority import authority, look_up, oblique
from compare.names.clustering import cluster
from compare.names.detect import _foreign, find
from compare.names.inflection import ending_left, related, same_land, singular
from compare.names.romanisation import SCHEMES
from compare.segment import sentences
from compare.words import words
from compare.write import names_index as printed
from tests.data import SHARED, needs_shared

GOLD = Path(__file__).parent / "gold"
SEED = Path(__file__).parents[1] / "texts" / "karabakh-1920" / "en-2020.txt"

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzščğöбгдежкмнорхцяь", min_size=1, max_size=12)


def gold(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def words_of(text: str, lang: str = "en") -> list[list[str]]:
    return [[w.text for w in m.words] for m in find(text, sentences(text, lang), lang)]


@pytest.mark.parametrize(("times", "common"), [(2, True), (3, False)])
def test_a_word_of_the_dictionary_is_a_name_where_it_is_written_small_less_than_half_as_often(
    times: int, common: bool
) -> None:
    text = "We saw Rose there. " * times + "It was a rose."
    assert {mention.common for mention in find(text, sentences(text, "en"), "en")} == {common}


def test_days_months_and_small_words_with_a_capital_are_no_names() -> None:
    assert words_of("It was known that on Monday and in April Halil saw Her.") == [["Halil"]]


def test_two_foreign_words_within_three_of_a_word_make_a_foreign_phrase() -> None:
    found = words("le one two three mais four")
    assert sorted(word.text for word in found if word.start in _foreign(found)) == ["one", "three", "two"]


@given(NAMES, NAMES)
@settings(max_examples=60)
def test_score_is_a_symmetric_probability(a: str, b: str) -> None:
    assert 0 <= score(a, b) <= 1
    assert score(a, b) == score(b, a)


@given(NAMES)
@settings(max_examples=40)
def test_a_name_is_itself(a: str) -> None:
    assert score(a, a) > 0.99
    assert score(a, a.upper()) > 0.99


@pytest.mark.parametrize("nothing", ["", " ", "...", "'"])
def test_nothing_is_like_nothing(nothing: str) -> None:
    assert score(nothing, "Halil") == 0
    assert score(nothing, nothing) == 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Халил", "Khalil"),
        ("Халил-паша", "Halil Pasha"),
        ("Таунсгенд", "Townshend"),
        ("Щербачёв", "Schtscherbatschow"),
        ("Щербачев", "Stcherbatcheff"),
        ("Shcherbachev", "Scherbatcheff"),
        ("Akakiy Akakievitch", "Akaky Akakiyevich"),
        ("Lavretsky", "Lavrétzky"),
        ("Юсуф Кемаль", "Youssouf Kemal"),
        ("Angora", "Ankara"),
        ("Трапезунд", "Trabzon"),
        ("Petrov, Ivan", "Ivan Petroff"),
        ("Karabagh", "Karabakh"),
        ("Townsgend", "Townshend"),
    ],
)
def test_one_name(a: str, b: str) -> None:
    assert score(a, b) > 0.5


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Karabekir", "Karabakh"),
        ("Aydin", "Adani"),
        ("Sami", "Sabit"),
        ("Erivan", "Erzurum"),
        ("Петрович", "Petrovna"),
        ("Ivan Petrov", "Ivan Pavlov"),
        ("Лаврецкий", "Lavriki"),
        ("Марфа", "Marya"),
        ("Gurov", "Gomov"),
    ],
)
def test_two_names(a: str, b: str) -> None:
    assert score(a, b) < 0.5


SCHERBACHEV = (
    "Shcherbachev Shcherbachyov Scherbatschow Chtcherbatchev Stcherbatcheff Szczerbaczow Stcherbatchoff Stcherbatchev "
    "Schtscherbatschow Ščerbačëv Chtcherbatcheff Shtcherbatchoff"
).split()


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        *(("Щербачёв", spelling) for spelling in SCHERBACHEV),
        ("Щербачев", "Stcherbatchoff"),
        ("Жуковский", "Joukovsky"),
        ("Жуковский", "Schukowskij"),
        ("Хаджиев", "Khadjieff"),
        ("Хаджиев", "Chadschijew"),
        ("Цветков", "Tzvetkoff"),
        ("Рыжков", "Ruijkoff"),
        ("Чайковский", "Tschaikowsky"),
        ("Пуришкевич", "Pourichkevitch"),
        ("Андреев", "Andréieff"),
        ("Ющинский", "Iouchtchinsky"),
        ("Джавахов", "Djavakhoff"),
    ],
)
def test_any_habit_writes_the_name(cyrillic: str, latin: str) -> None:
    assert score(cyrillic, latin) > 0.5


def test_two_habits_write_one_name() -> None:
    assert [(a, b) for a in SCHERBACHEV for b in SCHERBACHEV if score(a, b) <= 0.5] == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Карабекир", "Karabakh"),
        ("Сами", "Sabit"),
        ("Эриван", "Erzurum"),
        ("Щербачёв", "Scherbakov"),
        ("Щербачёв", "Gorbatchoff"),
        ("Щербаков", "Stcherbatchoff"),
        ("Жуков", "Joukovsky"),
        ("Чайкин", "Tschaikowsky"),
        ("Цветков", "Tzvetaeff"),
        ("Андреев", "Andronieff"),
        ("Хаджиев", "Khodjaeff"),
        ("Петренко", "Petroff"),
        ("Иванов", "Ivanenko"),
    ],
)
def test_habits_join_no_look_alikes(a: str, b: str) -> None:
    assert score(a, b) < 0.5


def test_inflection_is_no_variation() -> None:
    assert related("Karabakh", "Karabakhi")
    assert related("Armenia", "Armenian")
    assert related("Turkey", "Turks")
    assert related("Petrov", "Petrova")
    assert related("Lavretsky", "Lavretskaya")
    assert related("Korea", "Koreans")
    assert related("Sparta", "Spartans")
    assert related("Goethe", "Goethish")
    assert not related("Halil", "Khalil")
    assert not related("Andrei", "Andrey")
    assert ending_left("Khalil", "Khalilon")
    assert singular("kalitins") == "kalitin"
    assert singular("abbas") == "abbas"


def test_names_are_found() -> None:
    text = (
        "Yesterday Halil Pasha and Dr. Fuad Sabit met comrade Chicherin. The road was bad. Karabakh's hills are green."
    )
    assert words_of(text) == [["Halil"], ["Fuad", "Sabit"], ["Chicherin"], ["Karabakh"]]
    mention = find(text, sentences(text, "en"), "en")[0]
    assert mention.titles == ("pasha",)
    assert mention.span.of(text) == "Halil Pasha"


def test_russian_names_are_lemmas() -> None:
    text = "Акакий Акакиевич пришел к Петровичу. Каролину Ивановну ждали. Писал Г. В. Чичерин."
    lemmas = [[w.lemma for w in m.words] for m in find(text, sentences(text, "ru"), "ru")]
    assert lemmas == [["акакий", "акакиевич"], ["петрович"], ["каролина", "ивановна"], ["г", "в", "чичерин"]]


def test_a_russian_word_that_opens_a_sentence_is_a_name_where_it_is_seldom_written_small() -> None:
    often, once = (
        "Роман лежал. Он читал роман. " + after for after in ("Он видел Романа и Романа.", "Он видел Романа.")
    )
    assert words_of(often, "ru") == [["Роман"], ["Романа"], ["Романа"]]
    assert words_of(once, "ru") == [["Романа"]]


def test_an_empty_text_has_no_names() -> None:
    assert find("", (), "en") == []
    work = compare.from_texts({"en": "nothing here at all."})
    assert Analysis(compare.collate(work)).names.to_rows() == []


def test_an_ordinary_word_with_a_capital_is_no_name_beside_a_source_that_has_none() -> None:
    rows = [
        {"ru": f"Слава богу, он {ru}.", "a": f"Thank God, he {en}."}
        for ru, en in (("жив", "lives"), ("цел", "is safe"), ("тут", "is here"))
    ]
    rows.append({"ru": "Нагореваться успела Ольга.", "a": "Olga has grieved her fill."})
    assert [row["name"] for row in Analysis(compare.collate(compare.from_rows(rows, source="ru"))).names.to_rows()] == [
        "Ольга"
    ]


def test_authority_file() -> None:
    entries = authority()
    assert len(entries) > 150
    assert all(e.name and e.modern and e.source and e.kind in ("place", "person", "given") for e in entries)
    assert look_up("Trapezunt") == look_up("ТРАПЕЗУНД") == look_up("Trabzon")
    known = oblique("Adani")
    assert known is not None
    assert known[0].modern == "Adana"
    assert oblique("Adana") is None


def test_cluster() -> None:
    names = [
        "Halil",
        "Khalil",
        "Karabakh",
        "Karabagh",
        "Karabekir",
        "Petrovitch",
        "Petrovich",
        "Petrovna",
        "Лиза",
        "Liza",
    ]
    assert cluster(names) == [
        ["Halil", "Khalil"],
        ["Karabagh", "Karabakh"],
        ["Karabekir"],
        ["Liza", "Лиза"],
        ["Petrovich", "Petrovitch"],
        ["Petrovna"],
    ]
    assert cluster([]) == []


def joined(collation: compare.Collation, version: str) -> set[frozenset[str]]:
    spellings = [{s.text for s in e.spellings.get(version, ())} for e in Analysis(collation).names.entries]
    return {frozenset(group) for group in spellings if len(group) > 1}


@pytest.mark.skipif(not SEED.exists(), reason="the work is not here yet")
def test_the_seed_alone() -> None:
    table = compare.collate(compare.from_texts({"en-2020": SEED.read_text("utf-8")}))
    assert joined(table, "en-2020") == {
        frozenset({"Halil", "Khalil", "Khalilon"}),
        frozenset({"Trapezund", "Trebizond"}),
        frozenset({"Karabagh", "Karabakh"}),
    }
    found = {
        (f.check, f.places[0].text)
        for check, f in run(Analysis(table), select(["NAM", "TRM"]))
        if f.score >= check.threshold
    }
    assert {
        ("NAM401", "Khalilon"),
        ("NAM401", "Adani"),
        ("NAM601", "Townsgend"),
        ("NAM701", "Bekir Sami"),
        ("TRM101", "Great National Assembly"),
        ("TRM102", "comrade"),
        ("TRM102", "All Russia"),
    } <= found
    assert {name for check, name in found if check == "NAM101"} <= {
        "Halil",
        "Khalil",
        "Trapezund",
        "Trebizond",
        "Karabagh",
    }


def test_an_editor_is_obeyed() -> None:
    texts = {"en": "He saw Petrovitch there. She saw Petrovich here. They saw Petrovich again."}
    table = compare.collate(compare.from_texts(texts))
    (row,) = Analysis(table).names.to_rows()
    assert (row["en"], row["proposed"]) == ("Petrovich (2); Petrovitch (1)", "Petrovich")
    row["proposed"] = "Petrovitch"
    edited = compare.collate(replace(table.work, tables={"names": (row,)}))
    (entry,) = Analysis(edited).names.entries
    assert (entry.proposed, entry.settled) == ("Petrovitch", True)
    (finding,) = [f for _, f in run(Analysis(edited), select(["NAM101"]))]
    assert finding.places[0].text == "Petrovich"
    assert finding.suggestion == "Petrovitch"


def test_an_editor_may_part_names() -> None:
    texts = {"en": "He saw Petrovitch there. She saw Petrovich here. They saw Petrovich again."}
    table = compare.collate(compare.from_texts(texts))
    rows = ({"name": "Petrovich", "en": "Petrovich (2)"}, {"name": "Petrovitch", "en": "Petrovitch (1)"})
    edited = compare.collate(replace(table.work, tables={"names": rows}))
    assert [e.proposed for e in Analysis(edited).names.entries] == ["Petrovich", "Petrovitch"]


def test_a_row_by_hand_is_obeyed() -> None:
    texts = {"en": "He saw Petrovitch there. She saw Petrovich here. They saw Petrovich again."}
    table = compare.collate(compare.from_texts(texts))
    rows = ({"name": "Petrovitch", "proposed": "Petrovitch"}, {"name": "Nobody", "proposed": "No one"})
    edited = compare.collate(replace(table.work, tables={"names": rows}))
    (entry,) = Analysis(edited).names.entries
    assert (entry.proposed, len(entry.spellings["en"])) == ("Petrovitch", 2)


def test_a_declared_scheme_is_known() -> None:
    assert {"BGN/PCGN", "ALA-LC", "modern English"} <= set(SCHEMES)


@needs_shared
def test_overcoat_gold() -> None:
    """Every person's name is linked across the Russian and all three versions, and no two persons are joined."""
    assert SHARED is not None
    ids = ["ru", "en-pg1197", "en-pg13437", "en-field"]
    texts = {id: (SHARED / "overcoat" / f"{id}.txt").read_text("utf-8") for id in ids}
    names = Analysis(compare.collate(compare.from_texts(texts, source="ru"), encoder=get("none"))).names
    homes: dict[str, set[str]] = {}
    for line in gold("names-overcoat.tsv"):
        found = set()
        for id in ids[1:]:
            for spelling in filter(None, line[id].split("; ")):
                entry = names.homes.get((id, spelling.casefold()))
                found.add(entry.name if entry else f"{id} lacks {spelling}")
        homes[line["ru"]] = found
    assert {name: found for name, found in homes.items() if len(found) != 1} == {}
    assert len({next(iter(found)) for found in homes.values()}) == len(homes)


INDEX = [
    {"ru": "Халил пришел.", "en": "Halil came.", "en-b": "Khalil came."},
    {"ru": "Халил ушел в Тифлис.", "en": "Then Khalil left, and Halil, for Tiflis.", "en-b": "Khalil left for Tiflis."},
]


def test_the_index_is_laid_out_as_a_book_prints_it() -> None:
    table = compare.collate(compare.from_rows(INDEX, source="ru"))
    langs = {version.id: version.lang for version in table.work.versions}
    laid = printed.letters(Analysis(table).names.to_rows(), langs)
    assert [(letter, [(head.word, head.see) for head in heads]) for letter, heads in laid] == [
        ("H", [("Halil", "Khalil")]),
        ("K", [("Khalil", "")]),
        ("T", [("Tiflis", "")]),
    ]
    (khalil,) = laid[1][1]
    assert (khalil.russian, khalil.kind) == ("Халил", "person")
    assert [(line.versions, line.spellings, line.rows) for line in khalil.lines] == [
        (("ru",), (("Халил", 2),), (1, 2)),
        (("en",), (("Halil", 2), ("Khalil", 1)), (1, 2)),
        (("en-b",), (("Khalil", 2),), (1, 2)),
    ]
    assert [line.versions for line in laid[2][1][0].lines] == [("ru",), ("en", "en-b")]
    page = printed.to_html(Analysis(table).names.to_rows(), langs, "<Work>")
    assert "&lt;Work&gt;" in page
    assert "<i>see</i> <bdi>Khalil</bdi>" in page
    assert "- Halil: see Khalil" in printed.to_md(Analysis(table).names.to_rows(), langs, "Work")


@pytest.mark.parametrize(
    ("segment", "heading"),
    [
        ("THE LOST BRIDE OF PENZA.", True),
        ("Lost Bride Returns", True),
        ("Lost Bride Returns.", False),
        ("Lost Bride returns", False),
        ("Lost Bride", False),
    ],
)
def test_a_heading_is_all_capitals_or_has_one_on_every_word_and_no_stop(segment: str, heading: bool) -> None:
    assert detect._is_heading(segment, words(segment)) == heading


def test_an_index_of_nothing_is_empty() -> None:
    assert printed.letters([], {}) == []


def test_words_of_one_land() -> None:
    assert same_land("Russia's", "Russian")
    assert same_land("Serbs", "Serbians")
    assert not same_land("Russia", "Serbs")
    assert not same_land("potato", "horse")
