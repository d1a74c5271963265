"""``negation``: a statement that one text negates and the other does not."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks import denials, parity
from compare.checks.base import Check, Draft, Example, ordered
from compare.dates import UNIT_DAYS
from compare.match import Match, is_content, match, roots, same_role
from compare.polarity import (
    Negation,
    content_lemmas,
    denied_in_cleft,
    is_implicit,
    negated,
    negations,
    senses,
    surroundings,
    synonyms,
    vocabulary,
)
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.verbs import SUBJECTS, helpers, particle

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXCEPTIONS = frozenset(("only", "but", "except", "unless", "until"))
"""They limit a statement and do not turn it round."""
_NEAR = 2
"""Sentences on each side of a group that are looked into."""
_PREDICATES = ("VERB", "ADJ", "NOUN", "AUX")
_OBJECTS = ("dobj", "attr", "acomp", "oprd", "nsubjpass")
_LIGHT = frozenset(("be", "have", "do", "let"))
_SPEECH = frozenset(("say", "tell", "know", "think", "believe", "expect"))
"""Verbs so frequent that two of them need not be the same act; "does not think he can" is "thinks
he cannot"."""


def find(context: Context) -> Iterator[Draft]:
    """At most one draft per group: the negation that the other side has nothing for."""
    for group in context.linked:
        found = {side: list(negations(context.side(side), group.side(side))) for side in SIDES}
        matched = match(context, group)
        # the special ways to turn a statement first: they know the words that do it
        for rule, side in product(_RULES, SIDES):
            draft = rule(context, group, side, found, matched)
            if draft is not None:
                yield draft
                break


