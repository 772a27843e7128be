"""French words: the closed classes, and the dictionary. An elided article goes with its noun: "l'homme"."""

from __future__ import annotations

from compare.lang.pack import number_stems, words

FREQUENT = tuple("le la les de et des que qui dans une est pas pour il elle ce au sur ne se plus par avec du".split())

FUNCTION = words("""
    le la les l un une des du de d au aux à en y et ou où ni mais or car donc que qu qui quoi dont lequel laquelle
    lesquels lesquelles auquel duquel quand comme si puisque lorsque quoique afin parce tandis je j me m moi tu te t toi
    il elle on nous vous ils elles se s soi lui leur leurs eux le mon ma mes ton ta tes son sa ses notre nos votre vos
    ce c cet cette ces ceci cela ça celui celle ceux celles ne n pas point plus jamais rien personne aucun aucune guère
    dans par pour sur sous vers avec sans chez entre contre depuis pendant avant après devant derrière jusque jusqu
    malgré parmi selon hors dès outre voici voilà être suis es est sommes êtes sont étais était étions étiez étaient fut
    furent sera seront serait seraient soit été avoir ai as a avons avez ont avais avait avions aviez avaient eut eurent
    aura auront aurait auraient ait eu très trop peu assez aussi encore déjà même tout tous toute toutes autre autres
    quel quelle quels quelles quelque quelques chaque tel telle oui non
""")

#: What numbers a chapter. A letter, «lettre», is left out: in English the word is another.
HEADINGS = words("chapitre partie livre tome acte scène chant section")

#: For 1 to 20, 30, … 60.
NUMBER_STEMS = number_stems("""
    un,premi deux,second trois quatr cinq six sept huit neuf,neuvi dix onz douz treiz quatorz quinz seiz dix-sept
    dix-huit dix-neuf vingt trent quarant cinquant soixant
""")

_ELIDED = words("l d j m t s c n qu jusqu lorsqu puisqu quoiqu")


def _bare(key: str) -> str:
    head, apostrophe, tail = key.partition("'")
    return tail if apostrophe and tail and head in _ELIDED else key


def lemmatise(key: str) -> str:
    """Return the dictionary form by simplemma, which is loaded at the first use; of "l'homme" that of "homme"."""
    from simplemma import lemmatize

    return str(lemmatize(_bare(key), "fr"))


def knows(key: str) -> bool:
    """Tell whether simplemma's dictionary has a word."""
    from simplemma import is_known

    return bool(is_known(_bare(key), "fr"))
