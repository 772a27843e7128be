"""Write learned files where the program reads them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

ARTEFACTS = Path(__file__).parents[2] / "compare" / "artefacts"


def write_arrays(name: str, arrays: Mapping[str, np.ndarray], folder: Path = ARTEFACTS) -> None:
    """Write a `.npz`, the same bytes for the same arrays whenever it is written."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as out:
        for key, values in arrays.items():
            stored = io.BytesIO()
            np.lib.format.write_array(stored, np.asarray(values), allow_pickle=False)
            out.writestr(zipfile.ZipInfo(f"{key}.npy"), stored.getvalue(), zipfile.ZIP_DEFLATED)


def write_record(name: str, record: Any, folder: Path = ARTEFACTS) -> None:
    """Write a `.json`."""
    (folder / name).write_text(json.dumps(record, separators=(",", ":")) + "\n", "utf-8")
