"""The report in hand: what writers show, the analysis behind it, and its ways out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import values
from compare.analysis import Analysis
from compare.analysis.worklist import Worklist, worklist
from compare.write import save

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(values.Report):
    """A report, with the analysis that it was made from."""

    analysis: Analysis = field(repr=False)

    @property
    def worklist(self) -> Worklist:
        """The rows to translate again, the most pressing first."""
        return worklist(self.analysis, self.findings)

    def write(self, folder: str | Path, formats: Sequence[str] = ("html", "json", "md")) -> list[Path]:
        """Write the report into a folder, whole files or none; return their paths. Raises ValueError for no format."""
        return save(self, Path(folder), formats)

    def explore(self) -> Any:
        """Return the page's columns as a live widget for a notebook; what is done in it the next cell sees."""
        from compare.notebook.widget import explore

        return explore(self)
