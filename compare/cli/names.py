"""`hexapla names` prints the index of names, or scores pairs of spellings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Paths, Quiet, Rows, Source, collated
from compare.values import InputError


@command("names texts/karabakh-1920", "names texts/karabakh-1920 --format html")
def names(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    score: Annotated[Path | None, typer.Option(metavar="PAIRS", help="Score pairs of names, two columns.")] = None,
    format: Annotated[str, typer.Option(metavar="tsv|tbx|md|html", help="How the index is printed.")] = "tsv",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print the index of names, or score pairs of spellings.

    Each name is printed with its spellings by version, the places, and the proposed form.
    """
    from compare import names as room

    if score is not None:
        from compare.read import text

        lines = [(number, line.split("\t")) for number, line in enumerate(text.read(score).splitlines(), start=1)]
        pairs = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
        for number, cells in pairs:
            if len(cells) < 2:
                raise InputError(score, f"line {number}: expected two names separated by a tab")
        for _, (one, other, *_) in pairs:
            typer.echo(f"{one}\t{other}\t{room.score(one, other):.6f}")
        return
    if format not in ("tsv", "tbx", "md", "html"):
        raise InputError("--format", f"{format!r} is not one of tsv, tbx, md, html")
    from compare.analysis import Analysis
    from compare.files import table
    from compare.terms import tbx

    collation = collated(paths, source, rows, encoder, allow_download, quiet)
    index = Analysis(collation).names
    if format == "tbx":
        typer.echo(tbx.write(tbx.of_index(index, collation.work), collation.work.title), nl=False)
    elif format in ("md", "html"):
        from compare.write import names_index as printed

        langs = {version.id: version.lang for version in collation.work.versions}
        write = printed.to_md if format == "md" else printed.to_html
        typer.echo(write(index.to_rows(), langs, collation.work.title or collation.work.id), nl=False)
    else:
        typer.echo(table(index.columns, index.to_rows()), nl=False)
