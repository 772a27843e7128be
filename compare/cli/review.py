"""`hexapla review`: the report as a desk in the browser, which saves what is done there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.cli import command
from compare.cli.inputs import Download, EncoderName, Quiet, get_encoder
from compare.values import InputError


@command("review texts/karabakh-1920", "review texts/karabakh-1920 --port 8000 --no-browser")
def review(
    work: Annotated[Path, typer.Argument(metavar="WORK", help="The work's folder.")],
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    encoder: EncoderName = "use",
    allow_download: Download = False,
    quiet: Quiet = False,
) -> None:
    """Serve the report on this machine: decide, correct rows, edit revised versions; everything is saved at once."""
    import secrets
    import socket
    import webbrowser

    from compare.extras import need

    if not work.exists():
        raise InputError(work, "there is no such file or folder")
    if not (work / "work.toml").is_file():
        raise InputError(work, "is not a work's folder, where decisions are kept; it has no work.toml")
    need("starlette", "review")
    uvicorn = need("uvicorn", "review")
    from compare.review import Desk
    from compare.review.server import app as served

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as trouble:
            raise InputError(f"--port {port}", trouble.strerror or str(trouble)) from None
        listening.listen()  # whoever opens the address before the server runs waits, and is not refused
        number = listening.getsockname()[1]
        desk = Desk(work, get_encoder(encoder, allow_download))
        token = secrets.token_urlsafe(24)
        address = f"http://127.0.0.1:{number}/?token={token}"
        typer.echo(address)
        if not quiet:
            typer.echo("The address works once. End with Ctrl+C; everything is saved.", err=True)
        server = uvicorn.Server(
            uvicorn.Config(served(desk, number, token), log_level="warning", timeout_graceful_shutdown=1, ws="none")
        )
        if browser:
            webbrowser.open(address)
        server.run(sockets=[listening])
