"""Variant sites: where versions differ, of what kind that is, what the source says, and how it is written."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
from pathlib import Path

import pytest
from lxml import etree
from typer.testing import CliRunner

import compare
from compare.analysis.site_weights import weighed
from compare.apparatus.classes import KINDS
from compare.apparatus.evidence import Evidence, support
from compare.apparatus.features import NAMES, Pair, features
from compare.apparatus.judgement import blended
from compare.apparatus.language import language
from compare.apparatus.sites import Passage, passages
from compare.cli import app
from compare.values import Collation, Finding, Place, Reading, Site, Sites, Span
from compare.write import apparatus

TEI = "{http://www.tei-c.org/ns/1.0}"


def collated(*rows: dict[str, str]) -> Collation:
    source = "ru" if any("ru" in row for row in rows) else None
    return compare.collate(compare.from_rows(list(rows), source=source))


def only(*rows: dict[str, str]) -> Site:
    """Return the one site of some rows."""
    (site,) = compare.variants(collated(*rows))
    return site


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("He came, and saw.", "He came and saw.", "punctuation"),
        ("They signed the Treaty.", "They signed the treaty.", "capitals"),
        ("He will come to-day.", "He will come today.", "spelling"),
        ("The colour was bright.", "The color was bright.", "spelling"),
        ("She walks along the river.", "She walked along the river.", "inflection"),
        ("He sat on the roof.", "He sat upon the roof.", "function word"),
        ("The army had 2750 men.", "The army had 2700 men.", "number"),
        ("He borrowed 21/2 million.", "He borrowed 2½ million.", "number"),
        ("It took him fourteen days.", "It took him two weeks.", "synonym"),
        ("It took him fifteen days.", "It took him two weeks.", "number"),
        ("He did want to leave.", "He did not want to leave.", "negation"),
        ("The doctor was late.", "The physician was late.", "synonym"),
        ("His neck was weak.", "His neck was strong.", "meaning"),
    ],
)
def test_the_kind_of_a_variant(one: str, two: str, kind: str) -> None:
    assert only({"en-a": one, "en-b": two}).kind == kind


def test_a_version_beside_itself_has_no_sites() -> None:
    text = "The old man, who was tired, sat down."
    assert compare.variants(collated({"en-a": text, "en-b": text, "en-c": text})) == ()


def test_the_source_says_which_reading_it_supports() -> None:
    site = only({"ru": "У него была слабая шея.", "en-a": "His neck was weak.", "en-b": "His neck was white."})
    near = {reading.versions: reading.closeness for reading in site.readings}
    assert [place.text for place in site.source] == ["слабая"]
    assert near["en-a",] > 0.8 > 0.2 > near["en-b",]


@pytest.mark.parametrize(
    ("ru", "a", "b", "supported"),
    [
        ("Он не видел дома.", "He did not see the house.", "He did see the house.", [True, None]),
        ("Никто не пришёл.", "Nobody came.", "Nobody did not come.", [True, None]),
        ("Он заплатил сорок рублей.", "He paid forty roubles.", "He paid fifty roubles.", [True, False]),
        ("Он заплатил 40 рублей.", "He paid 45 roubles.", "He paid 40 roubles.", [False, True]),
        ("Он заплатил много рублей.", "He paid 45 roubles.", "He paid 40 roubles.", None),
    ],
)
def test_the_source_says_which_number_and_which_denial_is_its_own(
    ru: str, a: str, b: str, supported: list[bool | None] | None
) -> None:
    sites = compare.variants(collated({"ru": ru, "a": a, "b": b}))
    told = [[bool(r.supported) for r in site.readings] for site in sites if site.kind in ("number", "negation")]
    if supported is None:
        assert not any(any(each) for each in told)
    else:
        assert [bool(each) for each in supported] in told


def test_words_that_the_source_has_were_omitted_and_others_added() -> None:
    source = "Старый солдат молча курил трубку."
    lost = only({"ru": source, "en-a": "The old soldier smoked his pipe.", "en-b": "The soldier smoked his pipe."})
    added = only(
        {"ru": source, "en-a": "The old soldier smoked his pipe.", "en-b": "The old tired soldier smoked his pipe."}
    )
    assert (lost.kind, added.kind) == ("omission", "addition")


def test_without_a_source_the_majority_says_what_was_omitted() -> None:
    full, short = "The old soldier smoked.", "The soldier smoked."
    assert only({"en-a": full, "en-b": full, "en-c": short}).kind == "omission"
    assert only({"en-a": short, "en-b": short, "en-c": full}).kind == "addition"


def test_a_report_weighs_sites_by_what_the_checks_found() -> None:
    texts = {"en-a": "He borrowed 21/2 million from a friend.", "en-b": "He borrowed 2½ million of a friend."}
    report = compare.report(compare.from_rows([texts]))
    found = report.findings.of("NUM")
    number, other = report.variants
    alone = {site.number: site.score for site in compare.variants(report.collation)}
    assert "NUM101" in number.checks
    unseen = (1 - alone[number.number]) * math.prod(
        1 - f.score * (1.0 if f.severity == "major" else 0.2) for f in found
    )
    assert (set(number.findings), number.score) == ({f.id for f in found}, round(1 - unseen, 4))
    assert (other.findings, other.score) == ((), alone[other.number])
    dismissed = [dataclasses.replace(finding, status="dismissed") for finding in found]
    assert weighed(report.analysis.variants, dismissed) == compare.variants(report.collation)


def test_a_site_is_of_the_kind_that_a_check_found() -> None:
    def site(number: int, *readings: tuple[str, str, int]) -> Site:
        found = (Reading((id,), text, {id: (at, at + len(text))}) for id, text, at in readings)
        return Site(1, number, "order", 0.1, tuple(found))

    def finding(check: str, *places: tuple[str, str, int]) -> Finding:
        at = (Place(id, Span(start, start + len(text)), text) for id, text, start in places)
        return Finding(check, "minor", 0.5, tuple(at), "", row=1, id=f"{check}-1")

    sites = Sites([site(1, ("a", "", 8), ("b", "and left", 8)), site(2, ("a", "home", 10), ("b", "away", 20))])
    lost = finding("OMI102", ("a", "came home", 5), ("b", "and left", 8))
    wrong = finding("SEM104", ("a", "home", 10))
    assert [each.findings for each in weighed(sites, [lost])] == [("OMI102-1",), ()]
    assert [each.kind for each in weighed(sites, [lost, wrong])] == ["omission", "meaning"]
    # Of minor findings one of meaning weighs its probability, another a fifth of it.
    assert [each.score for each in weighed(sites, [lost, wrong])] == [round(1 - 0.9 * 0.9, 4), round(1 - 0.9 * 0.5, 4)]
    mark = dataclasses.replace(lost, mqm="linguistic-conventions/punctuation")
    assert weighed(sites, [mark])[0].score == round(1 - 0.9 * 0.99, 4)
    instead = finding("OMI102", ("a", "home", 10), ("b", "away", 20))
    assert [each.kind for each in weighed(sites, [instead])] == ["order", "order"]


def test_phrases_that_changed_places_are_linked() -> None:
    one, two = compare.variants(
        collated({"en-a": "The black dog chases a red cat.", "en-b": "A red cat chases the black dog."})
    )
    assert (one.kind, one.counterpart, two.kind, two.counterpart) == ("order", two.number, "order", one.number)


def test_spans_are_exact_and_an_omitted_reading_stands_where_it_would() -> None:
    collation = collated(
        {"en-a": "First row."} | {"en-b": "First row."}, {"en-a": "He saw a red house.", "en-b": "He saw a house."}
    )
    (site,) = compare.variants(collation)
    assert (site.row, site.number) == (2, 1)
    for reading in site.readings:
        for version, (start, end) in reading.spans.items():
            assert collation.work.version(version).text[start:end] == reading.text
    (start, end) = site.readings[1].spans["en-b"]
    text = collation.work.version("en-b").text
    assert (site.readings[1].text, end, text[:start].endswith("saw a")) == ("", start, True)


def test_readings_are_shared_and_the_order_of_versions_changes_nothing() -> None:
    texts = {"en-a": "The king spoke loudly.", "en-b": "The king spoke softly.", "en-c": "The king spoke loudly."}
    one = only(texts)
    two = only(dict(reversed(texts.items())))
    assert [r.versions for r in one.readings] == [("en-a", "en-c"), ("en-b",)]
    assert {frozenset(r.versions): r.text for r in one.readings} == {
        frozenset(r.versions): r.text for r in two.readings
    }
    assert (one.kind, one.score) == (two.kind, two.score)


def test_of_two_readings_the_source_supports_the_nearer_and_of_like_ones_neither() -> None:
    assert support([0.9, 0.1]) == [True, False]
    assert support([0.9, 0.8, 0.1]) == [True, True, False]
    assert support([0.9, 0.8]) == [None, None]
    assert support([0.3, 0.0]) == [None, None]
    assert support([None, None]) == [None, None]


def test_a_denial_that_moved_or_that_another_word_holds_is_no_negation() -> None:
    moved = compare.variants(collated({"en-a": "They do not take care of it.", "en-b": "They take no care of it."}))
    assert "negation" not in {site.kind for site in moved}
    assert only({"en-a": "You are not the same.", "en-b": "You are different."}).kind != "negation"


def test_what_one_version_has_elsewhere_in_the_row_is_no_omission() -> None:
    sites = compare.variants(
        collated({"en-a": "He quickly took his hat and left.", "en-b": "He took his hat and left quickly."})
    )
    assert {site.kind for site in sites} == {"order"}


def test_a_pronoun_for_a_noun_says_about_the_same() -> None:
    assert only({"en-a": "It was his birthday.", "en-b": "It was the lover's birthday."}).kind == "near"


def test_one_number_in_words_and_in_figures_is_a_synonym() -> None:
    assert only({"en-a": "He had twelve horses.", "en-b": "He had 12 horses."}).kind == "synonym"


def test_a_grave_error_weighs_more_than_a_synonym_and_that_more_than_a_comma() -> None:
    source = "У него была слабая шея, и он молчал."
    base = "His neck was weak, and he was silent."
    others = (
        "His neck was bicycle, and he was silent.",
        "His neck was feeble, and he was silent.",
        base.replace(",", ""),
    )
    weights = [only({"ru": source, "en-a": base, "en-b": other}).score for other in others]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


SAMPLE = (
    {"ru": "У него была слабая шея.", "en-a": "His neck was weak.", "en-b": "His neck was white & <thin>."},
    {"ru": "Он ушёл.", "en-a": "He left, then.", "en-b": "He left then."},
)


@pytest.fixture(scope="module")
def sample() -> tuple[Collation, Sites]:
    collation = collated(*SAMPLE)
    return collation, compare.variants(collation)


def test_a_small_word_weighs_by_its_sort_in_a_revision() -> None:
    frame = "The envoy said on the third day that the treaty {} the northern border was ready for the council."
    said = {word: frame.format(word) for word in ("on", "on a", "against", "at")}
    article, preposition = (only({"en-a": said["on"], "en-b": said[other]}) for other in ("on a", "against"))
    assert article.kind == preposition.kind == "function word"
    assert preposition.score > article.score


def test_small_words_are_counted_by_their_sort() -> None:
    (row,) = compare.Analysis(collated({"en-a": "The road was his.", "en-b": "A road is by it."})).columns
    (first, *_, last) = passages(row)
    whole = Passage(row, first.start, last.stop)
    found = dict(zip(NAMES, features(Pair(whole, 0, 1), language("en"), Evidence((), False), False), strict=True))
    assert {name: round(math.expm1(found[name])) for name in NAMES[-7:-1]} == {
        "articles": 2,
        "auxiliaries": 2,
        "pronouns": 2,
        "particles": 1,
        "words changed": 7,
        "forms changed": 0,
    }
    assert found["one side alone"] == 0.0


def test_what_marks_cost_weighs_by_the_words_in_common() -> None:
    assert blended(0.0, -1.0, 3.0) == -1.0
    assert blended(1.0, -1.0, 3.0) == 3.0
    assert blended(0.5, -1.0, 3.0) == 0.0


def test_a_further_site_of_a_row_counts_half() -> None:
    def site(row: int, number: int, score: float) -> Site:
        return Site(row, number, "near", score, ())

    listed = Sites([site(1, 1, 0.3), site(1, 2, 0.4), site(1, 3, 0.25), site(2, 1, 0.2), site(3, 1, 0.05)])
    order = [(each.row, each.number) for each in listed.by_weight()]
    assert order == [(1, 2), (2, 1), (1, 1), (1, 3), (3, 1)]


def test_what_is_likely_wanted_is_heavy_though_more_of_its_row_differs() -> None:
    listed = Sites(Site(1, number, "near", score, ()) for number, score in enumerate((0.9, 0.4, 0.6, 0.3), 1))
    assert [each.number for each in listed.by_weight()] == [1, 3, 2, 4]


def test_sites_select_sort_and_lie_in_a_frame(sample: tuple[Collation, Sites]) -> None:
    _, sites = sample
    assert {site.kind for site in sites.of("punctuation")} == {"punctuation"}
    weights = [site.score for site in sites.by_weight()]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]
    assert "His neck was [en-a: weak" in repr(sites[0])


def test_json_has_its_schema_and_exact_spans(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    made = json.loads(apparatus.to_json(sites, collation))
    assert made["schema"] == "hexapla-variants/1"
    assert [site["row"] for site in made["sites"]] == [site.row for site in sites]
    assert made["sites"][0]["kind"] in KINDS
    for site in made["sites"]:
        for reading in site["readings"]:
            for version, (start, end) in reading["spans"].items():
                assert collation.work.version(version).text[start:end] == reading["text"]


def test_tsv_has_a_line_a_site_and_a_column_a_version(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    lines = list(csv.DictReader(io.StringIO(apparatus.to_tsv(sites, collation)), delimiter="\t"))
    assert len(lines) == len(sites)
    assert list(lines[0]) == ["row", "site", "kind", "score", "en-a", "en-b", "source"]
    assert lines[0]["en-a"] == "weak"


def test_words_in_columns_keep_every_word_of_every_version(sample: tuple[Collation, Sites]) -> None:
    collation, _ = sample
    analysis = compare.Analysis(collation)
    head, *lines = [line.split("\t") for line in apparatus.words_to_tsv(analysis.columns, collation).splitlines()]
    assert head == ["en-a", "en-b"]
    for n, version in enumerate(head):
        said = "".join(line[n] for line in lines)
        assert said == "".join(collation.work.version(version).text.split())


def test_tei_gives_every_version_back(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    root = etree.fromstring(apparatus.to_tei(sites, collation, "en-b").encode())
    assert {w.get("{http://www.w3.org/XML/1998/namespace}id") for w in root.iter(f"{TEI}witness")} == {"en-a", "en-b"}
    for version in ("en-a", "en-b"):
        for number, block in enumerate(root.iter(f"{TEI}ab"), 1):
            said = block.text or ""
            for app_ in block:
                (reading,) = [r for r in app_ if f"#{version}" in r.get("wit").split()]
                said += (reading.text or "") + (app_.tail or "")
            wanted = collation.cell(collation.rows[number - 1], version)
            assert "".join(said.split()) == "".join(wanted.split())
    assert {lem.get("wit") for lem in root.iter(f"{TEI}lem")} == {"#en-b"}


def test_tei_read_back_parts_words_as_each_version_does() -> None:
    cells = {
        "en-a": "The old soldier smoked a pipe quietly.",
        "en-b": "The soldier smoked, saying nothing, a pipe.",
        "en-c": "The soldier smoked a very long pipe.",
    }
    collation = collated(cells)
    for base in cells:
        root = etree.fromstring(apparatus.to_tei(compare.variants(collation), collation, base).encode())
        (block,) = root.iter(f"{TEI}ab")
        for version, wanted in cells.items():
            said = block.text or ""
            for app_ in block:
                (reading,) = [r for r in app_ if f"#{version}" in r.get("wit").split()]
                said += (reading.text or "") + (app_.tail or "")
            assert " ".join(said.split()) == wanted


def test_tei_keeps_its_rules(sample: tuple[Collation, Sites]) -> None:
    root = etree.fromstring(apparatus.to_tei(sample[1], sample[0], "en-a").encode())
    witnesses = {f"#{w.get('{http://www.w3.org/XML/1998/namespace}id')}" for w in root.iter(f"{TEI}witness")}
    assert [child.tag for child in root] == [f"{TEI}teiHeader", f"{TEI}text"]
    (encoding,) = root.iter(f"{TEI}variantEncoding")
    assert dict(encoding.attrib) == {"method": "parallel-segmentation", "location": "internal"}
    apps = list(root.iter(f"{TEI}app"))
    assert apps
    for app_ in apps:
        assert [child.tag for child in app_] == [f"{TEI}lem", *[f"{TEI}rdg"] * (len(app_) - 1)]
        named = [wit for reading in app_ for wit in reading.get("wit").split()]
        assert sorted(named) == sorted(witnesses)


def test_a_page_of_variants_asks_nothing_and_escapes_what_it_shows(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    page = apparatus.to_html(sites, collation)
    root = etree.HTML(page)
    rows = root.xpath("//tbody/tr")
    assert [row.get("id") for row in rows] == [f"v{site.row}-{site.number}" for site in sites]
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert "<thin" not in page
    (bold,) = rows[0].xpath(".//div[@class='supported']")
    assert "weak" in "".join(bold.itertext())
    assert rows[0].xpath("string(td[5])").strip() == "слабая"


def test_tei_refuses_a_base_that_there_is_not(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    with pytest.raises(ValueError, match="en-a, en-b"):
        apparatus.to_tei(sites, collation, "de")


def test_text_and_markdown_show_what_each_version_has(sample: tuple[Collation, Sites]) -> None:
    collation, sites = sample
    text, markdown = apparatus.to_text(sites, collation), apparatus.to_md(sites, collation)
    assert [word for word in ("weak", "слабая", apparatus.NOTHING) if word not in text] == []
    assert "weak" in markdown
    assert "<thin>" not in markdown


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["variants", "--quiet", *words])
    return result.exit_code, result.stdout if result.exception is None else str(result.exception)


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.tsv"
    lines = ["ru\ten-a\ten-b\ten-c", *("\t".join((r["ru"], r["en-a"], r["en-b"], r["en-a"])) for r in SAMPLE)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_the_command_prints_chosen_kinds_of_chosen_versions_by_weight(rows: str) -> None:
    code, output = run(
        "--rows", rows, "--source", "ru", "--format", "json", "--kinds", "punctuation", "--sort", "weight"
    )
    assert (code, {site["kind"] for site in json.loads(output)["sites"]}) == (0, {"punctuation"})
    code, output = run("--rows", rows, "--source", "ru", "--format", "json", "--versions", "en-a,en-c")
    assert (code, json.loads(output)["sites"]) == (0, [])


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        (["--kinds", "colour"], "--kinds: 'colour' is not one of"),
        (["--versions", "de"], "--versions: 'de' is not one of en-a, en-b, en-c"),
        (["--base", "ru"], "--base: 'ru' is not one of"),
        (["--base", "en-a"], "--base: goes with --format tei"),
        (["--versions", "en-a"], "--versions: nothing differs from en-a alone"),
        (["--words", "--format", "json"], "--format: words in columns are printed only as tsv"),
        (["--sort", "size"], "--sort: 'size' is not one of"),
        (["--format", "pdf"], "--format: 'pdf' is not one of"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(rows: str, words: list[str], trouble: str) -> None:
    code, output = run("--rows", rows, "--source", "ru", *words)
    assert trouble in output
    assert code == 1


def test_a_written_word_is_not_cut_into_sites() -> None:
    site = only({"en-a": "On the 8th of May he came.", "en-b": "On the 8 of May he came."})
    assert (site.kind, [reading.text for reading in site.readings]) == ("spelling", ["8th", "8"])
    site = only({"en-a": "Of 8TH rank.", "en-b": "Of 8th rank."})
    assert (site.kind, [reading.text for reading in site.readings]) == ("capitals", ["8TH", "8th"])


def test_a_land_and_its_people_are_no_two_names() -> None:
    assert only({"en-a": "He spoke of Russia's borders.", "en-b": "He spoke of Russian borders."}).kind != "name"
    assert only({"en-a": "He spoke of Polish borders.", "en-b": "He spoke of Russian borders."}).kind == "name"


@pytest.mark.parametrize(("one", "two"), [("Dog & Bridge", "Dog and Bridge"), ("up 5% a year", "up 5 percent a year")])
def test_a_sign_may_stand_for_a_word(one: str, two: str) -> None:
    assert only({"en-a": one, "en-b": two}).kind == "spelling"
