"""What the whole report finds of every kind of error: any code at the place of what was planted."""

from __future__ import annotations

from collections.abc import Iterator

from compare.pipeline import check
from compare.values import Finding
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.collations import changes, collation, plant_in_turn, unseen_rows
from tests.planting.corpora import Aligned, mlqe

#: Sentences of machine translation, put right by hand, that are glued into a document.
_GLUED = 300


def bench() -> Iterator[Figure]:
    """Plant every kind in turn and ask the whole report, every code: what of each kind is found at its place.

    Beside three versions and the source stand the versions alone, and two kinds of a single version beside its source:
    one of the versions, and machine translation put right by hand.
    """
    if SHARED is None:
        return
    listed = unseen_rows()
    planted = plant_in_turn(listed, 7)
    alone = [
        Aligned(r.corpus, r.source, {"en": r.versions[each[0] if each else min(r.versions)]})
        for r, each in zip(listed, planted, strict=True)
    ]
    glued = [Aligned("mlqe", r["source"], {"en": r["postedit"]}) for r in mlqe("dev")[:_GLUED]]
    settings = {
        "versions and source": (listed, planted, True),
        "versions": (listed, planted, False),
        "source": (alone, [("en", each[1]) if each else None for each in planted], True),
        "put right": (glued, plant_in_turn(glued, 7), True),
    }
    found: dict[str, dict[str, list[bool]]] = {}
    for setting, (texts, errors, source) in settings.items():
        made = collation(texts, changes(errors), source)
        told: dict[tuple[int, str], list[Finding]] = {}
        for finding in check(made):
            told.setdefault((finding.row - 1, finding.places[0].version), []).append(finding)
        for n, error in enumerate(errors):
            if error:
                version, true = error
                start = made.rows[n].spans[version].start
                hit = any(
                    start + a < f.places[0].span.end and f.places[0].span.start < start + b
                    for f in told.get((n, version), ())
                    for a, b in true.spans or ((0, len(true.text)),)
                )
                found.setdefault(true.kind, {}).setdefault(setting, []).append(hit)
        sound = [
            (n, v) for n, row in enumerate(made.rows) for v in row.spans if v != "ru" and (errors[n] or ("",))[0] != v
        ]
        size = sum(len(made.cell(made.rows[n], v).split()) for n, v in sound) / 1000
        for weight, wanted in (("any", ("critical", "major", "minor")), ("major", ("critical", "major"))):
            false = sum(f.severity in wanted for at in sound for f in told.get(at, ()))
            name = f"every kind, {setting}: findings of {weight} severity in 1,000 sound words"
            yield Figure(name, false / size, better="lower")
    for kind, by in sorted(found.items()):
        shares = {setting: sum(hits) / len(hits) for setting, hits in by.items()}
        yield Figure(f"{kind}: found at its place by any code", shares.pop("versions and source", 0.0), peers=shares)
