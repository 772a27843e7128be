"""RUL101: a word that the work's own rules forbid."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.rules import applies
from compare.terms.glossary import occurrences
from compare.values import Finding


@check("RUL101", mqm="style/organizational-style", needs={"lemmatise"})
def word(analysis: Analysis) -> Iterator[Finding]:
    """A word that own rules forbid

    Rules:
    [[words]]
    forbidden = ["shopkeeper", "go out"]
    preferred = "merchant"
    lang = "en"
    reason = "the word of the time"

    [[words]]
    forbidden = ["village"]
    source = "город"

    Wrong:
    - The [[shopkeepers]] came.
    - He [[went out]] at noon.
    - ru: Он уехал в город. | en: He left for the [[village]].
    Fine:
    - The merchants went home.
    - ru: Он уехал в деревню. | en: He left for the village.

    Score: 0.95. A word or phrase of the tables `words` in `rules.toml`, in whatever form; `source`: only in rows where
    the source has it. The suggestion is the preferred word, in its dictionary form.
    Source: the work's `rules.toml`, and the file of `--rules`.
    """
    collation = analysis.collation
    source = collation.work.source
    for rule in collation.work.rules.words:
        for version in [version for version in collation.work.versions if applies(rule, version)]:
            for form in rule.forbidden:
                for place, row in occurrences(collation, analysis.lemmas, version.id, form):
                    if rule.source and not (
                        source and any(occurrences(collation, analysis.lemmas, source.id, rule.source, row))
                    ):
                        continue
                    reason = f": {rule.reason}" if rule.reason else ""
                    yield Finding(
                        check="RUL101",
                        severity=rule.severity,
                        score=0.95,
                        places=(place,),
                        message=f"“{place.text}” is forbidden{reason}",
                        suggestion=rule.preferred or None,
                        row=row.number,
                    )
