"""What must hold of every collation, whatever the texts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from compare import encode
from compare.alignment.corrections import BAR, save_edit, write_edit
from compare.alignment.warnings import uncertain
from compare.collation import collate
from compare.read import from_texts
from compare.values import Version
from tests.test_alignment import Bag, Nothing, prose

RUSSIAN = """Глава первая.

В начале весны отряд вышел из города. Генерал ехал впереди на серой лошади. Дорога была плохая, и обозы отстали.

К вечеру 12 марта пришли в деревню. Старик вынес им хлеба и молока. Ночью пошёл дождь."""
FIRST = """Chapter One.

In early spring the detachment left the town. The general rode in front on a grey horse. The road was bad, and the
baggage trains fell behind.

Towards evening on 12 March they came to a village. An old man brought them out bread and milk. In the night it began
to rain."""
SECOND = """Chapter One.

The detachment marched out of the city when spring began; the general, on a grey horse, rode ahead. The road was
wretched, and the carts lagged.

An old man brought bread and milk out to them. At night rain came on."""


def rows_of(collation):
    return [(dict(row.segments), dict(row.spans)) for row in collation.rows]


def assert_lawful(collation):
    """Every segment of every version stands in exactly one row; the rows rise; spans are those of the segments."""
    for id, segments in collation.segments.items():
        ranges = [row.segments[id] for row in collation.rows if id in row.segments]
        assert [i for start, stop in ranges for i in range(start, stop)] == list(range(len(segments)))
        assert collation.vectors[id].shape[0] == len(segments)
    for number, row in enumerate(collation.rows, start=1):
        assert row.number == number
        assert row.segments
        assert row.segments.keys() == row.spans.keys()
        assert 0 <= row.confidence <= 1
        for id, (start, stop) in row.segments.items():
            assert row.spans[id].start == collation.segments[id][start].start
            assert row.spans[id].end == collation.segments[id][stop - 1].end


@pytest.fixture(scope="module")
def collation():
    return collate(from_texts({"ru": RUSSIAN, "en": FIRST, "en-b": SECOND}))


def test_three_versions(collation):
    assert_lawful(collation)
    assert collation.warnings == ()
    cells = {id: collation.row_at(id, collation.work.version(id).text.index(word)).number for id, word in
             [("ru", "Старик"), ("en", "An old"), ("en-b", "An old")]}  # fmt: skip
    assert len(set(cells.values())) == 1
    evening = collation.row_at("ru", RUSSIAN.index("К вечеру"))
    assert collation.cell(evening, "en").startswith("Towards evening")
    assert collation.cell(evening, "en-b") == ""
    general = collation.row_at("ru", RUSSIAN.index("Генерал"))
    assert "detachment" in collation.cell(general, "en")
    assert collation.cell(general, "en-b").startswith("The detachment")


def test_order_of_versions_changes_nothing(collation):
    work = collation.work
    turned = collate(replace(work, versions=work.versions[::-1]))
    assert rows_of(turned) == rows_of(collation)


def test_corrections_by_hand_outlive_edits_elsewhere(collation, tmp_path):
    written = save_edit(collation, tmp_path / "alignment.tsv")
    assert written.read_text(encoding="utf-8") == write_edit(collation)
    assert [file.name for file in tmp_path.iterdir()] == ["alignment.tsv"]
    table = read_table(written)
    # By hand: the last two rows of the first chapter's end are joined into one.
    *kept, before, last = table
    ids = [version.id for version in collation.work.versions]
    joined = {**before, **{id: f" {BAR} ".join(filter(None, [before[id], last[id]])) for id in ids}}
    work = replace(collation.work, tables={"alignment": (*kept, joined)})
    corrected = collate(work)
    assert_lawful(corrected)
    assert len(corrected.rows) == len(collation.rows) - 1
    assert corrected.rows[-1].confidence == 1.0
    assert rows_of(corrected)[:-1] == rows_of(collation)[:-2]
    edited = FIRST.replace("on a grey horse", "upon a grey horse").replace(
        "Chapter One.", "Chapter One.\n\nA new line."
    )
    again = collate(replace(work, versions=tuple(
        replace(v, text=edited) if v.id == "en" else v for v in work.versions)))  # fmt: skip
    assert_lawful(again)
    assert again.rows[-1].confidence == 1.0
    assert again.cell(again.rows[-1], "ru") == corrected.cell(corrected.rows[-1], "ru")


def read_table(path: Path):
    header, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict(zip(header, line, strict=True)) for line in lines)


def test_whole_table_of_rows_is_kept(collation, tmp_path):
    table = read_table(save_edit(collation, tmp_path / "alignment.tsv"))
    assert rows_of(collate(replace(collation.work, tables={"alignment": table}))) == rows_of(collation)


def test_given_rows_pass_untouched():
    work = from_texts({"ru": "Да. Нет.\nКто там?", "en": "Yes. No.\nWho is there?"})
    rows = tuple({v.id: span for v, span in zip(work.versions, pair, strict=True)} for pair in zip(*(
        lines_of(v.text) for v in work.versions), strict=True))  # fmt: skip
    collation = collate(replace(work, rows=rows), Nothing())
    assert_lawful(collation)
    assert [dict(row.spans) for row in collation.rows] == [dict(row) for row in rows]
    assert all(row.confidence == 1.0 for row in collation.rows)


def lines_of(text):
    from compare.values import Span

    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append(Span(at, at + len(line.rstrip())))
        at += len(line)
    return found


def work_of(*texts):
    return from_texts({f"en-{n}" if n else "en": "\n\n".join(lines) for n, lines in enumerate(texts)})


def test_moved_passage_is_found():
    lines = [f"{line.capitalize()}." for line in prose(60)]
    moved = lines[:10] + lines[16:40] + lines[10:16] + lines[40:]
    collation = collate(work_of(lines, moved), Bag())
    assert_lawful(collation)
    assert [(move.here.text.split("\n\n"), move.there.text.split("\n\n")) for move in collation.moves] == [
        (lines[10:16], lines[10:16])
    ]


def test_paragraphs_that_agree_part_sentences_that_are_alike():
    chance = ["What, what?", "He said so.", "And then?"]
    lines = prose(60)
    left = "\n\n".join(f"{line}. {chance[n % 3]}" for n, line in enumerate(lines))
    collation = collate(from_texts({"en": left, "en-b": left.upper()}), Bag())
    starts = {row.spans["en"].start: row.spans["en-b"].start for row in collation.rows}
    paragraphs = [0, *(n + 2 for n in range(len(left)) if left.startswith("\n\n", n))]
    assert all(starts.get(start) == start for start in paragraphs)


def test_marks_are_corners():
    lines = prose(12)
    verses = [f"1:{n + 1} {line}" for n, line in enumerate(lines)]
    other = [f"1:{n + 1} {line}" for n, line in enumerate(prose(12, seed=5))]
    collation = collate(work_of(verses, other), Bag())
    assert [dict(row.segments) for row in collation.rows] == [
        dict.fromkeys(collation.segments, (n, n + 1)) for n in range(12)
    ]


@pytest.mark.parametrize(
    ("texts", "warning"),
    [
        ({"en": "One. Two.", "en-b": " \n "}, "en-b: has no text"),
        ({"en": "It is so. " * 40, "en-b": "It is so. " * 44}, "of its 40 segments are different"),
        ({"en": "\n\n".join(prose(12)), "en-b": "Only one line here"}, "en-b: is a single segment"),
        (
            {"en": "\n\n".join(prose(120)), "en-b": "\n\n".join(line[::-1] for line in prose(120, 8))},
            "less than half of it",
        ),
    ],
)
def test_what_is_wrong_is_said(texts, warning):
    collation = collate(from_texts(texts), Bag())
    assert_lawful(collation)
    assert any(warning in said for said in collation.warnings), collation.warnings


def test_a_version_without_text_hides_no_other_warning():
    texts = {"en": " \n ", "en-b": "It is so. " * 40}
    said = collate(from_texts(texts), Bag()).warnings
    assert [line.split(" segments")[0] for line in said[:2]] == ["en: has no text", "en-b: only 1 of its 40"]


def test_wrong_language_is_said():
    work = from_texts({"en": FIRST, "en-b": SECOND})
    wrong = Version("ru", FIRST, "ru", "source")
    collation = collate(replace(work, versions=(*work.versions, wrong)), encode.get("none"))
    assert_lawful(collation)
    assert any("ru: is said to be 'ru'" in said for said in collation.warnings)


def test_doubtful_stretches():
    lines = prose(40)
    collation = collate(work_of(lines, lines), Bag())
    assert uncertain(collation) == []
    shaken = tuple(replace(row, confidence=0.2) if row.number in (7, 8, 9, 20) else row for row in collation.rows)
    assert uncertain(replace(collation, rows=shaken)) == [(7, 9)]
    fewer = tuple(replace(row, confidence=0.9) if row.number == 9 else row for row in shaken)
    assert uncertain(replace(collation, rows=fewer)) == []


def test_one_version():
    collation = collate(from_texts({"en": FIRST}), Bag())
    assert_lawful(collation)
    assert len(collation.rows) == len(collation.segments["en"])
    assert np.isfinite(collation.vectors["en"]).all()


def test_a_title_page_stands_beside_the_titles_of_versions_that_are_set_otherwise() -> None:
    body = (
        "The ferry crossed the river twice a day, in the morning and in the evening, and the old man who kept it never "
        "missed a crossing in all the years that he lived on the bank."
    )
    titled = f"November 9, 2020\n\nOn the Ferry and the Ferryman\n\n{body}"
    plain = f"November 9, 2020.\n\nOn the Ferry and the Ferryman, a Tale from the River.\n\n{body}"
    collation = collate(from_texts({"en-a": titled, "en-b": plain}))
    assert collation.kinds["en-a"][:2] == ("title page", "title page")
    assert [sorted(row.spans) for row in collation.rows] == [["en-a", "en-b"]] * 3


def test_of_versions_that_do_not_fit_the_strange_one_is_named() -> None:
    ours = prose(120)
    texts = {
        "en": "\n\n".join(ours),
        "en-b": "\n\n".join(ours),
        "en-c": "\n\n".join(line[::-1] for line in prose(120, 8)),
    }
    named = [said.split(":")[0] for said in collate(from_texts(texts), Bag()).warnings if "less than half" in said]
    assert named == ["en-c"]


def test_a_place_in_a_cell_counts_from_its_beginning() -> None:
    made = collate(from_texts({"ru": "Он ушёл. Она осталась.", "en": "He left. She stayed."}), Nothing())
    row = next(row for row in made.rows if row.spans["en"].start)
    at = row.spans["en"].start
    assert made.place_in(row, "en", 0, 3) == made.place("en", at, at + 3)
    assert made.place_in(row, "en", 4).text == made.cell(row, "en")[4:]
    assert made.place_in(row, "en").span == row.spans["en"]
