"""A small gated convolutional network (Dauphin et al. 2017) that points at the gaps of a broken sentence.

Learned by `tests/training/grammar.py` from clean sentences that were spoilt in known ways; runs on numpy alone.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.convolution import convolved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What may be wrong in front of a word: nothing; a finite or another verb, a nominal, a determiner, a preposition or
#: conjunction is missing; the word itself is too much; it stands where its neighbour should.
KINDS = ("whole", "finite", "loose", "nominal", "determiner", "link", "extra", "swap")

SHAPES = ("", "lower", "first", "capital", "upper", "figure", "mark", "end")

#: Tokens that are computed at once.
_BATCH = 2048


def shape(form: str, first: bool) -> int:
    """Return the index in SHAPES of a token's outer form; `first`: it opens the sentence."""
    if form[0].isdigit():
        return 5
    if not form[0].isalpha() and not (len(form) > 1 and form[1].isalpha()):
        return 6
    if form[0].isupper():
        return 2 if first else 4 if len(form) > 1 and form.isupper() else 3
    return 1


def affixes(word: str) -> tuple[str, str]:
    """Return the last three and the last two characters of a lower-case word; digits count as one."""
    plain = "".join("0" if c.isdigit() else c for c in word[-3:])
    return plain, plain[-2:]


def read(sentences: Sequence[Sequence[str]]) -> list[tuple[NDArray[np.float32], list[str]]]:
    """Read sentences, each given as its tokens; none may be empty.

    For each of n tokens: (n + 1, len(KINDS)) probabilities of what is wrong before each token and at the end, and the n
    likeliest Penn Treebank tags.
    """
    net = _network()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    found: dict[int, tuple[NDArray[np.float32], list[str]]] = {}
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop - start + 1) * (len(sentences[order[stop]]) + 1) <= _BATCH:
            stop += 1
        chosen = order[start:stop]
        for i, values, tags in zip(chosen, *_run(net, [sentences[i] for i in chosen]), strict=True):
            n = len(sentences[i])
            found[i] = values[: n + 1], [net["tagset"][tag] for tag in tags[:n].tolist()]
        start = stop
    return [found[i] for i in range(len(sentences))]


def _run(net: dict[str, Any], sentences: Sequence[Sequence[str]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return (sentences, longest + 1, kinds) probabilities and (sentences, longest + 1) indices of tags."""
    import numpy as np

    n = max(map(len, sentences)) + 1
    ids = np.zeros((4, len(sentences), n), np.int64)
    mask = np.zeros((len(sentences), n, 1), np.float32)
    look = net["look"]
    for r, forms in enumerate(sentences):
        ids[:3, r, : len(forms)] = np.array([look(form) for form in forms]).T
        ids[3, r, : len(forms)] = [shape(form, c == 0) for c, form in enumerate(forms)]
        ids[3, r, len(forms)] = SHAPES.index("end")
        mask[r, : len(forms) + 1] = 1
    x = sum(net[name][ids[k]] for k, name in enumerate(("word", "three", "two", "shape")))
    for k, dilation in enumerate(net["dilations"]):
        x = x + _gated(_norm(x, net[f"norm{k}"]) * mask, net[f"conv{k}"], net[f"bias{k}"], dilation)
    x = _norm(x, net["norm"])
    logits = x @ net["gap"] + net["gap_bias"]
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    return odds / odds.sum(-1, keepdims=True), (x @ net["tag"] + net["tag_bias"]).argmax(-1)


def _gated(x: NDArray[np.float32], weight: NDArray[np.float32], bias: NDArray[np.float32], dilation: int) -> Any:
    import numpy as np

    y = convolved(x, weight, dilation) + bias
    width = x.shape[-1]
    return y[..., :width] / (1 + np.exp(-y[..., width:]))


def _norm(x: Any, scale: NDArray[np.float32]) -> Any:
    import numpy as np

    centred = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
    return centred / spread * scale[0] + scale[1]


@functools.cache
def _network() -> dict[str, Any]:
    return load(artefacts.arrays("grammar.npz"))


def load(stored: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """Make the network of weights as `tests/training/grammar.py` writes them."""
    import numpy as np

    net: dict[str, Any] = dict(stored)
    keys = json.loads(net.pop("keys").tobytes())
    scales = {name.removesuffix("_scale"): net.pop(name) for name in list(net) if name.endswith("_scale")}
    net = {name: value.astype(np.float32) * scales.get(name, 1) for name, value in net.items()}
    net["dilations"], net["tagset"] = keys["dilations"], keys["tags"]
    words, threes, twos = ({w: i for i, w in enumerate(keys[name])} for name in ("words", "threes", "twos"))

    @functools.lru_cache(1 << 16)
    def look(form: str) -> tuple[int, int, int]:
        word = form.lower()
        three, two = affixes(word)
        return words.get(word, 1), threes.get(three, 0), twos.get(two, 0)

    net["look"] = look
    return net
