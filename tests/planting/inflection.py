"""Inflect English words well enough to plant errors: regular rules and the commonest irregular verbs."""

from __future__ import annotations

import re

_IRREGULAR = """
be was been;have had had;do did done;go went gone;say said said;come came come;see saw seen;take took taken;
give gave given;make made made;know knew known;think thought thought;tell told told;find found found;
leave left left;feel felt felt;become became become;begin began begun;keep kept kept;hold held held;
bring brought brought;write wrote written;stand stood stood;hear heard heard;let let let;mean meant meant;
set set set;meet met met;run ran run;pay paid paid;sit sat sat;speak spoke spoken;lie lay lain;lead led led;
read read read;grow grew grown;lose lost lost;fall fell fallen;send sent sent;build built built;
draw drew drawn;break broke broken;spend spent spent;cut cut cut;rise rose risen;drive drove driven;
buy bought bought;wear wore worn;choose chose chosen;put put put;win won won;get got got;
fight fought fought;eat ate eaten;slay slew slain;sleep slept slept;seek sought sought;strike struck struck;
throw threw thrown;catch caught caught;teach taught taught;sell sold sold;bear bore borne;
smite smote smitten;dwell dwelt dwelt;forget forgot forgotten;show showed shown;sing sang sung;
drink drank drunk;shut shut shut;hurt hurt hurt;cast cast cast;hide hid hidden;bind bound bound;
hang hung hung;shake shook shaken"""
#: Base to (past, participle).
VERBS = {base: (past, participle) for base, past, participle in (v.split() for v in _IRREGULAR.split(";") if v.strip())}
PASTS = {past: base for base, (past, _) in VERBS.items() if past != base}
PARTICIPLES = {participle: base for base, (_, participle) in VERBS.items()}


def past(base: str) -> str:
    """Return the simple past of a verb."""
    return VERBS[base][0] if base in VERBS else _joined(base, "ed")


def participle(base: str) -> str:
    """Return the past participle of a verb."""
    return VERBS[base][1] if base in VERBS else _joined(base, "ed")


def ing(base: str) -> str:
    """Return the present participle of a verb."""
    return base[:-2] + "ying" if base.endswith("ie") else _joined(base, "ing")


def third(base: str) -> str:
    """Return the third person singular of a verb, or the plural of a noun."""
    if base in ("have", "be"):
        return {"have": "has", "be": "is"}[base]
    if re.search("(s|x|z|ch|sh|o)$", base):
        return base + "es"
    return base[:-1] + "ies" if re.search("[^aeiou]y$", base) else base + "s"


def like(form: str, base: str, new: str) -> str:
    """Inflect `new` as `form` is inflected of `base`: `like("severed", "sever", "cut") == "cut"`."""
    if form in PASTS or (form.endswith("ed") and form != base):
        return past(new)
    if form in PARTICIPLES and form != base:
        return participle(new)
    if form.endswith("ing") and form != base:
        return ing(new)
    return third(new) if form.endswith("s") and form != base else new


def _joined(base: str, ending: str) -> str:
    if base.endswith("e") and not (ending == "ing" and base.endswith("ee")):
        base = base[:-1]
    elif ending == "ed" and re.search("[^aeiou]y$", base):
        base = base[:-1] + "i"
    elif re.fullmatch("[^aeiou]*[aeiou][^aeiouwxy]", base):
        base += base[-1]
    return base + ending
