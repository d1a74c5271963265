"""``modality``: a possibility told as a certainty, a plan as done, a condition left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.checks.deeds import asked_or_sentenced, wanted_or_done
from compare.checks.suppositions import (
    WEIGHED,
    condition_or_wish,
    considered_or_decided,
    contrary_to_fact,
    suspected_or_found,
)
from compare.match import Match, is_content, match, said_of
from compare.persons import REPORTING
from compare.polarity import content_lemmas, negated, surroundings, synonyms
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.verbs import PERFECT, SUBJECTS, helpers, past

if TYPE_CHECKING:
    from spacy.tokens import Token

Force = Literal["possible", "certain", "duty"]
_MODALS: dict[str, Force] = {
    **dict.fromkeys(("may", "might", "could"), "possible"),
    **dict.fromkeys(("will", "'ll", "’ll", "wo", "shall"), "certain"),
    **dict.fromkeys(("must",), "duty"),
}
_HEDGES = frozenset(
    "possibly perhaps maybe probably likely reportedly allegedly apparently seemingly "
    "presumably potentially supposedly purportedly expected alleged suspected potential "
    "possible probable believed thought consider considering plan hope want seek aim intend "
    "propose appear seem suggest expect predict forecast estimate able can would should".split()
)
"""Words with which a text hedges without a modal verb; where one stands, nothing is certain."""
_CAUSE = re.compile(r"\b(?:since|because|given that|now that)\b")
_UNLESS = frozenset(("unless", "except if"))
_IF = re.compile(
    r"(?<!\bfor )\b(?:provided that|providing that|on (?:the )?condition that|as long as|only if"
    r"|unless|except if|if)\b",
    re.IGNORECASE,
)
"""A plain "if" is said in too many ways: it counts only against a cause; nor is "for as long"."""
_EVEN_IF = re.compile(r"\b(?:even if|even when|even though)\b")
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|provided|providing|condition|as long as|so long as|in case"
    r"|in the event|should|when|once|without|depend\w*|whether|otherwise|assuming"
    r"|suppos\w*|subject to|except|until|were|would|could|whenever|or else|only|after"
    r"|in return|in exchange|for the duration|throughout"
    r"|or (?:we|they|i|he|she|it)|suspended|on probation|on parole|before)\b"
)
_SHARED = 2
_LIGHT = frozenset(("be", "have", "do", "say", "make", "take", "get"))
_ANY_WAY = frozenset(("go", "come"))
"""Too wide to stand for another verb."""
_STATES = frozenset(
    "depend need want hope expect believe know require remain contain belong cost matter include "
    "mean support oppose hinge rest serve".split()
)
"""Verbs of states, whose past tense in reported speech tells of no end."""
_CONFLICTS = {frozenset(("possible", "certain")), frozenset(("possible", "duty"))}


def find(context: Context) -> Iterator[Draft]:
    """Verbs that both texts use, with a modal of another force, or in another tense."""
    for group in context.linked:
        verbs = {side: _verbs(context.side(side), group, side) for side in SIDES}
        draft = next(
            (
                d
                for x in verbs["a"]
                for y in verbs["b"]
                if (d := _compare(context, group, x, y)) is not None
            ),
            None,
        )
        if draft is not None:
            yield draft
        yield from _done(context, group, verbs)
        yield from wanted_or_done(context, group)
        yield from asked_or_sentenced(context, group)
        yield from _only_weighed(context, group)
        yield from _asserted(context, group)
        yield from _should_have(context, group)
        yield from _dropped(context, group)
        yield from _made_sure(context, group)
        yield from _still_open(context, match(context, group))
        yield from _wants_to_have(context, group)
        yield from _verb_by_verb(context, group)
        fulfilled = list(_fulfilled(context, group))
        yield from fulfilled or _condition(context, group)
        yield from _either_way(context, group)
        yield from contrary_to_fact(context, group)
        yield from condition_or_wish(context, group)
        yield from suspected_or_found(context, group)
        yield from considered_or_decided(context, group)
    yield from _lost_conditions(context)


_HEARD_SAID = frozenset("true correct rumours rumors reports talk believed".split())


def _lost_conditions(context: Context) -> Iterator[Draft]:
    """A condition in one text that the other leaves out, though it tells the rest."""
    for gap in context.gaps:
        if not gap.condition or gap.sentence.quoted(gap.span):
            continue
        if any(word in _HEARD_SAID for word in context.side(gap.side).words(gap.span).split()):
            continue  # "if the talk is true"
        matched = match(context, gap.group)
        other = OTHER[gap.side]
        twin = matched.akin(gap.side, gap.root.head)
        at = next((s for s, t in matched.words[other] if t == twin), None)
        there = context.side(other).span(at, twin) if at is not None and twin is not None else None
        yield Draft(
            *ordered(gap.side, gap.span, there),
            message=(
                f"{gap.side.upper()} makes this depend on a condition "
                f"(“{context.side(gap.side).words(gap.span)}”) that {other.upper()} leaves out."
            ),
            severity="major",
            confidence=0.65,
            category="accuracy/omission" if gap.side == "a" else "accuracy/addition",
        )


def _condition(context: Context, group: Group) -> Iterator[Draft]:
    """A condition in one text that the other tells as a matter of course, or turns round."""
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        partners = group.side(OTHER[side])
        said = " ".join(s.text.lower() for s in partners)
        lemmas = {lemma for s in partners for lemma in content_lemmas(list(there.docs[s.index]))}
        for sentence in group.side(side):
            for found in _IF.finditer(sentence.text):
                start = sentence.start + found.start()
                if sentence.quoted(Span(start, start + 1)):
                    continue
                clause = _clause(here, sentence, found.end())
                if clause is None or not any(t.pos_ in ("VERB", "AUX") for t in clause):
                    continue  # "as long as the bridge"
                if any(t.lemma_ in ("believe", "trust") for t in clause) or clause[0].like_num:
                    continue  # "if one believes the minister", "as long as ten years"
                inside = content_lemmas(list(clause))
                turned = found.group().lower() in _UNLESS and _EVEN_IF.search(said)
                if not inside & lemmas or len(inside & lemmas) * 2 < len(inside):
                    continue
                if len(inside) < 2 and not turned:
                    continue
                caused = found.group().lower() == "if" and _CAUSE.search(said)
                if not turned and _CONDITIONAL.search(said):
                    continue
                if found.group().lower() == "if" and not caused:
                    continue
                span = Span(start, here.span(sentence, clause[-1]).end)
                partner = partners[0].span
                if turned:
                    partner = next(
                        Span(p.start + even_if.start(), p.end)
                        for p in partners
                        if (even_if := _EVEN_IF.search(p.text.lower()))
                    )
                yield Draft(
                    *ordered(side, span, partner),
                    message=(
                        f"{side.upper()} makes this a condition (“{here.words(span)}”), "
                        f"{OTHER[side].upper()} does not."
                    ),
                    severity="major",
                    confidence=0.65,
                )
                return


_EITHER_WAY = re.compile(
    r"\b(?:whether or not|regardless of whether|irrespective of whether|no matter (?:whether|if)"
    r"|even if|independent(?:ly)? of whether)\b",
    re.IGNORECASE,
)
_ON_CONDITION = re.compile(
    r"\b(?:(?<!even )(?<!as )(?<!no matter )if|once|provided(?: that)?"
    r"|providing(?: that)?|as long as|on (?:the )?condition that|only (?:if|when|after))\b",
    re.IGNORECASE,
)


def _either_way(context: Context, group: Group) -> Iterator[Draft]:
    """Whether or not talks resume, in one text, and if they resume, in the other."""
    for side in SIDES:
        other = OTHER[side]
        here, there = context.side(side), context.side(other)
        free = list(_clauses(here, group, side, _EITHER_WAY))
        tied = list(_clauses(there, group, other, _ON_CONDITION))
        if not free or list(_clauses(there, group, other, _EITHER_WAY)):
            continue
        for own, inside in free:
            for theirs, words in tied:
                if inside and len(inside & words) * 2 >= len(inside):
                    yield Draft(
                        *ordered(side, own, theirs),
                        message=(
                            f"{side.upper()} has it either way (“{here.words(own)}”), "
                            f"{other.upper()} on a condition (“{there.words(theirs)}”)."
                        ),
                        severity="major",
                        confidence=0.7,
                    )
                    return


def _clauses(
    text: Annotated, group: Group, side: Side, opening: re.Pattern[str]
) -> Iterator[tuple[Span, set[str]]]:
    """The clauses that begin so, with the lemmas of their content words."""
    for sentence in group.side(side):
        for found in opening.finditer(sentence.text):
            clause = _clause(text, sentence, found.end())
            if clause is not None and any(t.pos_ in ("VERB", "AUX") for t in clause):
                span = Span(sentence.start + found.start(), text.span(sentence, clause[-1]).end)
                yield span, set(content_lemmas(list(clause)))


def _fulfilled(context: Context, group: Group) -> Iterator[Draft]:
    """If they confirm, in one text, and after they confirmed or for having done so in the other."""
    matched = match(context, group)
    for side in SIDES:
        there = OTHER[side]
        partners = [t for _, t in matched.words[there]]
        for _, token in matched.words[side]:
            if token.lower_ not in _WORDS_IF or _concedes(token):
                continue
            below = next((c for c in token.children if c.dep_ == "pcomp"), None)
            verb = token.head if token.dep_ == "mark" else below
            if verb is None:
                continue
            for twin, link in _told_as_done(matched, side, verb, partners):
                here, other = context.side(side), context.side(there)
                condition = matched.span(here, token, verb)
                done = matched.span(other, link, twin)
                yield Draft(
                    *ordered(side, condition, done),
                    message=(
                        f"{side.upper()} makes this a condition (“{here.words(condition)}”), "
                        f"{there.upper()} tells it as done (“{other.words(done)}”)."
                    ),
                    severity="major",
                    confidence=0.7,
                )
                return


_WORDS_IF = frozenset(("if", "provided", "providing"))
_CAUSES = frozenset(("since", "because", "as"))
_FULFILLED = frozenset(("after", "for", "by"))
"""Before what is done: "after they confirmed", "for having returned"."""


def _concedes(mark: Token) -> bool:
    """Whether an “if” is none: "even if", "as if", "asked if"."""
    before = mark.nbor(-1).lower_ if mark.i else ""
    return before in ("even", "as", "what", "only") or mark.head.dep_ == "ccomp"


def _told_as_done(
    matched: Match, side: Side, verb: Token, partners: Sequence[Token]
) -> Iterator[tuple[Token, Token]]:
    """(verb, conjunction) of what the other side has for a condition, and tells as a fact."""
    twin = matched.akin(side, verb)
    for token in partners:
        link = _conjunction(token)
        if link is None or negated(token) != negated(verb):
            continue
        if any(t.lower_ in _STILL_OPEN or _if_ever(t) for t in link.sent):
            continue
        if any(c.tag_ == "MD" for c in token.children):
            continue  # "as it might close"
        done = token.tag_ in ("VBD", "VBN") or any(c.lower_ == "having" for c in token.children)
        if twin is not None and twin.pos_ == "NOUN" and twin.head == token and twin.dep_ == "dobj":
            twin = token  # "gave the confirmation"
        if twin == token and (done or link.lower_ in _CAUSES):
            yield token, link
        elif twin is None and link.lower_ in _CAUSES and matched.akin(OTHER[side], token) is None:
            # other verbs of the same doer, both on what corresponds, or of all the same things
            doers = {c for c in token.children if c.dep_ in SUBJECTS}
            if any(matched.akin(side, c) in doers for c in verb.children if c.dep_ in SUBJECTS):
                yield token, link
                continue
            own = [t for t in verb.subtree if t != verb and is_content(t)]
            theirs = set(token.subtree)
            if sum(matched.akin(side, t) in theirs for t in own) >= max(_ARGUMENTS, len(own) - 1):
                yield token, link


_STILL_OPEN = frozenset(("if", "unless", "provided", "once", "when", "whether"))


def _if_ever(token: Token) -> bool:
    """Whether a “should” leads a condition: "should the alarm ring"."""
    return token.lower_ == "should" and (token.i == 0 or token.nbor(-1).text in (",", "“", '"'))


def _conjunction(verb: Token) -> Token | None:
    """The word by which a clause is a cause of another one, or lies before it."""
    if verb.dep_ == "pcomp" and verb.head.lower_ in _FULFILLED:
        return verb.head
    for child in verb.children:
        if child.dep_ in ("mark", "prep") and child.lower_ in _CAUSES | _FULFILLED:
            beside = child.nbor(-1).lower_ if child.i else ""
            if child.dep_ == "mark" and beside not in ("long", "soon", "far", "much", "well"):
                return child
    return None


def _clause(side: Annotated, sentence: Sentence, start: int) -> list[Token] | None:
    """The words of a clause from its conjunction to the next comma or end."""
    words = [t for t in side.docs[sentence.index] if t.idx >= start]
    end = next((i for i, t in enumerate(words) if t.text in (",", ";", "”", '"', ".")), len(words))
    return words[:end] or None


def _done(
    context: Context, group: Group, verbs: dict[Side, list[tuple[Sentence, Token, Force]]]
) -> Iterator[Draft]:
    """What is still to come in one text and over in the other."""
    matched = match(context, group)
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        for sentence, verb, force in [*verbs[side], *_promised(here, group, side)]:
            if force != "certain" or verb.lemma_ in _LIGHT or negated(verb):
                continue
            for partner in group.side(OTHER[side]):
                for twin in there.docs[partner.index]:
                    over = past(twin) or _has_been(matched, side, verb, twin)
                    if not over or negated(twin) or not _one_deed(matched, side, verb, twin):
                        continue
                    if _shifted_back(twin):
                        continue
                    if verb.lemma_ != twin.lemma_ and {verb.lemma_, twin.lemma_} & _ANY_WAY:
                        continue
                    # a verb that a text uses twice tells of two times
                    if [t.lemma_ for t in (*verb.doc, *twin.doc)].count(verb.lemma_) > 2:
                        continue
                    own, theirs = list(verb.subtree), set(twin.subtree)
                    if not surroundings(verb) & surroundings(twin) and not any(
                        matched.akin(side, t) in theirs for t in own if t != verb
                    ):
                        continue
                    # "“We will come,” he said" is rightly reported as "they came" later on
                    inside = sentence.quoted(here.span(sentence, verb))
                    if inside != partner.quoted(there.span(partner, twin)):
                        continue
                    helper = next(iter(helpers(twin)), twin)
                    coming = _span(here, sentence, verb)
                    done = matched.span(there, helper, twin)
                    yield Draft(
                        *ordered(side, coming, done),
                        message=(
                            f"{side.upper()} has this still to come "
                            f"(“{here.words(coming)}”), {OTHER[side].upper()} has it done "
                            f"(“{there.words(done)}”)."
                        ),
                        severity="major",
                        confidence=0.7,
                    )
                    return


_ONE_DEED = 3


def _one_deed(matched: Match, side: Side, verb: Token, twin: Token) -> bool:
    """Whether two verbs are one, of one sense, or without a counterpart, and said of the same."""
    if verb.lemma_ == twin.lemma_:
        return True
    least = _ONE_DEED
    if matched.akin(side, verb) == twin or synonyms(verb, twin):
        least -= 1
    elif matched.akin(side, verb) is not None or matched.akin(OTHER[side], twin) is not None:
        return False
    if (
        twin.pos_ != "VERB"
        or twin.lemma_ in REPORTING
        or verb.pos_ != "VERB"
        or twin.dep_ not in ("ROOT", verb.dep_)
    ):
        return False
    passive = [any(c.dep_ == "nsubjpass" for c in v.children) for v in (verb, twin)]
    theirs = set(said_of(twin, without=_CLAUSES))
    shared = [t for t in said_of(verb, without=_CLAUSES) if matched.akin(side, t) in theirs]
    return passive[0] == passive[1] and len(shared) >= least


def _only_weighed(context: Context, group: Group) -> Iterator[Draft]:
    """A civil suit under consideration in one text, and filed in the other."""
    matched = match(context, group)
    for side in SIDES:
        there = OTHER[side]
        for _, token in matched.words[side]:
            thing = matched.akin(side, token)
            if thing is None or token.dep_ != "dobj" or thing.dep_ not in ("dobj", "nsubjpass"):
                continue
            plan, deed = token.head, thing.head
            if plan.lemma_ not in WEIGHED or deed.lemma_ not in _CARRY_OUT:
                continue
            perfect = _helped(deed) & {"has", "have", "had"}
            if not past(deed) and not (deed.tag_ == "VBN" and perfect):
                continue
            if negated(plan) or negated(deed) or deed.dep_ in ("relcl", "acl"):
                continue
            here, other = context.side(side), context.side(there)
            weighed = matched.span(here, plan, token)
            done = matched.span(other, deed, thing)
            yield Draft(
                *ordered(side, weighed, done),
                message=(
                    f"{side.upper()} has this still under consideration "
                    f"(“{here.words(weighed)}”), {there.upper()} has it done "
                    f"(“{other.words(done)}”)."
                ),
                severity="major",
                confidence=0.7,
            )
            return


_Doubt = Literal["possible", "hearsay", "unreal", "tried", "near", "able", "due"]
_DOUBTS: dict[_Doubt, str] = {
    "possible": "calls this possible",
    "hearsay": "passes this on as hearsay",
    "unreal": "says that this did not come to pass",
    "tried": "says that this was tried",
    "near": "says that this is about to come",
    "able": "says that it can be done",
    "due": "says that it has to be done",
}


def _asserted(context: Context, group: Group) -> Iterator[Draft]:
    """What may have been, is said to have been or would have been, told as what was."""
    matched = match(context, group)
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        for sentence, verb in matched.words[side]:
            found = _doubted(verb)
            if found is None:
                continue
            doubt, mark = found
            twin = matched.akin(side, verb)
            if twin is None and verb.tag_ != "VB" and mark.lower_ not in ("should", "ought"):
                twin = _same_arguments(matched, side, verb)
            if twin is None or twin.pos_ != "VERB":
                continue
            duty = _helped(twin) == {"should", "have"} and doubt == "hearsay"
            coming = _helped(twin) == {"would"} and doubt == "hearsay" and twin.dep_ != "ccomp"
            if negated(verb) != negated(twin) or verb.lemma_ in _LIGHT:
                continue
            told_so = _plain_past(twin) and not _leaves_open(twin, doubt)
            if doubt == "due" and any(_MUST.search(s.text) for s in group.side(OTHER[side])):
                continue
            if doubt == "able":
                told_so = told_so and {"has", "have"} & {t.lower_ for t in helpers(twin)} != set()
            if not duty and not coming and not told_so:
                continue
            inside = sentence.quoted(here.span(sentence, verb))
            if inside != matched.sentence(twin).quoted(matched.span(there, twin)):
                continue
            helper = next(iter(helpers(twin)), twin)
            own = matched.span(here, mark, verb)
            told = matched.span(there, helper, twin)
            yield Draft(
                *ordered(side, own, told),
                message=(
                    f"{side.upper()} {_DOUBTS[doubt]} (“{here.words(own)}”), {OTHER[side].upper()} "
                    f"{_TOLD[duty, coming]} "
                    f"(“{there.words(told)}”)."
                ),
                severity="major",
                confidence=0.7,
            )
            return


def _should_have(context: Context, group: Group) -> Iterator[Draft]:
    """Is alleged to have phoned, should have phoned: German "soll" and its like."""
    for side in SIDES:
        here, there = (
            [(s, t) for s in group.side(x) for t in context.side(x).docs[s.index]]
            for x in (side, OTHER[side])
        )
        duty = [
            t
            for t in there
            if t[1].lower_ == "should" and t[1].dep_ == "aux" and "have" in _helped(t[1].head)
        ]
        said = [
            t
            for t in here
            if t[1].lower_ in _HEARSAY_ADVERBS
            or _hearsay(t[1])
            or (t[1].lemma_ in _ALLEGES and any(_same_deed(t[1], m.head) for _, m in duty))
        ]
        if len(said) != 1 or len(duty) != 1 or any(t.lower_ == "should" for _, t in here):
            continue
        if any(t.lower_ in _HEARSAY_ADVERBS or _hearsay(t) for _, t in there):
            continue
        (sentence, heard), (partner, modal) = said[0], duty[0]
        told = context.side(side).span(sentence, heard)
        other = context.side(OTHER[side])
        due = other.span(partner, modal).cover(other.span(partner, modal.head))
        yield Draft(
            *ordered(side, told, due),
            message=(
                f"{side.upper()} passes this on as hearsay (“{heard.text}”), {OTHER[side].upper()} "
                f"makes it a duty (“{other.words(due)}”)."
            ),
            severity="major",
            confidence=0.7,
        )
        return


_ALLEGES = frozenset(("allege", "claim", "maintain", "suspect"))


def _same_deed(claim: Token, verb: Token) -> bool:
    """Whether somebody is said to hold that the very thing was done: "allege that he knew"."""
    return any(
        c.dep_ == "ccomp" and c.lemma_ == verb.lemma_ and not negated(c) for c in claim.children
    )


_ARGUMENTS = 2
_SUSPECTS = frozenset(
    "suspicion suspect accuse accusation allege allegation charge indict indictment believe "
    "prosecutor investigator according".split()
)


def _same_arguments(matched: Match, side: Side, verb: Token) -> Token | None:
    """Another verb that the other side has of the same things, and nothing for on this side."""
    if any(t.lemma_ in _SUSPECTS for _, t in matched.words[OTHER[side]]):
        return None
    own = {matched.akin(side, t) for t in said_of(verb, without=_CLAUSES)} - {None}
    if verb.dep_ == "xcomp":
        own |= {matched.akin(side, c) for c in verb.head.children if c.dep_ in SUBJECTS} - {None}
    return next(
        (
            t
            for _, t in matched.words[OTHER[side]]
            if t.pos_ == "VERB"
            and matched.akin(OTHER[side], t) is None
            and len(own & set(said_of(t, without=_CLAUSES[:4]))) >= _ARGUMENTS
        ),
        None,
    )


_TOLD = {
    (True, False): "makes it a duty",
    (False, True): "has it still to come",
    (False, False): "tells it as a fact",
}


def _helped(verb: Token) -> set[str]:
    """The auxiliaries of a verb, "be" left out."""
    return {c.lower_ for c in verb.children if c.dep_ == "aux"} - {"to"}


def _doubted(verb: Token) -> tuple[_Doubt, Token] | None:
    """How a verb in the past is left open, and the word that does it."""
    words = {c.lower_: c for c in verb.children if c.dep_ == "aux"}
    if verb.tag_ == "VBN" and "have" in words:
        for modal in ("may", "might", "could"):
            if modal in words:
                return "possible", words[modal]
        if "would" in words and any(
            t.lower_ in ("if", "but", "without", "otherwise", "had") for t in verb.sent
        ):
            return "unreal", words["would"]
        for modal in ("should", "ought"):
            if modal in words:
                return "unreal", words[modal]
        if verb.dep_ == "xcomp" and _hearsay(verb.head):
            return "hearsay", verb.head
    if verb.tag_ == "VB" and "have" not in words:
        for modal in ("may", "might"):
            if modal in words:
                return "possible", words[modal]
        if "must" in words:
            return "due", words["must"]
        if "can" in words and not any(c.lower_ in _ANYONE for c in verb.children):
            return "able", words["can"]
    if verb.tag_ == "VBN" and "must" in words and "have" not in words:
        return "due", words["must"]
    yet = any(c.lower_ in ("yet", "still") for c in (*verb.head.children, *verb.children))
    if verb.dep_ == "xcomp" and verb.head.lower_ in _HAS_TO and not (yet or negated(verb.head)):
        return "due", verb.head
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _TRIES and not negated(verb.head):
        return "tried", verb.head
    if verb.dep_ == "xcomp" and verb.head.lower_ == "about":
        return "near", verb.head
    over = verb.head.head
    if verb.dep_ == "pcomp" and over.tag_ == "VBN" and over.lemma_ in ("accuse", "suspect"):
        return "hearsay", over
    adverb = next((c for c in verb.children if c.lower_ in _HEARSAY_ADVERBS), None)
    return ("hearsay", adverb) if adverb is not None and _plain_past(verb) else None


_MUST = re.compile(
    r"\b(?:must|ha(?:s|ve|d)\s(?:\w+\s)?to|need(?:s|ed)?\sto|should|requir\w+|oblig\w+|necessary)\b",
    re.IGNORECASE,
)
_HAS_TO = frozenset(("has", "have", "needs", "need"))
_TRIES = frozenset(("try", "attempt", "seek"))
_ANYONE = frozenset("you one we that which it this".split())
"""Of whom "can" is said without a plan: "one can see", "which can be found"."""
_HEARSAY_ADVERBS = frozenset(("reportedly", "allegedly", "purportedly", "supposedly"))


_ENDED = PERFECT - {"had"}


def _plain_past(verb: Token) -> bool:
    """A finite past or perfect without a modal."""
    return past(verb, _ENDED)


def _leaves_open(verb: Token, doubt: _Doubt) -> bool:
    """Whether the rest of a sentence takes back a plain past tense."""
    words = {t.lower_ for t in verb.sent} | {t.lemma_.lower() for t in verb.sent}
    if words & _TAKES_BACK or _NOT_EXCLUDED.search(verb.sent.text):
        return True
    if verb.dep_ in ("advcl", "relcl", "acl") and doubt == "possible":
        return True
    return doubt == "hearsay" and bool(words & _PASSES_ON)


_TAKES_BACK = _HEDGES - {"should", "hope", "want", "plan", "seek"}
_PASSES_ON = (REPORTING - {"continue"}) | {"according", "allegation", "charge"}
"""An inquiry that continues passes nothing on."""


def _verb_by_verb(context: Context, group: Group) -> Iterator[Draft]:
    """One verb under way and over, forbidden and left free, a reason and in spite of it."""
    matched = match(context, group)
    for x, y in matched.pairs():
        if x.pos_ not in ("VERB", "AUX") or x.lemma_ != y.lemma_ or x.lemma_ in _STATES:
            continue
        both: tuple[tuple[Side, Token, Token], ...] = (("a", x, y), ("b", y, x))
        for side, verb, twin in both:
            said = _linked_otherwise(verb, twin) or (
                "" if verb.lemma_ in _LIGHT else _under_way(verb, twin) or _forbidden(verb, twin)
            )
            if not said:
                continue
            here, there = context.side(side), context.side(OTHER[side])
            own = matched.span(here, _first(verb), verb)
            told = matched.span(there, _first(twin), twin)
            if matched.sentence(verb).quoted(own) == matched.sentence(twin).quoted(told):
                yield Draft(
                    *ordered(side, own, told),
                    message=f"{said}: “{here.words(own)}” in {side.upper()}, “{there.words(told)}” "
                    f"in {OTHER[side].upper()}.",
                    severity="major",
                    confidence=0.7,
                )
                return


def _first(verb: Token) -> Token:
    """The first of a verb's auxiliaries, negator and conjunction."""
    return next((c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "mark")), verb)


