"""Tables as data frames, of pandas or of polars: whatever library makes a frame of a mapping of columns."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def frame(lines: Iterable[Mapping[str, Any]], columns: Sequence[str], library: str = "pandas") -> Any:
    """Make a frame of those columns; what a line lacks is None. Raises ImportError that names the extra to install."""
    lines = list(lines)
    try:
        module = importlib.import_module(library)
    except ImportError:
        raise ImportError(f"a frame of {library} needs it: pip install 'hexapla[notebook]', or {library}") from None
    return module.DataFrame({column: [line.get(column) for line in lines] for column in columns})


def rows(collation: Any, library: str = "pandas") -> Any:
    """Lay out a collation, one line a row.

    - `row`: its number, from 1 on
    - `confidence`: the probability, 0 to 1, that the row is aligned rightly
    - one column for each version, by its id: the words of its cell, None where it has none
    """
    ids = [version.id for version in collation.work.versions]
    lines = [
        {"row": row.number, "confidence": row.confidence} | {id: collation.cell(row, id) or None for id in ids}
        for row in collation.rows
    ]
    return frame(lines, ["row", "confidence", *ids], library)


#: The columns of `findings`.
FINDINGS = (
    *("id", "check", "mqm", "severity", "score", "row", "version", "start", "end", "words"),
    *("message", "suggestion", "evidence", "status", "reason"),
)


def findings(found: Iterable[Any], library: str = "pandas") -> Any:
    """Lay out findings, one a line, in the order given.

    - `id`, `check`, `mqm`, `severity`, `score`, `row`, `message`, `suggestion`, `status`, `reason`: the finding's own
    - `version`, `start`, `end`, `words`: the place to look at, as characters of the version, and what stands there
    - `evidence`: the other places, each `version: words`, separated by ` | `
    """
    return frame(finding_lines(found), FINDINGS, library)


def finding_lines(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Lay findings out as `findings` does, as a mapping each."""
    lines = []
    for finding in found:
        place, *proofs = finding.places
        own = {name: getattr(finding, name) for name in FINDINGS if hasattr(finding, name)}
        where = {"version": place.version, "start": place.span.start, "end": place.span.end, "words": place.text}
        lines.append(own | where | {"evidence": " | ".join(f"{p.version}: {p.text}" for p in proofs)})
    return lines


#: The columns of `sites`.
SITES = ("row", "site", "kind", "score", "versions", "text", "closeness", "source")


def sites(found: Iterable[Any], library: str = "pandas") -> Any:
    """Lay out variant sites, a line a reading, in the order given.

    - `row`, `site`, `kind`, `score`: the site's own
    - `versions`: those that have the reading, separated by spaces; `text`: its words, empty where they have none
    - `closeness`: to the source's words there, 0 to 1 or None; `source`: these words
    """
    return frame(site_lines(found), SITES, library)


def site_lines(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Lay sites out as `sites` does, as a mapping each reading."""
    return [
        {
            "row": site.row,
            "site": site.number,
            "kind": site.kind,
            "score": site.score,
            "versions": " ".join(reading.versions),
            "text": reading.text,
            "closeness": reading.closeness,
            "source": " … ".join(place.text for place in site.source),
        }
        for site in found
        for reading in site.readings
    ]
