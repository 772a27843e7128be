"""Own rules: words by lemma, patterns, checks switched and graded; and how a wrong file is refused."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import compare
from compare import rules as room
from compare.cli import app
from compare.read import own_rules
from compare.values import InputError, Rules, Work

ROWS = [
    {"ru": "Он ушёл из города.", "en-a": "He went out of Istanbul  twice .", "en-b": "He goes out of town."},
    {"ru": "Дом № 5.", "en-a": "Shop 5.", "en-b": "Shop No. 5."},
]


def ruled(toml: str, folder: Path, rows: list[dict[str, str]] = ROWS) -> Work:
    path = folder / "rules.toml"
    path.write_text(toml, "utf-8")
    work = compare.from_rows(rows, source="ru")
    return replace(work, rules=own_rules.read(path, [v.id for v in work.versions]))


def found(toml: str, folder: Path) -> list[tuple[str, str, str, int]]:
    findings = compare.report(ruled(toml, folder), select=["RUL"]).findings
    return sorted((f.check, f.places[0].version, f.places[0].text, f.row) for f in findings)


@pytest.mark.parametrize(
    ("toml", "places"),
    [
        ('forbidden = ["go out"]', [("RUL101", "en-a", "went out", 1), ("RUL101", "en-b", "goes out", 1)]),
        ('forbidden = ["go out"]\nversions = ["en-b"]', [("RUL101", "en-b", "goes out", 1)]),
        ('forbidden = ["shop"]\nsource = "город"', []),
        ('forbidden = ["shop"]\nsource = "дом"\nlang = "en"\nversions = ["en-a"]', [("RUL101", "en-a", "Shop", 2)]),
        ('forbidden = ["дом", "город"]\nlang = "ru"', []),
        (
            'forbidden = ["дом", "город"]\nversions = ["ru"]',
            [("RUL101", "ru", "Дом", 2), ("RUL101", "ru", "города", 1)],
        ),
    ],
)
def test_forbidden_words(toml: str, places: list[tuple[str, str, str, int]], tmp_path: Path) -> None:
    assert found(f"[[words]]\n{toml}\n", tmp_path) == places


def test_a_forbidden_word_is_explained_and_mended(tmp_path: Path) -> None:
    toml = (
        '[[words]]\nforbidden = ["Istanbul"]\npreferred = "Constantinople"\nreason = "of the time"\nseverity = "major"'
    )
    [finding] = compare.report(ruled(toml, tmp_path), select=["RUL101"]).findings
    assert (finding.message, finding.suggestion, finding.severity) == (
        "“Istanbul” is forbidden: of the time",
        "Constantinople",
        "major",
    )


@pytest.mark.parametrize(
    ("toml", "places"),
    [
        ("find = 'shop'", [("RUL102", "en-a", "Shop", 2), ("RUL102", "en-b", "Shop", 2)]),
        ("find = 'shop'\ncase = true", []),
        ("find = '\\d'\nlang = 'ru'", []),
        ("find = '\\bgo(?=es)|(?<=He )went'", [("RUL102", "en-a", "went", 1), ("RUL102", "en-b", "go", 1)]),
        ("find = 'o'\nsource = '№'\nversions = ['en-b']", [("RUL102", "en-b", "o", 2)] * 2),
        ("source = '№'\nmissing = 'No\\.'", [("RUL102", "en-a", "Shop 5.", 2)]),
        ("source = '\\bдом\\b'\nmissing = 'house'\nversions = ['en-a']", [("RUL102", "en-a", "Shop 5.", 2)]),
        ("find = 'x*'", []),
    ],
)
def test_patterns(toml: str, places: list[tuple[str, str, str, int]], tmp_path: Path) -> None:
    assert found(f"[[patterns]]\n{toml}\n", tmp_path) == places


def test_a_pattern_says_its_message(tmp_path: Path) -> None:
    toml = "[[patterns]]\nfind = 'Shop'\nmessage = 'say store'\n[[patterns]]\nfind = 'Istanbul'\nseverity = 'critical'"
    findings = compare.report(ruled(toml, tmp_path), select=["RUL"]).findings
    assert [(f.severity, f.message) for f in findings] == [
        ("critical", "own rule: Istanbul"),
        ("minor", "say store"),
        ("minor", "say store"),
    ]


def test_a_pattern_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LIMIT", 0.05)
    endless = [{"ru": "А.", "en-a": "a" * 60 + "b", "en-b": "c"}]
    began = time.process_time()
    with pytest.raises(InputError, match=r"rules\.toml: line 2: '\(a\|aa\)\+\$' takes too long"):
        compare.report(ruled("\n[[patterns]]\nfind = '(a|aa)+$'", tmp_path, endless), select=["RUL"])
    assert time.process_time() - began < 5


def graded(toml: str, folder: Path, **options: object) -> set[tuple[str, str, str]]:
    findings = compare.report(ruled(toml, folder), **options).findings  # type: ignore[arg-type]
    return {(f.check, f.severity, f.places[0].version) for f in findings if f.check.startswith("TYP")}


def test_checks_are_switched_and_graded(tmp_path: Path) -> None:
    assert graded("", tmp_path) == {("TYP103", "minor", "en-a"), ("TYP104", "minor", "en-a")}
    off = '[[checks]]\ncode = "TYP"\nrun = false\n[[checks]]\ncode = "TYP104"\nrun = true\nseverity = "major"'
    assert graded(off, tmp_path) == {("TYP104", "major", "en-a")}
    other = '[[checks]]\ncode = "TYP"\nrun = false\nversions = ["en-b"]'
    assert graded(other, tmp_path) == graded("", tmp_path)


def test_a_check_that_is_off_by_default_is_switched_on(tmp_path: Path) -> None:
    [off] = [check.code for check in compare.checks.all_checks() if not check.default][:1]
    on = f'[[checks]]\ncode = "{off}"\nrun = true'
    signed = [compare.report(ruled(toml, tmp_path), ignore=["SEM1"]).signature for toml in ("", on)]
    counts = [int(signature.split("checks:")[1].split(":")[0]) for signature in signed]
    assert counts[1] == counts[0] + 1
    assert "rules:" not in signed[0]
    assert "|rules:" in signed[1]


def test_rules_of_a_code_that_no_check_has_are_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rules\.toml: line 1: no check's code begins with 'XYZ'"):
        compare.report(ruled('[[checks]]\ncode = "XYZ"\nrun = true', tmp_path))


@pytest.mark.parametrize(
    ("toml", "trouble"),
    [
        ("[[words]]\nforbidden = [", "is not TOML"),
        ("words = " + "[" * 5_000, "is not TOML"),
        ("words = " + "9" * 5_000, "is not TOML"),
        ("[[patterns]]\nfind = '" + "(a|" * 5_000 + "'", "its brackets are nested too deep"),
        ("word = 3", "'word' is not a kind of rule"),
        ("[words]\nforbidden = ['a']", "[[words]] begins a rule"),
        ("\n[[words]]\nforbiden = ['a']", "line 2: unknown key 'forbiden'; known are forbidden, preferred"),
        ("[[words]]\nforbidden = 'a'", "line 1: forbidden must be a list of words in quotes"),
        ("[[words]]\nforbidden = [3]", "line 1: forbidden must be a list of words in quotes"),
        ("[[words]]\npreferred = 'a'", "line 1: forbidden names no word"),
        ("[[words]]\nforbidden = ['a']\nlang = 'tlh'", "line 1: words of 'tlh' are not known by lemma"),
        ("[[words]]\nforbidden = ['a']\nseverity = 'bad'", "line 1: severity 'bad' is not one of critical"),
        (
            "[[words]]\nforbidden = ['a']\n\n[[words]]\nforbidden = ['b']\nversions = ['c']",
            "line 4: version 'c' is not one",
        ),
        ("[[patterns]]\nfind = '('", "line 1: '(' is not a regular expression"),
        ("[[patterns]]\nfind = 'a'\nmissing = 'b'", "line 1: a pattern has find or missing, not both"),
        ("[[patterns]]\nmissing = 'b'", "line 1: a pattern has find, or source and missing"),
        ("[[patterns]]\nfind = 'a'\ncase = 'yes'", "line 1: case must be true or false"),
        ("[[checks]]\nrun = true", "line 1: names no code"),
        ("[[checks]]\ncode = 'TYP'", "line 1: says neither run nor severity"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(toml: str, trouble: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        ruled(toml, tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'rules.toml'}: ")
    assert trouble in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_works_rules_and_those_of_the_command(tmp_path: Path) -> None:
    for id, text in {"en": "He went to the shop.", "ru": "Он пошёл в лавку."}.items():
        (tmp_path / f"{id}.txt").write_text(text, "utf-8")
    work = 'id = "w"\n[[version]]\nid = "en"\nfile = "en.txt"\n[[version]]\nid = "ru"\nfile = "ru.txt"\nrole = "source"'
    (tmp_path / "work.toml").write_text(work, "utf-8")
    assert compare.load(tmp_path).rules == Rules()
    (tmp_path / "rules.toml").write_text(
        '[[words]]\nforbidden = ["shop"]\n[[checks]]\ncode = "RUL"\nrun = true', "utf-8"
    )
    house = tmp_path / "house.toml"
    house.write_text("[[patterns]]\nfind = '^He'\n[[checks]]\ncode = 'RUL'\nrun = false", "utf-8")
    out = tmp_path / "out"
    command = ["report", str(tmp_path), "-q", "--select", "RUL", "--formats", "json", "--out", str(out)]
    assert "1 minor" in CliRunner().invoke(app, command).output
    assert "2 minor" in CliRunner().invoke(app, [*command, "--rules", str(house)]).output
    assert "2 minor" in CliRunner().invoke(app, command, env={"HEXAPLA_RULES": str(house)}).output
    (tmp_path / "rules.toml").write_text("[[words]]\nversions = ['fr']", "utf-8")
    with pytest.raises(InputError, match="line 1: version 'fr' is not one of en, ru"):
        compare.load(tmp_path)
