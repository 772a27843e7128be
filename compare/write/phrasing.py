"""What all writers say alike: counts, families, words in their context, and characters that hide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from compare import decisions
from compare.values import SEVERITIES, Finding, Place, Report, Severity, Version
from compare.words import around

#: The families of checks, by the letters that begin a code, in the order in which they are shown.
FAMILIES = {
    "REP": "repeats",
    "NAM": "names",
    "TRM": "terms",
    "NUM": "numbers",
    "TYP": "typography",
    "OMI": "omission and addition",
    "SEM": "meaning",
    "RUL": "own rules",
}

#: What a report must say of a version that is not evidence by itself, when the version has no note of its own.
CAUTIONS = {
    "reconstruction": "A reconstruction: no evidence of what the original says.",
    "revised": "A revision made for this comparison.",
}

# Controls, and the bidirectional overrides, separators and fillers with which a text can look other than it is.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BLANK = {" ": "␣", "\t": "⇥", "\n": "⏎", "\r": "␍", "\u00a0": "⍽", "\u202f": "⍽"}


def covers_what(report: Report) -> str:
    """Say what a version's share is a share of: the source, or without one the other versions."""
    return "has of the source" if report.work.source else "has of the others"


def covers(report: Report, version: str) -> str:
    """Say how much of it a version has: `98 % of the rows, 95.5 % of the words`; nothing where unknown."""
    shares = report.scores.get(version, {}).get("coverage", {})
    return ", ".join(f"{100 * shares[what]:.1f}".removesuffix(".0") + f" % of the {what}" for what in shares)


def family(code: str) -> str:
    """Return the letters that begin a check's code: `family("REP102") == "REP"`."""
    return re.match(r"[^\W\d_]*", code)[0].upper()  # type: ignore[index]


def hidden(text: str) -> Iterable[tuple[str, bool]]:
    """Part a text into pieces, and say of each whether it is one character that does not show."""
    last = 0
    for match in _HIDDEN.finditer(text):
        if last < match.start():
            yield text[last : match.start()], False
        yield match.group(), True
        last = match.end()
    if last < len(text):
        yield text[last:], False


def codepoint(character: str) -> str:
    """Name a character: `codepoint("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"


def plain(text: str) -> str:
    """Put a text on one line with nothing hidden in it: `plain("a\\n\u202eb") == "a ⟨U+202E⟩b"`."""
    line = "".join(f"⟨U+{ord(piece):04X}⟩" if is_hidden else piece for piece, is_hidden in hidden(text))
    return " ".join(line.split())


def blanks(text: str) -> str:
    """Give white space signs that show: `blanks(" \\n") == "␣⏎"`."""
    return "".join(_BLANK.get(character, "␣") for character in text)


def cited(report: Report, place: Place) -> str:
    """Say where a place stands in the edition, as its file says: `p. 214, note 3`; "" where it says nothing."""
    labels = {
        part.kind: part.label
        for part in report.work.version(place.version).parts
        if part.label and part.span.start <= place.span.start < part.span.end
    }
    return ", ".join(f"{sign} {labels[kind]}" for kind, sign in (("page", "p."), ("note", "note")) if kind in labels)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words with what stands before and after them."""

    before: str
    words: str
    after: str


def quote(report: Report, place: Place, width: int = 40, limit: int = 400) -> Quote:
    """Quote a place with up to `width` characters on either side, cut at words; a long place loses its middle."""
    before, after = around(report.work.version(place.version).text, place.span.start, place.span.end, width)
    words = place.text
    if len(words) > limit:
        head, tail = words[: limit // 2], words[-limit // 2 :]
        words = f"{head.rsplit(None, 1)[0]} […] {tail.split(None, 1)[-1]}"
    return Quote(before, blanks(words) if words.isspace() else words, after)


def caution(version: Version) -> str:
    """Return what every report must say of this version: its note, or what its status demands; empty for most.

    Where some of its words are attested, they are quoted behind it.
    """
    words = version.note or CAUTIONS.get(version.status, "")
    quotes = "; ".join(f"“{' '.join(span.of(version.text).split())}”" for span in version.attested)
    return f"{words} Attested by a printed source: {quotes}. The rest is not.".strip() if quotes else words


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count the findings that were not dismissed, by severity, worst first."""
    counted = Counter(finding.severity for finding in findings if finding.status != "dismissed")
    return {severity: counted[severity] for severity in SEVERITIES}


def warnings(report: Report) -> tuple[str, ...]:
    """Return what the work's reader and the collation warned of, each once, and the decisions whose words are gone."""
    return tuple(dict.fromkeys((*report.work.warnings, *report.collation.warnings, *_stale(report))))


def _stale(report: Report) -> list[str]:
    number = len(report.stale)
    if not number:
        return []
    verb = "decision no longer finds its" if number == 1 else "decisions no longer find their"
    return [f"{number} {verb} words: " + "; ".join(plain(decisions.described(each)) for each in report.stale)]


def explained(report: Report, finding: Finding) -> list[str]:
    """Say of a finding all that fits into a comment, a thought a line, nothing hidden in it.

    What is wrong and where; the words proposed; the evidence of the other versions; severity, check, probability, id.
    """
    lines = [plain(finding.message)]
    if finding.suggestion is not None:
        lines.append(f"Suggested: {plain(finding.suggestion) or '(delete)'}")
    for place in finding.places[1:]:
        words = quote(report, place, width=24, limit=240)
        lines.append(plain(f"{place.version}: {words.before}{words.words}{words.after}"))
    if finding.reason:
        lines.append(f"Reason: {plain(finding.reason)}")
    judged = f"{finding.severity} · {finding.check} · {finding.mqm} · {finding.score:.2f} · {finding.id}"
    return [*lines, plain(judged)]
