"""Letters as Python's regular expressions compare them where case does not count."""

from __future__ import annotations

_TWINS = str.maketrans("ıİſ\u212aμ", "iiskµ")


def lower(text: str) -> str:
    """The text in lower case, one character for one, whatever ``re.IGNORECASE`` took it for.

    There a dotless ı is an i, a long ſ an s and the Kelvin sign a k, which :meth:`str.lower` keeps
    apart; it also makes two characters of a capital İ, and offsets go wrong.

    >>> lower("MAY"), lower("Aprıl"), len(lower("İzmir"))
    ('may', 'april', 5)
    """
    return text.translate(_TWINS).lower()
