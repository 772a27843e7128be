"""Pictures of a collation, each one call. Nothing is shown by colour alone; all can be saved as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from compare.analysis import Analysis
from compare.notebook.picture import BLUE, INK, LINES, PALE, RED, SOFT, Picture, broken, canvas, legend, styled
from compare.values import Collation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The finest grain of a picture: longer texts are drawn coarser, so that a picture stays small.
_GRAIN = 200
#: Shapes above this number are drawn as dots of ink instead of outlines.
_MANY = 300
#: Points of a curve; longer ones show means.
_POINTS = 180


def path(collation: Collation, down: str, across: str) -> Picture:
    """Draw how two versions run along each other: every sentence against every other, and the way of the alignment.

    The darker, the more alike two sentences are. A box is a bead; a stroke straight down or across is what one version
    has and the other lacks. The same strokes stand at the right and upper edge.
    """
    import numpy as np
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    field = np.clip(collation.vectors[down] @ collation.vectors[across].T, 0, 1)
    boxes: dict[str, list[list[tuple[int, int]]]] = {"both": [], down: [], across: []}
    y = x = 0
    for row in collation.rows:
        (_, y_end), (_, x_end) = row.segments.get(down, (y, y)), row.segments.get(across, (x, x))
        if (y_end, x_end) != (y, x):
            kind = "both" if y_end > y and x_end > x else down if y_end > y else across
            boxes[kind].append([(x, y), (x_end, y), (x_end, y_end), (x, y_end), (x, y)])
            y, x = y_end, x_end
    styles = {"both": (RED, 1.1, "both"), down: (BLUE, 2.4, f"only {down}"), across: (INK, 2.4, f"only {across}")}
    with styled():
        figure, axes = canvas(5.4, width=6.0)
        shape = (0, field.shape[1], field.shape[0], 0)
        field = np.round(20 * _coarse(field, np.nanmax)) / 20  # the eye sees no more greys, and fewer take less room
        axes.imshow(
            field,
            cmap="Greys",
            vmin=float(np.median(field)),
            vmax=1.1,
            extent=shape,
            aspect="auto",
            interpolation="none",
        )
        for kind, (color, width, _) in styles.items():
            drawn = LineCollection(boxes[kind], colors=color, linewidths=width, clip_on=False)
            axes.add_collection(_light(drawn, len(boxes[kind])))
        # The same at the edges, where neither colour nor the size of the text can hide it.
        for kind, line, x_or_y in ((down, axes.hlines, 1), (across, axes.vlines, 0)):
            at = [(box[0][x_or_y] + box[2][x_or_y]) / 2 for box in boxes[kind]]
            frame = axes.get_yaxis_transform() if x_or_y else axes.get_xaxis_transform()
            line(at, 1.01, 1.03, colors=styles[kind][0], linewidth=0.8, transform=frame, clip_on=False)
        axes.set(xlabel=f"sentences of {across}", ylabel=f"sentences of {down}")
        axes.set_title(broken(f"{down} beside {across}", 70), pad=8)
        handles = [Line2D([], [], color=color, linewidth=width) for color, width, _ in styles.values()]
        legend(figure, handles, [f"{label} ({len(boxes[kind])})" for kind, (_, _, label) in styles.items()])
    beads = f"{len(boxes['both'])} beads; only {down} {len(boxes[down])}, only {across} {len(boxes[across])}"
    return Picture(figure, f"alignment of {down} with {across}: {beads}")


def likeness(analysis: Analysis) -> Picture:
    """Draw how alike the versions are row by row.

    A band stands for a pair of versions; it is dark where they part, and hatched where one of them lacks the row.
    """
    import numpy as np

    near = analysis.similarity.cosine
    pairs = list(combinations([version.id for version in analysis.collation.work.versions], 2))
    bands = np.stack([_coarse(near[pair][None, :], np.nanmean)[0] for pair in pairs])
    with styled():
        figure, axes = canvas(0.9 + (0.34 if len(pairs) < 12 else 0.22) * len(pairs))
        axes.patch.set(hatch="//////", edgecolor=SOFT, facecolor="white")
        drawn = axes.imshow(
            np.ma.masked_invalid(bands),
            vmin=0.2,
            vmax=1.0,
            aspect="auto",
            interpolation="none",
            extent=(0.5, len(analysis.collation.rows) + 0.5, len(pairs), 0),
        )
        for edge in range(1, len(pairs)):
            axes.axhline(edge, color="white", linewidth=2)
        axes.set_yticks([at + 0.5 for at in range(len(pairs))], [f"{a} · {b}" for a, b in pairs])
        axes.tick_params(axis="y", length=0)
        axes.set(xlabel="row", title="How alike the versions are")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.spines[:].set_visible(False)
        bar = figure.colorbar(drawn, ax=axes, pad=0.01, ticks=[0.2, 0.6, 1.0], aspect=12)
        bar.outline.set_visible(False)
        bar.set_label("cosine")
    return Picture(figure, f"likeness of {len(pairs)} pairs of versions over {len(analysis.collation.rows)} rows")


#: What the measures of the drift curve mean, in the order in which they are drawn, and the least height of an axis:
#: a curve that hardly moves must look as if it hardly moved.
_MEASURES = {
    "source": ("closeness to the source, less the mean of all versions", 0.1),
    "others": ("closeness to the others", 0.2),
    "length": ("length beside the others", 0.3),
    "risk": ("risk of an error of meaning", 0.2),
}


def drift(analysis: Analysis) -> Picture:
    """Draw how each version behaves along the document, by each measure, with the rows at which it changes for good."""
    import numpy as np

    found = analysis.drift
    measures = [name for name in _MEASURES if any(name in curves for curves in found.curves.values())]
    styles = dict(zip(found.curves, LINES * len(found.curves), strict=False))
    with styled():
        figure, panels = canvas(
            0.7 + 1.25 * max(len(measures), 1), rows=max(len(measures), 1), sharex=True, squeeze=False
        )
        for axes, measure in zip(panels[:, 0], measures, strict=False):
            for version, curves in found.curves.items():
                at, values = _thinned(np.array(curves.get(measure, ()), float))
                every = max(1, len(values) // 8)
                axes.plot(at, values, linewidth=1.3, markersize=3.5, markevery=every, label=version, **styles[version])
            for change in found.changes:
                axes.axvline(change.row, color=styles[change.version]["color"], linewidth=0.9, linestyle="--")
            title, least = _MEASURES[measure]
            axes.set_title(title if len(found.curves) > 1 else title.split(",")[0])
            axes.margins(x=0.01)
            low, high = axes.get_ylim()
            more = max(0.0, least - (high - low)) / 2
            axes.set_ylim(*((0, max(least, high)) if measure == "risk" else (low - more, high + more)))
        for change in found.changes:
            panels[0, 0].annotate(
                f"{change.version}, row {change.row}",
                (change.row, 1),
                xycoords=("data", "axes fraction"),
                xytext=(3, -8),
                textcoords="offset points",
                fontsize=7,
            )
        panels[-1, 0].set_xlabel("row")
        legend(figure, *panels[0, 0].get_legend_handles_labels())
    changes = ", ".join(f"{change.version} at row {change.row}" for change in found.changes) or "none"
    return Picture(figure, f"drift of {', '.join(found.curves)} along the document; change points: {changes}")


def repeats(analysis: Analysis, version: str) -> Picture:
    """Draw a version against itself: a stroke where its words return, a ring where that is held for a fault."""
    from matplotlib.collections import LineCollection

    plot: Mapping[str, Any] = analysis.repetition.dotplots[version]
    size = plot["size"]
    strokes = [
        [(a, b), (a + n, b + n)] for x, y, length in plot["dots"] for a, b, n in ((x, y, length), (y, x, length))
    ]
    text = analysis.collation.work.version(version).text
    faults = [
        (_word_at(text, one.kept.span.start), _word_at(text, one.extra.span.start))
        for one in analysis.repeats
        if one.extra.version == version and one.severity != "neutral" and one.score >= 0.5
    ]
    with styled():
        figure, axes = canvas(4.6, width=4.8)
        axes.plot([0, size], [0, size], color=PALE, linewidth=1)
        least, many = size / 200, len(strokes) > _MANY
        drawn = LineCollection(
            [[a, (a[0] + max(b[0] - a[0], least), a[1] + max(b[1] - a[1], least))] for a, b in strokes],
            colors=INK,
            linewidths=0.8 if many else 1.6,
        )
        axes.add_collection(_light(drawn, len(strokes)))
        for x, y in faults:
            axes.plot(
                [x, y], [y, x], "o", markersize=11, markerfacecolor="none", markeredgecolor=RED, markeredgewidth=1.6
            )
        axes.set(
            xlim=(0, size), ylim=(size, 0), xlabel="words", ylabel="words", title=f"Where {version} repeats itself"
        )
        axes.set_aspect("equal")
    return Picture(
        figure, f"dot plot of {version}: {len(plot['dots'])} repeats in {size} words, {len(faults)} held for faults"
    )


def _word_at(text: str, offset: int) -> int:
    from compare.words import words

    return len(words(text[:offset]))


def names(analysis: Analysis, most: int = 24) -> Picture:
    """Draw the names that vary most: a line for each, a column for each version, in the cell its spellings and counts.

    Hatched: the version spells the name in several ways.
    """
    from matplotlib.patches import Rectangle

    versions = [version.id for version in analysis.collation.work.versions]
    entries = sorted(
        analysis.names.entries,
        key=lambda e: (
            -sum(len(s) - 1 for s in e.spellings.values()),
            -sum(map(len, sum(e.spellings.values(), ()))),
            e.name,
        ),
    )[:most]
    width = max(7.2, 1.2 + 1.3 * len(versions))
    room = int(17 * (width - 1.2) / len(versions))
    words = [
        [
            _lines([f"{spelling.text} {len(spelling)}" for spelling in entry.spellings.get(id, ())], room)
            for id in versions
        ]
        for entry in entries
    ]
    heights = [max(len(lines) for lines in line) for line in words]
    tops = [sum(heights[:at]) for at in range(len(heights) + 1)]
    several = 0
    with styled():
        figure, axes = canvas(0.9 + 0.12 * len(entries) + 0.12 * max(tops[-1], 1), width=width)
        for entry, line, top, height in zip(entries, words, tops, heights, strict=False):
            for x, (id, lines) in enumerate(zip(versions, line, strict=True)):
                spellings = entry.spellings.get(id, ())
                several += len(spellings) > 1
                hatch = "//////" if len(spellings) > 1 else None
                face = "white" if spellings else "#f1efea"
                axes.add_patch(
                    Rectangle((x, top), 1, height, facecolor=face, edgecolor=PALE, hatch=hatch, linewidth=0.6)
                )
                axes.text(
                    x + 0.02,
                    top + height / 2,
                    "\n".join(lines),
                    va="center",
                    fontsize=7,
                    color=INK if spellings else SOFT,
                    clip_on=True,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8} if hatch else None,
                )
        axes.set(
            xlim=(0, len(versions)),
            ylim=(max(tops[-1], 1), 0),
            title="Names by version; hatched where one name is spelled in several ways",
        )
        axes.set_xticks([at + 0.5 for at in range(len(versions))], [broken(id, room - 4) for id in versions])
        middles = [top + height / 2 for top, height in zip(tops, heights, strict=False)]
        axes.set_yticks(middles, [entry.name for entry in entries])
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelcolor=INK)
        axes.spines[:].set_visible(False)
    return Picture(figure, f"{len(entries)} names by version, {several} cells with several spellings")


def _lines(words: Sequence[str], room: int, most: int = 3) -> list[str]:
    """Set words in lines of about so many letters; what finds no room in the last of them is counted."""
    lines: list[str] = []
    for number, word in enumerate(words):
        if lines and len(lines[-1]) + len(word) + 2 <= room:
            lines[-1] += f", {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] += f" +{len(words) - number}"
            break
    return lines or ["·"]


def _light(shapes: Any, number: int) -> Any:
    """Keep a picture of very many shapes small."""
    shapes.set_rasterized(number > _MANY)
    return shapes


def _thinned(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the rows and values of a curve, where it is long the means of equal stretches; nothing stays nothing."""
    import numpy as np

    stretches = np.array_split(np.arange(len(values)), min(len(values), _POINTS)) if len(values) else []
    known = [stretch[~np.isnan(values[stretch])] for stretch in stretches]
    means = [values[rows].mean() if len(rows) else np.nan for rows in known]
    return np.array([stretch.mean() + 1 for stretch in stretches]), np.array(means)


