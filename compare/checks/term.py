"""``term``: a word for another concept: a false friend, or a term that only looks alike.

False friends are data by source language (``compare/data/false_friends.toml``). Where the language
is not given, the countries that the texts name tell which ones are likely, and only these count.
Where they tell nothing, each may be it, and both words must stand in one slot.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from compare.actors import actor_words
from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.checks.glossary import against_glossary
from compare.match import Match, match
from compare.polarity import surroundings
from compare.records import OTHER, SIDES, Group, Side, Span
from compare.titles import default_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_SLOT = 0.5
"""How alike the places of two words must be (:meth:`Match.slot`)."""
_NEAR = 3
"""How many words away a phrase may share a neighbour with its counterpart."""
# Endings of terms of medicine and chemistry that make another thing of the same beginning.
_TERM_ENDINGS = (
    "oma omas opathy opathies itis osis emia aemia algia ectomy oplasty oscopy ography ology "
    "olysis otomy ide ides ate ates ite ites ane ene yne ol ase ose"
).split()
_TERM_PREFIX = 4
"""Letters that two terms must share."""


@dataclass(frozen=True, slots=True)
class _Friend:
    language: str
    source: str
    right: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[str, ...], ...]
    common: bool
    """Both words are frequent: they must stand in the same surroundings."""

    def can_be_in(self, here: frozenset[str], there: frozenset[str]) -> bool:
        """Whether words of two sides may hold a wrong phrase of it here and a right one there."""
        return any(p[0] in here for p in self.wrong) and any(p[0] in there for p in self.right)


def _phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase of the data as the tokenizer has them.

    >>> _phrase("mother-in-law"), _phrase("workers' party"), _phrase("crane's voice")
    (('mother', '-', 'in', '-', 'law'), ('workers', "'", 'party'), ('crane', "'s", 'voice'))
    """
    return tuple(re.findall(r"'s\b|[\w&.,]+|[-']", text.lower()))


@cache
def _friends() -> tuple[_Friend, ...]:
    data = tomllib.loads((files("compare") / "data" / "false_friends.toml").read_text("utf-8"))
    return tuple(
        _Friend(
            f["language"],
            f["source"],
            tuple(_phrase(w) for w in f["right"]),
            tuple(_phrase(w) for w in f["wrong"]),
            f.get("common", False),
        )
        for f in data["friend"]
    )


@cache
def _by_word() -> dict[str, tuple[int, ...]]:
    """By the first word of what is wrong, the numbers of the friends that it is of."""
    table: dict[str, set[int]] = {}
    for n, friend in enumerate(_friends()):
        for phrase in friend.wrong:
            table.setdefault(phrase[0], set()).add(n)
    return {word: tuple(numbers) for word, numbers in table.items()}


@cache
def known_languages() -> frozenset[str]:
    """Source languages for which the data list confusions of offices or false friends."""
    codes = {c.language for c in default_titles().confusions} | {f.language for f in _friends()}
    return frozenset(codes - {""})


_SPEAKERS = {
    country: language
    for language, countries in {
        "ar": "SA EG IQ SY JO LB PS YE LY TN DZ MA SD AE QA KW BH OM",
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
        "tr": "TR",
        "uk": "UA",
        "vi": "VN",
        "zh": "CN TW HK MO",
    }.items()
    for country in countries.split()
}
_MENTIONS, _LEAST_SHARE = 2, 0.2
"""A language is likely where its countries are named so often, and in such a part of all places."""


