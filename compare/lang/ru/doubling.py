"""What Russian says twice by right."""

from __future__ import annotations

from compare.lang.doubling import Doubling
from compare.lang.pack import words

DOUBLING = Doubling(
    grammatical=words("его ее их то что"),
    emphatic=words("""
        ах вон вот все да давно далеко долго едва еле еще мало много нет ну ой ох очень прочь раз скоро так тихо
        только ха хе хи хо чуть эй
    """),
    conjunctions=words("да и или ни"),
    joining=words("в да за и или ни по с"),
)
