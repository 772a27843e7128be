"""`hexapla shelf`: every work under a folder, checked by several processes or on a cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Quiet, listed, show_progress
from compare.values import InputError


@command("shelf texts --out out/shelf", "shelf texts --out out/shelf --workers 1 --formats json")
def shelf(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder with works at any depth, or its address.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="Where page, reports and tables go; may be an address.")],
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Number of processes; by default one per core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers do the checking.")
    ] = None,
    formats: Annotated[str, typer.Option(metavar="LIST", help="The formats of each work's report.")] = "html,json",
    select: Annotated[str, typer.Option(metavar="CODES", help="Only checks whose codes begin with these.")] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="Leave out checks whose codes begin with these.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also keep findings below a check's threshold.")] = False,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Check every work under a folder, and report what only many works show: shared passages, names, terms, habits.

    Run again, it continues where it stopped.
    """
    from dataclasses import asdict

    from compare import write
    from compare.checks import select as choose
    from compare.shelf import report
    from compare.shelf.storage import join
    from compare.write.shelf import to_text

    if scheduler and workers:
        raise InputError("--workers", "are set by the scheduler when --scheduler is given")
    try:
        write.ready(listed(formats))
        choose(listed(select), listed(ignore))
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError("--select, --ignore, --formats", str(error)) from None
    with show_progress(quiet) as progress:
        made = report(
            folder,
            out,
            workers=workers,
            client=scheduler,
            encoder=encoder,
            allow_download=allow_download,
            select=listed(select),
            ignore=listed(ignore),
            everything=everything,
            formats=listed(formats),
            progress=progress,
        )
    typer.echo(to_text(asdict(made)))
    typer.echo(join(out, "index.html"))
