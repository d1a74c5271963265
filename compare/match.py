"""Which words of two linked sentences stand for each other, and which unlike words share a slot.

Words of the same lemma, sense (WordNet) or root are matched first, each once, those with the same
neighbours before others. What is left over is compared by its slot: what governs it, what depends
on it and what stands beside it, all seen through the words that are matched.

Words that have nothing in common but what they mean where they stand (halt, suspend) are kept apart
from these (:meth:`Match.akin`): each is the likest to the other among all words across, by the
vectors that the sentence encoder gives them in their sentences, as in SimAlign (Jalili Sabet et
al., 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from rapidfuzz.fuzz import ratio

from compare.dates import whole_month
from compare.embed import packaged_encoder
from compare.polarity import CONTENT, senses, vocabulary
from compare.records import SIDES, Group, Sentence, Side, Span
from compare.slots import stem
from compare.tables import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from compare.annotate import Annotated, Context
    from compare.embed import Vectors

_LIGHT = frozenset("be have do say tell make take get go come".split())
"""Verbs that govern anything: that two words hang on them says nothing."""
_CARRIERS = ("prep", "agent", "dative")
_AKIN = 0.35
"""Least cosine of two words that say the same where they stand. With it 3 lines more of 5,153 that
people translated twice get a finding, two of them rightly."""
_AT_ONCE = 32
"""Groups whose words are encoded in one call; a call for each takes longer."""
_MOST = 40_000
"""Pairs of words above which a group is no pair of sentences."""
_SUBJECT = ("nsubj",)
_OBJECT = ("dobj", "nsubjpass", "attr", "oprd")


@cache
def _roots() -> dict[str, frozenset[str]]:
    """Of each word the words of its root, itself among them: decide, decision."""
    table: dict[str, set[str]] = {}
    for x, y in rows("derived.tsv"):
        table.setdefault(x, {x}).add(y)
        table.setdefault(y, {y}).add(x)
    return {word: frozenset(words) for word, words in table.items()}


def roots(lemma: str) -> frozenset[str]:
    """A lemma and the words of its root."""
    return _roots().get(lemma, frozenset((lemma,)))


def related(x: str, y: str) -> bool:
    """Whether two lemmas are of one root.

    >>> related("acquittal", "acquit"), related("board", "border")
    (True, False)
    """
    return y in roots(x)


class Match:
    """The words of a group's two sides, and how they correspond."""

    def __init__(self, a: Sequence[tuple[Sentence, Token]], b: Sequence[tuple[Sentence, Token]]):
        self.words: dict[Side, tuple[tuple[Sentence, Token], ...]] = {"a": tuple(a), "b": tuple(b)}
        self._of: dict[Side, dict[Token, Token]] = {"a": {}, "b": {}}
        self._order: dict[Token, int] = {}
        self._content: dict[Side, list[Token]] = {}
        for side in SIDES:
            content = [t for _, t in self.words[side] if is_content(t)]
            self._content[side] = content
            self._order.update({t: i for i, t in enumerate(content)})
        for x, y in _matched(self._content["a"], self._content["b"]):
            self._of["a"][x] = y
            self._of["b"][y] = x
        self._akin: dict[Side, dict[Token, Token]] = {"a": {}, "b": {}}
        self._either = dict(self._of["a"])

    def align(self, vectors: Mapping[Doc, Vectors]) -> None:
        """Find the words that say the same in other words.

        Args:
            vectors: of each sentence those of its words, ``(words, d)``.
        """
        left, right = self._content["a"], self._content["b"]
        if not left or not right or len(left) * len(right) > _MOST:
            return
        like = _rows(left, vectors) @ _rows(right, vectors).T
        best_a, best_b = like.argmax(axis=1), like.argmax(axis=0)
        opposed = vocabulary().opposed
        for i, x in enumerate(left):
            j = int(best_a[i])
            y = right[j]
            known = x in self._of["a"] or y in self._of["b"]
            if (
                int(best_b[j]) == i
                and like[i, j] >= _AKIN
                and x.pos_ == y.pos_ not in ("PROPN", "NUM")
                and not known
                and not opposed(x.lemma_.lower(), y.lemma_.lower())
            ):
                self._akin["a"][x] = y
                self._akin["b"][y] = x
        self._either |= self._akin["a"]

    def akin(self, side: Side, token: Token) -> Token | None:
        """What a word of one side is on the other, or what says the same there in other words."""
        twin = self.of(side, token)
        return self._akin[side].get(token) if twin is None else twin

    def of(self, side: Side, token: Token) -> Token | None:
        """What a word of one side is on the other."""
        return self._of[side].get(token)

    @cached_property
    def _sentences(self) -> dict[Token, Sentence]:
        return {t: s for side in SIDES for s, t in self.words[side]}

    def sentence(self, token: Token) -> Sentence:
        """Where a word of either side stands."""
        return self._sentences[token]

    def span(self, text: Annotated, *words: Token) -> Span:
        """From the first to the last of some words of one side, as document offsets."""
        spans = [text.span(self.sentence(word), word) for word in words]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def spans(
        self, context: Context, side: Side, here: Sequence[Token], there: Sequence[Token]
    ) -> tuple[Span, Span]:
        """A's span and B's, of some words of one side and some of the side across."""
        a, b = (here, there) if side == "a" else (there, here)
        return self.span(context.a, *a), self.span(context.b, *b)

    def pairs(self) -> Iterator[tuple[Token, Token]]:
        """Words of A with what they are in B."""
        yield from self._of["a"].items()

    @cached_property
    def as_in_a(self) -> dict[str, str]:
        """Stems of B's words to those of the words that A has for them, where one is one."""
        used = {side: {stem(t.lower_) for _, t in self.words[side]} for side in SIDES}
        pairs = {
            (stem(x.lower_), stem(y.lower_))
            for x, y in self.pairs()
            # what both have in one form stands for itself
            if stem(x.lower_) not in used["b"] and stem(y.lower_) not in used["a"]
        }
        often = Counter(word for pair in pairs for word in pair)
        return {y: x for x, y in pairs if often[x] == often[y] == 1}

    def lone(self, side: Side) -> list[tuple[Sentence, Token]]:
        """Content words that the other side does not have."""
        return [w for w in self.words[side] if is_content(w[1]) and w[1] not in self._of[side]]

    def share(self) -> float:
        """How much of the content of the shorter side is matched."""
        least = min(len(self._content["a"]), len(self._content["b"]))
        return len(self._of["a"]) / least if least else 0.0

    def slot(self, x: Token, y: Token) -> float:
        """How surely a word of A and one of B fill one place; 1 and more is good evidence."""
        of = self._either
        score = 0.0
        (head_x, role_x), (head_y, role_y) = governor(x), governor(y)
        if head_x is not None and head_y is not None and of.get(head_x) == head_y:
            same = _kind(role_x) == _kind(role_y)
            light = not _LIGHT.isdisjoint((head_x.lemma_.lower(), head_y.lemma_.lower()))
            score += (0.3 if light else 1.0) if same else 0.0
            if same:
                others = [c for c in _below(head_x) if c != x and c in of]
                score += 0.3 * sum(of[c] in _below(head_y) for c in others)
        elif (
            head_x is not None
            and head_y is not None
            and _both_light(head_x, head_y)
            and _kind(role_x) == _kind(role_y)
        ):
            # "is A", "was B": what they are said of
            others = [c for c in _below(head_x) if c != x and c in of]
            score += 0.7 * sum(of[c] in _below(head_y) for c in others)
        below_y = _below(y)
        score += 0.7 * sum(of.get(c) in below_y for c in _below(x) if c in of)
        for step in (-1, 1):
            beside_x, beside_y = self._beside("a", x, step), self._beside("b", y, step)
            if beside_x is not None and beside_y is not None and of.get(beside_x) == beside_y:
                score += 0.5
        return score

    def _beside(self, side: Side, token: Token, step: int) -> Token | None:
        """The content word before or after one, in the same sentence."""
        at = self._order.get(token)
        if at is None or not 0 <= at + step < len(self._content[side]):
            return None
        other = self._content[side][at + step]
        return other if other.doc is token.doc else None


