"""`hexapla checks` lists and explains the checks."""

from __future__ import annotations

from typing import Annotated

import typer

from compare.cli import command
from compare.values import InputError


@command("checks", "checks REP102 TYP")
def checks(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE…", help="Explain the checks whose codes begin with these.")
    ] = None,
) -> None:
    """List every check with its title, or explain some."""
    import inspect

    from compare.calibration import judged
    from compare.checks import named

    try:
        chosen = named(codes or ())
    except ValueError as error:
        raise InputError("checks", str(error)) from None
    for each in chosen:
        code = each.code if each.default else f"{each.code} (off by default)"
        if not codes:
            typer.echo(f"{code}  {each.title}")
            continue
        typer.echo("\n".join([f"{code}  {inspect.cleandoc(each.doc)}", *filter(None, [judged(each.code)]), ""]))
