"""TRM102: one term with and without a capital or a hyphen."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT
from compare.names.detect import is_common, titles
from compare.names.index import mentions_of
from compare.values import Collation, Finding, Place
from compare.words import Word, is_blank, key, words

#: Words before which a title is none: "my lord Joab".
_OWNED = re.compile(r"\b(?:my|your|thy|his|her|our|their)\s+$", re.IGNORECASE)
#: What opens a quotation, or what a colon announces: a capital behind it says nothing.
_OPENING = ("“", '"', "‘", ":")


@check("TRM102", mqm="terminology/inconsistent-use-of-terminology", alone=True)
def capitals(analysis: Analysis) -> Iterator[Finding]:
    """One term with and without a capital, or with and without a hyphen, inside a version.

    Titles before a name, capitalised phrases, and compounds. A capital that opens a sentence or stands in a heading
    is no evidence.

    Wrong:
    - He saw Comrade Chicherin. Then [[comrade]] Chicherin spoke. We heard Comrade Chicherin again.
    - The Soviet Government wrote. Then the Soviet Government met. At last the [[Soviet government]] agreed.
    - We met at the All-Russia Congress. Then the All-Russia Congress ended. The [[All Russia]] Congress was long.

    Fine:
    - He saw Comrade Chicherin. A comrade of his spoke. My comrade Chicherin left. We heard Comrade Chicherin again.
    - The Soviet Government wrote. The governments of the East agreed.
    - The well-known poet is well known in the All-Russia Congress.
    - If I WILL help you, then I will. Yes, I will, and I WILL at once.

    Neutral where a title has a capital before a name, as it should, and elsewhere none: "Captain Brown".

    Score: 0.75; 0.6 where both ways are equally frequent.
    Source: Chicago Manual of Style 7.89 and 8.1; ISO 704.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        if version.lang != DEFAULT:
            continue
        inner = _inner(collation, version.id)
        ways: list[Mapping[str, list[Place]]] = []
        spoken: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for mention in mentions_of(version, collation.segments[version.id]):
            first = words(mention.span.of(version.text))[0]
            start = mention.span.start + first.start
            owned = _OWNED.search(version.text, max(start - 8, 0), start)
            if key(first.text) in titles() and start in inner and start < mention.words[0].span.start and not owned:
                spoken[key(first.text)][first.text].append(collation.place(version.id, start, start + len(first.text)))
        ways += spoken.values()
        tokens = words(version.text)
        ways += _phrases(collation, version.id, tokens, inner)
        ways += _compounds(collation, version.id, tokens)
        for way_by_form in ways:
            forms = {form: places for form, places in way_by_form.items() if not _is_stressed(form)}
            if len(forms) > 1:
                order = sorted(forms, key=lambda f: (-len(forms[f]), forms[f][0].span))
                main = forms[order[0]]
                for way in order[1:]:
                    other = forms[way]
                    yield Finding(
                        check="TRM102",
                        severity="neutral" if way_by_form in spoken.values() and way.istitle() else "minor",
                        score=0.6 if len(other) == len(main) else 0.75,
                        places=(other[0], main[0], *other[1:]),
                        message=f"“{way}” ({len(other)}×) and “{order[0]}” ({len(main)}×)",
                        suggestion=order[0],
                    )


def _is_stressed(form: str) -> bool:
    """Tell whether a word is all in capitals, for stress: "I WILL help you"."""
    return any(len(word) > 1 and word.isupper() for word in form.split())


def _inner(collation: Collation, version: str) -> set[int]:
    """Return the starts of the words that open no sentence and stand in no heading."""
    text, found = collation.work.version(version).text, set()
    for span in collation.segments.get(version, ()):
        tokens = words(span.of(text))
        if tokens and not _is_title(span.of(text)):
            found |= {
                span.start + w.start
                for w in tokens[1:]
                if not text[max(span.start + w.start - 3, 0) : span.start + w.start].rstrip().endswith(_OPENING)
            }
    return found


def _is_title(text: str) -> bool:
    long = [w.text for w in words(text) if len(w.text) > 3]
    return bool(long) and all(w[0].isupper() for w in long) and text.rstrip()[-1:] not in '.!?…”"'


def _phrases(
    collation: Collation, version: str, tokens: Sequence[Word], inner: set[int]
) -> Iterator[dict[str, list[Place]]]:
    """Gather pairs of words of which the first is capitalised and the second varies."""
    text = collation.work.version(version).text
    small = {w.text for w in tokens if w.text.islower()}
    pairs: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for one, two in itertools.pairwise(tokens):
        if (
            one.text[0].isupper()
            and is_blank(text[one.end : two.start])
            and one.start in inner
            and key(one.text) not in small
        ):
            pairs[key(one.text + " " + two.text)][f"{one.text} {two.text}"].append(
                collation.place(version, one.start, two.end)
            )
    for pair, forms in pairs.items():
        second = pair.split(" ")[1]
        if len(forms) == 2 and sum(map(len, forms.values())) > 2 and len(second) > 3 and is_common(second):
            yield dict(forms)


def _compounds(collation: Collation, version: str, tokens: Sequence[Word]) -> Iterator[dict[str, list[Place]]]:
    """Gather compounds: capitalised ones with a hyphen and with a space, any with a hyphen and in one word."""
    text = collation.work.version(version).text
    hyphened: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for word in tokens:
        if word.text.count("-") == 1:  # "di-let-tante" is drawled
            hyphened[key(word.text).replace("-", "")][word.text].append(collation.place(version, word.start, word.end))
    for one, two in zip([*tokens[:1], *tokens], tokens, strict=False):
        if two.text[0].isupper() and is_blank(text[one.end : two.start]):
            joined = key(one.text + two.text)
            parts = next(iter(hyphened[joined]), "").split("-") if joined in hyphened else []
            if len(parts) == 2 and all(p[0].isupper() for p in parts):
                hyphened[joined][f"{one.text} {two.text}"].append(collation.place(version, one.start, two.end))
        if key(two.text) in hyphened and len(two.text) > 5:
            hyphened[key(two.text)][two.text].append(collation.place(version, two.start, two.end))
    for forms in hyphened.values():
        merged: dict[str, list[Place]] = {}
        for form, places in forms.items():
            # A capital at a sentence's head is no other form.
            same = next((m for m in merged if m.casefold() == form.casefold()), form)
            merged.setdefault(same, []).extend(places)
        yield merged
