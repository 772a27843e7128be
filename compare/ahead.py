"""A second process that asks the models of meaning, and what checks ask besides, while the first one does other checks.

The two share nothing but the cache of records: the second process computes stretches of rows from the first one on and
keeps them, the first process begins at the last stretch and finds what is kept already. Who computes a stretch changes
no byte of it, so that the report is the same on any number of cores, and whatever happens to the second process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from compare import records
from compare.analysis import Analysis
from compare.analysis.by_rows import unanswered
from compare.encode import get
from compare.threads import cores, one_blas_thread
from compare.values import Collation, Row, Span, Version, Work

#: Stretches of rows to be computed from which on a second process pays: it takes some seconds to begin.
_LEAST = 32
#: The encoders that the other process may have as well.
_ENCODERS = "use", "none"


@contextmanager
def ahead(analysis: Analysis, asking: Sequence[str] = ()) -> Iterator[None]:
    """Let another core judge a collation's cells, as long as the block runs, and answer the checks that are `asking`.

    Where there is no other core, no cache, little to compute, or where this is itself one of many processes, none does.
    """
    from compare.analysis.questions import RISK

    collation, needless = analysis.collation, cores() < 2
    other = collation.encoder.name not in {get(name).name for name in _ENCODERS} or analysis.unread_source is not None
    alone = needless or other or unanswered(analysis, RISK) < _LEAST
    with _started(None if alone else _written(collation, asking)):
        yield


@contextmanager
def _started(text: bytes | None) -> Iterator[None]:
    process = None
    if text is not None:
        paths = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        with suppress(OSError):
            process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
    try:
        if process and process.stdin and text:
            threading.Thread(target=_send, args=(process.stdin, text), daemon=True).start()
        with records.sharing() if process else nullcontext():
            yield
    finally:
        if process:
            process.kill()
            process.wait()


def _send(stdin: IO[bytes], text: bytes) -> None:
    with suppress(OSError, ValueError):
        stdin.write(text)
        stdin.flush()


def _written(collation: Collation, asking: Sequence[str]) -> bytes:
    """Write on one line all that is read: the versions, the cells of each row, the encoder's name; and who asks."""
    work = collation.work
    versions = [(v.id, v.lang, v.role) for v in work.versions]
    cells = [
        [(collation.cell(row, v.id), [(s.start, s.end) for s in collation.sentences(row, v.id)]) for v in work.versions]
        for row in collation.rows
    ]
    encoder = next(name for name in _ENCODERS if get(name).name == collation.encoder.name)
    certain = [row.confidence for row in collation.rows]
    folder = str(work.folder) if work.folder else None
    return json.dumps([folder, versions, cells, certain, encoder, *asking]).encode() + b"\n"


def _read(line: bytes) -> tuple[Collation, list[str]]:
    folder, versions, cells, certain, encoder, *asking = json.loads(line)
    rows = [Row(i, {}, {}, confidence) for i, confidence in enumerate(certain, start=1)]
    listed, segments = [], {}
    for n, (id, lang, role) in enumerate(versions):
        text = ""
        found: list[Span] = []
        for i, row in enumerate(cells):
            cell, sentences = row[n]
            if cell:
                at, first = len(text), len(found)
                found += [Span(at + start, at + end) for start, end in sentences]
                rows[i] = replace(
                    rows[i],
                    segments={**rows[i].segments, id: (first, len(found))},
                    spans={**rows[i].spans, id: Span(at, at + len(cell))},
                )
                text += f"{cell}\n"
        listed.append(Version(id, text, lang, role))
        segments[id] = tuple(found)
    work = Work("", "", tuple(listed), Path(folder) if folder else None)
    return Collation(work, segments, tuple(rows), {}, get(encoder)), asking


@one_blas_thread
def _compute(collation: Collation, asking: Sequence[str]) -> None:
    records.from_first()
    from compare.analysis.questions import ALL
    from compare.checks import all_checks

    analysis = Analysis(collation)
    analysis.expect(*ALL)
    for check in all_checks():
        if check.code in asking:
            analysis.expect(*(each for each in check.asks if not each.of_vectors))
    analysis.said(ALL[0])  # computed to be kept


def _follow(stdin: IO[bytes]) -> None:
    """End with the process that began this one: its end of the pipe is closed then."""
    stdin.read()
    os._exit(0)


if __name__ == "__main__":
    given = sys.stdin.buffer.readline()
    threading.Thread(target=_follow, args=(sys.stdin.buffer,), daemon=True).start()
    with suppress(KeyboardInterrupt):
        _compute(*_read(given))
    os._exit(0)
