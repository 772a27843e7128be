"""NAM503: a name translated as if it were a word."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import quoted
from compare.names.translated import translated_names
from compare.values import Finding


@check("NAM503", mqm="accuracy/mistranslation", needs={"models", "knows"}, yields=("NAM501", "NAM502"))
def translated(analysis: Analysis) -> Iterator[Finding]:
    """A name translated as if it were a word

    Wrong:
    - a: Then [[singers]] spoke of the pensions. | b: Then Pevtsov spoke of the pensions. | ru: Потом Певцов говорил о
      пенсиях.
    Fine:
    - a: The singers sang about it. | b: The singers were singing of it. | ru: Певцы пели об этом.
    - a: The king came home. | b: The tsar came home. | ru: Царь пришел домой.
    - a: He read Byelkin's Stories. | b: He read “The Stories of Bielkin”. | ru: Он прочёл «Повести Белкина».
    - a: She whispered “venez” and left. | b: “Venez,” she whispered. | c: She whispered, “Venez.” | ru: «Venez»,
      шепнула она.
    - a: Pevtsov spoke of the pensions. | b: Pevtsov spoke of them. | ru: Певцов говорил о пенсиях.

    The word is known to render the source's (`compare.wordalign.renderings`), which has a capital; another version has
    a name there that is spelled like it and that no dictionary has.

    Score: 0.8; 0.6 where fewer than half of the other versions keep the name.
    Source: MQM, accuracy/mistranslation.
    """
    for found in translated_names(analysis.collation, analysis.names, analysis.renderings):
        others = len(analysis.collation.rows[found.row - 1].spans) - 2
        yield Finding(
            check="NAM503",
            severity="major",
            score=0.8 if 2 * len(found.kept) >= others else 0.6,
            places=(found.place, found.source, *found.kept),
            message=f"“{found.place.text}” translates “{found.source.text}”, a name in {quoted(found.kept)}",
            suggestion=found.kept[0].text,
            row=found.row,
        )
