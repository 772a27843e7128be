"""Checks of meaning: what each finds, where each is silent, and what makes a finding grave."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import named, sem101_passage, sem103_negation
from compare.checks.sem301_verb import _LIKELY as LIKELY
from compare.grammar import VERBLESS
from compare.grammar.breaks import Break
from compare.meaning.detect.suspect_spans import Phrase
from compare.meaning.risk import GRAVE, weigh
from compare.values import Finding, Place, Span

MOON = {
    "a": "The moon is made of cheese.",
    "b": "He paid the joiner forty roubles.",
    "ru": "Он заплатил столяру сорок рублей.",
}


def analysis(row: dict[str, str], risk: float | None = None, confidence: float = 1.0) -> Analysis:
    collation = compare.collate(compare.from_rows([row]))
    made = Analysis(replace(collation, rows=tuple(replace(r, confidence=confidence) for r in collation.rows)))
    if risk is not None:
        made.__dict__["risk_of_meaning"] = ({version: risk for version in row if version != "ru"},)
    return made


def found(code: str, made: Analysis) -> list[Finding]:
    [check] = named([code])
    return [f for f in check.run(made) if f.score >= check.threshold]


def asked(**row: str) -> list[tuple[str, str, float]]:
    return [(f.places[0].version, f.places[0].text, f.score) for f in found("SEM105", analysis(row))]


def test_weight_of_a_finding_about_meaning() -> None:
    risks = ({"a": GRAVE, "b": GRAVE - 0.01, "c": None},)
    assert [weigh(risks, 1, version, "major") for version in ("a", "b", "c", "d")] == ["major", *["minor"] * 3]
    assert weigh(risks, 1, "a", "critical") == "critical"


def test_another_passage_is_major_and_says_what_differs() -> None:
    [finding] = found("SEM101", analysis(MOON, GRAVE))
    assert (finding.severity, finding.score, finding.places[0].text) == ("major", GRAVE, MOON["a"])
    assert "moon" in finding.message
    assert "столяру" in finding.message
    assert [p.version for p in finding.places] == ["a", "b", "ru"]


def test_another_passage_needs_risk_alignment_distance_and_other_words() -> None:
    assert not found("SEM101", analysis(MOON, GRAVE - 0.01))
    assert not found("SEM101", analysis(MOON, 0.9, confidence=0.5))
    assert not found("SEM101", analysis(MOON | {"a": "Forty roubles he paid the joiner."}, 0.99))
    assert not found("SEM101", analysis(MOON | {"a": "So it was."}, 0.99))


def test_beside_the_source_alone_another_passage_is_no_proverb() -> None:
    row = {
        "a": "The moon, grey mice and rotten cheese frighten wicked bakers.",
        "ru": "Он заплатил столяру сорок рублей за новый дубовый стол.",
    }
    assert [f.severity for f in found("SEM101", analysis(row, GRAVE))] == ["neutral"]
    assert [f.severity for f in found("SEM101", analysis(row, 0.9))] == ["minor"]
    five = row | {"a": "The moon, mice and cheese frighten bakers, and all that."}
    assert not found("SEM101", analysis(five, GRAVE))


def test_a_passage_that_renders_the_sources_words_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    faithful = MOON | {"a": "Forty roubles were paid to the joiner by him."}
    assert (
        sem101_passage._rendered(analysis(faithful), 0, "a") >= 0.5 > sem101_passage._rendered(analysis(MOON), 0, "a")
    )
    monkeypatch.setattr(sem101_passage, "_RENDERED", 0.0)
    assert not found("SEM101", analysis(MOON, GRAVE))


def test_one_version_may_render_the_source_and_the_next_another_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    row = MOON | {"b": "The king fled over the frozen river."}
    monkeypatch.setattr(sem101_passage, "_is_far", lambda *_: True)
    assert [f.places[0].version for f in found("SEM101", analysis(row, GRAVE))] == ["a", "b"]
    monkeypatch.setattr(sem101_passage, "_rendered", lambda _analysis, _i, version: float(version == "a"))
    assert [f.places[0].version for f in found("SEM101", analysis(row, GRAVE))] == ["b"]


def test_a_capital_that_opens_a_row_may_be_a_names() -> None:
    def spelled(a: str, ru: str) -> list[str]:
        return [f.places[0].text for f in found("SEM111", analysis({"a": a, "b": "It was his.", "ru": ru}))]

    assert spelled("He had his lyubov.", "У него была любовь.") == ["lyubov"]
    assert spelled("Lyubov was his.", "Любовь была его.") == []
    assert spelled("Pidzhak was his.", "Пиджак был его.") == ["Pidzhak"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Is he coming tomorrow.", "Он придёт завтра?"),
        ("Where are you going.", "Куда ты идёшь?"),
        ("He laughed. “What do you want.”", "Он засмеялся. -- Что тебе?"),
        ("And didn't he see it.", "И он не видел?"),
    ],
)
def test_a_question_without_its_mark(text: str, source: str) -> None:
    assert asked(a=text, ru=source) == [("a", ".", 0.7)]
    assert not asked(a=text.replace(".", "?"), ru=source)
    assert not asked(a=text, ru=source.replace("?", "."))
    assert not asked(a=text, b="He will come.", ru=source)
    assert asked(a=text, b="Will he?", ru=source) == [("a", ".", 0.8)]


@pytest.mark.parametrize(
    "text",
    [
        "How lovely are the flowers.",
        "He is coming.",
        "Had he come late, all would have been lost.",
        "May he live long.",
        "Do the work well.",
        "What a day.",
        "I wonder when he is coming.",
        "Who would have thought it…",
    ],
)
def test_what_does_not_ask_by_its_order(text: str) -> None:
    assert not asked(a=text, ru="Он придёт?") or text.startswith("How lovely")


def test_a_question_is_the_last_sentence() -> None:
    [finding] = found("SEM105", analysis({"a": "Is he here. Is he well.", "ru": "Он здесь? Он здоров?"}))
    assert finding.places[0].span.start == len("Is he here. Is he well.") - 1
    assert finding.suggestion == "?"
    assert finding.severity == "minor"


def pronoun(**row: str) -> list[tuple[str, str, str, float]]:
    return [(f.places[0].version, f.places[0].text, f.severity, f.score) for f in found("SEM107", analysis(row))]


def test_a_pronoun_is_judged_by_the_source_and_the_other_versions() -> None:
    ru = "Он пришёл домой поздно."
    late = "He came home late."
    assert pronoun(a="She came home late.", b=late, ru=ru) == [("a", "She", "major", 0.8)]
    [finding] = found("SEM107", analysis({"a": "She came home late.", "b": late, "ru": ru}))
    assert finding.suggestion == "He"
    assert pronoun(a="She came home late.", b=late, c=late, ru=ru) == [("a", "She", "major", 0.95)]
    assert pronoun(a="She came home late.", b=late, c=late) == [("a", "She", "major", 0.8)]
    assert pronoun(a="She came home late.", b=late) == []
    assert pronoun(a="She came home late.", b=late, c=late, ru="Она пришла домой поздно.") == []
    assert pronoun(a="She came home late, Anna.", b=late, ru="Пришёл домой поздно.") == []


def test_a_lost_verb_is_major_where_another_version_has_it_and_the_cell_is_at_risk() -> None:
    lost = {
        "a": "On the basis of what he in June, we decided to go.",
        "b": "On the basis of what he proposed in June, we decided to go.",
    }
    [major] = found("SEM301", analysis(lost, GRAVE))
    assert (major.severity, major.places[0].version) == ("major", "a")
    assert major.suggestion == "On the basis of what he proposed in June"
    assert major.message.endswith("b has one")
    [minor] = found("SEM301", analysis(lost, GRAVE - 0.01))
    assert minor.severity == "minor"
    [alone] = found("SEM301", analysis({"a": lost["a"]}, 0.99))
    assert alone.severity == "minor"
    assert "has one" not in alone.message


@pytest.mark.parametrize(("theirs", "severity"), [("were severed", "minor"), ("were", "neutral"), ("", "minor")])
def test_a_verb_that_others_have_must_say_something(
    theirs: str, severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": "They plan to come.", "b": f"They {theirs} so." if theirs else "", "ru": "Они приедут."}
    made = analysis({id: text for id, text in texts.items() if text})
    collation = made.collation
    clause = collation.place("a", 0, 9)
    at = collation.place("b", 5, 5 + len(theirs)) if theirs else None
    evidence = tuple(filter(None, (at, collation.place("ru", 0, 3))))
    broken = Break(1, SimpleNamespace(odds=0.0), clause, clause, LIKELY, False, evidence, None)  # type: ignore[arg-type]
    monkeypatch.setattr(Analysis, "broken_sentences", (broken,))
    assert [f.severity for f in found("SEM301", made)] == [severity]


@pytest.mark.parametrize(("having", "severity"), [("", "neutral"), ("b", "neutral"), ("bc", "minor"), ("bcd", "minor")])
def test_two_of_several_others_must_have_the_verb(having: str, severity: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = analysis({"a": "They plan to come.", **dict.fromkeys("bcd", "They were severed so.")})
    clause = made.collation.place("a", 0, 9)
    evidence = tuple(made.collation.place(id, 5, 17) for id in having)
    broken = Break(1, SimpleNamespace(odds=0.0), clause, clause, LIKELY, False, evidence, None)  # type: ignore[arg-type]
    monkeypatch.setattr(Analysis, "broken_sentences", (broken,))
    assert [f.severity for f in found("SEM301", made)] == [severity]


@pytest.mark.parametrize(
    ("witness", "score", "severity"),
    [("ru", LIKELY, "minor"), ("ru", LIKELY - 0.01, "neutral"), ("b", LIKELY - 0.01, "minor")],
)
def test_a_verb_that_only_the_source_has_must_be_sure(
    witness: str, score: float, severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": "On what he in June we agreed.", witness: "They wrote so." if witness == "b" else "Они написали."}
    made = analysis(texts)
    clause, verb = made.collation.place("a", 0, 9), made.collation.place(witness, 5, 10)
    for odds, grade in ((VERBLESS - 0.1, severity), (VERBLESS, "minor")):
        broken = Break(1, SimpleNamespace(odds=odds), clause, clause, score, False, (verb,), None)  # type: ignore[arg-type]
        monkeypatch.setattr(Analysis, "broken_sentences", (broken,))
        assert [f.severity for f in found("SEM301", made)] == [grade]


class TestWordsInThePlaceOfOthers:
    """SEM104 of a phrase that two texts speak against, in a row that says something else or nearly the same."""

    def phrase(self, words: str, *theirs: tuple[str, str], score: float = 0.9) -> Phrase:
        places = [Place(version, Span(0, len(text)), text) for version, text in theirs]
        return Phrase(1, "a", score, Place("a", Span(0, len(words)), words), tuple(places), None)

    def graded(self, farther: float, phrase: Phrase, *, ru: bool = False) -> list[str]:
        row = {"a": "The moon is there.", "b": "The joiner is there.", "c": "The joiner stands there."}
        made = analysis({**row, **({"ru": "Там столяр."} if ru else {})})
        similarity = SimpleNamespace(farther=lambda *_: farther)
        made.__dict__.update(phrases=(phrase,), wrong_senses=(), similarity=similarity)
        return [f.severity for f in found("SEM104", made)]

    def test_is_major_where_two_texts_and_the_vectors_speak_against_it(self) -> None:
        against = self.phrase("The moon", ("b", "The joiner"), ("c", "The joiner"))
        assert self.graded(0.03, against) == ["major"]
        assert self.graded(0.02, against) == ["minor"]
        assert self.graded(0.03, self.phrase("The moon", ("b", "The joiner"))) == ["minor"]
        assert self.graded(0.03, replace(against, score=0.89)) == ["minor"]
        assert self.graded(0.03, replace(against, score=0.49)) == []

    @pytest.mark.parametrize(
        ("words", "theirs", "severity"),
        [
            ("the house", "the home", "minor"),
            ("angry", "furious", "minor"),
            ("the", "potato", "minor"),
            ("the house", "a potato", "major"),
            ("coffin", "horses", "major"),
        ],
    )
    def test_is_minor_where_the_words_are_near_in_sense(self, words: str, theirs: str, severity: str) -> None:
        assert self.graded(0.1, self.phrase(words, ("b", theirs), ("c", theirs))) == [severity]

    def test_only_texts_in_its_own_language_say_what_is_near(self) -> None:
        assert self.graded(0.1, self.phrase("house", ("b", "potato"), ("ru", "дом")), ru=True) == ["major"]
        assert self.graded(0.1, self.phrase("house", ("b", "home"), ("ru", "столяр")), ru=True) == []


@pytest.mark.parametrize(
    ("odds", "often", "agreed", "severity"),
    [
        (sem103_negation._GRAVE - 0.01, 0.5, True, "neutral"),
        (sem103_negation._GRAVE - 0.01, None, True, "neutral"),
        (sem103_negation._GRAVE, 0.5, True, "major"),
        (sem103_negation._GRAVE, None, True, "minor"),
        (sem103_negation._CRITICAL - 0.01, 0.5, True, "major"),
        (sem103_negation._CRITICAL, 0.5, True, "critical"),
        (sem103_negation._CERTAIN - 0.01, 0.5, False, "neutral"),
        (sem103_negation._CERTAIN, 0.5, False, "major"),
    ],
)
def test_a_denial_is_grave_by_its_odds_where_the_source_was_asked(
    odds: float, often: float | None, agreed: bool, severity: str
) -> None:
    found = SimpleNamespace(odds=odds, often=often, agreed=agreed)
    assert sem103_negation._severity(found, ["b", "ru"]) == severity  # type: ignore[arg-type]
    assert sem103_negation._severity(found, ["ru"]) == "neutral"  # type: ignore[arg-type]
