"""The laws of alignment, and every step of it against a slow and plain one."""

import random
import re
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from math import exp, log
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.alignment import align, profile
from compare.alignment.anchors import _runs, agreeing, anchors, heaviest_chain, nearest, support
from compare.alignment.bead_features import BEADS, kinds
from compare.alignment.block_matrices import Scale
from compare.alignment.blocks import _borders
from compare.alignment.consensus import agree
from compare.alignment.corrections import _short, fixed_rows, misfits
from compare.alignment.doubled_pages import _second_copy, doubled_pages, second_copies
from compare.alignment.encoded_text import CUTS, LONGEST, Side, cuts, length, pack, parts_of, read_alone, unpack
from compare.alignment.excluded import apparatus, put_back, without
from compare.alignment.kinds import _shouted, _verse_line
from compare.alignment.kinds import kinds as kinds_of_segments
from compare.alignment.landmarks import _merged, heading, shared_headings, shared_marks
from compare.alignment.lattice import Lattice, best_paths, posteriors
from compare.alignment.lexical_vectors import keys
from compare.alignment.moved_passages import find_moves
from compare.alignment.profile import Profile, in_turn, join, side_of, single
from compare.alignment.progressive import row_of, unite
from compare.alignment.stretches import _certain, _crosses, stretches
from compare.values import Bead, Part, Span
from tests.bench.score import f1, right
from tests.planting.alignments import shapes, shuffle, shuffle_many

WORDS = "river stone winter letter soldier garden window candle market doctor village horse silver evening".split()


@cache
def word_vector(word):
    return np.random.default_rng(crc32(word.encode())).standard_normal(256).astype(np.float32)


class Bag:
    """An encoder for tests: a text is the sum of its words' vectors, so that a window is the sum of its texts."""

    name = "bag"

    def encode(self, texts, /):
        out = np.zeros((len(texts), 256), np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                out[row] += word_vector(word)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


class Nothing:
    name = "none"

    def encode(self, texts, /):
        return np.zeros((len(texts), 0), np.float32)


def prose(count, seed=0):
    chance = random.Random(seed)
    return [
        " ".join(chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(chance.randint(4, 9)))
        for _ in range(count)
    ]


def links(beads):
    return [(bead.source, bead.target) for bead in beads]


def assert_lawful(beads, sources, targets):
    assert [i for bead in beads for i in bead.source] == list(range(sources))
    assert [j for bead in beads for j in bead.target] == list(range(targets))
    assert all(0 <= bead.confidence <= 1 for bead in beads)
    assert all(bead.source or bead.target for bead in beads)
    assert all(len(bead.source) + len(bead.target) == 1 for bead in beads if not (bead.source and bead.target))


sentences = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=14)


@settings(max_examples=40)
@given(sentences, sentences)
@pytest.mark.parametrize("encoder", [Bag(), Nothing()])
def test_each_segment_stands_once_and_both_sides_rise(encoder, left, right):
    assert_lawful(align(left, right, encoder), len(left), len(right))


@pytest.mark.parametrize("seed", range(3))
def test_mirrored(seed):
    text = shuffle([(line, line) for line in prose(80, seed)], seed, gaps=0.03)
    there = links(align(text.source, text.target, Bag()))
    back = [(source, target) for target, source in links(align(text.target, text.source, Bag()))]
    assert f1(there, back)[0] > 0.99


def test_same_input_same_beads():
    text = shuffle([(line, line) for line in prose(60)], 1, gaps=0.05)
    assert align(text.source, text.target, Bag()) == align(text.source, text.target, Bag())


@pytest.mark.parametrize("encoder", [Bag(), Nothing()])
def test_a_text_is_aligned_with_itself(encoder):
    lines = prose(80)
    assert links(align(lines, lines, encoder)) == [((i,), (i,)) for i in range(80)]


@pytest.mark.parametrize(("encoder", "least"), [(Bag(), 0.93), (Nothing(), 0.9)])
def test_joined_split_and_dropped(encoder, least):
    text = shuffle([(line, line) for line in prose(150)], 3, gaps=0.02)
    assert f1(text.gold, links(align(text.source, text.target, encoder)))[0] > least


def test_long_omission_and_preface():
    lines, preface = prose(150), prose(60, seed=9)
    beads = align(preface + lines, lines[:60] + lines[90:], Bag())
    wanted = [((60 + i,), (i,)) for i in range(60)] + [((60 + i,), (i - 30,)) for i in range(90, 150)]
    found = set(links(beads))
    assert len(found.intersection(wanted)) >= len(wanted) - 2


@pytest.mark.parametrize(
    ("left", "right"),
    [([], []), ([], prose(3)), (prose(3), []), (prose(1), prose(5, 1)), ([""], [""]), (["same"] * 300, ["same"] * 310)],
)
def test_odd_input(left, right):
    assert_lawful(align(left, right, Bag()), len(left), len(right))


def test_thousands_of_identical_segments():
    assert_lawful(align(["It is so."] * 2_000, ["It is so."] * 2_000, Nothing()), 2_000, 2_000)


def test_another_text_altogether_is_not_believed():
    beads = align(prose(150), prose(150, seed=77), Bag())
    assert_lawful(beads, 150, 150)
    assert sum(bead.confidence > 0.9 for bead in beads if bead.source and bead.target) < 40


# The recurrences against all paths written out.


