"""Kölner Phonetik: what German names sound like, as digits.

Source: H. J. Postel, "Die Kölner Phonetik", IBM-Nachrichten 19 (1969).
"""

from __future__ import annotations

import re

_VOWELS = frozenset("aeijouy")
_HARD = frozenset("ahkloqrux")
_HARD_INSIDE = frozenset("ahkoqux")
_PLAIN = {
    **dict.fromkeys("bp", "1"),
    **dict.fromkeys("dt", "2"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}
_REPEATED = re.compile(r"(\d)\1+")


def sound(word: str) -> str:
    """The code of a folded word (a-z; umlauts spelt out); other characters are passed over.

    >>> sound("mueller"), sound("miller"), sound("schmidt"), sound("schmitt"), sound("wikipedia")
    ('657', '657', '862', '862', '3412')
    """
    letters = [c for c in word if "a" <= c <= "z"]
    codes = [_code(letters, at) for at in range(len(letters))]
    text = _REPEATED.sub(r"\1", "".join(codes))
    return text[:1] + text[1:].replace("0", "")


def _code(letters: list[str], at: int) -> str:
    letter = letters[at]
    before = letters[at - 1] if at else ""
    after = letters[at + 1] if at + 1 < len(letters) else ""
    if letter in _VOWELS:
        return "0"
    if letter == "p" and after == "h":
        return "3"
    if letter in "dt" and after and after in "csz":
        return "8"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        hard = after in _HARD if not before else after in _HARD_INSIDE and before not in ("s", "z")
        return "4" if after and hard else "8"
    return _PLAIN.get(letter, "")
