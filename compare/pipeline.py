"""The straight line from a work to its report: collate, check, decide, sum up."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from compare import calibration, records
from compare import checks as _checks
from compare import decisions as _decisions
from compare import values as _values
from compare.ahead import ahead
from compare.analysis import Analysis
from compare.analysis.coverage import Coverage
from compare.analysis.inputs import made_of
from compare.analysis.site_weights import weighed
from compare.analysis.worklist import Worklist, worklist
from compare.rules import grading
from compare.signature import digest, signature
from compare.threads import one_blas_thread
from compare.unread import unread
from compare.values import (
    SEVERITIES,
    Collation,
    Configuration,
    Encoder,
    Finding,
    Findings,
    InputError,
    Place,
    Progress,
    Severity,
    Sites,
    Span,
    Work,
)
from compare.words import count
from compare.write import save

#: Findings of one check in one version that a report shows at most; of each it takes some 1.5 kB of the page.
MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(_values.Report):
    """A report, with the analysis that it was made from."""

    analysis: Analysis = field(repr=False)

    @property
    def worklist(self) -> Worklist:
        """The rows to translate again, most urgent first."""
        return worklist(self._analysis_of_its_rows, self.findings)

    @property
    def variants(self) -> Sites:
        """Every place where translations into one language differ, weighed by what was found as well."""
        return weighed(self._analysis_of_its_rows.variants, self.findings)

    @property
    def _analysis_of_its_rows(self) -> Analysis:
        if self.analysis.collation.rows is self.collation.rows:
            return self.analysis
        return Analysis(self.collation, self.analysis.configuration)  # rows were mended by hand since

    def write(self, folder: str | Path, formats: Sequence[str] = ("html", "json", "md")) -> list[Path]:
        """Write the report into a folder, all files or none; return the paths. Raises ValueError for an unknown one."""
        return save(self, Path(folder), formats)

    def explore(self) -> Any:
        """Return the page's columns as a live widget for a notebook; the next cell sees what was done in it."""
        from compare.notebook.widget import explore

        return explore(self)


@one_blas_thread
def check(
    collation: Collation,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    everything: bool = False,
    progress: Progress | None = None,
) -> list[Finding]:
    """Run the checks and return what they find, worst first.

    `select` and `ignore` are beginnings of check codes. `everything` also keeps findings below a check's threshold.
    Raises ValueError for a code that names no check.
    """
    return run_checks(Analysis(collation, Configuration(tuple(select), tuple(ignore), everything), progress))


#: Seconds that a check takes on some 500 rows of four versions, with what later ones find done, and that most take. The
#: first that asks the models of meaning waits for all that is asked of them.
_COSTS = {
    "NAM101": 1.3,
    "NUM102": 1.4,
    "OMI102": 27.0,
    "REP101": 0.9,
    "SEM301": 1.8,
}
_COST = 0.1
#: The probability that an editor would agree from which on a finding may be so grave: three in five, and two in five.
#: Of 136 grave findings read in works unknown to us 109 were right above it and 2 of 11 below; of 26 minor ones below
#: theirs 1 was right.
_LEAST_PROBABLE: Mapping[Severity, float] = {"critical": 0.6, "major": 0.6, "minor": 0.42, "neutral": 0.0}
#: The share of a report that collating takes.
_COLLATING = 0.25


def run_checks(analysis: Analysis) -> list[Finding]:
    """Run the checks that the analysis is configured for, as `check` does."""
    configuration, progress = analysis.configuration, analysis.progress
    chosen = _chosen(analysis.collation.work, configuration)
    found: list[Finding] = []
    if of_meaning := bool(_families(chosen) & _OF_MEANING):
        from compare.analysis.questions import ALL

        analysis.reading({"models"}).expect(*ALL)
    at = _Progress(chosen, progress)
    for each in chosen:
        analysis.reading(each.needs).expect(*each.asks, progress=at.within)
    known = analysis.reading({"models"})
    asking = [each.code for each in chosen if each.asks and analysis.reading(each.needs) is known]
    with ahead(known, asking) if of_meaning else nullcontext():
        for each in chosen:
            at.begin(each)
            for _, finding in _checks.run(analysis, [each]):
                run, stated = grading(analysis.collation.work.rules, each.code, finding.places[0].version)
                if run is not False and (configuration.everything or finding.score >= each.threshold):
                    severity = stated or finding.severity
                    mqm, chance = finding.mqm or each.mqm, calibration.probability(each.code, severity, finding.score)
                    if not stated:
                        severity = _graded(severity, chance)
                    found.append(dataclasses.replace(finding, mqm=mqm, severity=severity, score=chance))
    if progress:
        progress("checking", 1.0)
    if not configuration.everything:
        found = _unrepeated(found, chosen)
    return sorted(_numbered(analysis.collation, found), key=_rank)


