"""Reading an article: bytes to text, text to blocks with a role.

Plain text, Markdown, HTML and DOCX, from a file, standard input, an upload or a string. A plain
text is kept as it is but for its newlines; of a page or a document it is the extracted text that
counts, and that every offset points into.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from compare import readers
from compare.config import Config
from compare.errors import InputError
from compare.files import MAX_BYTES, read_bounded, too_large
from compare.layout import article_date, lay_out
from compare.records import Article, Block, Role

MAX_CHARS = Config().max_chars

_HTML = (".html", ".htm", ".xhtml")
_DOCX = ".docx"
SUFFIXES = (".txt", ".md", *_HTML, _DOCX)
"""Endings of the files that are read without a package of somebody else's."""

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, a sound or a film (RIFF)"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a film"),
)

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ADVICE = "save it as plain text in UTF-8"


def read_article(
    path: str | Path,
    *,
    label: str | None = None,
    date: dt.date | None = None,
    sentences: bool = False,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
) -> Article:
    """Read one article from a file, or from standard input where ``path`` is ``-``.

    Args:
        path: ``.html``, ``.htm`` and ``.docx`` are read as such, endings that an installed package
            reads by that (:mod:`compare.readers`), everything else as text.
        label: what to call it; the file's name where None.
        date: the day it is dated; looked for in the text where None.
        sentences: the file holds one sentence per line.
        max_chars: longest text that is read.
        max_bytes: largest file that is read, also when it is unpacked.

    Raises:
        InputError: there is nothing to read, or it cannot be used; the message says why.
    """
    name = str(path)
    return article_from_bytes(
        read_bytes(path, max_bytes),
        "" if name == "-" else name,
        label=label if label is not None else ("standard input" if name == "-" else None),
        date=date,
        sentences=sentences,
        max_chars=max_chars,
        max_bytes=max_bytes,
        source=name,
    )


