"""Find the broken sentences of every English version, alone and by what the other versions have in the same row."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compare.grammar import FINITE, VERBLESS, Reading, Seam, read, seams
from compare.grammar.bridges import Bridge, bridge, russian_verbs
from compare.grammar.tokens import Token
from compare.lang import DEFAULT, SOURCE
from compare.records import kept_by_rows
from compare.values import Collation, Place, Row, Span
from compare.words import lemma

#: What share of a break must be a lost verb's, and the log-odds at which a sentence is called broken: by itself, and
#: where another version has words of the missing kind between the same neighbours.
_OF_VERB, _VERB, _CONFIRMED = 0.5, 3.7, 1.9
#: Log-odds below which nothing is compared with the other versions.
_LEAST = -3.0
#: What another version adds to the log-odds for each neighbour that agrees beyond the first, when it has words between
#: them or none, and for each finite verb that it has more; after a logistic regression on verses of the Bible.
_BRIDGED, _JOINED = 0.65, -0.7
_LACK = {DEFAULT: 0.5, SOURCE: 0.3}

#: The tags that the words of another version must have to fill a gap of each kind.
_FILLS = {
    "finite": frozenset({"VBD", "VBP", "VBZ"}),
    "loose": frozenset({"VB", "VBN", "VBG"}),
    "nominal": frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"}),
    "link": frozenset({"IN", "TO", "WDT", "WP", "WRB", "CC"}),
}
#: Verbs that come and go with tense and mood alone.
_OF_TENSE = frozenset("have has had 've 'd do does did having".split())
#: Words behind "have" that say what one has.
_OWNED = frozenset("a an the no some any my your his her its our their two three many much".split())
#: Verbs with which another one stands in its first form.
_MODALS = frozenset("will would shall should can could may might must do does did".split())
#: Verbs behind which another may be lost.
_AUXILIARIES = _OF_TENSE | _MODALS | frozenset("be is are was were am been being".split())

#: Forms of "be", behind which a place says where something is; not who did it: "was by the Emirates".
_BE = frozenset("be is are was were am been being 's 're".split())
_AGENT, _OF_PLACE = "by", frozenset({"IN", "RB"})

#: Pronouns that are no subjects.
_OBJECTS = frozenset("him me us them whom thee".split())
#: Words before a pronoun that has no verb of its own.
_COMPARING = frozenset("than as like but except save".split())
#: Words that begin a clause which the next one does not run parallel to.
_SUBORDINATING = frozenset("when as if while after before since because although though until once".split())
#: Words that open a clause which has a verb of its own.
_OPENERS = _SUBORDINATING | frozenset("what who which that whether how where why".split())
#: Words that are subjects, and before which another clause may begin.
_SUBJECTS = frozenset("i he she we they it you who which that what nobody everyone somebody there".split())
#: Tags of the words that a subject is made of.
_OF_A_SUBJECT = frozenset({"PRP", "PRP$", "DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "IN", "POS"})
#: Objects that may stand before their subject.
_FRONTED = frozenset("this that these those all such".split())
#: Tags behind which a word that may be a noun may be a verb.
_OF_SUBJECTS = frozenset({"PRP", "NN", "NNS", "NNP", "NNPS", "RB"})
#: Tags before which a word is a noun, and small words that are no verbs though they have the forms of one.
_BEFORE_NOUNS = frozenset({"DT", "PRP$", "JJ", "IN", "TO", "CD", "POS"})
_SMALL = frozenset("for but and the not now than them then out off down over well even own old".split())

#: Words that join clauses, and of how many words at most the subject of a cry is.
_AND, _SHORT = frozenset(("and", "but")), 2

#: Tokens from the comma before an adverb of the sentence to the one behind it, at most: ", however,".
_ADVERB = 3

_BOUND = re.compile(r"[,;:.!?()\[\]\"“”«»\n—]|\s[-–]+\s|--")


@dataclass(frozen=True, slots=True)
class Break:
    """A broken sentence: the seam, the clause about it, the words on either side, and its probability.

    `evidence` are the other versions' words that tell it, `mended` the clause with the words of another version put in;
    `confirmed`: another version has words of the missing kind between the same neighbours, and they are needed.
    """

    row: int
    seam: Seam
    clause: Place
    joint: Place
    score: float
    confirmed: bool
    evidence: tuple[Place, ...]
    mended: str | None


def find(collation: Collation) -> tuple[Break, ...]:
    """Find what may be broken, row by row; most of the scores are low."""

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[Break, ...]]]:
        for rows in stretches:
            part = collation.rows[rows]
            found = _find(collation, part)
            yield [tuple(_at(each, row, -1) for each in found if each.row == row.number) for row in part]

    found = kept_by_rows("breaks", collation, some, (Break, Seam, Place, Span))
    return tuple(_at(each, row, 1) for row, held in zip(collation.rows, found, strict=True) for each in held)


def _find(collation: Collation, rows: Sequence[Row]) -> list[Break]:
    readings = {v.id: _read(collation, rows, v.id) for v in collation.work.versions if v.lang == DEFAULT}
    found = (
        _break(collation, row, id, segment, seam, readings)
        for id, known in readings.items()
        for row in rows
        for segment in range(*row.segments.get(id, (0, 0)))
        for seam in seams(known[segment], _LEAST)
        if seam.verb >= _OF_VERB
        and not _excused(known[segment], seam)
        and not (seam.kind == "finite" and _needs_none(known[segment], seam.at))
        and not (seam.kind == "loose" and _stands_later(known[segment], seam.at))
    )
    return [b for b in found if b.evidence or b.seam.odds >= VERBLESS or _alone(collation, b)]


def _read(collation: Collation, rows: Sequence[Row], id: str) -> dict[int, Reading]:
    """Read a version's sentences in some rows, by their index."""
    segments = [segment for row in rows for segment in range(*row.segments.get(id, (0, 0)))]
    text = collation.work.version(id).text
    return dict(zip(segments, read([collation.segments[id][segment].of(text) for segment in segments]), strict=True))


