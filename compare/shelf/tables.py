"""The tables of a shelf: what columns each has, a work's record of them, and Parquet files of many works.

A work's **record** is one Parquet file of one row: what is said of the work, and each of its tables as a list. It is
written last and whole, so that a work with a record of the right `digest` is done. The tables of the shelf are these
lists laid out, works in the order of their ids, cut into files of many works each (`part-00000.parquet` …); every
table begins with the column `work`, the work's id on the shelf. Compressed with zstd; the schemas are `schema`'s.

- `works`, a work a line: `title`, `report` (folder of its report, from the shelf's page), `reason` (why it could not
  be checked, else empty), `signature`, `rows`, `words`, `critical`, `major`, `minor`, `neutral` (findings that are
  not dismissed), `weight` (expected MQM penalty of its worklist), `warnings`
- `versions`, a version a line: `version`, `lang`, `role`, `title`, `translator`, `year`, `words`, `text`
- `rows`, a version's cell of a row a line: `row` (from 1), `version`, `start`, `end` (characters of the version's
  text), `text`, `confidence` (that the row is aligned rightly, 0 to 1), `risk` (that the cell carries an error of
  meaning, 0 to 1, or null)
- `findings`, a finding a line: as `compare.frames.findings` says: `id`, `check`, `mqm`, `severity`, `score`, `row`,
  `version`, `start`, `end`, `words`, `message`, `suggestion`, `evidence`, `status`, `reason`
- `names`, a spelling of a name in a version a line: `name` (Cyrillic lemma where it is known, else the form
  proposed), `kind`, `proposed`, `version`, `spelling`, `count`, `row` (where it stands first)
- `terms`, a form of a term in a version a line: `term` (the glossary's, or a capitalised phrase folded), `version`,
  `form`, `count`, `row` (where it stands first)
- `repeats`, what stands twice in a version a line: `version`, `kind`, `score`, `severity`, `alike`, `start`, `end`,
  `text` (the copy to delete), `kept_start`, `kept_end`, `reason`
- `variants`, a reading of a variant site a line: as `compare.frames.sites` says: `row`, `site`, `kind`, `score`,
  `versions`, `text`, `closeness`, `source`

Tables of the whole shelf, in the same folder:

- `shared`, a passage that two works share a line: `work_a`, `version_a`, `row_a`, `start_a`, `end_a`, `text_a`, the
  same of `b`, `alike` (share of the words of both that match, 0 to 1), `words` (that match)
- `names_index`, a spelling of a name of the shelf, in a version a line: `key`, `name`, `kind`, `spelling`, `work`,
  `version`, `lang`, `translator`, `year`, `count`
- `terms_index`, a form of a term of the shelf, in a version a line: `key`, `term`, `form`, `work`, `version`, `lang`,
  `translator`, `year`, `count`
- `habits`, what a translator does in several works a line: `translator`, `kind` (`check`, `name`), `what` (the
  check's code, or the spelling), `works`, `count`, `usual` (what would be expected by the shelf as a whole, or the
  spelling that others have), `examples` (works, the first three)
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from compare.extras import need
from compare.shelf.storage import EXTRA

#: The types of columns by the names of their tables; those of a work's own tables without the column `work`.
_TEXT, _INTEGER, _NUMBER, _TEXTS = "string", "int64", "float64", "list"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "works": {
        **dict.fromkeys(("title", "report", "reason", "signature"), _TEXT),
        **dict.fromkeys(("rows", "words", "critical", "major", "minor", "neutral"), _INTEGER),
        "weight": _NUMBER,
        "warnings": _TEXTS,
    },
    "versions": {
        **dict.fromkeys(("version", "lang", "role", "title", "translator", "year"), _TEXT),
        "words": _INTEGER,
        "text": _TEXT,
    },
    "rows": {
        "row": _INTEGER,
        "version": _TEXT,
        "start": _INTEGER,
        "end": _INTEGER,
        "text": _TEXT,
        "confidence": _NUMBER,
        "risk": _NUMBER,
    },
    "findings": {
        **dict.fromkeys(("id", "check", "mqm", "severity"), _TEXT),
        "score": _NUMBER,
        "row": _INTEGER,
        "version": _TEXT,
        "start": _INTEGER,
        "end": _INTEGER,
        **dict.fromkeys(("words", "message", "suggestion", "evidence", "status", "reason"), _TEXT),
    },
    "names": {
        **dict.fromkeys(("name", "kind", "proposed", "version", "spelling"), _TEXT),
        "count": _INTEGER,
        "row": _INTEGER,
    },
    "terms": {**dict.fromkeys(("term", "version", "form"), _TEXT), "count": _INTEGER, "row": _INTEGER},
    "repeats": {
        "version": _TEXT,
        "kind": _TEXT,
        "score": _NUMBER,
        "severity": _TEXT,
        "alike": _NUMBER,
        "start": _INTEGER,
        "end": _INTEGER,
        "text": _TEXT,
        "kept_start": _INTEGER,
        "kept_end": _INTEGER,
        "reason": _TEXT,
    },
    "variants": {
        "row": _INTEGER,
        "site": _INTEGER,
        "kind": _TEXT,
        "score": _NUMBER,
        "versions": _TEXT,
        "text": _TEXT,
        "closeness": _NUMBER,
        "source": _TEXT,
    },
    "shared": {
        **{
            f"{column}_{side}": kind
            for side in "ab"
            for column, kind in {
                "work": _TEXT,
                "version": _TEXT,
                "row": _INTEGER,
                "start": _INTEGER,
                "end": _INTEGER,
                "text": _TEXT,
            }.items()
        },
        "alike": _NUMBER,
        "words": _INTEGER,
    },
    "names_index": {
        **dict.fromkeys(("key", "name", "kind", "spelling", "work", "version", "lang", "translator", "year"), _TEXT),
        "count": _INTEGER,
    },
    "terms_index": {
        **dict.fromkeys(("key", "term", "form", "work", "version", "lang", "translator", "year"), _TEXT),
        "count": _INTEGER,
    },
    "habits": {
        **dict.fromkeys(("translator", "kind", "what"), _TEXT),
        "works": _INTEGER,
        "count": _INTEGER,
        "usual": _TEXT,
        "examples": _TEXTS,
    },
}
#: The tables of a work; `works` is its record itself.
OF_A_WORK = ("versions", "rows", "findings", "names", "terms", "repeats", "variants")
#: How a record calls the list of a table's lines: `rows` is a number there.
_LIST = "{}_table"
#: The tables of the shelf as a whole.
OF_THE_SHELF = ("shared", "names_index", "terms_index", "habits")


def schema(name: str) -> Any:
    """Return a table's schema as pyarrow has it. Raises KeyError."""
    pa = need("pyarrow", EXTRA)
    own = {} if name in OF_THE_SHELF else {"work": _TEXT}
    types = {_TEXT: pa.string(), _INTEGER: pa.int64(), _NUMBER: pa.float64(), _TEXTS: pa.list_(pa.string())}
    return pa.schema([(column, types[kind]) for column, kind in {**own, **COLUMNS[name]}.items()])


