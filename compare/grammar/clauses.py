"""Clauses that open with a conjunction and a subject and close without a verb: "what the minister in his letter"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Words that open a finite clause, and the marks that end it beyond doubt. After a comma the verb may yet follow the
#: words that part it from its subject, but hardly after "what", which is itself a part of its clause.
_OPENERS = frozenset("what because whether if when whom how where why although though".split())
_ENDS = frozenset(".;:)]?!")
_MARKS = _ENDS | frozenset([",", "(", "[", '"', "-", "--", "...", ".."])
_ASKS = frozenset("?!")
_SUBJECT = frozenset(["PRP", "NNP", "NNPS", "NN", "NNS"])
_PHRASE = _SUBJECT | frozenset(["DT", "PRP$", "JJ", "CD", "POS"])
_DEFINITE = frozenset(["PRP", "NNP", "NNPS", "DT", "PRP$", "POS"])
#: What may follow a lost verb, and cannot itself be one that was tagged wrongly.
_FOLLOWS = frozenset(["IN", "TO"])
#: Endings of verbs that taggers of modern English do not know.
_OLD = ("eth", "est", "edst")


def verbless(forms: Sequence[str], tags: Sequence[str]) -> Iterator[int]:
    """Yield the tokens before which a clause lacks its verb: just behind its subject."""
    for opener, form in enumerate(forms):
        if form not in _OPENERS or opener == 0 or forms[opener - 1].lower() == "matter":
            continue
        if form == "what" and forms[opener + 1 : opener + 2] in (["a"], ["an"]):
            continue  # a cry
        end = opener + 1
        while end < len(forms) and forms[end] not in _MARKS:
            end += 1
        mark = forms[end] if end < len(forms) else "."
        if (
            mark in _ASKS
            or (mark not in _ENDS and form != "what")
            or any(map(_is_verb, forms[opener + 1 : end], tags[opener + 1 : end]))
        ):
            continue
        verb = opener + 1
        while verb < end and tags[verb] in _PHRASE:
            verb += 1
        subject = tags[opener + 1 : verb]
        if verb < end and tags[verb] in _FOLLOWS and _is_subject(subject):
            yield verb


def _is_subject(tags: Sequence[str]) -> bool:
    """Tell whether words make a subject by themselves: a pronoun, a name or a noun with its article.

    A bare noun may belong to "what", and a plural behind another noun may well be the verb: "the world acknowledges".
    """
    if not tags or tags[-1] not in _SUBJECT or _DEFINITE.isdisjoint(tags):
        return False
    return not (len(tags) > 1 and tags[-1] == "NNS" and tags[-2] in _SUBJECT)


def _is_verb(form: str, tag: str) -> bool:
    """Tell whether a word is, or in older English may be, a form of a verb."""
    return tag.startswith("VB") or tag == "MD" or form.lower() in {"thou", "ye"} or form.endswith(_OLD)
