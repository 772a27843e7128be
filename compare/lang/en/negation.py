"""English denials."""

from __future__ import annotations

from compare.lang.pack import Negation, words

NEGATION = Negation(
    verbal=words("not never cannot"),
    other=words("no none nothing nobody nowhere nought naught neither nor"),
    before=words("not no never cannot without nor"),
    between=1,
    counted=words("not no never nor none nothing nobody neither nowhere cannot without hardly scarcely"),
    ending="n't",
    halves=words("""
        hardly scarcely barely seldom rarely little few without unable fail lack cease stop avoid refrain refuse decline
        prevent hinder forbid prohibit deny overlook ignore neglect doubt forget miss spare escape abandon reject except
        unless until till before ere than otherwise too far last instead silent silence impossible absent absence only
        but quit leave lose keep free wonder wrong bad badly poor poorly ill difficult since under mistaken nonsense
        lest save than beyond past pass exceed surpass fear afraid dread
    """),
    half_forms=r"(?:un|dis|non)[a-z]{4,}|(?:in|im|il|ir|mis)[a-z]{5,}|[a-z]{3,}less",
    seeming=r"un(?:der|i[tvfo]|til|cle)|dis(?:tan|trict|cuss|play|pose|cover|turb|tinct|patch|tress|h)|in(?:to|side|deed"
    r"|stead|form|ten|ter|stan|sist|stitu|vit|clin|crea|clud|dic|divid|flu|habit|jur|nocen|quir|spec|spir|stru|sul|vent"
    r"|volv)|im(?:port|press|prov|medi|agin|age|pulse|pos|ply)|mis(?:ter|tress|s)|bless|unless",
    idle=r"not\s+(?:only|merely|alone|but|a\s+few|without|better)\b|nothing\s+but|(?:can|could)(?:not|\s+not|n['’]t)\s+"
    r"(?:but|help)|no\s+(?:sooner|doubt|less|more|longer|matter)|why\s+not|if\s+not\b|\b(?:or|as)\s+not\b|never\s+mind"
    r"|(?:not|n['’]t)\b[^.,;!?]{0,60}?\b(?:more|less)\s+than|n['’]t\s+(?:you|he|she|it|they|we|i)\b"
    r"|(?:not|n['’]t|never)\b[^.;!?]{0,90}?\b(?:until|till|ere|unless)\b|(?:not|n['’]t|never)\b[^.,;!?]{0,60}?\b(?:but|except)\b"
    r"|\b(?:if|had|were)\b[^.;!?]*(?:\bnot|n['’]t|\bnever)\b[^.;!?]*\b(?:would|should|might|could)\b"
    r"|\b(?:would|should|might|could)\b[^.;!?]*\b(?:if|had|were)\b[^.;!?]*(?:\bnot|n['’]t|\bnever)\b"
    r"|(?:not|n['’]t|never)\s+to\s+(?:say|mention|speak)\b"
    r"|(?:no|not|n['’]t|never|nothing)\b[^.;!?]{0,60}?\b(?:except|save|apart\s+from|other\s+than)\b",
)
