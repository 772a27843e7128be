"""NUM102: a number that the source does not state, or that a version lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.messages import listed
from compare.notes import in_note
from compare.quantities.comparison import differences, same
from compare.quantities.dates import styles
from compare.quantities.figures import run_together
from compare.quantities.measures import (
    Measure,
    agree,
    converted,
    converted_by,
    converted_soundly,
    in_currency,
    measures_with,
)
from compare.quantities.quantity import FEW, Quantity
from compare.values import SEVERITIES, Finding, Place, Severity
from compare.wordalign.aligned_words import expected_gap, is_content
from compare.wordalign.vocabulary import Cell as Words
from compare.words import key, words

#: How many rows before and after may hold what a row seems to lack: the texts were cut apart otherwise.
_AROUND = 4
#: How many words about a lost number must have their counterparts, and the share of them that is enough.
_ABOUT, _KEPT = 3, 0.5
#: Cosine of two cells below which a number that only one of them has tells that they were wrongly paired.
_PAIRED = 0.2
#: Units of these dimensions are converted by translators, and rates with them: roubles a dessiatine, an acre.
_CONVERTED = ("area", "length", "weight")
#: What may be left out where it is understood.
_SCALES = (1000, 10**6)


@check(
    "NUM102",
    mqm="accuracy/mistranslation/number",
    threshold=0.5,
    yields=("NUM101", "NUM103", "REP102", "REP103"),
    reads_words=True,
)
def number(analysis: Analysis) -> Iterator[Finding]:
    """A number other than the source's

    Wrong:
    - a: He was sent [[fifteen]] versts away. | ru: Его отослали за пятьдесят вёрст.
    - a: They came in 1842. | b: They came in [[1824]]. | c: They came in the year 1842.
    - a: Forty men and six officers came. | b: Forty [[men came]]. | ru: Пришло сорок человек и шесть офицеров.
    - a: Of [[thirty]] men seven were left. | ru: Из сорока человек осталось пятеро.
    Fine:
    - a: He was sent 50 versts away. | ru: Его отослали за пятьдесят вёрст.
    - a: Twenty-five thousand. | b: 25,000. | ru: Двадцать пять тысяч.
    - a: One of them left at once. | b: A man left. | ru: Ушёл один из них.
    - a: Some were old, others again lame. | ru: Одни были стары, другие и четвертые хромы.
    - a: It was half past four. | ru: Была половина пятого.
    - a: It bought nine measures of oats. | ru: На это купили девять четвертей овса.
    - a: There were always a few people at dinner. | ru: К обеду всегда было человека три.
    - a: You have thousands of friends. | b: You have ten thousand friends. | ru: У тебя тысячи друзей.
    - a: It is four already. | ru: Да уж пятый.
    - a: He left with three hundred men. | ru: Он ушёл с тремя стами человек.
    - a: He kissed him three times. | ru: Он поцеловал его троекратно.
    - a: How many acres? For fifteen. | ru: Сколько десятин? На шесть.
    - a: Call +7.905.989.91.72 at once. | ru: Звоните +7 905 989 91 72.

    Score: 0.5 to 0.95, the likelihood that an editor would agree: highest where the source has another number in the
    place and other versions agree with it, lower where a number is only added or lost (neutral for a version alone
    beside its source, unless the words about it are kept: of seventeen others four were right), lowest where other
    versions do the same as this one. Neutral where a version counts in money of another country.
    Source: MQM, accuracy/mistranslation/number.
    """
    collation = analysis.collation
    for i, row in enumerate(collation.rows):
        for version in collation.work.versions:
            if version.role != "source" and version.id in row.spans:
                yield from _judge(_Cell(analysis, i, version.id))


@dataclass(frozen=True, slots=True)
class _Fault:
    """A number of the version that the reference lacks, one of the reference that the version lacks, or both."""

    mine: Quantity | None
    theirs: Quantity | None
    severity: Severity
    score: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """A version's cell, and what its numbers are compared with."""

    analysis: Analysis
    i: int
    version: str

    @property
    def others(self) -> list[str]:
        """The other translations that have the row."""
        versions = self.analysis.collation.work.versions
        present = self.analysis.collation.rows[self.i].spans
        return [v.id for v in versions if v.role != "source" and v.id != self.version and v.id in present]

    @property
    def source(self) -> str | None:
        versions = self.analysis.collation.work.versions
        present = self.analysis.collation.rows[self.i].spans
        return next((v.id for v in versions if v.role == "source" and v.id in present), None)

    def stated(self, version: str) -> tuple[Quantity, ...]:
        return self.analysis.quantities[version][self.i]

    def around(self, version: str) -> list[Quantity]:
        """The numbers of the rows about this one."""
        rows = self.analysis.quantities[version]
        about = (*rows[max(self.i - _AROUND, 0) : self.i], *rows[self.i + 1 : self.i + 1 + _AROUND])
        return [q for found in about for q in found]

    def place(self, version: str, quantity: Quantity) -> Place:
        collation = self.analysis.collation
        return collation.place_in(collation.rows[self.i], version, quantity.start, quantity.end)

    def in_currency(self, version: str, quantity: Quantity) -> bool | None:
        collation = self.analysis.collation
        text = collation.cell(collation.rows[self.i], version)
        return in_currency(text, quantity, collation.work.version(version).lang)

    def has(self, version: str, quantity: Quantity) -> bool:
        return any(same(quantity, q) for q in self.stated(version))


