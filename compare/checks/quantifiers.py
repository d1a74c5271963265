"""How many and how much where no number says it: all, most, some, none; no less than the wage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.annotate import Annotated, Context
from compare.checks.base import Draft
from compare.match import Match, match
from compare.numerals import ONES, ORDINALS, words
from compare.polarity import DENIED_BEHIND, RARELY, RARELY_REACH, grade, synonyms
from compare.quantities import people
from compare.records import OTHER, SIDES, Group, Sentence, Severity, Span
from compare.slots import stem

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = {
    "all": words("all every each both everyone everybody everything"),
    "none": words("none nobody neither nothing"),
    "most": words("most majority"),
    "half": words("half"),
    "some": words("some several part parts"),
    "many": words("many"),
    "few": words("few minority"),
}
_CLASS = {word: name for name, those in _WORDS.items() for word in those}
_PRONOUNS = words("everyone everybody nobody all none both neither everything nothing")
_GRAVE = words(
    "all-none all-notall none-notall none-most none-many none-half none-some few-most "
    "all-few all-half all-part none-part"
)
_SLIGHT = words("all-some all-most few-many")
_APART: dict[frozenset[str], tuple[Severity, float]] = {
    **{frozenset(pair.split("-")): ("major", 0.75) for pair in _GRAVE},
    **{frozenset(pair.split("-")): ("minor", 0.6) for pair in _SLIGHT},
}
"""What cannot both be said of one group, and how grave it is."""
_NAMES = {"notall": "not all"}
_HARDLY = words("hardly barely scarcely")
_NEARLY = _HARDLY | words("nearly almost hardly barely virtually")


@dataclass(frozen=True, slots=True)
class _Quantifier:
    name: str
    """``all``, ``notall``, ``none`` …"""
    span: Span
    text: str
    noun: Token | None
    verb: Token | None


def quantified(ctx: Context, group: Group) -> Iterator[Draft]:
    """The quantifiers of a group that contradict each other about one thing."""
    a = list(_found(ctx.a, group.a))
    b = list(_found(ctx.b, group.b))
    matched = match(ctx, group)
    for x in a:
        for y in b:
            rank = _APART.get(frozenset((x.name, y.name)))
            if rank is None or not _one_thing(x, y, matched):
                continue
            if _also(x, b) or _also(y, a) or _against(x) is not _against(y):
                continue
            yield Draft(
                a=x.span,
                b=y.span,
                message=(
                    f"“{x.text}” against “{y.text}”: {_NAMES.get(x.name, x.name)} and "
                    f"{_NAMES.get(y.name, y.name)} of them cannot both be meant."
                ),
                severity=rank[0],
                confidence=rank[1],
                anchor=f"{x.text.lower()} | {y.text.lower()}",
            )


def part_or_none(ctx: Context, group: Group) -> Iterator[Draft]:
    """What is not possible for all in one text, and for none of them in the other."""
    matched = match(ctx, group)
    if matched.share() < _ONE_STATEMENT:
        return
    said = {side: [t for _, t in matched.words[side]] for side in SIDES}
    for side in SIDES:
        other = OTHER[side]
        if any(t.lower_ in _NOT_ANY for t in said[side]) or any(
            t.lower_ in _WORDS["all"] for t in said[other]
        ):
            continue
        every = (t for t in said[side] if t.lower_ in _WORDS["all"])
        whole = next((t for t in every if _under_negation(t)), None)
        nothing = next((t for t in said[other] if t.lower_ in _NOT_ANY), None)
        if whole is not None and nothing is not None:
            yield Draft(
                *matched.spans(ctx, side, (whole,), (nothing,)),
                message=(
                    f"{side.upper()} says that not “{whole.text}” of them are meant, "
                    f"{other.upper()} that it is “{nothing.text}”."
                ),
                severity="major",
                confidence=0.7,
            )
            return


_ONE_STATEMENT = 0.35
_NOT_ANY = words("none nobody neither")


def _under_negation(token: Token) -> bool:
    """Whether what is said of all is denied: by a negator before it, in its clause."""
    clause = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token)
    over = [clause.head] if clause.dep_ in ("xcomp", "ccomp", "csubj") else []
    return any(c.dep_ == "neg" and c.i < token.i for t in (clause, *over) for c in t.children)


def _against(x: _Quantifier) -> bool:
    """Whether what is said of them is said against something: hardly any voted against."""
    return x.verb is not None and any(c.lower_ in ("against", "without") for c in x.verb.children)


def _also(x: _Quantifier, theirs: Sequence[_Quantifier]) -> bool:
    """Whether the other side says the same of something."""
    return any(y.name == x.name for y in theirs)


_DENYING = ("none", "notall", "few")
"""Of which the opposite is said: none was withdrawn, all are still on sale."""


def _one_thing(x: _Quantifier, y: _Quantifier, matched: Match) -> bool:
    """Whether two quantifiers count the same things, and say the same of them."""
    if x.noun is None or y.noun is None:
        nouns = x.noun is None and y.noun is None
    else:
        pair = {x.noun.lower_, y.noun.lower_}
        nouns = (
            x.noun.lemma_.lower() == y.noun.lemma_.lower()
            or pair <= people()
            or synonyms(x.noun, y.noun)
        )
    if not nouns or x.verb is None or y.verb is None:
        return False
    if "notall" in (x.name, y.name) and (x.noun is not None or x.verb.lemma_ == y.verb.lemma_):
        return True
    if x.verb.lemma_ == "be" == y.verb.lemma_:
        return bool(_complements(x.verb) & _complements(y.verb))
    if x.verb.lemma_ == y.verb.lemma_ or synonyms(x.verb, y.verb):
        return True
    # what each sentence is about, told with another verb
    return (
        x.noun is not None
        and {x.name, y.name}.isdisjoint(_DENYING)
        and matched.of("a", x.noun) == y.noun
        and matched.of("a", x.verb) is None
        and matched.of("b", y.verb) is None
        and all(v.dep_ in ("ROOT", "ccomp") for v in (x.verb, y.verb))
        and matched.share() >= _ONE_STATEMENT
    )


def _complements(verb: Token) -> set[str]:
    """What a copula says of its subject."""
    return {c.lemma_.lower() for c in verb.children if c.dep_ in ("acomp", "attr", "prep")}


def _found(text: Annotated, sentences: Sequence[Sentence]) -> Iterator[_Quantifier]:
    for sentence in sentences:
        for token in text.docs[sentence.index]:
            made = _read(text, sentence, token)
            if made is not None:
                yield made


def _read(text: Annotated, sentence: Sentence, token: Token) -> _Quantifier | None:
    doc, i = token.doc, token.i
    word = token.lower_
    before = doc[i - 1].lower_ if i else ""
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    name = _CLASS.get(word, "")
    first, last = i, i
    if word == "no" and token.dep_ == "det":
        name = "none"
        if after == "one":
            last = i + 1
    elif word == "one" and before == "not" and after in ("of", "single"):
        name, first = "none", i - 1
    elif (
        word == "one" and after == "of" and any(t.lower_ in ("two", "both") for t in doc[i : i + 5])
    ):
        name = "some"
    if word in ("all", "every", "everyone", "everybody") and before in _NEARLY - _HARDLY:
        name, first = "most", i - 1
    if word in ("any", "anyone", "anybody", "no", "nobody", "none") and before in _NEARLY:
        name, first = "few", i - 1
    if not name and word in ("one", "two", "three", "four", "five") and _some_of(token):
        name = "part"
    if word == "every" and after in (*ORDINALS, "other"):
        return None  # a share
    if not name:
        return None
    if before == "not" and name == "all":
        name, first = "notall", i - 1
    if first == i and _idle(token, name, before, after):
        return None
    noun, phrase = _noun(token, last)
    if noun is None and word not in _PRONOUNS and name not in ("most", "some", "few", "many"):
        return None
    verb = _verb(phrase)
    if verb is None or any(c.dep_ == "neg" for c in verb.children if c.i not in (first, i)):
        return None
    span = text.span(
        sentence, doc[first : max(last, noun.i if noun and 0 <= noun.i - i < 5 else i) + 1]
    )
    return _Quantifier(name, span, text.words(span), noun, verb)


def _some_of(token: Token) -> bool:
    """Whether a number is that of a part: “one of the three doctors”."""
    ahead = token.doc[token.i + 1 : token.i + 4]
    return (
        len(ahead) == 3
        and ahead[0].lower_ == "of"
        and ahead[1].lower_ in ("the", "his", "her", "its", "their")
        and ahead[2].lower_ in ONES
        and ONES[ahead[2].lower_] > ONES[token.lower_]
    )


def _idle(token: Token, name: str, before: str, after: str) -> bool:
    """Whether a word of the list counts nothing here: "at all", "a few", "some 500", "all over"."""
    word, doc = token.lower_, token.doc
    if name != "none" and before in _NEARLY:
        return True
    if word in ("some", "most", "half", "all") and token.i + 1 < len(doc):
        if doc[token.i + 1].like_num or before in ("at", "above", "after", "the", "first"):
            return True
        if word == "most" and token.dep_ == "advmod" and after != "of":
            return True
    if name == "all" and after == "the":
        return token.dep_ not in ("predet", "det", "nsubj", "nsubjpass", "dobj", "pobj")
    if name == "all" and after in ("but", "except", "save", "in", "-", "over"):
        return True
    if word == "few":
        return before in ("a", "the", "quite", "last", "next", "past")
    return word in ("part", "parts") and after != "of"


def _noun(token: Token, last: int) -> tuple[Token | None, Token]:
    """The noun that is counted, and the root of the phrase."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for thing in child.children:
                if thing.dep_ == "pobj":
                    return (None if thing.pos_ == "PRON" else thing), token
    if (
        token.dep_ in ("det", "predet", "amod", "nummod", "compound", "nmod")
        and token.head.i > last
    ):
        return token.head, token.head
    return None, token


