"""A language that the checks of words cannot read is neither judged nor taken for evidence, and the report says so."""

import compare
from compare.encode import get
from compare.values import SEVERITIES

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
    report = compare.report(work, encoder=get("none"), select=["TYP"])
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
