"""Sentences of an article: lossless, with offsets carried from the start.

syntok (https://github.com/fnl/syntok) proposes boundaries by the offsets of its tokens, the
punctuation proposes more, and each is decided by what stands left and right of it; the text is
never searched for a sentence. Quotations are split like other text, and their marks are paired
afterwards so that every sentence knows which of its words are quoted.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compare.config import Config
from compare.errors import InputError
from compare.records import Article, Block, Document, Sentence, Span

_WIDE = "\u3002\uff01\uff1f\uff61"  # sentence ends of scripts that put no space after them
_TERMINALS = ".!?\u2026\u203c\u203d\u2047\u2048\u2049\u061f\u06d4\u0964\uff0e" + _WIDE
_DOUBLE = (
    '"\u201c\u201d\u201e\u201f\u2033\u301d\u301e\u301f\uff02\u00ab\u00bb\u300c\u300d\u300e\u300f'
)
_SINGLE = "'\u2018\u2019\u201a\u201b\u2039\u203a"
_BRACKETS = ")]}\uff09\u3011\uff3d"
_MARKS = re.escape(_DOUBLE + _SINGLE)

_NOTES = r"(?:\[\d{1,3}\])*"  # marks of reference
_END = re.compile(rf"[{_TERMINALS}][{_TERMINALS}{_MARKS}{re.escape(_BRACKETS)}*_]*{_NOTES}")
_SPACE = re.compile(r"\s+")
_STRAY_CLOSER = re.compile(r"\s+[\u201d\u00bb\u300d\u300f)\]]+(?=\s|$)")
_STRAY_STRAIGHT = re.compile(r'\s+"(?=\s|$)')
_CREDIT = re.compile(r"\s+[(\[][^()\[\]\n.!?]{1,40}[)\]](?=\s|$)")
_NO_SPACE_NEEDED = re.compile(rf"[{_WIDE}]|[a-z][.!?][\u201d\u00bb]+$")
_LEFT_END = re.compile(
    rf"([{_TERMINALS}](?:\s?[{_TERMINALS}])*)([{_MARKS}{re.escape(_BRACKETS)}*_]*)"
    rf"{_NOTES}(?:\s[\u201d\u00bb\u300d\u300f)\]]+|\s\")?(?:\s+[(\[][^()\[\]\n.!?]{{1,40}}[)\]])?$"
)
_EMPTY_BRACKET = re.compile(rf"[(\[]\s?[{_TERMINALS}](?:\s?[{_TERMINALS}])*\s?[)\]]$")
_WORD_BEFORE = re.compile(r"[\w\u2019'&-]+(?:\.[\w\u2019'-]+)*$")
_OPENING = re.compile(rf"[\s{_MARKS}(\[{{（【\u2014\u2013*_-]*")
_NEXT_WORDS = re.compile(r"([^\W_][\w\u2019'-]*)(?:\s+([\w\u2019'-]+))?")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_UNIT = re.compile(r"(?:\d\s?|[°º])[^\W\d_]$")
_LIST_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)]+")
_WEB_TAIL = frozenset("com net org io ai js co edu gov info".split())

_SAID = (
    "said|says|asked|asks|added|adds|replied|replies|answered|explained|explains|continued|stressed"
    "|emphasi[sz]ed|noted|argued|insisted|stated|shouted|warned|wrote|concluded|recalled|joked"
)
_ATTRIBUTION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Prof)\. )?(?:[A-Z][\w\u2019'-]*\s){1,5}(?:\w+ly\s|also\s)?"
    rf"(?:{_SAID})(?:\s(?:\w+ly|(?:on\s)?\w+day|(?:to|in|at)\s(?:the\s|a\s|an\s)?\w+))?\.(?=\s|$)"
)
"""A sentence that only says who spoke; it goes with the quotation before it."""

_NEVER_LAST = frozenset(
    "mr mrs ms mx dr prof gen col lt maj capt cmdr cpl sgt pvt adm sen rep gov pres amb rev hon"
    " mt ft messrs supt insp det brig pte v vs cf viz e.g i.e approx lit resp bzw".split()
)
"""Abbreviations that always stand before something."""
_BEFORE_NUMBER = frozenset(
    "no nos art sec fig figs vol vols ch p pp par para jan feb mar apr jun jul aug sep sept oct nov"
    " dec nr núm tel ext ca c abs".split()
)
"""Abbreviations that go on where a number follows."""
_MAYBE_LAST = frozenset(
    "Inc Corp Co Ltd Plc Bros Jr Sr etc al St Ave Blvd Rd Dept Univ Assn Ph.D M.D S.A Est Dist Ala"
    " Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev"
    " Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo".split()
)
"""Abbreviations that end a sentence only where what follows clearly begins one."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb"
    " mar apr jun jul aug sep sept oct nov dec".split()
)
_AFTER_CLOCK = _MONTHS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun kst jst"
    " est edt et ct mt pt pst pdt cst cdt gmt utc bst cet cest eet msk ist aest eastern pacific"
    " central local".split()
)
_CLEAR_STARTERS = frozenset(
    "the he she it they we but in this that on at after when if there his her their its and however"
    " meanwhile these those according".split()
)
_STARTERS = _CLEAR_STARTERS | frozenset(
    "a an i you or our my while before as for with from by to also so yet what who why how where"
    " which both some many most all no not one since although though despite over during last next"
    " then still such each every because instead moreover furthermore nevertheless earlier later"
    " until another other".split()
)
_FINITE = frozenset("said says told added asked is was are were has have had will would".split())
MAX_SENTENCE = Config().max_sentence
_LOOK = 120  # characters that a decision sees to either side


