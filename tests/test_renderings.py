"""How Russian words are rendered: words read, places counted, tables read, added up, weighed and quoted."""

from pathlib import Path

import pytest

from compare.analysis import Analysis
from compare.collation import collate
from compare.read import from_texts
from compare.values import InputError
from compare.wordalign.renderings import (
    Counts,
    Renderings,
    Table,
    content_words,
    counted,
    english_lemma,
    family,
    guesses,
    load,
    read,
    source_lemma,
)

TABLE = """source\tplaces\tworks\trenderings
слабый\t20\t5\tfaint:4:1, weak:9:4, weaken:2:2
орёл\t3\t1\teagle:3:1
"""


def table(text: str = TABLE) -> Renderings:
    return Renderings((Table(read(text.splitlines())),))


def test_content_words_keep_yo_and_positions_and_leave_function_words_and_figures_out() -> None:
    found = content_words("Он видел 3 ёлки, и Ёлка упала.", "ru")
    assert [(w.lemma, w.at) for w in found] == [("видеть", 1), ("ёлка", 3), ("ёлка", 5), ("упасть", 6)]
    assert [w.name for w in found] == [False, False, True, False]
    assert found[0].position == pytest.approx(1.5 / 7)


def test_a_capital_after_a_full_stop_makes_no_name() -> None:
    assert [w.name for w in content_words("Пришёл. Орёл улетел к Петру.", "ru")] == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "lang", "signed"),
    [
        ("не скоро", "ru", ["не скоро"]),
        ("не ты скоро", "ru", ["скоро"]),
        ("not soon", "en", ["not soon"]),
        ("not very soon", "en", ["not soon"]),
        ("didn't run", "en", ["not run"]),
        ("not by the very soon", "en", ["soon"]),
    ],
)
def test_a_denied_word_is_another(text: str, lang: str, signed: list[str]) -> None:
    assert [w.signed for w in content_words(text, lang)] == signed


def test_behind_a_preposition_a_word_is_no_verb() -> None:
    assert source_lemma("стали") == "стать"
    assert source_lemma("стали", "из") == "сталь"
    assert source_lemma("стали", "они") == "стать"
    assert [w.lemma for w in content_words("сделан из стали", "ru")][-1] == "сталь"


def test_before_a_noun_a_word_is_an_adjective() -> None:
    assert source_lemma("старого") == "старое"
    assert source_lemma("старого", "", "дома") == "старый"
    assert source_lemma("старого", "", "упал") == "старое"
    assert [w.lemma for w in content_words("окно старого дома", "ru")][1] == "старый"
    assert [w.lemma for w in content_words("окно старого, дома", "ru")][1] == "старое"


def test_old_english_endings_are_read() -> None:
    assert english_lemma("groweth") == "grow"
    assert english_lemma("teeth") == "tooth"
    assert english_lemma("elizabeth") == "elizabeth"


def test_words_of_one_family() -> None:
    assert family("weakness") == family("weakly") == family("weaken") == family("weak")
    assert family("headless") != family("head")
    assert family("ring") == "ring"


def test_places_and_works_are_counted_and_what_both_deny_is_plain() -> None:
    one, two = Counts(), Counts()
    one.add("не скоро", "not soon")
    one.add("скоро", "soon")
    two.add("скоро", "soon")
    two.add("скоро", "not late")
    two.add("не скоро", "late")
    assert counted([one, two]).splitlines() == [
        "source\tplaces\tworks\trenderings",
        "не скоро\t1\t1\tlate:1:1",
        "скоро\t4\t2\tsoon:3:2, not late:1:1",
    ]


def test_chance_is_left_out_among_many_places() -> None:
    work = Counts()
    for english in ("soon", "soon", "soon", "late"):
        work.add("скоро", english)
    assert "late" not in counted([work], few=3)
    assert "скоро\t4\t1\tsoon:3:1" in counted([work], few=3)
    assert "late:1:1" in counted([work], few=4)


def test_many_works_weigh_more_than_many_places() -> None:
    found = table("source\tplaces\tworks\trenderings\nскоро\t15\t4\tquick:9:1, soon:6:4\n").counts("скоро")
    assert list(found) == ["soon", "quick"]
    assert found["quick"].weight == 3
    assert found["soon"].weight == pytest.approx(24**0.5)


