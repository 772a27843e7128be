"""Notes of translators and editors inside a text: in square brackets, or a paragraph that a bracketed mark opens."""

from __future__ import annotations

import re

from compare.values import Collation, Place


def in_note(collation: Collation, place: Place) -> bool:
    """Tell whether words stand in a note."""
    text = collation.work.version(place.version).text
    begins = -1
    for gap in ("\n\n", "\r\n\r\n", "\r\r"):  # a later gap alone counts, so that the whole text is not sought through
        begins = max(begins, text.rfind(gap, max(begins, 0), place.span.start))
    paragraph = text[begins + 1 : place.span.start].lstrip()
    return "[" in place.text or bool(re.match(r"\[\w{1,3}\]", paragraph)) or paragraph.rfind("[") > paragraph.rfind("]")
