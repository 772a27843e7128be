"""What is found in a row by its own texts alone, kept for rows that have not changed.

Questions are put to a few stretches of rows at a time, all of them together, so that the words of these rows are read
once and forgotten again; an edited word costs no more than its neighbourhood.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from compare import records
from compare.values import Collation, Place, Row, Span

if TYPE_CHECKING:
    from typing import Self

    from compare.wordalign.renderings import Renderings


class Analysed(Protocol):
    """What this room asks of a `compare.analysis.Analysis`."""

    @property
    def collation(self) -> Collation: ...

    @property
    def renderings(self) -> Renderings: ...

    def part(self, rows: slice, /) -> Self: ...

    def forget_parts(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What `say` says of each row of an analysis.

    It depends on nothing but the texts of this row, those of `reach` rows on either side, what `of_row` says of these
    rows, `of_whole` of the whole analysis, and the renderings. `what`, `kinds`: as `compare.records.kept_by_rows` has
    them.
    """

    what: str
    say: Callable[[Any], Sequence[Any]]
    kinds: tuple[type, ...] = ()
    reach: int = 0
    of_row: Callable[[Row], object] | None = None
    of_whole: Callable[[Any], object] = lambda _: None
    of_vectors: bool = False
    """Whether it asks the vectors of these texts too, by the encoder of the collation."""


def finding(what: str, find: Callable[[Any], Iterable[Any]], kinds: tuple[type, ...], **depends: Any) -> Question:
    """Ask what `find` finds: things that have a `row`, counted from 1, and places in this row alone.

    `depends`: the other fields of a `Question`.
    """

    def say(some: Analysed) -> list[tuple[Any, ...]]:
        found: list[list[Any]] = [[] for _ in some.collation.rows]
        for each in find(some):
            found[each.row - 1].append(_moved(each, some.collation.rows[each.row - 1], -1))
        return [tuple(row) for row in found]

    return Question(what, say, kinds, **depends)


def placed(collation: Collation, said: Sequence[Sequence[Any]]) -> Iterator[Any]:
    """Yield what was found by the question of a `finding`, row by row, where it stands in the work."""
    return (_moved(each, row, 1) for row, found in zip(collation.rows, said, strict=True) for each in found)


class Interview:
    """What is asked of every row of an analysis, and the answers: all together, a few stretches at a time."""

    def __init__(self, analysis: Analysed) -> None:
        self._analysis = analysis
        self._expected: dict[str, Question] = {}
        self._answers: dict[str, Sequence[Any]] = {}
        self._listening: list[Callable[[float], object]] = []

    def expect(self, questions: Iterable[Question], progress: Callable[[float], object] | None = None) -> None:
        """Note what will be asked, so that it is answered together with whatever is asked first.

        `progress` receives the share of the rows of which that is done.
        """
        self._expected.update({each.what: each for each in questions})
        if progress and progress not in self._listening:
            self._listening.append(progress)

    def answer(self, question: Question) -> Sequence[Any]:
        """Return the answer for each row, from the cache where it is known."""
        if question.what not in self._answers:
            asked = {**self._expected, question.what: question}
            self._put([each for what, each in asked.items() if what not in self._answers])
        return self._answers[question.what]

    def _put(self, questions: Iterable[Question]) -> None:
        asked = {each.what: _asked(self._analysis, each) for each in questions}
        while asked:
            done = 1.0
            for what, steps in list(asked.items()):
                try:
                    done = min(done, next(steps))
                except StopIteration as end:
                    self._answers[what] = end.value
                    del asked[what]
            for progress in self._listening:
                progress(done)
            self._analysis.forget_parts()


def _asked(analysis: Analysed, question: Question) -> Generator[float, None, list[Any]]:
    """Answer a question of a few stretches of rows with each step."""

    def some(stretches: Sequence[slice]) -> Iterator[Sequence[Any]]:
        hull = slice(min(rows.start for rows in stretches), max(rows.stop for rows in stretches))
        about = records.with_neighbours(analysis.collation, hull)
        said = question.say(analysis.part(about))
        return (said[rows.start - about.start : rows.stop - about.start] for rows in stretches)

    return records.steps(
        question.what,
        analysis.collation,
        some,
        question.kinds,
        _made_of(analysis, question),
        question.reach,
        question.of_row,
        divided=True,
    )


def unanswered(analysis: Analysed, question: Question) -> int:
    """Count the stretches of rows of which the answer is not known."""
    made_of = _made_of(analysis, question)
    return records.lacking(question.what, analysis.collation, made_of, question.reach, question.of_row)


def _made_of(analysis: Analysed, question: Question) -> tuple[object, ...]:
    return analysis.renderings.own, analysis.collation.encoder.name, question.of_whole(analysis)


def part_of(collation: Collation, rows: slice) -> Collation:
    """Return a collation of some rows alone, counted from 1; the texts, and where the cells stand in them, stay."""
    kept = (replace(row, number=number) for number, row in enumerate(collation.rows[rows], start=1))
    return replace(collation, rows=tuple(kept))


def _moved(value: Any, row: Row, sign: int) -> Any:
    """Count places, and the row, from where a row stands in the work (1), or from the row (-1)."""
    if isinstance(value, Place):
        by = sign * row.spans[value.version].start
        return replace(value, span=Span(value.span.start + by, value.span.end + by))
    if isinstance(value, tuple):
        return tuple(_moved(each, row, sign) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        moved = {each.name: _moved(getattr(value, each.name), row, sign) for each in fields(value)}
        return replace(value, **{**moved, "row": moved["row"] + sign * row.number} if "row" in moved else moved)
    return value
