"""Words that render another than the source's: which of the unexpected ones an editor would call wrong.

A logistic model weighs each unexpected word (`unexpected_words`), and its version with it. The model is learned from
words exchanged on purpose among words that translators chose (`tests/training/wrong_senses.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.lang import DEFAULT
from compare.meaning.detect.unexpected_words import Row, WrongSense, read_rows
from compare.values import Collation
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.rendered_cells import translations
from compare.wordalign.renderings import Renderings
from compare.words import is_archaic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Share of the source's words rendered as they are known to be, from which on a version may be judged word by word.
#: Translations of news and treaties have 0.75 to 0.85, faithful ones of novels 0.7 to 0.75, free ones below 0.6.
_FAITHFUL = 0.65
#: Share above which more says nothing of a version: good and poor machines render as much, literature never does.
_PLAIN = 0.77
#: Share of a row's words rendered so, below which the passage as a whole says something else.
_SAME = 1 / 3
#: Share of unexpected words that are wrong in a version without other evidence, how many words that counts for, and
#: how often the estimate is repeated.
_SHARE, _STRENGTH, _ROUNDS = 0.02, 30, 60
#: By how much the odds of a single exchanged word are lowered for each word that its version stands farther from the
#: source than the others (`_version_traits`): all that were read of a human version among three machines were sound.
_FREER = 20.0


def wrong_senses(collation: Collation, rows: Sequence[Row]) -> tuple[WrongSense, ...]:
    """List the unexpected words of all versions, in reading order, whatever their probability.

    How often an unexpected word is wrong differs from version to version: hardly ever in a good translation, every
    other time in a poor machine's, which follows the source more closely than the others do. So each is weighed by what
    its version is like (`_version_traits`): as one of few words exchanged, and as one of a poor version's; the more
    likely counts. Versions that translate freely are not judged word by word; nor is a lone version, for without
    another one nothing tells a wrong word from a free one: those of a poor machine and of a master of prose look alike
    there.
    """
    model, out = _model(), []
    for word, features in with_version_traits(faithful(collation, rows), model):
        share = min(features["share"], _logit(_SHARE))  # of many, the second model tells
        exchanged = features["odds"] + share - _logit(model["prior"])
        odds = max(exchanged - _FREER * max(features["freedom"], 0.0), log_odds(features, model["versions"]))
        out.append(replace(word, probability=1 / (1 + math.exp(-odds))))
    return tuple(sorted(out, key=lambda d: (d.row_index, d.version, d.at)))


def faithful(collation: Collation, rows: Sequence[Row]) -> list[WrongSense]:
    """Return the unexpected words of versions that may be judged word by word, in rows that say the same at all."""
    shares = {v: _share_rendered(rows, v) for v in translations(collation)}
    archaic = {v for v in shares if is_archaic(collation.work.version(v).text, DEFAULT)}
    return [
        replace(word, row_index=i, features={**word.features, "faithfulness": min(shares[word.version], _PLAIN)})
        for i, row in enumerate(rows)
        for word in row.unexpected
        if shares[word.version] >= _FAITHFUL
        and word.features["rendered"] >= _SAME
        and not (word.features["unknown"] and word.version in archaic)
    ]


def with_version_traits(
    found: Sequence[WrongSense], model: Mapping[str, Any]
) -> Iterator[tuple[WrongSense, dict[str, float]]]:
    """Give each word with what the second model reads.

    `odds`: its log-odds; `places`: how often the source's word was met, for one with many renderings has more;
    `faithfulness`: the share of the source's words that its version renders as is known, up to `_PLAIN`: in literature,
    where it is lower, an unexpected word is hardly ever wrong; `share` and `freedom`: what else its version is like
    (`_version_traits`).
    """
    here: dict[str, list[WrongSense]] = {}
    for word in found:
        here.setdefault(word.version, []).append(word)
    odds = {v: [log_odds(d.features, model) + d.sentence for d in ds] for v, ds in here.items()}
    for version, manner in _version_traits(here, odds, model["prior"]).items():
        for word, odd in zip(here[version], odds[version], strict=True):
            read = {name: word.features[name] for name in ("places", "faithfulness")}
            yield word, {"odds": odd, **read, **manner}


def _version_traits(
    found: Mapping[str, Sequence[WrongSense]], odds: Mapping[str, Sequence[float]], trained: float
) -> dict[str, dict[str, float]]:
    """Return what each version is like, by its unexpected words and their log-odds; `trained`: the share in training.

    `share`: log-odds of the share of them that are wrong, estimated by expectation and maximisation (Saerens,
    Latinne and Decaestecker 2002). `freedom`: how many words farther from their places they stand than those of
    the mean version; held to 0 where they are few.
    """
    distances = {version: sum(d.features["apart"] for d in here) / len(here) for version, here in found.items()}
    mean = sum(distances.values()) / max(len(distances), 1)
    out = {}
    for version, here in found.items():
        share = _share(odds[version], trained)
        freedom = (distances[version] - mean) * len(here) / (len(here) + _STRENGTH)
        out[version] = {"share": _logit(share), "freedom": freedom}
    return out


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def log_odds(features: Mapping[str, float], model: Mapping[str, Any]) -> float:
    """Return a logistic model's log-odds that a doubtful word is wrong, where as many are as in its training."""
    return float(model["bias"] + sum(weight * features[name] for name, weight in model["weights"].items()))


def _share(log_odds: Sequence[float], trained: float) -> float:
    """Estimate the share of wrong ones among one version's unexpected words, above 0 and below 1."""
    import numpy as np

    odds = np.exp(np.array(log_odds))
    share = trained
    for _ in range(_ROUNDS):
        ratio = share * (1 - trained) / (trained * (1 - share))
        wrong = float((odds * ratio / (1 + odds * ratio)).sum())
        share = (wrong + _STRENGTH * _SHARE) / (len(odds) + _STRENGTH)
    return share


def faithfulness(aligned: AlignedWords, known: Renderings, version: str) -> float:
    """Return the share of the source's words that a version renders as they are known to be, 0 to 1."""
    return _share_rendered(read_rows(aligned, known), version)


@cache
def _model() -> Mapping[str, Any]:
    model: Mapping[str, Any] = artefacts.record("wrong_senses.json")
    return model


def _share_rendered(rows: Iterable[Row], version: str) -> float:
    """Return the share of the source's words that a version renders as they are known to be, 0 to 1."""
    counts = [row.rendered[version] for row in rows if version in row.rendered]
    return sum(rendered for rendered, _ in counts) / max(sum(words for _, words in counts), 1)
