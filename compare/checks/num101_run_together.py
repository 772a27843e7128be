"""NUM101: a whole number and a fraction run together."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.quantities import figures
from compare.values import Finding

#: Another text may state the number with its scale written out: "2½ million".
_SCALES = (1, 10**3, 10**6, 10**9)


@check("NUM101", mqm="accuracy/mistranslation/number", threshold=0.5)
def run_together(analysis: Analysis) -> Iterator[Finding]:
    """A whole number and a fraction run together

    Wrong:
    - Armenia was promised a loan of [[21/2]] million.
    - a: He waited for [[11/2]] hours. | b: He waited for an hour and a half.
    Fine:
    - Armenia was promised a loan of 2 1/2 million, 3/4 of it in gold.
    - On 9/11 the shop was open 24/7, as it was in 1919/20.

    Score: the likelihood that two numbers have merged: 0.8 by form alone; 0.97 when another version states the mixed
    number; 0.2 when another version states the same improper fraction.
    Source: Chicago Manual of Style, 9.15: a whole number and its fraction are kept apart.
    """
    collation = analysis.collation
    for i, row in enumerate(collation.rows):
        for version in (v for v in collation.work.versions if v.id in row.spans):
            for number in figures.run_together(collation.cell(row, version.id)):
                stated = {o: analysis.quantities[o][i] for o in row.spans if o != version.id}
                against = any(
                    q.value / scale == number.improper for found in stated.values() for q in found for scale in _SCALES
                )
                meant = {number.mixed * scale for scale in _SCALES}
                agree = [o for o, found in stated.items() if any(meant & {*q.readings} for q in found)]
                ground = (
                    f"; {listed(agree)} {'has' if len(agree) == 1 else 'have'} {float(number.mixed):g}" if agree else ""
                )
                place = collation.place_in(row, version.id, number.start, number.end)
                above, below = number.part.as_integer_ratio()
                yield Finding(
                    check="NUM101",
                    severity="major",
                    score=0.97 if agree else 0.2 if against else 0.8,
                    places=(place,),
                    message=f"“{place.text}” reads as {number.improper.numerator} divided by {below}; "
                    f"{number.whole} {above}/{below} is meant, it seems{ground}",
                    suggestion=f"{number.whole} {above}/{below}",
                )
