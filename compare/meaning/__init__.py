"""Meaning: what a version lost, added or changed, told by the source and by the other versions together."""

from __future__ import annotations

from compare.analysis.base_version import Donor, donors
from compare.analysis.change_points import Change, Drift, drift
from compare.analysis.leaderboard import Overlap, Standing, overlaps, standings
from compare.analysis.lexical_variety import Variety, variety
from compare.analysis.worklist import Job, Worklist, worklist
from compare.meaning.detect.suspect_spans import Phrase, phrases
from compare.meaning.risk import risk

__all__ = [
    "Change",
    "Donor",
    "Drift",
    "Job",
    "Overlap",
    "Phrase",
    "Standing",
    "Variety",
    "Worklist",
    "donors",
    "drift",
    "overlaps",
    "phrases",
    "risk",
    "standings",
    "variety",
    "worklist",
]
