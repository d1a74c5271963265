"""``name``: one person under two spellings in one text, or another person in the other text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from compare.annotate import Context
from compare.checks import name_words
from compare.checks.base import Check, Draft, Example, ordered, said_one
from compare.descriptors import is_person_noun
from compare.names import (
    fold,
    given_gender,
    is_given_name,
    name_tokens,
    relate,
    same_token,
    shared_tokens,
)
from compare.persons import Mention, Person, speaking
from compare.polarity import is_word, one_sense
from compare.records import OTHER, SIDES, Group, LikelySide, Place, Side, Span
from compare.titles import default_titles

_CAPITAL = re.compile(r"(?<![\w-])[A-ZÀ-Þ][\w'’-]+")

_MISREAD = 50
"""Character similarity of two words from which they can be two readings of one name."""


def find(context: Context) -> Iterator[Draft]:
    """Inconsistent spelling within each text, then different names across the texts."""
    return (draft for draft in _drafts(context) if not said_one(context, draft))


def _drafts(context: Context) -> Iterator[Draft]:
    for person in context.persons:
        for side in SIDES:
            yield from _inconsistent(context, person, side)
    for side in SIDES:
        yield from _mistyped(context, side)
        yield from _inflected(context, side)
        yield from _two_surnames(context, side)
        yield from _patronymic(context, side)
        yield from _became_a_word(context, side)
        yield from _given_name_as_word(context, side)
    yield from name_words.find(context)
    yield from _of_the_other_gender(context)
    told = list(_different(context))
    yield from told
    for side in SIDES:
        for draft in _nobody_else(context, side):
            if all((draft.a, draft.b) != (d.a, d.b) for d in told):
                yield draft


def _inflected(context: Context, side: Side) -> Iterator[Draft]:
    """A surname with another ending than elsewhere in its text; the other text has it as it was."""
    here, there = context.side(side), context.side(OTHER[side])
    words = {fold(w) for w in _CAPITAL.findall(there.text)}
    told: set[str] = set()
    for person in context.persons:
        own = {t for m in person.on(side) for t in name_tokens(m.name) if len(t) >= 5}
        for mention in person.on(OTHER[side]):
            group = context.group_of(OTHER[side], mention.sentence)
            surnames = own & set(name_tokens(mention.name))
            if group is None or not surnames:
                continue
            for sentence in group.side(side):
                if any(m.sentence == sentence.index for m in person.on(side)):
                    continue
                for match in _CAPITAL.finditer(sentence.text):
                    word = fold(match.group().removesuffix("'s").removesuffix("’s"))
                    near = next((t for t in surnames if _one_stem(t, word)), None)
                    if near is None or word in words or word in told:
                        continue
                    told.add(word)
                    span = Span(sentence.start + match.start(), sentence.start + match.end())
                    first = next(m for m in person.on(side) if near in name_tokens(m.name))
                    yield Draft(
                        *ordered(side, span, mention.span),
                        message=(
                            f"{side.upper()} writes “{here.words(span)}” for {person.name}, whom "
                            f"it calls “{first.name}” elsewhere: readers may take them for two "
                            "people."
                        ),
                        severity="minor",
                        confidence=0.7,
                        likely_side=side,
                        category="terminology/inconsistent",
                        anchor=f"{near} {word}",
                        places=(Place(side, *first.span),),
                    )


def _one_stem(surname: str, word: str) -> bool:
    """Whether a word is a surname with another ending: "Akhmadulina" for Akhmadulin."""
    if surname == word or abs(len(surname) - len(word)) > 2:
        return False
    stem = min(len(surname), len(word)) - 1
    return stem >= 5 and surname[:stem] == word[:stem]


def _nobody_else(context: Context, side: Side) -> Iterator[Draft]:
    """A person whom nothing else mentions, where the other text has one whom both know."""
    for group in context.linked:
        if len(group.a) != 1 or len(group.b) != 1:
            continue
        here = {s: [(p, m) for p, m in _in_group(list(context.persons), group, s)] for s in SIDES}
        if len(here["a"]) != 1 or len(here["b"]) != 1:
            continue
        (odd, mention), (known, partner) = here[side][0], here[OTHER[side]][0]
        if (
            odd is known
            or len(odd.mentions) > 1
            or not known.on(side)
            or not known.on(OTHER[side])
            or _stands_in(context.side(OTHER[side]).text, odd.name)
            or relate(odd.name, known.name) != "different"
        ):
            continue
        speak = _speaks(context, mention) and _speaks(context, partner)
        if not speak and not _same_office(mention, partner):
            continue
        alike = max(
            fuzz.ratio(x, y) for x in name_tokens(odd.name) for y in name_tokens(known.name)
        )
        misread = alike >= _MISREAD or _same_office(mention, partner)
        yield Draft(
            *ordered(side, mention.span, partner.span),
            message=(
                f"{side.upper()} names “{mention.name}”, whom neither text mentions again, where "
                f"{OTHER[side].upper()} has {known.name}: "
                + ("a misread name." if misread else "another speaker.")
            ),
            severity="major",
            confidence=0.7 if misread else 0.6,
            likely_side=side if misread else "unknown",
            category="" if misread else "accuracy/mistranslation",
            anchor=f"{mention.name} {known.name}",
        )


def _mistyped(context: Context, side: Side) -> Iterator[Draft]:
    """A surname that stands for nobody and is one letter away from somebody's."""
    there = context.side(OTHER[side]).text
    known = [p for p in context.persons if _full(p, side)]
    for odd in context.persons:
        mentions = odd.on(side)
        if (
            not mentions
            or odd.on(OTHER[side])
            or any(len(name_tokens(m.name)) > 1 for m in mentions)
        ):
            continue
        (word, *_) = name_tokens(mentions[0].name)
        if len(word) < 5 or fold(word) in (fold(w) for w in there.split()):
            continue
        for person in known:
            near = next(
                (
                    t
                    for m in person.on(side)
                    for t in name_tokens(m.name)
                    if t != word and len(t) >= 5 and t[0] == word[0] and fuzz.ratio(t, word) >= 80
                ),
                None,
            )
            if near is None:
                continue
            partner = _beside(context, mentions[0], person)
            yield Draft(
                *ordered(side, mentions[0].span, partner.span if partner else None),
                message=(
                    f"{side.upper()} names “{mentions[0].name}”, nobody else in either text, "
                    f"beside {person.name}: probably one person misspelled."
                ),
                severity="minor",
                confidence=0.7,
                likely_side=side,
                category="terminology/inconsistent",
                anchor=f"{word} {near}",
            )
            break