def test_entries_say_where_a_word_was_seen() -> None:
    entry = table().entry("слабый")
    assert (entry.places, entry.works, list(entry.renderings)) == (20, 5, ["weak", "faint", "weaken"])
    assert entry.weight == pytest.approx(6 + 2 + 2)
    assert table().entry("никогда-не-виданный").places == 0


def test_probability_is_the_share_smoothed_by_vectors() -> None:
    known = table()
    assert known.probability("слабый", "weak") > known.probability("слабый", "faint") > 0.1
    assert known.probability("слабый", "weak") < 0.6
    assert known.probability("слабый", "carpet") < 0.01
    # never seen: the vectors alone speak
    unseen = known.probabilities(["собака"], ["dog", "carpet"])
    assert unseen[0, 0] > 0.1 > 10 * unseen[0, 1]
    assert guesses([], ["dog"]).shape == (0, 1)


def test_vectors_do_not_take_a_denied_word_for_the_plain_one() -> None:
    assert guesses(["не собака"], ["dog"])[0, 0] == 0
    assert guesses(["не собака"], ["not dog"])[0, 0] == guesses(["собака"], ["dog"])[0, 0] > 0


def test_a_rendering_of_the_same_family_is_related() -> None:
    assert table().related("слабый", "weakness") == pytest.approx(0.8)
    assert table().related("слабый", "white") == 0
    assert table().related("собака", "dog") == 0


def test_what_begins_alike_is_kin() -> None:
    lines = "вырасти\t5\t2\tgrow:4:2, rise:1:1\nвырастить\t4\t1\tgrow:4:1\nвыручить\t9\t2\tsave:9:2\n"
    kin = table(TABLE + lines).kin("вырастать")
    assert (kin.places, list(kin.renderings)) == (9, ["grow", "rise"])
    assert kin.renderings["grow"].weight == pytest.approx(8**0.5 + 2)
    assert table().kin("шея").places == 0


def test_evidence_is_a_sentence() -> None:
    known = table()
    assert known.evidence("слабую", "слабый", "white", most=2) == (
        "«слабую» is weak, faint in 13 of 20 places of five works; white in none"
    )
    assert known.evidence("слабую", "слабый", "faint") == (
        "«слабую» is weak, weaken in 11 of 20 places of five works; faint in 4"
    )
    assert known.evidence("орёл", "орёл") == "«орёл» is eagle in 3 of 3 places of one work"
    assert known.evidence("кот", "кот", "cat") == ""


def test_a_works_own_table_weighs_more(tmp_path: Path) -> None:
    (tmp_path / "renderings.tsv").write_text("source\tplaces\tworks\trenderings\nслабый\t9\t1\tfragile:9:1\n", "utf-8")
    shipped, own = load(), load(tmp_path)
    assert own.counts("слабый")["fragile"].weight - (
        shipped.counts("слабый")["fragile"].weight if "fragile" in shipped.counts("слабый") else 0
    ) == pytest.approx(12)
    assert own.entry("слабый").places == shipped.entry("слабый").places + 9
    assert own.entry("слабый").works == shipped.entry("слабый").works + 1
    assert own.counts("слабый")["weak"] == shipped.counts("слабый")["weak"]
    assert load(tmp_path / "nowhere").tables == shipped.tables


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "renderings.tsv"
    path.write_text("source\tplaces\tworks\trenderings\nслабый\tmany\n", "utf-8")
    with pytest.raises(InputError, match=r"слабый: source, places"):
        load(tmp_path)
    path.write_bytes(b"\xff\xfe\xf1")
    with pytest.raises(InputError, match="UTF-8"):
        load(tmp_path)


def test_the_shipped_table_knows_common_words() -> None:
    analysis = Analysis(collate(from_texts({"ru": "Слабая шея.", "en": "A weak neck."}, source="ru")))
    assert next(iter(analysis.renderings.counts("слабый"))) == "weak"
    assert "white" not in analysis.renderings.counts("слабый")
    assert next(iter(analysis.renderings.counts("шея"))) == "neck"