def read_bytes(path: str | Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or of standard input where ``path`` is ``-``.

    Raises:
        InputError: there is nothing to read, or more than ``max_bytes``; the message says why.
    """
    name = str(path)
    shown = _shown("standard input" if name == "-" else name)
    try:
        if name == "-":
            return read_bounded(sys.stdin.buffer, shown, max_bytes)
        with Path(path).open("rb") as file:
            return read_bounded(file, shown, max_bytes)
    except FileNotFoundError:
        raise InputError(f"cannot read {shown}: there is no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"cannot read {shown}: it is a folder; name a file in it") from None
    except PermissionError:
        raise InputError(
            f"cannot read {shown}: permission denied; make it readable for you"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot read {shown}: {reason}") from None


def article_from_bytes(
    data: bytes,
    name: str,
    *,
    label: str | None = None,
    date: dt.date | None = None,
    sentences: bool = False,
    max_chars: int = MAX_CHARS,
    max_bytes: int = MAX_BYTES,
    source: str | None = None,
) -> Article:
    """Read one article from the bytes of a file, e.g. an upload.

    Args:
        data: the bytes.
        name: the file's name; its ending says the format, and messages name it.
        label: what to call the article; the file's name where None.
        date: the day it is dated; looked for in the text where None.
        sentences: the text holds one sentence per line.
        max_chars: longest text that is read.
        max_bytes: largest file that is read, also when it is unpacked.
        source: where it came from, for the record; ``name`` where None.

    Raises:
        InputError: the bytes cannot be used as an article.
    """
    shown = _shown(name) or "standard input"
    suffix = Path(name).suffix.lower() if "\0" not in name else ""
    if not data:
        raise InputError(f"{shown} is empty: nothing to compare")
    if len(data) > max_bytes:
        raise too_large(shown, len(data), max_bytes)
    hints: Mapping[int, Role] = {}
    page_date: dt.date | None = None
    added = readers.installed(SUFFIXES).get(suffix) if suffix not in ("", *SUFFIXES) else None
    if suffix == _DOCX:
        text, hints = _docx_text(data, shown, max_bytes)
        encoding = "utf-8"
    elif added is not None:
        reading = readers.read(*added, data, shown)
        text, hints, page_date = reading.text, reading.roles, reading.date
        encoding = "utf-8"
    else:
        decoded, encoding = _decode(data, shown, suffix)
        if suffix in _HTML:
            text, hints, page_date = _html_text(decoded, shown, max_chars)
        else:
            text = decoded
    return _article(
        text,
        shown=shown,
        label=Path(name).name if label is None else label,
        source=name if source is None else source,
        given=date,
        found=page_date,
        hints=hints,
        sentences=sentences,
        max_chars=max_chars,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
    )


def suffixes() -> tuple[str, ...]:
    """Endings of the files that are read as articles, those of installed readers too."""
    return (*SUFFIXES, *readers.installed(SUFFIXES))


def article_from_text(
    text: str,
    *,
    label: str = "",
    date: dt.date | None = None,
    source: str = "",
    sentences: bool = False,
    max_chars: int = MAX_CHARS,
) -> Article:
    """Read one article from a string; arguments as for :func:`article_from_bytes`.

    >>> [b.role.value for b in article_from_text("It rained.\\n\\n(Photo = Yonhap News)").blocks]
    ['body', 'caption']
    """
    return _article(
        text,
        shown=_shown(label) or "the text",
        label=label,
        source=source,
        given=date,
        sentences=sentences,
        max_chars=max_chars,
        sha256=_hash(text),
    )


def article_from_sentences(
    sentences: Sequence[str],
    *,
    label: str = "",
    date: dt.date | None = None,
    source: str = "",
    max_chars: int = MAX_CHARS,
) -> Article:
    """One article of sentences that are split already, one string each.

    The article's text is the sentences joined by newlines; each is one block of body text.

    Raises:
        InputError: there is no sentence, or one is empty.
    """
    shown = _shown(label) or "the list of sentences"
    parts = [_cleaned(sentence) for sentence in sentences]
    for number, part in enumerate(parts):
        if not part.strip():
            raise InputError(f"{shown}: sentence {number} (from 0) is empty: leave it out")
    text = "\n".join(parts)
    _check_text(text, shown, max_chars)
    blocks: list[Block] = []
    start = 0
    for part in parts:
        begin = start + len(part) - len(part.lstrip())
        blocks.append(Block(begin, begin + len(part.strip()), Role.BODY, paragraph=0))
        start += len(part) + 1
    return Article(
        text,
        tuple(blocks),
        label=label,
        source=source,
        date=date,
        date_source="given" if date else "",
        sha256=_hash(text),
        presplit=True,
    )


def _article(
    text: str,
    *,
    shown: str,
    label: str,
    source: str,
    given: dt.date | None,
    max_chars: int,
    sha256: str,
    found: dt.date | None = None,
    hints: Mapping[int, Role] | None = None,
    sentences: bool = False,
    encoding: str = "utf-8",
) -> Article:
    text = _cleaned(text)
    _check_text(text, shown, max_chars)
    blocks = _line_blocks(text) if sentences else lay_out(text, hints)
    date = given or (None if sentences else article_date(text, blocks)) or found
    date_source: Literal["given", "text", ""] = "given" if given else "text" if date else ""
    return Article(
        text,
        blocks,
        label=label,
        source=source,
        date=date,
        date_source=date_source,
        sha256=sha256,
        encoding=encoding,
        presplit=sentences,
    )


def _line_blocks(text: str) -> tuple[Block, ...]:
    """One body block a line; blank lines part paragraphs."""
    blocks: list[Block] = []
    paragraph, blank = -1, True
    for match in re.finditer(r"[^\n]*\n?", text):
        line = match[0]
        if line.strip():
            paragraph += blank
            start = match.start() + len(line) - len(line.lstrip())
            blocks.append(Block(start, start + len(line.strip()), Role.BODY, paragraph))
        blank = not line.strip()
    return tuple(blocks)


def _cleaned(text: str) -> str:
    """Newlines as ``\\n``; half a surrogate pair, which no file can hold, as U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _shown(name: str) -> str:
    """A name as a message can hold it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _check_text(text: str, shown: str, max_chars: int) -> None:
    if not any(c.isalnum() for c in text):
        what = "holds only whitespace" if not text.strip() else "holds no words"
        raise InputError(f"{shown} {what}: nothing to compare")
    if len(text) > max_chars:
        raise InputError(
            f"{shown} is too long: {len(text):,} characters, and the limit is {max_chars:,}; "
            "give the article alone, or raise the limit with --max-chars (setting max_chars)"
        )


# Bytes to text ---------------------------------------------------------------------------------


def _decode(data: bytes, shown: str, suffix: str) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            advice = f": {_ADVICE}, or as .docx" if what.endswith("document") else f": {_ADVICE}"
            raise InputError(f"{shown} looks like {what}, not a text{advice}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _not_binary(data.decode(encoding), shown), encoding.removesuffix("-sig")
            except UnicodeDecodeError:
                raise InputError(
                    f"{shown} begins like {encoding.removesuffix('-sig').upper()} but cannot be "
                    f"decoded as that: {_ADVICE}"
                ) from None
    candidates = ["utf-8"]
    if wide := _wide_encoding(data):
        candidates.insert(0, wide)
    if b"\x1b$" in data:  # ISO 2022 is ASCII to any other reader
        candidates[:0] = ["iso2022_jp_2", "iso2022_kr"]
    if suffix in _HTML and (declared := _declared(data)):
        candidates.append(declared)
    for encoding in candidates:
        try:
            return _not_binary(data.decode(encoding), shown), encoding
        except UnicodeDecodeError:
            continue
    if b"\0" in data or _control_share(data.decode("latin-1")) > 0.05:
        raise InputError(f"{shown} is a binary file, not a text: {_ADVICE}")
    _refuse_damaged(data, shown)
    return _detected(data, shown)


def _refuse_damaged(data: bytes, shown: str) -> None:
    """Refuse UTF-8 with a few bad bytes: any other reading would garble all the rest."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    if good > 4 * bad:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise InputError(
            f"{shown} is UTF-8 but for {bad} damaged character{'s' if bad > 1 else ''}, the first "
            f"in line {line}: mend it and {_ADVICE}"
        )


