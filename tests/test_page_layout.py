"""Running heads and page numbers, by where lines stand on the pages; lines put together."""

import pytest

from compare.read.page_layout import Line, without_heads
from compare.read.reflow import reflowed

TEXT = (["He came.", "It was late."], ["She wept.", "Nobody spoke."], ["They left.", "Snow fell."])


def page(*words: str) -> list[Line]:
    """Set lines from above; "^" marks a raised figure at a line's beginning."""
    return [
        Line(line.lstrip("^"), 50, 300, 700 - 14 * at, 11, 20, line.startswith("^")) for at, line in enumerate(words)
    ]


def left(*pages: list[str]) -> tuple[list[list[str]], list[str]]:
    kept, labels = without_heads([page(*lines) for lines in pages])
    return [[line.words for line in lines] for lines in kept], labels


def test_heads_and_numbers_of_pages_are_no_text() -> None:
    assert left(*([f"THE FERRY {n}", *text] for n, text in enumerate(TEXT, 12))) == ([*TEXT], ["12", "13", "14"])
    assert left(*([*text, f"{n}"] for n, text in enumerate(TEXT[:2], 7))) == ([*TEXT[:2]], ["7", "8"])
    assert left(*(["The Ferry", *text] for text in TEXT)) == ([*TEXT], ["1", "2", "3"])
    assert left(*([f"2/11/26 page.html {n}/3", *text] for n, text in enumerate(TEXT, 1)))[0] == [*TEXT]


def test_notes_that_are_alike_are_no_running_foot() -> None:
    cited = [[*text, f"{n}. Ibid., p. {n * n + 20}."] for n, text in enumerate(TEXT, 1)]
    assert left(*cited)[0] == cited
    raised = [[*text, f"{n} Там же."] for n, text in enumerate(TEXT, 1)]
    assert left(*([*text, f"^{note}"] for *text, note in raised))[0] == raised


def test_sentences_that_are_alike_but_for_their_numbers_are_no_head() -> None:
    pages = [[f"Letter {n} came on Monday.", *text] for n, text in zip((3, 9, 27), TEXT, strict=True)]
    assert left(*pages)[0] == pages


@pytest.mark.parametrize(
    ("above", "below", "together"),
    [
        ("He saw the sea", "and wept.", "He saw the sea and wept."),
        ("He saw the sea--", "and wept.", "He saw the sea--and wept."),
        ("He saw the sea", "—and wept.", "He saw the sea—and wept."),
        ("He saw the sea-", "-and wept.", "He saw the sea--and wept."),
        ("He saw the sea —", "and wept.", "He saw the sea — and wept."),
        ("Он увидел море", "— и заплакал.", "Он увидел море — и заплакал."),
        ("It was in 1911-", "12 that he wept.", "It was in 1911-12 that he wept."),
        ("It fell to", "-12 that night.", "It fell to -12 that night."),
    ],
)
def test_a_blank_for_a_line_end(above: str, below: str, together: str) -> None:
    body, _ = reflowed([page(above, below)], ["1"])
    assert [paragraph.words for paragraph in body] == [together]
