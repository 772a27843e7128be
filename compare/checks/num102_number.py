"""NUM102: a number that is not borne out."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed, quoted
from compare.notes import in_note
from compare.quantities.measures import Measure, agree, converted, measures
from compare.quantities.numbers import RUN_TOGETHER, Quantity, missing, quantities
from compare.values import Collation, Finding, Place, Row, Version
from compare.wordalign.aligned_words import joint


@check("NUM102", mqm="accuracy/mistranslation/number", threshold=0.5, yields=("NUM101",))
def number(analysis: Analysis) -> Iterator[Finding]:
    """A number that the source or the other versions do not bear out

    Wrong:
    - a: He was sent [[fifteen]] versts away. | ru: Его отослали за пятьдесят вёрст.
    - a: They came in 1842. | b: They came in [[1824]]. | c: They came in the year 1842.
    - a: Forty men and six officers came. | b: Forty [[men came]]. | ru: Пришло сорок человек и шесть офицеров.
    Fine:
    - a: He was sent 50 versts away. | ru: Его отослали за пятьдесят вёрст.
    - a: Twenty-five thousand. | b: 25,000. | ru: Двадцать пять тысяч.
    - a: One of them left at once. | b: A man left. | ru: Ушёл один из них.

    Score: 0.55 to 0.95: the share of the other texts of the row, the source counted twice, that contradict the number,
    more where all of several do, less where number words leave room. Judged against one text alone at most 0.8.
    Source: MQM, accuracy/mistranslation/number.
    """
    collation = analysis.collation
    for row in collation.rows:
        present = [v for v in collation.work.versions if v.id in row.spans]
        told = {v.id: quantities(collation.cell(row, v.id), v.lang) for v in present}
        if len(present) < 2 or not any(told.values()):
            continue
        for version in present:
            if version.role != "source":
                yield from _judge(analysis, row, version, present, told)


def _judge(
    analysis: Analysis, row: Row, version: Version, present: list[Version], told: dict[str, tuple[Quantity, ...]]
) -> Iterator[Finding]:
    collation = analysis.collation
    others = [v for v in present if v.id != version.id]
    mine = told[version.id]
    weight = {v.id: 2 if v.role == "source" else 1 for v in others}
    total = sum(weight.values())
    amounts = {v.id: measures(collation.cell(row, v.id), v.lang) for v in present}
    unborne = {
        v.id: [q for q in missing(mine, told[v.id]) if not _told(q, amounts[version.id], amounts[v.id])] for v in others
    }
    unsaid = {
        v.id: [q for q in missing(told[v.id], mine) if not _told(q, amounts[v.id], amounts[version.id])] for v in others
    }

    cell = collation.cell(row, version.id)
    for quantity in mine:
        if RUN_TOGETHER.search(cell, quantity.start, quantity.end):
            continue  # NUM101 tells it
        against = [v for v in others if quantity in unborne[v.id]]
        share = sum(weight[v.id] for v in against) / total
        if 2 * share <= 1:
            continue
        # of several numbers the one that stands where this one does comes first
        at = quantity.start / len(cell)
        rivals = [
            (v, q)
            for v in against
            for q in sorted(unsaid[v.id], key=lambda q: abs(q.start / len(collation.cell(row, v.id)) - at))
        ]
        # Between two versions and no source neither is known to be right: the one read second is shown.
        if (
            len(others) == 1
            and others[0].role != "source"
            and rivals
            and present.index(version) < present.index(others[0])
        ):
            continue
        rival = rivals[0] if rivals else None
        evidence = tuple(_place(collation, row, v.id, q) for v, q in rivals)
        names = listed([v.id for v in against], "or")
        words = _place(collation, row, version.id, quantity)
        if in_note(collation, words):
            continue  # a translator's note is no part of the text
        yield Finding(
            check="NUM102",
            # another translation that says the same makes the source's edition as likely to differ
            severity="minor" if not rival or any(v not in against and v.role != "source" for v in others) else "major",
            score=_score(share, total, quantity, bool(rival)),
            places=(words, *evidence),
            message=f"nothing in {names} answers to “{words.text}”"
            + (f"; “{evidence[0].text}” of {evidence[0].version} stands there" if rival else ""),
            suggestion=_suggestion(quantity, rivals, collation, row),
        )

    if any(quantity in unborne[v.id] for quantity in mine for v in others):
        return  # told above as a difference
    lost = next(iter(sorted(others, key=lambda v: v.role != "source")), None)
    for quantity in unsaid[lost.id] if lost else ():
        bearing = [v for v in others if any(q.value == quantity.value for q in unsaid[v.id])]
        share = sum(weight[v.id] for v in bearing) / total
        if lost is None or 2 * share <= 1 or (len(others) == 1 and lost.role != "source"):
            continue
        if _nearby(collation, row, version, quantity):
            continue  # the texts were cut apart otherwise
        places = tuple(
            _place(collation, row, v.id, q) for v in bearing for q in unsaid[v.id] if q.value == quantity.value
        )
        here = _gap(analysis, row, version.id, lost.id, quantity)
        yield Finding(
            check="NUM102",
            severity="minor"
            if any(v.id not in {p.version for p in places} and v.role != "source" for v in others)
            else "major",
            score=_score(share, total, quantity, False),
            places=(here, *places),
            message=f"nothing here answers to {quoted(places, 'or')}",
        )


def _told(quantity: Quantity, mine: tuple[Measure, ...], theirs: tuple[Measure, ...]) -> bool:
    """Tell whether the other text gives the number's measure as much in another unit, or in one that NUM104 judges."""
    measure = next((m for m in mine if m.number == quantity), None)
    return measure is not None and any(agree(measure, m) or (m.number and converted(measure, m)) for m in theirs)


