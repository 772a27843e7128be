"""Checks: one file each, found by discovery. A check is a decorated generator from an Analysis to findings.

The file of a check is named by its code and slug: SEM103 is `sem103_negation.py`, its function `negation`. What it says
and when is there; what it finds it by is in the room that the Analysis asks: `compare.repeats` for REP, `compare.names`
for NAM, `compare.terms` for TRM, `compare.quantities` for NUM, `compare.typography` and `compare.lang` for TYP,
`compare.meaning` for OMI and SEM, `compare.grammar` for SEM301, `compare.rules` for RUL.

A new check is a new module in this folder; nothing else is edited. Its docstring is its documentation, in four parts
that a test insists on: the title; `Wrong:` and `Fine:` examples, which are run as tests; `Score:`; `Source:`.

An example is a line `- ` followed by one row: the text of a single English version, or several versions separated by
` | `, each with its id and a colon (`ru` is the source). ` // ` parts rows. `[[` and `]]` mark the first place of the
finding that is expected; an example under `Fine:` has none.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from compare import records
from compare.alignment.excluded import APPARATUS
from compare.analysis import Analysis
from compare.analysis.by_rows import Question
from compare.values import Finding, Place, Row, Span

Run = Callable[[Analysis], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check and what is said of it. `threshold`: the least score that is reported."""

    code: str
    mqm: str
    threshold: float
    run: Run
    doc: str
    yields: tuple[str, ...] = ()
    """Beginnings of the codes of checks that know better what is wrong with the same words."""
    needs: frozenset[str] = frozenset()
    """What a language's pack must offer (fields of `compare.lang.Language`) for a version to be seen, source or not."""
    reads_words: bool = False
    """Whether it asks the model that reads words, of languages that have one."""
    default: bool = True
    """Whether it is run without being asked for by its whole code."""
    lacks: Callable[[str], str] = lambda lang: ""
    """What the machine lacks for it to judge texts in a language, for which it is silent; "" for nothing."""
    asks: tuple[Question, ...] = ()
    """What it asks of every row."""
    alone: bool = False
    """Whether it reads each version by itself: what it finds there is kept by that version's text."""

    @property
    def title(self) -> str:
        return self.doc.strip().split("\n", 1)[0].rstrip(".")


#: Checks that judge a version's words by that version: what the other versions have in their row does not matter.
_ALONE = ("REP", "TYP", "NAM1", "NAM3", "NAM4", "NAM6", "NUM101", "RUL", "SEM3")
#: A row of less confidence is more likely wrong than right: what its cells say of one another is no evidence.
ALIGNED = 0.3
#: Cosine of two cells from which on they face each other whatever the row is worth.
_ALIKE = 0.5
#: What each family needs of a language, by the beginning of its codes; others need nothing and read any text.
NEEDS = {"NAM": {"models"}, "TRM": {"models"}, "NUM": {"numerals"}, "OMI": {"models"}, "SEM": {"models"}}


