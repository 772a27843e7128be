"""What every check says of sound prose: as much as is recorded here, and no more.

`tests/silence/sound` is a tale of our own with a close and a free translation, both sound, full of what misleads:
denials turned round, the historic present, hours and coins that hide numbers, titles, sayings, a refrain. What is
recorded is read before it is committed; `pytest --update` records anew.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from compare import load, records, report
from compare.checks import all_checks
from compare.records import recording

_FOLDER = Path(__file__).parent / "silence"


def test_sound_prose_gets_the_findings_that_are_recorded(
    update: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(records, "recording", recording)  # the second report finds kept what the first computed
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))
    every = [check.code for check in all_checks()]
    findings = report(load(_FOLDER / "sound"), select=every).findings
    by_default = report(load(_FOLDER / "sound")).findings
    counted = {
        name: dict(sorted(Counter(f"{f.check} {f.severity}" for f in found).items()))
        for name, found in (("every check", findings), ("by default", by_default))
    }
    recorded = _FOLDER / "counts.json"
    if update:
        recorded.write_text(json.dumps(counted, indent=1) + "\n", "utf-8")
    assert counted == json.loads(recorded.read_text("utf-8"))
    assert [f.message for f in by_default if f.severity == "critical"] == []