def _at(broken: Break, row: Row, sign: int) -> Break:
    """Count the places of a break, and its row, from where the row stands in the work (1), or from the row (-1)."""

    def moved(place: Place) -> Place:
        by = sign * row.spans[place.version].start
        return replace(place, span=Span(place.span.start + by, place.span.end + by))

    clause, joint, evidence = moved(broken.clause), moved(broken.joint), tuple(map(moved, broken.evidence))
    return replace(broken, row=broken.row + sign * row.number, clause=clause, joint=joint, evidence=evidence)


def _alone(collation: Collation, broken: Break) -> bool:
    """Tell whether no other text has a cell in the row that could have the verb: what it lacks too is not lost."""
    others = collation.rows[broken.row - 1].spans.keys() - {broken.clause.version}
    return not any(collation.work.version(other).lang in _LACK for other in others)


def _excused(reading: Reading, seam: Seam) -> bool:
    """Tell whether nothing need be missing, or another room tells it.

    A word doubled is the repeats room's; "that it be so" is an old subjunctive; "older than she" has no verb, nor has
    what breaks off; and no other verb than that behind an auxiliary can be lost where a clause has a finite one.
    """
    tokens = reading.tokens
    if not 0 < seam.at < len(tokens):
        return False
    before, after = tokens[seam.at - 1].form.casefold(), tokens[seam.at].form.casefold()
    if seam.kind == "loose" and (before not in _AUXILIARIES or (before in _OF_TENSE and after in _OWNED)):
        return True
    if seam.kind == "loose" and before in _BE and reading.tags[seam.at] in _OF_PLACE and after != _AGENT:
        return True  # "each spring is in a pocket of its own"
    if seam.kind == "loose" and before in _MODALS and _verb_form(after):
        return True  # "this line will open next year", whatever the network takes "open" for
    if seam.kind == "finite" and before in _FRONTED and after in _SUBJECTS:
        return True  # "this I tell you"
    if seam.kind == "finite" and (before in _OBJECTS or (before == "i" and tokens[seam.at].form[0].isupper())):
        return True  # whom something is done to needs no verb; nor does the number of a chapter
    if after in _OBJECTS and _verb_form(before):
        return True  # "hand me the money"
    broken_off = {before, after} & {"--", "..", "...", "…"} or (after == "." and seam.at + 1 < len(tokens))
    compared = seam.at > 1 and tokens[seam.at - 2].form.casefold() in _COMPARING
    return before == after or bool(broken_off) or compared or (after == "be" and seam.kind == "finite")