def random_lattice(height, width, seed):
    chance = np.random.default_rng(seed)
    match = np.full((1, len(kinds(height, width)), height + 1, width + 1), -1e9, np.float32)
    for kind, (m, n) in enumerate(kinds(height, width) if height and width else ()):
        match[0, kind, m:, n:] = chance.normal(size=match[0, kind, m:, n:].shape) - m - n
    up, back = (np.full((1, height + 1, width + 1), -1e9, np.float32) for _ in range(2))
    up[0, 1:], back[0, :, 1:] = chance.normal(size=(height, width + 1)), chance.normal(size=(height + 1, width))
    return Lattice(match, up, back, -1.5, np.array([[height, width]]))


def all_paths(lattice):
    """Yield (beads, score) of every path; a bead is (source start, source stop, target start, target stop)."""
    height, width = lattice.ends[0]

    def go(i, j, after_gap, beads, score):
        if (i, j) == (height, width):
            yield beads, score
        for kind, (m, n) in enumerate(lattice.kinds):
            if i + m <= height and j + n <= width:
                yield from go(
                    i + m, j + n, False, [*beads, (i, i + m, j, j + n)], score + lattice.match[0, kind, i + m, j + n]
                )
        opening = 0 if after_gap else lattice.opening
        if i < height:
            yield from go(i + 1, j, True, [*beads, (i, i + 1, j, j)], score + opening + lattice.up[0, i + 1, j])
        if j < width:
            yield from go(i, j + 1, True, [*beads, (i, i, j, j + 1)], score + opening + lattice.back[0, i, j + 1])

    return list(go(0, 0, False, [], 0.0))


def probability(lattice, found, bead):
    i, k, j, m = bead
    if k > i and m > j:
        return found.match[0, lattice.kinds.index((k - i, m - j)), k, m]
    return (found.up if k > i else found.back)[0, k, m]


@pytest.mark.parametrize(("height", "width"), [(1, 1), (2, 3), (3, 3), (4, 2), (0, 2), (3, 0)])
def test_posteriors_are_those_of_all_paths(height, width):
    lattice = random_lattice(height, width, seed=height * 10 + width)
    paths = all_paths(lattice)
    top = max(score for _, score in paths)
    whole = sum(exp(score - top) for _, score in paths)
    found = posteriors(lattice)
    assert found.log_total[0] == pytest.approx(log(whole) + top, abs=1e-3)
    openings = 0.0
    sums = {}
    for beads, score in paths:
        share = exp(score - top) / whole
        gone = [k == i or m == j for i, k, j, m in beads]
        openings += share * sum(here and not (n and gone[n - 1]) for n, here in enumerate(gone))
        for bead in beads:
            sums[bead] = sums.get(bead, 0.0) + share
    assert found.openings[0] == pytest.approx(openings, abs=1e-3)
    for bead, share in sums.items():
        assert probability(lattice, found, bead) == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_best_path_is_the_best_of_all(seed):
    lattice = random_lattice(3, 3, seed)
    found = posteriors(lattice)
    price = 0.4

    def worth(beads):
        total = 0.0
        for i, k, j, m in beads:
            chance = probability(lattice, found, (i, k, j, m))
            if k > i and m > j:
                total += chance - price if chance >= 0.02 else i + j - k - m
            else:
                total += (chance - price) / 2
        return total

    (path,) = best_paths(lattice, found, price)
    assert worth([bead[:4] for bead in path]) == pytest.approx(
        max(worth(beads) for beads, _ in all_paths(lattice)), abs=1e-4
    )


@settings(max_examples=60)
@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_heaviest_chain_is_the_heaviest(targets, weights):
    pairs = np.array(list(enumerate(targets)))
    chain = heaviest_chain(pairs, np.array(weights, np.float64)).tolist()

    def rises(chosen):
        return all(targets[a] < targets[b] for a, b in pairwise(chosen))

    assert rises(chain)
    heaviest = max(sum(weights[i] for i in c) for k in range(8) for c in combinations(range(7), k) if rises(c))
    assert sum(weights[i] for i in chain) == heaviest


def test_nearest_is_mutual():
    left, right = np.eye(4, dtype=np.float32)[[0, 1, 2]], np.eye(4, dtype=np.float32)[[2, 0, 0, 3]]
    pairs, cosines = nearest(pack(left), pack(right))
    assert {tuple(pair) for pair, cosine in zip(pairs.tolist(), cosines, strict=True) if cosine > 0.5} == {
        (0, 1),
        (2, 0),
    }


# The small parts.


def test_beads_go_up_to_eight_on_either_side():
    assert {(1, 1), (8, 8), (1, 8), (8, 1)} < set(BEADS)
    assert kinds(2, 1) == ((1, 1), (2, 1))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Short, quite.", ["Short, quite."]),
        ("", [""]),
        (
            "When the spring had come at last, he rode out to the garden, and nobody ever saw him again.",
            ["When the spring had come at last, ", "he rode out to the garden, ", "and nobody ever saw him again."],
        ),
    ],
)
def test_cuts(text, parts):
    assert [text[a:b] for a, b in pairwise([0, *cuts(text), len(text)])] == parts


@given(st.text("abc ,.;:—“”", max_size=200))
def test_cuts_are_few_and_leave_something_on_either_side(text):
    at = cuts(text)
    assert at == sorted(set(at))
    assert len(at) <= CUTS
    assert all(15 <= place <= len(text) - 15 for place in at)


