"""``garbled``: a broken sentence: a word with nothing after it, a clause without subject or verb.

Machine translation drops what it cannot place. The other text often shows what was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from compare.annotate import Annotated, Context, spacy_model
from compare.checks.base import Check, Draft, Example, ordered
from compare.match import Match, match
from compare.records import OTHER, SIDES, Group, Role, Sentence, Side, Span
from compare.verbs import helpers

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREPOSITIONS = frozenset(
    "of from at with into by between among during toward towards against upon via per for than "
    "until despite in on through under without within after before since including".split()
)
_ADVERBS_TOO = frozenset("in on through under without within after before since".split())
"""Prepositions that stand alone as adverbs or particles."""
_ARTICLES = frozenset("the a an its their our my your every".split())
_COMPASS = frozenset("north south east west as that one some most all".split())
_CLAUSES = frozenset("because although though whether unless after".split())
_ENDS = frozenset(".,;")
_WH = frozenset(("WP", "WRB", "WDT", "WP$"))
_NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
_FINITE = ("VBZ", "VBD", "VBP", "MD")
_VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_LEADS = ("ADP", "ADV", "SCONJ", "PUNCT")
"""What a phrase before the subject begins with …"""
_TIMES = frozenset(
    "last this next today yesterday tomorrow now then monday tuesday wednesday thursday friday "
    "saturday sunday currently".split()
)
"""… or these."""
_INVERTING = frozenset(
    "say tell add write ask reply go come be lie stand sit hang live emerge appear follow remain "
    "arise rise begin end accord participate do have".split()
)
"""Verbs that stand before their subject after a phrase of place or a quotation."""
_TWICE = frozenset(
    "had that very so much many far long no yes ha her you it is in on up out over again round for "
    "to at by with about half never really too more little big now wait bye please well wow oh "
    "do".split()
)
"""Words that are said twice on purpose, or that meet by chance."""
_DOUBLE = re.compile(r"(?<![\w'’-])([a-z]+)\s+\1(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is broken, and the words that the other side has in its place."""

    first: Token
    last: Token
    lost: tuple[Token, Token] | None
    said: str
    """What is missing, for the message."""
    confidence: float


def find(context: Context) -> Iterator[Draft]:
    """Gaps of one side, where the other side has none of the same kind."""
    for group in context.linked:
        matched = match(context, group)
        for side in SIDES:
            here = context.side(side)
            for sentence in group.side(side):
                if sentence.role is Role.BODY:
                    gap = next(_gaps(context, group, matched, side, sentence), None)
                    if gap is not None:
                        yield _draft(context, group, side, sentence, gap)
                    yield from _doubled(here, sentence, group.side(OTHER[side]))


def _gaps(
    context: Context, group: Group, matched: Match, side: Side, sentence: Sentence
) -> Iterator[_Gap]:
    yield from _objects(context, group, matched, side, sentence)
    yield from _nouns(context, group, matched, side, sentence)
    yield from _subject(context, group, matched, side, sentence)
    yield from _joined(context, group, side, sentence)
    yield from _verb(context, group, matched, side, sentence)


def _tokens(context: Context, group: Group, side: Side) -> list[Token]:
    return [t for s in group.side(side) for t in context.side(side).docs[s.index]]


# --- a preposition without its noun -----------------------------------------------------------


def _objects(
    context: Context, group: Group, matched: Match, side: Side, sentence: Sentence
) -> Iterator[_Gap]:
    doc = context.side(side).docs[sentence.index]
    others = _tokens(context, group, OTHER[side])
    for token in doc[1:-1]:
        if token.lower_ not in _PREPOSITIONS or not _breaks_off(token):
            continue
        if any(
            t.lower_ == token.lower_ and t.i + 1 < len(t.doc) and _breaks_off(t) for t in others
        ):
            continue
        governor = token.nbor(-1)
        twin = _same_phrase(token, governor, matched, side, others)
        if twin is None and (token.lower_ in _ADVERBS_TOO or not _after_noun(token)):
            continue
        yield _Gap(governor, token, twin, f"nothing follows “{token.text}”", 0.8 if twin else 0.6)


