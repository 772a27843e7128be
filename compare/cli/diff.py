"""`hexapla diff`: what became of the findings between two reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.values import SEVERITIES, InputError


@command(
    "diff out/before/report.json out/karabakh-1920/report.json",
    "diff out/before/report.json out/karabakh-1920/report.json --fail-on major",
    fails=True,
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The older report.json.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The newer one.")],
    format: Annotated[str, typer.Option(metavar="text|tsv|json", help="How the changes are printed.")] = "text",
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="Exit 1 for new findings at or above it.")
    ] = None,
) -> None:
    """Say how two reports of a work differ: findings fixed, new and remaining, and decisions lost."""
    from compare import report_diff

    writers = {"text": report_diff.to_text, "tsv": report_diff.to_tsv, "json": report_diff.to_json}
    if format not in writers:
        raise InputError("--format", f"{format!r} is not one of {', '.join(writers)}")
    if fail_on is not None and fail_on not in SEVERITIES:
        raise InputError("--fail-on", f"{fail_on!r} is not one of {', '.join(SEVERITIES)}")
    changes = report_diff.difference(report_diff.read(old), report_diff.read(new))
    for each in changes.otherwise:
        typer.echo(f"warning: the reports differ in more than their texts: {each}", err=True)
    typer.echo(writers[format](changes), nl=False)
    if fail_on and changes.at_least(fail_on):
        raise typer.Exit(1)
