"""Denials: what a text denies, what answers a denial, and what is told of a version that denies alone."""

from __future__ import annotations

import math
import random
from types import SimpleNamespace

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import named
from compare.lang import language
from compare.meaning.detect import negation as room
from compare.meaning.detect.negation import RenderingShares, counterparts, log_odds, reversals
from compare.meaning.features.denials import CellDenials, cell_denials, denying_words, is_question, read_denials
from compare.values import Finding
from compare.wordalign.renderings import load
from tests.planting.negation import plant, plant_source


def analysis(**row: str) -> Analysis:
    return Analysis(compare.collate(compare.from_rows([row])))


def reading(text: str, lang: str = "en") -> tuple[CellDenials, list[str]]:
    known = language(lang).negation
    assert known is not None
    version = "ru" if lang == "ru" else "a"
    made = analysis(**{version: text, "b": text if lang == "en" else "He came."})
    [cell] = made.vocabulary.cells[version]
    assert cell is not None
    return cell_denials(text, cell, made.vocabulary.forms, known), [word.text for word in cell.words]


def found(**row: str) -> list[Finding]:
    [check] = named(["SEM103"])
    return [f for f in check.run(analysis(**row)) if f.score >= check.threshold]


@pytest.mark.parametrize(
    ("text", "lang", "claimed"),
    [
        ("He did not see the house.", "en", [("not", "see")]),
        ("Они ждали, доколе он не перешел.", "ru", []),
        ("Они ждали, он не перешел.", "ru", [("не", "перешел")]),
        ("He hadn't seen it.", "en", [("hadn't", "seen")]),
        ("He hadn 't come.", "en", [("hadn", "come")]),
        ("He never saw it; she cannot come.", "en", [("never", "saw"), ("cannot", "come")]),
        ("Nobody came.", "en", []),
        ("Why did he not come?", "en", []),
        ("He came not only late.", "en", []),
        ("He did not come until the evening fell.", "en", []),
        ("He could not but laugh.", "en", []),
        ("More I did not hear, except for a cry.", "en", []),
        ("He saw nothing, and did not eat other than bread.", "en", []),
        ("Had he not come, all would be lost.", "en", []),
        ("Он не видел дома.", "ru", [("не", "видел")]),
        ("Нельзя идти домой.", "ru", [("Нельзя", "идти")]),
        ("Никто не пришёл.", "ru", [("не", "пришёл")]),
        ("Он не только пришёл, но и остался.", "ru", []),
        ("Он чуть не упал.", "ru", []),
        ("Не приди он вовремя, всё бы погибло.", "ru", []),
        ("Он не мог не смеяться.", "ru", []),
    ],
)
def test_what_a_text_claims_not_to_be(text: str, lang: str, claimed: list[tuple[str, str]]) -> None:
    read_, words = reading(text, lang)
    assert [(words[d.at], words[d.on]) for d in read_.denials if d.claims and d.on is not None] == claimed


def test_concord_is_one_denial() -> None:
    assert len(reading("Никто никогда не приходил.", "ru")[0].denials) == 1
    assert len(reading("Никого, он ушёл.", "ru")[0].denials) == 1


def test_the_word_denied_stands_in_the_clause() -> None:
    read_, words = reading("He did not, she came; I saw him not.")
    assert [(d.on, None if d.before is None else words[d.before]) for d in read_.denials] == [
        (None, None),
        (None, "saw"),
    ]


@pytest.mark.parametrize("word", ["hardly", "unable", "impossible", "homeless", "without"])
def test_half_denials(word: str) -> None:
    read_, words = reading(f"It was {word} there.")
    assert [words[k] for k in read_.halves] == [word]


@pytest.mark.parametrize("word", ["under", "inside", "uncle", "unless-ish", "distance", "bless"])
def test_what_only_looks_like_a_denial(word: str) -> None:
    assert 2 not in reading(f"It was {word} there.")[0].halves or word == "under"


