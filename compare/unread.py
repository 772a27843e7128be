"""What the chosen checks cannot read, in the words in which a report says it."""

from __future__ import annotations

from collections.abc import Iterable

from compare import checks as _checks
from compare.lang import codes, language
from compare.messages import listed
from compare.names.unread import comparable
from compare.signature import word_model
from compare.values import Collation, Version


def unread(collation: Collation, chosen: Iterable[_checks.Check]) -> tuple[str, ...]:
    """Say which families could not judge which versions, and by what else than the encoder words are read."""
    messages = []
    for version in collation.work.versions:
        pack = language(version.lang)
        silent = [each for each in chosen if not pack.offers(each.needs)]
        if silent:
            judging = {each.code[:3] for each in chosen if each not in silent}
            unable = sorted({each.code if each.code[:3] in judging else each.code[:3] for each in silent})
            missing = ", ".join(sorted({part for each in silent for part in each.needs if not pack.offers([part])}))
            what = f"lacks {missing}" if version.lang in codes() else "does not exist"
            messages.append(
                f"{version.id}: the language pack {version.lang} {what}; "
                f"{', '.join(unable)} judge neither this version nor others by it"
                f"{_still(collation, version, silent)}"
            )
        messages += [
            f"{version.id}: there is no {what} here; {c.code} is silent"
            for c in chosen
            if (what := c.lacks(version.lang))
        ]
    model = word_model(collation, chosen)
    if model not in ("none", collation.encoder.name):
        messages.append(f"sentences are aligned by the encoder {collation.encoder.name}, but words are read by {model}")
    return tuple(messages)


def _still(collation: Collation, version: Version, silent: Iterable[_checks.Check]) -> str:
    """Say what a source that cannot be read still decides where translations differ (`UnreadSource`)."""
    if version.role != "source" or len(collation.work.versions) < 3:
        return ""
    asked = {each.code for each in silent}
    able = {
        "clauses": "OMI102" in asked and collation.encoder.name != "none",
        "denials": "SEM103" in asked and language(version.lang).negation is not None,
        "names": "NAM601" in asked and comparable(version.lang),
        "opposites": "SEM110" in asked and collation.encoder.name != "none",
    }
    decided = [what for what, can in able.items() if can]
    return f", but where two translations differ it decides about {listed(decided)}" if decided else ""
