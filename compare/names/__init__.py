"""Names and terms: found, linked through what they come from, and listed."""

from compare.names.catalogue import Entry, NameIndex, Spelling, index
from compare.names.find import Mention, NameWord, find
from compare.names.likeness import score

__all__ = ["Entry", "Mention", "NameIndex", "NameWord", "Spelling", "find", "index", "score"]
