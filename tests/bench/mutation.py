"""Tests that notice: of changes made by chance to a room's code, the share that its tests find out.

A change is one of cosmic-ray's (a comparison turned, a number altered, a condition denied, a loop skipped …) at a place
drawn with a fixed seed; it is made in a copy of the tree, and the room's own tests are run until the first fails. What
no test notices is printed on standard error, to be read: some changes change nothing.
"""

from __future__ import annotations

import ast
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

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
        ),
        *("test_meaning*.py", "test_omissions.py", "test_wrong_senses.py", "test_grammar.py", "test_spelling.py"),
    ),
    "names": (
        "test_figures.py",
        "test_names*.py",
        "test_romanise.py",
        "test_bug_cyrillic.py",
        "test_checks*.py",
        "test_golden*.py",
    ),
    "quantities": ("test_quantities.py", "test_checks_num.py"),
    "meaning": (
        *("test_meaning*.py", "test_omissions.py", "test_wrong_senses.py", "test_network_parity.py"),
        *("test_checks*.py", "test_golden*.py"),
    ),
    "repeats": ("test_figures.py", "test_repeats*.py", "test_checks*.py", "test_golden*.py"),
    "alignment": ("test_figures.py", "test_alignment*.py", "test_collation*.py", "test_golden*.py"),
    "pipeline.py": (
        *("test_pipeline*.py", "test_rules.py", "test_unread_languages.py", "test_bounds.py"),
        *("test_records.py", "test_cli.py", "test_golden.py"),
    ),
    "decisions.py": ("test_decisions*.py",),
}
#: Changes made to a room, trees at work side by side, and seconds after which a test that hangs has noticed.
_CHANGES, _TREES, _SECONDS = 40, 2, 600


def bench() -> Iterator[Figure]:
    """Yield the share of changes noticed in each room."""
    for room, tests in ROOMS.items():
        changes = draw(room, _CHANGES)
        unnoticed = [change for change, noticed in zip(changes, _noticed(changes, tests), strict=True) if not noticed]
        for path, operator, occurrence in unnoticed:
            print(
                f"{room}: unnoticed: {operator} {occurrence}\n{_difference(path, operator, occurrence)}",
                file=sys.stderr,
            )
        yield Figure(f"{room}: changes noticed, of {len(changes)}", 1 - len(unnoticed) / len(changes), 0.85)


#: Decorators that save time and change no answer.
_KEEPING = re.compile(r"(functools\.)?(lru_)?cache(\(.*\))?")

Change = tuple[Path, str, int]


def draw(room: str, count: int, seed: int = 1) -> list[Change]:
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
                    places.setdefault((path, start), []).append((path, name, occurrence))
    rng = random.Random(seed)
    chosen = rng.sample(sorted(places), min(count, len(places)))
    return [rng.choice(places[place]) for place in chosen]


def _idle(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find what changes no answer.

    Annotations, imports for types, what keeps the answers of a function; `zip`'s demand that lengths agree, and the
    slots of a dataclass, which fail where the code is wrong already.
    """
    found: list[ast.expr | ast.stmt | None] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            found.append(node.returns)
            found += [each for each in node.decorator_list if _KEEPING.fullmatch(ast.unparse(each))]
        elif isinstance(node, ast.Call):
            found += [each.value for each in node.keywords if each.arg in ("strict", "slots")]
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


def _mutated(path: Path, operator: str, occurrence: int) -> tuple[str, str]:
    from cosmic_ray import plugins
    from cosmic_ray.mutating import mutate_code

    before = path.read_text("utf-8")
    return before, mutate_code(before, plugins.get_operator(operator)(), occurrence) or before


def _difference(path: Path, operator: str, occurrence: int) -> str:
    from difflib import unified_diff

    before, after = _mutated(path, operator, occurrence)
    name = str(path.relative_to(_ROOT))
    return "".join(unified_diff(before.splitlines(True), after.splitlines(True), name, name, n=1))


def _noticed(changes: Sequence[Change], patterns: Sequence[str]) -> list[bool]:
    """Make each change in a copy of the tree and say whether a test fails."""
    tests = sorted({str(p.relative_to(_ROOT)) for pattern in patterns for p in (_ROOT / "tests").glob(pattern)})
    with tempfile.TemporaryDirectory() as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for n in range(_TREES):
            tree = Path(folder) / str(n)
            listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, text=True, check=True)
            for name in filter(None, listed.stdout.split("\0")):
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(_ROOT / name, tree / name)
            trees.put(tree)

        def fails(change: Change) -> bool:
            tree = trees.get()
            path, operator, occurrence = change
            before, after = _mutated(path, operator, occurrence)
            copy = tree / path.relative_to(_ROOT)
            copy.write_text(after, "utf-8")
            try:
                command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
                return subprocess.run(command, cwd=tree, capture_output=True, timeout=_SECONDS).returncode != 0
            except subprocess.TimeoutExpired:
                return True
            finally:
                copy.write_text(before, "utf-8")
                trees.put(tree)

        with ThreadPoolExecutor(_TREES) as pool:
            return list(pool.map(fails, changes))