def test_marks_and_clauses() -> None:
    read_, _ = reading("Is he here? No, he went. He")
    assert read_.marks == ("?", "?", "?", ".", ".", ".", "")
    assert read_.clauses == (0, 0, 0, 1, 2, 2, 3)


def test_outright_and_asked() -> None:
    text = "He hadn't come. Is it not so? Why not?"
    made = analysis(a=text, b=text)
    [cell] = made.vocabulary.cells["a"]
    assert cell is not None
    assert [cell.words[k].text for k in sorted(denying_words(text, cell, made.vocabulary.forms))] == [
        "hadn't",
        "not",
        "not",
    ]
    assert [is_question(text, cell, k) for k in (1, 5, 8)] == [False, True, False]


def test_shares_are_directed() -> None:
    shares, back = RenderingShares(load(), "ru", "en"), RenderingShares(load(), "en", "ru")
    assert shares.rendered("хотеть", "want") == back.rendered("want", "хотеть") > 0.1
    assert shares.rendered("хотеть", "table") == 0
    assert RenderingShares(load(), "en", "en").rendered("want", "want") == 1
    assert RenderingShares(load(), "en", "en").rendered("want", "wish") == 0
    assert RenderingShares(load(), "en", "en").turned("want", "want") == 0


def odds(one: str, two: str, **row: str) -> float:
    aligned = analysis(**row).words
    lang = {version.id: version.lang for version in aligned.collation.work.versions}
    model = room.direction(lang[one], lang[two])
    readings = read_denials(aligned)
    [(_, facing)] = counterparts(aligned, readings, one, two, 0, RenderingShares(load(), lang[one], lang[two]))
    return log_odds(facing.features, model)


def test_an_answered_denial_is_unlikely_to_be_unanswered() -> None:
    ru = "Он не хотел ехать домой."
    assert (
        odds("ru", "a", ru=ru, a="He did not want to go home.")
        < -3
        < 0
        < odds("ru", "a", ru=ru, a="He wanted to go home.")
    )
    plain = "Он хотел ехать домой."
    assert odds("a", "ru", ru=plain, a="He did not want to go home.") > 3
    assert odds("a", "ru", ru=ru, a="He did not want to go home.") < 0
    same = "He wanted to go home."
    assert odds("a", "b", a="He did not want to go home.", b=same) > 3
    assert odds("a", "b", a="He did not want to go home.", b="He never wanted to go home.") < 0


def faced(one: str, two: str) -> list[dict[str, float]]:
    """List what is read of each denial of the first of two English texts beside the second."""
    aligned = analysis(a=one, b=two).words
    facing = counterparts(aligned, read_denials(aligned), "a", "b", 0, RenderingShares(load(), "en", "en"))
    return [each.features for _, each in facing]


def test_what_is_read_of_a_denial_beside_another_text() -> None:
    denied, claimed = "He did not want to go home.", "He wanted to go home."
    more = "She did not see it."
    [alone], [answered] = faced(denied, claimed), faced(denied, denied)
    assert [alone[name] for name in ("surplus", "none", "alone", "same clause")] == [1, 1, 1, 0]
    assert [answered[name] for name in ("surplus", "none", "alone", "same clause")] == [0, 0, 0, 1]
    assert alone["near"] == alone["near taken"] == pytest.approx(math.exp(-room._FAR / 2))
    assert answered["near"] == answered["near taken"] == pytest.approx(math.exp(-1 / 2))
    for often, surplus in ((2, 2), (3, 2)):  # of more it is not asked by how many
        assert {each["surplus"] for each in faced(f"{denied} {' '.join([more] * (often - 1))}", claimed)} == {surplus}
    [outnumbered] = faced(denied, f"{denied} {more} {more} {more} {more}")
    assert outnumbered["surplus"] == -2
    [asked] = faced("He did not want to go home!", "Did he want to go home?")
    assert (asked["asked there"], asked["exclaimed"], alone["asked there"], alone["exclaimed"]) == (1, 1, 0, 0)


