"""No room imports one that stands above it, nor files each other in a circle, at the start or later, or for types."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "compare"

#: The rooms of ARCHITECTURE.md from the ground up; what shares a line may not import its neighbours, but itself.
LAYERS = (
    "remembered threads convolution files artefacts frames lang",
    "values",
    "words misprints messages extras rules calibration similarity",
    "spelling notes",
    "encode read segment",
    "alignment records",
    "collation quantities typography",
    "wordalign retranslation",
    "names grammar repeats",
    "terms",
    "apparatus",
    "meaning",
    "analysis",
    "checks decisions report_diff",
    "write signature",
    "unread notebook ahead",
    "pipeline",
    "review shelf",
    "cli",
)
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms.split()}


def room(module: str) -> str:
    """Return the room of a module: `room("compare.names.detect") == "names"`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def arrows() -> set[tuple[str, str]]:
    """List which room imports which, wherever in a file the import stands."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        here = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "compare":
                for name in node.names:
                    found.add((room(here), room(f"{node.module}.{name.name}")))
    return {(one, two) for one, two in found if one not in ("", "__init__", two)}


def test_no_arrow_climbs() -> None:
    rooms = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir() if path.suffix in ("", ".py")}
    assert rooms - {"__init__", "__pycache__", "__main__"} == set(RANK)
    climbing = {(a, b) for a, b in arrows() if b in RANK and RANK[b] >= RANK[a]}
    assert not climbing


def test_the_architecture_lists_the_rooms_in_their_order() -> None:
    table = (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8").partition("| rooms | hold |")[2]
    listed = [re.findall(r"`(\w+)/?`", line.split("|")[1]) for line in table.partition("\n\n")[0].splitlines()[2:]]
    ranks = [sorted(RANK[room] for room in rooms) for rooms in listed]
    assert sorted(room for rooms in listed for room in rooms) == sorted(RANK)
    assert ranks == sorted(ranks)


def files() -> dict[str, set[str]]:
    """Return for each module those that it imports, wherever in it, but for what the package's face hands on."""
    names = {".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts): p for p in PACKAGE.rglob("*.py")}
    paths = {name.removesuffix(".__init__"): path for name, path in names.items()}
    found: dict[str, set[str]] = {name: set() for name in paths}
    for name in paths.keys() - {"compare"}:
        for node in nodes(paths[name]):
            if isinstance(node, ast.ImportFrom):
                targets = {f"{node.module}.{each.name}" for each in node.names}
                found[name] |= {each if each in paths else str(node.module) for each in targets} & paths.keys()
            if isinstance(node, ast.Import):
                found[name] |= {each.name for each in node.names} & paths.keys()
    return found


def test_no_files_import_each_other_in_a_circle() -> None:
    left = files()
    assert len(left) > 300
    while ground := {name for name, imports in left.items() if not imports & left.keys()}:
        left = {name: imports for name, imports in left.items() if name not in ground}
    assert not left


#: Rooms in which every file is of one kind, and its name says which; and what marks such a file in a mixed room.
ALIKE = {"artefacts", "checks", "cli", "lang"}
BY_NAME = {"read": re.compile(r"^@(prose|rows|either)\(", re.M), "write": re.compile("^SUFFIX = ", re.M)}


@pytest.mark.parametrize("name", sorted({p.parent.name for p in PACKAGE.glob("*/__init__.py")} - ALIKE))
def test_a_room_says_what_each_of_its_files_is_for(name: str) -> None:
    said = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text("utf-8"))) or ""
    paths = [path for path in (PACKAGE / name).rglob("*.py") if path.stem != "__init__"]
    speaking = {path.stem for path in paths if name in BY_NAME and BY_NAME[name].search(path.read_text("utf-8"))}
    assert {path.stem for path in paths} - speaking <= set(re.findall(r"`(\w+)`", said))
    assert set(re.findall(r"`(\w+)`: ", said)) <= {path.stem for path in paths}


#: What gathers while it is made, and is no value.
GATHERING = {"Counts", "Pool", "_Draft"}


def test_values_are_frozen() -> None:
    changing = set()
    for path in PACKAGE.rglob("*.py"):
        for node in nodes(path):
            made = [ast.unparse(each) for each in node.decorator_list] if isinstance(node, ast.ClassDef) else []
            if any(each.startswith("dataclass") and "frozen=True" not in each for each in made):
                changing.add(node.name)
    assert changing == GATHERING


def test_no_check_imports_another() -> None:
    found = [
        (file.name, line)
        for file in sorted((PACKAGE / "checks").glob("*_*.py"))
        for line in file.read_text("utf-8").splitlines()
        if re.match(r"\s*(?:from|import) compare\.checks\.", line)
    ]
    assert found == []


def test_benchmarks_import_no_training_and_training_no_benchmarks() -> None:
    tests = PACKAGE.parent / "tests"
    found = set()
    for path in (*tests.glob("bench/*.py"), *tests.glob("training/*.py"), *tests.glob("planting/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
                found |= {(path.parent.name, f"{node.module}.{name.name}".split(".")[1]) for name in node.names}
    assert not found & {("bench", "training"), ("training", "bench"), ("planting", "bench"), ("planting", "training")}
