"""How values look, tables, pictures, mending by hand, and the reader as a widget."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import compare
from compare import decisions
from compare.notebook import mending, passage, progress
from compare.values import Bead, Collation, Findings, InputError, Report, Work

RU = "Пришла осень. Дороги размыло. Письмо не дошло. Он приехал сам."
CLOSE = "Autumn came. The roads were washed away. The letter did not arrive. He came himself."
FREE = "Autumn came and washed the roads away. Such was life. He <b>came</b> himself & stayed."


@pytest.fixture(scope="module")
def work() -> Work:
    return compare.from_texts({"ru": RU, "en-close": CLOSE, "en-free": FREE})


@pytest.fixture(scope="module")
def collation(work: Work) -> Collation:
    return compare.collate(work)


@pytest.fixture(scope="module")
def report(collation: Collation) -> Report:
    end = len(FREE)
    places = (collation.place("en-free", 0, 6), collation.place("ru", 0, 6))
    told = {"id": "SEM101-0", "mqm": "accuracy/mistranslation", "row": 1}
    first = compare.Finding("SEM101", "major", 0.9, places, "a <message> & more", "Fall", **told)
    places = (collation.place("en-free", end - 1, end),)
    last = compare.Finding("TYP101", "minor", 0.5, places, "no end", "", id="TYP101-0", row=3)
    risk = tuple({"ru": None, "en-close": 0.1, "en-free": 0.5} for _ in collation.rows)
    return Report("signature", collation, Findings([first, last]), risk=risk)


def shown(report: Report) -> list[object]:
    collation = report.collation
    values = [collation.work.versions[2], collation.work, collation.rows[0], collation, report.findings[0]]
    return [
        *values,
        report.findings,
        report,
        passage(report, 1, 9),
        passage(collation, 1),
        Bead((0, 1), ()),
        Findings(),
    ]


# Looks


def test_everything_shows_itself_small_whole_and_escaped(report: Report) -> None:
    for value in shown(report):
        html = value._repr_html_()  # type: ignore[attr-defined]
        assert len(html) < 8000
        root = ElementTree.fromstring(html.replace("&nbsp;", " "))
        assert root.find(".//script") is None
        assert "<message>" not in html
        assert not [b for b in root.iter("b") if b.text == "came"]


def test_in_a_terminal_everything_is_a_plain_line_or_a_few(report: Report) -> None:
    for value in shown(report):
        assert "<div" not in repr(value)
        assert len(repr(value)) < 2000
    assert repr(report) == f"<Report on {report.work.id}: {len(report.collation.rows)} rows; 1 major, 1 minor>"
    assert repr(report.findings[0]) == "major    SEM101 en-free row 1: a <message> & more"
    assert repr(Bead((0, 1), ())) == "<Bead 0, 1 ↔ none; confidence 1.00>"
    assert repr(Findings()) == "no findings"


def test_a_passage_marks_what_was_found_and_not_the_evidence_of_others(report: Report) -> None:
    html = passage(report, 1)._repr_html_()
    assert re.findall("<mark[^>]*>(.*?)</mark>", html) == ["Autumn"]
    assert "<u>" not in html


def test_a_long_list_is_cut_and_says_so(report: Report) -> None:
    many = Findings(replace(report.findings[1], id=f"TYP101-{n}") for n in range(25))
    assert "and 15 more" in many._repr_html_()
    assert "… and 15 more" in repr(many)


def test_what_hides_in_a_text_is_shown() -> None:
    version = compare.from_texts({"en": "safe\u202etxt.exe"}).versions[0]
    assert "202E" in version._repr_html_()
    assert "\u202e" not in version._repr_html_()


def test_findings_are_chosen_by_code(report: Report) -> None:
    assert [f.check for f in report.findings.of("SEM", "NAM1")] == ["SEM101"]
    assert isinstance(report.findings.of("XXX"), Findings)


# Tables


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_the_columns_that_they_promise(library: str, report: Report) -> None:
    pytest.importorskip(library)
    from compare.notebook import frames

    rows = report.collation.to_frame(library)
    assert list(rows.columns) == ["row", "confidence", "ru", "en-close", "en-free"]
    assert len(rows) == len(report.collation.rows)
    found = report.findings.to_frame(library)
    assert tuple(found.columns) == frames.FINDINGS
    assert list(found["words"]) == ["Autumn", "."]
    assert list(found["evidence"]) == ["ru: Пришла", ""]
    assert tuple(Findings().to_frame(library).columns) == frames.FINDINGS


def test_the_words_of_a_collation_are_all_in_its_frame(collation: Collation) -> None:
    pytest.importorskip("pandas")
    for id in ("ru", "en-close", "en-free"):
        assert "".join("".join(collation.to_frame()[id].dropna()).split()) == "".join(
            collation.work.version(id).text.split()
        )


@pytest.mark.parametrize("words", [False, True])
def test_distances_are_even_and_nothing_to_oneself(collation: Collation, words: bool) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib")
    from compare.notebook import frames

    table = frames.distances(collation, words=words)
    ids = ["en-close", "en-free"] if words else ["ru", "en-close", "en-free"]
    assert list(table.columns) == ["version", *ids]
    apart = table[ids].to_numpy()
    assert (apart == apart.T).all()
    assert not apart.diagonal().any()
    assert ((apart >= 0) & (apart <= 1)).all()


def test_a_missing_library_is_named() -> None:
    from compare.notebook import frames

    with pytest.raises(ImportError, match="hexapla"):
        frames.frame([], [], "no_such_library")


# Pictures


def draw(collation: Collation) -> dict[str, Any]:
    pytest.importorskip("matplotlib")
    from compare.notebook import pictures, tree

    return {
        "path": pictures.path(collation, "ru", "en-free"),
        "likeness": pictures.likeness(collation),
        "drift": pictures.drift(collation),
        "repeats": pictures.repeats(collation, "en-close"),
        "names": pictures.names(collation),
        "meaning": tree.tree(collation),
        "words": tree.tree(collation, words=True),
        "reliability": pictures.reliability(),
    }


def test_pictures_are_the_same_every_time_and_stand_alone(collation: Collation, tmp_path: Path) -> None:
    again = draw(collation)
    for name, picture in draw(collation).items():
        svg = picture.svg()
        assert svg == picture.svg() == again[name].svg()
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        assert not re.search(rb"(?:href|src)=\"(?!#|data:)", svg), name
        assert b"<dc:date>" not in svg
        assert picture.save(tmp_path / f"{name}.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(ValueError, match="svg"):
        picture.save(tmp_path / "picture.jpg")


def test_drawing_leaves_matplotlib_as_it_was(collation: Collation) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    from compare.notebook import pictures

    before = dict(matplotlib.rcParams)
    pictures.names(collation)
    assert dict(matplotlib.rcParams) == before


def test_the_way_of_the_alignment_counts_what_each_version_lacks(collation: Collation) -> None:
    pytest.importorskip("matplotlib")
    from compare.notebook import pictures

    both = sum("ru" in row.spans and "en-free" in row.spans for row in collation.rows)
    alone = sum("ru" not in row.spans and "en-free" in row.spans for row in collation.rows)
    says = pictures.path(collation, "ru", "en-free").says
    assert f"{both} beads" in says
    assert f"only en-free {alone}" in says


def test_bins_count_with_the_rate_they_are_told() -> None:
    pytest.importorskip("matplotlib")
    from compare.notebook.pictures import binned

    even = binned([0.25] * 4, [True, True, False, False])
    assert [(b.risk, b.wrong, b.cells) for b in even] == [(0.25, 0.5, 4)]
    rare = binned([0.25] * 4, [True, True, False, False], rate=0.2)
    assert rare[0].wrong == pytest.approx(0.2)
    with pytest.raises(ValueError, match="2 risks and 1"):
        binned([0.1, 0.2], [True])


def test_neighbour_joining_gives_back_the_tree_that_made_the_distances() -> None:
    pytest.importorskip("matplotlib")
    from compare.notebook.tree import Node, join

    # ((a:1, b:2):3, c:4, (d:5, e:6):1)
    ids = ("a", "b", "c", "d", "e")
    apart = [[0, 3, 8, 10, 11], [3, 0, 9, 11, 12], [8, 9, 0, 10, 11], [10, 11, 10, 0, 11], [11, 12, 11, 11, 0]]
    root = join(ids, np.array(apart))

    def ways(node: Node) -> dict[str, float]:
        if node.id:
            return {node.id: 0.0}
        return {id: way + length for branch, length in node.branches for id, way in ways(branch).items()}

    def between(node: Node) -> dict[frozenset[str], float]:
        found: dict[frozenset[str], float] = {}
        sides = [{id: way + length for id, way in ways(branch).items()} for branch, length in node.branches]
        for one in range(len(sides)):
            for other in range(one):
                found |= {frozenset((a, b)): x + y for a, x in sides[one].items() for b, y in sides[other].items()}
        for branch, _ in node.branches:
            found |= between(branch)
        return found

    for pair, length in between(root).items():
        a, b = sorted(ids.index(id) for id in pair)
        assert length == pytest.approx(apart[a][b])


# Mending by hand


def test_rows_are_joined_and_split_again_and_nothing_is_lost(collation: Collation, tmp_path: Path) -> None:
    rows = collation.rows
    joined = mending.join(collation, 1, 2)
    assert [row.number for row in joined.rows] == list(range(1, len(rows)))
    above = {id: stop - start for id, (start, stop) in rows[0].segments.items()}
    again = mending.split(joined, 1, {id: above.get(id, 0) for id in joined.rows[0].segments})
    assert [row.segments for row in again.rows] == [row.segments for row in rows]
    assert [row.spans for row in again.rows] == [row.spans for row in rows]
    table = mending.save(joined, tmp_path).read_text("utf-8")
    assert len(table.splitlines()) == len(joined.rows) + 1
    with pytest.raises(InputError, match="folder"):
        mending.save(joined)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 2), (3, 2), (1, 99)])
def test_rows_that_are_not_there_cannot_be_joined(collation: Collation, first: int, last: int) -> None:
    with pytest.raises(ValueError, match="row"):
        mending.join(collation, first, last)


def test_a_row_cannot_be_split_into_nothing(collation: Collation) -> None:
    for above in ({}, dict.fromkeys(collation.rows[0].segments, 0), {"ru": 99}):
        with pytest.raises(ValueError, match="row 1"):
            mending.split(collation, 1, above)


# The widget


def test_the_widget_tells_the_next_cell_what_was_done(report: Report, tmp_path: Path) -> None:
    pytest.importorskip("anywidget")
    from compare.write import html

    reader = report.explore()
    assert reader.html == html.reader(report)
    assert reader._esm == html.script()
    assert (reader.finding, reader.decisions) == (None, [])
    reader.set_state({"selected": "SEM101-0", "decisions": [line(report, "dismissed")]})
    assert reader.finding == report.findings[0]
    assert [f.status for f in reader.report.findings] == ["dismissed", "open"]
    assert [f.status for f in report.findings] == ["open", "open"]
    (saved,) = reader.save(tmp_path)
    work = replace(report.work, tables={"decisions": table(saved)})
    assert decisions.decide(report.findings, decisions.read(work))[0].status == "dismissed"
    with pytest.raises(InputError, match="folder"):
        reader.save()


def test_the_widget_mends_rows_where_the_cursor_stands(report: Report, tmp_path: Path) -> None:
    pytest.importorskip("anywidget")
    reader, rows = report.explore(), report.collation.rows
    before = reader.html
    reader._told(reader, {"mend": "merge", "row": 2, "column": 0, "offset": 0}, [])
    joined = reader.report.collation.rows
    assert len(joined) == len(rows) - 1
    assert reader.html != before
    assert {f.row for f in reader.report.findings} <= {row.number for row in joined}
    text = joined[0].spans["en-close"].of(CLOSE)
    reader._told(reader, {"mend": "split", "row": 1, "column": 1, "offset": text.index("The letter") + 3}, [])
    parted = reader.report.collation.rows
    assert parted[1].spans["en-close"].of(CLOSE) == "The letter did not arrive."
    assert set(parted[1].segments) == {"en-close"}
    (saved,) = reader.save(tmp_path)
    assert saved.name == "alignment.tsv"


def test_a_cell_is_unlinked_at_its_beginning_and_the_first_row_has_none_above(report: Report) -> None:
    pytest.importorskip("anywidget")
    reader = report.explore()
    reader._told(reader, {"mend": "merge", "row": 1, "column": 0, "offset": 0}, [])
    assert reader.report.collation is report.collation
    reader._told(reader, {"mend": "split", "row": 1, "column": 1, "offset": 0}, [])
    assert len(reader.report.collation.rows) == len(report.collation.rows) + 1


def line(report: Report, verdict: str, **more: str) -> dict[str, str]:
    place = report.findings[0].places[0]
    return {
        "check": "SEM101",
        "version": place.version,
        "quote": place.text,
        "verdict": verdict,
        "occurrence": "1",
    } | more


def table(path: Path) -> tuple[dict[str, str], ...]:
    from compare.read.table import lines

    (_, header), *body = lines(path)
    return tuple(dict(zip(header, cells, strict=True)) for _, cells in body)


def test_saving_keeps_the_lines_that_are_there(report: Report, tmp_path: Path) -> None:
    pytest.importorskip("anywidget")
    from compare.notebook.widget import save

    file = tmp_path / "decisions.tsv"
    file.write_text('check\tquote\tverdict\tby\nTYP\t"so"\tdismissed\tme\n', "utf-8")
    save(file, [line(report, "accepted"), line(report, "dismissed", quote="")])
    save(file, [line(report, "dismissed", reason="right\tas it\nis")])
    assert [(each["check"], each["quote"], each["verdict"], each["by"]) for each in table(file)] == [
        ("TYP", '"so"', "dismissed", "me"),
        ("SEM101", "Autumn", "dismissed", ""),
    ]
    assert table(file)[1]["reason"] == "right as it is"
    assert list(tmp_path.iterdir()) == [file]


# Progress


def test_progress_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as told:
        told("encoding", 0.5)
    assert capsys.readouterr() == ("", "")


def test_progress_is_a_bar_in_a_notebook_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("IPython")
    import IPython

    seen: list[str] = []
    shell = SimpleNamespace(kernel=True)
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    handle = SimpleNamespace(display=lambda data, **_: seen.append(data["text/html"]))
    handle.update = handle.display
    monkeypatch.setattr("IPython.display.DisplayHandle", lambda: handle)
    with progress() as told:
        told("<aligning>", 0.5)
    assert seen == ["", "<progress max=1 value=0.50></progress> &lt;aligning&gt;", ""]
