"""Phrases of the data in the words of a text, in whatever form it has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from compare.annotate import Annotated, Context, spacy_model
from compare.dates import whole_month
from compare.numerals import find_numerals
from compare.records import SIDES, Sentence, Side, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 4
"""How many words away a phrase may share a neighbour with its counterpart."""
_STEM = 4
"""Letters that must be left of a word without its ending."""

Phrase = tuple[str, ...]
SMALL = frozenset("the a an of to in on at for by up out off be".split())


def phrase(text: str) -> Phrase:
    """The words of a phrase of the data as the tokenizer has them.

    >>> phrase("mother-in-law"), phrase("workers' party"), phrase("chargé d'affaires")
    (('mother', '-', 'in', '-', 'law'), ('workers', "'", 'party'), ('chargé', "d'affaires"))
    """
    if text.isalpha():
        return (text,)
    if _PLAIN.fullmatch(text):
        return tuple(text.split())
    return tuple(token.text for token in spacy_model().make_doc(text))


_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
"""What the tokenizer parts at blanks; reading the data takes a tenth of the time so."""


class Word(NamedTuple):
    """A word of a text with all its forms."""

    token: Token
    span: Span
    forms: frozenset[str]


class Words:
    """The words of some sentences, each in all the forms that the data may have it in."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        """Where each form stands."""
        table: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            for form in word.forms:
                table.setdefault(form, []).append(i)
        return table

    @cached_property
    def known(self) -> frozenset[str]:
        """Every form of every word: most phrases of the data have no word here at all."""
        return frozenset(self._at)

    def has(self, phrases: Sequence[Phrase], but: Sequence[Phrase] = ()) -> bool:
        """Whether any of some phrases stands here, other than as a part of one of the others."""
        found = list(self.places(phrases))
        if not found or not but:
            return bool(found)
        others = [range(x.first, x.last + 1) for x in self.places(but)]
        return any(not any(x.first in r and x.last in r for r in others) for x in found)

    def places(self, phrases: Sequence[Phrase]) -> Iterator[Place]:
        """Where any of some phrases stands, phrase by phrase."""
        for words in phrases:
            for i in self._at.get(words[0], ()):
                here = self.words[i : i + len(words)]
                if len(here) == len(words) and all(
                    w in word.forms for w, word in zip(words, here, strict=True)
                ):
                    yield Place(self, i, words)


class Sentences:
    """The sentences of a text, found by the phrases in them."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self.texts = texts
        self._of: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            for form in text.known:
                self._of.setdefault(form, []).append(i)

    def having(self, phrases: Sequence[Phrase]) -> set[int]:
        """The indices of those in which any of some phrases stands."""
        return {
            i
            for words in phrases
            for i in self._of.get(words[0], ())
            if self.texts[i].has((words,))
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase of the data in a text."""

    text: Words
    first: int
    phrase: Phrase

    @property
    def last(self) -> int:
        return self.first + len(self.phrase) - 1

    @property
    def tokens(self) -> list[Token]:
        return [word.token for word in self.text.words[self.first : self.last + 1]]

    @property
    def span(self) -> Span:
        return self.text.words[self.first].span.cover(self.text.words[self.last].span)

    @property
    def before(self) -> Sequence[Word]:
        return self.text.words[max(0, self.first - _NEAR) : self.first]

    @property
    def behind(self) -> Sequence[Word]:
        return self.text.words[self.last + 1 : self.last + 1 + _NEAR]

    @property
    def is_word(self) -> bool:
        """Whether it is one word, and words like "off"; two words meet by chance hardly ever."""
        return len(set(self.phrase) - SMALL) < 2

    @property
    def neighbours(self) -> set[str]:
        """Content words and numbers a few words before and behind."""
        near = (word.token for word in (*self.before, *self.behind))
        return {
            _number(t.text) or whole_month(t.text) or t.lemma_.lower()
            for t in near
            if t.like_num or (t.is_alpha and not t.is_stop and len(t) > 2)
        }


@cache
def _number(text: str) -> str:
    """The value of a number in digits or in words."""
    found = find_numerals(text)
    return str(found[0].value) if len(found) == 1 else ""


def _forms(token: Token) -> frozenset[str]:
    """A word as written, in lower case, its lemma, and its singular where the lemma is not that.

    The tagger takes a rare plural for a name: "carps"; "motives" is a form of "motif" to it.
    """
    word, lemma = token.lower_, token.lemma_.lower()
    forms = {token.text, word, lemma}
    if word.endswith("s") and (lemma == word or not word.startswith(lemma)):
        singulars = (word.removesuffix(end) + to for end, to in _PLURALS if word.endswith(end))
        forms.update(w for w in singulars if len(w) >= _STEM)
    if token.pos_ == "NOUN":
        forms.add(f"{lemma}s")  # "prosecutors" of the data for the prosecutor's office
    return frozenset(forms)


_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


def words_of(text: Annotated, sentence: Sentence) -> list[Word]:
    """The words of a sentence, with document offsets."""
    return [
        Word(token, text.span(sentence, token), _forms(token))
        for token in text.docs[sentence.index]
    ]


def by_sentence(context: Context) -> dict[Side, list[list[Word]]]:
    """The words of both texts, sentence by sentence."""
    return {
        side: [words_of(context.side(side), s) for s in context.side(side).document]
        for side in SIDES
    }
