"""Notes of translators and editors inside a text: in square brackets, or a paragraph that a bracketed mark opens."""

from __future__ import annotations

import re

from compare.values import Collation, Place
from compare.words import behind_last


def in_note(collation: Collation, place: Place) -> bool:
    """Tell whether words stand in a note."""
    text = collation.work.version(place.version).text
    begins = behind_last(text, ("\n\n", "\r\n\r\n", "\r\r"), place.span.start)
    paragraph = text[begins : place.span.start].lstrip()
    return "[" in place.text or bool(re.match(r"\[\w{1,3}\]", paragraph)) or paragraph.rfind("[") > paragraph.rfind("]")
