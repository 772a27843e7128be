"""Notebooks: values that show themselves, data frames, pictures, and the reader as a widget.

    from compare.notebook import passage, pictures, progress

Needs the extra `notebook` for all but the values' own display.

- `display`: how values look in a notebook
- `pictures`: pictures of a collation, each one call; `picture`: the plain picture below them
- `tree`: a tree of versions by their distances
- `widget`: the report's reader as a live widget
- `corrections`: an alignment mended by hand
- `progress`: a bar of progress, wherever the code runs
"""

from __future__ import annotations

from compare.notebook.display import Passage, passage
from compare.notebook.progress import progress

__all__ = ["Passage", "passage", "progress"]
