"""A clause that has lost its verb."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.analysis.questions import BREAKS
from compare.checks import check
from compare.grammar import VERBLESS
from compare.grammar.breaks import Break
from compare.meaning.risk import weigh
from compare.messages import listed
from compare.values import Collation, Finding, Place
from compare.words import is_function, words

#: Score from which on a clause is grave that another version has whole; below it one in three read was broken.
_GRAVE = 0.93
#: Score from which on it is more than a note where only texts of other languages have the verb.
_LIKELY = 0.9
#: Other texts that must have the verb, all where there are fewer, unless the clause is built without any; of 28 others
#: that were read three were right.
_WITNESSES = 2


@check("SEM301", mqm="linguistic-conventions/grammar", threshold=0.75, asks=[BREAKS])
def verb(analysis: Analysis) -> Iterator[Finding]:
    """A clause without its verb.

    Wrong:
        - [[Relying on what the old governor in his letter]], the council offered terms to both of the towns.
        - When the messenger came, [[she nothing of the matter]], and nobody spoke of it again.
        - a: [[Relations with Qatar were by the Emirates three years ago]]. | b: Relations with Qatar were severed by
          the Emirates in 2017.

    Fine:
        - Relying on what the old governor wrote in his letter, the council offered terms to both of the towns.
        - What a fine morning! And so to bed.
        - On the relations between the two governments in the summer of 1920
        - He loved his country; she, her children.
        - The springs accurately and evenly distribute the load on the mattress, supporting the body as they do so.
        - a: This line will open next year. | b: Traffic on this line will be opened next year.
        - He was glad when she, not without some doubt, however, told him of it.

    Score: how clearly words that belong to a verb stand without one, 0 to 1; at 0.5 one such finding is false in 5,000
    words of sound prose; of eight read below the threshold none was right. Other versions that have a verb there raise
    it. Unless the clause is built without any verb, neutral below 0.9 where only texts of other languages have one,
    where but one of several has one, and where they have no more than "are" or "is there", which "plan" may do without.

    Source: a gated convolutional network (Dauphin et al. 2017) that has learned to point at what was taken out.
    """
    for found in analysis.broken_sentences:
        by = sorted({place.version for place in found.evidence})
        has = f"; {listed(by)} {'has' if len(by) == 1 else 'have'} one" if by else ""
        others = len(analysis.collation.rows[found.row - 1].spans) - 1
        if found.confirmed and found.score >= _GRAVE:
            severity = weigh(analysis.risk_of_meaning, found.row, found.clause.version, "major")
        else:
            said = len(by) >= min(others, _WITNESSES) and _says_something(analysis.collation, found)
            sure = found.score >= _LIKELY or not others or any(_own_language(analysis.collation, found))
            clear = found.seam.odds >= VERBLESS or (said and sure)
            severity = "minor" if clear else "neutral"
        yield Finding(
            check="SEM301",
            severity=severity,
            score=found.score,
            places=(found.clause, *found.evidence),
            message=f"a verb seems to be lost at “{' '.join(found.joint.text.split())}”{has}",
            suggestion=found.mended,
            row=found.row,
        )


def _says_something(collation: Collation, found: Break) -> bool:
    """Tell whether what other versions of the language have in the place holds a word of content, if any has it."""
    there = _own_language(collation, found)
    lang = collation.work.version(found.clause.version).lang
    return not there or any(not is_function(word.text, lang) for place in there for word in words(place.text))


def _own_language(collation: Collation, found: Break) -> list[Place]:
    """The places where other versions of the language have the verb."""
    lang = collation.work.version(found.clause.version).lang
    return [place for place in found.evidence if collation.work.version(place.version).lang == lang]
