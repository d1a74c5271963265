"""How often a clause is turned round, for :mod:`compare.checks.negation`.

What nobody can have failed to notice and what they could not notice; fears that something happens
and, word by word from a language that puts a negator there, that it does not; a fire in which
nobody died, with its victims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.checks.base import Draft, Said, once_each, ordered, said, two_ways
from compare.match import Match, is_content
from compare.persons import REPORTING
from compare.polarity import Negation, is_implicit, negated, vocabulary
from compare.records import OTHER, SIDES, Group, Sentence, Side
from compare.verbs import SUBJECTS, helpers

if TYPE_CHECKING:
    from spacy.tokens import Token

Found = dict[Side, list[Negation]]

_KNOWING = frozenset("know aware grasp realize realise notice".split())
_IGNORANT = frozenset("unaware ignorant oblivious unknowing".split())
_MADE_REAL = frozenset(("realize", "realise"))
_TURN = frozenset("fail avoid deny doubt neglect escape".split())
"""Verbs and nouns that turn the clause they govern."""
_CLIMBED = ("ccomp", "xcomp", "acl", "acomp", "attr", "dobj", "pobj", "pcomp", "prep", "nsubj")
_ASKING = ("WP", "WDT", "WRB")
_UP = 6
"""Words over a clause that are looked at."""
_OPEN = frozenset("whether if may might would should".split())


def known_or_not(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Somebody knew of it in one text, and did not in the other, however that is turned."""
    if side == "b":
        return None  # the rule is the same from both sides
    told = {s: list(_knowledge(matched, s)) for s in SIDES}
    if any(len(some) != 1 for some in told.values()):
        return None
    (x, knew), (y, known) = told["a"][0], told["b"][0]
    if knew is known or not _of_one(matched, x, y):
        return None
    own, other = matched.span(context.a, x), matched.span(context.b, y)
    yes, no = ("A", "B") if knew else ("B", "A")
    return Draft(
        own,
        other,
        message=(
            f"They knew of it in {yes} and did not in {no} (“{x.text}”, “{y.text}”, with the "
            "negations over them)."
        ),
        severity="critical",
        confidence=0.7,
    )


def _knowledge(matched: Match, side: Side) -> Iterator[tuple[Token, bool]]:
    """The words for knowing of one side, and whether somebody knows in the end."""
    for _, token in matched.words[side]:
        lemma = token.lemma_.lower()
        if lemma not in _KNOWING | _IGNORANT or token.pos_ not in ("VERB", "ADJ"):
            continue
        if any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children):
            continue  # "is known as"
        if lemma in _MADE_REAL and any(c.dep_ == "dobj" for c in token.children):
            continue  # "to realize a large image"
        knows = _in_the_end(token)
        if knows is not None:
            yield token, knows


def _in_the_end(word: Token) -> bool | None:
    """Whether a word for knowing affirms it with all that stands over it; None where it is open."""
    knows = word.lemma_.lower() in _KNOWING
    token, below = word, None
    for _ in range(_UP):
        lemma = token.lemma_.lower()
        if token != word and lemma in REPORTING and _denied(token, below) and not _can(token):
            return None  # "did not say that they knew"
        if any(c.lower_ in _OPEN for c in token.children if c.dep_ in ("mark", "aux")):
            return None
        if any(c.tag_ in _ASKING for c in token.children):
            return None  # "what they notice or don't"
        knows ^= _denied(token, below) ^ (token != word and lemma.removesuffix("ing") in _TURN)
        if token.dep_ not in _CLIMBED or token.head.i > token.i:
            break
        token, below = token.head, token
    return knows


def _denied(token: Token, below: Token | None) -> bool:
    """Whether a negator stands right under a word, or with its subject: "no inspector noticed".

    What stands under the word from which one came has been looked at.
    """
    negators = vocabulary().negators
    near = [c for c in token.children if c != below]
    near += [g for c in near if c.dep_ in (*SUBJECTS, "dobj", "prep") for g in c.children]
    near += [g for t in near if t.dep_ == "pobj" for g in t.children]  # "know of no other"
    return any(t.lower_ in negators for t in near)


def _can(token: Token) -> bool:
    return any(t.lower_ in ("can", "ca", "could") for t in helpers(token))