def _needs_none(reading: Reading, at: int) -> bool:
    """Tell whether a clause has its verb, or may leave out that of the one before it, or is a question or a cry.

    "The soup was already on the table." "She drove in front; he behind." "I a coward?" "A fever developed."
    """
    forms = [token.form.casefold() for token in reading.tokens]
    start = next((k + 1 for k in range(at - 1, -1, -1) if _BOUND.fullmatch(forms[k]) or forms[k] in _AND), 0)
    opened = next((k + 1 for k in range(at - 1, start - 1, -1) if forms[k] in _OPENERS), start)
    stop = next((k for k in range(at, len(forms)) if _BOUND.fullmatch(forms[k])), len(forms))
    verbs = [k for k in range(len(forms)) if _may_be_finite(reading, k)]
    if any(opened <= k < at for k in verbs if k > start or opened > start) or _reached(reading, at, verbs):
        return True
    asked = forms[stop : stop + 1] in (["?"], ["!"])
    led = start and (forms[start - 1] in _AND or forms[start - 1] == ";" or forms[0] not in _SUBORDINATING)
    return (asked and at - start <= _SHORT) or (bool(led) and any(k < start for k in verbs))


def _reached(reading: Reading, at: int, verbs: Sequence[int]) -> bool:
    """Tell whether a verb follows that no other subject comes before: "we old men must envy", "I, for one, think".

    "She, not without some faltering, however, told him."
    """
    for j in range(_past_aside(reading, at), len(reading.tokens)):
        form = reading.tokens[j].form.casefold()
        if j in verbs:
            return True
        if form in _AND and {"RB"} == {*reading.tags[j - 1 : j + 2 : 2]}:
            continue  # "the springs accurately and evenly distribute the load"
        if _BOUND.fullmatch(form) or form in _AND or form in _SUBJECTS:
            return False
    return False


def _stands_later(reading: Reading, at: int) -> bool:
    """Tell whether the verb that an auxiliary wants stands behind an aside, or behind its subject.

    "I have been, so to speak, hanging"; "then shall five cities of the land speak".
    """
    k = _past_aside(reading, at)
    while k < len(reading.tags) and reading.tags[k] in _OF_A_SUBJECT:
        k += 1
    return at < k < len(reading.tags) and reading.tags[k] in _FILLS["loose"]


def _past_aside(reading: Reading, at: int) -> int:
    """Return where a sentence goes on behind an aside between commas, and an adverb's, that begins here; else here."""
    commas = [j for j in range(at, len(reading.tokens)) if reading.tokens[j].form == ","]
    if len(commas) < 2 or commas[0] != at:
        return at
    adverb = len(commas) > 2 and commas[2] - commas[1] <= _ADVERB
    return commas[2 if adverb else 1] + 1


def _may_be_finite(reading: Reading, k: int) -> bool:
    """Tell whether a word is a finite verb, or may be one that the network took for something else."""
    form, tag = reading.tokens[k].form.casefold(), reading.tags[k]
    before = reading.tokens[k - 1].form.casefold() if k else ""
    if (
        before == "thou"
        or form.startswith(("'t", "tis", "twas", "twere", "twill"))
        or (
            form.endswith("est")
            and (reading.tokens[k + 1].form.casefold() if k + 1 < len(reading.tokens) else "") in ("thou", "ye")
        )
    ):
        return True
    if tag in FINITE:
        return True
    if (k and reading.tags[k - 1] in _BEFORE_NOUNS) or before in _AUXILIARIES or before == "to":
        return False
    follows = tag != "NN" or (k > 0 and reading.tags[k - 1] in _OF_SUBJECTS)
    return follows and _verb_form(form) and not tag.startswith("NNP")


@functools.lru_cache(1 << 14)
def _verb_form(form: str) -> bool:
    """Tell whether a word is a form of a verb that may be finite: what it would be with another ending has its base."""
    base = lemma(form, DEFAULT)
    if form.endswith("ing") or len(form) < 3 or form in _SMALL:
        return False
    if form.endswith("ed") and base != form:
        return True
    stem = base.removesuffix("e")
    return any(lemma(stem + ending, DEFAULT) == base for ending in ("ing", "ed"))


