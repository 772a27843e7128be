"""A name is no language where the text says otherwise; a stated language is believed, and doubted aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare import read
from compare.read.language import contradicts, guess, settle

EN = "The man was in the house, and he had not seen it for a year. It was his own."
RU = "Он ушёл из дома и не вернулся."
LATIN = "Omnes homines liberi aequique dignitate atque iuribus nascuntur. Ratione conscientiaque praediti sunt et alii."
NORWEGIAN = "Alle mennesker er født frie og med samme menneskeverd. De er utstyrt med fornuft og samvittighet."
BASQUE = (
    "Gizon-emakume guztiak aske jaiotzen dira, duintasun eta eskubide berberak dituztela; eta ezaguera eta "
    "kontzientzia dutenez gero, elkarren artean senide legez jokatu beharra dute."
)
#: The first article of the Declaration of Human Rights, or of its first sentence as much as tells.
ARTICLE = {
    "ca": "Tots els éssers humans neixen lliures i iguals en dignitat i en drets. Són dotats de raó i de consciència, "
    "i han de comportar-se fraternalment els uns amb els altres.",
    "ro": "Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt înzestrate cu rațiune.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft och samvete.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan. Heille on annettu järki ja omatunto, ja heidän "
    "on toimittava toisiaan kohtaan veljeyden hengessä.",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím.",
    "hr": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima. Ona su obdarena razumom i sviješću.",
    "lv": "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās. Viņi ir apveltīti ar saprātu un "
    "sirdsapziņu.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i "
    "sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права.",
    "kk": "Барлық адамдар тумысынан азат және қадір-қасиеті мен кұқықтары тең болып дүниеге келеді.",
    "ru": "Всѣ люди рождаются свободными и равными въ своемъ достоинствѣ, и надѣлены разумомъ и совѣстію.",
}


@pytest.mark.parametrize("name", ["mt", "la", "no", "is", "to", "hyp", "mt-2", "it", "de", "uk", "hi", "ru", "a"])
def test_english_under_any_name_is_english(name: str) -> None:
    assert settle(name, EN) == "en"
    assert read.from_texts({name: EN}).versions[0].lang == "en"
    assert read.from_rows([{name: EN, "x": RU}]).version(name).lang == "en"


@pytest.mark.parametrize("name", ["mt", "la", "no", "is", "to"])
def test_a_short_text_does_not_make_an_abbreviation_a_language(name: str) -> None:
    assert settle(name, "Gone.") == settle(name, "He left.") == "en"


def test_a_file_is_no_language_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "mt.txt").write_text("Gone home.", encoding="utf-8")
    assert read.load(tmp_path / "mt.txt").versions[0].lang == "en"


@pytest.mark.parametrize(
    ("name", "text", "lang"),
    [
        ("en-2020", "Gone.", "en"),
        ("ru-synodal", "Ушёл.", "ru"),
        ("de", "Ja.", "de"),
        ("en", "1920", "en"),
        ("la", LATIN, "la"),
        ("no", NORWEGIAN, "no"),
        ("nb", NORWEGIAN, "nb"),
        ("eu", BASQUE, "eu"),
        ("el", "Ναι.", "el"),
        ("bg", "Той дойде.", "bg"),
        ("en", RU, "ru"),
        ("uk", "Это был мой дом, и мы жили в нём.", "ru"),
        ("be", "", "en"),
    ],
)
def test_a_name_that_the_text_bears_out_or_leaves_open(name: str, text: str, lang: str) -> None:
    assert settle(name, text) == lang


@pytest.mark.parametrize("lang", ARTICLE)
def test_no_text_contradicts_its_own_language(lang: str) -> None:
    assert not contradicts(lang, ARTICLE[lang])
    assert settle(lang, ARTICLE[lang]) == lang
    assert contradicts("en", ARTICLE[lang])


def test_languages_beside_english_leave_english_alone() -> None:
    assert guess(EN) == guess("He had gone to the inn, and on it is a sign.") == "en"


def state(folder: Path, lang: str, text: str) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    stated = f'lang = "{lang}"\n' if lang else ""
    (folder / "work.toml").write_text(f'id = "w"\n[[version]]\nid = "la"\nfile = "a.txt"\n{stated}', encoding="utf-8")
    return folder


@pytest.mark.parametrize(("lang", "text"), [("la", EN), ("en", RU), ("de", EN), ("ru", EN), ("ru", ARTICLE["uk"])])
def test_a_stated_language_is_believed_and_doubted(tmp_path: Path, lang: str, text: str) -> None:
    work = read.load(state(tmp_path, lang, text))
    assert work.versions[0].lang == lang
    assert work.warnings == (f"la: its language is stated as {lang}, but the text is {guess(text)}",)


@pytest.mark.parametrize(("lang", "text"), [("la", "Gone."), ("en", EN), ("", EN), ("ru", ARTICLE["ru"])])
def test_no_doubt_without_cause(tmp_path: Path, lang: str, text: str) -> None:
    work = read.load(state(tmp_path, lang, text))
    assert (work.versions[0].lang, work.warnings) == (lang or "en", ())


def test_tags_of_a_memory_state_the_language(tmp_path: Path) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(
        f'<tmx><body><tu><tuv xml:lang="la"><seg>{EN}</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>{RU}</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    work = read.load(file)
    assert [(v.id, v.lang) for v in work.versions] == [("la", "la"), ("ru", "ru")]
    assert work.warnings == ("la: its language is stated as la, but the text is en",)
