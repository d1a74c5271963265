"""Who is named: mentions of persons with their titles, and which mentions are one person.

spaCy finds most names; titles before a name and names known from the other text find the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compare.declared import Declared
from compare.names import fold, is_given_name, korean_parts, name_tokens, relate, same_token
from compare.polarity import is_word
from compare.records import Side, Span
from compare.titles import TitleMatch, Titles, default_titles
from compare.verbs import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from compare.annotate import Annotated

_CAP = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ][\w'’.-]{0,60}"
_PARTICLE = r"(?:(?:al|el|ul|ibn|bin|bint|de|da|dos|van|von|der|den|del|di|du|la|le)[-\s]){0,2}"
_AFTER_TITLE = re.compile(rf"\s+({_CAP}(?:\s+{_PARTICLE}{_CAP}){{0,3}})")
# "Paul Roy, who leads …", "Ida Holm, 46, …": what follows is said of people
_DESCRIBED = re.compile(rf"({_CAP}(?:\s+{_PARTICLE}{_CAP}){{1,2}}),\s+(?:who(?:se)?\b|\d\d,)")
# "Paik Seo-yeon": no other kind of English name has a small letter after its hyphen.
_KOREAN = re.compile(r"(?<![\w-])[A-Z][a-z]{0,5} [A-Z][a-z]{1,6}-[a-z]{1,6}(?![\w-])")
_SOFT = re.compile(r"\s[A-Z][a-z]+['’ʹ][a-z]{2,}\b")
"""A surname behind which spaCy sees no name for the sign in it: "Olga | Koval'chuk"."""
# "Salim | al-Hamrouni": the parser ends the name before its article
_ARABIC = re.compile(r"\s+(?:al|el|ul|as|ash|ad|an|ar|at|az|bin|ibn)[-\s][A-Z][\w'’-]*(?!\s+[A-Z])")
# It begins where nothing of its own stands before it, so that a long run is read once.
_BEHIND = re.compile(r"(?<!['’\s,.;:])(?<!['’]s)(?:['’]s?|[\s,.;:])+$")
_ARTICLE = re.compile(r"[a-z]{2,3}-[A-Z]")
# "Wadi Sarim" is a valley, "Deir Hafir" a monastery; a person's name does not begin so
_PLACES = frozenset(
    "wadi jebel jabal djebel tell deir dayr qalat kafr kfar beit bayt mount lake cape fort port "
    "puerto cerro playa ciudad nizhny verkhny kampong kampung pulau gunung tanjung".split()
)
_KIN_ADDRESS = frozenset(
    "aunt auntie uncle grandma grandpa granny grandmother grandfather brother sister teacher "
    "comrade master major sir dame father pastor".split()
)
REPORTING = frozenset(
    "say tell add explain note state claim declare announce insist argue stress emphasize "
    "emphasise reveal report comment remark warn admit deny confirm suggest believe think write "
    "reply respond ask call urge complain conclude continue recall affirm assert maintain "
    "mention describe acknowledge concede point express criticize criticise counter retort vow "
    "promise pledge shout joke caution testify recount lament praise condemn denounce "
    "castigate".split()
)
"""Verbs that tell what their subject says."""
_SPEAKING = REPORTING | frozenset(
    "express voice inform indicate signal underline underscore highlight reiterate refute rebut "
    "regret predict estimate clarify specify detail disclose observe opine assure exclaim "
    "protest object apologize apologise react answer contend allege accuse demand propose "
    "manifest confide deplore boast swear hint imply outline recommend fear hope".split()
)
"""Verbs whose subject speaks, and may do more: he fears, demands, reiterates."""
_NOT_PERSONS = frozenset(("ORG", "GPE", "NORP", "LOC", "FAC", "LAW", "EVENT", "DATE", "LANGUAGE"))
_LEADS = frozenset("of for at in to".split())
_JOINERS = _LEADS | frozenset("and the on".split())
# "who leads the conservatives" is an office, told by what its holder does
_DEEDS = re.compile(
    r",?\s+who\s+(leads|heads|runs|chairs|commands|governs|coaches)\s+"
    r"((?:the|a|an|its|his|her|their)\s+(?:[\w'’-]+\s*){1,4})"
)
_LEADS_AS = {
    "leads": "director",
    "heads": "director",
    "runs": "director",
    "chairs": "chair",
    "commands": "commander",
    "governs": "director",
    "coaches": "coach",
}
_PARTY = re.compile(
    r"(?i)\b(?:party|opposition|caucus|bloc|faction|conservatives|socialists|liberals|greens"
    r"|communists|democrats|republicans|nationalists|populists|centrists|lawmakers|deputies|mps"
    r"|senators|parliamentary group)\b"
)
_GIVEN = re.compile(
    rf"(?<![\w-])([A-ZÀ-Þ][\w-]+)\s+{_PARTICLE}([A-ZÀ-Þ][\w'’-]+)(?:\s+[A-ZÀ-Þ][\w'’-]+)?"
    r"(?![\w'’-]|\s+[A-ZÀ-Þ])"
)
_STOP_AFTER = re.compile(
    r"\b(?:son|daughter|wife|husband|widow|brother|sister|father|mother|son-in-law|successor|predecessor"
    r"|whose|where|said|says|told|while|when|after|before|but|and (?:his|her|their)|met"
    r"|of (?:former )?president"
    r"|aide to|lawyer for|spokesman for|adviser to|ally of|against|with|by)\b"
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december korean japanese chinese american "
    "russian german north south east west the a an he she it they we i you his her their our "
    "this that these those covid god christmas easter internet twitter facebook youtube google "
    "mr mrs ms dr sir".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; spans are document offsets."""

    side: Side
    sentence: int
    span: Span
    name: str
    title: TitleMatch | None = None
    """The office given here, its span in document offsets."""
    address: bool = False
    """The title stands directly before the name, as a form of address."""

    @property
    def whole(self) -> Span:
        """The name together with a title directly before it."""
        return (
            Span(self.title.span.start, self.span.end) if self.title and self.address else self.span
        )