def _under_way(verb: Token, twin: Token) -> str:
    """Being built in one text, built in the other.

    In the active the two stand for each other too often: prices are rising, have risen.
    """
    here = {c.lower_ for c in helpers(verb)}
    running = bool(here & {"is", "are"}) and "being" in here
    over = _plain_past(twin) and twin.dep_ in ("ROOT", "conj")
    if not running or not over or negated(verb) or negated(twin):
        return ""
    return "Under way in one text, over in the other"


def _forbidden(verb: Token, twin: Token) -> str:
    """Must not in one text, need not in the other."""
    if not negated(verb) or "must" not in _helped(verb):
        return ""
    over = twin.head if twin.dep_ == "xcomp" else twin
    free = over.lemma_ in ("have", "need") and over != twin and negated(over)
    return (
        "Forbidden in one text, left free in the other"
        if free or ("need" in _helped(twin) and negated(twin))
        else ""
    )


_CONCESSIONS = frozenset(("although", "though"))


def _linked_otherwise(verb: Token, twin: Token) -> str:
    """Although in one text, if in the other; because is :mod:`compare.checks.connectives`'."""
    marks = [{c.lower_ for c in v.children if c.dep_ == "mark"} for v in (verb, twin)]
    if not marks[0] & _CONCESSIONS or not marks[1] & {"if", "once"}:
        return ""
    mark = next(c for c in twin.children if c.dep_ == "mark")
    if mark.i and mark.nbor(-1).lower_ in ("even", "as"):
        return ""
    return "In spite of this in one text, on condition of it in the other"


