"""`hexapla manual`: the manual page of the command line, for man(1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from compare.cli import TYPE, app, command


@command("manual", "manual --help")
def manual() -> None:
    """Print the manual page of all commands, in roff."""
    typer.echo(page())


def page() -> str:
    """Return the manual page; the wheel carries it as share/man/man1/hexapla.1."""
    from compare import __version__

    top: Any = typer.main.get_command(app)
    lines = [
        f'.TH HEXAPLA 1 "" "hexapla {__version__}"',
        *(".SH NAME", f"hexapla \\- {_roff(top.help or '')}"),
        *(".SH SYNOPSIS", ".B hexapla", ".I COMMAND", "[OPTION]\\&..."),
        ".SH COMMANDS",
        *(line for each in top.commands.values() if not each.hidden for line in _section(each)),
    ]
    return "\n".join(lines)


def _section(each: Any) -> Iterator[str]:
    """Lay out a command of click's: what it takes, what it does, its options, its examples and exit codes."""
    context = each.context_class(each, info_name=each.name)
    yield f".SS {_roff(' '.join([each.name, *each.collect_usage_pieces(context)]))}"
    yield from map(_roff, (each.help or "").splitlines())
    for parameter in each.params:
        if record := parameter.get_help_record(context):
            yield from (".TP", f".B {_roff(TYPE.sub('', record[0]))}", _roff(record[1]))
    for part in (each.epilog or "").split("\n\n"):
        title, *rest = part.removeprefix("\b\n").splitlines()
        yield from (".PP", _roff(title), ".nf", *map(_roff, rest), ".fi")


def _roff(text: str) -> str:
    """Write plain text as a line of roff."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped) or ".PP"
