"""What Ukrainian says twice by right."""

from __future__ import annotations

from compare.lang.doubling import Doubling
from compare.lang.pack import words

DOUBLING = Doubling(
    grammatical=words("його її їх те що"),
    emphatic=words("""
        ах ой ох ех ось он геть давно далеко довго ледве ледь ще мало багато ні ну дуже раз скоро швидко так тихо тільки
        ха хе хі хо трохи гей все
    """),
    conjunctions=words("і й та або чи ні ані"),
    joining=words("в у та за і й або чи по з до"),
)