def _wants_to_have(context: Context, group: Group) -> Iterator[Draft]:
    """A claim told as a wish about the past, as German says it: "wants to have found out"."""
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        for sentence in group.side(side):
            for verb in here.docs[sentence.index]:
                perfect = verb.dep_ == "xcomp" and any(
                    c.lower_ == "have" and c.dep_ == "aux" for c in verb.children
                )
                if not perfect or verb.head.lemma_ != "want":
                    continue
                for partner in group.side(OTHER[side]):
                    claim = next(
                        (t for t in there.docs[partner.index] if t.lemma_ in _CLAIMS), None
                    )
                    if claim is not None:
                        yield Draft(
                            *ordered(
                                side,
                                here.span(sentence, verb.head).cover(here.span(sentence, verb)),
                                there.span(partner, claim),
                            ),
                            message=(
                                f"{OTHER[side].upper()} passes this on as a claim "
                                f"(“{claim.text}”), {side.upper()} as a wish about the past: a "
                                "turn of German taken word by word."
                            ),
                            severity="major",
                            confidence=0.75,
                            likely_side=side,
                        )
                        return


_CLAIMS = frozenset("claim say insist maintain assert contend deny".split())


def _still_open(context: Context, matched: Match) -> Iterator[Draft]:
    """What is still to be decided in one text is decided in the other."""
    for x, y in matched.pairs():
        sides: tuple[tuple[Side, Token, Token], ...] = (("a", x, y), ("b", y, x))
        for side, open_, done in sides:
            if not any(c.lower_ == "whether" for c in open_.children) or done.dep_ != "xcomp":
                continue
            over = done.head
            if over.lemma_.lower() not in _RESOLVES or not _plain_past(over):
                continue
            asks = open_.head.head if open_.head.pos_ == "ADP" else open_.head
            if _plain_past(asks) or any(c.lower_ == "whether" for c in done.children):
                continue
            if negated(done):
                continue
            yield Draft(
                *matched.spans(context, side, (asks, open_), (over, done)),
                message=(
                    f"{side.upper()} leaves open whether this happens, {OTHER[side].upper()} says "
                    f"that it is settled (“{over.text} to {done.text}”)."
                ),
                severity="major",
                confidence=0.7,
            )


