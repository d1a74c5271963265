"""``untranslated``: letters or words of another language, left in one text only."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from compare.annotate import Annotated, Context, spacy_model
from compare.checks.base import Check, Draft, Example
from compare.names import fold
from compare.records import OTHER, SIDES, Place, Sentence, Side, Span

_EAST_ASIAN = frozenset(("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"))
_SCRIPTS = frozenset(
    "CYRILLIC GREEK ARABIC HEBREW DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA "
    "MALAYALAM SINHALA THAI LAO TIBETAN MYANMAR GEORGIAN ETHIOPIC KHMER MONGOLIAN ARMENIAN HANGUL "
    "BOPOMOFO SYRIAC THAANA CHEROKEE TIFINAGH".split()
)
"""First words of the Unicode names of letters: those of symbols ("MICRO", "OHM") are none."""
_STROKES = "丨一〡ー"
"""Used as dashes and bars by themselves."""
_GLOSS = re.compile(
    r"\b(?:mean(?:s|ing)?|literally|translat\w+|i\.e\.|stands? for|characters?|letters?|syllables?"
    r"|word|words|spelled|spelt|written|hashtag)\b",
    re.IGNORECASE,
)
_GLOSS_REACH = 30
_BESIDE = 60
"""Characters looked at on each side of a stretch."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS = re.compile("[äöüßàâçèéêëîïôùûñáíóúãõłśźżćńęąşğıčřšžěůøåæœțș]")
"""Of the spelling of European languages. Macrons and breves are those of romanisations."""
_SHORTEST = 3
_ENDINGS = re.compile(r"(?:s|es|ed|d|ing|ly|er|ers|ish)$")


class _Left(NamedTuple):
    """Words left in their own language; the span is in document offsets."""

    sentence: Sentence
    span: Span
    script: bool


def find(context: Context) -> Iterator[Draft]:
    """One draft for each stretch of words, with all its places in the text."""
    for side in SIDES:
        here = context.side(side)
        drafts: dict[str, tuple[_Left, list[Place]]] = {}
        for left in (*_foreign_script(context, side), *_foreign_words(context, side)):
            _, places = drafts.setdefault(here.words(left.span).casefold(), (left, []))
            places.append(Place(side, *left.span))
        for left, places in drafts.values():
            yield _draft(here, left, tuple(places[1:]))


def _draft(here: Annotated, left: _Left, places: tuple[Place, ...]) -> Draft:
    words = here.words(left.span)
    heavy = left.script or " " in words
    name = here.side.upper()
    return Draft(
        a=left.span if here.side == "a" else None,
        b=left.span if here.side == "b" else None,
        message=(
            f"{name} leaves “{words}” in the language it was translated from: "
            "a reader of English cannot tell what it says."
        ),
        severity="major" if heavy else "minor",
        confidence=0.95 if left.script else 0.8,
        likely_side=here.side,
        anchor=words.casefold(),
        places=places,
    )


# --- other scripts ----------------------------------------------------------------------------


def _script(char: str) -> str:
    """The script of a letter that is not Latin, or nothing."""
    if char < "Ͱ" or not char.isalpha() or char in _STROKES:
        return ""
    script = unicodedata.name(char, "").partition(" ")[0]
    return "East Asian" if script in _EAST_ASIAN else script if script in _SCRIPTS else ""


def _scripts(text: str) -> frozenset[str]:
    return frozenset() if text.isascii() else frozenset(filter(None, map(_script, text)))


def _foreign_script(context: Context, side: Side) -> Iterator[_Left]:
    """Stretches in a script that the other text does not have in the same place."""
    here, there = context.side(side), context.side(OTHER[side])
    whole = _scripts(there.text)
    for sentence in here.document:
        if not _scripts(sentence.text):
            continue
        group = context.group_of(side, sentence.index)
        partners = group.side(OTHER[side]) if group else ()
        other = _scripts(" ".join(s.text for s in partners)) if partners else whole
        for span in _runs(sentence.text):
            script = next(filter(None, map(_script, sentence.text[span.start : span.end])))
            if script not in other and not _explained(sentence.text, span):
                start = sentence.start
                yield _Left(sentence, Span(start + span.start, start + span.end), True)


def _runs(text: str) -> Iterator[Span]:
    """Stretches of letters of other scripts, over spaces and combining marks between them."""
    start = end = -1
    for i, char in enumerate(text):
        if _script(char) or (end == i and unicodedata.category(char) in ("Mn", "Mc", "Lm")):
            start, end = (i if start < 0 else start), i + 1
        elif start >= 0 and char not in " -‐·・‌‍":
            yield Span(start, end)
            start = end = -1
    if start >= 0:
        yield Span(start, end)


def _beside(text: str, span: Span) -> tuple[str, str]:
    """What stands just before and after a stretch."""
    return text[max(0, span.start - _BESIDE) : span.start], text[span.end : span.end + _BESIDE]


def _explained(text: str, span: Span) -> bool:
    """Whether a stretch is given on purpose: beside its English, as a symbol, in a Latin word."""
    before, after = _beside(text, span)
    bracketed = re.search(r"[(\[](?:[^()\[\]]{0,30}[:;,/]\s*)?[“\"'‘]?$", before)
    glossed = re.match(r"[\s”’\"'»)]*[(\[]\s*[^\W\d_]", after)
    told = _GLOSS.search(before[-_GLOSS_REACH:]) or _GLOSS.search(after[:_GLOSS_REACH])
    # A lone letter is a symbol; Cyrillic letters in a Latin word only look like Latin ones.
    alike = _script(text[span.start]) in ("GREEK", "CYRILLIC")
    symbol = alike and (span.end - span.start == 1 or before[-1:].isalpha() or after[:1].isalpha())
    return bool(bracketed or glossed or told or symbol or before[-1:] in ("#", "@"))


