"""French denials: "ne", of which "pas", "rien" or "personne" is the other half."""

from __future__ import annotations

from compare.lang.pack import Negation, words

NEGATION = Negation(
    verbal=words("ne n"),
    within=lambda word: word.startswith("n'"),
    other=words("non"),
    before=words("pas sans"),
    between=1,
    counted=words("ne non sans ni jamais rien nullement guère"),
    concord=words("pas point plus jamais guère rien personne aucun aucune nul nulle nullement aucunement ni"),
    halves=words("""
        sans peu rarement sauf excepté sinon autrement refuser nier manquer interdire empêcher éviter cesser oublier
        perdre laisser ignorer négliger douter taire trop mal presque seul seulement faute absence
    """),
    half_forms=r"(?:in|im|il|ir|mé|dés|dis)[a-zàâæçéèêëîïôœùûü]{5,}",
    seeming=r"in(?:t[eé]r|st|f[oé]r|d[iu]|vit|spir|vent|cl|qui)|im(?:port|pos|press|age|agin)|dis(?:tan|cour|pos|tri|cut)",
    idle=r"\bn(?:e\s|['’])[^.;!?]{1,60}?\bqu(?:e\b|['’])|\bn['’]est-ce\s+pas\b|\bpas\s+seulement\b"
    r"|\bn(?:e\s|['’])[^.;!?]{0,90}?\b(?:avant|jusqu|moins|plus\s+que)\b|\b(?:avant|moins|crain\w+|peur|plus|autre(?:ment)?)"
    r"\s+(?:\w+\s+){0,3}qu(?:e\s|['’])[^.;!?]{0,30}?\bn(?:e\s|['’])",
)
