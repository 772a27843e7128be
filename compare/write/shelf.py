"""The page of a shelf: works ranked, passages they share, names and terms across them, translators' habits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def write(shelf: Mapping[str, Any], title: str, linked: bool = True) -> bytes:
    """Write the page as UTF-8. `shelf`: the fields of `compare.shelf.Shelf`; `linked`: whether works have pages."""
    from compare.checks import all_checks
    from compare.write.page import style, template

    titles = {each.code: each.title.rstrip(".") for each in all_checks()}
    page = template("shelf.html").render(shelf=shelf, title=title, linked=linked, titles=titles, style=style())
    return page.encode("utf-8", "backslashreplace")


def to_text(shelf: Mapping[str, Any], count: int = 10) -> str:
    """Sum a shelf up for a terminal: the works that need the most, and how much of everything there is."""
    found = ", ".join(f"{number} {severity}" for severity, number in shelf["findings"].items() if number)
    lines = [
        f"{shelf['works']} works ({shelf['done']} checked before), {shelf['rows']} rows, {shelf['words']} words",
        found or "no findings",
        f"{shelf['shared'][0]} shared passages, {shelf['names'][0]} names, {shelf['terms'][0]} terms",
    ]
    worst = [work for work in shelf["ranked"][:count] if work["weight"]]
    if worst:
        lines += ["", "weight  work"]
    lines += [f"{work['weight']:6.1f}  {work['work']}" for work in worst]
    if shelf["failures"]:
        lines += ["", f"{shelf['failures']} could not be checked:"]
        lines += [f"{work['work']}: {work['reason']}" for work in shelf["failed"][:count]]
    return "\n".join(lines)
