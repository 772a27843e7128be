"""What a report was made of, on one line, in sacrebleu's manner: with it another can make the same again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from compare.checks import Check
from compare.lang import language
from compare.values import Collation, Configuration, Rules


def signature(collation: Collation, configuration: Configuration, chosen: Sequence[Check]) -> str:
    """Write on one line what a report was made of: versions of everything, and hashes of texts, checks and rules."""
    from compare import __version__

    thresholds = "+".join(f"{each.code}@{each.threshold:g}" for each in chosen)
    parts: Mapping[str, str] = {
        "hexapla": __version__,
        "texts": "+".join(f"{v.id}:{digest(v.text)}" for v in collation.work.versions),
        "rows": "given" if collation.work.rows is not None else "aligned",
        "encoder": collation.encoder.name,
        "words": word_model(collation, chosen),
        "checks": f"{len(chosen)}:{digest(thresholds)}",
        "thresholds": "off" if configuration.everything else "on",
    }
    if collation.work.rules != Rules():
        parts = {**parts, "rules": digest(repr(collation.work.rules))}
    return "|".join(f"{name}:{value}" for name, value in parts.items())


def digest(text: str) -> str:
    """Return the first eight hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def word_model(collation: Collation, chosen: Iterable[Check]) -> str:
    """Name the model that reads words, whatever encoder the sentences have; "none" where no check asks for it."""
    from compare.wordalign.contextual import model

    read = any(language(version.lang).models for version in collation.work.versions)
    return model() if read and any(each.reads_words for each in chosen) else "none"
