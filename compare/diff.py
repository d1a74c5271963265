"""Differences of words inside a group: what is the same, spelled otherwise, moved, or changed.

Words are compared by a key that ignores case, accents, quotation marks, hyphens and other
punctuation, and British or American spelling; words that differ in these alone are ``form``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from compare.records import Document, Edit, EditKind, Group, Sentence, Span
from compare.spelling import spelling_key

MIN_MOVED_WORDS = 2
"""A phrase counts as moved from this many content words on: one equal word is chance."""

_MAX_CELLS = 100_000_000
# Above it (10,000 words against 10,000) the exact alignment takes too much memory.

_MAX_PLACES = 20
# A pair of words that stands in more places than this is no evidence of a moved phrase.

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about after all also an and any are as at be been before being but by can could did do
    does for from had has have he her him his how i if in into is it its may might more most no
    not of on or our over said say says shall she should so some such than that the their them
    then there these they this those to under up upon us was we were what when where which while
    who whom whose will with would you your""",
    )
)

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
_ACCENTS = "\u0300-\u036f"
_WORD = rf"(?:[^\W_]|[{_ACCENTS}{_INVISIBLE}])+"
# Letters and digits; inside, points, commas and colons between digits, apostrophes before a
# letter, and the points of an acronym.
_CORE = re.compile(
    rf"{_WORD}(?:(?:(?<=\d)[.,:](?=\d)|['’ʼ](?=[^\W\d_])|(?<=\b\w)\.(?=\w\b)){_WORD})*"
)
_IGNORED = re.compile(f"[{_ACCENTS}{_INVISIBLE}]")
_GROUPED_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)
_TELLING_PUNCTUATION = frozenset("%‰?&@#*/\\")
# Says something by itself, as symbols ($, +, °) do.
_DASHES = "-\u2010-\u2015/"
_HYPHENS = ("-", "\u2010", "\u2011")


class Word(NamedTuple):
    """A word with the punctuation that touches it, in document offsets."""

    start: int
    end: int
    text: str
    key: str
    sentence: int
    """Number of its sentence in the group's side, from 0."""


def diff_group(
    a_text: str, b_text: str, a_sentences: Sequence[Sentence], b_sentences: Sequence[Sentence]
) -> tuple[tuple[Edit, ...], float]:
    """The steps from A's words to B's, and how far the words are the same.

    Args:
        a_text: the whole text A, which its sentences' offsets point into.
        b_text: the whole text B.
        a_sentences: A's side of a group; may be empty.
        b_sentences: B's side.

    Returns:
        Edits in A's order, what only B has where it stands; on each side they hold every word
        exactly once and never reach over a sentence's end. A ``move`` stands at its place in A,
        so its span on B's side is out of B's order. The score is from 0 (no word in common) to 1
        (the same words in the same order; ``form`` counts as the same).
    """
    a, b = split_words(a_text, a_sentences), split_words(b_text, b_sentences)
    a, b = _join_compounds(a, b), _join_compounds(b, a)
    # Where several alignments are equally good, the choice must not depend on which side is A.
    if [w.key for w in b] < [w.key for w in a]:
        steps, moves, score = _align(b, a)
        steps = [step.mirrored() for step in steps]
        moves = [move.mirrored() for move in moves]
    else:
        steps, moves, score = _align(a, b)
    ordered = _in_order(steps, sorted(moves, key=lambda move: move.a.start))
    return tuple(Edit(s.kind, _span(a, s.a), _span(b, s.b)) for s in ordered), score


def with_diff(groups: Sequence[Group], a: Document, b: Document) -> tuple[Group, ...]:
    """The groups with ``edits`` and ``wording``; one-sided groups stay as they are."""
    done = []
    for group in groups:
        if group.linked:
            edits, score = diff_group(a.article.text, b.article.text, group.a, group.b)
            group = replace(group, edits=edits, wording=score)
        done.append(group)
    return tuple(done)


def word_key(core: str, marks: str = "") -> str:
    """What a word is compared by.

    Args:
        core: its letters and digits.
        marks: the punctuation and symbols that touch it.

    >>> word_key("Café", "“,"), word_key("Labour"), word_key("U.S"), word_key("1,000", "$")
    ('cafe', 'labor', 'us', '1000$')
    """
    if _GROUPED_DIGITS.fullmatch(core):
        core = core.replace(",", "")
    elif core[:1].isalpha():
        core = core.replace(".", "")
    # Without its accents first: the spelling rules are written for plain letters.
    plain = _IGNORED.sub("", unicodedata.normalize("NFKD", core.translate(_PLAIN)))
    key = spelling_key(unicodedata.normalize("NFC", plain)).casefold()
    return key + "".join(filter(_tells, marks))