def _judge(cell: _Cell) -> Iterator[Finding]:
    """Say all that is wrong with the numbers of a cell in one finding."""
    if cell.source is not None:
        reference = cell.source
        added, lost = _unexplained(cell, reference)
        faults = list(_faults(cell, reference, added, lost))
    elif len(cell.others) > 1:
        # without a source, what all others have or lack
        every = [_unexplained(cell, other) for other in cell.others]
        reference = cell.others[0]
        added = [q for q in every[0][0] if all(q in more for more, _ in every)]
        lost = [q for q in every[0][1] if all(cell.has(other, q) for other in cell.others)]
        faults = list(_faults(cell, reference, added, lost))
    elif cell.others and cell.analysis.collation.work.versions[0].id != cell.version:
        # neither of two is known to be right: the one read second is shown, where it has another number
        [reference] = cell.others
        faults = [f for f in _faults(cell, reference, *_unexplained(cell, reference)) if f.mine and f.theirs]
    else:
        return
    if faults:
        yield _finding(cell, reference, faults)


def _unexplained(cell: _Cell, reference: str) -> tuple[list[Quantity], list[Quantity]]:
    """Return what is added to the reference and what of it is lost, but what other checks tell or the texts allow."""
    mine, theirs = (cell.analysis.measures[v][cell.i] for v in (cell.version, reference))
    added, lost = differences(
        [q for q in cell.stated(cell.version) if not converted_soundly(q, mine, theirs)],
        [q for q in cell.stated(reference) if not converted_soundly(q, theirs, mine)],
    )
    if not (added or lost):
        return [], []
    text = cell.analysis.collation.cell(cell.analysis.collation.rows[cell.i], cell.version)
    if any(_restyled(q, lost) for q in added):
        added, lost = (tuple(q for q in found if not q.month and q.kind != "month") for found in (added, lost))
    collation = cell.analysis.collation
    ratios = _unit_ratios(cell, reference) if added and lost else ()
    understood = [
        (a, b) for a in added for b in lost if _elliptical(cell, reference, a, b) or converted_by(a, b, ratios)
    ]
    added = tuple(q for q in added if not any(q is a for a, _ in understood))
    lost = tuple(q for q in lost if not any(q is b for _, b in understood))
    merged = {number.start: number.mixed for number in run_together(text)}  # NUM101 tells it
    added = tuple(q for q in added if not _measured(q, mine, theirs) and q.start not in merged)
    lost = tuple(q for q in lost if not _measured(q, theirs, mine) and q.value not in merged.values())
    return (
        [q for q in added if not in_note(collation, cell.place(cell.version, q))],
        [q for q in lost if not in_note(collation, cell.place(reference, q))],
    )


