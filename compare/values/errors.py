"""What a person gave cannot be used."""

from __future__ import annotations


class InputError(ValueError):
    """What a person gave cannot be used: `file` names it, `trouble` says in one line what is wrong."""

    def __init__(self, file: object, trouble: str) -> None:
        super().__init__(f"{file}: {trouble}")
        self.file, self.trouble = str(file), trouble

    def _render_traceback_(self) -> list[str]:
        """Show the line alone in a notebook: what stands before it there speaks to programmers."""
        return [str(self)]
