"""`hexapla new`: a work's folder of files, and what was guessed about them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Encodings, Langs, Quiet, by_id, show_progress, warn


@command(
    "new texts/story russian.txt first.txt second.txt",
    "new texts/tale russian.txt first.txt --lang first=en --source russian.txt",
    "new texts/old russian.txt first.txt --encoding russian=koi8-r --yes",
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The work's folder; made if it does not exist.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="A file for each version.")],
    lang: Langs = None,
    source: Annotated[Path | None, typer.Option(metavar="FILE", help="The version that the others translate.")] = None,
    encoding: Encodings = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")] = False,
    quiet: Quiet = False,
) -> None:
    """Make a work from files: copy them into a folder and write its work.toml, to be edited by hand.

    In a terminal it first says what it guessed, and asks.
    """
    from compare import read
    from compare.collation import collate
    from compare.read import work

    stated, encodings = by_id(lang), by_id(encoding)
    made = read.from_files(files, source, encodings, stated)
    work.targets(folder, made)  # refused before anything is read aloud
    for version in made.versions:
        language = f"{version.lang} ({'stated' if version.id in stated else 'guessed'})"
        why = f": the only text in {version.lang}" if version.role == "source" else ""
        role = f"{version.role} ({'stated' if source else f'guessed{why}'})"
        guesses = [f"{key} {word!r} (guessed)" for key, word in work.guessed(version).items() if word]
        file = Path(version.file).name
        typer.echo(f"{version.id}: {', '.join([file, f'{len(version.text)} characters', language, role, *guesses])}")
    with show_progress(quiet) as progress:  # which aligns them: the next command finds that done
        warnings = collate(made, progress=progress).warnings
    warn(warnings)
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Write {folder / work.NAME}?", default=True, abort=True)
    work.create(folder, made, encodings)
    typer.echo(str(folder / work.NAME))
