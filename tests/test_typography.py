"""Marks and spaces: what has no partner, what is a house style, and what several versions share."""

from __future__ import annotations

import re

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import run, select
from compare.checks.typ104_spaces import _parts
from compare.encode.nothing import Nothing
from compare.typography import LONGEST, elsewhere, in_address, unpaired_brackets, unpaired_quotes


def marked(text: str) -> tuple[str, list[tuple[int, bool]]]:
    """Take out ⟦ before an opening without a partner and ⟧ before a closing one, and return where they stood."""
    plain, found = "", []
    for char in text:
        if char in "⟦⟧":
            found.append((len(plain), char == "⟦"))
        else:
            plain += char
    return plain, found


@pytest.mark.parametrize(
    "case",
    [
        "“He left,” she said. “So did I.”",
        "⟦“He left, she said, and went out.",
        "⟦“In the talks he was firm. But in this case “attempts” failed.",
        "He left,⟧” she said.",
        '"He left," she said.',
        '"He left,"⟧" she said.',
        'He left, ⟦"they said. "We know."',
        'They answered: (so) ["we know"], and left.',
        'He said—"no"—and left.',
        # paragraphs
        "“It was long ago.\n\n“And yet I know.”",
        "“It was long ago.\n“And yet I know.”",
        '"It was long ago.\n\n"And yet I know."',
        "«Это было давно.\n\n«И всё же помню».",
        "«Это было давно.\n\n»И всё же помню».",
        "«Это было давно.\n\nИ всё же помню».",
        "⟦“It was long ago.\n\nHe left. “So did I.”",
        "⟦“It was long ago.\n\nShe said “no” and left.\n\nHe left.",
        '"I have come," he said. "\'Tis all.',
        "He said ⟦\"'Tis all.",
        'One. "Two," he said. ⟦"Three.\n\nFour.',
        # styles
        "„Уйди“, — сказал он. «Ушел».",
        "»Geh«, sagte er. „Bleib“, sagte sie.",
        "»Geh« und »komm«, sagte er; ⟦»bleib, sagte sie.\n\nEr ging.",
        "”Gå”, sade han. ”Stanna”, sade hon.",
        "« Partez », dit-il. « Non. »",
        "”Gå”, sade han. « Kom », sade hon.",
        "«Он сказал: „уйди“», — ответил она.",
        "⟦«Он сказал: уйди, — ответил он.",
        # inches
        'He was 6\'2" tall and the plank 12" wide.',
        '"He is 6\'2" tall," she said.',
        "The plank was 12” wide.",
        '"It was in 1920," he said. "In 1921" he left.',
        "He spoke of ⟦“1920.",
    ],
)
def test_quotation_marks_without_a_partner(case: str) -> None:
    text, expected = marked(case)
    assert unpaired_quotes(text) == expected


def test_a_quotation_that_runs_on_too_long_has_no_end() -> None:
    near, far = ("“It was long ago.\n\n" + "x" * size + " and so.” He left." for size in (LONGEST - 40, LONGEST))
    assert unpaired_quotes(near) == []
    assert unpaired_quotes(far) == [(0, True), (far.index("”"), False)]


@pytest.mark.parametrize(
    "case",
    [
        "The treaty (signed at Sèvres [1920]) was void.",
        "The treaty ⟦(signed at Sèvres was void.",
        "The treaty signed⟧) at Sèvres.",
        "A ⟦[wrong pair⟧).",
        "A {note} and ⟦{another.",
        "It was agreed: 1) to meet; ii) to talk; c) to part; xvii) to end.",
        "12) to meet, and 1234⟧) to part",
        "He left for the hills *). She did not †).",
        "It is twice as eight⟧) as before.",
        "He left for the hills¹). She did not²³).",
        "I know :) and ;-) and :( too",
        "Привет)) Как дела)))",
        "(see (a)) and (b)⟧) there",
        "(one)⟧)⟧)",
        "A bracket (that runs\n\nover paragraphs) is whole.",
    ],
)
def test_brackets_without_a_partner(case: str) -> None:
    text, expected = marked(case)
    assert unpaired_brackets(text) == [at for at, _ in expected]


@pytest.mark.parametrize(
    ("text", "word", "inside"),
    [
        ("see правительство.рф now", "рф", True),
        ("see http://пример/я now", "пример", True),
        ("write to имя@мир now", "имя", True),
        ("he left the смычка. Then", "смычка", False),
        ("первый", "первый", False),
        ("the смычка, so.called", "смычка", False),
    ],
)
def test_addresses(text: str, word: str, inside: bool) -> None:
    at = text.index(word)
    assert in_address(text, at, at + len(word)) is inside


def findings(rows: list[dict[str, str]], source: str | None = None) -> list[tuple[str, str, str, float, str | None]]:
    """Return check, version, quoted text, score and suggestion of what the TYP checks report."""
    collation = compare.collate(compare.from_rows(rows, source=source), encoder=Nothing())
    found = [f for check, f in run(Analysis(collation), select(["TYP"])) if f.score >= check.threshold]
    return [(f.check, f.places[0].version, f.places[0].text, f.score, f.suggestion) for f in found]


