"""Analysis: all that is derived from a collation, each thing once."""