def _two_surnames(context: Context, side: Side) -> Iterator[Draft]:
    """Two full names of one text that differ in a letter or two, where the other text has one."""
    full = [p for p in context.persons if _full(p, side)]
    for odd in full:
        if odd.on(OTHER[side]) or len(odd.on(side)) > 1:
            continue
        mention = odd.on(side)[0]
        tokens = name_tokens(mention.name)
        for person in full:
            near = next((m for m in person.on(side) if _one_letter(tokens, m.name)), None)
            if person is odd or near is None or not person.on(OTHER[side]):
                continue
            partner = _beside(context, mention, person)
            yield Draft(
                *ordered(side, mention.span, partner.span if partner else None),
                message=(
                    f"{side.upper()} names “{mention.name}” here and “{near.name}” elsewhere, "
                    f"{OTHER[side].upper()} only {person.on(OTHER[side])[0].name}: one person "
                    "under two names."
                ),
                severity="minor",
                confidence=0.75,
                likely_side=side,
                category="terminology/inconsistent",
                anchor=f"{mention.name} {near.name}",
                places=(Place(side, *near.span),),
            )
            break


def _one_letter(tokens: tuple[str, ...], name: str) -> bool:
    """Whether another name differs in the spelling of one token, by at most two letters."""
    others = name_tokens(name)
    if len(tokens) != len(others) or len(tokens) < 2:
        return False
    differ = [(x, y) for x, y in zip(tokens, others, strict=True) if x != y]
    if len(differ) != 1 or sum(map(len, tokens)) < 8:
        return False
    x, y = differ[0]
    return x[0] == y[0] and Levenshtein.distance(x, y) <= (1 if min(len(x), len(y)) < 6 else 2)


