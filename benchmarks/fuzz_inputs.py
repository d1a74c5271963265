"""Odd inputs for the fuzzer, each made by a random generator alone.

All functions take a :class:`random.Random`, so an input comes again from its seed, and a test can
put Hypothesis in its place (``st.randoms``), which then shrinks what it finds.
"""

from __future__ import annotations

import csv
import functools
import html as html_module
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Random = random.Random

ROOT = Path(__file__).parents[1]

_NUMBERS = (
    "0", "-1", "1e999", "9" * 30, "9" * 400, "1,2,3,4", "1.000.000", "1'000", "½", "²", "①", "⑳",
    "٣٤٥", "３００", "百万", "三千五百", "0.0", "00", "1/0", "3/4", "1,00,000", "12th",
    "0th", "MMXXI",
    "a dozen", "a million million billion", "minus zero", "no. 0", "10^40", "1_000", "½ million",
    "hundreds of thousands", "twenty-twenty", "two and a half dozen", "zero point", "५०", "1e5",
    "one hundred and", "1.5.6", "5-4-3-2", "10%-5%", "0 percent", "1 in 0", "0 out of 0",
    "−5", "±3",
    "eleventy", "first-half", "1,", ",1", ".5", "5.", "1..2", "$", "$0", "€-1",
    "US$1 trillion won",
    "₩", "¥1兆", "100 °C", "-500 °C", "0 km", "1e308 miles", "99:99", "24:00", "0:0",
    "1 ft 13 in",
)  # fmt: skip
_DATES = (
    "February 30", "31 April 2021", "0 May", "May 0, 0000", "13/13/2013", "2021-02-30", "1/1/1",
    "32nd of December", "the year 99999", "year 0", "9999-12-31", "Dec. 31, 9999",
    "1 January 0001",
    "0001-01-01", "Feb. 29, 2100", "令和0年", "Reiwa 999", "昭和99年13月32日", "Q5 2021",
    "the 1000000s",
    "the 0s", "week 99", "yesterday", "tomorrow", "last last Monday", "next century",
    "99999 years ago", "in 10000000000 days", "two thousand years later", "Tuesday the 40th",
    "the 0th century", "the 99th century", "25:61 p.m.", "midnight noon", "10,000 months ago",
    "last month", "five Mondays ago", "Sept", "May May May", "the day before the day after",
    "30 February last year", "early 0000", "mid-9999", "1999-2000-2001", "from 5 to 3 May",
)  # fmt: skip
_NAMES = (
    "Kim", "Kim Kim Kim", "O'", "'s", "Mr.", "President", "President President Kim", "Gen. Gen.",
    "Roh Kyu-duk", "Noh", "de la", "van der", "al-", "Al-Al-Al", "X Æ A-12", "J. R. R.",
    "Jr.", "III",
    "Müller-Lüdenscheidt", "Дмитрий", "محمد", "文在寅", "문재인", "Ng", "Wu",
    "Mr. Mrs. Dr.", "Ms", "-",
    "the special envoy", "Vice", "ex-", "acting deputy assistant", "St.", "U.N.", "EU", "NATO's",
    "Ministry of of", "the", "a", "Georgia", "Korea Korea", "South North Korea", "Washington",
    "New", "Los", "San", "Republic of", "the the", "İstanbul", "ǅ", "ﬁ", "ß", "ŉ", "K", "Å",
)  # fmt: skip
_MARKS = (
    "“", "”", "‘", "’", '"', "'", "''", "``", "«", "»", "„", "「", "」", "(", ")", "[", "]",
    "{", "}",
    "（", "】", "…", "...", ".", "..", "!", "?", "?!", "。", "، ", "؟", "—", "--", "–", "-",
    "_", "*",
    "**", "#", "|", "/", "\\", "&", "&amp;", "%", "%s", "{0}", "$x$", "<b>", "</p>", "<!--",
    "=", "+",
    "@", ":", ";", ",", "·", "•", "▲", "©", "[1]", "(AP)", "(Yonhap)", "¶", "§", "~", "^",
    "`", "“”",
)  # fmt: skip
_ODD = (
    "\0", "\x1b[2J", "\x07", "\x08", "\x7f", "\x85", "\x9b", "\u2028", "\u2029", "\v", "\f",
    "\x1c",
    "\r", "\t", "\n", "\n\n", " ", "\u3000", "\u1680", "\u200b", "\u200d", "\ufeff",
    "\u2060", "\u00ad",
    "\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\ud800", "\udfff", "\U0010ffff", "\ufffe",
    "\ufffd", "\u0301" * 5, "a" + "\u0336" * 40, "👩‍👩‍👧‍👦", "🇰🇷", "🏳️‍🌈", "❤️", "👍🏿",
    "🧑", "\U000e0041",
    "İ", "ı", "ẞ", "ﬃ", "ͅ", "ſ", "Σς", "ﷺ", "𝟗", "𝔸", "ⅷ", "㎏", "℃", "㍿", "ก็็็็", "क्ष",
    "한국", "\u1100\u1161",
)  # fmt: skip
_WORDS = (
    "not", "never", "no", "without", "unless", "denied", "refused", "only", "more than",
    "less than",
    "at least", "up to", "about", "nearly", "said", "told", "according to", "he", "she",
    "they", "his",
    "her", "it", "and", "or", "but", "if", "must", "may", "will", "would", "who", "which", "that",
    "because", "to", "of", "in", "by", "from", "million", "billion", "percent", "won", "dollars",
    "per", "each", "rose", "fell", "from 5 to 3", "twice", "half", "a third of", "all",
    "some", "none",
    "most", "first", "last", "before", "after", "since", "until", "between", "among",
    "than", "as",
    "question?", "why", "kilometers", "tons", "people", "died", "wounded", "killed",
    "respectively",
)  # fmt: skip
_ATOMS = (_NUMBERS, _DATES, _NAMES, _MARKS, _ODD, _WORDS)

