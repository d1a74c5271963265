"""Which languages two texts may be translated from, by the countries and persons that they name."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from compare.names import VIETNAMESE_SURNAMES, korean_parts, name_tokens
from compare.places import PlaceMention
from compare.wade_giles import is_pinyin

_MENTIONS, _LEAST_SHARE = 2, 0.2
"""A language is likely where its countries are named so often, and in such a part of all places."""
_PERSONS, _MANY, _MOST = 1.5, 2.0, 0.5
"""Else where so many persons have names of it, one that two languages share counting half for each,
and such a part of all whose names tell any; beside a country's language it takes more of them."""


@cache
def _data() -> dict[str, dict[str, str]]:
    text = (files("compare") / "data" / "languages.toml").read_text("utf-8")
    return tomllib.loads(text)


def language_name(code: str) -> str:
    """The English name of a language of the data.

    >>> language_name("ko")
    'Korean'
    """
    return _data()[code]["name"]


@cache
def _by_country() -> dict[str, str]:
    return {c: language for language, row in _data().items() for c in row["countries"].split()}


@cache
def _by_given_name() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, row in _data().items():
        for name in row["given_names"].split():
            table[name] = (*table.get(name, ()), language)
    return table


@cache
def _chinese_surnames() -> frozenset[str]:
    return frozenset(_data()["zh"]["surnames"].split())


def languages_of_name(name: str) -> tuple[str, ...]:
    """The languages whose speakers may be called so; none where the name tells nothing.

    >>> languages_of_name("Birgit Oelkers"), languages_of_name("Sawamura Noriko")
    (('de',), ('ja',))
    >>> languages_of_name("Noh Kyu-duk"), languages_of_name("Li Changsheng")
    (('ko',), ('zh',))
    >>> languages_of_name("Nguyen Van Hai"), languages_of_name("Oelkers")
    (('vi',), ())
    """
    tokens = name_tokens(name)
    if len(tokens) < 2:
        return ()
    if (len(tokens) == 3 or any("-" in t for t in tokens)) and korean_parts(tokens):
        return ("ko",)
    if tokens[0] in VIETNAMESE_SURNAMES and len(name.split()) > 2:
        return ("vi",)
    if len(tokens) == 2 and tokens[0] in _chinese_surnames() and is_pinyin(tokens[1]):
        return ("zh",)
    return _by_given_name().get(tokens[0]) or _by_given_name().get(tokens[-1]) or ()


def likely_languages(
    places: Iterable[PlaceMention], persons: Iterable[Sequence[str]] = ()
) -> frozenset[str]:
    """The languages of the countries that are named most, and those of most names.

    Args:
        places: every mention of a place in both texts.
        persons: the forms of each person's name.
    """
    named = Counter(
        language
        for place in places
        for language in {_by_country().get(c, "") for c in place.countries}
    )
    total = named.total()
    likely = frozenset(
        x for x, n in named.items() if x and n >= _MENTIONS and n >= _LEAST_SHARE * total
    )
    called: defaultdict[str, float] = defaultdict(float)
    for names in persons:
        told = {x for name in names for x in languages_of_name(name)}
        for language in told:
            called[language] += 1 / len(told)
    least = _MANY if likely else _PERSONS
    return likely | {x for x, n in called.items() if n >= max(least, _MOST * sum(called.values()))}
