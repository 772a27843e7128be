"""Terms: phrases, the glossary, and TBX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.checks import run, select
from compare.checks.trm104_recurring import _Near, _rendering, _rows_of, _terms
from compare.encode import get
from compare.terms import tbx
from compare.terms.bodies import bodies, same
from compare.terms.glossary import false_friends, forms, idioms, phrases
from compare.values import InputError

RU = "Он жил в волости. Волость была бедна."
EN = "He lived in a parish. The volost was poor."
GLOSSARY = {"term": "волость", "preferred": "volost", "allowed": "canton", "forbidden": "parish; shire"}


def work_with(glossary: dict[str, str]) -> compare.Collation:
    rows = [
        {"ru": "Он жил в волости.", "en": "He lived in a parish."},
        {"ru": "Волость была бедна.", "en": "The district was poor."},
    ]
    return compare.collate(replace(compare.from_rows(rows, source="ru"), tables={"glossary": (glossary,)}))


def test_glossary() -> None:
    found = [f for _, f in run(Analysis(work_with(GLOSSARY)), select(["TRM201"]))]
    assert [(f.places[0].text, f.suggestion, f.severity) for f in found if f.suggestion] == [
        ("parish", "volost", "major")
    ]
    assert [f.places[0].text for f in found if not f.suggestion] == ["The district was poor."]


def test_forms_are_separated_by_semicolons_or_bars() -> None:
    assert forms(" parish; canton|shire ;") == ("parish", "canton", "shire")
    assert forms("") == ()
    barred = {**GLOSSARY, "forbidden": "shire|parish"}
    assert "parish" in [
        f.places[0].text for _, f in run(Analysis(work_with(barred)), select(["TRM201"])) if f.suggestion
    ]


def test_what_a_term_of_the_versions_own_language_forbids_is_wrong_whatever_the_source_has() -> None:
    own = {"term": "volost", "preferred": "volost", "forbidden": "parish; shire"}
    found = [f for _, f in run(Analysis(work_with(own)), select(["TRM201"]))]
    assert [(f.places[0].text, f.suggestion, f.severity, f.score) for f in found] == [
        ("parish", "volost", "major", 0.95)
    ]


def test_an_allowed_form_is_fine() -> None:
    assert not [
        f
        for _, f in run(
            Analysis(work_with({"term": "волость", "preferred": "volost", "allowed": "parish; district"})),
            select(["TRM201"]),
        )
    ]


def departures(*renderings: str) -> list[tuple[str, float, str | None, int]]:
    """Say what TRM104 finds of a phrase that stands in as many rows: words, score, suggestion, row."""
    verbs = [
        *(("прибыло", "arrived"), ("молчало", "was silent"), ("ушло", "left"), ("село", "sat down")),
        *(("вернулось", "came back"), ("стояло", "stood")),
    ]
    rows = [
        {"ru": f"Значительное лицо {ru}.", "en": f"{words} {en}."}
        for (ru, en), words in zip(verbs, renderings, strict=False)
    ]
    rows[1]["ru"] = "Молчало значительное лицо."
    found = run(Analysis(compare.collate(compare.from_rows(rows, source="ru"))), select(["TRM104"]))
    return [(f.places[0].text, f.score, f.suggestion, f.row or 0) for _, f in found]


def test_a_phrase_keeps_its_rendering() -> None:
    usual, other = "The prominent personage", "The important personage"
    assert departures(usual, usual, other, usual, usual) == [("important", 0.8, "prominent", 3)]
    assert departures(usual, usual, other, usual) == [("important", 0.75, "prominent", 3)]
    assert departures(usual, other, usual) == []  # it stands in too few rows
    assert departures(usual, usual, other, other, usual) == [
        ("important", 0.6, "prominent", 3),
        ("important", 0.6, "prominent", 4),
    ]
    assert departures(usual, usual, usual, other, other, other) == []  # none is usual
    assert departures(usual, usual, "Important personage", usual, usual) == [("Important", 0.8, None, 3)]


@pytest.mark.parametrize(
    "words",
    [
        "The red personage",  # it means something else
        "The prominent figure",
        "The prominent and important personage",  # the usual word stands there
        "An important and very old and wise personage",  # the two stand too far apart
    ],
)
def test_what_departs_from_no_usual_rendering(words: str) -> None:
    usual = "The prominent personage"
    assert departures(usual, usual, words, usual, usual) == []


def test_terms_are_noun_phrases_of_words_that_are_no_names_nor_short() -> None:
    phrases = ["наместник гетмана", "паж гетмана", "лекарь хана", "наш лекарь", "Анна лекаря"]
    verbs = ("молчал", "ушёл", "исчез", "вернулся", "спал")
    rows = [{"ru": f"Вот {phrase} {verb}.", "en": f"Then {verb}."} for phrase in phrases for verb in verbs]
    made = Analysis(compare.collate(compare.from_rows(rows, source="ru"), encoder=get("none")))
    assert [term for term, _ in _terms(made, "ru")] == [("наместник", "гетман")]
    assert _rows_of(made)["ru"]["паж"] == {6, 7, 8, 9, 10}


def test_phrases() -> None:
    assert phrases("After the Grand National Assembly met, the Council of People's Commissars wrote.") == [
        (("grand", "national", "assembly"), 10, 33),
        (("council", "of", "people's", "commissars"), 43, 73),
    ]
    assert phrases("") == []


@pytest.mark.parametrize(
    ("ru", "en", "told"),
    [
        ("Об этом сообщила «Актуальная камера».", "This was reported by Actual Camera.", False),
        ("Об этом сообщила актуальная программа.", "This was reported by an actual programme.", True),
    ],
)
def test_false_friends_are_not_looked_for_in_names(ru: str, en: str, told: bool) -> None:
    table = compare.collate(compare.from_rows([{"ru": ru, "en": en}], source="ru"))
    assert bool([f for _, f in run(Analysis(table), select(["TRM201"]))]) == told


def test_a_glossary_forbids_a_name_too() -> None:
    rows = [{"ru": "Он читал газету «Правда».", "en": "He read the paper Justice."}]
    line = {"term": "правда", "preferred": "truth", "forbidden": "justice"}
    table = compare.collate(compare.from_rows(rows, source="ru"))
    table = replace(table, work=replace(table.work, tables={"glossary": (line,)}))
    assert [f.places[0].text for _, f in run(Analysis(table), select(["TRM201"]))] == ["Justice"]


def test_tbx_of_a_glossary_goes_round() -> None:
    (line,) = tbx.to_glossary(tbx.read(tbx.write(tbx.of_glossary([GLOSSARY]), "волость")))
    assert line == GLOSSARY


def test_an_index_put_back_as_a_glossary_is_obeyed(tmp_path: Path) -> None:
    (tmp_path / "work.toml").write_text(
        'id = "w"\n[[version]]\nid = "ru"\nfile = "ru.txt"\nrole = "source"\n[[version]]\nid = "en"\nfile = "en.txt"\n',
        "utf-8",
    )
    (tmp_path / "ru.txt").write_text("Халил пришел.\n\nПотом Халил ушел.\n\nМы ждали: Халил молчал.", "utf-8")
    (tmp_path / "en.txt").write_text("Halil came.\n\nThen Halil left.\n\nWe waited: Khalil kept silent.", "utf-8")
    table = compare.collate(compare.load(tmp_path))
    assert not [f for _, f in run(Analysis(table), select(["TRM201"]))]
    (tmp_path / "glossary.tbx").write_bytes(tbx.write(tbx.of_index(Analysis(table).names, table.work), "w"))
    work = compare.load(tmp_path)
    assert [(line["term"], line["preferred"], line["allowed"]) for line in work.tables["glossary"]] == [
        ("Халил", "Halil", "Khalil")
    ]
    text = (tmp_path / "en.txt").read_text("utf-8").replace("Then Halil", "Then Jamal")
    (tmp_path / "en.txt").write_text(text, "utf-8")
    (found,) = [f for _, f in run(Analysis(compare.collate(compare.load(tmp_path))), select(["TRM201"]))]
    assert (found.places[0].text, found.places[1].text) == ("Then Jamal left.", "Халил")


def test_a_work_may_have_its_glossary_in_tbx(tmp_path: Path) -> None:
    (tmp_path / "work.toml").write_text('id = "w"\n[[version]]\nid = "en"\nfile = "en.txt"\n', "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    (tmp_path / "glossary.tbx").write_bytes(tbx.write(tbx.of_glossary([GLOSSARY]), "волость"))
    assert compare.load(tmp_path).tables["glossary"] == (GLOSSARY,)
    (tmp_path / "glossary.tsv").write_text("term\tpreferred\nуезд\tuyezd\n", "utf-8")
    assert compare.load(tmp_path).tables["glossary"] == ({"term": "уезд", "preferred": "uyezd"},)


def test_a_broken_glossary_in_tbx_is_said(tmp_path: Path) -> None:
    (tmp_path / "work.toml").write_text('id = "w"\n[[version]]\nid = "en"\nfile = "en.txt"\n', "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    (tmp_path / "glossary.tbx").write_bytes(b"<html/>")
    with pytest.raises(InputError, match=r"glossary\.tbx: not TBX"):
        compare.load(tmp_path)


TEXT = st.text(alphabet="абвгдеabcde <>&\"'é", min_size=1, max_size=9).map(lambda s: " ".join(s.split())).filter(bool)


@given(st.lists(TEXT, min_size=1, max_size=4, unique=True))
def test_tbx_keeps_any_words(texts: list[str]) -> None:
    concept = tbx.Concept(tuple(("en", text, "admitted") for text in texts))
    (back,) = tbx.read(tbx.write([concept], "<title> & all"))
    assert back.terms == concept.terms


def test_tbx_of_an_index() -> None:
    rows = [{"ru": "Халил пришел.", "en": "Halil came."}, {"ru": "Халил ушел.", "en": "Then Khalil left, and Halil."}]
    table = compare.collate(compare.from_rows(rows, source="ru"))
    (concept,) = [c for c in tbx.of_index(Analysis(table).names, table.work) if c.terms[0][1] == "Халил"]
    assert concept.terms == (("ru", "Халил", "preferred"), ("en", "Halil", "preferred"), ("en", "Khalil", "admitted"))


def test_an_empty_tbx_has_no_terms() -> None:
    assert tbx.read(b"\n") == []


@pytest.mark.parametrize("data", [b"no xml", b"<html/>", b"<tbx"])
def test_what_is_no_tbx_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        tbx.read(data, "words.tbx")
    assert str(error.value).startswith("words.tbx: ")
    assert "\n" not in str(error.value)


def test_tbx_entities_stay_closed() -> None:
    data = b"""<!DOCTYPE tbx [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
    <tbx><text><body><conceptEntry><langSec xml:lang="en">
    <termSec><term>plain &secret;</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    with pytest.raises(InputError, match="declares entities"):
        tbx.read(data)


def test_words_that_vectors_do_not_know_are_near_by_the_rows_that_they_share() -> None:
    rows = frozenset(range(1, 6))
    analysis = SimpleNamespace(lemmas={("ru", n): ([], []) for n in rows})

    def near(*there: int) -> float:
        cells = {"en": {"zzqx": set(there)}}
        return _Near(analysis, cells, "ru", "en", "зюквить", rows)(1, "zzqx")  # type: ignore[arg-type]

    assert near(1, 2, 3, 4, 5) == 1.0
    assert near(1, 2, 3) == 2 * 3 / (5 + 3)
    assert near(1, 2, 3, 8) == 2 * 3 / (5 + 4)
    assert near(1, 2) == near() == 0.0


@pytest.mark.parametrize(("between", "rendered"), [("heavy old", ("iron", "gate")), ("heavy old great", None)])
def test_a_term_is_rendered_by_words_that_stand_close_together(between: str, rendered: tuple[str, ...] | None) -> None:
    table = [{"ru": "Ворота.", "en": f"Yesterday they stood there before an iron {between} gate."}]
    analysis = Analysis(compare.collate(compare.from_rows(table, source="ru")))
    near = [lambda _, word, term=term: float(word == term) for term in ("iron", "gate")]
    found = _rendering(analysis, "en", 1, near)  # type: ignore[arg-type]
    assert (found and found[0]) == rendered


def bodies_of(*rows: str) -> list[tuple[str, ...]]:
    """Return what TRM105 says of rows written "Russian | English"."""
    cells = [dict(zip(("ru", "en", "b", "c"), row.split(" | "), strict=False)) for row in rows]
    found = run(Analysis(compare.collate(compare.from_rows(cells, source="ru"))), select(["TRM105"]))
    return [(f.places[0].text, f.places[1].text, str(f.score), f.suggestion or "") for _, f in found]


FIGURES = ("Сегодня Минцифры молчит. | Today the Ministry of Figures is silent.",) * 2


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            "Это знает Минцифры. | The Ministry of Statistics knows it.",
            [("Ministry of Statistics", "Ministry of Figures", "0.8", "Ministry of Figures")],
        ),
        (
            "Это знает Минцифры. | Mindigits knows it.",
            [("Mindigits", "Ministry of Figures", "0.8", "Ministry of Figures")],
        ),
        ("Это знает Минцифры. | The Ministry knows it.", []),
        ("Это знает Минцифры. | The Figures Ministry knows it.", []),
        ("Это знает Минцифры. | Everybody knows it.", []),
    ],
)
def test_a_name_made_of_words_has_one_translation(row: str, found: list[tuple[str, ...]]) -> None:
    assert bodies_of(*FIGURES, row) == found


