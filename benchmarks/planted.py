"""Pairs of good translations with one change of a known kind at a known place.

A good pair is two translations of one sentence by two people. In one of them one thing is changed
so that the two contradict each other (another term, an antonym, roles swapped, another number …),
or so that one says more than the other. The negatives are the pair as it is, the pair with a
harmless edit, and the pair with the same exchange on both sides, which is odd English and no
contradiction. A change knows its characters, so a model can learn where it stands.

All words that are put in stand in the texts themselves, in the inflection that is needed.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from compare.checks.term import _are_siblings
from compare.descriptors import is_role, one_kind
from compare.polarity import _synsets, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from compare.embed import Encoder

Marks = tuple[tuple[int, int], ...]
"""Characters of a text, half-open."""

NONE, CONTRADICTS, MORE, LESS = "none", "contradicts", "more", "less"
"""What a change does to the text that it is made in."""


@dataclass(frozen=True)
class Edit:
    """Characters of a text and what stands there instead."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Change:
    """One change of a text."""

    kind: str
    effect: str
    edits: tuple[Edit, ...]
    lemmas: frozenset[str] = frozenset()
    """What was there before, to be found in the other translation."""


@dataclass(frozen=True)
class Example:
    """A pair of texts and what is known of it; None is what is not known."""

    a: str
    b: str
    contradicts: bool | None
    a_more: bool | None = None
    b_more: bool | None = None
    a_marks: Marks | None = ()
    b_marks: Marks | None = ()
    kind: str = "same"
    weight: float = 1.0

    @property
    def turned(self) -> Example:
        """The same with the sides exchanged."""
        return replace(
            self,
            a=self.b,
            b=self.a,
            a_more=self.b_more,
            b_more=self.a_more,
            a_marks=self.b_marks,
            b_marks=self.a_marks,
        )


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, Marks]:
    """The text with all edits made, and where the new words stand in it.

    The article before a new word follows its first letter, and the text keeps its capital.

    >>> apply("He saw a dog.", [Edit(9, 12, "owl")])
    ('He saw an owl.', ((10, 13),))
    >>> apply("The big dog ran.", [Edit(4, 8, "")])
    ('The dog ran.', ())
    """
    out = ""
    marks = []
    last = 0
    for edit in sorted(edits, key=lambda e: e.start):
        out += text[last : edit.start]
        new = edit.new
        if new and not out.strip():
            new = new[0].upper() + new[1:]
        article = re.search(r"\b([Aa])n?( )$", out)
        if article and new:
            out = out[: article.start()] + article[1] + ("n" if new[0] in "aeiouAEIOU" else "")
            out += " "
        if new:
            marks.append((len(out), len(out) + len(new)))
        out += new
        last = edit.end
    out += text[last:]
    if out and text[:1].isupper() and not out[0].isupper() and not marks:
        out = out[0].upper() + out[1:]
    return out, tuple(marks)


# --- the words that are put in ------------------------------------------------------------------

_CONTENT = frozenset("NN NNS VB VBD VBG VBN VBP VBZ JJ".split())
_LIGHT = frozenset("be have do say get make take go come let use one thing lot".split())
_POS = {"N": "NOUN", "V": "VERB", "J": "ADJ"}
_ENTITIES = frozenset("PERSON GPE ORG NORP LOC FAC EVENT PRODUCT".split())
_ADDED = frozenset("amod advmod prep relcl advcl appos npadvmod".split())
_NEAREST = 40
_PLACES = 4


def _content(token: Token) -> bool:
    return (
        token.tag_ in _CONTENT
        and token.is_alpha
        and len(token) > 2
        and token.dep_ not in ("aux", "auxpass")
        and token.lemma_.lower() not in _LIGHT
        and (not token.ent_type_ or token.ent_type_ not in _ENTITIES)
        and not token.text[0].isupper()
    )


