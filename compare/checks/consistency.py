"""``consistency``: one thing under several names in one text, under a single one in the other.

News writers vary their words, so only what a reader takes for a name or a term counts: names of
bodies, terms of several words, and titles before a person's name. What the title or name check
tells (an office that contradicts another, a name spelled in two ways) is left to them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from compare.annotate import Annotated, Context
from compare.checks.base import Check, Draft, Example, ordered
from compare.descriptors import is_person_noun
from compare.match import Match, is_content, match, related
from compare.persons import Mention
from compare.polarity import synonyms
from compare.records import OTHER, SIDES, Group, Place, Sentence, Side, Span
from compare.spelling import spelling_key
from compare.titles import Titles, default_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

_KEPT = 2
"""In how many places the other text must have one rendering."""
_SPELLED = 80
"""Character similarity from which two words are taken for one, inflected or misspelled."""
_AMOUNTS = frozenset("DATE TIME CARDINAL ORDINAL MONEY PERCENT QUANTITY".split())
_NO_TERMS = _AMOUNTS | frozenset("PERSON GPE NORP LOC LANGUAGE".split())


@dataclass(frozen=True, slots=True)
class _Phrase:
    group: Group
    tokens: tuple[Token, ...]
    """The content words."""
    span: Span
    words: str
    named: bool
    """Each content word has a capital."""

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(spelling_key(t.lemma_.lower()) for t in self.tokens)


def find(context: Context) -> Iterator[Draft]:
    """Each thing once, whichever text keeps to one rendering of it."""
    said = [
        (group, {side: list(_phrases(context, side, group)) for side in SIDES})
        for group in context.linked
    ]
    for keeper in SIDES:
        yield from _phrases_apart(context, keeper, said)
        yield from _titles_apart(context, keeper)


def _phrases_apart(
    context: Context, keeper: Side, said: Iterable[tuple[Group, Mapping[Side, list[_Phrase]]]]
) -> Iterator[Draft]:
    """Names of bodies, and terms; ``said`` has those of each group."""
    rendered: dict[tuple[str, ...], list[tuple[_Phrase, _Phrase]]] = {}
    for group, phrases in said:
        matched = match(context, group)
        mine, theirs = phrases[keeper], phrases[OTHER[keeper]]
        for phrase in mine:
            partner = _partner(matched, keeper, phrase, theirs)
            if partner and _partner(matched, OTHER[keeper], partner, mine) == phrase:
                rendered.setdefault(phrase.key, []).append((phrase, partner))
    often = {
        key: pairs
        for key, pairs in rendered.items()
        if len({phrase.group.group_id for phrase, _ in pairs}) >= _KEPT
    }
    lemmas = _lemmas(context.side(keeper)) if often else ""
    for key, pairs in often.items():
        counts = Counter(partner.key for _, partner in pairs)
        usual_key = key if key in counts else counts.most_common(1)[0][0]
        usual = next(partner for _, partner in pairs if partner.key == usual_key)
        odd = [
            (phrase, partner)
            for phrase, partner in pairs
            if _apart(phrase, usual, partner)
            and f" {' '.join(partner.key)} " not in lemmas
            and not _has(context.side(OTHER[keeper]), partner.group.side(OTHER[keeper]), usual)
        ]
        if odd:
            yield _draft(
                keeper,
                [(phrase.span, phrase.words) for phrase, _ in (odd[0], *pairs)],
                [(q.span, q.words) for q in (odd[0][1], usual, *(q for _, q in odd[1:]))],
            )


def _draft(
    keeper: Side, kept: Sequence[tuple[Span, str]], varied: Sequence[tuple[Span, str]]
) -> Draft:
    """One finding with all its places.

    Args:
        keeper: the text with one rendering.
        kept: its places, the one beside the odd rendering first.
        varied: those of the other text: the odd rendering, the usual one, and further odd ones.
    """
    other = OTHER[keeper]
    more = [Place(keeper, *span) for span, _ in kept[1:] if span != kept[0][0]]
    more += [Place(other, *span) for span, _ in varied[1:]]
    return Draft(
        *ordered(keeper, kept[0][0], varied[0][0]),
        message=(
            f"{other.upper()} says “{varied[0][1]}” here and “{varied[1][1]}” elsewhere, where "
            f"{keeper.upper()} keeps to “{kept[0][1]}”: readers may take them for two things."
        ),
        severity="minor",
        confidence=0.65,
        likely_side=other,
        ledger="wording",
        anchor=f"{kept[0][1]} | {varied[0][1]}",
        places=tuple(dict.fromkeys(more)),
    )


def _phrases(context: Context, side: Side, group: Group) -> Iterator[_Phrase]:
    """Names and terms of several words, of no person, place, time or number."""
    text = context.side(side)
    people = [m.span for p in context.persons for m in p.on(side)]
    for sentence in group.side(side):
        for first, last in _chunks(text, sentence):
            doc = text.docs[sentence.index]
            tokens = tuple(t for t in doc[first : last + 1] if is_content(t))
            span = text.span(sentence, doc[first : last + 1])
            if (
                len(tokens) > 1
                and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in tokens)
                and not any(t.ent_type_ in _NO_TERMS for t in tokens[-1:])
                and not all(t.ent_type_ in _NO_TERMS for t in tokens)
                and not is_person_noun(tokens[-1].lemma_.lower())
                and not any(span.overlaps(p) for p in people)
            ):
                named = all(t.text[0].isupper() for t in tokens)
                yield _Phrase(group, tokens, span, text.words(span), named)


def _chunks(text: Annotated, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """First and last word of the noun phrases, "Ministry of Land" as one, without articles."""
    chunks = [(c.start, c.end - 1) for c in text.docs[sentence.index].noun_chunks]
    doc = text.docs[sentence.index]
    while chunks:
        first, last = chunks.pop(0)
        while first < last and (not is_content(doc[first]) or doc[first].ent_type_ in _AMOUNTS):
            first += 1  # "a 30 million yuan relief fund"
        while chunks and chunks[0][0] == last + 2 and doc[last + 1].lower_ in ("of", "for"):
            if not (doc[first].text[0].isupper() and doc[chunks[0][1]].text[0].isupper()):
                break
            _, last = chunks.pop(0)
        yield first, last


def _partner(
    matched: Match, side: Side, phrase: _Phrase, theirs: Iterable[_Phrase]
) -> _Phrase | None:
    """What the other side has in a phrase's place: it shares a word, the more and surer first."""
    best: tuple[tuple[int, float], _Phrase] | None = None
    for other in theirs:
        shared = sum(matched.of(side, t) in other.tokens for t in phrase.tokens)
        x, y = _last(side, phrase, other)
        score = (shared, matched.slot(x, y))
        if shared and (best is None or score > best[0]):
            best = score, other
    return best[1] if best else None


