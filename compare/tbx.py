"""A glossary as TBX, the exchange format of terminology: ISO 30042 of 2008 and of 2019.

Of each concept the English terms count, by their administrative status: preferred and admitted ones
may stand, deprecated and superseded ones must not. A file may come from anybody: entities are
refused, and nothing that it names is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.glossary import Entry
from compare.xml import UNTRUSTED, declares_entities, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOTS = ("martif", "tbx")
"""Of the older edition, and of the later one."""
_CONCEPT = ("termEntry", "conceptEntry")
_LANGUAGE = ("langSet", "langSec")
_TERM = ("tig", "ntig", "termSec")
_STATUS = "administrativeStatus"
_ENGLISH = re.compile(r"eng?([-_].*)?", re.IGNORECASE)
# preferredTerm-admn-sts, as both editions have it, and how some programs shorten it.
_WRITTEN = re.compile(r"\s*([a-z]+?)(?:Term)?(?:-adm\w*-sts)?\s*")
_MEANING: dict[str, bool | None] = {
    "preferred": True,
    "admitted": True,
    "standardized": True,
    "legal": True,
    "regulated": True,
    "deprecated": False,
    "superseded": False,
    "proposed": None,
}
"""Whether a term of this status may stand; None where nobody has decided."""
_LONGEST_NOTE = 200


def is_tbx(path: str, data: bytes) -> bool:
    """Whether a glossary is meant as XML; no header of a CSV file begins like that.

    >>> is_tbx("terms.tbx", b""), is_tbx("terms.csv", b"term,required")
    (True, False)
    """
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return begins or path.lower().endswith((".tbx", ".xml"))


def entries(data: bytes, path: str) -> list[Entry]:
    """The entries of a TBX file: a concept each that has an English term with a status.

    Args:
        data: its bytes.
        path: its path, for messages and findings.

    Raises:
        InputError: it is no TBX, declares entities, or names an unknown status.
    """
    root = _parsed(data, path)
    if local_name(root) not in ROOTS:
        raise _unusable(path, f"it begins with <{local_name(root)}> and not with <martif> or <tbx>")
    found = [
        entry
        for concept in root.iter()
        if local_name(concept) in _CONCEPT and (entry := _entry(concept, path)) is not None
    ]
    if not found:
        raise _unusable(path, f"no English term (xml:lang en, en-…) in it has an {_STATUS}")
    return found


def _unusable(path: str, why: str) -> InputError:
    return InputError(f"cannot use the glossary {path}: {why}; give it as TBX or CSV")


def _parsed(data: bytes, path: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(**UNTRUSTED)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unusable(path, f"it is no XML ({str(error)[:200]})") from None
    # The older edition names its DTD, which is not read.
    if declares_entities(root) or next(root.iter(etree.Entity), None) is not None:
        raise _unusable(path, "it uses entities, which are not read")
    return root


def _entry(concept: _Element, path: str) -> Entry | None:
    """What one concept asks of English; None where it asks nothing."""
    terms: dict[bool, list[str]] = {True: [], False: []}
    english = [
        part for part in concept.iter() if local_name(part) in _LANGUAGE and _is_english(part)
    ]
    for part in english:
        for holder in (e for e in part.iter() if local_name(e) in _TERM):
            text, may_stand = _term(holder, path)
            if text and may_stand is not None and text not in terms[may_stand]:
                terms[may_stand].append(text)
    # Of two Englishes the one may prefer what the other does not want.
    forbidden = tuple(text for text in terms[False] if text not in terms[True])
    if not terms[True] and not forbidden:
        return None
    alike = {t.casefold() for t in terms[True]} & {t.casefold() for t in forbidden}
    return Entry(
        required=tuple(terms[True]),
        forbidden=forbidden,
        case=bool(alike),  # where case alone parts them, only what is written so is meant
        note=_note(concept, english),
        line=concept.sourceline or 0,
        source=path,
    )


def _is_english(part: _Element) -> bool:
    language = part.get("{http://www.w3.org/XML/1998/namespace}lang") or part.get("lang") or ""
    return _ENGLISH.fullmatch(language.strip()) is not None


def _term(holder: _Element, path: str) -> tuple[str, bool | None]:
    """A term's words, and whether it may stand; None where nobody said."""
    text = next((_text(e) for e in holder.iter() if local_name(e) == "term"), "")
    if text and not re.search(r"\w", text):
        raise _unusable(path, f"line {holder.sourceline} has {text!r} as a term")
    for element in holder.iter():
        if local_name(element) == _STATUS or element.get("type") == _STATUS:
            said = _text(element)
            written = _WRITTEN.fullmatch(said)
            if written is None or written[1] not in _MEANING:
                known = ", ".join(_MEANING)
                raise _unusable(
                    path,
                    f"line {element.sourceline} has the {_STATUS} {said[:60]!r}, which is none of "
                    f"{known}",
                )
            return text, _MEANING[written[1]]
    return text, None


def _note(concept: _Element, english: list[_Element]) -> str:
    """The first note on the concept or on its English terms, cut where it is long."""
    notes = (e for part in (concept, *english) for e in _notes(part, part is concept))
    text = next(filter(None, map(_text, notes)), "")
    return text if len(text) <= _LONGEST_NOTE else text[: _LONGEST_NOTE - 1] + "…"


def _notes(part: _Element, direct: bool) -> Iterator[_Element]:
    found: Any = part if direct else part.iter()
    return (e for e in found if local_name(e) == "note")


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())
