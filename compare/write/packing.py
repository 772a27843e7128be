"""The text of a very long report, compressed within its page, so that any browser opens that."""

from __future__ import annotations

import base64
import json
import re
import zlib

#: Characters up to which a page holds its text as it is: a novel in four versions takes half of it.
WHOLE = 16_000_000
#: A block of rows that sleeps, as `assets/reader.html` writes it; what it holds is escaped.
_ASLEEP = re.compile(r'(<div class="block" [^>]*>\n)<noscript>(.*?)</noscript>', re.DOTALL)
_SAID = (
    "This report is so long that its page holds the text compressed: its rows are shown where a browser runs the "
    "page's script. report.json has them too."
)


def packed(root: str) -> str:
    """Compress the blocks of rows that sleep in a report's root element, where it has more than `WHOLE` characters.

    `assets/reader/packing.js` puts them back. A page whose script does not run says where the text stands.
    """
    if len(root) <= WHOLE:
        return root
    sources = [block[2] for block in _ASLEEP.finditer(root)]
    data = base64.b64encode(zlib.compress(json.dumps(sources, ensure_ascii=False).encode("utf-8", "surrogatepass"), 9))
    said = iter([f'<p class="warning">{_SAID}</p>'])
    emptied = _ASLEEP.sub(lambda block: f"{block[1]}{next(said, '')}<noscript></noscript>", root)
    inside, end, after = emptied.rpartition("</div>")
    return f'{inside}<script type="text/plain" class="packed">{data.decode()}</script>\n{end}{after}'
