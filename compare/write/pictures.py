"""Pictures and tables of a report as inline SVG and plain rows: small pure functions, no library.

Nothing here says anything by colour alone: what matters is also a width, a place or a letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.values import SEVERITIES, Report
from compare.write.names_index import Head, letters

if TYPE_CHECKING:
    from markupsafe import Markup

#: Steps of the strip at most, and lines of a table.
_BINS, _LIMIT = 240, 2000
#: Units of a dot plot, 400 wide, within which strokes cannot be seen apart.
_POINT = 2


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something to show below the text: a table's head and lines, or figures with captions."""

    name: str
    title: str
    head: Sequence[str] = ()
    lines: Sequence[Sequence[Any]] = ()
    figures: Sequence[tuple[str, Markup]] = ()
    note: str = ""
    left: int = 0
    """How many lines of the table are not shown."""
    letters: Sequence[tuple[str, Sequence[Head]]] = ()
    """An index of names, letter by letter."""


_TITLES = {
    "names": "Index of names",
    "repeats": "Where each version repeats itself",
    "drift": "Drift along the document",
    "worklist": "What to translate again",
}


_NOTES = {
    "names": "The proposed form, the Russian, what each version writes, how often, and the first rows where it stands.",
    "repeats": "Both axes run from the beginning of the version to its end; a stroke stands where its words return.",
    "drift": "The risk of an error of meaning about each row, 0 below and 1 above; from a dashed line on the version "
    "behaves otherwise. That a version drifts little does not make it good: a literal machine translation drifts "
    "least.",
    "scores": "Coverage is the share of the source's rows that a version has, and of the source's words in them.",
}


def exhibits(report: Report) -> list[Exhibit]:
    """Make a table or a picture of everything the report brings along, and of its scores; skip what is empty."""
    made = []
    for name, data in (*report.exhibits.items(), ("scores", report.scores)):
        title = _TITLES.get(name, name.replace("_", " ").capitalize())
        if name == "names" and data and "proposed" in data[0]:
            langs = {version.id: version.lang for version in report.work.versions}
            exhibit = Exhibit(name, title, note=_NOTES[name], letters=letters(data, langs))
        elif name == "repeats":
            figures = [(id, dots(**plot)) for id, plot in data.items() if plot.get("dots")]
            exhibit = Exhibit(name, title, figures=figures, note=_NOTES[name])
        elif name == "drift":
            figures = [(id, curve(**each)) for id, each in data.items() if each.get("curve")]
            exhibit = Exhibit(name, title, figures=figures, note=_NOTES[name])
        elif isinstance(data, Mapping):
            exhibit = Exhibit(name, title, ("", *_heads(data)), _grid(data), note=_NOTES.get(name, ""))
        else:
            head = tuple(data[0]) if data else ()
            lines = [[line.get(key) for key in head] for line in data[:_LIMIT]]
            exhibit = Exhibit(name, title, head, lines, left=max(0, len(data) - _LIMIT))
        if exhibit.lines or exhibit.figures or exhibit.letters:
            made.append(exhibit)
    return made


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {name: value}
    return {k: v for key, each in value.items() for k, v in _flat(each, f"{name} {key}".strip()).items()}


def _heads(data: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(head for value in data.values() for head in _flat(value)))


def _grid(data: Mapping[str, Any]) -> list[list[Any]]:
    heads = _heads(data)
    return [[name, *(_number(_flat(value).get(head, "")) for head in heads)] for name, value in data.items()]


