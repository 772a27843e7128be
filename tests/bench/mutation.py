"""Tests that notice: of changes made by chance to a room's code, the share that its tests find out.

A change is one of cosmic-ray's (a comparison turned, a number altered, a condition denied, a loop skipped …) at a place
drawn with a fixed seed. It is made in a copy of the tree, where those of the room's tests that call the changed
function run until the first fails: the quick ones first, then their files as a whole. What no test notices is printed
on standard error, to be read: some changes change nothing. `HEXAPLA_CHANGES` (40 unless said) are made to each room;
`HEXAPLA_SEED` (1 unless said) draws others.
"""

from __future__ import annotations

import ast
import cProfile
import functools
import importlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import pytest

from tests.bench import Figure

_ROOT = Path(__file__).parents[2]

#: Rooms, and the tests (of `tests/`) that have to notice.
ROOMS = {
    "checks": (
        *(
            "test_checks*.py",
            "test_figures.py",
            "test_golden*.py",
            "test_typography.py",
            "test_terms.py",
            "test_rows.py",
            "test_rules.py",
        ),
        *("test_meaning*.py", "test_omissions.py", "test_wrong_senses.py", "test_grammar.py", "test_spelling.py"),
        "test_misprints.py",
    ),
    "names": (
        "test_figures.py",
        "test_names*.py",
        "test_romanise.py",
        "test_bug_cyrillic.py",
        "test_misprints.py",
        "test_unread_languages.py",
        "test_checks*.py",
        "test_golden*.py",
    ),
    "quantities": ("test_quantities.py", "test_checks_num.py"),
    "meaning": (
        *("test_meaning*.py", "test_omissions.py", "test_suspect_spans.py", "test_wrong_senses.py"),
        *("test_misprints.py", "test_network_parity.py", "test_checks*.py", "test_golden*.py"),
    ),
    "repeats": ("test_figures.py", "test_repeats*.py", "test_checks*.py", "test_golden*.py"),
    "alignment": ("test_figures.py", "test_alignment*.py", "test_collation*.py", "test_golden*.py"),
    "pipeline.py": (
        *("test_pipeline*.py", "test_rules.py", "test_unread_languages.py", "test_bounds.py"),
        *("test_records.py", "test_cli.py", "test_golden.py"),
    ),
    "decisions.py": ("test_decisions*.py",),
}
#: Changes made to a room, and the seed that draws them.
_CHANGES, _SEED = int(os.environ.get("HEXAPLA_CHANGES", "40")), int(os.environ.get("HEXAPLA_SEED", "1"))
#: Trees at work side by side; seconds, by the processor's and by the wall's clock, after which a test that hangs has
#: noticed.
_TREES, _SECONDS, _PATIENCE = 2, 300, 6000
#: What others have made and every run needs: imported once, before it forks.
_OTHERS = "hypothesis numpy regex lxml.etree typer rich pymorphy3 simplemma sacrebleu rapidfuzz".split()


def bench() -> Iterator[Figure]:
    """Yield the share of changes noticed in each room."""
    with tempfile.TemporaryDirectory() as folder:
        trees = [_copied(Path(folder) / str(n)) for n in range(_TREES)]
        calls = _calls(trees, sorted({file for patterns in ROOMS.values() for file in _files(patterns)}))
        for room, patterns in ROOMS.items():
            changes = draw(room, _CHANGES, _SEED)
            noticed = _noticed(changes, trees, _of_files(calls, _files(patterns)))
            for change in (change for change in changes if not noticed[change]):
                print(f"{room}: unnoticed: {change.operator}\n{_difference(change)}", file=sys.stderr)
            yield Figure(f"{room}: changes noticed, of {len(changes)}", sum(noticed.values()) / len(changes), 0.85)


#: Decorators that save time and change no answer.
_KEEPING = re.compile(r"(functools\.)?(lru_)?cache(\(.*\))?")

#: A function, `file:line`, and the tests that call it.
Calls = dict[str, list[str]]


