"""Denials that only look alike, for :mod:`compare.checks.negation`.

What cannot be helped and what cannot be done; not impossible and impossible; no word that there is
no danger; not at all and absolutely; nearly and in fact; not decided and decided not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.annotate import Context
from compare.checks.base import Draft, once_each, ordered, part, said, two_ways
from compare.match import Match, is_content, related
from compare.numerals import find_numerals
from compare.persons import REPORTING
from compare.polarity import Negation, is_implicit, negated, synonyms
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.verbs import PERFECT, SUBJECTS, helpers, past

if TYPE_CHECKING:
    from spacy.tokens import Token

Found = dict[Side, list[Negation]]

_NO_CHOICE = re.compile(
    r"\b(?:no\s(?:other\s)?(?:choice|option|alternative)(?:\sleft)?"
    r"|(?:can|could)(?:\s?not|n['’]t)\s(?:help\s)?but|(?:can|could)(?:\s?not|n['’]t)\shelp(?=\s\w+ing)"
    r"|(?P<mild>(?:is|was|are|were|been|be|felt)\s(?:forced|compelled|obliged|bound)\sto"
    r"|inevitabl[ey]|unavoidabl[ey]))\b",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\bmust(?:\snot|n['’]t)\s(?:be\s)?(?P<not>\w+)"
    r"|\b(?:can|could)(?:\s?not|n['’]t)\s(?!help\b|but\b|only\b|just\b|rule\sout|exclude|afford|wait|avoid|be\s(?:ruled\sout|excluded|avoided|helped))"
    r"(?:be\s)?(?:\w+ly\s)?(?P<verb>\w+)"
    r"|\b(?:is|was|are|were)\s(?:unable\sto|not\sable\sto|impossible\sto|not\spossible\sto)\s(?P<other>\w+)",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must(?!\snot|n['’]t)|ha[sd]\sto|have\sto|had\sto|need(?:s|ed)?\sto|should|ought|forced|compelled|obliged|inevitabl[ey]|unavoidabl[ey]"
    r"|(?:can|could)\sonly|no\s(?:other\s)?(?:choice|option|alternative)|(?:can|could)(?:\s?not|n['’]t)\s(?:help|but|avoid))\b",
    re.IGNORECASE,
)


def no_choice(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """What one cannot but do, in one text, one cannot do in the other."""
    here, there = said(_NO_CHOICE, group, side), said(_CANNOT, group, OTHER[side])
    if len(here) != 1 or len(there) != 1 or said(_MUST, group, OTHER[side]):
        return None
    if said(_CANNOT, group, side):
        return None
    (sentence, must), (partner, cannot) = here[0], there[0]
    mine = _verb_behind(context, side, sentence, must.end())
    theirs = _verb_behind(context, OTHER[side], partner, cannot.start(cannot.lastgroup or 0))
    if mine is None or theirs is None:
        return None
    known = matched.of(side, mine) is not None or matched.of(OTHER[side], theirs) is not None
    if matched.of(side, mine) != theirs and (known or must["mild"]):
        return None  # "was forced to leave", "could not stay"
    return two_ways(
        side, here[0], there[0],
        f"{side.upper()} says that nothing else could be done (“{must.group()}”), "
        f"{OTHER[side].upper()} that it could not be done (“{cannot.group()}”).",
    )  # fmt: skip


def _verb_behind(context: Context, side: Side, sentence: Sentence, start: int) -> Token | None:
    """The first verb of a sentence from a place on."""
    doc = context.side(side).docs[sentence.index]
    return next((t for t in doc if t.idx >= start and t.pos_ == "VERB"), None)


_LITOTES = frozenset(
    "impossible unlikely improbable uncommon unusual unknown unreasonable unjustified unfounded "
    "lack shortage lacking scarcity absence want".split()
)


def litotes(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not impossible, impossible; no shortage, a shortage; not safe, safe."""
    there = {n.head for n in found[OTHER[side]]}
    for negation in found[side]:
        head = negation.head
        known = head.lemma_.lower() in _LITOTES
        if head.pos_ == "VERB" or not (known or (head.pos_ == "ADJ" and is_implicit(head))):
            continue
        for _, twin in matched.words[OTHER[side]]:
            same = twin.lemma_.lower() == head.lemma_.lower()
            if known:
                same = same or matched.of(side, head) == twin
            elif twin.dep_ != head.dep_ or any(c.lower_ == "too" for c in head.children):
                continue  # "not too short"
            like = {twin.lemma_.lower(), twin.lower_, head.lemma_.lower()} <= _WANT
            if not (same or like) or twin in there or negated(twin) or negated(twin.head):
                continue
            if any(is_implicit(t) for t in (*twin.children, twin.head) if t != twin):
                continue
            return _turned(context, matched, side, negation, twin, f"“{head.text}” is denied in")
    return None


