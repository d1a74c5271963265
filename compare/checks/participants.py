"""``participants``: another party, parties in each other's roles, or an office given to several.

Two texts tell of talks between different countries, one says that A beat B and the other that B
beat A, or a text makes one country's envoys come from three others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.names import name_tokens, relate
from compare.places import PlaceMention, may_stand_for, relation, stands_for
from compare.polarity import CONTENT
from compare.records import SIDES, Group, LikelySide, Sentence, Side, Span
from compare.slots import slots, stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHER: dict[Side, Side] = {"a": "b", "b": "a"}
_USUAL = 2
"""Mentions of the other text's parties together that make this text contradict itself."""

_OFFICE = (
    r"(?:chief|representative|minister|head|envoy|negotiator|official|leader|director|ambassador|chairman|chairwoman|"
    r"chair|president|premier|commander|delegate|diplomat|secretary|spokesman|spokeswoman|spokesperson|coordinator|"
    r"adviser|advisor|counterpart|commissioner|lawmaker|deputy)"
)
_JOIN = re.compile(
    r"(?:['’]s?)?(?:\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+as well as\s+|[-–—/])"
    r"(?:the\s+|both\s+|with\s+)?"
)
_FROM = re.compile(rf"['’]s?\s+(?:[\w-]+\s+){{0,5}}{_OFFICE}s?\s+from\s+(?:the\s+|both\s+)?")
_SENT_HOME = re.compile(
    r"\b(?:recall|withdr[ae]w|expel|summon|call(?:ed|ing)? back|pull|remov|return|evacuat|bring|"
    r"brought|home)\w*\b",
    re.IGNORECASE,
)
_SINGLE_OFFICE = re.compile(rf"\s+(?:[a-z][\w-]*\s+){{0,3}}{_OFFICE}\b(?!s\b|[-\w])")
_ARTICLE = re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE)
_TALKS = re.compile(
    r"\b(?:talk|negotiat|summit|meeting|met|meet|representative|envoy|dialogue|war|conflict|fight|ceasefire|truce|"
    r"treaty|agreement|agree|contract|pact|accord|deal|alliance|border|trade)\w*\b",
    re.IGNORECASE,
)


def find(context: Context) -> Iterator[Draft]:
    """Garbled offices in each text, then parties and roles that differ between the texts."""
    for side in context.sides:
        for sentence in side.document:
            yield from _garbled(side, sentence)
    for group in context.linked:
        yield from other_parties(context, group)
        yield from _roles(context, group)
        yield from _other_actor(context, group)
    yield from _parties_apart(context)


# --- Within one text --------------------------------------------------------------------------


def _garbled(side: Annotated, sentence: Sentence) -> Iterator[Draft]:
    """Offices whose countries cannot all be theirs."""
    mentions = side.places[sentence.index]
    lists = list(_lists(side.text, mentions))
    for parties in lists:
        first, last = parties[0], parties[-1]
        for owner in mentions:
            gap = side.text[owner.span.end : first.span.start]
            if owner.span.end > first.span.start or not _FROM.fullmatch(gap):
                continue
            before = side.text[sentence.start : owner.span.start]
            if _SENT_HOME.search(before) or any(may_stand_for(owner, p) for p in parties):
                continue
            span = Span(owner.span.start, last.span.end)
            yield _garbled_draft(
                side,
                span,
                f"{side.side.upper()} makes people of {owner.text} come from "
                f"{_enumerate(parties)}: whose office it is has been mixed up.",
                0.75,
            )
        following = next((m for m in mentions if m.span.start >= last.span.end), None)
        if following is None or side.text[last.span.end : following.span.start].strip():
            continue
        office = _SINGLE_OFFICE.match(side.text, following.span.end, sentence.end)
        if office is None or following.span.start == last.span.end:
            continue
        if any(may_stand_for(following, p) for p in parties) or following.kind == "city":
            continue
        article = _ARTICLE.search(side.text, sentence.start, first.span.start)
        start = article.start() if article else first.span.start
        yield _garbled_draft(
            side,
            Span(start, office.end()),
            f"{side.side.upper()} gives one office to {_enumerate([*parties, following])} at once: "
            "nobody can hold it, so modifiers have run together.",
            0.65,
        )


