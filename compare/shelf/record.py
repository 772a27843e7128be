"""The task of one work: read it, check it, write its report and its record, and say in one line what it needs."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.lang import DEFAULT
from compare.shelf import memory, storage, tables
from compare.values import SEVERITIES, Encoder, InputError, Work

if TYPE_CHECKING:
    from compare.pipeline import Report
    from compare.shelf.works import Listed

#: The folder of the works' reports and records, and the name of a record.
FOLDER, NAME = "works", "record.parquet"


@dataclass(frozen=True, slots=True)
class Order:
    """What a shelf was asked for; it travels to the workers. `encoder`: a name, for each worker loads its own."""

    out: str
    encoder: str = "use"
    allow_download: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    everything: bool = False
    formats: tuple[str, ...] = ("html", "json")


@dataclass(frozen=True, slots=True)
class Summary:
    """A work in one line, for the client. `done`: whether its record was there already."""

    work: str
    title: str = ""
    report: str = ""
    reason: str = ""
    rows: int = 0
    words: int = 0
    critical: int = 0
    major: int = 0
    minor: int = 0
    neutral: int = 0
    weight: float = 0.0
    done: bool = False


def folder(id: str) -> str:
    """Return the folder of a work's report and record, from the shelf's page.

    It is called as the id is, as far as files may be, and by a digest that keeps two works apart.
    """
    plain = re.sub(r"[^\w.-]+", "-", id, flags=re.ASCII).strip("-.")[-60:]
    return f"{FOLDER}/{plain}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def address(order: Order, id: str) -> str:
    """Return the address of the folder of a work's report and record."""
    return storage.join(order.out, folder(id))


def check(listed: Listed, order: Order) -> Summary:
    """Check a work as `compare.report` does, unless its record says that this was done to the same texts.

    A work that cannot be read, or that the program fails on, has a record that says why, and is tried again next time.
    Raises OSError where the record cannot be written.
    """
    from compare import read

    memory.keep_room()
    memory.forget()
    place = address(order, listed.id)
    try:
        with storage.here(listed.address) as path:
            work = _named(read.load(path), path, listed.id)
            digest = _digest(work, order)
            line = tables.work_of(storage.read(storage.join(place, NAME)))
            if line and line["digest"] == digest:
                return _summary(line, done=True)
            return _checked(listed, order, work, digest)
    except InputError as error:
        name = error.file.rpartition("/")[2]
        trouble = error.trouble if name == listed.address.rpartition("/")[2] else f"{name}: {error.trouble}"
    except (OSError, MemoryError) as error:
        trouble = f"{type(error).__name__}: {error}"
    except Exception as error:
        trouble = f"a fault of the program, {type(error).__name__}: {error}"
    return failed(listed, order, trouble)


def failed(listed: Listed, order: Order, reason: str) -> Summary:
    """Record that a work could not be checked, and why, in one line."""
    reason = " ".join(reason.split())[:500]
    line = _line(listed, reason=reason, signature="", warnings=[])
    storage.write(storage.join(address(order, listed.id), NAME), tables.to_record("", line, {}))
    return _summary(line)


def _checked(listed: Listed, order: Order, work: Work, digest: str) -> Summary:
    from compare import write
    from compare.pipeline import report as run
    from compare.write.phrasing import warnings

    report = run(
        work,
        encoder=_encoder(order.encoder, order.allow_download),
        select=order.select,
        ignore=order.ignore,
        everything=order.everything,
    )
    place = address(order, listed.id)
    rendered = [item for format in order.formats for item in write.files(report, format).items()]
    made = lines_of(report)
    undismissed = Counter(finding.severity for finding in report.findings if finding.status != "dismissed")
    line = _line(
        listed,
        title=work.title,
        report=folder(listed.id),
        reason="",
        signature=report.signature,
        rows=len(report.collation.rows),
        words=sum(version["words"] for version in made["versions"]),
        **{severity: undismissed[severity] for severity in SEVERITIES},
        weight=round(sum(job.weight for job in report.worklist.jobs), 1),
        warnings=list(warnings(report)),
    )
    for name, content in rendered:
        storage.write(storage.join(place, name), content)
    storage.write(storage.join(place, NAME), tables.to_record(digest, line, made))
    return _summary(line)


def _named(work: Work, path: Path, id: str) -> Work:
    """Name a file that is a work by its id, so that reports do not depend on where the shelf lies."""
    versions = tuple(replace(v, file=id) if v.file == str(path) else v for v in work.versions)
    return replace(work, versions=versions)