def segment(article: Article, max_sentence: int = MAX_SENTENCE) -> Document:
    """Split the compared blocks of an article into sentences.

    Every non-whitespace character of a compared block is in exactly one sentence, no sentence
    begins or ends with whitespace, and ``article.text[s.start : s.end] == s.text``.

    Args:
        article: as read.
        max_sentence: characters of the longest sentence; a longer one is read in parts.

    Raises:
        InputError: the article is split already, and has a longer one.
    """
    text = article.text
    blocks = [b for b in article.blocks if b.role.compared]
    found: list[tuple[Span, Block]] = []
    for block in blocks:
        if article.presplit:
            parts = [Span(block.start, block.end)]
            # Another number of sentences than was given would shift all that names one.
            if block.end - block.start > max_sentence:
                raise _too_long(article, block, max_sentence)
        else:
            parts = sentence_spans(text, block.start, block.end, max_sentence)
        found.extend((span, block) for span in _trimmed(text, parts))
    spans = [span for span, _ in found]
    quotes = _cut(text, quotation_spans(text, blocks, spans), spans)
    return Document(
        article,
        tuple(
            Sentence(
                index=i,
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
                role=block.role,
                paragraph=block.paragraph,
                quotes=quotes[i],
            )
            for i, (span, block) in enumerate(found)
        ),
    )


def _too_long(article: Article, block: Block, max_sentence: int) -> InputError:
    line = article.text.count("\n", 0, block.start) + 1
    return InputError(
        f"the sentence in line {line} of {article.label or 'a text'} is too long: "
        f"{block.end - block.start:,} characters, and the limit is {max_sentence:,}; split it, or "
        "raise the limit with --max-sentence (setting max_sentence)"
    )


def sentence_spans(
    text: str, start: int = 0, end: int | None = None, max_sentence: int = MAX_SENTENCE
) -> list[Span]:
    """Partition ``text[start:end]``, one paragraph, into sentences (with surrounding whitespace).

    >>> sentence_spans("Gen. Roh left. He was 84.")
    [Span(start=0, end=15), Span(start=15, end=25)]
    """
    piece = text[start:end]
    votes = _syntok_cuts(piece)
    decide = _Decision(piece)
    cuts = [0]
    for place in sorted(votes | set(_punctuation_cuts(piece))):
        if decide(cuts[-1], place, place in votes):
            cuts.append(place)
    ends = [*cuts[1:], len(piece)]
    return [
        Span(start + a, start + b)
        for first, last in zip(cuts, ends, strict=True)
        for a, b in _parts(piece, first, last, max_sentence)
    ]


