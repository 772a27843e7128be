"""Markdown, in CommonMark's form with tables and notes: read as the page that it makes."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from compare.read.formats import prose
from compare.read.structure import Text, laid
from compare.read.text import read
from compare.read.webpage import paragraphs


@prose(".md", ".markdown")
def markdown(path: Path, lang: str = "") -> Text:
    """Read a text without the marks that set it; the numbers of a numbered list are words."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin).use(footnote_plugin)
    environment: dict[str, object] = {}
    tokens = parser.parse(read(path, lang), environment)
    for at, token in enumerate(tokens):
        if token.type == "list_item_open" and token.info:
            words = next((each.children for each in tokens[at:] if each.type == "inline"), None) or []
            words.insert(0, Token("text", "", 0, content=f"{token.info}{token.markup} "))
    page = parser.renderer.render(tokens, parser.options, environment)
    return laid(path, paragraphs(path, f"<meta charset=utf-8><body>{page}".encode("utf-8", "replace")))