def _garbled_draft(side: Annotated, span: Span, message: str, confidence: float) -> Draft:
    return Draft(
        a=span if side.side == "a" else None,
        b=span if side.side == "b" else None,
        message=message,
        severity="major",
        confidence=confidence,
        likely_side=side.side,
    )


def _lists(text: str, mentions: Sequence[PlaceMention]) -> Iterator[list[PlaceMention]]:
    """Runs of two and more different parties joined by "and", commas, hyphens."""
    run: list[PlaceMention] = []
    for mention in mentions:
        joined = run and _JOIN.fullmatch(text[run[-1].span.end : mention.span.start])
        if joined and relation(run[-1], mention) in ("different", "unclear"):
            run.append(mention)
            continue
        if len(run) > 1:
            yield run
        run = [mention]
    if len(run) > 1:
        yield run


def _enumerate(parties: Sequence[PlaceMention]) -> str:
    words = [p.text for p in parties]
    return ", ".join(words[:-1]) + " and " + words[-1]


# --- Other parties ----------------------------------------------------------------------------


def other_parties(context: Context, group: Group) -> Iterator[Draft]:
    """Lists of parties in a group that share one party and exchange another."""
    named = {
        side: [m for s in group.side(side) for m in context.side(side).places[s.index]]
        for side in SIDES
    }
    for x, y in _exchanged(context, group.a, group.b):
        # a party that the other side only names elsewhere is no news
        only_a = [m for m in _without(x, y) if not any(may_stand_for(m, n) for n in named["b"])]
        only_b = [m for m in _without(y, x) if not any(may_stand_for(m, n) for n in named["a"])]
        if only_a or only_b:
            only = only_a or _without(x, y), only_b or _without(y, x)
            yield _parties_draft(context, (x, y), only, 0.8 if only_a and only_b else 0.7)


def _parties_apart(context: Context) -> Iterator[Draft]:
    """The same in sentences without a partner, where one text contradicts itself as well."""
    single = {
        side: [g.side(side)[0] for g in context.groups if not g.linked and g.side(side)]
        for side in SIDES
    }
    for sentence_a in single["a"]:
        for sentence_b in single["b"]:
            for x, y in _exchanged(context, (sentence_a,), (sentence_b,)):
                near = [
                    slots(s.text, s.start, [_span(parties)])[0].wide
                    for s, parties in ((sentence_a, x), (sentence_b, y))
                ]
                if (
                    len(near[0] & near[1]) >= _MIN_SHARED
                    and _likely(context, x, y) != "unknown"
                    and _about_talks([sentence_a.text, sentence_b.text])
                ):
                    yield _parties_draft(context, (x, y), (_without(x, y), _without(y, x)), 0.6)


def _exchanged(
    context: Context, sentences_a: Sequence[Sentence], sentences_b: Sequence[Sentence]
) -> Iterator[tuple[list[PlaceMention], list[PlaceMention]]]:
    """Lists of A and of B that agree with no list of the other, and share a part of each other."""
    lists_a, lists_b = _lists_of(context.a, sentences_a), _lists_of(context.b, sentences_b)
    for x in lists_a:
        for y in lists_b:
            if any(_agree(x, other) for other in lists_b) or any(_agree(y, o) for o in lists_a):
                continue
            only_a, only_b = _without(x, y), _without(y, x)
            if not (0 < len(only_a) < len(x) and 0 < len(only_b) < len(y)):
                continue
            if all(relation(m, n) == "different" for m in only_a for n in only_b):
                yield x, y