_WANT = frozenset("lack lacking shortage scarcity absence want short scarce".split())


def said_not_to_be(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """It cannot be said that there is no danger, in one text; there is none in the other."""
    theirs = {n.head.lemma_.lower() for n in found[OTHER[side]]}
    for over in found[side]:
        if over.head.lemma_.lower() not in _STATE or over.head.pos_ != "VERB":
            continue
        under = [
            n
            for n in found[side]
            if n.head != over.head and over.head in n.head.ancestors and not n.double
        ]
        if len(under) != 1:
            continue
        denied = [
            n
            for n in found[OTHER[side]]
            if _like(matched, side, under[0].head, n.head)
            and not any(a.lemma_.lower() in _STATE and negated(a) for a in n.head.ancestors)
        ]
        stated = any(
            t.pos_ == "VERB" and t.lemma_.lower() in _STATE and not negated(t)
            for n in found[OTHER[side]]
            for t in n.head.ancestors
        )
        if not denied and stated and len(found[OTHER[side]]) == 1:
            # "it can be said that there was no insufficient point", but not "did not rule it out"
            denied = [n for n in found[OTHER[side]] if n.head.lemma_.lower() not in _DOUBTS]
        if len(denied) == 1 and not _STATE & theirs:
            return _turned(
                context, matched, side, over, denied[0].head, "That there is none is denied in"
            )
    return None


_NOT_THAT = re.compile(
    r"\bnot\s(?:that|as\sif|as\sthough)\b[^.;]{0,40}?\b(?:not|never|no)\b|\bnot\sthat\b[^.;]{0,40}?n['’]t\b"
)


def not_that(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """It is not that we do not support him; we do not support him."""
    here = said(_NOT_THAT, group, side)
    if len(here) != 1 or said(_NOT_THAT, group, OTHER[side]) or len(found[OTHER[side]]) != 1:
        return None
    denied = found[OTHER[side]][0]
    own = [n for n in found[side] if matched.of(side, n.head) == denied.head]
    if not own or denied.double:
        return None
    return _turned(context, matched, side, own[0], denied.head, "That it is not so is denied in")


_STATE = frozenset("say claim state assert conclude deny mean imply follow".split())
_DOUBTS = frozenset("rule exclude preclude discount deny doubt dispute".split())
"""What one does not do with what may be so."""


def _like(matched: Match, side: Side, x: Token, y: Token) -> bool:
    """Whether two words are one, or nouns of which there is said to be none."""
    return (
        matched.of(side, x) == y
        or related(x.lemma_.lower(), y.lemma_.lower())
        or (x.pos_ == y.pos_ == "NOUN" and x.dep_ == y.dep_ == "attr")
    )


_ANSWER = re.compile(
    r"(?:\b(?:answer\w*|repl(?:y|ied|ies)|respon\w+|said|says|asked)\b[^“\"]{0,40}[“\"]|[“\"][^“”\"?]{1,60}\?\s|(?P<begins>^))"
    r"(?P<no>not\sat\sall|no|never|absolutely\snot"
    r"|certainly\snot|of\scourse\snot|by\sno\smeans|in\sno\sway)?(?P<yes>yes|absolutely|certainly|of\scourse"
    r"|definitely|sure|indeed|by\sall\smeans)?\s?[.,!”\"]",
    re.IGNORECASE,
)


def answers(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not at all, in one text, and absolutely in the other, for an answer."""
    here, there = (
        [
            (s, m)
            for s, m in said(_ANSWER, group, w)
            if (m["no"] or m["yes"]) and (m["begins"] is None or _asked(context, w, s))
        ]
        for w in (side, OTHER[side])
    )
    if len(here) != 1 or len(there) != 1 or not (here[0][1]["no"] and there[0][1]["yes"]):
        return None
    (sentence, no), (partner, yes) = here[0], there[0]
    return Draft(
        *ordered(side, part(sentence, *no.span("no")), part(partner, *yes.span("yes"))),
        message=(
            f"The answer is no in {side.upper()} (“{no['no']}”), yes in "
            f"{OTHER[side].upper()} (“{yes['yes']}”)."
        ),
        severity="critical",
        confidence=0.8,
        anchor=f"{no['no'].lower()} | {yes['yes'].lower()}",
    )


def _asked(context: Context, side: Side, sentence: Sentence) -> bool:
    """Whether the sentence before is a question: “Resign? Not at all.”"""
    before = context.side(side).document.sentences[max(0, sentence.index - 1)]
    return before.text.rstrip("”\"' ").endswith("?")


_NOT_SURELY = re.compile(
    r"\b(?:not|n['’]t)\s(?:necessarily|automatically|always|inevitably)\b", re.IGNORECASE
)
_SURELY_NOT = re.compile(
    r"\b(?:(?:certainly|definitely|surely|clearly|absolutely|necessarily|(?:by|of)\snecessity|automatically|always|simply)\s(?:is\s|are\s|was\s|does\s|do\s|did\s)?"
    r"(?:not|no|never)|(?:by\sno\smeans|in\sno\sway|under\sno\scircumstances|not\sat\sall))\b",
    re.IGNORECASE,
)


def not_surely(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not necessarily so, in one text; certainly not so in the other."""
    here, there = said(_NOT_SURELY, group, side), said(_SURELY_NOT, group, OTHER[side])
    if len(here) != 1 or len(there) != 1 or said(_NOT_SURELY, group, OTHER[side]):
        return None
    return two_ways(
        side, here[0], there[0],
        f"{side.upper()} leaves it open (“{here[0][1].group()}”), {OTHER[side].upper()} denies it "
        f"outright (“{there[0][1].group()}”).",
    )  # fmt: skip


def unless_not(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Unless they approve, unless they do not approve: a negator that stands for nothing."""
    marks = {
        s: [t for _, t in matched.words[s] if t.lower_ == "unless" and t.dep_ == "mark"]
        for s in SIDES
    }
    if any(len(those) != 1 for those in marks.values()):
        return None
    verb, twin = marks[side][0].head, marks[OTHER[side]][0].head
    if not negated(verb) or negated(twin) or matched.of(side, verb) != twin:
        return None
    if any(is_implicit(t) for t in (twin, *twin.children) if t.lower_ != "unless"):
        return None
    return Draft(
        *matched.spans(context, side, (marks[side][0], verb), (marks[OTHER[side]][0], twin)),
        message=(
            f"{side.upper()} has the condition turned into its opposite (“unless … not "
            f"{verb.text}”), {OTHER[side].upper()} has “unless … {twin.text}”."
        ),
        severity="major",
        confidence=0.75,
        likely_side=side,
    )


_SAYING = REPORTING - {"confirm", "deny", "announce", "promise", "reveal"}
_DECIDES = frozenset("decide agree choose vote resolve opt elect".split())
_FAILS = frozenset("fail neglect omit forget decline refuse".split())


def failed_to(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Failed to inform the family, informed it; declined to halt the work, decided to stop it."""
    for _, verb in matched.words[side]:
        over = verb.head
        if verb.dep_ != "xcomp" or over.lemma_.lower() not in _FAILS or negated(over):
            continue
        twin = matched.of(side, verb)
        if twin is None or twin.pos_ != "VERB" or negated(twin):
            continue
        if verb.lemma_ in _SAYING:
            continue  # "declined to say", "said that there was nothing to say"
        decided = twin.dep_ == "xcomp" and twin.head.lemma_.lower() in _DECIDES
        if decided:
            if negated(twin.head) or not synonyms(verb, twin) or not past(twin.head, PERFECT):
                continue
        elif twin.lemma_ != verb.lemma_ or not past(twin, PERFECT):
            continue
        if any(is_implicit(t) for t in (*twin.children, twin.head)) or _left_open(twin):
            continue
        return Draft(
            *matched.spans(context, side, (over, verb), (twin,)),
            message=(
                f"{side.upper()} says that this was not done (“{over.text} to {verb.text}”), "
                f"{OTHER[side].upper()} that it was (“{twin.text}”)."
            ),
            severity="critical",
            confidence=0.75,
        )
    return None


def _left_open(verb: Token) -> bool:
    return any(t.lower_ in ("would", "could", "might") for t in helpers(verb))


_YET_TO = re.compile(
    r"\b(?:ha(?:s|ve|d)|(?:is|are|was|were))\s(?:yet|still)\sto\s(?:be\s)?(?P<verb>\w+)"
    r"|\bremain(?:s|ed)?\sto\sbe\s(?P<other>\w+)",
    re.IGNORECASE,
)
_YET = re.compile(
    r"\b(?:yet|still|remain\w*|pending|await\w*|due|will|would|may|might|not|never)\b", re.I
)


def yet_to(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Yet to approve the plan, has approved it."""
    for sentence, m in said(_YET_TO, group, side):
        verb = _verb_behind(context, side, sentence, m.start(m.lastgroup or 0))
        twin = matched.of(side, verb) if verb is not None else None
        if verb is None or twin is None or twin.pos_ != "VERB" or negated(twin):
            continue
        if not past(twin, PERFECT) or said(_YET, group, OTHER[side]) or is_implicit(twin.head):
            continue
        return Draft(
            *matched.spans(context, side, (verb,), (twin,)),
            message=(
                f"{side.upper()} has this still to come (“{m.group()}”), {OTHER[side].upper()} has "
                f"it done (“{twin.text}”)."
            ),
            severity="critical",
            confidence=0.75,
        )
    return None


_STAYS = frozenset("remain stay continue".split())


def no_longer(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Still closed, no longer closed."""
    for _, token in matched.words[side]:
        if token.lower_ != "longer" or not token.i or token.nbor(-1).lower_ not in ("no", "any"):
            continue
        ended = _predicate(token.head)
        for _, other in matched.words[OTHER[side]]:
            still = other.lower_ == "still" and other.dep_ == "advmod"
            verb = other.head if still else other
            if not still and (other.pos_ not in ("VERB", "AUX") or other.lemma_ not in _STAYS):
                continue
            if negated(verb) or (is_implicit(verb) and still):
                continue
            lasting = _predicate(verb)
            if not any(matched.of(side, t) in lasting for t in ended if t.lemma_ != "be"):
                continue
            return Draft(
                *matched.spans(context, side, (token.nbor(-1), *ended), (other, *lasting)),
                message=(
                    f"{side.upper()} says that this has ended (“no longer”), "
                    f"{OTHER[side].upper()} that it goes on (“{other.text}”)."
                ),
                severity="critical",
                confidence=0.75,
            )
    return None


def _predicate(verb: Token) -> set[Token]:
    """A verb with what is said by it: "closed" of "is closed", "hospital" of "is in hospital"."""
    below = [c for c in verb.children if c.dep_ in ("acomp", "attr", "xcomp", "oprd", "prep")]
    return {verb, *below, *(g for c in below if c.dep_ == "prep" for g in c.children)} - {
        c for c in below if c.dep_ == "prep"
    }


_NOT_BUT = (
    re.compile(r"\bnot\s(?P<no>[^,;.“”\"]{2,60}?),?\sbut\s(?P<yes>[^,;.“”\"]{2,60})"),
    re.compile(
        r"\b[Ii]t\s(?:is|was)\snot\s(?P<no>[^,;.“”\"]{2,60}?)\s(?:who|that|which)\b[^,;.“”\"]{2,60}"
        r"[,;–—]\s?(?:it\s(?:is|was)\s)?(?P<yes>[^,;.“”\"]{2,60})"
    ),
    re.compile(r"(?P<yes>[^,;.“”\"]{2,60}),\s(?:and\s)?not\s(?P<no>[^,;.“”\"]{2,60})"),
    re.compile(
        r"(?P<yes>[^,;.“”\"]{2,60})\s(?:rather\sthan|instead\sof)\s(?P<no>[^,;.“”\"]{2,60})"
    ),
)


def contrasted(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not vaccine but staff; vaccine, not staff."""
    if side == "b":
        return None
    for one in _contrasts(context, group, "a"):
        for two in _contrasts(context, group, "b"):
            crossed = _one_of(matched, one.no, two.yes), _one_of(matched, one.yes, two.no)
            straight = _one_of(matched, one.no, two.no), _one_of(matched, one.yes, two.yes)
            if any(crossed) and not any(straight):
                return Draft(
                    a=one.span,
                    b=two.span,
                    message=(
                        f"What is denied and what is affirmed have changed places: “{one.words}”, "
                        f"“{two.words}”."
                    ),
                    severity="critical",
                    confidence=0.75,
                )
    return None


@dataclass(frozen=True, slots=True)
class _Contrast:
    """One thing that is denied and one that is affirmed."""

    span: Span
    words: str
    no: frozenset[Token]
    yes: frozenset[Token]


def _contrasts(context: Context, group: Group, side: Side) -> Iterator[_Contrast]:
    for sentence in group.side(side):
        doc = context.side(side).docs[sentence.index]
        for pattern in _NOT_BUT if not sentence.text.rstrip("”\"' ").endswith("?") else ():
            for m in pattern.finditer(sentence.text):
                no, yes = (
                    [t for t in doc if m.start(name) <= t.idx < m.end(name) and is_content(t)]
                    for name in ("no", "yes")
                )
                # what stands next to the words that set them against each other
                yes = yes[-_NEXT:] if m.start("yes") < m.start("no") else yes[:_NEXT]
                place = m.span()
                if yes:
                    place = min(no[0].idx if no else place[0], yes[0].idx, m.start("no")), place[1]
                yield _Contrast(
                    part(sentence, *place),
                    sentence.text[slice(*place)].strip(),
                    frozenset(no[:_NEXT]),
                    frozenset(yes),
                )


_NEXT = 3
"""Content words of either side of a contrast."""


def _one_of(matched: Match, some: frozenset[Token], others: frozenset[Token]) -> bool:
    """Whether a noun or a name of the one is among the other."""
    nouns = (t for t in some if t.pos_ in ("NOUN", "PROPN", "NUM"))
    pairs = ((t, matched.of("a", t)) for t in nouns)
    return any(u in others and synonyms(t, u) for t, u in pairs if u is not None)


_GIVEN_UP = re.compile(
    r"\b(?:g[ai]v(?:e|en|es|ing)\sup|los[et]|abandon(?:ed|s|ing)?)\s(?:all\s|any\s|the\s|his\s|her\s|their\s)?hope\b",
    re.IGNORECASE,
)
_HOPED = re.compile(r"\bhop(?:e|es|ed|ing)\b", re.IGNORECASE)
_NO_HOPE = re.compile(
    r"\b(?:no|not|never|without|little|vain|lost|dash\w*|faded|gone|stopped|ceased|end)\b|n['’]t\b"
    r"|hopeless",
    re.IGNORECASE,
)


def given_up(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Hope that somebody has given up, in one text, and has in the other: "ne … plus"."""
    here, there = said(_GIVEN_UP, group, side), said(_HOPED, group, OTHER[side])
    if len(here) != 1 or len(there) != 1:
        return None
    if said(_GIVEN_UP, group, OTHER[side]) or said(_NO_HOPE, group, OTHER[side]):
        return None
    return two_ways(
        side, here[0], there[0],
        f"{side.upper()} says that there is no hope left (“{here[0][1].group()}”), "
        f"{OTHER[side].upper()} that there is (“{there[0][1].group()}”).",
    )  # fmt: skip


_NEARLY = frozenset(("nearly", "almost"))
_SHORT_OF = re.compile(
    r"\b(?:nearly|almost|about\sto|close\sto|verge|brink|threaten\w*|narrowly|risk\w*|danger|would|could"
    r"|might|may|attempt\w*|tried|not\squite|virtually|practically|half)\b",
    re.IGNORECASE,
)


def nearly(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """What nearly came to pass in one text came to pass in the other."""
    if said(_SHORT_OF, group, OTHER[side]):
        return None
    for _, token in matched.words[side]:
        verb = token.head
        if token.lower_ not in _NEARLY or token.dep_ != "advmod" or verb.pos_ != "VERB":
            continue
        if verb.tag_ not in ("VBD", "VBN") or token.i > verb.i or negated(verb):
            continue
        twin = matched.of(side, verb) or _of_the_same(matched, side, verb)
        if twin is None or twin.pos_ != "VERB" or twin.tag_ not in ("VBD", "VBN"):
            continue
        if negated(twin) or _left_open(twin):
            continue
        if is_implicit(twin.head) or is_implicit(twin.head.head):
            continue  # "escaped being cheated"
        return Draft(
            *matched.spans(context, side, (token, verb), (twin,)),
            message=(
                f"{side.upper()} says that this nearly came to pass (“{token.text} {verb.text}”), "
                f"{OTHER[side].upper()} that it did (“{twin.text}”)."
            ),
            severity="major",
            confidence=0.7,
        )
    return None


def _of_the_same(matched: Match, side: Side, verb: Token) -> Token | None:
    """The verb of the other side that has this one's subject, and nothing here for it."""
    for subject in (c for c in verb.children if c.dep_ in SUBJECTS):
        twin = matched.of(side, subject)
        if twin is not None and twin.dep_ in SUBJECTS:
            return None if matched.of(OTHER[side], twin.head) is not None else twin.head
    return None


_OVER = "agree|decide|promise|pledge|vow|order|threaten|choose|plan|intend|claim|pretend|swear"
_OVER_NOT = re.compile(
    rf"\b(?:{_OVER}|chose|sworn|swore|chosen)(?:e?d|s)?\snot\sto\b(?!\sonly\b)", re.IGNORECASE
)
_NOT_OVER = re.compile(
    rf"(?:\b(?:not|never)|n['’]t)\s(?:yet\s)?(?:{_OVER}|chosen)d?\s(?:yet\s)?(?:whether|if|when|how|to|on)\b",
    re.IGNORECASE,
)


def not_decided(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not decided whether to join, decided not to join."""
    both = once_each(group, side, _NOT_OVER, _OVER_NOT)
    if both is None:
        return None
    mine, theirs = (
        _verb_behind(context, s, sentence, m.start())
        for s, (sentence, m) in zip((side, OTHER[side]), both, strict=True)
    )
    if mine is None or theirs is None or mine.lemma_ != theirs.lemma_:
        return None
    return two_ways(
        side, *both,
        f"{side.upper()} denies the word itself (“{both[0][1].group()}”), {OTHER[side].upper()} "
        f"what it is about (“{both[1][1].group()}”): open in one text, settled in the other.",
    )  # fmt: skip


_NOT_THE_ONLY = re.compile(
    r"(?:\b(?:not|hardly|never)|n['’]t)\s(?:by\sfar\s)?(?:the|an?|its|his|her|their|our)?\s?(?:only|sole)\s(?!to\b|because\b|if\b|when\b)\w+"
    r"|(?:\bnot|n['’]t)\salone\b",
    re.IGNORECASE,
)
_THE_ONLY = re.compile(
    r"\b(?:is|are|was|were|it['’]s|remains?)\s(?:the\s)?(?:only|sole)\b(?!\s(?:natural|right|fair|after|when|if|because|a\b|to\b|\d|one\sof|part))",
    re.IGNORECASE,
)


def not_the_only(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not the only yard where it is done; it is only this one."""
    both = once_each(group, side, _NOT_THE_ONLY, _THE_ONLY)
    if both is None or said(_OTHERS, group, OTHER[side]) or found[OTHER[side]]:
        return None
    return two_ways(
        side, *both,
        f"{side.upper()} says that there are others (“{both[0][1].group()}”), "
        f"{OTHER[side].upper()} that there are none (“{both[1][1].group()}”).",
    )  # fmt: skip


_OTHERS = re.compile(r"\b(?:not|others?|another|also|too|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_NO_WAY_ROUND = re.compile(
    r"\bno\s(?:other\s)?(?:way|path|road|route|means)\s(?:of\s)?(?:a?round|past|out\sof\savoiding|avoiding|to\savoid)\b"
    r"|\bno\s(?:getting|avoiding|escaping|alternative\sto|substitute\sfor)\b",
    re.IGNORECASE,
)
_NO_WAY_TO = re.compile(
    r"\bno\s(?:way|path|road|route|means)\s(?:\w+\s)?(?:to(?!\savoid)|toward|towards|into|of(?!\savoid))\b",
    re.IGNORECASE,
)


def no_way_round(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """No way around a new bridge, no way to a new bridge."""
    both = once_each(group, side, _NO_WAY_ROUND, _NO_WAY_TO)
    if both is None:
        return None
    return two_ways(
        side, *both,
        f"{side.upper()} says that it cannot be avoided (“{both[0][1].group()}”), "
        f"{OTHER[side].upper()} that it cannot be had (“{both[1][1].group()}”).",
    )  # fmt: skip


_NOT_IN_TIME = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s[^.;,:“”\"]{0,70}?\b(?P<how>in\s(?:good\s)?time|on\stime|promptly|immediately"
    r"|in\sfull|fully|completely|entirely|properly|at\sonce|right\saway)\b(?!\sfor\sthe)",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"\b(?:time|promptly|immediate(?:ly)?|full(?:y)?|complete(?:ly)?|entire(?:ly)?|proper(?:ly)?|once|late(?:r)?"
    r"|delay\w*|belated\w*|timely|instant(?:ly)?|soon|yet|still|right|quick\w*|swift\w*|deadline|partly|partially)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\bnever\b|\bnot\b[^.;,]{0,40}\bat\sall\b", re.IGNORECASE)


def not_in_time(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Not reported in time, never reported."""
    both = once_each(group, side, _NOT_IN_TIME, _NEVER)
    if both is None or said(_IN_TIME, group, OTHER[side]):
        return None
    return two_ways(
        side, *both,
        f"{side.upper()} denies how it was done (“{both[0][1]['how']}”), {OTHER[side].upper()} "
        f"that it was done at all (“{both[1][1].group()}”).",
    )  # fmt: skip


_FEW_LEFT = re.compile(
    r"\b(?:ha(?:s|ve|d)|with|lasts?|(?:is|are|was|were|there['’]s)\s(?:left\s)?)\s?(?:only|just|barely|no\smore\sthan|merely)"
    r"\s(?P<n>[\w-]+)\s(?P<what>[a-z]+)",
    re.IGNORECASE,
)
_NOT_EVEN = re.compile(
    r"(?:\bnot|n['’]t)\s(?:have\s|last\s|got\s)?(?P<n>[\w-]+)\s(?P<what>[a-z]+)", re.IGNORECASE
)


def only_so_many(
    context: Context, group: Group, side: Side, found: Found, matched: Match
) -> Draft | None:
    """Only three weeks left, not three weeks left: ne … que."""
    for here in said(_FEW_LEFT, group, side):
        for there in said(_NOT_EVEN, group, OTHER[side]):
            mine, theirs = ([m["n"].lower(), m["what"].lower()] for _, m in (here, there))
            if mine == theirs and (find_numerals(mine[0]) or mine[0] in ("a", "one")):
                return two_ways(
                    side, here, there,
                    f"{side.upper()} limits this (“{here[1].group()}”), {OTHER[side].upper()} "
                    f"denies it (“{there[1].group()}”).",
                )  # fmt: skip
    return None


def _turned(
    context: Context, matched: Match, side: Side, negation: Negation, twin: Token, what: str
) -> Draft:
    other = matched.span(context.side(OTHER[side]), twin)
    words = context.side(side).words(negation.clause)
    return Draft(
        *ordered(side, negation.clause, other),
        message=(
            f"{what} {side.upper()} (“{words}”) and not in {OTHER[side].upper()}: the statement is "
            "turned into its opposite."
        ),
        severity="critical",
        confidence=0.75,
    )


RULES = (
    no_choice,
    not_that,
    litotes,
    said_not_to_be,
    answers,
    not_surely,
    unless_not,
    no_longer,
    contrasted,
    failed_to,
    yet_to,
    given_up,
    nearly,
    not_decided,
    not_the_only,
    no_way_round,
    not_in_time,
    only_so_many,
)