def _number(value: Any) -> Any:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def strip(report: Report) -> Markup:
    """Draw the whole document as a narrow strip, one lane a version: where findings are, how bad, and where risk lies.

    Rows are gathered into at most 240 steps; each step is a link to its first row. A finding's bar is the longer the
    worse it is.
    """
    from markupsafe import Markup

    rows, versions = report.collation.rows, report.work.versions
    if not rows:
        return Markup("")
    steps = min(len(rows), _BINS)
    step_of = {row.number: at * steps // len(rows) for at, row in enumerate(rows)}
    worst: dict[tuple[int, int], int] = {}
    total = [0] * steps
    lane_of = {version.id: at for at, version in enumerate(versions)}
    for finding in report.findings:
        if finding.status == "dismissed" or finding.row not in step_of:
            continue
        where = step_of[finding.row], lane_of[finding.places[0].version]
        worst[where] = min(worst.get(where, 9), SEVERITIES.index(finding.severity))
        total[where[0]] += 1
    risk: dict[tuple[int, int], float] = {}
    for row, risks in zip(rows, report.risk, strict=False):
        for id, value in risks.items():
            if value is not None and value >= 0.2:
                where = step_of[row.number], lane_of[id]
                risk[where] = max(risk.get(where, 0.0), value)
    firsts = {step_of[row.number]: row.number for row in reversed(rows)}
    lane = 12
    made = []
    for step in range(steps):
        shapes = [
            Markup('<rect class="r" x="{}" y="{}" width="{}" height="1" opacity="{:.2f}"/>').format(
                column * lane, step, lane - 1, risk[step, column] * 0.6
            )
            for column in range(len(versions))
            if (step, column) in risk
        ] + [
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="1"/>').format(
                SEVERITIES[worst[step, column]], column * lane, step, (11, 9, 6, 3)[worst[step, column]]
            )
            for column in range(len(versions))
            if (step, column) in worst
        ]
        tooltip = f"row {firsts[step]}" + (f", {total[step]} finding{'s' * (total[step] != 1)}" if total[step] else "")
        made.append(
            Markup(
                '<a href="#row-{}" tabindex="-1"><rect class="s" y="{}" width="{}" height="1"/>{}<title>{}</title></a>'
            ).format(firsts[step], step, lane * len(versions), Markup("").join(shapes), tooltip)
        )
    rails = Markup("").join(
        Markup('<path d="M{} 0V{}"/>').format(lane * column + lane // 2, steps) for column in range(len(versions))
    )
    return Markup('<svg viewBox="0 0 {} {}" preserveAspectRatio="none">{}{}</svg>').format(
        lane * len(versions), steps, rails, Markup("").join(made)
    )


def dots(size: int, dots: Sequence[Sequence[float]], **_: Any) -> Markup:
    """Plot a version against itself: a stroke where the words at x stand again at y, as long as they, and mirrored.

    Strokes that begin at one point of the picture are one, the longest.
    """
    from markupsafe import Markup

    scale = 400 / max(size, 1)
    longest: dict[tuple[int, int], float] = {}
    for x, y, length in dots:
        for a, b in ((x, y), (y, x)):
            point = int(a * scale / _POINT) * _POINT, int(b * scale / _POINT) * _POINT
            longest[point] = max(longest.get(point, 1.5), length * scale)
    strokes = "".join(f"M{a} {b}l{length:.1f} {length:.1f}" for (a, b), length in longest.items())
    return Markup(
        '<svg class="dots" viewBox="-4 -4 408 408" role="img" aria-label="dot plot, {} repeats">'
        '<rect width="400" height="400"/><path class="axis" d="M0 0L400 400"/><path d="{}"/></svg>'
    ).format(len(dots), strokes)


def curve(curve: Sequence[float | None], changes: Sequence[int] = (), **_: Any) -> Markup:
    """Draw a number between 0 and 1 row by row, broken where there is none, with a line at each change point."""
    from markupsafe import Markup

    step = 1000 / max(len(curve) - 1, 1)
    path, pen = [], "M"
    for at, value in enumerate(curve):
        if value is None:
            pen = "M"
        else:
            path.append(f"{pen}{at * step:.1f} {100 - 100 * min(max(value, 0.0), 1.0):.1f}")
            pen = "L"
    lines = Markup("").join(
        Markup(
            '<path class="change" d="M{:.1f} 0V100"/><a href="#row-{}"><text x="{:.1f}" y="10">row {}</text></a>'
        ).format((row - 1) * step, row, (row - 1) * step + 4, row)
        for row in changes
    )
    return Markup(
        '<svg class="curve" viewBox="0 -4 1000 108" role="img" aria-label="curve over {} rows">'
        '<path class="axis" d="M0 100H1000M0 0H1000"/><path d="{}"/>{}</svg>'
    ).format(len(curve), "".join(path), lines)
