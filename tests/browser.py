"""A real browser, where there is one: a page is opened, a script acts in it as a person would, and says what it saw."""

from __future__ import annotations

import html as escapes
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from compare.write.page import script as reader_script
from compare.write.page import style

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")

#: What a test's script may use beside the module itself.
TOOLS = """
const one = (selector) => document.querySelector(selector), all = (s) => [...document.querySelectorAll(s)];
const press = (key, more) => (one(".hexapla") ?? document.body).dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const input = (node) => node.dispatchEvent(new Event("input", { bubbles: true }));
const pick = (s, on) => { one(s).checked = on; input(one(s)); };
const type = (words) => { one("input[type=search]").value = words; input(one("input[type=search]")); };
const choose = (s, v) => { one(s).value = v; one(s).dispatchEvent(new Event("change", { bubbles: true })); };
/** What anywidget gives a widget's script: values kept, changes told, messages sent. */
const model = {
  kept: {}, heard: [], sent: [],
  get(name) { return this.kept[name]; },
  set(name, value) { this.kept[name] = value; this.fire(`change:${name}`); },
  save_changes() {},
  on(event, act) { this.heard.push([event, act]); },
  off(event, act) { this.heard = this.heard.filter(([e, a]) => e !== event || a !== act); },
  fire(event) { for (const [heard, act] of [...this.heard]) if (heard === event) act(); },
  send(message) { this.sent.push(message); },
};
const out = {};
"""


def act(folder: Path, body: str, script: str) -> Any:
    """Open a page with that body, run the reader's module and the script in it; return what the script put in `out`."""
    guarded = f"try {{\n{script}\n}} catch (error) {{ out.error = String(error.stack); }}"
    tell = "document.body.innerHTML = '<pre id=told></pre>'; one('#told').textContent = JSON.stringify(out);"
    head = f"<!doctype html><meta charset=utf-8><style>{style()}</style>"
    code = "\n".join((reader_script(), TOOLS, guarded, tell))
    told = dumped(folder, f"{head}<body>{body}<script type=module>{code}</script>")
    found = re.search(r'<pre id="told">(.*)</pre>', told, re.DOTALL)
    assert found, told[-2000:]
    out = json.loads(escapes.unescape(found[1]))
    assert "error" not in out, out["error"]
    return out


def dumped(folder: Path, page: str, *options: str, place: str = "") -> str:
    """Open a page, at a place of it, and return what the document is when it has loaded."""
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += [f"--user-data-dir={folder / 'profile'}", "--window-size=1400,900", *options, "--dump-dom"]
    return subprocess.run(
        [*command, file.as_uri() + place], capture_output=True, timeout=120, check=True
    ).stdout.decode()
