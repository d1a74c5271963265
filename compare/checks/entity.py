"""``entity``: another organisation, work or place name where both texts speak of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, meet, ordered, said_one
from compare.names import fold, same_token
from compare.organisations import MINISTRY, Body, find_bodies, one_name
from compare.persons import REPORTING
from compare.places import relation
from compare.polarity import CONTENT, content_lemmas, is_word, synonyms
from compare.records import OTHER, SIDES, Group, Sentence, Side, Span
from compare.slots import Slot, best_pairs, likeness, slots
from compare.titles import default_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEEDED = 0.5
"""How alike the words around two names must be."""
_REST = 0.5
"""Share of the other content words that two sentences must have in common where the names are the
only ones without a counterpart."""
_BODY_WORDS = frozenset(
    "university municipality ministry island school children department office center centre "
    "club college hospital church society foundation international federal royal general region "
    "city county state province district republic kingdom north south east west".split()
)
_NO_NAMES = frozenset(
    "celsius fahrenheit kelvin centigrade north south east west koreas americas".split()
)
_ALIKE = 70
"""Character similarity from which two words may be two spellings."""
_NOT_LABELS = frozenset(
    ("DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE", "NORP")
)


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    text: str
    words: tuple[str, ...]
    slot: Slot
    token: Token
    """Its last word, which carries its function."""
    words_only: bool
    """Made of words of the language."""

    @property
    def acronym(self) -> bool:
        return len(self.words) == 1 and self.text.isupper() and len(self.text) <= 6


_Named = Sequence[tuple[Group, dict[Side, list[_Name]]]]
"""The names of each group."""


def find(context: Context) -> Iterator[Draft]:
    """Bodies of one kind that are not the same, then names in surroundings that are the same."""
    told: list[Draft] = []
    named = [
        (group, {side: _all_names(context, side, group) for side in SIDES})
        for group in context.linked
    ]
    drafts = (
        *_other_bodies(context),
        *_other_ministries(context),
        *_rendered_twice(context, named),
        *_other_names(context, named),
    )
    for draft in drafts:
        if said_one(context, draft):
            continue
        if not any(meet(draft.a, d.a) and meet(draft.b, d.b) for d in told):
            told.append(draft)
            yield draft


def _other_bodies(context: Context) -> Iterator[Draft]:
    """Two bodies of one kind, each alone of its kind on its side of a group."""
    told: set[tuple[str, str]] = set()
    for group in context.linked:
        found = {side: _found(context.side(side), group.side(side)) for side in SIDES}
        for kind in sorted({b.kind for b in found["a"]} & {b.kind for b in found["b"]}):
            here = {side: [b for b in found[side] if b.kind == kind] for side in SIDES}
            if any(len({b.id for b in here[side]}) != 1 for side in SIDES):
                continue
            x, y = here["a"][0], here["b"][0]
            if x.id == y.id or one_name(x, y):
                continue
            if (x.id, y.id) in told or _beside(context, group, x, y):
                continue
            told.add((x.id, y.id))
            yield Draft(
                a=x.span,
                b=y.span,
                message=(
                    f"A speaks of the “{context.a.words(x.span)}”, B of the "
                    f"“{context.b.words(y.span)}”: two different "
                    + ("feasts." if kind == "feasts" else "bodies.")
                ),
                severity="major",
                confidence=0.7,
                anchor=f"{x.id} {y.id}",
            )


def _found(side: Annotated, sentences: Iterable[Sentence]) -> list[Body]:
    return [body for s in sentences for body in find_bodies(s.text, s.start)]


def _beside(context: Context, group: Group, x: Body, y: Body) -> bool:
    """Whether a side has the other side's body in the sentence before or after the group."""
    for side, body in (("a", y), ("b", x)):
        which: Side = "a" if side == "a" else "b"
        document = context.side(which).document
        indices = [s.index for s in group.side(which)]
        near = [
            s
            for s in document
            if min(indices) - 1 <= s.index <= max(indices) + 1 and s.index not in indices
        ]
        if any((b.kind, b.id) == (body.kind, body.id) for b in _found(context.side(which), near)):
            return True
    return False


