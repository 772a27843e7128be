"""`pytest --update` writes the golden files again; read the difference before it is committed."""

import functools
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from hypothesis import settings

from compare import calibration, records

# The same examples in every run, however busy the machine is.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
# The same dictionaries on every machine, whatever it has.
os.environ["DICPATH"] = str(Path(__file__).parent / "dictionaries")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files again")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what has been imported, which stays."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def one_command() -> Iterator[None]:
    """Build the command once, and not in each test that runs it."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(typer.main.get_command)
        for name in ("typer.main.get_command", "typer.testing._get_command"):
            patch.setattr(name, once)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_recorded() -> Iterator[None]:
    """Compute everything again, so that no test is answered from what another run has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "recording", lambda: False)
        yield


@pytest.fixture
def own_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave findings the scores that their checks gave them."""
    monkeypatch.setattr(calibration, "probability", lambda check, severity, score: score)