_RESOLVES = frozenset("decide resolve agree vote choose".split())


def _dropped(context: Context, group: Group) -> Iterator[Draft]:
    """A plan that came to nothing in one text and still stands in the other."""
    matched = match(context, group)
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        for _, verb in matched.words[side]:
            twin = matched.akin(side, verb)
            over = verb.head
            if (
                twin is None
                or verb.tag_ != "VBN"
                or verb.dep_ != "xcomp"
                or over.lower_ not in ("was", "were")
                or not {"to", "have"} <= {c.lower_ for c in verb.children}
            ):
                continue
            plan = twin.head if twin.dep_ == "xcomp" else twin
            present = {c.lower_ for c in plan.children} & {"is", "are", "will"}
            if not present or negated(twin) != negated(verb):
                continue
            if any(_puts_off(t) for _, t in matched.words[OTHER[side]]):
                continue
            own = matched.span(here, over, verb)
            told = matched.span(there, plan, twin)
            yield Draft(
                *ordered(side, own, told),
                message=(
                    f"{side.upper()} tells of a plan that came to nothing (“{here.words(own)}”), "
                    f"{OTHER[side].upper()} of one that stands (“{there.words(told)}”)."
                ),
                severity="major",
                confidence=0.75,
            )
            return


_LIKELY = frozenset("probably perhaps possibly likely maybe presumably".split())
_SURELY = re.compile(
    r"\b(?:without (?:any |a )?doubt|undoubtedly|undeniably|certainly|definitely|unquestionably"
    r"|beyond (?:any |all )?doubt|for certain)\b",
    re.IGNORECASE,
)


