"""Dates (stub to be replaced by its owner)."""
from __future__ import annotations
import datetime as dt
from dataclasses import dataclass
from compare.records import Span


@dataclass(frozen=True, slots=True)
class DateMention:
    span: Span


def find_dates(text: str, base: dt.date | None = None, offset: int = 0) -> tuple[DateMention, ...]:
    return ()