@dataclass(slots=True)
class Person:
    """One person over both texts."""

    mentions: list[Mention] = field(default_factory=list)

    def on(self, side: Side) -> list[Mention]:
        return [m for m in self.mentions if m.side == side]

    def names(self, side: Side | None = None) -> list[str]:
        """The distinct name forms, longest first."""
        chosen = self.mentions if side is None else self.on(side)
        return sorted({m.name for m in chosen}, key=lambda n: (-len(name_tokens(n)), -len(n), n))

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return self.names()[0]


def persons(
    a: Annotated, b: Annotated, titles: Titles | None = None, declared: Declared | None = None
) -> tuple[Person, ...]:
    """Every person named in either text, with all mentions, in order of first mention.

    Args:
        a: one text.
        b: the other.
        titles: the lexicon of offices; the packaged one where None.
        declared: which names the user calls one, and which two.
    """
    lexicon = titles or default_titles()
    raw = {side.side: list(_names(side, lexicon)) for side in (a, b)}
    full = {name for found in raw.values() for _, _, name in found if len(name_tokens(name)) > 1}
    mentions: list[Mention] = []
    for side in (a, b):
        mentions += _with_titles(side, _propagate(side, raw[side.side], full), lexicon)
    return tuple(_cluster(mentions, declared or Declared()))


def speaking(doc: Doc) -> Iterator[Token]:
    """The words that are the subject of a verb of speech, in text order."""
    return (
        t
        for t in doc
        if (t.dep_ == "nsubj" or _behind(t)) and (_reports(t.head) or _goes_on(t.head))
    )


def _goes_on(verb: Token) -> bool:
    """Whether who does one thing says something next: "met with reporters and said"."""
    return any(
        c.dep_ == "conj" and _reports(c) and all(g.dep_ not in SUBJECTS for g in c.children)
        for c in verb.children
    )


def _behind(token: Token) -> bool:
    """Whether a subject behind its verb was taken for the object: "- Yes - adds the unionist."."""
    verb = token.head
    return (
        token.dep_ == "dobj"
        and token.i > verb.i
        and all(c.dep_ not in SUBJECTS for c in verb.children)
        and any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children)
    )


def _reports(verb: Token) -> bool:
    """Whether a verb tells that its subject speaks: "said", "raised his voice"."""
    voice = verb.lemma_ == "raise" and any(c.lower_ == "voice" for c in verb.children)
    return voice or verb.lemma_.lower() in _SPEAKING


