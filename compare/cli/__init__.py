"""The command line: reads what a person typed, calls the pipeline, says in one line what went wrong.

Exit codes: 0 done; 1 findings at or above `--fail-on`; 2 misuse or unreadable input; 3 a fault of the program; 130
interrupted. Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compare.values import SEVERITIES, InputError, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.pipeline import Report
    from compare.values import Collation, Encoder, Progress, Sites

app = typer.Typer(
    name="hexapla",
    help="Compare the versions of a translated text sentence by sentence, and find what is wrong with them.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Paths = Annotated[list[Path] | None, typer.Argument(metavar="WORK | FILE…", help="A work's folder, or its versions.")]
Source = Annotated[str | None, typer.Option(metavar="FILE|COLUMN", help="The version that the others translate.")]
Rows = Annotated[Path | None, typer.Option(metavar="TABLE", help="Versions already aligned, a column for each.")]
EncoderName = Annotated[
    str, typer.Option("--encoder", envvar="HEXAPLA_ENCODER", metavar="NAME", help="use, none, or st:NAME-OR-FOLDER.")
]
Download = Annotated[bool, typer.Option("--allow-download", help="Let sentence-transformers fetch its model.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def command(*examples: str, fails: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a command whose help ends with examples and its exit codes; `fails`: it has the option --fail-on."""
    codes = ["0  done", *(["1  findings at or above --fail-on"] if fails else [])]
    codes += ["2  misuse or unreadable input", "3  a fault of the program", "130  interrupted"]
    parts = (("Examples:", [f"hexapla {each}" for each in examples]), ("Exit codes:", codes))
    # click keeps the lines of a paragraph that begins with \b
    ending = "\n\n".join("\n".join(["\b", title, *(f"  {line}" for line in lines)]) for title, lines in parts)
    return app.command(epilog=ending)


def _version(asked: bool) -> None:
    if asked:
        from compare import __version__, artefacts, encode

        typer.echo(f"hexapla {__version__}")
        typer.echo(f"encoder {encode.get('use').name}")
        typer.echo(f"models {artefacts.digest()} ({len(artefacts.manifest())} files)")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def hexapla(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print the versions of the program, its encoder and its models.",
        ),
    ] = False,
) -> None:
    """Compare the versions of a translated text sentence by sentence, and find what is wrong with them."""
    if context.invoked_subcommand is None:
        raise InputError("hexapla", "name a command; hexapla --help lists them")


