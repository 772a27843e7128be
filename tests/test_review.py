"""The desk: what is done is saved at once, taken back, merged with others, and served to its own page alone."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from compare import encode
from compare.read.decided import table
from compare.review import Conflict, Desk
from compare.review.server import app
from tests.bench.desk import missing, torn

TOML = """id = "w"
[[version]]
id = "en-a"
file = "en-a.txt"
lang = "en"
[[version]]
id = "en-rev"
file = "en-rev.txt"
lang = "en"
status = "revised"
"""
A = "The the dog slept on the mat.\n\nHe came home late at night.\n\nNobody saw the cat there.\n"
REVISED = "A dog was asleep on the mat.\n\nHe got home late late at night.\n\nNo one saw saw the cat there.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "w"
    home.mkdir()
    (home / "work.toml").write_text(TOML)
    (home / "en-a.txt").write_text(A)
    (home / "en-rev.txt").write_text(REVISED)
    return home


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk(folder, encode.get("none"), background=False)


def ids(desk: Desk, check: str = "REP") -> list[str]:
    return [f.id for f in desk.report.findings if f.check.startswith(check)]


def statuses(desk: Desk) -> dict[str, str]:
    return {id: status for id, (status, _) in desk.state()["findings"].items()}


class TestDeciding:
    def test_is_saved_at_once_and_another_desk_reads_it(self, desk: Desk, folder: Path) -> None:
        first = ids(desk)[0]
        desk.decide([first], "dismissed", "as\tprinted\u202e")
        [line] = table(folder / "decisions.tsv")
        assert (line["verdict"], line["reason"]) == ("dismissed", "as printed")
        assert statuses(Desk(folder, encode.get("none"))) == {first: "dismissed"}

    def test_is_taken_back_and_done_again(self, desk: Desk, folder: Path) -> None:
        first, second, *_ = ids(desk)
        desk.decide([first, second], "accepted")
        desk.decide([second], "fixed", "done")
        desk.undo()
        assert statuses(desk) == {first: "accepted", second: "accepted"}
        desk.undo()
        assert statuses(desk) == {}
        desk.redo()
        desk.redo()
        assert statuses(desk) == {first: "accepted", second: "fixed"}
        with pytest.raises(Conflict, match="nothing"):
            desk.redo()

    def test_open_takes_a_word_back_and_stands_against_a_broader_one(self, desk: Desk, folder: Path) -> None:
        first, second, *_ = ids(desk)
        desk.decide([first], "accepted")
        desk.decide([first], "open")
        assert table(folder / "decisions.tsv") == ()
        quote = next(f.places[0].text for f in desk.report.findings if f.id == second)
        (folder / "decisions.tsv").write_text(f"check\tquote\tverdict\nREP\t{quote}\tdismissed\n")
        assert statuses(desk)[second] == "dismissed"
        desk.decide([second], "open")
        assert second not in statuses(desk)

    def test_a_note_alone_is_kept(self, desk: Desk) -> None:
        first = ids(desk)[0]
        desk.decide([first], "open", "ask the author")
        assert desk.state()["findings"][first] == ["open", "ask the author"]

    def test_what_is_no_verdict_or_no_finding_is_refused(self, desk: Desk, folder: Path) -> None:
        for given, verdict in ((ids(desk), "perhaps"), (["REP101-0"], "fixed")):
            with pytest.raises(Conflict):
                desk.decide(given, verdict)
        assert not (folder / "decisions.tsv").exists()

    def test_decisions_that_others_wrote_meanwhile_stay(self, desk: Desk, folder: Path) -> None:
        other = Desk(folder, encode.get("none"), background=False)
        first, second, *_ = ids(desk)
        desk.decide([first], "accepted")
        other.decide([second], "dismissed")
        assert statuses(desk) == statuses(other) == {first: "accepted", second: "dismissed"}

    def test_two_hands_at_once_lose_nothing(self, desk: Desk, folder: Path) -> None:
        other, found = Desk(folder, encode.get("none"), background=False), ids(desk)

        def work(mine: Desk, verdict: str, id: str) -> None:
            for at in range(40):
                mine.decide([id], verdict, f"{at}")

        hands = [
            threading.Thread(target=work, args=args)
            for args in ((desk, "accepted", found[0]), (other, "fixed", found[1]))
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        assert desk.state()["findings"] == {found[0]: ["accepted", "39"], found[1]: ["fixed", "39"]}


def test_two_clients_at_once_lose_no_decision(tmp_path: Path) -> None:
    assert missing(tmp_path, 25) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_desk_that_is_killed_while_it_saves_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    assert torn(tmp_path, 25) == (25, [])


class TestEditing:
    def row_of(self, desk: Desk, words: str) -> tuple[int, str]:
        collation = desk.report.collation
        return next((r.number, c) for r in collation.rows if words in (c := collation.cell(r, "en-rev")))

    def test_changes_the_file_and_only_its_findings(self, desk: Desk, folder: Path) -> None:
        before = set(ids(desk))
        row, old = self.row_of(desk, "late late")
        desk.edit("en-rev", row, old, old.replace("late late", "late"))
        assert (folder / "en-rev.txt").read_text() == REVISED.replace("late late", "late")
        gone = before - set(ids(desk))
        assert len(gone) == 1
        assert set(ids(desk)) < before
        desk.undo()
        assert (folder / "en-rev.txt").read_text() == REVISED
        assert set(ids(desk)) == before

    def test_finds_the_words_in_a_file_that_changed_meanwhile(self, desk: Desk, folder: Path) -> None:
        row, old = self.row_of(desk, "late late")
        changed = "A first line.\n\n" + REVISED
        (folder / "en-rev.txt").write_text(changed)
        desk.edit("en-rev", row, old, "He got home late.")
        assert (folder / "en-rev.txt").read_text() == changed.replace(old.strip(), "He got home late.")

    def test_asks_where_the_words_are_gone(self, desk: Desk, folder: Path) -> None:
        row, old = self.row_of(desk, "late late")
        changed = REVISED.replace("late late", "very late")
        (folder / "en-rev.txt").write_text(changed)
        with pytest.raises(Conflict, match="changed on the disk"):
            desk.edit("en-rev", row, old, "He got home.")
        assert (folder / "en-rev.txt").read_text() == changed
        desk.state()
        assert "very late" in desk.cell("en-rev", self.row_of(desk, "very late")[0])

    @pytest.mark.parametrize(
        ("version", "row", "old", "new"),
        [("en-a", 1, "The the", "x"), ("en-rev", 99, "a", "b"), ("en-rev", 1, "not this", "b"), ("none", 1, "a", "b")],
    )
    def test_refuses_what_is_not_to_be_edited(self, desk: Desk, version: str, row: int, old: str, new: str) -> None:
        with pytest.raises(Conflict):
            desk.edit(version, row, old, new)

    def test_refuses_to_empty_a_reading_and_a_file_in_another_encoding(self, desk: Desk, folder: Path) -> None:
        row, old = self.row_of(desk, "late late")
        with pytest.raises(Conflict):
            desk.edit("en-rev", row, old, "  ")
        (folder / "en-rev.txt").write_bytes(REVISED.encode("utf-16"))
        with pytest.raises(Conflict, match="UTF-8"):
            desk.edit("en-rev", row, old, "x")

    def test_undo_leaves_a_file_that_was_changed_since(self, desk: Desk, folder: Path) -> None:
        row, old = self.row_of(desk, "late late")
        desk.edit("en-rev", row, old, "He got home late.")
        (folder / "en-rev.txt").write_text("Quite another text.\n")
        with pytest.raises(Conflict, match="changed since"):
            desk.undo()
        assert (folder / "en-rev.txt").read_text() == "Quite another text.\n"


class TestRows:
    def test_are_corrected_and_given_back(self, desk: Desk, folder: Path) -> None:
        rows = len(desk.report.collation.rows)
        desk.mend("merge", 0, 1)
        assert (folder / "alignment.tsv").exists()
        assert len(desk.report.collation.rows) == rows - 1
        desk.undo()
        assert not (folder / "alignment.tsv").exists()
        assert len(desk.report.collation.rows) == rows

    @pytest.mark.parametrize("asked", [("up", 0, 0), ("sideways", 0, 1), ("up", 9, 0), ("up", 0, 99)])
    def test_what_cannot_be_is_refused(self, desk: Desk, folder: Path, asked: tuple[str, int, int]) -> None:
        with pytest.raises(Conflict):
            desk.mend(*asked)
        assert not (folder / "alignment.tsv").exists()


def test_trouble_in_the_folder_is_said_and_the_last_report_stays(desk: Desk, folder: Path) -> None:
    (folder / "work.toml").write_text("version = 7")
    assert "work.toml" in desk.state()["trouble"] + desk.state()["trouble"]
    assert ids(desk)
    (folder / "work.toml").write_text(TOML)
    desk.state()
    assert desk.state()["trouble"] == ""


def test_a_fault_of_the_program_is_said_and_the_desk_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = len(desk.report.findings)
    with monkeypatch.context() as broken:
        broken.setattr("compare.review.desk.pipeline.report", lambda *_, **__: 1 / 0)
        desk.edit("en-rev", 2, "He got home late late at night.", "He got home late at night.")
        desk.wait()
    assert desk.trouble == "a fault of the program, ZeroDivisionError: division by zero"
    assert len(desk.report.findings) == found
    desk.edit("en-rev", 3, "No one saw saw the cat there.", "No one saw the cat there.")
    desk.wait()
    assert not desk.trouble
    assert len(desk.report.findings) < found


def test_stale_decisions_are_named(desk: Desk, folder: Path) -> None:
    (folder / "decisions.tsv").write_text("check\tversion\tquote\tverdict\nREP101\ten-a\tgone words\tdismissed\n")
    assert desk.state()["stale"] == ["REP101 en-a “gone words” dismissed"]


class TestServer:
    HOST = "127.0.0.1:8123"

    @pytest.fixture
    def client(self, desk: Desk) -> TestClient:
        made = TestClient(app(desk, 8123, "token"), base_url=f"http://{self.HOST}", follow_redirects=False)
        assert made.get("/?token=token").status_code == 303
        return made

    def origin(self) -> dict[str, str]:
        return {"origin": f"http://{self.HOST}"}

    def test_the_token_serves_once(self, desk: Desk) -> None:
        served = app(desk, 8123, "token")
        first, second = (TestClient(served, base_url=f"http://{self.HOST}", follow_redirects=False) for _ in range(2))
        assert first.get("/").status_code == 403
        assert first.get("/?token=wrong").status_code == 403
        answer = first.get("/?token=token")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]
        assert second.get("/?token=token").status_code == 403
        assert first.get("/").status_code == 200
        assert first.get("/?token=token").status_code == 303

    def test_only_this_host_and_this_origin(self, client: TestClient, desk: Desk) -> None:
        body = {"ids": ids(desk)[:1], "verdict": "fixed", "reason": ""}
        assert client.get("/state", headers={"host": "evil.example"}).status_code == 421
        for headers in ({}, {"origin": "http://evil.example"}, {"origin": "http://127.0.0.1:1"}, {"origin": "null"}):
            assert client.post("/do/decide", json=body, headers=headers).status_code == 403
        assert statuses(desk) == {}
        done = client.post("/do/decide", json=body, headers=self.origin())
        assert done.json()["findings"] == {body["ids"][0]: ["fixed", ""]}

    def test_without_the_cookie_nothing_is_told(self, desk: Desk) -> None:
        stranger = TestClient(app(desk, 8123, "token"), base_url=f"http://{self.HOST}")
        for path in ("/", "/state", "/shown", "/variants", "/cell?version=en-a&row=1"):
            assert stranger.get(path).status_code == 403
        assert stranger.post("/do/undo", headers=self.origin()).status_code == 403

    def test_serves_nothing_else(self, client: TestClient) -> None:
        for path in ("/work.toml", "/en-a.txt", "/../w/work.toml", "/%2e%2e/etc/passwd"):
            assert client.get(path).status_code == 404
        assert client.post("/do/nothing", headers=self.origin()).status_code == 404

    def test_what_is_not_understood_is_said(self, client: TestClient) -> None:
        for body in ("not json", "[]", '{"ids": 3}', "{}"):
            answer = client.post("/do/decide", content=body, headers=self.origin())
            assert (answer.status_code, "conflict" in answer.json()) == (400, True)
        answer = client.post("/do/undo", headers=self.origin())
        assert answer.status_code == 409
        assert client.post("/do/decide", content=b"x" * 1_100_000, headers=self.origin()).status_code == 413

    def test_the_page_may_ask_its_own_server_and_nobody_else(self, client: TestClient) -> None:
        answer = client.get("/")
        assert "connect-src 'self'" in answer.text
        assert "desk(document.body" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert ["A", "The the"] in [
            [r["text"] for r in site["readings"]][::-1] for site in client.get("/variants").json()
        ]
        shown = client.get("/shown").json()
        assert shown["html"].startswith('<div class="hexapla"')
        assert client.get("/cell?version=en-a&row=1").json() == {"text": "The the dog slept on the mat."}
        assert client.get("/cell?version=en-a&row=x").status_code == 409