def _without(x: Sequence[PlaceMention], y: Sequence[PlaceMention]) -> list[PlaceMention]:
    return [m for m in x if not any(may_stand_for(m, n) for n in y)]


def _span(parties: Sequence[PlaceMention]) -> Span:
    return Span(parties[0].span.start, parties[-1].span.end)


def _lists_of(side: Annotated, sentences: Sequence[Sentence]) -> list[list[PlaceMention]]:
    return [
        found
        for s in sentences
        for found in _lists(side.text, [m for m in side.places[s.index] if not m.inside])
    ]


def _agree(x: Sequence[PlaceMention], y: Sequence[PlaceMention]) -> bool:
    """Whether one list only has more of the same parties than the other."""
    short, long = sorted((x, y), key=len)
    return all(any(may_stand_for(m, n) for n in long) for m in short)


def _parties_draft(
    context: Context,
    parties: tuple[list[PlaceMention], list[PlaceMention]],
    only: tuple[list[PlaceMention], list[PlaceMention]],
    confidence: float,
) -> Draft:
    x, y = parties
    span_a, span_b = _span(x), _span(y)
    sentences = [
        s.text
        for s in (
            context.a.document.sentence_at(span_a.start),
            context.b.document.sentence_at(span_b.start),
        )
        if s
    ]
    return Draft(
        a=span_a,
        b=span_b,
        message=(
            f"A names {context.a.words(span_a)}, B {context.b.words(span_b)}: "
            f"{_plain(only[0])} in one, {_plain(only[1])} in the other."
        ),
        severity="critical" if len(x) == len(y) == 2 and _about_talks(sentences) else "major",
        confidence=confidence,
        likely_side=_likely(context, x, y) if len(x) == len(y) == 2 else _odd(context, *only),
        anchor=" ".join(sorted(m.key for m in (*x, *y))),
    )


def _plain(parties: Sequence[PlaceMention]) -> str:
    return _enumerate(parties) if len(parties) > 1 else parties[0].text


def _about_talks(sentences: Sequence[str]) -> bool:
    return all(_TALKS.search(s) for s in sentences)


def _likely(context: Context, x: Sequence[PlaceMention], y: Sequence[PlaceMention]) -> LikelySide:
    """The side whose own text has the other side's parties together elsewhere, more than once."""
    wrong: list[LikelySide] = []
    for side, theirs, own in ((context.a, y, x), (context.b, x, y)):
        other = context.side(_OTHER[side.side])
        if (
            _times(side, theirs) >= _USUAL
            and _times(other, theirs) >= _USUAL
            and _times(other, own) == 0
        ):
            wrong.append(side.side)
    return wrong[0] if len(wrong) == 1 else "unknown"


def _odd(
    context: Context, only_a: Sequence[PlaceMention], only_b: Sequence[PlaceMention]
) -> LikelySide:
    """The side that elsewhere names the other's party, while its own stands nowhere else."""

    def named(side: Annotated, party: PlaceMention) -> int:
        return sum(stands_for(party, m) for found in side.places for m in found)

    if len(only_a) == len(only_b) == 1:
        counts = {
            side.side: (named(side, only_a[0]), named(side, only_b[0])) for side in context.sides
        }
        if counts["a"][0] == 1 and counts["a"][1] and not counts["b"][0]:
            return "a"
        if counts["b"][1] == 1 and counts["b"][0] and not counts["a"][1]:
            return "b"
    return "unknown"


def _times(side: Annotated, parties: Sequence[PlaceMention]) -> int:
    every = _lists_of(side, side.document.sentences)
    return sum(len(f) == len(parties) and _agree(f, parties) for f in every)