class Change(NamedTuple):
    """One of cosmic-ray's operators at the nth of its places in a file, which is in that line."""

    path: Path
    operator: str
    occurrence: int
    line: int


def draw(room: str, count: int, seed: int) -> list[Change]:
    """Draw places of a room's code, each once, and one of the changes that can be made there."""
    from cosmic_ray import plugins
    from cosmic_ray.ast import ast_nodes, get_ast_from_path

    target = _ROOT / "compare" / room
    files = sorted(target.rglob("*.py")) if target.is_dir() else [target]
    places: dict[tuple[Path, tuple[int, int]], list[Change]] = {}
    operators = {name: plugins.get_operator(name) for name in plugins.operator_names()}
    for path in files:
        nodes, idle = list(ast_nodes(get_ast_from_path(path))), _idle(path)
        for name, operator in operators.items():
            if operator.arguments() or name.endswith(("_Is", "_IsNot")):  # `is` for `==` changes nothing but warnings
                continue
            made = operator()
            starts = (start for node in nodes for start, _ in made.mutation_positions(node))
            for occurrence, start in enumerate(starts):
                if not any(first <= start < last for first, last in idle):
                    places.setdefault((path, start), []).append(Change(path, name, occurrence, start[0]))
    rng = random.Random(seed)
    chosen = rng.sample(sorted(places), min(count, len(places)))
    return [rng.choice(places[place]) for place in chosen]


