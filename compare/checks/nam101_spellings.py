"""NAM101: one name with several spellings inside a version."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.inflection import ending_left, related
from compare.values import Finding


@check("NAM101", mqm="terminology/inconsistent-use-of-terminology", threshold=0.55)
def spellings(analysis: Analysis) -> Iterator[Finding]:
    """One name with several spellings inside a version.

    Wrong:
    - Then Halil Pasha spoke. [[Khalil]] Pasha left. The army of Halil Pasha stayed.
    - They came from Karabakh. The road to [[Karabagh]] was closed. He saw Karabakh again.

    Fine:
    - They came to Karabakh with Karabekir. The road from Aydin passes Adani.
    - The Karabakhi horses came from Karabakh. Karabakh's hills are green.
    - Turkey wrote, and the Turks answered.

    Score: how sure it is, 0 to 1, that the two spellings are one name.
    Source: Chicago Manual of Style 8.1; ISO 5060 (inconsistent terminology).
    """
    names = analysis.names
    for entry in names.entries:
        for version, spellings in entry.spellings.items():
            if version == names.source:
                continue
            main = entry.main(version)
            for other in spellings:
                if main is None or other is main or related(other.key, main.key):
                    continue
                if any(ending_left(base.key, other.key) for base in spellings):  # NAM401's
                    continue
                yield Finding(
                    check="NAM101",
                    severity="minor",
                    score=entry.likely((version, main.key), (version, other.key))
                    * (0.5 if entry.two_bearers(main, other) else 1.0),
                    places=(other.places[0], main.places[0], *other.places[1:]),
                    message=f"“{other.text}” ({len(other)}×) and “{main.text}” ({len(main)}×) are one name"
                    + (f", {entry.name}" if entry.name != entry.proposed else ""),
                    suggestion=main.text,
                )
