"""`hexapla worklist` and `hexapla retranslated`: what goes out to be translated again, and what comes back."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from compare.cli import command
from compare.cli.inputs import (
    Download,
    EncoderName,
    Paths,
    Quiet,
    Rows,
    Source,
    collated,
    listed,
    reported,
    show_progress,
)
from compare.values import SEVERITIES, Configuration, InputError, Version, Work

if TYPE_CHECKING:
    from compare.pipeline import Report

_PRINTED, _WRITTEN = ("md", "tsv"), {"docx": ".docx", "xlsx": ".xlsx", "xliff": ".xlf"}


@command(
    "worklist texts/karabakh-1920 --format tsv", "worklist texts/karabakh-1920 --format docx --out to-translate.docx"
)
def worklist(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    format: Annotated[
        str, typer.Option(metavar="md|tsv|docx|xlsx|xliff", help="How the list is printed, or the file to fill in.")
    ] = "md",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where it is written.")] = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """List what to translate again, most urgent first.

    As DOCX, XLSX or XLIFF it has an empty column; `hexapla retranslated` reads it once it is filled in.
    """
    from compare.files import replace
    from compare.write import ready

    if format not in (*_PRINTED, *_WRITTEN):
        raise InputError("--format", f"{format!r} is not one of {', '.join((*_PRINTED, *_WRITTEN))}")
    ready([format] if format in ("docx", "xlsx") else [])
    report = reported(paths, source, rows, encoder, allow_download, quiet)
    content = _content(report, format)
    if out is None and format in _PRINTED:
        typer.echo(content.decode(), nl=False)
        return
    path = out or Path("out") / report.work.id / f"worklist{_WRITTEN[format]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    typer.echo(str(replace(path, content)))


def _content(report: Report, format: str) -> bytes:
    from compare.write import to_translate

    listed = report.worklist
    if format in _PRINTED:
        return (listed.to_md() if format == "md" else listed.to_tsv()).encode()
    write = {"docx": to_translate.to_docx, "xlsx": to_translate.to_xlsx, "xliff": to_translate.to_xliff}[format]
    return write(listed, report.collation)


@command(
    "retranslated texts/karabakh-1920 --filled to-translate.docx",
    "retranslated texts/karabakh-1920 --filled to-translate.docx --base en-revised --keep",
    fails=True,
)
def retranslated(
    paths: Paths = None,
    filled: Annotated[Path | None, typer.Option(metavar="FILE", help="The filled-in worklist.")] = None,
    base: Annotated[str | None, typer.Option(metavar="VERSION", help="The version whose rows it replaces.")] = None,
    id: Annotated[str, typer.Option("--id", metavar="ID", help="The id of the new version.")] = "retranslated",
    keep: Annotated[
        bool, typer.Option("--keep", help="Add the new version to the work's folder and work.toml.")
    ] = False,
    source: Source = None,
    rows: Rows = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to write; by default out/<work>/<id>.")] = None,
    formats: Annotated[str, typer.Option(metavar="LIST", help="Of the report, as in hexapla report.")] = "html,json",
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="Exit 1 for findings in the new rows at or above it.")
    ] = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Read a filled-in worklist as a new version, and check it.

    The new version is its base with the new rows put in. Its text is written, and a report in which it replaces its
    base, so that the words that they share are not taken for two versions that agree.
    """
    from compare import write
    from compare.files import replace
    from compare.pipeline import judged
    from compare.read.columns import ID
    from compare.read.filled import filled as read
    from compare.read.work import add, place_for
    from compare.retranslation import placed
    from compare.retranslation import retranslated as put

    chosen = listed(formats)
    if not chosen or not set(chosen) <= set(write.formats()):
        raise InputError("--formats", f"{formats!r} is not one of {', '.join(write.formats())}")
    write.ready(chosen)
    if fail_on is not None and fail_on not in SEVERITIES:
        raise InputError("--fail-on", f"{fail_on!r} is not one of {', '.join(SEVERITIES)}")
    if not ID.fullmatch(id):
        raise InputError("--id", f"{id!r} is not an id: use letters, digits, dots and hyphens, at most 40")
    if filled is None:
        raise InputError("--filled", "name the worklist that came back")
    lines = read(filled)
    folder = paths[0] if paths and len(paths) == 1 and paths[0].is_dir() else None
    if keep and folder is None:
        raise InputError("--keep", "goes with a work's folder")
    if keep and folder:
        place_for(folder, id)
    collation = collated(paths, source, rows, encoder, allow_download, quiet)
    old = _base(collation.work, base)
    found = placed(collation, lines)
    for trouble in found.lost:
        typer.echo(f"warning: {filled}: {trouble}", err=True)
    if not found.texts:
        raise InputError(filled, "none of its rows is found in the work")
    collation = put(collation, old.id, found.texts, id)
    with show_progress(quiet) as progress:
        report = judged(collation, Configuration(), progress=progress)
    written = out or Path("out") / collation.work.id / id
    version = collation.work.version(id)
    files = [add(folder, version)] if keep and folder else []
    files += write.save(report, written, chosen)
    if not keep:
        files.append(replace(written / version.file, version.text.encode("utf-8", "surrogatepass")))
    mine = [f for f in report.findings if f.places[0].version == id and f.row in found.texts and f.status == "open"]
    typer.echo(
        f"{old.id}: translated again {len(found.texts)} of {len(collation.rows)} rows; findings there: {len(mine)}"
    )
    for finding in mine:
        typer.echo(f"row {finding.row} · {finding.check} {finding.severity}: {shorten(finding.message, 200)}")
        typer.echo(f"   “{shorten(finding.places[0].text, 200)}”")
    for file in files:
        typer.echo(str(file))
    if fail_on and any(f.severity in SEVERITIES[: SEVERITIES.index(fail_on) + 1] for f in mine):
        raise typer.Exit(1)


def _base(work: Work, asked: str | None) -> Version:
    """Return the version that is asked for; else the one that is under revision, if one is, else the first."""
    known = [version for version in work.versions if version.role != "source"]
    if asked is not None and asked not in [version.id for version in known]:
        raise InputError("--base", f"{asked!r} is not one of {', '.join(version.id for version in known)}")
    if not known:
        raise InputError("--base", "the work has no translation")
    revised = [version for version in known if version.status == "revised"]
    return work.version(asked) if asked else (revised or known)[0]
