"""The encoder that knows nothing: lengths, names, numbers and cognates must do alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Nothing:
    """Vectors of no dimensions, for a language that no available encoder knows."""

    name = "none"

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return (n, 0)."""
        import numpy as np

        return np.zeros((len(texts), 0), np.float32)
