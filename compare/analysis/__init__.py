"""Analysis: all that is derived from a collation, each thing once, and what is said of whole versions.

- `coverage`: how much of the source each version has
- `change_points`: where a version's closeness to the others changes for good
- `leaderboard`: the versions side by side, by their scores
- `lexical_variety`: how much the versions differ at each row
- `base_version`: the version to start from when a row is translated again
- `site_weights`: how much an editor would want to see each place where the versions differ
- `worklist`: what to translate again, in which order
- `by_rows`: what is found in a row by its own texts alone, kept for rows that have not changed
- `questions`: what the models of meaning are asked of every row
- `inputs`: all that is read to judge a collation, so that what was found can be kept by it
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compare import records
from compare.analysis.by_rows import Interview, Question, part_of, placed
from compare.collation import in_order
from compare.lang import language
from compare.values import Collation, Configuration, Finding, Progress, Sites

if TYPE_CHECKING:
    from compare.analysis.base_version import BaseVersion
    from compare.analysis.change_points import Drift
    from compare.analysis.coverage import Coverage
    from compare.analysis.leaderboard import Standing
    from compare.analysis.lexical_variety import Variety
    from compare.apparatus.sites import Words
    from compare.grammar.breaks import Break
    from compare.meaning.detect.omissions import Omission
    from compare.meaning.detect.suspect_spans import Phrase
    from compare.meaning.detect.unexpected_words import WrongSense
    from compare.meaning.models.quality_estimation import Quality
    from compare.meaning.models.row_network import RowReading
    from compare.meaning.risk import Risks
    from compare.meaning.scoring import CellJudgement
    from compare.names.absences import Absence
    from compare.names.index import NameIndex
    from compare.quantities.measures import Measure
    from compare.quantities.quantity import Quantity
    from compare.repeats import Repeat, Repetition
    from compare.repeats.tokens import Tokens
    from compare.similarity import Similarity
    from compare.terms.glossary import Lemmas, Term
    from compare.wordalign.aligned_words import AlignedWords
    from compare.wordalign.renderings import Renderings
    from compare.wordalign.unread_source import UnreadSource
    from compare.wordalign.vocabulary import Vocabulary


#: Rows whose words are all held in memory, some 100 kB each in four versions.
_FEW = 1_000


@dataclass(frozen=True, eq=False)
class Analysis:
    """A collation, and what checks, writers and notebooks want to know of it.

    Every property is computed from the collation by the room that knows how, when it is first asked for, and kept as
    long as this value lives. Nothing else keeps state: two analyses of one collation share nothing. The versions stand
    in the order of `compare.collation.in_order`, so that the order in which they were named changes nothing.
    """

    collation: Collation
    configuration: Configuration = field(default_factory=Configuration)
    progress: Progress | None = None
    whole: Analysis | None = None
    """The analysis of all rows, where this is one of some rows alone."""
    part_of: Collation | None = None
    """The collation that has all versions, where those in languages that cannot be read are left out of this one."""

    def __post_init__(self) -> None:
        if (work := in_order(self.collation.work)) is not self.collation.work:
            object.__setattr__(self, "collation", replace(self.collation, work=work))

    def reading(self, needs: Set[str]) -> Analysis:
        """Return this analysis as one sees it who needs these parts of a language's pack.

        Versions in a language whose pack lacks one are not there; row numbers stay. The same versions give the same
        analysis again.
        """
        return self.only({v.id for v in self.collation.work.versions if language(v.lang).offers(needs)})

    def only(self, ids: Set[str]) -> Analysis:
        """Return the analysis of some versions alone, by their ids; the same ones give the same analysis again."""
        if len(ids) == len(self.collation.work.versions):
            return self
        key = frozenset(ids)
        if key not in self._readings:
            part = self.collation.only(key)
            self._readings[key] = Analysis(
                part, self.configuration, self.progress, part_of=self.part_of or self.collation
            )
        return self._readings[key]

    def part(self, rows: slice) -> Analysis:
        """Return the analysis of some rows alone, counted from 1; the same rows give the same one until forgotten."""
        if (key := (rows.start, rows.stop)) not in self._parts:
            self._parts[key] = Analysis(part_of(self.collation, rows), self.configuration, whole=self)
        return self._parts[key]

    def near(self, i: int) -> tuple[Analysis, int]:
        """Return an analysis that knows the words of the row of that index, and the row's index there.

        The stretch of rows in which it stands is enough, unless the words of all rows are known already.
        """
        if "words" in self.__dict__ or self._at_once:
            return self, i
        rows = records.stretch(self.collation, i)
        return self.part(rows), i - rows.start

    def forget_parts(self) -> None:
        """Make room: what is known of the words of some rows takes more than what they were asked for."""
        self._parts.clear()

    def expect(self, *questions: Question, progress: Callable[[float], object] | None = None) -> None:
        """Say what will be asked of every row, as `Interview` has it: the longest part of a report is spent so."""
        self._interview.expect(questions, progress)

    def said(self, question: Question) -> Sequence[Any]:
        """Return what a question is answered for each row."""
        # a part is kept by the whole; and a source that cannot be read is not among what a record is found by
        if self.whole or self._at_once or self.unread_source:
            return question.say(self)
        return self._interview.answer(question)

    def found(self, question: Question) -> Iterator[Any]:
        """Yield what is found by the question of a `finding`, row by row."""
        return placed(self.collation, self.said(question))

    @property
    def _at_once(self) -> bool:
        """Whether all rows are read together: where they are few, and no part of them is known from another run."""
        return len(self.collation.rows) <= _FEW and not records.recording()

    @cached_property
    def _interview(self) -> Interview:
        return Interview(self)

    @cached_property
    def _parts(self) -> dict[tuple[int, int], Analysis]:
        return {}

    @cached_property
    def _readings(self) -> dict[frozenset[str], Analysis]:
        return {}

    @cached_property
    def unread_source(self) -> UnreadSource | None:
        """The source where its language cannot be read: it may still judge between translations that differ."""
        from compare.wordalign.unread_source import UnreadSource

        source = self.part_of.work.source if self.part_of else None
        if not self.part_of or not source or source.id in {v.id for v in self.collation.work.versions}:
            return None
        return UnreadSource(self.part_of, source)

    @cached_property
    def digests(self) -> Mapping[str, bytes]:
        """For each version a digest of it and of its segments."""
        segments = self.collation.segments
        return {v.id: records.digest([v, segments[v.id]]) for v in self.collation.work.versions}

    # ---- words ----

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of every cell as numbers, and what is known of each form."""
        from compare.wordalign.vocabulary import vocabulary

        return vocabulary(self.collation)

    @cached_property
    def words(self) -> AlignedWords:
        """The words of every cell, linked with those of the other cells of its row."""
        from compare.wordalign.aligned_words import align_words

        return align_words(self.collation, self.vocabulary)

    @cached_property
    def renderings(self) -> Renderings:
        """How Russian words are rendered, in the works that were learned from and by the work's own table."""
        from compare.wordalign.renderings import load

        return load(self.collation.work.folder)

    @cached_property
    def similarity(self) -> Similarity:
        """How near the cells of each two versions stand, row by row."""
        from compare.similarity import cell_vectors, similarity

        return similarity(self.collation, cell_vectors(self.collation))

    # ---- numbers ----

    @cached_property
    def quantities(self) -> Mapping[str, tuple[tuple[Quantity, ...], ...]]:
        """For each version the numbers that its cell of each row states; offsets count from the cell's beginning."""
        from compare.quantities.numbers import quantities_of

        return quantities_of(self.collation)

    @cached_property
    def measures(self) -> Mapping[str, tuple[tuple[Measure, ...], ...]]:
        """For each version the measures of its cell of each row."""
        from compare.quantities.measures import measures_of

        return measures_of(self.collation, self.quantities)

    # ---- repeats, names, terms, sentences ----

    @cached_property
    def tokens(self) -> dict[str, Tokens]:
        """Each version as tokens, for finding what stands twice."""
        from compare.repeats.tokens import tokens_of

        return tokens_of(self.collation)

    @cached_property
    def repetition(self) -> Repetition:
        """What stands twice, judged, and each version's self-similarity for a dot plot."""
        from compare.repeats import find

        return find(self.collation, self.tokens)

    @property
    def repeats(self) -> tuple[Repeat, ...]:
        """What stands twice, judged, version by version."""
        return self.repetition.repeats

    @cached_property
    def names(self) -> NameIndex:
        """The index of names."""
        from compare.names.index import index

        return index(self.collation)

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """The names that cells lack, in reading order."""
        from compare.names.absences import absences

        return tuple(absences(self.collation, self.names, self.unread_source))

    @cached_property
    def lemmas(self) -> Lemmas:
        """The words and lemmas of every cell."""
        from compare.terms.glossary import lemmas_of

        return lemmas_of(self.collation)

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """The terms of the work's own glossary."""
        from compare.terms.glossary import glossary

        return tuple(glossary(self.collation.work))

    @cached_property
    def broken_sentences(self) -> tuple[Break, ...]:
        """The English sentences that may have lost a word."""
        from compare.analysis.questions import BREAKS

        found = tuple(self.found(BREAKS))
        return tuple(each for v in self.collation.work.versions for each in found if each.clause.version == v.id)

    @cached_property
    def columns(self) -> tuple[Words, ...]:
        """The words of each row in columns, for each language that two translations or more share."""
        from compare.apparatus.sites import collate_words

        return tuple(collate_words(self.collation, self.words))

    @cached_property
    def variants(self) -> Sites:
        """Every place where translations into one language differ, in reading order."""
        from compare.apparatus import find_sites

        return find_sites(self.collation, self.columns, self.words, self.names, self.renderings)

    # ---- meaning ----

    @cached_property
    def judgements(self) -> Mapping[str, tuple[CellJudgement | None, ...]]:
        """What the models say of each cell of each translation; None where there is nothing to judge by."""
        from compare.meaning.scoring import judge

        return judge(self.collation, self.vocabulary, self.renderings)

    @cached_property
    def quality(self) -> Mapping[str, tuple[Quality | None, ...]]:
        """The quality to be expected of each cell that has only the source beside it."""
        from compare.meaning.models.quality_estimation import expected_quality

        return expected_quality(self.collation, self.vocabulary)

    @cached_property
    def row_readings(self) -> Mapping[str, tuple[RowReading | None, ...]]:
        """What the network that reads a cell with all other texts of its row says of its words."""
        from compare.meaning.models.row_network import row_readings

        return row_readings(self.words)

    @cached_property
    def length_ratios(self) -> Mapping[str, Mapping[str, float]]:
        """How many words of each version a word of each one gives, in the whole work."""
        from compare.meaning.detect.omission_features import length_ratios

        return self.whole.length_ratios if self.whole else length_ratios(self.collation)

    @cached_property
    def omissions(self) -> tuple[Omission, ...]:
        """What the versions have lost and added, in reading order."""
        from compare.analysis.questions import OMISSIONS
        from compare.meaning.detect.omissions import nowhere_near

        return nowhere_near(self.collation, tuple(self.found(OMISSIONS)))

    @cached_property
    def wrong_senses(self) -> tuple[WrongSense, ...]:
        """The words that are not known to render what they stand for, and how likely each is wrong."""
        from compare.analysis.questions import UNEXPECTED_WORDS
        from compare.meaning.detect.wrong_senses import wrong_senses

        return wrong_senses(self.collation, self.said(UNEXPECTED_WORDS))

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Phrases that say something else than the other texts."""
        from compare.analysis.questions import PHRASES

        return tuple(self.found(PHRASES))

    @cached_property
    def risk_of_meaning(self) -> Risks:
        """The probability that a cell carries an error of meaning, repeats apart."""
        from compare.analysis.questions import RISK

        return tuple(self.said(RISK))

    @cached_property
    def risk(self) -> Risks:
        """The probability that a cell carries an error of meaning; None for versions that the models cannot read."""
        from compare.meaning.risk import risk

        if (read := self.reading({"models"})) is not self:
            judged = [v.id for v in self.collation.work.versions if v.role != "source"]
            return tuple({version: cells.get(version) for version in judged} for cells in read.risk)
        return risk(self.collation, self.risk_of_meaning, self.repeats)

    # ---- whole versions ----

    @cached_property
    def variety(self) -> tuple[Variety, ...]:
        """How much the versions differ in words at each row."""
        from compare.analysis.lexical_variety import variety

        return variety(self.collation)

    @cached_property
    def coverage(self) -> Mapping[str, Coverage]:
        """How much of the source each translation has."""
        from compare.analysis.coverage import coverage

        return coverage(self.collation)

    @cached_property
    def drift(self) -> Drift:
        """How each version's closeness runs along the document, and where it changes."""
        from compare.analysis.change_points import drift

        return drift(self.collation, self.similarity, self.risk)

    @cached_property
    def base_versions(self) -> tuple[BaseVersion, ...]:
        """For each row the version to start from when it is translated again."""
        from compare.analysis.base_version import base_versions

        return base_versions(self.collation, self.similarity, self.risk, self.variety)

    def leaderboard(self, findings: Iterable[Finding] = ()) -> tuple[Standing, ...]:
        """Return a line for each translation. `findings`: omissions and additions are counted from them."""
        from compare.analysis.leaderboard import standings

        return standings(self.collation, self.coverage, self.similarity, self.risk, self.variety, findings)