def _likely_languages(context: Context) -> frozenset[str]:
    """The languages that the texts may be translated from, by the option or by what they name."""
    if context.config.source_language:
        return frozenset((context.config.source_language,))
    named = Counter(
        language
        for side in context.sides
        for found in side.places
        for place in found
        for language in {_SPEAKERS.get(c, "") for c in place.countries}
    )
    total = named.total()
    return frozenset(
        x for x, n in named.items() if x and n >= _MENTIONS and n >= _LEAST_SHARE * total
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """The tokens of one side of a group, with their lemmas in a row for phrases."""

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    lemmas: tuple[str, ...]
    words: tuple[str, ...]
    """Lower case, as written."""
    known: frozenset[str]
    """Every lemma and word: most phrases of the data have no word here at all."""

    def places(self, phrase: tuple[str, ...]) -> list[int]:
        if phrase[0] not in self.known:
            return []
        n = len(phrase)
        return [
            i
            for i in range(len(self.lemmas) - n + 1)
            if all(w in (self.lemmas[i + k], self.words[i + k]) for k, w in enumerate(phrase))
        ]


def find(context: Context) -> Iterator[Draft]:
    """What breaks the user's glossary; then, for each group, false friends and look-alikes."""
    yield from against_glossary(context)
    languages = _likely_languages(context)
    texts = [
        (group, {side: _text(context.side(side), group, side) for side in SIDES})
        for group in context.linked
    ]
    known = {side: frozenset(w for _, text in texts for w in text[side].known) for side in SIDES}
    every, by_word = _friends(), _by_word()
    there = sorted({n for side in SIDES for w in known[side] for n in by_word.get(w, ())})
    friends = [
        friend
        for friend in (every[n] for n in there)
        if (not (languages and friend.language) or friend.language in languages)
        and any(friend.can_be_in(known[side], known[OTHER[side]]) for side in SIDES)
    ]
    for group, text in texts:
        matched = match(context, group)
        found = [
            draft
            for side in SIDES
            for draft in _false_friends(context, matched, text, side, friends, languages)
        ]
        times = Counter((d.a, d.b) for d in found)
        for draft in found:
            # two words that are each taken for the other: nothing tells which is wrong
            yield draft if times[draft.a, draft.b] == 1 else replace(draft, likely_side="unknown")
        yield from _look_alikes(text)
        yield from _siblings(context, matched)


def _text(side: Annotated, group: Group, which: Side) -> _Text:
    tokens, spans = [], []
    for sentence in group.side(which):
        for token in side.docs[sentence.index]:
            tokens.append(token)
            spans.append(side.span(sentence, token))
    lemmas, words = tuple(t.lemma_.lower() for t in tokens), tuple(t.lower_ for t in tokens)
    return _Text(tuple(tokens), tuple(spans), lemmas, words, frozenset((*lemmas, *words)))


def _false_friends(
    context: Context,
    matched: Match,
    text: dict[Side, _Text],
    side: Side,
    friends: Sequence[_Friend],
    languages: frozenset[str],
) -> Iterator[Draft]:
    here, there = text[side], text[OTHER[side]]
    seen: set[int] = set()
    for friend in friends:
        if not friend.can_be_in(here.known, there.known):
            continue
        likely = friend.language in languages
        wrong = [(i, p) for p in friend.wrong for i in here.places(p)]
        right = [(i, p) for p in friend.right for i in there.places(p)]
        if not wrong or not right:
            continue
        if any(here.places(p) for p in friend.right) or any(there.places(p) for p in friend.wrong):
            continue
        pairs = [
            (w, r)
            for w in wrong
            for r in right
            if (likely and not friend.common) or _same_slot(matched, side, (here, w), (there, r))
        ]
        pairs = [
            (w, r) for w, r in pairs if not _name_of_abroad(here, w) and not _half_said(here, w, r)
        ]
        (i, p), (j, q) = pairs[0] if pairs else ((-1, ()), (-1, ()))
        if not pairs or i in seen:  # several languages know the same false friend
            continue
        seen.add(i)
        mine = here.spans[i].cover(here.spans[i + len(p) - 1])
        theirs = there.spans[j].cover(there.spans[j + len(q) - 1])
        known = f" ({friend.language}: {friend.source})" if friend.language else ""
        yield Draft(
            *ordered(side, mine, theirs),
            message=(
                f"{side.upper()} says “{context.side(side).words(mine)}”, "
                f"{OTHER[side].upper()} “{context.side(OTHER[side]).words(theirs)}”: "
                f"another concept, and a known confusion in translation{known}."
            ),
            severity="minor",
            confidence=0.75 if likely else 0.6,
            likely_side=side if likely else "unknown",
        )


_ABROAD = frozenset("de del do da di du des van von al el".split())


def _name_of_abroad(text: _Text, word: _Place) -> bool:
    """Whether a word begins a name left in its own language: “Junta de Andalucía”."""
    first, phrase = word
    behind = text.words[first + len(phrase) : first + len(phrase) + 1]
    return text.tokens[first].text[0].isupper() and bool(_ABROAD & set(behind))


def _half_said(text: _Text, word: _Place, right: _Place) -> bool:
    """Whether the rest of the right phrase stands beside the word: “pay reduction”, “pay cut”."""
    first, phrase = word
    beside = {
        *text.lemmas[max(0, first - 2) : first],
        *text.lemmas[first + len(phrase) : first + len(phrase) + 2],
    }
    return len(right[1]) > 1 and bool(beside & set(right[1][:-1]) - _SMALL)


_SMALL = frozenset("the a an of to in on at for by up out off be".split())
_Place = tuple[int, tuple[str, ...]]
"""The first word of a phrase, and the phrase."""


def _same_slot(
    matched: Match, side: Side, here: tuple[_Text, _Place], there: tuple[_Text, _Place]
) -> bool:
    """Whether two phrases share something they depend on, or a content word beside them."""
    (text_x, (first_x, phrase_x)), (text_y, (first_y, phrase_y)) = here, there
    last_x, last_y = first_x + len(phrase_x) - 1, first_y + len(phrase_y) - 1
    x, y = text_x.tokens[last_x], text_y.tokens[last_y]
    if surroundings(x) & surroundings(y):
        return True
    if _beside(text_x, first_x, last_x) & _beside(text_y, first_y, last_y):
        return True
    return (matched.slot(x, y) if side == "a" else matched.slot(y, x)) >= _SLOT


def _beside(text: _Text, first: int, last: int) -> set[str]:
    near = (*text.tokens[max(0, first - _NEAR) : first], *text.tokens[last + 1 : last + 1 + _NEAR])
    return {
        t.lemma_.lower()
        for t in near
        if (t.is_alpha or t.like_num) and not t.is_stop and len(t) > 2
    }


def _look_alikes(text: dict[Side, _Text]) -> Iterator[Draft]:
    """Two terms of science with one beginning and different endings: myeloma, myelopathy."""
    own = {
        side: [
            (t, s)
            for t, s in zip(text[side].tokens, text[side].spans, strict=True)
            if t.pos_ in ("NOUN", "PROPN", "ADJ")
            and t.is_alpha
            and t.lemma_.lower() not in text[OTHER[side]].lemmas
        ]
        for side in SIDES
    }
    for (a, span_a), (b, span_b) in product(own["a"], own["b"]):
        if _terms_differ(a.lower_, b.lower_):
            yield Draft(
                a=span_a,
                b=span_b,
                message=(
                    f"A says “{a.text}”, B “{b.text}”: the terms look alike and name "
                    "different things."
                ),
                severity="major",
                confidence=0.7,
            )


def _terms_differ(x: str, y: str) -> bool:
    """Whether two words are one beginning with different endings of the list.

    >>> _terms_differ("myeloma", "myelopathy"), _terms_differ("nitrate", "nitrates")
    (True, False)
    """
    x, y = (w.replace("ae", "e").replace("oe", "e") for w in (x, y))  # leukaemia is leukemia
    prefix = next(
        (i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y))
    )
    cuts = [{(w[: -len(e)], e.rstrip("s")) for e in _TERM_ENDINGS if w.endswith(e)} for w in (x, y)]
    return any(
        stem == other and end != ending and _TERM_PREFIX <= len(stem) <= prefix
        for stem, end in cuts[0]
        for other, ending in cuts[1]
    )