def _coarse(field: NDArray[np.floating[Any]], of: Callable[..., Any]) -> NDArray[np.floating[Any]]:
    """Thin out a field to the grain of a picture by a measure of each block; blocks of nothing stay nothing."""
    import warnings

    import numpy as np

    for axis in (0, 1):
        size = field.shape[axis]
        if size > _GRAIN:
            edges = np.linspace(0, size, _GRAIN + 1).astype(int)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # a block that is all NaN is meant to be NaN
                field = np.stack(
                    [of(field.take(range(a, b), axis), axis=axis) for a, b in pairwise(edges.tolist())],
                    axis=axis,
                )
    return field


@dataclass(frozen=True, slots=True)
class Bin:
    """Cells of about one risk: their mean risk, the share of them that is wrong, and their number."""

    risk: float
    wrong: float
    cells: int


def binned(risks: Sequence[float], wrong: Sequence[bool], rate: float | None = None, bins: int = 10) -> tuple[Bin, ...]:
    """Sort judged cells into bins of equal width. `risks` and `wrong` go together; other lengths raise ValueError.

    `rate`: the share of wrong cells to count with, where the trial holds another share than real work would.
    """
    import numpy as np

    given, true = np.array(risks, float), np.array(wrong, bool)
    if given.shape != true.shape:
        raise ValueError(f"{len(given)} risks and {len(true)} labels")
    odds = 1.0 if rate is None else rate / (1 - rate) * (~true).sum() / max(true.sum(), 1)
    weight = np.where(true, odds, 1.0)
    at = np.minimum((given * bins).astype(int), bins - 1)
    groups = [at == number for number in range(bins) if (at == number).any()]
    return tuple(
        Bin(float(np.average(given[g], weights=weight[g])), float(np.average(true[g], weights=weight[g])), int(g.sum()))
        for g in groups
    )


