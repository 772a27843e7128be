"""Any model of sentence-transformers (Reimers & Gurevych 2019, arXiv:1908.10084), LaBSE the one to recommend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.encode import cache
from compare.threads import cores
from compare.values import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How much of a large file is read to tell it from another of its size, and in how many places.
_SAMPLE, _SAMPLES = 4096, 64
#: Files of a model that are not fetched: other programs' weights, weights that may hold code, and code.
_UNREAD = ["*.bin", "*.h5", "*.msgpack", "*.ot", "*.onnx", "*.pkl", "*.py", "onnx/*", "openvino/*"]


class Transformer:
    """A model by its folder, or by its name on the Hugging Face hub; loaded when the cache lacks a text.

    Raises InputError when the library or the model is not there.
    """

    def __init__(self, model: str, folder: Path | None = None, *, allow_download: bool = False) -> None:
        if not find_spec("sentence_transformers"):
            raise InputError(f"encoder st:{model}", "needs sentence-transformers: pip install 'hexapla[transformers]'")
        self._folder = folder
        found = _find(model) or (_download(model) if allow_download else None)
        if found is None:
            trouble = "no such folder, and the hub's cache on this machine lacks it; --allow-download fetches it"
            raise InputError(f"encoder st:{model}", trouble)
        self._model_folder = found
        self._label = Path(model).name if Path(model).is_dir() else model

    @cached_property
    def name(self) -> str:
        return f"st:{self._label}@{_fingerprint(self._model_folder)}"

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Encode each text alone: (n, d), rows of unit length."""
        if not texts:
            return self._compute([""])[:0]
        return cache.through(self.name, texts, self._compute, self._folder)

    def _compute(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode one text at a time: the padding of a batch would show in the last bits of a vector.

        As with the embedded model, each thread has a text of its own: torch's own threads spin where cores are busy.
        """
        import torch

        encode = partial(self._model.encode, normalize_embeddings=True, show_progress_bar=False)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            encode("")  # Now the tokenizer has set its padding; it could not while another thread uses it.
            with ThreadPoolExecutor(cores()) as pool:
                return np.stack(list(pool.map(encode, texts))).astype(np.float32)
        finally:
            torch.set_num_threads(threads)

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        bars = import_module("transformers.utils.logging")
        shown = bars.is_progress_bar_enabled()
        _refuse_code(self._model_folder)
        bars.disable_progress_bar()
        try:
            safe = {"use_safetensors": True}
            return SentenceTransformer(
                str(self._model_folder), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=safe
            )
        except (OSError, ValueError, KeyError) as error:
            trouble = f"not a model that sentence-transformers reads: {str(error).splitlines()[0]}"
            raise InputError(self._model_folder, trouble) from error
        finally:
            if shown:
                bars.enable_progress_bar()


def _find(model: str) -> Path | None:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


def _download(model: str) -> Path | None:
    from huggingface_hub import snapshot_download

    name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        return Path(snapshot_download(name, ignore_patterns=_UNREAD))
    except (OSError, ValueError) as error:
        raise InputError(f"encoder st:{model}", f"cannot be fetched: {str(error).splitlines()[0]}") from error


def _refuse_code(folder: Path) -> None:
    """Raise InputError for a model that would run code of its own: a class it brings, or weights that are pickled."""
    stated = folder / "modules.json"
    try:
        classes = [str(module["type"]) for module in json.loads(stated.read_bytes())] if stated.exists() else []
    except (ValueError, TypeError, KeyError):
        classes = []  # the library says what is wrong with it
    for each in classes:
        if not each.startswith("sentence_transformers."):
            raise InputError(stated, f"{each} would be code of the model's own, which is not run")
    for weights in folder.rglob("pytorch_model*.bin"):
        if not any(weights.parent.glob("*.safetensors")):
            raise InputError(weights, "weights are read as safetensors alone: in this file there may be code")


def _fingerprint(folder: Path) -> str:
    """Tell a model from another under the same name: its files' names and sizes, and samples of what they hold."""
    digest = hashlib.blake2b(digest_size=4)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = file.stat().st_size
        digest.update(f"{file.relative_to(folder).as_posix()}\0{size}\0".encode())
        with file.open("rb") as content:
            for start in range(0, size, max(_SAMPLE, size // _SAMPLES)):
                content.seek(start)
                digest.update(content.read(_SAMPLE))
    return digest.hexdigest()