@pytest.mark.parametrize("before", [True, False])
def test_a_neighbours_denial_may_be_the_answer(before: bool) -> None:
    row = {"a": "He did not wish it.", "ru": "Он желал этого."}

    def judged(other: str) -> float:
        rows = (
            [{"a": "The evening came.", "ru": other}, row] if before else [row, {"a": "The evening came.", "ru": other}]
        )
        made = Analysis(compare.collate(compare.from_rows(rows)))
        return max(
            f.odds for f in reversals(made.words, made.renderings, -9.0) if f.row_index == int(before) and f.denied
        )

    assert judged("Не было, нет.") < judged("Настал вечер.") - 0.1


def test_a_denial_that_the_source_and_two_versions_affirm_stands_out_among_others() -> None:
    row = {
        "ru": "Он говорил, что не знал покоя... нет! он был счастлив!",
        "a": "He said that he had not known peace. No! He was not happy!",
        "b": "He said that he had never known peace ... no! he was happy!",
    }
    assert not found(**row)
    [added] = found(**row, c="He said he had not known any peace. No! He had been happy.")
    assert (added.places[0].version, added.places[0].text, added.severity) == ("a", "not", "critical")
    assert not found(
        ru="Там это выгодно, а у нас невыгодно!",
        a="It is profitable there, but here it is not profitable!",
        b="It is profitable there, but here it is unprofitable!",
        c="There it is profitable, and with us unprofitable!",
    )
    row["ru"] = "Он говорил, что не знал покоя... нет! он был весел!"  # a word that is seldom so rendered
    assert not found(**row, c="He said he had not known any peace. No! He had been happy.")


def test_the_source_has_the_word_for_a_critical_finding() -> None:
    [lost] = found(ru="Он не хотел ехать домой.", a="He wanted to go home.", b="He did not want to go home.")
    assert (lost.places[0].version, lost.places[0].text, lost.severity) == ("a", "wanted", "critical")
    assert [(p.version, p.text) for p in lost.places[1:]] == [("ru", "не")]
    [added] = found(ru="Он радушно принял гостей.", a="He did not welcome the guests.", b="He welcomed the guests.")
    assert (added.places[0].version, added.places[0].text) == ("a", "not")
    assert {p.version for p in added.places[1:]} == {"ru", "b"}
    alone = found(a="She saw it.", b="She did not see it.", c="She did not see it.")
    assert [(f.places[0].version, f.severity) for f in alone] == [("a", "minor")]


def test_whoever_denies_with_the_version_acquits_it() -> None:
    ru, plain = "Он принял гостей.", "He received the guests."
    alone = found(ru=ru, a="He did not receive the guests.", b=plain)
    assert [f.places[0].version for f in alone] == ["a"]
    assert not found(ru=ru, a="He did not receive the guests.", b="He did not receive the guests.")


def test_what_is_denied_and_affirmed_in_one_row_is_no_reversal() -> None:
    row = {
        "ru": "Они оставили там идолов, а он взял их.",
        "b": "They left their idols there, and he took them.",
        "c": "They had left the idols there; he took them.",
    }
    assert [f.places[0].text for f in found(**row, a="The idols there he did not take.")] == ["not"]
    assert not found(**row, a="They did not take the idols there, and he took them.")


def test_two_translations_alone_tell_nothing() -> None:
    assert not found(a="He did not receive the guests.", b="He received the guests.")


