"""What the words around two equal numbers make of them.

The same figure is another statement as a change and as its outcome (“by nine”, “to nine”), as a
rank and as a multiple, per day and per month, against last year and against last month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from compare.checks.base import Draft, either_way, ordered, two_ways
from compare.checks.matching import Item, M, Match
from compare.letters import lower
from compare.numerals import words
from compare.quantities import Bound, Kind, Quantity, people
from compare.records import OTHER, SIDES, Group, Span
from compare.slots import likeness, stem

_Item = Item[Quantity]
_CHANGE = (
    r"(?:r[io]s(?:e|es|en|ing)|increas(?:e|es|ed|ing)|gr[eo]w(?:s|n|ing)?|climb(?:s|ed|ing)?"
    r"|jump(?:s|ed|ing)?|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|swell(?:s|ed|ing)?|swollen"
    r"|rais(?:e|es|ed|ing)|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)"
    r"|decreas(?:e|es|ed|ing)|shr[aiu]nk(?:s|ing)?|slid(?:e|es|ing)?|slump(?:s|ed|ing)?"
    r"|plung(?:e|es|ed|ing)|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?"
    r"|expand(?:s|ed|ing)?|dwindl(?:e|es|ed|ing)|went\s(?:up|down)|go(?:es|ing)?\s(?:up|down)"
    r"|slow(?:s|ed|ing)?(?:\sdown)?|throttl(?:e|es|ed|ing)|trim(?:s|med|ming)?|slash(?:es|ed|ing)?"
    r"|accelerat(?:e|es|ed|ing)|hik(?:e|es|ed|ing)|boost(?:s|ed|ing)?"
    r"|up|down)"
)
_BY_OR_TO = re.compile(
    rf"\b{_CHANGE}\s(?:\w+(?:\s\w+){{0,3}}\s)?(?P<role>by|to)\s(?:just\s|only\s|a\stotal\sof\s)?$"
    rf"|\b(?:{_CHANGE}|lost|los(?:e|es|ing)|gain(?:s|ed|ing)?|shed(?:s|ding)?)\s(?:sharply\s|slightly\s|a\s(?:further|total\sof)\s|another\s)?(?P<bare>)$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s(?:to|from)\b", re.IGNORECASE)


_PREPOSITION = re.compile(r"\b(?P<role>by|to)\s(?:just\s|only\s|a\stotal\sof\s)?$")
_CHANGED = re.compile(rf"\b{_CHANGE}\b", re.IGNORECASE)
_FAR = 110
"""Characters in which the verb of a change may stand before the figure: "cut the export quota for
the spring, which had been 5.2 million tons, to 3.8 million"."""


_MORE = re.compile(
    r"^\s(?:shorter|longer|fewer|less|more|cheaper|below|discount|rebate|reduction|off)\b"
    r"(?!\s(?:or\sless|than\s\d))"
)


def change_role(item: _Item) -> str:
    """``by`` for the size of a change, ``to`` for its outcome, empty for neither."""
    if item.mention.range is not None:
        return ""
    role = change_beside(item)
    if role == "bare":  # "fell below 1,000" is its outcome
        return "by" if item.mention.bound in (Bound.EXACT, Bound.ABOUT) else ""
    return role


def change_beside(item: Item[M]) -> str:
    """What the words beside a figure make of it: ``by``, ``to``, ``bare`` behind a verb, empty."""
    if _MORE.match(item.after(20)):
        return "by"
    match = _BY_OR_TO.search(item.before(60))
    if match is None:
        far = _PREPOSITION.search(item.before(24))
        ahead = item.before(_FAR)
        before = ahead[: len(ahead) - len(far.group())] if far else ""
        verb = [m.end() for m in _CHANGED.finditer(before)]
        if far is None or not verb or _OTHER_CLAUSE.search(before[verb[-1] :]):
            return ""
        return far["role"]
    return match["role"].lower() if match["role"] else "bare"


_OTHER_CLAUSE = re.compile(
    r";|:|\.\s|\b(?:and|but|while|when|because|after|before)\b|\bfrom\b.*\bto\b"
)


def _change_or_outcome(x: _Item, y: _Item) -> str:
    if x.mention.kind is not y.mention.kind or x.mention.kind in (Kind.ORDINAL, Kind.SCORE):
        return ""
    if {change_role(x), change_role(y)} == {"by", "to"}:
        return "The size of a change in one text is its outcome in the other"
    return ""


