"""Detectors: denials, small words and opposites exchanged, omissions, suspect spans."""
