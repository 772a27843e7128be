"""The reader as a live widget (anywidget): the HTML report's own element, style and script, in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from compare import decisions as _decisions
from compare import files
from compare.notebook import mending
from compare.values import Collation, Decision, Finding, Findings, InputError, Report, Verdict
from compare.write.html import reader, script, style

try:
    import anywidget
    import traitlets
except ImportError:
    raise ImportError("the widget needs anywidget: pip install 'hexapla[notebook]'") from None


class Reader(anywidget.AnyWidget):  # type: ignore[misc]
    """A report to filter, follow, decide in and mend. What a person does is here for the next cell.

    `selected`: the id of the finding that is followed, or "". `decisions`: what was decided, a mapping each, with the
    columns of `decisions.tsv`.
    """

    _esm = script()
    _css = style()
    html = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    decisions = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, report: Report) -> None:
        super().__init__(html=reader(report))
        self._given = self._mended = report
        self.on_msg(self._told)

    def __repr__(self) -> str:
        report = self._given
        return f"<Reader of {report.work.id}: {len(report.findings)} findings; it lives while its notebook runs>"

    @property
    def finding(self) -> Finding | None:
        """The finding that is followed, or None."""
        return next((each for each in self._mended.findings if each.id == self.selected), None)

    @property
    def report(self) -> Report:
        """The report with what was decided and mended here."""
        new = tuple(map(_decision, self.decisions))
        found = self._mended.findings
        order = {each.id: at for at, each in enumerate(found)}
        placed = sorted(found, key=lambda f: (f.places[0].span.start, f.places[0].span.end, f.message))
        decided = sorted(_decisions.decide(placed, new), key=lambda f: order[f.id])
        return replace(self._mended, findings=Findings(decided), decisions=(*self._given.decisions, *new))

    def join(self, first: int, last: int) -> None:
        """Make one row of those numbered `first` to `last`, as `compare.notebook.mending.join` does."""
        self._lay(mending.join(self._mended.collation, first, last))

    def split(self, number: int, above: Mapping[str, int]) -> None:
        """Make two rows of one, as `compare.notebook.mending.split` does."""
        self._lay(mending.split(self._mended.collation, number, above))

    def save(self, folder: str | Path | None = None) -> list[Path]:
        """Write what was decided into `decisions.tsv` and what was mended into `alignment.tsv`; return the files.

        They go into the work's folder, or into `folder`, each whole or not at all. Decisions that stand there stay, but
        for those on the same check, version, words and occurrence. Raises InputError for a work that has no folder.
        """
        home = self._given.work.folder if folder is None else Path(folder)
        if home is None:
            raise InputError(self._given.work.id, "this work has no folder; say save(FOLDER)")
        saved = [save(home / "decisions.tsv", self.decisions)] if self.decisions else []
        mended = self._mended.collation
        return saved + ([mending.save(mended, home)] if mended is not self._given.collation else [])

    def _told(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        """Do what a key in the page asks: join a row with the one above, or split it at the cursor's sentence."""
        collation, number = self._mended.collation, int(message["row"])
        if message["mend"] == "merge" and number > 1:
            self.join(number - 1, number)
        elif message["mend"] == "split":
            version, row = collation.work.versions[int(message["column"])].id, collation.rows[number - 1]
            start, stop = row.segments[version]
            at = row.spans[version].start + int(message["offset"])
            above = sum(segment.end <= at for segment in collation.segments[version][start:stop])
            if above or len(row.segments) > 1:
                self.split(number, {version: min(above, stop - start - 1)})

    def _lay(self, collation: Collation) -> None:
        """Show the same findings in other rows."""
        moved = []
        for finding in self._mended.findings:
            place = finding.places[0]
            moved.append(replace(finding, row=collation.number_at(place.version, place.span.start) or finding.row))
        # Risk is a number for a row, and these are other rows: it comes back with the next report.
        self._mended = replace(self._mended, collation=collation, findings=Findings(moved), risk=())
        self.html = reader(self.report)


def explore(report: Report) -> Reader:
    """Open the report in a notebook."""
    return Reader(report)


def save(file: Path, new: Iterable[Mapping[str, Any]]) -> Path:
    """Add decisions to a file of them, new or old. One on blanks alone has no words to be known by, and is left out."""
    from compare.read.table import lines

    header: list[str] = list(_decisions.COLUMNS)
    kept: list[dict[str, str]] = []
    if file.exists():
        (_, header), *body = lines(file)
        kept = [dict(zip(header, cells, strict=True)) for _, cells in body]
        header += [name for name in _decisions.COLUMNS if name not in header]
    told = [each for each in new if str(each.get("quote", "")).strip()]
    added = {_key(each): {name: str(each.get(name, "")) for name in header} for each in told}
    table = [line for line in kept if _key(line) not in added] + list(added.values())
    return files.replace(file, files.table(header, table).encode())


def _key(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what a decision speaks of: its check, version, words and occurrence."""
    words = " ".join(str(line.get("quote", "")).split()).casefold()
    return (str(line.get("check", "")).upper(), str(line.get("version", "")), words, str(line.get("occurrence") or "*"))


def _decision(line: Mapping[str, Any]) -> Decision:
    occurrence = str(line.get("occurrence") or "*")
    return Decision(
        check=line["check"],
        version=line["version"],
        quote=line["quote"],
        verdict=cast(Verdict, line["verdict"]),
        reason=line.get("reason", ""),
        occurrence=0 if occurrence == "*" else int(occurrence),
    )