@functools.cache
def _encoder(name: str, allow_download: bool) -> Encoder:
    """Return the worker's encoder, loaded once."""
    from compare import encode

    return encode.get(name, allow_download=allow_download)


def _line(listed: Listed, **known: Any) -> dict[str, Any]:
    """Make the line of the table of works."""
    blank: dict[str, Any] = dict.fromkeys(("rows", "words", *SEVERITIES), 0)
    return {"work": listed.id, "title": listed.id, "report": "", **blank, "weight": 0.0, **known}


def _summary(line: Mapping[str, Any], done: bool = False) -> Summary:
    names = [name for name in Summary.__dataclass_fields__ if name != "done"]
    return Summary(**{name: line[name] for name in names}, done=done)


def _digest(work: Work, order: Order) -> str:
    """Sum up all that a report is made of: what was read, what was asked for, and by which program."""
    from compare import __version__, artefacts
    from compare.checks import select

    parts = {
        "program": __version__,
        "learned": sorted(stated.get("sha256", "") for stated in artefacts.manifest().values()),
        "checks": [f"{each.code}@{each.threshold:g}" for each in select(order.select, order.ignore)],
        "order": {key: value for key, value in asdict(order).items() if key not in ("out", "allow_download")},
        "tables": {name: list(columns) for name, columns in tables.COLUMNS.items()},
        "work": [work.id, work.title, work.note, work.warnings],
        "versions": [{**asdict(version), "file": version.file.rpartition("/")[2]} for version in work.versions],
        "with": {name: [dict(line) for line in lines] for name, lines in work.tables.items()},
        "aligned": [{id: (s.start, s.end) for id, s in row.items()} for row in work.rows or ()],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


# ---- the tables of a work ----


def lines_of(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Lay a report out as the tables of `compare.shelf.tables`, without the column `work`."""
    from compare import frames
    from compare.words import words

    collation, analysis = report.collation, report.analysis
    versions = [
        {
            **{name: getattr(v, name) for name in ("lang", "role", "title", "translator", "year", "text")},
            "version": v.id,
            "words": len(words(v.text)),
        }
        for v in report.work.versions
    ]
    rows = [
        {
            "row": row.number,
            "version": id,
            "start": span.start,
            "end": span.end,
            "text": collation.cell(row, id),
            "confidence": row.confidence,
            "risk": risk.get(id),
        }
        for row, risk in zip(collation.rows, report.risk, strict=True)
        for id, span in row.spans.items()
    ]
    repeats = [
        {
            "version": each.extra.version,
            "kind": each.kind,
            "score": each.score,
            "severity": each.severity,
            "alike": each.alike,
            "start": each.extra.span.start,
            "end": each.extra.span.end,
            "text": each.extra.text,
            "kept_start": each.kept.span.start,
            "kept_end": each.kept.span.end,
            "reason": each.reason,
        }
        for each in analysis.repeats
    ]
    return {
        "versions": versions,
        "rows": rows,
        "findings": frames.finding_lines(report.findings),
        "names": list(_names(report)),
        "terms": list(_terms(report)),
        "repeats": repeats,
        "variants": frames.site_lines(report.variants),
    }


def _names(report: Report) -> Iterator[dict[str, Any]]:
    for entry in report.analysis.names.entries:
        for version, spellings in entry.spellings.items():
            for spelling in spellings:
                yield {
                    "name": entry.name,
                    "kind": entry.kind,
                    "proposed": entry.proposed,
                    "version": version,
                    "spelling": spelling.text,
                    "count": len(spelling),
                    "row": min(spelling.rows, default=0),
                }


def _terms(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the terms of the work's glossary and the capitalised phrases of its English versions, form by form."""
    from compare.terms.glossary import occurrences, phrases

    collation, analysis = report.collation, report.analysis
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for term in analysis.glossary:
        for version in collation.work.versions:
            for form in dict.fromkeys((term.term, *term.preferred, *term.allowed, *term.forbidden)):
                for place, row in occurrences(collation, analysis.lemmas, version.id, form):
                    found[term.term, version.id, place.text].append(row.number)
    for version in collation.work.versions:
        for folded, start, end in phrases(version.text) if version.lang == DEFAULT else ():
            form = " ".join(version.text[start:end].split())
            found[" ".join(folded), version.id, form].append(collation.number_at(version.id, start))
    for (name, id, form), rows in found.items():
        yield {"term": name, "version": id, "form": form, "count": len(rows), "row": min(rows)}
