"""Expected quality of machine translation from the source alone."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from compare.analysis import Analysis
from compare.collation import collate
from compare.encode import get
from compare.meaning.models.quality_estimation import (
    LETTERS,
    Quality,
    _signs,
    add,
    gaussians,
    groups,
    kernel,
    pairing,
    weights,
)
from compare.read import from_texts
from compare.values import Collation, Span
from tests.data import SHARED

#: A source, a sound translation, and one that says something else.
LINES = (
    ("Президент подписал закон о новых налогах.", "The president signed a law on new taxes.", "He sang a tax."),
    ("Как вы относитесь к этому решению?", "What do you think of this decision?", "How are you a solution of it goes?"),
    ("Компания была основана в 1998 году.", "The company was founded in 1998.", "The company of the year was a foot."),
    ("Учёные открыли новый вид птиц.", "Scientists have discovered a new bird species.", "Open birds learned kind."),
)


def collation(rows: list[dict[str, str]], **how: object) -> Collation:
    at: dict[str, int] = {}
    spans, texts = [], {}
    for row in rows:
        spans.append({id: Span(at.get(id, 0), at.get(id, 0) + len(text)) for id, text in row.items()})
        for id, text in row.items():
            at[id] = at.get(id, 0) + len(text) + 1
    for id in dict.fromkeys(id for row in rows for id in row):
        texts[id] = "\n".join(row[id] for row in rows if id in row)
    encoder = get(str(how.pop("encoder", "use")))
    return collate(from_texts(texts, rows=spans, **how), encoder)  # type: ignore[arg-type]


def rows(which: int = 1) -> list[dict[str, str]]:
    return [{"ru": line[0], "en": line[which]} for line in LINES]


def test_a_translation_that_says_something_else_is_expected_to_be_worse() -> None:
    found = [Analysis(collation(rows(which), source="ru")).quality["en"] for which in (1, 2)]
    for good, bad in zip(*found, strict=True):
        assert good is not None
        assert bad is not None
        assert good.score > bad.score
        assert 0 <= good.bad < bad.bad <= 1


def test_other_rows_change_nothing() -> None:
    together = Analysis(collation(rows(), source="ru")).quality["en"]
    for row, there in zip(rows(), together, strict=True):
        (alone,) = Analysis(collation([row], source="ru")).quality["en"]
        assert alone is not None
        assert there is not None
        assert alone.score == pytest.approx(there.score, abs=1e-3)


def test_empty_cells_are_not_judged() -> None:
    found = Analysis(
        collation([*rows(), {"ru": "Он ушёл."}, {"en": "He left."}, {"ru": "…", "en": "…"}], source="ru")
    ).quality
    assert [q is None for q in found["en"]] == [False] * 4 + [True] * 3


def test_where_another_version_speaks_it_is_believed() -> None:
    (ru, good, bad), *_ = LINES
    found = Analysis(collation([{"ru": ru, "en": good, "en-b": bad}, {"ru": ru, "en-b": bad}], source="ru")).quality
    assert found["en"] == (None, None)
    assert [q is None for q in found["en-b"]] == [True, False]


@pytest.mark.parametrize(
    "made",
    [
        lambda: collation([{"en": good, "en-b": bad} for _, good, bad in LINES]),
        lambda: collation(rows(), source="en"),
        lambda: collation(rows(), source="ru", encoder="none"),
    ],
)
def test_without_a_russian_source_or_the_embedded_encoder_nothing_is_judged(made: object) -> None:
    assert Analysis(made()).quality == {}  # type: ignore[operator]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_cell_expected_to_be_bad_is_the_riskier(chance: float, one: float, two: float) -> None:
    low, high = sorted((one, two))
    less, more = (add(chance, Quality(0.0, bad)) for bad in (low, high))
    assert 0 <= less <= more < 1


points = arrays(np.float32, (3, 4), elements=st.floats(-3, 3, width=32))


@given(points, points)
@settings(deadline=None)
def test_gaussians_are_what_they_say(a: np.ndarray, b: np.ndarray) -> None:
    plain = [[np.exp(-sum((x - y) ** 2 for x, y in zip(p, q, strict=True))) for q in b] for p in a]
    assert np.allclose(gaussians(a, b), plain, atol=1e-4)


def test_the_kernel_machine_is_a_plain_sum_over_its_landmarks() -> None:
    model = weights()
    rng = np.random.default_rng(0)
    u, v = (x / np.linalg.norm(x) for x in rng.normal(size=(2, 512)).astype(np.float32))
    point = (pairing((u[None], v[None]), model["even_centre"])[0] - model["even_mean"]) @ model["even_axes"]
    plain = sum(
        pull * np.exp(-((point - mark) ** 2).sum())
        for mark, pull in zip(model["even_marks"], model["even_pull"], strict=True)
    )
    assert kernel((u[None], v[None]), "even", model)[0] == pytest.approx(plain, abs=1e-3)


@given(st.text(max_size=20))
def test_every_group_has_its_place_in_the_table(form: str) -> None:
    found = groups(form)
    assert all(0 <= g < LETTERS for g in found)
    assert found == groups(form)


def test_groups_know_where_a_word_ends() -> None:
    assert len(groups("да")) == 3 + 2 + 1
    assert not set(groups("аб")) & set(groups("ба"))


@pytest.mark.skipif(SHARED is None, reason="the development data is not here")
def test_people_agree() -> None:
    from tests.planting.auroc import auroc
    from tests.planting.corpora import mlqe

    records = random.Random(3).sample(mlqe("dev"), 200)
    found = Analysis(collation([{"ru": r["source"], "en": r["machine"]} for r in records], source="ru")).quality["en"]
    true = np.array([float(r["da_z"]) for r in records])
    score = np.array([q.score if q else 0.0 for q in found])
    assert auroc(-score[true < -1], -score[true >= -1]) > 0.8


def test_letters_marks_and_figures_of_both_texts() -> None:
    signs = _signs(["А — b-c, d-e: 12…"], ["Why, no, 345? Yes!"])
    assert {name: float(values[0]) for name, values in signs.items()} == pytest.approx(
        {
            "s_size": np.log1p(17),
            "t_size": np.log1p(18),
            "ratio": np.log(19 / 18),
            "questions": -1,
            "calls": -1,
            "s_commas": 1,
            "t_commas": 2,
            "dashes": 3,
            "latin": 4 / 18,
            "digits": 2 / 18,
            "digits_more": 1,
            "colon": 1,
            "dots": 1,
        },
        abs=1e-5,
    )