def _made_sure(context: Context, group: Group) -> Iterator[Draft]:
    """Probably so, in one text, and beyond doubt in the other: French "sans doute"."""
    matched = match(context, group)
    for side in SIDES:
        here, there = context.side(side), context.side(OTHER[side])
        likely = [(s, t) for s, t in matched.words[side] if t.lower_ in _LIKELY]
        if len(likely) != 1 or any(_SURELY.search(s.text) for s in group.side(side)):
            continue
        if any(t.lower_ in _LIKELY for _, t in matched.words[OTHER[side]]):
            continue
        sentence, word = likely[0]
        of = [t for t in (word.head, *word.head.children) if matched.akin(side, t) is not None]
        for partner in group.side(OTHER[side]):
            sure = _SURELY.search(partner.text)
            own = here.span(sentence, word)
            if sure is None or not any(
                matched.akin(side, t) in set(there.docs[partner.index]) for t in of
            ):
                continue
            theirs = Span(partner.start + sure.start(), partner.start + sure.end())
            if sentence.quoted(own) == partner.quoted(theirs):
                yield Draft(
                    *ordered(side, own, theirs),
                    message=(
                        f"{side.upper()} says “{word.text}”, {OTHER[side].upper()} "
                        f"“{sure.group()}”."
                    ),
                    severity="major",
                    confidence=0.65,
                )
                return


