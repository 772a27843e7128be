"""What German says twice by right: articles and pronouns meet, »die Frau, die die Tür öffnete«."""

from __future__ import annotations

from compare.lang.doubling import Doubling
from compare.lang.pack import words

_MEETING = words("der die das den dem sie ihr")

DOUBLING = Doubling(
    grammatical=_MEETING,
    auxiliary=_MEETING,
    emphatic=words("""
        ach ja nein so sehr immer nie na nun o oh ho ha he hm lang lange viel ganz da doch schnell komm halt still leise
        nur wieder weiter weit gut hoch bald nicht
    """),
    conjunctions=words("und oder noch"),
    joining=words("und oder an um für von zu in auf nach"),
)
