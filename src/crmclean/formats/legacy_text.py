"""Which 8-bit encoding a text without BOM that is not UTF-8 is in: cp1252, or a question.

A statistical detector decodes a quarter to a half of European samples wrongly without saying so. Here every word
that holds a byte above 0x7F is read in each candidate encoding, and judged by the shape words have: letters of the
encoding's languages, upper case only where words have it, vowels and consonants in turn around the rare letters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# The candidates a person is offered, most usual first; cp1252 is the only one ever taken without being told.
CANDIDATES = ("cp1252", "iso8859-15", "cp850", "mac_roman", "cp1250", "iso8859-2", "cp1254", "cp1251")
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_MAX_WORDS = 20_000
_WORD = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")

_VOWELS = frozenset("aeiouyäöüàâæáãåèéêëìíîïòóôõøœùúûýÿăąęěőűůıāēīū")
_SIGNS = frozenset("\u00a0«»“”„‘’‚–—…€£§°®©™·•²³´½¼¾×¿¡ªº±µ†")
# What may stand directly before or behind a word; "£ód¼" is Łódź in another encoding.
_BEFORE = "\u00a0«»“”„‘’‚–—…§©•¿¡'"
_BEHIND = "\u00a0«»“”‘’‚–—…€®©™²³ªº°´'"
_INNER_SIGNS = frozenset("’´‘·")  # also between two letters: O’Brien
# Letters that read the same in every candidate of the cp125x/8859 family, and usual in Western Europe.
_USUAL = frozenset("äöüßÄÖÜéÉáíóúâîôçëÁÓÍÂÇ")
# Rare letters, each with the contexts it is written in. (before, after) as classes: v vowel, c consonant, # edge.
_CONTEXTS: dict[str, str] = {
    "à": r"(?:^|[a-zç])à(?:$|[a-z])(?<!^à[bcdfghjklmnpqrstvwxz])",
    "è": r"(?<=[bcdfghjklmnpqrstvxzu])è(?=[a-z]|$)",
    "ê": r"(?:(?<=[bcdfghjklmnpqrstvxzui])|^)ê(?=[cimnptvru])",
    "ù": r"(?<=[o’'pgci])ù$|(?<=[a-z])ù$",
    "û": r"(?<=[a-z])û(?=[tcrlmn])|^d?û$",
    "ï": r"(?<=[aeo])ï",
    "ò": r"(?<=[bcdfghjklmnpqrstvz])ò",
    "ì": r"(?<=[bcdfghjklmnpqrstvz])ì$",
    "ñ": r"(?<=[aeiouáéíóú])ñ(?=[aeiouáéíóú])",
    "ã": r"ã(?=[oe]|$|n)|(?<=[hmç])ã",
    "õ": r"õ(?=e)",
    "å": r"(?:(?<![aeiouäöø])å(?![aeiou]))|(?<=g)å",
    "æ": r"(?<![aeiouäöø])æ(?![aeiou])",
    "ø": r"(?<![aeiouäöø])ø(?![aou])",
    "œ": r"œ(?=u|n|s|d|r)",
    # Central Europe and Turkey
    "ń": r"(?<=[aeiouyąęó])ń(?![aeiouyó])",
    "č": r"(?:^|[aeiouyáéíóúěrln])č(?=[aeiouyáéíóúěkn]|$)",
    "ř": r"(?:^|[aeiouyáéíóúbdkptvh])ř(?=[aeiouyáéíóúěč]|$|n|k|s)",
    "ň": r"(?<=[aeiouyáéíóú])ň",
    "ł": r"(?:^|[a-ząę])ł(?=[a-ząęó]|$)",
    "ő": r"(?<=[bcdfghjklmnprstvz])ő",
    "ű": r"(?<=[bcdfghjklmnprstvz])ű",
    "ů": r"(?<=[bcdfghjklmnprstvzř])ů",
    "ě": r"(?<=[bdfmnptv])ě",
    "ę": r"(?<=[bcdfghjklmnprstwzi])ę(?=[bdkgzsctpćpż]|$)",
    "ą": r"(?<=[bcdfghjklmnprstwzi])ą(?=[bdkgzsctpćpż]|$)",
    "ć": r"(?<=[aeiouyąęó])ć",
    "ď": r"(?<=[aeiouyáéíóú])ď|^ď",
    "đ": r"đ(?=[aeiou])",
    "ă": r"(?<=[bcdfghjklmnprstvz])ă(?![aeo])",
    "ţ": r"ţ(?=[aeiou]|$)",
    "ş": r"(?:^|[aeıiöuüv])ş(?=[aeıiouölm]|$)",
    "ğ": r"(?<=[aeıioöuü])ğ",
    "ı": r"(?<=[bcçdfgğhjklmnprsştvyz])ı",
}
# s and z with caron need a vowel beside them: what Mac Roman's ö and û read as in cp1252 mostly has none.
_CONTEXTS |= {letter: rf"(?:^|(?<=[aeiouyáéíóúě])){letter}|{letter}(?=[aeiouyáéíóúě])" for letter in "šžśź"}
_CYRILLIC = re.compile(r"[\u0410-\u044fЁёЄєІіЇїҐґ]+")


@cache
def _context(letter: str) -> re.Pattern[str] | None:
    pattern = _CONTEXTS.get(letter)
    return re.compile(pattern) if pattern else None


@cache
def reads_as_word(word: str) -> bool:
    """Whether a word with letters outside ASCII has the shape of a European word.

    >>> [reads_as_word(word) for word in ("Müller", "M³ller", "Dvoøák", "Genève", "Stra§e", "Москва")]
    [True, False, False, True, False, True]
    """
    if _CYRILLIC.fullmatch(word):
        return word[1:] == word[1:].lower() or word.isupper()
    if all(character in _SIGNS for character in word):
        return True
    core = word.lstrip(_BEFORE).rstrip(_BEHIND)
    if any(not character.isalpha() and character not in _INNER_SIGNS and character != "'" for character in core):
        return False
    if not all(unicodedata.name(character, "").startswith("LATIN") for character in core if character.isalpha()):
        return False
    return not core or (_has_word_case(core) and _has_known_letters(core.lower()))


def _has_word_case(core: str) -> bool:
    """Upper case at the start of a part, or everywhere; never in the middle of lower case."""
    for before, letter in itertools.pairwise(core):
        if ord(letter) > 0x7F and letter.isupper() and before.islower():
            return False
        if ord(before) > 0x7F and before.isupper() and before != core[0] and letter.islower() and len(core) > 2:
            return False
    inner = core[1:]
    return not any(ord(c) > 0x7F and c.islower() and c != "ß" for c in core) or not (
        len(inner) > 1 and sum(c.isupper() for c in inner) > len(inner) / 2
    )


def _has_known_letters(lowered: str) -> bool:
    if re.search(r"[^\x00-\x7f’´]{3}", lowered):
        return False
    for place, letter in enumerate(lowered):
        if ord(letter) < 0x80 or letter in _INNER_SIGNS:
            continue
        if letter == "ß":
            # never first, never after a consonant: what the Spanish á of cp1252 reads as in cp850 mostly is
            if place == 0 or lowered[place - 1] not in _VOWELS:
                return False
        elif letter in _USUAL:
            # "aá", "oô": no language of Western Europe writes these; and no usual word starts with í
            if (letter in "áóúâîô" and lowered[place - 1 : place] in tuple("aou")) or (letter == "í" and not place):
                return False
        else:
            pattern = _context(letter)
            if pattern is None or not any(m.start() <= place < m.end() for m in pattern.finditer(lowered)):
                return False
    return True


@dataclass(frozen=True, slots=True)
class Legacy:
    """What the bytes above 0x7F say.

    Attributes:
        is_cp1252: whether cp1252 reads clearly better than the others.
        candidates: the encodings that read at least as well as half of the words, best first.
        n_words: distinct words looked at.
        share: share of them that read as words in cp1252, 0..1.
    """

    is_cp1252: bool
    candidates: tuple[str, ...]
    n_words: int
    share: float


def judge(data: bytes) -> Legacy:
    """Judges bytes that are not UTF-8. Looks at up to 20,000 distinct words and at every byte for undefined ones."""
    words: dict[bytes, None] = {}
    for match in _WORD.finditer(data):
        words[match.group()] = None
        if len(words) >= _MAX_WORDS:
            break
    readings = {encoding: _readings(words, encoding) for encoding in CANDIDATES}
    shares = {encoding: sum(map(_plausible, texts)) / max(len(texts), 1) for encoding, texts in readings.items()}
    ranked = tuple(sorted((e for e in CANDIDATES if shares[e] >= 0.5), key=lambda e: -shares[e]))
    defined = not data.translate(None, bytes(set(range(256)) - set(_UNDEFINED_IN_CP1252)))
    clear = (
        defined
        and shares["cp1252"] >= 0.95
        and all(_is_clearer(readings["cp1252"], readings[other]) for other in CANDIDATES[1:])
    )
    return Legacy(clear, ranked or CANDIDATES[:4], len(words), shares["cp1252"])


def _readings(words: dict[bytes, None], encoding: str) -> list[str]:
    return [word.decode(encoding, errors="replace") for word in words]


def _plausible(text: str) -> bool:
    return all(reads_as_word(part) for part in re.split(r"[–—…\u00a0'-]+", text) if part)


def _is_clearer(ours: list[str], theirs: list[str]) -> bool:
    """Whether the words that the two encodings read differently are words in ours, and mostly not in theirs."""
    contested = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if not contested:
        return True
    good_ours = sum(_plausible(a) for a, _ in contested)
    good_theirs = sum(_plausible(b) and not _is_sign_only(b) for _, b in contested)
    if len(contested) * 10 <= len(ours) and len(ours) >= 20:
        # A few foreign names in a file whose other words read the same either way: no worse is enough.
        return good_ours >= good_theirs and good_ours * 2 >= len(contested)
    return good_ours >= 0.9 * len(contested) and good_ours - good_theirs >= 0.3 * len(contested)


def _is_sign_only(text: str) -> bool:
    return not any(character.isalpha() for character in text)