def _break(
    collation: Collation, row: Row, id: str, segment: int, seam: Seam, readings: Mapping[str, Mapping[int, Reading]]
) -> Break:
    tokens = readings[id][segment].tokens
    base = collation.segments[id][segment].start
    text = collation.segments[id][segment].of(collation.work.version(id).text)
    clause, joint = _around(text, tokens, seam.at)
    gained, evidence, mended, bridges = 0.0, [], None, False
    support = list(_evidence(collation, row, id, segment, seam, readings))
    for gain, place, bridged in support:
        # What bridges the seam is evidence by itself; verbs counted in other versions count as one, however many.
        gained += gain if bridged else gain / len(support)
        if gain > 0:
            evidence.append(place)
            bridges |= bridged
        if gain > 0 and bridged and mended is None:
            gap = tokens[seam.at].start if seam.at < len(tokens) else len(text)
            mended = f"{text[clause.start : gap].rstrip()} {place.text} {text[gap : clause.end].lstrip()}".strip()
    odds = seam.odds + gained
    return Break(
        row.number,
        seam,
        collation.place(id, base + clause.start, base + clause.end),
        collation.place(id, base + joint.start, base + joint.end),
        round(1 / (1 + math.exp((_CONFIRMED if bridges else _VERB) - odds)), 4),
        bridges,
        tuple(evidence),
        mended,
    )


def _evidence(
    collation: Collation, row: Row, id: str, segment: int, seam: Seam, readings: Mapping[str, Mapping[int, Reading]]
) -> Iterator[tuple[float, Place, bool]]:
    """Yield what each other version adds to the log-odds, the words that tell it, and whether they bridge the seam."""
    tokens = readings[id][segment].tokens
    here = _verbs(readings[id], row.segments[id])
    for other in collation.work.versions:
        span = row.spans.get(other.id)
        if span is None or other.id == id or other.lang not in _LACK:
            continue
        gain, place, bridged = 0.0, collation.place(other.id, span.start, span.end), False
        if other.id in readings:
            there = _verbs(readings[other.id], row.segments[other.id])
            for k in range(*row.segments[other.id]):
                found = bridge(tokens[: seam.at], tokens[seam.at :], readings[other.id][k].tokens)
                if found and found.joined and min(found.left, found.right) > 2:
                    gain += _JOINED * (found.left + found.right - 1)
                elif found and _fills(seam, readings[other.id][k], found):
                    start, words = collation.segments[other.id][k].start, readings[other.id][k].tokens
                    gain += _BRIDGED * (found.left + found.right - 1)
                    place = collation.place(
                        other.id, start + words[found.start].start, start + words[found.end - 1].end
                    )
                    bridged = True
                    break
        else:
            there = russian_verbs(span.of(other.text))
        gain += seam.verb * _LACK[other.lang] * max(-2, min(2, there - here))
        yield gain, place, bridged


def _fills(seam: Seam, reading: Reading, bridge: Bridge) -> bool:
    """Tell whether what another version has at the seam is what is missing: words, no marks, and one of its kind."""
    if bridge.joined or not all(token.is_word for token in reading.tokens[bridge.start : bridge.end]):
        return False
    words = zip(reading.tokens[bridge.start : bridge.end], reading.tags[bridge.start : bridge.end], strict=True)
    classes = _FILLS.get(seam.kind, frozenset())
    return any(tag in classes and token.form.lower() not in _OF_TENSE for token, tag in words)


def _verbs(readings: Mapping[int, Reading], segments: tuple[int, int]) -> int:
    return sum(readings[k].verbs for k in range(*segments))


def _around(text: str, tokens: Sequence[Token], at: int) -> tuple[Span, Span]:
    """Return the clause about a seam, and the two words on either side of it; of the sentence only."""
    first = tokens[max(0, at - 1)].start
    last = tokens[min(at, len(tokens) - 1)].end
    left = max((m.end() for m in _BOUND.finditer(text, 0, first)), default=0)
    right = min((m.start() for m in _BOUND.finditer(text, last)), default=len(text))
    left += len(text[left:first]) - len(text[left:first].lstrip())
    return Span(left, len(text[:right].rstrip())), Span(first, last)
