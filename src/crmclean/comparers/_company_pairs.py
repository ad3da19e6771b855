"""Two unequal company names, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from crmclean.comparers._company_words import DISTINGUISHING, MARKET

REWORDED, SIMILAR, PART, MIXED, DISTINGUISHED, RELATED, DIFFERENT = (
    "reworded",
    "similar",
    "part",
    "mixed",
    "distinguished",
    "related",
    "different",
)
_LEAST = 4.0  # bits the common words must be worth before names are taken for the same or a part of each other
_RELATED = 2.0  # bits from which they are at least related
_MISSPELT_BITS = 2.0  # what a misspelt word is worth less than an equal one
_FAR = 0.93  # Jaro-Winkler of the letters alone from which names with no common word are one name misspelt
_WHOLE = 0.95  # the same where some words are common
_WORD = 0.92  # the same for two words
_PLACED = 0.8  # share of letters in place from which two words are one misspelt
_SHORTEST, _SHORTEST_START = 4, 3  # letters; of words that may be misspelt, and abbreviated
_DOMINANCE = 1.5  # times as much as the rest the common words are worth where both names have words of their own
_INITIALS = 3  # words an acronym is made of, at least
_CUT = 2  # letters
_FORMS = ("gmbh", "mbh", "ohg", "gbr", "kgaa", "ltd", "inc", "aktiengesellschaft", "haftungsbeschraenkt")
_MISREAD = str.maketrans("015", "ols")
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split())
_ACRONYM_CHANCE = 2.0**-8


@dataclass(slots=True)
class _Words:
    """What is left of two names when the common words are taken out."""

    left: list[str]
    right: list[str]
    common: float  # bits of the words they share, misspelt ones included


def judge_names(a: str, b: str, bits: Mapping[str, float]) -> tuple[str, float]:
    """How two unequal names relate.

    Args:
        a: folded words without legal form, blanks between.
        b: the other name.
        bits: what sharing a word is worth.

    Returns:
        Name of the level, and how often a stranger's name would be on it (0..1).

    >>> worth = dict.fromkeys("adler bau holding muster stahl".split(), 6.0)
    >>> judge_names("adler bau", "bau adler", worth)[0], judge_names("adler stahl", "adler stahl holding", worth)[0]
    ('reworded', 'distinguished')
    """
    words, others = a.split(), b.split()
    if a.replace(" ", "") == b.replace(" ", "") or sorted(words) == sorted(others):
        return REWORDED, 2.0 ** -max(min(sum(bits[word] for word in sorted(side)) for side in (words, others)), 1.0)
    rest = _rest(words, others, bits)
    chance = 2.0**-rest.common
    likeness = JaroWinkler.similarity(a.replace(" ", ""), b.replace(" ", ""))
    if rest.common < _LEAST:
        if likeness >= _FAR or _is_acronym(words, others) or _is_acronym(others, words):
            return SIMILAR, _ACRONYM_CHANCE
        return (RELATED, min(1.0, chance * 2)) if rest.common >= _RELATED else (DIFFERENT, 1.0)
    lost = [sum(bits[word] for word in side) for side in (rest.left, rest.right)]
    if not rest.left and not rest.right:
        return SIMILAR, min(1.0, chance * 4)
    if any(_tells_apart(word) for word in (*rest.left, *rest.right)):
        return DISTINGUISHED, min(1.0, chance * 4)
    says_nothing = all(word in MARKET or _is_remains(word) for word in (*rest.left, *rest.right))
    if (likeness >= _WHOLE and rest.left and rest.right) or says_nothing:
        return SIMILAR, min(1.0, chance * 8)
    if not rest.left or not rest.right:
        return PART, min(1.0, chance * 4)
    return MIXED if rest.common > _DOMINANCE * max(lost) else RELATED, min(1.0, chance * 8)


def _tells_apart(word: str) -> bool:
    """Whether a word more makes it another company, also where a digit was read for a letter (``so1ar``)."""
    return word.isdigit() or word in _ROMAN or word in DISTINGUISHING or word.translate(_MISREAD) in DISTINGUISHING


def _is_remains(word: str) -> bool:
    """Whether it is what a slip or a cut has left of a legal form: ``gmb``, ``grnbh``, ``e``."""
    if len(word) <= _CUT:
        return True
    return any(OSA.distance(word.replace("rn", "m"), form) <= 1 for form in _FORMS)


def _rest(words: list[str], others: list[str], bits: Mapping[str, float]) -> _Words:
    """Takes out equal words, then the most similar two that are one misspelt, and so on."""
    left, right = [w for w in words if w not in others], [w for w in others if w not in words]
    common = sum(bits[word] for word in sorted(set(words).intersection(others)))
    alike = [(w, o) for w in left for o in right if _is_misspelt(w, o)]
    # Of equally similar ones the first in the alphabet, so that both ways round say the same.
    for word, other in sorted(alike, key=lambda two: (-JaroWinkler.similarity(*two), *sorted(two))):
        if word in left and other in right:
            left.remove(word)
            right.remove(other)
            common += max(0.0, min(bits[word], bits[other]) - _MISSPELT_BITS)
    return _Words(left, right, common)


def _is_misspelt(word: str, other: str) -> bool:
    """Whether both are one word: misspelt or abbreviated. Numbers are never one another."""
    if word.isdigit() or other.isdigit() or (word in _ROMAN and other in _ROMAN):
        return False
    shortest = min(len(word), len(other))
    if word.startswith(other) or other.startswith(word):
        return shortest >= _SHORTEST_START
    if shortest < _SHORTEST:
        return False
    return JaroWinkler.similarity(word, other) >= _WORD or OSA.normalized_similarity(word, other) >= _PLACED


def _is_acronym(short: list[str], long: list[str]) -> bool:
    """``abc`` for ``adler baecker christ``."""
    return len(short) == 1 and len(long) >= _INITIALS and short[0] == "".join(word[0] for word in long)
