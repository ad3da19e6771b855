"""Finds names written all in capitals or all in small letters, and proposes the usual form.

It is only ever a proposal: nobody can tell Macher from MacHer, or Strasser from Straßer, in capitals.
"""

from __future__ import annotations

import re

# Particles that are written small inside a name; Freiherr, Graf and the like are nouns.
SMALL = frozenset(
    "von vom van zu zum zur de der den dem des del della di da dos du la le ter ten te 't af av und y e auf aus im am "
    "in bin ibn al v. d.".split()
)
_PART = re.compile(r"[^\W\d_]+", re.UNICODE)


def is_case_damaged(text: str) -> bool:
    """Whether a name is all capitals (three letters or more), all small, or typed with caps lock on.

    >>> is_case_damaged("MÜLLER"), is_case_damaged("müller"), is_case_damaged("mÜLLER")
    (True, True, True)
    >>> is_case_damaged("J. R."), is_case_damaged("McDonald"), is_case_damaged("von der Heide")
    (False, False, False)
    """
    plain = text.replace("ß", "")
    if plain.islower():
        return True
    if plain.isupper():
        return any(len(part) >= 3 for part in _PART.findall(plain))
    return len(plain) >= 3 and plain[0].islower() and plain[1:].isupper() and plain[1] != "'"


def proper_case(text: str) -> str:
    """The name as it is usually written.

    >>> proper_case("VON DER HEIDE-MÜLLER"), proper_case("o'neill"), proper_case("MCDONALD")
    ('von der Heide-Müller', "O'Neill", 'McDonald')
    """
    words = text.split(" ")
    last = len(words) - 1
    return " ".join(
        word.lower() if word.lower() in SMALL and place < last else _word(word) for place, word in enumerate(words)
    )


def _word(word: str) -> str:
    if word.upper() in ("II", "III", "IV"):
        return word.upper()
    proper = _PART.sub(lambda part: part[0][0].upper() + part[0][1:].lower(), word)
    if len(proper) > 4 and proper.startswith("Mc"):
        proper = f"Mc{proper[2].upper()}{proper[3:]}"
    return proper