@command(
    "report texts/karabakh-1920 --open", "report first.txt second.txt --source russian.txt --fail-on major", fails=True
)
def report(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to write; else out/<work>.")] = None,
    formats: Annotated[
        str, typer.Option(metavar="LIST", help="html, docx, xlsx …; a wrong one lists them all.")
    ] = "html,json,md",
    select: Annotated[
        str,
        typer.Option(
            metavar="CODES", help="Only checks that begin so: REP,NAM1; one that is off by default, by its code."
        ),
    ] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="No checks that begin so.")] = "",
    rules: Annotated[
        Path | None,
        typer.Option(envvar="HEXAPLA_RULES", metavar="FILE", help="Own rules, besides the work's rules.toml."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Keep also what lies under a check's threshold.")] = False,
    fail_on: Annotated[str | None, typer.Option(metavar="SEVERITY", help="Exit 1 for findings at or above it.")] = None,
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
    wanted = _listed(formats)
    unknown = [f for f in wanted if f not in write.formats()]
    if unknown or not wanted:
        raise InputError("--formats", f"{formats!r} is none of {', '.join(write.formats())}")
    write.ready(wanted)
    if browse and "html" not in wanted:
        raise InputError("--open", "opens the page; add html to --formats")
    if fail_on is not None and fail_on not in SEVERITIES:
        raise InputError("--fail-on", f"{fail_on!r} is none of {', '.join(SEVERITIES)}")
    try:
        choose(_listed(select), _listed(ignore))
    except ValueError as error:
        raise InputError("--select, --ignore", str(error)) from None
    work = _read(paths, source, rows)
    if rules is not None:
        work = replace(work, rules=joined(own_rules.read(rules), work.rules))
    with _progress(quiet) as progress:
        result = run(
            work,
            encoder=_encoder(encoder, allow_download),
            select=_listed(select),
            ignore=_listed(ignore),
            everything=everything,
            progress=progress,
        )
    files = write.save(result, out or Path("out") / work.id, wanted)
    for warning in warnings(result):
        typer.echo(f"warning: {warning}", err=True)
    counts = _summary(result)
    for file in files:
        _echo_file(file)
    if not quiet:
        typer.echo(f"done in {time.monotonic() - started:.0f} s", err=True)
    if browse:
        typer.launch(next(file for file in files if file.suffix == ".html").resolve().as_uri())
    if fail_on and any(counts[s] for s in SEVERITIES[: SEVERITIES.index(fail_on) + 1]):
        raise typer.Exit(1)


def _summary(report: Report) -> dict[str, int]:
    """Print how many findings stand, by severity and by family; return the numbers by severity."""
    from compare.write.phrasing import FAMILIES, family

    standing = [finding for finding in report.findings if finding.status != "dismissed"]
    counts: dict[str, int] = {
        severity: sum(finding.severity == severity for finding in standing) for severity in SEVERITIES
    }
    typer.echo(", ".join(f"{count} {severity}" for severity, count in counts.items() if count) or "no findings")
    kinds = {title: sum(family(finding.check) == code for finding in standing) for code, title in FAMILIES.items()}
    if standing:
        typer.echo(", ".join(f"{title} {count}" for title, count in kinds.items() if count))
    return counts


def _echo_file(file: Path) -> None:
    """Print where a file lies; in a terminal the path can be clicked."""
    if not sys.stdout.isatty():
        typer.echo(str(file))
        return
    from rich.console import Console
    from rich.text import Text

    Console().print(Text(str(file), style=f"link {file.resolve().as_uri()}"), soft_wrap=True)


@command("show texts/karabakh-1920", "show first.txt second.txt --format tsv")
def show(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    format: Annotated[
        str | None, typer.Option(metavar="table|text|tsv", help="How rows are printed; else as the terminal wants.")
    ] = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print the aligned rows: side by side in a terminal, line by line elsewhere, or as a table of tabs."""
    from compare.files import table

    if format not in (None, "table", "text", "tsv"):
        raise InputError("--format", f"{format!r} is none of table, text, tsv")
    collation = _collated(paths, source, rows, encoder, allow_download, quiet)
    ids = [version.id for version in collation.work.versions]
    lines = [
        {"row": str(row.number)} | {id: " ".join(collation.cell(row, id).split()) for id in ids}
        for row in collation.rows
    ]
    if format == "tsv":
        typer.echo(table(("row", *ids), lines), nl=False)
    elif format == "table" or (format is None and sys.stdout.isatty()):
        _print_columns(ids, lines)
    else:
        for line in lines:
            cells = "".join(f"  {id}: {line[id] or '—'}\n" for id in ids)
            typer.echo(f"row {line['row']}\n{cells}")


def _print_columns(ids: list[str], lines: list[dict[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = Table(show_lines=True, expand=True)
    columns.add_column("row", justify="right", no_wrap=True)
    for id in ids:
        columns.add_column(Text(id), ratio=1)
    for line in lines:
        columns.add_row(line["row"], *(Text(line[id] or "—") for id in ids))
    Console().print(columns)


@command("checks", "checks REP102 TYP")
def checks(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE…", help="Explain the checks that begin so.")
    ] = None,
) -> None:
    """List every check with its title, or explain some."""
    import inspect

    from compare.checks import named

    try:
        chosen = named(codes or ())
    except ValueError as error:
        raise InputError("checks", str(error)) from None
    for each in chosen:
        code = each.code if each.default else f"{each.code} (off by default)"
        typer.echo(f"{code}  {inspect.cleandoc(each.doc)}\n" if codes else f"{code}  {each.title}")


@command("align russian.txt first.txt --text", "align texts/karabakh-1920 --edit")
def align(
    paths: Paths = None,
    lines: Annotated[bool, typer.Option("--lines", help="Take each line as a segment; no splitting.")] = False,
    edit: Annotated[
        bool, typer.Option("--edit", help="Write the work's alignment.tsv for correction by hand.")
    ] = False,
    format: Annotated[str, typer.Option(metavar="tsv|json", help="How beads are printed.")] = "tsv",
    with_words: Annotated[bool, typer.Option("--text", help="Print the words of the segments, too.")] = False,
    source: Source = None,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print the beads of two files, or write an alignment to correct.

    A bead is `0,1<TAB>0<TAB>0.97`: zero-based segments of either file (empty where there is none) and the confidence;
    with --text two more columns hold their words.
    """
    import json

    from compare import alignment
    from compare.alignment.corrections import save_edit
    from compare.lang import DEFAULT
    from compare.read import text as plain
    from compare.read.language import guess
    from compare.segment import sentences

    if format not in ("tsv", "json"):
        raise InputError("--format", f"{format!r} is none of tsv, json")
    if edit:
        collation = _collated(paths, source, None, encoder, allow_download, quiet)
        if collation.work.folder is None:
            raise InputError("--edit", "goes with a work's folder")
        typer.echo(str(save_edit(collation, collation.work.folder / "alignment.tsv")))
        return
    if not paths or len(paths) != 2:
        raise InputError("align", "takes two files, or a work's folder with --edit")
    sides = []
    for path in paths:
        text = plain.read(path)
        lang = guess(text) or DEFAULT
        sides.append(_lines(text) if lines else [span.of(text) for span in sentences(text, lang)])
    beads = alignment.align(sides[0], sides[1], encoder=_encoder(encoder, allow_download))
    listed = []
    for bead in beads:
        ends = list(zip(sides, (bead.source, bead.target), strict=True))
        said = [" ".join(" ".join(segments[at] for at in chosen).split()) for segments, chosen in ends]
        listed.append((bead, said if with_words else []))
    if format == "json":
        printed = [[bead.source, bead.target, round(bead.confidence, 4), *said] for bead, said in listed]
        typer.echo(json.dumps(printed, ensure_ascii=False))
        return
    for bead, said in listed:
        left, right = (",".join(map(str, side)) for side in (bead.source, bead.target))
        typer.echo("\t".join([left, right, f"{bead.confidence:.2f}", *said]))


@command("names texts/karabakh-1920", "names texts/karabakh-1920 --format html")
def names(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    score: Annotated[Path | None, typer.Option(metavar="PAIRS", help="Score pairs of names, two columns.")] = None,
    format: Annotated[str, typer.Option(metavar="tsv|tbx|md|html", help="How the index is printed.")] = "tsv",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print the index of names, or score pairs of spellings.

    A name comes with its spellings by version, where they stand, and the form proposed.
    """
    from compare import names as room

    if score is not None:
        from compare.read import text

        lines = [(number, line.split("\t")) for number, line in enumerate(text.read(score).splitlines(), start=1)]
        pairs = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
        for number, cells in pairs:
            if len(cells) < 2:
                raise InputError(score, f"line {number}: expected two names separated by a tab")
        for _, (one, other, *_) in pairs:
            typer.echo(f"{one}\t{other}\t{room.score(one, other):.6f}")
        return
    if format not in ("tsv", "tbx", "md", "html"):
        raise InputError("--format", f"{format!r} is none of tsv, tbx, md, html")
    from compare.analysis import Analysis
    from compare.files import table
    from compare.terms import tbx

    collation = _collated(paths, source, rows, encoder, allow_download, quiet)
    index = Analysis(collation).names
    if format == "tbx":
        typer.echo(tbx.write(tbx.of_index(index, collation.work), collation.work.title), nl=False)
    elif format in ("md", "html"):
        from compare.write import names_index as printed

        langs = {version.id: version.lang for version in collation.work.versions}
        write = printed.to_md if format == "md" else printed.to_html
        typer.echo(write(index.to_rows(), langs, collation.work.title or collation.work.id), nl=False)
    else:
        typer.echo(table(index.columns, index.to_rows()), nl=False)


@command(
    "variants texts/karabakh-1920 --sort weight --kinds meaning,omission", "variants first.txt second.txt --format html"
)
def variants(
    paths: Paths = None,
    source: Source = None,
    rows: Rows = None,
    kinds: Annotated[str, typer.Option(metavar="LIST", help="Only sites of these kinds: meaning,omission.")] = "",
    versions: Annotated[str, typer.Option(metavar="LIST", help="Only between these versions.")] = "",
    sort: Annotated[str, typer.Option(metavar="text|weight", help="In reading order, or the gravest first.")] = "text",
    format: Annotated[str, typer.Option(metavar="text|tsv|json|md|html|tei", help="How sites are printed.")] = "text",
    base: Annotated[str | None, typer.Option(metavar="VERSION", help="The version whose text TEI follows.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Print the words in columns, a line a column.")] = False,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """List the places where the versions of a language differ, and what each has there."""
    from compare.analysis import Analysis
    from compare.apparatus.classes import KINDS
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
        raise InputError("--format", f"{format!r} is none of {', '.join(writers)}")
    if sort not in ("text", "weight"):
        raise InputError("--sort", f"{sort!r} is none of text, weight")
    if unknown := [kind for kind in _listed(kinds) if kind not in KINDS]:
        raise InputError("--kinds", f"{unknown[0]!r} is none of {', '.join(KINDS)}")
    collation = _collated(paths, source, rows, encoder, allow_download, quiet)
    known = [v.id for v in collation.work.versions if v.role != "source"]
    for option, asked in (("--versions", _listed(versions)), ("--base", [base] if base else [])):
        if unknown := [id for id in asked if id not in known]:
            raise InputError(option, f"{unknown[0]!r} is none of {', '.join(known)}")
    if versions:
        original = [v.id for v in collation.work.versions if v.role == "source"]
        collation = collation.only({*_listed(versions), *original})
    analysis = Analysis(collation)
    if words:
        typer.echo(apparatus.words_to_tsv(analysis.columns, collation), nl=False)
        return
    found = analysis.variants
    found = found.of(*_listed(kinds)) if kinds else found
    typer.echo(writers[format](found.by_weight() if sort == "weight" else found, collation), nl=False)


@command("top texts/karabakh-1920 --count 5", "top first.txt second.txt --source russian.txt --format tsv")
def top(
    paths: Paths = None,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many to print.")] = 10,
    source: Source = None,
    rows: Rows = None,
    format: Annotated[str, typer.Option(metavar="txt|tsv", help="How they are printed.")] = "txt",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Print what to look at first: of the gravest passages, each the finding that weighs most."""
    from compare.analysis.worklist import TOP
    from compare.files import table

    if format not in ("txt", "tsv"):
        raise InputError("--format", f"{format!r} is none of txt, tsv")
    lines = _reported(paths, source, rows, encoder, allow_download, quiet).worklist.top(count)
    if format == "tsv":
        typer.echo(table(TOP, lines), nl=False)
    for number, line in enumerate(lines, start=1) if format == "txt" else ():
        more = f" (and {line['more']} more there)" if line["more"] else ""
        typer.echo(f"{number}. row {line['rows']} · {line['version']} · {line['check']} {line['severity']}{more}")
        typer.echo(f"   {line['message']}")
        typer.echo(f"   “{line['words']}”")


@command("repeats first.txt second.txt", "repeats texts/*")
def repeats(
    works: Annotated[list[Path], typer.Argument(metavar="WORK", help="Folders of works, or texts.")],
) -> None:
    """List the passages that two works or more share.

    What one work repeats within itself is in its report.
    """
    from compare import read
    from compare.files import table
    from compare.repeats import shared_passages as corpus

    if len(works) < 2:
        raise InputError("repeats", "takes two works or more; what one repeats within itself is in its report")
    found = corpus.shared([replace(read.load(path), id=str(path)) for path in works])
    typer.echo(table(corpus.COLUMNS, [passage.to_row() for passage in found]), nl=False)


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    try:
        code = app(standalone_mode=False)
    except InputError as error:
        _say(str(error))
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        code = 2
    except Exception as error:
        # Click's errors of usage know how to put themselves in one line; anything else is a fault of ours.
        if hasattr(error, "format_message"):
            _say(error.format_message())
            code = 2
        else:
            _say(f"a fault of the program, {type(error).__name__}: {error}"[:200] + f"; {_details(error)}")
            code = 3
    sys.exit(code if isinstance(code, int) else 0)


def _details(error: Exception) -> str:
    """Write down how the program came to fail, and say where that lies."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="hexapla-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"{sys.argv}\n{''.join(traceback.format_exception(error))}")
    except OSError as trouble:
        return f"the details could not be written ({trouble.strerror or trouble})"
    return f"the details are in {file.name}"


def _lines(text: str) -> list[str]:
    """Cut at the ends of lines as other tools count them: form feeds and the like stay inside a line."""
    return re.split(r"\r\n|\n|\r", text.removesuffix("\n").removesuffix("\r"))


def _say(trouble: str) -> None:
    trouble = " ".join(trouble.split())
    typer.echo(trouble if trouble.startswith("hexapla: ") else f"hexapla: {trouble}", err=True)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _read(paths: list[Path] | None, source: str | None, rows: Path | None) -> Work:
    """Read what was named: rows already aligned, a work's folder or an interchange file, or one file a version."""
    from compare import read

    if rows is not None:
        if paths:
            raise InputError("--rows", "stands alone: the versions are its columns")
        return read.from_table(rows, source=source)
    if not paths:
        raise InputError("hexapla", "name a work's folder, or the files of its versions")
    if len(paths) == 1 and source is None:
        return read.load(paths[0])
    if len(paths) == 1 and paths[0].is_dir() and not (paths[0] / "work.toml").exists():
        return read.from_folder(paths[0], source)
    if len(paths) == 1 and read.is_table(paths[0]) and not Path(source or "").is_file():
        return read.from_table(paths[0], source)
    if works := [path for path in paths if (path / "work.toml").exists()]:
        raise InputError(
            "--source" if source else "hexapla", f"{works[0]} is a work: it stands alone, and names its source"
        )
    return read.from_files(paths, source=Path(source) if source else None)


def _encoder(name: str, allow_download: bool) -> Encoder:
    from compare import encode

    try:
        return encode.get(name, allow_download=allow_download)
    except (ImportError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"--encoder {name}", str(error)) from None


def _collated(
    paths: list[Path] | None, source: str | None, rows: Path | None, encoder: str, allow_download: bool, quiet: bool
) -> Any:
    from compare.collation import collate

    work = _read(paths, source, rows)
    with _progress(quiet) as progress:
        return collate(work, encoder=_encoder(encoder, allow_download), progress=progress)


def _reported(
    paths: list[Path] | None, source: str | None, rows: Path | None, encoder: str, allow_download: bool, quiet: bool
) -> Report:
    from compare.pipeline import report as run

    work = _read(paths, source, rows)
    with _progress(quiet) as progress:
        return run(work, encoder=_encoder(encoder, allow_download), progress=progress)


def _progress(quiet: bool) -> AbstractContextManager[Progress | None]:
    """Show on standard error how far long work is: a bar in a terminal, elsewhere a line for each stage."""
    if quiet:
        return nullcontext()
    from compare.notebook import progress

    return progress()


# A file of this folder is a group of commands, which it adds to `app`.
for _info in pkgutil.iter_modules(__path__):
    if _info.name != "__main__":
        importlib.import_module(f"{__name__}.{_info.name}")
