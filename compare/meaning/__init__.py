"""Meaning: what a version lost, added or changed, told by the source and by the other versions together."""

from __future__ import annotations

from compare.meaning.risk import risk

__all__ = ["risk"]
