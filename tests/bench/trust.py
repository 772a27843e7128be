"""Hostile texts: what each costs from reading to the page, each in a process of its own, alone and beside a source.

`python -m tests.bench.trust 0.1 not "one line"` measures these cases at a tenth of their sizes; without names, all.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from compare.encode import cache
from tests.bench import Figure
from tests.bench.memory import peak

#: CPU seconds after which a case is killed.
_PATIENCE = 600
_PROSE = (
    "The carts came down to the ford at dusk, and the ferryman would not take them over before morning. "
    "Anna Petrova wrote on 12 May that the mill had burned. “Who lit it?” asked the clerk. "
    "Nobody in the village (there were 340 of them) would say. "
)
_SOURCE = (
    "К вечеру подводы спустились к броду, но паромщик не хотел везти их до утра. "
    "Анна Петрова написала 12 мая, что мельница сгорела. «Кто её поджёг?» — спросил писарь. "
    "Никто в селе (а их было 340) не сказал. "
)
_RUSSIAN = "Подводы не спустились к броду. "
_WORDS = "house river not old green the ford a in mill under white seven brother of horse and road they came".split()


def _any_words(count: int) -> str:
    dice = random.Random(count)
    return " ".join(dice.choice(_WORDS) for _ in range(count))


def _code_points(count: int) -> str:
    dice = random.Random(count)
    return "".join(chr(dice.choice((dice.randrange(0xD800), dice.randrange(0xE000, 0x110000)))) for _ in range(count))


def _novel(rows: int, text: str) -> str:
    return "".join(f"{text.replace('340', str(340 + at))}\n\n" for at in range(rows))


#: What makes a text of a size, what makes its source, and the size that is measured.
CASES: dict[str, tuple[Callable[[int], str], Callable[[int], str], int]] = {
    "digits": (lambda n: f"It cost {'7' * n} roubles.", lambda n: f"Это стоило {'7' * n} рублей.", 5_000),
    "surrogate": (lambda n: "He came \ud800 home. " * n, lambda n: "Он пришёл \udfff домой. " * n, 20),
    "code points": (_code_points, lambda n: _RUSSIAN, 20_000),
    "marks alone": (lambda n: "— … ! " * n, lambda n: _RUSSIAN * n, 100),
    "same sentence": (lambda n: "The mill burned down. " * n, lambda n: "Мельница сгорела. " * n, 3_000),
    "same line": (lambda n: "The mill burned down\n\n" * n, lambda n: "Мельница сгорела\n\n" * n, 3_000),
    "one word": (lambda n: "not " * n, lambda n: "не " * n, 1_000_000),
    "not": (lambda n: f"He did {'not ' * n}go.", lambda n: f"Он {'не ' * n}пошёл.", 1_000),
    "apostrophes": (lambda n: f"She said {'’' * n} and left.", lambda n: _RUSSIAN, 2_000),
    "elisions": (lambda n: "o’" * n + " and left.", lambda n: _RUSSIAN, 2_000),
    "initials": (lambda n: "A. " * n + "Petrov came.", lambda n: "А. " * n + "Петров пришёл.", 2_000),
    "long sentence": (lambda n: f"{_any_words(n)}.", lambda n: "дом река не мост " * (n // 4) + ".", 20_000),
    "letters": (lambda n: "a b c d e f g h i j " * (n // 10), lambda n: "а б в г " * (n // 4), 10_000),
    "brackets": (lambda n: "(" * n + "house.", lambda n: _RUSSIAN, 10_000),
    "quotes": (lambda n: "“a " * n + "house.", lambda n: _RUSSIAN, 10_000),
    "address": (lambda n: f"See https://a.org/{'a-b/' * (n // 4)} there.", lambda n: _RUSSIAN, 10_000),
    "verse": (
        lambda n: "The wind blows cold\nOver the hill\n\n" * n,
        lambda n: "Ветер дует\nНад холмом\n\n" * n,
        1_000,
    ),
    "one line": (lambda n: _any_words(n), lambda n: "дом река не мост " * (n // 4), 400_000),
    "empty lines": (lambda n: "The mill." + "\n" * n + "It burned.", lambda n: "Дом." + "\n" * n + "Сгорел.", 100_000),
    "novel": (lambda n: "The mill had burned.", lambda n: _novel(n, _SOURCE), 1_000),
    "prose": (lambda n: _novel(n, _PROSE), lambda n: _novel(n, _SOURCE), 250),
}


def run(case: str, size: int, source: bool, folder: str) -> dict[str, float]:
    """Report on a case, once it has been made; return CPU seconds, GB at the peak, MB of the page, findings."""
    import compare

    text, original, _ = CASES[case]
    texts = {"en": text(size)} | ({"ru": original(size), "en-b": _PROSE} if source else {})
    compare.report(compare.from_texts({"en": "A word.", "en-b": "A word more.", "ru": "Слово."}))
    begin = time.process_time()
    report = compare.report(compare.from_texts(texts))
    checked = time.process_time()
    files = report.write(folder)
    return {
        "seconds": checked - begin,
        "writing": time.process_time() - checked,
        "GB": peak(),
        "MB": max(file.stat().st_size for file in files) / 1e6,
        "findings": len(report.findings),
    }


def measured(case: str, size: int, source: bool) -> dict[str, float | str]:
    """Run a case in a process that is killed after `_PATIENCE` seconds; what went wrong stands under `error`."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE + 5))

    with tempfile.TemporaryDirectory() as folder:
        call = f"trust.run({case!r}, {size}, {source}, {folder!r})"
        code = f"import json; from tests.bench import trust; print(json.dumps({call}))"
        afresh = {
            **os.environ,
            cache.VARIABLE: f"{folder}/cache",
        }  # what an earlier run has kept would flatter this one
        done = subprocess.run(
            [sys.executable, "-c", code], env=afresh, capture_output=True, text=True, preexec_fn=limit
        )
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or [f"killed by signal {-done.returncode}"])[-1]}
    found: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return found


def bench(factor: float = 0.1) -> Iterator[Figure]:
    """Measure every case at a tenth of its size, so that all take some minutes: what is worst of them."""
    results = {
        (name, source): measured(name, int(CASES[name][2] * factor), source)
        for name in CASES
        for source in (False, True)
    }
    yield Figure("cases that end without a report", sum("error" in each for each in results.values()), 0, "lower")
    for what, most, unit in (("GB", 1, " GB"), ("MB", 30, " MB")):
        worst = max((each for each in results.values() if what in each), key=lambda each: each[what])
        yield Figure(f"most {what} of a case", float(worst[what]), most, "lower", unit=unit)


def main(arguments: list[str]) -> None:
    """Print a line for each case, or for those named."""
    factor = float(arguments.pop(0)) if arguments and arguments[0].replace(".", "").isdigit() else 1.0
    for name in arguments or CASES:
        for source in (False, True):
            size = int(CASES[name][2] * factor)
            result = measured(name, size, source)
            shown = " ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}" for k, v in result.items())
            print(f"{name:14} {size:8} {'source' if source else 'alone ':6} {shown}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
