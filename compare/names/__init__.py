"""Names and terms: found, linked through what they come from, and listed."""

from compare.names.detect import Mention, NameWord, find
from compare.names.index import Entry, NameIndex, Spelling, index
from compare.names.similarity import score

__all__ = ["Entry", "Mention", "NameIndex", "NameWord", "Spelling", "find", "index", "score"]