_LEVEL = r"(?:level|mark|limit|threshold|average|target|norm|line|standard|quota|ceiling|value)"
_ABOVE = re.compile(
    rf"^\s(?:above|below|over|under|beyond)\s(?:the\s|its\s|their\s)?(?:\w+\s){{0,2}}{_LEVEL}\b"
)
_LEVEL_OF = re.compile(rf"\b{_LEVEL}\s(?:of|at)\s(?:about\s)?$")


def _excess_or_level(x: _Item, y: _Item) -> str:
    ways = [(bool(_ABOVE.match(i.after(50))), bool(_LEVEL_OF.search(i.before(24)))) for i in (x, y)]
    if x.mention.kind is y.mention.kind and sorted(ways) == [(False, True), (True, False)]:
        return "How far above or below a level in one text is the level itself in the other"
    return ""


_SUPERLATIVE = re.compile(r"^[\s-](?:[a-z]{3,}est|most|best|worst|least)\b")
_COMPARATIVE = re.compile(
    r"^\s(?:as\s\w+\s(?:as)?|(?:more|less|fewer|[a-z]{2,}er)\b(?:\s\w+){0,3}|the\s(?:size|number|amount))"
)


def _rank_or_multiple(x: _Item, y: _Item) -> str:
    if {x.mention.kind, y.mention.kind} != {Kind.ORDINAL, Kind.MULTIPLE}:
        return ""
    rank, multiple = (x, y) if x.mention.kind is Kind.ORDINAL else (y, x)
    if _SUPERLATIVE.match(rank.after(20)) and _COMPARATIVE.match(multiple.after(30)):
        return "A rank in one text is a multiple in the other"
    return ""


_UNITS = "second|minute|hour|day|night|week|fortnight|month|quarter|year"
_EACH = re.compile(
    rf"^(?:\s[\w-]+){{0,3}}?\s(?:an?|per|each|every)\s(?P<unit>{_UNITS})\b"
    r"(?!\s(?:ago|earlier|and\s(?:a|half|\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b))",
    re.IGNORECASE,
)
_LY = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "annual": "year",
    "annually": "year",
    "yearly": "year",
}
_ADVERB = re.compile(rf"\b(?P<word>{'|'.join(_LY)})\b", re.IGNORECASE)
_RATED = frozenset({Kind.COUNT, Kind.MONEY, Kind.MEASURE})


def rate(item: _Item) -> str:
    """The unit of time for which a number holds, where the words beside it name one."""
    behind = _EACH.match(item.after(50))
    if behind is not None:
        return lower(behind["unit"])
    words = {
        _LY[lower(m["word"])]
        for window in (item.before(35), re.split(r"[,;:.]\s", item.after(25))[0])
        for m in _ADVERB.finditer(window)
    }
    return words.pop() if len(words) == 1 else ""


def _other_rate(x: _Item, y: _Item) -> str:
    if x.mention.kind is not y.mention.kind or x.mention.kind not in _RATED:
        return ""
    one, two = rate(x), rate(y)
    if one and two and one != two and {one, two} != {"day", "night"}:
        return f"The same figure for another stretch of time: for a {one} and for a {two}"
    return ""


_PAST_YEAR = (
    r"(?:the\s)?(?:same|corresponding|comparable)\s(?:period|month|quarter|week|time|half|day)"
    r"\s(?:of\s|in\s|the\s|a\s)*(?:last\syear|previous\syear|prior\syear|preceding\syear"
    r"|year\s(?:earlier|ago|before)|\d{4})"
)
_YEAR_BASIS = re.compile(
    rf"\byear[-\s](?:on|over|to)[-\s]year\b|\b(?:on|over)\sthe\syear\b|\ba\syear\s(?:earlier|ago"
    rf"|before)\b|{_PAST_YEAR}|\b(?:than|from|over|with|to)\s(?:last\syear|the\s(?:previous|prior"
    r"|preceding)\syear)\b|\bannual\srate\b",
    re.IGNORECASE,
)
_PERIOD_BASIS = re.compile(
    r"\b(?P<on>month|week|day)[-\s](?:on|over|to)[-\s](?P=on)\b|\bquarter[-\s](?:on|over)[-\s]quarter\b"
    r"|\b(?:on|over)\sthe\s(?:month|quarter)\b|\b(?:than|from|over|with|to|on)\s(?:the\s)?(?:previous|last"
    r"|prior|preceding)\s(?:month|quarter|week|day)\b"
    r"|\ba\s(?:month|quarter|week)\s(?:earlier|ago|before)\b"
    r"|\b(?:than\sin|from|over|with|against)\sthe\s(?:first|second|third|fourth)\squarter\b(?!\sof\s)",
    re.IGNORECASE,
)


