"""The command line: reads what a person typed, calls the pipeline, says in one line what went wrong.

Exit codes: 0 done; 1 findings at or above `--fail-on`; 2 misuse or unreadable input; 3 a fault of the program; 130
interrupted. Nothing heavy is imported before a command runs, so that `--help` answers at once.

A command is in the file of its name; besides, `top` is in `report`, `concordance` and `learn` are in `renderings`,
`worklist` and `retranslated` in `retranslation`. What several ask for is in `inputs`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from compare.values import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="hexapla",
    help="Compare the versions of a translated text sentence by sentence, and find what is wrong with them.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


#: How typer names the type of an argument.
TYPE = re.compile(r" <(?:list\[)?\w+\]?>")


class _Command(typer.core.TyperCommand):
    """A command whose help does not name Python's types beside what a person types."""

    def get_help(self, ctx: Any) -> str:
        """Blank `<list[Path]>`, which leaves the columns as they are."""
        return TYPE.sub(lambda found: " " * len(found[0]), super().get_help(ctx))


def command(*examples: str, fails: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a command whose help ends with examples and its exit codes; `fails`: it has the option --fail-on."""
    codes = ["0  done", *(["1  findings at or above --fail-on"] if fails else [])]
    codes += ["2  misuse or unreadable input", "3  a fault of the program", "130  interrupted"]
    parts = (("Examples:", [f"hexapla {each}" for each in examples]), ("Exit codes:", codes))
    # click keeps the lines of a paragraph that begins with \b
    ending = "\n\n".join("\n".join(["\b", title, *(f"  {line}" for line in lines)]) for title, lines in parts)
    return app.command(cls=_Command, epilog=ending)


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


def _say(trouble: str) -> None:
    trouble = " ".join(trouble.split())
    typer.echo(trouble if trouble.startswith("hexapla: ") else f"hexapla: {trouble}", err=True)


# A file of this folder is a group of commands, which it adds to `app`, in the order in which --help lists them.
for _info in pkgutil.iter_modules(__path__):
    if _info.name != "__main__":
        importlib.import_module(f"{__name__}.{_info.name}")