_PATRONYMIC = re.compile(r"(?:ov|ev)(?:ich|ych|itch|na)$|inichna$")


def _patronymic(context: Context, side: Side) -> Iterator[Draft]:
    """Somebody called by the father's name alone, as if it were the surname: "Mr. Pavlovich"."""
    for person in context.persons:
        middle = {
            tokens[1]
            for m in person.mentions
            if len(tokens := name_tokens(m.name)) > 2 and _PATRONYMIC.search(tokens[1])
        }
        for mention in person.on(side):
            tokens = name_tokens(mention.name)
            if len(tokens) != 1 or tokens[0] not in middle:
                continue
            partner = _beside(context, mention, person)
            yield Draft(
                *ordered(side, mention.span, partner.span if partner else None),
                message=(
                    f"{side.upper()} calls {person.name} “{mention.name}”: that is the father's "
                    "name, not the surname."
                ),
                severity="major",
                confidence=0.8,
                likely_side=side,
                anchor=f"{person.name} {mention.name}",
            )
            break


_AGED = re.compile(
    r"(?:[A-Z][\w'’.-]{0,60}[ ,]+){0,3}\b([A-Z][a-z]{2,})(?: \((?:aged )?\d\d\)|, \d\d,)"
)


def _became_a_word(context: Context, side: Side) -> Iterator[Draft]:
    """A surname that was translated, beside an office or an age: "Representative Table (58)"."""
    there = context.side(OTHER[side])
    titles = default_titles()
    theirs = {fold(w) for w in re.findall(r"[^\W\d_]+", there.text)}
    for group in context.linked:
        inside = {s.index for s in group.side(side)}
        missing = [
            (p, m)
            for p, m in _in_group(list(context.persons), group, OTHER[side])
            if _full(p, OTHER[side]) and not any(n.sentence in inside for n in p.on(side))
        ]
        if len(missing) != 1:
            continue
        person, partner = missing[0]
        for sentence in group.side(side):
            for match in _AGED.finditer(sentence.text):
                word = match[1].lower()
                start = match.start(1)
                office = next(
                    (t for t in titles.search(sentence.text) if t.span.end + 1 == start), None
                )
                if (
                    office is None
                    or not is_word(word)
                    or word in theirs
                    or titles.search(match[1])
                    or is_given_name(match[1])
                ):
                    continue
                span = Span(sentence.start + office.span.start, sentence.start + match.end(1))
                yield _told_as_word(context, side, span, partner, person.name, word, 0.75)


def _told_as_word(
    context: Context,
    side: Side,
    span: Span,
    partner: Mention,
    name: str,
    word: str,
    confidence: float,
) -> Draft:
    """A name of the other side that a side has as a word."""
    words = context.side(side).words(span)
    return Draft(
        *ordered(side, span, partner.span),
        message=(
            f"{side.upper()} has “{words}” where {OTHER[side].upper()} has {name}: a name was "
            "translated as a word."
        ),
        severity="major",
        confidence=confidence,
        likely_side=side,
        anchor=f"{name} {word}",
    )


def _given_name_as_word(context: Context, side: Side) -> Iterator[Draft]:
    """A given name that was translated: "Peace Kolçak" where the other text has Barış Kolçak."""
    here = context.side(side)
    for person in context.persons:
        mention = next((m for m in person.on(OTHER[side]) if len(m.name.split()) > 1), None)
        if mention is None or _full(person, side):
            continue
        if not any(m.title for m in person.mentions) and len(person.mentions) < _SURELY_SOMEBODY:
            continue  # "Nasty Nature", a book
        given, surname = mention.name.split()[0], mention.name.split()[-1]
        if any(is_word(w.lower()) for w in (given, surname)) or len(surname) < _SURNAME:
            continue
        for sentence in here.document:
            doc = here.docs[sentence.index]
            at = next((t for t in doc if fold(t.text) == fold(surname) and t.i), None)
            word = at.nbor(-1) if at is not None else None
            if at is None or word is None or word.head != at or word.dep_ != "compound":
                continue
            if not word.text[:1].isupper() or word.pos_ not in ("NOUN", "PROPN"):
                continue
            lemma = word.text.lower()
            if not is_word(lemma) or is_person_noun(lemma) or is_given_name(word.text):
                continue
            if default_titles().search(f"{word.text} {at.text}") or word.ent_type_ in _NO_NAME:
                continue
            span = here.span(sentence, word).cover(here.span(sentence, at))
            yield _told_as_word(context, side, span, mention, mention.name, lemma, 0.7)
            break


