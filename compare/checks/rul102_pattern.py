"""RUL102: what the work's own rules search for."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.rules import applies, matches
from compare.values import Finding, PatternRule, Place, Row, Version


@check("RUL102", mqm="style/organizational-style")
def pattern(analysis: Analysis) -> Iterator[Finding]:
    r"""What own rules search for

    Rules:
    [[patterns]]
    find = '\b(?:colou?r)s?\b(?! blind)'
    message = "write “hue”"

    [[patterns]]
    source = '№'
    missing = 'No\.'
    message = "№ is No."

    Wrong:
    - The [[Colors]] faded.
    - ru: Дом № 5. | en: [[House 5.]]
    Fine:
    - He was color blind.
    - ru: Дом № 5. | en: House No. 5.

    Score: 0.95. A pattern of the tables `patterns` in `rules.toml`: where `find` stands, in rows whose source has
    `source` if the rule gives one; or the whole cell where the source has `source` and the version lacks `missing`. No
    pattern may take longer than five seconds for a cell.
    Source: the work's `rules.toml`, and the file of `--rules`.
    """
    collation = analysis.collation
    for rule in collation.work.rules.patterns:
        for version in collation.work.versions:
            if applies(rule, version):
                for row in collation.rows:
                    for place in _places(analysis, rule, version, row):
                        yield Finding(
                            check="RUL102",
                            severity=rule.severity,
                            score=0.95,
                            places=(place,),
                            message=rule.message or f"own rule: {rule.find or rule.missing}",
                            row=row.number,
                        )


def _places(analysis: Analysis, rule: PatternRule, version: Version, row: Row) -> Iterator[Place]:
    collation, source = analysis.collation, analysis.collation.work.source
    if version.id not in row.spans:
        return
    if rule.source:
        original = collation.cell(row, source.id) if source else ""
        if not any(matches(rule.source, original, rule)):
            return
    cell = collation.cell(row, version.id)
    if rule.find:
        for start, end in matches(rule.find, cell, rule):
            yield collation.place_in(row, version.id, start, end)
    elif not any(matches(rule.missing, cell, rule)):
        yield collation.place_in(row, version.id)
