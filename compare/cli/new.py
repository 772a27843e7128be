"""`hexapla new`: a work's folder of files, and what was guessed about them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.values import InputError


@command(
    "new texts/story russian.txt first.txt second.txt",
    "new texts/tale russian.txt first.txt --lang first=en --source russian.txt",
    "new texts/old russian.txt first.txt --encoding russian=koi8-r --yes",
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
    encoding: Annotated[
        list[str] | None, typer.Option(metavar="ID=NAME", help="A plain text's encoding, if guessed wrong.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")] = False,
) -> None:
    """Make a work of files: copy them into a folder and write its work.toml, to be edited by hand.

    In a terminal it says first what it guessed, and asks.
    """
    from compare import read
    from compare.read import work

    stated, encodings = (dict(each.partition("=")[::2] for each in given or ()) for given in (lang, encoding))
    made = read.from_files(files, source, encodings)
    unknown = [id for id in stated if id not in {version.id for version in made.versions}]
    if unknown:
        raise InputError("--lang", f"{unknown[0]!r} is none of {', '.join(version.id for version in made.versions)}")
    for version in made.versions:
        language = f"{stated[version.id]} (stated)" if version.id in stated else f"{version.lang} (guessed)"
        why = f": the only text in {version.lang}" if version.role == "source" else ""
        role = f"{version.role} ({'stated' if source else f'guessed{why}'})"
        said = [f"{key} {word!r} (guessed)" for key, word in work.guessed(version).items() if word]
        file = Path(version.file).name
        typer.echo(f"{version.id}: {', '.join([file, f'{len(version.text)} characters', language, role, *said])}")
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Write {folder / work.NAME}?", default=True, abort=True)
    written = work.create(folder, made, stated, encodings)
    for warning in dict.fromkeys((*made.warnings, *written.warnings)):
        typer.echo(f"warning: {warning}", err=True)
    typer.echo(str(folder / work.NAME))
