"""Meaning: what a version lost, added or changed, judged by the source and by the other versions together."""