def test_a_doubled_clause_adds_no_length():
    once = "In the evening they inspected the fortress, and the commandant showed them the old cannons"
    assert length(f"{once}.") == len(once.replace(" ", "")) + 1
    doubled = length(f"{once}, and {once[0].lower()}{once[1:]}.")
    assert length(once) <= doubled <= length(once) + len(",and")
    assert length("") == 0


def test_fixed_point_is_near():
    vectors = np.linspace(-1, 1, 1001, dtype=np.float32)
    assert np.abs(unpack(pack(vectors)) - vectors).max() < 2e-5


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Иерусалим", "Jerusalem"),
        ("Авраам", "Abraham"),
        ("Вифлеем", "Bethlehem"),
        ("Лаврецкий", "Lavretsky"),
        ("1920", "1920"),
    ],
)
def test_names_and_cognates_share_a_key(russian, english):
    assert keys(russian) == keys(english) != []


def test_marks_that_versions_share():
    verses = {
        "en": ["1:1 In the", "1:2 And the", "1:3 And God"],
        "ru": ["1:1 В начале", "Земля же", "1:2 И", "1:3 И сказал"],
    }
    assert shared_marks(verses) == [{"en": 0, "ru": 0}, {"en": 1, "ru": 2}, {"en": 2, "ru": 3}]


def test_footnotes_are_no_marks():
    notes = ["[1] A measure.", "[2] A coin.", "[3] A coat.", "[4] A dance."]
    assert shared_marks({"en": ["It was.", *notes], "ru": ["Было.", "[1] Мера."]}) == []
    assert shared_marks({"en": notes}) == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("XIV", 14),
        ("XL.", 40),
        ("- 12 -", 12),
        ("Chapter IX. The Storm", 9),
        ("CHAPTER THE FIRST", 1),
        ("Chapter Twenty-One", 21),
        ("Глава шестнадцатая", 16),
        ("ЧАСТЬ ВТОРАЯ", 2),
        ("Louis XIV", 0),
        ("EPILOGUE", 0),
        ("Part of the army went away.", 0),
        ("one", 0),
        ("", 0),
    ],
)
def test_numbers_of_headings(line, number):
    assert heading(line) == number


def test_headings_that_versions_share():
    texts = {
        "en": ["I", "It was.", "II", "So it went.", "IV", "The end."],
        "ru": ["Глава первая", "Было.", "И шло.", "Глава вторая", "Глава третья", "Ещё.", "Глава четвёртая", "Конец."],
    }
    assert shared_headings(texts) == [{"en": 0, "ru": 0}, {"en": 2, "ru": 3}, {"en": 4, "ru": 6}]
    assert shared_headings({"en": texts["en"], "ru": ["I", "Было."]}) == []
    assert shared_headings({}) == []


def test_headings_begin_rows_and_mislead_nobody():
    lines = prose(90)
    chapters = {n: f"Chapter {n // 30 + 1}" for n in (0, 30, 60)}
    with_headings = [text for n, line in enumerate(lines) for text in (chapters.get(n), line) if text]
    # Page numbers count the same way elsewhere.
    pages = {n: str(n // 30 + 1) for n in (20, 50, 80)}
    with_pages = [text for n, line in enumerate(lines) for text in (pages.get(n), line) if text]
    found = links(align(with_headings, with_headings[1:], Bag()))
    assert {((31,), (30,)), ((62,), (61,))} <= set(found)
    found = links(align(with_headings, with_pages, Bag()))
    places = {line: n for n, line in enumerate(with_pages)}
    wanted = {((n,), (places[line],)) for n, line in enumerate(with_headings) if line in places}
    assert len(wanted - set(found)) <= 6


def test_pairs_far_from_one_another_weigh_the_squares_of_their_cosines():
    pairs = np.array([(0, 50), (10, 10), (20, 20)])  # the first crosses the others
    assert anchors(pairs, np.float32([0.8, 0.6, 0.6])).tolist() == [1, 2]
    assert anchors(pairs, np.float32([0.9, 0.6, 0.6])).tolist() == [0]


def test_segments_are_averaged_with_those_that_follow_them():
    alone = np.eye(12, dtype=np.float32)
    sums = [alone[np.minimum(np.arange(start, start + LONGEST), 11)].sum(0) for start in (0, 3, 6, 9)]
    found = unpack(_runs(pack(alone), 3))
    assert found == pytest.approx(np.array([each / np.linalg.norm(each) for each in sums]), abs=1e-3)


def test_borders_agree_with_the_anchors():
    anchored = np.array([(n, n) for n in range(20)])
    assert agreeing([(5, 5), (9, 14), (12, 12)], anchored, [(4, 6)]) == [(12, 12)]
    assert agreeing([(5, 9)], np.zeros((0, 2), np.int64), []) == [(5, 9)]


def test_blank_lines_stand_alone_or_within_a_bead():
    lines = prose(30)
    gaps = [text for line in lines for text in (line, "", " ")]
    beads = align(gaps, lines, Bag())
    assert_lawful(beads, 90, 30)
    assert [bead for bead in links(beads) if bead[1]] == [((3 * n,), (n,)) for n in range(30)]
    assert_lawful(align(["", " "], lines, Bag()), 2, 30)


def profile_of(*corners):
    borders = np.array(corners)
    return Profile({"en": borders[:, 0], "ru": borders[:, 1]}, np.full(len(borders) - 1, 0.9))


def rises(corners):
    return all(x <= y for a, b in pairwise(corners) for x, y in zip(a, b, strict=True))


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=5), min_size=2, max_size=4))
def test_consensus_is_the_path_of_the_most_votes_through_rows_of_the_collations(inner):
    chains = []
    for corners in inner:
        kept = [(0, 0)]
        for corner in sorted({*corners, (4, 4)}):
            if rises([kept[-1], corner]) and corner != kept[-1]:
                kept.append(corner)
        chains.append(kept)
    rows = {row for chain in chains for row in pairwise(chain)}
    found = agree([profile_of(*chain) for chain in chains])
    corners = list(zip(found.borders["en"].tolist(), found.borders["ru"].tolist(), strict=True))
    assert set(pairwise(corners)) <= rows
    shares = [sum(row in set(pairwise(chain)) for chain in chains) / len(chains) for row in pairwise(corners)]
    assert found.confidence == pytest.approx([0.9 * share for share in shares])

    def worth(chosen):
        return sum(sum(corner in chain for chain in chains) / len(chains) - 0.3 for corner in chosen)

    def paths(corner):
        if corner == (4, 4):
            yield [corner]
        for first, last in rows:
            if first == corner:
                yield from ([corner, *rest] for rest in paths(last))

    assert worth(corners) == pytest.approx(max(map(worth, paths((0, 0)))))


