"""Meaning: what a version lost, added or changed, told by the source and by the other versions together."""