def _not_binary(text: str, shown: str) -> str:
    if _control_share(text) > 0.02:
        raise InputError(f"{shown} is a binary file, not a text: {_ADVICE}")
    return text


def _control_share(text: str) -> float:
    """Share of C0 control characters other than whitespace."""
    return len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", text)) / max(1, len(text))


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: the high byte of every ASCII character is 0."""
    head = data[: 1 << 14]
    if len(data) % 2:
        return None
    even, odd = (head[i::2].count(0) / max(1, len(head) // 2) for i in (0, 1))
    if odd > 0.15 and even < 0.01:
        return "utf-16-le"
    if even > 0.15 and odd < 0.01:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """The encoding an HTML page names, by the names' meaning on the web."""
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", data[:4096], re.I)
    if not found:
        return None
    name = found[1].decode("ascii", "replace").lower()
    web = {
        "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932", "x-sjis": "cp932",
        "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252",
        "us-ascii": "cp1252", "iso-8859-9": "cp1254", "big5": "big5hkscs",
    }  # fmt: skip
    try:
        "".encode(web.get(name, name))
    except (LookupError, UnicodeError):
        return None
    return web.get(name, name)


_LEGACY = (
    "cp1252", "cp949", "cp932", "gb18030", "big5", "euc_jp", "cp1250", "cp1251", "cp1254", "cp1253",
    "cp1257", "koi8_r", "iso8859_2", "mac_roman",
)  # fmt: skip
"""Encodings that are looked for, the likelier first where they say the same of a text."""
_LEAST_PLAUSIBLE = 0.5
_EVERYDAY_HAN = {
    "gb18030": (0xB0, 0xD7),
    "big5": (0xA4, 0xC6),
    "cp932": (0x88, 0x97),
    "euc_jp": (0xB0, 0xCF),
    "cp949": (0xCA, 0xFD),
}
"""First bytes of the everyday characters of an encoding; the rest are rare."""
_TYPOGRAPHIC = frozenset(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2015\u2026\u2022\u00b7\u00ab\u00bb\u20ac\u00a3\u00a5\u00b0\u00a9\u00ae\u2122\u00a0"
    "\u3000\u3001\u3002\u300c\u300d\u300e\u300f\u3010\u3011\uff08\uff09\uff0c\uff1a\u24d2\u25b2\u25b6\u25a0\u25cf\u00bd\u00bc"
    "\u00be\u00bf\u00a1\u00ba\u00aa"
)


