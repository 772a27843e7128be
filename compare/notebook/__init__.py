"""Notebooks: values that show themselves, data frames, pictures, and the reader as a widget.

    from compare.notebook import passage, pictures, progress

Needs the extra `notebook` for all but the values' own display.
"""

from __future__ import annotations

from compare.notebook.display import Passage, passage
from compare.notebook.progress import progress

__all__ = ["Passage", "passage", "progress"]
