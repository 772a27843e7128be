"""The checks of names by behaviour: who is blamed, for what, how gravely, and how often the same fault is told."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest

import compare
from compare.analysis import Analysis
from compare.checks.nam101_spellings import _are_side_by_side
from compare.names.absences import absences
from compare.names.detect import find
from compare.names.replacements import replacements
from compare.values import Finding, Span

pytestmark = pytest.mark.usefixtures("own_scores")

VERBS = {
    "пришел": "came",
    "молчал": "was silent",
    "ушел": "left",
    "сидел": "sat",
    "спал": "slept",
    "писал": "wrote",
}


def found(rows: list[dict[str, str]], *select: str) -> list[Finding]:
    return compare.check(compare.collate(compare.from_rows(rows, source="ru")), select=select or ("NAM",))


def told(rows: list[dict[str, str]], *select: str) -> list[tuple[str, str, str, str]]:
    """List check, severity, version and words of the findings that an editor sees."""
    seen = [f for f in found(rows, *select) if f.severity != "neutral"]
    return sorted((f.check, f.severity, f.places[0].version, f.places[0].text) for f in seen)


def through(name: str, **written: str) -> list[dict[str, str]]:
    """Make a small tale of one person, whom each version calls by one name throughout."""
    return [
        {"ru": f"Тогда {name} {ru}."} | {id: f"Then {form} {en}." for id, form in written.items()}
        for ru, en in VERBS.items()
    ]


def test_a_wrong_name_throughout_is_one_finding_with_all_its_places() -> None:
    (finding,) = [f for f in found(through("Обухов", a="Ostrov", b="Obukhov")) if f.severity != "neutral"]
    assert (finding.check, finding.severity, finding.row) == ("NAM501", "major", 1)
    assert [p.text for p in finding.places] == ["Ostrov", "Обухов", *["Ostrov"] * 5]
    assert [p.version for p in finding.places[:2]] == ["a", "ru"]
    assert finding.score == pytest.approx(0.9)
    assert finding.suggestion == "Obukhov"
    assert "Обухов, which is Obukhov" in finding.message
    assert "(6×)" in finding.message


def test_the_source_alone_judges_a_single_version() -> None:
    (finding,) = found(through("Обухов", a="Ostrov"))
    assert (finding.check, finding.severity, finding.score) == ("NAM501", "major", 0.9)
    assert finding.suggestion == "Obukhov"


@pytest.mark.parametrize("right", ["Obukhov", "Oboukhoff", "Obuchow", "Obuhov", "Obukov"])
def test_a_version_that_agrees_with_the_source_is_never_blamed(right: str) -> None:
    assert {place for _, _, place, _ in told(through("Обухов", a=right, b="Ostrov"))} == {"b"}
    assert not told(through("Обухов", a=right))


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("Он жил в Литве.", "He lived in Lithuania.", "He lived in Latvia."),
        ("Она вернулась из Вены.", "She came back from Vienna.", "She came back from Venice."),
        ("Мы ехали в Австрию.", "We were going to Austria.", "We were going to Australia."),
        ("Поезд шел в Варшаву.", "The train went to Warsaw.", "The train went to Prague."),
        ("Весной Висла разлилась.", "In spring the Vistula flooded.", "In spring the Volga flooded."),
        ("Он родился в Германии.", "He was born in Germany.", "He was born in Greece."),
        ("Нигерия молчала.", "Nigeria was silent.", "Niger was silent."),
        ("Письмо пришло из Нью-Йорка.", "The letter came from New York.", "The letter came from Chicago."),
    ],
)
def test_a_country_a_town_a_river_for_another_is_major(source: str, right: str, wrong: str) -> None:
    for texts in ({"a": wrong}, {"a": wrong, "b": right}):
        ((check, severity, version, _),) = told([{"ru": source, **texts}])
        assert (check, severity, version) == ("NAM501", "major", "a")
    assert not told([{"ru": source, "a": right}])


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Она жила в Нидерландах.", "She lived in Holland."),
        ("Он служил в Персии.", "He served in Iran."),
        ("Поезд шел в Петербург.", "The train went to St. Petersburg."),
        ("Америка молчала.", "The United States was silent."),
        ("Он поехал в Англию.", "He went to Britain."),
        ("Катерина Ивановна плакала.", "Catherine Ivanovna was crying."),
        ("Там сидела Катя.", "There sat Kitty."),
        ("Она звала Машеньку.", "She called Mary."),
        ("Вошел Юпитер.", "In came Jove."),
        ("Она читала Горация.", "She was reading Horace."),
        ("Лавизу-то помнишь, Лавизу?", "Do you remember Laviza, Laviza?"),
        ("Вошел Петр Максимович.", "In came Piotr Maximitch."),
        ("Глава Евангелия Иоаннова кончилась.", "The chapter of St. John was over."),
        ("Советский Союз Писателей и Литфонд.", "The Soviet Union of Writers and the Literary Fund."),
    ],
)
def test_a_settled_form_a_pet_form_a_translation_is_no_fault(source: str, target: str) -> None:
    assert not told([{"ru": source, "a": target}])


def test_a_person_of_the_work_is_named_for_clearness() -> None:
    rows = [*through("Обухов", a="Obukhov"), *through("Жилин", a="Zhilin")]
    rows[3]["a"] = "Then Zhilin sat."
    assert not told(rows, "NAM5")


def test_another_given_name_beside_the_same_patronymic_is_minor() -> None:
    rows = [*through("Надежда Николаевна", a="Nadezhda Nikolaevna"), *through("Лизавета", a="Lizaveta")]
    rows[2]["a"] = "Then Lizaveta Nikolaevna left."
    assert ("NAM501", "minor", "a", "Lizaveta") in told(rows, "NAM5")


def test_a_wrong_name_that_another_version_shares_is_found_where_a_third_has_the_right_one() -> None:
    rows = [*through("Анна", a="Anna", b="Anna", c="Anna"), *through("Обухов", a="Obukhov", b="Obukhov", c="Obukhov")]
    named = {"ru": "Арина Семеновна", "a": "Anna Semenovna", "b": "Anna Semenovna", "c": "Arina Semyonovna"}
    rows.append({id: f"{'Вошла' if id == 'ru' else 'In came'} {name}." for id, name in named.items()})
    wrong = [f for f in found(rows, "NAM501") if f.severity != "neutral"]
    assert [(f.row, f.severity, [p.version for p in f.places]) for f in wrong] == [
        (13, "minor", ["a", "ru"]),
        (13, "minor", ["b", "ru"]),
    ]


def test_a_name_missing_far_from_any_other_mention_is_told() -> None:
    rows = [{"ru": "Обухов приехал в Пензу весной.", "a": "Obukhov came in spring."}]
    assert told(rows, "NAM502") == [("NAM502", "minor", "a", "Obukhov came in spring.")]
    (finding,) = found(rows, "NAM502")
    assert (finding.score, finding.places[1].text) == (0.6, "Пензу")
    (finding,) = found([rows[0] | {"b": "Obukhov came to Penza in spring."}], "NAM502")
    assert (finding.score, finding.places[0].version) == (0.8, "a")
    assert not found([rows[0] | {"a": "He came in spring.", "ru": "Обухов приехал весной."}], "NAM502")


@pytest.mark.parametrize(("distance", "silent"), [(1, True), (12, True), (13, False)])
def test_a_name_that_the_version_has_close_by_may_be_a_pronoun(distance: int, silent: bool) -> None:
    filler = {"ru": "Было тихо и темно.", "a": "It was quiet and dark."}
    rows = [{"ru": "Лежала Пенза в снегу.", "a": "There lay Penza in the snow."}, *[filler] * (distance - 1)]
    rows.append({"ru": "Дорога вела в Пензу прямо.", "a": "The road led straight on."})
    assert (not told(rows, "NAM502")) is silent


def test_an_editors_note_and_a_fragment_lack_no_name() -> None:
    row = {"ru": "Обухов приехал в Пензу весной.", "a": "Obukhov came in spring."}
    assert not found([row | {"a": "[Obukhov came in spring.]"}], "NAM502")
    assert not found([row | {"a": "Obukhov came."}], "NAM502")


def test_an_address_may_be_dropped() -> None:
    assert not told([{"ru": "Прощайте, Обухов, мне пора.", "a": "Farewell for now, it is time."}])


def test_a_row_that_is_hardly_aligned_says_nothing() -> None:
    table = compare.collate(compare.from_rows([{"ru": "Он жил в Литве.", "a": "He lived in Latvia."}], source="ru"))
    names = Analysis(table).names
    (absence,) = absences(table, names)
    assert (absence.word.lemma, absence.version, absence.reference) == ("литва", "a", "ru")
    (replacement,) = replacements(table, names, [absence])
    assert [place.text for place in replacement.places] == ["Latvia"]
    from dataclasses import replace

    for confidence, count in ((0.29, 0), (0.3, 1)):
        rows = tuple(replace(row, confidence=confidence) for row in table.rows)
        assert len(list(absences(replace(table, rows=rows), names))) == count


ORDERED = [
    {
        "ru": "Тогда Обухов и Пётр Ильич поехали в Литву.",
        "a": "Then Obukhov and Pyotr Ilyich went to Latvia.",
        "b": "Then Obuchow and Petr Petrovich went to Lithuania.",
        "c": "Then Ostrov and Peter Ilyitch went to Lithuania.",
    },
    {
        "ru": "Генерал Обухов и Фёдор молчали.",
        "a": "General Obukhov and Fyodor were silent.",
        "b": "Obuchow and Fedor were silent.",
        "c": "Ostrov and Fyedor were silent.",
    },
    {"ru": "Фёдор ушёл.", "a": "Fyedor left.", "b": "Fedor left.", "c": "Fyedor left."},
]


def test_the_order_of_versions_changes_nothing() -> None:
    told = set()
    for order in permutations(("ru", "a", "b", "c")):
        rows = [{id: row[id] for id in order} for row in ORDERED]
        told.add(
            tuple(
                sorted(
                    (f.check, f.severity, round(f.score, 9), f.message, f.suggestion, tuple(map(repr, f.places)))
                    for f in found(rows, "NAM", "TRM")
                )
            )
        )
    assert len(told) == 1
    assert {check for check, *_ in next(iter(told))} >= {"NAM101", "NAM201", "NAM501", "NAM702"}


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        (
            ["Юрий Карпов вошел.", "Юрий Карпов сел.", "Юрий Карпов встал."],
            ["Yuri Karpov", "Yury Karpov", "Yuri Karpov"],
        ),
        (
            ["Семен Жуков вошел.", "Семен Жуков сел.", "Семен Жуков встал."],
            ["Semyon Zhukov", "Semen Zhukov", "Semyon Zhukov"],
        ),
        (["Пётр вошел.", "Пётр сел.", "Пётр встал."], ["Pyotr", "Pyetr", "Pyotr"]),
        (["Тут Фёдор вошел.", "Тут Фёдор сел.", "Тут Фёдор встал."], ["Then Fyodor", "Then Fyedor", "Then Fyodor"]),
    ],
)
def test_two_romanisations_of_a_given_name_are_told_wherever_it_stands(ru: list[str], en: list[str]) -> None:
    verbs = ["came in", "sat down", "got up"]
    rows = [{"ru": r, "a": f"{e} {v}."} for r, e, v in zip(ru, en, verbs, strict=True)]
    (finding,) = found(rows, "NAM101")
    assert finding.places[0].text in en[1]
    assert finding.score > 0.9


def test_a_given_name_of_two_people_may_be_written_in_two_ways() -> None:
    rows = [
        {"ru": "Пришел Сергей Жуков.", "a": "In came Sergei Zhukov."},
        {"ru": "Пришел Сергей Лавров.", "a": "In came Sergey Lavrov."},
    ]
    assert not told(rows, "NAM101")
    assert told([*rows, {"ru": "Сергей Жуков ушел.", "a": "Then Sergey Zhukov left."}], "NAM101")


def test_presidents_are_not_one_and_a_man_is_no_woman() -> None:
    rows = [
        {"ru": "Президент России Владимир Путин ушел.", "a": "Russian President Vladimir Putin left."},
        {"ru": "Президент Украины Владимир Зеленский ушел.", "a": "Ukrainian President Volodymyr Zelensky left."},
    ]
    assert not told(rows, "NAM101")
    assert told([*rows, {"ru": "Пришел Владимир Путин.", "a": "In came Wladimir Putin."}], "NAM101")
    rows = [
        {"ru": "Пришел Александр Кочетков.", "a": "In came Aleksandr Kochetkov."},
        {"ru": "Тут была Александра.", "a": "Alexandra was there."},
    ]
    assert not told(rows, "NAM101")


def test_what_the_source_writes_otherwise_is_no_second_spelling() -> None:
    rows = [
        {"ru": "Где Обухов?", "a": "Where is Obukhov?"},
        {"ru": "Немец звал его Обухоф.", "a": "The German called him Obukhof."},
        {"ru": "Там Обухов.", "a": "There is Obukhov."},
    ]
    assert not told(rows)
    rows[1]["ru"] = "Немец звал: Обухов."
    assert told(rows, "NAM101") == [("NAM101", "minor", "a", "Obukhof")]


def test_who_else_stands_in_a_list_of_names_is_another() -> None:
    rows = [
        {"ru": "Сыновья: Иефер и Ефер.", "a": "Sons: Jether and Epher."},
        {"ru": "Иефер умер.", "a": "Jether died."},
        {"ru": "Иефер жил там.", "a": "Jether lived there."},
        {"ru": "Ефер пришел.", "a": "Epher came."},
    ]
    assert not told(rows, "NAM101")


AGE = "And he saith unto them, Thou hast come, and ye have not known it, for he cometh whom ye knew not."


@pytest.mark.parametrize("archaic", [False, True])
def test_names_in_english_of_another_age_follow_other_traditions(archaic: bool) -> None:
    rows = [
        {"ru": "Там Кирюшкин.", "a": "There is Kirinshkin.", "b": "There is Kirushkin."},
        {"ru": "Она жила в Португалии.", "a": "She lived in Spain.", "b": ""},
        {
            "ru": "Он говорит им: ты пришел, и вы не знали.",
            "a": AGE if archaic else "He says to them: you came.",
            "b": "",
        },
    ]
    said = {(f.check, f.severity) for f in found(rows, "NAM501", "NAM601") if f.places[0].version == "a"}
    assert said == (
        {("NAM501", "neutral"), ("NAM601", "neutral")} if archaic else {("NAM501", "major"), ("NAM601", "minor")}
    )


@pytest.mark.parametrize(
    ("source", "version", "times", "severity"),
    [
        ("Гуров", "Gomov", 1, "major"),  # misread
        ("Обухов", "Ostrov", 1, "neutral"),
        ("Обухов", "Ostrov", 3, "major"),  # a Russian, who has no other name
        ("Сирия", "Ostrov", 3, "neutral"),  # a place may have one
    ],
)
def test_another_name_is_grave_where_it_cannot_be_the_same_bearers(
    source: str, version: str, times: int, severity: str
) -> None:
    rows = [{"ru": f"Тогда {source} {ru}.", "a": f"Then {version} {en}."} for ru, en in [*VERBS.items()][:times]]
    assert [f.severity for f in found(rows, "NAM501")] == [severity]


def test_two_names_of_a_place_follow_the_source() -> None:
    rows = [
        {"ru": "Он жил в Петербурге.", "a": "He lived in Petersburg."},
        {"ru": "Он жил в Ленинграде.", "a": "He lived in Leningrad."},
        {"ru": "Он был в Ленинграде.", "a": "He was in Leningrad."},
    ]
    assert not told(rows, "NAM101")


def test_a_stress_mark_is_no_second_spelling() -> None:
    assert not told(
        [{"ru": "Вот Паншин.", "a": "There is Pánshin."}, {"ru": "И Паншин.", "a": "And Panshín."}], "NAM101"
    )


@pytest.mark.parametrize(
    ("ru", "a", "message"),
    [
        ("Вошел генерал Дроздов.", "In came Drozdov.", "drops the title general"),
        ("Вошел Дроздов.", "In came Prince Drozdov.", "adds the title prince"),
        ("Вошел принц Гарри.", "In came Prince Harry.", ""),
        ("Вошел генерал-лейтенант Дроздов.", "In came General Drozdov.", ""),
        ("Кн. В. Ф. Дроздов", "Prince V. F. Drozdov", ""),
        ("Приехал Сергей Дроздов, заместитель министра.", "Deputy Minister Sergei Drozdov came.", ""),
        ("Вошел посол Дроздов.", "In came Drozdov.", ""),
        ("Это сказал глава врачей Ульрих Дроздов.", "So said the head of General Practitioners Ulrich Drozdov.", ""),
        ("Вошел царь Дроздов.", "In came King Drozdov.", ""),
    ],
)
def test_ranks_are_held_against_the_source_and_posts_are_not(ru: str, a: str, message: str) -> None:
    assert [f.message.split(" of ")[0].removeprefix("a ") for f in found([{"ru": ru, "a": a}], "NAM701")] == [
        message
    ] * bool(message)


def test_a_rank_in_the_row_beside_is_not_dropped() -> None:
    rows = [
        {"ru": "Вошел человек.", "a": "In came a general."},
        {"ru": "Генерал Дроздов сел.", "a": "Drozdov sat down."},
    ]
    assert not found(rows, "NAM701")
    rows.insert(1, {"ru": "Было тихо.", "a": "It was quiet."})
    assert found(rows, "NAM701")


def test_a_title_that_is_always_dropped_is_told_once() -> None:
    rows = [
        {"ru": f"Графиня Дроздова {ru}.", "a": f"Drozdova {en}."} for ru, en in [("вошла", "came in"), ("села", "sat")]
    ]
    rows.insert(1, {"ru": "Было очень тихо.", "a": "It was very quiet."})
    (finding,) = found(rows, "NAM701")
    assert finding.message == "a drops the title countess of Графиня Дроздова, here and in 1 more place"
    assert [p.version for p in finding.places] == ["a", "ru", "a"]


def test_endings_are_those_of_the_source() -> None:
    rows = [
        {"ru": f"Тут {ru} молчал.", "a": f"Here {en} was silent."}
        for ru, en in [("Иванов", "Ivanov"), ("Обухов", "Obukhov"), ("Сидоров", "Sidorov"), ("Жуков", "Zhukov")]
    ]
    assert not told([*rows, {"ru": "Тут Эндрю молчал.", "a": "Here Mathew was silent."}], "NAM302")
    assert told([*rows, {"ru": "Тут Лавров молчал.", "a": "Here Lavrow was silent."}], "NAM302") == [
        ("NAM302", "minor", "a", "Lavrow")
    ]


def test_no_case_but_the_nominative_is_proposed() -> None:
    rows = [
        {"ru": "Абуталимов добавил это.", "a": "Aboutalimov added this."},
        {"ru": "По словам Абуталимова, это опасно.", "a": "According to Abutalimova, it is dangerous."},
    ]
    (finding,) = found(rows, "NAM101")
    assert finding.suggestion == "Aboutalimov"


def test_a_case_ending_is_told_only_of_a_place_that_the_source_names() -> None:
    assert not told([{"ru": "Отдохни немного.", "a": "Resta little."}])
    assert told([{"ru": "Он жил близ Аданы.", "a": "He lived near Adany."}], "NAM401") == [
        ("NAM401", "major", "a", "Adany")
    ]


@pytest.mark.parametrize("ids", [("a", "b"), ("x", "y"), ("a", "y")])
def test_a_misspelling_is_seen_by_versions_of_any_name(ids: tuple[str, str]) -> None:
    texts = ("In Kirushkin Alley.", "In Kirinshkin Lane.")
    rows = [{"ru": "В Кирюшкином переулке.", **dict(zip(ids, texts, strict=True))}]
    assert [(f.places[0].version, f.suggestion) for f in found(rows, "NAM601")] == [(ids[1], "Kirushkin")]


@pytest.mark.parametrize(("left", "bare"), [("Natasha left", "Natasha"), ("She left", "Natasha")])
def test_instead_of_a_case_the_name_as_it_is_written_elsewhere_is_suggested(left: str, bare: str) -> None:
    rows = [{"ru": "Она сидела с Наташей.", "a": "She sat with Natashey."}, {"ru": "Наташа ушла.", "a": f"{left}."}]
    (finding,) = found(rows, "NAM401")
    assert finding.suggestion == bare


def test_a_patronymic_is_not_excused_by_another_person_in_the_row() -> None:
    rows = [{"ru": f"Тут {n}.", "a": f"Here is {e}."} for n, e in (("Федор Иваныч", "Fedor Ivanovich"),)]
    rows.append({"ru": "Федор Иваныч и Владимир Николаич сели.", "a": "Fedor Ivanovich and Vladimir Ivanovich sat."})
    (finding,) = [f for f in found(rows) if f.check == "NAM702"]
    assert finding.places[0].text == "Vladimir Ivanovich"


def test_patronymics_are_held_against_the_source() -> None:
    rows = [{"ru": "Вошел Семен Егорович.", "a": "In came Semyon Yakovlevitch.", "b": "In came Semyon Yegorovich."}]
    (finding,) = [f for f in found(rows) if f.check == "NAM702"]
    assert (finding.severity, finding.score, finding.places[0].version) == ("major", 0.9, "a")
    (finding,) = [f for f in found([{"ru": rows[0]["ru"], "a": rows[0]["a"]}]) if f.check == "NAM702"]
    assert finding.score == 0.8


def test_a_scheme_that_nobody_declared_is_for_information() -> None:
    rows = [
        {"ru": f"Тут {ru} молчал.", "a": f"Here {en} was silent."}
        for ru, en in [
            ("Чечин", "Chechin"),
            ("Обухов", "Obukhov"),
            ("Хачин", "Khachin"),
            ("Жилин", "Zhilin"),
            ("Жуков", "Zhukov"),
            ("Чижов", "Tchizhov"),
        ]
    ]
    assert {f.severity for f in found(rows, "NAM301")} <= {"neutral"}


@pytest.mark.parametrize(
    ("ru", "en"),
    [
        (
            "Чичиков сказал, что римская монархия не была так велика.",
            "He said that the Empire of Rome had been smaller.",
        ),
        ("Петрушка бывал в Костроме.", "Petrushka had been wherever Chichikov went."),
        ("Вчера была у нас Анна Григорьевна.", "Yesterday we had a visit from the Archpriest."),
    ],
)
def test_another_kind_of_bearer_stands_in_no_ones_place(ru: str, en: str) -> None:
    about = {"ru": "Чичиков и Петрушка ушли.", "en": "Chichikov and Petrushka left."}
    assert not found([about, {"ru": ru, "en": en}], "NAM501")


def test_another_given_name_is_another_person() -> None:
    rows = [
        {"ru": "Илья Вахошкин молчал.", "a": "Yulia Vahoshkin was silent.", "b": "Ilya Vakhoshkin was silent."},
        {"ru": "Илья Вахошкин ушёл.", "a": "Yulia Vahoshkin left.", "b": "Ilya Vakhoshkin left."},
    ]
    assert told(rows, "NAM501") == [("NAM501", "major", "a", "Yulia")]


@pytest.mark.parametrize(
    ("names", "rows", "are"),
    [
        (["ерма", "ермия"], [1], True),
        (["ерма"], [1], False),
        (["ерма", "флегонт"], [1], False),
        (["ерма", "ермия"], [1, 2], False),
    ],
)
def test_two_names_of_the_source_that_stand_side_by_side_are_no_spellings_of_one(
    names: list[str], rows: list[int], are: bool
) -> None:
    mention = SimpleNamespace(words=[SimpleNamespace(lemma=name) for name in names])
    index: Any = SimpleNamespace(source="ru", by_row={("ru", 1): [mention]})
    hermes, hermas = (SimpleNamespace(key=key, rows=r) for key, r in (("hermes", [1]), ("hermas", rows)))
    assert _are_side_by_side(index, hermes, hermas) is are  # type: ignore[arg-type]


@pytest.mark.parametrize("cry", ["A-ah", "A-ach", "O-o-oh", "A-a-h", "Wha-at", "Wh-a-a-t"])
def test_a_drawled_cry_is_no_name(cry: str) -> None:
    assert [m.words[0].text for m in find(f"{cry}, cried Ilya. Then {cry} again.", [Span(0, 40)], "en")] == ["Ilya"]
