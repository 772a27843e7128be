"""Every learned file is the one that the manifest names, and a file that is not is refused."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

from compare import artefacts

MADE = sorted(f.name for f in files(artefacts).iterdir() if f.name.endswith((".npz", ".json", ".gz")))


def test_the_manifest_names_every_file_and_no_other() -> None:
    assert sorted(artefacts.manifest()) == [name for name in MADE if name != artefacts.MANIFEST]


@pytest.mark.parametrize("name", sorted(artefacts.manifest()))
def test_a_file_is_what_its_manifest_says_and_names_the_step_that_made_it(name: str) -> None:
    steps = pytest.importorskip("tests.training.__main__").STEPS
    stated = artefacts.manifest()[name]
    assert hashlib.sha256(artefacts.content(name)).hexdigest() == stated["sha256"]
    assert name in steps[stated["step"]]


def test_a_file_that_is_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "manifest", lambda: {"cells.json": {"sha256": "0" * 64}})
    with pytest.raises(artefacts.ArtefactError, match=r"cells\.json is not the file"):
        artefacts.content("cells.json")
