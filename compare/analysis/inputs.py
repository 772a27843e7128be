"""All that is read to judge a collation, so that what was found can be kept by it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from compare.spelling import dictionaries
from compare.values import Collation
from compare.wordalign.renderings import FILE as RENDERINGS


def made_of(collation: Collation) -> Iterator[object]:
    """Yield all that findings depend on, apart from the configuration; decisions are applied to what is found."""
    work = collation.work
    yield dataclasses.replace(work, folder=None, tables={k: t for k, t in work.tables.items() if k != "decisions"})
    own = work.folder / RENDERINGS if work.folder else None
    yield own.read_bytes() if own and own.exists() else b""
    listed = (file for lang in sorted({v.lang for v in work.versions}) for file in dictionaries(lang))
    stats = ((file, file.with_suffix(suffix).stat()) for file in listed for suffix in (".dic", ".aff"))
    yield tuple((file, stat.st_size, stat.st_mtime_ns) for file, stat in stats)
    yield (collation.rows, collation.moves, collation.segments, collation.kinds, collation.encoder.name)
    for id in sorted(collation.vectors):
        yield collation.vectors[id]
