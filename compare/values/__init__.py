"""The values that cross the pipeline, and nothing that computes.

Every value is frozen: a change makes a new one (`dataclasses.replace`). Offsets are half-open ranges of code
points of a version's text exactly as it was read.

- `texts`: a work and its versions
- `collation`: rows, beads, places
- `sites`: where versions differ
- `report`: findings, decisions, what was asked for
- `rules`: a work's own rules
- `errors`: what cannot be used
"""

from compare.values.collation import Bead, Collation, Encoder, Move, Place, Row
from compare.values.errors import InputError
from compare.values.report import Configuration, Decision, Finding, Findings, Progress, Report, Verdict
from compare.values.rules import SEVERITIES, CheckRule, PatternRule, Rules, Severity, WordRule
from compare.values.sites import Reading, Site, Sites
from compare.values.texts import Kind, Part, Role, Span, Status, Table, Version, Work

__all__ = [
    "SEVERITIES",
    "Bead",
    "CheckRule",
    "Collation",
    "Configuration",
    "Decision",
    "Encoder",
    "Finding",
    "Findings",
    "InputError",
    "Kind",
    "Move",
    "Part",
    "PatternRule",
    "Place",
    "Progress",
    "Reading",
    "Report",
    "Role",
    "Row",
    "Rules",
    "Severity",
    "Site",
    "Sites",
    "Span",
    "Status",
    "Table",
    "Verdict",
    "Version",
    "WordRule",
    "Work",
]