def _breaks_off(token: Token) -> bool:
    """Whether a preposition is followed by no noun, and is not stranded rightly."""
    after = token.nbor(1)
    if (
        after.text not in _ENDS
        and after.lower_ not in ("of", "from", "into", "by", "with")
        and after.tag_ not in ("MD", "VBZ")
    ):
        return False
    if token.lower_ == "from" and after.text not in _ENDS:
        return False  # "from within", "from of old"
    # "21 votes for and nine against", "than by any other"
    if token.lower_ in ("for", "against") and any(
        t.like_num or t.lemma_ == "vote" for t in token.doc[max(0, token.i - 2) : token.i]
    ):
        return False
    if token.lower_ == "than" and after.text not in _ENDS:
        return False
    # "of, say, ten", "by, among others, the mayor"
    if after.text == "," and _aside(after):
        return False
    # "the house they lived in", "what it is made of", "nothing to be proud of"
    before = token.doc[max(0, token.i - 12) : token.i]
    if any(t.tag_ in _WH or t.lower_ == "that" for t in before):
        return False
    heads = [token.head, *token.head.ancestors][:3]
    return not any(
        h.dep_ in ("relcl", "xcomp", "acl") and h.tag_ != "VBN" and h.i < token.i for h in heads
    )


def _after_noun(token: Token) -> bool:
    """Whether it stands where only a phrase can follow: "cases in,", "dominated by,"."""
    before = token.nbor(-1)
    if before.tag_ == "VBN":
        return token.lower_ == "by"
    return before.pos_ in ("NOUN", "PROPN", "NUM") or before.lower_ in _COMPASS


def _aside(comma: Token) -> bool:
    """Whether a comma opens a few words that another one closes: "by, among others, the mayor"."""
    inside = list(comma.doc[comma.i + 1 : comma.i + 7])
    end = next((i for i, t in enumerate(inside) if t.text == ","), None)
    return end is not None and not any(t.tag_ in _FINITE for t in inside[:end])


def _same_phrase(
    token: Token, governor: Token, matched: Match, side: Side, others: list[Token]
) -> tuple[Token, Token] | None:
    """The phrase with the same preposition after the same word on the other side."""
    same = matched.of(side, governor)
    for t in others:
        if t.lower_ != token.lower_ or not any(c.dep_ in ("pobj", "pcomp") for c in t.children):
            continue
        if any(
            matched.of(OTHER[side], w) is not None for c in t.children for w in (c, c.left_edge)
        ):
            continue  # it is said elsewhere: "the sick were cared for"
        near = {t.head, t.nbor(-1)} if t.i else {t.head}
        if same in near or any(n.lemma_.lower() == governor.lemma_.lower() for n in near):
            return t, t.doc[max(c.i for c in t.subtree if c.pos_ != "PUNCT")]
    return None


# --- an article without its noun --------------------------------------------------------------


def _nouns(
    context: Context, group: Group, matched: Match, side: Side, sentence: Sentence
) -> Iterator[_Gap]:
    others = _tokens(context, group, OTHER[side])
    for token in context.side(side).docs[sentence.index][:-1]:
        if token.lower_ not in _ARTICLES or token.text in ("A", "THE") or not _stands_alone(token):
            continue
        lost = _lone_noun(matched, OTHER[side])
        if lost is None or any(
            t.lower_ in _ARTICLES and t.i + 1 < len(t.doc) and _stands_alone(t) for t in others
        ):
            continue
        before = token.nbor(-1) if token.i else token
        yield _Gap(
            before,
            token.nbor(1) if token.nbor(1).is_alpha else token,
            None,
            f"no noun follows “{token.text}”",
            0.75,
        )


def _stands_alone(token: Token) -> bool:
    """Whether an article is followed by what no noun phrase begins with."""
    after = token.nbor(1)
    if after.text in ".,;:":
        abbreviated = after.text == "." and token.lower_ == "a"
        return not abbreviated and not (after.text == "," and token.i and _aside(after))
    hyphen = after.i + 1 < len(after.doc) and after.nbor(1).text == "-"
    if hyphen:
        return False
    if after.text[0].isupper() and after.text != "I":
        return False  # "the WHO office", which is no "who"
    if after.lower_ in ("of", "and", "from", "into", "that", "which", "who"):
        return True
    if after.tag_ in _FINITE and after.pos_ == "AUX":
        return True
    if token.lower_ in ("a", "an", "every"):
        return after.lower_ in ("with", "by", "for", "until") and token.dep_ != "compound"
    if after.tag_ in _FINITE and after.dep_ in ("ROOT", "ccomp", "advcl", "conj"):
        return after in (token.head, *token.head.children)
    return token.lower_ == "the" and after.pos_ in ("ADP", "ADV") and token.dep_ in _NOMINAL


def _lone_noun(matched: Match, side: Side) -> Token | None:
    return next((t for _, t in matched.lone(side) if t.pos_ in ("NOUN", "PROPN")), None)


# --- a sentence without its subject -----------------------------------------------------------