_TEMPLATES = (
    "{n} {w} met {n} in {n} on {d}.",
    "The company sold {#} cars in {d}, {w} {#} a year earlier.",
    "“{w} {w} {m}” said {n}, the {w} of {n}, on {d}.",
    "{n} ({#}) and {n} ({#}) {w} {w} {#} {w}.",
    "Of {#} people, {#} were killed and {#} wounded, {#} in all.",
    "He rose from {#} to {#}, up {#} percent from {d} to {d}.",
    "{m}{n}{m} {w} {m}{w}{m} {o}{w}",
    "Did {n} {w} {#}? {n} said no.",
    "It was {#} {w}, or {#} {w}, {w} {d}.",
    "Prices {w} {#} to {#}; {#}, {#} and {#} respectively.",
)
_FURNITURE = (
    "Kim dies at 84", "By Kim Min-su, staff reporter", "May 14, 2019",
    "SEOUL, Oct. 19 (Yonhap) --",
    "(Photo = Yonhap News)", "Posted on : Oct.20,2021 17:41 KST", "[Related articles]",
    "Share", "#",
    "# Title", "> quoted", "- item", "1. item", "---", "title: x", "|a|b|", "```",
    "▲ In this photo",
    "Copyright © All rights reserved. Unauthorized reproduction is prohibited.", "Source: AP", "",
    "2021. 10. 20.", "Reiwa 3/11/12 19:40", "03/06/2022", "updated 99 days ago", "===",
    "reporter",
)  # fmt: skip


@functools.cache
def corpus() -> tuple[str, ...]:
    """Sentences of the seeds, of the specifications of the tests, of the checks' examples."""
    found: list[str] = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        found += [s for line in text.split("\n") for s in re.split(r"(?<=[.!?”]) ", line) if s]
    for path in sorted((ROOT / "tests" / "pairs" / "specs").glob("*.spec")):
        found += re.findall(r"^\[[AB]\d+\] (.+)$", path.read_text("utf-8"), re.M)
    for a, b in examples():
        found += [*a, *b]
    return tuple(dict.fromkeys(found))


@functools.cache
def examples() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The texts of every check's examples, as sentences."""
    from compare.checks import default_registry

    def many(text: str | tuple[str, ...]) -> tuple[str, ...]:
        return (text,) if isinstance(text, str) else tuple(text)

    return tuple(
        (many(e.a), many(e.b))
        for check in default_registry().values()
        for e in (*check.flags, *check.passes)
    )


# --- text -------------------------------------------------------------------------------------


def atom(rng: Random) -> str:
    """Something small: a number, a date, a name, a mark, an odd character, a word."""
    return rng.choice(rng.choice(_ATOMS))


def mutated(rng: Random, text: str, most: int = 4) -> str:
    """The text with some changes."""
    for _ in range(rng.randint(1, most)):
        text = rng.choice(_MUTATIONS)(rng, text)
    return text


def _place(rng: Random, text: str) -> int:
    return rng.randint(0, len(text))


def _two(rng: Random, text: str) -> tuple[int, int]:
    first, second = _place(rng, text), _place(rng, text)
    return min(first, second), max(first, second)


def _insert(rng: Random, text: str) -> str:
    at = _place(rng, text)
    return text[:at] + atom(rng) + text[at:]


def _insert_word(rng: Random, text: str) -> str:
    words = text.split(" ")
    words.insert(rng.randint(0, len(words)), atom(rng))
    return " ".join(words)