def _judge(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    here, there = found[side], found[OTHER[side]]
    # "does not exclude" affirms: nothing here is left over because of it
    if len(here) <= sum(not n.double for n in there):
        return None
    here, rest = _unmatched(here, there), _unmatched(there, here)
    here = _unmatched(here, _nearby(context.side(OTHER[side]), group.side(OTHER[side])))
    tokens = {s_: [t for _, t in matched.words[s_]] for s_ in SIDES}
    own, other = tokens[side], tokens[OTHER[side]]
    # "It had not rained since May" is the last time it did; "never stopped" affirms.
    same = matched.share() >= _THE_SAME
    since = [{v for t in some if _of_time(t) for v in t.ancestors} for some in (own, other)]
    told_since = not any(since) or (same and all(since))
    here = [
        n
        for n in here
        if (not n.double or _same_word(matched, side, n.head))
        and not _since(n.head)
        and (told_since or not _dated(matched, side, n.head, since))
    ]
    # "the trams stood still", "the town was without trams"
    here = [
        n
        for n in here
        if n.head.head.lower_ != "without"
        or matched.of(side, n.head.head.head) is not None
        or _befell(matched, side, n.head)
    ]
    here = [n for n in here if not any(_ill(t) and t.lower_ == n.head.lower_ for t in other)]
    refusal = vocabulary().refusal
    possible = any(t.lower_ in _POSSIBLE for t in other)
    if possible and not any(t.lemma_.lower() in refusal for t in other):
        here = [n for n in here if n.head.lemma_.lower() not in refusal]
    here = [n for n in here if not (_told_otherwise(matched, side, n) or _points_back(n.head))]
    here, rest = _paired_off(matched, side, here, rest)
    # What only the other text has and negates by itself, or only this one, says it in other words.
    turned = _turned(matched)
    for negation in here if not rest else ():
        if negation.head.pos_ == "VERB" and negation.head.lemma_.lower() in refusal:
            twin = _twin(negation.head, own, other)
            if twin is not None:
                return _draft(context, group, side, negation, twin, 0.7)
    if not rest:
        for negation in here:
            twin = _twin(negation.head, own, other) or _matched_twin(matched, side, negation)
            if twin is None or _since(twin) or any(t.lower_ == "too" for t in turned[OTHER[side]]):
                continue
            if not _near(twin).isdisjoint(turned[OTHER[side]]):
                continue
            if not _near(negation.head).isdisjoint(turned[side]):
                continue
            exact = twin.lemma_ == negation.head.lemma_
            against = _contrasted(negation.head)
            if against and _together(matched, side, negation.head, twin):
                return _draft(context, group, side, negation, twin, 0.7)
            loose = negation.head.pos_ == "NOUN" and not exact
            if (against or loose) and not same_role(negation.head, twin):
                continue
            return _draft(context, group, side, negation, twin, 0.85 if exact else 0.7)
    here = [n for n in here if not _contrasted(n.head)]
    if not told_since:
        return None  # without the word in the other text, any “since” may tell the same
    if there or turned[side] or turned[OTHER[side]] or not here or any(map(_since, other)):
        return None
    if same:
        draft = _draft(context, group, side, here[0], None, 0.65)
        return draft if draft.a is not None and draft.b is not None else None
    if not _comparable(group):
        return None
    lost = next((n for n in here if _stands(n, content_lemmas(other))), None)
    return None if lost is None else _draft(context, group, side, lost, None, 0.65)


def _points_back(verb: Token) -> bool:
    """Whether it denies what the clause before says: "this did not happen"."""
    return verb.lemma_ in ("happen", "occur") and any(
        c.dep_ == "nsubj" and c.lower_ in ("this", "that", "it", "which") for c in verb.children
    )


def _dated(matched: Match, side: Side, head: Token, since: Sequence[set[Token]]) -> bool:
    """Whether the clause of a negated word, here or over there, has a “since” that tells a time.

    Where the other side has no such word, any “since” of it may tell what this negation does.
    """
    twin = matched.of(side, head)
    over_there = bool(since[1]) if twin is None else bool({twin, *twin.ancestors} & since[1])
    return over_there or bool({head, *head.children, head.head} & since[0])


def _contrasted(word: Token) -> bool:
    """Whether it is what something is set against: "the agency, not the hotel"."""
    return word.dep_ in ("conj", "appos") and word.pos_ in ("NOUN", "PROPN", "PRON")


def _together(matched: Match, side: Side, word: Token, twin: Token) -> bool:
    """Whether the other text has it beside what it is set against here: both, not one of them."""
    beside = matched.of(side, word.head)
    return beside is not None and beside in twin.conjuncts


_POSSIBLE = frozenset("possible possibility may might could conceivable option open".split())
"""What is "not ruled out"."""


def _same_word(matched: Match, side: Side, verb: Token) -> bool:
    """Whether the other side has this very verb: "not lost yet", "just lost"."""
    twin = matched.of(side, verb)
    own = any(
        c.dep_ == "neg" and c.i < verb.i for c in verb.children
    )  # "lost a lane, not a bridge"
    return own and verb.pos_ == "VERB" and twin is not None and twin.lemma_ == verb.lemma_


def _befell(matched: Match, side: Side, verb: Token) -> bool:
    """Whether the very thing that somebody was "without being" happens to them over there."""
    twin = matched.of(side, verb)
    if twin is None or twin.lemma_ != verb.lemma_ or twin.dep_ == "pcomp":
        return False
    subjects = _subjects(twin)
    return any(matched.of(side, t) in subjects for t in _subjects(verb.head.head))


def _subjects(verb: Token) -> set[Token]:
    """What a verb is said of, and of “two of the officers” the officers too."""
    said = {c for c in verb.children if c.dep_ in SUBJECTS}
    parts = [g for c in said for g in c.children if g.lower_ == "of"]
    return said | {g for of in parts for g in of.children if g.dep_ == "pobj"}


_THE_SAME = 0.7
"""So much of the words matched, the sentences say one thing but for the negation."""


_ALIKE = 0.5


_OVER = 3
_CLAUSES = ("ROOT", "advcl", "relcl", "acl", "conj", "ccomp")


def _paired_off(
    matched: Match, side: Side, here: list[Negation], rest: list[Negation]
) -> tuple[list[Negation], list[Negation]]:
    """The negations left when each of ``rest`` is taken for the likest of ``here``."""
    if not 0 < len(rest) < len(here):
        return here, rest
    left = list(here)
    for other in rest:
        clause = set(other.head.subtree)
        # rather one whose word the other side does not have at all
        left.remove(
            max(
                left,
                key=lambda n: (
                    fmean(matched.of(side, t) in clause for t in n.head.subtree),
                    matched.of(side, n.head) is None,
                ),
            )
        )
    return left, []


_LIMITS = frozenset(
    "before until till under below less fewer over above more older younger than earlier".split()
)
_COVERT = frozenset(
    "close shut silent silence quiet mum boycott unanswered earliest scrap shelve cease".split()
)
"""Words that a translator may put for a negation: a road closed to trucks, they kept silent."""
_COVERT_PHRASES = re.compile(
    r"\b(?:turn|hold|call|throw|keep|put|break|send|brush|stay|shrug|shout|vote|shoot|laugh)\w*"
    r"(?: \w+){0,2}? (?:down|off|away|aside|out)\b"
    r"|\b(?:turned|held|kept|broke|broken|sent|thrown|threw) (?:\w+ )?(?:down|off|away|back|out)\b"
    r"|\bg(?:i|a)v\w+ up\b",
    re.IGNORECASE,
)


def _told_otherwise(matched: Match, side: Side, negation: Negation) -> bool:
    """Whether the other side can say the same without a negator.

    "Does not drink without boiling" boils; "no lake is deeper" is the deepest; "not for children
    under 12" is only from 12 on; "was not admitted" may be closed to.
    """
    head = negation.head
    clause = list((head.head if head.dep_.startswith("nsubj") else head).subtree)
    other = matched.words[OTHER[side]]
    both = any(t.lower_ == "unless" for _, t in other)  # "will go ahead unless the cause is found"
    if any(
        (t.lower_ == "without" and t != negation.head.head) or (t.lower_ == "unless" and not both)
        for t in clause
    ):
        return True
    terms = [{t.lower_ for t in some if _a_term(t)} for some in (head.sent, [t for _, t in other])]
    if all(terms) and (terms[0] != terms[1] or terms[0] & _UP_TO):
        # "do not go back until they are paid", "insist on being paid before"; but "had not worked
        # there before he was mayor" denies what it is in the other text
        twin = matched.of(side, head)
        if not (terms == [{"before"}] * 2 and twin is not None and twin.lemma_ == head.lemma_):
            return True
    if "no reason" in head.doc[: head.i].text.lower() and negated(head):
        return True  # "saw no reason why they could not", "there was no obstacle"
    if any(t.lower_ == "else" for t in head.subtree) and any(t.lower_ == "only" for _, t in other):
        return True  # "water and nothing else", "water, and only that"
    not_all = any(t.lower_ == "not" and t.nbor(1).lower_ in _ALL for t in head.doc[: head.i])
    of_all = any(t.lower_ in _ALL for t in head.subtree)  # "has not yet found all of them"
    if (not_all or of_all) and any(t.lower_ in _SOME for _, t in other):
        return True  # "not all were insured", "only some"
    graded = {t.lemma_.lower() for t in clause if t.tag_ in ("JJR", "RBR")}
    graded |= {t.lower_ for t in clause if t.lower_ in ("other", "before")}
    if graded and any(
        (t.tag_ in ("JJS", "RBS") and not _of_another(t, graded))
        or t.lower_ in ("first", "any", "ever", "only")
        for _, t in other
    ):
        return True
    if any(t.lower_ == "first" for _, t in other) and any(map(_for_so_long, clause)):
        return True  # "had not been held for four years", "the first time in four years"
    limited = any(t.lower_ in _LIMITS for t in clause)
    if limited and any(
        t.lower_ in ("only", "earliest", "sooner", "later", "solely", "exclusively")
        or t.lemma_ == "wait"
        for _, t in other
    ):
        return True
    if any(
        t.lemma_.lower() in _COVERT and matched.of(OTHER[side], t) is None and not negated(t)
        for _, t in other
    ) and not any(t.lemma_.lower() in _COVERT for _, t in matched.words[side]):
        return True
    said = " ".join(t.text for _, t in other)
    own = " ".join(t.text for _, t in matched.words[side])
    return bool(_COVERT_PHRASES.search(said)) and not _COVERT_PHRASES.search(own)


def _for_so_long(token: Token) -> bool:
    """Whether it begins how long something has not been: "for four years"."""
    return token.lower_ in ("for", "in") and any(
        c.lemma_.lower() in UNIT_DAYS for c in token.children
    )


def _a_term(token: Token) -> bool:
    """Whether it begins a clause that says until or from when something holds."""
    if token.lower_ == "long" and token.i and token.nbor(-1).lower_ == "as":
        return True
    clause = token.dep_ in ("mark", "advmod") or any(c.dep_ == "pcomp" for c in token.children)
    return token.lower_ in _TERMS and clause


_UP_TO = frozenset(("until", "till", "before"))
_TERMS = _UP_TO | {"when", "once", "after"}
_ALL = frozenset(("all", "every", "everyone", "everybody", "everything", "both", "each"))
_SOME = frozenset(("some", "part", "partly", "most", "few", "many", "several", "certain"))


def _of_another(superlative: Token, graded: set[str]) -> bool:
    """Whether a superlative is of no word that is graded: “latest” beside “more than ten”."""
    own = superlative.lemma_.lower()
    return superlative.lower_ in ("latest", "last", "least") and own not in graded


def _since(token: Token) -> bool:
    return any(c.lower_ == "since" for c in token.children)


def _of_time(token: Token) -> bool:
    """Whether a “since” tells a time and no reason: the clause over it is in the perfect."""
    if token.lower_ != "since":
        return False
    if token.dep_ != "mark":
        return True
    main = token.head.head
    return any(c.lower_ in ("has", "have", "had", "'s", "’s") for c in main.children)


def _near(token: Token) -> set[Token]:
    """A word with those over it, under it and beside it in the parse."""
    over: list[Token] = []
    while len(over) < _OVER and (over or [token])[-1].dep_ not in _CLAUSES:
        over.append((over or [token])[-1].head)
    return {
        token,
        *token.children,
        *over,
        *token.head.children,
        *(c for t in over for c in t.children),
    }


def _turning(matched: Match, side: Side) -> list[Token]:
    """Words of one side alone that negate by themselves, or are opposites of the other's."""
    other = {t.lemma_.lower() for _, t in matched.words[OTHER[side]]}
    opposed = vocabulary().opposed
    lone = {w.lemma_.lower() for _, w in matched.lone(OTHER[side])}
    return [
        t
        for _, t in matched.words[side]
        if _yet_to(t)
        or (
            t.lemma_.lower() not in other
            and matched.of(side, t) is None
            and not _only_stresses(matched, side, t)
            and t.lower_ not in vocabulary().negators
            and (
                (is_implicit(t) and t.lower_ not in _EXCEPTIONS)
                or (t.lower_ == "too" and t.head.pos_ in ("ADJ", "ADV"))
                or t.lower_ == "unless"
                or any(opposed(r, w) for r in roots(t.lemma_.lower()) for w in lone)
            )
        )
    ]


def _turned(matched: Match) -> dict[Side, list[Token]]:
    """Words of each side alone that turn what they are said of, by themselves or in a phrase.

    What has its like among those of the other side turns nothing: halt, suspend.
    """
    found = {
        side: [(t, senses(t)) for t in _turning(matched, side) + _covert(matched, side)]
        for side in SIDES
    }
    return {
        side: [
            t
            for t, sense in found[side]
            if not any(t.pos_ == o.pos_ and sense & s for o, s in found[OTHER[side]])
        ]
        for side in SIDES
    }


def _covert(matched: Match, side: Side) -> list[Token]:
    """Words of one side alone in phrases that negate without a negator: "ran out of"."""
    docs = dict.fromkeys(t.doc for _, t in matched.words[side])
    at = {doc: [m.span() for m in vocabulary().covert.finditer(doc.text)] for doc in docs}
    return [
        t
        for _, t in matched.words[side]
        if matched.of(side, t) is None
        and any(start < t.idx + len(t) and t.idx < end for start, end in at[t.doc])
    ]


def _only_stresses(matched: Match, side: Side, token: Token) -> bool:
    """Whether a word turns nothing by itself: "not a single one", "not yet", "paid off"."""
    if token.dep_ == "prt":
        turns = _COVERT_PHRASES.search(f"{token.head.text} {token.text}")
        return turns is None or matched.of(side, token.head) is not None
    if token.lower_ == "single":
        return any(t.lower_ in ("not", "never") for t in token.doc[max(0, token.i - 2) : token.i])
    return token.lower_ == "yet" and negated(token.head)


_IMPLICATIVE = frozenset(
    "fail refuse decline avoid neglect forget omit prevent refrain impossible unable".split()
)
"""Words that negate what they govern: who fails to pay does not pay."""
_TWICE = 2
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr")


def _same_verb(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """A verb said of the same thing, an odd number of times negated on one side alone."""
    there = OTHER[side]
    words = {s: {n.head for n in found[s]} for s in SIDES}
    lemmas = {s: Counter(t.lemma_.lower() for _, t in matched.words[s]) for s in SIDES}
    for sentence, verb in matched.words[side]:
        twin, lemma = matched.of(side, verb), verb.lemma_.lower()
        light = lemma in _LIGHT | _SPEECH and not particle(verb)  # "go ahead" says something
        if twin is None or verb.pos_ != "VERB" or twin.pos_ != "VERB" or light:
            continue
        if lemma != twin.lemma_.lower() or lemmas[side][lemma] > 1 or lemmas[there][lemma] > 1:
            continue
        if not _direct(verb, words[side]) or _direct(twin, words[there]):
            continue
        if denied_in_cleft(twin) or any(c.dep_ == "neg" and c.i > verb.i for c in verb.children):
            continue  # "lost a lane, not a bridge"
        above = _from_above(verb, words[side]), _from_above(twin, words[there])
        # what negates the clause that a clause of its own hangs on does not bear on it
        over = {c for c in twin.head.children if twin.dep_ == "advcl" and c.dep_ == "neg"}
        plain = above[0] == above[1] and (above[0] or not any(map(_negates, _around(twin) - over)))
        if not plain and above != (0, _TWICE):
            continue
        if any(t.lower_ in ("since", "last") for s in SIDES for _, t in matched.words[s]):
            continue
        said = {c for c in twin.children if c.dep_ in _ARGUMENTS}
        own = [c for c in verb.children if c.dep_ in _ARGUMENTS]
        if not any(matched.of(side, c) in said for c in own) and not _alone(verb, twin):
            continue
        near = _near(verb) | _near(twin)
        turning = {t for those in _turned(matched).values() for t in those}
        if any(t.lemma_.lower() not in _IMPLICATIVE for t in near & turning):
            continue
        negation = Negation(verb, context.side(side).span(sentence, verb), False)
        if _told_otherwise(matched, side, negation):
            continue
        return _draft(context, group, side, negation, twin, 0.7)
    return None


def _alone(verb: Token, twin: Token) -> bool:
    """Whether two verbs are both without a subject or both have a pronoun, as orders are."""
    subjects = [[c for c in v.children if c.dep_ == "nsubj"] for v in (verb, twin)]
    return all(not s or s[0].pos_ == "PRON" for s in subjects) and verb.tag_ == twin.tag_ == "VB"


def _around(token: Token) -> set[Token]:
    """The words near one in the parse, with those under them."""
    near = _near(token)
    return near | {g for t in near for g in t.children}


def _negates(token: Token) -> bool:
    return token.lower_ in vocabulary().negators or token.lower_ in ("zero", "longer")


def _direct(verb: Token, words: set[Token]) -> bool:
    """Whether a verb, its subject or object is negated."""
    return not {verb, *(c for c in verb.children if c.dep_ in _ARGUMENTS)}.isdisjoint(words)


def _from_above(verb: Token, words: set[Token]) -> int:
    """How often what governs a verb turns it round: twice in "do not fail to seek"."""
    times, over = 0, verb
    while over.dep_ in ("xcomp", "pcomp", "prep", "csubj", "acl") and over.head != over:
        over = over.head
        near = {over, *(c for c in over.children if c.dep_ in ("acomp", "attr"))}
        times += any(t.lemma_.lower() in _IMPLICATIVE for t in near)
        times += not near.isdisjoint(words)
        if over.pos_ in ("VERB", "AUX"):
            break
    return times


def _yet_to(token: Token) -> bool:
    return token.lower_ == "yet" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to"


def _matched_twin(matched: Match, side: Side, negation: Negation) -> Token | None:
    """What the negated word is on the other side, or what has the same words about it there."""
    head = negation.head
    twin = matched.of(side, head)
    lemma = head.lemma_.lower()
    if twin is not None and {lemma, twin.lemma_.lower()}.isdisjoint(_LIGHT | _SPEECH):
        said = [t for _, t in matched.words[side] if t.lemma_.lower() == lemma]
        if (
            negated(twin)
            or _softened(twin)
            or _disputed(twin)
            or not all(t == head or negated(t) for t in said)
        ):
            return None
        predicates = {head.pos_, twin.pos_} <= {"VERB", "ADJ", "AUX"}
        return twin if predicates or matched.share() >= _THE_SAME else None
    carried = _carried(matched, side, head)
    if carried is not None:
        return carried
    if lemma not in _LIGHT or matched.share() < _ALIKE:
        return None
    about = [matched.of(side, c) for c in head.subtree if matched.of(side, c) is not None]
    heads = [t.head for t in about if t is not None and t.head.pos_ in ("VERB", "AUX")]
    for verb in heads:
        if heads.count(verb) > 1 and not negated(verb) and not _softened(verb):
            return verb
    return None


def _disputed(verb: Token) -> bool:
    """Whether it is what somebody denies: "denies having thrown it"."""
    return any(t.lemma_ in ("deny", "dispute", "reject", "refute") for t in verb.ancestors)


def _carried(matched: Match, side: Side, verb: Token) -> Token | None:
    """The word that says on the other side what an object says here: "express optimism"."""
    if verb.lemma_ not in _CARRIERS or matched.share() < _ALIKE:
        return None
    for word in verb.children:
        twin = matched.of(side, word) if word.dep_ == "dobj" else None
        if twin is None or twin.pos_ not in ("VERB", "ADJ") or negated(twin) or _softened(twin):
            continue
        return twin
    return None


_CARRIERS = frozenset("express make take have show give voice hold".split())
_CALLS = frozenset("call consider describe deem regard judge find term view see say".split())


_DISPUTE = frozenset("deny dispute contest refute".split())
_RULE_OUT = frozenset("exclude preclude discount".split())


def _disputes(verb: Token) -> str:
    """Which way of denying a statement a verb is; empty for any other verb."""
    out = verb.lemma_ == "rule" and particle(verb) == "out"
    objects = {c.lemma_ for c in verb.children if c.dep_ in ("dobj", "nsubjpass")}
    possible = verb.lemma_ in _DISPUTE and "possibility" in objects
    if out or possible or verb.lemma_ in _RULE_OUT:
        return "rules out"
    return "denies" if verb.lemma_ in _DISPUTE else ""


def _not_denied(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """What somebody does not dispute in one text is denied in the other, or not ruled out there."""
    for negation in found[side]:
        way = _disputes(negation.head)
        out = way == "rules out"  # "could not be ruled out"
        if not way or not any(
            c.dep_ in _SAID or (out and c.dep_ == "nsubjpass") for c in negation.head.children
        ):
            continue
        said = set(negation.head.subtree)
        for _, verb in matched.words[OTHER[side]]:
            if verb.pos_ != "VERB" or _disputes(verb) != way or negated(verb):
                continue
            if any(matched.of(OTHER[side], t) in said for t in verb.subtree if t != verb):
                return _draft(context, group, side, negation, verb, 0.75)
    return None


_SAID = ("ccomp", "dobj", "xcomp")


def _not_called(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """What cannot be called so in one text and is so in the other."""
    negated_there = {t for n in found[OTHER[side]] for t in (n.head, *n.head.children)}
    for negation in found[side]:
        if negation.head.lemma_ not in _CALLS or negation.double:
            continue
        for word in negation.head.children:
            if word.dep_ not in ("oprd", "acomp", "xcomp") or word.pos_ != "ADJ":
                continue
            twin = matched.of(side, word)
            if twin is None or twin.lemma_ != word.lemma_ or negated(twin):
                continue
            if {twin, twin.head} & negated_there or any(map(is_implicit, _around(twin))):
                continue
            return _draft(context, group, side, negation, twin, 0.75)
    return None


def _unless(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """An “unless” for an “if”."""
    conditions = {
        s: [
            (x, t)
            for x, t in matched.words[s]
            if (t.dep_ in ("mark", "prep") and (t.lower_ in ("if", "unless") or _as_long(t)))
            or _provided(t)
        ]
        for s in SIDES
    }
    here, there = conditions[side], conditions[OTHER[side]]
    if len(here) != 1 or len(there) != 1:
        return None
    (sentence, one), (partner, two) = here[0], there[0]
    if one.lower_ != "unless" or two.lower_ == "unless" or not _alike(matched, side, one, two):
        return None
    # what either condition turns by itself, or only one of the main clauses, may be the "unless"
    times = []
    over = {s: {t.lemma_.lower() for _, t in matched.words[s]} for s in SIDES}
    ends = _ENDS if over["a"] & _ENDS and over["b"] & _ENDS else frozenset()
    for mark, s in ((one, side), (two, OTHER[side])):
        clause = set(_condition(mark).subtree)
        denied = [n.head for n in found[s] if n.head.doc is mark.doc]
        turning = [
            t
            for t in _turning(matched, s)
            if t.doc is mark.doc and t.lower_ != "unless" and t.dep_ != "amod"
            if t.lemma_.lower() not in ends
        ]
        turned_by = {t for t in turning if t.lemma_.lower() in _IMPLICATIVE}
        if clause & {*denied, *turned_by}:  # "unless they withdraw it", "if they fail to"
            return None
        times.append((len({*denied, *turning}), len(clause & set(turning))))
    if times[0] != times[1]:
        return None
    return Draft(
        *ordered(
            side,
            context.side(side).span(sentence, one),
            context.side(OTHER[side]).span(partner, two),
        ),
        message=(
            f"{side.upper()} says “unless”, {OTHER[side].upper()} "
            f"“{'as long as' if two.lower_ == 'as' else two.lower_}”: the condition is turned "
            "into its opposite."
        ),
        severity="critical",
        confidence=0.7,
    )


_ENDS = frozenset("lose lapse expire end fall collapse".split())
"""Ways in which a licence or a deal may end: where both texts have one, neither is turned."""


def _as_long(token: Token) -> bool:
    """Whether a word is the last one of “as long as”."""
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    return token.lower_ == "as" and before in ("as long", "so long")


def _alike(matched: Match, side: Side, one: Token, two: Token) -> bool:
    """Whether two clauses, or what they are conditions of, have a word in common."""
    clause = set(_condition(two).subtree)
    inside = [t for t in _condition(one).subtree if matched.of(side, t) in clause]
    mains = set(_chain(_condition(two).head))
    return bool(inside) or any(matched.of(side, t) in mains for t in _chain(_condition(one).head))


def _provided(token: Token) -> bool:
    """Whether a word leads a condition as “provided that” does."""
    return (
        token.lower_ in ("provided", "providing")
        and token.dep_ in ("advcl", "prep", "acl")
        and any(c.dep_ == "ccomp" for c in token.children)
    )


def _condition(mark: Token) -> Token:
    """The verb of the clause that “if” leads, or “provided”."""
    return mark if _provided(mark) else mark.head


def _chain(verb: Token) -> list[Token]:
    """A verb with those that it governs or is governed by: "threatened to dismiss"."""
    over = [verb.head] if verb.dep_ == "xcomp" else []
    return [verb, *over, *(c for c in verb.children if c.dep_ == "xcomp")]


def _only(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """What applies only to something, in one text, does not apply to it in the other."""
    more, fewer = found[OTHER[side]], found[side]
    partners = [t for _, t in matched.words[OTHER[side]]]
    if len(more) != len(fewer) + 1 or any(t.lower_ in _EXCEPTIVE for t in partners):
        return None
    left, rest = _paired_off(matched, OTHER[side], _unmatched(more, fewer), _unmatched(fewer, more))
    if len(left) != 1 or rest:
        return None
    turned = set(_turning(matched, side))
    negation = left[0]
    denied = set(negation.head.subtree)
    for sentence, token in matched.words[side]:
        if token.lower_ not in ("only", "solely", "exclusively"):
            continue
        if token.i + 1 == len(token.doc) or token.nbor(1).pos_ not in ("ADP", "NUM", "SYM"):
            continue  # "only wants to": the limit is on the verb
        following = token.nbor(1)
        focus = list((following if following.pos_ == "ADP" else token.head).subtree)
        content = sum(is_content(t) for t in focus if t != token)
        shared = sum(matched.of(side, t) in denied for t in focus)
        about = matched.of(side, token.head if following.pos_ != "ADP" else following.head)
        if turned & _near(token.head):
            continue
        if shared >= _MIN_SHARED or (shared == content == 1 and about == negation.head):
            return Draft(
                *ordered(side, context.side(side).span(sentence, token), negation.clause),
                message=(
                    f"{side.upper()} limits this to one case (“{token.text}”), "
                    f"{OTHER[side].upper()} denies it for the same one "
                    f"(“{context.side(OTHER[side]).words(negation.clause)}”)."
                ),
                severity="critical",
                confidence=0.7,
            )
    return None


_EXCEPTIVE = frozenset(
    "only except but unless until other else than besides beyond outside without any anything "
    "anyone anybody just solely merely alone".split()
)


_MIN_SHARED = 2


def _too(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """What it is too early to do is done early in the other text."""
    if found[OTHER[side]]:
        return None
    partners = [t for _, t in matched.words[OTHER[side]]]
    if any(t.lower_ == "too" or is_implicit(t) for t in partners):
        return None
    for _, token in matched.words[side]:
        degree = token.head
        if token.lower_ != "too" or degree.pos_ not in ("ADJ", "ADV"):
            continue
        near = (*degree.children, *degree.head.children)
        if not any(c.dep_ in ("xcomp", "advcl", "ccomp") and _has_to(c) for c in near):
            continue
        twin = matched.of(side, degree)
        if twin is None or any(c.lower_ in _AS_YET for c in (*twin.children, *twin.head.children)):
            continue  # "still early"
        return Draft(
            *matched.spans(context, side, (token, degree), (twin,)),
            message=(
                f"{side.upper()} says that it is “too {degree.text}” for this, "
                f"{OTHER[side].upper()} tells it as done."
            ),
            severity="major",
            confidence=0.7,
        )
    return None


_AS_YET = frozenset(("still", "yet", "quite", "rather"))


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" for c in verb.children)


def _unmatched(some: list[Negation], others: list[Negation]) -> list[Negation]:
    """Negations without one on the other side that bears on the same word; those cancel out."""

    def heads(negation: Negation) -> set[str]:
        return {negation.head.lemma_.lower()} - _LIGHT

    def reach(negation: Negation) -> set[str]:
        objects = [c for c in negation.head.children if c.dep_ in _OBJECTS]
        objects += [g for c in negation.head.children if c.dep_ == "prep" for g in c.children]
        return heads(negation) | content_lemmas(objects)

    return [
        n
        for n in some
        if not any(heads(n) & reach(other) or heads(other) & reach(n) for other in others)
    ]


def _nearby(side: Annotated, sentences: tuple[Sentence, ...]) -> list[Negation]:
    """Negations just beside a group: the other text may have the statement there."""
    inside = {s.index for s in sentences}
    reach = range(min(inside) - _NEAR, max(inside) + _NEAR + 1)
    around = [s for s in side.document if s.index in reach and s.index not in inside]
    return list(negations(side, around))


def _twin(head: Token, own: list[Token], other: list[Token]) -> Token | None:
    """The same word, or one of the same sense, on the other side, where nothing negates it."""
    lemma = head.lemma_.lower()
    if lemma in _LIGHT | _SPEECH:
        return None
    affirmed = [t for t in other if not negated(t)]
    refusal = vocabulary().refusal
    if lemma in refusal and head.pos_ == "VERB":  # "a rule" refuses nothing
        verbs = (t for t in affirmed if t.pos_ == "VERB")
        return next((t for t in verbs if t.lemma_.lower() in refusal), None)
    if any(t.lemma_.lower() == lemma and not negated(t) for t in own):
        return None  # its own side says it without a negation too
    for t in affirmed:
        if t.lemma_.lower() == lemma and t.pos_ in _PREDICATES and not _softened(t, own):
            return t
    mine, theirs = content_lemmas(own), content_lemmas(other)
    close = len(mine & theirs) * 2.5 >= min(len(mine), len(theirs))
    return next(
        (
            t
            for t in affirmed
            if t.pos_ == head.pos_ in _PREDICATES
            and t.lemma_.lower() not in _LIGHT
            and synonyms(head, t)
            and not _softened(t)
            and (close or surroundings(head) & surroundings(t))
        ),
        None,
    )


def _stands(negation: Negation, lemmas: set[str]) -> bool:
    """Whether the negated clause is on the other side at all: else it is left out, not turned."""
    clause = content_lemmas(list(negation.head.subtree))
    shared = clause & lemmas
    contrast = negation.head.pos_ in ("ADP", "NOUN", "PROPN") and shared == clause != set()
    return contrast or (len(shared) >= 2 and len(shared) * 2 >= len(clause))


def _softened(token: Token, own: Sequence[Token] = ()) -> bool:
    """Whether a word that negates stands over or under this one: "failed to end".

    Args:
        token: the word.
        own: the words of the other side; what stands there too turns nothing.
    """
    over = itertools.takewhile(lambda t: t[0].dep_ != "conj", itertools.pairwise(_upward(token)))
    governors = [t for _, t in itertools.islice(over, 3)]
    beside = [] if token.dep_ == "conj" else token.head.children
    if _ill(token):
        return True
    known = {t.lemma_.lower() for t in own}
    helping = {t.lower_ for t in helpers(token)}
    if {"would", "have"} <= helping or {"could", "have"} <= helping:
        return True  # "had it had chains, they would have sent it"
    return any(
        is_implicit(t) and t.lemma_.lower() not in known
        for t in (*token.children, *governors, *beside)
        if t.lower_ not in _EXCEPTIONS
    )


_ILL = frozenset(("ill-", "non-", "un-", "under-", "half-", "poorly-"))


def _ill(token: Token) -> bool:
    """Whether it is the second part of "ill-prepared"."""
    return token.doc[max(0, token.i - 2) : token.i].text.lower() in _ILL


def _upward(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors


def _comparable(group: Group) -> bool:
    """Both sides about as long: a much shorter one leaves clauses out."""
    a, b = (sum(len(s.text) for s in group.side(side)) for side in SIDES)
    return min(a, b) * 1.8 >= max(a, b)


def _draft(
    context: Context,
    group: Group,
    side: Side,
    negation: Negation,
    twin: Token | None,
    confidence: float,
) -> Draft:
    other = context.side(OTHER[side])
    if twin is not None:
        sentence = next(s for s in group.side(OTHER[side]) if other.docs[s.index] is twin.doc)
        there: Span | None = other.span(sentence, twin)
    else:
        there = _counterpart(context, group, side, negation)
    words = context.side(side).words(negation.clause)
    return Draft(
        *ordered(side, negation.clause, there),
        message=(
            f"{side.upper()} negates this (“{words}”), {OTHER[side].upper()} does not: "
            "the statement is turned into its opposite."
        ),
        severity="critical",
        confidence=confidence,
        anchor="",
    )


def _counterpart(context: Context, group: Group, side: Side, negation: Negation) -> Span | None:
    """The stretch of the other side that shares most with the negated clause."""
    other = context.side(OTHER[side])
    clause = content_lemmas(list(negation.head.subtree))
    best: tuple[int, Sentence, list[Token]] | None = None
    for sentence in group.side(OTHER[side]):
        doc = other.docs[sentence.index]
        shared = [t for t in doc if t.lemma_.lower() in clause]
        if shared and (best is None or len(shared) > best[0]):
            verb = next((a for a in shared[0].ancestors if a.pos_ in ("VERB", "AUX")), shared[0])
            best = (len(shared), sentence, [*shared, verb])
    if best is None:
        return None
    spans = [other.span(best[1], t) for t in best[2]]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _until(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """Until they are not reinstated: a negator that Romance languages put for nothing."""
    ends = {
        s: [t for _, t in matched.words[s] if t.lower_ in _UP_TO and t.dep_ == "mark"]
        for s in SIDES
    }
    here, there = ends[side], ends[OTHER[side]]
    if len(here) != 1 or len(there) != 1:
        return None
    mark, verb, twin = here[0], here[0].head, there[0].head
    if not negated(verb) or negated(twin) or any(c.dep_ == "expl" for c in verb.children):
        return None  # "until there is no fear for it"
    theirs = {c for c in twin.children if c.dep_ in SUBJECTS}
    meet = any(matched.of(side, c) in theirs for c in verb.children if c.dep_ in SUBJECTS)
    if verb.lemma_ != twin.lemma_ and not meet:
        return None
    return Draft(
        *matched.spans(context, side, (mark, verb), (twin,)),
        message=(
            f"{side.upper()} has an end that does not come (“{mark.text} … not {verb.text}”), "
            f"{OTHER[side].upper()} one that does (“{twin.text}”)."
        ),
        severity="critical",
        confidence=0.75,
        likely_side=side,
    )


def _almost(
    context: Context,
    group: Group,
    side: Side,
    found: dict[Side, list[Negation]],
    matched: Match,
) -> Draft | None:
    """It nearly came to a fight, and it almost did not: "чуть не" is nearly."""
    for _, token in matched.words[side]:
        twin = matched.of(side, token)
        if token.lower_ not in _NEARLY or twin is None or twin.lower_ not in _NEARLY:
            continue
        verb, other = token.head, twin.head
        if verb.pos_ != "VERB" or other.pos_ != "VERB" or not negated(verb) or negated(other):
            continue
        own, theirs = set(verb.subtree), set(other.subtree)
        if sum(matched.of(side, t) in theirs for t in own) <= _MIN_SHARED:
            continue
        return Draft(
            *matched.spans(context, side, (token, verb), (twin, other)),
            message=(
                f"{side.upper()} has this nearly not come to pass, {OTHER[side].upper()} nearly "
                "come to pass."
            ),
            severity="critical",
            confidence=0.75,
        )
    return None


_NEARLY = frozenset(("nearly", "almost"))
_RULES = (
    *denials.RULES, *parity.RULES, _unless, _until, _almost, _only, _too, _not_denied, _judge,
    _same_verb, _not_called,
)  # fmt: skip

CHECK = Check(
    id="negation",
    summary="A statement that one text negates and the other does not.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "“Resign? Not at all,” he told supporters.", "“To resign? Absolutely,” said the leader."
        ),
        Example(
            "“It is not we who abandoned the patients, it is the government,” he said.",
            "“It is we, not the government, who abandoned the patients,” he said.",
        ),
        Example(
            "The absence of a sword does not prove that the tomb was a woman's.",
            "Because there is no sword, it can be concluded that the tomb was a woman's.",
        ),
        Example(
            "The appeal is unlikely to be settled before the end of the month.",
            "It is expected that the appeal will be concluded before the month ends.",
        ),
        Example(
            "Not all of the trainees have left the emergency room.",
            "In the emergency room none of the residents left.",
        ),
        Example(
            "Not every seafood product will benefit from it.",
            "All seafood products cannot benefit from it.",
        ),
        Example(
            "They are not necessarily opposed to nuclear power.",
            "They are by necessity not opposed to nuclear power.",
        ),
        Example(
            "The inspectors cannot have failed to notice the cracks.",
            "The inspectors could not notice the cracks.",
        ),
        Example(
            "It could not be claimed that Kudo had been unaware of it.",
            "It cannot be said that Kudo had grasped the situation.",
        ),
        Example(
            "Unions fear that the delay will cost jobs.",
            "The unions fear that the delay does not entail job losses.",
        ),
        Example(
            "No one has died in the fire.", "It is necessary to regret mortal victims in the fire."
        ),
        Example(
            "Residents may go home on Wednesday unless the wind picks up.",
            "The inhabitants will be able to return on Wednesday, provided that the wind rises.",
        ),
        Example(
            "Its license will lapse unless a buyer comes forward.",
            "It will lose its license if a buyer appears.",
        ),
        Example(
            "The school was forced to put off its sports day.",
            "The school must not postpone its sports day.",
        ),
        Example(
            "“We have only three weeks of cash left,” she said.",
            "“We do not have three weeks of cash left,” she said.",
        ),
        Example(
            "“There is no way around a new bridge,” he said.",
            "“No path leads to a new bridge,” he said.",
        ),
        Example(
            "Tomishima is not the only yard that cuts corners.",
            "It is only Tomishima that cuts corners.",
        ),
        Example(
            "The party had not decided whether to join her cabinet.",
            "The party has decided not to enter her cabinet.",
        ),
        Example(
            "The judges declined to halt the building work.",
            "The court decided to stop the building work.",
        ),
        Example(
            "Six adverse reactions were not reported to the committee in time.",
            "Six adverse reactions were never reported to the committee.",
        ),
        Example(
            "The government has yet to approve the plan.", "The government has approved the plan."
        ),
        Example(
            "The vaccine is safe for pregnant women.", "The vaccine is not safe for pregnant women."
        ),
        Example("It is not that we do not support him.", "We do not support him."),
        Example(
            "It is not impossible that they will come.", "It is impossible that they will come."
        ),
        Example("There is no shortage of volunteers.", "Volunteers are lacking."),
        Example(
            "The county had no choice but to cancel the fair.",
            "The county could not cancel the fair.",
        ),
        Example("She replied: “Not at all.”", "She answered: “Absolutely.”"),
        Example("A loss does not necessarily mean a crime.", "A loss is certainly not a crime."),
        Example("It cannot be said that there is no concern.", "There is no concern."),
        Example(
            "The state steps in unless the members approve the plan.",
            "The state steps in unless the members do not approve the plan.",
        ),
        Example(
            "I had given up hope of seeing the drawings again.",
            "I hoped more to see the drawings again.",
        ),
        Example("The two trains nearly collided.", "The two trains collided."),
        Example("The road is still closed.", "The road is no longer closed."),
        Example(
            "What we are short of is not vaccine but staff.",
            "There is a lack of vaccine, not of staff.",
        ),
        Example("The hospital failed to inform the family.", "The hospital informed the family."),
        Example(
            "The company does not dispute that dust reached the ice.",
            "The company denies that the dust reached the ice.",
        ),
        Example(
            "The panel did not rule out that the valve had been damaged.",
            "The group excludes that the valve had been damaged.",
        ),
        Example(
            "She had worked as director of the company before she became mayor.",
            "Before becoming mayor, she had not worked as director of the company.",
        ),
        Example(
            "Sales rose after he was on a show whose panel declined to fund the firm.",
            "Sales have risen since he was on a show whose panel did not refuse to fund the firm.",
        ),
        Example(
            "The match against Genoa was the 3,000th match in the history of the club.",
            "The match with Genoa was not the 3,000th match in the history of the club.",
        ),
        Example(
            "The others will follow unless the ministry withdraws the order.",
            "The rest will leave after them if the ministry cancels the order.",
        ),
        Example(
            "The festival opened on the 25th in Shaoshan.",
            "The festival did not kick off on the 25th in Shaoshan.",
        ),
        Example(
            "They were interested only in the painting.",
            "They were not interested in the painting.",
        ),
        Example(
            "The ruling binds both the company and the village.",
            "The judgment binds the company but not the village.",
        ),
        Example(
            "The kitchens stay shut until the results of the tests are in.",
            "The kitchens remain closed until the results of the tests do not arrive.",
        ),
        Example(
            "Nobody will go back until the men are reinstated.",
            "Nobody will go back until the men are not reinstated.",
        ),
        Example(
            "The meeting in the village nearly ended in a fight.",
            "In the village it almost did not come to a fight.",
        ),
        Example("He cannot help going up there.", "He cannot go up there."),
        Example(
            "The town had insured them for only 300,000 euros.",
            "The town had not insured them for 300,000 euros.",
        ),
        Example(
            "The families refuse to talk unless the owner apologizes.",
            "The families cannot talk as long as the owner apologizes.",
        ),
        Example(
            "The boss threatened to fire her unless she kept quiet.",
            "The boss threatened to dismiss her if she was silent.",
        ),
        Example(
            "Two superiors were sent to prosecutors without being arrested.",
            "Two superiors were arrested and sent to prosecutors.",
        ),
        Example(
            "Not a single yen of compensation had been paid.",
            "Compensation of 1 yen has been paid.",
        ),
        Example(
            "“I have not lost yet,” Vik told supporters.", "Vik said to supporters, “I just lost.”"
        ),
        Example(
            "He conceded that the checks could not be called sufficient.",
            "He said that the checks were sufficient.",
        ),
        Example(
            "He keeps his seat unless the council decides otherwise.",
            "He keeps his seat as long as the council decides otherwise.",
        ),
        Example(
            "Creditors were persuaded not to recall the loans.",
            "Creditors were persuaded to recall the loans.",
        ),
        Example(
            "He did not rule out a second package.",
            "He rejected the possibility of a second package.",
        ),
        Example(
            "The fee applies only to shops in the port.", "The fee will not affect port shops."
        ),
        Example("They may stay unless it rains.", "They may stay if it rains."),
        Example("It is too early to name a cause.", "A cause was named early."),
        Example("Do not fail to seek help early.", "Do not seek help early."),
        Example("It is impossible not to see the change.", "It is impossible to see the change."),
        Example("Nobody was arrested in the raid.", "One man was arrested in the raid."),
        Example(
            "No rent had been paid, and no contract had been signed.",
            "Rent was paid, and an agreement was not concluded.",
        ),
        Example("The law isn't the same for everyone.", "The law is the same for everyone."),
        Example("If I had gone back we would be dead.", "If I had not gone back we would be dead."),
        Example(
            "The city is guarded by police and not by the army.",
            "The city is guarded by police and the army.",
        ),
    ),
    passes=(
        Example(
            "The airline cannot rule out an impact on its results.",
            "It cannot be said that there will be no influence on the airline's results.",
        ),
        Example(
            "They had not been vaccinated against measles.",
            "They were unvaccinated against measles.",
        ),
        Example(
            "Not all of the trainees have left the emergency room.",
            "Some of the residents have not left the emergency room.",
        ),
        Example("The mine’s geologist warned of it.", "The geologist of the mine warned of it."),
        Example("I know of no other machine for this.", "I do not know any other device for this."),
        Example(
            "There is no doubt that she knew of it.", "It cannot be denied that she knew of it."
        ),
        Example("No one has died in the fire.", "There were 0 deaths in the fire."),
        Example(
            "The firm will keep its license unless it fails to pay.",
            "The company will lose its license if it does not pay.",
        ),
        Example("Only three weeks are left.", "There are not four weeks left."),
        Example("There is no way around a new bridge.", "There is no alternative to a new bridge."),
        Example("The yard is not the only one at fault.", "Other yards are at fault too."),
        Example(
            "The party has not decided whether to join.", "The party has yet to decide if it joins."
        ),
        Example(
            "The judges declined to halt the work.", "The judges decided not to stop the work."
        ),
        Example("It was not reported in time.", "It was reported late."),
        Example(
            "The government has yet to approve the plan.",
            "The government will approve the plan later.",
        ),
        Example("The bridge is not safe.", "The bridge is unsafe."),
        Example("Is it not Odry rather than Odra?", "Is it not Odra rather than Odry?"),
        Example(
            "The minister was forced to leave the country.",
            "The minister could not stay in the country.",
        ),
        Example("There was no rule at all.", "There was an absence of rules."),
        Example("What we are short of is workers, not orders.", "It is hands we lack, not work."),
        Example("It was almost finished by May.", "It was nearly done by May."),
        Example("He is no longer in office.", "He has left office."),
        Example(
            "Hikers should have been warned of the danger, an inquiry found.",
            "It would have been the duty, the report ends, to warn of it: this did not happen.",
        ),
        Example(
            "The hospital has not yet identified all the victims of the accident.",
            "Some of the victims of the accident have been identified by the hospital so far.",
        ),
        Example(
            "The drivers strike unless the order is called off.",
            "The drivers strike if the bosses do not take back the order.",
        ),
        Example(
            "The shrine stays shut until the dome is safe.",
            "The shrine remains closed until there is no fear for its dome.",
        ),
        Example(
            "The doctors saw no reason why the twins could not be separated.",
            "To separating the twins, for the doctors, there was no obstacle.",
        ),
        Example(
            "“We gave them water and nothing else,” she said.",
            "“Water was what they got from us, and only that,” she said.",
        ),
        Example(
            "The country wasn't prepared when the virus broke out.",
            "When the virus broke out, the country was ill-prepared.",
        ),
        Example(
            "The crew ran out of fuel two weeks before the ship docked.",
            "The crew had no more fuel two weeks ahead of the ship's arrival.",
        ),
        Example(
            "The search team has not reached the wreck.",
            "The search party has still to reach the wreck.",
        ),
        Example(
            "The manager saw the forged letters before head office did.",
            "It was the manager, and not head office, who first saw the forged letters.",
        ),
        Example(
            "Had the van had chains, the company would have sent it.",
            "Lacking chains, the van was not sent by the company.",
        ),
        Example(
            "The fair was held for the first time in four years.",
            "The fair, which had not been held for four years, was back.",
        ),
        Example(
            "They will not go back until they have been paid.",
            "They insist on being paid before they go back.",
        ),
        Example("Not all of the paintings were insured.", "Only some paintings were insured."),
        Example("She met only the foreign minister.", "She saw nobody but the foreign minister."),
        Example("He does not rule out a coalition.", "A coalition is possible, he says."),
        Example("It targets no third country.", "It is not aimed at any third country."),
        Example(
            "New cameras will not be in place before March.",
            "New cameras will have to wait at least until March.",
        ),
        Example(
            "The minister would not be drawn on the price of the land.",
            "The minister left open the price of the land.",
        ),
        Example("It is too early to name the guilty.", "To name the guilty is still early."),
        Example(
            "We would have lost one lane, not a bridge.",
            "We would have lost a lane and not a bridge.",
        ),
        Example(
            "Nobody pays the rent with a bonus.", "It is not with a bonus that one pays the rent."
        ),
        Example("Boil your tap water.", "Do not drink tap water without boiling it."),
        Example("It is the deepest lake in the world.", "No lake in the world is deeper."),
        Example("He was the first to speak.", "Nobody spoke before him."),
        Example(
            "The drug is not approved for children under 12.",
            "The drug is only approved for patients of 12 and over.",
        ),
        Example(
            "He is not expected to sign it before summer.",
            "He is expected to sign it in summer at the earliest.",
        ),
        Example("The trial is closed to the public.", "The public is not admitted to the trial."),
        Example("The road is closed to trucks.", "Trucks are not allowed on the road."),
        Example("The king turned down the offer.", "The king did not accept the offer."),
        Example("He will not run again next year.", "He will give up his seat next year."),
        Example("Neither side gave any details.", "Both sides kept silent about the details."),
        Example("He was known to the police.", "He was no stranger to the police."),
        Example("Lawmaker No Gyeong-tae welcomed it.", "Lawmaker Noh Kyung-tae welcomed it."),
        Example("He would not visit the altar.", "He had no plans to visit the altar."),
        Example("Prosecutors did not appeal.", "The prosecution decided against an appeal."),
        Example("It was not a corner.", "That wasn't a corner kick."),
        Example("Not only farmers complained.", "Farmers and others complained."),
        Example(
            "She may go unless the doctors find a fault.",
            "If the doctors find no fault, she may go.",
        ),
        Example("He has not yet confirmed it.", "He has yet to confirm it."),
        Example("It had not rained since May.", "The last rain was in May."),
        Example("The office is only for members.", "The office does not serve others."),
        Example("The trams stood still.", "The city was without trams."),
        Example("He was too ill to travel.", "He was ill and could not travel."),
        Example("Nine matches without defeat.", "Unbeaten in nine matches."),
        Example("The talks failed to end the strike.", "The talks did not end the strike."),
        Example(
            "She does not believe lamps are to blame.", "Lamps are not to blame, she believes."
        ),
        Example("No fewer than nine people came.", "At least nine people came."),
    ),
)
