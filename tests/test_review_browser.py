"""The desk in a real browser: what is decided survives, two windows agree, an edited reading is judged again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import compare
from compare import encode
from compare.read.decided import table
from compare.write import html
from tests.browser import BROWSER, needs_browser
from tests.test_review import REVISED, TOML, A

pytest.importorskip("selenium")
pytest.importorskip("uvicorn")
pytestmark = [needs_browser, pytest.mark.skipif(not shutil.which("chromedriver"), reason="no chromedriver here")]

#: The host of what has none: files, and what the page made.
OWN = ""
HOSTILE = '<img src=x onerror="document.title=1">'


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    profile = tmp_path_factory.mktemp("profile")
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(each)
    options.add_argument(f"--user-data-dir={profile}")
    options.add_argument("--window-size=1440,900")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options)
    yield made
    made.quit()


@pytest.fixture(autouse=True)
def one_window(driver: Any) -> Iterator[None]:
    """Leave one window, and no page in it that goes on asking."""
    yield
    first, *others = driver.window_handles
    for each in others:
        driver.switch_to.window(each)
        driver.close()
    driver.switch_to.window(first)
    driver.get("about:blank")
    driver.get_log("performance")


def asked(driver: Any) -> set[str]:
    """Return which hosts were asked for anything since this was last called, the browser's own pages apart."""
    told = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [each["params"]["request"]["url"] for each in told if each["method"] == "Network.requestWillBeSent"]
    assert sent
    return {url.hostname or "" for url in map(urlsplit, sent) if url.scheme != "chrome"}


