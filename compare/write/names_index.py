"""The index of names as a book prints it: letters, head-words, what each version writes and where, see-references.

Made of the plain rows of `Report.exhibits["names"]` (`compare.names.NameIndex.to_rows`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

#: Rows that are named of each version's places.
FIRST = 8
#: A variant that begins with so many of its head-word's letters needs no reference to it.
NEAR = 3

_KINDS = {"given": "given name", "name": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """What versions alike write: spellings with their counts, the first rows where they stand, and how many more."""

    versions: tuple[str, ...]
    lang: str
    spellings: tuple[tuple[str, int], ...]
    rows: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Head:
    """A head-word with its lines; or, with `see`, a variant that refers to one."""

    word: str
    russian: str = ""
    kind: str = ""
    why: str = ""
    lines: tuple[Line, ...] = ()
    see: str = ""


def letters(rows: Sequence[Mapping[str, str]], langs: Mapping[str, str]) -> list[tuple[str, list[Head]]]:
    """Lay the index out by letters of the Latin alphabet, accents apart. `langs`: the language of each version."""
    heads = [head for row in rows for head in _heads(row, langs)]
    known = {head.word for head in heads if not head.see}
    shown = {head for head in heads if not head.see or head.word not in known}
    order = sorted(shown, key=lambda head: (_plain(head.word), head.word, head.see, head.russian))
    return [(letter, list(group)) for letter, group in groupby(order, key=lambda head: _letter(head.word))]


def to_md(rows: Sequence[Mapping[str, str]], langs: Mapping[str, str], title: str) -> str:
    """Write the index as Markdown."""
    from compare.write.md import escape

    lines = [f"# {escape(title)}: index of names"]
    for letter, heads in letters(rows, langs):
        lines += ["", f"## {letter}", ""]
        for head in heads:
            if head.see:
                lines.append(f"- {escape(head.word)}: see {escape(head.see)}")
                continue
            labels = [f"({escape(head.kind)})"] * bool(head.kind) + [escape(head.russian)] * bool(head.russian)
            lines.append(f"- **{escape(head.word)}** {' '.join(labels)}".rstrip())
            for line in head.lines:
                spelled = ", ".join(f"{escape(text)} {count}×" for text, count in line.spellings)
                more = f" and {line.more} more" if line.more else ""
                lines.append(
                    f"  - {escape(', '.join(line.versions))}: {spelled}; {', '.join(map(str, line.rows))}{more}"
                )
    return "\n".join(lines) + "\n"


def to_html(rows: Sequence[Mapping[str, str]], langs: Mapping[str, str], title: str) -> str:
    """Write the index as one page that asks nothing of the network, ready to be printed."""
    from compare.write.page import style, template

    return template("names.html").render(letters=letters(rows, langs), title=title, style=style())


def _heads(row: Mapping[str, str], langs: Mapping[str, str]) -> Iterator[Head]:
    places = dict(part.split(": ", 1) for part in row.get("places", "").split("; ") if ": " in part)
    alike: dict[tuple[str, tuple[tuple[str, int], ...], tuple[int, ...]], list[str]] = {}
    for id, lang in langs.items():
        spellings = tuple(
            (match[1], int(match[2])) for match in re.finditer(r"([^;]+?) \((\d+)\)(?:; |$)", row.get(id) or "")
        )
        if spellings:
            numbers = sorted(int(number) for number in places.get(id, "").split(", ") if number)
            alike.setdefault((lang, spellings, tuple(numbers)), []).append(id)
    lines = [
        Line(tuple(ids), lang, spellings, numbers[:FIRST], max(0, len(numbers) - FIRST))
        for (lang, spellings, numbers), ids in alike.items()
    ]
    russian = row["name"] if re.search("[Ѐ-ӿ]", row["name"]) else ""
    word = row["proposed"] or row["name"]
    yield Head(word, russian, _KINDS.get(row["kind"], row["kind"]), row.get("why", ""), tuple(lines))
    variants = {text for line in lines for text, _ in line.spellings if not re.search("[Ѐ-ӿ]", text)}
    for variant in sorted(variants):
        if _plain(variant)[:NEAR] != _plain(word)[:NEAR]:  # else it would stand beside its head-word
            yield Head(variant, see=word)


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in folded if character.isalnum())


def _letter(word: str) -> str:
    return _plain(word)[:1].upper() or "·"