def test_two_names_that_the_source_writes_as_one_are_two_where_all_other_versions_have_the_same() -> None:
    row = "Это знает Минцифры. | The Ministry of Statistics knows it."
    assert not bodies_of(*FIGURES, f"{row} | The Ministry of Statistics is aware of it.")
    assert bodies_of(*FIGURES, f"{row} | The Ministry of Figures is aware of it.")


def test_what_belongs_to_a_name_tells_it_from_another() -> None:
    rows = [
        "Вчера Верховный суд заседал. | Yesterday the Supreme Court sat.",
        "Вчера Верховная рада заседала. | Yesterday the Higher Council sat.",
    ]
    assert not bodies_of(*rows)
    assert bodies_of(*rows, "Сегодня Верховный суд молчит. | Today the Highest Tribunal is silent.")


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("foreign ministry", "ministry foreign affair", True),
        ("wb", "world bank", True),
        ("defence ministry", "ministry defense", True),
        ("writer union", "union writing", True),
        ("ministry figure", "ministry statistic", False),
        ("fund", "foundation", False),
    ],
)
def test_a_name_shortened_abbreviated_or_spelled_otherwise_is_the_same(one: str, other: str, are_one: bool) -> None:
    assert same(one.split(), other.split()) == same(other.split(), one.split()) == are_one


