"""A picture: drawn without global state, the same bytes for the same data, readable in print and without colour."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Colours that colour-blind readers tell apart (Okabe & Ito 2008), each with a line and a sign of its own.
LINES = (
    {"color": "#0072B2", "linestyle": "-", "marker": "o"},
    {"color": "#D55E00", "linestyle": "--", "marker": "s"},
    {"color": "#009E73", "linestyle": "-.", "marker": "^"},
    {"color": "#CC79A7", "linestyle": ":", "marker": "D"},
    {"color": "#E69F00", "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "v"},
    {"color": "#56B4E9", "linestyle": (0, (1, 1)), "marker": "P"},
    {"color": "#000000", "linestyle": (0, (8, 2)), "marker": "X"},
)
INK, SOFT, PALE = "#23201b", "#77716a", "#dedad2"
BLUE, RED = LINES[0]["color"], LINES[1]["color"]

_STYLE: Mapping[str, Any] = {
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "axes.labelsize": 8,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.08,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "hatch.linewidth": 0.5,
    "image.cmap": "cividis",
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "hexapla",
    "text.color": INK,
    "text.hinting": "no_hinting",  # hinted letters are wider or narrower at another resolution, and no longer fit
    "text.usetex": False,
    "text.parse_math": False,
    "xtick.color": SOFT,
    "xtick.labelsize": 7.5,
    "ytick.color": SOFT,
    "ytick.labelsize": 7.5,
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picture:
    """A figure of matplotlib and what it shows, in a sentence that stands for it where it cannot be seen."""

    figure: Any
    says: str

    def __post_init__(self) -> None:
        # Laid out again each time it is drawn, a figure would never be quite the same again.
        with styled():
            for _ in range(2):  # the second time mends what the first estimate left out
                self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")

    def svg(self) -> bytes:
        """Return the picture as SVG, letters as outlines."""
        return self._drawn("svg", {"Title": self.says, "Date": None, "Creator": None})

    def png(self, dpi: int = 200) -> bytes:
        """Return the picture as PNG."""
        return self._drawn("png", {"Description": self.says, "Software": None}, dpi=dpi)

    def save(self, path: str | Path) -> Path:
        """Write the picture as SVG or PNG, as the name ends. Raises ValueError for another ending."""
        path = Path(path)
        kinds = {".svg": self.svg, ".png": self.png}
        if path.suffix not in kinds:
            raise ValueError(f"{path}: a picture is saved as .svg or .png")
        path.write_bytes(kinds[path.suffix]())
        return path

    def __repr__(self) -> str:
        return f"<Picture: {self.says}>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg().decode(), "text/plain": repr(self)}

    def _drawn(self, format: str, metadata: Mapping[str, str | None], **more: Any) -> bytes:
        written = io.BytesIO()
        with styled():
            self.figure.savefig(written, format=format, metadata=dict(metadata), **more)
        return written.getvalue()


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the house's style and leave matplotlib as it was. Raises ImportError that names the extra to install."""
    try:
        import matplotlib
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install 'hexapla[notebook]'") from None
    with matplotlib.rc_context(dict(_STYLE)):
        yield


def legend(figure: Any, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """Put a legend below the picture, in as many columns as its words leave room for."""
    letters = max(map(len, labels), default=0) + 8
    columns = max(1, min(len(labels), int(figure.get_figwidth() * 17) // letters))
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def broken(words: str, letters: int) -> str:
    """Break words, after hyphens where it can be, into lines of at most so many letters."""
    return "\n".join(textwrap.wrap(words, max(letters, 6)))


def canvas(height: float, rows: int = 1, columns: int = 1, width: float = 7.2, **more: Any) -> tuple[Any, Any]:
    """Make an empty figure, in inches, and its axes; call it inside `styled`."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    return figure, figure.subplots(rows, columns, **more)