def reliability(bins: Sequence[Bin] | None = None) -> Picture:
    """Draw how far risk can be trusted: of the cells given about that risk how many are wrong, with 95 % intervals.

    Bars below count the cells. `bins`: as `binned` makes them of your own labels; when None, those of the trial that
    the package keeps, errors planted into sound translations, one cell in five wrong.
    """
    bins = _trial() if bins is None else bins
    gap = sum(abs(b.risk - b.wrong) * b.cells for b in bins) / max(sum(b.cells for b in bins), 1)
    with styled():
        figure, (axes, under) = canvas(4.6, rows=2, width=4.2, sharex=True, gridspec_kw={"height_ratios": (4, 1)})
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=0.8, linestyle=":")
        for b in bins:
            axes.plot([b.risk, b.risk], _wilson(b.wrong, b.cells), color=BLUE, linewidth=1.2)
        axes.plot([b.risk for b in bins], [b.wrong for b in bins], "o-", color=BLUE, markersize=4, linewidth=1)
        axes.set(ylabel="share that is wrong", ylim=(-0.02, 1.02), title="The risk, and how often it came true")
        under.bar([b.risk for b in bins], [b.cells for b in bins], width=0.06, color=PALE, edgecolor=SOFT)
        under.set(xlabel="risk", ylabel="cells", xlim=(-0.02, 1.02))
    return Picture(figure, f"reliability of the risk of {sum(b.cells for b in bins)} cells; mean gap {gap:.3f}")


def _trial() -> tuple[Bin, ...]:
    lines = files("compare.notebook").joinpath("assets/reliability.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(
        Bin(float(risk), float(wrong), int(cells)) for risk, wrong, cells in (line.split("\t") for line in lines)
    )


def _wilson(share: float, number: int, z: float = 1.96) -> tuple[float, float]:
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    reach = z / (1 + z * z / number) * (share * (1 - share) / number + z * z / (4 * number * number)) ** 0.5
    return middle - reach, middle + reach
