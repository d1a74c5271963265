"""What turns a statement round: negation and opposites, in a parsed sentence.

The vocabulary is data: ``compare/data/polarity.toml`` and ``compare/data/antonyms.tsv`` (WordNet).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from compare.records import Span
from compare.tables import rows
from compare.verbs import particle

if TYPE_CHECKING:
    from spacy.tokens import Token

    from compare.annotate import Annotated
    from compare.records import Sentence


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of ``polarity.toml`` and the antonyms, ready to look up."""

    negators: frozenset[str]
    implicit: frozenset[str]
    idioms: re.Pattern[str]
    covert: re.Pattern[str]
    refusal: frozenset[str]
    classes: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Two classes of words each: one of the first contradicts any of the second."""
    decisions: tuple[frozenset[str], frozenset[str]]
    """Granting and rejecting: one of each contradict about the same object."""
    antonyms: frozenset[frozenset[str]]
    """Pairs that contradict by themselves."""
    near_antonyms: frozenset[frozenset[str]]
    """Pairs that contradict in one of their senses, or are too frequent to be evidence alone."""
    negative: frozenset[str]
    """Antonyms that are a word with a negative prefix (unhappy, dislike)."""

    def opposed(self, x: str, y: str) -> bool:
        """Whether two lemmas are opposites.

        >>> vocabulary().opposed("convict", "acquit")
        True
        """
        return frozenset((x, y)) in self.antonyms or any(
            (x in one and y in two) or (x in two and y in one) for one, two in self.classes
        )

    def nearly_opposed(self, x: str, y: str) -> bool:
        """Whether two lemmas are opposites in one of their senses.

        >>> vocabulary().nearly_opposed("sluggish", "fast")
        True
        """
        return frozenset((x, y)) in self.near_antonyms


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    text = (files("compare") / "data" / "polarity.toml").read_text("utf-8")
    lists = tomllib.loads(text)
    weak = frozenset(lists["weak"])
    prefixes = tuple(lists["prefixes"])
    pairs = {frozenset(pair) for pair in lists["opposites"]}
    near = set()
    negative = set()
    for part, x, y, *wide in rows("antonyms.tsv"):
        if wide:
            near.add(frozenset((x, y)))
            continue
        for word, base in ((x, y), (y, x)):
            if word.endswith(base) and word[: -len(base)] in prefixes:
                negative.add(word)
        if x not in weak and y not in weak:
            pairs.add(frozenset((x, y)))
        elif part in ("NOUN", "ADJ"):  # "give", "take", "here", "there" are said of anything
            near.add(frozenset((x, y)))
    idioms = "|".join(re.escape(i) for i in sorted(lists["idioms"], key=len, reverse=True))
    return Vocabulary(
        frozenset(lists["negators"]),
        frozenset(lists["implicit"]),
        re.compile(rf"\b(?:{idioms})", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(map(_pattern, lists['covert']))})\b", re.IGNORECASE),
        frozenset(lists["refusal"]),
        tuple(
            (frozenset(lists[one]), frozenset(lists[two]))
            for one, two in (("rise", "fall"), ("approve", "disapprove"))
        ),
        (frozenset(lists["grant"]), frozenset(lists["reject"])),
        frozenset(pairs),
        frozenset(near - pairs),
        frozenset(negative),
    )


def _pattern(phrase: str) -> str:
    """The pattern of a phrase with "*" for any ending and "..." for one to six words."""
    return re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ \.\.\.", r"(?: [^\s.;]+){1,6}")


@cache
def _synsets() -> dict[tuple[str, str], frozenset[int]]:
    """(part of speech, lemma) -> the numbers of its synsets."""
    table: dict[tuple[str, str], set[int]] = {}
    for number, (part, *words) in enumerate(rows("synonyms.tsv")):
        for word in words:
            table.setdefault((part, word), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in table.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for _, word in _synsets())


def is_word(text: str) -> bool:
    """Whether a lower-case string is a word of the language with synonyms, not only a name.

    >>> is_word("class"), is_word("xinhua")
    (True, False)
    """
    return text in _words() or text.removesuffix("s") in _words()


def synonyms(a: Token, b: Token) -> bool:
    """Whether two words are one lemma, or share a frequent sense (WordNet)."""
    if a.lemma_.lower() == b.lemma_.lower():
        return True
    return not senses(a).isdisjoint(senses(b))


def senses(token: Token) -> frozenset[int]:
    """Numbers of the frequent senses of a word (WordNet), of a verb with its particle."""
    if token.pos_ == "VERB":
        beside = particle(token)
        together = _senses("VERB", f"{token.lemma_} {beside}") if beside else frozenset()
        if together:
            return together
    return _senses(token.pos_, token.lemma_, token.text)


def one_sense(x: str, y: str) -> bool:
    """Whether two words out of any sentence share a frequent sense, as one part of speech.

    >>> one_sense("Calm", "Quiet"), one_sense("Calm", "Late")
    (True, False)
    """
    return any(not _senses(part, x).isdisjoint(_senses(part, y)) for part in _PARTS)


_PARTS = ("NOUN", "ADJ", "VERB", "ADV")


@lru_cache(1 << 14)
def _senses(part: str, *forms: str) -> frozenset[int]:
    table = _synsets()  # "talks" has an entry of its own beside "talk"
    return frozenset(n for form in forms for n in table.get((part, form.lower()), ()))


_MORE = frozenset(
    "more high great large big long many above much fast heavy higher greater".split()
)
_LESS = frozenset("less low small few short little slow lower fewer smaller light".split())


RARELY = frozenset("seldom rarely hardly scarcely barely".split())
"""Words that turn a comparison round: "seldom more than eight"."""
RARELY_REACH = 6
"""Words between "seldom" and the comparison: "had seldom cost him more than"."""
DENIED_BEHIND = re.compile(r"[^,;.]{0,40}?\b(?:never|not|n['’]t)\b", re.IGNORECASE)
"""What follows a figure and denies what is said of it: “more than half of it was never spent”."""


def grade(token: Token) -> int:
    """1 for a comparative of much, -1 for one of little, 0 for another word."""
    if token.tag_ not in ("JJR", "RBR", "JJ", "RB"):
        return 0
    lemma = token.lemma_.lower()
    return (lemma in _MORE) - (lemma in _LESS)


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that is negated, and where; spans are document offsets."""

    head: Token
    clause: Span
    """The negated word with the negator and what lies between."""
    double: bool
    """The negated word carries a negation itself, so the statement is affirmed: "never stopped"."""