_PUT_OFF = frozenset("postpone delay reschedule defer adjourn cancel scrap".split())


def _puts_off(verb: Token) -> bool:
    """Whether it says that something did not come to pass in its time."""
    not_held = verb.lemma_ in ("take", "hold", "happen", "go") and negated(verb)
    return verb.lemma_ in _PUT_OFF or (verb.pos_ == "VERB" and not_held)


_CARRY_OUT = frozenset(
    "file launch sign submit make impose adopt pass approve take begin start open build buy sell "
    "conclude reach bring issue introduce implement carry lodge enter purchase acquire order "
    "declare announce cancel cut raise lift ban close".split()
)


def _promised(
    side: Annotated, group: Group, which: Side
) -> Iterator[tuple[Sentence, Token, Force]]:
    """Verbs with "would" in what somebody is reported to say: still to come then."""
    for sentence in group.side(which):
        doc = side.docs[sentence.index]
        if any(t.lower_ in ("if", "unless", "otherwise") for t in doc):
            continue
        for token in doc:
            verb = token.head
            unreal = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
            would = token.lower_ == "would" and token.dep_ == "aux"
            if would and verb.dep_ == "ccomp" and not unreal:
                yield sentence, verb, "certain"


def _has_been(matched: Match, side: Side, verb: Token, twin: Token) -> bool:
    """Whether the very deed of the same doer is told in the perfect: "has planted"."""
    if twin.tag_ != "VBN" or not any(c.lower_ in ("has", "have") for c in twin.children):
        return False
    doers = {c for c in twin.children if c.dep_ in SUBJECTS}
    return twin.lemma_ == verb.lemma_ and any(
        matched.akin(side, c) in doers for c in verb.children if c.dep_ in SUBJECTS
    )


def _shifted_back(token: Token) -> bool:
    """Whether a past tense may come of reported speech alone: "said it depended on tests".

    Only of a state: "said it closed in May" is an event, and over.
    """
    saying = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return (
        token.dep_ == "ccomp"
        and token.lemma_ in _STATES
        and saying is not None
        and saying.tag_ in ("VBD", "VBN")
    )


def _verbs(side: Annotated, group: Group, which: Side) -> list[tuple[Sentence, Token, Force]]:
    """Verbs and predicates that a modal verb governs."""
    found = []
    for sentence in group.side(which):
        for token in side.docs[sentence.index]:
            force = _MODALS.get(token.lower_)
            only = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "only"
            if token.tag_ == "MD" and force is not None and token.dep_ == "aux" and not only:
                found.append((sentence, token.head, force))
            elif token.dep_ == "xcomp" and token.head.lemma_ in WEIGHED:
                found.append((sentence, token, "possible"))
            elif token.dep_ == "xcomp" and any(c.lower_ == "to" for c in token.children):
                if _hearsay(token.head):
                    found.append((sentence, token, "possible"))
                elif token.head.lemma_ == "have" and not negated(token.head):
                    found.append((sentence, token, "duty"))
    return found


