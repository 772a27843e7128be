"""Text as HTML: escaped, with what hides in it shown, and with its findings marked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.values import Finding, Span, Version
from compare.write.highlights import Piece
from compare.write.phrasing import blanks, codepoint, family, hidden

if TYPE_CHECKING:
    from markupsafe import Markup


def shown(text: str) -> Markup:
    """Escape a text, and show by its code every character that hides or turns the direction of its neighbours."""
    from markupsafe import Markup

    return Markup(_shown(text))


def anchor(name: str) -> str:
    """Make a name fit for an `id` and a link: `anchor("REP102-6f") == "REP102-6f"`."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", name)


def comment(text: str) -> Markup:
    """Make a text safe inside an HTML comment, which ends at "-->" and knows no escapes."""
    from markupsafe import Markup

    return Markup(" ".join(text.split()).replace("--", "- -").replace(">", "›").replace("<", "‹"))


def string(text: str) -> Markup:
    """Make a text a CSS string, safe in a style sheet and in an attribute."""
    from markupsafe import Markup

    return Markup("'" + re.sub(r"[^A-Za-z0-9 ._-]", lambda sign: f"\\{ord(sign[0]):x} ", text) + "'")


def cell(version: Version, pieces: Sequence[Piece], findings: Sequence[Finding]) -> Markup:
    """Write a version's cell: each piece that a finding claims is a link to it, each that only proves one a span.

    `data-f` holds the indices of all findings that lie there, the worst first.
    """
    from markupsafe import Markup

    last: list[int] = []
    made = []
    for piece in pieces:
        words = piece.span.of(version.text)
        if not piece.marks:
            made.append(_attested_in(version, piece.span))
            last = []
            continue
        inner = f'<span class="blank">{blanks(words)}</span>' if words.isspace() else _attested_in(version, piece.span)
        own = [mark.finding for mark in piece.marks if not mark.proof]
        ids = " ".join(map(str, dict.fromkeys(own + [mark.finding for mark in piece.marks if mark.proof])))
        if own:
            worst = findings[own[0]]
            looks = worst.severity if worst.status == "open" else f"{worst.severity} {worst.status}"
            looks += " point" * (len(words) < 3)  # too small to be seen or met by a finger
            # The letters stand once, where the mark begins, and not again where another mark cuts it.
            letters = "" if own[0] in last else f' data-n="{family(worst.check)}"'
            made.append(f'<a class="m {looks}" href="#finding-{anchor(worst.id)}" data-f="{ids}"{letters}>{inner}</a>')
        else:
            made.append(f'<span class="m proof" data-f="{ids}">{inner}</span>')
        last = own
    return Markup("".join(made))


def gap(lost: Sequence[int], findings: Sequence[Finding]) -> Markup:
    """Write Origen's sign for what is lost, as a link where findings, by index, concern it."""
    from markupsafe import Markup

    if not lost:
        return Markup("※")
    worst = findings[lost[0]]
    link = f'href="#finding-{anchor(worst.id)}" data-f="{" ".join(map(str, lost))}"'
    return Markup(f'<a class="m {worst.severity}" {link}>※</a>')


def _attested_in(version: Version, span: Span) -> str:
    """Escape a stretch of a version's text; what a printed source attests stands in an element of its own."""
    made, at = [], span.start
    for each in sorted(version.attested, key=lambda attested: attested.start):
        start, end = max(each.start, at), min(each.end, span.end)
        if start < end:
            looks = "attested" + " begins" * (start == each.start) + " ends" * (end == each.end)
            title = "attested by a printed source"
            words = _shown(version.text[start:end])
            made += [_shown(version.text[at:start]), f'<span class="{looks}" title="{title}">{words}</span>']
            at = end
    return "".join([*made, _shown(version.text[at : span.end])])


def _shown(text: str) -> str:
    return "".join(
        f'<i class="hid" title="{codepoint(piece)}">{ord(piece):04X}</i>' if is_hidden else html.escape(piece)
        for piece, is_hidden in hidden(text)
    )
