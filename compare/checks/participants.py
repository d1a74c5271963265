"""``participants``: another party, parties in each other's roles, or an office given to several.

Two texts tell of talks between different countries, one says that A beat B and the other that B
beat A, or a text makes one country's envoys come from three others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from compare.actors import actor_words
from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example
from compare.checks.roles import exchanged, roles
from compare.deeds import Actor, Deed, deeds, same_actor, subjects
from compare.match import Match, match
from compare.places import PlaceMention, may_stand_for, relation, stands_for
from compare.polarity import CONTENT, synonyms
from compare.records import SIDES, Group, LikelySide, Sentence, Side, Span
from compare.slots import slots, stem
from compare.verbs import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHER: dict[Side, Side] = {"a": "b", "b": "a"}
_MANY = 3
"""Parties that two lists share which are surely one list."""
_AROUND = 2
"""Sentences before and after one in which a party is looked for."""
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
            yield from _judged(side, sentence)
    for group in context.linked:
        yield from other_parties(context, group)
        yield from _roles(context, group)
        yield from _other_actor(context, group)
        yield from _other_relative(context, group)
        matched = match(context, group)
        yield from _other_country(context, group, matched)
        yield from roles(context, matched)
        yield from _elsewhere(context, matched)
        yield from _we_or_they(context, matched)
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
                f"{side.side.upper()} speaks of people of {owner.text} from elsewhere "
                f"({_enumerate(parties)}): whose office it is has been mixed up.",
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
            f"{side.side.upper()} gives one office to several countries at once "
            f"({_enumerate([*parties, following])}): nobody can hold it, so modifiers have run "
            "together.",
            0.65,
        )


def _judged(side: Annotated, sentence: Sentence) -> Iterator[Draft]:
    """A court or the prosecution itself told to be sentenced."""
    for token in side.docs[sentence.index]:
        if token.lemma_.lower() not in _BENCH or token.pos_ != "NOUN" or token.dep_ != "nsubjpass":
            continue
        verb = token.head
        if verb.lemma_.lower() in _JUDGE and not any(
            c.dep_ in ("neg", "agent") for c in verb.children
        ):
            start, end = side.span(sentence, token), side.span(sentence, verb)
            yield _garbled_draft(
                side,
                Span(start.start, end.end),
                f"{side.side.upper()} has the {token.text} {verb.text}: it is the "
                "accused that this happens to.",
                0.75,
            )


_BENCH = frozenset("prosecution court tribunal jury bench".split())
_JUDGE = frozenset("sentence convict acquit jail imprison arrest fine".split())


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
    """The same in sentences that are not linked, where more than a shared party speaks for it."""
    alone = {
        side: [s for g in context.groups if not g.linked for s in g.side(side)] for side in SIDES
    }
    for sentence_a in context.a.document:
        for sentence_b in context.b.document:
            apart = sentence_a in alone["a"], sentence_b in alone["b"]
            if not any(apart):
                continue
            for x, y in _exchanged(context, (sentence_a,), (sentence_b,)):
                only_a, only_b = _without(x, y), _without(y, x)
                shared = min(len(x) - len(only_a), len(y) - len(only_b))
                near = [
                    slots(s.text, s.start, [_span(parties)])[0].wide
                    for s, parties in ((sentence_a, x), (sentence_b, y))
                ]
                contradicts = (
                    all(apart)
                    and len(near[0] & near[1]) >= _MIN_SHARED
                    and _likely(context, x, y) != "unknown"
                    and _about_talks([sentence_a.text, sentence_b.text])
                )
                if contradicts or shared >= _MANY:
                    only_a = _strange(context.b, sentence_b, only_a) or only_a
                    only_b = _strange(context.a, sentence_a, only_b) or only_b
                    yield _parties_draft(context, (x, y), (only_a, only_b), 0.6)


def _strange(
    side: Annotated, sentence: Sentence, parties: Sequence[PlaceMention]
) -> list[PlaceMention]:
    """The parties that a text does not name around a sentence."""
    around = side.places[max(0, sentence.index - _AROUND) : sentence.index + _AROUND + 1]
    return [p for p in parties if not any(may_stand_for(p, m) for found in around for m in found)]


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
            f"the parties are others ({_plain(only[0])} against {_plain(only[1])})."
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


def _roles(context: Context, group: Group) -> Iterator[Draft]:
    """Doer and target exchanged between the texts, or two doers and their deeds."""
    told = {side: list(deeds(context, side, group.side(side))) for side in SIDES}
    for x in told["a"]:
        for y in told["b"]:
            if not _turned(x, y) or _told_too(x, told["b"]) or _told_too(y, told["a"]):
                continue
            yield exchanged(
                (x.doer.span.cover(x.target.span), y.doer.span.cover(y.target.span)),
                f"In A {x.doer.text} acts and {x.target.text} is acted upon; "
                f"in B it is {y.doer.text} that acts.",
                0.8 if all(p.named for p in (x.doer, x.target, y.doer, y.target)) else 0.7,
            )
            return
    who = {side: list(subjects(context, side, group.side(side))) for side in SIDES}
    for x1, x2 in combinations(who["a"], 2):
        for y1, y2 in combinations(who["b"], 2):
            if _crossed((x1, x2), (y1, y2)) or _crossed((x1, x2), (y2, y1)):
                yield exchanged(
                    (x1[1].span.cover(x2[1].span), y1[1].span.cover(y2[1].span)),
                    f"A and B exchange {x1[1].text} and {x2[1].text}: what one text says of the "
                    "first, the other says of the second.",
                    0.75,
                )
                return


def _turned(x: Deed, y: Deed) -> bool:
    """Whether one deed is the other with doer and target exchanged."""
    if x.verb != y.verb or same_actor(x.doer, y.doer) or same_actor(x.target, y.target):
        return False
    there, back = same_actor(x.doer, y.target), same_actor(x.target, y.doer)
    if there and back:
        return True
    # "pay it": whoever a pronoun stands for, a doer is not a target
    if there and x.doer.named:
        return bool(x.target.pronoun) or bool(y.doer.pronoun)
    if back and x.target.named:
        return bool(x.doer.pronoun) or bool(y.target.pronoun)
    # "she sued the company", "the company sued her"
    if back and x.target.noun:
        return x.doer.named and y.target.pronoun in ("he", "she")
    if there and x.doer.noun:
        return y.doer.named and x.target.pronoun in ("he", "she")
    return False


def _told_too(deed: Deed, others: Sequence[Deed]) -> bool:
    return any(
        d.verb == deed.verb and same_actor(d.doer, deed.doer) and same_actor(d.target, deed.target)
        for d in others
    )


def _crossed(
    x: tuple[tuple[str, Actor], tuple[str, Actor]],
    y: tuple[tuple[str, Actor], tuple[str, Actor]],
) -> bool:
    """Whether two verbs have the same two subjects, the other way round."""
    (verb_1, who_1), (verb_2, who_2) = x
    (other_1, whom_1), (other_2, whom_2) = y
    return (
        verb_1 != verb_2
        and (verb_1, verb_2) == (other_1, other_2)
        and same_actor(who_1, whom_2)
        and same_actor(who_2, whom_1)
        and not same_actor(who_1, who_2)
        and not same_actor(who_1, whom_1)
        and not same_actor(who_2, whom_2)
    )


def _elsewhere(context: Context, matched: Match) -> Iterator[Draft]:
    """Two places exchanged: A's people in B's country, B's people in A's country."""
    found: list[tuple[PlaceMention, PlaceMention]] = []
    for x, y in matched.pairs():
        if x.pos_ not in ("VERB", "NOUN"):
            continue
        here, there = _where(context, matched, "a", x), _where(context, matched, "b", y)
        if (
            len(here) == len(there) == 1
            and relation(here[0], there[0]) == "different"
            # both texts know both places: it is which is where that differs
            and _knows(context.b, matched, "b", here[0])
            and _knows(context.a, matched, "a", there[0])
        ):
            found.append((here[0], there[0]))
    if found:
        place_a, place_b = min(found, key=lambda f: f[0].span.start + f[1].span.start)
        yield exchanged(
            (place_a.span, place_b.span),
            f"A has this in {place_a.text}, B in {place_b.text}, and each names the other place "
            "for another part: the roles are exchanged.",
            0.65,
        )


def _we_or_they(context: Context, matched: Match) -> Iterator[Draft]:
    """Quoted words in which others do what the speakers do themselves in the other text."""
    for x, y in matched.pairs():
        if x.pos_ != "VERB" or x.lemma_.lower() != y.lemma_.lower():
            continue
        who_a = _quoted_subject(context, matched, "a", x)
        who_b = _quoted_subject(context, matched, "b", y)
        if who_a is None or who_b is None or not _arguments_meet(matched, x, y):
            continue
        (form_a, span_a), (form_b, span_b) = who_a, who_b
        if len({form_a, form_b} & _OWN) == 1 and len({form_a, form_b} & _OF_OTHERS) == 1:
            yield Draft(
                a=span_a,
                b=span_b,
                message=(
                    f"Who does this in the quoted words is “{form_a}” in A and “{form_b}” in B: "
                    "the speakers themselves, or others."
                ),
                severity="major",
                confidence=0.7,
            )


_OWN, _OF_OTHERS = frozenset(("i", "we")), frozenset(("they", "he", "she"))


def _quoted_subject(
    context: Context, matched: Match, which: Side, verb: Token
) -> tuple[str, Span] | None:
    """The pronoun that is the subject of a verb inside quotation marks."""
    side = context.side(which)
    sentence = matched.sentence(verb)
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "PRON"), None)
    if subject is None or not sentence.quoted(side.span(sentence, subject)):
        return None
    return subject.lower_, matched.span(side, subject, verb)


def _arguments_meet(matched: Match, x: Token, y: Token) -> bool:
    """Whether two verbs have an object, or what stands for it, in common."""
    theirs = {t for c in y.children if c.dep_ in ("dobj", "prep", "ccomp") for t in c.subtree}
    return any(
        matched.of("a", t) in theirs
        for c in x.children
        if c.dep_ in ("dobj", "prep", "ccomp")
        for t in c.subtree
    )


def _where(context: Context, matched: Match, which: Side, token: Token) -> list[PlaceMention]:
    """The places in which something is, by "in" and "at"."""
    side = context.side(which)
    sentence = matched.sentence(token)
    spans = [
        side.span(sentence, g)
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in ("in", "at")
        for g in c.children
        if g.dep_ == "pobj"
    ]
    return [p for p in side.places[sentence.index] if any(p.span.overlaps(s) for s in spans)]


def _knows(side: Annotated, matched: Match, which: Side, place: PlaceMention) -> bool:
    """Whether a group names a place, under whatever name."""
    indices = {s.index for s, _ in matched.words[which]}
    return any(may_stand_for(place, m) for i in indices for m in side.places[i])


# --- Another actor ----------------------------------------------------------------------------

_MIN_SHARED = 2
_MIN_SHARE, _MUCH = 0.4, 0.6
"""How much of what is said must be the same for two subjects to be compared."""


@dataclass(frozen=True, slots=True)
class _Noun:
    """A word for an actor of some kind, and what is said of it."""

    token: Token
    sentence: Sentence
    kind: str


def _other_actor(context: Context, group: Group) -> Iterator[Draft]:
    """Actors of another kind of whom the same is said, or to whom the same belongs."""
    kinds = actor_words()
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
            elif pair not in kinds.close and _say_thesame_actor(x.token, y.token):
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


def _other_country(context: Context, group: Group, matched: Match) -> Iterator[Draft]:
    """Another country does the same, though both are named all around: ``place`` says nothing."""
    if len(group.a) != 1 or len(group.b) != 1 or matched.share() < _MIN_SHARE:
        return
    named = {side: context.side(side).places[group.side(side)[0].index] for side in SIDES}
    for place_a in _acting(context.a, group.a[0]):
        for place_b in _acting(context.b, group.b[0]):
            if relation(place_a, place_b) != "different":
                continue
            if any(may_stand_for(place_a, m) for m in named["b"]) or any(
                may_stand_for(place_b, m) for m in named["a"]
            ):
                continue
            yield Draft(
                a=place_a.span,
                b=place_b.span,
                message=f"A says this of {place_a.text}, B of {place_b.text}: another actor.",
                severity="major",
                confidence=0.65,
            )


def _acting(side: Annotated, sentence: Sentence) -> Iterator[PlaceMention]:
    """The country that a subject is, or is of."""
    places = [p for p in side.places[sentence.index] if p.kind in ("country", "people")]
    for token in side.docs[sentence.index]:
        if token.dep_ != "nsubj":
            continue
        own = [token, *(c for c in token.children if c.dep_ in ("amod", "compound", "poss"))]
        if token.lemma_.lower() in _OF_A_COUNTRY:  # "the Ministry of Defense of Ukraine"
            last = token
            for _ in range(_OF_ITS_FIELD):
                below = (g for c in last.children if c.lower_ == "of" for g in c.children)
                last = next(below, last)
                own.append(last)
        of = [p for p in places if any(p.span.overlaps(side.span(sentence, t)) for t in own)]
        if len(of) == 1:
            yield of[0]


_OF_A_COUNTRY = frozenset("ministry government army parliament navy embassy president".split())
_OF_ITS_FIELD = 2
"""Phrases with "of" between a ministry and its country."""


def _nouns(side: Annotated, sentences: Sequence[Sentence]) -> list[_Noun]:
    of = actor_words().of
    return [
        _Noun(t, s, of[t.lemma_.lower()])
        for s in sentences
        for t in side.docs[s.index]
        if t.lemma_.lower() in of and _is_actor(t)
    ]


def _is_actor(token: Token) -> bool:
    """Whether a word is the head of what it names: the Ministry of "the Defense Ministry"."""
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.dep_ in SUBJECTS)


def _kinds_near(side: Annotated, sentences: Sequence[Sentence]) -> set[str]:
    """The kinds named in a group's sentences and the ones beside them."""
    first, last = sentences[0].index - 1, sentences[-1].index + 1
    of = actor_words().of
    found = {
        of.get(t.lemma_.lower(), "")
        for s in sentences
        for t in side.docs[s.index]
        if t.pos_ != "PROPN" or t.dep_ != "compound"
    }
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


