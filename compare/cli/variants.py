"""`hexapla variants` lists where the versions of a language differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Paths, Quiet, Rows, Source, collated, listed, show_progress
from compare.values import Configuration, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.values import Collation, Sites


@command(
    "variants texts/karabakh-1920 --sort weight --kinds meaning,omission", "variants first.txt second.txt --format html"
)
def variants(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    kinds: Annotated[str, typer.Option(metavar="LIST", help="Only sites of these kinds: meaning,omission.")] = "",
    versions: Annotated[str, typer.Option(metavar="LIST", help="Only between these versions.")] = "",
    sort: Annotated[
        str,
        typer.Option(metavar="text|weight", help="In reading order, or the most serious first."),
    ] = "text",
    format: Annotated[str, typer.Option(metavar="text|tsv|json|md|html|tei", help="How sites are printed.")] = "text",
    base: Annotated[str | None, typer.Option(metavar="VERSION", help="The base text of the TEI.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Print the aligned words, one line per column.")] = False,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """List the places where the versions of a language differ, what each has there, and what the checks found there.

    Behind the kind of a place stands how much an editor would want to see it, 0 to 1; behind a reading how much of the
    source's words there it has, 0 to 1.
    """
    from compare.analysis import Analysis
    from compare.apparatus.classes import KINDS
    from compare.pipeline import judged
    from compare.write import apparatus

    writers: dict[str, Callable[[Sites, Collation], str]] = {
        "text": apparatus.to_text,
        "tsv": apparatus.to_tsv,
        "json": apparatus.to_json,
        "md": apparatus.to_md,
        "html": apparatus.to_html,
        "tei": partial(apparatus.to_tei, base=base),
    }
    if format not in writers:
        raise InputError("--format", f"{format!r} is not one of {', '.join(writers)}")
    if sort not in ("text", "weight"):
        raise InputError("--sort", f"{sort!r} is not one of text, weight")
    if unknown := [kind for kind in listed(kinds) if kind not in KINDS]:
        raise InputError("--kinds", f"{unknown[0]!r} is not one of {', '.join(KINDS)}")
    if words and format not in ("text", "tsv"):
        raise InputError("--format", "words in columns are printed only as tsv")
    collation = collated(paths, source, rows, encoder, allow_download, quiet)
    known = [v.id for v in collation.work.versions if v.role != "source"]
    for option, asked in (("--versions", listed(versions)), ("--base", [base] if base else [])):
        if unknown := [id for id in asked if id not in known]:
            raise InputError(option, f"{unknown[0]!r} is not one of {', '.join(known)}")
    if base and format != "tei":
        raise InputError("--base", "goes with --format tei")
    if len(listed(versions)) == 1:
        raise InputError("--versions", f"nothing differs from {listed(versions)[0]} alone; name two or more")
    if versions:
        original = [v.id for v in collation.work.versions if v.role == "source"]
        collation = collation.only({*listed(versions), *original})
    if words:
        typer.echo(apparatus.words_to_tsv(Analysis(collation).columns, collation), nl=False)
        return
    with show_progress(quiet) as progress:
        found = judged(collation, Configuration(), progress=progress).variants
    found = found.by_weight() if sort == "weight" else found
    found = found.of(*listed(kinds)) if kinds else found
    typer.echo(writers[format](found, collation), nl=False)