def _tells(mark: str) -> bool:
    return mark in _TELLING_PUNCTUATION or unicodedata.category(mark) in ("Sc", "Sm", "So")


def split_words(text: str, sentences: Sequence[Sentence]) -> list[Word]:
    """The words of some sentences, in order; every character that is not blank is in one."""
    return [
        word
        for number, sentence in enumerate(sentences)
        for word in _sentence_words(text, sentence, number)
    ]


def _sentence_words(text: str, sentence: Sentence, number: int) -> Iterator[Word]:
    inside = text[sentence.start : sentence.end]
    start = sentence.start + len(inside) - len(inside.lstrip())
    stop = sentence.start + len(inside.rstrip())
    cores = list(_CORE.finditer(text, start, stop))
    if not cores:
        if start < stop:
            yield Word(start, stop, text[start:stop], text[start:stop], number)
        return
    for core, following in zip_longest(cores, cores[1:]):
        end, next_start = (stop, stop) if following is None else _cut(text, core, following)
        before, after = text[start : core.start()], text[core.end() : end]
        if before.endswith(("-", "\u2212")) and core.group()[0].isdigit():
            before = "\u2212"  # a sign, however it is typed
        yield Word(start, end, text[start:end], word_key(core.group(), before + after), number)
        start = next_start


def _cut(text: str, core: re.Match[str], following: re.Match[str]) -> tuple[int, int]:
    """Where a word with its marks ends and the next one begins."""
    gap = text[core.end() : following.start()]
    blank = max((i for i, c in enumerate(gap) if c.isspace()), default=None)
    if blank is not None:  # a dash that stands free goes to the word before it
        return core.end() + len(gap[:blank].rstrip()), core.end() + blank + 1
    dash = max((i for i, c in enumerate(gap) if c in _DASHES), default=len(gap) - 1)
    return core.end() + dash + 1, core.end() + dash + 1


def _join_compounds(words: Sequence[Word], other: Sequence[Word]) -> list[Word]:
    """Make one word of a hyphenated run that the other side writes as one (e-mail, email)."""
    keys = {word.key for word in other}
    joined: list[Word] = []
    run: list[Word] = []
    for word, following in zip_longest(words, words[1:]):
        run.append(word)
        if (
            following is not None
            and word.text.endswith(_HYPHENS)
            and following.start == word.end
            and following.sentence == word.sentence
        ):
            continue
        key = "".join(w.key for w in run)
        if len(run) > 1 and key in keys:
            text = "".join(w.text for w in run)
            run = [Word(run[0].start, run[-1].end, text, key, run[0].sentence)]
        joined += run
        run = []
    return joined


class _Step(NamedTuple):
    """An edit as runs of words, each inside one sentence."""

    kind: EditKind
    a: range
    b: range

    def mirrored(self) -> _Step:
        mirror: dict[EditKind, EditKind] = {"insert": "delete", "delete": "insert"}
        return _Step(mirror.get(self.kind, self.kind), self.b, self.a)


def _span(words: Sequence[Word], run: range) -> Span | None:
    return Span(words[run[0]].start, words[run[-1]].end) if run else None


def _align(a: Sequence[Word], b: Sequence[Word]) -> tuple[list[_Step], list[_Step], float]:
    """The steps in order, the moves apart, and the score."""
    number: dict[str, int] = {}
    a_ids = [number.setdefault(word.key, len(number)) for word in a]
    b_ids = [number.setdefault(word.key, len(number)) for word in b]
    measure = Indel if len(a) * len(b) <= _MAX_CELLS else Levenshtein
    blocks = [
        _Block(o.tag == "equal", range(o.src_start, o.src_end), range(o.dest_start, o.dest_end))
        for o in measure.opcodes(a_ids, b_ids)
    ]
    blocks = _merged(_without_chance_matches(_merged(blocks), a))
    changed = [block for block in blocks if not block.same]
    moves = _moves(a, b, [block.a for block in changed], [block.b for block in changed])
    a_moved = {i for move in moves for i in move.a}
    b_moved = {i for move in moves for i in move.b}
    steps: list[_Step] = []
    for same, a_run, b_run in blocks:
        if same:
            steps += _same(a, b, a_run, b_run)
        else:
            steps += _changed(_runs(a, a_run, a_moved), _runs(b, b_run, b_moved))
    return steps, moves, float(Indel.normalized_similarity(a_ids, b_ids))


