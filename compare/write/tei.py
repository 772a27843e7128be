"""The translations of one language as a critical text with its apparatus, TEI P5, parallel segmentation."""

from __future__ import annotations

from compare.analysis import Analysis
from compare.values import InputError, Report
from compare.write.apparatus import to_tei

SUFFIX = ".tei.xml"


def write(report: Report) -> bytes:
    """Write the variants between the versions of the first translation's language.

    Raises InputError for a work without a translation.
    """
    if all(version.role == "source" for version in report.work.versions):
        raise InputError(report.work.id, "has no translation, and TEI shows how translations differ")
    analysis = getattr(report, "analysis", None) or Analysis(report.collation)
    return to_tei(analysis.variants, report.collation).encode()
