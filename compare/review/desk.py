"""A work under an editor's hands: what is done is saved at once into its folder, and the report follows."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from compare import decisions, files, pipeline, read
from compare.alignment.corrections import save_edit
from compare.notebook import corrections
from compare.read.decided import table
from compare.values import Encoder, Findings, InputError, Report, Verdict, Version
from compare.write import html
from compare.write.variant_list import sites

#: A reason, or a reading, of more characters than this is no reason, no reading.
_LONG = 20_000


class Conflict(Exception):  # noqa: N818 - it is an answer, not an error
    """What was asked for does not fit what now stands in the folder; the message says so to the editor."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What was saved, so that it can be taken back: lines of decisions, or the bytes of a file."""

    before: list[dict[str, str]] | bytes | None
    after: list[dict[str, str]] | bytes
    file: Path


class Desk:
    """The report of a work's folder, kept up to date. Every method is safe to call from several threads.

    `mark` counts all changes; `page` those after which rows or findings must be shown again. Raises InputError for a
    folder that cannot be read. `background`: False judges before a change returns.
    """

    def __init__(self, folder: Path, encoder: Encoder | None = None, *, background: bool = True) -> None:
        self.folder = folder.resolve()
        self.mark = self.page = 1
        self.trouble = self.doing = ""
        self._encoder, self._background = encoder, background
        self._lock = threading.RLock()
        self._judging: threading.Thread | None = None
        self._again = False
        self._undo: list[_Change] = []
        self._redo: list[_Change] = []
        self._stamps = self._look()
        self.report: Report = pipeline.report(read.load(self.folder), encoder=encoder)
        if self.report.work.folder is None:
            raise InputError(folder, "is not a work's folder, where decisions are kept")
        self._stamps = self._look()

    # ---- what the page asks for ----

    def state(self) -> dict[str, Any]:
        """Return what a window must know to stand as it should; files that changed meanwhile are noticed first."""
        with self._lock:
            self._notice()
            return {
                "mark": self.mark,
                "page": self.page,
                "busy": self._judging is not None,
                "doing": self.doing,
                "trouble": self.trouble,
                "undo": len(self._undo),
                "redo": len(self._redo),
                "stale": [decisions.described(each) for each in self.report.stale],
                "findings": {
                    f.id: [f.status, f.reason] for f in self.report.findings if f.status != "open" or f.reason
                },
            }

    def shown(self) -> dict[str, Any]:
        """Return the report's root element, the sentences of its rows and which page this is."""
        with self._lock:
            return {"page": self.page, "html": html.reader(self.report, ()), "sentences": self.sentences()}

    def variants(self) -> list[dict[str, Any]]:
        """Return where the versions differ, as the page shows it."""
        with self._lock:
            report = self.report
        return sites(report) or []  # which takes its time in a long work, while others save

    def cell(self, version: str, row: int) -> str:
        """Return a version's words in a row, as they stand in its text. Raises Conflict where there are none."""
        with self._lock:
            collation = self.report.collation
            if not 1 <= row <= len(collation.rows) or version not in collation.rows[row - 1].spans:
                raise Conflict(f"{version} has nothing in row {row}")
            return collation.cell(collation.rows[row - 1], version)

    def sentences(self) -> list[list[list[int]]]:
        """Give of each version for each sentence its row and where in the cell it begins."""
        return corrections.sentences(self.report.collation)

    # ---- what an editor does ----

    def decide(self, ids: Sequence[str], verdict: str, reason: str = "") -> None:
        """Save a verdict on findings. `open` without a reason takes back an earlier one. Raises Conflict."""
        if verdict not in get_args(Verdict):
            raise Conflict(f"{verdict!r} is not a verdict")
        with self._lock:
            self._notice()
            at = {finding.id: index for index, finding in enumerate(self.report.findings)}
            if unknown := [id for id in ids if id not in at]:
                raise Conflict(f"{unknown[0]} is not found any more")
            known = decisions.lines(self.report.findings, self.report.work)
            word = "" if verdict == "open" and not reason.strip() else verdict
            new = [known[at[id]] | {"verdict": word, "reason": _line(reason)} for id in ids]
            file = self.folder / decisions.FILE
            lines = {decisions.subject(line): dict(line) for line in (table(file) if file.exists() else ())}
            old = [lines.get(decisions.subject(line), line | {"verdict": "", "reason": ""}) for line in new]
            self._save_lines(new)
            left = {f.id for f in self.report.findings if f.status != "open"}
            if not word and (closed := [line for id, line in zip(ids, new, strict=True) if id in left]):
                # A broader decision covers them too: only a decision of their own opens them.
                new = [line | {"verdict": "open"} if line in closed else line for line in new]
                self._save_lines(new)
            self._done(_Change(old, new, file))

    def edit(self, version: str, row: int, old: str, new: str) -> None:
        """Put other words into a revised version's cell of a row, and its text file. Raises Conflict.

        Where the file was changed meanwhile the words are sought in it, and must stand there once.
        """
        with self._lock:
            edited = next((v for v in self.report.work.versions if v.id == version), None)
            if edited is None or edited.status != "revised":
                raise Conflict(f"{version} is not a revised version: its text is not edited here")
            if not 1 <= row <= len(self.report.collation.rows) or not new.strip() or len(new) > _LONG:
                raise Conflict("a reading is some words in a row that there is")
            span = self.report.collation.rows[row - 1].spans.get(version)
            if span is None or span.of(edited.text) != old or not old:
                raise Conflict("the row was changed meanwhile; look at it again")
            file = self._file(edited)
            with files.locked(self.folder):
                before = file.read_bytes()
                text, begins = _decoded(file, before)
                if text == edited.text:
                    start = span.start
                elif text.count(old) == 1:
                    start = text.index(old)
                else:
                    raise Conflict(f"{edited.file} was changed on the disk, and these words do not stand there once")
                after = begins + (text[:start] + new + text[start + len(old) :]).encode()
                files.replace(file, after)
            self._done(_Change(before, after, file))
            self.judge()

    def mend(self, how: str, column: int, sentence: int) -> None:
        """Move a sentence to another row, as the notebook's reader does, and save `alignment.tsv`. Raises Conflict."""
        with self._lock:
            file = self.folder / "alignment.tsv"
            try:
                collation = corrections.mend(self.report.collation, how, column, sentence)
            except (ValueError, IndexError, KeyError, StopIteration) as trouble:
                raise Conflict(str(trouble) or "there is no such sentence") from None
            before = file.read_bytes() if file.exists() else None
            save_edit(collation, file)
            self._done(_Change(before, file.read_bytes(), file))
            self.judge()

    def undo(self) -> None:
        """Take back what was done last. Raises Conflict where the file was changed since."""
        self._back(self._undo, self._redo, lambda change: (change.after, change.before))

    def redo(self) -> None:
        """Do again what was taken back last. Raises Conflict where the file was changed since."""
        self._back(self._redo, self._undo, lambda change: (change.before, change.after))

    def judge(self) -> None:
        """Read and check the work again, beside what else goes on; what is asked for meanwhile is done after it."""
        with self._lock:
            self._again = True
            if self._judging is not None:
                return
            if not self._background:
                self._judging = threading.current_thread()
                self._judge()
                return
            self._judging = threading.Thread(target=self._judge, daemon=True)
            self._judging.start()

    def wait(self) -> None:
        """Wait until nothing is being judged."""
        while (running := self._judging) is not None and running is not threading.current_thread():
            running.join()

    # ---- the folder ----

    def _judge(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._judging = None
                    self.doing = ""
                    self.mark += 1
                    return
                self._again = False
                self._stamps = self._look()
            try:
                report, trouble = self._report(), ""
            except (InputError, OSError) as error:
                report, trouble = None, str(error)
            except Exception as error:  # the page must not say "checking" for ever
                report, trouble = None, f"a fault of the program, {type(error).__name__}: {error}"
            with self._lock:
                self.trouble = trouble
                self.mark += 1
                if report is not None:
                    self.report = report
                    self.page += 1
                    self._reread()

    def _report(self) -> Report:
        def report_progress(what: str, share: float) -> None:
            self.doing = f"{what} {share:.0%}"

        return pipeline.report(read.load(self.folder), encoder=self._encoder, progress=report_progress)

    def _notice(self) -> None:
        """See what others wrote into the folder: decisions are taken over, anything else is judged again."""
        now = self._look()
        changed = {file for file in now.keys() | self._stamps.keys() if now.get(file) != self._stamps.get(file)}
        self._stamps = now
        if changed == {self.folder / decisions.FILE}:
            self._reread()
        elif changed:
            self.judge()

    def _look(self) -> dict[Path, tuple[int, int]]:
        """Return when each file of the folder that a work may hold was last written, and its size."""
        found = {}
        for file in self.folder.iterdir():
            if not file.name.startswith(".") and file.is_file():
                stat = file.stat()
                found[file] = (stat.st_mtime_ns, stat.st_size)
        return found

    def _reread(self) -> None:
        """Give the findings the status that the decisions in the folder give them."""
        file = self.folder / decisions.FILE
        work = self.report.work
        tables: Mapping[str, Any] = {**work.tables, "decisions": table(file) if file.exists() else ()}
        try:
            taken = decisions.read(replace(work, tables=tables))
        except InputError as trouble:
            self.trouble = str(trouble)
            self.mark += 1
            return
        open_ = [replace(finding, status="open", reason="") for finding in self.report.findings]
        findings = Findings(decisions.decide(open_, taken, work))
        stale = decisions.stale(open_, taken, work)
        self.report = replace(self.report, findings=findings, decisions=taken, stale=stale)
        self.mark += 1

    def _save_lines(self, lines: Iterable[Mapping[str, str]]) -> None:
        decisions.save(self.folder / decisions.FILE, lines)
        self._stamps = self._look()
        self._reread()

    def _done(self, change: _Change) -> None:
        self._undo.append(change)
        self._redo.clear()
        self.mark += 1

    def _back(self, taken: list[_Change], given: list[_Change], ways: Callable[[_Change], tuple[Any, Any]]) -> None:
        with self._lock:
            if not taken:
                raise Conflict("there is nothing to take back")
            change = taken[-1]
            now, before = ways(change)
            if isinstance(before, list):
                self._save_lines(before)
            else:
                with files.locked(self.folder):
                    if (change.file.read_bytes() if change.file.exists() else None) != now:
                        raise Conflict(f"{change.file.name} was changed since; it is left as it is")
                    if before is None:
                        change.file.unlink()
                    else:
                        files.replace(change.file, before)
                self.judge()
            given.append(taken.pop())
            self.mark += 1

    def _file(self, version: Version) -> Path:
        file = (self.folder / version.file).resolve()
        if not file.is_relative_to(self.folder):
            raise Conflict(f"{version.file} lies outside the work's folder")
        if file.suffix.lower() not in (".txt", ".text", ".md"):
            raise Conflict(f"{version.file} is not plain text; edit it in the program that made it")
        return file


def _decoded(file: Path, raw: bytes) -> tuple[str, bytes]:
    """Return a file's text and the mark of byte order that stands before it, if any."""
    begins = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    try:
        return raw[len(begins) :].decode("utf-8"), begins
    except UnicodeDecodeError:
        raise Conflict(f"{file.name} is not UTF-8; save it so, and it can be edited here") from None


def _line(words: str) -> str:
    """Put an editor's words on one line without anything that does not show."""
    seen = (" " if sign.isspace() else sign for sign in words[:_LONG])
    return " ".join("".join(s for s in seen if not unicodedata.category(s).startswith("C")).split())