def _replace_word(rng: Random, text: str) -> str:
    words = text.split(" ")
    words[rng.randrange(len(words))] = atom(rng)
    return " ".join(words)


def _swap_words(rng: Random, text: str) -> str:
    words = text.split(" ")
    i, j = rng.randrange(len(words)), rng.randrange(len(words))
    words[i], words[j] = words[j], words[i]
    return " ".join(words)


def _cut(rng: Random, text: str) -> str:
    start, end = _two(rng, text)
    return text[:start] + text[min(end, start + 30) :]


def _double(rng: Random, text: str) -> str:
    start, end = _two(rng, text)
    piece = text[start : min(end, start + 20)]
    return text[:end] + piece * rng.choice((1, 2, 3, 8)) + text[end:]


def _renumber(rng: Random, text: str) -> str:
    return re.sub(r"\d[\d,.]*", lambda _: rng.choice(_NUMBERS), text, count=rng.randint(1, 3))


def _recase(rng: Random, text: str) -> str:
    start, end = _two(rng, text)
    change = rng.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _respace(rng: Random, text: str) -> str:
    return text.replace(" ", rng.choice(_ODD), rng.randint(1, 4))


def _splice(rng: Random, text: str) -> str:
    other = rng.choice(corpus())
    return text[: _place(rng, text)] + other[_place(rng, other) :]


def _lookalike(rng: Random, text: str) -> str:
    """Letters that Python's regular expressions take for others where case does not count."""
    twin = {"i": "ıİ", "s": "ſ", "k": "K", "I": "ıİ", "S": "ſ", "K": "K", "ss": "ßẞ"}
    old = rng.choice([t for t in twin if t in text] or ["i"])
    return text.replace(old, rng.choice(twin[old]), rng.choice((1, 1, 2, -1)))


def _reversed(rng: Random, text: str) -> str:
    start, end = _two(rng, text)
    return text[:start] + text[start:end][::-1] + text[end:]


_MUTATIONS: tuple[Callable[[Random, str], str], ...] = (
    _insert, _insert_word, _insert_word, _replace_word, _replace_word, _swap_words, _cut, _double,
    _renumber, _renumber, _recase, _respace, _splice, _reversed, _lookalike,
)  # fmt: skip


def _from_template(rng: Random) -> str:
    pools = {"#": _NUMBERS, "d": _DATES, "n": _NAMES, "m": _MARKS, "w": _WORDS, "o": _ODD}
    return re.sub(r"\{(.)\}", lambda m: rng.choice(pools[m[1]]), rng.choice(_TEMPLATES))


def sentence(rng: Random) -> str:
    """One sentence, or what is left of one; never longer than some hundreds of characters."""
    kind = rng.random()
    if kind < 0.25:
        return rng.choice(corpus())
    if kind < 0.7:
        return mutated(rng, rng.choice(corpus()))[:600]
    if kind < 0.9:
        return _from_template(rng)
    return rng.choice(("", " ")).join(atom(rng) for _ in range(rng.randint(1, 12)))[:600]


def text(rng: Random, most: int = 6) -> str:
    """An article, more or less."""
    parts: list[str] = []
    for _ in range(rng.randint(1, most)):
        line = rng.choice(_FURNITURE) if rng.random() < 0.25 else sentence(rng)
        parts += [line, rng.choice(("\n\n", "\n\n", "\n", " ", "\r\n", "", "\n \n"))]
    return "".join(parts)


def sentences(rng: Random, most: int = 3) -> tuple[list[str], list[str]]:
    """Two texts as sentences that have much to do with each other."""
    if rng.random() < 0.6:
        a, b = (list(side) for side in rng.choice(examples()))
    else:
        a = [sentence(rng) for _ in range(rng.randint(1, most))]
        b = [*a]
    for side in (a, b):
        for i, one in enumerate(side):
            if rng.random() < 0.6:
                side[i] = mutated(rng, one, 3)[:600]
        if rng.random() < 0.2:
            side.insert(rng.randint(0, len(side)), sentence(rng))
        if rng.random() < 0.1:
            rng.shuffle(side)
    return a, b


def pair(rng: Random) -> tuple[str, str]:
    """Two articles that have much to do with each other."""
    made = []
    for side in sentences(rng):
        head = f"{rng.choice(_FURNITURE)}\n\n" if rng.random() < 0.2 else ""
        made.append(head + rng.choice(("\n\n", "\n\n", " ", "\n")).join(side))
    return made[0], made[1]


