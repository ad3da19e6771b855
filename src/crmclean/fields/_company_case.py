"""Names in capitals or without any: whether that is damage, and how the name would look in mixed case.

Capitals are never changed by themselves: nobody can know ``BASF`` from ``Basf``. What is made here is a proposal.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Words of two to four letters that are words, not initials; everything else that short stays as it is.
_SHORT_WORDS = frozenset(
    """am an auf aus bad bau bei bio das dem den der des die ein eis fuer für gas haus hof holz im in mit neu ob öl
    rad reha rot see stadt team tier und vom von wein werk zoo zu zum zur alte auto café cafe foto glas gold idee
    kfz-hof land metz moto nord ost post ring sand sohn spar süd tech tor wald west and for the of de la le les du
    et y del inn pub art car""".split()
)
_LOWER_INSIDE = frozenset(
    """am an auf aus bei das dem den der des die für fuer im in mit ob und vom von zu zum zur and for of the de la
    le les du et y del""".split()
)
_VOWELS = frozenset("aeiouyäöüéèáàíóú")


def is_damaged(words: str) -> str:
    """``all-caps`` or ``all-lower`` where a name of words surely was not written so, else empty.

    Args:
        words: the name without its legal form.

    >>> is_damaged("MEISTERBETRIEB ADLER"), is_damaged("BASF"), is_damaged("adler und sohn"), is_damaged("trivago")
    ('all-caps', '', 'all-lower', '')
    """
    if words.isupper():
        found = _WORD.findall(words)
        long_words = [word for word in found if len(word) > 4 and _is_speakable(word)]
        is_sure = (
            len(long_words) > 1
            or any(len(word) > 8 for word in long_words)
            or (bool(long_words) and any(word.lower() in _SHORT_WORDS for word in found))
        )
        return "all-caps" if is_sure else ""
    if words.islower():
        return "all-lower" if len(_WORD.findall(words)) > 1 and "." not in words.strip(".") else ""
    return ""


def _is_speakable(word: str) -> bool:
    return not _VOWELS.isdisjoint(word.lower())


def proposed_case(words: str) -> str:
    """The name in mixed case; words that may be initials keep their form.

    >>> proposed_case("MEISTERBETRIEB ADLER UND SOHN ABC")
    'Meisterbetrieb Adler und Sohn ABC'
    """
    was_upper = words.isupper()

    def one(match: re.Match[str]) -> str:
        word, lower = match[0], match[0].lower()
        if match.start() > 0 and lower in _LOWER_INSIDE:
            return lower
        if was_upper and len(word) <= 4 and lower not in _SHORT_WORDS:
            return word
        if was_upper and not _is_speakable(word):
            return word
        return lower[:1].upper() + lower[1:]

    return _WORD.sub(one, words)
