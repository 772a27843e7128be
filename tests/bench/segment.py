"""Sentences: the share of the hard cases cut exactly, sentences left whole by wrapping, and speed, beside the peers."""

from __future__ import annotations

import importlib.util
import re
import textwrap
import time
from collections.abc import Callable, Iterator

from compare.segment import sentences
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.sentences import ENGLISH, RUSSIAN

Cut = Callable[[str, str], list[str]]


def bench() -> Iterator[Figure]:
    cutters = {"ours": _ours} | _peers()
    for lang, cases in (("en", ENGLISH), ("ru", RUSSIAN)):
        figures = {name: _exact(cut, cases, lang) for name, cut in cutters.items()}
        yield Figure(f"hard cases cut exactly, {lang}", figures.pop("ours"), 0.95, peers=figures)
    if SHARED is None:
        return
    for lang, file in (("en", "nest/en-garnett"), ("ru", "nest/ru")):
        text = (SHARED / f"{file}.txt").read_text(encoding="utf-8")
        yield Figure(f"sentences that wrapping at 72 changes, {lang}", _changed(text, lang), 0.005, "lower")
        figures = {name: _seconds(cut, text, lang) for name, cut in cutters.items()}
        yield Figure(f"30,000 sentences, {lang}", figures.pop("ours"), 2.0, "lower", figures, " s")


def _ours(text: str, lang: str) -> list[str]:
    return [span.of(text) for span in sentences(text, lang)]


def _peers() -> dict[str, Cut]:
    """Return the splitters that are installed, behind one signature."""
    peers: dict[str, Cut] = {}
    if importlib.util.find_spec("razdel"):
        import razdel

        peers["razdel"] = lambda text, lang: [piece.text for piece in razdel.sentenize(text)]
    if importlib.util.find_spec("sentencex"):
        import sentencex

        peers["sentencex"] = lambda text, lang: [s.strip() for s in sentencex.segment(lang, text) if s.strip()]
    if importlib.util.find_spec("pysbd"):
        import pysbd

        known = {lang: pysbd.Segmenter(language=lang, clean=False) for lang in ("en", "ru")}
        peers["pysbd"] = lambda text, lang: [s.strip() for s in known[lang].segment(text)]
    return peers


def _exact(cut: Cut, cases: str, lang: str) -> float:
    lines = cases.strip().splitlines()
    return sum(cut(line.replace(" | ", " "), lang) == line.split(" | ") for line in lines) / len(lines)


def _changed(text: str, lang: str) -> float:
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    wrapped = "\n\n".join("\n".join(textwrap.wrap(block, 72, break_on_hyphens=False)) for block in paragraphs)
    whole = set(_ours("\n\n".join(paragraphs), lang))
    return len(whole - {" ".join(sentence.split()) for sentence in _ours(wrapped, lang)}) / len(whole)


def _seconds(cut: Cut, text: str, lang: str) -> float:
    """Measure on a tenth: some peers take minutes for the whole."""
    before = time.process_time()
    found = len(cut(text, lang))
    return (time.process_time() - before) * 30_000 / found
