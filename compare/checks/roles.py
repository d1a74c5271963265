"""Who does it to whom, by verbs that correspond: roles exchanged, given for got, done for suffered.

Unlike the deeds of ``compare.deeds`` these rest on the words that the two texts share, so nobody in
them needs to be a person or a place that is known.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.actors import actor_words
from compare.annotate import Annotated, Context
from compare.checks.base import Draft
from compare.deeds import MUTUAL, antecedent, transfers
from compare.descriptors import is_person_noun
from compare.match import Match, is_content, related, roots
from compare.persons import REPORTING
from compare.polarity import negated
from compare.records import SIDES, Sentence, Side, Span
from compare.verbs import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token


def roles(context: Context, matched: Match) -> Iterator[Draft]:
    """Everything of this module about one group."""
    yield from _passed_on(context, matched)
    yield from _done_to(context, matched)
    yield from _exchanged_roles(context, matched)
    yield from _taken_for_doer(context, matched)
    yield from _done_by(context, matched)
    yield from _given_to(context, matched)
    yield from _other_doer(context, matched)
    yield from _objects_exchanged(context, matched)
    yield from _replaced(context, matched)
    yield from _loaned(context, matched)
    yield from _conditions(context, matched)
    yield from _by_or_for(context, matched)
    yield from _from_or_for(context, matched)
    yield from _whose_offer(context, matched)


def exchanged(spans: tuple[Span, Span], message: str, confidence: float) -> Draft:
    """A draft about roles that the texts exchange."""
    return Draft(
        a=spans[0], b=spans[1], message=message, severity="critical", confidence=confidence
    )


def _passed_on(context: Context, matched: Match) -> Iterator[Draft]:
    """Whoever gives in one text gets in the other."""
    told = {side: list(transfers([t for _, t in matched.words[side]])) for side in SIDES}
    for x in told["a"]:
        for y in told["b"]:
            if not _kindred(matched, x.word, y.word):
                continue
            there = _named_alike(matched, x.giver, y.taker)
            back = _named_alike(matched, x.taker, y.giver)
            stays = _named_alike(matched, x.giver, y.giver) or _named_alike(
                matched, x.taker, y.taker
            )
            if not (there or back) or stays:
                continue
            spans = (
                matched.span(context.a, x.word, *x.giver, *x.taker),
                matched.span(context.b, y.word, *y.giver, *y.taker),
            )
            yield exchanged(
                spans,
                f"Who gives and who gets are exchanged (“{context.a.words(spans[0])}”, "
                f"“{context.b.words(spans[1])}”).",
                0.7,
            )
            return


def _kindred(matched: Match, x: Token, y: Token) -> bool:
    """Whether two words for giving or getting can be one event."""
    return (
        matched.of("a", x) == y
        or bool(roots(x.lemma_.lower()) & roots(y.lemma_.lower()))
        or (frozenset((x.lemma_.lower(), y.lemma_.lower())) in _CONVERSE)
    )


_CONVERSE = frozenset(
    frozenset(pair.split("/"))
    for pair in "sell/buy sell/purchase sell/acquire lend/borrow export/import teach/learn "
    "owe/debt sale/purchase give/receive pay/receive pay/collect".split()
)


def _named_alike(matched: Match, x: Sequence[Token], y: Sequence[Token]) -> bool:
    """Whether two noun phrases share a name, or two words."""
    ours = {t for token in x for t in _phrase(token)}
    theirs = {t for token in y for t in _phrase(token)}
    shared = [t for t in ours if matched.of("a", t) in theirs]
    return any(t.pos_ == "PROPN" for t in shared) or len(shared) > 1


def _phrase(token: Token) -> list[Token]:
    """A noun with its own modifiers."""
    return [token, *(c for c in token.children if c.dep_ in ("compound", "amod", "nmod"))]


# Verbs of which "he did" and "he was done" can tell the same, or tell of another thing each.
_EITHER_WAY = frozenset(
    "base be begin break burn cancel change close come commit complete concern consider "
    "continue crash decrease dedicate delay determine develop devote disappoint divide divorce "
    "do dress drown elect end engage enroll excite expect feel finish form freeze gather get go "
    "graduate grow have heal hear hesitate hurt improve increase injure interest involve join "
    "know list locate make marry mean melt move need offer open plan play position postpone "
    "prepare qualify rank read record recover register report require resolve retire return run "
    "schedule see separate set show sink situate spread start stop strand suppose suspend take "
    "test think train transfer turn understand unite use worry worsen wound write".split()
)
_SELF = frozenset("i we he she they".split())
_NO_ROLES = MUTUAL | _EITHER_WAY


@dataclass(frozen=True, slots=True)
class _Voice:
    """A verb, and who is its grammatical subject."""

    verb: Token
    passive: bool
    who: str
    """A pronoun or a person's number; empty for any other subject."""
    heads: frozenset[Token]
    """The nouns of the subject, those that "they" in reported speech stands for too."""
    span: Span