_SURNAME = 4
_SURELY_SOMEBODY = 3
"""Mentions of both texts together."""
_NO_NAME = frozenset(("NORP", "GPE", "LOC", "DATE"))
_OF_A_WOMAN = re.compile(r"(?:ov|ev|yov|in|yn)a$|(?:sk|tsk)aya$|(?:ov|ev)á$")


def _of_the_other_gender(context: Context) -> Iterator[Draft]:
    """A man under a woman's form of his surname: "Roman Belyaeva", a case ending that was kept."""
    for person in context.persons:
        for side in SIDES:
            for mention in person.on(side):
                words = mention.name.split()
                if len(words) < 2 or not _OF_A_WOMAN.search(words[-1]):
                    continue
                partner = _beside(context, mention, person)
                if partner is None or given_gender(mention.name) != "m":
                    continue
                theirs = partner.name.split()[-1]
                if _OF_A_WOMAN.search(theirs):
                    continue
                if not same_token(
                    fold(words[-1].removesuffix("a").removesuffix("á")), fold(theirs)
                ):
                    continue
                yield Draft(
                    *ordered(side, mention.span, partner.span),
                    message=(
                        f"{side.upper()} gives a man a woman's form of the surname "
                        f"(“{mention.name}”), {OTHER[side].upper()} has “{partner.name}”."
                    ),
                    severity="minor",
                    confidence=0.75,
                    likely_side=side,
                    anchor=f"{partner.name} {words[-1].lower()}",
                )
                break


def _inconsistent(context: Context, person: Person, side: Side) -> Iterator[Draft]:
    """A surname or given name that one text writes in two ways."""
    mentions = person.on(side)
    first: dict[str, Mention] = {}
    for mention in mentions:
        for token in name_tokens(mention.name):
            first.setdefault(token, mention)
    tokens = list(first)
    told: set[Mention] = set()
    for i, usual in enumerate(tokens):
        odd = [
            t
            for t in tokens[i + 1 :]
            if len(t) > 1
            and len(usual) > 1
            and t.replace("-", "") != usual.replace("-", "")
            and same_token(usual, t)
            # both in one full name are two words of it, not two spellings of one
            and not any({usual, t} <= set(name_tokens(m.name)) for m in mentions)
        ]
        for token in odd:
            places = [m for m in mentions if token in name_tokens(m.name)]
            here = places[0]
            if here in told:
                continue  # surname and given name of one mention are one finding
            told.update(places)
            partner = _beside(context, here, person)
            written = next(
                w for w in here.name.replace(".", " ").split() if fold(w) == token.replace("-", "")
            )
            yield Draft(
                *ordered(side, here.span, partner.span if partner else None),
                message=(
                    f"{side.upper()} writes one person as “{first[usual].name}” and as "
                    f"“{written}”: readers may take them for two people."
                ),
                severity="minor",
                confidence=0.85 if partner else 0.6,
                likely_side=side,
                category="terminology/inconsistent",
                anchor=f"{usual} {token}",
                places=(
                    *(Place(side, *m.span) for m in places[1:]),
                    Place(side, *first[usual].span),
                ),
            )


def _beside(context: Context, mention: Mention, person: Person) -> Mention | None:
    """The other text's mention of the person in the same group."""
    other = OTHER[mention.side]
    group = context.group_of(mention.side, mention.sentence)
    inside = {s.index for s in group.side(other)} if group else set()
    return next((m for m in person.on(other) if m.sentence in inside), None)


