"""A work's folder: `work.toml` names the versions; tables beside it hold what the editors decided."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from compare.files import replace
from compare.read import decided, own_rules
from compare.read.chapters import read_text
from compare.read.columns import ID, doubted, name
from compare.read.language import doubt, settle, tag
from compare.read.table import headed, lines
from compare.read.text import slurp
from compare.read.toml import toml
from compare.values import InputError, Role, Rules, Span, Status, Table, Version, Work

NAME = "work.toml"

KEYS = ("id", "file", "lang", "role", "title", "translator", "year", "origin", "licence", "status", "scheme", "note")


def read(folder: Path) -> Work:
    """Read the work in a folder. Everything that is wrong with it is said in one line that names the file."""
    path = folder / NAME
    _, stated = toml(path)
    _known(path, "the work", stated, ("id", "title", "note", "version"))
    named = stated.get("version")
    if not isinstance(named, list) or not named:
        raise InputError(path, "names no version; each is a [[version]] table")
    read = [_version(path, number, table) for number, table in enumerate(named, 1)]
    versions = tuple(version for version, _ in read)
    ids = [v.id for v in versions]
    for id in ids:
        if ids.count(id) > 1:
            raise InputError(path, f"two versions have the id {id!r}")
    stating = [version for version, table in zip(versions, named, strict=True) if "lang" in table]
    return Work(
        _id(path, "the work", stated),
        _word(path, "the work", stated, "title") or _id(path, "the work", stated),
        versions,
        folder,
        tables(folder, ids),
        note=_word(path, "the work", stated, "note"),
        rules=own_rules.read(folder / own_rules.NAME, ids) if (folder / own_rules.NAME).exists() else Rules(),
        warnings=tuple(f"{v.id}: {line}" for v, said in read for line in said)
        + doubted(versions)
        + tuple(line for v in stating for line in doubt(v.id, v.lang, v.text)),
    )


def place_for(folder: Path, id: str) -> Path:
    """Return where the text of another version goes; raises InputError where the folder has such a file or version."""
    if not (folder / NAME).exists():
        raise InputError(folder, f"has no {NAME} to name another version in")
    file = folder / f"{id}.txt"
    if file.exists() or id in [version.id for version in read(folder).versions]:
        raise InputError(file, "already exists")
    return file


def add(folder: Path, version: Version) -> Path:
    """Add a version to the work in a folder, its text as a file of its own; return the file's path.

    Nothing is overwritten: raises as `place_for` does.
    """
    file, path = place_for(folder, version.id), folder / NAME
    stated = {key: file.name if key == "file" else getattr(version, key) for key in KEYS}
    lines = [f"{key} = {_quoted(value)}\n" for key, value in stated.items() if value]
    replace(file, version.text.encode("utf-8", "surrogatepass"))
    before = slurp(path).removesuffix(b"\n")
    replace(path, before + b"\n\n[[version]]\n" + "".join(lines).encode("utf-8", "replace"))
    return file


def targets(folder: Path, made: Work) -> dict[str, Path]:
    """Return where in a new work's folder the file of each version goes, by id.

    Raises InputError for a folder that is a work already, a text that is given twice, and where a file would be
    written over.
    """
    path = folder / NAME
    if path.exists():
        raise InputError(path, "already exists; edit it, or name another folder")
    for at, version in enumerate(made.versions):
        if twin := next((other for other in made.versions[:at] if other.text == version.text), None):
            again = "is given twice" if version.file == twin.file else f"is the same text as {twin.file}"
            raise InputError(version.file, again)
    places = {version.id: folder / Path(version.file).name for version in made.versions}
    if len(set(places.values())) < len(places):
        raise InputError(folder, "two of the files have the same name; rename one")
    for version in made.versions:
        place = places[version.id]
        if place.exists() and place.resolve() != Path(version.file).resolve():
            raise InputError(place, "already exists, and is another file")
    return places


def create(folder: Path, made: Work, encodings: Mapping[str, str]) -> Work:
    """Copy the files of a work's versions into a folder and write its `work.toml`; return the work as read from there.

    `encodings`: those that were stated. Raises InputError as `targets` does.
    """
    places = targets(folder, made)
    contents = {version.id: slurp(Path(version.file)) for version in made.versions}
    folder.mkdir(parents=True, exist_ok=True)
    title = folder.resolve().name
    lines = [f"id = {_quoted(name(title) or 'work')}", f"title = {_quoted(title)}"]
    for version in made.versions:
        if not places[version.id].exists():
            replace(places[version.id], contents[version.id])
        stated = {
            "id": version.id,
            "file": places[version.id].name,
            "lang": version.lang,
            "role": version.role,
            "encoding": encodings.get(version.id, ""),
            **guessed(version),
        }
        lines += ["", "[[version]]", *(f"{key} = {_quoted(word)}" for key, word in stated.items() if word)]
    replace(folder / NAME, "\n".join([*lines, ""]).encode("utf-8", "replace"))
    return read(folder)


def guessed(version: Version) -> dict[str, str]:
    """Guess a text's title by its first heading, and its year by its file's name; "" for what does not show."""
    headings = (part.span.of(version.text).split() for part in version.parts if part.kind == "heading")
    year = re.search(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", Path(version.file).stem)
    return {"title": " ".join(next(headings, [])), "year": year[0] if year else ""}


def _quoted(text: str) -> str:
    """Write a TOML string: JSON's, but that TOML has no bare DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _version(path: Path, number: int, stated: object) -> tuple[Version, tuple[str, ...]]:
    """Read one [[version]] table and its text, and what has to be said of the reading."""
    if not isinstance(stated, dict):
        raise InputError(path, f"version {number} is not a table")
    who = f"version {number}"
    who = f"version {_id(path, who, stated)!r}"
    _known(path, who, stated, (*KEYS, "encoding", "attested"))
    words = {key: _word(path, who, stated, key) for key in KEYS}
    encoding = _word(path, who, stated, "encoding")
    for key, allowed in (("role", get_args(Role)), ("status", get_args(Status))):
        if words[key] and words[key] not in allowed:
            raise InputError(path, f"{who}: {key} {words[key]!r} is not one of {', '.join(allowed)}")
    if not words["file"]:
        raise InputError(path, f"{who} names no file")
    if words["lang"] and not tag(words["lang"]):
        raise InputError(path, f"{who}: lang {words['lang']!r} is not an ISO 639-1 code")
    file = (path.parent / words["file"]).resolve()
    if not file.is_relative_to(path.parent.resolve()):
        raise InputError(path, f"{who}: file {words['file']!r} lies outside the work's folder")
    if file == path.parent.resolve():
        raise InputError(path, f"{who}: file {words['file']!r} is a folder, the work's own")
    words["lang"] = tag(words["lang"])
    body = read_text(path.parent / words["file"], words["lang"], encoding)
    words["lang"] = words["lang"] or settle(words["id"], body.words)
    stated_words: dict[str, Any] = {key: word for key, word in words.items() if word}
    if stated_words.get("status") == "reconstruction":
        stated_words.setdefault("note", "A reconstruction, not a source of evidence about the original.")
    attested = _attested(path, who, stated, body.words)
    return Version(text=body.words, parts=body.parts, attested=attested, **stated_words), body.warnings


