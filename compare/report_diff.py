"""Two reports of one work, an older and a newer: what was fixed, what is new, what remains, which decisions are lost.

Findings are the same where their ids are, which are made of the check and the quoted words; then where a finding of one
check in one version quotes words that were edited but a little.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.files import table
from compare.values import SEVERITIES, InputError

SCHEMA = "hexapla-report/1"
#: How alike the words of a finding are to those that it quoted before, from 0 to 100 (Indel similarity).
ALIKE = 80.0
COLUMNS = ("change", "id", "check", "severity", "score", "status", "row", "version", "text", "message")

#: A finding as report.json has it.
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """Findings as the reports have them, dismissed ones left out.

    `fixed`: of the older report, gone from the newer. `new`: only in the newer. `remaining`: in both, as the newer has
    them. `lost`: pairs, older and newer, of findings that an editor had decided on and that are open again.
    `otherwise`: what else than the texts differs between the reports, so that findings come and go by it.
    """

    fixed: tuple[Found, ...]
    new: tuple[Found, ...]
    remaining: tuple[Found, ...]
    lost: tuple[tuple[Found, Found], ...]
    otherwise: tuple[str, ...] = ()

    def at_least(self, severity: str) -> bool:
        """Tell whether a new finding is as grave as that or graver."""
        return any(each["severity"] in SEVERITIES[: SEVERITIES.index(severity) + 1] for each in self.new)


def read(path: Path) -> Found:
    """Read a report.json. Raises InputError for what is none."""
    try:
        report = json.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise InputError(path, f"cannot be read ({trouble.strerror or trouble})") from None
    except (ValueError, RecursionError):
        raise InputError(path, "is not JSON") from None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise InputError(path, f"is not a report of the schema {SCHEMA}; hexapla report writes one as report.json")
    findings = report.get("findings")
    if not isinstance(findings, list) or not all(_is_finding(finding) for finding in findings):
        raise InputError(path, "has a finding without its id, check, severity, status, places or message")
    return report


def difference(old: Found, new: Found) -> Difference:
    """Set the findings of two reports against each other."""
    pairs = _pairs(old["findings"], new["findings"])
    before, after = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    return Difference(
        fixed=_counted(each for each in old["findings"] if id(each) not in before),
        new=_counted(each for each in new["findings"] if id(each) not in after),
        remaining=_counted(other for _, other in pairs),
        lost=tuple((one, other) for one, other in pairs if one["status"] != "open" and other["status"] == "open"),
        otherwise=_otherwise(str(old.get("signature", "")), str(new.get("signature", ""))),
    )


def to_rows(changes: Difference) -> list[dict[str, Any]]:
    """List the changes, one mapping a finding, keys as `COLUMNS`: new, lost, fixed, remaining."""
    lost = [{**now, "status": before["status"]} for before, now in changes.lost]
    kinds = (("new", changes.new), ("decision lost", lost), ("fixed", changes.fixed), ("remaining", changes.remaining))
    return [
        {
            "change": kind,
            **{key: each.get(key, "") for key in ("id", "check", "severity", "score", "status", "row", "message")},
            "version": each["places"][0]["version"],
            "text": each["places"][0]["text"],
        }
        for kind, found in kinds
        for each in found
    ]


def to_tsv(changes: Difference) -> str:
    """Write a header and a line a finding."""
    return table(COLUMNS, to_rows(changes))


def to_json(changes: Difference) -> str:
    """Write the counts and the findings."""
    written = {"schema": "hexapla-diff/1", "counts": counts(changes), "otherwise": changes.otherwise}
    return json.dumps({**written, "findings": to_rows(changes)}, ensure_ascii=False, indent=1) + "\n"


def to_text(changes: Difference) -> str:
    """Write for people: the counts, then all but what remains."""
    lines = [
        ", ".join(f"{number} {what}" for what, number in counts(changes).items()).replace(" 1 decisions", " 1 decision")
    ]
    for each in to_rows(changes):
        if each["change"] != "remaining":
            was = f", was {each['status']}" if each["change"] == "decision lost" else ""
            where = f"{each['version']} row {each['row']}"
            lines.append(f"{each['change']}: {each['check']} {each['severity']} · {where}{was}")
            lines += [f"  {_line(each['message'])}", f"  “{_line(each['text'])}”"]
    return "\n".join(lines) + "\n"


def counts(changes: Difference) -> dict[str, int]:
    """Count what changed, by what became of it."""
    return {
        "fixed": len(changes.fixed),
        "new": len(changes.new),
        "remaining": len(changes.remaining),
        "decisions lost": len(changes.lost),
    }


def _pairs(old: list[Found], new: list[Found]) -> list[tuple[Found, Found]]:
    """Pair the findings that are the same, each at most once, those with the most alike words first."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    by_id = {each["id"]: each for each in old}
    pairs = [(by_id.pop(each["id"]), each) for each in new if each["id"] in by_id]
    known = {id(other) for _, other in pairs}
    left: dict[tuple[str, str], tuple[list[Found], list[Found]]] = defaultdict(lambda: ([], []))
    for which, found in enumerate((by_id.values(), (each for each in new if id(each) not in known))):
        for each in found:
            left[each["check"], each["places"][0]["version"]][which].append(each)
    for gone, come in left.values():
        words = [_words(other) for other in come]
        alike = [
            (score, i, k)
            for i, one in enumerate(gone)
            for _, score, k in extract(_words(one), words, scorer=ratio, score_cutoff=ALIKE, limit=None)
        ]
        used: tuple[set[int], set[int]] = (set(), set())
        for _, i, k in sorted(alike, key=lambda each: (-each[0], each[1], each[2])):
            if i not in used[0] and k not in used[1]:
                pairs.append((gone[i], come[k]))
                used[0].add(i)
                used[1].add(k)
    order = {id(each): at for at, each in enumerate(new)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _words(finding: Found) -> str:
    return _line(finding["places"][0]["text"])


def _line(text: object) -> str:
    return " ".join(str(text).split())


def _counted(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(each for each in found if each["status"] != "dismissed")


def _otherwise(old: str, new: str) -> tuple[str, ...]:
    """Say which parts of the signature differ, the texts aside."""
    before, after = (dict(part.split(":", 1) for part in text.split("|") if ":" in part) for text in (old, new))
    names = [name for name in {**before, **after} if name != "texts"]
    return tuple(
        f"{name}: {before.get(name, 'none')} became {after.get(name, 'none')}"
        for name in names
        if before.get(name) != after.get(name)
    )


def _is_finding(finding: object) -> bool:
    if not isinstance(finding, dict) or not {"id", "check", "severity", "status", "places", "message"} <= set(finding):
        return False
    places = finding["places"]
    first = places[0] if isinstance(places, list) and places else None
    return isinstance(first, dict) and {"version", "text"} <= set(first) and finding["severity"] in SEVERITIES
