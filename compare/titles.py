"""Offices: which words name one, which can be one person's, which machine translation confuses.

The knowledge is data, ``compare/data/titles.toml``; its header documents the format.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from compare.letters import lower
from compare.numerals import KEPT
from compare.records import Span


@dataclass(frozen=True, slots=True)
class Office:
    """One office under all its names."""

    id: str
    forms: tuple[str, ...]
    compatible: frozenset[str] = frozenset()
    generic: bool = False
    """Says too little to contradict anything ("head", "official")."""
    kind: str = ""
    """Id of the office that this one is a kind of, for confusions."""
    of: tuple[tuple[str, str], ...] = ()
    """(form, word): the form followed by "of … word" is this office (secretary of the party)."""
    single: bool = False
    """A body has one of them at a time: its president, its chair."""
    ranks: tuple[frozenset[str], ...] = ()
    """Forms that are one step of a ladder each."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A source-language office that machine translation takes for another one."""

    language: str
    source: str
    right: frozenset[str]
    wrong: frozenset[str]


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """Words that name an office; the span counts from the start of the searched string."""

    span: Span
    office: str
    text: str
    base: str = ""
    """Of a deputy, whose deputy it is."""


class Titles:
    """The lexicon, ready to search."""

    def __init__(
        self,
        offices: Iterable[Office],
        confusions: Iterable[Confusion],
        portfolios: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.offices = {o.id: o for o in offices}
        self.confusions = tuple(confusions)
        self._by_form = {f: o.id for o in self.offices.values() for f in o.forms}
        # Longest first: "secretary of state" is not a "secretary". A word boundary after "gen."
        # would ask for a letter, hence the look-arounds.
        forms = sorted(self._by_form, key=len, reverse=True)
        self.pattern = r"(?:(?<![\w-])(?:" + "|".join(re.escape(f) for f in forms) + r")(?![\w-]))"
        self._search = re.compile(self.pattern, re.IGNORECASE)
        self._rank = {
            form: (office.id, step)
            for office in self.offices.values()
            for step, forms in enumerate(office.ranks)
            for form in forms
        }
        self._fields: dict[str, set[str]] = {}
        for field, words in (portfolios or {}).items():
            for word in words:
                self._fields.setdefault(word, set()).add(field)
        self._of = {(form, word): o.id for o in self.offices.values() for form, word in o.of}
        self._known = lru_cache(KEPT)(self._find)

    def search(self, text: str) -> tuple[TitleMatch, ...]:
        """All offices named in a string, left to right.

        >>> [(m.text, m.office) for m in default_titles().search("former Minister Jeon")]
        [('Minister', 'minister')]
        """
        return self._known(text)

    def _find(self, text: str) -> tuple[TitleMatch, ...]:
        found: list[TitleMatch] = []
        for m in self._search.finditer(text):
            near = max(0, m.start() - _LOOK)
            before = [*re.finditer(r"[\w-]+|[^\w\s]", text[near : m.start()])][-1:]
            words = [lower(w.group()) for w in before]
            office = self._by_form[lower(m.group())]
            start, form, base = m.start(), lower(m.group()), ""
            for word in _OF.findall(text[m.end() : m.end() + _LOOK])[:1]:
                last = form.split()[-1]
                named = [self._of.get((last, w)) for w in lower(word).split()]
                of = next((o for o in named if o), "")
                if office == "deputy":
                    base = of  # "deputy head of the county"
                elif form == last:
                    office = of or office
            if form == "chair" and words and words[-1] in _SEATED:
                continue  # a seat: "somebody else would be found for my chair"
            if form == "deputy" and words and words[-1] in _OWNERS:
                office = "deputy"  # "his deputy" is no member of parliament
            if words and words[-1] in _DEPUTY and not self.offices[office].generic:
                office, base = "deputy", office
                start = near + before[-1].start()
            ahead = _DEPUTY_OF.search(text, near, m.start()) if form == "minister" else None
            if ahead and self.fields(ahead["field"]):  # "Vice Land Minister"
                office, base, start = "deputy", office, ahead.start()
            if found and start < found[-1].span.end:
                found.pop()  # "deputy" of "deputy foreign minister"
            found.append(TitleMatch(Span(start, m.end()), office, text[start : m.end()], base))
        return tuple(found)

    def same_rank(self, x: str, y: str) -> bool:
        """Whether two forms of one office are no two steps of a ladder.

        >>> default_titles().same_rank("Lt. Col.", "Lieutenant Colonel")
        True
        >>> default_titles().same_rank("Lt. Col.", "Colonel")
        False
        """
        rx, ry = self._rank.get(x.lower()), self._rank.get(y.lower())
        return rx is None or ry is None or rx == ry or rx[0] != ry[0]

    def fields(self, text: str) -> frozenset[str]:
        """What the minister or the ministry that a phrase names is for.

        >>> sorted(default_titles().fields("Deputy Minister of Foreign Affairs"))
        ['foreign']
        """
        words = re.findall(r"[a-z]+", text.lower())
        return frozenset().union(*(self._fields.get(word, set()) for word in words))

    def conflict(self, x: str, y: str) -> bool:
        """Whether one person can hardly be called both.

        >>> titles = default_titles()
        >>> titles.conflict("president", "special_representative")
        True
        >>> titles.conflict("foreign_minister", "secretary_of_state")
        False
        """
        ox, oy = self.offices[x], self.offices[y]
        if x == y or ox.generic or oy.generic:
            return False
        return y not in ox.compatible and x not in oy.compatible

    def confusion(self, right: str, wrong: str, language: str | None) -> Confusion | None:
        """The known confusion that turns one office into the other, if there is one."""
        rights, wrongs = ({o, self.offices[o].kind} for o in (right, wrong))
        if rights & wrongs - {""}:
            return None
        return next(
            (
                c
                for c in self.confusions
                if rights & c.right and wrongs & c.wrong and language in (None, c.language)
            ),
            None,
        )


_OF = re.compile(r"^\s+of\s+((?:[\w'’-]+\s*){1,7})")
_LOOK = 200
"""Characters to either side of an office in which what belongs to it stands."""
_SEATED = frozenset("my our your his her their".split())
_OWNERS = frozenset("his her their its s ’s 's".split())
_DEPUTY_OF = re.compile(r"\b(?i:deputy|vice|assistant)\s(?P<field>[A-Za-z][\w-]{1,30})\s$")
_DEPUTY = frozenset({"deputy", "vice", "assistant", "associate"})


@cache
def default_titles() -> Titles:
    """The packaged lexicon."""
    data = tomllib.loads((files("compare") / "data" / "titles.toml").read_text("utf-8"))
    offices = [
        Office(
            o["id"],
            tuple(o["forms"]),
            frozenset(o.get("compatible", ())),
            o.get("generic", False),
            o.get("kind", ""),
            tuple((form, word) for form, word in o.get("of", ())),
            o.get("single", False),
            tuple(frozenset(forms) for forms in o.get("rank", ())),
        )
        for o in data["office"]
    ]
    confusions = [
        Confusion(c["language"], c["source"], frozenset(c["right"]), frozenset(c["wrong"]))
        for c in data["confusion"]
    ]
    return Titles(offices, confusions, data["portfolios"])