def _done_to(context: Context, matched: Match) -> Iterator[Draft]:
    """Somebody does in one text what is done to them in the other: asked, was asked."""
    voices = {side: list(_voices(context, matched, side)) for side in SIDES}
    addressed = set(_addressed(matched))
    for x in voices["a"]:
        for y in voices["b"]:
            if x.passive == y.passive or _denied(x.verb) != _denied(y.verb):
                continue
            one = (
                matched.of("a", x.verb) == y.verb and x.verb.lemma_.lower() == y.verb.lemma_.lower()
            )
            by = any(c.dep_ == "agent" for v in (x.verb, y.verb) for c in v.children)
            if not one and not (by and (x.verb, y.verb) in addressed):
                continue
            own = {matched.of("a", t) for t in x.heads} & y.heads
            doing = y.verb if x.passive else x.verb
            acts = _acts_on(doing) or doing.lemma_.lower() in _WARNS
            if not (own and acts) and not (x.who and x.who == y.who):
                continue
            active = "B" if x.passive else "A"
            yield exchanged(
                (x.span, y.span),
                f"In {active} the one meant does this (“{x.verb.lemma_}”), in the other text it is "
                "done to them: the roles are exchanged.",
                0.7,
            )
            return


_WARNS = frozenset("warn notify alert inform".split())
"""Verbs of which who does it is told without whom it is done to: "had warned of the storm"."""


