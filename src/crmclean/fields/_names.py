"""Splits a written personal name into salutation, titles, first names, surname and suffix. No guess of the sex.

Order of the steps: salutation, titles at the front, titles and suffixes at the end, ``Surname, First names``, noble
and foreign particles, a surname in capitals; else the last word is the surname. A name of one word is a surname only
behind a salutation or title: else nobody knows.

Sources: DIN 5008:2020 Annex (order of titles and names); Art. 109 WRV and § 1355 BGB (noble titles are part of the
surname); IMC "Names of Persons" (IFLA) for the particles of other languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crmclean.core.text import fold, tidy
from crmclean.fields._title_words import (
    FIRST_NAMES_TOO,
    NEVER_CAPITAL,
    NOT_IN_NAMES,
    PARTICLES,
    SALUTATIONS,
    SUFFIXES,
    TITLE_ENDS,
    squeeze,
)
from crmclean.fields._titles import leading_titles, title_at

_WORD = re.compile(r"[^\s.,;]+\.?|[.,;]")
_ASIDE = re.compile(r"\s*(?:\((?!(?:FH|TU|BA|DH|Univ\.?)\))([^()]*)\)|[\"“„]([^\"“”„]+)[\"”“]|(?<!\S)'([^']+)'(?!\S))")
_BIRTH_NAME = re.compile(r",?\s+(?:geb\.|geborene[r]?|née?|born)\s+(.+)$", re.IGNORECASE)
_ADDRESSING = re.compile(
    r"(?:sehr geehrte[rs]?|geehrte[rs]?|liebe[rs]?|dear|z\.? ?hd?\.?|zu händen|c/o|an|attn\.?:?)\s+(?=\S)",
    re.IGNORECASE,
)
# "von und zu Musterstein" is one person.
_TWO = re.compile(
    r"\s(?!(?<=\bvon\s)(?:und|u\.)\szu[mr]?\b)(?:und|u\.|and|&|\+|et|oder)\s|[^\s]/\s?[^\s]", re.IGNORECASE
)
_COMMAS = (",", ";")
_CREDENTIALS = re.compile(r"[,;]|[A-Z]{2,5}")  # "CLU, CFP, LUTC": nobody knows them all
_GENERATIONS = ("Jr.", "Sr.", "jun.", "sen.", "II", "III", "IV")
_INITIAL = re.compile(r"[^\W\d_]\.?")


class _Words:
    """A text cut into words that still knows how they were written."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(_WORD.finditer(text))
        self.words = [match[0] for match in matches]
        self.spans = [match.span() for match in matches]

    def shown(self, begin: int, stop: int) -> str:
        """The words as they stand in the text."""
        return self.text[self.spans[begin][0] : self.spans[stop - 1][1]] if begin < stop else ""


@dataclass(slots=True)
class NameParts:
    """A name taken apart; parts that are not there are empty."""

    salutation: str = ""
    titles: list[str] = field(default_factory=list)
    first: str = ""
    last: str = ""
    suffix: list[str] = field(default_factory=list)
    nickname: str = ""
    birth_name: str = ""
    reason: str | None = None  # one-word, two-persons, unclear

    def natural(self) -> str:
        """Titles, first names, surname, suffixes."""
        return " ".join(part for part in (*self.titles, self.first, self.last, *self.suffix) if part)

    def named(self) -> dict[str, str]:
        """The parts that are there, under the names of their fields."""
        parts = {
            "salutation": self.salutation,
            "academic_title": " ".join(self.titles),
            "first_name": self.first,
            "last_name": self.last,
            "suffix": " ".join(self.suffix),
            "nickname": self.nickname,
            "birth_name": self.birth_name,
        }
        return {name: part for name, part in parts.items() if part}


def split_name(text: str) -> NameParts:
    """Takes a name apart.

    >>> parts = split_name("Frau Dr. med. Eva von der Heide")
    >>> parts.salutation, parts.titles, parts.first, parts.last
    ('Frau', ['Dr. med.'], 'Eva', 'von der Heide')
    >>> split_name("Heide, Eva von der").named()
    {'first_name': 'Eva', 'last_name': 'von der Heide'}
    """
    parts = NameParts()
    text = tidy(_without_asides(tidy(text), parts))
    text = _ADDRESSING.sub("", text, count=1) if _ADDRESSING.match(text) else text
    cut = _Words(text)
    words = cut.words
    start = _salutation(words, parts)
    titles, at = leading_titles(words[start:], sure=bool(parts.salutation))
    start += at
    parts.titles = titles
    if start >= len(words):  # "Herr Dr.": nothing but a title
        parts.reason = "unclear"
        return parts
    end = _trailing(words, start, parts)
    _names(cut, start, end, parts)
    return parts


def _without_asides(text: str, parts: NameParts) -> str:
    """Takes nicknames in brackets or quotes and birth names out."""
    if "(" in text or '"' in text or "“" in text or " '" in text or text.startswith("'"):
        found = _ASIDE.search(text)
        if found:
            aside = next((group for group in found.groups() if group), "").strip()
            rest = tidy(f"{text[: found.start()]} {text[found.end() :]}")
            if rest:
                text = rest
                if aside.casefold().startswith(("geb", "née", "nee ", "born")):
                    parts.birth_name = aside.partition(" ")[2] or aside
                else:
                    parts.nickname = aside
    birth = _BIRTH_NAME.search(text)
    if birth:
        parts.birth_name = birth[1]
        text = text[: birth.start()]
    return text