def _idle(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find what changes no answer.

    Annotations, imports for types, what keeps the answers of a function; `zip`'s demand that lengths agree, and the
    slots of a dataclass, which fail where the code is wrong already; that a value is frozen, which
    `tests/test_layers.py` reads of all; that a check's findings in a version are kept `alone`.
    """
    found: list[ast.expr | ast.stmt | None] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            found.append(node.returns)
            found += [each for each in node.decorator_list if _KEEPING.fullmatch(ast.unparse(each))]
        elif isinstance(node, ast.Call):
            found += [each.value for each in node.keywords if each.arg in ("strict", "slots", "frozen", "alone")]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            found.append(node)
    return [
        # one column earlier: where the sign before a decorator stands
        ((node.lineno, node.col_offset - 1), (node.end_lineno or 0, node.end_col_offset or 0))
        for node in found
        if node
    ]


def _mutated(change: Change) -> str:
    from cosmic_ray import plugins
    from cosmic_ray.mutating import mutate_code

    before = change.path.read_text("utf-8")
    return mutate_code(before, plugins.get_operator(change.operator)(), change.occurrence) or before


def _difference(change: Change) -> str:
    from difflib import unified_diff

    name = str(change.path.relative_to(_ROOT))
    before, after = (text.splitlines(True) for text in (change.path.read_text("utf-8"), _mutated(change)))
    return "".join(unified_diff(before, after, name, name, n=1))


def _files(patterns: Sequence[str]) -> set[str]:
    return {str(path.relative_to(_ROOT)) for pattern in patterns for path in (_ROOT / "tests").glob(pattern)}


def _copied(tree: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(_ROOT / name, tree / name)
    return tree


def _noticed(changes: Sequence[Change], trees: Sequence[Path], calls: Calls) -> dict[Change, bool]:
    """Make each change in a tree that is free and say whether a test fails there."""
    noticed = dict.fromkeys(changes, False)
    free, busy = list(trees), dict[int, tuple[Change, Path]]()
    waiting = [change for change in reversed(changes) if _callers(change, calls)]
    while waiting or busy:
        if waiting and free:
            change, tree = waiting.pop(), free.pop()
            (tree / change.path.relative_to(_ROOT)).write_text(_mutated(change), "utf-8")
            busy[_forked(tree, _callers(change, calls))] = change, tree
        else:
            pid, status = os.wait()
            change, tree = busy.pop(pid)
            shutil.copy2(change.path, tree / change.path.relative_to(_ROOT))
            noticed[change] = status != 0
            free.append(tree)
    return noticed


def _forked(tree: Path, tests: Sequence[str], recorder: _Recorder | None = None) -> int:
    """Start tests in a fork that has what others have made imported already; its status is 0 when all pass."""
    for name in _OTHERS:
        importlib.import_module(name)
    pid = os.fork()
    if not pid:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.chdir(tree)
        sys.path.insert(0, str(tree))
        sys.dont_write_bytecode = not recorder
        for name in [name for name in sys.modules if name.partition(".")[0] in ("compare", "tests")]:
            del sys.modules[name]
        if not recorder:  # what hangs is ended, and so noticed, but not what waits on a busy machine
            signal.setitimer(signal.ITIMER_PROF, _SECONDS)
            signal.alarm(_PATIENCE)
        options = ["-x", "-q", "-n0", "-p", "no:cacheprovider"]
        os._exit(pytest.main([*options, *tests], [recorder] if recorder else []))
    return pid


class _Recorder:
    """A plugin of pytest: writes down the functions of `compare` that each test calls, and how long it takes.

    What is called while fixtures are made is called by the file: its tests may share them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        """Record what a test's fixtures call."""
        yield from self._record(item.nodeid.partition("::")[0])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Record what a test calls."""
        yield from self._record(item.nodeid)

    def _record(self, caller: str) -> Iterator[None]:
        _forget()
        profile = cProfile.Profile(subcalls=False, builtins=False)
        started = time.perf_counter()
        with profile:
            yield
        seconds = time.perf_counter() - started
        codes = [each.code for each in profile.getstats() if isinstance(each.code, CodeType)]
        called = [(code.co_filename, code.co_firstlineno) for code in codes]
        places = [f"{Path(name).relative_to(Path.cwd())}:{line}" for name, line in called if "/compare/" in name]
        with self.path.open("a") as file:
            file.write(json.dumps([caller, seconds, places]) + "\n")


def _forget() -> None:
    """Empty the caches of answers, so that a test calls what an earlier one called; what is loaded once stays."""
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "compare"]:
        for each in vars(module).values():
            if isinstance(each, functools._lru_cache_wrapper) and each.cache_parameters()["maxsize"] is not None:
                each.cache_clear()


def _calls(trees: Sequence[Path], files: Sequence[str]) -> Calls:
    """Return the tests that call each function, the quickest first."""
    for n, tree in enumerate(trees):
        _forked(tree, files[n :: len(trees)], _Recorder(tree / "calls"))
    for _ in trees:
        if os.wait()[1]:
            raise RuntimeError("a test fails before anything is changed")
    recorded = [json.loads(line) for tree in trees for line in (tree / "calls").read_text().splitlines()]
    calls: Calls = {}
    for test, _, places in sorted(recorded, key=lambda each: each[1]):
        for place in places:
            calls.setdefault(place, []).append(test)
    return calls


def _of_files(calls: Calls, files: set[str]) -> Calls:
    return {place: [test for test in tests if test.partition("::")[0] in files] for place, tests in calls.items()}


def _callers(change: Change, calls: Calls) -> list[str]:
    """Choose the tests that may notice: what calls the changed function, else what calls any of its file, else all.

    Of a function whose answers are always kept only the first call is seen: whatever calls its file may depend on it.
    """
    name = str(change.path.relative_to(_ROOT))
    inside = [
        min([node.lineno, *(each.lineno for each in node.decorator_list)])
        for node in ast.walk(ast.parse(change.path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.body[0].lineno <= change.line <= (node.end_lineno or 0)
        and not any(_KEEPING.fullmatch(ast.unparse(each)) for each in node.decorator_list)
    ]
    of_file = [tests for place, tests in calls.items() if place.startswith(f"{name}:")]
    called = calls.get(f"{name}:{max(inside, default=0)}")
    return list(dict.fromkeys(called or (test for tests in of_file or calls.values() for test in tests)))