def _other_ministries(context: Context) -> Iterator[Draft]:
    """Two ministries whose fields have nothing in common, each alone on its side of a group."""
    titles = default_titles()
    told: set[frozenset[str]] = set()
    for group in context.linked:
        found: dict[Side, list[tuple[Span, frozenset[str]]]] = {"a": [], "b": []}
        for side in SIDES:
            for sentence in group.side(side):
                for m in MINISTRY.finditer(sentence.text):
                    if fields := titles.fields(m.group()):
                        start = sentence.start + m.start()
                        found[side].append((Span(start, sentence.start + m.end()), fields))
        if len(found["a"]) != 1 or len(found["b"]) != 1:
            continue
        (span_a, fields_a), (span_b, fields_b) = found["a"][0], found["b"][0]
        if fields_a & fields_b or fields_a | fields_b in told:
            continue
        told.add(fields_a | fields_b)
        yield Draft(
            a=span_a,
            b=span_b,
            message=(
                f"A speaks of the “{context.a.words(span_a)}”, B of the "
                f"“{context.b.words(span_b)}”: two different ministries."
            ),
            severity="major",
            confidence=0.7,
            anchor=" ".join(sorted(fields_a | fields_b)),
        )


def _other_names(context: Context, named: _Named) -> Iterator[Draft]:
    """Pairs of names that only one text has each, in surroundings that are the same."""
    known = {side: _vocabulary(context.side(side)) for side in SIDES}
    told: set[tuple[str, str]] = set()
    for group, names in named:
        mine = {side: _unmatched(names[side], known[OTHER[side]]) for side in SIDES}
        lone = len(mine["a"]) == len(mine["b"]) == 1
        score_of = partial(_score, rest=_shared(context, group) if lone else None)
        pairs = best_pairs(mine["a"], mine["b"], score_of)
        for x, y, score in pairs:
            key = (x.text, y.text)
            if key in told or _related(context, x, y):
                continue
            told.add(key)
            # "Songshu" against "Squirrel": a name made of words may be the other one's translation
            translated = x.words_only != y.words_only
            yield Draft(
                a=x.span,
                b=y.span,
                message=(
                    f"A names {x.text}, B {y.text}: another name where the rest agrees"
                    + (", or the same one translated." if translated else ".")
                ),
                severity="minor" if translated else "major",
                confidence=min(0.75, 0.4 + score * 0.35) - 0.05 * translated,
                anchor=f"{x.text} {y.text}",
            )


def _rendered_twice(context: Context, named: _Named) -> Iterator[Draft]:
    """A name that a text translates in one place and leaves as it is in others."""
    known = {which: _vocabulary(context.side(which)) for which in SIDES}
    for side in SIDES:
        other = OTHER[side]
        for group, names in named:
            here = _words(context.side(side), group.side(side))
            # the other text's names that this text has too, but not in this group
            missing = [
                n
                for n in names[other]
                if len(n.words) == 1
                and not n.words_only
                and len(n.words[0]) > 3
                and n.words[0] in known[side]
                and n.words[0] not in here
            ]
            new = [
                n
                for n in names[side]
                if all(is_word(w) for w in n.words) and not any(w in known[other] for w in n.words)
            ]
            if len(missing) != 1 or len(new) != 1:
                continue
            x, y = missing[0], new[0]
            alike = x.token.dep_ == y.token.dep_ or likeness(x.slot, y.slot) >= _NEEDED
            places = [p.span for s in group.side(side) for p in context.side(side).places[s.index]]
            if not alike or any(p.overlaps(y.span) for p in places):
                continue
            yield Draft(
                *ordered(side, y.span, x.span),
                message=(
                    f"{side.upper()} has “{y.text}” where {other.upper()} has {x.text}, which "
                    f"{side.upper()} itself uses elsewhere: one name rendered in two ways."
                ),
                severity="minor",
                confidence=0.7,
                likely_side=side,
                category="terminology/inconsistent",
                anchor=f"{x.text} {y.text}",
            )