def _subject(
    context: Context, group: Group, matched: Match, side: Side, sentence: Sentence
) -> Iterator[_Gap]:
    doc = context.side(side).docs[sentence.index]
    if not sentence.text[:1].isupper() or sentence.text.rstrip(" ”’\"'").endswith(("?", "!", ":")):
        return
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if (
        root is None
        or root.pos_ not in ("VERB", "AUX")
        or sentence.quoted(context.side(side).span(sentence, root))
    ):
        return
    first = min((root, *helpers(root)), key=lambda t: t.i)
    if first.tag_ not in ("VBZ", "VBD", "MD") or any(c.dep_ in _SUBJECTS for c in root.children):
        return
    # "let" and "cut" may be imperatives; "can't find it" is how people speak
    if first.text == first.lemma_ or first.lower_ in ("can", "ca", "will", "may", "could"):
        return
    if any(t.is_quote for t in doc[: first.i]):
        return
    if (first.i and root.lemma_ in _INVERTING and first == root) or not _leads_over(first):
        return
    twin = matched.of(side, root)
    subject = next((c for c in twin.children if c.dep_ in _SUBJECTS), None) if twin else None
    said = f"“{root.text if first.i else first.text}” has no subject"
    if subject is not None:
        lost = (subject.left_edge, subject.right_edge)
        yield _Gap(first, root, lost, said, 0.75)
    elif (
        first.i == 0
        and len(first.doc) > 1
        and first.lemma_ in ("be", "have", "would")
        and first.nbor(1).tag_ != "VBZ"
    ):
        yield _Gap(first, root, None, said, 0.6)


def _joined(context: Context, group: Group, side: Side, sentence: Sentence) -> Iterator[_Gap]:
    """A conjunction with nothing after it, or with a verb at once: "boulders and.", "after had"."""
    said = " ".join(s.text.lower() for s in group.side(OTHER[side]))
    for token in context.side(side).docs[sentence.index][:-1]:
        after = token.nbor(1)
        ends = token.lower_ in ("and", "or") and after.text in (".", ";")
        begins = token.lower_ in _CLAUSES and token.dep_ == "mark" and after.tag_ in _FINITE
        if (ends or (begins and after.pos_ == "AUX")) and token.i:
            if f"{token.lower_} {after.lower_}" in said or f"{token.lower_}{after.text}" in said:
                continue
            first = token if begins else token.nbor(-1)
            yield _Gap(
                first,
                after if begins else token,
                None,
                f"words are missing after “{token.text}”",
                0.7,
            )


def _leads_over(verb: Token) -> bool:
    """Whether nothing before a verb could be its subject: phrases that begin with a preposition."""
    before = list(verb.doc[: verb.i])
    while before and before[-1].pos_ == "ADV" and before[-1].is_lower:
        before.pop()
    if not before:
        return True
    if before[-1].text != ",":
        return before[0].lower_ in ("last", "this", "next") and len(before) == 2
    fresh = True
    for token in before:
        if fresh and token.pos_ not in _LEADS and token.lower_ not in _TIMES:
            return False
        fresh = token.text == ","
    return True


# --- a sentence without its verb --------------------------------------------------------------


@cache
def _verbs() -> frozenset[str]:
    """English verbs, of the language model's word lists."""
    lookups = cast("Any", spacy_model().get_pipe("lemmatizer")).lookups
    return frozenset(
        w for name in ("lemma_index", "lemma_exc") for w in lookups.get_table(name)["verb"]
    )


def _may_be_verb(token: Token) -> bool:
    word = token.lower_
    stems = (word, *(word.removesuffix(e) for e in ("s", "es", "d", "ed")))
    return token.pos_ in ("VERB", "AUX") or any(w in _verbs() for w in stems)


_GIVING = frozenset(
    "give pay cost lend sell buy owe offer send hand grant award leave bring save spare teach tell "
    "show bequeath charge earn win allow deny promise refuse assign lease feed fine make".split()
)
"""Verbs with two objects: "pays farmers 20,000 euros"."""


