"""Where the development texts and gold data lie, if they are here."""

import os
from pathlib import Path

import pytest

_FOLDER = Path(os.environ.get("HEXAPLA_DATA") or Path(__file__).parents[2] / "shared" / "data")

#: The folder of development data, or None on a machine that lacks it.
SHARED: Path | None = _FOLDER if _FOLDER.is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="the development data is not on this machine")