def _say_thesame_actor(x: Token, y: Token) -> bool:
    """Whether two subjects have much the same predicate."""
    if x.dep_ != "nsubj" or y.dep_ != "nsubj":
        return False
    a, b = _predicate(x), _predicate(y)
    shared = len(a & b)
    # other verbs need more: the unions strike, unless the investor comes
    least = _MIN_SHARE if synonyms(x.head, y.head) else _MUCH
    return shared >= _MIN_SHARED and shared >= least * min(len(a), len(b))


def _predicate(subject: Token) -> set[str]:
    own = {t.i for t in subject.subtree}
    return {
        stem(t.lemma_.lower())
        for t in subject.head.subtree
        if t.i not in own
        and t.pos_ in CONTENT
        and t.lemma_.lower() not in ("say", "be", "have")
        and t.ent_type_ not in ("DATE", "TIME")
    }


def _other_relative(context: Context, group: Group) -> Iterator[Draft]:
    """A niece where the other text has a grandson."""
    found = {side: _relatives(context.side(side), group.side(side)) for side in SIDES}
    lone = {
        side: [
            r
            for r in found[side]
            if not any(_same_relative(r[0], o[0]) for o in found[_OTHER[side]])
        ]
        for side in SIDES
    }
    if len({r[0] for r in lone["a"]}) == len({r[0] for r in lone["b"]}) == 1:
        (kin_a, span_a), (kin_b, span_b) = lone["a"][0], lone["b"][0]
        if {kin_a[0], kin_b[0]} in _BOTH_WAYS:
            return  # "whose daughters were taken ill", "mother of two patients"
        if kin_a[0] != kin_b[0] or (kin_a[1] and kin_b[1]):
            words_a, words_b = context.a.words(span_a), context.b.words(span_b)
            in_law = [k[0].endswith("_in_law") for k in (kin_a, kin_b)]
            if in_law[0] != in_law[1] and any(
                t.lemma_.lower() in _MARRIED
                for s in SIDES
                for x in group.side(s)
                for t in context.side(s).docs[x.index]
            ):
                return  # the minister's son-in-law is married to his daughter
            if any(w.lower().rstrip("s") in _BEREAVED for w in (words_a, words_b)):
                return  # the death of her husband made her a widow; she may have a son
            if {kin_a[0], kin_b[0]} == {"child", "sibling"} and _SISTERS & {words_a, words_b}:
                return  # who are sisters
            yield Draft(
                a=span_a,
                b=span_b,
                message=f"A speaks of a {words_a}, B of a {words_b}: another relative.",
                severity="major",
                confidence=0.7,
                anchor=f"{words_a} {words_b}",
            )


