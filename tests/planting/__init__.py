"""Errors planted in sound texts, and the texts: what training and benchmarks both work on."""
