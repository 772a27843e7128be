"""OMI104: sentences that only one version has."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from itertools import groupby

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.notes import in_note
from compare.values import Finding
from compare.wordalign.neighbouring_rows import (
    is_aligned_otherwise,
    lengths_in_common,
    moved_to,
    share_in_neighbouring_rows,
)

#: Share of their words that the rows next to them have from which on sentences are not added: a long sentence of the
#: source is often several of a translation. Of ten such in Crime and Punishment none was an addition.
_HAD = 0.25
#: Rows from which on an addition is no matter of how two texts are cut.
_LONG = 4


@check("OMI104", mqm="accuracy/addition", threshold=0.65, needs=(), reads_words=True)
def sentences(analysis: Analysis) -> Iterator[Finding]:
    """Sentences that a version adds (÷)

    Wrong:
    - ru: Он ушёл из дома рано утром. | en: He left home early. // en: [[His dog had died in the winter.]]
      // ru: Она осталась дома одна. | en: She stayed at home alone.
    Fine:
    - ru: Он ушёл из дома рано утром. | en: He left home early. // en: [A note of the translator.]
      // ru: Она осталась дома одна. | en: She stayed at home alone.

    Score: the probability that one of the rows at the least is aligned rightly, 0 to 1. Rows that neither the source
    nor any other version has, between rows that the source has; no translator's note, and not those whose words another
    text has in the rows next to them or elsewhere, or for which it has room there. Neutral for fewer than four rows
    beside one other text.
    Source: MQM, accuracy/addition; the sign is Origen's.
    """
    collation = analysis.collation
    source = collation.work.source
    common = functools.cache(functools.partial(lengths_in_common, collation))
    having = [k for k, row in enumerate(collation.rows) if source and source.id in row.spans]
    if not having:
        return
    between = range(having[0], having[-1])
    for alone, group in groupby(between, key=lambda k: tuple(collation.rows[k].spans)):
        run = list(group)
        if len(alone) != 1 or alone == (source.id,):  # type: ignore[union-attr]
            continue
        (version,) = alone
        rows = [collation.rows[k] for k in run]
        others = [v.id for v in collation.work.versions if v.id != version]
        hidden = any(
            is_aligned_otherwise(collation, other, version, run[0], run[-1] + 1, common(other, version))
            or share_in_neighbouring_rows(collation, other, version, run[0], run[-1] + 1) >= _HAD
            for other in others
        )
        place = collation.place(version, rows[0].spans[version].start, rows[-1].spans[version].end)
        if in_note(collation, place) or any(moved_to(collation, place, other) for other in others):
            continue
        yield Finding(
            check="OMI104",
            severity="minor" if len(rows) >= _LONG or len(others) > 1 else "neutral",
            score=0.2 if hidden else round(1 - math.prod(1 - row.confidence for row in rows), 3),
            places=(place,),
            message=f"÷ nothing in {listed(others, 'or')} corresponds to "
            + ("this sentence" if len(rows) == 1 else f"these {len(rows)} rows"),
            row=rows[0].number,
        )
