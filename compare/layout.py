"""What each line of an article is: headline, date, byline, caption, page furniture or body.

Reading needs it to keep page furniture out of the comparison. Precision comes first: a body
sentence taken for furniture loses every finding in it, so a line is body unless its own words, or
the lines around it, say otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Any

from compare.letters import lower
from compare.records import Block, Role

# Dates -----------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier janeiro gennaio",
            "february feb februar febrero février fevereiro febbraio",
            "march mar märz marzo mars março",
            "april apr abril avril aprile",
            "may mai mayo maio maggio",
            "june jun juni junio juin junho giugno",
            "july jul juli julio juillet julho luglio",
            "august aug agosto août",
            "september sep sept septiembre septembre setembro settembre",
            "october oct oktober okt octubre octobre outubro ottobre",
            "november nov noviembre novembre novembro",
            "december dec dezember dez diciembre décembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ERAS = {
    **dict.fromkeys(("reiwa", "令和", "r"), 2018),
    **dict.fromkeys(("heisei", "平成", "h"), 1988),
    **dict.fromkeys(("showa", "昭和"), 1925),
}
"""The year before the first of each Japanese era."""

_Y = r"(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>\d{1,2})"
_D = r"(?P<d>\d{1,2})"
_MON = rf"(?P<mon>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_ERA = r"\b(?P<era>reiwa|heisei|showa|令和|平成|昭和)\s?(?P<ey>\d{1,2}|元|gannen)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_Y}\s?[-/.\u2010\u2011年년]\s?{_M}\s?[-/.\u2010\u2011月월]\s?{_D}(?!\d)[日일.]?",
        rf"(?<![\d./]){_D}\.\s?{_M}\.\s?{_Y}(?!\d)",
        rf"(?<![\d./-])(?P<first>\d{{1,2}})(?P<sep>[/-])(?P<second>\d{{1,2}})(?P=sep){_Y}(?!\d)",
        rf"{_ERA}\s?(?:[-/.,年]|th year,?)?\s?{_M}\s?[-/.月]\s?{_D}(?!\d)日?",
        rf"{_ERA}\s?,?\s(?:year,?\s)?{_MON}\s{_D}(?:st|nd|rd|th)?(?!\d)",
        rf"\b{_MON}\s{_D}(?:st|nd|rd|th)?,?\s{_ERA}",
        rf"\b(?P<era>[rh])(?P<ey>\d{{1,2}})[./]{_M}[./]{_D}(?!\d)",
        rf"\b{_MON}\s?{_D}(?:st|nd|rd|th)?\s?,?\s(?:of\s)?{_Y}(?!\d)",
        rf"(?<!\d){_D}(?:st|nd|rd|th|º)?\.?\s?(?:of\s|de\s)?{_MON},?\s?(?:de\s|del\s)?{_Y}(?!\d)",
        rf"(?<!\d)(?<!\d[-\u2013]){_D}-{_MON}-{_Y}(?!\d)",
        rf"(?<!\d){_Y},?\s{_MON}\s{_D}(?:st|nd|rd|th)?(?!\d)",
    )
)
_ANY_MON = _MON.replace("?P<mon>", "?:")
_YEARLESS = re.compile(
    rf"\b{_ANY_MON}\s?\d{{1,2}}(?:st|nd|rd|th)?(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\.?\s?(?:of\s|de\s)?{_ANY_MON}",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"T?\d{1,2}[:h.]\d{2}(?:[:.]\d{2})*(?:\.\d+)?Z?|\b\d{1,2}\s?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?"
    r"|[+-]\d\d:?\d\d\b|\b(?:gmt|utc)\s?[+-]\s?\d{1,2}\b"
    r"|\b(?:kst|jst|est|edt|et|ct|pt|pst|pdt|cst|cdt|gmt|utc|bst|ist|cet|cest|msk|hkt|sgt|aest)\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\b\d+\s(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\sago\b"
    r"|\b(?:first\s|last\s|date\s(?:of\s)?)?(?:posted|published|publication|publish|modified"
    r"|modification|updated?|revised|released?|issued|entered|registered|registration|uploaded"
    r"|input|created|written|approved|correction|corrected|edited|date|time|approval)\b"
    r"(?:\s(?:date|time|on|at))*|\b(?:on|at|local\stime)\b"
    r"|\bo'clock\b|\bhrs\b|\buhr\b|\bcorresponding to\b|\b(?:AH|AD|CE|BCE)\b"
    r"|\b\d{1,2}\s(?:muharram|safar|rabi|jumada|rajab|sha'?a?ban|ramadan|shawwal|dhu'?l?)\b"
    r"(?:[\s-](?:al-?)?\w+){0,2}?,?\s1[34]\d\d\b"
    r"|입력|수정|등록|승인|更新|公開|配信|投稿|发布|時間|时间",
    re.IGNORECASE,
)
_LATER = re.compile(r"modif|updat|revis|correct|edited|수정|更新", re.IGNORECASE)


def find_date(text: str) -> dt.date | None:
    """The day a date line names: the first full date, a day of publication before one of change.

    A date whose order is open (``03/06/2022``) is no answer.

    >>> find_date("Updated: 7 March 2022 | Posted: March 6, 2022")
    datetime.date(2022, 3, 6)
    >>> find_date("Reiwa 3/11/12 19:40")
    datetime.date(2021, 11, 12)
    """
    found = sorted(
        (match.start(), day)
        for pattern in _DATES
        for match in pattern.finditer(text)
        if (day := _day(match)) is not None
    )
    end_of_last = 0
    later: dt.date | None = None
    for start, day in found:
        label = _LATER.search(text, end_of_last, start)
        if not label:
            return day
        later = later or day
        end_of_last = start
    return later


def _day(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    if part.get("era"):
        first = lower(part["ey"]) in ("元", "gannen")
        year = _ERAS[lower(part["era"])] + (1 if first else int(part["ey"]))
    else:
        year = int(part["y"])
    if part.get("first"):
        first_number, second_number = int(part["first"]), int(part["second"])
        if first_number <= 12 and second_number <= 12 and first_number != second_number:
            return None
        month, day = sorted((first_number, second_number))
        if month == day == 0:
            return None
    else:
        month = _MONTHS[lower(part["mon"])] if part.get("mon") else int(part["m"])
        day = int(part["d"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _without_dates(text: str) -> tuple[str, bool, bool]:
    """What is left of a line without dates, times and their labels; any date; a full one."""
    rest, full = text, False
    if not any(c.isdigit() for c in text):
        return text, False, False
    for pattern in _DATES:
        rest, count = pattern.subn(" ", rest)
        full = full or count > 0
    rest, count = _YEARLESS.subn(" ", rest)
    dated = full or count > 0
    rest, words = _DATE_WORDS.subn(" ", rest)
    ago = bool(re.search(r"\bago\b", text)) and words > 0
    return rest, dated or ago, full or ago


# Lines -----------------------------------------------------------------------------------------

_BREAK = re.compile(r"[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = ".!?\u2026\u3002\uff01\uff1f\u061f\u0964"
_CLOSER = "\"'\u201d\u2019\u00bb\u201c)]}\u300d\u300f"
_LONGEST_WRAP = 120
_SHORTEST_WRAP = 40


@dataclass(slots=True)
class _Line:
    """A line, or the lines of a paragraph that was hard-wrapped, as one."""

    start: int
    end: int
    text: str
    blank_before: bool
    role: Role | None = None


def _physical_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start, blank = 0, True
    for end in [*(m.start() for m in _BREAK.finditer(text)), len(text)]:
        raw = text[start:end]
        content = raw.strip()
        if content:
            begin = start + len(raw) - len(raw.lstrip())
            lines.append(_Line(begin, begin + len(content), content, blank))
        blank = not content
        start = end + 1
    return lines


def _joined(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """Put hard-wrapped lines together again.

    A line was wrapped where the next word would not have fitted within the width of the text.
    """
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blank_before]
    full = [a for a, b in pairs if _no_room(a, b, width)]
    running = sum(not _ends_sentence(line.text) for line in full)
    wrapped = (
        _SHORTEST_WRAP <= width <= _LONGEST_WRAP
        and len(full) >= max(2, 0.6 * len(pairs))
        and running >= len(full) / 2
    )
    result: list[_Line] = []
    tail: _Line | None = None
    for line in lines:
        if tail and not line.blank_before and _continues(text, tail, line, width if wrapped else 0):
            whole = result[-1]
            result[-1] = _Line(
                whole.start, line.end, text[whole.start : line.end], whole.blank_before
            )
        else:
            result.append(_Line(line.start, line.end, line.text, line.blank_before))
        tail = line
    return result


def _no_room(line: _Line, following: _Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split(None, 1)[0]) > width


def _continues(text: str, line: _Line, following: _Line, width: int) -> bool:
    indented = following.start - line.end > 2 and text[following.start - 1] in " \t"
    if width:
        return _no_room(line, following, width) and not indented
    # Not wrapped throughout, but a sentence that goes on in lower case does not end here.
    return (
        len(line.text) >= _SHORTEST_WRAP
        and not _ends_sentence(line.text)
        and following.text[0].islower()
        and len(following.text.split()) > 3
        and not re.match(r"(?:e-?mail|https?:|www\.|button\b|photo\b)", following.text)
    )


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSER + " ")[-1:] in tuple(_TERMINAL)


def _is_sentence(line: str) -> bool:
    """Whether a line can only be running text."""
    words = len(line.split())
    return (words >= 4 and _ends_sentence(line) and not _abbreviated(line)) or words > 40


def _abbreviated(line: str) -> bool:
    """Whether a short line's full stop may be an abbreviation's ("… arrives in U.S.")."""
    return len(line.split()) <= 15 and bool(re.search(r"\b(?:[A-Z]\.){2}$|\b[A-Z][a-z]?\.$", line))


# What single lines say of themselves -----------------------------------------------------------

_DATA: dict[str, Any] = tomllib.loads(
    resources.files("compare").joinpath("data/layout.toml").read_text("utf-8")
)


def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DATA[name])


_AGENCY = "|".join(re.escape(name) for name in _DATA["agencies"])
_NOTICES, _CONTROLS = _patterns("notices"), _patterns("controls")
_RELATED, _RELATED_LINE = _patterns("related"), _patterns("related_line")
_PHOTO_LABEL, _PHOTO_NAMES = _patterns("photo_label"), _patterns("photo_names")
_SHARING, _SHARING_CORE, _SECTIONS = (
    frozenset(_DATA[name].split()) for name in ("sharing", "sharing_core", "sections")
)
_LONGEST_FURNITURE = 600  # characters; a longer line is running text

_IN_PHOTO = re.compile(
    r"in (?:this|an?) (?:[\w.,-]+ ){0,6}?(?:photo(?:graph)?|image|picture|frame grab|screengrab)\b"
    r".{0,40}\b(?:released|taken|provided|made available|shot|dated|distributed|obtained)\b",
    re.IGNORECASE,
)
_PHOTO_CREDIT = re.compile(
    r"[(\[](?i:(?:file |ap |reuters )?(?:photos?|image|picture|courtesy|credit))\b"
    r"[^()\[\]]{0,60}[)\]]$"
    r"|[(\[][^()\[\]]{0,50}\b(?:[Pp]hotos?|Images|Getty|[Hh]andout)[)\]]$|\u00a9\s?\S[^.]{0,40}$"
    rf"|\b(?:{_AGENCY})(?: Photo)?\s?/\s?[A-Z][^.!?]{{0,40}}$|\b(?:Getty Images|AP Photo)$"
)
_AGENCY_CREDIT = re.compile(
    rf"[(\[](?:[^()\[\]]{{0,30}}\b)?(?:{_AGENCY})\b[^()\[\]]{{0,30}}[)\]]\W{{0,3}}$"
)
_PHOTO_CUE = re.compile(
    r"\((?:L|R|C|(?:(?:first|second|third|fourth|far) )?(?:from (?:the )?)?(?:left|right)"
    r"|cent(?:er|re)|middle|top|bottom|front|back)\)"
    r"|\bfrom (?:the )?(?:left|right)[,:)]|\b[Ff]ile photo\b"
)
_WEAK_PHOTO_CUE = re.compile(
    r"\b(?:pictured|poses? (?:for|with)|posing for|shakes? hands|is seen|are seen"
    r"|in this (?:file |undated |handout )?(?:photo|image|picture))\b"
)
_BRACKETED = re.compile(r"^[(\[<\u3010][^()\[\]]{1,120}[)\]>\u3011]$")

_ROLE_WORD = (
    r"(?:(?:staff|senior|special|chief|political|foreign|contributing|associate|deputy|guest) )*"
    r"(?:reporter|correspondent|writer|journalist|columnist|editor|photographer|intern"
    r"|contributor)s?"
)
_BYLINE_START = re.compile(
    r"(?:(?P<by>by|BY|By|Von|Por|Par|(?:Text|Words|Story|Report|Analysis|Opinion|Reported|Written"
    r"|Compiled|Translated|Edited|Posted|Published) by)"
    rf"|(?i:{_ROLE_WORD}|author|translator)(?=\s?[:=\u2014-]|\s[A-Z]))\s?[:=\u2014-]?\s+"
    r"(?P<names>\S.*)"
)
_BYLINE_END = re.compile(rf"(?P<names>\S.*?)[,\s/|=-]+(?i:{_ROLE_WORD})(?:\s?=)?(?:\s\S+@\S+)?")
_CREDITS_TAIL = re.compile(
    r"\(?(?:(?:[Aa]dditional |[Ww]ith )?[Rr]eporting|Writing|Editing|Compiled|Translated|Graphics?)"
    r"(?: and \w+)? by [A-Z][\w.'-]+(?:,? (?:and |in |at |& )?[A-Z][\w.'-]+)*(?:[;,.].{0,200})?\)?"
)
_OUR_BYLINE = re.compile(
    r"(?:by|from|von)(?: (?:our|an?|the|\w+'s))?(?: [\w&-]+){0,3} "
    r"(?:correspondents?|editorial (?:team|staff|office)|reporters?|staff|desk|bureau|team"
    r"|newsroom|editors?|agenc(?:y|ies))(?: in [A-Z][\w-]*(?: [A-Z][\w-]*)?)?",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\b(?:sources?|(?:responsible |managing )?editors?(?: in charge)?|authors?|reporters?|from|by"
    r"|correspondents?|photographers?|column|channel|edition|page|proofread(?:er|ing)?"
    r"|review(?:er)?)\s?[:\uff1a]",
    re.IGNORECASE,
)
_NAME_SMALL = frozenset(
    "and & de da di del der den van von al el la le bin ibn y e und et in for of the at with staff"
    " senior special chief political foreign news bureau team reporter reporters correspondent"
    " correspondents writer writers editor editors journalist columnist contributor contributing"
    " intern | / · = -".split()
)
_ALONE = re.compile(
    rf"[(\[]?(?:by |from |source: ?)?(?:{_AGENCY})(?: News(?: Agency)?| Photos?)?[)\]]?"
)

_PLACE = r"[A-Z][\w.'\u2019-]{0,60}(?:[ /][A-Z][\w.'\u2019-]{0,60}){0,3}"
_CAPS_PLACE = r"[A-Z][A-Z.'\u2019-]{2,60}(?:[ /][A-Z][A-Z.'\u2019-]{1,60}){0,3}"
_CAPS_PLACE_LINE = re.compile(rf"{_CAPS_PLACE}(?:, {_PLACE})?[.,]?")
_SHORT_DATE = rf"(?i:{_ANY_MON}\s?\d{{1,2}}|\d{{1,2}}\.?\s{_ANY_MON})(?:,?\s(?:19|20)\d\d)?"
_DASH = r"(?:\s?(?:\u2014|\u2013|--+|\u2015|=)\s?|\s-\s)"
_COLON = r"(?:\s?:\s)"
_SOURCE = rf"[(\[](?:[^()\[\]]{{0,24}}\b)?(?:{_AGENCY})\b[^()\[\]]{{0,24}}[)\]]"
_NAME = r"[A-Z][\w-]*"
_DATELINE_PREFIX = re.compile(
    "(?:"
    # WASHINGTON — · SEOUL, Oct. 19 (Yonhap) -- · ST. PETERSBURG, Russia (AP) —
    rf"{_CAPS_PLACE}(?:, {_PLACE})?(?:[,.]? {_SHORT_DATE})?,?(?:\s?{_SOURCE})?{_DASH}"
    # Moscow, 12 November (TASS): · Berlin (dpa) -
    rf"|{_PLACE}(?:, {_PLACE})?(?:[,.]? {_SHORT_DATE})?,?\s?{_SOURCE}(?:{_DASH}|{_COLON})"
    # Madrid, 12 Nov. –
    rf"|{_PLACE}(?:, {_PLACE})?,? {_SHORT_DATE}(?:{_DASH}|{_COLON})"
    # (Seoul=Yonhap News) Reporter Kim Min-su =
    rf"|[(\[\u3010]{_PLACE}\s?[=,]?\s?(?:{_AGENCY})[^()\[\]\u3010\u3011]{{0,30}}[)\]\u3011]\s?"
    rf"(?:(?:Reporter|Correspondent)(?:\s{_NAME}){{1,3}}\s?=\s?"
    rf"|{_NAME}(?:\s{_NAME}){{0,2}}\sreporter\s?=\s?|=\s?)?"
    # Xinhua News Agency, Beijing, November 12 (Reporter Wang Li)
    rf"|(?:{_AGENCY})(?: News(?: Agency)?)?, {_PLACE},? {_SHORT_DATE}\.?(?:\s?\([^()]{{1,60}}\))?"
    rf"(?:{_DASH}|{_COLON}|\s)"
    r")(?=[A-Z\u201c\"'\u2018\u00ab\d$\u00a5\u20ac\u00a3])"
)


def _any(patterns: Iterable[re.Pattern[str]], *forms: str) -> re.Match[str] | None:
    """The first pattern that is the whole of a form of the line."""
    return next((m for p in patterns for form in forms if (m := p.fullmatch(form))), None)


def _is_furniture(line: str) -> bool:
    if not any(c.isalnum() for c in line):
        return True
    if len(line) > _LONGEST_FURNITURE:
        return False
    bare = line.strip("[](){}<>|\u25b6\u25b7\u25ba\u2192\u203b*\u00b7\u2022 \t")
    if _any(_NOTICES, line, bare):
        return True
    if _is_sentence(line):
        return False
    if _any(_CONTROLS, line, bare, bare.rstrip(".:!\u2026\u203a\u00bb> ")):
        return True
    words = [w for w in (w.strip(",.:;|()/").lower() for w in line.split()) if w]
    if len(words) <= 14 and all(w in _SHARING for w in words):
        return any(w in _SHARING_CORE for w in words)
    parts = [p.strip() for p in re.split(r"[|\u00b7\u2022\u203a]", line)]
    return len(parts) >= 4 and all(len(p.split()) <= 4 for p in parts)


def _too_long(line: str) -> bool:
    """Whether a line is too long for a date line or a byline."""
    return len(line) > 250 or (len(line) > 80 and _is_sentence(line))


def _is_names(text: str) -> bool:
    """Whether a piece of a byline is names and words of the trade only."""
    words = text.replace(",", " ").replace(";", " ").split()
    if not words or len(words) > 16:
        return False
    if text[-1] in _TERMINAL and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", text):
        return False
    capital = [w for w in words if w[0].isupper() or "@" in w or not w[0].isascii()]
    small = [w for w in words if w.lower() in _NAME_SMALL or not any(c.isalnum() for c in w)]
    return bool(capital) and all(w in capital or w in small for w in words)


def _is_byline(line: str, first: bool) -> bool:
    if _ALONE.fullmatch(line) or _CREDITS_TAIL.fullmatch(line):
        return True
    if _too_long(line):
        return False
    bare = line.strip("[]()<>|/ \t")
    rest = _without_dates(bare)[0].strip(" ,|-\u2013\u2014/")
    if _OUR_BYLINE.fullmatch(rest) and len(rest.split()) <= 9:
        return True
    if "=" in bare and line[0] in "([\u3010" and len(bare.split()) <= 10:  # (Busan = Reporter Ha)
        return all(_is_names(part.strip()) for part in bare.split("="))
    if start := _BYLINE_START.fullmatch(rest):
        by = bool(start["by"])
        short = len(start["names"].split()) <= (14 if by else 6)
        return short and not (first and not by) and _is_names(start["names"])
    if (end := _BYLINE_END.fullmatch(rest)) and not first:
        return len(end["names"].split()) <= 8 and _is_names(end["names"])
    return False


def _is_date_line(line: str, top: bool) -> bool:
    if _too_long(line):
        return False
    rest, dated, full = _without_dates(line)
    if full:
        rest, labels = _IMPRINT.subn(" ", rest)
        if labels and len(rest.split()) <= 15 and _is_names(rest.strip() or "X"):
            return True
    return dated and (full or top) and not any(c.isalnum() for c in rest)


def _is_dateline(line: str, strict: bool) -> bool:
    """Place with a date (``strict``: with its year) or an agency, on a line of its own."""
    if not strict and _CAPS_PLACE_LINE.fullmatch(line):
        return True
    if _ends_sentence(line) and not re.search(r"\d\W*$|\)\W*$", line):
        return False
    rest, dated, full = _without_dates(line)
    source = re.search(_SOURCE, rest)
    rest = re.sub(_SOURCE, " ", rest).strip(" ,.-\u2013\u2014|:/()\u00b7")
    words = rest.replace(",", " ").split()
    names = all(w[0].isupper() or w.lower() in ("de", "the", "of", "and", "|", "/") for w in words)
    return bool(words) and len(words) <= 6 and names and (full if strict else dated or bool(source))


def _is_labelled_photo(line: str) -> bool:
    bare = line.strip("()[]<>\u3010\u3011\u25b2\u25b6\u25bc\u25b3 ")
    if _any(_PHOTO_LABEL, bare):
        return True
    if named := _any(_PHOTO_NAMES, bare):
        return _is_names(named["names"])
    if _BRACKETED.match(line) and re.search(rf"\b[Pp]hoto|\b(?:{_AGENCY})\b|^.[Cc]ourtesy", line):
        return len(line.split()) <= 15
    return False


def _is_caption(line: str, top: bool, repeated: bool) -> bool:
    """Whether a line describes a picture; above the body, and when repeated, less will do."""
    if _IN_PHOTO.match(line) or _PHOTO_CREDIT.search(line):
        return True
    agency = bool(_AGENCY_CREDIT.search(line))
    strong = bool(_PHOTO_CUE.search(line))
    if top or repeated:
        weak = line[0] in "\u25b2\u25bc\u25b3" or bool(_WEAK_PHOTO_CUE.search(line))
        return agency or strong or weak or (repeated and not _ends_sentence(line))
    return strong and (agency or not _ends_sentence(line)) and len(line.split()) <= 60


# The whole article ------------------------------------------------------------------------------

_HEADLINE_WORDS = 30
_MARKUP = re.compile(r"#{1,6}\s+(?=\S)|>\s+(?=\S)|title:\s+(?=\S)")
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?:(?>[\w-]+:|[ \t]|-)[^\n]*\n){1,40}---[^\S\n]*(?:\n|$)")


def lay_out(text: str, hints: Mapping[int, Role] | None = None) -> tuple[Block, ...]:
    """Blocks of a text: every non-whitespace character is in exactly one.

    Args:
        text: newlines are ``\\n``.
        hints: roles known from a document's own markup, by the offset at which the line begins.

    >>> [b.role.value for b in lay_out("Kim dies at 84\\nMay 14, 2019\\n\\nHe died on Tuesday.")]
    ['headline', 'date', 'body']
    """
    lines = _joined(text, _physical_lines(text))
    _assign(text, lines, hints or {})
    if not any(line.role and line.role.compared for line in lines):
        for line in lines:  # better all of it compared than nothing
            line.role = Role.BODY
    blocks: list[Block] = []
    seen_body = False
    for paragraph, line in enumerate(lines):
        role = line.role or Role.BODY
        start = line.start
        prefix = None
        if role.compared and (prefix := _MARKUP.match(text, start, line.end)):
            blocks.append(
                Block(start, start + len(prefix[0].rstrip()), Role.BOILERPLATE, paragraph)
            )
        elif role is Role.BODY and not seen_body and _is_sentence(line.text):
            seen_body = True
            if prefix := _DATELINE_PREFIX.match(text, start, line.end):
                end = start + len(prefix[0].rstrip())
                blocks.append(Block(start, end, Role.DATELINE, paragraph))
        start = prefix.end() if prefix else start
        blocks.append(Block(start, line.end, role, paragraph))
    return tuple(blocks)


def article_date(text: str, blocks: Iterable[Block]) -> dt.date | None:
    """The day of an article, from its date lines, datelines and bylines."""
    dated = (Role.DATE, Role.DATELINE, Role.BYLINE)
    lines = [text[b.start : b.end] for b in blocks if b.role in dated]
    found = [(bool(_LATER.search(line)), day) for line in lines if (day := find_date(line))]
    return min(found, key=lambda item: item[0], default=(False, None))[1]


def _assign(text: str, lines: Sequence[_Line], hints: Mapping[int, Role]) -> None:
    """Give each line its role."""
    front = _FRONT_MATTER.match(text)
    for line in lines:
        if line.start in hints:
            line.role = hints[line.start]
        elif front and line.end <= front.end():
            title = line.text.startswith("title: ")
            dated = _is_date_line(line.text.partition(":")[2], top=False)
            line.role = Role.HEADLINE if title else Role.DATE if dated else Role.BOILERPLATE
    furniture = [line.role is None and _is_furniture(line.text) for line in lines]
    plain = [
        i
        for i, line in enumerate(lines)
        if line.role in (None, Role.BODY) and not furniture[i] and _is_sentence(line.text)
        and not _is_labelled_photo(line.text)
        and not _is_caption(line.text, top=False, repeated=False)
        and not _is_byline(line.text, first=False)
    ]  # fmt: skip
    own = [i for i in plain if not _AGENCY_CREDIT.search(lines[i].text)] or plain
    first, last = (own[0], plain[-1]) if plain else (len(lines), -1)
    started = Role.HEADLINE in hints.values()  # the first line of words is never a caption by cue
    for i, line in enumerate(lines):
        if line.role is not None:
            continue
        if furniture[i]:
            # Legal notices are sentences; between sentences of the body they are its own.
            if not (first < i < last and _is_sentence(line.text)):
                line.role = Role.BOILERPLATE
        elif len(line.text) > _LONGEST_FURNITURE:
            started = True
        elif _is_date_line(line.text, top=i < first):
            line.role = Role.DATE
        elif _is_labelled_photo(line.text):
            line.role = Role.CAPTION
        elif _is_byline(line.text, first=not started):
            line.role = Role.BYLINE
        elif started and _is_caption(line.text, top=i < first, repeated=_is_repeated(lines, i)):
            line.role = Role.CAPTION
        elif i < first + 3 and started and _is_dateline(line.text, strict=i > first):
            line.role = Role.DATELINE
        else:
            started = True
    _assign_related(lines, first)
    if Role.HEADLINE not in hints.values():
        _assign_headline(lines)
    _assign_subtitles(lines)


def _is_repeated(lines: Sequence[_Line], i: int) -> bool:
    """Whether the line above or below says the same."""
    words = lines[i].text
    near = (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
    return len(words.split()) >= 4 and any(line.text == words for line in near)


def _assign_related(lines: Sequence[_Line], first: int) -> None:
    """Headings of link lists, and the links below them up to the next sentence."""
    listing = False
    for i, line in enumerate(lines):
        if line.role is not None:
            continue
        words = len(line.text.split())
        bare = line.text.strip("[]<>()\u25b6\u25a0\u25cf\u203b* ").rstrip(" :\u203a>\u00bb")
        heading, labelled = _any(_RELATED, bare), _any(_RELATED_LINE, line.text)
        if i and words <= 40 and (heading or labelled):
            line.role = Role.RELATED
            listing = i > first and not labelled
        elif listing and words <= 25 and not (_is_sentence(line.text) and line.text[-1] == "."):
            line.role = Role.RELATED
        else:
            listing = False


def _assign_headline(lines: Sequence[_Line]) -> None:
    """The first line of words, where it is no sentence and a sentence comes after it."""
    open_lines = [i for i, line in enumerate(lines) if line.role is None]
    if len(open_lines) > 1 and _is_section(lines[open_lines[0]].text):
        lines[open_lines.pop(0)].role = Role.BOILERPLATE
    if not open_lines:
        return
    h = open_lines[0]
    line = lines[h]
    following = lines[h + 1] if h + 1 < len(lines) else None
    if following is None or not any(_is_sentence(lines[i].text) for i in open_lines[1:]):
        return
    words = len(line.text.split())
    set_off = following.blank_before or following.role is not None
    signed = following.role in (Role.DATE, Role.DATELINE, Role.BYLINE)
    short = words <= _HEADLINE_WORDS and line.text[-1] not in ",;:"
    open_ended = not _ends_sentence(line.text) or _abbreviated(line.text)
    exclaimed = line.text[-1] in "?!" and set_off and words <= 15
    marked = line.text.startswith("# ")
    if marked or (short and (open_ended or exclaimed or (signed and words <= 20))):
        line.role = Role.HEADLINE


def _is_section(line: str) -> bool:
    words = [w.strip("[]()/|&").lower() for w in line.split()]
    return len(words) <= 3 and all(w in _SECTIONS or not w for w in words)


def _assign_subtitles(lines: Sequence[_Line]) -> None:
    """Lines under the headline that are no sentences; the rest is body."""
    under = False
    for line in lines:
        if line.role is Role.HEADLINE:
            under = True
        elif line.role is None:
            under = under and not _is_sentence(line.text)
            line.role = Role.SUBTITLE if under else Role.BODY
