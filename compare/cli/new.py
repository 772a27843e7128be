"""`hexapla new`: a work's folder of files, and what was guessed about them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.values import InputError


@command(
    "new texts/story russian.txt first.txt second.txt",
    "new texts/tale russian.txt first.txt --lang first=en --source russian.txt",
)
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The work's folder; it is made where there is none.")
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="A file for each version.")],
    lang: Annotated[
        list[str] | None, typer.Option(metavar="ID=XX", help="A version's language, if guessed wrong.")
    ] = None,
    source: Annotated[Path | None, typer.Option(metavar="FILE", help="The version that the others translate.")] = None,
) -> None:
    """Make a work of files: copy them into a folder and write its work.toml, to be edited by hand."""
    from compare import read
    from compare.read import work

    stated = dict(each.partition("=")[::2] for each in lang or ())
    made = read.from_files(files, source)
    unknown = [id for id in stated if id not in {version.id for version in made.versions}]
    if unknown:
        raise InputError("--lang", f"{unknown[0]!r} is none of {', '.join(version.id for version in made.versions)}")
    written = work.create(folder, made, stated)
    for version in written.versions:
        guessed = "stated" if version.id in stated else "guessed"
        role = version.role if source else f"{version.role} (guessed)"
        typer.echo(f"{version.id}: {version.file}, {len(version.text)} characters, {version.lang} ({guessed}), {role}")
    for warning in dict.fromkeys((*made.warnings, *written.warnings)):
        typer.echo(f"warning: {warning}", err=True)
    typer.echo(str(folder / work.NAME))