def _different(context: Context) -> Iterator[Draft]:
    """A person only in A and a person only in B who stand for each other in a group."""
    only: dict[Side, list[Person]] = {
        side: [p for p in context.persons if p.on(side) and not _full(p, OTHER[side])]
        for side in SIDES
    }
    told: set[tuple[int, int]] = set()
    for group in context.linked:
        here = {side: _in_group(only[side], group, side) for side in SIDES}
        for person_a, mention_a in here["a"]:
            for person_b, mention_b in here["b"]:
                key = (id(person_a), id(person_b))
                if key in told:
                    continue
                draft = _compare(context, group, here, (person_a, mention_a), (person_b, mention_b))
                if draft is not None:
                    told.add(key)
                    yield draft


def _full(person: Person, side: Side) -> bool:
    """Whether one side gives more than one word of a person's name."""
    return any(len(name_tokens(m.name)) > 1 for m in person.on(side))


def _in_group(people: list[Person], group: Group, side: Side) -> list[tuple[Person, Mention]]:
    inside = {s.index for s in group.side(side)}
    found = []
    for person in people:
        mention = next((m for m in person.on(side) if m.sentence in inside), None)
        if mention is not None:
            found.append((person, mention))
    return found


_TRADES = tuple(
    frozenset(words.split())
    for words in (
        "line lines shipping marine maritime ferry ferries navigation",
        "airline airlines airways air aviation",
        "motor motors auto automobile automotive cars",
        "electronics electric electrical",
        "chemical chemicals chemistry",
        "pharma pharmaceutical pharmaceuticals",
        "construction engineering building builders",
        "foods food foodstuffs",
        "railway railways rail railroad",
    )
)
"""What stands for one word in the name of a company, which the recognizer may take for a person."""


