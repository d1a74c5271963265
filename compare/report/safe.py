"""Article text is untrusted: what makes it harmless in a table, on a page and in a terminal."""

from __future__ import annotations

import html
import re
import unicodedata

_BIDI = "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates: they reorder what is read
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"'*[=+\-@\t＝＋－＠]")
_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# What a terminal or a reader could obey, or no file can hold; JSON escapes the rest itself.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|$~&^=@]|:(?=\S)|^:")
_LIST = re.compile(r"^(?:\d+(?=[.)])|(?=[-+]))")
_WWW = re.compile(r"\bwww(?=\.)", re.IGNORECASE)
_BLANKS = re.compile("[\\s\u2028\u2029\x85]+")


def storable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, replaced; offsets stay.

    >>> storable("a\\ud800b")
    'a\ufffdb'
    """
    return _SURROGATE.sub("\ufffd", text)


def escape_json(text: str) -> str:
    """A JSON text that reads the same, with the characters escaped that act when it is shown.

    >>> escape_json('"a\\u202eb"')
    '"a\\\\u202eb"'
    """
    return _JSON.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def visible(text: str) -> str:
    """The text with its control characters shown, one character for one; tabs and newlines stay.

    >>> visible("\\x1b[31m \\u202e")
    '\u241b[31m \ufffd'
    """
    return _CONTROL.sub(lambda m: _picture(m.group()) or "\ufffd", text)


def storable_xml(text: str) -> str:
    """The text with what XML 1.0 cannot hold shown, one character for one; markup is kept.

    >>> storable_xml("a\\x1b<b>\\uffff")
    'a\u241b<b>\ufffd'
    """
    return _NOT_XML.sub(lambda m: _picture(m.group()) or "\ufffd", text)


def guard_cell(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula.

    A cell that begins with ``= + - @``, a tab or their full-width forms gets a leading apostrophe,
    and so does one in which only apostrophes stand before these. Undo it by taking one apostrophe
    off every cell that begins with apostrophes and then one of these characters.

    >>> guard_cell("=1+1"), guard_cell("'=1"), guard_cell("'Tis so"), guard_cell("a=b")
    ("'=1+1", "''=1", "'Tis so", 'a=b')
    """
    return "'" + text if _FORMULA.match(text) else text


def clean_terminal(text: str) -> str:
    """The text on one line, with every character that a terminal would obey made visible.

    >>> clean_terminal("a\\nb \\x1b[2J\\u202ec")
    'a b \u241b[2J<U+202E>c'
    """
    return _CONTROL.sub(
        lambda m: _picture(m.group()) or f"<U+{ord(m.group()):04X}>", _BLANKS.sub(" ", text)
    )


def escape(text: str) -> str:
    """The text as HTML, safe in an element and in a quoted attribute."""
    return html.escape(visible(text))


def escape_markdown(text: str) -> str:
    """The text on one line, read by Markdown as it stands: no markup, link, formula, HTML or list.

    It may stand anywhere in a line, also where one begins.

    >>> print(escape_markdown("$5 *now* :red[x] <b> (1) [a](b): c"))
    \\$5 \\*now\\* \\:red\\[x\\] \\<b\\> (1) \\[a\\](b): c
    >>> print(escape_markdown("1. x"), escape_markdown("- x"), escape_markdown("www.x.org"))
    1\\. x \\- x www\\.x.org
    """
    line = _BLANKS.sub(" ", visible(text)).strip()
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = _LIST.sub(r"\g<0>\\", line)
    return _WWW.sub(r"\g<0>\\", line)


def escape_showing(text: str) -> str:
    """The text as HTML for an element, with control characters named where they stand."""

    def named(match: re.Match[str]) -> str:
        c = match.group()
        code = f"U+{ord(c):04X}"
        name = unicodedata.name(c, "control character").lower()
        return f'<span class="control" title="{name}">{_picture(c) or code}</span>'

    return _CONTROL.sub(named, html.escape(text))


def isolated(text: str) -> str:
    """The text as HTML of its own direction of writing, with control characters named.

    >>> isolated("a < b")
    '<bdi dir="auto">a &lt; b</bdi>'
    """
    return f'<bdi dir="auto">{escape_showing(text)}</bdi>'


def _picture(control: str) -> str | None:
    """Unicode's picture of an ASCII control character."""
    code = ord(control)
    return "\u2421" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else None
