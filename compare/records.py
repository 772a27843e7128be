"""What was computed, kept on disk between runs by all that it was computed from.

A record is found again only where the program, what is installed with it, and what it was made of are the same to the
last byte; any doubt (a damaged file, a cache that cannot be had) means that it is computed. Values are written as JSON,
never as code: plain data, arrays, and the dataclasses that whoever reads them names.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import json
import sys
import zlib
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from compare.encode import cache
from compare.remembered import asked, functions
from compare.values import Collation, Row, Version

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

_FILE = "records-1"
#: What JSON writes as it is.
_PLAIN = frozenset((str, int, float, bool, type(None)))


def kept(what: str, made_of: Iterable[object], compute: Callable[[], T], kinds: Iterable[type] = ()) -> T:
    """Return what `compute` returns, from the cache where it is there, and kept there where it is not.

    `made_of`: all that it depends on, in order, as `digest` takes it. `kinds`: the dataclasses of which it is made.
    Tuples, lists, mappings with keys of any plain kind, fractions, and arrays come back as they were.
    """
    if not recording():
        return compute()
    key = _key(what, made_of)
    found: dict[bytes, T] = _load([key], kinds)
    if key not in found:
        found[key] = compute()
        _store(found)
    return found[key]


def recording() -> bool:
    """Tell whether there is a place where records are kept."""
    return cache.folder() is not None


#: How much more a function has been asked than what is kept of it, for that to be kept again.
_GROWN = 1.02


@contextmanager
def remembering(work: str) -> Iterator[None]:
    """Know what `remembered` functions were asked when this was last done with a work of that name; keep what they are.

    Not among it is what the process knows already from another work.
    """

    def key(name: str) -> bytes:
        return _key("asked", [work, name])

    found = _load(list(map(key, functions())), ()) if recording() else {}
    before = {name: dict(zip(*found[key(name)], strict=True)) for name in functions() if key(name) in found}
    sizes = {name: len(known) for name, known in before.items()}
    with asked(before) as answers:
        found.clear()
        before.clear()  # the answers stand with the functions now
        yield
        for name, known in answers.items():  # one by one: as JSON each takes its room again
            if recording() and len(known) > _GROWN * sizes.get(name, 0):
                _store({key(name): (tuple(known), tuple(known.values()))})


def kept_by_rows(
    what: str,
    collation: Collation,
    compute: Callable[[Sequence[slice]], Iterable[Sequence[T]]],
    kinds: Iterable[type] = (),
    made_of: Iterable[object] = (),
) -> list[T]:
    """Return what `compute` says of each row, from the cache for stretches of rows that have not changed.

    `compute` gets some stretches of rows, and for each says of its rows what depends on nothing but the texts of this
    stretch and `made_of`; `kinds` as in `kept`.
    """
    answering = steps(what, collation, compute, kinds, made_of)
    while True:
        try:
            next(answering)
        except StopIteration as end:
            found: list[T] = end.value
            return found


def kept_by_cells(
    what: str, collation: Collation, say: Callable[[Version, int], T], kinds: Iterable[type] = ()
) -> Mapping[str, tuple[T, ...]]:
    """Return by version what `say` says of its cell in each row, given by index, kept as `kept_by_rows` does."""
    versions = collation.work.versions

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[T, ...]]]:
        for rows in stretches:
            yield [tuple(say(version, i) for version in versions) for i in range(rows.start, rows.stop)]

    found = kept_by_rows(what, collation, some, kinds)
    return {version.id: tuple(row[n] for row in found) for n, version in enumerate(versions)}


def steps(
    what: str,
    collation: Collation,
    compute: Callable[[Sequence[slice]], Iterable[Sequence[T]]],
    kinds: Iterable[type] = (),
    made_of: Iterable[object] = (),
    reach: int = 0,
    of_row: Callable[[Row], object] | None = None,
    divided: bool = False,
) -> Generator[float, None, list[T]]:
    """Do the same in steps of a few stretches, so that several may be done side by side; return it at the end.

    Each step yields the share of the stretches that are done, above 0 and up to 1. `divided`: whether another process,
    if there is one (`sharing`), does the same from the other end.

    It may depend on the rows within `reach` on either side of the stretch as well, and on what `of_row` says of a row.
    """
    stretches = [(_key(what, keys), rows) for rows, keys in _keyed(collation, made_of, reach, of_row)]
    ordered = stretches if _from_first else stretches[::-1]
    together = _TOGETHER if recording() else _UNKEPT
    found: dict[bytes, Sequence[T]] = _load([key for key, _ in stretches], kinds) if recording() else {}
    start = 0
    while start < len(ordered):
        if divided and _sharing:  # the other process may have kept them since
            near = [key for key, _ in ordered[start : start + _SHARE * _TOGETHER]]
            found |= _load([key for key in near if key not in found], kinds)
            together = _share([key in found for key in near])
        lacking = {key: rows for key, rows in ordered[start : start + together] if key not in found}
        if lacking:
            computed = dict(zip(lacking, map(tuple, compute(list(lacking.values()))), strict=True))
            if recording():
                _store(computed)
            found |= computed
        start += together
        yield min(start / len(ordered), 1.0)
    return [value for key, _ in stretches for value in found[key]]


def _share(found: Sequence[bool]) -> int:
    """Return how many of the next stretches to take, by which of them another process has kept, coming from the end.

    The fewer are left between the two, the fewer at a time: what both compute in the end is lost (guided
    self-scheduling: Polychronopoulos & Kuck 1987).
    """
    if found[0]:
        return next((n for n, known in enumerate(found) if not known), len(found))
    return max(found.index(True) // _SHARE, 1) if True in found else _TOGETHER


def lacking(
    what: str,
    collation: Collation,
    made_of: Iterable[object] = (),
    reach: int = 0,
    of_row: Callable[[Row], object] | None = None,
) -> int:
    """Count the stretches of rows that `steps` would have to compute and could keep."""
    if not recording():
        return 0
    keys = {_key(what, keys) for _, keys in _keyed(collation, made_of, reach, of_row)}
    return len(keys - cache.load(_FILE, list(keys)).keys())


#: Whether another process computes the same stretches; and whether from the last one on, and this one from the first.
_sharing = _from_first = False


def from_first() -> None:
    """Compute stretches from the first one on, while the process that began this one does from the last."""
    global _sharing, _from_first
    _sharing = _from_first = True


@contextmanager
def sharing() -> Iterator[None]:
    """Leave to another process what it has kept, as long as the block runs."""
    global _sharing
    _sharing = True
    try:
        yield
    finally:
        _sharing = False


def stretch(collation: Collation, i: int) -> slice:
    """Return the stretch of rows in which the row of that index is computed and kept."""
    stretches = _cut(collation)[1]
    return stretches[bisect_right(stretches, i, key=lambda rows: rows.stop)]


def with_neighbours(collation: Collation, rows: slice) -> slice:
    """Extend stretches of rows by the one before them and the one after them.

    What is cut at the same rows is computed in the same company, and found again.
    """
    last = len(collation.rows) - 1
    return slice(stretch(collation, max(rows.start - 1, 0)).start, stretch(collation, min(rows.stop, last)).stop)


def _keyed(
    collation: Collation, made_of: Iterable[object], reach: int, of_row: Callable[[Row], object] | None
) -> Iterator[tuple[slice, list[object]]]:
    """Yield stretches of rows, and by what each is found again."""
    versions = collation.work.versions
    common = digest([*((v.id, v.lang, v.role) for v in versions), *made_of])
    keys, stretches = _cut(collation)
    for rows in stretches:
        first = max(rows.start - reach, 0)
        about = slice(first, rows.stop + reach)
        more = [of_row(row) for row in collation.rows[about]] if of_row else []
        yield rows, [common, *([rows.start - first] if reach else ()), *keys[about], *more]


def _cut(collation: Collation) -> tuple[list[bytes], list[slice]]:
    """Digest each row's texts, and cut the rows in stretches."""
    if collation not in _cuts:
        versions = collation.work.versions
        keys = [digest(_cell(collation, row, v.id) for v in versions) for row in collation.rows]
        _cuts[collation] = keys, list(_stretches(keys))
    return _cuts[collation]


