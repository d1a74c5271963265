"""Wade-Giles, as names from Taiwan are written, and the pinyin syllables that it can stand for.

Names leave out its apostrophes and dots, so that ``chin`` is ``jin`` or ``qin``, and ``chu`` is
``zhu``, ``chu``, ``ju`` or ``qu``.
"""

from __future__ import annotations

import itertools
from functools import cache

# The syllables of standard Chinese: a final with the initials before it, "-" for none.
_FINALS = {
    "a": "- b p m f d t n l g k h zh ch sh z c s",
    "ai": "- b p m d t n l g k h zh ch sh z c s",
    "an": "- b p m f d t n l g k h zh ch sh r z c s",
    "ang": "- b p m f d t n l g k h zh ch sh r z c s",
    "ao": "- b p m d t n l g k h zh ch sh r z c s",
    "e": "- m d t n l g k h zh ch sh r z c s",
    "ei": "b p m f d n l g h zh sh z",
    "en": "- b p m f n g k h zh ch sh r z c s",
    "eng": "b p m f d t n l g k h zh ch sh r z c s",
    "er": "-",
    "i": "b p m d t n l j q x zh ch sh r z c s",
    "ia": "l j q x",
    "ian": "b p m d t n l j q x",
    "iang": "n l j q x",
    "iao": "b p m d t n l j q x",
    "ie": "b p m d t n l j q x",
    "in": "b p m n l j q x",
    "ing": "b p m d t n l j q x",
    "iong": "j q x",
    "iu": "m d n l j q x",
    "o": "b p m f",
    "ong": "d t n l g k h zh ch r z c s",
    "ou": "- p m f d t n l g k h zh ch sh r z c s",
    "u": "b p m f d t n l g k h zh ch sh r z c s j q x",
    "ua": "g k h zh sh",
    "uai": "g k h zh ch sh",
    "uan": "d t n l g k h zh ch sh r z c s j q x",
    "uang": "g k h zh ch sh",
    "ue": "n l j q x",
    "ui": "d t g k h zh ch sh r z c s",
    "un": "d t l g k h zh ch sh r z c s j q x",
    "uo": "d t n l g k h zh ch sh r z c s",
}
_WITHOUT_INITIAL = (
    "ya yan yang yao ye yi yin ying yong you yu yuan yue yun wa wai wan wang wei wen weng wo wu"
).split()
_INITIALS = dict(
    zip(
        "b p d t g k j q x zh ch r z c".split(),
        "p p t t k k ch ch hs ch ch j ts ts".split(),
        strict=True,
    )
)
_FINAL = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh", "er": "erh"}
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu",
    "yan": "yen", "ye": "yeh", "yi": "i", "yong": "yung", "you": "yu", "yue": "yueh",
    "ge": "ko", "ke": "ko", "he": "ho", "e": "o",
    "gui": "kuei", "kui": "kuei", "duo": "to", "tuo": "to", "nuo": "no", "luo": "lo",
    "zhuo": "cho", "chuo": "cho", "ruo": "jo", "zuo": "tso", "cuo": "tso", "suo": "so",
}  # fmt: skip
_ALSO = {"yi": "yi", "si": "szu", "he": "he", "ke": "ke", "ge": "ke"}
"""Second spellings in use: the district of Yi-lan is both."""


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Each spelling with the pinyin syllables that are written so."""
    table: dict[str, set[str]] = {}
    plain = [(s, "", s) for s in _WITHOUT_INITIAL]
    built = [
        (initial.replace("-", "") + final, initial.replace("-", ""), final)
        for final, initials in _FINALS.items()
        for initial in initials.split()
    ]
    for pinyin, initial, final in plain + built:
        spelled = _WHOLE.get(pinyin) or _INITIALS.get(initial, initial) + _FINAL.get(final, final)
        table.setdefault(spelled, set()).add(pinyin)
    for pinyin, spelled in _ALSO.items():
        table.setdefault(spelled, set()).add(pinyin)
    return {spelled: frozenset(found) for spelled, found in table.items()}


@cache
def _pinyin() -> frozenset[str]:
    """Every syllable."""
    return frozenset(s for found in _readings().values() for s in found)


def is_pinyin(word: str) -> bool:
    """Whether a word, folded, is one or two syllables of pinyin, as a given name is.

    >>> is_pinyin("changsheng"), is_pinyin("li"), is_pinyin("matthias")
    (True, True, False)
    """
    return word in _pinyin() or any(
        word[:i] in _pinyin() and word[i:] in _pinyin() for i in range(1, len(word))
    )


def same_in_pinyin(spelled: tuple[str, ...], pinyin: tuple[str, ...]) -> bool:
    """Whether a whole name in Wade-Giles is one in pinyin, the surname first or last in either.

    Args:
        spelled: its words, folded; the given name hyphened, joined or apart.
        pinyin: those of the other name.

    >>> same_in_pinyin(("lai", "chin-hsiung"), ("lai", "jinxiong"))
    True
    >>> same_in_pinyin(("lai", "chin-hsiung"), ("lai", "qingde"))
    False
    """
    for surname, given in _parts(spelled):
        for other, joined in _parts(pinyin):
            syllables = "-".join(given).split("-")
            if len(syllables) > 2 or other not in _readings().get(surname, ()):
                continue
            readings = [_readings().get(s, frozenset()) for s in syllables]
            name = "".join(joined).replace("-", "")
            if any("".join(r) == name for r in itertools.product(*readings)):
                return True
    return False


def _parts(name: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not 2 <= len(name) <= 3 or not all(name):
        return ()
    return (name[0], name[1:]), (name[-1], name[:-1])