@cache
def _kinds() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of a noun its senses and the kinds that it is of, by number (WordNet)."""
    text = (files("compare") / "data" / "siblings.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        word: (
            frozenset(n[1:] for n in numbers if n.startswith("=")),
            frozenset(n for n in numbers if not n.startswith("=")),
        )
        for word, *numbers in rows
    }


_GENERAL = frozenset(
    "vehicle machine device tool facility structure equipment object product person animal weapon "
    "building instrument craft transport".split()
)
"""Words for whole kinds that WordNet has beside their members: a bus is a vehicle."""


def _are_siblings(x: str, y: str) -> bool:
    """Whether two nouns are of one kind, and neither is a kind of the other.

    >>> _are_siblings("lung", "liver"), _are_siblings("lung", "organ")
    (True, False)
    """
    if x not in _kinds() or y not in _kinds() or {x, y} & _GENERAL:
        return False
    (own_x, kinds_x), (own_y, kinds_y) = _kinds()[x], _kinds()[y]
    return bool(kinds_x & kinds_y) and not (own_x & (own_y | kinds_y) or own_y & kinds_x)


_SIBLING_SLOT = 0.7
_SIBLING_SHARE = 0.35


def _siblings(context: Context, matched: Match) -> Iterator[Draft]:
    """Two things of one kind in one place: a lung in one text, a liver in the other."""
    if matched.share() < _SIBLING_SHARE:
        return
    kin = actor_words().kin
    words = {side: {t.lemma_.lower() for _, t in matched.words[side]} for side in SIDES}
    own = {
        side: [
            (s, t)
            for s, t in matched.lone(side)
            if t.pos_ == "NOUN"
            and (lemma := t.lemma_.lower()) not in kin
            and lemma not in words[OTHER[side]]
        ]
        for side in SIDES
    }
    for (sentence_a, a), (sentence_b, b) in product(own["a"], own["b"]):
        if not _are_siblings(a.lemma_.lower(), b.lemma_.lower()):
            continue
        if matched.slot(a, b) < _SIBLING_SLOT:
            continue
        yield Draft(
            a=context.a.span(sentence_a, a),
            b=context.b.span(sentence_b, b),
            message=(
                f"A says “{a.text}”, B “{b.text}” in the same place: two things of one kind, and "
                "only one can be meant."
            ),
            severity="major",
            confidence=0.65,
        )


CHECK = Check(
    id="term",
    summary="A word for another concept: a false friend, a look-alike, or not your glossary's.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example("She did not attend the hearing.", "She did not assist the hearing."),
        Example("The unit might be sold.", "The unit will eventually be sold."),
        Example("He died of multiple myeloma.", "He died of multiple myelopathy."),
        Example("Surgeons removed part of his lung.", "Surgeons took out part of his liver."),
        Example("The mine yields copper and zinc.", "The mine produces iron and zinc."),
        Example("A bus stopped in the tunnel.", "A train stopped in the tunnel."),
        Example("Farmers slaughtered 3,000 pigs.", "Farmers killed 3,000 sheep."),
        Example("He was treated for pneumonia in May.", "In May he was treated for bronchitis."),
        Example("The company currently owns two ports.", "The company actually owns two ports."),
        Example(
            ("The talks in Tehran ended.", "No sanction was lifted, Iran said."),
            ("The talks in Tehran ended.", "Iran said that no boycott was removed."),
        ),
        Example(
            "The wind blew at 40 knots.", "A wind of 40 nodes was blowing.", source_language="pl"
        ),
    ),
    passes=(
        Example(
            "None of the officers in Tokyo was suspended or had his pay cut.",
            "None of the officers in Tokyo was suspended or had a pay reduction.",
            source_language="ja",
        ),
        Example("The economy of Spain grew.", "Economists say Spain grew."),
        Example("She attended the hearing.", "She was present at the hearing."),
        Example(
            "The judge read the sentence of five years.",
            "The ruling, a sentence of five years, was read.",
        ),
        Example("The administration agreed.", "Administrators agreed."),
        Example(
            "Two sailors are missing.", "Two sailors are wanted for theft.", source_language="de"
        ),
        Example("Cows and pigs died.", "Pigs died, and cows."),
        Example("He hurt his leg.", "He hurt his knee and his leg."),
        Example("They ate lamb near the lake.", "A hen was killed by the dog."),
        Example("The factory will close.", "The plant will close."),
    ),
)