class _Block(NamedTuple):
    """Words that are the same, or all words between two such blocks."""

    same: bool
    a: range
    b: range

    @property
    def size(self) -> int:
        return max(len(self.a), len(self.b))


def _merged(blocks: Sequence[_Block]) -> list[_Block]:
    """Neighbours of one kind made one."""
    merged: list[_Block] = []
    for block in blocks:
        if merged and merged[-1].same == block.same:
            before = merged.pop()
            a, b = range(before.a.start, block.a.stop), range(before.b.start, block.b.stop)
            block = _Block(block.same, a, b)
        merged.append(block)
    return merged


def _without_chance_matches(blocks: Sequence[_Block], a: Sequence[Word]) -> list[_Block]:
    """Function words alone between longer changes match by chance: they are part of the change."""
    kept = []
    for i, block in enumerate(blocks):
        if (
            block.same
            and 0 < i < len(blocks) - 1
            and all(a[k].key in _FUNCTION_WORDS for k in block.a)
            and min(blocks[i - 1].size, blocks[i + 1].size) > block.size
        ):
            block = block._replace(same=False)
        kept.append(block)
    return kept


def _same(a: Sequence[Word], b: Sequence[Word], a_run: range, b_run: range) -> Iterator[_Step]:
    def kind(pair: tuple[int, int]) -> tuple[bool, int, int]:
        i, j = pair
        return a[i].text == b[j].text, a[i].sentence, b[j].sentence

    for (equal, _, _), pairs in groupby(zip(a_run, b_run, strict=True), key=kind):
        first, *rest = pairs
        n = len(rest) + 1
        yield _Step(
            "equal" if equal else "form",
            range(first[0], first[0] + n),
            range(first[1], first[1] + n),
        )


def _changed(a_runs: Sequence[range], b_runs: Sequence[range]) -> Iterator[_Step]:
    for a_run, b_run in zip_longest(a_runs, b_runs, fillvalue=range(0)):
        yield _Step("replace" if a_run and b_run else "delete" if a_run else "insert", a_run, b_run)


def _runs(words: Sequence[Word], run: range, moved: set[int]) -> list[range]:
    """The parts of a run without the moved words, each inside one sentence."""
    runs = []
    for (gone, _), part in groupby(run, key=lambda i: (i in moved, words[i].sentence)):
        if not gone:
            first, *rest = part
            runs.append(range(first, first + len(rest) + 1))
    return runs


def _moves(
    a: Sequence[Word], b: Sequence[Word], a_runs: Sequence[range], b_runs: Sequence[range]
) -> list[_Step]:
    """Phrases of the changed words that stand on both sides, the longest first."""
    a_parts = [part for run in a_runs for part in _runs(a, run, set())]
    b_parts = [part for run in b_runs for part in _runs(b, run, set())]
    places: dict[tuple[str, str], list[tuple[int, range]]] = defaultdict(list)
    for part in b_parts:
        for j in part[:-1]:
            places[b[j].key, b[j + 1].key].append((j, part))
    found = []
    for part in a_parts:
        for i in part[:-1]:
            starts = places.get((a[i].key, a[i + 1].key), [])
            for j, other in starts if len(starts) <= _MAX_PLACES else []:
                n = 2
                while i + n < part.stop and j + n < other.stop and a[i + n].key == b[j + n].key:
                    n += 1
                content = sum(a[k].key not in _FUNCTION_WORDS for k in range(i, i + n))
                if content >= MIN_MOVED_WORDS:
                    found.append((-content, -n, i, j))
    moves: list[_Step] = []
    a_taken: set[int] = set()
    b_taken: set[int] = set()
    for _, negative, i, j in sorted(found):
        a_run, b_run = range(i, i - negative), range(j, j - negative)
        if a_taken.isdisjoint(a_run) and b_taken.isdisjoint(b_run):
            moves.append(_Step("move", a_run, b_run))
            a_taken.update(a_run)
            b_taken.update(b_run)
    return moves


def _in_order(steps: Sequence[_Step], moves: Sequence[_Step]) -> list[_Step]:
    """Put each move where it stands in A."""
    ordered: list[_Step] = []
    waiting = list(reversed(moves))
    for step in steps:
        while step.a and waiting and waiting[-1].a.start < step.a.start:
            ordered.append(waiting.pop())
        ordered.append(step)
    return ordered + waiting[::-1]