# --- Roles ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Actor:
    """A named entity in a role."""

    span: Span
    text: str
    place: PlaceMention | None
    person: int | None
    """Number of the person among the context's persons."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """Who did what to whom."""

    verb: str
    doer: _Actor
    target: _Actor


_BEAT = "beat"
_VERBS = {
    **dict.fromkeys("beat defeat thrash overcome edge trounce rout crush outplay".split(), _BEAT),
    **dict.fromkeys("buy purchase acquire".split(), "buy"),
    **dict.fromkeys("criticise criticize".split(), "criticize"),
    **dict.fromkeys("succeed replace".split(), "succeed"),
}
_WIN_OVER = frozenset("win triumph prevail victory".split())
_LOSE_TO = frozenset("lose fall succumb loss defeat".split())
_OVER = frozenset("over against at".split())
_TO = frozenset("to against by".split())
# What two do together, or to each other, has no roles to exchange.
_MUTUAL = frozenset(
    "meet join marry face play fight resemble match equal divorce be have include contact engage "
    "battle rival oppose border accompany tie draw call".split()
)


def _roles(context: Context, group: Group) -> Iterator[Draft]:
    """Doer and target exchanged between the texts."""
    deeds = {side: list(_deeds(context, side, group.side(side))) for side in SIDES}
    for x in deeds["a"]:
        for y in deeds["b"]:
            if x.verb != y.verb or not _same(x.doer, y.target) or not _same(x.target, y.doer):
                continue
            if _same(x.doer, y.doer) or any(
                d.verb == x.verb and _same(d.doer, own.doer) and _same(d.target, own.target)
                for own, side in ((x, "b"), (y, "a"))
                for d in deeds[side]  # type: ignore[index]
            ):
                continue
            yield Draft(
                a=_cover(x),
                b=_cover(y),
                message=(
                    f"In A {x.doer.text} is the one who acts and {x.target.text} the other; "
                    "in B it is the other way round."
                ),
                severity="critical",
                confidence=0.8,
                anchor=f"{x.verb} {x.doer.text} {x.target.text}",
            )
            return


def _cover(deed: _Deed) -> Span:
    return Span(
        min(deed.doer.span.start, deed.target.span.start),
        max(deed.doer.span.end, deed.target.span.end),
    )


def _deeds(context: Context, side: Side, sentences: Sequence[Sentence]) -> Iterator[_Deed]:
    annotated = context.side(side)
    for sentence in sentences:
        for token in annotated.docs[sentence.index]:
            found = _who_whom(token)
            if found is None:
                continue
            verb, doers, targets = found
            for d in doers:
                for t in targets:
                    doer = _actor(context, annotated, sentence, d)
                    target = _actor(context, annotated, sentence, t)
                    if doer and target and not _same(doer, target):
                        yield _Deed(verb, doer, target)


def _who_whom(token: Token) -> tuple[str, list[Token], list[Token]] | None:
    """(verb, doers, targets) of a word for a deed, the passive turned to the active."""
    lemma = token.lemma_.lower()
    children = list(token.children)
    if token.pos_ == "NOUN":
        owner = [c for c in children if c.dep_ == "poss"]
    elif token.pos_ == "VERB":
        owner = [c for c in children if c.dep_ == "nsubj"]
    else:
        return None
    over = _objects(children, _OVER) if lemma in _WIN_OVER else []
    to = _objects(children, _TO) if lemma in _LOSE_TO else []
    if over:
        return _BEAT, owner, over
    if to and not any(c.dep_ == "dobj" and c.ent_type_ for c in children):
        return _BEAT, to, owner
    if token.pos_ != "VERB" or lemma in _MUTUAL:
        return None
    verb = _VERBS.get(lemma, lemma)
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    if passive:
        agents = [g for c in children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
        return verb, agents, passive
    return verb, owner, [c for c in children if c.dep_ == "dobj"]


def _objects(children: Sequence[Token], prepositions: frozenset[str]) -> list[Token]:
    return [
        g
        for c in children
        if c.dep_ in ("prep", "agent") and c.lower_ in prepositions
        for g in c.children
        if g.dep_ == "pobj"
    ]


def _actor(context: Context, side: Annotated, sentence: Sentence, token: Token) -> _Actor | None:
    """The named entity that a token is the head of, or None."""
    span = side.span(sentence, token)
    for number, person in enumerate(context.persons):
        for mention in person.on(side.side):
            if mention.span.overlaps(span):
                return _Actor(mention.span, mention.name, None, number)
    for place in side.places[sentence.index]:
        if place.span.overlaps(span):
            return _Actor(place.span, place.text, place, None)
    if token.pos_ != "PROPN":
        return None
    words = [t for t in token.subtree if t.dep_ == "compound" and t.pos_ == "PROPN"] + [token]
    whole = Span(
        sentence.start + min(t.idx for t in words),
        sentence.start + max(t.idx + len(t.text) for t in words),
    )
    return _Actor(whole, side.words(whole), None, None)


def _same(x: _Actor, y: _Actor) -> bool:
    if x.person is not None and x.person == y.person:
        return True
    if x.place and y.place:
        return may_stand_for(x.place, y.place)
    return bool(name_tokens(x.text)) and relate(x.text, y.text) in ("same", "variant", "part")


# --- Another actor ----------------------------------------------------------------------------

_MIN_SHARED = 2
_MIN_SHARE = 0.4
"""How much of what is said must be the same for two subjects to be compared."""


@dataclass(frozen=True, slots=True)
class _Kinds:
    """``actors.toml``, ready to look up."""

    of: dict[str, str]
    close: frozenset[frozenset[str]]
    opposed: frozenset[frozenset[str]]


@cache
def _kinds() -> _Kinds:
    data = tomllib.loads((files("compare") / "data" / "actors.toml").read_text("utf-8"))
    return _Kinds(
        {word: kind for kind, words in data["kinds"].items() for word in words},
        frozenset(map(frozenset, data["close"])),
        frozenset(map(frozenset, data["opposed"])),
    )


@dataclass(frozen=True, slots=True)
class _Noun:
    """A word for an actor of some kind, and what is said of it."""

    token: Token
    sentence: Sentence
    kind: str


def _other_actor(context: Context, group: Group) -> Iterator[Draft]:
    """Actors of another kind of whom the same is said, or to whom the same belongs."""
    kinds = _kinds()
    nouns = {side: _nouns(context.side(side), group.side(side)) for side in SIDES}
    near = {side: _kinds_near(context.side(side), group.side(side)) for side in SIDES}
    for x in nouns["a"]:
        for y in nouns["b"]:
            pair = frozenset((x.kind, y.kind))
            if len(pair) < 2 or x.kind in near["b"] or y.kind in near["a"]:
                continue
            owned = _owned(x.token)
            if pair in kinds.opposed and owned and owned == _owned(y.token):
                confidence = 0.7
            elif pair not in kinds.close and _say_the_same(x.token, y.token):
                confidence = 0.55
            else:
                continue
            yield Draft(
                a=context.a.span(x.sentence, x.token),
                b=context.b.span(y.sentence, y.token),
                message=f"A has the {x.token.text} where B has the {y.token.text}: another actor.",
                severity="major",
                confidence=confidence,
            )


def _nouns(side: Annotated, sentences: Sequence[Sentence]) -> list[_Noun]:
    of = _kinds().of
    return [
        _Noun(t, s, of[t.lemma_.lower()])
        for s in sentences
        for t in side.docs[s.index]
        if t.pos_ == "NOUN" and t.lemma_.lower() in of
    ]


def _kinds_near(side: Annotated, sentences: Sequence[Sentence]) -> set[str]:
    """The kinds named in a group's sentences and the ones beside them."""
    first, last = sentences[0].index - 1, sentences[-1].index + 1
    of = _kinds().of
    found = {of.get(t.lemma_.lower(), "") for s in sentences for t in side.docs[s.index]}
    for index in range(max(0, first), min(len(side.docs) - 1, last) + 1):
        found |= {of.get(t.lemma_.lower(), "") for t in side.docs[index] if t.dep_ == "nsubj"}
    return found