def test_of_equal_votes_the_more_probable_rows_stand():
    sure, unsure = profile_of((0, 0), (1, 2), (3, 3)), profile_of((0, 0), (2, 1), (3, 3))
    for order in ([sure, unsure], [unsure, sure]):
        found = agree([replace(each, confidence=each.confidence * (1 if each is sure else 0.5)) for each in order])
        assert found.borders["en"].tolist() == [0, 1, 3]


# The yardstick.


def test_score_as_vecalign_defines_it():
    gold = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2,))]
    assert f1(gold, gold) == (1.0, 1.0)
    test = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2,))]
    assert right(gold, test) == (3, 4, 5)
    strict, lax = f1(gold, test)
    assert strict == pytest.approx(2 * 0.6 * (2 / 3) / (0.6 + 2 / 3))
    assert lax == pytest.approx(2 * 0.8 * 1.0 / 1.8)
    assert f1(gold, []) == (0.0, 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_gold_covers_both_texts(seed):
    rows = [(a, a.upper()) for a in prose(400, seed)]
    texts = [shuffle(rows, seed), shuffle(rows, seed, gaps=0.05)]
    for text in texts:
        assert [i for source, _ in text.gold for i in source] == list(range(len(text.source)))
        assert [j for _, target in text.gold for j in target] == list(range(len(text.target)))
    kinds = {(len(source), len(target)) for text in texts for source, target in text.gold}
    assert kinds >= {(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (0, 1), (1, 0)}


def test_hard_shapes_cover_both_texts():
    rows = [(a, a.upper()) for a in prose(1500)]
    found = dict(shapes(rows, 1))
    assert set(found) == {"abridged", "preface", "repeated", "exchanged"}
    for text in found.values():
        assert sorted(i for source, _ in text.gold for i in source) == list(range(len(text.source)))
        assert sorted(j for _, target in text.gold for j in target) == list(range(len(text.target)))
    assert len(found["abridged"].target) < 0.8 * len(found["abridged"].source)


def test_gold_of_many_covers_every_text():
    many = shuffle_many([(a, a.upper(), a.title()) for a in prose(200)], 1)
    for version, text in enumerate(many.texts):
        edges_of = [row[version] for row in many.gold]
        assert edges_of[0][0] == 0
        assert edges_of[-1][1] == len(text)
        assert all(a[1] == b[0] for a, b in pairwise(edges_of))


# What is no prose, and what one version has alone.


def kinds_of(text):
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    return list(kinds_of_segments(text, spans))


def test_what_the_file_says_of_a_part_goes_before_its_form():
    text = "Chapter IX\nHe left.\nShe stayed.\nGone."
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    parts = [Part("page", Span(0, len(text)), "1"), Part("title page", Span(0, 10)), Part("note", Span(20, 37))]
    assert kinds_of_segments(text, spans, parts) == ("title page", "prose", "note", "note")


def test_what_stands_in_braces_within_a_paragraph_is_a_note():
    text = "Do you know Son geloso? {I am jealous. Give me (thy hand).} I sang it {once}."
    spans = compare.sentences(text, "en")
    assert [span.of(text)[:9] for span in spans] == ["Do you kn", "{I am jea", "Give me (", "I sang it"]
    assert kinds_of_segments(text, spans) == ("prose", "note", "note", "prose")


BODY = (
    "It was late in the autumn, and the roads were so bad that nobody came to the house for many weeks on end; "
    "the river had risen, and the bridge was gone."
)


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("Chapter IX", "heading"),
        ("XII", "heading"),
        ("Глава вторая", "heading"),
        ("EPILOGUE", "heading"),
        ("THE LONG WAY HOME", "heading"),
        ("STOP!", "prose"),
        ("HE SAID,", "prose"),
        ("Chapter after chapter he read to her.", "prose"),
        ("- 347 -", "page number"),
        ("[12]", "page number"),
        ("Page 12", "page number"),
        ("стр. 12", "page number"),
        ("[Footnote A: A coin of the time.]", "note"),
        ("[1] A coin of the time.", "note"),
        ("* A coin of the time.", "note"),
        ("{A song (Italian).}", "note"),
        ("Примечание переводчика.", "note"),
        ("[He left.] She stayed.", "prose"),
        ("V. D.", "signature"),
        ("В. Д.", "signature"),
        ("He left.", "prose"),
    ],
)
def test_kinds_of_blocks(block, kind):
    assert kinds_of(f"{BODY}\n\n{block}\n\n{BODY}") == ["prose", kind, "prose"]