def _attested(path: Path, who: str, stated: Mapping[str, object], text: str) -> tuple[Span, ...]:
    """Return where the words quoted under `attested` stand; each quotation must stand in the text, and once."""
    quotes = stated.get("attested", [])
    if not isinstance(quotes, list) or not all(isinstance(quote, str) and quote for quote in quotes):
        raise InputError(path, f"{who}: attested must be a list of quotations from its text")
    for quote in quotes:
        if (times := text.count(quote)) != 1:
            raise InputError(path, f"{who}: attested {quote!r} stands {times} times in its text, not once")
    starts = [(text.index(quote), len(quote)) for quote in quotes]
    return tuple(Span(start, start + length) for start, length in sorted(starts))


def _id(path: Path, who: str, stated: Mapping[str, object]) -> str:
    id = _word(path, who, stated, "id")
    if not ID.fullmatch(id):
        raise InputError(path, f"{who}: id {id!r} is not 1 to 40 letters a–z, digits, '.', '_' and '-'")
    return id


def _word(path: Path, who: str, stated: Mapping[str, object], key: str) -> str:
    value = stated.get(key, "")
    if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, int) and abs(value) > 9999):
        raise InputError(path, f"{who}: {key} must be words in quotes")
    if "\0" in str(value):
        raise InputError(path, f"{who}: {key} has a character NUL in it")
    return str(value).strip()


def _known(path: Path, who: str, stated: Mapping[str, object], keys: tuple[str, ...]) -> None:
    for key in stated:
        if key not in keys:
            raise InputError(path, f"{who}: unknown key {key!r}; known are {', '.join(keys)}")


def tables(folder: Path, ids: Sequence[str]) -> dict[str, Table]:
    """Read the tables that stand in a work's folder; a glossary in TBX where there is none in TSV.

    `ids`: those of the work's versions. A table without a column that is of use is refused, not passed over.
    """
    wanted = {"glossary": ["term"], "names": ["name", *ids], "decisions": ["check"], "alignment": ids}
    paths = {table: folder / f"{table}.tsv" for table in wanted}
    found = {
        table: decided.table(path) if table == "decisions" else _table(path, wanted[table])
        for table, path in paths.items()
        if path.exists()
    }
    terms = folder / "glossary.tbx"
    if "glossary" not in found and terms.exists():
        from compare.read import tbx

        found["glossary"] = tuple(tbx.to_glossary(tbx.read(slurp(terms), str(terms))))
    return found


def _table(path: Path, wanted: Sequence[str]) -> Table:
    """Read a table that stands beside `work.toml`; its header must name every column, each once, and one wanted."""
    (number, header), *body = lines(path)
    headings = [heading.strip() for heading in header]
    headed(path, number, headings)
    if not set(wanted) & set(headings):
        raise InputError(path, f"line {number}: no column is headed {' or '.join(map(repr, wanted))}")
    return tuple(dict(zip(headings, line, strict=True)) for _, line in body)
