"""Own rules, `rules.toml`: read whole, each rule checked against the allowed keys (examples in texts/README.md)."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from compare.lang import language
from compare.read.toml import toml
from compare.rules import PatternError, compiled
from compare.values import SEVERITIES, CheckRule, InputError, PatternRule, Rules, WordRule

#: The file in a work's folder.
NAME = "rules.toml"

_COMMON = {"severity": str, "versions": list, "lang": str}
_TABLES: Mapping[str, Mapping[str, type]] = {
    "words": {"forbidden": list, "preferred": str, "source": str, "reason": str, **_COMMON},
    "patterns": {"find": str, "source": str, "missing": str, "message": str, "case": bool, **_COMMON},
    "checks": {"code": str, "run": bool, "severity": str, "versions": list},
}
_KINDS = {str: "words in quotes", list: "a list of words in quotes", bool: "true or false"}


def read(path: Path, ids: Sequence[str] = ()) -> Rules:
    """Read a file of rules. `ids`: the versions that it may name; none given, any.

    Raises InputError that names the file, the line where the rule begins, and what is wrong.
    """
    text, stated = toml(path)
    for name, value in stated.items():
        if name not in _TABLES:
            raise InputError(path, f"{name!r} is not a kind of rule; kinds are [[{']], [['.join(_TABLES)}]]")
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise InputError(path, f"[[{name}]] begins a rule, in double brackets")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    for name, tables in stated.items():
        lines = _lines(text, name)
        for number, table in enumerate(tables):
            where = f"line {lines[number]}" if number < len(lines) else f"{name} {number + 1}"
            _refuse_malformed(path, where, table, _TABLES[name], ids)
            found[name].append(
                {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
            )
            found[name][-1]["place"] = f"{path}: {where}"
    rules = Rules(
        tuple(WordRule(**each) for each in found["words"]),
        tuple(PatternRule(**each) for each in found["patterns"]),
        tuple(CheckRule(**each) for each in found["checks"]),
    )
    _refuse_idle(rules)
    return rules


def _lines(text: str, name: str) -> list[int]:
    """Return the lines on which the rules of a kind begin, from 1."""
    head = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), start=1) if head.match(line)]


def _refuse_malformed(
    path: Path, where: str, table: Mapping[str, Any], known: Mapping[str, type], ids: Sequence[str]
) -> None:
    """Refuse a rule with a key that is not known or a value of another kind."""
    for key, value in table.items():
        if key not in known:
            raise InputError(path, f"{where}: unknown key {key!r}; known are {', '.join(known)}")
        if not isinstance(value, known[key]) or (
            isinstance(value, list) and not all(isinstance(v, str) for v in value)
        ):
            raise InputError(path, f"{where}: {key} must be {_KINDS[known[key]]}")
    if "severity" in table and table["severity"] not in SEVERITIES:
        raise InputError(path, f"{where}: severity {table['severity']!r} is not one of {', '.join(SEVERITIES)}")
    for id in table.get("versions", ()):
        if ids and id not in ids:
            raise InputError(path, f"{where}: version {id!r} is not one of {', '.join(ids)}")


def _refuse_idle(rules: Rules) -> None:
    """Refuse rules that can find nothing."""
    for words in rules.words:
        if not any(form.strip() for form in words.forbidden):
            raise InputError(words.place, "forbidden names no word")
        if words.lang and not language(words.lang).lemmatise:
            raise InputError(words.place, f"words of {words.lang!r} are not known by lemma; write a pattern")
    for rule in rules.patterns:
        if not rule.find and not (rule.source and rule.missing):
            raise InputError(rule.place, "a pattern has find, or source and missing")
        if rule.find and rule.missing:
            raise InputError(rule.place, "a pattern has find or missing, not both")
        for pattern in filter(None, (rule.find, rule.source, rule.missing)):
            try:
                compiled(pattern, rule.case)
            except PatternError as trouble:
                raise InputError(
                    rule.place, f"{reprlib.repr(pattern)} is not a regular expression: {trouble}"
                ) from None
    for check in rules.checks:
        if not check.code:
            raise InputError(check.place, "names no code")
        if check.run is None and not check.severity:
            raise InputError(check.place, "says neither run nor severity")