def test_verse_is_a_run_of_short_open_lines():
    lines = ["The moon is high above us,", "The clouds are thin and pale", "And nothing stirs at all"]
    text = "\n\n".join([BODY, *lines, BODY])
    assert kinds_of(text) == ["prose", "verse", "verse", "verse", "prose"]
    assert kinds_of("\n\n".join([BODY, *lines[:2], BODY])) == ["prose"] * 4
    assert kinds_of(f"{BODY}\n\n" + "\n".join(lines) + f"\n\n{BODY}") == ["prose", *["verse"] * 3, "prose"]
    spoken = ["Who is there?", "Nobody, he said.", "Then let us go."]
    assert kinds_of("\n\n".join([BODY, *spoken, BODY])) == ["prose"] * 5


def test_contents_and_title_page():
    entries = ["Of the river ..... 3", "Of the house, 17", "Of the garden\t28"]
    assert kinds_of("\n\n".join([BODY, *entries, BODY]))[1:4] == ["contents"] * 3
    assert kinds_of("\n\n".join(["Contents", "The river", "The house", BODY])) == [*["contents"] * 3, "prose"]
    numbers = [str(number) for number in range(1, 9)]
    assert kinds_of("\n\n".join([*numbers, BODY])) == [*["contents"] * 8, "prose"]
    title = ["A Story of the River", "by A. B. Writer", "He left.", BODY]
    assert kinds_of("\n\n".join(title)) == ["title page", "title page", "prose", "prose"]
    assert kinds_of("\n\n".join([title[0], title[3]])) == ["heading", "prose"]


def test_notes_at_the_end_under_their_heading_or_their_numbers():
    assert kinds_of("\n\n".join([BODY, BODY, BODY, "Notes", "A coin.", "A coat."])) == ["prose"] * 3 + ["note"] * 3
    assert kinds_of("\n\n".join(["Notes", BODY, BODY, BODY])).count("note") == 0
    numbered = ["1", "A coin of the time.", "2", "A coat of the time.", "3", "A dance of the time."]
    assert kinds_of("\n\n".join([BODY, BODY, *numbered])) == ["prose"] * 2 + ["note"] * 6
    chapters = [text for number in "123" for text in (number, BODY, BODY, BODY, BODY)]
    assert kinds_of("\n\n".join(chapters)).count("heading") == 3


def test_apparatus_that_nobody_answers_is_left_out():
    own = ("prose", "note", "note", "prose", "page number")
    plain = ("prose", "prose")
    assert apparatus({"a": own, "ru": plain}, "ru") == {"a": [(1, 3), (4, 5)]}
    assert apparatus({"a": own, "b": own, "ru": plain}, "ru") == {"a": [(1, 3), (4, 5)], "b": [(1, 3), (4, 5)]}
    assert apparatus({"a": own, "ru": ("prose", "note")}, "ru") == {"a": [(4, 5)]}
    assert apparatus({"a": own, "b": own}, None) == {}
    assert apparatus({"a": own, "b": plain}, None) == {"a": [(1, 3), (4, 5)]}
    assert apparatus({"a": own}, None) == {}
    assert apparatus({"a": ("note", "note"), "b": plain}, None) == {}


def test_what_was_left_out_is_put_back_in_rows_of_its_own():
    profile = Profile({"a": np.array([0, 1, 2, 4]), "b": np.array([0, 1, 1, 3])}, np.array([0.9, 0.8, 0.7]))
    assert without("abcdef", [(1, 3)]) == ("a", "d", "e", "f")
    back = put_back(profile, "a", [(1, 3)])
    assert back.borders["a"].tolist() == [0, 1, 2, 3, 4, 6]
    assert back.borders["b"].tolist() == [0, 1, 1, 1, 1, 3]
    assert back.confidence.tolist() == [0.9, 1.0, 1.0, 0.8, 0.7]
    end = put_back(profile, "a", [(4, 5)])
    assert (end.borders["a"].tolist(), end.borders["b"].tolist()) == ([0, 1, 2, 4, 5], [0, 1, 1, 3, 3])
    both = put_back(profile, "a", [(0, 1), (4, 5)])
    assert both.borders["a"].tolist() == [0, 1, 2, 3, 6]  # the second lies within a cell


def test_a_long_stretch_parts_the_row_that_runs_across_it():
    profile = Profile({"a": np.array([0, 2, 3]), "b": np.array([0, 1, 2])}, np.array([0.9, 0.8]))
    back = put_back(profile, "a", [(1, 7)])
    assert back.borders["a"].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert back.borders["b"].tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    assert len(back.confidence) == 9


