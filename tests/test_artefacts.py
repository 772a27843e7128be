"""Every learned file is the one that the manifest names, and a file that is not is refused."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

from compare import artefacts
from compare.meaning.scoring import models
from tests.training.__main__ import ARTEFACTS, STEPS, features

MADE = sorted(f.name for f in files(artefacts).iterdir() if f.name.endswith((".npz", ".json", ".gz")))


def test_the_manifest_names_every_file_and_no_other() -> None:
    assert sorted(artefacts.manifest()) == [name for name in MADE if name != artefacts.MANIFEST]
    assert sorted(name for step in STEPS.values() for name in step.files) == sorted(artefacts.manifest())


@pytest.mark.parametrize("name", sorted(artefacts.manifest()))
def test_a_file_is_what_its_manifest_says_and_names_the_step_that_made_it(name: str) -> None:
    stated = artefacts.manifest()[name]
    assert hashlib.sha256(artefacts.content(name)).hexdigest() == stated["sha256"]
    assert name in STEPS[stated["step"]].files
    assert stated["features"] == features(ARTEFACTS / name)


def test_the_manifest_names_what_the_models_read() -> None:
    known = models()
    for name, trees in (("cells.json", known.cell), ("wrong_words.json", known.wrong), ("lost_words.json", known.lost)):
        assert artefacts.manifest()[name]["features"] == sorted(trees.features)


def test_a_file_that_is_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "manifest", lambda: {"cells.json": {"sha256": "0" * 64}})
    with pytest.raises(artefacts.ArtefactError, match=r"cells\.json is not the file"):
        artefacts.content("cells.json")


def test_the_manifest_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = artefacts.manifest()
    monkeypatch.setattr(artefacts, "MANIFEST", "nothing.json")
    assert artefacts.manifest() is first
