"""Versions side by side: from columns of cells to a Work whose rows are given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from compare.lang import SOURCE
from compare.read.encoding import doubts
from compare.read.language import doubt, settle, tag
from compare.values import InputError, Span, Version, Work

#: An id is short, and safe in a file name, an anchor and a table's heading.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def name(words: str) -> str:
    """Make an id of a file's stem or a heading: `name("Garnett (1894)") == "garnett-1894"`; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9._]+", "-", plain.lower()).strip("-._")[:40].rstrip("-._")


def identify(headings: Iterable[str]) -> list[str]:
    """Give each heading an id, each once: `["ru", "ru"]` become `["ru", "ru-2"]`."""
    ids: list[str] = []
    for heading in headings:
        stem = heading if ID.fullmatch(heading) else name(heading) or "version"
        id, number = stem, 1
        while id in ids:
            number += 1
            id = f"{stem[:36]}-{number}"
        ids.append(id)
    return ids


def work_of(
    id: str,
    title: str,
    versions: tuple[Version, ...],
    source: str | None,
    rows: tuple[Mapping[str, Span], ...] | None = None,
    warnings: tuple[str, ...] = (),
) -> Work:
    """Make a work, its source the version of that id; None: the one version in `lang.SOURCE` beside others, if any."""
    if source is None:
        likely = [v.id for v in versions if v.lang == SOURCE]
        source = likely[0] if len(likely) == 1 and len(versions) > 1 else ""
        if 1 < len(likely) < len(versions):
            warnings += (f"{', '.join(likely)} are all in {SOURCE}: none is taken for the source; name it by --source",)
    elif source not in (v.id for v in versions):
        raise InputError(source, f"is none of the versions {', '.join(v.id for v in versions)}")
    return Work(
        id,
        title,
        tuple(replace(v, role="source" if v.id == source else "translation") for v in versions),
        rows=rows,
        warnings=warnings + doubted(versions),
    )


def doubted(versions: Sequence[Version]) -> tuple[str, ...]:
    """Say of which versions' text an earlier conversion has spoiled something, and which versions are one text."""
    spoiled = [f"{version.id}: {doubt}" for version in versions for doubt in doubts(version.text)]
    by_text: dict[str, list[str]] = {}
    for version in versions:
        by_text.setdefault(" ".join(version.text.split()), []).append(version.id)
    return (*spoiled, *(f"{' and '.join(ids)} are one and the same text" for ids in by_text.values() if len(ids) > 1))


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells by row, each row as long as `headings`. A blank cell: the version lacks the row."""

    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    langs: tuple[str, ...] = ()
    """Of each column, as the format states it; empty where it states none: then the text and the heading tell."""
    source: str | None = None
    """The heading of the source, where the format declares it."""
    warnings: tuple[str, ...] = ()

    def work(self, path: Path | None, source: str | None = None) -> Work:
        """Make the work. A version's text is its cells joined by line ends; a column without letters is left out."""
        file = str(path) if path else "rows"
        kept = [k for k in range(len(self.headings)) if any(c.isalpha() for row in self.cells for c in row[k])]
        if not kept:
            raise InputError(file, "holds no row with words in it")
        spans: list[dict[str, Span]] = [{} for _ in self.cells]
        versions = []
        warnings = self.warnings
        headings = [self.headings[k] for k in kept]
        ids = identify(headings)
        for id, heading, k in zip(ids, headings, kept, strict=True):
            text = _lay(id, [row[k] for row in self.cells], spans)
            stated = tag(self.langs[k]) if self.langs else ""
            if stated:
                warnings += doubt(id, stated, text)
            lang = stated or settle(heading, text)
            versions.append(Version(id, text, lang, title=heading, file=str(path) if path else ""))
        wanted = self.source if source is None else source
        if wanted is not None:
            same = [
                id for id, heading in zip(ids, headings, strict=True) if wanted.lower() in (id.lower(), heading.lower())
            ]
            if not same:
                raise InputError(file, f"has no column {wanted!r} with words; such are {', '.join(headings)}")
            wanted = same[0]
        left = [h for k, h in enumerate(self.headings) if k not in kept]
        return work_of(
            (name(path.stem) if path else "") or "rows",
            path.stem if path else "rows",
            tuple(versions),
            wanted,
            tuple(row for row in spans if row),
            (*warnings, *([f"{file}: no text in column {', '.join(left)}"] if left else [])),
        )


def _lay(id: str, cells: list[str], spans: list[dict[str, Span]]) -> str:
    """Join a version's cells and note in each row the span of its words."""
    laid: list[str] = []
    at = 0
    for row, cell in zip(spans, cells, strict=True):
        words = cell.strip()
        if words:
            start = at + len(cell) - len(cell.lstrip())
            row[id] = Span(start, start + len(words))
            laid.append(cell)
            at += len(cell) + 1
    return "\n".join(laid)
