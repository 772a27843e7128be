"""Reading: a path, or texts in hand, to a Work. One file a format, found by discovery.

A new format is a new module in this folder; nothing else is edited (`compare.read.formats`).

The format's name is the file's. What the formats share:

- `formats`: the formats, found by discovery
- `work`: a work's folder; `chapters`: a text in many files; `order`: the order in which people put files
- `columns`: rows of cells to a Work; `structure`: paragraphs to a text
- `encoding`: bytes to characters; `language`: which language a text is in
- `markup`, `package`: XML and ZIP archives from strangers; `article`: which part of a web page is its text
- `decided`, `filled`, `own_rules`: decisions, a filled worklist, a work's own rules; `toml`: what is written so
- `tbx`: a glossary in the exchange format of terminology; `testset`: sacrebleu's test sets, by name
- `page_layout`, `reflow`: lines on printed pages to paragraphs
- `gutenberg`: Project Gutenberg's licence and notes
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from compare.read import testset, work
from compare.read.chapters import read_text
from compare.read.columns import Columns, identify, name, work_of
from compare.read.formats import Prose, Rows, prose_suffixes, reader_of, row_suffixes
from compare.read.language import doubt, overruled, settle, tag
from compare.read.order import natural
from compare.read.text import is_folder
from compare.values import InputError, Span, Version, Work


def is_table(path: Path) -> bool:
    """Tell whether a file holds several versions side by side."""
    return isinstance(reader_of(path, ".txt"), Rows)


def load(path: str | Path) -> Work:
    """Read a work: its folder, its `work.toml`, a file of aligned versions, one text alone, or a test set by name."""
    path = Path(path)
    if (name := path.as_posix()).startswith(testset.SCHEME):
        return testset.columns(name).work(None)
    if is_folder(path):
        return work.read(path) if (path / work.NAME).exists() else from_folder(path)
    if path.name == work.NAME:
        return work.read(path.parent)
    return from_table(path) if is_table(path) else from_files([path])


def from_files(
    paths: Iterable[str | Path],
    source: str | Path | None = None,
    encodings: Mapping[str, str] | None = None,
    langs: Mapping[str, str] | None = None,
) -> Work:
    """Read one version from each file. The source may stand among them; if not, it becomes the first column.

    `encodings` of plain texts and `langs`: by id, instead of being guessed.
    """
    files = [Path(path) for path in paths]
    if source is not None and Path(source) not in files:
        files.insert(0, Path(source))
    if not files:
        raise InputError("no file", "give at least one text")
    ids = identify(file.stem for file in files)
    encodings, langs = encodings or {}, langs or {}
    for what, stated in (("encoding", encodings), ("language", langs)):
        if unknown := [id for id in stated if id not in ids]:
            raise InputError(what, f"{unknown[0]!r} is not one of {', '.join(ids)}")
    for id, code in langs.items():
        if not code or tag(code) != code:
            raise InputError(f"{id}={code}", f"{code!r} is not a code of ISO 639-1, such as en or ru")
    texts = [read_text(file, langs.get(id, ""), encodings.get(id, "")) for id, file in zip(ids, files, strict=True)]
    versions = tuple(
        Version(
            id,
            text.words,
            langs.get(id) or settle(file.stem, text.words),
            title=file.stem,
            file=str(file),
            parts=text.parts,
        )
        for id, text, file in zip(ids, texts, files, strict=True)
    )
    warnings = [f"{id}: {line}" for id, text in zip(ids, texts, strict=True) for line in text.warnings]
    for v in versions:
        warnings += doubt(v.id, v.lang, v.text) if v.id in langs else overruled(v.id, v.title, v.lang)
    chosen = None if source is None else ids[files.index(Path(source))]
    folder = files[0].resolve().parent.name
    return work_of(name(folder) or "texts", " · ".join(ids), versions, chosen, warnings=tuple(warnings))


def from_folder(folder: str | Path, source: str | Path | None = None) -> Work:
    """Read a folder without a `work.toml`: each plain text in it a version, in the order of their names, 2 before 10.

    Markdown is taken for notes. `source`: a file, else the one text that is not in English; its column is the first.
    Tables that lie there (`decisions.tsv` …) come with the work; of other files a warning says that they are no
    versions. Raises InputError for a folder without texts.
    """
    folder = Path(folder)
    try:
        inside = sorted((path for path in folder.iterdir() if not path.name.startswith((".", "~"))), key=natural)
    except OSError as trouble:
        raise InputError(folder, f"cannot be read ({trouble.strerror or trouble})") from None
    suffixes = prose_suffixes() - {".md", ".markdown", ".zip"}
    texts = [path for path in inside if path.suffix.lower() in suffixes and path.is_file()]
    if not texts:  # a folder of chapters for each version
        texts = [
            path for path in inside if path.is_dir() and not (path / work.NAME).exists() and _holds(path, suffixes)
        ]
    if away := [path for path in texts if not path.resolve().is_relative_to(folder.resolve())]:
        raise InputError(away[0], "is a link that leads out of the folder; put the file itself there")
    if not texts:
        works = [path.name for path in inside if (path / work.NAME).is_file()]
        hint = f"there are works in it: {', '.join(works)}" if works else "versions are files that end in .txt"
        raise InputError(folder, f"has neither a {work.NAME} nor a text; {hint}")
    read = from_files(texts, source)
    versions = [replace(version, file=Path(version.file).name) for version in read.versions]
    versions.sort(key=lambda version: version.role != "source")
    notes = {".md", ".tsv", ".tbx"}
    left = [path.name for path in inside if path.is_file() and path.suffix.lower() not in suffixes | notes]
    return replace(
        read,
        title=folder.resolve().name or read.title,
        versions=tuple(versions),
        folder=folder,
        tables=work.tables(folder, [version.id for version in versions]),
        warnings=(*read.warnings, *(f"{name} is not plain text and was left out" for name in left)),
    )


def _holds(folder: Path, suffixes: set[str]) -> bool:
    return any(path.suffix.lower() in suffixes for path in folder.iterdir())


def from_table(path: str | Path, source: str | None = None) -> Work:
    """Read versions that came aligned (TSV, CSV, TMX, XLIFF). `source` is a column's id or its heading."""
    path = Path(path)
    reader = reader_of(path, ".tsv")
    if isinstance(reader, Prose):
        raise InputError(path, f"is not a table of versions; give one of {', '.join(sorted(row_suffixes()))}")
    return reader.read(path).work(path, source)


def from_texts(
    texts: Mapping[str, str], source: str | None = None, rows: Sequence[Mapping[str, Span]] | None = None
) -> Work:
    """Make a work of texts in hand, by id: `{"ru": "…", "en": "…", "en-b": "…"}`.

    The language is what stands before the hyphen of the id, unless the text is plainly in another. A single text
    in another language than English beside others is the source unless another is named.
    """
    if not texts:
        raise InputError("no text", "give at least one")
    versions = tuple(Version(id, words, settle(id, words), title=id) for id, words in texts.items())
    warnings = tuple(line for version in versions for line in overruled(version.id, version.id, version.lang))
    return work_of("texts", " · ".join(texts), versions, source, None if rows is None else tuple(rows), warnings)


def from_rows(cells: Sequence[Mapping[str, str]], source: str | None = None) -> Work:
    """Make a work of rows in hand: for each row the cells by version, absent or blank where the version lacks it."""
    ids = tuple(dict.fromkeys(id for row in cells for id in row))
    return Columns(ids, tuple(tuple(row.get(id, "") for id in ids) for row in cells)).work(None, source)
