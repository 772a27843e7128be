"""NUM: what is told of numbers, where, how gravely, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import num102_number, run, select
from compare.encode import get
from compare.values import Collation, Finding

_SHELF = "The book lay on the shelf."
_RU_SHELF = "Книга лежала на полке."


def collated(*rows: dict[str, str]) -> Collation:
    return compare.collate(compare.from_rows(list(rows)), encoder=get("none"))


def found(*rows: dict[str, str], code: str = "NUM", collation: Collation | None = None) -> list[Finding]:
    checks = select([code])
    least = {check.code: check.threshold for check in checks}
    return [f for check, f in run(Analysis(collation or collated(*rows)), checks) if f.score >= least[check.code]]


def told(*rows: dict[str, str]) -> list[tuple[str, str, str, str]]:
    return [(f.check, f.severity, f.places[0].version, f.places[0].text) for f in found(*rows)]


@pytest.mark.parametrize(
    ("ru", "a", "wrong"),
    [
        ("На сколько десятин? На шесть.", "How many acres? For fifteen.", []),
        ("На сколько десятин? На шесть.", "How many acres? For twenty-five.", ["twenty-five"]),
        ("На сколько десятин? На шесть.", "How many dessiatines? For fifteen.", ["fifteen"]),
        ("Десятина даёт двести рублей.", "An acre gives seventy roubles.", []),
        ("Шла верста за верстой, было их двадцать.", "Mile went after mile, there were thirteen.", []),
        ("Шла верста за верстой, было их двадцать.", "Mile went after mile, there were forty.", ["forty"]),
    ],
)
def test_a_number_follows_the_units_that_a_translator_converts(ru: str, a: str, wrong: list[str]) -> None:
    assert [f.places[0].text for f in found({"ru": ru, "a": a}, code="NUM102")] == wrong


@pytest.mark.parametrize(
    ("ru", "a"),
    [
        ("В сезоне 2019/20 они взяли кубок.", "They took the cup in the 2019–20 season."),
        ("В учебном году 2016 / 17 он болел.", "In the school year 2016/17 he was ill."),
        ("Мост стоил 4 млн, дорога 2 млрд.", "The bridge cost 4 mln, the road 2 bn."),
        ("Ей двадцать осьмой год.", "She is in her twenty-eighth year."),
        ("Письмо от 12.06.1920 пропало.", "The letter of 12 June 1920 was lost."),
        ("В 1920-х годах здесь был сад.", "In the twenties there was a garden here."),
        ("Мы ехали втроём.", "The three of us drove."),
        ("Он ушёл в полдень.", "He left at twelve."),
        ("Он семи пядей во лбу.", "He is a sage."),
        ("Она села.", "She sat - 347 - down."),
        ("Конец.", "The end. 1899"),
        ("Он получил двугривенный.", "He was given twenty kopecks."),
        ("Ему дали рублей тридцать с полтиной.", "They gave him thirty and a half roubles."),
        ("Вышло восемь, а в остатке 1½.", "It made eight, and 11/2 over."),
        ("До города пятьдесят вёрст.", "The town is thirty-three miles off."),
        ("Полвека спустя он вернулся.", "Fifty years later he returned."),
        ("Он ждал две недели.", "He waited a fortnight."),
        ("Два-три раза он вставал.", "A few times he rose."),
        ("На всех четырёх сторонах горели костры.", "Fires burned on all sides."),
        ("Книга лежала на полке.", "One book lay on the shelf, the first of two."),
        ("Гости пришли десятками.", "Scores of guests came."),
        ("У него сто друзей.", "He has a hundred friends."),
        ("Центральный Комитет решил.", "The CC decided."),
        ("Глава 1. Сад", "Chapter I. The Garden"),
        ("Он исписал десять страниц.", "He filled a dozen pages."),
        ("Четыре он пересчитал, пятую тысячу нет.", "Four thousand he counted, the fifth he did not."),
        ("Был первым и, во-вторых, смел.", "He was first, and brave."),
    ],
)
def test_silent(ru: str, a: str) -> None:
    assert [t for t in told({"a": a, "ru": ru}) if t[0] != "NUM101"] == []


@pytest.mark.parametrize(
    ("ru", "a", "severity", "words"),
    [
        ("Он жил там двенадцать лет.", "He lived there fifteen years.", "major", "fifteen"),
        ("Это было в 1842 году в мае.", "It was in 1824 in May.", "major", "1824"),
        ("Пришло три солдата.", "Two soldiers came.", "minor", "Two"),
        ("Он дал семьсот рублей.", "He gave several hundred roubles.", "minor", "hundred"),
        ("Он приехал 6 июля утром.", "He came on 6 June in the morning.", "major", "June"),
        ("Он приехал первым.", "He came second.", "minor", "second"),
        ("Глава 3. Сад", "Chapter I. The Garden", "minor", "I"),
        ("Он купил дом и сад.", "He bought seven houses and a garden.", "minor", "seven"),
        ("Мост стоил 4 млн рублей.", "The bridge cost 4 bn roubles.", "major", "4 bn"),
        ("Он писал исписанные двадцать страниц.", "He wrote a dozen pages.", "minor", "dozen"),
    ],
)
def test_another_number(ru: str, a: str, severity: str, words: str) -> None:
    assert told({"a": a, "ru": ru}) == [("NUM102", severity, "a", words)]


def test_a_number_lost_is_major_where_the_words_about_it_are_kept() -> None:
    rows = {
        "ru": "Сорок солдат и шесть офицеров пришли вечером.",
        "b": "Forty soldiers and six officers came at night.",
    }
    assert [t[1] for t in told({"a": "Forty soldiers and officers came at night.", **rows})] == ["major"]
    assert [t[1] for t in told({"a": "Forty of them were there.", **rows})] == ["minor"]
    assert [t[1] for t in told({"a": "On the floor she lived.", "ru": "На шестом этаже она жила."})] == ["neutral"]


def test_of_a_sentence_that_stands_twice_no_number_is_told() -> None:
    flood = "In 25 districts of the state the floods were the most destructive in 35 years, said the governor."
    rows = [
        {"ru": "В 25 районах штата наводнения были самыми разрушительными за 35 лет, сказал губернатор.", "a": flood},
        {"ru": "Певица вышла на сцену и спела две новые песни, а публика хлопала три минуты.", "a": flood},
        {"ru": "Он пошёл домой и лёг спать.", "a": "He went home and went to bed."},
    ]
    report = compare.report(compare.from_rows(rows, source="ru"))
    grave = {(f.check[:3], f.row) for f in report.findings if f.severity != "neutral"}
    assert any(code == "REP" for code, _ in grave)
    assert ("NUM", 2) not in grave


def test_a_few_stand_for_a_small_number_and_for_no_great_one() -> None:
    def lost(few: str) -> list[str]:
        rows = {"ru": f"За эти {few} дней она сказала это себе.", "a": "In the last few days she said it to herself."}
        return [t[1] for t in told(rows)]

    assert lost("десять") == ["neutral"]
    assert lost("двенадцать") == ["major"]
    assert [
        t[1] for t in told({"ru": "За эти три дня она сказала это себе.", "a": "In the days she said it to herself."})
    ] == ["major"]


@pytest.mark.parametrize(
    ("ru", "a", "severities"),
    [
        ("Он ждал лет шесть.", "He waited some five years.", ["minor"]),
        ("Он ждал шесть лет.", "He waited some five years.", ["major"]),
        ("Он ждал лет двенадцать.", "He waited some fifteen years.", ["major"]),
        ("У вас тысячи наставников.", "You have ten thousand tutors.", []),
        ("У вас тысячу наставников.", "You have ten thousand tutors.", ["minor"]),
        ("Он напоминал Louis XV.", "He reminded one of Louis Quinze.", []),
        ("Он ударил с удесятеренною силой.", "He struck with tenfold strength.", []),
    ],
)
def test_what_is_only_near(ru: str, a: str, severities: list[str]) -> None:
    assert [t[1] for t in told({"ru": ru, "a": a})] == severities


def test_a_number_whose_measure_is_converted_pairs_with_no_other() -> None:
    ru = "Триста десятин пшеницы, сто картофеля и сто пятьдесят клевера."
    assert not told({"ru": ru, "a": "Eight hundred acres of wheat, three hundred of potatoes, four hundred of clover."})
    assert told({"ru": ru, "a": "Eight hundred acres of wheat, three hundred of potatoes, nine hundred of clover."})


def test_a_unit_that_the_source_leaves_out_here_is_converted_as_elsewhere() -> None:
    between = [{"ru": "Он пошёл домой и лёг спать.", "a": "He went home and went to bed."}] * 6
    price = {"ru": "Твой лес стоит пятьсот рублей.", "a": "Your forest is worth a hundred and seventy roubles an acre."}
    land = {"ru": "У него десять десятин леса.", "a": "He has twenty-seven acres of forest."}
    assert told(*between, price)
    assert not told(land, *between, price)


def test_a_number_added_beside_the_source_alone_is_a_fault_where_the_words_about_it_are_the_sources() -> None:
    ru = "Он купил дом и сад."
    assert [t[1] for t in told({"a": "He bought seven houses and a garden.", "ru": ru})] == ["minor"]
    assert [t[1] for t in told({"a": "From seven sides he gathered property.", "ru": ru})] == ["neutral"]


def test_where_a_lost_number_would_stand() -> None:
    rows = {
        "ru": "Сорок солдат и шесть офицеров пришли вечером.",
        "b": "Forty soldiers and six officers came at night.",
    }
    [finding] = found({"a": "Forty soldiers and officers came at night.", **rows})
    assert finding.places[0].text in ("soldiers and officers", "officers")
    assert [(p.version, p.text) for p in finding.places[1:]] == [("ru", "шесть"), ("b", "six")]
    assert finding.message == "nothing here corresponds to “шесть” of ru"
    assert finding.suggestion is None


def test_one_finding_a_row_and_version_with_all_its_places() -> None:
    [finding] = found(
        {"a": "Of thirty men seven were left.", "b": "Of forty men five were left.", "ru": "Из сорока осталось пять."}
    )
    assert [(p.version, p.text) for p in finding.places] == [
        ("a", "thirty"),
        ("a", "seven"),
        ("ru", "сорока"),
        ("b", "forty"),
        ("ru", "пять"),
        ("b", "five"),
    ]
    assert finding.message == "“thirty” where ru has “сорока” and “seven” where ru has “пять”"
    assert finding.suggestion == "forty"
    assert finding.row == 1


def test_without_other_versions_the_figure_is_suggested() -> None:
    [finding] = found({"a": "Fifteen men came.", "ru": "Пришло двенадцать человек."})
    assert finding.suggestion == "12"


def test_the_source_decides_against_the_other_versions() -> None:
    assert told({"a": "Five men.", "b": "Five men.", "c": "Six men.", "ru": "Шесть человек."}) == [
        ("NUM102", "minor", "a", "Five"),
        ("NUM102", "minor", "b", "Five"),
    ]
    sure, alone = (
        found({"a": "Five men.", "ru": "Шесть человек.", **more})[0].score for more in ({"b": "Six men."}, {})
    )
    assert sure > alone > 0.6


def test_what_all_other_versions_say_too_is_the_fault_of_the_source() -> None:
    assert told({"a": "Five men.", "b": "Five men.", "c": "Five men.", "ru": "Шесть человек."}) == []
    assert len(told({"a": "Five men.", "b": "Five men.", "ru": "Шесть человек."})) == 2


def test_what_another_version_adds_too_or_most_lack_is_no_fault() -> None:
    assert told({"a": "Seven of us ate.", "b": "We seven ate.", "ru": "Мы поели."}) == []
    assert told({"a": "We ate.", "b": "We dined.", "ru": "Всемеро семеро нас поели вчера семь."}) == []


def test_without_a_source_the_others_decide_and_of_two_the_second_is_shown() -> None:
    assert told({"a": "Five men.", "b": "Six men.", "c": "Six men."}) == [("NUM102", "major", "a", "Five")]
    assert told({"a": "Five men.", "b": "Six men."}) == [("NUM102", "major", "b", "Six")]
    assert told({"a": "Five men came.", "b": "Men came."}) == []


@pytest.mark.parametrize("distance", [1, 4])
def test_what_stands_in_a_row_nearby_is_not_missed(distance: int) -> None:
    between = [{"a": _SHELF, "ru": _RU_SHELF}] * (distance - 1)
    first, last = {"a": "They came.", "ru": "Их было семеро."}, {"a": "There were seven.", "ru": "Они пришли."}
    assert told(first, *between, last) == []
    assert told(last, *between, first) == []


def test_what_stands_farther_off_is_missed() -> None:
    between = [{"a": _SHELF, "ru": _RU_SHELF}] * 4
    first, last = {"a": "They came.", "ru": "Их было семеро."}, {"a": "There were seven.", "ru": "Они пришли."}
    assert {t[3] for t in told(first, *between, last)} >= {"seven"}


def test_doubtful_rows_are_silent() -> None:
    made = collated({"a": "Fifteen versts.", "ru": "Двенадцать вёрст."})
    for confidence, count in ((0.29, 0), (0.31, 1)):
        doubtful = replace(made, rows=tuple(replace(row, confidence=confidence) for row in made.rows))
        assert len(found(collation=doubtful)) == count


def test_notes_are_exempt() -> None:
    assert told({"a": "He left [in all fifteen times] at once.", "ru": "Он ушёл сразу."}) == []
    assert told({"a": "He left at once.", "ru": "Он ушёл [всего пятнадцать раз] сразу."}) == []
    assert told({"a": "He left fifteen times at once.", "ru": "Он ушёл сразу."}) != []


def test_the_calendars_are_told_by_num103_alone() -> None:
    [finding] = found(
        {"a": "In the night of November 6th to 7th they came.", "ru": "Ночью с 24 на 25 октября пришли они."}
    )
    assert (finding.check, finding.severity) == ("NUM103", "minor")
    assert [p.text for p in finding.places] == ["November 6", "7", "24", "25 октября"]
    assert "13 days apart" in finding.message


def test_a_date_in_another_style_is_held_against_the_source_alone() -> None:
    row = {"a": "It was signed on 3 March 1918.", "b": "It was signed on 18 February 1918."}
    row |= {"c": "On 18 February 1918 it was signed.", "ru": "Он был подписан 18 февраля 1918 года."}
    assert [(f.places[0].version, f.places[1].version) for f in found(row, code="NUM103")] == [("a", "ru")]
    del row["ru"]
    assert [{p.version for p in f.places} for f in found(row, code="NUM103")] == [{"a", "b"}, {"a", "c"}]


def test_a_wrong_unit_is_told_by_num104_alone() -> None:
    [finding] = found({"a": "He paid three roubles.", "ru": "Он заплатил три копейки."})
    assert (finding.check, finding.severity, finding.places[0].text) == ("NUM104", "major", "three roubles")
    assert finding.score == pytest.approx(0.7)
    assert found({"a": "He paid three roubles twenty.", "b": "He paid.", "ru": "Он заплатил."}, code="NUM104") == []


def test_measures_of_one_row_are_one_finding() -> None:
    [finding] = found(
        {
            "a": "It was fifty miles to the town and three hundred miles to the sea.",
            "ru": "До города было пятьдесят вёрст, до моря триста вёрст.",
        },
        code="NUM104",
    )
    assert [p.text for p in finding.places if p.version == "a"] == ["fifty miles", "three hundred miles"]


def test_without_a_source_two_versions_must_differ_from_a_measure() -> None:
    two = {"a": "It lay fifty miles off.", "b": "It lay fifty versts off."}
    assert found(two, code="NUM104") == []
    assert {f.places[0].version for f in found({**two, "c": "It was fifty versts away."}, code="NUM104")} == {"a"}


@pytest.mark.parametrize(
    ("b", "score"),
    [("He waited for an hour and a half.", 0.97), ("He waited for 11/2 hours.", 0.2), ("He waited.", 0.8)],
)
def test_run_together(b: str, score: float) -> None:
    findings = [f for _, f in run(Analysis(collated({"a": "He waited for 11/2 hours.", "b": b})), select(["NUM101"]))]
    assert findings[0].score == pytest.approx(score)
    assert findings[0].suggestion == "1 1/2"


@pytest.mark.parametrize(
    ("mine", "theirs", "nearby", "understood"),
    [
        (4, 4_000, 5_000, True),
        (4_000, 4, 1_000, True),
        (4, 4_000_000, 5_000_000, True),
        (4, 4_000_000, 5_000, False),
        (4, 4_000, 999, False),
        (4, 400, 500, False),
        (1_000, 1_000_000, 2_000_000, False),
        (0, 1_000, 5_000, False),
    ],
)
def test_a_scale_may_be_left_out_that_stands_nearby(mine: int, theirs: int, nearby: int, understood: bool) -> None:
    short = "a" if mine < theirs else "ru"
    stated = {short: [SimpleNamespace(value=nearby)]}
    cell = SimpleNamespace(version="a", stated=lambda text: stated.get(text, ()), around=lambda _: ())
    two = SimpleNamespace(value=mine), SimpleNamespace(value=theirs)
    assert num102_number._elliptical(cell, "ru", *two) is understood  # type: ignore[arg-type]
    aside = SimpleNamespace(version="a", stated=lambda _: (), around=lambda text: stated.get(text, ()))
    assert num102_number._elliptical(aside, "ru", *two) is understood  # type: ignore[arg-type]
