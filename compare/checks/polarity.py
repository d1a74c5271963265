"""``polarity``: an opposite in place of a word: convicted for acquitted, rose for fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, once_each, said, two_ways
from compare.checks.connectives import linked_otherwise
from compare.dates import UNIT_DAYS
from compare.match import Match, is_content, match, roots, same_role
from compare.numerals import ONES, find_numerals
from compare.polarity import (
    CONTENT,
    RARELY,
    RARELY_REACH,
    grade,
    is_implicit,
    negated,
    surroundings,
    vocabulary,
)
from compare.quantities import Kind
from compare.records import OTHER, SIDES, Group, Sentence, Side
from compare.verbs import SUBJECTS, helpers, particle

if TYPE_CHECKING:
    from spacy.tokens import Token

_SLOT = 1.0
"""How alike the places of two words must be (:meth:`Match.slot`) …"""
_ALIKE = 0.5
"""… and the sentences, for words that are opposites in one of their senses."""
_THE_SAME = 0.7
"""So much of the words matched, the sentences say one thing but for the opposites."""
_SOME = 0.4
_OVER = 3
_GOVERNED = ("xcomp", "pobj", "pcomp", "prep", "dobj", "amod", "acl")
_Word = tuple["Sentence", "Token"]


def find(context: Context) -> Iterator[Draft]:
    """Per group, the pairs of opposites that stand for each other."""
    for group in context.linked:
        words = {side: _words(context.side(side), group.side(side)) for side in SIDES}
        lemmas = {side: {t.lemma_.lower() for _, t in words[side]} for side in SIDES}
        # A word that both sides have contradicts nothing.
        own = {
            side: [w for w in words[side] if w[1].lemma_.lower() not in lemmas[OTHER[side]]]
            for side in SIDES
        }
        matched = match(context, group)
        yield from _turned_about(context, group, matched)
        yield from _share_turned(context, matched)
        yield from _compared(context, matched)
        yield from _changes(context, matched)
        yield from _by_figure(context, group, matched)
        yield from _all_but(context, matched)
        yield from _worded(group)
        yield from _suspended(context, group)
        yield from linked_otherwise(context, group)
        for (sentence_a, a), (sentence_b, b) in product(own["a"], own["b"]):
            confidence = _confidence(a, b, lemmas, matched)
            if confidence:
                yield Draft(
                    a=context.a.span(sentence_a, a),
                    b=context.b.span(sentence_b, b),
                    message=(
                        f"A says “{a.text}”, B “{b.text}”: the opposite, "
                        "where both speak of the same thing."
                    ),
                    severity="critical" if _is_verdict(a) or _is_verdict(b) else "major",
                    confidence=confidence,
                )


_WAYS = tuple(
    (what, re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for what, one, other in (
        (
            "a profit and a loss",
            r"\b(?:in|into|to)\s(?:the\sblack|(?:a\s|an?\s\w+\s)?(?:profit|surplus)(?:ability)?)\b"
            r"|\bturn(?:ed|s|ing)?\sa\sprofit\b",
            r"\b(?:in|into|to)\s(?:the\sred|(?:a\s|an?\s\w+\s)?(?:deficit|loss(?:es)?))\b",
        ),
        (
            "before everybody and before nobody",
            r"\b(?:in\s(?:the\s)?(?:public|open)|openly|publicly|in\sopen\s(?:court|session))\b"
            r"(?!\s(?:interest|service|opinion|money|hands|transport|places|spaces|debt|sector|life|eye))",
            r"\b(?:in\s(?:secret|private|camera)|behind\sclosed\sdoors|secretly|privately|in\sclosed\ssession)\b",
        ),
        (
            "before it and when it was over",
            r"\b(?:in\sadvance|beforehand|ahead\sof\stime)\b",
            r"\b(?:afterwards?|after\sthe\sfact|retroactively|retrospectively|in\sretrospect)\b",
        ),
        (
            "for nothing and for money",
            r"\b(?:free\sof\scharge|for\sfree|at\sno\s(?:cost|charge)|without\s(?:charge|payment))\b",
            r"\b(?:for|against)\s(?:a\s)?(?:\w+\s)?(?:charge|fee|payment)\b",
        ),
        (
            "its beginning and its end",
            r"\b(?:t(?:akes?|ook|aken|aking)\seffect|(?:enters?|entered|comes?|came|put|goes|went)\sinto\s(?:force|effect))\b",
            r"\b(?:expires?|expired|lapses?|lapsed|(?:ceases?|ceased)\sto\sapply|r[au]ns?\sout)\b",
        ),
        (
            "no vote and a vote against it",
            r"\babst(?:ain(?:ed|s|ing)?|entions?)\b",
            r"\b(?:vot(?:e|ed|es|ing)\sagainst|votes\sagainst|against\svotes)\b",
        ),
        (
            "the first of several and the only one",
            r"\bthe\sfirst\s\w+\s(?:to|who|that)\b",
            r"\bthe\sonly\s\w+\s(?:to|who|that)\b",
        ),
        (
            "those in power and those who are not",
            r"(?<!non-)\bruling\s(?:party|parties|coalition|bloc|camp|alliance|lawmakers?)\b"
            r"|\bgovern(?:ing|ment)\s(?:party|parties|coalition|camp)\b",
            r"\bopposition\b(?!\sto\b)",
        ),
        (
            "not guilty and guilty",
            r"\b(?:clear(?:s|ed|ing)?\s(?:[\w’'-]+\s){0,4}?of\b|exonerat(?:e|ed|es|ing)\b"
            r"|absolv(?:e|ed|es|ing)\b|found\s(?:to\sbe\s)?innocent\b)",
            r"(?<!not\s)(?<!plead\s)(?<!pleads\s)(?<!pleaded\s)(?<!pled\s)\bguilty\b|\bconvict(?:ed|s|ing)\b",
        ),
        (
            "what is wanted and what is given up",
            r"\bcall(?:ed|s|ing)?\soff\b",
            r"\bcall(?:ed|s|ing)?\s(?:for|on)\b",
        ),
    )
)
"""What two texts can say in words that exclude each other, where each says one of them once."""


def _worded(group: Group) -> Iterator[Draft]:
    """Back in the black in one text, into a deficit in the other; in public, in secret."""
    for what, *ways in _WAYS:
        for here, there in (ways, ways[::-1]):
            both = once_each(group, "a", here, there)
            if both is not None:
                a, b = (m.group() for _, m in both)
                yield two_ways("a", *both, f"A says “{a}”, B “{b}”: {what}.")


_PRISON = re.compile(
    r"\bsentenc(?:ed?|es|ing)\b[^.;]{0,80}?\b(?:prison|jail|imprisonment|behind\sbars)\b"
    r"|\b(?:years?|months?)\s(?:in\s(?:prison|jail)|of\simprisonment|behind\sbars)\b"
    r"|\b(?:prison|jail)\s(?:term|sentence)\b",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(r"\b(?:suspended|probation|on\sparole|conditional(?:ly)?)\b", re.IGNORECASE)
_RESERVED = re.compile(
    r"\b(?:execution|postponed|deferred|stayed|reprieve|respite|firm|without\sparole)\b",
    re.IGNORECASE,
)
_SENTENCED = re.compile(r"\b(?:sentenc\w+|prison|jail\w*|imprison\w+)\b", re.IGNORECASE)


def _suspended(context: Context, group: Group) -> Iterator[Draft]:
    """Three years in prison, three years on probation: who is free, and who is not."""
    for side in SIDES:
        prison, free = said(_PRISON, group, side), said(_SUSPENDED, group, OTHER[side])
        if len(prison) != 1 or len(free) != 1 or not said(_SENTENCED, group, OTHER[side]):
            continue
        if _SUSPENDED.search(text := context.side(side).text) or _RESERVED.search(text):
            continue  # told in another place, or in other words
        yield two_ways(
            side, prison[0], free[0],
            f"{side.upper()} tells of prison (“{prison[0][1].group()}”), {OTHER[side].upper()} of "
            f"a sentence that is not served there (“{free[0][1].group()}”).",
        )  # fmt: skip


def _turned_about(context: Context, group: Group, matched: Match) -> Iterator[Draft]:
    """Opposite prepositions and conjunctions between the same words: before a vote, after it."""
    found = {
        side: [
            (s, t)
            for s, t in matched.words[side]
            if t.pos_ in ("ADP", "SCONJ", "ADV") and t.lower_ in _OPPOSITE
        ]
        for side in SIDES
    }
    said = {side: {t.lower_ for _, t in found[side]} for side in SIDES}
    for (sentence_a, a), (sentence_b, b) in product(found["a"], found["b"]):
        if _OPPOSITE[a.lower_] != b.lower_ or b.lower_ in said["a"] or a.lower_ in said["b"]:
            continue
        over, under = _ends(a), _ends(b)
        if not over[1] or not under[1]:
            continue
        # "not before", "only after"
        if any(_limiting(t) for ends in (over, under) for t in (ends[0], *ends[1])):
            continue
        same_head = matched.of("a", over[0]) == under[0] or (
            over[0].pos_ == under[0].pos_ == "VERB" and matched.slot(over[0], under[0]) >= _SLOT
        )
        if not same_head or not any(matched.of("a", t) in under[1] for t in over[1]):
            continue
        yield Draft(
            a=context.a.span(sentence_a, a),
            b=context.b.span(sentence_b, b),
            message=f"A says “{a.text}”, B “{b.text}” of the same things: the opposite.",
            severity="major",
            confidence=0.7,
        )


def _share_turned(context: Context, matched: Match) -> Iterator[Draft]:
    """One share of opposite things: 70 percent fail, the chance of success is 70 percent."""
    shares = {side: _shares(matched, side) for side in SIDES}
    if not set(shares["a"]) & set(shares["b"]) or len(shares["a"]) + len(shares["b"]) > 2:
        return
    for (sentence_a, a), (sentence_b, b) in product(matched.lone("a"), matched.lone("b")):
        if (
            {a.pos_, b.pos_} <= {"NOUN", "VERB"}
            and _by_its_share(a)
            and _by_its_share(b)
            and not any(_rest_or_way_out(t) or t.lower_ == "share" for t in (a, b))
            and _opposed_roots(_lemma(a), _lemma(b))
            and _affirmed(a) == _affirmed(b)
        ):
            yield Draft(
                a=context.a.span(sentence_a, a),
                b=context.b.span(sentence_b, b),
                message=(
                    f"A says “{a.text}”, B “{b.text}”, and both give the same percentage: "
                    "it can be the share of one of them alone."
                ),
                severity="critical",
                confidence=0.75,
            )
            return


def _by_its_share(token: Token) -> bool:
    """Whether a percentage stands in the clause of a word."""
    clause: list[str] = []
    for other in token.doc:
        if other.text in (",", ";", ":"):
            if other.i > token.i:
                break
            clause = []
        clause.append(other.lower_)
    return not {"%", "percent", "per"}.isdisjoint(clause)


def _compared(context: Context, matched: Match) -> Iterator[Draft]:
    """More on roads than on schools, more for schools than for roads."""
    told = {side: list(_comparisons(matched, side)) for side in SIDES}
    for grade_a, first_a, second_a, words_a in told["a"]:
        for grade_b, first_b, second_b, words_b in told["b"]:
            there = {matched.of("a", t) for t in first_a} & second_b
            back = {matched.of("a", t) for t in second_a} & first_b
            if grade_a == grade_b and there and back:
                yield Draft(
                    a=matched.span(context.a, *words_a),
                    b=matched.span(context.b, *words_b),
                    message="What is compared has changed places: the greater is the smaller.",
                    severity="major",
                    confidence=0.75,
                )
                return


def _comparisons(
    matched: Match, side: Side
) -> Iterator[tuple[int, set[Token], set[Token], tuple[Token, ...]]]:
    """(grade, nouns before "than", nouns behind it, the words) of each comparison."""
    for _, token in matched.words[side]:
        if token.lower_ != "than":
            continue
        near = token.doc[max(0, token.i - _BEFORE) : token.i]
        comparative = next((t for t in reversed(near) if grade(t)), None)
        if comparative is None:
            continue
        between = [t for t in token.doc[comparative.i : token.i] if is_content(t)]
        second = [t for t in token.doc[token.i : token.i + _BEHIND] if is_content(t)]
        words = (comparative, token, *between, *second[:1])
        yield grade(comparative), set(between), set(second[:2]), words


_BEFORE, _BEHIND = 7, 6


def _changes(context: Context, matched: Match) -> Iterator[Draft]:
    """Less than 4.4 billion in one text, expanded from 4.4 billion in the other."""
    rise, fall = vocabulary().classes[0]
    moves = {side: _moved(matched, side, rise, fall) for side in SIDES}
    for figure, (up_a, words_a) in moves["a"].items():
        up_b, words_b = moves["b"].get(figure, (up_a, ()))
        if up_a != up_b:
            yield Draft(
                a=matched.span(context.a, *words_a),
                b=matched.span(context.b, *words_b),
                message=(
                    f"Measured against {figure}, this is more in {'A' if up_a else 'B'} and less "
                    f"in {'B' if up_a else 'A'}."
                ),
                severity="critical",
                confidence=0.75,
            )
            return


def _moved(
    matched: Match, side: Side, rise: frozenset[str], fall: frozenset[str]
) -> dict[str, tuple[bool, tuple[Token, ...]]]:
    """Figures that something is said to be above or below: whether above, and the words."""
    found: dict[str, tuple[bool, tuple[Token, ...]]] = {}
    for _, token in matched.words[side]:
        if not token.like_num or not any(c.isdigit() for c in token.text):
            continue
        link = next((t for t in (token, *token.ancestors) if t.lower_ in ("than", "from")), None)
        if link is None or not 0 < token.i - link.i <= _REACH:
            continue
        if link.lower_ == "than":
            near = reversed(token.doc[max(0, link.i - 2) : link.i])
            word = next((t for t in near if grade(t)), None)
            up = word is not None and grade(word) > 0
        else:
            word = link.head if link.head.lemma_.lower() in rise | fall else None
            up = word is not None and word.lemma_.lower() in rise
        if word is not None and not negated(word):
            found[token.text] = (up, (word, link))
    return found


def _by_figure(context: Context, group: Group, matched: Match) -> Iterator[Draft]:
    """What is above a figure or rises by it in one text, and below or falls in the other."""
    if matched.share() < _SOME:
        return
    moves = {side: _directions(context.side(side), group, side) for side in SIDES}
    for figure, (up, words) in moves["a"].items():
        other = moves["b"].get(figure)
        if other is None or up == other[0]:
            continue
        yield Draft(
            a=matched.span(context.a, *words),
            b=matched.span(context.b, *other[1]),
            message=(
                f"Of the same figure A has “{words[0].text}”, B “{other[1][0].text}”: up in one "
                "text, down in the other."
            ),
            severity="critical",
            confidence=0.75,
        )
        return


_ABOVE = frozenset("above over beyond exceeding".split())
_BELOW = frozenset("below under beneath".split())
_UP = frozenset("add boost beat exceed top surpass outstrip raise increase lift".split())
_DOWN = frozenset("cut reduce lower trim slash miss undershoot decrease".split())
_MOVERS = frozenset("push bring drive pull go come move send take lead".split())
_STEPS = 4
"""Words between a figure and the verb that it is the measure of."""
_PAIR_OF_MONEY = frozenset("yen dollar euro won yuan rouble ruble pound peso lira franc".split())
"""When one of them falls the other rises."""


def _directions(
    text: Annotated, group: Group, side: Side
) -> dict[tuple[str, Fraction], tuple[bool, tuple[Token, ...]]]:
    """By figure (its kind and value), whether it is upwards, and the words that say so."""
    found: dict[tuple[str, Fraction], tuple[bool, tuple[Token, ...]]] = {}
    twice = set()
    for sentence in group.side(side):
        doc = text.docs[sentence.index]
        for quantity in text.quantities[sentence.index]:
            if quantity.kind not in (Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.COUNT):
                continue
            key = (quantity.unit, abs(quantity.value))
            inside = [
                t
                for t in doc
                if quantity.number.start - sentence.start
                <= t.idx
                < quantity.number.end - sentence.start
            ]
            if key in found:
                twice.add(key)
            direction = _direction(inside[-1]) if inside else None
            if direction is not None:
                found[key] = direction
    return {key: value for key, value in found.items() if key not in twice}


def _direction(figure: Token) -> tuple[bool, tuple[Token, ...]] | None:
    """Which way a figure goes by the words over it; None where they do not say."""
    rise, fall = vocabulary().classes[0]
    link: Token | None = None
    for steps, token in enumerate(figure.ancestors):
        if steps > _STEPS:
            return None
        lemma = token.lemma_.lower()
        if token.pos_ == "ADP" and lemma in _ABOVE | _BELOW and link is None:
            link = token
        if token.pos_ == "ADP" and lemma in ("from", "to", "than", "since", "with"):
            return None  # the start or the end of a change, not its size
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if negated(token) or not _affirmed(token):
            return None
        if any(c.lemma_.lower() in _PAIR_OF_MONEY for c in _subjects(token)):
            return None
        if link is not None:
            return link.lower_ in _ABOVE, (token, link)
        beside = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod")}
        for up, verbs, word in ((True, rise | _UP, "up"), (False, fall | _DOWN, "down")):
            if lemma in verbs or (lemma in _MOVERS and word in beside):
                return up, (token,)
        return None
    return None


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in SUBJECTS]


_REACH = 4
"""Words between "than" or "from" and its figure."""


def _all_but(context: Context, matched: Match) -> Iterator[Draft]:
    """All but two in one text, two in the other."""
    for side in SIDES:
        partners = matched.words[OTHER[side]]
        excepted = any(t.lower_ in _BUT for _, t in partners)
        for _, token in matched.words[side]:
            if token.lower_ != "but" or not token.i or token.i + 1 == len(token.doc):
                continue
            number = token.nbor(1)
            if token.nbor(-1).lower_ not in ("all", "everyone", "everybody") or not number.like_num:
                continue
            twin = next(
                (t for _, t in partners if t.like_num and _value(t) == _value(number)), None
            )
            if twin is None or matched.share() < _SOME:
                continue
            if _rest_told(matched, side, number):
                continue  # "fifteen of the sixteen"
            if excepted and not _has_it(matched, side, token.nbor(-1), twin):
                continue
            over = (twin.head, *twin.ancestors)
            others = any(negated(v) for v in over if v.pos_ in ("VERB", "AUX"))
            if others:
                continue
            yield Draft(
                *matched.spans(context, side, (token.nbor(-1), token, number), (twin, twin.head)),
                message=(
                    f"{side.upper()} excepts “{number.text}” of all, {OTHER[side].upper()} tells "
                    "this of them alone."
                ),
                severity="critical",
                confidence=0.7,
            )
            return


def _value(number: Token) -> str:
    """A number in digits where it is a plain word: three and 3."""
    return str(ONES.get(number.lower_, number.lower_))


def _rest_told(matched: Match, side: Side, number: Token) -> bool:
    """Whether the other side has how many the others are."""
    few = _value(number)
    if not few.isdecimal():
        return False
    told = {
        s: {n.value for text in {x.text for x, _ in matched.words[s]} for n in find_numerals(text)}
        for s in SIDES
    }
    return any(n - int(few) in told[OTHER[side]] for n in told[side])


def _has_it(matched: Match, side: Side, all_: Token, number: Token) -> bool:
    """Whether those excepted have what all others have: "except for 3 who were discharged"."""
    verb = next((t for t in all_.ancestors if t.pos_ == "VERB"), None)
    twin = None if verb is None else matched.of(side, verb)
    return twin is not None and twin.dep_ == "relcl" and twin.head == number.head


_BUT = frozenset(
    "except excepted excepting save bar but apart besides remaining remain still other rest "
    "exception exceptions exemption".split()
)


def _shares(matched: Match, side: Side) -> list[str]:
    """The percentages of a side, but one half, which is the share of both."""
    return [
        t.text
        for _, t in matched.words[side]
        if t.like_num
        and t.text != "50"
        and t.i + 1 < len(t.doc)
        and t.nbor(1).lower_ in ("%", "percent", "per")
    ]


def _opposed_roots(x: str, y: str) -> bool:
    """Whether two lemmas, or words of their roots, are opposites other than of movement.

    >>> _opposed_roots("fail", "success"), _opposed_roots("rise", "decrease")
    (True, False)
    """
    words = vocabulary()
    if any(
        x in kind and y in other
        for one, two in words.classes
        for kind, other in ((one, two), (two, one))
    ):
        return False
    return any(words.opposed(one, two) for one in _stems(x) for two in _stems(y))


def _stems(lemma: str) -> frozenset[str]:
    """The words of a lemma's root; of a verb's noun in -ing the verb too."""
    if not lemma.endswith("ing"):
        return roots(lemma)
    base = lemma.removesuffix("ing")
    return roots(lemma) | roots(base) | roots(f"{base}e")


_OPPOSITE = {
    x: y
    for pair in (
        ("before", "after"),
        ("inside", "outside"),
        ("above", "below"),
        ("for", "against"),
        ("over", "under"),
        ("within", "outside"),
        ("into", "out"),
        ("with", "without"),
    )
    for x, y in (pair, pair[::-1])
}


def _limiting(token: Token) -> bool:
    """Whether something that negates or limits stands near a word."""
    near = (token, *token.children, token.head, *token.head.children)
    negators = vocabulary().negators
    return any(
        t.lower_ not in _OPPOSITE
        and (is_implicit(t) or t.lower_ in negators or t.lower_ in _LIMITS)
        for t in near
    )


_LIMITS = frozenset(("only", "until", "just", "not"))


def _ends(token: Token) -> tuple[Token, list[Token]]:
    """What a preposition or conjunction joins: the word over it, the words under it."""
    if token.dep_ in ("mark", "advmod") and token.head.dep_ == "advcl":
        return token.head.head, [token.head]
    behind = [token, *(c for c in token.children if c.dep_ == "prep")]  # "out of"
    return token.head, [c for t in behind for c in t.children if c.dep_ in ("pobj", "pcomp")]


def _words(side: Annotated, sentences: tuple[Sentence, ...]) -> list[_Word]:
    return [
        (s, t)
        for s in sentences
        for t in side.docs[s.index]
        if t.is_alpha and t.pos_ in CONTENT and t.pos_ != "PROPN"
    ]


def _rest_or_way_out(token: Token) -> bool:
    """Whether "left" is what remains or stays as it is, or "came out of" is to leave."""
    if token.lower_ == "left" and token.tag_ == "VBN":
        if any(c.dep_ == "auxpass" for c in token.children):
            return True  # "the rest is left to the regions"
        return token.dep_ in ("acl", "amod", "oprd", "acomp", "advmod")
    if token.lemma_ == "leave":
        objects = [c for c in token.children if c.dep_ == "dobj"]
        if any(c.pos_ == "PRON" or c.ent_type_ == "" for c in objects) and any(
            c.dep_ in ("prep", "dative", "oprd")
            and not any(g.ent_type_ == "DATE" for g in c.children)
            for c in token.children
        ):
            return True  # "leave their tractors outside", "left it to the world"
        return bool(objects) and any(c.lower_ == "unchanged" for c in token.children)
    return token.lemma_ == "come" and any(c.lower_ in ("out", "off") for c in token.children)


def _confidence(a: Token, b: Token, lemmas: dict[Side, set[str]], matched: Match) -> float:
    """How surely two words contradict each other; 0 where they do not."""
    words = vocabulary()
    if _rest_or_way_out(a) or _rest_or_way_out(b):
        return 0.0
    x, y = _lemma(a), _lemma(b)
    # past participles that the tagger calls adjectives keep their own form as lemma
    forms = ((x, y), (a.lower_, b.lower_))
    opposed = any(words.opposed(*form) for form in forms) or (
        # "the hiring", "the dismissal"
        a.pos_ == b.pos_ == "NOUN"
        and bool(surroundings(a) & surroundings(b))
        and _opposed_roots(x, y)
    )
    if not opposed and _decided(x, y) and _one_object(a, b, matched):
        opposed = True
    if not opposed and not any(words.nearly_opposed(*form) for form in forms):
        return 0.0
    participles = a.lower_.endswith("ed") and b.lower_.endswith("ed")  # unarmed, armed
    if (_kind(a) != _kind(b) and not (opposed and participles)) or _affirmed(a) != _affirmed(
        b
    ):  # the opposite negated is the same
        return 0.0
    # the other side has the word's own opposite too: "not the winner but the loser", or the word
    # itself in another form: "eastward", "east"
    if any(_same_beginning(x, w) for w in lemmas["b"]) or any(
        _same_beginning(y, w) for w in lemmas["a"]
    ):
        return 0.0
    # "reopen after a closure" knows of the closed one
    if roots(y) & lemmas["a"] or roots(x) & lemmas["b"]:
        return 0.0
    # a text that has both of its own, "imposed in May and to be lifted", tells of two things
    if any(words.opposed(x, w) for w in lemmas["a"]) or any(
        words.opposed(y, w) for w in lemmas["b"]
    ):
        return 0.0
    if any(_no_opposite(t) for t in (a, b)) or _both_true(a, b, matched):
        return 0.0
    slot, share = matched.slot(a, b), matched.share()
    if not opposed:
        return 0.65 if slot >= _SLOT and share >= _ALIKE else 0.0
    if surroundings(a) & surroundings(b) or slot >= _SLOT:
        return 0.8
    if slot >= _SLOT / 2 or (share >= _THE_SAME and same_role(a, b)):
        return 0.65
    prefixed = a.lower_.endswith(b.lower_) or b.lower_.endswith(a.lower_)  # indirectly, directly
    return 0.65 if prefixed and share >= _SOME and same_role(a, b) else 0.0


def _decided(x: str, y: str) -> bool:
    """Whether one verb grants and the other rejects."""
    grant, reject = vocabulary().decisions
    return (x in grant and y in reject) or (x in reject and y in grant)


def _one_object(a: Token, b: Token, matched: Match) -> bool:
    """Whether two verbs are of the same object: "dismissed the appeal", "upheld the appeal"."""
    ours, theirs = ([c for c in t.children if c.dep_ in ("dobj", "nsubjpass")] for t in (a, b))
    if any(matched.of("a", c) in theirs for c in ours):
        return True
    # "turned down the offer", "passed the proposal", where nothing else is said
    lone = all(matched.of("a", c) is None for c in ours) and all(
        matched.of("b", c) is None for c in theirs
    )
    return bool(ours and theirs) and lone and matched.share() >= _ALIKE


def _no_opposite(token: Token) -> bool:
    """Whether a word does not say here what its opposite is the opposite of."""
    a_few = token.lower_ == "few" and token.i and token.nbor(-1).lower_ == "a"
    unreal = {"would", "have"} <= {t.lower_ for t in helpers(token)}  # "would have allowed it"
    return (
        bool(a_few)
        or unreal
        or _of_the_calendar(token)
        or _part_of_word(token)
        or _judged(token)
        or _survived_by(token)
    )


_KIN = frozenset("wife husband widow widower son daughter child sister brother family".split())


def _survived_by(token: Token) -> bool:
    """Whether to "leave" is to die before somebody: "leaves a wife and two daughters"."""
    return token.lemma_ == "leave" and any(
        c.dep_ == "dobj" and c.lemma_ in _KIN for c in token.children
    )


def _both_true(a: Token, b: Token, matched: Match) -> bool:
    """Whether two opposites are told of two things, or are two sides of one."""
    lemmas = {_lemma(a), _lemma(b)}
    if all(t.lower_ in _LIMITING and t.doc[t.i + 1 : t.i + 2].text == "than" for t in (a, b)):
        return True  # a limit, which "number" reads with what is denied of it
    if all(any(c.lemma_.lower() in _PAIR_OF_MONEY for c in _subjects(t)) for t in (a, b)):
        return True  # the yen fell, the dollar rose
    if matched.of("a", a) is not None and matched.of("b", b) is not None:
        return True  # each has its counterpart: dismissed and taken back, reinstated and sacked
    if lemmas in _CONVERSES and not _one_doer(a, b, matched):
        return True  # what one sells another buys
    if "lose" in lemmas and _won_by_the_other(a, b, matched):
        return True  # the town is lost to those who capture it
    if lemmas <= _PHASES and not _one_subject(a, b, matched):
        return True  # the strike began, production stopped
    return _compared_with(a) != _compared_with(b)


_LIMITING = frozenset(("more", "less", "fewer"))


def _of_the_calendar(token: Token) -> bool:
    """Whether it tells a date: "the beginning of March", "last month", no opposite of "first"."""
    if token.lower_ in ("beginning", "start", "end"):
        return token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"
    unit = token.head.lemma_.lower()
    return token.lower_ == "last" and (unit in UNIT_DAYS or token.head.ent_type_ == "DATE")


def _compared_with(token: Token) -> bool:
    """Whether it is a comparative of time that says than what: earlier than the other is."""
    return token.lower_ in ("earlier", "later", "sooner") and any(
        c.lower_ == "than" for c in token.children
    )


def _part_of_word(token: Token) -> bool:
    """Whether it says nothing by itself: "brother-in-law", "23-year-old"."""
    before, after = token.doc[: token.i].text[-1:], token.doc[token.i + 1 : token.i + 2].text
    return "-" in (before, after)


def _judged(token: Token) -> bool:
    """Whether "find" is to judge: "found against her", "was found to have lied"."""
    return token.lemma_ == "find" and any(
        c.lower_ in ("against", "for", "in", "guilty") or c.dep_ in ("xcomp", "ccomp")
        for c in token.children
    )


_CONVERSES = (
    {"buy", "sell"},
    {"sell", "purchase"},
    {"sell", "acquire"},
    {"lend", "borrow"},
    {"give", "receive"},
    {"send", "receive"},
    {"teach", "learn"},
    {"question", "answer"},
)


def _one_doer(a: Token, b: Token, matched: Match) -> bool:
    """Whether both texts name the same one as who does this."""
    one, two = (next(iter(_subjects(t)), None) for t in (a, b))
    if one is None or two is None:
        return False
    return matched.of("a", one) == two and (one.dep_ == two.dep_)


def _won_by_the_other(a: Token, b: Token, matched: Match) -> bool:
    """Whether whoever wins in one text is whom it is lost to in the other."""
    here: Side = "a" if a.lemma_ == "lose" else "b"
    loses, wins = (a, b) if here == "a" else (b, a)
    rivals = {
        g
        for t in (loses, *loses.children)
        for c in t.children
        if c.lower_ in ("to", "against")
        for g in c.children
    }
    return any(matched.of(here, t) in set(_subjects(wins)) for t in rivals)


_PHASES = frozenset("begin start open commence resume stop end halt close cease finish".split())


def _one_subject(a: Token, b: Token, matched: Match) -> bool:
    """Whether what begins in A can be what ends in B."""
    one, two = _theme(a), _theme(b)
    if one is None or two is None or "PRON" in (one.pos_, two.pos_):
        return True
    return matched.of("a", one) == two


def _theme(verb: Token) -> Token | None:
    """What begins or ends: the object where there is one, else the subject."""
    below = {c.dep_: c for c in verb.children}
    theme = below.get("dobj") or below.get("nsubjpass") or below.get("nsubj")
    if theme is None and verb.dep_ == "xcomp":
        return _theme(verb.head)
    if theme is not None and theme.tag_ == "WDT":
        return next((t for t in verb.ancestors if t.pos_ in ("NOUN", "PROPN")), theme)
    return theme


def _same_beginning(x: str, y: str) -> bool:
    return x == y or (min(len(x), len(y)) > 3 and (x.startswith(y) or y.startswith(x)))


def _affirmed(token: Token) -> bool:
    """Whether an even number of words turns a word round: "failed to win" has one."""
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    measured = grade(token) or token.lower_ in ("enough", "sufficient", "adequate")
    if "non" in before[:1] or (measured and {"no", "not"} & set(before)):
        return _turned(token)  # "non-systematic", "no more than"
    near = token.doc[max(0, token.i - RARELY_REACH) : token.i]
    if grade(token) and any(t.lower_ in RARELY for t in near):
        return _turned(token)
    if token.lower_ == "ever":
        if any(t.lower_ in _NOT_EVER for t in token.doc[: token.i]):
            return False
        return not _turned(token.head)  # "denied ever having seen it"
    over = token.head if token.dep_ in ("advmod", "oprd") or _deemed(token) else None
    denied = negated(token) or (over is not None and over.pos_ == "VERB" and negated(over))
    denied = denied or _of_few(token)
    return (denied + _of_what_is_denied(token)) % 2 == _turned(token)


def _of_few(verb: Token) -> bool:
    """Whether hardly anybody does it: "few supported it" is "most opposed it"."""
    for subject in verb.children:
        if subject.dep_ in ("nsubj", "nsubjpass"):
            words = [subject, *subject.children, *(g for c in subject.children for g in c.children)]
            few = any(t.lower_ in _FEW for t in words)
            return few and not any(t.lower_ in _A_FEW for t in words)
    return False


_FEW = RARELY | {"few"}
_A_FEW = frozenset(("a", "the", "these", "those", "quite", "some"))
_NOT_EVER = frozenset(("nobody", "never", "no", "none", "without"))


def _deemed(token: Token) -> bool:
    """Whether it is what something is thought to be: "did not consider it worth"."""
    thought = token.head.lemma_ in ("consider", "think", "find", "deem", "regard", "believe")
    return token.dep_ == "ccomp" and token.pos_ in ("ADJ", "ADP") and thought


def _of_what_is_denied(token: Token) -> bool:
    """Whether what a word is said of is denied: "no reason to stop", "unless it wins"."""
    if any(c.lower_ == "unless" for c in token.children):
        return True
    if token.dep_ not in ("acl", "xcomp", "advcl", "relcl") or token.head.pos_ != "NOUN":
        return False
    noun = token.head
    over = [*noun.children, *(noun.head.children if noun.head.lemma_ in ("be", "have") else ())]
    return any(c.lower_ in ("no", "not", "n't", "without") for c in over)


def _lemma(token: Token) -> str:
    """The lemma, of a verb with its particle: "vote down"."""
    if _lowers(token):
        return "lower"
    return f"{token.lemma_.lower()} {particle(token)}".strip()


def _lowers(token: Token) -> bool:
    """Whether "lower" is a verb that the tagger calls an adjective: "promised to lower rents"."""
    return token.lower_ == "lower" and token.i > 0 and token.nbor(-1).lower_ == "to"


def _kind(token: Token) -> str:
    """Verbs and the adjectives made of them are one kind here."""
    if _lowers(token):
        return "VERB"
    if token.pos_ in ("VERB", "ADJ") and token.tag_ in ("VBN", "VBD", "VBG", "VB", "VBP", "VBZ"):
        return "VERB"
    return token.pos_


def _turned(token: Token) -> bool:
    """Whether a word over or beside it turns it round: "failed to win"."""
    near = [c for c in token.children if c.dep_ in ("advmod", "det") and c.lower_ != "too"]
    over, steps = token, 0
    while steps < _OVER and over.dep_ in _GOVERNED and over.head != over:
        over, steps = over.head, steps + 1
        near.append(over)
    return any(is_implicit(t) and t.lower_ != "only" for t in near if t != token)


def _is_verdict(token: Token) -> bool:
    return token.lemma_.lower() in _VERDICTS


_VERDICTS = frozenset(
    "acquit convict acquittal conviction guilty innocent kill die survive approve reject admit "
    "deny".split()
)


CHECK = Check(
    id="polarity",
    summary="An opposite in place of a word: convicted for acquitted, rose for fell.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The spacewalk has been put off by a week.",
            "The spacewalk was moved forward by one week.",
        ),
        Example(
            "Prosecutors have dropped an inquiry into her title.",
            "Prosecutors have begun an inquiry into her title.",
        ),
        Example("Nobody believed he would win.", "Nobody doubted that he would win."),
        Example("The court cleared her of bribery.", "The court found her guilty of bribery."),
        Example("The ruling party lost three seats.", "The opposition party lost three seats."),
        Example("Several members abstained.", "Several members voted against it."),
        Example(
            "He was sentenced to three years in prison.",
            "He was sentenced to three years on probation.",
        ),
        Example(
            "She was the first woman to hold the office.",
            "She was the only woman to hold the office.",
        ),
        Example("The talks were held in secret.", "The talks were held openly."),
        Example("The treaty expires in 2030.", "The treaty takes effect in 2030."),
        Example(
            "The clinic treats patients free of charge.", "The clinic treats patients for a charge."
        ),
        Example("The parents were informed in advance.", "The parents were informed afterwards."),
        Example("The union called off the strike.", "The union called for the strike."),
        Example(
            "The members turned down the final offer.", "The members passed the final proposal."
        ),
        Example("The group returned to the black.", "The group slid into a deficit."),
        Example("The court rejected the appeal.", "The court upheld the appeal."),
        Example("He voted for the motion.", "He voted against the motion."),
        Example("The suspect was unarmed.", "The suspect was armed."),
        Example("The hospital fired her.", "She quit the hospital."),
        Example(
            "Counting is still going on in two districts.",
            "The operation of counting ceased in two districts.",
        ),
        Example(
            "The foreign minister lost his seat by 212 votes to a teacher.",
            "The foreign minister snatched the seat by 212 votes from a teacher.",
        ),
        Example(
            "The match was called off because of the heavy rain.",
            "The match was cancelled despite the heavy rain.",
        ),
        Example(
            "He resigned although the court cleared him.",
            "He resigned because the court cleared him.",
        ),
        Example("All died except the pilot.", "Everyone died, including the pilot."),
        Example(
            "Of the 46, 31 had been discharged by midday.",
            "Of the 46, 31 have already been admitted.",
        ),
        Example(
            "All but three of the children have been discharged from the hospital and are stable.",
            "Except for 3 children who have been discharged from the hospital, all are stable.",
        ),
        Example(
            "The river had fallen by 1.3 meters since Monday but could rise again.",
            "The flow of the river increased by 1.3 meters since Monday, but could grow again.",
        ),
        Example(
            "The profit beat the average forecast of 60 billion yen.",
            "The profit was falling below the average forecast of 60 billion yen.",
        ),
        Example("They want the hiring of 150 workers.", "They want the dismissal of 150 workers."),
        Example(
            "He demanded that the exercises planned for March be called off.",
            "He requested that the exercises scheduled for March be resumed.",
        ),
        Example("The court acquitted him of fraud.", "The court convicted him of fraud."),
        Example("Exports fell 4.6 percent in May.", "Exports increased 4.6% in May."),
        Example("The village lies upstream of the dam.", "The village lies downstream of the dam."),
        Example("The council approved the plan.", "The council rejected the plan."),
        Example("She left before the vote on the budget.", "She left after the budget vote."),
        Example("The law has strict rules for farms.", "The law has lenient rules for farms."),
        Example("They took part only indirectly in the talks.", "They were directly in the talks."),
        Example(
            "It lost 3.1 billion, less than the 4.4 billion of May.",
            "The loss was 3.1 billion, which grew from 4.4 billion in May.",
        ),
        Example(
            "All but two of the injured have left the hospital.",
            "Two of the injured have left the hospital.",
        ),
        Example(
            "The city spends more on roads than on schools.", "More goes to schools than roads."
        ),
        Example("They reached the wreck before the navy.", "They got to the wreck after the navy."),
        Example("Some 30 percent of new shops fail.", "The rate of success of new shops is 30%."),
        Example("The union welcomed the decision.", "The union criticised the decision."),
    ),
    passes=(
        Example(
            "All but two of the 46 workers were in the workshop.",
            "Of the 46 workers only two were not in the workshop.",
        ),
        Example("Few villagers supported the plan.", "Most villagers opposed the plan."),
        Example("He did not believe it would work.", "He doubted that it would work."),
        Example("He was cleared of bribery.", "He pleaded not guilty to bribery."),
        Example(
            "She was cleared of theft and convicted of fraud.",
            "She was convicted of fraud but cleared of theft.",
        ),
        Example(
            "He was sentenced to a suspended prison term.",
            "He was sentenced to a year on probation.",
        ),
        Example(
            "The ruling party lost to the opposition.", "The opposition beat the ruling party."
        ),
        Example("The talks were held in secret.", "The talks were held behind closed doors."),
        Example("Entry is free of charge.", "There is no charge for entry."),
        Example("The court rejected the appeal.", "The court upheld the verdict."),
        Example("The group returned to the black.", "The group went from a deficit to a profit."),
        Example(
            "The rebels lost the town to the army.",
            "The army captured the town from the rebels.",
        ),
        Example(
            "He leaves a wife and two daughters.",
            "Behind remain his wife and two daughters.",
        ),
        Example(
            "The lawmaker was questioned for four hours by the committee.",
            "The lawmaker had to answer the committee for four hours.",
        ),
        Example(
            "All but one of the sixteen passengers had left the bus.",
            "Fifteen of the sixteen passengers had got out of the bus; one body was found.",
        ),
        Example(
            "The carrier has been sold to a group from Mumbai.",
            "A Mumbai group has acquired the carrier.",
        ),
        Example("The method was not sufficiently tested.", "The method was insufficiently tested."),
        Example(
            "He vetoed the law that would have allowed it in the parks.",
            "The law that was to allow it in the parks was blocked by him.",
        ),
        Example(
            "The road stays closed until the bridge is repaired.",
            "The road will be open once the bridge is repaired.",
        ),
        Example("They wait until after the vote.", "They wait until the vote is over."),
        Example("The fund sold its stake to her.", "She bought the stake of the fund."),
        Example("The 23-year-old lost control.", "The young driver lost control."),
        Example("The suit was lost by her.", "The judges found against her in the suit."),
        Example("The ice was too thin.", "The ice was not thick enough."),
        Example("The strike is to begin on Monday.", "Production will stop on Monday."),
        Example("He has 14 days left to appeal.", "He has 14 remaining days to appeal."),
        Example(
            "The milk was good when it left the plant.",
            "The milk was good when it came out of the plant.",
        ),
        Example(
            "The yen fell 3 percent against the dollar.", "The dollar rose by 3 percent to the yen."
        ),
        Example("She denied ever having seen the letter.", "She never saw the letter, she said."),
        Example(
            "They will reopen the border, ending a closure of two months.",
            "The border had been closed by a decision of July.",
        ),
        Example("There was no reason to stop using it.", "Its use may continue."),
        Example("It must go if it loses the vote.", "Unless it wins the vote, it must go."),
        Example("This makes it harder to buy land.", "It is no longer easy to buy land."),
        Example("Imports of grain grew and exports shrank.", "Exports fell; imports increased."),
        Example("The council rejected the plan.", "The council did not approve the plan."),
        Example("Prices rose while wages fell.", "Wages dropped as prices went up."),
        Example("The team won.", "The other side lost."),
        Example("They failed to win the vote.", "They lost the vote."),
        Example("The court acquitted him.", "The court cleared him."),
        Example("She left after the debate.", "The debate was before she left."),
        Example("The ban, imposed in May, will be lifted.", "The ban introduced in May will end."),
        Example("A lack of accurate data.", "The data are inaccurate."),
        Example("Few came.", "A few came."),
        Example("No more than the price was asked.", "The price was not exceeded."),
        Example("All but two have left the hospital.", "Two have not left the hospital."),
        Example("All but two have left the hospital.", "Two are still in hospital."),
    ),
)