def test_pages_that_stand_twice():
    lines = prose(60)
    doubled = [*lines[:40], "Short.", *lines[20:40], *lines[40:]]
    assert second_copies(doubled) == [(41, 61)]
    changed = list(doubled)
    changed[50] = "another sentence stands here now"
    assert second_copies(changed) == [(41, 61)]
    assert second_copies(lines) == []
    assert second_copies(lines[:40] + lines[35:40] + lines[40:]) == []
    assert second_copies([*lines[:30], *lines[10:30], *lines[30:50], *lines[33:50]]) == [(30, 50), (70, 87)]
    assert second_copies(["It is so."] * 50) == []
    long = [f"{line} and {line} and {line}" for line in lines]
    assert second_copies([*long[:20], *long[10:16], *long[20:]]) == [(20, 26)]  # six segments at least
    assert second_copies([*long[:20], *long[10:15], *long[20:]]) == []


def test_pages_that_the_work_repeats_are_aligned_as_they_stand():
    lines = prose(40)
    twice = lines + lines[10:30]
    assert doubled_pages({"a": twice, "b": lines}) == {"a": [(40, 60)]}
    assert doubled_pages({"a": twice, "b": twice}) == {}
    assert doubled_pages({"a": twice}) == {}


def test_a_corrected_line_that_no_longer_fits_is_named() -> None:
    table = ({"en": "One. ‖ Two.", "ru": "Раз."}, {"en": "Three.", "ru": "Три."}, {"en": "Four.", "ru": ""})
    texts = {"en": ["One.", "Two.", "Three!", "Four."], "ru": ["Раз.", "Три."]}
    [said] = misfits(table, texts)
    assert said.startswith("alignment.tsv: line 3 no longer fits the text")
    assert said.endswith("en “Three.”")
    assert misfits(table, texts | {"en": ["One.", "Two.", "Three.", "Four."]}) == []
    exchanged = misfits(table, texts | {"en": ["Three.", "One.", "Two.", "Four."]})
    assert len(exchanged) == 1


def test_a_row_begins_at_a_corner_where_every_version_has_it():
    profile = Profile({"a": np.array([0, 2, 2, 5]), "b": np.array([0, 1, 3, 4])}, np.ones(3))
    assert row_of(profile, {"a": 0, "b": 0}) == 0
    assert row_of(profile, {"a": 2}) == 1  # the first of the rows that begin there
    assert row_of(profile, {"a": 2, "b": 3}) == 2
    assert row_of(profile, {"a": 2, "b": 4}) is None
    assert row_of(profile, {"a": 1}) is None  # within a row
    assert row_of(profile, {"c": 0}) is None
    assert row_of(profile, {"a": 5, "c": 7}) == 3
    assert row_of(profile, {"a": 9}) is None


def test_without_anchors_that_support_one_another_no_border_is_certain():
    assert _borders(None, None, np.array([[1, 1]]), Scale(1.0, 0.0), 0.0).shape == (0, 2)


def test_a_fixed_row_is_one_certain_row():
    profile = Profile({"a": np.array([0, 1, 2, 3, 4]), "b": np.array([0, 1, 2, 3, 4])}, np.full(4, 0.5))
    one = unite(profile, [{"a": (1, 3), "b": (1, 2)}])
    assert one.borders["a"].tolist() == one.borders["b"].tolist() == [0, 1, 3, 4]
    assert one.confidence.tolist() == [0.5, 1.0, 0.5]
    assert unite(profile, []).confidence.tolist() == [0.5] * 4
    lacking = unite(profile, [{"a": (0, 2), "b": (4, 4)}])
    assert lacking.borders["a"].tolist() == [0, 2, 3, 4]


def side(vectors):
    """A side of segments without parts; a window is the mean of its segments."""
    n = len(vectors)
    windows = [[vectors[i : min(i + k, n)].mean(0) for i in range(n)] for k in range(1, LONGEST + 1)]
    ends = parts_of(pack(np.repeat(vectors[None], CUTS, axis=0)), np.ones(n, np.int64))
    return Side(
        pack(np.array(windows, np.float32)), ends, ends, np.arange(n + 1) * 10.0, np.ones(n + 1, np.float32), n * 10.0
    )


def test_versions_joined_are_seen_as_one_side():
    one, two = side(np.eye(3, dtype=np.float32)), side(np.eye(3, dtype=np.float32)[[0, 2]])
    beads = [Bead((0,), (0,), 0.8), Bead((1,), (), 1.0), Bead((2,), (1,), 0.5)]
    both = join(single("a", one), single("b", two), beads)
    assert (both.borders["a"].tolist(), both.borders["b"].tolist()) == ([0, 1, 2, 3], [0, 1, 1, 2])
    assert both.confidence.tolist() == [0.8, 1.0, 0.5]
    seen = side_of(both, {"a": one, "b": two})
    assert unpack(seen.alone) == pytest.approx(np.eye(3), abs=0.01)
    assert seen.lengths.tolist() == pytest.approx(
        [0, 125 / 12, 225 / 12, 350 / 12]
    )  # the versions' means, as if as long
    assert side_of(single("a", one), {"a": one, "b": two}) is one


def test_rows_are_averaged_some_at_a_time(monkeypatch):
    vectors = np.random.default_rng(5).normal(size=(20, 8)).astype(np.float32)
    sides = {id: side(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)) for id in "ab"}
    rows = Profile({"a": np.arange(0, 21, 2), "b": np.array([0, 0, 1, 1, 4, 7, 9, 9, 20, 20, 20])}, np.ones(10))
    whole = side_of(rows, sides)
    monkeypatch.setattr(profile, "CHUNK", 3)
    parts = side_of(rows, sides)
    assert np.array_equal(parts.windows, whole.windows)
    assert np.array_equal(parts.heads.vectors, whole.heads.vectors)
    assert np.array_equal(parts.tails.vectors, whole.tails.vectors)