def one(text: str, version: str = "en") -> list[tuple[str, str]]:
    """Return check and quoted text of what the TYP checks report of a version alone."""
    work = compare.from_texts({version: text})
    collation = compare.collate(work, encoder=Nothing())
    return [(f.check, f.places[0].text) for c, f in run(Analysis(collation), select(["TYP"])) if f.score >= c.threshold]


def test_what_the_source_has_too_is_no_slip() -> None:
    slip = {"ru": "Он пришёл ,увидел и ушёл.", "a": "He came ,saw and left.", "b": "He came, saw and left."}
    assert findings([slip], "ru") == [("TYP103", "ru", ",", 0.7, "")]


def test_what_all_other_versions_have_is_no_slip() -> None:
    row = {"a": "He  came in the morning.", "b": "In the morning he  came.", "c": "He  came at dawn of day."}
    assert findings([row]) == []
    assert findings([row | {"c": "He came at dawn of day."}]) == [("TYP104", id, "  ", 0.8, " ") for id in "ab"]


def test_alone_in_its_row_nothing_agrees() -> None:
    collation = compare.collate(compare.from_texts({"en": "He  came."}), encoder=Nothing())
    assert not elsewhere(collation, "en", 2, re.compile("  "))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("From the ; Annual report.", [("TYP103", ";")]),
        ("The army of the. Then it left.", [("TYP103", ".")]),
        ("He came and; then he left.", [("TYP103", ";")]),
        ("He came and, then, left; he or, rather, she.", []),
        ("He came,, he saw.", [("TYP103", ",,")]),
        ("He came.\n, and he left there.", [("TYP103", ",")]),
        ("He left . . . and came back . . . so.", []),
        ("He left, and . . . but no.", []),
        ("He left ... and came .", [("TYP103", ".")]),
        ("He bought a .45 and left, etc., then.", []),
        ("The 'the' and The-a. Well, a-the.", []),
        ("What ? He left ! And so ; it was : done .", [("TYP103", mark) for mark in "?!;:."]),
        ("What ? Who ? Why ? He left. How ? So.", []),
        ("Who ? He left. How ? So.", [("TYP103", "?"), ("TYP103", "?")]),
        ("Who ? He left. How ? So. Why ? Then.", []),
        ("Who ? Or he? " * 3 + "Who? He. " * 9, [("TYP103", "?")] * 3),
        ("Who ? Or he? " * 3 + "Who? He. " * 8, []),
        ("He was the one; an, old one.", [("TYP103", ",")]),
        ("It gave me the, I feel, unpardonable boldness.", []),
    ],
)
def test_stray_marks(text: str, found: list[tuple[str, str]]) -> None:
    assert one(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They gave a pretext for this  offensive,  then  left.", ["  ", "  ", "  "]),
        ("He left.  She stayed.    So he  — left.", []),
        ("The verse goes on    and on here.", []),
        ("The treaty ( signed at Sevres ) was void.", [" ", " "]),
        ("He came,saw and left;then.", [",", ";"]),
        ("He left.She stayed!Then all.", [".", "!"]),
        ("He reads Gazeta.Ru and Node.Js, index.html and U.S.A. News.", []),
        ("He left Moscow.The army stayed.", ["."]),
        ("It cost 1,250.50 at 10:30; see http://a.b,cd or ftp://x.y;zz too.", []),
        ("One\tTwo  \tthree", []),
        ("The gov\u00adern\u00adment left the zero\u200bwidth.", []),
    ],
)
def test_odd_spaces(text: str, found: list[str]) -> None:
    assert one(text) == [("TYP104", quoted) for quoted in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("That was Turkey 's claim.", ["'s"]),
        ("That was Turkey’ s claim.", ["’"]),
        ("He did n't and do n’t and don 't go.", ["'t"]),
        ("We 'll go and they 've gone.", ["'ll", "'ve"]),
        ("It is an outpost of the workers 'and peasants' system.", ["'and"]),
        ("They met at the workers ' congress.", ["' "]),
        ("'Tis said he called it 'and so on'. He was 'the' man.", []),
        ("In his words 'the war is lost.' He left.", []),
        ("In his letters 'I am' stands.", []),
    ],
)
def test_apostrophes(text: str, found: list[str]) -> None:
    assert [quoted for check, quoted in one(text) if check == "TYP105"] == found


def test_apostrophes_are_judged_only_where_the_language_joins_by_them() -> None:
    assert one("Он сказал 's и workers ' тут.", "ru") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was so; Following the struggle, it was happy.", ["Following"]),
        ("He came; The others left.", ["The"]),
        ("He came; Sterling was his name, and everybody knew Sterling.", []),
        ("He came; Winter was near, and winter is cold; the winter.", ["Winter"]),
        ("He came; Turkey and I left.", []),
        ("He came; The Times was there.", []),
        ("He came, And left; The others, But not I, stayed.", []),
    ],
)
def test_capitals_after_a_semicolon(text: str, found: list[str]) -> None:
    assert [quoted for check, quoted in one(text) if check == "TYP106"] == found


