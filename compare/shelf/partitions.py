"""Files between the stages of a shelf: a folder a stage and partition, and in it a file for each task that wrote there.

No process holds more than what it reads of them: a group of works, or a partition.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.extras import need
from compare.shelf import storage, tables
from compare.shelf.record import Order
from compare.shelf.works import Listed

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bytes of works for a partition, and partitions at most.
PARTITION_BYTES, PARTITIONS = 64 << 20, 1024
#: Lines that each task shows of its part.
SHOWN = 200
#: The folder of what lies between stages, and that of the shelf's tables.
PARTS, TABLES = "parts", "tables"

Line = dict[str, Any]


def number_of(listed: Sequence[Listed]) -> int:
    """Return into how many partitions what the works hold is cut."""
    return min(PARTITIONS, 1 + sum(each.size for each in listed) // PARTITION_BYTES)


def ranked(lines: Iterable[Line], weight: Callable[[Line], float]) -> list[Line]:
    """Return the lines to show, the weightiest first; equal weights in the order of their words."""
    return heapq.nsmallest(SHOWN, lines, key=lambda line: (-weight(line), sorted(map(str, line.values()))))


def arrow(columns: Mapping[str, Any]) -> Any:
    """Return columns as a table of pyarrow."""
    return need("pyarrow", storage.EXTRA).table(dict(columns))


def put(order: Order, folder: str, number: int, table: Any) -> None:
    """Write a table as the file of that number in a folder of the shelf."""
    storage.write(storage.join(order.out, folder, file_name(number)), tables.write(table))


def file_name(number: int) -> str:
    """Return the name of the file of that number."""
    return f"part-{number:05}.parquet"


def shuffle(order: Order, stage: str, number: int, table: Any, home: NDArray[Any]) -> None:
    """Write each line of a table to its partition: a file a partition that has lines."""
    for part in np.unique(home).tolist():
        put(order, f"{PARTS}/{stage}/{part}", number, table.take(np.flatnonzero(home == part)))


def spread(order: Order, stage: str, number: int, lines: Sequence[Line], key: str, parts: int) -> None:
    """Write each mapping to the partition of its key."""
    if lines:
        home = np.array([zlib.crc32(line[key].encode()) % parts for line in lines])
        shuffle(order, stage, number, need("pyarrow", storage.EXTRA).Table.from_pylist(list(lines)), home)


def _read(order: Order, stage: str, part: int) -> list[Any]:
    folder = storage.join(order.out, PARTS, stage, str(part))
    return [tables.read(storage.read(storage.join(folder, name))) for name in storage.names(folder)]


def get(order: Order, folder: str, number: int) -> Any:
    """Read the file of that number. Raises FileNotFoundError."""
    return tables.read(storage.read(storage.join(order.out, folder, file_name(number))))


def lines(order: Order, stage: str, part: int) -> list[Line]:
    """Read a partition as mappings; none where it is empty."""
    return [line for table in _read(order, stage, part) for line in table.to_pylist()]


def columns(order: Order, stage: str, part: int) -> dict[str, NDArray[Any]]:
    """Read a partition as columns; {} where it is empty."""
    read = _read(order, stage, part)
    if not read:
        return {}
    return {name: np.concatenate([table[name].to_numpy() for table in read]) for name in read[0].column_names}