def test_of_a_row_longer_than_any_window_both_ends_are_seen():
    vectors = np.eye(2, dtype=np.float32)[[0] * LONGEST + [1] * LONGEST + [0]]
    one = side(vectors)
    long = Profile({"a": np.array([0, 2 * LONGEST, 2 * LONGEST + 1]), "b": np.array([0, 1, 1])}, np.ones(2))
    seen = unpack(side_of(long, {"a": one, "b": side(np.zeros((1, 2), np.float32))}).alone)
    assert seen[0] == pytest.approx([0.5**0.5 / 2] * 2, abs=0.01)  # the mean with that of the other version
    assert seen[1] == pytest.approx([1, 0], abs=0.01)


def test_pairs_near_on_a_diagonal_support_one_another():
    assert support(np.array([[0, 0], [1, 1], [2, 2]])).tolist() == [2, 2, 2]
    assert support(np.array([[0, 0], [4, 4], [9, 9]])).tolist() == [1, 1, 0]
    assert support(np.array([[0, 0], [1, 3], [2, 9]])).tolist() == [1, 1, 0]  # two off the diagonal at most
    assert support(np.array([[0, 0], [1, 4]])).tolist() == [0, 0]
    assert support(np.array([[0, 5], [1, 5], [2, 4]])).tolist() == [0, 0, 0]  # they rise
    assert support(np.array([[7, 7]])).tolist() == [0]
    assert support(np.zeros((0, 2), np.int64)).tolist() == []


def test_a_second_copy_takes_in_the_short_segments_about_it():
    words = [line.split() for line in ("x", "a", "b c d e", "f g h i", "z", "a", "b c d e", "f g h i", "z", "y")]
    assert _second_copy(words, [(4, 2), (4, 3)]) == (5, 9)  # the first copy ends where the second begins
    apart = [*words[:4], ["z"], ["w"], *words[5:9]]
    assert _second_copy(apart, [(5, 2), (5, 3)]) == (6, 10)


def test_what_stands_alone_on_both_sides_and_is_alike_was_moved():
    vectors = pack(np.eye(12, dtype=np.float32))
    scale = Scale(0.0, 1.0)

    def moves(left, right, order):
        return find_moves(vectors, vectors[order], (np.array(left), np.array(right)), scale)

    order = [8, 9, 10, 0, 1, 2, 3, 4, 5, 6, 7, 11]
    [(here, there, alike)] = moves([8, 9, 10], [0, 1, 2], order)
    assert (here, there) == ((8, 11), (0, 3))
    assert alike == pytest.approx(1.0, abs=0.01)
    assert [move[:2] for move in moves([8, 10], [0, 2], order)] == [((8, 11), (0, 3))]  # one may be skipped
    assert [move[:2] for move in moves([8], [0], order)] == [((8, 9), (0, 1))]
    assert moves([8], [1], order) == []
    turned = [9, 8, *range(8), 10, 11]
    assert [move[:2] for move in moves([8, 9], [0, 1], turned)] == [((8, 9), (1, 2)), ((9, 10), (0, 1))]


def test_lines_of_capitals_and_lines_of_verse():
    shouted = ["THE CLOAK", "THE CLOAK.", "STOP!", "WHAT?", "The CLOAK", "ABC", "A B C D", "1842"]
    assert [_shouted(line) for line in shouted] == [True, True, False, False, False, False, True, False]
    lines = ["“The river runs,", "The river runs.", "the river runs", "The hill", "The hil", "The river runs;", "x" * 9]
    assert [_verse_line(line) for line in lines] == [True, False, False, True, False, True, False]
    assert [_verse_line("T" + "h" * n) for n in (64, 65)] == [True, False]


def test_a_chapter_after_numbered_notes_is_no_note():
    numbered = ["1", "A coin of the time.", "2", "A coat of the time.", "3"]
    assert kinds_of("\n\n".join([BODY, *numbered, "A dance."])) == ["prose"] + ["note"] * 6
    assert kinds_of("\n\n".join([BODY, *numbered, "CHAPTER FOUR", BODY]))[-2:] == ["heading", "prose"]
    assert kinds_of("\n\n".join([BODY, *numbered, BODY * 5]))[-1] == "prose"
    falling = ["2", "A coin of the time.", "1", "A coat of the time."]
    assert "note" not in kinds_of("\n\n".join([BODY, *falling]))


def long_texts(seed: int = 1) -> dict[str, list[str]]:
    """Make three versions of one long text; the second lacks a sentence here and there."""
    draw = random.Random(seed)
    first = [" ".join(draw.choices(WORDS, k=6)) + f" {n}" for n in range(3000)]
    second = [line for n, line in enumerate(first) if n % 50 != 7]
    return {"a": first, "b": second, "c": [f"well {line}" for line in first]}


def stretches_of(texts, corners=()):
    alone = {id: read_alone(lines, Bag().encode(lines)) for id, lines in texts.items()}
    return stretches(alone, texts, corners)


def test_stretches_of_a_long_work_begin_where_all_versions_are_certain():
    texts = long_texts()
    found = stretches_of(texts)
    assert len(found) > 2
    for id, lines in texts.items():
        assert [a for a, _ in (part[id] for part in found)] == [0, *(part[id][1] for part in found[:-1])]
        assert found[-1][id][1] == len(lines)
    for part in found[1:]:
        opening = {texts[id][start].removeprefix("well ") for id, (start, _) in part.items()}
        assert len(opening) == 1