def is_content(token: Token) -> bool:
    """Whether a word carries content: no auxiliary, article, pronoun or punctuation."""
    return token.pos_ in CONTENT and (token.text[:1].isalnum()) and token.dep_ != "aux"


def same_role(x: Token, y: Token) -> bool:
    """Whether two words hang on what governs them in the same way, the passive aside."""
    return _kind(governor(x)[1]) == _kind(governor(y)[1])


def _both_light(x: Token, y: Token) -> bool:
    return x.lemma_.lower() == "be" == y.lemma_.lower()


def _kind(role: str) -> str:
    """A role as it is in the active: what is acted upon, who acts."""
    if role in _OBJECT:
        return "object"
    if role in _SUBJECT or role == "agent":
        return "subject"
    if role in ("amod", "nmod", "compound", "acomp", "relcl", "acl"):
        return "modifier"
    return role


def governor(token: Token) -> tuple[Token | None, str]:
    """The content word over one, through prepositions, and by which relation."""
    # A list may be longer than Python's stack is deep.
    while token.dep_ == "conj" and token.head.pos_ == token.pos_ and token.head != token:
        token = token.head
    head, role = token.head, token.dep_
    if head == token:
        return None, "root"
    if token.dep_ in ("pobj", "pcomp"):
        role = head.dep_ if head.dep_ == "agent" else "prep"
        head = head.head
        if head.pos_ == "ADP":
            head = head.head
    return head, role


