"""Words that stand where the source says something else."""

import pytest

import compare
from compare.analysis import Analysis
from compare.meaning.detect.wrong_senses import faithfulness
from compare.pipeline import judged
from compare.values import Configuration, Finding

RU = (
    "Старый солдат открыл дверь и вошёл в комнату.",
    "На столе лежала книга, а рядом стояла лампа.",
    "Она надела бархатное платье и вышла в сад.",
    "Мальчик долго смотрел на реку и молчал.",
    "Вечером отец читал газету у окна.",
    "Бабочка села на цветок и сложила крылья.",
    "Утром они поехали в город на рынок.",
    "Хозяин принёс вино, хлеб и сыр.",
    "Её бархатное платье висело в шкафу.",
)
SOUND = (
    "The old soldier opened the door and entered the room.",
    "On the table lay a book, and beside it stood a lamp.",
    "She put on a velvet dress and went out into the garden.",
    "The boy looked at the river for a long time and was silent.",
    "In the evening father read a newspaper by the window.",
    "A butterfly sat on a flower and folded its wings.",
    "In the morning they went to town to the market.",
    "The master brought wine, bread and cheese.",
    "Her velvet dress hung in the wardrobe.",
)
FAULTS = {"velvet": "drunken", "butterfly": "grandmother", "market": "spoon", "cheese": "hoof", "river": "parliament"}
FREE = (
    "In came a veteran.",
    "There was something to read, with light enough for it.",
    "She changed and took the air.",
    "Not a word came from the lad, so taken was he by what flowed past.",
    "Of an evening the head of the house would catch up with the world.",
    "It came to rest, gaudy thing, among the petals.",
    "They were off early to do their shopping.",
    "Our host saw to our supper.",
    "What she had worn was put away.",
)


def faulty() -> tuple[str, ...]:
    out = []
    for text in SOUND:
        for right, wrong in FAULTS.items():
            text = text.replace(right, wrong)
        out.append(text)
    return tuple(out)


def analysis(**versions: tuple[str, ...]) -> Analysis:
    rows = [{"ru": ru, **{id: texts[i] for id, texts in versions.items()}} for i, ru in enumerate(RU)]
    return Analysis(compare.collate(compare.from_rows(rows, source="ru")))


def words(made: Analysis, least: float) -> list[tuple[str, str]]:
    return [
        (w.version, made.words.cell(w.version, w.row_index).words[w.at].text)
        for w in made.wrong_senses
        if w.probability >= least
    ]


def found(made: Analysis) -> list[Finding]:
    return [f for f in judged(made.collation, Configuration()).findings if f.check == "SEM104"]


def test_words_that_render_nothing_of_the_source_are_found_in_the_version_that_has_them() -> None:
    made = analysis(a=faulty(), b=SOUND)
    reported = words(made, 0.3)
    assert {v for v, _ in reported} == {"a"}
    assert set(FAULTS.values()) & {w for _, w in reported} >= {"drunken", "spoon", "hoof"}


@pytest.mark.parametrize(
    ("text", "doubted"), [("The lamp made the view difficult.", []), ("The lamp made the view.", ["make"])]
)
def test_a_word_whose_family_another_word_renders_is_not_in_doubt(text: str, doubted: list[str]) -> None:
    rows = [{"ru": ru, "a": sound, "b": sound} for ru, sound in zip(RU, SOUND, strict=True)]
    rows.append({"ru": "Лампа затрудняла вид.", "a": text, "b": "The lamp obstructed the view."})
    made = Analysis(compare.collate(compare.from_rows(rows, source="ru")))
    assert [word.lemma for word in made.wrong_senses] == doubted


def test_a_sound_version_has_none() -> None:
    assert words(analysis(a=SOUND, b=SOUND), 0.05) == []