# --- bytes ------------------------------------------------------------------------------------

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1",
    "cp1252",
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "koi8_r", "mac_roman", "iso8859_2", "cp949",
    "euc_kr", "johab", "cp932", "euc_jp", "shift_jis", "iso2022_jp", "iso2022_jp_2", "iso2022_kr",
    "gb18030", "gbk", "hz", "big5", "big5hkscs", "cp037", "cp437",
)  # fmt: skip


def encoded(rng: Random, made: str) -> bytes:
    """The text in some encoding, what does not fit in it replaced."""
    encoding = rng.choice(ENCODINGS) if rng.random() < 0.6 else "utf-8"
    errors = rng.choice(("replace", "ignore", "xmlcharrefreplace"))
    return made.replace("\ud800", "").replace("\udfff", "").encode(encoding, errors)


def damaged(rng: Random, data: bytes, share: float = 0.4) -> bytes:
    """The bytes, in some of the cases changed, cut or doubled."""
    if rng.random() >= share:
        return data
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randint(0, max(0, len(changed) - 1))
        kind = rng.randrange(5)
        if kind == 0 and changed:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            changed[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
        elif kind == 2:
            del changed[at : at + rng.randint(1, 50)]
        elif kind == 3:
            changed[at:at] = changed[at : at + 40]
        elif kind == 4 and rng.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def utf8(rng: Random) -> bytes:
    """A text in UTF-8, half characters and all."""
    return text(rng).encode("utf-8", "surrogatepass")


def text_bytes(rng: Random) -> bytes:
    """A file of plain text."""
    return damaged(rng, encoded(rng, text(rng)), 0.3)


def markdown(rng: Random) -> bytes:
    """A file of Markdown."""
    lines = []
    if rng.random() < 0.4:
        lines += ["---", f"title: {sentence(rng)}", f"date: {rng.choice(_DATES)}", "---"]
    for _ in range(rng.randint(1, 6)):
        mark = rng.choice(
            ("", "", "# ", "## ", "> ", "- ", "1. ", "    ", "|", "```\n", "***", "[x](")
        )
        lines += [mark + sentence(rng), ""]
    return damaged(rng, encoded(rng, "\n".join(lines)), 0.2)


_TAGS = (
    "p", "p", "p", "div", "span", "h1", "h2", "article", "main", "section", "table", "tr",
    "td", "ul",
    "li", "blockquote", "b", "i", "a", "br", "img", "script", "style", "noscript", "figure",
    "figcaption", "title", "meta", "time", "svg", "math", "template", "iframe", "form",
    "input", "head",
    "body", "html", "pre", "code", "q", "font", "x-y", "details", "video", "base", "frameset",
)  # fmt: skip


def html(rng: Random) -> bytes:
    """A page, well-formed or not."""
    parts = [rng.choice(("", "<!doctype html>", "<?xml version='1.0'?>", "<html>", "\ufeff"))]
    if rng.random() < 0.5:
        charset = rng.choice((*ENCODINGS, "", "x", "utf8", "none", "base64", "idna", "\0"))
        parts.append(f"<head><meta charset='{charset}'><title>{sentence(rng)}</title>")
        parts.append(f"<meta property='article:published_time' content='{rng.choice(_DATES)}'>")
        if rng.random() < 0.3:
            record = value(rng, 3)
            parts.append(
                "<script type='application/ld+json'>"
                + json.dumps({"@type": "NewsArticle", "datePublished": record, "headline": record})
                + "</script>"
            )
    body = "".join(_element(rng, 4) for _ in range(rng.randint(1, 5)))
    parts.append(rng.choice((body, f"<body><article>{body}</article>", f"<main>{body}</main>")))
    made = "".join(parts)
    if rng.random() < 0.2:
        made = mutated(rng, made)
    return damaged(rng, encoded(rng, made), 0.2)


def _element(rng: Random, depth: int) -> str:
    tag = rng.choice(_TAGS)
    inner = [
        _element(rng, depth - 1) if depth and rng.random() < 0.4 else sentence(rng)
        for _ in range(rng.randint(0, 3))
    ]
    told = rng.choice(("", "", f' class="{atom(rng)}"', f" href='{atom(rng)}'", " style=x:y", " ="))
    close = f"</{tag}>" if rng.random() < 0.9 else rng.choice(("", "</", f"</{rng.choice(_TAGS)}>"))
    return f"<{tag}{told}>{''.join(inner)}{close}"


_WORD_TAGS = (
    "w:p", "w:r", "w:t", "w:br", "w:cr", "w:tab", "w:del", "w:ins", "w:tbl", "w:tr", "w:tc",
    "w:pPr",
    "w:pStyle", "w:sdt", "w:sdtContent", "w:hyperlink", "w:moveFrom", "w:noBreakHyphen",
    "w:drawing",
    "mc:AlternateContent", "mc:Fallback", "w:txbxContent", "w:sectPr",
    "w:footnoteReference", "w:body",
)  # fmt: skip


@functools.cache
def _word_document() -> dict[str, bytes]:
    import docx

    document = docx.Document()
    document.add_heading("Title", 0)
    document.add_paragraph("It rained.")
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word(rng: Random) -> bytes:
    """The text of a Word document, as it lies in the archive."""
    head = _word_document()["word/document.xml"].split(b"<w:body>")[0].decode()
    body = "".join(_word_element(rng, 3) for _ in range(rng.randint(1, 5)))
    return f"{head}<w:body>{body}</w:body></w:document>".encode("utf-8", "replace")


def packed(text: bytes) -> bytes:
    """A sound archive of a Word document with this text, sound or not."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (_word_document() | {"word/document.xml": text}).items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(rng: Random) -> bytes:
    """A Word document, its parts and its archive sound or not."""
    parts = _word_document() | {"word/document.xml": word(rng)}
    if rng.random() < 0.2:
        name = rng.choice(sorted(parts))
        if rng.random() < 0.3:
            del parts[name]
        else:
            parts[name] = damaged(rng, parts[name], 1)
    out = io.BytesIO()
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return damaged(rng, out.getvalue(), 0.3)


def _word_element(rng: Random, depth: int) -> str:
    if rng.random() < 0.6:
        words = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff<&]", "", sentence(rng))
        style = rng.choice(("", "Title", "Caption", "Heading1", "Nope", "Subtitle"))
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
    tag = rng.choice(_WORD_TAGS)
    if not depth:
        return f"<{tag}/>"
    inner = "".join(_word_element(rng, depth - 1) for _ in range(rng.randint(0, 3)))
    return f"<{tag}>{inner}</{tag}>"


# --- structured files -------------------------------------------------------------------------

_SCALARS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 1e308, -0.0, 0.5, "", " ", "a",
    "b", "1.0",
    "2021-02-30", "2021-10-20", "2024-05-14T09:30:00Z", "\ud800", "\0", "x" * 300, "=1+1", "link",
    "title", "fact", "major", "body", "NaN", [], {}, [[]], [None], {"": ""},
)  # fmt: skip


def value(rng: Random, depth: int = 2) -> Any:
    """Any value that JSON can hold."""
    kind = rng.random()
    if not depth or kind < 0.5:
        return rng.choice(_SCALARS) if rng.random() < 0.7 else sentence(rng)
    if kind < 0.75:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 3))]
    return {atom(rng): value(rng, depth - 1) for _ in range(rng.randint(0, 3))}


def altered(rng: Random, record: Any, most: int = 3) -> Any:
    """A copy of a tree of values with some of its nodes changed, left out or doubled."""
    record = json.loads(json.dumps(record))
    for _ in range(rng.randint(0, most)):
        node = record
        while isinstance(node, dict | list) and node:
            key = rng.choice(sorted(node)) if isinstance(node, dict) else rng.randrange(len(node))
            inner = node[key]
            if isinstance(inner, dict | list) and inner and rng.random() < 0.85:
                node = inner
                continue
            _alter(rng, node, key)
            break
    return record


def _alter(rng: Random, node: Any, key: Any) -> None:
    kind = rng.randrange(6)
    old = node[key]
    if kind == 0:
        del node[key]
    elif kind == 1:
        node[key] = value(rng)
    elif kind == 2 and type(old) is int:
        node[key] = old + rng.choice((-1, 1, 2, 1000, -1000))
    elif kind == 3 and isinstance(old, str):
        node[key] = mutated(rng, old or "x", 2)
    elif kind == 4 and isinstance(node, list):
        node.append(old)
    elif isinstance(node, dict):
        node[rng.choice((*sorted(node), atom(rng)))] = old


def as_json(rng: Random, record: Any) -> bytes:
    """The record as JSON, with the odd character escaped or not, in some cases damaged."""
    escape = rng.random() < 0.7
    made = json.dumps(record, ensure_ascii=escape, indent=rng.choice((None, 1)))
    data = made.encode("utf-8", "surrogatepass")
    if rng.random() < 0.03:
        data = b"[" * 100_000 + data
    return damaged(rng, data, 0.15)


def table(rng: Random, header: Sequence[str], row: Callable[[], Sequence[Any]]) -> bytes:
    """A CSV file with this header and some rows; in some cases not quite."""
    out = io.StringIO(newline="")
    form = rng.choice((",", ",", ",", ";", "\t"))
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(out, delimiter=form, quoting=quoting, escapechar="\\")
    names = [*header]
    if rng.random() < 0.2:
        names[rng.randrange(len(names))] = atom(rng)
    writer.writerow(names)
    for _ in range(rng.randint(0, 4)):
        cells = [*row()]
        if rng.random() < 0.1:
            cells.append(atom(rng))
        writer.writerow(cells)
    return damaged(rng, encoded(rng, out.getvalue()), 0.2)


def glossary(rng: Random) -> bytes:
    """A glossary."""
    words = ("envoy", "special envoy", "Sea of Japan", "envoy|president", "", "", "|", "won", "a")

    def cell() -> str:
        return rng.choice(words) if rng.random() < 0.8 else atom(rng)

    cases = ("", "yes", "no", "maybe")
    return table(
        rng,
        ("term", "required", "forbidden", "case", "note"),
        lambda: (cell(), cell(), cell(), rng.choice(cases), cell()),
    )


def links(rng: Random, a: Sequence[str], b: Sequence[str]) -> bytes:
    """Corrections of the alignment of two texts."""

    def ref(side: Sequence[str]) -> Any:
        words = rng.choice(side) if side and rng.random() < 0.9 else sentence(rng)
        return words if rng.random() < 0.7 else {"text": words, "nth": rng.choice((1, 1, 2, 0, -1))}

    def part() -> dict[str, Any]:
        return {
            "a": [ref(a) for _ in range(rng.randint(0, 2))],
            "b": [ref(b) for _ in range(rng.randint(0, 2))],
        }

    corrections: list[dict[str, Any]] = []
    for _ in range(rng.randint(0, 4)):
        action = rng.choice(("link", "unlink", "join", "split"))
        parts = {"parts": [part(), part()]} if action == "split" else part()
        corrections.append({"action": action, **parts, "note": atom(rng)})
    record = {"schema_version": "1.0", "corrections": corrections}
    return as_json(rng, altered(rng, record, rng.choice((0, 0, 1, 2))))


_PAIR_ID = ("one", "two", "", "..", "a/b", "CON", "x" * 300, "é", 7, 0.5, True, "\ud800", "one")


def manifest_record(rng: Random) -> dict[str, Any]:
    """A row of a manifest."""
    record: dict[str, Any] = {
        "pair_id": rng.choice(_PAIR_ID) if rng.random() < 0.5 else str(rng.randrange(10**9)),
        "a_text": text(rng, 2),
        "b_text": text(rng, 2),
        "a_date": rng.choice((None, "2021-10-20", *_DATES)),
    }
    if rng.random() < 0.3:
        record["a"] = rng.choice((".", "..", "nope.txt", "/dev/null", "a\0b", "", 5, "x" * 5000))
        record["a_text"] = None
    return record


_MANIFEST = ("pair_id", "a", "a_text", "b_text", "a_date")


def manifest_csv(rng: Random) -> bytes:
    """A manifest as CSV."""
    return table(rng, _MANIFEST, lambda: [manifest_record(rng).get(n, "") for n in _MANIFEST])


def _manifest_records(rng: Random) -> list[Any]:
    return [altered(rng, manifest_record(rng), 1) for _ in range(rng.randint(0, 3))]


def manifest_jsonl(rng: Random) -> bytes:
    """A manifest as lines of JSON."""
    lines = (as_json(rng, record).replace(b"\n", b" ") for record in _manifest_records(rng))
    return damaged(rng, b"\n".join(lines), 0.1)


def manifest_parquet(rng: Random) -> bytes:
    """A manifest as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = _manifest_records(rng)
    names = [name for name in _MANIFEST if rng.random() < 0.95]
    columns: dict[str, Any] = {n: [r.get(n) for r in records] for n in names}
    out = io.BytesIO()
    try:
        pq.write_table(pa.table(columns), out)
    except (pa.ArrowException, UnicodeError, OverflowError):  # no such column can be written
        pq.write_table(pa.table({n: list(map(repr, c)) for n, c in columns.items()}), out)
    return damaged(rng, out.getvalue(), 0.4)


def verdicts(rng: Random) -> bytes:
    """An export of decisions."""
    lines = []
    for number in range(rng.randint(0, 4)):
        record = {
            "finding_id": rng.choice(("f1", "f2", atom(rng))),
            "pair_id": rng.choice(("p1", atom(rng))),
            "verdict": rng.choice(("accepted", "dismissed", "unsure", "open")),
            "reviewer": rng.choice(("x", "y", atom(rng))),
            "reason": rng.choice(("", "other", "same meaning")),
            "side": rng.choice(("", "a", "b", "both", "unknown")),
            "note": sentence(rng),
            "adjudicates": rng.random() < 0.2,
            "at": rng.choice(("2024-05-14T09:30:00Z", "2024-05-14T09:30:01Z",
            "0001-01-01T00:00:00Z")),
            "entry_id": f"e{rng.randrange(9)}",
            "check": "title",
            "a_text": sentence(rng),
            "b_text": sentence(rng),
            "number": number,
        }  # fmt: skip
        lines.append(as_json(rng, altered(rng, record, rng.choice((0, 0, 0, 1, 2)))))
    return damaged(rng, b"\n".join(line.replace(b"\n", b" ") for line in lines), 0.1)


def rules(rng: Random) -> bytes:
    """A file of rules."""
    made = []
    for _ in range(rng.randint(0, 4)):
        words, more = ([json.dumps(atom(rng)) for _ in range(2)] for _ in range(2))
        lines = [
            rng.choice(("[[rule]]", "[[rule]]", "[[rule]]", "[rule]", "[[rules]]", "rule = []")),
            f"kind = {json.dumps(rng.choice(('wording', 'entity', 'check', 'same', 'different')))}",
            f"words = [{', '.join(words)}]",
            f"names = [{', '.join(more)}]",
            f"check = {json.dumps(rng.choice(('title', 'number', '', 'nope')))}",
            f"pair_id = {json.dumps(rng.choice(('p1', '')))}",
        ]
        made += [line for line in lines if rng.random() < 0.9]
    return damaged(rng, encoded(rng, "\n".join(made)), 0.3)


_INLINE = (
    "<ph>x</ph>", '<bpt i="1">(</bpt>', "<hi>{}</hi>", '<cp hex="0007"/>', '<g id="1">{}</g>',
    "<!-- x -->", "<sub/>", '<mrk mtype="seg">{}</mrk>', "<x/>", "<it/>", "&#x202e;", "<?pi?>",
)  # fmt: skip
_LANGUAGES = ("en", "en", "en-US", "EN-gb", "en-x-a", "en-x-b", "ko", "de", "", "x" * 40)


def _marked(rng: Random, most: int = 2) -> str:
    """Words of an XML element, with elements in them."""
    words = html_module.escape(
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", sentence(rng))
    )
    for _ in range(rng.randint(0, most)):
        at = words.find(" ", _place(rng, words)) + 1  # in no reference to a character
        words = words[:at] + rng.choice(_INLINE).replace("{}", "in") + words[at:]
    if rng.random() < 0.02:
        words += "&x;"
    return words


def _languages(rng: Random) -> list[str]:
    """What a file says that its texts are in."""
    if rng.random() < 0.8:
        return ["en-x-a", "en-x-b"]
    return [rng.choice(_LANGUAGES) for _ in range(rng.randint(1, 3))]


def _said(rng: Random) -> str:
    """What a program may have noted of sentences: numbers, places, roles."""
    return rng.choice(
        ("1", "2 3", "0:3 4:9", "0:2 2:99", "headline body", "body", "x", "9" * 9, "")
    )


def tmx(rng: Random) -> bytes:
    """A translation memory."""
    languages = _languages(rng)
    units = []
    for _ in range(rng.randint(0, 4)):
        variants = []
        for language in rng.sample(languages, rng.randint(1, len(languages))):
            name = rng.choice((*["xml:lang"] * 9, "lang", "x"))
            props = "".join(
                f'<prop type="{kind}">{_said(rng)}</prop>'
                for kind in ("x-sentences", "x-spans", "x-roles")
                if rng.random() < 0.3
            )
            variants.append(f'<tuv {name}="{language}">{props}<seg>{_marked(rng)}</seg></tuv>')
        units.append(f"<tu>{''.join(variants)}</tu>")
    head = f'<header srclang="{rng.choice(languages)}"><prop type="x-a-label">A</prop></header>'
    made = f'<tmx version="1.4">{head}<body>{"".join(units)}</body></tmx>'
    return _as_xml(rng, made)


def xliff(rng: Random) -> bytes:
    """An XLIFF file of either edition."""
    a, b = (_languages(rng) * 2)[:2]
    units = []
    later = rng.random() < 0.5
    for number in range(rng.randint(0, 4)):
        source, target = (
            f"<{name}>{_marked(rng)}</{name}>" if rng.random() < 0.9 else ""
            for name in (rng.choice(("source", "source", "seg-source")), "target")
        )
        if later:
            notes = "".join(
                f'<mda:meta type="{kind}">{_said(rng)}</mda:meta>'
                for kind in ("a-sentences", "b-sentences", "a-roles", "a-spans")
                if rng.random() < 0.3
            )
            parts = f"<segment>{source}{target}</segment>" * rng.randint(1, 2)
            units.append(
                f'<unit id="u{number}"><mda:metadata><mda:metaGroup category="variant-compare">'
                f"{notes}</mda:metaGroup></mda:metadata>{parts}</unit>"
            )
        else:
            units.append(f'<trans-unit id="{number}">{source}{target}</trans-unit>')
    body = "".join(units)
    if later:
        made = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" '
            f'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.0" srcLang="{a}" '
            f'trgLang="{b}"><file id="f">{body}</file></xliff>'
        )
    else:
        made = (
            f'<xliff version="1.2"><file source-language="{a}" target-language="{b}"><body>{body}'
            "</body></file></xliff>"
        )
    return _as_xml(rng, made)