def _translated(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names differ by a word that was translated in two ways: Calm, Quiet Nights."""
    own, other = [w for w in a if w not in b], [w for w in b if w not in a]
    if len(own) != 1 or len(other) != 1 or len(a) < 2:
        return False
    trade = any({own[0], other[0]} <= words for words in _TRADES)
    return trade or one_sense(own[0], other[0])


def _compare(
    context: Context,
    group: Group,
    here: dict[Side, list[tuple[Person, Mention]]],
    a: tuple[Person, Mention],
    b: tuple[Person, Mention],
) -> Draft | None:
    (person_a, mention_a), (person_b, mention_b) = a, b
    # "Leonardo of Vinci" is told by where he is from
    name_a, name_b = (p.name.partition(" of ")[0] for p in (person_a, person_b))
    if f"{name_a}s" == name_b or f"{name_b}s" == name_a:
        return None  # "the Levis"
    tokens_a, tokens_b = name_tokens(name_a), name_tokens(name_b)
    if relate(name_a, name_b) != "different":
        return None
    if _stands_in(context.a.text, name_b) or _stands_in(context.b.text, name_a):
        return None
    if _translated(tokens_a, tokens_b):
        return None
    shared = shared_tokens(name_a, name_b)
    alike = fuzz.ratio(" ".join(sorted(tokens_a)), " ".join(sorted(tokens_b)))
    alone = len(here["a"]) == len(here["b"]) == 1
    full = len(tokens_a) > 1 and len(tokens_b) > 1
    if shared and full:
        what, confidence = "one name differs: another person, or a misread name", 0.75
    elif alike >= 75 and min(len(tokens_a[-1]), len(tokens_b[-1])) >= 4:
        what, confidence = "the spelling differs and no romanisation system explains it", 0.65
    elif (
        alone and full and _same_office(mention_a, mention_b) and len(group.a) == len(group.b) == 1
    ):
        what, confidence = "the same office, another person", 0.7
    elif (
        alone
        and len(group.a) == len(group.b) == 1
        and _speaks(context, mention_a)
        and _speaks(context, mention_b)
        and not any(w.isupper() and len(w) > 2 for n in (name_a, name_b) for w in n.split())
    ):
        what, confidence = "the same words, another speaker or a misread name", 0.6
    else:
        return None
    likely, why = _own_other(context, name_a, name_b) if shared and full else ("unknown", "")
    return Draft(
        a=_fullest(person_a, mention_a).span,
        b=_fullest(person_b, mention_b).span,
        message=f"A names {name_a}, B {name_b}{why}: {what}.",
        severity="minor" if alike >= 75 else "major",
        confidence=confidence,
        likely_side=likely,
        anchor=f"{name_a} {name_b}",
    )


def _own_other(context: Context, name_a: str, name_b: str) -> tuple[LikelySide, str]:
    """The side that has the other side's name elsewhere, or a word of English in its place."""
    names: dict[Side, str] = {"a": name_a, "b": name_b}
    own: dict[Side, tuple[str, ...]] = {
        side: tuple(
            t
            for t in name_tokens(names[side])
            if not any(same_token(t, o) for o in name_tokens(names[OTHER[side]]))
        )
        for side in SIDES
    }
    found: list[tuple[Side, str]] = []
    for side in SIDES:
        words = {fold(w) for w in _CAPITAL.findall(context.side(side).text)}
        found += [
            (side, f"; {side.upper()} itself has “{t.capitalize()}” elsewhere")
            for t in own[OTHER[side]]
            if t in words
        ][:1]
    if not found:
        found = [
            (side, f"; “{t.capitalize()}” is a word that may have been translated")
            for side in SIDES
            for t in own[side]
            if is_word(t)
        ]
    return found[0] if len(found) == 1 else ("unknown", "")


def _speaks(context: Context, mention: Mention) -> bool:
    """Whether a person is the subject of a verb of speech."""
    side = context.side(mention.side)
    sentence = side.document.sentences[mention.sentence]
    subjects = speaking(side.docs[mention.sentence])
    return any(mention.span.overlaps(side.span(sentence, t)) for t in subjects)


def _fullest(person: Person, mention: Mention) -> Mention:
    """Where the text first gives the whole name, which is what differs."""
    return next((m for m in person.on(mention.side) if len(name_tokens(m.name)) > 1), mention)


def _same_office(a: Mention, b: Mention) -> bool:
    return a.title is not None and b.title is not None and a.title.office == b.title.office


def _stands_in(text: str, name: str) -> bool:
    """Whether a name stands in a text as it is, in either order, however the parser read it."""
    words = [fold(w) for w in text.replace("-", " ").split()]
    parts = [fold(w) for w in name.replace("-", " ").split()]
    orders = (parts, parts[1:] + parts[:1], parts[-1:] + parts[:-1])
    n = len(parts)
    return any(words[i : i + n] in orders for i in range(len(words) - n + 1))


CHECK = Check(
    id="name",
    summary="One person spelled in two ways within a text, or another name in the other text.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Iraq striker Saeed Makhlouf has joined the club.",
            "The attacker, the happy Makhlouf, has joined the club.",
        ),
        Example(
            "Barış Kolçak, a lawyer for the growers, called it a lesson. Kolçak thanked them.",
            "Peace Kolçak, the attorney of the producers, called it a lesson. Kolçak thanked them.",
        ),
        Example(
            "The mine's chief engineer, Roman Belyaev, denies any guilt.",
            "The chief engineer of the mine Roman Belyaeva denies any guilt.",
        ),
        Example(
            ("Noh Kyu-duk met reporters.", "Noh said talks went well."),
            ("Noh Kyu-deok met reporters.", "Roh said talks went well."),
        ),
        Example("“We wait,” said economist Jun Kamiya.", "Economist Kamitani Jun said: “We wait.”"),
        Example(
            "Minister Olga Petrova opened the bridge.", "Minister Olga Pavlova opened the bridge."
        ),
        # a surname that was translated, and stands as it is elsewhere
        Example(
            ("The mayor Vito Bell was angry.", "Campana left."),
            ("Mayor Vito Campana was angry.", "He left."),
        ),
        # another reading of the characters
        Example(
            ("Yoshihiro Kusakabe spoke.", "“We wait,” Kusakabe said."),
            ("Kusakabe Yoshihiro spoke.", "“We wait,” Hinokabe said."),
        ),
        # the accusative of a man's surname
        Example(
            ("Ruslan Akhmadulin left.", "Police searched Akhmadulin's house."),
            ("Ruslan Akhmadulin left.", "Police searched Akhmadulina at home."),
        ),
        Example("Head coach Choi Jin-ok spoke.", "Head coach Choi Jin-wook spoke."),
        # one person under two surnames
        Example(
            ("Sohn Ye-rin spoke.", "She left."),
            ("Son Ye-rin spoke.", "Song Ye-rin left."),
        ),
        Example(
            ("Andrei Tarasenko came.", "He spoke."),
            ("Andrei Pavlovich Tarasenko came.", "Mr. Pavlovich spoke."),
        ),
        Example(
            ("Pyo Min-su came.", "“We lost,” said Pyo, 58, who leads the company."),
            ("Pyo Min-su came.", "Representative Table (58), who leads it, said, “We lost.”"),
        ),
    ),
    passes=(
        Example(
            "The train stood in Hof, near the court.", "Near the court in Hof stood the train."
        ),
        Example("The engineer Roman Belyaev denies it.", "Engineer Roman Beliaev denies it."),
        Example("The spokeswoman Irina Ladina denies it.", "Spokeswoman Irina Ladina denied it."),
        Example(
            "The suit was filed by the citizens' group Quiet Nights.",
            "The association Calm Nights had filed the suit.",
        ),
        Example(
            "She is the head of the ferry operator Dadohae Line.",
            "She is the representative director of Dadohae Shipping.",
        ),
        Example(
            "Zahra Rezvani teaches there.",
            "Zahra-ye Rezvani teaches there.",
        ),
        Example(
            "Wael Daoud won the vote.",
            "Wa'il Dawood won the vote.",
        ),
        # a valley is nobody
        Example(
            ("Aid reached Wadi Sarim.", "Salim al-Hamrouni led the talks.", "Wadi Sarim starved."),
            ("Aid reached Wadi Sarem.", "Salem Al-Hamrouni led the talks.", "Wadi Sarem starved."),
        ),
        Example("Dr. Huda Mansour spoke by telephone.", "Dr. Hoda Mansour spoke on the phone."),
        Example("Serhiy Melnyk resigned.", "Sergei Melnik stepped down."),
        Example("Noh Kyu-duk met reporters.", "Noh Kyu-deok met reporters."),
        Example("Kenzo Arimoto met reporters.", "Arimoto Kenzo met reporters."),
        Example("Chun Il-gu died on Tuesday.", "Jeon Il-gu died on Tuesday."),
        Example("Yūko Ōtsuka disagreed.", "Ohtsuka Yuko disagreed."),
        Example("Volodymyr Zelensky arrived.", "Vladimir Zelenskiy arrived."),
        Example("Muhammad al-Masri agreed.", "Mohammed el-Masry agreed."),
        Example(
            ("Kim Jong-un met Kim Yo-jong.", "Kim Yo-jong smiled."),
            ("Kim Yo-jong met Kim Jong-un.", "Kim Yo-jong smiled."),
        ),
        Example("“We wait,” said Jun Kamiya.", "“We wait,” said the economist."),
        Example("Chan Wai-ming agreed.", "Chen Weiming agreed."),
        Example(
            ("Anna Novak met Anna Kovak.", "They left."),
            ("Anna Novak met Anna Kovak.", "They went away."),
        ),
        Example(
            ("Andrei Pavlovich Tarasenko came.", "He left."),
            ("Andrei Pavlovich came.", "He left."),
        ),
        Example("Djoko Soetrisno agreed.", "Joko Sutrisno agreed."),
        Example("Abdel Rahman al-Tayeb agreed.", "Abdulrahman Al-Tayyib agreed."),
        Example(
            ("Ruslan Akhmadulin left.", "Akhmadulin's wife stayed."),
            ("Ruslan Akhmadulin left.", "Akhmadulin’s wife stayed."),
        ),
        Example(
            ("Ida Holm spoke.", "Holm said it rained."),
            ("Ida Holm spoke.", "Holm's aide Jan Vik said it rained."),
        ),
    ),
)