#: What `_cut` says, for as long as its collation lives: a dozen rooms ask for it.
_cuts: WeakKeyDictionary[Collation, tuple[list[bytes], list[slice]]] = WeakKeyDictionary()


def _cell(collation: Collation, row: Row, version: str) -> bytes:
    """Write a cell, and where its sentences stand in it."""
    bounds = " ".join(f"{s.start}-{s.end}" for s in collation.sentences(row, version))
    return f"{collation.cell(row, version)}\0{bounds}".encode("utf-8", "surrogatepass")


#: Rows of a stretch at least and at most; between, about one row in so many ends one. An edited word computes its
#: stretch again: a longer one makes an editor wait, a shorter one costs more to keep and to find.
_LEAST, _MOST, _ENDS = 8, 24, 8
#: Stretches that are computed together where they are lacking, and kept then: what an interrupted run loses at most.
_TOGETHER = 8
#: The same where nothing is kept: what stands beside them is computed once more with the next ones.
_UNKEPT = 64
#: Of the stretches that are left between two processes either takes one in so many at a time.
_SHARE = 4


def _stretches(keys: Sequence[bytes]) -> Iterator[slice]:
    """Cut rows where these say so, not at every so many: a row more or less changes the stretch in which it stands."""
    start = 0
    for i, key in enumerate(keys):
        length = i + 1 - start
        if length == _MOST or (length >= _LEAST and key[0] % _ENDS == 0):
            yield slice(start, i + 1)
            start = i + 1
    if start < len(keys):
        yield slice(start, len(keys))


