"""What French says twice by right."""

from __future__ import annotations

from compare.lang.doubling import Doubling
from compare.lang.pack import words

DOUBLING = Doubling(
    grammatical=words("nous vous"),
    auxiliary=words("nous vous"),
    emphatic=words("très bien tout tant si non oui ah oh ha hé eh hein là bon allons doucement vite loin trop"),
    conjunctions=words("et ou ni"),
    joining=words("et ou ni à en par de"),
)