def _verb(token: Token) -> Token | None:
    """The verb of which a phrase is subject or object."""
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr", "conj", "pobj", "dep"):
        return None
    head = token.head
    for _ in range(3):
        if head.pos_ in ("VERB", "AUX"):
            return head if token.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") else None
        head = head.head
    return None


_FLOOR = (
    r"(?:no|not)\s(?:less|fewer|lower|smaller|shorter|younger)\sthan|(?:not|never)\s(?:fall\s|drop\s"
    r"|be\s)?below|at\sleast|(?<!\bno\s)(?<!\bnot\s)(?:more|higher|greater|larger|longer|older)\sthan"
    r"|(?<!not\s)(?<!never\s)(?:must|should|to|may|can|will|would|which|that)\sexceed"
    r"|(?<!not\s)exceed(?:s|ed|ing)|a\sminimum\sof"
)
_CEILING = (
    r"(?:no|not)\s(?:more|higher|greater|larger|longer|older)\sthan|(?:not|never)\sexceed|at\smost"
    r"|(?<!\bno\s)(?<!\bnot\s)(?:less|fewer|lower|smaller|shorter|younger)\sthan|a\smaximum\sof"
    r"|(?<!not\s)(?:falls?|fell|drop(?:s|ped)?|is|are|was|were|be)\sbelow"
)
_LIMIT = re.compile(
    rf"\b(?:(?P<floor>{_FLOOR})|(?P<ceiling>{_CEILING}))\s(?=(?:the|an?|their|its|his|her|that|those)\s"
    r"[a-z]|[a-z]+\s[a-z])(?P<what>(?:[\w’'-]+\s?){1,6})",
    re.IGNORECASE,
)
_FILLER = words(
    "the a an their its his her that those of in for to and or as on at by with from it is was "
    "were be are has had have who which he she they this"
)