def _below(token: Token) -> set[Token]:
    """The words that depend on one, through prepositions."""
    found = set()
    for child in token.children:
        found.add(child)
        if child.dep_ in _CARRIERS:
            found.update(child.children)
    return found


def _near(token: Token) -> frozenset[str]:
    """Stems of the words that stand beside one or hang together with it."""
    head, _ = governor(token)
    near = {*_below(token), *token.doc[max(0, token.i - 3) : token.i + 4]}
    if head is not None:
        near |= {head, *_below(head)}
    return frozenset(
        stem(t.lemma_.lower()) for t in near if t != token and (is_content(t) or t.like_num)
    )


def said_of(verb: Token, *, without: Container[str]) -> list[Token]:
    """The content words that depend on a verb, but for those under a clause of these kinds."""
    found: list[Token] = []
    below = [c for c in verb.children if c.dep_ not in without]
    while below:
        token = below.pop()
        found.append(token)
        below += [c for c in token.children if c.dep_ not in without]
    return [t for t in found if is_content(t)]


class _Word(NamedTuple):
    """What of a word is compared with each word of the other side."""

    lemma: str
    lower: str
    part: str
    senses: frozenset[int]
    near: frozenset[str]


def _word(token: Token) -> _Word:
    lemma = whole_month(token.text) or token.lemma_.lower()
    return _Word(lemma, token.lower_, token.pos_, senses(token), _near(token))


def _likeness(x: _Word, y: _Word) -> float:
    """How like two words are in themselves: 1 for the same, 0 for unlike ones."""
    if x.lemma == y.lemma or x.lower == y.lower:
        return 1.0
    if x.part == "PROPN" and y.part == "PROPN":
        near = min(len(x.lemma), len(y.lemma)) > 3 and ratio(x.lemma, y.lemma) >= 80
        return 0.8 if near else 0.0
    if x.part == "NUM" or y.part == "NUM":
        return 0.0
    if not x.senses.isdisjoint(y.senses):
        return 0.9
    if related(x.lemma, y.lemma):
        return 0.85
    return 0.0


def _matched(left: Sequence[Token], right: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """One-to-one pairs of like words, those in like surroundings first."""
    if len(left) * len(right) > _MOST:
        return
    scored = []
    others = [_word(token) for token in right]
    for i, x in enumerate(map(_word, left)):
        for j, y in enumerate(others):
            like = _likeness(x, y)
            if like:
                shared = len(x.near & y.near)
                place = abs(i / len(left) - j / len(right))
                scored.append((-(2 * like + min(shared, 4) * 0.3), place, i, j))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            yield left[i], right[j]


_Made = WeakKeyDictionary["Annotated", dict[tuple[int, ...], "Match"]]
_MADE: WeakKeyDictionary[Annotated, _Made] = WeakKeyDictionary()
"""By both texts: one text may be compared with several."""


def match(context: Context, group: Group) -> Match:
    """The correspondence of a group's words; made once for all checks."""
    made = _MADE.setdefault(context.a, WeakKeyDictionary()).setdefault(context.b, {})
    key = _key(group)
    if key not in made:
        groups = [g for g in context.linked if _key(g) not in made]
        at = next((i for i, g in enumerate(groups) if _key(g) == key), None)
        some = [group] if at is None else groups[at : at + _AT_ONCE]
        made.update(zip(map(_key, some), _all_matched(context, some), strict=True))
    return made[key]


def _key(group: Group) -> tuple[int, ...]:
    return (*(s.index for s in group.a), -1, *(s.index for s in group.b))


def _all_matched(context: Context, groups: Sequence[Group]) -> list[Match]:
    """The correspondences of several groups, whose words are encoded together."""
    found = [
        Match(
            *(
                [(s, t) for s in group.side(side) for t in context.side(side).docs[s.index]]
                for side in SIDES
            )
        )
        for group in groups
    ]
    left = [m for m in found if m.lone("a") and m.lone("b")]
    # as they were written, so that the encoder knows the sentences
    docs = {t.doc: s.text for m in left for side in SIDES for s, t in m.words[side]}
    words = [[(t.idx, t.idx + len(t)) for t in doc] for doc in docs]
    vectors = packaged_encoder().encode_words(list(docs.values()), words)
    for matched in left:
        matched.align(dict(zip(docs, vectors, strict=True)))
    return found


def _rows(tokens: Sequence[Token], vectors: Mapping[Doc, Vectors]) -> Vectors:
    """The vectors of some words, one below the other."""
    import numpy as np

    return np.stack([vectors[t.doc][t.i] for t in tokens])