def test_a_changed_sentence_changes_its_own_stretch():
    texts = long_texts()
    before = stretches_of(texts)
    at = before[1]["a"][0] + 40
    texts["a"][at] = "nothing of the sort"
    after = stretches_of(texts)
    kept = [part for part in before if part in after]
    assert len(before) - len(kept) <= 2


def test_no_stretch_begins_across_a_corner():
    texts = long_texts()
    start = stretches_of(texts)[1]
    corner = {"a": start["a"][0] - 1, "b": start["b"][0] + 1}
    for part in stretches_of(texts, [corner]):
        assert not part["a"][0] >= start["a"][0] or part["b"][0] >= corner["b"]


def test_a_short_work_is_one_stretch():
    texts = {id: lines[:200] for id, lines in long_texts().items()}
    assert stretches_of(texts) == [dict.fromkeys(texts, (0, 200))]
    assert stretches_of({"a": long_texts()["a"], "b": []}) == [{"a": (0, 3000), "b": (0, 0)}]


def test_profiles_follow_one_another():
    one = Profile({"a": np.array([0, 1, 3]), "b": np.array([0, 0, 2])}, np.array([0.5, 1.0]))
    two = Profile({"a": np.array([0, 2]), "b": np.array([0, 1])}, np.array([0.25]))
    both = in_turn([one, two])
    assert {id: at.tolist() for id, at in both.borders.items()} == {"a": [0, 1, 3, 5], "b": [0, 0, 2, 3]}
    assert both.confidence.tolist() == [0.5, 1.0, 0.25]


def test_headings_are_short_and_may_have_a_large_roman_number():
    assert [heading(f"Chapter 1. {'x' * n}") for n in (69, 70)] == [1, 0]
    assert [heading(line) for line in ("Chapter LXXXIX", "XCIV", "Chapter 104")] == [89, 94, 104]


def marked(*numbers: int) -> list[str]:
    return [f"1:{number} And so on." for number in numbers]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((1, 2, 3), (1, 2, 3), 3),
        ((1, 2), (1, 2), 0),  # too few
        ((1, 2, 3, 4, 5, 6), (1, 2, 3), 3),
        ((1, 2, 3, 4, 5, 6, 7), (1, 2, 3), 0),  # less than half
        ((1, 2, 3, 4), (1, 2, 4, 3), 0),  # another order
        ((1, 2, 2, 3, 4), (1, 2, 3, 4), 3),  # one of them twice
    ],
)
def test_marks_are_shared_in_one_order_by_most(one, other, shared):
    assert len(shared_marks({"a": marked(*one), "b": marked(*other)})) == shared


def test_a_mark_that_one_version_lacks_follows_its_neighbour():
    assert _merged([["1", "2", "3"], ["1", "9", "2"], ["0", "1"]]) == ["0", "1", "9", "2", "3"]
    assert _merged([[], ["1"]]) == ["1"]


def test_a_border_is_certain_between_two_and_two_that_follow_one_another():
    partners = np.array([0, 1, 2, 3, -1, 5, 6, 7, 8, 10, 11, 12])
    assert np.flatnonzero(_certain(partners)).tolist() == [2, 7]
    assert not _certain(np.array([-1, 0, 1, 2])).any()  # what has no partner does not follow the first
    assert _crosses({"a": 5, "b": 5}, {"a": 3, "b": 7})
    assert _crosses({"a": 5, "b": 5}, {"a": 7, "b": 3})
    assert not _crosses({"a": 5, "b": 5}, {"a": 5, "b": 7})
    assert not _crosses({"a": 5, "b": 5}, {"a": 6, "b": 7})


def test_corrected_rows_are_found_again_where_the_text_about_them_is_certain():
    table = [{"a": "One. ‖ Two.", "b": "X."}, {"a": "Three.", "b": ""}, {"a": "", "b": "Y."}]

    def rows(*b: str) -> list[dict[str, tuple[int, int]]]:
        return fixed_rows(table, {"a": ["One.", "Two.", "Three."], "b": b})

    assert rows("X.", "Y.") == [{"a": (0, 2), "b": (0, 1)}, {"a": (2, 3), "b": (1, 1)}, {"a": (3, 3), "b": (1, 2)}]
    assert rows("X.", "New.", "Y.") == [{"a": (0, 2), "b": (0, 1)}, {"a": (2, 3)}, {"a": (3, 3), "b": (2, 3)}]
    assert rows("X!", "Y.") == [{"a": (2, 3)}, {"a": (3, 3), "b": (1, 2)}]
    assert fixed_rows([{"a": "", "b": ""}], {"a": ["One."], "b": ["X."]}) == []


def test_words_that_are_quoted_are_cut_at_a_word():
    assert _short("a b\nc") == "a b c"
    assert _short("x" * 60) == "x" * 60
    assert _short("abc " * 15 + "d") == "abc " * 13 + "abc…"


@pytest.mark.parametrize(("stop", "rows"), [(5, 2), (6, 8)])
def test_a_short_stretch_stays_within_the_cell_that_runs_across_it(stop, rows):
    profile = Profile({"a": np.array([0, 2, 3]), "b": np.array([0, 1, 2])}, np.array([0.9, 0.8]))
    assert len(put_back(profile, "a", [(1, stop)])) == rows
