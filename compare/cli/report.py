"""`hexapla report` writes what is wrong with a work; `hexapla top` prints what to look at first."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.cli import command
from compare.cli.inputs import (
    Download,
    EncoderName,
    Encodings,
    Langs,
    Paths,
    Quiet,
    Rows,
    Source,
    by_id,
    get_encoder,
    listed,
    read_work,
    reported,
    show_progress,
    warn,
)
from compare.values import SEVERITIES, InputError

if TYPE_CHECKING:
    from compare.pipeline import Report


@command(
    "report texts/karabakh-1920 --open", "report first.txt second.txt --source russian.txt --fail-on major", fails=True
)
def report(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    lang: Langs = None,
    encoding: Encodings = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to write; by default out/<work>.")] = None,
    formats: Annotated[
        str, typer.Option(metavar="LIST", help="html, docx, xlsx …; an unknown name lists them all.")
    ] = "html,json,md",
    select: Annotated[
        str,
        typer.Option(
            metavar="CODES",
            help="Only checks whose codes begin with these: REP,NAM1; one that is off by default needs its whole code.",
        ),
    ] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="Leave out checks whose codes begin with these.")] = "",
    rules: Annotated[
        Path | None,
        typer.Option(
            envvar="HEXAPLA_RULES", metavar="FILE", help="Your own rules, in addition to the work's rules.toml."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also keep findings below a check's threshold.")] = False,
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="Exit with code 1 if there are findings at or above it.")
    ] = None,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Align, check and write the report."""
    import time

    from compare import write
    from compare.checks import select as choose
    from compare.pipeline import report as run
    from compare.read import own_rules
    from compare.rules import joined
    from compare.write.phrasing import warnings

    started = time.monotonic()
    chosen = listed(formats)
    unknown = [f for f in chosen if f not in write.formats()]
    if unknown or not chosen:
        raise InputError("--formats", f"{formats!r} is not one of {', '.join(write.formats())}")
    write.ready(chosen)
    if browse and "html" not in chosen:
        raise InputError("--open", "opens the page; add html to --formats")
    if fail_on is not None and fail_on not in SEVERITIES:
        raise InputError("--fail-on", f"{fail_on!r} is not one of {', '.join(SEVERITIES)}")
    if out and (file := next((path for path in (out, *out.parents) if path.is_file()), None)):
        raise InputError("--out", f"{file} is a file; name a folder")
    try:
        choose(listed(select), listed(ignore))
    except ValueError as error:
        raise InputError("--select, --ignore", str(error)) from None
    work = read_work(paths, source, rows, by_id(lang), by_id(encoding))
    if rules is not None:
        work = replace(work, rules=joined(own_rules.read(rules), work.rules))
    with show_progress(quiet) as progress:
        result = run(
            work,
            encoder=get_encoder(encoder, allow_download),
            select=listed(select),
            ignore=listed(ignore),
            everything=everything,
            progress=progress,
        )
    files = write.save(result, out or Path("out") / work.id, chosen)
    warn(warnings(result))
    counts = _summary(result)
    for file in files:
        echo_file(file)
    if not quiet:
        typer.echo(f"done in {time.monotonic() - started:.0f} s", err=True)
    if browse:
        typer.launch(next(file for file in files if file.suffix == ".html").resolve().as_uri())
    if fail_on and any(counts[s] for s in SEVERITIES[: SEVERITIES.index(fail_on) + 1]):
        raise typer.Exit(1)


def _summary(report: Report) -> dict[str, int]:
    """Print how many findings stand, by severity and by family; return the numbers by severity."""
    from compare.write.phrasing import FAMILIES, family

    undismissed = [finding for finding in report.findings if finding.status != "dismissed"]
    counts: dict[str, int] = {
        severity: sum(finding.severity == severity for finding in undismissed) for severity in SEVERITIES
    }
    typer.echo(", ".join(f"{count} {severity}" for severity, count in counts.items() if count) or "no findings")
    kinds = {title: sum(family(finding.check) == code for finding in undismissed) for code, title in FAMILIES.items()}
    if undismissed:
        typer.echo(", ".join(f"{title} {count}" for title, count in kinds.items() if count))
    return counts


def echo_file(file: Path) -> None:
    """Print where a file lies; in a terminal the path can be clicked."""
    if not sys.stdout.isatty():
        typer.echo(str(file))
        return
    from rich.console import Console
    from rich.text import Text

    Console().print(Text(str(file), style=f"link {file.resolve().as_uri()}"), soft_wrap=True)


@command("top texts/karabakh-1920 --count 5", "top first.txt second.txt --source russian.txt --format tsv")
def top(
    paths: Paths = None,
    count: Annotated[int, typer.Option("--count", "-n", metavar="N", min=1, help="How many to print.")] = 10,
    source: Source = None,
    rows: Rows = None,
    format: Annotated[str, typer.Option(metavar="txt|tsv", help="How they are printed.")] = "txt",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print what to look at first: the most serious passages, each with its most serious finding."""
    from compare.analysis.worklist import TOP
    from compare.files import table

    if format not in ("txt", "tsv"):
        raise InputError("--format", f"{format!r} is not one of txt, tsv")
    lines = reported(paths, source, rows, encoder, allow_download, quiet).worklist.top(count)
    if format == "tsv":
        typer.echo(table(TOP, lines), nl=False)
    for number, line in enumerate(lines, start=1) if format == "txt" else ():
        more = f" (and {line['more']} more there)" if line["more"] else ""
        typer.echo(f"{number}. row {line['rows']} · {line['version']} · {line['check']} {line['severity']}{more}")
        typer.echo(f"   {line['message']}")
        typer.echo(f"   “{line['words']}”")