def digest(parts: Iterable[object]) -> bytes:
    """Reduce texts, bytes, arrays and plain data to 16 bytes, so that no other parts give the same."""
    import numpy as np

    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, bytes):
            data = part
        elif isinstance(part, np.ndarray):
            data = f"{part.dtype.str}{part.shape}".encode() + np.ascontiguousarray(part).tobytes()
        else:
            data = json.dumps(_folded(part)).encode()
        total.update(f"{type(part).__name__}{len(data)}:".encode())
        total.update(data)
    return total.digest()


def _load(keys: Sequence[bytes], kinds: Iterable[type]) -> dict[bytes, Any]:
    """Return what was kept under keys, made of `kinds`; what was not, or cannot be read, is not there."""
    named = {kind.__name__: kind for kind in kinds}
    found = {}
    for key, data in cache.load(_FILE, keys).items():
        # another make of this room may have written it, or it is damaged in a way that its checksum does not show
        with suppress(ValueError, TypeError, KeyError, zlib.error):
            found[key] = _unfolded(json.loads(zlib.decompress(data)), named)
    return found


def _store(values: Mapping[bytes, object]) -> None:
    written = {
        key: json.dumps(_folded(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        for key, value in values.items()
    }
    cache.store(_FILE, {key: zlib.compress(data, 1) for key, data in written.items()})


def _key(what: str, made_of: Iterable[object]) -> bytes:
    return digest((what, _program(), *made_of))


@functools.cache
def _program() -> bytes:
    """Digest the package's own files and the names and versions of all that is installed with it."""
    package = Path(__file__).parent
    own = ((p.relative_to(package).as_posix(), p) for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc")
    files = [(name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in sorted(own)]
    installed = {p.name for entry in sys.path for p in Path(entry or ".").glob("*-info")}
    return digest([sys.version, files, sorted(installed)])


def _folded(value: Any) -> Any:
    """Write a value as JSON knows it; what JSON lacks as an object whose one key says what it is."""
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return value if _PLAIN.issuperset(map(type, value)) else [_folded(each) for each in value]
    if parts := _parts(kind):
        return {kind.__name__: _folded(parts(value))}
    if isinstance(value, Mapping):
        return {"map": [[_folded(key), _folded(each)] for key, each in value.items()]}
    if isinstance(value, list):
        return {"list": [_folded(each) for each in value]}
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    return {"array": _array(value)} if value.shape else _folded(value.item())


@functools.cache
def _parts(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what takes a value of a dataclass apart; None for another kind of value."""
    if not dataclasses.is_dataclass(kind):
        return None
    names = [field.name for field in dataclasses.fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)


def _array(value: NDArray[Any]) -> list[Any]:
    if value.dtype.hasobject:
        raise TypeError(f"not to be kept: {value!r}")
    return [value.dtype.str, list(value.shape), base64.b64encode(value.tobytes()).decode()]


def _unfolded(value: Any, kinds: Mapping[str, type]) -> Any:
    if isinstance(value, list):
        return tuple(value if _PLAIN.issuperset(map(type, value)) else (_unfolded(each, kinds) for each in value))
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "map":
        return {_unfolded(key, kinds): _unfolded(each, kinds) for key, each in content}
    if kind == "list":
        return [_unfolded(each, kinds) for each in content]
    if kind == "fraction":
        return Fraction(*content)
    if kind == "array":
        import numpy as np

        dtype, shape, data = content
        return np.frombuffer(base64.b64decode(data), dtype).reshape(shape)
    return kinds[kind](*_unfolded(content, kinds))
