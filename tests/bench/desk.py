"""The desk under load: two clients at once lose no decision, and killed while it saves it leaves the old or the new.

`HEXAPLA_DECISIONS` (500 unless said) are made by each client, `HEXAPLA_KILLS` (100) instants are killed.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from compare import decisions, encode, read
from compare.read.decided import table
from compare.review import Desk
from compare.review.server import app
from tests.bench import Figure
from tests.bench.kills import run

DECISIONS = int(os.environ.get("HEXAPLA_DECISIONS", "500"))
KILLS = int(os.environ.get("HEXAPLA_KILLS", "100"))
CLIENTS = 2
_HOST = "127.0.0.1:8123"
_TOML = 'id = "w"\n[[version]]\nid = "en"\nfile = "en.txt"\nlang = "en"\nstatus = "revised"\n'


def stock(folder: Path, findings: int) -> Desk:
    """Lay a work with so many doubled words into a folder, and sit down at it."""
    (folder / "work.toml").write_text(_TOML)
    (folder / "en.txt").write_text("\n\n".join(f"The number {at} stood stood here." for at in range(findings)))
    return Desk(folder, encode.get("none"), background=False)


def missing(folder: Path, count: int) -> int:
    """Let two clients make so many decisions each at once; count what the folder then lacks, or has twice."""
    from starlette.testclient import TestClient

    desk = stock(folder, CLIENTS * count)
    ids = [finding.id for finding in desk.report.findings if finding.check == "REP101"]
    served = app(desk, int(_HOST.partition(":")[2]), "token")
    clients = [TestClient(served, base_url=f"http://{_HOST}") for _ in range(CLIENTS)]
    clients[0].get("/?token=token")
    for client in clients[1:]:
        client.cookies = clients[0].cookies  # a second window of the same browser

    def decide(client: TestClient, mine: list[str]) -> None:
        for id in mine:
            body = {"ids": [id], "verdict": "dismissed", "reason": id}
            client.post("/do/decide", json=body, headers={"origin": f"http://{_HOST}"})

    hands = [threading.Thread(target=decide, args=(each, ids[at::CLIENTS])) for at, each in enumerate(clients)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    kept = [line["reason"] for line in table(folder / "decisions.tsv") if line["verdict"] == "dismissed"]
    return CLIENTS * count - len(set(ids).intersection(kept)) + len(kept) - len(set(kept))


def torn(folder: Path, kills: int) -> tuple[int, list[int]]:
    """Kill the desk at so many instants while it saves; return how often, and after which no whole state is left.

    An instant is an operation on files. A state is whole that stands before a decision or behind it.
    """
    desk, file = stock(folder, kills), folder / "decisions.tsv"
    ids = [finding.id for finding in desk.report.findings if finding.check == "REP101"]
    saved: list[set[str]] = [set()]
    for id in ids:
        saved.append(saved[-1] | {id})

    def save() -> None:
        for id in ids:
            desk.decide([id], "dismissed", id)

    killed, faults = 0, []
    for instant in range(1, kills + 1):
        file.unlink(missing_ok=True)
        killed += run(save, folder, instant)[0] == -signal.SIGKILL
        kept = {line["reason"] for line in table(file)} if file.exists() else set()
        taken = decisions.read(read.load(folder))
        faults += [instant] * (kept not in saved or len(taken) != len(kept))
    return killed, faults


def bench() -> Iterator[Figure]:
    """Let clients decide, and kill."""
    with tempfile.TemporaryDirectory() as place:
        lost = missing(Path(place), DECISIONS)
    yield Figure(f"decisions missing of {CLIENTS} × {DECISIONS} made at once", lost, 0, "lower")
    with tempfile.TemporaryDirectory() as place:
        killed, faults = torn(Path(place), KILLS)
    print(*faults, file=sys.stderr)
    yield Figure("times killed while saving", killed)
    yield Figure("folders left neither old nor new", len(faults), 0, "lower")