class Lexicon:
    """The words, names and phrases of a collection of parsed sentences."""

    def __init__(self, docs: Iterable[Doc], encoder: Encoder) -> None:
        self.encoder = encoder
        forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        entities: dict[str, Counter[str]] = defaultdict(Counter)
        self.phrases: dict[str, list[str]] = defaultdict(list)
        for doc in docs:
            for token in doc:
                if _content(token):
                    forms[token.lemma_.lower(), token.tag_][token.text.lower()] += 1
                if token.dep_ in _ADDED:
                    phrase = _subtree(token)
                    if phrase is not None and phrase[1] - phrase[0] < 60:
                        words = doc.text[phrase[0] : phrase[1]]
                        if words[0].islower() and re.fullmatch(r"[\w ’'-]+", words):
                            self.phrases[token.dep_].append(words)
            for entity in doc.ents:
                if entity.label_ in _ENTITIES and re.fullmatch(r"[\w .’'-]{2,40}", entity.text):
                    entities[entity.label_][entity.text.removeprefix("the ")] += 1
        self.forms = {key: found.most_common(1)[0][0] for key, found in forms.items()}
        counts = Counter[tuple[str, str]]()
        for (lemma, tag), found in forms.items():
            counts[lemma, tag[0]] += found.total()
        self.words = {
            part: sorted(w for (w, p), n in counts.items() if p == part and n > 1) for part in "NVJ"
        }
        self.counts = counts
        self.entities = {label: sorted(found) for label, found in entities.items()}

    def prepare(self) -> None:
        """Find the neighbours of all words now: some seconds."""
        _ = self._near

    @cached_property
    def _near(self) -> dict[tuple[str, str], list[str]]:
        import numpy as np

        near = {}
        for part, words in self.words.items():
            vectors = self.encoder.encode(words)
            for first in range(0, len(words), 500):
                cosines = vectors[first : first + 500] @ vectors.T
                order = np.argsort(-cosines, axis=1)[:, 1 : _NEAREST + 1]
                for row, columns in enumerate(order):
                    near[words[first + row], part] = [
                        words[c] for c in columns if cosines[row, c] < 0.75
                    ]
        return near

    @cached_property
    def _antonyms(self) -> dict[str, list[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        known = vocabulary()
        for pair in known.antonyms | known.near_antonyms:
            if len(pair) == 2:
                x, y = pair
                table[x].add(y)
                table[y].add(x)
        for one, two in known.classes:
            for x, others in (*((x, two) for x in one), *((y, one) for y in two)):
                table[x] |= others
        return {word: sorted(others) for word, others in table.items()}

    def form(self, lemma: str, tag: str) -> str | None:
        """A word in an inflection, where the texts have it."""
        return self.forms.get((lemma, tag))

    def antonyms(self, token: Token) -> list[str]:
        """Opposites of a word, in its inflection."""
        return self._inflected(self._antonyms.get(token.lemma_.lower(), ()), token.tag_)

    def synonyms(self, token: Token) -> list[str]:
        """Words with a frequent sense in common, in its inflection."""
        lemma, part = token.lemma_.lower(), token.tag_[0]
        if part not in _POS:
            return []
        own = _synsets().get((_POS[part], lemma), frozenset())
        same = (w for w in self.words[part] if own & _synsets().get((_POS[part], w), frozenset()))
        return self._inflected((w for w in same if w != lemma), token.tag_)

    def others(self, token: Token, rng: random.Random) -> str | None:
        """A word for another thing, in the same inflection: near in meaning, of one kind, or any.

        This is what a machine puts that takes the wrong sense of a source word.
        """
        lemma, part = token.lemma_.lower(), token.tag_[0]
        how = rng.random()
        pool: Sequence[str]
        if how < 0.25 and part == "N":
            if is_role(lemma):
                pool = [w for w in self.words["N"] if is_role(w) and not one_kind(w, lemma)]
            else:
                pool = [w for w in self.words["N"] if _are_siblings(w, lemma)]
        elif how < 0.65:
            pool = self._near.get((lemma, part), ())
        else:
            count = self.counts[lemma, part]
            pool = rng.sample(self.words[part], min(60, len(self.words[part])))
            pool = [w for w in pool if count / 4 <= self.counts[w, part] <= 4 * count] or pool
        own = _synsets().get((_POS[part], lemma), frozenset())
        pool = [
            w
            for w in pool
            if w[:4] != lemma[:4] and not own & _synsets().get((_POS[part], w), frozenset())
        ]
        found = self._inflected(pool, token.tag_)
        return rng.choice(found) if found else None

    def _inflected(self, lemmas: Iterable[str], tag: str) -> list[str]:
        return [form for lemma in lemmas if (form := self.form(lemma, tag))]


# --- changes ------------------------------------------------------------------------------------


def _span(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token.text)


def _subtree(token: Token) -> tuple[int, int] | None:
    """The characters of all that hangs on a word, where it is in one piece."""
    tokens = sorted(token.subtree, key=lambda t: t.i)
    if tokens[-1].i - tokens[0].i + 1 != len(tokens):
        return None
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return (tokens[0].idx, _span(tokens[-1])[1]) if tokens else None


def _swap(token: Token, new: str, kind: str, effect: str = CONTRADICTS) -> Change:
    if token.text[0].isupper():
        new = new[0].upper() + new[1:]
    lemmas = frozenset((token.lemma_.lower(), token.lower_))
    return Change(kind, effect, (Edit(*_span(token), new),), lemmas)


def _from_table(table: dict[str, str], kind: str, effect: str = CONTRADICTS) -> Maker:
    def make(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
        for token in doc:
            if token.lower_ in table and not token.ent_type_:
                yield _swap(token, rng.choice(table[token.lower_].split("|")), kind, effect)

    return make


Maker = Callable[["Doc", Lexicon, random.Random], Iterator[Change]]
"""Finds changes of one kind that can be made in a sentence."""


def _terms(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        if _content(token) and (new := lexicon.others(token, rng)):
            yield _swap(token, new, "term")


def _antonyms(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        if (_content(token) or token.tag_ in ("JJR", "JJS", "RB")) and not token.ent_type_:
            new = lexicon.antonyms(token)
            if new:
                yield _swap(token, rng.choice(new), "antonym")


def _roles(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    """Subject and object exchanged, or two entities of one type."""
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        one = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
        two = [t for t in verb.children if t.dep_ in ("dobj", "dative")]
        two += [
            t
            for p in verb.children
            if p.dep_ in ("prep", "agent")
            for t in p.children
            if t.dep_ == "pobj"
        ]
        for x in one:
            for y in two:
                if "PRON" in (x.pos_, y.pos_) or x.ent_type_ in ("DATE", "CARDINAL"):
                    continue
                if y.ent_type_ in ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY"):
                    continue
                spans = _subtree(x), _subtree(y)
                if spans[0] and spans[1] and all(s and s[1] - s[0] < 50 for s in spans):
                    yield _exchange(doc, spans[0], spans[1])
    for i, x in enumerate(doc.ents):
        for y in doc.ents[i + 1 :]:
            if x.label_ == y.label_ and x.label_ in _ENTITIES and x.text != y.text:
                yield _exchange(doc, (x.start_char, x.end_char), (y.start_char, y.end_char))


def _exchange(doc: Doc, one: tuple[int, int], two: tuple[int, int]) -> Change:
    texts = [doc.text[s:e] for s, e in (one, two)]
    lemmas = {
        t.lemma_.lower() for t in doc for s, e in (one, two) if s <= t.idx < e and not t.is_stop
    }
    if one[0] == 0 and not doc[0].ent_type_ and doc[0].pos_ != "PROPN":
        texts[0] = texts[0][0].lower() + texts[0][1:]
    edits = Edit(*one, texts[1]), Edit(*two, texts[0])
    return Change("roles", CONTRADICTS, edits, frozenset(lemmas))


_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty".split()
_SCALES = "hundred thousand million billion trillion".split()
_CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "January February March April May June July August September October November December".split(),
)


def _numbers(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        if re.fullmatch(r"\d{1,4}", token.text) or re.fullmatch(r"\d+[.,]\d+", token.text):
            digits = [i for i, c in enumerate(token.text) if c.isdigit()]
            i = rng.choice(digits)
            new = rng.choice([c for c in "123456789" if c != token.text[i]])
            yield _swap(token, token.text[:i] + new + token.text[i + 1 :], "number")
        for row in (_NUMBERS, _SCALES):
            if token.lower_ in row:
                yield _swap(token, rng.choice([w for w in row if w != token.lower_]), "number")
        for row in _CALENDAR:
            if token.text in row and token.ent_type_ == "DATE":
                yield _swap(token, rng.choice([w for w in row if w != token.text]), "date")


def _names(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for entity in doc.ents:
        pool = lexicon.entities.get(entity.label_, ())
        if entity.label_ in _ENTITIES and len(pool) > 1:
            new = rng.choice(pool)
            start = entity.start_char + (4 if entity.text.startswith("the ") else 0)
            own = entity.text.lower().split()
            if not set(new.lower().split()) & set(own):
                lemmas = frozenset(t.lemma_.lower() for t in entity if not t.is_stop)
                edit = Edit(start, entity.end_char, new)
                yield Change("name", CONTRADICTS, (edit,), lemmas)


_CAN = frozenset("is are was were will would can could should may might must has have had".split())


def _negations(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        lemmas = frozenset((token.head.lemma_.lower(),))
        if token.dep_ == "neg" and token.lower_ in ("not", "never"):
            start = token.idx - 1 if token.idx and doc.text[token.idx - 1] == " " else token.idx
            yield Change("negation", CONTRADICTS, (Edit(start, _span(token)[1], ""),), lemmas)
        negated = any(t.dep_ == "neg" for t in (*token.children, *token.head.children))
        if negated or token.ent_type_:
            continue
        end = _span(token)[1]
        follows = token.i + 1 < len(doc) and doc.text[end : end + 1] == " "
        if token.lower_ in _CAN and follows and token.dep_ in ("aux", "auxpass", "ROOT"):
            head = token.lemma_ if token.dep_ == "ROOT" else token.head.lemma_
            edit = Edit(token.idx, end, f"{token.text} not")
            yield Change("negation", CONTRADICTS, (edit,), frozenset((head.lower(), token.lower_)))
        elif token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB":
            base = lexicon.form(token.lemma_.lower(), "VB")
            do = {"VBD": "did", "VBZ": "does", "VBP": "do"}[token.tag_]
            if base and not any(t.dep_ == "aux" for t in token.children):
                yield _swap(token, f"{do} not {base}", "negation")
        if token.lower_ in ("no", "without") and token.dep_ in ("det", "prep"):
            yield _swap(token, {"no": "some", "without": "with"}[token.lower_], "negation")


def _tenses(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        if token.pos_ != "VERB" or token.lower_ in ("said", "says"):
            continue
        lemma = token.lemma_.lower()
        helpers = [t for t in token.children if t.dep_ in ("aux", "auxpass")]
        if token.tag_ in ("VBD", "VBZ", "VBP") and not helpers:
            base, past = lexicon.form(lemma, "VB"), lexicon.form(lemma, "VBD")
            if token.tag_ == "VBD" and base:
                yield _swap(token, f"will {base}", "tense")
            elif past:
                yield _swap(token, past, "tense")
        elif token.tag_ == "VB" and len(helpers) == 1 and helpers[0].lower_ == "will":
            past = lexicon.form(lemma, "VBD")
            if past:
                edits = (Edit(*_span(helpers[0]), ""), Edit(*_span(token), past))
                if doc.text[_span(helpers[0])[1]] == " ":
                    edits = (Edit(helpers[0].idx, _span(helpers[0])[1] + 1, ""), edits[1])
                yield Change("tense", CONTRADICTS, edits, frozenset((lemma,)))


_MODALS = {
    **dict.fromkeys(("may", "might"), "will|must"),
    "could": "must|will",
    "will": "may|might",
    "must": "may|need not",
    "should": "need not|must",
    "can": "cannot|must",
    "would": "might",
    "possibly": "certainly",
    "probably": "certainly|hardly",
    "certainly": "possibly",
    "likely": "certain|unlikely",
}
_QUANTIFIERS = {
    "all": "some|few",
    "every": "no|one",
    "each": "one",
    "some": "all|no",
    "many": "few|no",
    "most": "few|all",
    "few": "most|many",
    "several": "all|no",
    "both": "neither",
    "only": "not only",
    "always": "sometimes|never",
    "never": "always|often",
    "often": "rarely",
    "almost": "more than",
    "nearly": "more than",
    "about": "more than|less than",
    "half": "all|a third",
    "twice": "once",
}
_COMPARED = {
    "more": "less|fewer",
    "less": "more",
    "fewer": "more",
    "higher": "lower",
    "lower": "higher",
    "larger": "smaller",
    "bigger": "smaller",
    "smaller": "larger",
    "better": "worse",
    "worse": "better",
    "longer": "shorter",
    "earlier": "later",
    "later": "earlier",
    "first": "last|second",
    "last": "first|next",
    "next": "last",
    "before": "after",
    "after": "before",
    "above": "below",
    "below": "above",
    "over": "under",
    "under": "over",
    "since": "until",
    "until": "since|after",
    "up": "down",
    "down": "up",
    "to": "from",
    "from": "to",
    "into": "out of",
    "against": "for|with",
    "during": "before|after",
    "inside": "outside",
    "outside": "inside",
    "least": "most",
    "older": "younger",
    "younger": "older",
}
_CONDITIONS = {
    "if": "even if|unless|because",
    "unless": "if",
    "because": "although|if",
    "although": "because",
    "though": "because",
    "when": "before|unless",
}
_GENDERS = {
    "he": "she",
    "she": "he",
    "his": "her",
    "him": "her",
    "her": "his",
    "man": "woman",
    "woman": "man",
    "men": "women",
    "women": "men",
    "son": "daughter",
    "daughter": "son",
    "father": "mother",
    "mother": "father",
    "brother": "sister",
    "sister": "brother",
    "wife": "husband",
    "husband": "wife",
    "i": "he|they",
    "we": "they",
    "they": "we",
}


def _added(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    """Words of another sentence put in where their kind can stand."""

    def put(at: int, kinds: str, form: str) -> Iterator[Change]:
        pool = [phrase for kind in kinds.split() for phrase in lexicon.phrases.get(kind, ())]
        if pool:
            yield Change("added", MORE, (Edit(at, at, form.format(rng.choice(pool))),))

    for token in doc:
        end = _span(token)[1]
        if token.pos_ == "NOUN" and not token.ent_type_:
            head = next((t for t in token.lefts if t.dep_ in ("amod", "compound")), token)
            yield from put(head.idx, "amod", "{} ")
            yield from put(end, rng.choice(("prep", "relcl")), " {}")
        elif token.pos_ == "VERB" and not token.is_sent_start:
            yield from put(token.idx, "advmod", "{} ")
            if doc.text[end : end + 1] in (" ", ".", ","):
                yield from put(end, "prep advcl", " {}")


_REMOVED = frozenset(
    "amod advmod prep relcl advcl conj nsubj nsubjpass dobj pobj ROOT npadvmod ccomp xcomp "
    "compound appos acomp attr".split()
)


def _removed(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    """A word taken out, or all that hangs on it."""
    for token in doc:
        if token.dep_ not in _REMOVED or token.is_punct:
            continue
        if token.pos_ == "PRON" and rng.random() < 0.7:
            continue
        whole = _subtree(token)
        for span in {_span(token), whole}:
            if span is None or span[1] - span[0] > 0.6 * len(doc.text):
                continue
            inside = [t for t in doc if span[0] <= t.idx < span[1]]
            lemmas = frozenset(t.lemma_.lower() for t in inside if not t.is_stop)
            if lemmas:
                start, end = span
                if doc.text[end : end + 1] == " ":
                    end += 1
                elif start and doc.text[start - 1] == " ":
                    start -= 1
                yield Change("removed", LESS, (Edit(start, end, ""),), lemmas)


def _synonyms(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    for token in doc:
        if _content(token) and (new := lexicon.synonyms(token)):
            yield _swap(token, rng.choice(new), "synonym", NONE)


_CONTRACTED = (
    (r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should) not\b", r"\1n’t"),
    (r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should)n[’']t\b", r"\1 not"),
    (r"\bwill not\b", "won’t"),
    (r"\bcannot\b", "can’t"),
    (r"\b(I|you|we|they|We|They|You)[’']re\b", r"\1 are"),
    (r"\b(I|you|we|they|he|she|He|She|We|They)[’']ll\b", r"\1 will"),
    (r"\b([Ii]t|[Hh]e|[Ss]he|[Tt]hat) is\b", r"\1’s"),
    (r"\bper ?cent\b", "%"),
    (r"%", " percent"),
    (r"\$(\d[\d,.]*\d)( (?:m|b|tr)illion)?", r"\1\2 dollars"),
    (r"\bUnited States\b", "US"),
    (r"\bUnited Kingdom\b", "Britain"),
    (r"\bin order to\b", "to"),
    (r"\bmore than (\d)", r"over \1"),
    (r"\bapproximately (\d)", r"about \1"),
    (r"\babout (\d)", r"some \1"),
    (r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", "DAY"),
    (rf"\b(\d{{1,2}})(?:th|st|nd|rd)? (?:of )?({'|'.join(_CALENDAR[1])})\b", r"\2 \1"),
    (rf"\b({'|'.join(_CALENDAR[1])}) (\d{{1,2}})(?:th|st|nd|rd)?\b", r"\2 \1"),
    (r"\b(says|said)\b", "SAID"),
)
_SAID = {
    "said": "stated|noted|explained|told reporters|added|remarked|stressed|pointed out".split("|"),
    "says": "states|notes|explains|adds|remarks|stresses|points out".split("|"),
}


def _other_words(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    """Contractions, dates, amounts and verbs of saying in another form."""
    for pattern, form in _CONTRACTED:
        for found in re.finditer(pattern, doc.text):
            if form == "DAY":
                if not doc.text[: found.start()].endswith("on "):
                    continue
                day = rng.randint(4, 30)
                new = f"the {day}{'th' if day < 21 or day > 23 else 'rd' if day == 23 else 'nd'}"
                new = new if day != 21 else "the 21st"
            elif form == "SAID":
                new = rng.choice(_SAID[found[1]])
            else:
                new = found.expand(form)
            yield Change("form", NONE, (Edit(*found.span(), new),))


def _fronted(doc: Doc, lexicon: Lexicon, rng: random.Random) -> Iterator[Change]:
    """A phrase at the end of the sentence moved to its front."""
    for token in doc:
        span = _subtree(token) if token.dep_ in ("prep", "advcl", "npadvmod") else None
        if span is None or token.head.dep_ != "ROOT" or span[0] == 0:
            continue
        if not re.fullmatch(r"[.!?”\"’']*", doc.text[span[1] :]):
            continue
        phrase = doc.text[span[0] : span[1]]
        first = doc.text[0]
        if not doc[0].ent_type_ and doc[0].text != "I":
            first = first.lower()
        start = span[0] - 1 if doc.text[span[0] - 1] == " " else span[0]
        front = f"{phrase[0].upper()}{phrase[1:]}, {first}"
        yield Change("order", NONE, (Edit(0, 1, front), Edit(start, span[1], "")))


MAKERS: dict[str, tuple[Maker, float]] = {
    "term": (_terms, 5.0),
    "antonym": (_antonyms, 2.5),
    "roles": (_roles, 1.5),
    "number": (_numbers, 1.2),
    "name": (_names, 1.0),
    "negation": (_negations, 1.2),
    "modality": (_from_table(_MODALS, "modality"), 1.5),
    "quantifier": (_from_table(_QUANTIFIERS, "quantifier"), 2.0),
    "tense": (_tenses, 1.0),
    "comparison": (_from_table(_COMPARED, "comparison"), 1.2),
    "condition": (_from_table(_CONDITIONS, "condition"), 4.0),
    "gender": (_from_table(_GENDERS, "gender"), 0.5),
    "added": (_added, 0.6),
    "removed": (_removed, 0.6),
    "synonym": (_synonyms, 2.0),
    "form": (_other_words, 1.2),
    "order": (_fronted, 1.0),
}
"""How changes of each kind are made, and how often."""
_SAME_TEXT = 0.18
"""How often a text is paired with itself changed; what sets a synonym apart shows best there …"""
_HARMLESS_SHARE = 0.35
"""… with so many harmless changes among them."""
HARMLESS = ("synonym", "form", "order")


# --- pairs --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two good translations, parsed."""

    a: Doc
    b: Doc
    name: str = ""
    lemmas: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def places(doc: Doc, lemmas: frozenset[str]) -> Marks | None:
    """Where words stand in a text; None where none of them does."""
    found = [_span(t) for t in doc if t.lemma_.lower() in lemmas or t.lower_ in lemmas]
    return tuple(found) if 0 < len(found) <= _PLACES else None


def plant(pair: Pair, lexicon: Lexicon, rng: random.Random, kind: str | None = None) -> Example:
    """The pair with one change in its second text, or as it is where none of the kind can be made.

    The kind is drawn where none is given.
    """
    a, b = pair.a, pair.b
    kinds = [kind] if kind else _shuffled(rng)
    for name in kinds:
        changes = list(MAKERS[name][0](b, lexicon, rng))
        if not changes:
            continue
        # A word that the other translation has too is surely about the same thing.
        rng.shuffle(changes)
        if rng.random() < 0.7:
            changes.sort(key=lambda c: not places(a, c.lemmas))
        change = changes[0]
        text, marks = apply(b.text, change.edits)
        if text == b.text:
            continue
        there = places(a, change.lemmas)
        if change.effect == NONE:
            return Example(a.text, text, False, False, False, kind=change.kind)
        if change.effect == MORE:
            return Example(a.text, text, False, False, True, (), marks, change.kind)
        if change.effect == LESS:
            return Example(a.text, text, False, True, False, there, (), change.kind)
        both = _both(a, change, rng)
        if both is not None:
            return Example(both, text, False, False, False, kind="both")
        return Example(a.text, text, True, None, None, there, marks, change.kind)
    return Example(a.text, b.text, False, False, False)


def _both(a: Doc, change: Change, rng: random.Random) -> str | None:
    """Now and then the other text with the same word exchanged: odd, but no contradiction."""
    if change.kind not in ("term", "antonym", "name") or rng.random() > 0.15:
        return None
    found = places(a, change.lemmas)
    if found is None or len(found) > 1 or a.text[slice(*found[0])].lower() not in change.lemmas:
        return None
    return apply(a.text, [Edit(*found[0], change.edits[0].new)])[0]


def _shuffled(rng: random.Random) -> list[str]:
    """All kinds in a random order in which the frequent ones come early."""
    return sorted(MAKERS, key=lambda k: -(rng.random() ** (1 / MAKERS[k][1])))


def examples(
    pairs: Sequence[Pair], lexicon: Lexicon, rng: random.Random, clean: float = 0.3
) -> Iterator[Example]:
    """One example from each pair, in a random order and direction.

    A share of them is the pair as it is; now and then a text is paired with itself changed, or
    with the next one of its source added on one side.
    """
    order = rng.sample(range(len(pairs)), len(pairs))
    for i in order:
        pair = pairs[i]
        if rng.random() < 0.5:
            pair = replace(pair, a=pair.b, b=pair.a)
        how = rng.random()
        same = how < _SAME_TEXT
        if same:
            pair = replace(pair, a=pair.b)
        if rng.random() < (clean / 6 if same else clean):
            example = Example(pair.a.text, pair.b.text, False, False, False)
        else:
            harmless = same and rng.random() < _HARMLESS_SHARE
            example = plant(pair, lexicon, rng, rng.choice(HARMLESS) if harmless else None)
        if how > 0.88 and i + 1 < len(pairs) and pairs[i + 1].name == pair.name:
            more = rng.choice((pairs[i + 1].a, pairs[i + 1].b)).text
            example = replace(example, a=f"{example.a} {more}", a_more=True, kind=example.kind)
        yield example if rng.random() < 0.5 else example.turned
