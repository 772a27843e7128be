"""A work's own rules: words and patterns that its editor forbids, and which checks run (`compare.rules`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["critical", "major", "minor", "neutral"]
#: MQM's severities, worst first.
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "neutral")


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words and phrases, by lemma, that are not to stand in some versions: all translations, where none is named."""

    forbidden: tuple[str, ...] = ()
    preferred: str = ""
    reason: str = ""
    severity: Severity = "minor"
    lang: str = ""
    versions: tuple[str, ...] = ()
    source: str = ""
    """Only in rows whose source has it; empty: in any."""
    place: str = field(default="", repr=False)
    """Where the rule stands: file and line."""


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A regular expression that is not to stand in some versions, or one that is, where the source has another."""

    find: str = ""
    missing: str = ""
    source: str = ""
    message: str = ""
    case: bool = False
    """Whether capitals matter."""
    severity: Severity = "minor"
    lang: str = ""
    versions: tuple[str, ...] = ()
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CheckRule:
    """Whether checks whose code begins with this run, and the severity of their findings; None and empty: unchanged."""

    code: str = ""
    run: bool | None = None
    severity: Severity | Literal[""] = ""
    versions: tuple[str, ...] = ()
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """A work's own rules (`compare.rules`)."""

    words: tuple[WordRule, ...] = ()
    patterns: tuple[PatternRule, ...] = ()
    checks: tuple[CheckRule, ...] = ()
