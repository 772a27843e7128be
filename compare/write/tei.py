"""The translations of one language as a critical text with its apparatus, TEI P5, parallel segmentation."""

from __future__ import annotations

from compare.analysis import Analysis
from compare.values import Report
from compare.write.apparatus import to_tei

SUFFIX = ".tei.xml"


def write(report: Report) -> bytes:
    """Write the variants between the versions of the first translation's language, or of the source alone."""
    analysis = getattr(report, "analysis", None) or Analysis(report.collation)
    return to_tei(analysis.variants, report.collation).encode()