def test_the_more_doubts_are_wrong_in_a_version_the_likelier_each_is() -> None:
    alone = list(faulty())
    alone[2:8] = SOUND[2:8]
    one, many = analysis(a=tuple(alone), b=SOUND), analysis(a=faulty(), b=SOUND)
    probability = [
        next(w.probability for w in made.wrong_senses if (w.row_index, w.lemma) == (8, "drunken"))
        for made in (one, many)
    ]
    assert probability[0] < probability[1]


def test_a_free_translation_is_not_judged_word_by_word() -> None:
    made = analysis(a=FREE, b=SOUND)
    assert faithfulness(made.words, made.renderings, "a") < 0.5 < 0.8 < faithfulness(made.words, made.renderings, "b")
    assert {w.version for w in made.wrong_senses} <= {"b"}


@pytest.mark.parametrize(("told", "doubted"), [("He went to", True), ("Thou goest, and he hath come to", False)])
def test_a_word_that_no_dictionary_has_is_in_doubt_but_in_english_of_another_age(told: str, doubted: bool) -> None:
    rows = [{"ru": ru, "a": sound, "b": sound} for ru, sound in zip(RU, SOUND, strict=True)]
    rows.append({"ru": "Он пришёл на праздник.", "a": f"{told} the paschen.", "b": "He came to the feast."})
    made = Analysis(compare.collate(compare.from_rows(rows, source="ru")))
    assert ("paschen" in {word.lemma for word in made.wrong_senses}) is doubted


def test_one_error_is_one_finding_with_all_its_places() -> None:
    (finding,) = [f for f in found(analysis(a=faulty(), b=SOUND)) if f.places[0].text == "drunken"]
    assert [p.text for p in finding.places if p.version == "a"] == ["drunken", "drunken"]
    assert "here and in 1 more place;" in finding.message
    assert "velvet" in finding.message
    assert finding.suggestion == "velvet"


def test_without_a_source_nothing_is_asked() -> None:
    rows = [{"a": one, "b": two} for one, two in zip(faulty(), SOUND, strict=True)]
    assert Analysis(compare.collate(compare.from_rows(rows))).wrong_senses == ()


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_the_order_of_versions_changes_nothing(order: tuple[str, str]) -> None:
    texts = {"a": faulty(), "b": SOUND}
    made = analysis(**{id: texts[id] for id in order})
    assert sorted(words(made, 0.3)) == sorted(words(analysis(**texts), 0.3))


def asked(russian: str, **cells: str) -> list[tuple[str, str, str]]:
    """Name the doubted words of a row among sound ones, each with the source's word that it stands for."""
    rows = [{"ru": ru, **dict.fromkeys(cells, en)} for ru, en in zip(RU, SOUND, strict=True)]
    made = Analysis(compare.collate(compare.from_rows([*rows, {"ru": russian, **cells}], source="ru")))
    return [
        (w.version, made.words.cell(w.version, w.row_index).words[w.at].text, w.source_lemma)
        for w in made.wrong_senses
        if w.row_index == len(rows)
    ]


SOCIETY = "На светских мероприятиях было шумно."


@pytest.mark.parametrize(
    ("b", "c", "doubted"),
    [
        ("It was noisy at social events.", "At social events it was noisy.", [("a", "secular", "светский")]),
        ("It was noisy at social events.", "At worldly events it was noisy.", []),  # the others do not agree
        ("It was noisy at social events.", "At social events, not secular ones, it was noisy.", []),
        ("It was noisy at social events.", "", []),  # one other is not enough
    ],
)
def test_a_known_rendering_is_in_doubt_where_two_others_agree_on_another_sense(
    b: str, c: str, doubted: list[tuple[str, str, str]]
) -> None:
    cells = {"a": "It was noisy at secular events.", "b": b, **({"c": c} if c else {})}
    assert [each for each in asked(SOCIETY, **cells) if each[0] == "a"] == doubted


def test_a_word_stands_for_what_the_others_render() -> None:
    russian = "Опрятный внешний вид."
    said = asked(russian, a="The irreversible appearance.", b="Neat appearance.", c="Neat appearance.")
    assert said == [("a", "irreversible", "опрятный")]