def _detected(data: bytes, shown: str) -> tuple[str, str]:
    """Text in a legacy encoding: charset-normalizer proposes, what reads best is taken.

    Most of an article is ASCII here, which leaves a detector made for whole texts little to go by
    (it takes CP1252 for CP1250, and CP949 for Big5, where only quotes and names are not ASCII).
    """
    from charset_normalizer import from_bytes

    bonus: dict[str, float] = {}
    for place, match in enumerate(from_bytes(data, cp_isolation=list(_LEGACY))):
        for encoding in match.could_be_from_charset:
            bonus.setdefault(encoding, 0.05 if place == 0 else 0.02)
    readings: list[tuple[float, int, str, str]] = []
    for rank, encoding in enumerate(_LEGACY):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _plausibility(text, encoding) + bonus.get(encoding, 0.0)
        readings.append((score, -rank, encoding, text))
    best = max(readings, default=None)
    if best is None or best[0] < _LEAST_PLAUSIBLE:
        raise InputError(
            f"cannot tell the encoding of {shown}: it is neither UTF-8 nor a legacy encoding that "
            f"gives readable text; {_ADVICE}"
        )
    return best[3], best[2]


def _plausibility(text: str, encoding: str) -> float:
    """How much the non-ASCII characters read like a text's, at most 1."""
    total = count = 0.0
    for match in re.finditer(r"[^\x00-\x7f]+", text[: 1 << 20]):
        start, end = match.span()
        count += end - start
        total += sum(
            _scores(match[0], text[max(0, start - 1) : start], text[end : end + 1], encoding)
        )
    return total / count if count else 1.0


def _script(char: str) -> str:
    if char in _TYPOGRAPHIC:
        return "punctuation"
    name = unicodedata.name(char, "").partition(" ")[0]
    return name.partition("-")[0] if char.isalpha() else "symbol" if name else "none"


def _scores(run: str, before: str, after: str, encoding: str) -> Iterator[float]:
    """One score for each character of a run of non-ASCII characters."""
    scripts = [_script(c) for c in run]
    letters = set(scripts) - {"punctuation", "symbol", "none"}
    by_letter = before.isalpha() or after.isalpha()
    mixed = len(letters) > 1
    japanese = letters <= {"CJK", "HIRAGANA", "KATAKANA"}
    strange = scripts.count("LATIN") > 4  # a word of accented letters only
    for i, (char, script) in enumerate(zip(run, scripts, strict=True)):
        if script == "none":
            yield -2.0  # a control character, a private or unassigned one
        elif script == "punctuation":
            yield -1.0 if char in "\u00a3\u00a5\u20ac" and after.isalpha() else 1.0
        elif script == "symbol":
            yield -1.0 if letters or by_letter else -0.2
        elif script == "LATIN":
            rare = char in "\u00f0\u00d0\u00fe\u00de\u00dd\u00fd"
            yield -0.5 if mixed or strange else 0.5 if rare else 1.0 if char <= "\u00ff" else 0.8
        elif script == "HANGUL":
            everyday = encoding == "cp949" and min(char.encode(encoding)) >= 0xA1
            yield -0.5 if mixed else 0.9 if everyday else 0.1
        elif script == "CJK" and japanese:
            low, high = _EVERYDAY_HAN.get(encoding, (0, 0))
            yield 0.8 if low <= char.encode(encoding)[0] <= high else 0.2
        elif japanese:
            yield 0.95 if encoding in ("cp932", "euc_jp") else -0.5
        elif mixed or by_letter or len(run) < 2 or not letters.issuperset(scripts[1:-1]):
            yield -1.0
        else:  # a word of another alphabet
            yield -1.0 if char.islower() and run[i + 1 : i + 2].isupper() else 0.9


