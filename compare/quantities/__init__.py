"""Quantities: numbers, measures and dates in Russian and English."""
