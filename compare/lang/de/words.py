"""German words: the closed classes, and the dictionary. A key lacks the capitals and the ß that it has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from compare.lang.pack import number_stems, words

FREQUENT = tuple(
    "der die und das den nicht von zu mit sich des auf für ist im dem ein eine als auch er sie war wie".split()
)

FUNCTION = words("""
    der die das des dem den ein eine einer eines einem einen kein keine keiner keines keinem keinen und oder aber
    sondern denn doch jedoch weder noch sowohl als wie ob wenn wann weil da dass damit daher darum deshalb deswegen
    obwohl obgleich obschon während indem nachdem bevor ehe bis seit seitdem sobald solange falls so also auch nur schon
    erst sehr mehr wohl ja nein nun dann dort hier hin her nicht nichts nie niemals an am auf aus ausser bei beim durch
    für gegen hinter in im ins mit nach neben ohne über um unter von vom vor wegen zu zum zur zwischen trotz statt
    anstatt entlang gegenüber samt ab ich mich mir mein meine meiner meines meinem meinen du dich dir dein deine deiner
    deines deinem deinen er ihn ihm sein seine seiner seines seinem seinen sie ihr ihre ihrer ihres ihrem ihren ihnen
    es wir uns unser unsere unserer unseres unserem unseren euch euer eure eurer eures eurem euren sich selbst man wer
    wen wem wessen was welcher welche welches welchem welchen dieser diese dieses diesem diesen dies jener jene jenes
    jenem jenen solcher solche solches solchem solchen derselbe dieselbe dasselbe jeder jede jedes jedem jeden alle
    aller alles allem allen beide beider beiden manche mancher manches einige einiger etwas jemand niemand darin daran
    darauf daraus davon dazu dabei dafür dagegen danach davor woran worauf womit wovon wo woher wohin warum wozu weshalb
    bin bist ist sind seid war warst waren wart gewesen wäre wären habe hast hat haben habt hatte hattest hatten gehabt
    hätte hätten werde wirst wird werden werdet wurde wurden worden geworden würde würden kann kannst können konnte
    konnten könnte könnten muss musst müssen musste mussten müsste soll sollst sollen sollte sollten will willst wollen
    wollte wollten mag mögen mochte möchte darf dürfen durfte dürfte
""")

#: What numbers a chapter. A letter, »Brief«, is left out: in English the word is another.
HEADINGS = words("kapitel teil buch akt szene aufzug auftritt gesang abschnitt abteilung band")

#: For 1 to 20, 30, … 60.
NUMBER_STEMS = number_stems("""
        eins,erst zwei,zweit drei,dritt vier,viert fünf sechs sieb acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
    sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig fünfzig sechzig
""")


def _spellings(key: str) -> Iterator[str]:
    """Yield how a key may be written: each ss as it stands or as ß, small and with the capital of a noun."""
    parts = key.split("ss")
    for letters in itertools.product(("ss", "ß"), repeat=min(len(parts) - 1, 3)):
        joints = (*letters, *["ss"] * (len(parts) - 1 - len(letters)), "")
        spelling = "".join(part + joint for part, joint in zip(parts, joints, strict=True))
        yield spelling
        yield spelling.capitalize()


def _known(key: str) -> list[str]:
    from simplemma import is_known

    return [spelling for spelling in _spellings(key) if is_known(spelling, "de")]


def lemmatise(key: str) -> str:
    """Return the dictionary form by simplemma, which is loaded at the first use; a noun's where it may be one."""
    from simplemma import lemmatize

    nouns = [spelling for spelling in _known(key) if str(lemmatize(spelling, "de")) == spelling and spelling != key]
    return nouns[0] if nouns else str(lemmatize(next(iter(_known(key)), key), "de"))


def knows(key: str) -> bool:
    """Tell whether simplemma's dictionary has a word."""
    return bool(_known(key))
