"""`hexapla show` prints the aligned rows."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Paths, Quiet, Rows, Source, collated
from compare.values import InputError


@command("show texts/karabakh-1920", "show first.txt second.txt --format tsv")
def show(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="table|text|tsv", help="How rows are printed; by default as a table in a terminal, else as text."
        ),
    ] = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print the aligned rows: side by side in a terminal, line by line elsewhere, or as tab-separated values."""
    from compare.files import table

    if format not in (None, "table", "text", "tsv"):
        raise InputError("--format", f"{format!r} is not one of table, text, tsv")
    collation = collated(paths, source, rows, encoder, allow_download, quiet)
    ids = [version.id for version in collation.work.versions]
    lines = [
        {"row": str(row.number)} | {id: " ".join(collation.cell(row, id).split()) for id in ids}
        for row in collation.rows
    ]
    if format == "tsv":
        typer.echo(table(("row", *ids), lines), nl=False)
    elif format == "table" or (format is None and sys.stdout.isatty()):
        _print_columns(ids, lines)
    else:
        for line in lines:
            cells = "".join(f"  {id}: {line[id] or '—'}\n" for id in ids)
            typer.echo(f"row {line['row']}\n{cells}")


def _print_columns(ids: list[str], lines: list[dict[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = Table(show_lines=True, expand=True)
    columns.add_column("row", justify="right", no_wrap=True)
    for id in ids:
        columns.add_column(Text(id), ratio=1)
    for line in lines:
        columns.add_row(line["row"], *(Text(line[id] or "—") for id in ids))
    Console().print(columns)
