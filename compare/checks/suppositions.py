"""What is only supposed in one text and said to be so in the other, for ``modality``.

A condition without "if" told as a wish; what would be, had something else been; a suspicion told as
a finding. By the words that both texts must have; the articles are otherwise free in their verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.annotate import Context
from compare.checks.base import Draft, either_way, ordered, part, said, two_ways
from compare.match import match
from compare.polarity import negated
from compare.records import OTHER, SIDES, Group
from compare.verbs import PERFECT, past

_HAD_IT_BEEN = re.compile(
    r"\bif\s[^.;“”\"]{0,80}?\b(?:had|['’]d)\s(?:\w{1,20}\s){0,2}?"
    r"\w{1,20}(?:ed|en|ne|wn|ght|lt|pt|nt|de|ld|ad|id|un|ut|ost|orn)\b"
    r"|\bhad\s(?:the\s)?(?:\w{1,20}\s){1,4}?(?:not\s)?(?:been|\w{1,20}ed)\b(?=[^.;]{0,150}\bwould\b)",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bhad\b|['’]d\b")
_WOULD = re.compile(r"\b(?:would|could|might)\b|['’]d\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|provided|in\scase|unless)\b", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|are|will|can|has|have)\b|['’](?:s|re|ll)\s", re.IGNORECASE)


def contrary_to_fact(context: Context, group: Group) -> Iterator[Draft]:
    """If the sensors had worked, they would be alive; if they worked, they are alive."""
    for side in SIDES:
        here, there = said(_HAD_IT_BEEN, group, side), said(_IF, group, OTHER[side])
        would, turned = said(_WOULD, group, side), said(_WOULD, group, OTHER[side])
        if not (len(here) == len(there) == 1) or not would or turned:
            continue
        (sentence, supposed), (partner, open_) = here[0], there[0]
        if sentence.text[supposed.start()].lower() == "h" and supposed.start():
            continue  # "the match had not been stopped, he said, and would …"
        if _HAD.search(partner.text):
            continue
        so = next(
            (m for m in _IS.finditer(partner.text) if not open_.start() <= m.start() < open_.end()),
            None,
        )
        if so is None:
            continue
        told = next((m for s, m in would if s is sentence), supposed)
        ends = [
            (min(x.start(), y.start()), max(x.end(), y.end()))
            for x, y in ((supposed, told), (open_, so))
        ]
        yield Draft(
            *ordered(side, part(sentence, *ends[0]), part(partner, *ends[1])),
            message=(
                f"{side.upper()} tells what did not come about (“{would[0][1].group()}”), "
                f"{OTHER[side].upper()} has it open or so."
            ),
            severity="major",
            confidence=0.7,
            anchor=f"{supposed.group().lower()} | {open_.group().lower()}",
        )
        return


_SHOULD = re.compile(
    r"(?:^|[,;:]\s|[“\"])(?:\s|“|\")?Should\s(?!I\b|we\b)(?P<who>[^,;?]{3,120}?),", re.M
)
_SHOULD_BE = re.compile(r"(?<!^)(?<![“\"])\bshould\s(?P<verb>\w+)")
_HYPOTHETICAL = re.compile(
    r"\b(?:if|unless|in\scase|in\sthe\sevent|when|once|provided|otherwise|or\selse|whether|were\sto)\b"
    r"|(?:^|[,;:“\"]\s?)Should\b",
    re.IGNORECASE | re.MULTILINE,
)


def condition_or_wish(context: Context, group: Group) -> Iterator[Draft]:
    """Should the talks fail, the line could be given up; the talks should fail."""
    matched = match(context, group)
    for side in SIDES:
        for one in said(_SHOULD, group, side):
            if one[0].text.rstrip("”\"' ").endswith("?"):
                continue
            if said(_HYPOTHETICAL, group, OTHER[side]):
                continue
            doc = context.side(side).docs[one[0].index]
            verbs = [
                t
                for t in doc
                if one[1].start("who") <= t.idx < one[1].end("who") and t.pos_ == "VERB"
            ]
            for partner in said(_SHOULD_BE, group, OTHER[side]):
                theirs = context.side(OTHER[side]).docs[partner[0].index]
                twins = {t for t in theirs if t.idx == partner[1].start("verb")}
                if any(matched.akin(side, v) in twins for v in verbs):
                    yield two_ways(
                        side, one, partner,
                        f"{side.upper()} makes this a condition (“{one[1].group().strip()}”), "
                        f"{OTHER[side].upper()} says that it ought to be so.",
                    )  # fmt: skip
                    return


_SUSPECTS = re.compile(
    r"\b(?:suspect(?:s|ed)?(?!\s(?:was|were|is|are|in\b|had|has))|suspicion|believed?\sto\s(?:be|have)"
    r"|thought\sto\s(?:be|have)|presumed|likely|probabl[ey]|possibl[ey]|may|might|could|believes?|appears?|seems?|assum\w+|hypothes\w+)\b",
    re.IGNORECASE,
)
_EXPERTS = (
    "(?:investigators|officials|police|prosecutors|authorities|doctors|experts|inspectors|they"
    "|researchers|engineers|scientists|specialists|technicians|detectives|physicians)"
)
_SUSPECTED = re.compile(
    rf"\b(?:{_EXPERTS}\s(?:\w+\s)?suspect(?:s|ed)?\b|\w+\ssuspect(?:s|ed)?\s(?:that|the|an?|it|its|they)\b"
    r"|(?:is|are|was|were)\s(?:\w+ly\s)?(?:suspected|presumed|believed|thought)\b(?!\sof\b|\sin\b|\sthat\sway))",
    re.IGNORECASE,
)
WEIGHED = frozenset(("consider", "mull", "weigh", "contemplate"))
"""What one considers doing is not decided."""
_TALKED_OVER = WEIGHED | {"discuss", "study", "ponder", "debate"}
_DECIDED = frozenset("decide resolve agree choose opt".split())


def considered_or_decided(context: Context, group: Group) -> Iterator[Draft]:
    """The state considers buying it; it has decided to buy it."""
    matched = match(context, group)
    for side in SIDES:
        lemmas = {t.lemma_.lower() for _, t in matched.words[OTHER[side]]}
        for _, weighed in matched.words[side]:
            lemma = weighed.lemma_.lower()
            if lemma not in _TALKED_OVER or weighed.pos_ != "VERB" or negated(weighed):
                continue
            deed = next((c for c in weighed.children if c.dep_ in ("xcomp", "ccomp")), None)
            twin = None if deed is None else matched.akin(side, deed)
            if deed is None or twin is None or lemmas & _TALKED_OVER:
                continue
            decided = twin.head
            settled = past(decided, PERFECT) and decided.lemma_.lower() in _DECIDED
            if twin.dep_ != "xcomp" or not settled or negated(decided) or negated(twin):
                continue
            yield Draft(
                *matched.spans(context, side, (weighed, deed), (decided, twin)),
                message=(
                    f"{side.upper()} has this still under consideration (“{weighed.text}”), "
                    f"{OTHER[side].upper()} has it settled (“{decided.text}”)."
                ),
                severity="major",
                confidence=0.75,
            )
            return


_FOUND = re.compile(
    r"\b(?:was|were|has\sbeen|have\sbeen|is|are)\s(?:\w+ly\s)?(?:identified|confirmed|established|proven?|determined|ascertained"
    r"|found)\s(?:as|to\s(?:be|have)|that)\b"
    rf"|\b{_EXPERTS}\s(?:have\s|has\s)?(?:confirmed|established|determined|proved|proven|concluded|found\sout)\b",
    re.IGNORECASE,
)


def suspected_or_found(context: Context, group: Group) -> Iterator[Draft]:
    """Investigators suspect the omelet; the omelet was identified as the cause."""
    for side, one, two in either_way(group, _SUSPECTED, _FOUND):
        if said(_SUSPECTS, group, OTHER[side]):
            continue
        yield two_ways(
            side, one, two,
            f"{side.upper()} has this as a suspicion (“{one[1].group()}”), "
            f"{OTHER[side].upper()} as a finding (“{two[1].group()}”).",
            "major", 0.65,
        )  # fmt: skip
        return