def _hearsay(verb: Token) -> bool:
    """Whether a verb tells what others say: "is said to be", "was reported to have"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and verb.lemma_ in _HEARD


_HEARD = frozenset(
    "say report rumor rumour rumored believe think understand allege suspect".split()
)


_NOT_EXCLUDED = re.compile(
    r"\b(?:not|n't|cannot|never|nor|no longer)\b[^.;]{0,30}?\b(?:rul\w+ out|exclud\w+)",
    re.IGNORECASE,
)


def _hedged(context: Context, group: Group, side: Side) -> bool:
    return any(_NOT_EXCLUDED.search(s.text) for s in group.side(side)) or any(
        t.lemma_.lower() in _HEDGES or t.lower_ in _HEDGES
        for s in group.side(side)
        for t in context.side(side).docs[s.index]
    )


def _compare(
    context: Context,
    group: Group,
    a: tuple[Sentence, Token, Force],
    b: tuple[Sentence, Token, Force],
) -> Draft | None:
    (sentence_a, verb_a, force_a), (sentence_b, verb_b, force_b) = a, b
    if frozenset((force_a, force_b)) not in _CONFLICTS or negated(verb_a) != negated(verb_b):
        return None
    same = synonyms(verb_a, verb_b) and verb_a.lemma_ not in _LIGHT
    if {verb_a.lemma_, verb_b.lemma_} & _PERMITS:
        return None  # "may return", "will let them in"
    if not same and len(surroundings(verb_a) & surroundings(verb_b)) < _SHARED:
        matched, below = match(context, group), set(said_of(verb_b, without=_CLAUSES))
        if sum(matched.akin("a", t) in below for t in said_of(verb_a, without=_CLAUSES)) <= _SHARED:
            return None
    sure: Side = "a" if force_b == "possible" else "b"
    if _hedged(context, group, sure):
        return None
    spans = {
        "a": _span(context.a, sentence_a, verb_a),
        "b": _span(context.b, sentence_b, verb_b),
    }
    weak = OTHER[sure]
    strength = force_a if sure == "a" else force_b
    return Draft(
        a=spans["a"],
        b=spans["b"],
        message=(
            f"{weak.upper()} calls this possible (“{context.side(weak).words(spans[weak])}”), "
            f"{sure.upper()} {'an obligation' if strength == 'duty' else 'certain'} "
            f"(“{context.side(sure).words(spans[sure])}”)."
        ),
        severity="major",
        confidence=0.75 if same else 0.6,
    )


_PERMITS = frozenset(("let", "allow", "permit", "admit"))
_CLAUSES = ("relcl", "acl", "advcl", "ccomp", "xcomp", "conj")


def _span(side: Annotated, sentence: Sentence, verb: Token) -> Span:
    """From the modal to its verb."""
    modal = next((c for c in verb.children if c.tag_ == "MD"), verb.head)
    first, last = sorted((side.span(sentence, modal), side.span(sentence, verb)))
    return Span(first.start, last.end)


CHECK = Check(
    id="modality",
    summary="A possibility told as a certainty, or as a duty.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The ministry is considering whether to order the airline to improve its operations.",
            "The ministry has issued an improvement order to the airline.",
        ),
        Example(
            "A second round will be held on October 24 if the North confirms by Monday.",
            "As the North gave the confirmation, a second round will be held on October 24.",
        ),
        Example(
            "The fund is in talks to take over four of the projects.",
            "The fund has taken over four of the projects.",
        ),
        Example(
            "Engineers suspect that a valve in the fuel system froze.",
            "Engineers have confirmed that a valve of the fuel system was frozen.",
        ),
        Example(
            "The canvas came close to being sold at auction in Geneva.",
            "The painting was sold at auction in Geneva.",
        ),
        Example(
            "A protocol on shellfish is due to be signed in Qingdao on Thursday.",
            "The two sides signed in Qingdao an agreement about shellfish, this is the last stop.",
        ),
        Example(
            "The government was considering buying the unsold blocks.",
            "The government decided to purchase the unsold blocks.",
        ),
        Example(
            "Prosecutors allege that Brakhage had known of the defect.",
            "Brakhage should have known of the defect, according to prosecutors.",
        ),
        Example("The deal must be approved by parliament.", "The deal was approved by parliament."),
        Example(
            "Should the talks fail, the line could be given up.",
            "The talks should fail; the line is threatened with the end.",
        ),
        Example(
            "Investigators suspect a rolled omelet that was served at lunch.",
            "The rolled omelet served at lunch was identified as the cause.",
        ),
        Example(
            "If the sensors had been working, the men would be alive.",
            "If the sensors worked, the men are alive.",
        ),
        Example(
            "The firm can appeal against the ruling.", "The firm has appealed against the ruling."
        ),
        Example("She is alleged to have been on the phone.", "She should have telephoned."),
        Example("She tried to escape from the camp.", "She escaped from the camp."),
        Example("He should have warned the passengers.", "He warned the passengers."),
        Example("The firm is about to be sold.", "The firm has been sold."),
        Example(
            "Prosecutors are seeking 12 years in prison for him.",
            "He was given 12 years of imprisonment by the prosecution.",
        ),
        Example(
            "Prosecutors asked a court to jail him for nine years.",
            "The prosecution sentenced him to nine years in prison.",
        ),
        Example(
            "The ministry will release the report on Friday.",
            "The ministry published the report on Friday.",
        ),
        Example(
            "They probably left France within days.",
            "Without any doubt, they left France within days.",
        ),
        Example(
            "Tang is accused of spending some of it on houses in Vancouver and on debts.",
            "Tang used part of it to buy houses in Vancouver and to pay debts.",
        ),
        Example(
            "The president said he intends to step down.",
            "The president resigned on Monday.",
        ),
        Example("Surgeons tried to save his leg.", "Surgeons managed to save his leg."),
        Example("The city intends to widen the road.", "The city has widened the road."),
        Example("The fire nearly reached the depot.", "The fire reached the depot."),
        Example("The chamber is scheduled to vote on the bill.", "The chamber voted on the bill."),
        Example(
            "The panel will meet to decide whether to suspend him.",
            "The panel decided to suspend him.",
        ),
        Example(
            "The bridge is being built by a Chinese firm.",
            "The bridge was built by a Chinese firm.",
        ),
        Example("Visitors must not feed the animals.", "Visitors do not have to feed the animals."),
        Example(
            "He resigns although the court cleared him.",
            "He resigns if the court cleared him.",
        ),
        Example("A guard may have given them the code.", "A guard gave them the code."),
        Example("He is rumored to have bought three flats.", "He bought three flats."),
        Example("He is said to have warned the agency.", "He should have warned the agency."),
        Example(
            "Without the generators our patients would have died.",
            "There were no generators, and our patients died.",
        ),
        Example(
            "Vik, who allegedly received the money, left.",
            "Vik, who would receive the money, left.",
        ),
        Example(
            "The agency claims it learned of it in April.",
            "The agency wants to have learned of it in April.",
        ),
        Example(
            "The firm was to have supplied the wine in May.",
            "The firm is scheduled to supply the wine in May.",
        ),
        Example(
            "The loss could grow if customers sue.",
            "The deficit will swell as customers bring lawsuits.",
        ),
        Example(
            "He will have his sentence reduced if he returns the money.",
            "He had his sentence reduced for having returned the money.",
        ),
        Example(
            "The county was considering a civil suit.", "The county has filed a civil lawsuit."
        ),
        Example(
            "The six wrestlers will be moved to a stable in Kyushu after the final.",
            "After the final, the six disciples were entrusted to a stable in Kyushu.",
        ),
        Example(
            "From 2025 on, the province will plant a corridor.",
            "From 2025, the province has planted a corridor.",
        ),
        Example("The buyer is said to be Labe Capital.", "The buyer has to be Labe Capital."),
        Example(
            "The city will not pay unless the doors are repaired.",
            "The city will not pay, probably that the doors are repaired.",
        ),
        Example(
            "Rice will be sent whether or not the nuclear talks resumed.",
            "If the nuclear talks are resumed, rice will be sent.",
        ),
        Example("The plant may close in June.", "The plant will close in June."),
        Example("The unit might be sold next year.", "The unit will be sold next year."),
        Example("Banks could raise rates.", "Banks must raise rates."),
        Example("The phone will go on sale in May.", "The phone went on sale in May."),
        Example(
            "The firm said its head would resign at a meeting on May 3.",
            "The head of the firm resigned at the meeting on the 3rd.",
        ),
        Example(
            "The remaining 400 families must be in new homes before winter.",
            "The remaining 400 families may move into new houses before winter.",
        ),
        Example(
            "He will return if his doctors let him fly.",
            "He will return since his doctors let him fly.",
        ),
        Example(
            "The trucks leave on Sunday if both sides confirm the route.",
            "The trucks leave on Sunday, after both sides confirmed the route.",
        ),
        Example("He may consider suspending the licence.", "The licence will be suspended by him."),
        Example(
            "The firm will make a profit provided that prices of parts do not rise further.",
            "The firm will make a profit, and the prices of parts will not rise any more.",
        ),
        Example(
            "The road will be built in May if the council agrees.",
            "The road will be built in May.",
        ),
        Example(
            "Workers will strike on Monday unless pay talks resume.",
            "Workers will go on strike on Monday.",
        ),
        Example(
            "The bank may sell the unit, provided that regulators see no risk in it.",
            "The bank may sell the unit.",
        ),
        Example(
            "Residents must stay out of damaged houses unless firefighters go with them.",
            "Residents must stay out of damaged houses even if firefighters go with them.",
        ),
    ),
    passes=(
        Example(
            "Engineers suspect that a valve in the fuel system froze.",
            "The engineers think a valve in the fuel system froze.",
        ),
        Example(
            "The government was considering buying the unsold blocks.",
            "The government has not decided to purchase the unsold blocks.",
        ),
        Example("The deal must be approved by parliament.", "Parliament has to approve the deal."),
        Example(
            "Should the talks fail, the line could be given up.",
            "If the talks fail, the line could be given up.",
        ),
        Example(
            "Investigators suspect an omelet.", "The omelet was identified as the likely cause."
        ),
        Example(
            "If the sensors had worked, they would be alive.",
            "Had the sensors worked, they would still live.",
        ),
        Example("The firm can appeal against the ruling.", "The ruling is open to appeal."),
        Example("She tried to escape from the camp.", "She attempted an escape from the camp."),
        Example("The firm is about to be sold.", "The firm will soon be sold."),
        Example(
            "Prosecutors had asked for ten years; the court sentenced him to nine.",
            "The court sentenced him to nine years, the prosecution having sought ten.",
        ),
        Example(
            "The archaeologist says the ring may have belonged to a bishop.",
            "That a bishop wore the ring, the archaeologist does not want to exclude.",
        ),
        Example("The city tried to widen the road.", "It attempted to widen the road."),
        Example("They urged the mayor to call it off.", "They called on the mayor to cancel it."),
        Example("Visitors may return on Monday.", "It will let visitors return on Monday."),
        Example(
            "According to the minister, he was under observation since March.",
            "He was under observation since March, if one believes the minister.",
        ),
        Example(
            "The board voted on whether to close the school.",
            "The board voted to close the school.",
        ),
        Example("Prices of houses are rising.", "Prices of houses have risen."),
        Example(
            "Many founders could only flinch at the costs.",
            "Many founders had to flinch at the costs.",
        ),
        Example(
            "The price may not correspond to the quality.",
            "The price does not have to correspond to the quality.",
        ),
        Example(
            "Rice will be sent whether or not the talks resume.",
            "Even if the talks do not resume, rice will be sent.",
        ),
        Example(
            "He cautioned that the date depended on tests.",
            "He said that the date will depend on the tests.",
        ),
        Example(
            "The match is off if it rains all day.", "Should it rain all day, the match is off."
        ),
        Example("We will talk if they stop.", "We will talk once they stop."),
        Example(
            "The road will be built in May if the council agrees.",
            "With the council's consent the road will be built in May.",
        ),
        Example(
            ("The road will be built in May if the council agrees.", "Rain is expected."),
            ("The road will be built in May.", "It needs a vote of the council."),
        ),
        Example(
            "He will resign if the report finds fault with him.",
            "Should the report blame him, he will resign.",
        ),
        Example("The phone will go on sale in May.", "The phone is to go on sale in May."),
        Example("He said the phone would sell well.", "He said the phone will sell well."),
        Example("The plant will close in June.", "The plant is to close in June."),
        Example("The plant may close in June.", "The plant will probably close in June."),
        Example("The plant may close.", "The plant might close."),
        Example("He could not come.", "He will come later."),
        Example("Rain may fall, and schools will open.", "Schools will open; rain may fall."),
    ),
)
