"""The worklist as it goes to a translator: DOCX, XLSX, XLIFF, with an empty column to fill, a line for each row.

`compare.read.filled` reads what comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compare.analysis.worklist import Job, Worklist
from compare.read.filled import NEW, ROW
from compare.values import Collation, Row, Version
from compare.write import documents, sheets
from compare.write.phrasing import plain
from compare.write.xliff import begin, notes, segment
from compare.write.xml import add, document, legal

_REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class Line:
    """A row to translate: the cells of the versions that have it, and what is to be known of it, a thought each."""

    row: int
    cells: Mapping[str, str]
    remarks: tuple[str, ...]


def lines(worklist: Worklist, collation: Collation) -> Iterator[Line]:
    """Yield the rows of the jobs, job by job, most urgent first."""
    for job in worklist.jobs:
        for row in collation.rows[job.row - 1 : job.last_row]:
            cells = {v: collation.cell(row, v) for v in worklist.versions if v in row.spans}
            yield Line(row.number, cells, tuple(_remarks(job, row)))


def to_xlsx(worklist: Worklist, collation: Collation) -> bytes:
    """Write a workbook of one sheet. Raises InputError where openpyxl is missing."""
    book = sheets.workbook()
    columns = (ROW, *worklist.versions, NEW, _REMARKS)
    listed = [
        {ROW: line.row, **line.cells, NEW: "", _REMARKS: "\n".join(line.remarks)} for line in lines(worklist, collation)
    ]
    sheets.sheet(book, "Worklist", columns, listed)
    return sheets.save(book)


def to_docx(worklist: Worklist, collation: Collation) -> bytes:
    """Write a document of one table. Raises InputError where python-docx is missing."""
    original = _original(collation)
    made = documents.begin(worklist.title, original.lang)
    documents.landscape(made)
    made.add_heading(legal(worklist.title), 1)
    made.add_paragraph(f"Fill the column “{NEW}”; a line left empty stays as it is. Leave the other columns alone.")
    listed = [
        [str(line.row), *(line.cells.get(v, "") for v in worklist.versions), "", "\n".join(line.remarks)]
        for line in lines(worklist, collation)
    ]
    documents.table(made, [ROW, *worklist.versions, NEW, _REMARKS], listed)
    return documents.save(made)


def to_xliff(worklist: Worklist, collation: Collation) -> bytes:
    """Write XLIFF 2.1: a unit for each row that the original has, without its target; all else stands in notes."""
    original = _original(collation)
    others = [v for v in collation.work.versions if v.id != original.id]
    root, file = begin(original.lang, others[0].lang if others else original.lang, original.file or original.id)
    for line in lines(worklist, collation):
        if original.id not in line.cells:
            continue
        unit = add(file, "unit", id=f"r{line.row}", space="preserve")
        texts = [(f"{v.id}: {plain(line.cells[v.id])}", {"category": "version"}) for v in others if v.id in line.cells]
        notes(unit, [*texts, *((remark, {"category": "remark"}) for remark in line.remarks)])
        segment(unit, f"s{line.row}", line.cells[original.id], "")
    return document(root)


def _original(collation: Collation) -> Version:
    return collation.work.source or collation.work.versions[0]


def _remarks(job: Job, row: Row) -> Iterator[str]:
    if job.base in row.spans:
        yield f"start from {job.base}"
    for finding in job.findings:
        if finding.row == row.number:
            yield plain(f"{finding.check} {finding.severity}, {finding.places[0].version}: {finding.message}")
    for what, forms in (("names", job.names), ("terms", job.terms)):
        if forms:
            yield plain(
                f"{what}: {'; '.join(form if form == new else f'{form} = {new}' for form, new in forms.items())}"
            )