def _last(side: Side, here: _Phrase, there: _Phrase) -> tuple[Token, Token]:
    """The last words of two phrases, A's first."""
    x, y = here.tokens[-1], there.tokens[-1]
    return (x, y) if side == "a" else (y, x)


def _apart(kept: _Phrase, usual: _Phrase, odd: _Phrase) -> bool:
    """Whether two renderings of one phrase are two names or terms, and no short form."""
    if set(usual.key) <= set(odd.key) or set(odd.key) <= set(usual.key):
        return False
    if not (usual.named == odd.named == kept.named):
        return False
    if not kept.named:
        if not len(kept.tokens) == len(usual.tokens) == len(odd.tokens):
            return False  # "low-interest loans" says something of the "yen loans"
        if not set(odd.key) & {*kept.key, *usual.key}:
            return False
    own = [t for t in odd.tokens if spelling_key(t.lemma_.lower()) not in usual.key]
    theirs = [t for t in usual.tokens if spelling_key(t.lemma_.lower()) not in odd.key]
    return any(not any(_one_word(x, y, odd.named) for y in theirs) for x in own)


def _one_word(x: Token, y: Token, named: bool) -> bool:
    if fuzz.ratio(x.lower_, y.lower_) >= _SPELLED or related(x.lower_, y.lower_):
        return True
    return not named and synonyms(x, y)


def _lemmas(text: Annotated) -> str:
    """All content words of a text in a row, a space before and behind each."""
    words = (spelling_key(t.lemma_.lower()) for doc in text.docs for t in doc if is_content(t))
    return f" {' '.join(words)} "


def _has(text: Annotated, sentences: Iterable[Sentence], phrase: _Phrase) -> bool:
    """Whether some sentences have the words of a phrase."""
    here = {
        spelling_key(t.lemma_.lower())
        for s in sentences
        for t in text.docs[s.index]
        if is_content(t)
    }
    return set(phrase.key) <= here