def test_capitals_after_many_semicolons_are_verse() -> None:
    def said(capitals: int, small: int) -> bool:
        far = "they walked along the river and over the hills " * 5  # so that no other capital is near
        lines = [f"{far}went home; {'And' if n < capitals else 'and'} lay down" for n in range(capitals + small)]
        return any(check == "TYP106" for check, _ in one(". Then ".join(lines) + "."))

    assert said(4, 0)
    assert not said(5, 45)
    assert said(5, 46)


@pytest.mark.parametrize(
    ("text", "version", "found"),
    [
        ("The Sоviet Government agreed.", "en", ["Sоviet"]),
        ("He spoke of the смычка at length.", "en", ["смычка"]),
        ("He reads правительство.рф every day.", "en", []),
        ("Он уехал в Mоскву и подписал статью буквой X.", "ru", ["Mоскву"]),
        ("Он читал Le Monde и уехал домой.", "ru", []),
    ],
)
def test_scripts(text: str, version: str, found: list[str]) -> None:
    assert one(text, version) == [("TYP201", quoted) for quoted in found]


def test_french_typesetting_is_no_fault() -> None:
    text = "« Partez ! » dit-il. Que faire ? Il y a ceci : rien ; et puis l'hiver. Voilà !\n\nIl est parti, lui aussi."
    assert one(text, "fr") == []
    assert one("Il partit , lui aussi.", "fr") == [("TYP103", ",")]


def test_a_quotation_that_the_source_leaves_open_in_its_row_is_not_the_versions_fault() -> None:
    rows = [
        {"ru": "Он сказал: «уйди, и ушел.", "a": "He said: “go, and went.", "b": "He said: “go”, and went."},
        {"ru": "Потом она ушла.", "a": "Then “she went.", "b": "Then she went."},
    ]
    made = compare.collate(compare.from_rows(rows, source="ru"), encoder=Nothing())
    found = [f for _, f in run(Analysis(made), select(["TYP101"]))]
    places = [f.places[0] for f in found]
    assert [(p.version, made.number_at(p.version, p.span.start)) for p in places] == [("ru", 1), ("a", 2)]


def test_a_stress_mark_is_no_letter_of_another_script() -> None:
    rows = [{"ru": "Это дорого стóит, но Mосква ждёт.", "a": "It costs a lot, but Moscow waits."}]
    made = compare.collate(compare.from_rows(rows, source="ru"), encoder=Nothing())
    found = [f for _, f in run(Analysis(made), select(["TYP201"]))]
    assert [f.places[0].text for f in found] == ["Mосква"]


OLD = "Въ лѣсу было тихо, и дѣти спали. Онъ шелъ домой по снѣгу. Домъ былъ пустъ."


def test_the_spelling_that_a_version_has_less_of_is_shown() -> None:
    later = f"{OLD} Потом он вышел из дома. Сын молчал, и сад спал."
    [finding] = compare.report(compare.from_texts({"ru": later}), select=["TYP108"]).findings
    assert [p.text for p in finding.places] == ["Потом", "вышел", "Сын", "молчал", "сад", "спал", "лѣсу"]
    assert finding.message == "6 words are in today's spelling, 8 show the other"
    mostly_new = f"{OLD} " + "Потом он вышел из дома. Сын молчал, и сад спал. " * 3
    [finding] = compare.report(compare.from_texts({"ru": mostly_new}), select=["TYP108"]).findings
    assert [p.text for p in finding.places[:2]] == ["лѣсу", "дѣти"]


def test_what_is_spelled_one_way_ends_no_search_for_mixtures() -> None:
    texts = {"en": "He left the house.", "ru-old": OLD, "ru": f"{OLD} Потом он вышел из дома. Сын молчал, и сад спал."}
    [finding] = compare.report(compare.from_texts(texts), encoder=Nothing(), select=["TYP108"]).findings
    assert finding.places[0].version == "ru"


@pytest.mark.parametrize("text", [OLD, "Потом он вышел из дома. Сын молчал, и сад спал.", f"{OLD} Сын и сад, да Сын."])
def test_one_spelling_with_a_slip_is_no_mixture(text: str) -> None:
    assert not compare.report(compare.from_texts({"ru": text}), select=["TYP108"]).findings


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        *[("left.The", True), ("Anna.The", True), ("a,b", True), ("a;b", True)],
        *[(".The", False), ("left.", False), ("Anna.Table", False), ("left.the", False), ("left.THE", False)],
        *[("LEFT.The", False), ("http://a,b", False), ("see http://a;b", False), ("http://a then,b", True)],
    ],
)
def test_a_mark_parts_words_and_sentences_but_no_addresses(text: str, parted: bool) -> None:
    mark = re.search("[.,;]", text)
    assert mark
    assert _parts(text, mark.start(), "en") == parted