@pytest.mark.parametrize(
    "row",
    [
        {
            "ru": "Он не отводил глаз от двери.",
            "a": "He kept his eyes fixed on the door.",
            "b": "His eyes never left it.",
        },
        {"ru": "Она едва дышала.", "a": "She could not breathe.", "b": "She hardly breathed."},
        {"ru": "Он молчал.", "a": "He did not speak.", "b": "He was silent."},
        {"ru": "Он был далёк от счастья.", "a": "He was not happy.", "b": "He was far from happy."},
        {"ru": "Ему не было сорока.", "a": "He was under forty.", "b": "He was not forty."},
        {"ru": "Я сомневаюсь в этом.", "a": "I do not believe it.", "b": "I doubt it."},
    ],
)
def test_what_says_the_same_another_way_is_sound(row: dict[str, str]) -> None:
    assert not found(**row)


def test_thresholds_and_scores() -> None:
    made = analysis(ru="Он не хотел ехать домой.", a="He wanted to go home.", b="He did not want to go home.")
    [surest] = reversals(made.words, made.renderings, 3.7)
    assert not surest.denied
    assert surest.agreed
    assert surest.often is not None
    assert surest.often > 0.2
    assert not list(reversals(made.words, made.renderings, surest.odds + 0.01))
    [finding] = found(ru="Он не хотел ехать домой.", a="He wanted to go home.", b="He did not want to go home.")
    shorter = math.log(20 / 5)  # than a common sentence
    assert finding.score == pytest.approx(min(0.95, 0.6 + (surest.odds + shorter - 3.7) / 10), abs=1e-3)


def test_planters_plant() -> None:
    rng = random.Random(1)
    lost = [plant("He did not go.", rng) for _ in range(20)]
    assert {"He did go."} == {p.text for p in lost if p and not p.added}
    added = plant("The old man was here.", rng)
    assert added is not None
    assert added.text == "The old man was not here."
    assert added.text[added.at :].startswith("not")
    assert plant("Yes.", rng) is None
    source = plant_source("Он пришёл домой.", rng)
    assert source is not None
    assert source.text == "Он не пришёл домой."
    assert plant_source("Он не пришёл.", rng) is None


def test_a_denial_that_the_source_has_in_a_turn_is_asked_of_the_version_that_lacks_it() -> None:
    rows = [
        {
            "a": "“We shall retreat,” said Khalil Pasha, “while the city stands.”",
            "b": "“We shall not retreat,” said Khalil Pasha, “while the city stands.”",
            "ru": "«Мы не отступим, — сказал Халил-паша, — пока стоит город».",
        }
    ]
    (finding,) = [f for f in compare.report(compare.from_rows(rows, source="ru")).findings if f.check == "SEM103"]
    assert (finding.severity, finding.places[0].version, finding.places[0].text) == ("minor", "a", "retreat")
    assert [place.text for place in finding.places[1:]] == ["not"]


def test_a_denial_turned_round_is_none_that_is_lost() -> None:
    rows = [
        {
            "a": "Before a quarter of an hour had elapsed a dispute flared up between them.",
            "b": "A quarter of an hour had not elapsed before a dispute flared up between them.",
            "ru": "Четверти часа не прошло, как уже загорелся между ними спор.",
        }
    ]
    assert not [f for f in compare.report(compare.from_rows(rows, source="ru")).findings if f.check == "SEM103"]


def test_what_an_unread_source_decides_counts_beside_what_the_two_versions_say() -> None:
    source = SimpleNamespace(denies_like=lambda row, one, other: (row, one, other) == (4, "b", "a"))
    faced = {
        ("a", "b"): {2: SimpleNamespace(at=3)},
        ("b", "a"): {5: SimpleNamespace(at=6), 7: SimpleNamespace(at=None)},
    }
    odds = {("a", "b", 2): 1.5, ("b", "a", 5): -1.5}
    found = list(room._judged(4, "a", ("a", "b"), source, faced, odds))  # type: ignore[arg-type]
    assert [(f.version, f.denied, f.at, f.odds) for f in found] == [
        ("a", True, 2, 1.5 + room._COUNTED),
        ("a", False, 6, -1.5 + room._COUNTED),
    ]
    assert not list(room._judged(4, "b", ("a", "b"), source, faced, odds))  # type: ignore[arg-type]