def _as_xml(rng: Random, made: str) -> bytes:
    head, encoding = "", "utf-8"
    if rng.random() < 0.2:
        odd = ('<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY x "y">]>', "\ufeff", "\n", "x")
        head, encoding = rng.choice(odd), rng.choice(("utf-8", "utf-16", "latin-1"))
    return damaged(rng, (head + made).encode(encoding, "xmlcharrefreplace"), 0.2)


def tsv(rng: Random) -> bytes:
    """A table of both texts."""
    width = rng.choice((2, 2, 2, 3, 1))
    rows = [["a", "b", "c"][:width]] if rng.random() < 0.3 else []
    rows += [[sentence(rng) for _ in range(width)] for _ in range(rng.randint(0, 5))]
    lines = (rng.choice(("\t", "\t", "\t", ",")).join(row) for row in rows)
    return damaged(rng, encoded(rng, "\n".join(lines)), 0.2)


def tbx(rng: Random) -> bytes:
    """A glossary as TBX, of either edition."""
    concept, language, term = rng.choice(
        (("termEntry", "langSet", "tig"), ("conceptEntry", "langSec", "termSec"))
    )
    statuses = (
        "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "preferred",
        "proposedTerm-admn-sts", "odd", "", "supersededTerm-admn-sts",
    )  # fmt: skip
    concepts = []
    for _ in range(rng.randint(0, 3)):
        terms = "".join(
            f"<{term}><term>{_marked(rng, 1)[:40] if rng.random() < 0.4 else 'envoy'}</term>"
            f'<termNote type="administrativeStatus">{rng.choice(statuses)}</termNote></{term}>'
            for _ in range(rng.randint(0, 3))
        )
        concepts.append(
            f"<{concept}><note>{atom(rng) if rng.random() < 0.2 else 'x'}</note>"
            f'<{language} xml:lang="{rng.choice(_LANGUAGES)}">{terms}</{language}></{concept}>'
        )
    root = rng.choice(("martif", "tbx", "tbx", "tbx", "tbx", "x"))
    return _as_xml(rng, f"<{root}><text><body>{''.join(concepts)}</body></text></{root}>")