def negations(side: Annotated, sentences: Sequence[Sentence]) -> Iterator[Negation]:
    """Every negator that bears on a word, idioms ("not only") and bounds left out."""
    words = vocabulary()
    for sentence in sentences:
        doc = side.docs[sentence.index]
        if sentence.text.rstrip(" ”\"'’").endswith("?"):
            continue  # "Shouldn't we ask?" and "Should we ask?" ask the same
        idioms = [Span(*m.span()) for m in words.idioms.finditer(_plain(sentence.text))]
        for token in doc:
            if _plain(token.lower_) not in words.negators:
                continue
            local = Span(token.idx, token.idx + len(token.text))
            if any(i.overlaps(local) for i in idioms):
                continue
            if token.text == "No" and _in_name(token):
                continue  # the surname
            if token.lower_ == "nor" and any(t.lower_ == "neither" for t in doc):
                continue
            if _bounds_number(token) or _never_so(token):
                continue
            head = _negated(token)
            lemma = head.lemma_.lower()
            double = lemma in words.implicit and lemma not in words.refusal
            clause = side.span(sentence, token).cover(side.span(sentence, head))
            yield Negation(head, clause, double)


def _in_name(token: Token) -> bool:
    """Whether a "No" with a capital is a surname: "Lawmaker No Gyeong-tae", "No Gyeong-tae"."""
    if token.i and token.nbor(-1).is_alpha:
        return True
    following = token.doc[token.i + 1 : token.i + 3]
    return len(following) > 1 and following[0].pos_ == "PROPN" and following[1].text == "-"


def _never_so(token: Token) -> bool:
    """Whether it makes a superlative: "has never been so hot"."""
    ahead = token.doc[token.i + 1 : token.i + 5]
    return token.lower_ == "never" and any(t.lower_ == "so" or t.tag_ in _GRADES for t in ahead)


_GRADES = ("JJR", "RBR")


def _bounds_number(token: Token) -> bool:
    """Whether a negator makes a bound: "not even 900 hours", "no fewer than nine"."""
    following = [t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ not in ("ADV", "SCONJ")]
    number = bool(following) and following[0].like_num and following[0].lower_ not in _NO_BOUND
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    graded = after[:1] and (after[0] in ("fewer", "less") or after[1:] == ["than"])
    return number or bool(graded)


_NO_BOUND = ("one", "third")
"""Of things that there are none of: "not one", "no third country"."""


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


_FILLERS = frozenset(("more", "single", "one", "other", "such", "longer", "further"))


def _negated(token: Token) -> Token:
    """The content word that a negator bears on."""
    if token.lower_ == "without":
        return next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), token)
    head = token.head
    if head.i < token.i and head.pos_ in ("NOUN", "PROPN"):  # "a lane, not a bridge"
        behind = (c for c in head.children if c.i > token.i and c.dep_ in ("appos", "conj"))
        return next(behind, head)
    while head.pos_ == "NOUN" and head.dep_ in ("compound", "amod"):
        head = head.head  # "not head office"
    if token.lower_ == "neither" and head.pos_ in ("NOUN", "PROPN") and head.head.pos_ == "VERB":
        head = head.head
    while head.lemma_.lower() in _FILLERS and head.dep_ in ("amod", "advmod", "nummod", "det"):
        head = head.head  # "no more rain"
    if head.pos_ == "AUX" and head.head.pos_ in ("VERB", "ADJ") and head.dep_ in ("aux", "auxpass"):
        head = head.head
    if head.lemma_ == "go":  # "is not going to resign"
        head = next((c for c in head.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), head)
    if head.lemma_ == "be":
        head = next((c for c in head.children if c.dep_ in ("acomp", "attr")), head)
    return head


