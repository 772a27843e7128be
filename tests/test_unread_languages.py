"""A language that the checks of words cannot read is neither judged nor taken for evidence, and the report says so."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import compare
from compare.encode import get
from compare.values import SEVERITIES, Report

FRENCH = "Il ne voulait pas partir. La maison était vieille et grande. Personne n'est venu ce soir."
ENGLISH = "He did not want to leave. The house was old and big. Nobody came that evening."


def test_a_sound_translation_of_a_french_source_has_no_false_finding() -> None:
    report = compare.report(compare.from_texts({"fr": FRENCH, "en": ENGLISH}, source="fr"))
    assert report.work.version("fr").lang == "fr"
    assert not [f for f in report.findings if f.severity in SEVERITIES[:3]]
    assert all(row["en"] is None for row in report.risk)
    told = [warning for warning in report.collation.warnings if warning.startswith("fr: ")]
    assert len(told) == 1
    assert "SEM" in told[0]


def test_translations_are_still_judged_by_each_other() -> None:
    rows = [
        {"fr": "Il paya quarante roubles.", "en-a": "He paid forty roubles.", "en-b": "He paid forty roubles."},
        {"fr": "Il partit en 1842.", "en-a": "He left in 1842.", "en-b": "He left in 1824."},
    ]
    report = compare.report(compare.from_rows(rows, source="fr"))
    assert [(f.check, f.row) for f in report.findings if f.check == "NUM102"]


def test_a_reading_hides_the_versions_whose_language_lacks_what_is_needed() -> None:
    work = compare.from_texts({"de": "Er ist mit der Frau in das Haus gegangen.", "en": "He left."}, source="de")
    analysis = compare.Analysis(compare.collate(work))
    assert analysis.reading(frozenset()) is analysis
    assert analysis.reading({"models"}).collation.work.source is None
    assert analysis.reading({"models"}) is analysis.reading({"sentences", "models"})


def test_the_worklist_takes_no_risk_from_what_cannot_be_read() -> None:
    report = compare.report(compare.from_texts({"fr": FRENCH, "en": ENGLISH}, source="fr"))
    assert report.analysis.risk == report.risk
    assert "judged" not in vars(report.analysis)
    assert report.worklist.jobs == ()


def test_only_what_is_asked_for_is_computed() -> None:
    report = compare.report(compare.from_texts({"ru": "Он ушёл.", "en": "He left. ."}), select=["TYP"])
    assert report.exhibits == {}
    assert "judged" not in vars(report.analysis)
    assert "names" not in vars(report.analysis)


def test_what_reads_words_is_signed_and_said_whatever_encoder_aligns() -> None:
    work = compare.from_texts({"ru": "Он ушёл домой.", "en": "He went home."})
    without = compare.report(work, encoder=get("none"), select=["OMI101"])
    model = get("use").name
    assert f"|encoder:none|words:{model}|" in without.signature
    assert f"sentences are aligned by the encoder none, but words are read by {model}" in without.collation.warnings
    usual = compare.report(work, select=["OMI101"])
    assert f"|encoder:{model}|words:{model}|" in usual.signature
    assert usual.collation.warnings == ()


def test_no_model_is_signed_where_no_check_asks_for_it() -> None:
    work = compare.from_texts({"ru": "Он ушёл домой.", "en": "He went home."})
    report = compare.report(work, encoder=get("none"), select=["TYP104"])
    assert "|encoder:none|words:none|" in report.signature
    assert report.collation.warnings == ()


def test_a_check_alone_in_its_family_is_named_by_its_code() -> None:
    work = compare.from_texts(
        {"da": "Han gik ikke med til huset, og det er det han havde.", "en": "He did not go."}, source="da"
    )
    report = compare.report(work, encoder=get("none"), select=["REP", "NUM"])
    assert [line for line in report.collation.warnings if line.startswith("da:")] == [
        "da: the language pack da does not exist; NUM, REP101 judge neither this version nor others by it"
    ]


#: What is spoiled in the tale of Lindenau: row, version, words, what stands for them, the check, the words it names.
SPOILED = (
    (3, "en-a", ", next to the old mill", "", "OMI102", "lane"),
    (8, "en-a", "Rautenfeld", "Rautenfield", "NAM601", "Rautenfield"),
    (11, "en-b", "did not want to hear", "wanted to hear", "SEM103", "hear"),
    (14, "en-a", "Tiefenbach", "Teifenbach", "NAM101", "Teifenbach"),
    (19, "en-b", ", sat down at the bedside", "", "OMI102", "upstairs and held the patient's hand"),
    (21, "en-a", "no longer asked", "asked", "SEM103", "asked"),
    (22, "en-b", "350", "530", "NUM102", "530"),
    (
        29,
        "en-a",
        "the gate",
        "the gate with the key that his father had left him",
        "OMI103",
        "that his father had left",
    ),
)


def lindenau(spoiled: Sequence[tuple[int, str, str, str]]) -> Report:
    """Report on a German tale of our own and two English versions, each passage a line."""
    table = Path(__file__).parent / "files" / "lindenau.tsv"
    (heading, *lines) = (line.split("\t") for line in table.read_text("utf-8").splitlines())
    rows = [dict(zip(heading, line, strict=True)) for line in lines]
    for row, version, old, new in spoiled:
        assert old in rows[row - 1][version]
        rows[row - 1][version] = rows[row - 1][version].replace(old, new)
    texts = {version: "\n".join(row[version] for row in rows) for version in heading}
    return compare.report(compare.from_texts(texts, source="de"))


def test_a_german_source_judges_where_two_translations_differ() -> None:
    report = lindenau([each[:4] for each in SPOILED])
    notes = {"SEM103"}  # a denial that the source could not be asked for is a note
    faults = [f for f in report.findings if f.severity != "neutral" or f.check in notes]
    told = {(f.check, f.row, f.places[0].version): f.places[0].text for f in faults}
    assert set(told) == {(check, row, version) for row, version, _, _, check, _ in SPOILED}
    for row, version, _, _, check, words in SPOILED:
        assert words in told[check, row, version]


def test_sound_translations_of_a_german_source_have_no_finding() -> None:
    report = lindenau([])
    assert len(report.collation.rows) == 30
    assert report.findings == ()
    (said,) = report.collation.warnings
    assert said.startswith("de: the language pack de lacks models; NAM, OMI102, OMI103, SEM,")
    assert said.endswith(
        "by it, but where two translations differ it decides about clauses, denials, names and opposites"
    )


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (
            [{"de": "Er wohnte bei der Witwe Hartmann.", "en": "He lodged with the widow Hartmann."}],
            ("He had a room at the widow Hartman’s.", "NAM601", "Hartman"),
        ),
        (
            [
                {"tr": "Adı Nermin’di.", "en": "Her name was Nermin.", "en-b": "She was called Nermin."},
                {"tr": "Nermin öğretiyordu.", "en": "Nermin was teaching."},
            ],
            ("Nermim taught.", "NAM601", "Nermim"),
        ),
        (
            [{"uk": "Він зустрів Миколу Бондаренка.", "en": "He met Mykola Bondarenko."}],
            ("He came across Mykola Bondorenko.", "NAM601", "Bondorenko"),
        ),
        (
            [
                {
                    "fr": "La ville est grande et bruyante, mais les gens sont bons pour moi.",
                    "en": "The city is large and noisy, but people are good to me.",
                }
            ],
            ("The town is small and full of noise, but the people are kind to me.", "SEM110", "small"),
        ),
    ],
)
def test_a_source_decides_about_names_and_opposites(rows: list[dict[str, str]], wrong: tuple[str, str, str]) -> None:
    text, code, words = wrong
    rows[-1]["en-b"] = text
    report = compare.report(compare.from_rows(rows, source=next(iter(rows[0]))), select=[code])
    assert [(f.places[0].version, f.places[0].text) for f in report.findings] == [("en-b", words)]
