"""`hexapla align` prints how two files are aligned, or writes an alignment to correct."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Paths, Quiet, Source, collated, get_encoder
from compare.values import InputError


@command("align russian.txt first.txt --text", "align texts/karabakh-1920 --edit")
def align(
    paths: Paths = None,
    lines: Annotated[bool, typer.Option("--lines", help="Take each line as a segment; no splitting.")] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="Write the work's alignment.tsv for correction by hand.")
    ] = False,
    format: Annotated[str, typer.Option(metavar="tsv|json", help="How the lines are printed.")] = "tsv",
    with_words: Annotated[bool, typer.Option("--text", help="Also print the words of the segments.")] = False,
    source: Source = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print which segments of two files correspond, or write an alignment to correct.

    A line is `0,1<TAB>0<TAB>0.97`: segments of either file, counted from 0 (empty if there is none), and a confidence;
    --text adds their words.
    """
    import json

    from compare import alignment
    from compare.alignment.corrections import save_edit
    from compare.lang import DEFAULT
    from compare.read.chapters import read_text
    from compare.read.language import guess
    from compare.segment import sentences

    if format not in ("tsv", "json"):
        raise InputError("--format", f"{format!r} is not one of tsv, json")
    if edit:
        collation = collated(paths, source, None, encoder, allow_download, quiet)
        if collation.work.folder is None:
            raise InputError("--edit", "goes with a work's folder")
        typer.echo(str(save_edit(collation, collation.work.folder / "alignment.tsv")))
        return
    if not paths or len(paths) != 2:
        raise InputError("align", "takes two files, or a work's folder with --edit")
    sides = []
    for path in paths:
        text = read_text(path).words
        lang = guess(text) or DEFAULT
        sides.append(_lines(text) if lines else [span.of(text) for span in sentences(text, lang)])
    beads = alignment.align(sides[0], sides[1], encoder=get_encoder(encoder, allow_download))
    listed = []
    for bead in beads:
        ends = list(zip(sides, (bead.source, bead.target), strict=True))
        texts = [" ".join(" ".join(segments[at] for at in chosen).split()) for segments, chosen in ends]
        listed.append((bead, texts if with_words else []))
    if format == "json":
        printed = [[bead.source, bead.target, round(bead.confidence, 4), *texts] for bead, texts in listed]
        typer.echo(json.dumps(printed, ensure_ascii=False))
        return
    for bead, texts in listed:
        left, right = (",".join(map(str, side)) for side in (bead.source, bead.target))
        typer.echo("\t".join([left, right, f"{bead.confidence:.2f}", *texts]))


def _lines(text: str) -> list[str]:
    """Cut at the ends of lines as other tools count them: form feeds and the like stay inside a line."""
    return re.split(r"\r\n|\n|\r", text.removesuffix("\n").removesuffix("\r"))
