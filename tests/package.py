"""Build the wheel and the sdist, install the wheel into an empty environment, and use it from a folder elsewhere.

    python -m tests.package

Whatever does not hold ends the run with exit code 1. The wheels that the package depends on come from pip's index or
cache; from then on every connection is refused, so that a report which wanted the network would fail here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

from tests.test_cli import EN, OTHER, RU

ROOT = Path(__file__).parents[1]
REFUSE = "import socket\ndef refuse(*_): raise OSError('no network here')\nsocket.socket.connect = refuse\n"


def main() -> int:
    """Build, install, report; say what was built."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", cwd=ROOT)
        [wheel], [sdist] = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            packed = {member.name.partition("/")[2] for member in archive}
        missing = {"LICENSE", "README.md", "compare/py.typed", "texts/README.md", "tests/package.py"} - packed
        if missing:
            raise SystemExit(f"{sdist.name} lacks {', '.join(sorted(missing))}")
        venv.create(folder / "venv", with_pip=True)
        scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        pip = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--only-binary=:all:", "--constraint", ROOT / "constraints.txt", wheel, cwd=folder)
        (folder / "closed").mkdir()
        (folder / "closed" / "sitecustomize.py").write_text(REFUSE, encoding="utf-8")
        for file, text in (("a.txt", EN), ("b.txt", OTHER), ("ru.txt", RU)):
            (folder / file).write_text(text, encoding="utf-8")
        closed = os.environ | {"PYTHONPATH": str(folder / "closed"), "HEXAPLA_CACHE": ""}
        said = run(scripts / "hexapla", "--version", cwd=folder, env=closed)
        for command in (["a.txt", "b.txt"], ["a.txt", "b.txt", "--source", "ru.txt", "--formats", "html,json,md"]):
            run(scripts / "hexapla", "report", *command, "--out", "report", cwd=folder, env=closed)
        written = sorted(file.name for file in (folder / "report").iterdir())
        if written != ["report.html", "report.json", "report.md"]:
            raise SystemExit(f"the installed command wrote {written}")
        manual = (folder / "venv" / "share" / "man" / "man1" / "hexapla.1").read_text(encoding="utf-8")
        if manual != run(scripts / "hexapla", "manual", cwd=folder, env=closed):
            raise SystemExit("the manual page in the wheel is not what hexapla manual prints")
        typed = "import compare, pathlib; assert (pathlib.Path(compare.__file__).parent / 'py.typed').exists()"
        run(scripts / "python", "-c", typed, cwd=folder, env=closed)
        print(f"{wheel.name} {wheel.stat().st_size / 1e6:.0f} MB, {sdist.name} {sdist.stat().st_size / 1e6:.0f} MB")
        print(said, end="")
    return 0


def run(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; end with what it said where it fails."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
