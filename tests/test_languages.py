"""Which language two texts may be translated from: by countries, else by the names of persons."""

from __future__ import annotations

import pytest

from compare.annotate import Context
from compare.languages import languages_of_name, likely_languages
from compare.pipeline import compare_sentences


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("Holger Wiechmann", ("de",)),
        ("Tomasz Szulc", ("pl",)),
        ("Sevgi Yıldızhan", ("tr",)),
        ("Oleksandr Shvets", ("uk",)),
        ("Sergei Shvets", ("ru",)),
        ("Kenji Tokairin", ("ja",)),
        ("Tokairin Kenji", ("ja",)),
        ("Park Do-yeong", ("ko",)),
        ("Do-yeong Park", ("ko",)),
        ("Noh Kyu Duk", ("ko",)),
        ("Xie Yingying", ("zh",)),
        ("Tran Thi Hoa", ("vi",)),
        ("Nabil al-Khatib", ("ar",)),
        ("Fatemeh Rezvani", ("fa",)),
        ("Laura Benning", ("it", "pt", "ro")),
        ("John Whitaker", ()),
        ("Whitaker", ()),
        ("Owen Le Brun", ()),
    ],
)
def test_a_full_name_tells_a_language(name: str, languages: tuple[str, ...]) -> None:
    assert languages_of_name(name) == languages


@pytest.mark.parametrize(
    ("persons", "likely"),
    [
        (["Holger Wiechmann", "Ilka Vogt"], {"de"}),
        (["Holger Wiechmann"], set()),  # one alone may be from abroad
        (["Holger Wiechmann", "Ilka Vogt", "Kenji Tokairin"], {"de"}),
        (["Holger Wiechmann", "Kenji Tokairin"], set()),
        (["Ana Reis", "Carlos Pinto"], set()),  # of several languages, half a name for each
        (["Ana Reis", "Carlos Pinto", "Gilmar Souza"], {"pt"}),
        ([], set()),
    ],
)
def test_two_persons_of_one_language(persons: list[str], likely: set[str]) -> None:
    assert likely_languages((), ([name] for name in persons)) == likely


def languages(a: str, b: str, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    told: list[frozenset[str]] = []
    real = Context.build

    def build(self: Context) -> None:
        real(self)
        told.append(self.languages)

    monkeypatch.setattr(Context, "build", build)
    compare_sentences([a], [b])
    return told[0]


def test_two_persons_stand_beside_a_country_and_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = "Mayor Holger Wiechmann was in {}.", "Mayor Holger Wiechmann met Ilka Vogt in {}."
    for said, languages_of_both in ((one, {"ja"}), (two, {"ja", "de"})):
        text = said.format("Japan")
        assert languages(text, text, monkeypatch) == languages_of_both
    text = two.format("Osnabeck")
    assert languages(text, text, monkeypatch) == {"de"}