def _graded(severity: Severity, probability: float) -> Severity:
    """Return a check's own severity, or the next milder one that a finding so probable may have."""
    milder = SEVERITIES[SEVERITIES.index(severity) :]
    return next(each for each in milder if probability >= _LEAST_PROBABLE[each])


class _Progress:
    """Which check is running, and what share of the time of all is spent."""

    def __init__(self, chosen: Sequence[_checks.Check], progress: Progress | None) -> None:
        costs = [_COSTS.get(each.code, _COST) for each in chosen]
        self._from = dict(zip((each.code for each in chosen), accumulate(costs, initial=0.0), strict=False))
        self._all, self._progress, self._code = sum(costs), progress, ""

    def begin(self, check: _checks.Check) -> None:
        """Say that a check begins."""
        self._code = check.code
        self.within(0.0)

    def within(self, done: float) -> None:
        """Say what share of the running check is done."""
        if self._progress:
            spent = self._from[self._code] + done * _COSTS.get(self._code, _COST)
            self._progress(f"checking {self._code}", spent / self._all)


def _chosen(work: Work, configuration: Configuration) -> tuple[_checks.Check, ...]:
    """Return the checks to run: those asked for, and those off by default that the work's own rules switch on."""
    chosen = _checks.select(configuration.select, configuration.ignore)
    for rule in work.rules.checks:
        if not any(c.code.startswith(rule.code) for c in _checks.all_checks()):
            raise InputError(rule.place, f"no check's code begins with {rule.code!r}")
    on = tuple(rule.code for rule in work.rules.checks if rule.run)
    if configuration.select or not on:
        return chosen
    every = _checks.select([c.code for c in _checks.all_checks()], configuration.ignore)
    return tuple(c for c in every if c.default or c.code.startswith(on))


def _unrepeated(findings: list[Finding], chosen: Iterable[_checks.Check]) -> list[Finding]:
    """Leave out what a check found on words of which another check, to which it yields, knows better what is wrong."""
    yields = {each.code: each.yields for each in chosen}
    near: dict[tuple[str, int], list[Finding]] = {}  # by version and page, so that only neighbours are compared
    for finding in findings:
        for page in _pages(finding):
            near.setdefault(page, []).append(finding)

    def known(finding: Finding) -> bool:
        return any(
            other.check != finding.check
            and other.check.startswith(yields[finding.check])
            and _overlap(finding.places[0].span, other.places[0].span) >= 0.5
            for page in _pages(finding)
            for other in near[page]
        )

    return [finding for finding in findings if not (yields[finding.check] and known(finding))]