@dataclass(frozen=True, slots=True)
class _Limit:
    span: Span
    words: str
    floor: bool
    what: tuple[str, ...]
    """Stems of what it is measured by."""
    noun: Token | None = None
    """The same as the parse has it."""


def limits(ctx: Context, group: Group) -> Iterator[Draft]:
    """A floor in one text that is a ceiling in the other, of something that no number says."""
    matched = match(ctx, group)
    a, b = (_limits(ctx.side(side), matched, group.side(side)) for side in SIDES)
    for x in a:
        for y in b:
            if x.floor is y.floor:
                continue
            if x.noun is not None and y.noun is not None:
                one = matched.of("a", x.noun) == y.noun
            else:
                shared = len(set(x.what) & set(y.what))
                one = shared > 0 and shared * 2 >= min(len(x.what), len(y.what))
                one = one and not any(z.floor is x.floor for z in b)
                one = one and not any(z.floor is y.floor for z in a)
            if one:
                yield Draft(
                    a=x.span,
                    b=y.span,
                    message=f"A limit is reversed: “{x.words}” against “{y.words}”; one is a "
                    "floor, the other a ceiling.",
                    severity="critical",
                    confidence=0.8,
                    anchor=f"{x.words.lower()} | {y.words.lower()}",
                )
                return