def _basis(item: _Item, others: Sequence[_Item]) -> str:
    """What a change is measured against: ``year``, ``period``, or empty where that is not said."""
    after, before = item.after(110), item.before(70)
    ends = [
        o.mention.span.start - item.mention.span.end
        for o in others
        if o.sentence == item.sentence
        and o.mention.kind in (Kind.PERCENT, Kind.POINTS)
        and o.mention.span.start > item.mention.span.end
    ]
    after = after[: min(ends)] if ends else after
    found = {
        name
        for name, pattern in (("year", _YEAR_BASIS), ("period", _PERIOD_BASIS))
        if pattern.search(after) or (pattern.search(before) and not _ENDS.match(after))
    }
    return found.pop() if len(found) == 1 else ""


def _other_basis(x: _Item, y: _Item, match: Match[Quantity]) -> str:
    if x.mention.kind is not y.mention.kind or x.mention.kind not in (
        Kind.PERCENT,
        Kind.POINTS,
        Kind.MULTIPLE,
    ):
        return ""
    if {_basis(x, match.all_a), _basis(y, match.all_b)} == {"year", "period"}:
        return (
            "The change is measured against the year before in one text, against the period just "
            "before in the other"
        )
    return ""


def _lost_unit(x: _Item, y: _Item) -> str:
    if {x.mention.kind, y.mention.kind} != {Kind.MEASURE, Kind.COUNT}:
        return ""
    measured, counted = (x, y) if x.mention.kind is Kind.MEASURE else (y, x)
    noun = counted.mention.noun
    if (
        not measured.mention.written
        and measured.mention.value == counted.mention.value
        and noun.endswith("s")
        and noun not in people()
        and counted.after(len(noun) + 1).lower() == f" {noun}"
        and noun not in counted.slot.wide & measured.slot.wide
        and not re.search(rf"\b{noun[:-1]}", measured.sentence.text, re.IGNORECASE)
    ):
        return f"A number of {measured.mention.unit} in one text is one of {noun} in the other"
    return ""


_COMPLEMENT = re.compile(
    r"\ball\s(?:but|except(?:\sfor)?|save|other\sthan)\s$|\bexcept\s(?:for\s)?$"
    r"|\bwith\sthe\sexception\sof\s$|\bapart\sfrom\s$|\bother\sthan\s$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:still|remain\w*|stay\w*|not|never|no|without|missing|yet|against|fail\w*|refus\w*|lack\w*"
    r"|only|alone|exceptions?|except(?:ed|ing)?|save|bar|but|rest|others?|unlike|while|whereas|however)\b|n['’]t\b",
    re.IGNORECASE,
)


def _complement(x: _Item, y: _Item) -> str:
    """“All but two have left” against “two have left”."""
    one, two = (bool(_COMPLEMENT.search(i.before(30))) for i in (x, y))
    if one is two or x.mention.kind is not y.mention.kind or x.mention.kind is not Kind.COUNT:
        return ""
    plain = y if one else x
    text = plain.sentence.text
    if _REST.search(text):
        return ""
    return "All except a number in one text is that number in the other"


_OF_EACH = (
    re.compile(r"\b(?:each|every)\s(?:[\w'’-]+\s){1,4}$", re.IGNORECASE),
    re.compile(
        r"^(?:\s(?!and\b)[\w-]+){0,5}\s(?:each|apiece|(?:to|for)\s(?:each|every)"
        r"|(?:per|a)\s(?:person|head|family|household|child|worker|employee|resident|victim))\b",
        re.IGNORECASE,
    ),
)
_IN_SUM = (
    re.compile(
        r"\b(?:a\s(?:combined\s)?total\sof|altogether|in\s(?:all|total)|a\scombined|jointly)\s(?:some\s|about\s)?"
        r"[$€£¥]?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:\s[\w-]+){0,3}\s(?:in\s(?:all|total)|altogether|combined|all\stold|jointly|between\sthem)\b",
        re.IGNORECASE,
    ),
)