def is_implicit(token: Token) -> bool:
    """Whether a word carries a negation inside: "fail", "unable", "hardly"."""
    words = vocabulary()
    lemma = token.lemma_.lower()
    if lemma == "remain":  # "remains to be seen", "remains closed", not "remains in office"
        return any(c.dep_ in ("xcomp", "acomp") for c in token.children)
    if lemma == "far":  # "far from over", "none so far", not "far earlier", "far before"
        behind = token.doc[token.i + 1 : token.i + 2]
        return not any(t.tag_ in _GRADES or t.lower_ in ("before", "beyond") for t in behind)
    if token.text == "0":
        return True
    if lemma == "end" and token.dep_ == "pobj" and token.i + 1 < len(token.doc):
        return token.nbor(1).lower_ != "of"  # "at the end of the month"
    if lemma == "against":
        return token.head.lemma_.lower() not in _CONTESTS
    return (
        lemma in words.implicit
        or token.lower_ in words.implicit
        or lemma in words.negative
        or token.lower_ in words.negative
        or (token.pos_ in ("ADJ", "ADV") and token.lower_.startswith("un") and len(token) > 5)
    )


_CONTESTS = frozenset("match game win victory defeat loss draw goal test play tie final".split())
"""What is against somebody and denies nothing: “the match against Genoa”."""


def denied_in_cleft(token: Token) -> bool:
    """Whether a verb stands in a sentence like “It is not with a bonus that one pays”."""
    if token.dep_ not in ("ccomp", "relcl", "acl", "advcl"):
        return False
    for over in token.ancestors:
        if over.dep_ not in ("pobj", "prep", "attr"):
            said = [_plain(c.lower_) for c in over.children]
            negators = vocabulary().negators
            return over.lemma_ == "be" and "it" in said and any(w in negators for w in said)
    return False


def negated(token: Token) -> bool:
    """Whether a negator bears on a word directly or through its auxiliary.

    "Nobody was hurt" negates by its subject.
    """
    words = vocabulary().negators
    near = [
        *token.children,
        *(
            g
            for c in token.children
            for g in c.children
            if c.dep_ in ("det", "nsubj", "nsubjpass", "aux", "dobj", "attr")
        ),
    ]
    if any(_plain(t.lower_) in words for t in near):
        return True
    head = token.head
    if token.i > 1 and token.doc[token.i - 2 : token.i].text.lower() == "yet to":
        return True
    if any(c.lower_ == "by" and "no means" in c.doc[c.i : c.i + 3].text for c in token.children):
        return True
    over = [*token.children, *(head.children if token.dep_ in ("acomp", "attr") else ())]
    if any(c.lower_ in ("longer", "more") and c.i and c.nbor(-1).lower_ == "no" for c in over):
        return True
    if denied_in_cleft(token):
        return True
    # "was not rising" parsed with the negator on a copula, "no rise": a negated governor
    return token.dep_ in ("acomp", "attr", "xcomp") and any(
        _plain(c.lower_) in words for c in head.children
    )


CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})
_EMPTY = frozenset(
    "be have do say will would can could may might shall should must go get make take tell".split()
)


def content_lemmas(tokens: Sequence[Token]) -> set[str]:
    """Lemmas of the words that carry content."""
    return {
        t.lemma_.lower()
        for t in tokens
        if t.pos_ in CONTENT and t.lemma_.lower() not in _EMPTY and t.is_alpha
    }


def surroundings(token: Token) -> set[str]:
    """Lemmas of the words that depend on a word, and of what it depends on."""
    near = [*token.children, token.head]
    near += [
        g for c in token.children if c.dep_ in ("prep", "agent", "npadvmod") for g in c.children
    ]
    near += [
        c
        for c in token.head.children
        if token.dep_ in ("amod", "acomp", "attr", "xcomp", "dobj", "pobj", "npadvmod")
    ]
    return {
        t.lemma_.lower()
        for t in near
        if t is not token and (t.pos_ in CONTENT or t.like_num) and t.lemma_.lower() not in COMMON
    }


COMMON = frozenset(
    "be have do say tell year month week day percent point more most other also however million "
    "billion trillion thousand hundred dollar euro yen won yuan pound ruble people time".split()
)
"""Lemmas that stand beside anything, so that to share one says nothing."""