def _limits(text: Annotated, matched: Match, sentences: Sequence[Sentence]) -> list[_Limit]:
    compared = list(_compared(text, matched))
    return [*compared, *_worded(text, sentences, compared)]


def _compared(text: Annotated, matched: Match) -> Iterator[_Limit]:
    """Limits that a comparison with a noun sets: "not lower than the wage"."""
    for sentence, token in matched.words[text.side]:
        if token.lower_ != "than":
            continue
        doc = token.doc
        before = doc[max(0, token.i - 3) : token.i]
        comparative = next((t for t in reversed(before) if grade(t)), None)
        noun = next((c for c in token.children if c.dep_ == "pobj" and c.pos_ == "NOUN"), None)
        if comparative is None or noun is None:
            continue
        denied = [
            t
            for t in doc[max(0, comparative.i - 3) : comparative.i]
            if t.lower_ in ("no", "not", "n't", "never")
        ] or [
            t
            for t in doc[max(0, comparative.i - RARELY_REACH) : comparative.i]
            if t.lower_ in RARELY or _not_enough(t)
        ]
        first = denied[0] if denied else comparative
        span = text.span(sentence, first).cover(text.span(sentence, noun))
        floor = (grade(comparative) > 0) is not bool(denied)
        what = _stems(doc[token.i + 1 : noun.i + 1].text)
        yield _Limit(span, text.words(span), floor, what, noun)


_ENOUGH = words("enough sufficient suffice last")


def _not_enough(token: Token) -> bool:
    """Whether a negator denies what a comparison comes behind: "not sufficient for more than"."""
    return token.dep_ == "neg" and any(
        c.dep_ in ("acomp", "prep") and c.i > token.i for c in token.head.children
    )


def _worded(
    text: Annotated, sentences: Sequence[Sentence], known: Sequence[_Limit]
) -> Iterator[_Limit]:
    """Limits that a set phrase gives ("at least the wage"), those that are known left out."""
    for sentence in sentences:
        for m in _LIMIT.finditer(sentence.text):
            what = _stems(m["what"])
            if not what or re.search(r"\d", m["what"]):
                continue
            start = sentence.start + m.start("what")
            if any(d.span.start == start and d.amount for d in text.dates[sentence.index]):
                continue  # "less than two minutes" is for "date"
            before = re.findall(r"[a-z']+", sentence.text[: m.start()].lower())[-RARELY_REACH:]
            short = "not" in before and not _ENOUGH.isdisjoint(before)
            end = m.end("floor" if m["floor"] else "ceiling")
            # "more than half of it was never spent"
            never = _SHARE.match(m["what"]) and DENIED_BEHIND.match(sentence.text, end)
            floor = bool(m["floor"]) is (RARELY.isdisjoint(before) and not short and not never)
            span = Span(sentence.start + m.start(), sentence.start + end)
            if not any(span.overlaps(limit.span) for limit in known):
                yield _Limit(span, sentence.text[m.start() : end], floor, what)


_SHARE = re.compile(r"(?:half|(?:a|one|two|three)\s\w+(?:rd|er|th)s?)\b", re.IGNORECASE)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in text.lower().split() if w not in _FILLER)[:3]
