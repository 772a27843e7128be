"""Test sets of translation in sacrebleu's own cache: the source, each reference and each system as a version.

A set is named `sacrebleu:wmt22:ru-en`. It is read where `sacrebleu` has put it and is never downloaded here.
"""

from __future__ import annotations

from pathlib import Path

from compare.read.columns import Columns
from compare.read.text import read
from compare.values import InputError

SCHEME = "sacrebleu:"
#: Fields of a set that are no text.
_ABOUT = frozenset(("docid", "origlang", "domain", "genre"))


def columns(name: str) -> Columns:
    """Read a test set; a row for each of its lines.

    Raises InputError for a name that is no `sacrebleu:SET:PAIR`, for a set that is not there, and where one of its
    files has more lines than another.
    """
    from sacrebleu.utils import SACREBLEU_DIR

    parts = name.removeprefix(SCHEME).split(":")
    if len(parts) != 2 or not all(parts) or parts[1].count("-") != 1 or any(".." in part for part in parts):
        raise InputError(name, f"names no test set; write it as {SCHEME}wmt22:ru-en")
    (title, pair), folder = parts, Path(SACREBLEU_DIR)
    begins = f"{title.replace('/', '_')}.{pair}."
    files = {path.name.removeprefix(begins): path for path in sorted((folder / title).glob(f"{begins}*"))}
    texts = {field: read(path).splitlines() for field, path in files.items() if field not in _ABOUT}
    if "src" not in texts:
        step = f"sacrebleu -t {title} -l {pair} --echo src"
        raise InputError(name, f"is not in {folder}; where there is a network, “{step}” puts it there")
    longest = max(len(lines) for lines in texts.values())
    if short := [files[field] for field, lines in texts.items() if len(lines) < longest]:
        raise InputError(short[0], f"has fewer lines than the set's other files ({longest})")
    fields = ["src", *(field for field in texts if field != "src")]
    source, target = pair.split("-")
    return Columns(
        tuple(source if field == "src" else field for field in fields),
        tuple(zip(*(texts[field] for field in fields), strict=True)),
        tuple(source if field == "src" else target for field in fields),
        source,
    )
