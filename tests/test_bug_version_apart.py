"""A version that shares no row with its source is judged by what it does share; one language is one column."""

from __future__ import annotations

from pathlib import Path

import pytest

import compare
from compare import read

RU = ["Гуров приехал в Ялту весной.", "Он снял номер у моря."]
EN = ["Gurov came to Yalta in spring.", "He took a room by the sea."]


def test_a_version_without_a_row_of_the_source() -> None:
    rows = [{"ru": RU[0], "en": EN[0]}, {"en-b": EN[1]}]
    report = compare.report(compare.from_rows(rows, source="ru"))
    expected = report.analysis.quality
    assert expected["en"][0] is not None
    assert expected["en-b"] == (None, None)
    assert "en" in report.worklist.to_md()


def test_no_version_has_a_row_of_the_source() -> None:
    rows = [{"ru": RU[0]}, {"en": EN[0], "en-b": EN[1]}]
    report = compare.report(compare.from_rows(rows, source="ru"))
    assert set(report.analysis.quality.values()) == {(None, None)}


def test_a_stub_beside_a_whole_version() -> None:
    texts = {"ru": "\n\n".join(RU * 3), "en-a": "\n\n".join(EN * 3), "en-b": "Copyright 1999 by the publisher."}
    report = compare.report(compare.from_texts(texts))
    assert {version.id for version in report.collation.work.versions} == set(texts)


def memory(path: Path, *units: dict[str, str], srclang: str = "*all*") -> Path:
    body = "".join(
        "<tu>" + "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in unit.items()) + "</tu>"
        for unit in units
    )
    path.write_text(f'<tmx version="1.4"><header srclang="{srclang}"/><body>{body}</body></tmx>', encoding="utf-8")
    return path


def test_tags_of_one_language_are_one_column(tmp_path: Path) -> None:
    units = {"ru-RU": RU[0], "en-US": EN[0]}, {"ru": RU[1], "en-GB": EN[1]}
    work = read.load(memory(tmp_path / "mixed.tmx", *units, srclang="ru-RU"))
    assert [(v.id, v.lang, v.role) for v in work.versions] == [("ru", "ru", "source"), ("en", "en", "translation")]
    assert work.version("en").text == "\n".join(EN)
    assert work.rows is not None
    assert all(len(row) == 2 for row in work.rows)
    assert not work.warnings


def test_tags_that_meet_are_versions(tmp_path: Path) -> None:
    units = {"ru": RU[0], "en-US": EN[0], "en-GB": EN[1]}, {"ru": RU[1], "en-GB": EN[1]}
    work = read.load(memory(tmp_path / "a.tmx", *units))
    assert [v.id for v in work.versions] == ["ru", "en-us", "en-gb"]
    assert not work.warnings


def test_a_tag_that_may_be_either_of_two_is_told(tmp_path: Path) -> None:
    units = {"ru": RU[0], "en-US": EN[0], "en-GB": EN[0]}, {"ru": RU[1], "en": EN[1]}
    work = read.load(memory(tmp_path / "a.tmx", *units))
    assert [v.id for v in work.versions] == ["ru", "en-us", "en-gb", "en"]
    assert [w for w in work.warnings if "under the tags en-us, en-gb, en;" in w]


@pytest.mark.parametrize("second", [("ru", "en"), ("ru-RU", "en-US")])
def test_files_of_one_language_in_xliff(tmp_path: Path, second: tuple[str, str]) -> None:
    files = "".join(
        f'<file source-language="{s}" target-language="{t}"><body><trans-unit id="1"><source>{RU[i]}</source>'
        f"<target>{EN[i]}</target></trans-unit></body></file>"
        for i, (s, t) in enumerate((("ru", "en"), second))
    )
    file = tmp_path / "a.xlf"
    file.write_text(f'<xliff version="1.2">{files}</xliff>', encoding="utf-8")
    work = read.load(file)
    assert [(v.id, v.role, v.text) for v in work.versions] == [
        ("ru", "source", "\n".join(RU)),
        ("en", "translation", "\n".join(EN)),
    ]