def settings(rng: Random) -> bytes:
    """A configuration file."""
    from compare.settings import KEYS

    fit = {
        "flag": "true", "checks": '["title"]', "share": "0.5", "natural": "0", "positive": "3",
        "choice": '"major"', "text": '"ko"', "path": '"x"', "paths": '["x.csv"]',
    }  # fmt: skip
    values = (
        "true", "1", "0.5", '"ko"', '["title"]', "[]", "{}", "1979-05-27", "-1", "nan", '""', "'a'",
        '["a.csv"]', "9" * 30, '"""x"""', "0x10", '"title"', "inf", "[1, [2]]",
    )  # fmt: skip
    lines = []
    for _ in range(rng.randint(0, 6)):
        key = rng.choice((*KEYS, "pairs", "a-label", "x.y", '"a b"'))
        kind = KEYS.get(key)
        fits = kind is not None and rng.random() < 0.8
        lines.append(f"{key} = {fit[kind] if fits else rng.choice(values)}")
    for _ in range(rng.choice((0, 0, 1, 2))):
        lines += ["[[pairs]]", rng.choice(('a = "a.txt"', 'a = "a.txt"', "a = 1")), 'b = "b.txt"']
    return damaged(rng, "\n".join(lines).encode(), 0.3)


def pyproject(rng: Random) -> bytes:
    """The same in a file for other programs too."""
    return b"[tool.x]\ny = 1\n[tool.variant-compare]\n" + settings(rng)


def baseline(rng: Random) -> bytes:
    """A file that lists what is known."""
    one = {"finding_id": "f1", "check": "title", "severity": "major", "message": sentence(rng)}
    pairs = [{"a": "a.txt", "b": atom(rng), "findings": [one] * rng.randint(0, 2)}]
    return as_json(rng, altered(rng, {"baseline_version": "1.0", "pairs": pairs}))
