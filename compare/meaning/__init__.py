"""Meaning: what a version lost, added or changed, told by the source and by the other versions together."""

from __future__ import annotations

from compare.meaning.donor import Donor, donors
from compare.meaning.drift import Change, Drift, drift
from compare.meaning.phrases import Phrase, phrases
from compare.meaning.risk import risk
from compare.meaning.standing import Overlap, Standing, overlaps, standings
from compare.meaning.variety import Variety, variety
from compare.meaning.worklist import Job, Worklist, worklist

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