def _restyled(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Tell whether the other text has the day in another style of the calendar: NUM103 tells it."""
    return any(other.month and styles(quantity, other) for other in others if quantity.month)


def _measured(quantity: Quantity, mine: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Tell whether the other text gives the number's measure as much in another unit, or in one that NUM104 judges."""
    return any(
        agree(measure, m) or (m.number and converted(measure, m) and m.dimension != "time")
        for measure in measures_with(quantity, mine)
        for m in theirs
    )


def _unit_ratios(cell: _Cell, reference: str) -> set[float]:
    """How much greater the units of the one text are than those of the other about here, where it converts them.

    Where the row has a unit that the other text leaves out about here, by what it has of it anywhere.
    """
    measures, about = cell.analysis.measures, slice(max(cell.i - _AROUND, 0), cell.i + 1 + _AROUND)
    near = {v: [m for row in measures[v][about] for m in row] for v in (cell.version, reference)}
    understood = {m.dimension for m in measures[cell.version][cell.i]} - {m.dimension for m in near[reference]}
    elsewhere = (m for row in measures[reference] for m in row if m.dimension in understood) if understood else ()
    return {
        b.unit_size / a.unit_size
        for b in (*near[reference], *elsewhere)
        for a in near[cell.version]
        if a.dimension in _CONVERTED and converted(a, b)
    }


def _faults(cell: _Cell, reference: str, added: Sequence[Quantity], lost: Sequence[Quantity]) -> Iterator[_Fault]:
    """Pair what is added with what is lost, the firm ones first, and grade each pair and each number left over.

    Of a pair, one number at most may stand in the rows about this one: if both do, the texts were cut apart otherwise.
    """
    stray = [any(same(q, other) for other in cell.around(reference)) for q in added]
    gone = [any(same(q, other) for other in cell.around(cell.version)) for q in lost]
    pairs = sorted(
        (-a.firm - b.firm, stray[i] + gone[k], abs(i / len(added) - k / len(lost)), i, k)
        for i, a in enumerate(added)
        for k, b in enumerate(lost)
        if _comparable(a, b) and not (stray[i] and gone[k])
    )
    mine, theirs = set(range(len(added))), set(range(len(lost)))
    for *_, i, k in pairs:
        if i in mine and k in theirs:
            mine.remove(i)
            theirs.remove(k)
            if fault := _exchanged(cell, reference, added[i], lost[k]):
                yield fault
    if not _is_paired(cell, reference):
        return
    for i in sorted(mine):
        if added[i].firm and not stray[i] and not any(cell.has(other, added[i]) for other in cell.others):
            clear = cell.others or _kept(cell, cell.version, reference, added[i])
            yield _Fault(added[i], None, "minor" if clear else "neutral", 0.6)
    for k in sorted(theirs):
        if lost[k].firm and not gone[k] and (fault := _lost(cell, lost[k])):
            yield fault


def _is_paired(cell: _Cell, reference: str) -> bool:
    """Tell whether the two cells say the same at all: else what one has of numbers is no evidence for the other.

    Without vectors, where every cosine is 0, they are taken to.
    """
    near = float(cell.analysis.similarity.cosine[cell.version, reference][cell.i])
    return not near < _PAIRED or near == 0


def _comparable(mine: Quantity, theirs: Quantity) -> bool:
    """Tell whether one number may stand for the other."""
    if mine.firm and theirs.firm:
        return True
    if mine.firm or theirs.firm:
        loose = theirs if mine.firm else mine
        return loose.value >= 2 and loose.kind in ("number", "hour")
    return mine.kind == theirs.kind and mine.kind in ("ordinal", "month", "label")


def _elliptical(cell: _Cell, reference: str, mine: Quantity, theirs: Quantity) -> bool:
    """Tell whether one text leaves out a scale that stands nearby: "four he counted, the fifth thousand he did not"."""
    (less, short), (more, _) = sorted(((mine.value, cell.version), (theirs.value, reference)))
    scale = more / less if 0 < less < _SCALES[0] else 0
    return scale in _SCALES and any(q.value >= scale for q in (*cell.stated(short), *cell.around(short)))


def _exchanged(cell: _Cell, reference: str, mine: Quantity, theirs: Quantity) -> _Fault | None:
    """Grade a number in the place of another; where several versions all have it, the source is of another edition."""
    if cell.in_currency(cell.version, mine) and cell.in_currency(reference, theirs) is False:
        return _Fault(mine, theirs, "neutral", 0.5)  # "thirty-seven pounds" of three hundred and seventy roubles
    alike = [other for other in cell.others if cell.has(other, mine) and not cell.has(other, theirs)]
    against = [other for other in cell.others if cell.has(other, theirs)]
    certain = (mine.firm and theirs.firm) or "month" in (mine.kind, theirs.kind)
    if len(alike) == len(cell.others) > 1:
        return None
    if alike:
        return _Fault(mine, theirs, "minor", 0.6)
    return _Fault(mine, theirs, "major" if certain else "minor", 0.65 + 0.15 * certain + 0.1 * bool(against))


def _lost(cell: _Cell, quantity: Quantity) -> _Fault | None:
    """Grade a number lost: the words about it are there, or the passage is; not where most others lose it too."""
    keeping = [other for other in cell.others if cell.has(other, quantity)]
    lacking = len(cell.others) - len(keeping)
    if lacking > len(keeping):
        return None
    if _is_indefinite(cell, quantity):
        return _Fault(None, quantity, "neutral", 0.5)
    if quantity.kind != "ordinal" and _kept(cell, cell.source or cell.others[0], cell.version, quantity):
        return _Fault(None, quantity, "major", 0.75)
    return _Fault(None, quantity, "minor" if cell.others else "neutral", 0.55)


def _is_indefinite(cell: _Cell, quantity: Quantity) -> bool:
    """Tell whether the version says in the place of a small number that there were a few."""
    reference = cell.source or cell.others[0]
    tables = language(cell.analysis.collation.work.version(cell.version).lang).numerals
    if quantity.value > FEW or tables is None:
        return False
    here = words(_gap(cell, reference, quantity).text)
    return any(key(word.text) in tables.indefinite for word in here)


def _linked(cell: _Cell, reference: str) -> bool:
    """Tell whether words of the version can be linked with those of its reference."""
    work = cell.analysis.collation.work
    return all(language(work.version(id).lang).models for id in (cell.version, reference))


def _kept(cell: _Cell, one: str, other: str, quantity: Quantity) -> bool:
    """Tell whether the words about a number of one of the two texts have their counterparts in the other."""
    if not _linked(cell, one if one != cell.version else other):
        return False
    near, i = cell.analysis.near(cell.i)
    words = near.words
    there, cover = words.cells[one][i], words.covers[one, other][i]
    if there is None or cover is None:
        return False
    inside = _inside(there, quantity)
    content = is_content(there, words.forms)
    first, last = max(min(inside) - _ABOUT, 0), min(max(inside) + _ABOUT + 1, len(there.words))
    about = [k for k in range(first, last) if k not in inside and content[k]]
    return sum(cover.share[k] for k in about) >= _KEPT * len(about)


def _inside(cell: Words, quantity: Quantity) -> list[int]:
    """Which words of a cell a number holds; the first one for a figure that is no word."""
    return [k for k, w in enumerate(cell.words) if quantity.start < w.end and w.start < quantity.end] or [0]


def _gap(cell: _Cell, reference: str, quantity: Quantity) -> Place:
    """The words of the version on both sides of where the number of the reference would stand."""
    whole = cell.analysis.collation.place_in(cell.analysis.collation.rows[cell.i], cell.version)
    if not _linked(cell, reference):
        return whole
    near, i = cell.analysis.near(cell.i)
    words = near.words
    here, there = words.cells[cell.version][i], words.cells[reference][i]
    cover = words.covers[reference, cell.version][i]
    if here is None or there is None or cover is None:
        return whole
    inside = _inside(there, quantity)
    before, after = expected_gap(cover, inside[0], inside[-1] + 1, len(here.words))
    return words.place(cell.version, i, max(before, 0), min(after, len(here.words) - 1) + 1)


def _finding(cell: _Cell, reference: str, faults: Sequence[_Fault]) -> Finding:
    faults = sorted(faults, key=lambda f: (SEVERITIES.index(f.severity), f.mine is None, (f.mine or f.theirs).start))  # type: ignore[union-attr]
    places = [
        cell.place(cell.version, f.mine) if f.mine else _gap(cell, reference, f.theirs)  # type: ignore[arg-type]
        for f in faults
    ]
    evidence = [
        cell.place(text, q)
        for f in faults
        if f.theirs
        for text in (cell.source, *cell.others)
        if text
        for q in cell.stated(text)
        if q == f.theirs or (text != reference and q.value == f.theirs.value)
    ]
    parts = []
    for fault, place in zip(faults, places, strict=True):
        there = cell.place(reference, fault.theirs).text if fault.theirs else ""
        if fault.mine and fault.theirs:
            parts.append(f"“{place.text}” where {reference} has “{there}”")
        elif fault.mine:
            parts.append(f"nothing in {reference} corresponds to “{place.text}”")
        else:
            parts.append(f"nothing here corresponds to “{there}” of {reference}")
    return Finding(
        check="NUM102",
        severity=faults[0].severity,
        score=round(max(f.score for f in faults), 3),
        places=tuple(dict.fromkeys((*places, *evidence))),
        message=listed([" ".join(line.split()) for line in parts]),
        suggestion=_suggestion(cell, faults),
        row=cell.i + 1,
    )


def _suggestion(cell: _Cell, faults: Sequence[_Fault]) -> str | None:
    """The words of another version of the language for the first place, else the number in figures."""
    mine, theirs = faults[0].mine, faults[0].theirs
    if mine is None or theirs is None:
        return None
    for other in cell.others:
        for quantity in cell.stated(other):
            if quantity.value == theirs.value:
                return cell.place(other, quantity).text
    return f"{theirs.value}" if theirs.value.denominator == 1 else None
