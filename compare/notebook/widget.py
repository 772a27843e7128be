"""The reader as a live widget (anywidget): the HTML report's own element, style and script, in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from compare import decisions as _decisions
from compare.alignment.corrections import write_edit
from compare.notebook import corrections as mending
from compare.values import Collation, Finding, Findings, InputError, Report, Work
from compare.write.html import reader
from compare.write.page import script, style

try:
    import anywidget
    import traitlets
except ImportError:
    raise ImportError("the widget needs anywidget: pip install 'hexapla[notebook]'") from None


class Reader(anywidget.AnyWidget):  # type: ignore[misc]
    """A report to filter, follow, decide in and mend. What a person does is here for the next cell, and the other way.

    `selected`: the id of the finding that is followed, or "". `decisions`: what was decided, a mapping each, with the
    columns of `decisions.tsv`. `sentences`: of each version for each sentence its row and where in the cell it begins.
    """

    _esm = script()
    _css = style()
    html = traitlets.Unicode().tag(sync=True)
    sentences = traitlets.List().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    decisions = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, report: Report) -> None:
        super().__init__(html=reader(report), sentences=mending.sentences(report.collation))
        self._shown = [report]
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        report = self._shown[0]
        return f"<Reader of {report.work.id}: {len(report.findings)} findings; it lives while its notebook runs>"

    @property
    def collation(self) -> Collation:
        """The rows as they were mended here."""
        return self._shown[-1].collation

    @property
    def finding(self) -> Finding | None:
        """The finding that is followed, or None."""
        return next((each for each in self._shown[-1].findings if each.id == self.selected), None)

    @property
    def report(self) -> Report:
        """The report with what was decided and mended here; `compare.report(reader.work)` runs every check again."""
        now, new = self._shown[-1], tuple(map(_decisions.of_line, self.decisions))
        decided = Findings(_decisions.decide(now.findings, new, now.work))
        return replace(now, findings=decided, decisions=(*now.decisions, *new))

    @property
    def work(self) -> Work:
        """The work with what was decided and mended here, as it would be read after `save`."""
        work = self._shown[0].work
        tables = dict(work.tables)
        if self.decisions:
            tables["decisions"] = tuple(_decisions.added(tables.get("decisions", ()), self.decisions))
        if len(self._shown) > 1 and work.rows is not None:
            return replace(work, tables=tables, rows=tuple(row.spans for row in self.collation.rows))
        if len(self._shown) > 1:
            header, *lines = (line.split("\t") for line in write_edit(self.collation).splitlines())
            tables["alignment"] = tuple(dict(zip(header, line, strict=True)) for line in lines)
        return replace(work, tables=tables)

    def mend(self, collation: Collation) -> None:
        """Show the findings in other rows: `reader.mend(mending.unlink(reader.collation, 7, "en"))`."""
        self._show(*self._shown, _moved(self._shown[-1], collation))

    def undo(self) -> None:
        """Take back the last mending, if there is one."""
        self._show(*(self._shown[:-1] or self._shown))

    def save(self, folder: str | Path | None = None) -> list[Path]:
        """Write what was decided into `decisions.tsv` and what was mended into `alignment.tsv`; return the files.

        They go into the work's folder, or into `folder`, each whole or not at all. Decisions that stand there stay, but
        for those on the same check, version, words and occurrence. Raises InputError for a work that has no folder.
        """
        work = self._shown[0].work
        home = work.folder if folder is None else Path(folder)
        if home is None:
            raise InputError(work.id, "this work has no folder; use save(FOLDER)")
        saved = [_decisions.save(home / _decisions.FILE, self.decisions)] if self.decisions else []
        return saved + ([mending.save(self.collation, home)] if len(self._shown) > 1 else [])

    def _receive(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        """Do with a sentence what the page asks. What cannot be, such as to move up from the first row, is not done."""
        if message["mend"] == "undo":
            self.undo()
            return
        with suppress(ValueError):
            self.mend(mending.mend(self.collation, message["mend"], int(message["column"]), int(message["sentence"])))

    def _show(self, *reports: Report) -> None:
        self._shown = list(reports)
        with self.hold_sync():  # a page that draws the new rows must know their sentences
            self.sentences = mending.sentences(self.collation)
            self.html = reader(reports[-1])


def explore(report: Report) -> Reader:
    """Open the report in a notebook."""
    return Reader(report)


def _moved(report: Report, collation: Collation) -> Report:
    """Put the findings of a report into other rows."""
    moved = []
    for finding in report.findings:
        place = finding.places[0]
        moved.append(replace(finding, row=collation.number_at(place.version, place.span.start) or finding.row))
    # Risk is a number for a row, and these are other rows: it comes back with the next report.
    return replace(report, collation=collation, findings=Findings(moved), risk=())
