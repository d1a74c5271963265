"""Reading one file that holds both texts, aligned: TMX, XLIFF, or a table of pairs.

The file is untrusted. No entity, schema or other file that it names is ever looked at, and its
elements are counted before they are read.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.config import Config
from compare.errors import InputError
from compare.read import article_from_bytes, article_from_sentences, read_bytes
from compare.records import OTHER, SIDES, Article, Role, Side
from compare.report.safe import clean_terminal
from compare.report.tmx import LANG
from compare.report.xliff import SENTENCE
from compare.xml import UNTRUSTED, declares_entities, local_name

if TYPE_CHECKING:
    from lxml import etree

    from compare.align.constraints import Ids

ENDINGS = (".tmx", ".xlf", ".xliff", ".tsv")
"""What is read; case does not count."""
_MAX_ELEMENTS = 500_000
_NUMBERS = re.compile(r"\d{1,7}(?: \d{1,7})*")
_ROLES = {role.value: role for role in Role if role.compared}
_SPANS = re.compile(r"\d{1,9}:\d{1,9}(?: \d{1,9}:\d{1,9})*")


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two texts whose alignment is given."""

    a: Article
    b: Article
    groups: tuple[Ids, ...]
    """Numbers of the sentences, from 0, that belong together; a sentence that stands alone is a
    group with one side empty."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One side of a pair: its sentences, their places in the text and their roles, where told."""

    sentences: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()