def _each_or_all(x: _Item, y: _Item) -> str:
    """“Each family 2 million” against “a total of 2 million”."""
    if x.mention.kind is not y.mention.kind or x.mention.kind not in _RATED:
        return ""
    each, whole = (
        [bool(p[0].search(i.before(50)) or p[1].match(i.after(50))) for i in (x, y)]
        for p in (_OF_EACH, _IN_SUM)
    )
    if sorted(zip(each, whole, strict=True)) != [(False, True), (True, False)]:
        return ""
    return "What each gets in one text is the sum for all in the other"


_RATIO = re.compile(
    r"^\s(?P<one>[\w-]+)\s(?:(?:for|to)\s(?:each|every|a|one)|per)\s(?P<two>[\w-]+)", re.IGNORECASE
)


def _ratio_turned(x: _Item, y: _Item) -> str:
    """“16 patients for each nurse” against “16 nurses per patient”."""
    one, two = (_RATIO.match(i.after(60)) for i in (x, y))
    if one is None or two is None:
        return ""
    here, there = ([stem(lower(m[k])) for k in ("one", "two")] for m in (one, two))
    return "A ratio is turned round" if here == there[::-1] and here != there else ""


_AMONG = re.compile(r"^\s(?:of|among)\s(?:them|whom|which|these|those)\b", re.IGNORECASE)
_AMONG_AHEAD = re.compile(
    r"\b(?:including|among\s(?:them|whom|which)|of\s(?:them|whom|which))\s(?:about\s|some\s|the\s)?$",
    re.IGNORECASE,
)
_ON_TOP = re.compile(
    r"\b(?:(?:is|are|was|were)\sadded|(?:add|adds|added)\sto\s(?:that|this|these|them)|in\saddition(?:\sto\s\w+)?|plus"
    r"|on\stop\sof\s(?:that|this|these|them)|besides|(?:as\swell|together|along)\s(?:as|with)|joined\sby"
    r"|another|a\sfurther|additional)(?:\sare|,)?\s$",
    re.IGNORECASE,
)


def _among_or_besides(x: _Item, y: _Item) -> str:
    """“640 people, 210 of them for the summer” against “640 people, and in addition 210”."""
    ways = [
        (
            bool(_AMONG.match(i.after(20)) or _AMONG_AHEAD.search(i.before(30))),
            bool(_ON_TOP.search(i.before(40))),
        )
        for i in (x, y)
    ]
    if sorted(ways) != [(False, True), (True, False)]:
        return ""
    return "A part of the whole in one text comes on top of it in the other"


def misread(match: Match[Quantity]) -> Iterator[Draft]:
    """Equal numbers of one group that the words around them make into different statements."""
    for x, y in match.pairs:
        for why, confidence, behind in (
            (_change_or_outcome(x, y), 0.8, ()),
            (_excess_or_level(x, y), 0.8, (_ABOVE,)),
            (_rank_or_multiple(x, y), 0.8, (_SUPERLATIVE, _COMPARATIVE)),
            (_other_rate(x, y), 0.75, (_EACH,)),
            (_each_or_all(x, y), 0.75, (_OF_EACH[1], _IN_SUM[1])),
            (_ratio_turned(x, y), 0.8, (_RATIO,)),
            (_among_or_besides(x, y), 0.75, (_AMONG,)),
            (_other_basis(x, y, match), 0.75, (_YEAR_BASIS, _PERIOD_BASIS)),
            (_complement(x, y), 0.75, ()),
            (_lost_unit(x, y), 0.65, (_WORD,)),
        ):
            if why:
                (span_a, words_a), (span_b, words_b) = (_with_words(i, behind) for i in (x, y))
                yield Draft(
                    a=span_a,
                    b=span_b,
                    message=f"{why}: “{words_a}” against “{words_b}”.",
                    severity="major",
                    confidence=confidence,
                    anchor=f"{words_a.lower()} | {words_b.lower()}",
                )
                break
    yield from _nth_of(match)