def _acts_on(verb: Token) -> bool:
    """Whether a verb has an object, so that its subject is who does it ("the prices rose")."""
    return any(c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") for c in verb.children)


def _voices(context: Context, matched: Match, which: Side) -> Iterator[_Voice]:
    """The verbs of one side that have a subject, where each is told but once."""
    side = context.side(which)
    lemmas = Counter(t.lemma_.lower() for _, t in matched.words[which])
    for sentence, token in matched.words[which]:
        verb = token.head
        if token.dep_ not in SUBJECTS or verb.pos_ != "VERB":
            continue
        lemma = verb.lemma_.lower()
        if (lemma in _EITHER_WAY and not _makes_do(verb)) or lemmas[lemma] > 1:
            continue
        spans = side.span(sentence, token), side.span(sentence, verb)
        number = next(
            (
                n
                for n, person in enumerate(context.persons)
                if any(m.span.overlaps(spans[0]) for m in person.on(which))
            ),
            None,
        )
        who = token.lower_ if token.lower_ in _SELF else "" if number is None else str(number)
        yield _Voice(
            verb,
            token.dep_ == "nsubjpass",
            who,
            frozenset(_meant(token)),
            min(spans).cover(max(spans)),
        )


def _makes_do(verb: Token) -> bool:
    """Whether somebody makes another one do something: "I was made to rewrite it"."""
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl")]
    return verb.lemma_ == "make" and any(c.tag_ == "VB" and c.i > verb.i for c in clauses)


def _meant(subject: Token) -> Iterator[Token]:
    """The nouns of a subject; for "they" in "the two have said that they could", the two."""
    verb = subject.head
    if subject.lower_ in ("they", "it") and verb.dep_ == "ccomp":
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj"), subject)
    if subject.pos_ in ("NOUN", "PROPN") and subject.lemma_.lower() not in _ANYBODY:
        yield subject
        yield from subject.conjuncts


_ANYBODY = frozenset("people person other one man woman".split())
"""Whom a text may mean several times in a sentence, another one each time."""


def _exchanged_roles(context: Context, matched: Match) -> Iterator[Draft]:
    """One verb, whose doer and target are each the other's in the other text."""
    verbs = (*matched.pairs(), *_of_one_lemma(matched), *_addressed(matched), *_unknown(matched))
    for x, y in dict.fromkeys((*verbs, *_akin_in_sense(context, matched))):
        if x.pos_ != "VERB" or y.pos_ != "VERB" or x.lemma_.lower() in MUTUAL:
            continue
        (doer_x, done_x), (doer_y, done_y) = _who_to_whom(x), _who_to_whom(y)
        # with whom both file it: "a complaint against the governor with prosecutors"
        both = {t for t in done_x if matched.of("a", t) in done_y}
        if both < done_x:
            done_x, done_y = done_x - both, done_y - {matched.of("a", t) for t in both}
        if (
            _may_meet(matched, doer_x, done_y)
            and _may_meet(matched, done_x, doer_y)
            and not _meet(matched, doer_x, doer_y)
            and not _meet(matched, done_x, done_y)
        ):
            yield exchanged(
                (
                    matched.span(context.a, x, *doer_x, *done_x),
                    matched.span(context.b, y, *doer_y, *done_y),
                ),
                f"Who does this (“{x.text}”) in A has it done to them in B: the roles are "
                "exchanged.",
                0.75,
            )


def _of_one_lemma(matched: Match) -> Iterator[tuple[Token, Token]]:
    """Verbs that both texts have once, also where one is matched with a noun ("a report")."""
    verbs: dict[Side, dict[str, list[Token]]] = {"a": {}, "b": {}}
    for side in SIDES:
        for _, token in matched.words[side]:
            if token.pos_ == "VERB":
                verbs[side].setdefault(token.lemma_.lower(), []).append(token)
    for lemma, here in verbs["a"].items():
        there = verbs["b"].get(lemma, ())
        if len(here) == len(there) == 1:
            yield here[0], there[0]


def _unknown(matched: Match) -> Iterator[tuple[Token, Token]]:
    """Verbs that neither text has a word for: "cleared", "exonerated".

    Only of persons and bodies: a car uses gas, and is powered by it.
    """
    lone = [
        [
            t
            for _, t in matched.lone(side)
            if t.pos_ == "VERB" and all(_somebody(those) for those in _who_to_whom(t))
        ]
        for side in SIDES
    ]
    yield from itertools.product(*lone)


_LIKE = 0.35
"""How like in meaning two verbs are that may be one act: "rescued", "saved"."""
_TWO_SIDES = _CONVERSE | frozenset(
    frozenset(pair.split("/"))
    for pair in "win/lose beat/lose defeat/lose lose/overcome tell/hear say/hear tell/learn "
    "ask/answer ask/reply ask/tell request/grant pay/charge pay/earn cost/pay hire/work "
    "employ/work invite/visit host/visit receive/visit welcome/visit replace/succeed let/rent "
    "send/receive supply/receive send/get call/answer lead/follow chase/flee propose/accept "
    "offer/accept hand/take give/take give/get call/respond elect/represent reach/receive "
    "reach/get".split()
)
"""Verbs that tell one event from its two sides."""


def _akin_in_sense(context: Context, matched: Match) -> Iterator[tuple[Token, Token]]:
    """Verbs that are like in meaning, where nobody has the same part in one act of both texts."""
    verbs = {
        side: [
            (t, parts)
            for _, t in matched.words[side]
            if t.pos_ == "VERB" and all(parts := _who_to_whom(t))
        ]
        for side in SIDES
    }
    for x, (doer_x, done_x) in verbs["a"]:
        for y, (doer_y, done_y) in verbs["b"]:
            pair = frozenset((x.lemma_.lower(), y.lemma_.lower()))
            if pair in _TWO_SIDES or _denied(x) is not _denied(y):
                continue
            if _told_there(matched, "a", x) or _told_there(matched, "b", y):
                continue
            if not (_may_meet(matched, doer_x, done_y) and _may_meet(matched, done_x, doer_y)):
                continue
            straight = any(
                _meet(matched, doer_x, d) and _meet(matched, done_x, o) for _, (d, o) in verbs["b"]
            )
            straight |= any(
                _meet(matched, d, doer_y) and _meet(matched, o, done_y) for _, (d, o) in verbs["a"]
            )
            if not straight and context.phrases.likeness(_act(x), _act(y)) >= _LIKE:
                yield x, y


def _told_there(matched: Match, side: Side, verb: Token) -> bool:
    """Whether the other text has this very verb; much can be filed, a complaint is another act."""
    twin = matched.of(side, verb)
    return twin is not None and twin.lemma_ == verb.lemma_ and not _against(verb)


def _act(verb: Token) -> str:
    """A verb, with what is filed: "file complaint"."""
    filed = [c.lemma_ for c in verb.children if c.dep_ == "dobj"] if _against(verb) else []
    return " ".join((verb.lemma_, *filed)).lower()


def _denied(verb: Token) -> bool:
    """Whether a verb is negated, and not only something that it is done without."""
    without = any(c.lower_ == "without" for c in verb.children)
    return negated(verb) and not (without and not any(c.dep_ == "neg" for c in verb.children))


_ANSWERS = frozenset(
    "reject refuse decline accept turn rebuff spurn dismiss approve welcome".split()
)
_OFFERS = frozenset("offer proposal request bid demand plan appeal invitation ultimatum".split())


def _whose_offer(context: Context, matched: Match) -> Iterator[Draft]:
    """The union turned down the government's offer, the government the proposal of the union."""
    found = {side: list(_answered(matched, side)) for side in SIDES}
    for x, who_x, whose_x in found["a"]:
        for y, who_y, whose_y in found["b"]:
            crossed = _meet(matched, who_x, whose_y), _meet(matched, whose_x, who_y)
            straight = _meet(matched, who_x, who_y), _meet(matched, whose_x, whose_y)
            if any(crossed) and not any(straight) and _denied(x) is _denied(y):
                yield exchanged(
                    (
                        matched.span(context.a, x, *who_x, *whose_x),
                        matched.span(context.b, y, *who_y, *whose_y),
                    ),
                    f"Who makes the offer and who answers it (“{x.text}”, “{y.text}”) are "
                    "exchanged.",
                    0.75,
                )
                return


def _answered(matched: Match, side: Side) -> Iterator[tuple[Token, set[Token], set[Token]]]:
    """Verbs by which an offer is answered, who does so and whose offer it is."""
    for _, verb in matched.words[side]:
        if verb.lemma_ not in _ANSWERS or verb.pos_ != "VERB":
            continue
        who, what = _who_to_whom(verb)
        offers = [t for t in what if t.lemma_ in _OFFERS]
        whose: set[Token] = set()
        for offer in offers:
            of = (c for c in offer.children if c.lower_ in ("of", "from", "by"))
            whose |= {c for c in offer.children if c.dep_ == "poss"}
            whose |= {g for c in of for g in c.children if g.dep_ == "pobj"}
        if not whose and "it" in (t.lower_ for t in verb.children):
            # "made an offer, but it was refused by the other"
            before = (t for _, t in matched.words[side] if t.doc == verb.doc and t.i < verb.i)
            made = [t.head for t in before if t.lemma_ in _OFFERS and t.dep_ == "dobj"]
            whose |= {t for v in made[-1:] for t in _who_to_whom(v)[0]}
        whose = _with_names(whose)
        if who and whose:
            yield verb, who, whose


_LOANS = frozenset(("loan", "lend"))


def _loaned(context: Context, matched: Match) -> Iterator[Draft]:
    """On loan from a club, loaned to it."""
    ways: dict[Side, list[tuple[Token, str, Token]]] = {"a": [], "b": []}
    for side in SIDES:
        for _, token in matched.words[side]:
            if token.lower_ not in ("from", "to") or token.dep_ not in ("prep", "dative"):
                continue
            near = [token.head, *token.head.children, token.head.head]
            if any(t.lemma_.lower() in _LOANS for t in near):
                ways[side] += [(token, token.lower_, n) for n in token.children if n.dep_ == "pobj"]
    for one, way, noun in ways["a"]:
        for two, other, twin in ways["b"]:
            if way != other and matched.of("a", noun) == twin:
                yield exchanged(
                    (matched.span(context.a, one, noun), matched.span(context.b, two, twin)),
                    f"On loan {way} somebody in A, {other} them in B.",
                    0.75,
                )
                return


_YIELDS = ("if", "when", "unless", "once")


def _conditions(context: Context, matched: Match) -> Iterator[Draft]:
    """If management yields, the union may; if the union yields, the company may."""
    found = {side: list(_if_then(matched, side)) for side in SIDES}
    for if_a, then_a in found["a"]:
        for if_b, then_b in found["b"]:
            crossed = matched.of("a", if_a) == then_b or matched.of("a", then_a) == if_b
            straight = matched.of("a", if_a) == if_b or matched.of("a", then_a) == then_b
            if crossed and not straight:
                yield exchanged(
                    (
                        matched.span(context.a, if_a, then_a),
                        matched.span(context.b, if_b, then_b),
                    ),
                    f"Whose move depends on whose is exchanged: “{if_a.text}” first in A, "
                    f"“{if_b.text}” in B.",
                    0.7,
                )
                return


def _if_then(matched: Match, side: Side) -> Iterator[tuple[Token, Token]]:
    """The subjects of a condition and of what depends on it."""
    for _, mark in matched.words[side]:
        verb = mark.head
        if mark.lower_ not in _YIELDS or verb.dep_ != "advcl":
            continue
        subjects = [
            next((c for c in v.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
            for v in (verb, verb.head)
        ]
        if subjects[0] is not None and subjects[1] is not None:
            yield subjects[0], subjects[1]


def _done_by(context: Context, matched: Match) -> Iterator[Draft]:
    """By somebody with a name in one text, and to the same in the other: sued by Daon."""
    for x, y in (*_of_one_lemma(matched), *_addressed(matched)):
        passive = [any(c.dep_ in ("nsubjpass", "agent") for c in v.children) for v in (x, y)]
        lemmas = {v.lemma_.lower() for v in (x, y)}
        if passive[0] is passive[1] or lemmas & _NO_ROLES or _denied(x) is not _denied(y):
            continue
        (doer_x, done_x), (doer_y, done_y) = _who_to_whom(x), _who_to_whom(y)
        here, there = (doer_x, done_y) if passive[0] else (done_x, doer_y)
        if not (doer_x and done_x and doer_y and done_y):
            continue
        if not (_somebody(here) and _somebody(there) and _meet(matched, here, there)):
            continue
        if _meet(matched, doer_x, doer_y) or _meet(matched, done_x, done_y):
            continue
        yield exchanged(
            (
                matched.span(context.a, x, *doer_x, *done_x),
                matched.span(context.b, y, *doer_y, *done_y),
            ),
            f"Whoever does this (“{x.text}”) in one text has it done to them in the other.",
            0.7,
        )


def _given_to(context: Context, matched: Match) -> Iterator[Draft]:
    """Who gives in one text is given to in the other: the club owes the players, they owe it."""
    for x, y in matched.pairs():
        if x.pos_ != "VERB" or y.pos_ != "VERB" or _denied(x) is not _denied(y):
            continue
        givers = [_with_names({c for c in v.children if c.dep_ == "nsubj"}) for v in (x, y)]
        takers = [_receivers(v) for v in (x, y)]
        if not (all(givers) and all(takers)):
            continue
        if _meet(matched, *givers) or _meet(matched, *takers):
            continue
        if _meet(matched, givers[0], takers[1]) or _meet(matched, takers[0], givers[1]):
            yield exchanged(
                (
                    matched.span(context.a, x, *givers[0], *takers[0]),
                    matched.span(context.b, y, *givers[1], *takers[1]),
                ),
                f"Whoever does this (“{x.text}”) in one text has it done to them in the other.",
                0.75,
            )


def _receivers(verb: Token) -> set[Token]:
    """To whom something is given, lent, owed, sold."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if not things:
        return set()
    # "to" may hang on what is given: "reported other dangers to him"
    beside = (c for t in (verb, *things) for c in t.children)
    to = (c for c in beside if c.lower_ == "to" and c.dep_ in ("prep", "dative"))
    whom = _somebody({g for c in to for g in c.children if g.dep_ == "pobj"})
    return _with_names({c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"} | whom)


_AWAY = frozenset("from on after against over for to into".split())


def _objects_exchanged(context: Context, matched: Match) -> Iterator[Draft]:
    """The law protects tenants from landlords, landlords from tenants."""
    for x, y in matched.pairs():
        if x.pos_ != "VERB" or x.lemma_ != y.lemma_ or _denied(x) is not _denied(y):
            continue
        first, second = list(_with_preposition(x)), list(_with_preposition(y))
        for (what, way, whom), (other, back, to) in itertools.product(first, second):
            if way != back or matched.of("a", what) != to or matched.of("a", whom) != other:
                continue
            yield exchanged(
                (matched.span(context.a, x, what, whom), matched.span(context.b, y, other, to)),
                f"What stands before “{way}” in A stands behind it in B (“{x.text}”).",
                0.75,
            )
            return


def _with_preposition(verb: Token) -> Iterator[tuple[Token, str, Token]]:
    """Who does it or whom it is done to, a preposition and the noun behind that."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "nsubj")]
    for prep in (c for n in (verb, *objects) for c in n.children if c.lower_ in _AWAY):
        for noun in (g for g in prep.children if g.dep_ == "pobj"):
            yield from ((o, prep.lower_, noun) for o in objects)


def _other_doer(context: Context, matched: Match) -> Iterator[Draft]:
    """The union calls it an insult that she said so, she calls an insult what the union said."""
    for x, y in _of_one_lemma(matched):
        if not any(c.dep_ == "oprd" for v in (x, y) for c in v.children):
            continue  # of judgements alone: who scored may be named by another word in each text
        if _denied(x) is not _denied(y) or x.dep_ != y.dep_:
            continue
        if any(c.dep_ in ("nsubjpass", "agent") for v in (x, y) for c in v.children):
            continue
        about = [{c for c in v.children if c.dep_ in ("dobj", "oprd", "attr")} for v in (x, y)]
        if not _meet(matched, *about):
            continue
        doers = [_somebody(_who_to_whom(v)[0]) for v in (x, y)]
        twins = {matched.of("a", t) for t in doers[0]}, {matched.of("b", t) for t in doers[1]}
        if not all(doers) or _meet(matched, *doers):
            continue
        if not (any(twins[0]) and any(twins[1])):
            continue
        yield exchanged(
            (
                matched.span(context.a, x, *doers[0]),
                matched.span(context.b, y, *doers[1]),
            ),
            f"Another one does this (“{x.text}”) in each text, and both texts know both.",
            0.65,
        )


_REPLACES = frozenset("replace swap exchange substitute".split())
_BY = frozenset(("with", "by", "for"))
_NEW = 6
"""Words behind the preposition that are looked at."""
_BOTH = 2


def _replaced(context: Context, matched: Match) -> Iterator[Draft]:
    """Steel supports replaced with wooden ones, wooden ones with steel ones."""
    for x, y in _of_one_lemma(matched):
        if x.lemma_.lower() not in _REPLACES:
            continue
        (old_x, new_x), (old_y, new_y) = _old_and_new(x), _old_and_new(y)
        crossed = _akin(old_x, new_y) + _akin(new_x, old_y)
        straight = _akin(old_x, old_y) + _akin(new_x, new_y)
        if crossed > straight or crossed == _BOTH:
            yield exchanged(
                (matched.span(context.a, x, *new_x), matched.span(context.b, y, *new_y)),
                f"What is replaced in A replaces it in B (“{x.text}”).",
                0.75,
            )


def _old_and_new(verb: Token) -> tuple[list[Token], list[Token]]:
    """The content words for what is replaced, and for what comes in its place."""
    behind = verb.doc[verb.i + 1 :]
    at = next((t.i for t in behind if t.lower_ in _BY), None)
    if at is None:
        return [], []
    subjects = [c for c in verb.children if c.dep_ == "nsubjpass"]
    old = [t for c in subjects for t in c.subtree] if subjects else list(verb.doc[verb.i + 1 : at])
    new = list(itertools.takewhile(lambda t: not t.is_punct, verb.doc[at + 1 : at + 1 + _NEW]))
    lemmas = [{t.lemma_.lower() for t in some if is_content(t)} for some in (old, new)]
    telling = lemmas[0] ^ lemmas[1]  # "steel supports with steel beams"
    return (
        [t for t in old if t.lemma_.lower() in telling],
        [t for t in new if t.lemma_.lower() in telling],
    )


def _akin(some: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether one of some words is of one root with one of others."""
    return any(related(s.lemma_.lower(), t.lemma_.lower()) for s in some for t in others)


_ADDRESS = frozenset(
    "tell inform notify alert warn ask urge request order accuse blame sue criticize criticise "
    "denounce advise persuade convince command instruct summon press demand thank report "
    "tip".split()
)
_FILED = frozenset("complaint suit lawsuit charge accusation protest claim appeal".split())
_SENT = _FILED | frozenset(
    "letter warning request petition notice document message note proposal apology invitation "
    "reply answer demand report".split()
)


def _addressed(matched: Match) -> Iterator[tuple[Token, Token]]:
    """Verbs without a counterpart by which one turns to another: alerted, notified."""
    lone = {
        side: [
            t
            for _, t in matched.words[side]
            if t.pos_ == "VERB" and matched.of(side, t) is None
            if t.lemma_.lower() in _ADDRESS or _against(t)
        ]
        for side in SIDES
    }
    if len(lone["a"]) == len(lone["b"]) == 1:
        yield lone["a"][0], lone["b"][0]


def _against(verb: Token) -> set[Token]:
    """Whom a complaint or a suit is filed against or with, and to whom a letter is sent."""
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in _SENT]
    words = {"with", "to"}
    if any(c.lemma_.lower() in _FILED for c in objects):
        words.add("against")
    preps = [c for t in (verb, *objects) for c in t.children if objects and c.lower_ in words]
    return {g for c in preps for g in c.children if g.dep_ == "pobj"}


def _taken_for_doer(context: Context, matched: Match) -> Iterator[Draft]:
    """What somebody does this to does it itself, and to something else: a firm sued, sues him."""
    for x, y in matched.pairs():
        lemma = x.lemma_.lower()
        if x.pos_ != "VERB" or lemma in _SAYS or lemma != y.lemma_.lower() or lemma in _NO_ROLES:
            continue
        below = [c for v in (x, y) for c in v.children]
        if any(c.dep_ in ("nsubjpass", "agent") or c.lower_.endswith(_SELVES) for c in below):
            continue
        (doer_x, done_x), (doer_y, done_y) = _who_to_whom(x), _who_to_whom(y)
        governs = [bool(d) or _governs(v) for v, d in ((x, done_x), (y, done_y))]
        if (
            not (doer_x and doer_y)
            or not (all(governs) or (lemma in _REPORTED and any(governs)))
            or (_meet(matched, doer_x, doer_y) or _meet(matched, done_x, done_y))
        ):
            continue
        taken = _somebody(done_x), _somebody(doer_x)
        if _meet(matched, taken[0], doer_y) != _meet(matched, taken[1], done_y):
            yield exchanged(
                (
                    matched.span(context.a, x, *doer_x, *done_x),
                    matched.span(context.b, y, *doer_y, *done_y),
                ),
                f"Whoever does this (“{x.text}”) in one text has it done to them in the other.",
                0.65,
            )


_SAYS = REPORTING - frozenset(
    "ask urge warn accuse blame order invite report praise condemn denounce castigate".split()
)
_REPORTED = frozenset("report sue accuse fire dismiss blame denounce question detain".split())
"""Verbs that want an object: without one, whoever it happened to was taken for the doer."""
_SELVES = ("self", "selves")


def _somebody(tokens: set[Token]) -> set[Token]:
    """The words for persons and bodies among some: a message does not leave."""
    bodies = actor_words().of
    return {
        t
        for t in tokens
        if t.pos_ == "PROPN"
        or is_person_noun(lemma := t.lemma_.lower())
        or lemma in bodies
        or _pronouns({t}) & _SPEAKERS
    }


_SPEAKERS = frozenset(("i", "we"))


def _governs(verb: Token) -> bool:
    """Whether a verb without an object has a clause for one: "asked not to speak of it"."""
    return any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)


_FORMS = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "i"}


def _meet(matched: Match, x: set[Token], y: set[Token]) -> bool:
    """Whether some words of A and of B have a word in common: a noun, or he and him."""
    return bool({matched.of("a", t) for t in x} & y or _pronouns(x) & _pronouns(y))


def _may_meet(matched: Match, x: set[Token], y: set[Token]) -> bool:
    """Whether they meet, or one thing is said of nouns without a twin.

    The fourth official, the fourth referee.
    """
    said_x, said_y = _said_of_lone(matched, "a", x), _said_of_lone(matched, "b", y)
    return _meet(matched, x, y) or bool({matched.of("a", t) for t in said_x} & said_y)


def _said_of_lone(matched: Match, side: Side, nouns: set[Token]) -> set[Token]:
    """What is said of those of some nouns that have no twin: "fourth"."""
    lone = (t for t in nouns if matched.of(side, t) is None)
    return {c for t in lone for c in t.children if c.dep_ == "amod"}


def _pronouns(tokens: set[Token]) -> set[str]:
    """The personal pronouns among some words, in the form of a subject."""
    said = {_FORMS.get(t.lower_, t.lower_) for t in tokens if t.pos_ == "PRON"}
    return said & set(_FORMS.values())


def _who_to_whom(verb: Token) -> tuple[set[Token], set[Token]]:
    """The nouns, with names beside them, and pronouns of who acts and who is acted upon."""
    children = list(verb.children)
    passive = {c for c in children if c.dep_ == "nsubjpass"}
    agents = {g for c in children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"}
    doer = agents or ({c for c in children if c.dep_ == "nsubj"} if not passive else set())
    if verb.dep_ == "conj" and not doer and not passive:
        doer = {c for c in verb.head.children if c.dep_ == "nsubj"}
    if agents and verb.dep_ == "conj" and not passive:  # "resisted, but was outvoted by others"
        passive = {c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")}
    done = passive or _against(verb) or {c for c in children if c.dep_ in ("dobj", "dative")}
    if not done and not agents:
        to = _AIMED | {"to"} if verb.lemma_.lower() in REPORTING else _AIMED
        at = (c for c in children if c.dep_ == "prep" and c.i > verb.i and c.lower_ in to)
        done = _somebody({g for c in at for g in c.children if g.dep_ == "pobj"})
    if not done and not agents:  # "took in tow the ship"
        between = (c for c in children if c.dep_ == "dep" and c.i > verb.i)
        done = {g for c in between for g in c.children if g.dep_ == "dobj"}
    return _with_names(doer), _with_names(done)


_AIMED = frozenset(("at", "against", "on", "upon"))
"""Prepositions for whom or what an act is aimed at, where it has no object: fired at, called on."""


def _with_names(tokens: set[Token]) -> set[Token]:
    tokens = set(map(antecedent, tokens))
    # "one of its cooks"
    tokens |= {
        g
        for t in tokens
        if t.pos_ in ("NUM", "PRON", "DET")
        for c in t.children
        if c.lower_ == "of"
        for g in c.children
    }
    tokens |= {t.head for t in tokens if t.dep_ == "appos"}
    beside = {c for t in tokens for c in t.children if c.dep_ in ("appos", "compound")}
    # "the accountant of the firm Olga Zimina", "its rival Dalu Takeout"
    people = [t for t in tokens if is_person_noun(t.lemma_.lower())]
    firm = [g for t in people for c in t.children if c.lower_ == "of" for g in c.children]
    behind = {c for t in firm if t.pos_ == "NOUN" for c in t.children if c.dep_ == "appos"}
    beside |= {c for c in behind if c.pos_ == "PROPN"}
    beside |= {c for t in beside for c in t.children if c.dep_ == "compound"}
    return {
        t
        for t in tokens | beside
        if t.pos_ in ("NOUN", "PROPN", "PRON")
        or (t.pos_ in ("ADJ", "VERB") and any(c.lower_ == "the" for c in t.children))
    }  # "the wounded"


_GETS = frozenset(
    "buy purchase acquire receive get obtain order borrow rent lease import collect hire".split()
)


def _from_or_for(context: Context, matched: Match) -> Iterator[Draft]:
    """Bought from somebody in one text, and for them in the other."""
    for x, y in matched.pairs():
        if x.pos_ != "VERB" or x.lemma_ not in _GETS or x.lemma_ != y.lemma_:
            continue
        ways = [
            {
                g: c.lower_
                for t in (v, *v.children)
                for c in t.children
                if c.dep_ == "prep" and t.dep_ not in SUBJECTS
                for g in c.children
            }
            for v in (x, y)
        ]
        things = [{c for c in v.children if c.dep_ in ("dobj", "nsubjpass")} for v in (x, y)]
        told = {matched.of("a", c) for c in things[0]} - {None}
        if told and not told & things[1]:
            continue
        for noun, way in ways[0].items():
            twin = matched.of("a", noun)
            if twin in ways[1] and {way, ways[1][twin]} in ({"from", "for"}, {"from", "to"}):
                spans = matched.span(context.a, x, noun), matched.span(context.b, y, twin)
                yield exchanged(
                    spans,
                    f"“{context.a.words(spans[0])}” in A, “{context.b.words(spans[1])}” in B: "
                    "those from whom it comes have become those for whom it is.",
                    0.7,
                )
                return


def _by_or_for(context: Context, matched: Match) -> Iterator[Draft]:
    """Built by partners in one text, and for them in the other."""
    cases = {side: dict(_cases(context.side(side), matched, side)) for side in SIDES}
    for x, (verb_x, case_x, span_x) in cases["a"].items():
        y = matched.of("a", x)
        if y is None or y not in cases["b"]:
            continue
        verb_y, case_y, span_y = cases["b"][y]
        if {case_x, case_y} != {"by", "for"} or _denied(verb_x) != _denied(verb_y):
            continue
        about = {c for c in verb_y.children if c.dep_ == "nsubjpass"}
        if (
            any(matched.of("a", c) in about for c in verb_x.children if c.dep_ == "nsubjpass")
            or matched.of("a", verb_x) == verb_y
        ):
            yield exchanged(
                (span_x, span_y),
                f"“{context.a.words(span_x)}” in A, “{context.b.words(span_y)}” in B: those who do "
                "this have become those for whom it is done.",
                0.7,
            )


def _cases(
    side: Annotated, matched: Match, which: Side
) -> Iterator[tuple[Token, tuple[Token, str, Span]]]:
    """The nouns that a passive verb has by "by" and "for": (verb, preposition, both)."""
    for sentence, token in matched.words[which]:
        if token.dep_ not in ("prep", "agent") or token.lower_ not in ("by", "for"):
            continue
        verb = token.head
        if verb.tag_ != "VBN" or any(c.dep_ == "nsubj" for c in verb.children):
            continue
        for noun in token.children:
            if noun.dep_ == "pobj" and noun.pos_ in ("NOUN", "PROPN"):
                yield noun, (verb, token.lower_, _both(side, sentence, token, noun))


def _both(side: Annotated, sentence: Sentence, one: Token, other: Token) -> Span:
    return side.span(sentence, one).cover(side.span(sentence, other))