def _verb(
    context: Context, group: Group, matched: Match, side: Side, sentence: Sentence
) -> Iterator[_Gap]:
    doc = context.side(side).docs[sentence.index]
    for verb in _tokens(context, group, OTHER[side]):
        if verb.tag_ not in _FINITE or matched.of(OTHER[side], verb) is not None:
            continue
        roles = {c.dep_: c for c in verb.children}
        subject = roles.get("nsubj")
        object_ = roles.get("dobj") or roles.get("attr")
        if subject is None or object_ is None:
            continue
        x, y = matched.of(OTHER[side], subject), matched.of(OTHER[side], object_)
        if (
            x is None
            or y is None
            or not x.is_alpha
            or x.pos_ not in ("NOUN", "PROPN")
            or _may_be_verb(x)
            or (x.dep_ in ("dative", "dobj") and x.head.lemma_ in _GIVING)
        ):
            continue
        if x.doc is not doc or y.doc is not doc or not x.i + 1 < y.i:
            continue
        if any(t.lower_ in ("with", "when", "while") for t in doc[max(0, x.i - 5) : x.i]):
            continue  # "with him an actor"
        between = doc[x.i + 1 : y.i]
        starts = between[0].pos_ in ("DET", "NUM") or between[0].tag_ == "PRP$"
        if starts and not any(
            t.pos_ in ("ADP", "CCONJ", "SCONJ", "PUNCT", "PART") or _may_be_verb(t) for t in between
        ):
            yield _Gap(x, y, (subject, object_), f"“{x.text}” has no verb", 0.75)


# --- what is told ------------------------------------------------------------------------------


def _draft(context: Context, group: Group, side: Side, sentence: Sentence, gap: _Gap) -> Draft:
    here, there = context.side(side), context.side(OTHER[side])
    span = here.span(sentence, gap.first).cover(here.span(sentence, gap.last))
    lost: Span | None = None
    told = ""
    if gap.lost is not None:
        first, last = gap.lost
        partner = next(s for s in group.side(OTHER[side]) if there.docs[s.index] is first.doc)
        lost = there.span(partner, first).cover(there.span(partner, last))
        told = f", where {OTHER[side].upper()} has “{there.words(lost)}”"
    return Draft(
        *ordered(side, span, lost),
        message=f"The sentence of {side.upper()} is broken: {gap.said}{told}. Words were lost.",
        severity="major" if gap.lost is not None else "minor",
        confidence=gap.confidence,
        likely_side=side,
        category="accuracy/omission" if gap.lost is not None else "",
    )


def _doubled(
    here: Annotated, sentence: Sentence, partners: tuple[Sentence, ...]
) -> Iterator[Draft]:
    """A word that is there twice in a row."""
    for found in _DOUBLE.finditer(sentence.text):
        if found[1] in _TWICE or any(
            re.search(rf"\b{found[1]}\s+{found[1]}\b", p.text) for p in partners
        ):
            continue
        span = Span(sentence.start + found.start(), sentence.start + found.end())
        yield Draft(
            a=span if here.side == "a" else None,
            b=span if here.side == "b" else None,
            message=f"{here.side.upper()} has “{found[1]}” twice in a row: a slip, or a lost word.",
            severity="minor",
            confidence=0.8,
            likely_side=here.side,
        )


CHECK = Check(
    id="garbled",
    summary="A sentence that breaks off in one text: no noun, no subject or no verb.",
    category="fluency/grammar",
    find=find,
    flags=(
        Example(
            "New cases in Osaka rose to 90, the governor said.",
            "New cases in, rose to 90, the governor said.",
        ),
        Example("The village lies north of the dam.", "The village lies north of."),
        Example(
            "Police are looking into the cause of the crash with experts.",
            "Police are looking into the cause of the with experts.",
        ),
        Example("The lender of the state was fined.", "The of the state was fined."),
        Example("The city is popular with tourists.", "Is popular with tourists."),
        Example(
            "Last month, Iran suffered its worst crash in years.",
            "Last month, suffered its worst crash in years.",
        ),
        Example(
            "Persian has a relatively simple grammar for its neighbours.",
            "Persian a relatively simple grammar for its neighbours.",
        ),
        Example("The minister opened the new bridge.", "The minister opened the the new bridge."),
    ),
    passes=(
        Example("It voted 21 to 9 to sell.", "With 21 votes for and nine against, it decided."),
        Example("It took in the most.", "More came to this town than by any other road."),
        Example("The house they lived in, an old one, burned.", "The house burned."),
        Example("What the wall is made of, nobody knows.", "Nobody knows the wall's material."),
        Example("It was made by, among others, two monks.", "Two monks and others made it."),
        Example("The sick were cared for, he said.", "They cared for the sick, he said."),
        Example("Come to the town hall.", "You should come to the town hall."),
        Example("Among them were two monks.", "Two monks were among them."),
        Example("“We will,” said the mayor.", "The mayor said they would."),
        Example("The poor, the old and the sick wait.", "Poor, old and sick people wait."),
        Example("He had had enough.", "He was fed up."),
        Example("The then mayor fled.", "The man who was mayor then fled."),
    ),
)
