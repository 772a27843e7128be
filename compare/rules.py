"""What own rules (`compare.values.Rules`) mean: which versions they cover, where patterns match, how they grade."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import regex

from compare.values import InputError, PatternRule, Rules, Severity, Version, WordRule

PatternError = regex.error
#: Seconds that one pattern may take for one text: longer, and it would never end.
LIMIT = 5.0


def joined(first: Rules, second: Rules) -> Rules:
    """Return both; of the rules for checks the second's decide."""
    return Rules(first.words + second.words, first.patterns + second.patterns, first.checks + second.checks)


def applies(rule: WordRule | PatternRule, version: Version) -> bool:
    """Tell whether a rule covers a version; a source only where it names it."""
    if rule.versions:
        return version.id in rule.versions
    return version.role != "source" and rule.lang in ("", version.lang)


def matches(pattern: str, text: str, rule: PatternRule) -> Iterator[tuple[int, int]]:
    """Yield where a pattern of a rule stands in a text, empty matches left out.

    Raises InputError for a pattern that takes longer than `LIMIT`.
    """
    try:
        for match in compiled(pattern, rule.case).finditer(text, timeout=LIMIT):
            if match.end() > match.start():
                yield match.span()
    except TimeoutError:
        raise InputError(
            rule.place, f"{pattern!r} takes too long; a repetition inside a repetition often does"
        ) from None


def grading(rules: Rules, code: str, version: str) -> tuple[bool | None, Severity | None]:
    """Return whether a check is to run for a version, and with what severity; None where no rule says it."""
    run: bool | None = None
    severity: Severity | None = None
    for rule in rules.checks:
        if code.startswith(rule.code) and (not rule.versions or version in rule.versions):
            run = rule.run if rule.run is not None else run
            severity = rule.severity or severity
    return run, severity


@functools.cache
def compiled(pattern: str, case: bool) -> Any:
    """Compile a pattern. Raises PatternError for what is none."""
    try:
        return regex.compile(pattern, regex.MULTILINE | (0 if case else regex.IGNORECASE))
    except RecursionError:
        raise PatternError("its brackets are nested too deep") from None
