"""The manual page, made while the wheel is built; it is installed as share/man/man1/hexapla.1."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPage(BuildHookInterface):  # type: ignore[type-arg]
    """Print the page with the checkout's own command line, and lay it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the page under build/ and name its place in the wheel."""
        sys.path.insert(0, self.root)
        from compare.cli.manual import page

        file = Path(self.root, "build", "hexapla.1")
        file.parent.mkdir(exist_ok=True)
        file.write_text(page() + "\n", encoding="utf-8")
        build_data["shared_data"][str(file)] = "share/man/man1/hexapla.1"
