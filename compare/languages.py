"""Which languages two texts may be translated from, by the countries that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from compare.places import PlaceMention

_SPEAKERS = {
    country: language
    for language, countries in {
        "ar": "SA EG IQ SY JO LB PS YE LY TN DZ MA SD AE QA KW BH OM",
        "cs": "CZ",
        "de": "DE AT CH LI",
        "es": "ES MX AR CO CL PE VE EC BO UY PY CU GT HN NI CR PA SV DO",
        "fa": "IR AF",
        "fr": "FR BE CH SN CI ML BF NE CM",
        "hi": "IN",
        "id": "ID",
        "it": "IT",
        "ja": "JP",
        "ko": "KR KP",
        "nl": "NL",
        "pl": "PL",
        "pt": "PT BR AO MZ",
        "ru": "RU BY",
        "sv": "SE",
        "tr": "TR",
        "uk": "UA",
        "vi": "VN",
        "zh": "CN TW HK MO",
    }.items()
    for country in countries.split()
}
_MENTIONS, _LEAST_SHARE = 2, 0.2
"""A language is likely where its countries are named so often, and in such a part of all places."""


def likely_languages(places: Iterable[PlaceMention]) -> frozenset[str]:
    """The languages of the countries that are named most; none where nothing tells."""
    named = Counter(
        language for place in places for language in {_SPEAKERS.get(c, "") for c in place.countries}
    )
    total = named.total()
    return frozenset(
        x for x, n in named.items() if x and n >= _MENTIONS and n >= _LEAST_SHARE * total
    )