def check(
    code: str,
    *,
    mqm: str,
    threshold: float = 0.5,
    yields: Iterable[str] = (),
    needs: Iterable[str] | None = None,
    reads_words: bool = False,
    default: bool = True,
    lacks: Callable[[str], str] = lambda lang: "",
    asks: Iterable[Question] = (),
    alone: bool = False,
) -> Callable[[Run], Check]:
    """Make a generator a check. `code`: three letters and three digits, never reused; `mqm`: its MQM error type.

    `yields`: what it finds on words that a check of one of these beginnings has found too is left out of a report.
    `needs`: the parts that a language's pack must offer, else its family's: versions in other languages are hidden from
    it, so that it neither judges them nor takes them for evidence. `reads_words`: whether it asks the model of words
    though it does not need it of every language. `default`: False for one that is wrong too often to
    be run unasked. `lacks`, `asks`, `alone`: as `Check` has them.
    """
    parts = frozenset(NEEDS.get(code[:3], ()) if needs is None else needs)

    def decorate(run: Run) -> Check:
        return Check(
            code,
            mqm,
            threshold,
            run,
            run.__doc__ or "",
            tuple(yields),
            parts,
            reads_words or "models" in parts,
            default,
            lacks,
            tuple(asks),
            alone,
        )

    return decorate


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Import every module of this folder and return the checks that stand in them, by code."""
    found: dict[str, Check] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for value in vars(module).values():
            if isinstance(value, Check) and found.setdefault(value.code, value) is not value:
                raise ValueError(f"two checks have the code {value.code}")
    return tuple(found[code] for code in sorted(found))


def named(prefixes: Iterable[str] = ()) -> tuple[Check, ...]:
    """Return the checks whose code begins with one of `prefixes` (none: all). Raises ValueError for one of no check."""
    codes = tuple(prefix.upper() for prefix in prefixes)
    for prefix in codes:
        if not any(c.code.startswith(prefix) for c in all_checks()):
            raise ValueError(f"no check's code begins with {prefix!r}")
    return tuple(c for c in all_checks() if not codes or c.code.startswith(codes))


def select(prefixes: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """Return the checks to run: those whose code begins with one of `prefixes` (none: all) and with none of `ignore`.

    A check that is off by default is run only where its whole code stands among `prefixes`. Raises ValueError for a
    prefix that names no check.
    """
    asked = tuple(prefix.upper() for prefix in prefixes)
    ignored = frozenset(c.code for prefix in ignore for c in named([prefix]))
    return tuple(c for c in named(asked) if c.code not in ignored and (c.default or c.code in asked))


def run(analysis: Analysis, checks: Iterable[Check]) -> Iterator[tuple[Check, Finding]]:
    """Yield what every check finds, whatever its score: thresholds are applied by whoever reports.

    What only another version's words tell is left out where the row is not to be trusted (`ALIGNED`), and in notes,
    page numbers, contents and title pages, which each edition has as it likes; whatever is found in what a file says
    does not belong to the work's text (`_NO_TEXT`).
    """
    for each in checks:
        for finding in _found(each, analysis.reading(each.needs)):
            if _is_outside_the_text(analysis, finding):
                continue
            if each.code.startswith(_ALONE) or _may_be_judged(analysis, each, finding):
                yield each, finding


def _found(check: Check, analysis: Analysis) -> Iterator[Finding]:
    if not (check.alone and records.recording()):
        yield from check.run(analysis)
        return
    for id, made_of in analysis.digests.items():
        yield from records.kept(check.code, [made_of], partial(_alone, check, analysis, id), (Finding, Place, Span))


def _alone(check: Check, analysis: Analysis, version: str) -> tuple[Finding, ...]:
    return tuple(check.run(analysis.only({version})))


#: The parts of a file that are nobody's prose.
_NO_TEXT = frozenset(("licence", "running head", "page number"))


def _is_outside_the_text(analysis: Analysis, finding: Finding) -> bool:
    """Tell whether a finding stands in a part of its file that does not belong to the work's text."""
    place = finding.places[0]
    parts = analysis.collation.work.version(place.version).parts
    return any(part.kind in _NO_TEXT and part.span.touches(place.span) for part in parts)


def _may_be_judged(analysis: Analysis, check: Check, finding: Finding) -> bool:
    """Tell whether any of the rows in which a finding blames its version may be judged by them."""
    collation, first = analysis.collation, finding.places[0]
    if check.code == "OMI101":  # which looks at what stands in the row itself, not at words that face each other
        return collation.kind(collation.rows[finding.row - 1]) not in APPARATUS
    numbers = {collation.number_at(first.version, p.span.start) for p in finding.places if p.version == first.version}
    rows = [collation.rows[number - 1] for number in numbers if number]
    return not rows or any(
        (row.confidence >= ALIGNED or _is_alike(analysis, row, first.version))
        and collation.kind(row) not in APPARATUS
        and not _is_adrift(analysis, row, first.version)
        for row in rows
    )


def _is_alike(analysis: Analysis, row: Row, version: str) -> bool:
    """Tell whether a version's cell says much the same as its source's, or as another version's where it has none.

    A row is as doubtful as its worst cell, which says nothing of two others.
    """
    source = analysis.collation.work.source
    others = [id for id in row.spans if id != version]
    asked = [source.id] if source and source.id in others else others
    return any(float(analysis.similarity.cosine[version, id][row.number - 1]) >= _ALIKE for id in asked)


#: Rows to either side of one, and how many of them lack a version, or all others, where a row is no evidence.
_AROUND, _LOST = 2, 3


def _is_adrift(analysis: Analysis, row: Row, version: str) -> bool:
    """Tell whether most rows about a row lack this version, or have it alone: the row found its partner by chance."""
    rows = analysis.collation.rows
    if len(analysis.collation.work.versions) == 1:
        return False
    at = row.number - 1
    around = [*rows[max(0, at - _AROUND) : at], *rows[at + 1 : at + 1 + _AROUND]]
    return sum(version not in each.spans or len(each.spans) == 1 for each in around) >= _LOST