def _parts(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most ``longest`` characters, cut at whitespace if possible."""
    while end - start > longest:
        space = max(text.rfind(c, start, start + longest) for c in " \n\t")
        cut = space + 1 if space > start else start + longest
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Span(start, end)


def _syntok_cuts(text: str) -> set[int]:
    """Where syntok begins a sentence."""
    from syntok.segmenter import segment as syntok_segment
    from syntok.tokenizer import Tokenizer

    tokens = Tokenizer(replace_not_contraction=False).tokenize(text)
    return {sentence[0].offset for sentence in syntok_segment(tokens) if sentence}


def _punctuation_cuts(text: str) -> Iterator[int]:
    """Where a sentence could begin: after an end mark, what closes with it, and whitespace."""
    straight = _straight_marks(text)
    for mark in _END.finditer(text):
        end = mark.end()
        stray = _STRAY_CLOSER.match(text, end)
        if not stray and bisect.bisect(straight, end) % 2:  # an open quotation can be closed
            stray = _STRAY_STRAIGHT.match(text, end)
        if stray:
            end = stray.end()
        if credit := _CREDIT.match(text, end):
            yield _after_space(text, credit.end())
        place = _after_space(text, end)
        if place > end or _NO_SPACE_NEEDED.search(text[max(0, end - 4) : end]):
            yield place


def _straight_marks(text: str) -> list[int]:
    return [m.start() for m in re.finditer('"', text)]


def _after_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


def _bracketed(text: str) -> list[Span]:
    """Matched brackets of at most 400 characters, outermost ones, in order."""
    pairs: list[Span] = []
    opened: list[int] = []
    for match in re.finditer(r"[()\[\]（）【】]", text):
        if match[0] in "([（【":
            opened.append(match.start())
        elif opened:
            begin = opened.pop()
            if match.start() - begin <= 400:
                while pairs and pairs[-1].start > begin:
                    pairs.pop()
                pairs.append(Span(begin, match.start()))
    return pairs


class _Decision:
    """Says of one paragraph whether a sentence ends at a place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._no_capitals = text.islower()
        self._brackets = _bracketed(text)
        self._straight = _straight_marks(text)
        self._last_word = next((i for i in range(len(text) - 1, -1, -1) if text[i].isalnum()), -1)
        self._from, self._word_at = -1, -1

    def __call__(self, last: int, place: int, vote: bool) -> bool:
        """Whether the sentence from ``last`` ends before ``place``; ``vote`` is syntok's answer."""
        text = self._text
        if not last < place <= self._last_word or self._first_word(last) >= place:
            return False  # a part without a word is no sentence
        left = text[max(last, place - _LOOK) : place].rstrip()
        right = text[place : place + _LOOK]
        end = _LEFT_END.search(left)
        if not end or right[0] in _TERMINALS or _EMPTY_BRACKET.search(left):
            return False
        spaced = text[place - 1].isspace()
        if self._in_open_bracket(last, place) or (spaced and self._belongs_left(place, right)):
            return False
        terminal, closers = end[1], end[2]
        before = left[: end.start()]
        if any(c in _WIDE for c in terminal):
            return True
        following = _next_words(right)
        if following is None:
            return vote
        first, second = following
        if first[0].islower() and not first[1:2].isupper() and not self._no_capitals:
            return False
        if closers and _ATTRIBUTION.match(right):
            return False
        if terminal != ".":
            ellipsis = "\u2026" in terminal or terminal.count(".") > 1
            loose = ellipsis and (not before or before[-1].isspace() or "[" in before[-2:])
            if closers[-1:] == ")" and self._in_open_bracket(last, place - (1 + spaced)):
                return first.lower() in _STARTERS  # an aside: "he won (or did he?) the game"
            return not loose or bool(closers) or first.lower() in _STARTERS
        if not spaced and not closers and not _glued(before, right):
            return False
        word = _WORD_BEFORE.search(before)
        if word is None:
            return True
        return _after_word(word[0], before, closers, first, second, right, vote)

    def _belongs_left(self, place: int, right: str) -> bool:
        """Whether what follows the whitespace still closes the sentence before it."""
        right = " " + right
        if _STRAY_STRAIGHT.match(right):
            return bisect.bisect_left(self._straight, place) % 2 == 1
        return bool(_STRAY_CLOSER.match(right) or _CREDIT.match(right))

    def _first_word(self, last: int) -> int:
        """Where the first word at or after a place stands."""
        if self._from != last:
            self._from = last
            self._word_at = next(
                (i for i in range(last, len(self._text)) if self._text[i].isalnum()),
                len(self._text),
            )
        return self._word_at

    def _in_open_bracket(self, last: int, place: int) -> bool:
        """Whether the place is in a bracket that opened within this sentence, past its start."""
        i = bisect.bisect_left(self._brackets, (place, -1)) - 1
        if i < 0 or place > self._brackets[i].end:
            return False
        return self._first_word(last) < self._brackets[i].start


def _next_words(right: str) -> tuple[str, str] | None:
    """The first two words of what follows, past opening marks; None where no word comes first."""
    opening = _OPENING.match(right)
    words = _NEXT_WORDS.match(right, opening.end() if opening else 0)
    return (words[1], words[2] or "") if words else None


def _glued(before: str, right: str) -> bool:
    """Whether a full stop without a space ("allies.This") ends a sentence, not part of a name."""
    token = before.rsplit(None, 1)[-1] if before.strip() else ""
    word = re.match(r"[A-Z\u201c\u00ab]\w*", right)
    return (
        bool(re.search(r"[a-z\d)]$", token))
        and not re.search(r"[/@]|www", token)
        and bool(word)
        and (word[0].lower() not in _WEB_TAIL if word else False)
    )


def _after_word(
    word: str, before: str, closers: str, first: str, second: str, right: str, vote: bool
) -> bool:
    """Whether a single full stop after ``word`` ends the sentence."""
    low, starts = word.lower(), first.lower() in _STARTERS
    number = first[0].isdigit()
    if _LIST_MARK.fullmatch(before.strip() + "."):
        return False
    if low in _NEVER_LAST and not closers:
        return low in ("st", "mt") and starts
    if low in ("a.m", "p.m"):
        clock = first.lower() in _AFTER_CLOCK or second.lower() == "time" or number
        return bool(closers) or not clock
    if _ACRONYM.fullmatch(word.rsplit("-", 1)[-1]) or word in _MAYBE_LAST:
        known = starts or (word in _MAYBE_LAST - {"St"} and second.lower() in _FINITE)
        return known and (first.lower(), second.lower()) != ("under", "secretary")
    if closers:
        return True
    if low in _BEFORE_NUMBER and number:
        return False
    if len(word) == 1 and word.isalpha() and not _UNIT.search(before):  # an initial
        return first.lower() in _CLEAR_STARTERS and len(first) > 1
    if word[-1].isdigit():
        if first.lower() in _MONTHS:  # 12. November 2021
            return False
        if number:  # 2021. 10. 20.
            return not re.match(r"\d{1,2}\.(?:\s|$)", right) and (vote or before.count(" ") >= 3)
    return True


# Quotation marks -------------------------------------------------------------------------------

_DOUBLE_MARK = re.compile(rf"''|``|[{re.escape(_DOUBLE)}]")
_OPEN_DOUBLE = frozenset("\u201c\u201e\u201f\u301d\u00ab\u300c\u300e``")
_SINGLE_MARK = re.compile(r"(?<!')['\u2018\u2019\u201a\u201b\u2039\u203a](?!')")
_ELISION = re.compile(r"['\u2019](?:\d0s|em|tis|twas|til|cause|n|bout|round)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{\u2014\u2013\uff08\u3010/=" + _DOUBLE + "\u2018\u201a\u2039'")
_LONGEST_SINGLE = 600  # characters between single marks; beyond, they are apostrophes


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    sure: bool
    """What stands around the mark says which way it faces."""


def quotation_spans(text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> list[Span]:
    """What stands inside quotation marks (outermost pairs, without the marks), in order.

    A quotation may run over the sentences of a paragraph, and over paragraphs where each begins
    with an opening mark. One that is never closed counts to the end of its sentence.
    """
    found = _double_quoted(text, blocks, sentences)
    found.extend(_dashed(text, sentences))
    for block in blocks:
        found.extend(_single_quoted(text, block.start, block.end))
    found.sort(key=lambda span: (span.start, -span.end))
    outer: list[Span] = []
    for span in found:
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer


_DASHED = re.compile(
    r"[-–—]\s(?P<said>[^-–—\s][^–—\n]{8,600}?)\s[-–—]\s(?P<credit>[a-z][^-–—:;\n]{2,90})$"
)


def _dashed(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Speech between dashes, as Polish or Spanish print it: "- Yes - says Nowak."."""
    for start, end in sentences:
        if text[start] in "-–—" and (match := _DASHED.match(text[start:end])):
            yield Span(start + match.start("said"), start + match.end("said"))


def _double_quoted(text: str, blocks: Sequence[Block], sentences: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    ends = [s.end for s in sentences]
    opened: int | None = None
    previous: Block | None = None

    def give_up(start: int, limit: int) -> None:
        end = ends[min(bisect.bisect_right(ends, start), len(ends) - 1)]
        found.append(Span(start, max(start, min(end, limit))))

    for block in blocks:
        marks = [
            _facing(text, m, block) for m in _DOUBLE_MARK.finditer(text, block.start, block.end)
        ]
        if opened is not None and previous is not None:
            first = marks[0] if marks else None
            if first and first.opens and not text[block.start : first.start].strip():
                found.append(Span(opened, previous.end))  # goes on in this paragraph
                opened = None
            elif not (first and not first.opens and block.paragraph == previous.paragraph):
                give_up(opened, previous.end)
                opened = None
        for mark in marks:
            if opened is None:
                if mark.opens or not mark.sure:
                    opened = mark.end
            elif mark.opens and mark.sure:
                give_up(opened, mark.start)
                opened = mark.end
            else:
                found.append(Span(opened, mark.start))
                opened = None
        previous = block
    if opened is not None and previous is not None:
        give_up(opened, previous.end)
    return found


def _facing(text: str, match: re.Match[str], block: Block) -> _Mark:
    """Which way a double mark faces; its neighbours say more than its shape („…“, ”…”, »…«)."""
    start, end = match.span()
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    left_free = before.isspace() or before in _BEFORE_OPENING
    right_free = not (after.isalnum() or after in "$\u00a3\u20ac\u00a5[(\u2018'#@")
    if left_free != right_free:
        return _Mark(start, end, opens=left_free, sure=True)
    if match[0] == '"' and before.isdigit():
        return _Mark(start, end, opens=False, sure=True)  # inches
    return _Mark(start, end, opens=match[0] in _OPEN_DOUBLE, sure=match[0] != '"')


def _single_quoted(text: str, start: int, end: int) -> Iterator[Span]:
    """Pairs of single marks; an apostrophe opens nothing and closes only what is open."""
    opened: int | None = None
    possible: int | None = None
    for match in _SINGLE_MARK.finditer(text, start, end):
        at = match.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if opened is not None and at - opened > _LONGEST_SINGLE:
            if possible is not None:
                yield Span(opened, possible)
            opened = possible = None
        if before.isalnum() and after.isalnum() and match[0] != "\u2018":
            continue
        if (before.isspace() or before in _BEFORE_OPENING) and not after.isspace():
            if _ELISION.match(text, at):
                continue
            if opened is not None and possible is not None:
                yield Span(opened, possible)
            opened, possible = at + 1, None
        elif opened is not None and not before.isspace():
            # "the boys' game": after s, with more words behind it, only if no other mark closes
            if before == "s" and after == " " and text[at + 2 : at + 3].islower():
                possible = at if possible is None else possible
            else:
                yield Span(opened, at)
                opened = possible = None
    if opened is not None and possible is not None:
        yield Span(opened, possible)


def _cut(text: str, quotes: Sequence[Span], sentences: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The part of each quotation that each sentence holds, without surrounding whitespace."""
    result: list[tuple[Span, ...]] = []
    first = 0
    for sentence in sentences:
        while first < len(quotes) and quotes[first].end <= sentence.start:
            first += 1
        here: list[Span] = []
        i = first
        while i < len(quotes) and quotes[i].start < sentence.end:
            here.append(
                Span(max(quotes[i].start, sentence.start), min(quotes[i].end, sentence.end))
            )
            i += 1
        result.append(tuple(_trimmed(text, here)))
    return result