def _names(side: Annotated, titles: Titles) -> Iterator[tuple[int, Span, str]]:
    """(sentence, span, name) of names that the text itself shows to be persons."""
    for sentence, doc in zip(side.document, side.docs, strict=True):
        taken: list[Span] = []
        for candidate in _candidates(sentence.text, doc, titles):
            whole = Span(sentence.start + candidate.start, sentence.start + candidate.end)
            span = _trim(side.text, whole, titles)
            if span is not None and not any(span.overlaps(t) for t in taken):
                taken.append(span)
                yield sentence.index, span, side.words(span)


def _candidates(text: str, doc: Doc, titles: Titles) -> Iterator[Span]:
    """Stretches of a sentence that may be a person's name, the surest first."""
    for match in _KOREAN.finditer(text):
        if korean_parts(name_tokens(match.group())):
            yield Span(*match.span())
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            rest = _ARABIC.match(text, ent.end_char) or _SOFT.match(text, ent.end_char)
            end = rest.end() if rest else ent.end_char
            yield Span(_given_before(doc, ent[0], ent.start_char, titles), end)
    for token in speaking(doc):  # unless it is an institution
        if token.pos_ == "PROPN" and token.ent_type_ not in _NOT_PERSONS:
            left = min((t.idx for t in token.subtree if t.dep_ == "compound"), default=token.idx)
            yield Span(_given_before(doc, token, left, titles), token.idx + len(token))
    described = [Span(*match.span(1)) for match in _DESCRIBED.finditer(text)]
    named = [
        Span(*match.span())
        for match in _GIVEN.finditer(text)
        if is_given_name(match[1]) and fold(match[2]) not in _NOT_NAMES
    ]
    for span in (*described, *named):
        ents = [e for e in doc.ents if span.overlaps(Span(e.start_char, e.end_char))]
        if not any(e.label_ in _NOT_PERSONS - {"ORG", "FAC"} for e in ents):
            yield span
    for title in titles.search(text):
        after = _AFTER_TITLE.match(text, title.span.end)
        # "the mayor Vito Campana"; a single word after a small letter is anything
        if after and (title.text[0].isupper() or " " in after[1]):
            span = Span(*after.span(1))
            ents = [e for e in doc.ents if span.overlaps(Span(e.start_char, e.end_char))]
            longer = any(e.label_ == "ORG" and len(e) > len(after[1].split()) for e in ents)
            if not longer and not any(e.label_ in _NOT_PERSONS - {"ORG", "FAC"} for e in ents):
                yield span


def _given_before(doc: Doc, name: Token, left: int, titles: Titles) -> int:
    """Where a name begins that the parser has cut: "Beatriz | Fontoura"."""
    if left < name.idx or name.i == 0:
        return left
    before = doc[name.i - 1]
    given = (
        before.pos_ == "PROPN"
        and before.is_title
        and before.is_alpha
        and before.lower_ not in _NOT_NAMES
        and before.idx + len(before) + 1 == name.idx
        and before.ent_type_ not in _NOT_PERSONS
        and not titles.search(before.text)
        and not is_word(before.lower_)
    )
    return before.idx if given else left


def _trim(text: str, span: Span, titles: Titles) -> Span | None:
    """A name without title, possessive and surrounding words; None where nothing is left."""
    start, end = span
    for title in titles.search(text[start:end]):
        if title.span.start == 0:
            start += title.span.end
            start += len(text[start:end]) - len(text[start:end].lstrip(" ."))
    m = _BEHIND.search(text[start:end])
    if m and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", text[start:end]):
        end = start + m.start()
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    while words and (
        not text[words[0][0]].isupper() or re.search(r"['’]s?$", text[slice(*words[0])])
    ):
        words.pop(0)  # "the", "Bavaria's"
    while words and (
        (
            not text[words[-1][0]].isupper()
            and text[words[-1][0]].isalpha()
            and not _ARTICLE.match(text, words[-1][0])
        )
        or text[words[-1][0] : words[-1][1]].lower() in ("the", "of")
    ):
        words.pop()
    if len(words) > 1 and text[slice(*words[0])].lower() in _KIN_ADDRESS:
        words.pop(0)  # "Aunt Wu"
    if not words or len(words) > 5:
        return None
    start, end = words[0][0], words[-1][1]
    name = text[start:end]
    if any(title.text == name for title in titles.search(name)):
        return None  # "the state | Health Secretary"
    tokens = name_tokens(name)
    if not tokens or any(c.isdigit() or c in '"“”()' for c in name) or "\n" in name:
        return None
    if len(tokens) > 1 and tokens[0] in _PLACES:
        return None
    if any(t in _NOT_NAMES for t in tokens) or len("".join(tokens)) < 2:
        return None
    return Span(start, end)