# --- other languages in Latin letters ---------------------------------------------------------


@cache
def _english() -> frozenset[str]:
    """The words of the language model's English word lists, in lower case."""
    model = spacy_model()
    lookups = cast("Any", model.get_pipe("lemmatizer")).lookups
    # part of speech -> words, and -> irregular form ("met") -> lemmas
    tables = [lookups.get_table(name) for name in ("lemma_index", "lemma_exc")]
    words = frozenset(w for table in tables for part in table.values() for w in part)
    return words | model.Defaults.stop_words


@cache
def _foreign() -> frozenset[str]:
    """The packaged words of other languages that are no English ones."""
    lists = tomllib.loads((files("compare") / "data" / "foreign_words.toml").read_text("utf-8"))
    words = {w for text in lists.values() for w in text.split() if len(w) >= _SHORTEST}
    return frozenset(words - _english())


def _is_english(word: str) -> bool:
    """Whether a word or its stem is in the lists, accents aside: "cafés"."""
    plain = fold(word)
    return any(w in _english() for w in (word, plain, _ENDINGS.sub("", plain)))


def _foreign_words(context: Context, side: Side) -> Iterator[_Left]:
    """Words known to be of another language, or spelled as none in English is."""
    here, there = context.side(side), context.side(OTHER[side])
    known: frozenset[str] | None = None
    for sentence in here.document:
        words = list(_WORD.finditer(sentence.text))
        odd = [_odd(m.group(), first=m is words[0]) for m in words]
        if not any(odd):
            continue
        if known is None:
            known = frozenset(fold(m.group()) for m in _WORD.finditer(there.text))
        for start, end in _stretches(_bridged([m.group() for m in words], odd)):
            span = Span(words[start].start(), words[end - 1].end())
            said = any(
                fold(m.group()) in known
                for m, own in zip(words[start:end], odd[start:end], strict=True)
                if own
            )
            if said or _named(sentence.text, words, start, end):
                continue
            whole = Span(sentence.start + span.start, sentence.start + span.end)
            if not sentence.quoted(whole) and not _explained(sentence.text, span):
                yield _Left(sentence, whole, False)


def _odd(word: str, *, first: bool) -> bool:
    lower = word.lower()
    if len(word) < _SHORTEST or (word != lower and not (first and word[1:] == lower[1:])):
        return False
    if lower in _foreign():
        return True
    return word == lower and bool(_LETTERS.search(lower)) and not _is_english(lower)


def _bridged(words: list[str], odd: list[bool]) -> list[bool]:
    """Short words between two of another language are of it too: "detrás de la ciudad"."""
    flags = list(odd)
    for i, (start, end) in enumerate(pairs := list(_stretches(odd))):
        if i and all(
            len(w) <= _SHORTEST and w not in spacy_model().Defaults.stop_words
            for w in words[pairs[i - 1][1] : start]
        ):
            flags[pairs[i - 1][1] : end] = [True] * (end - pairs[i - 1][1])
    return flags


def _stretches(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of true, as half-open ranges."""
    start = -1
    for i, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = i
        elif not flag and start >= 0:
            yield start, i
            start = -1


def _named(text: str, words: list[re.Match[str]], start: int, end: int) -> bool:
    """Whether a stretch belongs to a name, an address or a compound: "Banco del Sur"."""
    before, after = _beside(text, Span(words[start].start(), words[end - 1].end()))
    if re.search(r"[\w./@#\-’']$", before) or re.match(r"[\w/@#\-’']|\.\w", after):
        return True
    # a word in capitals beside it, past words of two letters: "Ponte de la Vega"
    near = words[max(1, start - 3) : start]
    left = [m.group() for m in near if m.end() >= words[start].start() - 6]
    right = re.match(r"\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-Þ]", after)
    return any(w[:1].isupper() for w in left) or bool(right)


CHECK = Check(
    id="untranslated",
    summary="Letters or words of another language that one text leaves in the English.",
    category="accuracy/untranslated",
    find=find,
    flags=(
        Example("The tax was raised in June.", "The 税金 was raised in June."),
        Example("He greeted the rescued sailors.", "He greeted the спасённых sailors."),
        Example("They eat prey (rodents).", "They eat prey (including грызуны)."),
        Example("The report opens with a plea.", "The report opens with a याचिका."),
        Example("The talks were suddenly broken off.", "The talks were plötzlich broken off."),
        Example("So far two towns have signed.", "Bisher two towns have signed."),
        Example("The dam is not safe after the rain.", "The dam is nicht sicher after the rain."),
        Example(
            "The fire began behind the kitchen and spread.",
            "The fire began detrás de la cocina and spread.",
        ),
        Example(
            ("The talks ended.", "Nobody was hurt."),
            ("The talks ended.", "Nobody was hurt.", "회담은 월요일에 다시 열린다."),
        ),
    ),
    passes=(
        Example("Kim Min-su won.", "Kim Min-su (김민수) won."),
        Example("The sign read “freedom”.", "The sign read “자유” (freedom)."),
        Example("The party Mirai won.", "The party Mirai, a word written 未来, won."),
        Example("The 5 μm filter is blocked.", "The 5-micrometer filter is blocked."),
        Example("The café reopened, a cliché.", "The coffee house reopened."),
        Example("Maria von der Heide spoke.", "Heide spoke."),
        Example("The Banco del Sur failed.", "The bank failed."),
        Example("They ate jjigae with Yoo ssi.", "They ate stew with Mr. Yoo."),
        Example("The hygge of the “größte Halle” is gone.", "The cosiness is gone."),
        Example("The 税金 was raised.", "The 税金 rose."),
    ),
)
