"""German denials."""

from __future__ import annotations

from compare.lang.pack import Negation, words

_NO = "kein keine keiner keines keinem keinen"

NEGATION = Negation(
    verbal=words("nicht nie niemals nimmer keineswegs keinesfalls"),
    other=words(f"{_NO} keins nichts niemand niemanden niemandem niemandes nirgends nirgendwo nirgendwohin weder"),
    before=words(f"nicht nie niemals ohne {_NO}"),
    between=1,
    counted=words(f"nicht nie niemals nichts niemand niemanden niemandem nirgends weder ohne kaum {_NO}"),
    halves=words("""
        kaum selten wenig ohne ausser sonst anders weigern verweigern ablehnen fehlen mangeln verbieten hindern
        verhindern vermeiden aufhören lassen unterlassen vergessen verlieren leugnen zweifeln schweigen verschonen
        vergebens umsonst schlecht schwer falsch erst nur fast beinahe statt anstatt entbehren mangel abwesenheit unsinn
    """),
    half_forms=r"un[a-zäöü]{4,}|miss[a-zäöü]{4,}|[a-zäöü]{3,}los(?:e[nmrs]?)?",
    seeming=r"unter|uns|unz[eä]hl|univers|union|uniform|ungef[äa]hr|unl[äa]ngst|ungar|mission|missionar",
    idle=r"nicht\s+(?:nur|allein|bloss|ohne|einmal\s+so)\b|nichts\s+(?:als|anderes\s+als)\b|\b(?:ob|warum)\s+nicht\b"
    r"|nicht\s+(?:\w+\s+){0,2}(?:weniger|mehr)\s+als\b|\bnicht\s+wahr\b|\b(?:nicht|nie)\b[^.;!?]{0,90}?\b(?:bevor|ehe|bis)\b"
    r"|\bwenn\b[^.;!?]*\bnicht\b[^.;!?]*\b(?:würde|hätte|wäre)n?\b",
)