def _pages(finding: Finding) -> list[tuple[str, int]]:
    place = finding.places[0]
    return [(place.version, page) for page in range(place.span.start // 500, place.span.end // 500 + 1)]


def _overlap(a: Span, b: Span) -> float:
    """Return the share of the shorter span that the other covers."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / min(len(a), len(b))


@one_blas_thread
def variants(collation: Collation, *, progress: Progress | None = None) -> Sites:
    """Return every place where translations into one language differ, in reading order.

    Weighed by its words alone; `Report.variants` are weighed by what the checks found as well.
    """
    return Analysis(collation, progress=progress).variants


@one_blas_thread
def report(
    work: Work,
    *,
    encoder: Encoder | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    everything: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Collate the work, check it, and apply its editor's decisions. Raises InputError for what cannot be used."""
    from compare.collation import collate

    configuration = Configuration(tuple(select), tuple(ignore), everything)
    _chosen(work, configuration)  # what is misnamed is said before the long work
    _decisions.read(work)
    collation = collate(work, encoder=encoder, progress=_part(progress, 0, _COLLATING))
    return judged(collation, configuration, progress=_part(progress, _COLLATING, 1))


def _part(progress: Progress | None, first: float, last: float) -> Progress | None:
    """Report the progress of a part as a share of the whole, from which the remaining time is estimated."""
    return progress and (lambda stage, done: progress(stage, first + (last - first) * done))


@one_blas_thread
def judged(collation: Collation, configuration: Configuration, *, progress: Progress | None = None) -> Report:
    """Check a collation and apply its editor's decisions. Raises as `report` does."""
    chosen = _chosen(collation.work, configuration)
    families = _families(chosen)
    decisions = _decisions.read(collation.work)
    collation = dataclasses.replace(collation, warnings=(*collation.warnings, *unread(collation, chosen)))
    analysis = Analysis(collation, configuration, progress)
    found, risk, coverage, exhibits = records.kept(
        "judged",
        [configuration, *made_of(collation)],
        lambda: _judge(analysis, families),
        (Finding, Place, Span, Coverage),
    )
    if progress:
        progress("checking", 1.0)
    decided = sorted(_decisions.decide(found, decisions, collation.work), key=_rank)
    findings, cut = _most_pressing(decided)
    collation = dataclasses.replace(collation, warnings=(*collation.warnings, *cut))
    return Report(
        signature=signature(analysis.collation, configuration, chosen),
        collation=collation,
        findings=Findings(findings),
        decisions=decisions,
        stale=_decisions.stale(found, decisions, collation.work),
        risk=risk,
        scores=_scores(collation, coverage, decided),
        exhibits=exhibits,
        analysis=analysis,
    )


def _judge(
    analysis: Analysis, families: Set[str]
) -> tuple[list[Finding], tuple[Mapping[str, float | None], ...], Mapping[str, Coverage], dict[str, Any]]:
    """Return the findings, the risk of each cell, the coverage, and the data of pictures and tables."""
    with records.remembering(analysis.collation.work.title):
        found = run_checks(analysis)
    if families & _OF_MEANING:
        from compare.meaning.risk import with_findings

        risk = with_findings(analysis.collation, analysis.risk, found)
    else:
        risk = _unjudged(analysis.collation)
    return found, risk, analysis.coverage, _exhibits(analysis, families)


def _most_pressing(findings: Iterable[Finding]) -> tuple[list[Finding], list[str]]:
    """Keep of each check's findings in a version the first `MOST` that are open and the first `MOST` that are decided.

    A text that is a table or a program, or no text at all, has one fault many thousand times, and nobody could open the
    page. Also say what was left out. As findings are decided, those that were left out take their places.
    """
    seen: Counter[tuple[str, str, bool]] = Counter()
    kept = []
    for finding in findings:
        kind = finding.check, finding.places[0].version, finding.status == "open"
        seen[kind] += 1
        if seen[kind] <= MOST:
            kept.append(finding)
    return kept, [
        f"{version}: {check} found {count:,}{'' if is_open else ' that are decided'}, cut to the first {MOST:,}"
        for (check, version, is_open), count in sorted(seen.items())
        if count > MOST
    ]


#: Families that ask how likely a cell is wrong; without them nothing does, and it is not computed.
_OF_MEANING = frozenset(("OMI", "SEM"))


def _families(chosen: Iterable[_checks.Check]) -> set[str]:
    return {each.code[:3] for each in chosen}


def _unjudged(collation: Collation) -> tuple[Mapping[str, float | None], ...]:
    judged = [version.id for version in collation.work.versions if version.role != "source"]
    return tuple(dict.fromkeys(judged) for _ in collation.rows)


def _exhibits(analysis: Analysis, families: Set[str]) -> dict[str, Any]:
    """Gather the plain data of the pictures and tables of the families that were checked.

    Drift and repeats by version, the index of names.
    """
    shown: dict[str, Any] = {}
    if families & _OF_MEANING:
        shown["drift"] = {
            version: {
                "curve": measures["risk"],
                "changes": [change.row for change in analysis.drift.changes if change.version == version],
            }
            for version, measures in analysis.drift.curves.items()
            if "risk" in measures
        }
    if "REP" in families:
        shown["repeats"] = analysis.repetition.dotplots
    if "NAM" in families:
        shown["names"] = analysis.names.to_rows()
    return shown


def _numbered(collation: Collation, findings: Sequence[Finding]) -> list[Finding]:
    """Give each finding its row and an id made of the check and the quoted words, stable under edits elsewhere."""
    found = []
    for at, nth in _decisions.numbered(findings):
        finding, place = findings[at], findings[at].places[0]
        hashed = digest(f"{finding.check}\0{place.version}\0{place.text}\0{nth}")
        row = finding.row or collation.number_at(place.version, place.span.start)
        found.append(dataclasses.replace(finding, id=f"{finding.check}-{hashed}", row=row))
    return found


def _rank(finding: Finding) -> tuple[Any, ...]:
    place = finding.places[0]
    where = (finding.row, finding.check, place.version, place.span.start, place.span.end)
    return (SEVERITIES.index(finding.severity), -round(finding.score, 4), *where, finding.message)


def _scores(collation: Collation, coverage: Mapping[str, Coverage], findings: Sequence[Finding]) -> dict[str, Any]:
    """Count words and findings by version and severity, dismissed ones left out; and each translation's coverage."""
    scores: dict[str, Any] = {}
    for version in collation.work.versions:
        mine = [f for f in findings if f.places[0].version == version.id and f.status != "dismissed"]
        by_severity = Counter(f.severity for f in mine)
        scores[version.id] = {
            "words": count(version.text),
            **(
                {"coverage": {"rows": covered.rows, "words": covered.words}}
                if (covered := coverage.get(version.id))
                else {}
            ),
            "findings": {severity: by_severity.get(severity, 0) for severity in SEVERITIES},
        }
    return scores