_Pair = Mapping[Side, _Part]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file holds."""

    pairs: Sequence[_Pair]
    names: Mapping[Side, str]
    """What the file calls each side: a language, a column."""
    labels: Mapping[Side, str | None]
    dates: Mapping[Side, dt.date | None]


def read_bitext(
    path: str | Path,
    config: Config | None = None,
    *,
    a_lang: str | None = None,
    b_lang: str | None = None,
) -> Bitext:
    """Read both texts and their alignment from one file.

    Each variant of a unit, and each cell of a table, is one sentence, unless the file itself says
    where its sentences begin, as those of ``variant-compare report --format tmx`` and ``xliff`` do.
    The sentences stand in the order of the file, or in that which such a file tells.

    Args:
        path: ``.tmx`` (1.4), ``.xlf`` or ``.xliff`` (1.2, 2.x), or ``.tsv``.
        config: labels, days and limits; the defaults where None.
        a_lang: the language of A, as the file writes it; found out where None.
        b_lang: the same for B.

    Raises:
        InputError: it cannot be read, is not well-formed or too large, holds no two texts, or
            more languages than two of which none is chosen.
    """
    config = config or Config()
    shown = clean_terminal(str(path))
    suffix = Path(path).suffix.lower()
    read = {".tmx": _tmx, ".tsv": _tsv}.get(suffix, _xliff)
    if suffix not in ENDINGS:
        raise InputError(
            f"{shown} is none of {', '.join(ENDINGS)}: give two texts, or one of these"
        )
    chosen: dict[Side, str | None] = {"a": a_lang, "b": b_lang}
    found = read(read_bytes(path, config.max_bytes), shown, chosen, config)
    return _bitext(found, shown, str(path), config)


def _bitext(found: _Found, shown: str, source: str, config: Config) -> Bitext:
    given = {"a": (config.a_label, config.a_date), "b": (config.b_label, config.b_date)}
    indices: dict[Side, list[tuple[int, ...]]] = {}
    articles: dict[Side, Article] = {}
    for side in SIDES:
        parts = [pair.get(side, _Part()) for pair in found.pairs]
        if not any(part.sentences for part in parts):
            raise InputError(
                f"{shown} holds no sentence of {side.upper()} ({found.names[side]}): it must hold "
                "both texts"
            )
        sentences, roles, indices[side] = _in_order(parts)
        label, day = given[side]
        article = article_from_sentences(
            sentences,
            label=label or found.labels[side] or f"{Path(source).name} {found.names[side]}",
            date=day or found.dates[side],
            max_chars=config.max_chars,
        )
        blocks = zip(article.blocks, roles, strict=True)
        articles[side] = replace(
            article, source=source, blocks=tuple(replace(b, role=role) for b, role in blocks)
        )
    groups = zip(indices["a"], indices["b"], strict=True)
    return Bitext(articles["a"], articles["b"], tuple(ids for ids in groups if ids != ((), ())))


def _in_order(
    parts: Sequence[_Part],
) -> tuple[list[str], list[Role], list[tuple[int, ...]]]:
    """The sentences of one text, their roles, and those of each part by their places among them.

    >>> _in_order([_Part(("He left.",), (2,)), _Part(("She came.",), (1,))])[::2]
    (['She came.', 'He left.'], [(1,), (0,)])
    """
    roles = [role for part in parts for role in part.roles or (Role.BODY,) * len(part.sentences)]
    texts = [text for part in parts for text in part.sentences]
    told = [number for part in parts for number in part.numbers]
    # Only where every sentence has a number of its own: a file that was edited may lack some.
    known = len(told) == len(texts) == len(set(told))
    order = sorted(range(len(texts)), key=lambda i: told[i] if known else i)
    place = {i: k for k, i in enumerate(order)}
    indices, first = [], 0
    for part in parts:
        indices.append(tuple(sorted(place[first + i] for i in range(len(part.sentences)))))
        first += len(part.sentences)
    return [texts[i] for i in order], [roles[i] for i in order], indices


# Tables ----------------------------------------------------------------------------------------


def _tsv(data: bytes, shown: str, chosen: Mapping[Side, str | None], config: Config) -> _Found:
    """A row for each pair: two columns, or those that a header calls ``a`` and ``b``."""
    if any(chosen.values()):
        raise InputError(f"{shown} names no languages: its columns are a and b; leave them out")
    limit = 2 * config.max_chars + len(data)
    text = article_from_bytes(
        data, shown, sentences=True, max_chars=limit, max_bytes=len(data)
    ).text
    rows = [(i, line.split("\t")) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    head = [cell.strip().lower() for cell in rows[0][1]]
    columns = {side: head.index(side) for side in SIDES if head.count(side) == 1}
    width = len(head)
    if len(columns) == 2:
        del rows[0]
    else:
        columns, width = {"a": 0, "b": 1}, 2
    pairs: list[_Pair] = []
    for number, row in rows:
        if len(row) != width:
            raise InputError(
                f"{shown}, line {number}: {len(row)} columns; a table of pairs has two, parted by "
                "a tab, or a header that names the columns a and b, and every row as many as it"
            )
        pairs.append({side: _whole(_unquoted(row[k])) for side, k in columns.items()})
    nothing: dict[Side, None] = {"a": None, "b": None}
    return _Found(pairs, {"a": "a", "b": "b"}, nothing, nothing)


def _unquoted(cell: str) -> str:
    """A cell as a spreadsheet meant it; quotation marks that are the sentence's own stay.

    >>> _unquoted('\"\"\"No,\"\" he said.\"'), _unquoted('"No."')
    ('"No," he said.', '"No."')
    """
    inner = cell.strip()[1:-1]
    quoted = re.fullmatch(r'\s*"(?:[^"]|"")*"\s*', cell) is not None and '""' in inner
    return inner.replace('""', '"') if quoted else cell


def _whole(text: str) -> _Part:
    text = text.strip()
    return _Part((text,)) if text else _Part()


# XML -------------------------------------------------------------------------------------------


def _parsed(data: bytes, shown: str, name: str) -> etree._Element:
    """The root of an XML file that declares no entity and is not too large."""
    from lxml import etree

    count = 0
    try:
        events = etree.iterparse(
            io.BytesIO(data),
            events=("start",),
            **UNTRUSTED,
        )
        for _, element in events:
            count += 1
            if count > _MAX_ELEMENTS:
                raise InputError(
                    f"{shown} has more than {_MAX_ELEMENTS:,} elements, the most that are read: "
                    "give one story alone"
                )
            if count == 1 and declares_entities(element):
                raise InputError(f"{shown} declares entities, which are never read: write them out")
    except etree.XMLSyntaxError as error:
        raise InputError(f"{shown} is no well-formed XML ({error.msg}): export it again") from error
    root = events.root
    if root is None or local_name(root) != name:
        raise InputError(f"{shown} is no {name.upper()} file: its outermost element is another one")
    return root


def _children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if local_name(child) in names)


def _within(element: Any, *names: str) -> Iterator[Any]:
    return (inner for inner in element.iter() if local_name(inner) in names)


def _text(element: Any, code: Sequence[str], shown: str) -> str:
    """The words of an element with inline elements; of those named in ``code`` only what follows.

    Elements are no deeper than the parser allows, 256.
    """
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            raise InputError(f"{shown} names an entity that it does not hold: write it out")
        if local_name(child) == "cp":
            parts.append(_character(child.get("hex", "")))
        elif local_name(child) not in code:
            parts.append(_text(child, code, shown))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(code: str) -> str:
    """A character that XML cannot hold, as XLIFF 2 writes it."""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0xFFFD
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _part(sentences: Iterable[str], numbers: str | None = None, roles: str | None = None) -> _Part:
    """The sentences with what the file says of each, as far as it fits them."""
    kept = tuple(text for s in sentences if (text := s.strip()))
    found = _NUMBERS.fullmatch(numbers or "")
    places = tuple(map(int, found[0].split())) if found else ()
    kinds = tuple(_ROLES[name] for name in (roles or "").split() if name in _ROLES)
    return _Part(
        kept,
        places if len(places) == len(kept) else (),
        kinds if len(kinds) == len(kept) else (),
    )


# TMX -------------------------------------------------------------------------------------------

_TMX_CODE = ("bpt", "ept", "it", "ph", "ut")


def _tmx(data: bytes, shown: str, chosen: Mapping[Side, str | None], config: Config) -> _Found:
    root = _parsed(data, shown, "tmx")
    header = next(_children(root, "header"), None)
    first = None if header is None else header.get("srclang")
    units = [
        [(_language(variant), variant) for variant in _children(unit, "tuv")]
        for unit in _within(root, "tu")
    ]
    languages = list(Counter(language for unit in units for language, _ in unit))
    pairs: list[_Pair]
    if len(languages) == 1 and not any(chosen.values()) and all(len(u) <= 2 for u in units):
        # Both variants are in one language: the first is A's.
        names: dict[Side, str] = {"a": languages[0], "b": languages[0]}
        _check_english(names, shown)
        pairs = [
            {side: _variant(variant, shown) for side, (_, variant) in zip(SIDES, u, strict=False)}
            for u in units
        ]
    else:
        names = _sides(languages, first, chosen, shown)
        sides = {name.casefold(): side for side, name in names.items()}
        pairs = [
            {
                sides[language.casefold()]: _variant(variant, shown)
                # Of several in one language the first is meant, as memories keep the best first.
                for language, variant in reversed(unit)
                if language.casefold() in sides
            }
            for unit in units
        ]
    props = {} if header is None else _props(header)
    told = {name.removeprefix("x-"): value for name, value in props.items()}
    return _Found(pairs, names, *_about(told, (first or "").casefold() == names["b"].casefold()))


def _language(variant: Any) -> str:
    return str(variant.get(LANG) or variant.get("lang") or "")


def _props(element: Any) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in _children(element, "prop")}


def _variant(variant: Any, shown: str) -> _Part:
    text = "".join(_text(seg, _TMX_CODE, shown) for seg in _children(variant, "seg"))
    props = _props(variant)
    spans = _spans(props.get("x-spans"), text)
    sentences = [text[start:end] for start, end in spans]
    return _part(sentences, props.get("x-sentences"), props.get("x-roles"))


def _spans(told: str | None, text: str) -> list[tuple[int, int]]:
    """Where the sentences stand in a segment: as the file says, if that is all of its words."""
    whole = [(0, len(text))]
    if told is None or not _SPANS.fullmatch(told):
        return whole
    spans = [(int(start), int(end)) for start, end in (s.split(":") for s in told.split(" "))]
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    between = "".join(text[i:j] for i, j in zip(edges[::2], edges[1::2], strict=True))
    return spans if edges == sorted(edges) and not between.strip() else whole


def _about(
    told: Mapping[str, str], turned: bool
) -> tuple[dict[Side, str | None], dict[Side, dt.date | None]]:
    """The labels and the days that a file tells; ``turned`` where its first text is B."""
    of: dict[Side, Side] = {side: OTHER[side] if turned else side for side in SIDES}
    return (
        {side: told.get(f"{of[side]}-label") for side in SIDES},
        {side: _day(told.get(f"{of[side]}-date")) for side in SIDES},
    )


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def _sides(
    languages: Sequence[str], first: str | None, chosen: Mapping[Side, str | None], shown: str
) -> dict[Side, str]:
    """Which language is which side."""
    known = {language.casefold(): language for language in reversed(languages)}
    names = ", ".join(known.values()) or "none"
    for side in SIDES:
        wanted = chosen[side]
        if wanted is not None and wanted.casefold() not in known:
            raise InputError(f"{shown} has no language {wanted} for {side.upper()}; it has {names}")
    settled = {side: known[wanted.casefold()] for side in SIDES if (wanted := chosen[side])}
    if len(settled) < 2:
        if len(known) != 2:
            raise InputError(
                f"{shown} holds {len(known)} languages ({names}): say which two to compare with "
                "--a-lang and --b-lang (arguments a_lang and b_lang)"
            )
        rest = [name for key, name in known.items() if name not in settled.values()]
        rest.sort(key=lambda name: (name.casefold() != (first or "").casefold(), name))
        for side in SIDES:
            settled.setdefault(side, rest[0] if len(settled) == 1 else rest.pop(0))
        _check_english(settled, shown)
    if settled["a"] == settled["b"]:
        raise InputError(f"{shown}: A and B are both to be {settled['a']}; name two languages")
    return settled


def _check_english(names: Mapping[Side, str], shown: str) -> None:
    foreign = [name for name in names.values() if re.split("[-_]", name.casefold())[0] != "en"]
    if foreign:
        raise InputError(
            f"{shown} is in {' and '.join(foreign)}, and only English is compared; if the file "
            "says it wrongly, name both sides with --a-lang and --b-lang (arguments a_lang and "
            "b_lang)"
        )


# XLIFF -----------------------------------------------------------------------------------------

_XLIFF_CODE = ("bpt", "ept", "it", "ph", "x", "bx", "ex", "sc", "ec", "sm", "em")


def _xliff(data: bytes, shown: str, chosen: Mapping[Side, str | None], config: Config) -> _Found:
    root = _parsed(data, shown, "xliff")
    pairs: list[_Pair] = []
    if (root.get("version") or "").startswith("2"):
        source, target = root.get("srcLang"), root.get("trgLang")
        for unit in _within(root, "unit"):
            pairs += _unit(unit, shown)
    else:
        file: Any = next(_children(root, "file"), root)
        source, target = file.get("source-language"), file.get("target-language")
        for unit in _within(root, "trans-unit"):
            pairs += _trans_unit(unit, shown)
    if not source or not target:
        raise InputError(f"{shown} does not name the languages of its sources and its targets")
    if source.casefold() == target.casefold() and not any(chosen.values()):
        names: dict[Side, str] = {"a": source, "b": target}
        _check_english(names, shown)
    else:
        names = _sides([source, target], source, chosen, shown)
    turned = names["a"].casefold() != source.casefold()
    if turned:
        pairs = [{"a": pair["b"], "b": pair["a"]} for pair in pairs]
    return _Found(pairs, names, *_about(_metadata(next(_children(root, "file"), root)), turned))


def _metadata(parent: Any) -> dict[str, str]:
    """What the metadata of an element of XLIFF 2 tell, but for those of the elements in it."""
    found = (meta for data in _children(parent, "metadata") for meta in _within(data, "meta"))
    return {meta.get("type", ""): meta.text or "" for meta in found}


def _unit(unit: Any, shown: str) -> Iterator[_Pair]:
    """The segments of a unit of XLIFF 2, and of one alone the places of its sentences."""
    segments = list(_children(unit, "segment"))
    told = _metadata(unit)
    for segment in segments:
        pair: dict[Side, _Part] = {}
        for side, name in zip(SIDES, ("source", "target"), strict=True):
            content = next(_children(segment, name), None)
            about = [told.get(f"{side}-{what}") for what in ("sentences", "roles")]
            pair[side] = _content(content, shown, *(about if len(segments) == 1 else ()))
        yield pair


def _content(
    content: Any, shown: str, numbers: str | None = None, roles: str | None = None
) -> _Part:
    if content is None:
        return _Part()
    marked = [mark for mark in _children(content, "mrk") if mark.get("type") == SENTENCE]
    beside = (content.text or "") + "".join(child.tail or "" for child in content)
    if not marked or len(marked) != len(content) or beside.strip():
        return _part([_text(content, _XLIFF_CODE, shown)], numbers, roles)
    return _part([_text(mark, _XLIFF_CODE, shown) for mark in marked], numbers, roles)


def _trans_unit(unit: Any, shown: str) -> Iterator[_Pair]:
    """The segments of a unit of XLIFF 1.2 by their names, or the whole of it."""
    contents: dict[str, Any] = {local_name(child): child for child in unit}
    source, target = contents.get("source"), contents.get("target")
    marked = [_marks(contents.get(name)) for name in ("seg-source", "target")]
    if all(marked):
        names = list(dict.fromkeys(name for marks in marked for name in marks))
        for name in names:
            a, b = (_content(marks.get(name), shown) for marks in marked)
            yield {"a": a, "b": b}
    else:
        yield {"a": _content(source, shown), "b": _content(target, shown)}


def _marks(content: Any) -> dict[str, Any]:
    found = () if content is None else _within(content, "mrk")
    return {mark.get("mid", ""): mark for mark in found if mark.get("mtype") == "seg"}