def _propagate(
    side: Annotated, raw: Sequence[tuple[int, Span, str]], full: set[str]
) -> list[tuple[int, Span, str]]:
    """Add the mentions that spaCy missed: known names, and their first or last word alone."""
    words: set[str] = set()
    for name in full:
        parts = name.split()
        words |= {name, parts[0], parts[-1]} if len(parts) > 1 else {name}
    words |= {name for _, _, name in raw}
    # "Jr." alone, the last word of "Roy Hale Jr.", names nobody.
    words = {w for w in words if len(fold(w)) > 1 and fold(w) not in _NOT_NAMES and name_tokens(w)}
    if not words:
        return list(raw)
    pattern = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
        + r")(?![\w-])"
    )
    out = list(raw)
    for sentence, doc in zip(side.document, side.docs, strict=True):
        taken = [span for index, span, _ in raw if index == sentence.index]
        others = [
            side.span(sentence, e)
            for e in doc.ents
            if e.label_ in ("GPE", "LOC", "NORP", "FAC", "ORG", "EVENT", "LAW") and len(e) > 1
        ]
        for m in pattern.finditer(sentence.text):
            span = Span(sentence.start + m.start(), sentence.start + m.end())
            if any(span.overlaps(t) for t in taken):
                continue
            if any(o.start <= span.start and span.end <= o.end and o != span for o in others):
                continue
            out.append((sentence.index, span, m.group()))
    return sorted(out, key=lambda item: item[1])


def _with_titles(
    side: Annotated, found: Iterable[tuple[int, Span, str]], titles: Titles
) -> Iterator[Mention]:
    offices: dict[int, tuple[TitleMatch, ...]] = {}
    for index, span, name in found:
        sentence = side.document.sentences[index]
        if index not in offices:
            offices[index] = titles.search(sentence.text)
        matches = offices[index]
        title, address = _title_of(
            sentence.text, Span(span.start - sentence.start, span.end - sentence.start), matches
        )
        if title is not None:
            shifted = Span(title.span.start + sentence.start, title.span.end + sentence.start)
            title = replace(title, span=shifted)
        yield Mention(side.side, index, span, name, title, address)