def _of_one(matched: Match, x: Token, y: Token) -> bool:
    """Whether two words for knowing have a subject or an object in common."""
    return any(
        matched.of("a", one) == two or (one.pos_ == "PRON" and one.lower_ == two.lower_)
        for roles in (SUBJECTS, ("dobj",))
        for one in _arguments(x, roles)
        for two in _arguments(y, roles)
    )


def _arguments(word: Token, roles: tuple[str, ...]) -> list[Token]:
    """The subjects or objects of a word for knowing, or of the verb that governs it."""
    own = [c for c in word.children if c.dep_ in roles]
    governed = word.dep_ in ("acomp", "xcomp", "attr") and roles is SUBJECTS
    return own or ([c for c in word.head.children if c.dep_ in roles] if governed else [])


_FEAR = frozenset("fear afraid worry worried dread anxious".split())


def feared_not(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """They fear that it costs jobs, they fear that it does not: the French "ne" taken for "not"."""
    clauses: dict[Side, list[tuple[Token, Token]]] = {
        s: [
            (t, c)
            for _, t in matched.words[s]
            if t.lemma_.lower() in _FEAR
            for c in t.children
            if c.dep_ in ("ccomp", "acl")
        ]
        for s in SIDES
    }
    if any(len(those) != 1 for those in clauses.values()):
        return None
    (fear, verb), (dread, twin) = clauses[side][0], clauses[OTHER[side]][0]
    if negated(fear) or negated(dread) or not negated(verb) or negated(twin):
        return None
    if any(is_implicit(t) for t in (verb, twin)) or not any(
        matched.of(side, x) == y
        for x in _arguments(verb, SUBJECTS)
        for y in _arguments(twin, SUBJECTS)
    ):
        return None
    return Draft(
        *matched.spans(context, side, (fear, verb), (dread, twin)),
        message=(
            f"{side.upper()} fears that something does not happen (“{verb.text}”), "
            f"{OTHER[side].upper()} that it does (“{twin.text}”)."
        ),
        severity="major",
        confidence=0.75,
        likely_side=side,
    )


_NOBODY_DIED = re.compile(
    r"\b(?:(?:no\s?one|nobody|no\s\w+)\s(?:(?:has|have|had|was|were|is)\s)?(?:been\s)?(?:died|dead|killed)"
    r"|(?:no|without)\s(?:any\s)?(?:deaths?|fatalities|(?:fatal\s|mortal\s)?victims|loss\sof\slife)"
    r"|(?:cost|claim)\w*\sno\slives)\b",
    re.IGNORECASE,
)
_SOME_DIED = re.compile(
    r"\b(?:(?:mortal|fatal|deadly)\s(?:victims?|casualt\w+)|deaths|fatalities|killed|died)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"\b(?:no|not|nobody|none|never|without|any|if|could|may|might|fear\w*|avoid\w*|almost|nearly)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:–—]|\b(?:but|and|while|whereas|although|though)\b")


def nobody_died(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """No one has died, and the victims are mourned."""
    none, some = said(_NOBODY_DIED, group, side), _dead(group, OTHER[side])
    if len(none) != 1 or not some or said(_NOBODY_DIED, group, OTHER[side]) or _dead(group, side):
        return None
    return two_ways(
        side, none[0], some[0],
        f"Nobody died in {side.upper()} (“{none[0][1].group()}”), somebody in "
        f"{OTHER[side].upper()} (“{some[0][1].group()}”).",
    )  # fmt: skip


_NONE_AT_ALL = re.compile(r"\b(?:0|zero|nil)\s(?:\w+\s)?$", re.IGNORECASE)


def _dead(group: Group, side: Side) -> list[Said]:
    """Where a side tells of the dead without any word that may deny it."""
    found = said(_SOME_DIED, group, side)
    return [
        (sentence, m)
        for sentence, m in found
        if not _NOT_SAID.search(_CLAUSE_END.split(sentence.text[: m.start()])[-1])
        and not _NONE_AT_ALL.search(sentence.text[: m.start()])
    ]


_NOT_ALL = re.compile(r"\bnot\s(?:all|every(?:\s?one|body)?|each|both)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:none|not\s(?:a\ssingle\s)?one|no\s?one|nobody|neither)\b|\ball\s(?:\w+\s){1,4}?"
    r"(?:cannot|(?:ca|do|did|does|wo|are|were|is|has|have|had)n['’]t"
    r"|(?:can|do|did|does|will|are|were|is|has|have|had)\snot)\b",
    re.IGNORECASE,
)
_ALIKE = 0.2
"""Share of matched words from which two sentences may count the same."""


def not_all_or_none(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not all of them have left, none of them has left."""
    both = once_each(group, side, _NOT_ALL, _NONE)
    if both is None or matched.share() < _ALIKE:
        return None
    return two_ways(
        side, *both,
        f"Some do and some do not in {side.upper()} (“{both[0][1].group()}”), none in "
        f"{OTHER[side].upper()} (“{both[1][1].group()}”).",
        "major",
    )  # fmt: skip


_UNLIKELY = re.compile(
    r"\bunlikely\b|\b(?:not|n['’]t)\s(?:likely|expected|due|set)\b", re.IGNORECASE
)
_LIKELY = re.compile(
    r"(?<!not\s)(?<!n['’]t\s)\b(?:likely|expected|due|set|scheduled)\b", re.IGNORECASE
)
_LATER = re.compile(
    r"\b(?:not|no|only|after|later|earliest|longer|delay\w*|until|postpon\w+|un\w+ed|never|hardly|fail\w*|refus\w+"
    r"|reject\w*|stop\w*|end(?:ed|ing)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_TWO_WORDS = 2


def unlikely_or_expected(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Unlikely to be settled before the end of the month; expected to be, before the month ends."""
    both = once_each(group, side, _UNLIKELY, _LIKELY)
    if both is None or any(_LATER.search(s.text) for s in group.side(OTHER[side])):
        return None
    ends = [_below(context, w, *said) for w, said in zip((side, OTHER[side]), both, strict=True)]
    if sum(matched.of(side, t) in ends[1] for t in ends[0]) < _TWO_WORDS:
        return None
    return two_ways(
        side, *both,
        f"{side.upper()} takes this for unlikely (“{both[0][1].group()}”), {OTHER[side].upper()} "
        f"expects it (“{both[1][1].group()}”).",
    )  # fmt: skip


def _below(context: Context, side: Side, sentence: Sentence, m: re.Match[str]) -> set[Token]:
    """The content words of what is likely or expected."""
    doc = context.side(side).docs[sentence.index]
    words = [t for t in doc if m.start() <= t.idx < m.end()]
    return {c for t in words for c in (*t.subtree, *t.head.subtree) if is_content(c)}


_PROVE = frozenset("prove show demonstrate establish mean conclude confirm infer evidence".split())


def proved_or_not(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """It does not prove that the tomb is a woman's; it can be concluded that it is a woman's."""
    for negation in found[side]:
        clause = _proved(negation.head)
        if clause is None:
            continue
        for _, verb in matched.words[OTHER[side]]:
            theirs = _proved(verb)
            if theirs is None or negated(verb) or negated(theirs) is not negated(clause):
                continue
            below = set(theirs.subtree)
            if sum(matched.of(side, t) in below for t in clause.subtree) < _TWO_WORDS:
                continue
            if any(negated(a) for a in verb.ancestors):
                continue
            own = context.side(side).span(matched.sentence(negation.head), negation.head)
            span = negation.clause.cover(own)
            return Draft(
                *ordered(side, span, matched.span(context.side(OTHER[side]), verb)),
                message=(
                    f"{side.upper()} says that this is not proved "
                    f"(“{context.side(side).words(span)}”), {OTHER[side].upper()} takes it for "
                    f"proved (“{verb.text}”)."
                ),
                severity="critical",
                confidence=0.75,
            )
    return None


def _proved(verb: Token) -> Token | None:
    """The statement that a verb takes for proved."""
    if verb.pos_ != "VERB" or verb.lemma_ not in _PROVE:
        return None
    return next((c for c in verb.children if c.dep_ == "ccomp"), None)


RULES = (
    unlikely_or_expected,
    proved_or_not,
    known_or_not,
    feared_not,
    nobody_died,
    not_all_or_none,
)
