"""``term``: a word for another concept: a false friend, or a term that only looks alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from compare.actors import actor_words
from compare.annotate import Context
from compare.checks import false_friends, idioms
from compare.checks.base import Check, Draft, Example
from compare.checks.glossary import against_glossary
from compare.checks.phrases import by_sentence
from compare.match import Match, match
from compare.records import OTHER, SIDES
from compare.tables import rows

# Endings of terms of medicine and chemistry that make another thing of the same beginning.
_TERM_ENDINGS = (
    "oma omas opathy opathies itis osis emia aemia algia ectomy oplasty oscopy ography ology "
    "olysis otomy ide ides ate ates ite ites ane ene yne ol ase ose"
).split()
_TERM_PREFIX = 4
"""Letters that two terms must share."""


def find(context: Context) -> Iterator[Draft]:
    """What breaks the user's glossary; then false friends, look-alikes and things of one kind."""
    yield from against_glossary(context)
    sentences = by_sentence(context)
    yield from false_friends.find(context, sentences)
    yield from idioms.find(context, sentences)
    for group in context.linked:
        matched = match(context, group)
        yield from _look_alikes(context, matched)
        yield from _siblings(context, matched)


def _look_alikes(context: Context, matched: Match) -> Iterator[Draft]:
    """Two terms of science with one beginning and different endings: myeloma, myelopathy."""
    lemmas = {side: {t.lemma_.lower() for _, t in matched.words[side]} for side in SIDES}
    own = {
        side: [
            t
            for _, t in matched.words[side]
            if t.pos_ in ("NOUN", "PROPN", "ADJ")
            and t.is_alpha
            and t.lemma_.lower() not in lemmas[OTHER[side]]
        ]
        for side in SIDES
    }
    for a, b in product(own["a"], own["b"]):
        if _terms_differ(a.lower_, b.lower_):
            yield Draft(
                a=matched.span(context.a, a),
                b=matched.span(context.b, b),
                message=(
                    f"A says “{a.text}”, B “{b.text}”: the terms look alike and name "
                    "different things."
                ),
                severity="major",
                confidence=0.7,
            )


def _terms_differ(x: str, y: str) -> bool:
    """Whether two words are one beginning with different endings of the list.

    >>> _terms_differ("myeloma", "myelopathy"), _terms_differ("nitrate", "nitrates")
    (True, False)
    """
    x, y = (w.replace("ae", "e").replace("oe", "e") for w in (x, y))  # leukaemia is leukemia
    prefix = next(
        (i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y))
    )
    cuts = [{(w[: -len(e)], e.rstrip("s")) for e in _TERM_ENDINGS if w.endswith(e)} for w in (x, y)]
    return any(
        stem == other and end != ending and _TERM_PREFIX <= len(stem) <= prefix
        for stem, end in cuts[0]
        for other, ending in cuts[1]
    )