_SISTERS = frozenset(("daughters", "sons"))
_BEREAVED = frozenset(("widow", "widower"))
_MARRIED = frozenset("marry married wed wife husband spouse widow widower marriage".split())
_BOTH_WAYS = ({"parent", "child"}, {"grandparent", "grandchild"})
"""What two persons are to each other, so that either word tells of both."""


def _relatives(
    side: Annotated, sentences: Sequence[Sentence]
) -> list[tuple[tuple[str, str], Span]]:
    """(degree, sex) and place of every relative."""
    kin = actor_words().kin
    found = []
    for sentence in sentences:
        relatives: dict[Token, tuple[str, str]] = {}
        for token in side.docs[sentence.index]:
            if token.pos_ != "NOUN" or token.lemma_.lower() not in kin:
                continue
            degree, sex = kin[token.lemma_.lower()]
            if _in_law(sentence, token):
                relatives[token] = f"{degree}_in_law", sex
            elif "-" not in sentence.text[max(0, token.idx - 1) : token.idx + len(token) + 1]:
                relatives[token] = degree, sex
        for token in list(relatives):
            of = token.head
            if token.dep_ != "poss" or not (of in relatives or of.lemma_ == "child"):
                continue
            degree, sex = relatives.get(of, ("child", ""))
            both = _RELATIVE_OF.get((relatives.pop(token)[0], degree))
            if both is not None:
                relatives[of] = both, sex  # "her daughter's son"
        for token, relative in relatives.items():
            span = side.span(sentence, token)
            more = len(_IN_LAW) if _in_law(sentence, token) else 0
            found.append((relative, Span(span.start, span.end + more)))
    return found


