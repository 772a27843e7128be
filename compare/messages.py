"""How findings are worded: lists in plain words, and places quoted with the version that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compare.values import Place

#: The language of what is said.
LANG = "en"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Join as people do: `listed(["ru", "en-b", "en-c"], "or") == "ru, en-b or en-c"`."""
    return items[-1] if len(items) < 2 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def quoted(places: Iterable[Place], word: str = "and") -> str:
    """Quote places, those of one version and the same words once: “no” of en-b and «не» of ru."""
    return listed(list(dict.fromkeys(f"“{' '.join(p.text.split())}” of {p.version}" for p in places)), word)


def and_more(more: int) -> str:
    """Say in how many more places the same holds; "" for none: ", here and in 2 more places"."""
    return f", here and in {more} more place{'s' * (more > 1)}" if more else ""
