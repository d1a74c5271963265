"""Who does what to whom, as far as the parse tells: deeds with a doer and a target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.names import name_tokens, relate
from compare.places import PlaceMention, may_stand_for
from compare.records import Sentence, Side, Span
from compare.slots import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

    from compare.annotate import Annotated, Context


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever fills a role: a named one, a pronoun or a noun."""

    span: Span
    text: str
    place: PlaceMention | None = None
    person: int | None = None
    """Number of the person among the context's persons."""
    pronoun: str = ""
    """The subject's form: "she" for "her"."""
    noun: str = ""
    """Lemma of a noun that is no name."""

    @property
    def named(self) -> bool:
        return not self.pronoun and not self.noun


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what to whom."""

    verb: str
    doer: Actor
    target: Actor


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
MUTUAL = frozenset(
    "meet join marry face play fight resemble match equal divorce be have include contact engage "
    "battle rival oppose border accompany tie draw call become remain follow precede".split()
)
"""What two do together, or to each other, has no roles to exchange."""


_PRONOUNS = {
    **dict.fromkeys(("he", "him", "himself"), "he"),
    **dict.fromkeys(("she", "her", "herself"), "she"),
    **dict.fromkeys(("they", "them", "themselves"), "they"),
    **dict.fromkeys(("it", "itself"), "it"),
}
_FINITE = re.compile(r"[a-z]{3,40}(?:ed|s)")
# Verbs that lead a report: that two people say two things is no exchange of roles.
_SAY = frozenset(
    stem(word)
    for word in "say tell add note state explain stress announce declare report claim think "
    "believe argue point go come be have do get make take see know want".split()
)


def deeds(context: Context, side: Side, sentences: Sequence[Sentence]) -> Iterator[Deed]:
    """Every deed of the sentences, passives and "lost to" turned round."""
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
                    if doer and target and not same_actor(doer, target):
                        yield Deed(verb, doer, target)


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
    if token.pos_ != "VERB" or lemma in MUTUAL:
        return None
    verb = _VERBS.get(lemma, lemma)
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    if passive:
        agents = [g for c in children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
        return verb, agents, passive
    receivers = [c for c in children if c.dep_ == "dative"]
    receivers += [g for c in receivers if c.lower_ == "to" for g in c.children]
    return verb, owner or _controller(token), receivers or _direct(children)


def _direct(children: Sequence[Token]) -> list[Token]:
    return [c for c in children if c.dep_ == "dobj"]


def _controller(verb: Token) -> list[Token]:
    """The subject of the verb over one that has none: "settled it by agreeing to pay"."""
    for _ in range(3):
        if verb.dep_ not in ("xcomp", "pcomp", "prep", "advcl") or verb.head is verb:
            return []
        verb = verb.head
        found = [c for c in verb.children if c.dep_ == "nsubj"]
        if found:
            return found
    return []


def _objects(children: Sequence[Token], prepositions: frozenset[str]) -> list[Token]:
    return [
        g
        for c in children
        if c.dep_ in ("prep", "agent") and c.lower_ in prepositions
        for g in c.children
        if g.dep_ == "pobj"
    ]


def _actor(context: Context, side: Annotated, sentence: Sentence, token: Token) -> Actor | None:
    """The named entity that a token is the head of, or None."""
    span = side.span(sentence, token)
    for number, person in enumerate(context.persons):
        for mention in person.on(side.side):
            if mention.span.overlaps(span):
                return Actor(mention.span, mention.name, person=number)
    for place in side.places[sentence.index]:
        if place.span.overlaps(span):
            return Actor(place.span, place.text, place)
    if token.pos_ == "PRON":
        form = _PRONOUNS.get(token.lower_, "")
        return Actor(span, token.text, pronoun=form) if form else None
    if token.pos_ == "NOUN":
        return Actor(span, token.text, noun=token.lemma_.lower())
    if token.pos_ != "PROPN":
        return None
    words = [t for t in token.subtree if t.dep_ == "compound" and t.pos_ == "PROPN"] + [token]
    whole = Span(
        sentence.start + min(t.idx for t in words),
        sentence.start + max(t.idx + len(t.text) for t in words),
    )
    return Actor(whole, side.words(whole))


def same_actor(x: Actor, y: Actor) -> bool:
    """Whether two can be one; "it" can be anything and is never the same."""
    if not x.named or not y.named:
        return (x.pronoun, x.noun) == (y.pronoun, y.noun) and x.pronoun != "it"
    if x.person is not None and x.person == y.person:
        return True
    if x.place and y.place:
        return may_stand_for(x.place, y.place)
    return bool(name_tokens(x.text)) and relate(x.text, y.text) in ("same", "variant", "part")


def subjects(
    context: Context, side: Side, sentences: Sequence[Sentence]
) -> Iterator[tuple[str, Actor]]:
    """(verb's stem, its named subject); the parser takes "Weber backs" for two nouns at times."""
    annotated = context.side(side)
    for sentence in sentences:
        doc = annotated.docs[sentence.index]
        for token in doc:
            if token.pos_ != "PROPN":
                continue
            if token.dep_ == "nsubj" and token.head.pos_ == "VERB":
                verb = token.head
            elif token.i + 1 < len(doc) and _FINITE.fullmatch(doc[token.i + 1].text):
                verb = doc[token.i + 1]
            else:
                continue
            actor = _actor(context, annotated, sentence, token)
            if actor is not None and actor.named and stem(verb.lemma_.lower()) not in _SAY:
                yield stem(verb.lower_), actor


# --- Who gives, who gets ----------------------------------------------------------------------

_GIVE = frozenset(
    "sell lend give pay transfer hand donate supply export award lease ship deliver owe teach "
    "return refund grant cede concede rent".split()
)
_GET = frozenset("buy purchase acquire borrow receive import obtain collect inherit learn".split())
_GIVEN = frozenset("sale loan payment transfer donation supply export debt aid grant lease".split())
_GOT = frozenset("purchase import acquisition".split())


@dataclass(frozen=True, slots=True)
class Transfer:
    """What passes from one to another; either may be untold."""

    word: Token
    giver: tuple[Token, ...]
    taker: tuple[Token, ...]


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, any other word itself: "a driver to whom he owed"."""
    if token.tag_ not in ("WP", "WDT"):
        return token
    clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    if clause is not None:
        return clause.head
    # behind a comma the parser takes the clause for one of the main verb
    before = token.doc[max(0, token.i - _REACH) : token.i]
    return next((t for t in reversed(before) if t.pos_ in ("NOUN", "PROPN")), token)


_REACH = 3
"""Words before "whom" in which its noun stands: "a driver, to whom"."""


def transfers(tokens: Sequence[Token]) -> Iterator[Transfer]:
    """Every word for giving or getting, with who gives and who gets."""
    for token in tokens:
        lemma = token.lemma_.lower()
        children = list(token.children)
        given = lemma in (_GIVE if token.pos_ == "VERB" else _GIVEN)
        if not given and lemma not in (_GET if token.pos_ == "VERB" else _GOT):
            continue
        to = _objects(children, frozenset(("to",)))
        to += [g for c in children if c.dep_ == "dative" and c.lower_ == "to" for g in c.children]
        source = _objects(children, frozenset(("from",)))
        if token.pos_ == "VERB":
            doer = [c for c in children if c.dep_ == "nsubj"]
            doer += [g for c in children if c.dep_ == "agent" for g in c.children]
            to += [c for c in children if c.dep_ == "dative" and c.pos_ != "ADP"]
        else:
            doer = [c for c in children if c.dep_ == "poss"]
            for verb in (c for c in children if c.dep_ == "relcl" and c.lemma_ in ("have", "hold")):
                doer += [c for c in verb.children if c.dep_ == "nsubj" and c.pos_ != "PRON"]
                to += _objects(list(verb.children), frozenset(("to",)))
        giver, taker = (doer + source, to) if given else (source, to + doer)
        if giver or taker:
            yield Transfer(token, tuple(map(antecedent, giver)), tuple(map(antecedent, taker)))