def _in_law(sentence: Sentence, token: Token) -> bool:
    return sentence.text.startswith(_IN_LAW, token.idx + len(token))


_IN_LAW = "-in-law"
_RELATIVE_OF = {
    ("child", "child"): "grandchild",
    ("parent", "parent"): "grandparent",
    ("sibling", "child"): "sibling_child",
    ("parent", "sibling"): "parent_sibling",
    ("child", "spouse"): "child_in_law",
    ("sibling", "spouse"): "sibling_in_law",
    ("spouse", "parent"): "parent_in_law",
    ("spouse", "sibling"): "sibling_in_law",
    ("parent", "spouse"): "step_parent",
    ("spouse", "child"): "step_child",
}


def _same_relative(x: tuple[str, str], y: tuple[str, str]) -> bool:
    return x[0] == y[0] and (x[1] == y[1] or not x[1] or not y[1])


CHECK = Check(
    id="participants",
    summary="Another party, exchanged roles, or an office given to several countries at once.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Dalu filed a complaint against Yunfan with the regulator.",
            "Yunfan reported its competitor Dalu to the regulator.",
        ),
        Example(
            "A Turkish tugboat rescued four Ukrainian sailors.",
            "Four Ukrainian sailors saved a Turkish tugboat.",
        ),
        Example(
            "The union turned down the government's offer on Sunday.",
            "On Sunday the government rejected the proposal of the union.",
        ),
        Example(
            "The union of the pilots accused management of drawing up tight rosters.",
            "The union of the pilots was criticized by the company without mercy.",
        ),
        Example(
            "“I was made to rewrite the charts,” a researcher told the panel.",
            "“I made them rewrite the medical charts,” a researcher testified to the panel.",
        ),
        Example(
            "The rescue vessel took the crippled icebreaker in tow.",
            "The icebreaker took in tow the rescue ship.",
        ),
        Example("The officers had been tipped off by a farmer.", "The customs informed a farmer."),
        Example(
            "The head of the company, Dieter Lohmann, praised the guard.",
            "The watchman praised company boss Dieter Lohmann.",
        ),
        Example(
            "Luo Jing said he had reported further faults to the safety bureau.",
            "The safety bureau reported other dangers to Luo Jing.",
        ),
        Example(
            "“She spent three weeks on it,” her coach, Rustam Galeev, told Salnikov.",
            "“She was preparing it for 21 days,” Salnikov said to her trainer Rustam Galeyev.",
        ),
        Example(
            "The club owes its squad four months' wages.",
            "The players owe the club the salaries of four months.",
        ),
        Example(
            "The family resisted at first but was outvoted by the other shareholders.",
            "The family was against it, and it outvoted the other shareholders.",
        ),
        Example(
            "The law protects tenants from landlords.", "The law protects landlords from tenants."
        ),
        Example("The king visited the wounded.", "The wounded visited the king."),
        Example(
            "The ministry has asked 52 other builders to report by September.",
            "The ministry was requested by 52 other shipbuilding companies to report by September.",
        ),
        Example("Police fired at the demonstrators.", "The demonstrators fired at the police."),
        Example("The police had warned of the storm.", "The police had been warned of the storm."),
        Example(
            "The union called it an insult to the dead when Irina Ladina spoke of a lighter.",
            "Irina Ladina called an insult to the dead what the union said of a lighter.",
        ),
        Example("An expert cleared the technician.", "The technician exonerated the expert."),
        Example("The cup is on loan from the diocese.", "The cup was lent to the diocese."),
        Example(
            "If management gives way, the union may yield.",
            "If the union gives way, the company may yield.",
        ),
        Example(
            "Last year the company was sued by Daon.", "Last year Linghai sued its rival Daon."
        ),
        Example(
            "The firm replaced the steel supports with wooden ones.",
            "The firm replaced the wooden supports with steel ones.",
        ),
        Example(
            "Zhou Min reported her boss to the police.",
            "The case began with a report: Zhou Min was reported by her boss to the police.",
        ),
        Example(
            "The firm bought the vessel from a Norwegian company.",
            "The firm bought the ship for a Norwegian company.",
        ),
        Example(
            "The bank filed a criminal complaint with the police.",
            "The police submitted a criminal complaint to the bank.",
        ),
        Example(
            "The court cleared his stepfather.",
            "The court cleared his father-in-law.",
        ),
        Example(
            "“The boat came at us from behind and hit us twice,” he said.",
            "“The boat came to us from behind and we hit it twice,” he said.",
        ),
        Example(
            "The agency had twice warned the company in writing.",
            "The company twice warned Rostekhnadzor in writing.",
        ),
        Example(
            "The company had been reported by one of its cooks.",
            "The company reported one of its cooks.",
        ),
        Example(
            (
                "At the last round in Rome in May, the North Koreans walked out after half a day.",
                "The US said nothing.",
            ),
            (
                "At the last round in Rome in May, the US delegation left the room in half a day.",
                "The US remained silent.",
            ),
        ),
        Example(
            "The Navy's First Fleet alerted the Coast Guard.",
            "The Coast Guard notified the Navy's First Fleet.",
        ),
        Example(
            "The company filed a complaint against the dockers over the cranes.",
            "The dockers denounced the company over the cranes.",
        ),
        Example(
            "Denmark and Norway said that they could supply hydrogen.",
            "Denmark and Norway could be supplied with hydrogen.",
        ),
        Example(
            "Two of the instruments were built by partners in Italy.",
            "Two of the instruments were developed for partners in Italy.",
        ),
        Example(
            "Ito asked the parents not to talk about it.",
            "The parents, who asked not to speak of it, declined.",
        ),
        Example(
            "The affair was exposed by a former driver, to whom Lai owed five months' wages.",
            "The affair was exposed by a former driver who owed five months' wages.",
        ),
        Example(
            "The villager was led to the apes by his son.", "The villager led his son to the apes."
        ),
        Example(
            "He added that he had asked the police to look into the contracts.",
            "He states that the police asked him to look into the contracts.",
        ),
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
        Example(
            "Prosecutors had sought four years in prison.",
            "The prosecution was sentenced to 4 years of imprisonment.",
        ),
        Example("His niece escaped over the roof.", "His grandson fled over the roof."),
        Example("She said the judges trusted her.", "She said that she trusted the judges."),
        Example(
            "Weber supports the plan, while Novak opposes it.",
            "The plan, which Weber opposes and Novak supports, is old.",
        ),
        Example(
            "Tarkem settled with Oldman by agreeing to pay it $9 million.",
            "Oldman will pay Tarkem $9 million to settle.",
        ),
        Example(
            "The scrap had been sold to Metkom by an Estonian wholesaler.",
            "Metkom sold the scrap to the Estonian wholesale company.",
        ),
        Example("Orlen owes Banco Sol 2 million euros.", "Banco Sol's debt to Orlen is 2 million."),
        Example("Eva Lind sued the company in May.", "In May the company sued her."),
        Example("Their leader, Ada Voss, accused the mayor.", "The mayor accused leader Ada Voss."),
        Example("“They cut the jobs,” he said.", "He said: “We cut the jobs.”"),
        Example("“I asked for a lookout,” he said.", "“I was asked for a lookout,” he said."),
        Example(
            "Norwegian soldiers who commit crimes in Turkey face trial.",
            "Trial awaits Turkish soldiers who commit crimes in Norway.",
        ),
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
        Example(
            "The bank sold the shipyard to the fund.", "The fund bought the shipyard from the bank."
        ),
        Example(
            "The union turned down the government's offer on Sunday.",
            "On Sunday the government's offer was rejected by the union.",
        ),
        Example(
            "The complaint reached the police in May.", "The police received the complaint in May."
        ),
        Example(
            "The club owes its squad four months' wages.",
            "The players are owed four months' salaries by the club.",
        ),
        Example("The bank lent the company two million.", "The company was lent two million."),
        Example(
            "The law protects tenants from landlords.",
            "By law tenants are protected from landlords.",
        ),
        Example(
            "Police fired at the demonstrators.", "The demonstrators were fired at by the police."
        ),
        Example(
            "The ministry asked 52 builders to report.",
            "52 builders were requested by the ministry to report.",
        ),
        Example("Some 170,000 cars use gas.", "Some 170,000 cars are powered by gas."),
        Example("The cup is on loan from the diocese.", "The cup was lent by the diocese."),
        Example("Last year the company was sued by Daon.", "Last year Daon sued the company."),
        Example(
            "The bank filed a complaint with the police.",
            "A complaint was submitted to the police by the bank.",
        ),
        Example(
            "He is the minister's son-in-law.",
            "He is married to the minister's daughter.",
        ),
        Example(
            "The house was left to her grandson.",
            "The house was left to her daughter's son.",
        ),
        Example("She died after the death of her husband.", "A widow, she has died."),
        Example(
            "Royo, whose twin daughters were taken ill, complained.",
            "Royo, mother of two affected twins, complained.",
        ),
        Example(
            "The French need the water to cool four power plants.",
            "On the French side, four power plants cool themselves in the river.",
        ),
        Example(
            "The bride died: message left to her family.",
            "The bride leaves a message for her family.",
        ),
        Example("Denmark beat Portugal 2-1.", "Portugal were beaten 2-1 by Denmark."),
        Example("Metkom bought scrap from Estonia.", "Estonia sold scrap to Metkom."),
        Example("The scrap was sold to Metkom.", "Metkom bought the scrap."),
        Example("She retired in May.", "She was retired in May."),
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
        Example("Her children and parents survived.", "Her son, daughter and mother survived."),
        Example("The firm's workers want more pay.", "The staff want better pay."),
        Example("Anna Berg met Lars Holm.", "Lars Holm met Anna Berg."),
        Example("The German-French youth office closed.", "The Franco-German youth office closed."),
        Example(
            "The EU, China and Japan protested.", "Japan, China and the European Union protested."
        ),
    ),
)
