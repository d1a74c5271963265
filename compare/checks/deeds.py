"""What is wanted, tried or asked for in one text and done in the other, for ``modality``.

The same verb of the same things: under a word that leaves open whether it comes to pass ("tried to
save", "intends to widen", "nearly reached"), and as what was done ("managed to save", "has
widened", "reached").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.checks.base import Draft
from compare.match import Match, is_content, match, said_of
from compare.polarity import negated
from compare.records import OTHER, SIDES, Group, Side
from compare.verbs import PERFECT, SUBJECTS, helpers, particle, past

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = {
    word: told
    for words, told in (
        ("plan intend want wish hope aim mean prepare propose consider contemplate", "is intended"),
        ("try attempt seek strive struggle", "is tried"),
        ("ask urge call demand request recommend advise invite appeal", "is asked for"),
        ("promise pledge vow offer threaten", "is announced"),
        ("expect schedule suppose slate due likely ready poised", "is still to come"),
        ("about", "is close"),
    )
    for word in words.split()
}
"""Words over a verb, and what that says of it."""
_OF_OTHERS = frozenset("expect schedule suppose slate".split())
"""Verbs that leave a deed open in the passive: "is expected to"."""
_NOUNS = frozenset(
    "plan intention proposal bid attempt wish threat promise offer effort talk".split()
)
_NEARLY = frozenset("nearly almost".split())
_DONE_BY = frozenset("manage succeed".split())
_NEAR = 4
"""Words in which "to" follows the "is" of "is to be questioned"."""
_HEDGED = frozenset("probably likely apparently reportedly allegedly perhaps supposed".split())
_MAY = frozenset("may might".split())
_LIGHT = frozenset("be have do say make take get go come see know think".split())
_CARRIES = frozenset("issue give make impose place file submit launch deliver hand take".split())
"""Verbs by which a noun tells a deed: "issued an order", "filed a complaint"."""
_CLAUSES = frozenset("ccomp advcl relcl conj parataxis acl".split())
_IFS = frozenset("if unless whether until before once when should".split())


def wanted_or_done(context: Context, group: Group) -> Iterator[Draft]:
    """Verbs that both texts have of the same things: once open, once done."""
    matched = match(context, group)
    lemmas = Counter(t.lemma_ for side in SIDES for _, t in matched.words[side])
    for side in SIDES:
        for _, verb in matched.words[side]:
            opened = _opened(verb)
            if opened is None or negated(verb) or lemmas[verb.lemma_] > 2:
                continue
            twin = matched.akin(side, verb)
            over, told = opened
            if twin is not None and twin.pos_ == "NOUN" and twin.dep_ == "dobj":
                twin = twin.head if twin.head.lemma_ in _CARRIES else None  # "issued an order"
            light = verb.lemma_ in _LIGHT and not particle(verb)  # "take over" is a deed
            if twin is None or light or negated(over):
                continue
            if twin.lemma_ in _OPEN:
                continue
            if twin.lemma_ == verb.lemma_ and particle(twin) != particle(verb):
                continue  # "call it off", "called on them to"
            done = _done(twin)
            if done is None or not _same_things(matched, side, (verb, over), (twin, done)):
                continue
            here, there = context.side(side), context.side(OTHER[side])
            spans = matched.spans(context, side, (over, verb), (done, twin))
            own, theirs = spans if side == "a" else spans[::-1]
            if matched.sentence(verb).quoted(own) != matched.sentence(twin).quoted(theirs):
                continue  # "“We want to come,” he said", and they came
            yield Draft(
                *spans,
                message=(
                    f"In {side.upper()} this {told} (“{here.words(own)}”), {OTHER[side].upper()} "
                    f"has it done (“{there.words(theirs)}”)."
                ),
                severity="major",
                confidence=0.7,
            )
            return


_BRINK = frozenset("close whisker inch hair brink verge".split())
"""What one comes close to, or is on the brink of, does not come to pass."""


def _opened(verb: Token) -> tuple[Token, str] | None:
    """The word that leaves a verb open, and what it says of it."""
    if verb.pos_ != "VERB":
        return None
    for child in verb.children:
        if child.lower_ in _MAY and child.dep_ == "aux":
            perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
            return None if perfect else (child, "is only possible")
        if child.lower_ in _NEARLY and child.i == verb.i - 1 and _finite(verb):
            return child, "nearly comes to pass"
    over = verb.head
    if verb.dep_ == "pcomp":
        over = over.head  # "calls for doubling"
        if over.lemma_.lower() in _BRINK:
            return over, "nearly comes to pass"
    if verb.dep_ not in ("xcomp", "ccomp", "pcomp", "acl") or over == verb:
        return None
    infinitive = any(c.lower_ == "to" for c in verb.children)
    if over.lower_ in ("is", "are") and infinitive:
        near = verb.doc[over.i + 1 : over.i + _NEAR]
        return (over, "is still to come") if any(t.lower_ == "to" for t in near) else None
    lemma = over.lemma_.lower()
    if over.pos_ == "NOUN":
        return (over, "is intended") if lemma in _NOUNS and infinitive else None
    if verb.dep_ == "ccomp" and not any(c.lower_ in ("would", "should") for c in verb.children):
        wanted = lemma in ("demand", "recommend", "propose", "request", "urge", "ask")
        if not wanted or verb.tag_ != "VB":
            return None
    passive = any(c.dep_ == "auxpass" for c in over.children)
    if lemma not in _OPEN or (lemma in _OF_OTHERS and not passive):
        return None
    return over, _OPEN[lemma]


def _finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or bool(helpers(verb))


def _done(verb: Token) -> Token | None:
    """The first word of a verb that tells a deed as done; None where it does not."""
    if negated(verb) or any(c.lower_ in _IFS | _HEDGED for c in verb.children):
        return None
    if verb.dep_ in ("xcomp", "pcomp"):
        over = verb.head if verb.dep_ == "xcomp" else verb.head.head
        return over if over.lemma_ in _DONE_BY and _over(over) and not negated(over) else None
    if _opened(verb) is not None or not _over(verb):
        return None
    return next(iter(helpers(verb)), verb)


def _over(verb: Token) -> bool:
    """Whether it is a finite past or perfect without a modal."""
    if verb.tag_ == "VBG":
        words = {c.lower_ for c in helpers(verb)}
        return "been" in words and words <= PERFECT
    return past(verb, PERFECT)


def _same_things(
    matched: Match, side: Side, here: tuple[Token, Token], there: tuple[Token, Token]
) -> bool:
    """Whether who does it or what it is done to is the same."""
    return any(matched.akin(side, t) in _said_of(*there) for t in _said_of(*here))


def _said_of(verb: Token, over: Token) -> set[Token]:
    """The content words that belong to a verb, with the subject of what governs it."""
    around = list(over.children)
    if over.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in around):
        around += over.head.children  # "the president said he intends"
    beside = (c for c in around if c.dep_ in (*SUBJECTS, "dobj") and is_content(c))
    found = {*beside, *said_of(verb, without=_CLAUSES)}
    return {t for t in found if t != verb and t.ent_type_ not in ("DATE", "TIME")}


def asked_or_sentenced(context: Context, group: Group) -> Iterator[Draft]:
    """A sentence that prosecutors ask for in one text, and hand down themselves in the other.

    No prosecutor does: some languages have one word for both, as Korean 구형 is heard.
    """
    matched = match(context, group)
    for side in SIDES:
        here = [t for _, t in matched.words[side]]
        there = [t for _, t in matched.words[OTHER[side]]]
        asking = next((t for t in there if t.pos_ == "VERB" and t.lemma_ in _ASKS), None)
        if asking is None or not any(t.lemma_.lower() in _PROSECUTION for t in there):
            continue
        if any(t.lemma_.lower() in _ASKS or t.lemma_.lower() in _SOUGHT for t in here):
            continue
        for verb in here:
            if verb.pos_ == "VERB" and _sentences(verb) and _doers(verb) & _PROSECUTION:
                yield Draft(
                    *matched.spans(context, side, (verb,), (asking,)),
                    message=(
                        f"{side.upper()} has prosecutors do what only a court does "
                        f"(“{verb.text}”), {OTHER[side].upper()} has them ask for it "
                        f"(“{asking.text}”)."
                    ),
                    severity="critical",
                    confidence=0.8,
                    likely_side=side,
                )
                return


_PROSECUTION = frozenset(("prosecution", "prosecutor"))
_ASKS = frozenset("ask seek demand request recommend urge call want".split())
_SOUGHT = frozenset("request demand recommendation".split())
_TERMS = frozenset("year month imprisonment prison term sentence jail fine death".split())


def _sentences(verb: Token) -> bool:
    """Whether a verb hands down a sentence: "sentenced", "was given 12 years of imprisonment"."""
    if verb.lemma_ in ("sentence", "condemn", "jail", "imprison"):
        return True
    given = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "attr", "oprd")]
    return verb.lemma_ in ("give", "impose", "hand") and any(
        t.lemma_.lower() in _TERMS for c in given for t in c.subtree
    )


def _doers(verb: Token) -> set[str]:
    """Lemmas of who does it: the subject of an active verb, or what stands behind “by”."""
    by = [g for c in verb.children if c.lower_ == "by" for g in c.children if g.dep_ == "pobj"]
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return {t.lemma_.lower() for t in (*by, *subjects)}
