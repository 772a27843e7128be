"""`hexapla repeats` lists the passages that several works share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.values import InputError


@command("repeats first.txt second.txt", "repeats texts/*")
def repeats(
    works: Annotated[list[Path], typer.Argument(metavar="WORK", help="Folders of works, or texts.")],
) -> None:
    """List the passages that two or more works share.

    What one work repeats within itself is in its report.
    """
    from compare import read
    from compare.files import table
    from compare.repeats import shared_passages as corpus

    if len(works) < 2:
        raise InputError("repeats", "takes two works or more; what one repeats within itself is in its report")
    found = corpus.shared([replace(read.load(path), id=str(path)) for path in works])
    typer.echo(table(corpus.COLUMNS, [passage.to_row() for passage in found]), nl=False)
