import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.segment import sentences
from compare.segment.bounds import LONGEST
from tests.data import SHARED, needs_shared
from tests.planting.sentences import ENGLISH, FRENCH, RUSSIAN

CASES = [
    (lang, case)
    for lang, cases in (("en", ENGLISH), ("ru", RUSSIAN), ("fr", FRENCH))
    for case in cases.strip().splitlines()
]


def cut(text: str, lang: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, lang)]


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_hard_case(lang: str, case: str) -> None:
    assert cut(case.replace(" | ", " "), lang) == case.split(" | ")


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_no_break_spaces_are_spaces(lang: str, case: str) -> None:
    words = case.replace(" | ", "\n").replace(" ", "\N{NO-BREAK SPACE}").replace("\n", " | ")
    assert cut(words.replace(" | ", " "), lang) == words.split(" | ")


#: What can go wrong, standing thick.
WORDS = "г|т. е.|Mr.|U.S.|А.|I.|word|слово|Он|The|said|5|1842|XII|1.|。|ß|𝔸".split("|")
MARKS = '.|...|. . .|…|?|!|?!|;|—|--|-|"|«|»|“|”|’|(|)|[1]|*|¹| |  |\t|\xa0|\u200b|\ufeff|\x1c'.split("|")
ENDS = ["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\x85"]
PIECES = st.sampled_from(WORDS + MARKS + ENDS)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS, st.sampled_from(["en", "ru", "de", ""]))
@settings(max_examples=200)
def test_every_character_lies_in_one_sentence(text: str, lang: str) -> None:
    spans = sentences(text, lang)
    covered = [k for span in spans for k in range(span.start, span.end)]
    assert covered == sorted(set(covered)), "the spans ascend and do not overlap"
    assert all(char.isspace() for k, char in enumerate(text) if k not in set(covered))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@given(TEXTS.filter(lambda text: len(text.splitlines()) < 2))
@settings(max_examples=100)
def test_a_paragraph_is_cut_as_if_alone(text: str) -> None:
    assert cut(f"Before.\n\n{text}\n\nAfter.") == ["Before.", *cut(text), "After."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    text = f"CHAPTER I{end}{end}It was spring.{end}He came.{end}{end}— Where?{end}— Home."
    assert cut(text) == ["CHAPTER I", "It was spring.", "He came.", "— Where?", "— Home."]


def test_verse_keeps_its_lines() -> None:
    verse = "The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep"
    assert cut(verse) == verse.splitlines()


def test_list_keeps_its_items() -> None:
    assert cut("The parties agree:\n1. to cease fire;\n2. to exchange prisoners;\n- and the rest") == [
        "The parties agree:",
        "1. to cease fire;",
        "2. to exchange prisoners;",
        "- and the rest",
    ]


def test_wrapped_line_before_an_abbreviation_is_no_list() -> None:
    text = "Это не согласуется с самою натурою обстоятельства и т.\nд. Иван Петрович привез\nс собою несколько планов."
    assert cut(text, "ru") == [text[: text.index(" Иван")], text[text.index("Иван") :]]


def test_a_sentence_without_end_is_cut_at_a_clause() -> None:
    text = "and he went on, " * 2000
    pieces = cut(text)
    assert max(map(len, pieces)) <= LONGEST
    assert all(piece.endswith(",") for piece in pieces)
    assert max(map(len, cut("x" * 100_000))) == LONGEST


@pytest.mark.parametrize(
    "text", ["." * 10**5, "! " * 10**5, "-. " * 10**5, '."' * 10**5, "аб.Вг" * 10**5, "(a?) B " * 10**4]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "")


@needs_shared
@pytest.mark.parametrize("file", ["nest/ru", "nest/en-garnett", "nest/en-hapgood", "overcoat/ru", "overcoat/en-field"])
@pytest.mark.parametrize("width", [60, 72])
def test_wrapping_changes_no_sentence(file: str, width: int) -> None:
    assert SHARED is not None
    text = (SHARED / f"{file}.txt").read_text(encoding="utf-8")[:100_000]
    lang = "ru" if file.endswith("ru") else "en"
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
    wrapped = "\n\n".join("\n".join(textwrap.wrap(block, width, break_on_hyphens=False)) for block in paragraphs)
    plain = cut("\n\n".join(paragraphs), lang)
    changed = set(plain) ^ {" ".join(sentence.split()) for sentence in cut(wrapped, lang)}
    assert len(changed) <= len(plain) // 200