def _words(side: Annotated, sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset(fold(w) for s in sentences for w in re.findall(r"[^\W\d_]+", s.text))


def _shared(context: Context, group: Group) -> float:
    """Content words that both sides of a group have, as a share of the shorter side's."""
    lemmas = []
    for which in SIDES:
        side = context.side(which)
        tokens = [t for s in group.side(which) for t in side.docs[s.index] if t.pos_ != "PROPN"]
        lemmas.append(content_lemmas(tokens))
    small = min(len(lemmas[0]), len(lemmas[1]))
    return len(lemmas[0] & lemmas[1]) / small if small else 0.0


def _vocabulary(side: Annotated) -> frozenset[str]:
    return frozenset(fold(w) for w in re.findall(r"[^\W\d_]+", side.text))


def _unmatched(names: Sequence[_Name], there: frozenset[str]) -> list[_Name]:
    """Those of some names of which the other text has no word."""
    return [
        n for n in names if not any(w in there or _spelled(w, there) for w in n.words if len(w) > 2)
    ]


def _all_names(context: Context, which: Side, group: Group) -> list[_Name]:
    """Proper names of a group's side, persons of both texts left out."""
    side, offices = context.side(which), default_titles()
    found = []
    other = OTHER[which]
    both = {(b.kind, b.id) for b in _found(context.side(other), group.side(other))}
    for sentence in group.side(which):
        here = [
            (p, m.span)
            for p in context.persons
            for m in p.on(which)
            if m.sentence == sentence.index
        ]
        people = [span for _, span in here]
        known = [span for p, span in here if p.on(OTHER[which])]
        # "20 degrees Celsius" is a measure; one feast or court has several names
        known += [q.span for q in side.quantities[sentence.index]]
        known += [b.span for b in _found(side, (sentence,)) if (b.kind, b.id) in both]
        runs = list(_runs(side, sentence, people))
        spans = [span for span, _ in runs]
        for (span, token), slot in zip(
            runs, slots(sentence.text, sentence.start, spans), strict=True
        ):
            text = side.words(span)
            words = tuple(fold(w) for w in re.findall(r"[^\W\d_]+", text))
            if (
                not words
                or all(w in _NO_NAMES for w in words)
                or offices.search(text)
                or any(span.overlaps(k) for k in known)
            ):
                continue
            person = token.ent_type_ == "PERSON"
            plain = not person and all(is_word(w) or w in _BODY_WORDS for w in words)
            found.append(_Name(span, text, words, slot, token, plain))
    return found


def _spelled(word: str, vocabulary: frozenset[str]) -> bool:
    """Whether a text has another spelling or a derived form of a word."""
    return any(
        w[0] == word[0]
        and (w[:4] == word[:4] or fuzz.ratio(w, word) >= _ALIKE or same_token(w, word))
        for w in vocabulary
        if len(w) > 2
    )


def _runs(side: Annotated, sentence: Sentence, people: list[Span]) -> Iterator[tuple[Span, Token]]:
    """Runs of capitalised proper nouns, as the parser tags them, with the last word."""
    run: list[Token] = []
    for token in [*side.docs[sentence.index], None]:
        if (
            token is not None
            and token.pos_ == "PROPN"
            and (token.is_title or token.is_upper or token.text[0].isupper())
            and token.text.replace("-", "").isalnum()
            and token.ent_type_ not in _NOT_LABELS
        ):
            run.append(token)
            continue
        for part in _parts(side, sentence, run, people):
            if len("".join(t.text for t in part)) > 2:
                first, last = side.span(sentence, part[0]), side.span(sentence, part[-1])
                yield Span(first.start, last.end), part[-1]
        run = []


def _parts(
    side: Annotated, sentence: Sentence, run: list[Token], people: list[Span]
) -> Iterator[list[Token]]:
    """A run cut where a person's name begins or ends: "Prime Minister | Ida Holm"."""
    part: list[Token] = []
    owner: Span | None = None
    for token in run:
        span = side.span(sentence, token)
        now = next((p for p in people if p.overlaps(span)), None)
        if part and now != owner:
            yield part
            part = []
        part, owner = [*part, token], now
    if part:
        yield part


def _score(x: _Name, y: _Name, rest: float | None) -> float | None:
    """How sure it is that two names stand for each other; None where they cannot.

    Args:
        x: a name of A.
        y: a name of B.
        rest: what the sides share besides the names, where these are the only ones left.
    """
    if x.words_only and y.words_only:
        return None  # "Economy Ministry" and "Department of Commerce": two translations
    if (x.acronym and len(y.words) > 1) or (y.acronym and len(x.words) > 1):
        return None  # an acronym of the source language and what it stands for
    value = likeness(x.slot, y.slot)
    common = len(x.slot.wide & y.slot.wide)
    function = _same_function(x.token, y.token) and (common >= 1 or rest is not None)
    if x.words_only or y.words_only:
        return max(value, _NEEDED) if function or (value >= _NEEDED and common >= 2) else None
    if value >= _NEEDED and common >= 2:
        return value
    if function or (rest is not None and rest >= _REST):
        return max(value, _NEEDED)
    return None


def _same_function(x: Token, y: Token) -> bool:
    """Whether two names depend in one way on one word, or on synonyms."""
    one, other = (t.dep_.removesuffix("pass") for t in (x, y))
    if one != other or one not in ("nsubj", "dobj", "pobj", "poss", "appos", "compound"):
        return False
    heads = x.head, y.head
    if one == "pobj":
        if heads[0].lower_ != heads[1].lower_:
            return False
        heads = heads[0].head, heads[1].head
    if all(h.lemma_.lower() in REPORTING for h in heads):
        return True
    return heads[0].pos_ in CONTENT and synonyms(heads[0], heads[1])


def _related(context: Context, x: _Name, y: _Name) -> bool:
    """Whether two names may be of one thing: spellings, an acronym, a place and its country."""
    initials = ["".join(w[0] for w in n.words) for n in (x, y)]
    if "".join(x.words) == initials[1] or "".join(y.words) == initials[0]:
        return True
    if any(same_token(v, w) or fuzz.ratio(v, w) >= _ALIKE for v in x.words for w in y.words):
        return True
    places = [
        [p for found in context.side(side).places for p in found if p.span.overlaps(name.span)]
        for side, name in zip(SIDES, (x, y), strict=True)
    ]
    # "Brazil's Supreme Court", "the Supreme Court (STF)": a place says nothing against initials
    if any(
        here and not there and name.text.isupper()
        for here, there, name in ((places[0], places[1], y), (places[1], places[0], x))
    ):
        return True
    return any(relation(p, q) != "different" for p in places[0] for q in places[1])


CHECK = Check(
    id="entity",
    summary="Another name of an organisation, a place or a work where the rest agrees.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "The agency Xinhua reported that a plane had been hijacked.",
            "The agency Tassinform reported that a plane had been hijacked.",
        ),
        Example(
            "The appeal goes to the Constitutional Court.",
            "The appeal goes to the Supreme Election Board.",
        ),
        Example(
            "The Sudanese Red Crescent brought blankets.",
            "The Sudanese Red Cross brought blankets.",
        ),
        Example(
            "Iran's Supreme National Security Council met on Monday.",
            "On Monday the Security Council met in Iran.",
        ),
        Example(
            "The Ministry of Health banned the drug.",
            "The drug was banned by the Justice Ministry.",
        ),
        Example(
            "Shares of Songshu, a rival, fell by a tenth on Friday.",
            "Shares of Squirrel, a rival, fell by a tenth on Friday.",
        ),
        Example(
            "Deputy Prime Minister Tan Wei greeted the guests at the airport.",
            "Deputy Prime Minister Rakoczy greeted the guests at the airport.",
        ),
        Example(
            ("Kuaiyun grew by a third.", "Shares of Kuaiyun fell on Friday."),
            ("Kuaiyun grew by a third.", "Shares of Fast Cloud fell on Friday."),
        ),
        Example("Families gather for Chuseok.", "Families gather for the Lunar New Year."),
        Example(
            "The army shelled the town of Hasra.", "The navy shelled the town of Hasra at night."
        ),
    ),
    passes=(
        Example("It falls after Eid al-Adha.", "It falls after the Feast of Sacrifice."),
        Example("Shops shut for Seollal.", "Shops close during the Lunar New Year."),
        Example("It was 20 degrees Celsius in May.", "It was 68 degrees Fahrenheit in May."),
        Example("The talks in Kiev ended on Friday.", "The talks in Kyiv ended on Friday."),
        Example("Shares of Lanyu fell on Friday.", "Shares of the company fell on Friday."),
        Example(
            "The World Health Organization warned of a wave.", "The WHO gave warning of a wave."
        ),
        Example(
            "The case goes to the Federal Court of Justice.", "The case goes to the Supreme Court."
        ),
        Example(
            "The Czech Press Agency reported a fire.",
            "The agency ČTK reported that there was a fire.",
        ),
        Example(
            "The Economy Ministry raised its forecast.",
            "The Ministry of Trade and Industry raised its forecast.",
        ),
        Example(
            "The district court sent the case to the appeals court.",
            "The appeals court got the case from the district court.",
        ),
        Example("Chun Il-gu led the talks.", "Jeon Il-gu led the talks."),
        Example("The chamber passed the bill.", "The lower house passed the bill."),
    ),
)