@functools.cache
def _record() -> Any:
    """Return the schema of a work's record."""
    pa = need("pyarrow", EXTRA)
    lists = [
        (_LIST.format(name), pa.list_(pa.struct([f for f in schema(name) if f.name != "work"]))) for name in OF_A_WORK
    ]
    return pa.schema([("digest", pa.string()), *schema("works"), *lists])


def to_record(digest: str, work: Mapping[str, Any], tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Write a work's record. `work`: the line of `works`; `tables`: those of `OF_A_WORK`, missing ones empty."""
    line = {"digest": digest, **work, **{_LIST.format(name): list(tables.get(name, ())) for name in OF_A_WORK}}
    return write(need("pyarrow", EXTRA).Table.from_pylist([_clean(line)], schema=_record()))


def work_of(content: bytes | None) -> dict[str, Any] | None:
    """Read of a record the line of `works`, with its `digest`; None where the bytes are no record."""
    return _line(content, ["digest", "work", *COLUMNS["works"]])


def tables_of(content: bytes | None, names: Sequence[str] = OF_A_WORK) -> dict[str, list[dict[str, Any]]]:
    """Read of a record the lines of some tables, by their names; none where the bytes are no record."""
    line = _line(content, [_LIST.format(name) for name in names]) or {}
    return {name: line.get(_LIST.format(name), []) for name in names}


def _line(content: bytes | None, columns: Sequence[str]) -> dict[str, Any] | None:
    pa = need("pyarrow", EXTRA)
    try:
        file = need("pyarrow.parquet", EXTRA).ParquetFile(io.BytesIO(content or b""))
        if file.schema_arrow != _record():  # of another version of the program
            return None
        (line,) = file.read(columns=columns).to_pylist()
    except (pa.ArrowException, OSError, ValueError):
        return None
    return dict(line)


def table(name: str, lines: Iterable[Mapping[str, Any]]) -> Any:
    """Lay lines out as a table of that name's columns."""
    return need("pyarrow", EXTRA).Table.from_pylist([_clean(line) for line in lines], schema=schema(name))


def together(name: str, parts: Sequence[Any]) -> Any:
    """Put tables of that name's columns behind one another."""
    return need("pyarrow", EXTRA).concat_tables([schema(name).empty_table(), *parts]).combine_chunks()


def write(table: Any) -> bytes:
    """Write a table as Parquet; equal tables give equal bytes."""
    buffer = io.BytesIO()
    need("pyarrow.parquet", EXTRA).write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def read(content: bytes | None) -> Any:
    """Read a Parquet file as a table. Raises FileNotFoundError for None, a file that is not there."""
    if content is None:
        raise FileNotFoundError("a part of a table has gone")
    return need("pyarrow.parquet", EXTRA).ParquetFile(io.BytesIO(content)).read()


def _clean(value: Any) -> Any:
    """Replace lone surrogates, which Parquet's UTF-8 cannot hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
