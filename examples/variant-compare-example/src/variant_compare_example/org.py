"""Org files: a headline and a date in keywords, text in paragraphs."""

from __future__ import annotations

import datetime as dt
import re

from compare.errors import InputError
from compare.readers import Reader, Reading
from compare.records import Role

_KEYWORD = re.compile(r"#\+(\w+):[ \t]*(.*)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(data: bytes) -> Reading:
    """The text without its mark-up; ``#+TITLE`` is the headline, ``#+DATE`` the day."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError("an Org file must be in UTF-8: save it again in that encoding") from None
    title, day = "", None
    body: list[str] = []
    for line in lines:
        if keyword := _KEYWORD.match(line):
            name, value = keyword[1].upper(), keyword[2].strip()
            if name == "TITLE":
                title = value
            elif name == "DATE" and (found := _DAY.search(value)):
                day = dt.date.fromisoformat(found[0])
        elif line != "#" and not line.startswith("# "):  # a comment
            body.append(re.sub(r"^\*+ ", "", line))
    text = "\n".join(body).strip() + "\n"
    if not title:
        return Reading(text, date=day)
    return Reading(f"{title}\n\n{text}", {0: Role.HEADLINE}, day)


READER = Reader(suffixes=(".org",), read=read)