@pytest.mark.parametrize(
    ("ru", "en", "told"),
    [
        ("Он работал спустя рукава.", "He worked with his sleeves down.", ["sleeves"]),
        ("Он работал спустя рукава.", "He worked carelessly, with torn sleeves.", []),
        ("Он спустил рукава.", "He let his sleeves down.", []),
        (
            "Он работал спустя рукава, все об этом знали и молчали, потому что жалели его старую мать, "
            "которая весь день шила рубашки.",
            "All knew how lazy he was and said nothing, for they pitied his old mother, "
            "who sewed shirts all day long, and their sleeves.",
            [],
        ),
        ("Магазин закрыли.", "The magazine was closed.", ["magazine"]),
        ("Магазин закрыли.", "The shop was closed, and the magazine too.", []),
    ],
)
def test_idioms_and_false_friends_by_what_stands_in_their_place(ru: str, en: str, told: list[str]) -> None:
    rows = [{"ru": ru, "en": en}]
    found = [f for _, f in run(Analysis(compare.collate(compare.from_rows(rows, source="ru"))), select(["TRM201"]))]
    assert [f.places[0].text for f in found] == told
    assert {(f.severity, f.suggestion) for f in found} <= {("major", None), ("major", "shop")}


def test_every_idiom_and_false_friend_says_what_is_right_and_is_listed_once() -> None:
    listed = [*false_friends(), *idioms()]
    assert all(term.preferred and term.forbidden for term in listed)
    assert len({term.term for term in listed}) == len(listed)
    assert not [term for term in listed if set(term.preferred) & set(term.forbidden)]