def _salutation(words: list[str], parts: NameParts) -> int:
    """Takes the salutation off the front; the index of the first word behind it."""
    for length in (3, 2, 1):
        if len(words) < length + 1 and length > 1:
            continue
        name = fold(" ".join(words[:length]))
        found = SALUTATIONS.get(name)
        if found and (name not in NOT_IN_NAMES or (name in ("fr", "fa", "sig") and words[0].endswith("."))):
            parts.salutation = found
            is_pointed = length < len(words) and words[length] in (".", *_COMMAS)
            return length + is_pointed
    return 0


def _trailing(words: list[str], start: int, parts: NameParts, keep: list[str] | None = None) -> int:
    """Takes suffixes and degrees off the end; the index behind the last name word."""
    end = len(words)
    found: list[str] = []
    while end - start >= 2:
        if words[end - 1] in (*_COMMAS, "."):
            end -= 1
            continue
        taken = _last_group(words, start, end)
        if taken is None:
            break
        found.insert(0, taken[0])
        end = taken[1]
    while end > start and words[end - 1] in _COMMAS:
        end -= 1
    parts.suffix = found + (keep or [])
    return end


def _last_group(words: list[str], start: int, end: int) -> tuple[str, int] | None:
    """The suffix or degree that ends at ``end``, and where it begins."""
    if squeeze(words[end - 1].rpartition("-")[2]) not in TITLE_ENDS:
        return None
    for begin in range(max(start + 1, end - 5), end):
        if any(word in _COMMAS for word in words[begin:end]):
            continue
        is_apart = words[begin - 1] in _COMMAS
        shown = "".join(words[begin:end])
        n_before = sum(1 for word in words[start:begin] if word not in _COMMAS)
        suffix = None if shown in ("J.R.", "S.R.") else SUFFIXES.get(squeeze(shown))
        is_written_so = is_apart or "." in shown or shown[0].isupper() or shown in SUFFIXES
        if suffix and is_written_so and (n_before >= 2 or is_apart or suffix in _GENERATIONS):
            return suffix, begin
        if shown == "V" and n_before >= 2 and begin == end - 1:
            return shown, begin
        title = title_at(words[:end], begin, sure=False)
        if title is None or title[1] != end:
            continue
        is_degree = "." in shown or (shown.isupper() and len(shown) > 1) or is_apart
        if is_degree and not "".join(words[start:begin]).isupper():
            return title[0], begin
    return None


def _names(cut: _Words, start: int, end: int, parts: NameParts) -> None:
    """First names and surname from the words between titles and suffixes."""
    commas = [place for place in range(start, end) if cut.words[place] in _COMMAS]
    if len(commas) > 1 and all(_CREDENTIALS.fullmatch(word) for word in cut.words[commas[0] : end]):
        parts.suffix = [word for word in cut.words[commas[0] : end] if word not in _COMMAS] + parts.suffix
        end, commas = commas[0], []
    whole = cut.shown(start, end)
    if _TWO.search(whole):
        parts.last, parts.reason = whole, "two-persons"
    elif len(commas) > 1:
        parts.last, parts.reason = whole, "unclear"
    elif commas:
        stop = _trailing(cut.words[: commas[0]], start, parts, keep=parts.suffix)
        parts.last = cut.shown(start, stop)
        _behind_comma(cut, commas[0] + 1, end, parts)
    elif end - start == 1:
        parts.last = whole
        parts.reason = None if parts.salutation or parts.titles else "one-word"
    else:
        if end - start > 2 and _INITIAL.fullmatch(cut.words[end - 1]):
            parts.reason = "unclear"  # "Muster Eva A": nobody's surname is a letter
        place = _surname_start(cut.words[start:end], known=bool(parts.salutation or parts.titles))
        if place < 0:  # the surname stands first, in capitals
            parts.last, parts.first = cut.shown(start, end + place), cut.shown(end + place, end)
        else:
            parts.first, parts.last = cut.shown(start, start + place), cut.shown(start + place, end)


def _behind_comma(cut: _Words, start: int, end: int, parts: NameParts) -> None:
    """``Heide, Frau Dr. Eva von der``: what stands behind the comma."""
    if not parts.salutation:
        start += _salutation(cut.words[start:end], parts)
    titles, at = leading_titles(cut.words[start:end])
    parts.titles += titles
    start += at
    stop = end
    while stop - 1 > start and (
        _begins_surname(cut.words[stop - 1], is_first=False, known=True)
        or cut.words[stop - 1].casefold() in ("und", "u.")  # of "von und zu": two persons don't come here
    ):
        stop -= 1
    if stop < end:
        parts.last = f"{cut.shown(stop, end)} {parts.last}"
    parts.first = cut.shown(start, stop)
    if not parts.first and not parts.titles:
        parts.reason = "unclear"


def _surname_start(words: list[str], *, known: bool) -> int:
    """Where the surname begins; negative: how many words from the end the first names begin (DUPONT Jean)."""
    last = len(words) - 1
    capitals = [len(word) > 2 and word.isupper() for word in words]
    shouted = all(word.isupper() or _INITIAL.fullmatch(word) for word in words)
    if any(capitals) and not shouted:
        if capitals[0]:
            first_small = capitals.index(False)
            return first_small - len(words) if not any(capitals[first_small:]) else last
        begin = capitals.index(True)
        if all(capitals[begin:]):
            while begin > 1 and words[begin - 1].casefold() in PARTICLES:
                begin -= 1
            return begin
    for place, word in enumerate(words[:-1]):
        if _begins_surname(word, is_first=place == 0, known=known):
            return place
        if word.casefold() == "y" and place > 1:
            return place - 1
    return last


def _begins_surname(word: str, *, is_first: bool, known: bool) -> bool:
    """Whether a word is a particle here; in front of everything only where it can't be a first name."""
    low = word.casefold()
    if low not in PARTICLES or (low in NEVER_CAPITAL and not word.islower()):
        return False
    return not is_first or (low not in FIRST_NAMES_TOO and (known or word.islower()))
