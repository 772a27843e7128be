"""What most commands ask for: the versions, the encoder, whether progress is shown; and what they make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.values import InputError, Work

if TYPE_CHECKING:
    from compare.pipeline import Report
    from compare.values import Collation, Encoder, Progress

Paths = Annotated[list[Path] | None, typer.Argument(metavar="WORK | FILE…", help="A work's folder, or its versions.")]
Source = Annotated[str | None, typer.Option(metavar="FILE|COLUMN", help="The version that the others translate.")]
Langs = Annotated[
    list[str] | None, typer.Option("--lang", metavar="ID=XX", help="A version's language, if guessed wrong.")
]
Encodings = Annotated[
    list[str] | None, typer.Option("--encoding", metavar="ID=NAME", help="A plain text's encoding, if guessed wrong.")
]
Rows = Annotated[Path | None, typer.Option(metavar="TABLE", help="Versions already aligned, a column for each.")]
EncoderName = Annotated[
    str, typer.Option("--encoder", envvar="HEXAPLA_ENCODER", metavar="NAME", help="use, none, or st:NAME-OR-FOLDER.")
]
Download = Annotated[bool, typer.Option("--allow-download", help="Let sentence-transformers download its model.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def listed(text: str) -> list[str]:
    """Read a list that was typed with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def by_id(stated: list[str] | None) -> dict[str, str]:
    """Read what was stated of versions: `["first=en"]`."""
    return {id: value for id, _, value in (each.partition("=") for each in stated or ())}


def read_work(
    paths: list[Path] | None,
    source: str | None,
    rows: Path | None,
    langs: Mapping[str, str] | None = None,
    encodings: Mapping[str, str] | None = None,
) -> Work:
    """Read what was named: rows already aligned, a work's folder or an interchange file, or one file a version.

    `langs` and `encodings`: what is stated of files.
    """
    from compare import read

    alone = paths[0] if paths and len(paths) == 1 else None
    if (langs or encodings) and (rows or (alone and (alone.is_dir() or read.is_table(alone)))):
        trouble = "is for texts that are given as files; a work says it in work.toml, a table in its headings"
        raise InputError("--lang" if langs else "--encoding", trouble)
    if rows is not None:
        if paths:
            raise InputError("--rows", "takes no further files: the versions are its columns")
        return read.from_table(rows, source=source)
    if not paths:
        raise InputError("hexapla", "name a work's folder, or the files of its versions")
    if len(paths) == 1 and source is None and not (langs or encodings):
        return read.load(paths[0])
    if len(paths) == 1 and paths[0].is_dir() and not (paths[0] / "work.toml").exists():
        return read.from_folder(paths[0], source)
    if len(paths) == 1 and read.is_table(paths[0]) and not Path(source or "").is_file():
        return read.from_table(paths[0], source)
    if works := [path for path in paths if (path / "work.toml").exists()]:
        raise InputError(
            "--source" if source else "hexapla", f"{works[0]} is a work, which names its own versions and source"
        )
    return read.from_files(paths, Path(source) if source else None, encodings, langs)


def get_encoder(name: str, allow_download: bool) -> Encoder:
    """Load an encoder by its name."""
    from compare import encode

    try:
        return encode.get(name, allow_download=allow_download)
    except (ImportError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"--encoder {name}", str(error)) from None


def collated(
    paths: list[Path] | None, source: str | None, rows: Path | None, encoder: str, allow_download: bool, quiet: bool
) -> Collation:
    """Read and align what was named."""
    from compare.collation import collate

    work = read_work(paths, source, rows)
    with show_progress(quiet) as progress:
        collation = collate(work, encoder=get_encoder(encoder, allow_download), progress=progress)
    warn((*work.warnings, *collation.warnings))
    return collation


def reported(
    paths: list[Path] | None, source: str | None, rows: Path | None, encoder: str, allow_download: bool, quiet: bool
) -> Report:
    """Read, align and check what was named."""
    from compare.pipeline import report as run
    from compare.write.phrasing import warnings

    work = read_work(paths, source, rows)
    with show_progress(quiet) as progress:
        report = run(work, encoder=get_encoder(encoder, allow_download), progress=progress)
    warn(warnings(report))
    return report


def warn(warnings: Iterable[str]) -> None:
    """Say on standard error, each once, what was guessed and what is odd."""
    for warning in dict.fromkeys(warnings):
        typer.echo(f"warning: {warning}", err=True)


def show_progress(quiet: bool) -> AbstractContextManager[Progress | None]:
    """Show on standard error how far long work is: a bar in a terminal, elsewhere a line for each stage."""
    if quiet:
        return nullcontext()
    from compare.notebook import progress

    return progress()
