"""British and American spellings of one word, told by their regular endings.

Every rule rewrites one variety's spelling into the other's, so that both get one key. A key need
not be a word: it only has to be the same for the two spellings and for no third word. The rules
were checked on SCOWL's American and British word lists (Debian ``wamerican``, ``wbritish``):
they join nine in ten of the words that only the British list has to their American spelling, and
the few different words that they would join are in :data:`_DIFFERENT_WORDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def _compiled(rules: Iterable[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


_RULES = _compiled(
    (
        # colour/color; two letters before it, or "four" would be "for"
        (r"(?<=\w\w)our(?=(?:s|ed|ers?|ings?|able|ably|al|ally|ations?|ful|fully|hoods?|ies|ists?|"
         r"ism|itism|ites?|less|ly|y|blind|fast)?$)", "or"),
        # organise/organize, analyse/analyze
        (r"(?<=\w\w\w)([iy])s(?=(?:e|ed|es|ers?|ing|ingly|able|ably|ant|ance|ations?|ational)$)",
         r"\1z"),
        # centre/center
        (r"(?<=\w\w)(?<=[bcdghptv])re(?=(?:s|fold|folds|piece|pieces)?$)", "er"),
        (r"(?<=\w\w)(?<=[btv])r(?=(?:ed|ing)$)", "er"),
        # catalogue/catalog
        (r"(?<=\w\w)ogue(?=s?$)", "og"),
        # travelled/traveled; two syllables before it, or "filling" would be "filing"
        (r"(?<=[aeiouy])(.*[aeiouy])ll(?=(?:ed|ers?|ings?|ors?|ists?|ous|ery|en|ens|ize[drs]?)$)",
         r"\1l"),
        # defence/defense
        (r"(?<=\w\w[ei]n)ce(?=(?:d|s|less)?$)", "se"),
        # programme/program
        (r"(?<=\w\wam)me(?=s?$)", ""),
        # judgement/judgment
        (r"(?<=dg)e(?=ments?$)", ""),
        (r"^practis", "practic"),
        (r"^sceptic", "skeptic"),
        (r"sulph(?=[aiu])", "sulf"),
        (r"^moul(?=[dt])", "mol"),
        (r"^grey", "gray"),
        (r"plough", "plow"),
        (r"draught", "draft"),
        (r"^gaol", "jail"),
        (r"^pyjama", "pajama"),
        (r"^aluminium$", "aluminum"),
        (r"^aeroplane", "airplane"),
        (r"^jewell?ery$", "jewelry"),
        (r"^cheque(?=s?$)", "check"),
        (r"^rouble(?=s?$)", "ruble"),
        (r"^tyre(?=s?$)", "tire"),
    )
)  # fmt: skip

_LOWER_CASE_RULES = _compiled(
    (
        # fulfil/fulfill, enrolment/enrollment, skilful/skillful
        (r"(?<=[aeiouy])(.*[io])ll(?=(?:s|ments?)?$)", r"\1l"),
        (r"(?<=\w)ill(?=ful(?:ly|ness)?$)", "il"),
        # anaemia/anemia, foetus/fetus; at a word's end it is an inflection (heroes, canoed, poet)
        (r"(?:ae|oe)(?=\w\w)(?!(?:ts|rs)$)", "e"),
    )
)
"""Not for capitalised words: Michael and Michel, Carroll and Carrol are different names."""

_DIFFERENT_WORDS = frozenset(
    ("refilled", "refilling", "scoured", "scouring", "shred", "timbre", "timbres")
)  # and refiled, scored, sherd, timber


_LONGEST = 60
"""Characters; what is longer is no word that has two spellings."""


@lru_cache(maxsize=50_000)
def spelling_key(word: str) -> str:
    """One key, in lower case, for a word's British and American spelling.

    >>> [spelling_key(word) for word in ("Colour", "organised", "centre", "travelled")]
    ['color', 'organized', 'center', 'traveled']
    >>> spelling_key("Michael") == spelling_key("Michel"), spelling_key("four")
    (False, 'four')
    """
    key = word.lower()
    if len(key) > _LONGEST or key in _DIFFERENT_WORDS:
        return key
    rules = _RULES if word[:1].isupper() else _RULES + _LOWER_CASE_RULES
    for pattern, replacement in rules:
        key = pattern.sub(replacement, key)
    return key