_WORD = re.compile(r"^\s[a-z]+s\b")
_AROUND = re.compile(
    r"(?:\b(?:by|to|all\s(?:but|except(?:\sfor)?)|except(?:\sfor)?|apart\sfrom|other\sthan"
    r"|with\sthe\sexception\sof|a\s(?:combined\s)?total\sof|(?:each|every)(?:\s[\w'’-]+){1,4})\s)$",
    re.IGNORECASE,
)


def _with_words(item: _Item, behind: Sequence[re.Pattern[str]]) -> tuple[Span, str]:
    """The number with the words beside it that say how it is meant."""
    start, end = item.mention.span
    ahead = _AROUND.search(item.before(30))
    start -= len(ahead.group()) if ahead else 0
    after = item.after(110)
    end += min((m.end() for p in behind if (m := p.search(after))), default=0)
    text, offset = item.sentence.text, item.sentence.start
    return Span(start, end), text[start - offset : end - offset]


_OF_ALL = re.compile(
    r"^(?:\s[a-z]+)?\s(?:of|out\sof|in\sa\sseries\sof)\s(?:the\s|a\stotal\sof\s|his\s|her\s|its\s"
    r"|their\s|altogether\s)?(?:planned\s|scheduled\s)?$",
    re.IGNORECASE,
)


def _nth_of(match: Match[Quantity]) -> Iterator[Draft]:
    """“The second of five hearings” against “the fifth hearing”."""
    for mine, theirs in ((match.all_a, match.all_b), (match.all_b, match.all_a)):
        ordinals = [y for y in theirs if y.mention.kind is Kind.ORDINAL]
        for nth, whole in _nths(mine):
            if any(y.mention.value == nth.mention.value for y in theirs):
                continue
            for y in ordinals:
                noun = stem(whole.mention.noun or " ")
                same = noun in y.slot.near or likeness(nth.slot, y.slot) >= 0.5
                if y.mention.value != whole.mention.value or not same:
                    continue
                span = nth.mention.span.cover(whole.mention.span)
                first = nth.side == "a"
                text = nth.sentence.text[
                    span.start - nth.sentence.start : span.end - nth.sentence.start
                ]
                yield Draft(
                    a=span if first else y.mention.span,
                    b=y.mention.span if first else span,
                    message=(
                        f"“{text}” in one text has become “{y.words}” in the other: the number of "
                        "all is taken for the rank of one."
                        if first
                        else f"“{y.words}” in one text is “{text}” in the other: the number of all "
                        "is taken for the rank of one."
                    ),
                    severity="major",
                    confidence=0.75,
                    anchor=f"{nth.mention.value} of {whole.mention.value}",
                )


