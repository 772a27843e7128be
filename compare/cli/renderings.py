"""`hexapla concordance`, `hexapla learn`: how words of the source are rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Quiet, collated
from compare.lang import SOURCE
from compare.values import InputError

if TYPE_CHECKING:
    from compare.analysis import Analysis


@command("concordance съезд texts/karabakh-1920", "concordance правительство texts/karabakh-1920 --format tsv")
def concordance(
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word of the source, in any form.")],
    works: Annotated[list[Path], typer.Argument(metavar="WORK…", help="Folders of works.")],
    format: Annotated[str, typer.Option(metavar="txt|tsv|json", help="How the places are printed.")] = "txt",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print every occurrence of a word of the source, with the aligned cells and a count of its renderings."""
    from compare.wordalign.concordance import concordance as find
    from compare.write import concordance as printed

    if format not in printed.FORMATS:
        raise InputError("--format", f"{format!r} is not one of {', '.join(printed.FORMATS)}")
    found = [
        occurrence
        for analysis in _analyses(works, encoder, allow_download, quiet)
        for occurrence in find(analysis.words, word)
    ]
    typer.echo(printed.write(found, format), nl=False)


@command("learn texts/karabakh-1920", "learn texts/karabakh-1920 --out words.tsv")
def learn(
    works: Annotated[list[Path], typer.Argument(metavar="WORK…", help="Folders of works.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the table is written.")] = Path("renderings.tsv"),
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Learn how words are rendered in works; another work's folder can hold the table as renderings.tsv."""
    from compare import files
    from compare.wordalign.concordance import count
    from compare.wordalign.renderings import counted

    counts = [count(analysis.words) for analysis in _analyses(works, encoder, allow_download, quiet)]
    typer.echo(str(files.replace(out, counted(counts).encode())))


def _analyses(works: list[Path], encoder: str, allow_download: bool, quiet: bool) -> Iterator[Analysis]:
    """Collate works one after the other. Raises InputError for one without a Russian source."""
    from compare.analysis import Analysis

    for path in works:
        collation = collated([path], None, None, encoder, allow_download, quiet)
        if collation.work.source is None or collation.work.source.lang != SOURCE:
            raise InputError(path, "has no Russian source; renderings are counted from one")
        yield Analysis(collation)