# Pages and documents ---------------------------------------------------------------------------


def _html_text(
    page: str, shown: str, max_chars: int
) -> tuple[str, dict[int, Role], dt.date | None]:
    """The article of an HTML page: its headline and paragraphs, and the day the page names."""
    import trafilatura

    hints: dict[int, Role] = {}
    document: Any = None
    try:
        document = trafilatura.bare_extraction(
            page.replace("\0", ""),
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        raise InputError(
            f"cannot read the page {shown} ({type(error).__name__}): {_ADVICE}"
        ) from error
    paragraphs = [line.strip() for line in (document.text or "").split("\n")] if document else []
    paragraphs = [line for line in paragraphs if line]
    if not paragraphs:
        raise InputError(
            f"found no article in the page {shown}: copy the article's text into a .txt file"
        )
    title = " ".join((document.title or "").split())
    if title and title != paragraphs[0]:
        paragraphs.insert(0, title)
    if title:
        hints[0] = Role.HEADLINE
    try:
        day = dt.date.fromisoformat(document.date or "")
    except ValueError:
        day = None
    return "\n\n".join(paragraphs), hints, day


_STYLES = {"title": Role.HEADLINE, "subtitle": Role.SUBTITLE, "caption": Role.CAPTION}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = (
    _WORD + "del",
    _WORD + "moveFrom",
    _WORD + "p",  # a paragraph within one (a text box) is read by itself
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)


def _docx_text(data: bytes, shown: str, max_bytes: int) -> tuple[str, dict[int, Role]]:
    """The paragraphs of a Word document, and the roles its styles name."""
    body, styles = _open_docx(data, shown, max_bytes)
    paragraphs: list[str] = []
    hints: dict[int, Role] = {}
    position = 0
    fallback = _SKIPPED[-1]
    for element in body.iter(_WORD + "p"):
        text = "".join(_words(element)).strip()
        if not text or next(element.iterancestors(fallback), None) is not None:
            continue
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        role = _STYLES.get(styles.get(style.get(_WORD + "val"), "")) if style is not None else None
        if role and "\n" not in text:
            hints[position] = role
        paragraphs.append(text)
        position += len(text) + 2
    return "\n\n".join(paragraphs), hints


def _open_docx(data: bytes, shown: str, max_bytes: int) -> tuple[Any, dict[str, str]]:
    """The element of a document that holds its text, and the names of its styles."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > max_bytes:
                raise too_large(shown, size, max_bytes, "unpacked is")
        document = docx.Document(io.BytesIO(data))
        styles = {s.style_id: (s.name or "").lower() for s in document.styles}
        body = document.element.body
        if body is None:
            raise ValueError("it has no body")
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            f"{shown} is no Word document that can be opened ({type(error).__name__}): save it "
            "again as .docx, or as plain text in UTF-8"
        ) from error
    return body, styles


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _WORD + "t":
            yield child.text or ""
        elif child.tag in (_WORD + "br", _WORD + "cr"):
            yield "\n"
        elif child.tag == _WORD + "tab":
            yield "\t"
        elif child.tag == _WORD + "noBreakHyphen":
            yield "-"
        elif child.tag not in _SKIPPED:
            yield from _words(child)
