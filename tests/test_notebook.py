"""How values look, tables, pictures, mending by hand, and progress."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare import frames
from compare.analysis import Analysis
from compare.notebook import corrections as mending
from compare.notebook import display, passage, progress
from compare.pipeline import Report
from compare.values import Bead, Collation, Findings, InputError, Work

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
    return Report("signature", collation, Findings([first, last]), risk=risk, analysis=Analysis(collation))


def shown(report: Report) -> list[object]:
    collation = report.collation
    values = [collation.work.versions[2], collation.work, collation.rows[0], collation, report.findings[0]]
    return [
        *values,
        report.findings,
        report,
        report.analysis.names,
        report.worklist,
        passage(report, 1, 9),
        passage(collation, 1),
        Bead((0, 1), ()),
        Findings(),
    ]


# Looks


def test_everything_shows_itself_small_whole_and_escaped(report: Report) -> None:
    for value in shown(report):
        html = display.html(value)
        assert len(html) < 8000
        root = ElementTree.fromstring(html.replace("&nbsp;", " "))
        assert root.find(".//script") is None
        assert "<message>" not in html
        assert not [b for b in root.iter("b") if b.text == "came"]


def test_in_a_terminal_nothing_prints_whole_texts(report: Report) -> None:
    for value in (report, report.collation, report.work, report.work.versions[0], report.analysis):
        assert len(repr(value)) < 4000
        assert report.work.versions[0].text not in repr(value)
    assert repr(Bead((0, 1), ())) == "Bead(source=(0, 1), target=(), confidence=1.0)"


def test_a_passage_marks_what_was_found_and_not_the_evidence_of_others(report: Report) -> None:
    html = display.html(passage(report, 1))
    assert re.findall("<mark[^>]*>(.*?)</mark>", html) == ["Autumn"]
    assert "<u>" not in html


def test_a_long_list_is_cut_and_says_so(report: Report) -> None:
    many = Findings(replace(report.findings[1], id=f"TYP101-{n}") for n in range(25))
    assert "and 15 more" in display.html(many)


def test_what_hides_in_a_text_is_shown() -> None:
    version = compare.from_texts({"en": "safe\u202etxt.exe"}).versions[0]
    assert "202E" in display.html(version)
    assert "\u202e" not in display.html(version)


def test_findings_are_chosen_by_code(report: Report) -> None:
    assert [f.check for f in report.findings.of("SEM", "NAM1")] == ["SEM101"]
    assert isinstance(report.findings.of("XXX"), Findings)


# Tables


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_have_the_columns_that_they_promise(library: str, report: Report) -> None:
    pytest.importorskip(library)

    rows = report.collation.to_frame(library)
    assert list(rows.columns) == ["row", "confidence", "ru", "en-close", "en-free"]
    assert len(rows) == len(report.collation.rows)
    index = report.analysis.names
    assert list(index.to_frame(library).columns) == index.columns
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

    from compare.notebook import tree

    table = tree.to_frame(collation, words=words)
    ids = ["en-close", "en-free"] if words else ["ru", "en-close", "en-free"]
    assert list(table.columns) == ["version", *ids]
    apart = table[ids].to_numpy()
    assert (apart == apart.T).all()
    assert not apart.diagonal().any()
    assert ((apart >= 0) & (apart <= 1)).all()


def test_a_missing_library_is_named() -> None:

    with pytest.raises(ImportError, match="hexapla"):
        frames.frame([], [], "no_such_library")


# Pictures


def draw(collation: Collation, down: str = "ru", across: str = "en-free") -> dict[str, Any]:
    pytest.importorskip("matplotlib")
    from compare.notebook import pictures, tree

    analysis = Analysis(collation)
    return {
        "path": pictures.path(collation, down, across),
        "likeness": pictures.likeness(analysis),
        "drift": pictures.drift(analysis),
        "repeats": pictures.repeats(analysis, across),
        "names": pictures.names(analysis),
        "meaning": tree.tree(collation),
        "words": tree.tree(collation, words=True),
        "reliability": pictures.reliability(),
    }


@pytest.fixture(scope="module")
def drawn(collation: Collation) -> dict[str, Any]:
    return draw(collation)


def test_pictures_are_the_same_every_time_and_stand_alone(
    collation: Collation, drawn: dict[str, Any], tmp_path: Path
) -> None:
    for name, picture in draw(collation).items():
        svg = picture.svg()
        assert svg == drawn[name].svg()
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        assert not re.search(rb"(?:href|src)=\"(?!#|data:)", svg), name
        assert b"<dc:date>" not in svg
        assert picture.save(tmp_path / f"{name}.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(ValueError, match="svg"):
        picture.save(tmp_path / "picture.jpg")


@pytest.fixture(scope="module")
def crowded() -> Collation:
    """Seven versions with ids as long as they may be, which spell a name in as many ways."""
    spelled = ["Shcherbachev", "Shtcherbatcheff", "Stcherbatschew", "Schtscherbatschow", "Shcherbachov", "Tcherbatchev"]
    names = "General {} came. We met {} at noon. Then {} left. "
    texts = {"ru-" + "x" * 37: "Генерал Щербачёв прибыл. Мы встретили Щербачёва в полдень. Потом Щербачёв уехал. "}
    for at in range(6):
        texts[f"en-{at}-of-a-version-with-quite-a-long-name"[:40]] = names.format(
            *(spelled[(at + n) % 6] for n in range(3))
        )
    return compare.collate(compare.from_texts(texts))


@pytest.fixture(scope="module")
def drawn_crowded(crowded: Collation) -> dict[str, Any]:
    return draw(crowded, *[version.id for version in crowded.work.versions][:2])


@pytest.mark.parametrize("of", ["drawn", "drawn_crowded"])
def test_no_label_lies_on_another_or_outside(of: str, request: pytest.FixtureRequest) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    for name, picture in request.getfixturevalue(of).items():
        renderer, frame = FigureCanvasAgg(picture.figure).get_renderer(), picture.figure.bbox.padded(1)
        axes = [axis for each in picture.figure.axes for axis in (each.xaxis, each.yaxis)]
        beyond = {  # ticks that are there and not drawn
            id(label)
            for axis in axes
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
            for label in (tick.label1, tick.label2)
            if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        }
        texts = [t for t in picture.figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
        texts = [t for t in texts if id(t) not in beyond]
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
        for at, (words, box) in enumerate(boxes):
            assert frame.x0 <= box.x0 <= box.x1 <= frame.x1, f"{name}: {words}"
            assert frame.y0 <= box.y0 <= box.y1 <= frame.y1, f"{name}: {words}"
            for other, its in boxes[:at]:
                assert not box.padded(-0.5).overlaps(its.padded(-0.5)), f"{name}: {words} on {other}"


def test_drawing_leaves_matplotlib_as_it_was(collation: Collation) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    from compare.notebook import pictures

    before = dict(matplotlib.rcParams)
    pictures.names(Analysis(collation))
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


def test_a_sentence_is_moved_and_brought_back(collation: Collation) -> None:
    joined = mending.join(collation, 1, 2)
    lower = mending.down(joined, 1, "en-close", 1)
    assert joined.rows[0].segments["en-close"][1] - 1 == lower.rows[1].segments["en-close"][0]
    again = mending.up(lower, 2, "en-close", 1)
    assert [row.segments for row in again.rows] == [row.segments for row in joined.rows]


def test_an_unlinked_sentence_stands_alone_and_its_row_stays_with_what_came_before(collation: Collation) -> None:
    whole = mending.join(collation, 1, len(collation.rows))
    beside = set(whole.rows[0].segments) - {"ru"}
    for nth, holder in ((1, 2), (2, 1), (4, 1)):
        rows = mending.unlink(whole, 1, "ru", nth).rows
        alone = [row for row in rows if row.segments.get("ru") == (nth - 1, nth)]
        assert [set(row.segments) for row in alone] == [{"ru"}]
        assert [row.number for row in rows if beside <= set(row.segments)] == [holder]
    with pytest.raises(ValueError, match="nothing but"):
        mending.unlink(mending.unlink(whole, 1, "ru", 1), 1, "ru", 1)
    with pytest.raises(ValueError, match="4 sentences of ru; 5"):
        mending.unlink(whole, 1, "ru", 5)


@pytest.mark.parametrize("way", [mending.up, mending.down])
def test_a_sentence_cannot_leave_the_text(collation: Collation, way: Callable[..., Collation]) -> None:
    whole = mending.join(collation, 1, len(collation.rows))
    with pytest.raises(ValueError, match="rows go from 1 to 1"):
        way(whole, 1, "ru")


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_mended_every_sentence_stays_once_and_in_order(collation: Collation, data: st.DataObject) -> None:
    for _ in range(6):
        number = data.draw(st.integers(0, len(collation.rows) + 1))
        id = data.draw(st.sampled_from(["ru", "en-close", "en-free"]))
        count = data.draw(st.integers(0, 3))
        way = data.draw(st.sampled_from(["up", "down", "unlink", "split", "join"]))
        try:
            if way == "split":
                collation = mending.split(collation, number, {id: count})
            elif way == "join":
                collation = mending.join(collation, number, number + count)
            else:
                collation = getattr(mending, way)(collation, number, id, count)
        except ValueError:
            continue
        assert [row.number for row in collation.rows] == list(range(1, len(collation.rows) + 1))
        assert all(row.segments and set(row.segments) == set(row.spans) for row in collation.rows)
        for each, spans in collation.segments.items():
            ranges = [row.segments[each] for row in collation.rows if each in row.segments]
            assert [at for start, stop in ranges for at in range(start, stop)] == list(range(len(spans)))


# Progress


def test_progress_is_a_line_for_each_stage_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as told:
        told("encoding", 0.5)
    assert capsys.readouterr() == ("", "encoding\n")


def test_progress_is_a_bar_in_a_terminal_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as told:
        told("encoding", 0.5)
    assert "encoding" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")


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