@cache
def _kinds() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of a noun its senses and the kinds that it is of, by number (WordNet)."""
    return {
        word: (
            frozenset(n[1:] for n in numbers if n.startswith("=")),
            frozenset(n for n in numbers if not n.startswith("=")),
        )
        for word, *numbers in rows("siblings.tsv")
    }


_GENERAL = frozenset(
    "vehicle machine device tool facility structure equipment object product person animal weapon "
    "building instrument craft transport".split()
)
"""Words for whole kinds that WordNet has beside their members: a bus is a vehicle."""


def _are_siblings(x: str, y: str) -> bool:
    """Whether two nouns are of one kind, and neither is a kind of the other.

    >>> _are_siblings("lung", "liver"), _are_siblings("lung", "organ")
    (True, False)
    """
    if x not in _kinds() or y not in _kinds() or {x, y} & _GENERAL:
        return False
    (own_x, kinds_x), (own_y, kinds_y) = _kinds()[x], _kinds()[y]
    return bool(kinds_x & kinds_y) and not (own_x & (own_y | kinds_y) or own_y & kinds_x)


_SIBLING_SLOT = 0.7
_SIBLING_SHARE = 0.35


def _siblings(context: Context, matched: Match) -> Iterator[Draft]:
    """Two things of one kind in one place: a lung in one text, a liver in the other."""
    if matched.share() < _SIBLING_SHARE:
        return
    kin = actor_words().kin
    words = {side: {t.lemma_.lower() for _, t in matched.words[side]} for side in SIDES}
    own = {
        side: [
            (s, t)
            for s, t in matched.lone(side)
            if t.pos_ == "NOUN"
            and (lemma := t.lemma_.lower()) not in kin
            and lemma not in words[OTHER[side]]
        ]
        for side in SIDES
    }
    for (sentence_a, a), (sentence_b, b) in product(own["a"], own["b"]):
        if not _are_siblings(a.lemma_.lower(), b.lemma_.lower()):
            continue
        if matched.slot(a, b) < _SIBLING_SLOT:
            continue
        yield Draft(
            a=context.a.span(sentence_a, a),
            b=context.b.span(sentence_b, b),
            message=(
                f"A says “{a.text}”, B “{b.text}” in the same place: two things of one kind, and "
                "only one can be meant."
            ),
            severity="major",
            confidence=0.65,
        )


CHECK = Check(
    id="term",
    summary="A word for another concept: a false friend, a look-alike, or not your glossary's.",
    category="accuracy/mistranslation",
    find=find,
    flags=(
        Example(
            "Mining suppliers were up in arms.",
            "The guild of mining suppliers put the cry in the sky.",
        ),
        Example("She did not attend the hearing.", "She did not assist the hearing."),
        Example("The unit might be sold.", "The unit will eventually be sold."),
        Example("He died of multiple myeloma.", "He died of multiple myelopathy."),
        Example("Surgeons removed part of his lung.", "Surgeons took out part of his liver."),
        Example("The mine yields copper and zinc.", "The mine produces iron and zinc."),
        Example("A bus stopped in the tunnel.", "A train stopped in the tunnel."),
        Example("Farmers slaughtered 3,000 pigs.", "Farmers killed 3,000 sheep."),
        Example("He was treated for pneumonia in May.", "In May he was treated for bronchitis."),
        Example("The company currently owns two ports.", "The company actually owns two ports."),
        Example(
            ("The talks in Tehran ended.", "No sanction was lifted, Iran said."),
            ("The talks in Tehran ended.", "Iran said that no boycott was removed."),
        ),
        Example(
            "The wind blew at 40 knots.", "A wind of 40 nodes was blowing.", source_language="pl"
        ),
        Example(
            "Helicopters brought food and tents.",
            "Helicopters carried provisions and carps.",
            source_language="es",
        ),
        Example(
            "The employers' association puts the losses at $85 million.",
            "The patron saint calculates losses of 85 million dollars.",
            source_language="es",
        ),
        Example(
            (
                "The court ordered the release of five people on trial.",
                "The main defendant stays in custody.",
            ),
            (
                "The hearing on the fraud was held on Thursday.",
                "The board decided to evacuate 5 defendants and to keep the main defendant in "
                "custody.",
            ),
            source_language="tr",
        ),
    ),
    passes=(
        Example("The pilgrims washed their feet.", "The feet of the pilgrims were washed."),
        Example(
            "None of the officers in Tokyo was suspended or had his pay cut.",
            "None of the officers in Tokyo was suspended or had a pay reduction.",
            source_language="ja",
        ),
        Example(
            (
                "The court ordered the release of five people on trial.",
                "The police said the building was empty.",
            ),
            (
                "The hearing on the fraud was held on Thursday.",
                "Police evacuated 40 people from the building.",
            ),
            source_language="tr",
        ),
        Example(
            "The party secretary of Lin City resigned.",
            "The secretary of the Lin City Party Committee resigned.",
            source_language="zh",
        ),
        Example("The economy of Spain grew.", "Economists say Spain grew."),
        Example("She attended the hearing.", "She was present at the hearing."),
        Example(
            "The judge read the sentence of five years.",
            "The ruling, a sentence of five years, was read.",
        ),
        Example("The administration agreed.", "Administrators agreed."),
        Example(
            "Two sailors are missing.", "Two sailors are wanted for theft.", source_language="de"
        ),
        Example("Cows and pigs died.", "Pigs died, and cows."),
        Example("He hurt his leg.", "He hurt his knee and his leg."),
        Example("They ate lamb near the lake.", "A hen was killed by the dog."),
        Example("The factory will close.", "The plant will close."),
    ),
)
