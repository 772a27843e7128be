"""`hexapla decide`: an editor's word on findings, from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Quiet, reported
from compare.values import InputError, Verdict

if TYPE_CHECKING:
    from compare.values import Finding


@command(
    "decide texts/karabakh-1920 TYP103 accepted",
    'decide texts/karabakh-1920 NUM "21/2" dismissed --why "as printed"',
)
def decide(
    work: Annotated[Path, typer.Argument(metavar="WORK", help="The work's folder.")],
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID… VERDICT", help="Ids, beginnings of codes or quoted words; then the verdict."),
    ],
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason, kept with the decision.")] = "",
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Write a decision on findings into the work's decisions.tsv; later reports follow it.

    The verdict is accepted, dismissed, fixed, or open, which takes an earlier one back.
    """
    from compare import decisions

    *named, verdict = words
    verdicts = get_args(Verdict)
    if verdict not in verdicts:
        raise InputError("decide", f"ends with {verdict!r}, which is not one of {', '.join(verdicts)}")
    if not named:
        raise InputError("decide", "names no finding: give ids, beginnings of codes or quoted words")
    if work.is_file():
        raise InputError(work, "is not a work's folder, where decisions are kept")
    report = reported([work], None, None, encoder, allow_download, quiet)
    folder = report.work.folder or work
    chosen: dict[int, None] = {}
    for name in named:
        found = [at for at, finding in enumerate(report.findings) if _is_named(name, finding)]
        if not found:
            raise InputError(
                "decide", f"no finding matches {name!r}; give an id, the beginning of a code or quoted words"
            )
        chosen |= dict.fromkeys(found)
    lines = decisions.lines(report.findings, report.work)
    file = decisions.save(folder / decisions.FILE, [lines[at] | {"verdict": verdict, "reason": why} for at in chosen])
    for at in chosen:
        typer.echo(f"{report.findings[at].id}\t{verdict}\t{lines[at]['version']}\t{lines[at]['quote']}")
    typer.echo(f"{len(chosen)} decided, in {file}", err=True)


def _is_named(name: str, finding: Finding) -> bool:
    from compare.decisions import folded

    return (
        name == finding.id
        or (name.isupper() and name.isalnum() and len(name) > 2 and finding.check.startswith(name))
        or folded(name) == folded(finding.places[0].text)
    )
