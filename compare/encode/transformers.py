"""Any model of sentence-transformers (Reimers & Gurevych 2020, arXiv:2004.09813), LaBSE the one to recommend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.encode.cache import Cache
from compare.values import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Transformer:
    """A model by name or folder; loaded when the first text comes that is not in the cache."""

    def __init__(self, model: str, cache: Cache, *, allow_download: bool = False) -> None:
        self._source, self._cache, self._download = model, cache, allow_download

    @property
    def name(self) -> str:
        return f"st:{self._source}"

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Encode each text alone: (n, d)."""
        return self._cache.through(self.name, 0, texts, self._compute)

    def _compute(self, texts: list[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return rows.astype(np.float32)

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise InputError(self.name, "needs sentence-transformers: pip install 'hexapla[transformers]'") from error
        try:
            return SentenceTransformer(self._source, device="cpu", local_files_only=not self._download)
        except (OSError, ValueError) as error:
            raise InputError(self.name, "no such model in that folder or in your cache") from error
