"""Whole reports of short texts that nobody would write: sentences, marks, figures and code points thrown together.

`python -m tests.bench.odd_works 5000` throws so many; a text that ends in a traceback is shown at its shortest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import compare
from compare.values import InputError
from compare.write import html, json, md
from tests.bench import Figure

#: What a text is made of: words that checks ask for, what stands about words, breaks, and any character.
_PARTS = (
    *(
        "the",
        "not",
        "no",
        "Anna Petrova",
        "Mr.",
        "said",
        "who",
        "in 1920",
        "12 May",
        "2,500",
        "½",
        "XIV",
        "5%",
        "three",
    ),
    *("не", "никто", "Анна Петрова", "г.", "сказал", "в 1920 году", "12 мая", "2 500", "три", "кто"),
    *(".", "?", "!", "…", ",", ";", ":", " — ", "-", "“", "”", "«", "»", '"', "’", "(", ")", "[1]", "{2}", "*"),
    *("\n", "\n\n", "\r\n", "\t", "  ", "\u00a0", "\u00ad", "\u0301", "\u200b", "\ufeff", "\x00", "\x0c", "\u2028"),
    *("https://a.org/b-c", "a.b@c.org", "<b>", "&amp;", "=1+1", "I.", "1.", "* * *", "漢字", "שלום", "😀", "\ud800"),
)
_PIECES = st.one_of(st.sampled_from(_PARTS), st.text(max_size=3))
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from(("", " "))), max_size=24).map(
    lambda pieces: "".join(part for pair in pieces for part in pair)
)
_IDS = ("en-a", "en-b", "ru", "de", "uk")
WORKS = st.dictionaries(st.sampled_from(_IDS), _TEXTS, min_size=1, max_size=3)


def report(texts: Mapping[str, str]) -> None:
    """Report on texts and write the page; what cannot be used is refused with InputError, and nothing else happens."""
    try:
        made = compare.report(compare.from_texts(dict(texts)), everything=True)
    except InputError:
        return
    for finding in made.findings:
        for place in finding.places:
            assert place.span.of(made.collation.work.version(place.version).text) == place.text
    assert b"</html>" in html.write(made)
    assert json.write(made)
    assert md.write(made)


def thrown(count: int, number: int = 0) -> None:
    """Report on so many works, the same ones for the same number; raises what a report raises, on the shortest work."""

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(WORKS)
    def throw(texts: Mapping[str, str]) -> None:
        report(texts)

    throw()


def bench(count: int = 300) -> Iterator[Figure]:
    """Throw some hundred works."""
    thrown(count, 1)
    yield Figure("odd works that were reported on or refused", float(count), float(count))


if __name__ == "__main__":
    thrown(*map(int, sys.argv[1:]))