@pytest.mark.parametrize(
    ("ru", "en", "found"),
    [
        ("Это знает Минцифры.", "The Ministry of Figures knows it.", [("Минцифры", "Ministry of Figures", True)]),
        ("Минцифры это знает.", "The Ministry of Figures knows it.", [("Минцифры", "Ministry of Figures", False)]),
        ("Он сказал: Минцифры знает.", "He said: the Figures Office knows.", [("Минцифры", "Figures Office", False)]),
        (
            "Это сообщили «Парламентской газете».",
            "This was told to the Parliamentary Gazette.",
            [("Парламентской газете", "Parliamentary Gazette", True)],
        ),
        ("Сегодня Минцифры молчит.", "Today the Figures Office is silent.", [("Минцифры", "Figures Office", True)]),
        (
            "Там Минцифры и Госплан.",
            "There are the Ministry of Figures and the State Plan.",
            [("Минцифры", "Ministry of Figures", True), ("Госплан", "State Plan", True)],
        ),
        ("Об этом знает Москва.", "Moscow knows it.", []),
        ("Об этом знает Иванов.", "Ivanov knows it.", []),
        ("Это знает Минцифры.", "The ministry knows it.", []),
    ],
)
def test_names_made_of_words_and_what_renders_them(ru: str, en: str, found: list[tuple[str, str, bool]]) -> None:
    words = Analysis(compare.collate(compare.from_rows([{"ru": ru, "en": en}], source="ru"))).words
    assert [(each.source.text, each.place.text, each.certain) for each in bodies(words)] == found
