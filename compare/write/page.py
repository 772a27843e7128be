"""What pages are made of: the style sheet, the script, the languages in which they speak, the templates."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from compare.write.markup import anchor, shown, string
from compare.write.phrasing import plain
from compare.write.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment, Template

#: The modules of the page's script, each after those that it imports.
PARTS = ("words", "keeper", "view", "blocks", "list", "variants", "columns", "interface", "reader")


@functools.cache
def style() -> str:
    """Return the style sheet of the root element."""
    return asset("reader.css")


@functools.cache
def script() -> str:
    """Return the ES module with `render({model, el})` that makes the root element live: its parts as one file.

    Before them the languages in which it speaks.
    """
    books = f"const BOOKS = {json.dumps(languages(), ensure_ascii=False, separators=(',', ':'))};\n"
    return books + "".join(re.sub(r"^import .*\n", "", asset(f"reader/{part}.js"), flags=re.M) for part in PARTS)


@functools.cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Return by code the languages in which the page speaks besides English: a name, and phrases by the English ones.

    Found by discovery: `assets/interface/ru.json` is Russian.
    """
    folder = files("compare.write").joinpath("assets/interface")
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    return {name.removesuffix(".json"): json.loads(asset(f"interface/{name}")) for name in found}


def asset(name: str) -> str:
    """Return a file of `assets/`."""
    return files("compare.write").joinpath(f"assets/{name}").read_text("utf-8")


def template(name: str) -> Template:
    """Return a template of `assets/`."""
    return _templates().get_template(name)


@functools.cache
def _templates() -> Environment:
    return environment(
        "compare.write",
        shown=shown,
        plain=plain,
        oneline=lambda text: " ".join(text.split()),
        anchor=anchor,
        string=string,
        text=lambda value: "" if value is None else str(value),
    )
