"""What a server of continuous integration shows: JUnit's XML, a suite a version, a case a finding."""

from __future__ import annotations

from compare.values import Report
from compare.write.phrasing import explained, plain
from compare.write.xml import add, document

SUFFIX = ".junit.xml"


def write(report: Report) -> bytes:
    """Write a failure for each finding but neutral ones; what an editor dismissed or fixed is skipped, with why.

    A version without findings has one case that passes.
    """
    from lxml import etree

    root = etree.Element("testsuites", name=plain(report.work.id))
    for version in report.work.versions:
        mine = [finding for finding in report.findings if finding.places[0].version == version.id]
        skipped = [f for f in mine if f.status in ("dismissed", "fixed")]
        failed = [f for f in mine if f not in skipped and f.severity != "neutral"]
        counts = {"tests": len(mine) or 1, "failures": len(failed), "errors": 0, "skipped": len(skipped)}
        suite = add(root, "testsuite", name=plain(version.id), **{key: str(value) for key, value in counts.items()})
        if not mine:
            add(suite, "testcase", classname=plain(version.id), name="no findings")
        for finding in mine:
            name = f"{finding.check} row {finding.row}: {plain(finding.message)} ({plain(finding.id)})"
            case = add(suite, "testcase", classname=plain(version.id), name=name)
            text = "\n".join([f"“{plain(finding.places[0].text)}”", *explained(report, finding)])
            if finding in failed:
                add(case, "failure", text, message=plain(finding.message), type=f"{finding.check} {finding.severity}")
            elif finding in skipped:
                add(case, "skipped", message=f"{finding.status}: {plain(finding.reason)}".removesuffix(": "))
            else:
                add(case, "system-out", text)
    return document(root)
