"""No input makes a traceback, and none costs more than its length: smaller sizes of `tests/bench/trust.py`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from numpy.typing import NDArray

import compare
from compare import decisions, pipeline, words
from compare.encode import cache
from compare.quantities.numbers import quantities
from compare.read import work
from compare.read.columns import LONGEST_CELL, MOST_WORDS
from compare.read.language import contradicts, guess, settle
from compare.read.markup import kind, namespace
from compare.repeats import copies
from compare.repeats.lexical_matches import AREA, PIECE, _within_budget, candidates
from compare.repeats.tokens import tokenize
from compare.segment import sentences
from compare.segment.bounds import LONGEST
from compare.values import InputError
from compare.wordalign.links import TABLE, stretches
from compare.words import plain
from compare.write import html, json, md
from tests.bench import odd_works
from tests.bench.trust import CASES

#: A size at which a case still shows what it is, in a tenth of a second or so.
SMALL = {"digits": 5_000, "same sentence": 40, "code points": 500, "novel": 3, "prose": 2, "one line": 700}


@pytest.mark.parametrize(
    "case", ["digits", "surrogate", "code points", "marks alone", "not", "same sentence", "quotes"]
)
def test_no_text_is_too_odd(case: str) -> None:
    text, source, _ = CASES[case]
    size = SMALL.get(case, 60)
    report = compare.report(compare.from_texts({"en": text(size), "en-b": "The mill burned.", "ru": source(size)}))
    assert b"</html>" in html.write(report)
    assert json.write(report)
    assert md.write(report)


def test_odd_works_end_in_a_report_or_are_refused() -> None:
    odd_works.thrown(12)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_a_letter_without_a_name_is_no_trouble(lang: str) -> None:
    odd_works.report({lang: "Никто не сказал 𗧧 и 𗧧кто.", "en": "Nobody said 𗧧."})
    assert words.lemma("𗧧", lang)
    assert words.lemma("дома", "ru") == "дом"


@pytest.mark.parametrize("sign", ["Ъ", "ъ-ъ"])
def test_a_hard_sign_by_itself_is_a_word(sign: str) -> None:
    odd_works.report({"ru": f"{sign} »", "en": "The hard sign is not read.", "en-b": "The sign."})


@pytest.mark.parametrize("empty", ["", "—…!", "\n" * 50])
def test_a_version_without_words_stands_beside_a_source(empty: str) -> None:
    report = compare.report(compare.from_texts({"en": empty, "en-b": "The mill burned.", "ru": "Мельница сгорела."}))
    assert report.collation.cell(report.collation.rows[0], "ru") == "Мельница сгорела."


@pytest.mark.parametrize("figures", ["7" * 5_000, "1,000" * 1_000, f"1/{'2' * 5_000}", f"{'3' * 5_000}.5", "1." * 900])
def test_a_run_of_figures_is_no_number(figures: str) -> None:
    assert quantities(f"It cost {figures} and 12 roubles.", "en")[-1].value == 12
    assert all(len(str(q.value)) < 100 for q in quantities(f"It cost {figures} roubles.", "en"))


def test_a_number_in_words_does_not_grow_for_ever() -> None:
    assert quantities("two " + "million " * 400, "en") == ()
    assert quantities("two million million", "en")[0].value == 2 * 10**12


def test_half_a_surrogate_pair_is_read_as_lost() -> None:
    assert plain("a\ud800b") == "a\ufffdb"


def test_no_sentence_is_longer_than_what_is_compared() -> None:
    assert max(map(len, sentences("not " * 5_000))) <= LONGEST


def test_a_row_longer_than_a_passage_is_refused() -> None:
    with pytest.raises(InputError, match="row 2: en has 25,000 characters"):
        compare.from_rows([{"en": "One."}, {"en": "a" * (LONGEST_CELL + 5_000), "ru": "Два."}])
    with pytest.raises(InputError, match=f"row 1: en has {MOST_WORDS + 1:,} words"):
        compare.from_rows([{"en": "a " * (MOST_WORDS + 1)}])
    for cell in ("a" * LONGEST_CELL, "a " * MOST_WORDS):
        assert compare.from_rows([{"en": cell}]).versions[0].id == "en"


def test_tables_of_words_are_bounded() -> None:
    lengths = [3] * 300 + [400] * 60 + [9_000] * 2
    parts = list(stretches(lengths, 128))
    assert [length for part in parts for length in lengths[part]] == lengths
    assert [len(lengths[part]) for part in parts[:2]] == [128, 128]
    assert all(len(lengths[p]) == 1 or len(lengths[p]) * max(lengths[p]) ** 2 <= TABLE for p in parts)
    assert len(parts) < 10
    assert list(stretches([], 128)) == []


def test_repeats_are_looked_for_within_a_budget() -> None:
    few = np.array([[i, i + 40, i + 100, i + 140] for i in range(0, 800, 40)], np.int32)
    many = np.array([[0, PIECE, gap, gap + PIECE] for gap in range(1, 100)], np.int32)
    kept = _within_budget(np.concatenate([many, few + 2 * PIECE]))
    assert kept[-len(few) :].tolist() == (few + 2 * PIECE).tolist()
    assert kept[: -len(few)].tolist() == many[: AREA // PIECE**2].tolist()


def test_what_is_said_over_and_over_is_parted_in_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The mill burned down. " * 500
    tokens = tokenize(text, sentences(text, "en"), "en")
    read = []
    across = copies._Across
    monkeypatch.setattr(copies, "_Across", lambda tokens, pairs: read.append(len(pairs)) or across(tokens, pairs))
    found = candidates(tokens)
    assert [(each.i, each.j_end) for each in found] == [(at, at + 8) for at in range(0, 4 * 499, 4)]
    assert sum(read) < len(tokens)


def test_what_is_cut_is_said_and_comes_up_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MOST", 20)
    made = compare.from_texts({"en": "The mill (burned. " * 30})
    report = compare.report(made, select=["TYP102"])
    assert [finding.row for finding in report.findings] == list(range(1, 21))
    assert "en: TYP102 found 30, cut to the first 20" in report.collation.warnings
    assert report.scores["en"]["findings"]["minor"] == 30
    assert b"TYP102 found 30, cut to the first 20" in json.write(report)
    assert b"TYP102 found 30, cut to the first 20" in html.write(report)
    dismissed = tuple({**line, "verdict": "dismissed"} for line in decisions.lines(report.findings, made)[:15])
    again = compare.report(_decided(made, dismissed), select=["TYP102"])
    assert [f.row for f in again.findings if f.status == "open"] == list(range(16, 31))
    assert not [line for line in again.collation.warnings if "cut" in line]


def _decided(made: compare.Work, lines: tuple[dict[str, str], ...]) -> compare.Work:
    return replace(made, tables={"decisions": lines})


@pytest.mark.parametrize(
    "stated",
    [
        f"id = {'9' * 5_000}",
        f"id = 0x{'f' * 5_000}",
        f"id = {'[' * 5_000}",
        'id = "w"\n[[version]]\nid = "en"\nfile = "a\\u0000.txt"',
        f'id = "w"\nyear = {"1" * 5_000}',
    ],
)
def test_an_odd_work_toml_is_said_in_one_line(tmp_path: Path, stated: str) -> None:
    (tmp_path / work.NAME).write_text(stated)
    with pytest.raises(InputError, match=r"work\.toml") as trouble:
        compare.load(tmp_path)
    assert len(str(trouble.value)) < 400


@pytest.mark.parametrize("occurrence", ["9" * 5_000, "²", "0", "-1"])
def test_an_odd_occurrence_is_said_in_one_line(occurrence: str) -> None:
    line = {"check": "TYP", "verdict": "dismissed", "quote": "(", "occurrence": occurrence}
    with pytest.raises(InputError, match="line 2: occurrence"):
        decisions.read(_decided(compare.from_texts({"en": "A word."}), (line,)))


def test_a_prefix_that_nothing_declares_is_no_name(tmp_path: Path) -> None:
    assert kind(etree.Element("{urn:x}seg")) == "seg"
    assert (namespace(etree.Element("{urn:x}seg")), namespace(etree.Element("seg"))) == ("urn:x", "")
    file = tmp_path / "a.xlf"
    unit = "<segment><source>One.<a:b>Two</a:b></source><a:target>x</a:target></segment>"
    file.write_text(f'<xliff version="2.0" srcLang="en" trgLang="ru"><file><unit>{unit}</unit></file></xliff>')
    with pytest.raises(InputError, match="prefix a on"):
        compare.load(file)


def test_a_kept_row_of_another_length_is_made_anew(tmp_path: Path) -> None:
    texts = [f"text {n}" for n in range(9)]

    def made(some: Sequence[str], width: int = 8) -> NDArray[np.float32]:
        return np.ones((len(some), width), np.float32)

    cache.through("x", texts, made, tmp_path)
    cache.through("x", ["text 3"], lambda some: made(some, 5), tmp_path)
    (file,) = tmp_path.glob("*.sqlite")
    key = cache._key("x", "text 3")
    short = np.ones(5, "<f4").tobytes()
    with sqlite3.connect(file) as base:
        base.execute("UPDATE rows SET row = ? WHERE key = ?", (cache._checksum(key, short) + short, key))
        base.execute("UPDATE rows SET row = ? WHERE key = ?", (b"\1\2\3\4\5", cache._key("x", "text 4")))
    assert cache.through("x", texts, made, tmp_path).shape == (9, 8)
    assert cache.through("x", ["text 3"], made, tmp_path, 8).shape == (1, 8)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.sampled_from(["en", "ru", "uk", "xx", "ka"]))
def test_the_language_of_any_text_is_guessed(text: str, lang: str) -> None:
    assert isinstance(guess(text), str)
    assert settle(lang, text)
    assert contradicts(lang, text) in (True, False)


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Before Python 3.11.5 such a group matches wrongly where it fails half-way (CPython issue 106052)."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    files = Path(compare.__file__).parent.rglob("*.py")
    assert not [
        (path.name, line) for path in files for line in path.read_text("utf-8").splitlines() if possessive.search(line)
    ]