def _nearby(collation: Collation, row: Row, version: Version, quantity: Quantity) -> bool:
    """Tell whether a row beside this one has the number."""
    at = row.number - 1
    beside = (*collation.rows[max(at - 1, 0) : at], *collation.rows[at + 1 : at + 2])
    cells = [collation.cell(other, version.id) for other in beside]
    return any(q.value == quantity.value for text in cells for q in quantities(text, version.lang))


def _gap(analysis: Analysis, row: Row, version: str, text: str, quantity: Quantity) -> Place:
    """The words of the version on both sides of where the number of the other text would stand."""
    collation = analysis.collation
    made, i = analysis.words, row.number - 1
    here, there, cover = made.cells[version][i], made.cells[text][i], analysis.words.covers[text, version][i]
    span = row.spans[version]
    if here is None or there is None or cover is None:
        return collation.place(version, span.start, span.end)
    inside = [k for k, w in enumerate(there.words) if quantity.start < w.end and w.start < quantity.end]
    before, after = joint(cover, inside[0], inside[-1] + 1, len(here.words)) if inside else (-1, len(here.words))
    first, last = max(before, 0), min(after, len(here.words) - 1)
    return made.place(version, i, first, last + 1)


def _score(share: float, total: int, quantity: Quantity, rival: bool) -> float:
    """More texts against, and all of several, figures rather than words, another number in the place: surer."""
    score = 0.45 + 0.3 * share + 0.1 * (share == 1 and total > 2) + 0.1 * rival + 0.1 * quantity.figures
    return round(min(score, 0.8 if total == 1 else 0.95), 3)


def _place(collation: Collation, row: Row, version: str, quantity: Quantity) -> Place:
    start = row.spans[version].start
    return collation.place(version, start + quantity.start, start + quantity.end)


def _suggestion(
    quantity: Quantity, rivals: list[tuple[Version, Quantity]], collation: Collation, row: Row
) -> str | None:
    for version, rival in rivals:
        if version.lang == "en":
            return collation.cell(row, version.id)[rival.start : rival.end]
    return f"{rivals[0][1].value}" if rivals and rivals[0][1].value.denominator == 1 else None
