"""The pure parts of what makes the learned files, each on a few lines."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from compare.wordalign.contextual import uncased_states
from compare.wordalign.renderings import Renderings
from tests.planting.auroc import auroc
from tests.planting.collations import changes, collation, plant
from tests.planting.corpora import Aligned, half, untokenized
from tests.planting.items import WHOLE, items
from tests.training import files
from tests.training.__main__ import STEPS, digest, entry, features, main
from tests.training.contextual import DIMENSIONS, frame
from tests.training.parallel import spread

ROWS = [
    Aligned("x", source, {"a": one, "b": two})
    for source, one, two in (
        (
            "Он пришёл домой поздно вечером и прочёл письмо.",
            "He came home late in the evening and read the letter.",
            "Late in the evening he came home and read the letter.",
        ),
        (
            "Его мать ждала у окна весь день.",
            "His mother was waiting at the window all day.",
            "All day his mother waited by the window.",
        ),
        (
            "Старый генерал медленно открыл дверь и вышел в сад.",
            "The old general slowly opened the door and went into the garden.",
            "Slowly the old general opened the door and walked out to the garden.",
        ),
    )
]


# ---- rows and plantings ----


def test_no_sentence_is_in_both_halves() -> None:
    rows = [Aligned("x", f"строка {n}", {}) for n in range(200)]
    one, two = half(rows, "networks"), half(rows, "trees")
    assert len(one) + len(two) == 200
    assert not {r.source for r in one} & {r.source for r in two}
    assert 70 < len(one) < 130


def test_the_sound_cell_comes_first_and_what_is_planted_differs() -> None:
    made = items(ROWS, random.Random(1), 3, WHOLE)
    assert [i.kind for i in made if not i.bad and i.kind == "sound"] == ["sound"] * 3
    assert all(i.text != i.clean for i in made if i.bad)
    assert all(i.source and len(i.others) == 1 for i in made)
    assert made == items(ROWS, random.Random(1), 3, WHOLE)


def test_errors_are_planted_into_a_share_of_the_rows() -> None:
    assert plant(ROWS, random.Random(1), 0.0) == [None] * 3
    planted = plant(ROWS, random.Random(1), 1.0)
    assert all(planted)
    made = collation(ROWS, changes(planted))
    for row, error in zip(made.rows, planted, strict=True):
        assert error is not None
        assert made.cell(row, error[0]) == error[1].text


def test_marks_are_joined_to_their_words() -> None:
    assert untokenized("He said , that 's it .") == "He said, that's it."


def test_auroc_counts_pairs() -> None:
    assert auroc([2.0, 3.0], [1.0]) == 1
    assert auroc([1.0], [1.0]) == 0.5
    assert auroc([0.0, 2.0], [1.0]) == 0.5


# ---- files ----


def test_the_same_arrays_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        files.write_arrays(name, {"a": np.arange(3), "b": np.ones((2, 2), np.float16)}, tmp_path)
    assert digest(tmp_path / "one.npz") == digest(tmp_path / "two.npz")
    with np.load(tmp_path / "one.npz") as stored:
        assert stored["a"].tolist() == [0, 1, 2]
        assert stored["b"].dtype == np.float16


def test_the_manifest_says_what_a_file_is_and_from_what(tmp_path: Path) -> None:
    files.write_record("cells.json", {"model": {"features": ["y", "x"], "trees": []}, "calibration": {}}, tmp_path)
    line = entry("cells.json", "cells", {"commit": "abc"}, tmp_path)
    assert line == {"sha256": digest(tmp_path / "cells.json"), "step": "cells", "commit": "abc", "features": ["x", "y"]}
    files.write_arrays("net.npz", {"w": np.zeros(1), "b": np.zeros(1)}, tmp_path)
    assert features(tmp_path / "net.npz") == ["b", "w"]
    assert json.loads((tmp_path / "cells.json").read_text())["calibration"] == {}


def test_a_folder_is_told_by_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest(tmp_path) != before


def test_a_step_that_there_is_not_is_refused() -> None:
    with pytest.raises(SystemExit, match="no such step: cooking"):
        main("cooking")


def test_the_steps_are_listed_and_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    main("--list")
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(STEPS)
    assert all(file in line for line, step in zip(listed, STEPS.values(), strict=True) for file in step.files)


def test_no_file_is_made_by_two_steps_and_every_step_has_its_module() -> None:
    made = [name for step in STEPS.values() for name in step.files]
    assert len(made) == len(set(made))
    assert all((Path(files.__file__).parent / f"{step}.py").exists() for step in STEPS)


def test_jobs_are_answered_in_their_order() -> None:
    base = 10
    assert list(spread(lambda n: n * n + base, range(20))) == [n * n + base for n in range(20)]
    assert list(spread(str, [7])) == ["7"]


# ---- steps ----


def test_axes_are_orthogonal_and_a_language_has_its_mean_on_them() -> None:
    texts = {"ru": [r.source for r in ROWS], "en": [r.versions["a"] for r in ROWS]}
    axes, means = frame(texts)
    assert axes.shape == (512, DIMENSIONS)
    np.testing.assert_allclose(axes.T @ axes, np.eye(DIMENSIONS), atol=1e-4)
    assert set(means) == {"ru", "en"}


def test_words_are_labelled_where_the_error_was_planted() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    assert lightgbm
    from tests.training.word_models import fit_words, labelled

    words = labelled(("x", ROWS, 1), Renderings(()))
    for which, some in words.items():
        assert set(some.labels) == {0, 1}
        assert some.values.shape == (len(some.labels), len(some.names))
        model = fit_words([some], which)
        assert set(model["features"]) <= set(some.names)


def test_cells_know_their_errors_and_weigh_as_wanted() -> None:
    pytest.importorskip("lightgbm")
    from compare.meaning.scoring import models
    from tests.training.cells import is_faulty, joined, part, read, weigh

    planted = [("a", plant([ROWS[0]], random.Random(3), 1.0)[0][1]), None, None]  # type: ignore[index]
    cells = read("x", ROWS, planted, True, models(), Renderings(()))
    assert is_faulty(cells).tolist() == [cells.kind[n] != "" for n in range(6)]
    assert is_faulty(cells).sum() == 1
    assert set(cells.family) == {"so"}
    assert cells.clean.sum() == 4
    weight = weigh(cells, 0.3)
    assert weight[is_faulty(cells)].sum() / weight.sum() == pytest.approx(0.3)
    twice = joined([cells, cells])
    assert len(twice.kind) == 12
    assert part(twice, is_faulty(twice)).kind.tolist() == [planted[0][1].kind] * 2  # type: ignore[index]


def test_trees_are_written_as_they_predict() -> None:
    pytest.importorskip("lightgbm")
    from compare.meaning.models.gbdt import parse
    from tests.training.boosting import boost, plain

    rng = np.random.default_rng(0)
    values = rng.normal(size=(600, 4)).astype(np.float32)
    values[rng.random((600, 4)) < 0.1] = np.nan
    target = (np.nan_to_num(values[:, 2]) > 0).astype(float)
    booster = boost(["a", "b", "c", "d"], values, target, rounds=12)
    model = plain(booster)
    assert "c" in model["features"]
    ours = parse(model).scores(["a", "b", "c", "d"], values)
    np.testing.assert_allclose(ours, booster.predict(values, raw_score=True), atol=1e-3)


def test_lost_words_are_those_that_answer_to_what_is_gone() -> None:
    pytest.importorskip("torch")
    from tests.planting.items import Item
    from tests.training.pair_network import lost_labels, own_labels

    clean, text, source = "He read the letter twice.", "He read twice.", "Он дважды прочёл письмо."
    item = Item("lose_noun", clean, text, ((3, 7), (8, 13)), source, (), 1.0)
    wrong, hole = own_labels(item)
    assert hole.tolist() == [0, 0, 1]
    assert wrong.tolist() == [0, -1, -1]
    states = {t: uncased_states("ru" if t == source else "en", [t])[0] for t in (clean, text, source)}
    assert lost_labels(item, source, states)[3] == 1
    assert lost_labels(item, source, states)[0] <= 0