@contextmanager
def sat_down_at(folder: Path) -> Iterator[str]:
    """Serve a desk from this process; give the address that opens it."""
    import socket

    import uvicorn

    from compare.review import Desk
    from compare.review.server import app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen()  # who comes before the server does waits
        port = free.getsockname()[1]
        desk = Desk(folder, encode.get("none"))
        server = uvicorn.Server(uvicorn.Config(app(desk, port, "token"), log_level="critical"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        running.start()
        yield f"http://127.0.0.1:{port}/?token=token"
        server.should_exit = server.force_exit = True
        running.join()


def serve(folder: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "compare.cli", "review", str(folder), "--no-browser", "--encoder", "none", "-q"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    assert running.stdout
    return running, running.stdout.readline().strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work.toml").write_text(TOML.replace('id = "w"', f"id = 'w'\ntitle = '''{HOSTILE}'''", 1))
    (tmp_path / "en-a.txt").write_text(A + f"\nThey saw saw {HOSTILE} there.\n")
    (tmp_path / "en-rev.txt").write_text(REVISED + f"\nThey met {HOSTILE} there.\n")
    return tmp_path


def until(check: Callable[[], Any], seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while not (value := check()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
    return value


class Window:
    def __init__(self, driver: Any) -> None:
        self.driver, self.handle = driver, driver.current_window_handle

    def run(self, script: str) -> Any:
        self.driver.switch_to.window(self.handle)
        return self.driver.execute_script(f"const all = (s) => [...document.querySelectorAll(s)]; return {script}")

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        self.driver.switch_to.window(self.handle)
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def statuses(self) -> dict[str, str]:
        found: dict[str, str] = self.run(
            "Object.fromEntries(all('.finding').map((f) => [f.dataset.id, f.dataset.status])"
            ".filter(([, s]) => s !== 'open'))"
        )
        return found

    def saved(self) -> bool:
        return bool(self.run("document.querySelector('.saved').textContent.startsWith('saved')"))


def test_the_desk(driver: Any, folder: Path) -> None:
    from selenium.webdriver import Keys

    server, address = serve(folder)
    try:
        driver.get(address)
        window = Window(driver)
        until(window.saved)
        assert window.run("document.title") == f"{HOSTILE} · Hexapla"
        assert window.run("all('img').length") == 0

        window.press("j", "a")
        window.run("document.querySelector('[name=reason]').focus()")
        window.press(HOSTILE, Keys.ENTER)
        decided = until(lambda: len(found := window.statuses()) == 2 and found)
        assert sorted(decided.values()) == ["accepted", "dismissed"]
        until(lambda: sorted(line["reason"] for line in table(folder / "decisions.tsv")) == ["", HOSTILE])

        driver.switch_to.new_window("tab")
        driver.get(address)
        other = Window(driver)
        until(lambda: other.statuses() == decided)
        other.press("o")
        until(lambda: len(window.statuses()) == 1)
        other.press("O")
        until(lambda: window.statuses() == decided)

        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        until(lambda: "does not answer" in window.run("document.querySelector('.saved').textContent"))
    finally:
        server.kill()
        server.wait()

    with sat_down_at(folder) as address:
        driver.get(address)
        window = Window(driver)
        until(lambda: window.statuses() == decided)

        before = set(window.run("all('.finding').map((f) => f.dataset.id)"))
        cell = "all('.cell').find((c) => c.textContent.includes('late late'))"
        window.run(f"{cell}.dispatchEvent(new MouseEvent('dblclick', {{ bubbles: true }}))")
        until(lambda: window.run("document.querySelector('.reading').open"))
        window.run("(document.querySelector('.reading textarea').value = 'He got home late at night.')")
        window.run("document.querySelector('.reading [value=save]').click()")
        until(lambda: "late late" not in (folder / "en-rev.txt").read_text())
        after = until(lambda: (now := set(window.run("all('.finding').map((f) => f.dataset.id)"))) != before and now)
        assert len(before - after) == 1
        assert not after - before
        assert window.statuses() == {id: status for id, status in decided.items() if id in after}
        window.press("o")
        until(lambda: "late late" in (folder / "en-rev.txt").read_text())
        until(lambda: set(window.run("all('.finding').map((f) => f.dataset.id)")) == before)

        (folder / "en-rev.txt").write_text(REVISED.replace("asleep", "sleeping there"))
        until(lambda: window.run("document.body.textContent.includes('sleeping there')"))
        errors = [
            e for e in driver.get_log("browser") if e["level"] == "SEVERE" and "ERR_CONNECTION" not in e["message"]
        ]
        assert not [e for e in errors if not re.search("favicon", e["message"])]
        assert window.run("all('img').length") == 0
        assert asked(driver) <= {"127.0.0.1", OWN}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(driver: Any, tmp_path: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python")
    code = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    texts = {"en-a": A, "en-b": REVISED, "en-c": A.replace("dog", "cat")}
    report = compare.report(compare.from_texts(texts), encoder=encode.get("none"))
    (tmp_path / "page.html").write_bytes(html.write(report))
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.get((tmp_path / "page.html").as_uri())
    driver.execute_script(code)
    window, found = Window(driver), []
    for key in ("j", "v"):
        window.press(key)
        answer = driver.execute_async_script(
            "const tell = arguments[0]; axe.run().then((found) => tell(found.violations))"
        )
        found += [
            (each["id"], each["nodes"][0]["html"]) for each in answer if each["impact"] in ("serious", "critical")
        ]
    assert window.run("all('.sites .finding').length") > 0
    assert found == []
    window.press("v")
    window.run("(document.querySelector('[name=differences]').value = '0 1 2')")
    window.run("document.querySelector('[name=differences]').dispatchEvent(new Event('change', { bubbles: true }))")
    until(lambda: window.run("CSS.highlights.get('hexapla-differs').size > 3"))


def test_keys_alone_lead_from_the_start_to_the_tenth_decision(driver: Any, tmp_path: Path) -> None:
    from selenium.webdriver import Keys

    (tmp_path / "work.toml").write_text('id = "w"\n[[version]]\nid = "en"\nfile = "en.txt"\nlang = "en"\n')
    (tmp_path / "en.txt").write_text("\n\n".join(f"The number {at} stood stood here." for at in range(12)))

    def typed(*keys: str) -> None:
        for key in keys:
            driver.switch_to.active_element.send_keys(key)

    with sat_down_at(tmp_path) as address:
        driver.get(address)
        window = Window(driver)
        until(window.saved)
        typed(Keys.TAB, Keys.ENTER, Keys.TAB, Keys.TAB)  # past the way to the findings and the view of variants
        assert window.run("document.activeElement.name") == "search"
        typed("stood", Keys.ENTER, Keys.ESCAPE)
        for at in range(10):
            typed("da"[at % 2])
            until(lambda done=at + 1: len(window.statuses()) == done)
        assert sorted(window.statuses().values()) == ["accepted"] * 5 + ["dismissed"] * 5
        kept = [line["verdict"] for line in table(tmp_path / "decisions.tsv")]
        assert sorted(kept) == ["accepted"] * 5 + ["dismissed"] * 5


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_decisions_leave_a_page_without_a_server_by_download(driver: Any, tmp_path: Path, width: int) -> None:
    report = compare.report(compare.from_texts({f"en-{HOSTILE}": REVISED, "en-a": A}), encoder=encode.get("none"))
    (tmp_path / "page.html").write_bytes(html.write(report))
    allow = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    size = {"width": width, "height": 850, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get((tmp_path / "page.html").as_uri())
    window = Window(driver)
    assert window.run("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [width, True]
    window.press("j", "d", "a")
    for button in (".decided", "[data-take=download]"):
        driver.find_element("css selector", f".hexapla {button}").click()
    until((tmp_path / "decisions.tsv").exists)
    lines = table(tmp_path / "decisions.tsv")
    assert {id for line in lines if (id := line["version"])} <= {f"en-{HOSTILE}", "en-a"}
    assert [line["verdict"] for line in lines] == ["dismissed", "accepted"]
    assert window.run("all('img').length") == 0
    assert asked(driver) == {OWN}
    driver.execute_script("localStorage.clear()")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