def _title_of(
    text: str, name: Span, matches: Sequence[TitleMatch]
) -> tuple[TitleMatch | None, bool]:
    """The office that a sentence gives to a name: before it, in apposition, or after "who as"."""
    before = [m for m in matches if m.span.end <= name.start]
    while len(before) > 1:  # "Minister of Justice Ada Holm" is no judge
        link = text[before[-2].span.end : before[-1].span.start]
        if not re.fullmatch(r"\s+(?:of|for)\s+(?:[A-Z]\w+,?\s+(?:and\s+)?)*", link):
            if re.fullmatch(r"\s*(?:,|and|&|-)\s*(?:[\w-]+\s+){0,2}", link):
                before = []  # "lawyer and constitutional judge": holds both
            break
        before.pop()
    if before:
        last = before[-1]
        gap = text[last.span.end : name.start]
        if not gap.strip():
            return last, True
        # "the company's chairwoman, his mother, Ida Holm"
        if re.fullmatch(r",(?:\s+(?:his|her|their)\s+[\w-]+,)?\s*", gap) and re.search(
            r"(?i)(?:\b(?:the|a|an|its|their|his|her)|['’]s)\s+(?:[\w-]+\s+)?$",
            text[: last.span.start],
        ):
            return last, False
        # "Minister of Trade and Industry Jeon", "special representative for North Korea, Sung Kim"
        words = re.findall(r"[\w'’-]+", gap)
        if (
            0 < len(words) <= 10
            and not re.search(r"[.;:!?()\"“”]", gap)
            and words[0].lower() in _LEADS
            and all(w[0].isupper() or w.lower() in _JOINERS for w in words)
        ):
            return last, False
        # "the minister of health, Paul Roy", "the chairman of the council Paul Roy"
        field = re.fullmatch(
            r"\s+(?:of|for)\s+(?:the\s+|its\s+|their\s+)?[a-z-]+(?:\s+and\s+[a-z-]+|(?:\s+[a-z-]+){0,2})?,?\s+",
            gap,
        )
        if field and (gap.rstrip().endswith(",") or " " in text[slice(*name)]):
            return last, False
    rest = text[name.end :]
    deed = _DEEDS.match(rest)
    if deed:
        office = _LEADS_AS[deed[1]]
        if office == "director" and _PARTY.search(deed[2]):
            office = "party_leader"
        span = Span(name.end + deed.start(1), name.end + len(deed.group().rstrip()))
        return TitleMatch(span, office, text[span.start : span.end]), False
    m = re.match(
        r"(?:['’]s)?(?:,\s*(?:who\s+)?(?:as\s+|is\s+|was\s+)?|\s+\(|\s+(?:is|was|as|became)\s+)",
        rest,
    )
    if m:
        start = name.end + m.end()
        window = re.split(r"[,;:()“”\"]", text[start : start + 120])[0]
        stop = _STOP_AFTER.search(window)
        if stop:
            window = window[: stop.start()]
        for match in matches:
            if start <= match.span.start and match.span.end <= start + len(window):
                lead = text[start : match.span.start]
                if text[match.span.end : match.span.end + 2] in ("'s", "’s"):
                    continue  # "the minister's closest deputy"
                also = re.match(r"\s*(?:and|&)\s", text[match.span.end :])
                if (
                    not also
                    and len(lead.split()) <= 8
                    and not re.search(r"\b(?:of|to|for|from|that|whether|if)\b", lead)
                ):
                    return match, False
                break
    return None, False


def _cluster(mentions: Sequence[Mention], declared: Declared) -> list[Person]:
    """Full names first, then shorter forms to the person they fit best."""
    people: list[Person] = []
    short: list[Mention] = []
    for mention in mentions:
        if len(name_tokens(mention.name)) < 2:
            short.append(mention)
            continue
        free = _free(mention, people, declared)
        # the same text spells one person in one way more often than not, so exact forms first
        home = next(
            (p for p in free if any(relate(mention.name, n) == "same" for n in p.names())), None
        )
        home = home or next(
            (
                p
                for p in free
                if any(relate(mention.name, n) in ("variant", "part") for n in p.names())
            ),
            None,
        )
        if home is None:
            home = Person()
            people.append(home)
        home.mentions.append(mention)
    for mention in short:
        home = _home(mention, _free(mention, people, declared))
        if home is None:
            home = Person()
            people.append(home)
        home.mentions.append(mention)
    people = [
        Person([m for p in group for m in p.mentions])
        for group in declared.merged(people, Person.names)
    ]
    for person in people:
        person.mentions.sort(key=lambda m: (m.side, m.span))
    return people


def _free(mention: Mention, people: Sequence[Person], declared: Declared) -> list[Person]:
    """Those whom the user does not call somebody else than the one mentioned."""
    return [p for p in people if not declared.two(mention.name, [m.name for m in p.mentions])]


def _home(mention: Mention, people: Sequence[Person]) -> Person | None:
    """The person that a single word stands for: own text and exact spelling before others."""
    word = name_tokens(mention.name)[0]

    def fits(person: Person, side: Side | None, exact: bool) -> bool:
        tokens = [t for n in person.names(side) for t in name_tokens(n)]
        return any(t == word if exact else same_token(t, word) for t in tokens)

    for side, exact in ((mention.side, True), (None, True), (mention.side, False), (None, False)):
        fitting = [p for p in people if fits(p, side, exact)]
        if len(fitting) > 1 and mention.title is not None:
            office = mention.title.office
            agreeing = [
                p for p in fitting if any(m.title and m.title.office == office for m in p.mentions)
            ]
            fitting = agreeing or fitting
        if fitting:
            before = [
                (m.span.start, i)
                for i, p in enumerate(fitting)
                for m in p.on(mention.side)
                if m.span.start < mention.span.start and len(name_tokens(m.name)) > 1
            ]
            return fitting[max(before)[1]] if before else fitting[0]
    return None