def _owned(token: Token) -> str:
    """The noun that belongs to an actor: "expert" in "an expert called by the defence"."""
    for _ in range(3):
        if token.dep_ not in ("pobj", "prep", "agent", "acl", "compound", "poss", "nmod"):
            return ""
        token = token.head
        if token.pos_ == "NOUN":
            return token.lemma_.lower()
    return ""


def _say_the_same(x: Token, y: Token) -> bool:
    """Whether two subjects have much the same predicate."""
    if x.dep_ != "nsubj" or y.dep_ != "nsubj":
        return False
    a, b = _predicate(x), _predicate(y)
    shared = len(a & b)
    return shared >= _MIN_SHARED and shared >= _MIN_SHARE * min(len(a), len(b))


def _predicate(subject: Token) -> set[str]:
    own = {t.i for t in subject.subtree}
    return {
        stem(t.lemma_.lower())
        for t in subject.head.subtree
        if t.i not in own and t.pos_ in CONTENT and t.lemma_.lower() not in ("say", "be", "have")
    }


CHECK = Check(
    id="participants",
    summary="Another party, exchanged roles, or an office given to several countries at once.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The chief negotiators of Russia and Turkey met three times in a month.",
            "Meetings of the Ukrainian and Turkish chief negotiators have become frequent.",
        ),
        Example(
            "The ministers of Chile, Peru and Brazil signed the pact.",
            "The pact was signed by the ministers of Chile, Peru and Bolivia.",
        ),
        Example(
            "The three countries' envoys for Iran met again.",
            "Iran's chief envoys from France, Germany and Britain met again.",
        ),
        Example(
            "He spoke after meeting his Japanese counterpart.",
            "He spoke with the Japan-U.S. Chinese trade chief.",
        ),
        Example("Denmark beat Portugal 2-1.", "Denmark was beaten by Portugal, 2-1."),
        Example("Maria Weber sued Jan Novak.", "Jan Novak sued Maria Weber."),
        Example(
            "They did not follow the expert called by the defense.",
            "They gave no credit to the expert of the prosecution.",
        ),
        Example(
            "Critics blame her for persuading the council to sell the old harbor.",
            "The company blamed her for persuading the council to sell the harbor.",
        ),
        Example("Iraq invaded Kuwait in 1990.", "In 1990 Kuwait invaded Iraq."),
    ),
    passes=(
        Example("Denmark beat Portugal 2-1.", "Portugal were beaten 2-1 by Denmark."),
        Example("Denmark won 2-1 against Portugal.", "Portugal lost 2-1 to Denmark."),
        Example("Seoul and Washington agreed.", "South Korea and the United States agreed."),
        Example(
            "U.S.-North Korea talks stalled.", "Talks between Pyongyang and Washington stalled."
        ),
        Example(
            "France, Germany and Italy signed the treaty.", "Germany and France signed the treaty."
        ),
        Example(
            "South Korea and the US want to talk with North Korea.",
            "Seoul and the US seek dialogue between the US and the North.",
        ),
        Example(
            "The foreign ministers of Chile and Peru met in Lima.",
            "Peru's foreign minister met his counterpart from Chile in Lima.",
        ),
        Example(
            "Doha recalled Qatar's ambassadors from Egypt and Bahrain.",
            "Doha recalled the ambassadors of Qatar in Egypt and Bahrain.",
        ),
        Example("The judges cleared him of fraud.", "The court cleared him of fraud."),
        Example("The firm's workers want more pay.", "The staff want better pay."),
        Example("Anna Berg met Lars Holm.", "Lars Holm met Anna Berg."),
        Example("The German-French youth office closed.", "The Franco-German youth office closed."),
        Example(
            "The EU, China and Japan protested.", "Japan, China and the European Union protested."
        ),
    ),
)