def _nths(items: Iterable[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """The pairs of an ordinal and the number of which it is one."""
    for nth, whole in pairwise(items):
        if (
            nth.mention.kind is Kind.ORDINAL
            and whole.mention.kind is Kind.COUNT
            and nth.sentence == whole.sentence
            and nth.mention.value < whole.mention.value
            and _OF_ALL.match(
                nth.sentence.text[
                    nth.mention.span.end - nth.sentence.start : whole.mention.number.start
                    - nth.sentence.start
                ]
            )
        ):
            yield nth, whole


_RANKED = re.compile(r"^[\s-](?P<word>[a-z]{2,}est|most\s\w+|least\s\w+)\b")
_TOP = re.compile(
    r"\b(?P<head>(?:the|its|their|his|her|[\w.]+['’]s?)\s)(?P<word>[a-z]{2,}est|most\s\w+|least\s\w+)\b"
)
_SHARED_RANK = re.compile(
    r"\b(?:one|two|three|four|five|some|several|many|most|among|all|any|\d+)\s(?:of\s)?$",
    re.IGNORECASE,
)
_ONE_WORD = (
    frozenset({"largest", "biggest", "greatest"}),
    frozenset({"smallest", "tiniest"}),
    frozenset({"worst", "deadliest", "gravest"}),
    frozenset({"wealthiest", "richest"}),
    frozenset({"quickest", "fastest"}),
)
_NO_RANK = words(
    "best latest nearest closest earliest interest forest request protest arrest guest contest "
    "harvest modest honest invest suggest conquest manifest west rest test quest"
)


def ranks(match: Match[Quantity]) -> Iterator[Draft]:
    """“The second-largest” against “the largest”: the rank has been lost or gained."""
    for mine, group_side in ((match.all_a, match.group.b), (match.all_b, match.group.a)):
        for x in mine:
            found = _RANKED.match(x.after(30))
            if x.mention.kind is not Kind.ORDINAL or found is None or x.mention.value < 2:
                continue
            word = found["word"]
            alike = next((s for s in _ONE_WORD if word in s), frozenset({word}))
            tops = [
                (s, m)
                for s in group_side
                for m in _TOP.finditer(s.text)
                if m["word"] in alike and m["word"] not in _NO_RANK
            ]
            heard = [s.text.lower() for s in group_side]
            again = any(
                re.search(rf"\b(?:\w+(?:st|nd|rd|th|ond)|next|after)[\s-]{w}\b", text)
                for text in heard
                for w in alike
            )
            own = any(m["word"] in alike for m in _TOP.finditer(x.sentence.text))
            if len(tops) != 1 or again or own:
                continue
            sentence, top = tops[0]
            if _SHARED_RANK.search(sentence.text[max(0, top.start() - 12) : top.start()]):
                continue
            if re.search(
                r"\b(?:after|behind|but|except)\b", sentence.text[top.end() : top.end() + 40]
            ):
                continue
            here = Span(x.mention.span.start, x.mention.span.end + found.end())
            there = Span(sentence.start + top.start(), sentence.start + top.end())
            said = x.words + found.group()
            first = x.side == "a"
            yield Draft(
                a=here if first else there,
                b=there if first else here,
                message=(
                    f"“{said}” against “{top.group()}”: the rank is lost in one of the texts."
                    if first
                    else f"“{top.group()}” against “{said}”: the rank is lost in one of the texts."
                ),
                severity="major",
                confidence=0.75,
                anchor=f"{x.mention.value} {word}",
            )


_FEW = re.compile(r"\b(?P<word>several|a\s(?:few|handful\sof))\s(?P<noun>[a-z]+)\b", re.IGNORECASE)
_MANY = 500


def scales(match: Match[Quantity]) -> Iterator[Draft]:
    """“Several thousand people” against “several people”; “tens of thousands” against 10,000."""
    for mine, others, sentences in (
        (match.a, match.all_b, match.group.b),
        (match.b, match.all_a, match.group.a),
    ):
        for x in mine:
            q = x.mention
            if q.kind is not Kind.COUNT or q.value < _MANY or not q.noun or q.soft:
                continue
            if any(abs(o.mention.value) >= _MANY / 5 for o in others):
                continue
            for sentence in sentences:
                for m in _FEW.finditer(sentence.text):
                    nouns = {m["noun"], q.noun}
                    if stem(m["noun"]) == stem(q.noun) or nouns <= people():
                        span = Span(sentence.start + m.start(), sentence.start + m.end())
                        yield _of_two(x, span, m.group(), "one is far more than the other")
    for x, y in match.pairs:
        for vague, exact in ((x, y), (y, x)):
            q, e = vague.mention, exact.mention
            plural = re.search(
                r"\b(?:ten|hundred|thousand|million|billion)s\b", vague.words.lower()
            )
            if (
                plural
                and q.vague
                and not e.vague
                and q.kind is e.kind is Kind.COUNT
                and q.value == e.value
                and e.bound is Bound.EXACT
                and e.range is None
            ):
                yield _of_two(
                    vague, exact.mention.span, exact.words, "one is several times the other"
                )


def _of_two(x: _Item, span: Span, words: str, why: str) -> Draft:
    first = x.side == "a"
    said = (x.words, words) if first else (words, x.words)
    return Draft(
        a=x.mention.span if first else span,
        b=span if first else x.mention.span,
        message=f"“{said[0]}” against “{said[1]}”: {why}.",
        severity="major",
        confidence=0.7,
        anchor=f"{said[0].lower()} | {said[1].lower()}",
    )


_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)"
_VOTED = re.compile(
    rf"\b(?:by|vot(?:e|ed|es|ing)|with)\s(?:\w+\s){{0,3}}?{_N}(?:\svotes?)?(?:\s(?:to|against)\s|[-–]){_N}\b"
    rf"|\bby\s(?:a\s)?(?:\w+\s)?majority\b|\bmajority\svote\b|\b{_N}[-–]{_N}\s(?:vote|decision|ruling|split|majority)\b",
    re.IGNORECASE,
)
_AS_ONE = re.compile(r"\bunanim(?:ous|ously|ity)\b|\bwithout\s(?:a\s)?dissent\w*\b", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:0|nil|none)\b")


def votes(group: Group) -> Iterator[Draft]:
    """By nine votes to six, unanimously."""
    for side, one, two in either_way(group, _VOTED, _AS_ONE):
        if _NOBODY.search(one[1].group()):
            continue
        yield two_ways(
            side, one, two,
            f"Some voted against it in {side.upper()} (“{one[1].group()}”), nobody in "
            f"{OTHER[side].upper()} (“{two[1].group()}”).",
            "major",
        )  # fmt: skip


_BY_A_FACTOR = re.compile(
    r"\b(?:doubl(?:e|ed)|twice|tripl(?:e|ed)|(?:two|three|four|five|ten)\stimes)(?:\sas\s\w+\sas)?\s(?:the|its|what)\b"
    r"|\b(?:doubled|tripled|quadrupled)\b",
    re.IGNORECASE,
)
_SO_MANY_TIMES = re.compile(
    r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed)?|overr[au]n)\s(?:[\w’'-]+\s){1,5}?(?:twice|thrice|(?:two|three|four|five|ten)\stimes)(?=[\s,.;”\"]|$)(?!\sas\b|\sover\b|\sthe\b)"
    r"|\b(?:increased|rose|risen|grew|grown)\s(?:twice|thrice)(?=[\s,.;”\"]|$)(?!\sas\b)",
    re.IGNORECASE,
)


def factor_or_times(group: Group) -> Iterator[Draft]:
    """Double the limit, exceeded it twice."""
    for side, one, two in either_way(group, _BY_A_FACTOR, _SO_MANY_TIMES):
        yield two_ways(
            side, one, two,
            f"How much in {side.upper()} (“{one[1].group()}”), how often in "
            f"{OTHER[side].upper()} (“{two[1].group()}”).",
            "major",
        )  # fmt: skip


_A_DOZEN = re.compile(r"\b(?:a|one|about\sa|some)\sdozen\b(?!s)", re.IGNORECASE)
_DOZENS = re.compile(r"\b(?:(?:several|many)\sdozens?|dozens)\b(?!\sand\sdozens)", re.IGNORECASE)


def dozens(group: Group) -> Iterator[Draft]:
    """A dozen or so in one text, dozens in the other."""
    for side, one, two in either_way(group, _A_DOZEN, _DOZENS):
        yield two_ways(
            side, one, two,
            f"A dozen in {side.upper()} (“{one[1].group()}”), several in "
            f"{OTHER[side].upper()} (“{two[1].group()}”).",
            "major", 0.7,
        )  # fmt: skip


_OF_WHAT = re.compile(
    r"\sof\s(?:(?:the|all|its|their)\s)?(?:[\w-]+['’]s\s)?(?P<what>[^,.;]{3,60})", re.IGNORECASE
)


def fraction_or_number(match: Match[Quantity]) -> Iterator[Draft]:
    """A third of the schools, three schools."""
    for side in SIDES:
        mine, theirs = (match.all_a, match.all_b) if side == "a" else (match.all_b, match.all_a)
        for x in mine:
            of = _OF_WHAT.match(x.after(80)) if x.mention.kind is Kind.SHARE else None
            if of is None or x.mention.value.numerator != 1:
                continue
            stems = {stem(w) for w in of["what"].lower().split()}
            for y in theirs:
                if (
                    y.mention.kind is Kind.COUNT
                    and y.mention.value == x.mention.value.denominator
                    and stem(y.mention.noun) in stems
                    and not any(i.mention.kind is Kind.SHARE for i in theirs)
                ):
                    yield Draft(
                        *ordered(side, x.mention.span, y.mention.span),
                        message=f"A part in {side.upper()} (“{x.words}”), a number in "
                        f"{OTHER[side].upper()} (“{y.words}”).",
                        severity="major",
                        confidence=0.8,
                    )
                    return
