"""`hexapla manual`: every command and option stands in the manual page, which man can read."""

import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from compare import cli
from tests.test_docs import commands


def page() -> str:
    return CliRunner().invoke(cli.app, ["manual"], standalone_mode=False).output


def test_every_command_and_option_stands_in_it() -> None:
    sections = {section.split()[0]: section for section in page().split("\n.SS ")[1:]}
    for name, options in commands():
        for option in options:
            assert option.replace("-", "\\-") in sections[name]


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_roff_understands_it() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8"], input=page(), capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert "hexapla report texts/" in done.stdout
