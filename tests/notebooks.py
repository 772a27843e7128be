"""Execute every notebook from an empty kernel and keep what it answers.

    python -m tests.notebooks [--update] [NAME…]
    HEXAPLA_ENCODER=st:FOLDER python -m tests.notebooks

A box that fails, or that answers otherwise than is kept, ends the run with exit code 1; `--update` keeps the new
answers. Kept is what reads the same everywhere: no times, no state of widgets, no versions of the kernel.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.data import SHARED

FOLDER = Path(__file__).parents[1] / "notebooks"


def main(*arguments: str) -> int:
    """Run the notebooks whose names begin so, or all."""
    update, names = "--update" in arguments, [name for name in arguments if name != "--update"]
    failed = False
    for path in sorted(FOLDER.glob("*.ipynb")):
        if names and not path.name.startswith(tuple(names)):
            continue
        kept, started = nbformat.read(path, as_version=4), time.monotonic()
        try:
            new = executed(kept)
        except CellExecutionError as error:
            print(f"{path.name}: {re.sub(chr(27) + r'.*?m', '', str(error))}")
            failed = True
            continue
        differs = [n for n, (a, b) in enumerate(zip(kept.cells, new.cells, strict=True), 1) if said(a) != said(b)]
        note = f", boxes that answer otherwise than kept: {', '.join(map(str, differs))}" if differs else ""
        print(f"{path.name}: {time.monotonic() - started:.0f} s{note}", flush=True)
        if update:
            path.write_text(nbformat.writes(new) + "\n", "utf-8")
        else:
            # one notebook shows development texts, and says so where these are not
            failed |= bool(differs) and SHARED is not None
    return int(failed)


def executed(kept: Any) -> Any:
    """Return the notebook as a kernel that knows nothing yet answers it, in its own folder."""
    notebook = nbformat.from_dict(kept)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(notebook, timeout=600, store_widget_state=False, coalesce_streams=True)
    client.execute(cwd=str(FOLDER))
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _lasting(output)]
    return notebook


def _lasting(output: Any) -> bool:
    """Take out what lives only as long as the kernel, and tell whether anything is left."""
    data = output.get("data")
    if data is None:
        return True
    data.pop("application/vnd.jupyter.widget-view+json", None)
    return any(data.values())


def said(cell: Any) -> list[str]:
    """Return what a box answered in words; pictures differ in their last digits from machine to machine."""
    return [
        str(output.get("text") or output.get("data", {}).get("text/html") or output.get("data", {}).get("text/plain"))
        for output in cell.get("outputs", ())
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