def _titles_apart(context: Context, keeper: Side) -> Iterator[Draft]:
    """Titles before a person's name that do not contradict each other."""
    titles = default_titles()
    other = OTHER[keeper]
    for person in context.persons:
        pairs = []
        for mine in (m for m in person.on(keeper) if m.title and m.address):
            group = context.group_of(keeper, mine.sentence)
            near = {s.index for s in group.side(other)} if group else set()
            theirs = [m for m in person.on(other) if m.title and m.address and m.sentence in near]
            if theirs:
                pairs.append((mine, theirs[0]))
        if len({_office(mine) for mine, _ in pairs}) != 1 or len(pairs) < _KEPT:
            continue
        usual = next(m for _, m in pairs if _office(m) == _office(pairs[0][1]))
        odd = [(mine, m) for mine, m in pairs if _two_titles(titles, usual, m)]
        if odd:
            yield _draft(
                keeper,
                [(m.whole, context.side(keeper).words(m.whole)) for m, _ in (odd[0], *pairs)],
                [
                    (m.whole, context.side(other).words(m.whole))
                    for m in (odd[0][1], usual, *(m for _, m in odd[1:]))
                ],
            )


def _office(mention: Mention) -> str:
    return mention.title.office if mention.title else ""


def _two_titles(titles: Titles, x: Mention, y: Mention) -> bool:
    """Whether two titles are two offices that one person can hold, not one told shorter."""
    assert x.title is not None
    assert y.title is not None
    offices = titles.offices[x.title.office], titles.offices[y.title.office]
    words = [set(re.findall(r"\w+", t.text.lower())) for t in (x.title, y.title)]
    return (
        offices[0].id != offices[1].id
        and not titles.conflict(offices[0].id, offices[1].id)
        and not any(office.generic for office in offices)
        and offices[0].kind not in (offices[1].id, offices[1].kind or None)
        and offices[1].kind != offices[0].id
        and not words[0] & words[1]
    )


CHECK = Check(
    id="consistency",
    summary="One thing under several names in one text, where the other text keeps to one.",
    category="terminology/inconsistent",
    find=find,
    flags=(
        Example(
            ("The Fair Trade Commission fined the firm.", "The Fair Trade Commission will appeal."),
            (
                "The Fair Trade Commission fined the firm.",
                "The Fair Transaction Committee will appeal.",
            ),
        ),
        Example(
            (
                "The relocation fund is empty.",
                "Farmers demanded that the relocation fund be filled.",
            ),
            (
                "The relocation fund is empty.",
                "Farmers demanded that the relocation purse be filled.",
            ),
        ),
        Example(
            ("The Ministry of Land sold it.", "Rents rose, the Ministry of Land said."),
            ("The Ministry of Land sold it.", "Rents rose, the Ministry of Territory said."),
        ),
        Example(
            ("Secretary of State Dana Reyes left.", "On Monday Secretary of State Reyes spoke."),
            ("Foreign Minister Dana Reyes left.", "On Monday Secretary of State Reyes spoke."),
        ),
    ),
    passes=(
        Example(
            ("The Fair Trade Commission fined the firm.", "The Fair Trade Commission will appeal."),
            ("The Fair Trade Commission fined the firm.", "The Commission will appeal."),
        ),
        Example(
            (
                "The relocation fund is empty.",
                "Farmers demanded that the relocation fund be filled.",
            ),
            ("The relocation fund is empty.", "Farmers demanded that the fund be filled."),
        ),
        Example(
            ("The power plant burned.", "The power plant was built in 1980."),
            ("The power plant burned.", "The power station was built in 1980."),
        ),
        Example(
            ("The rescue ship sank.", "The rescue vessel was old."),
            ("The rescue ship sank.", "The rescue vessel was old."),
        ),
        Example(
            ("Foreign Minister Dana Reyes left.", "On Monday Foreign Minister Reyes spoke."),
            ("Foreign Minister Dana Reyes left.", "On Monday Minister Reyes spoke."),
        ),
        Example(
            ("The young lawmaker left.", "The young lawmaker spoke."),
            ("The young lawmaker left.", "The young politician spoke."),
        ),
    ),
)
