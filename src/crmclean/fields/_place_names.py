"""Do a city as a person wrote it and a place of the table mean the same?

Firms shorten (``Weiden i.d.OPf``), leave the rest off (``Lahr`` for ``Lahr/Schwarzwald``), add their district
(``Limburg-Offheim``, ``München-Pasing``), or the municipality instead of the village. So names agree when one
significant word agrees; words that many places share (Bad, Sankt, Neu, articles, rivers after ``am``) do not count.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from crmclean.core.text import fold
from crmclean.fields import _places

# Words many place names share: they say nothing about which place is meant.
_COMMON = frozenset(
    (
        "a alt alte alten am an auf bad bei bezirk city de den der des die du dorf ehem fl gem gemeinde gross grosse "
        "grossen hanse hansestadt hl i im in klein kleine kleinen kr kreis kurort la landeshauptstadt landkreis le les "
        "lutherstadt markt neu neue neuen nieder nordseebad ober ort ortsteil ostseebad ot sankt st stadt stadtbezirk "
        "stadtteil sur universitatsstadt unter vor wissenschaftsstadt zu zum zur"
    ).split()
)
# What follows one of these names a river, hill or region, not the place.
_CONNECTIVES = frozenset("a am an auf b bei d i im in ob o s sur u unter v vor zu".split())
# Exonyms, folded; the other languages of our market and English.
_EXONYMS = {
    "munich": "munchen",
    "monaco": "munchen",
    "cologne": "koln",
    "nuremberg": "nurnberg",
    "hanover": "hannover",
    "brunswick": "braunschweig",
    "constance": "konstanz",
    "ratisbon": "regensburg",
    "treves": "trier",
    "vienna": "wien",
    "geneva": "geneve",
    "genf": "geneve",
    "ginevra": "geneve",
    "basle": "basel",
    "bale": "basel",
    "lucerne": "luzern",
    "berne": "bern",
    "berna": "bern",
    "fribourg": "freiburg",
    "bienne": "biel",
    "soleure": "solothurn",
    "neuenburg": "neuchatel",
    "sitten": "sion",
    "zurigo": "zurich",
    "luxemburg": "luxembourg",
    "letzebuerg": "luxembourg",
}
_BREAKS = re.compile(r"[/,()|]")
_DISTRICT = re.compile(r"[ ,(]+(?:OT|Ortsteil|Stadtteil)\b.*")  # what follows is a part of the municipality
_SHORTEST = 3  # letters of a significant word


class Meaning(NamedTuple):
    """What is compared of a place name.

    Attributes:
        words: significant words, folded.
        joined: the whole name without blanks, folded.
        shortened: beginnings of words that were cut off with a full stop (``Ludwigsh.``).
    """

    words: frozenset[str]
    joined: str
    shortened: tuple[str, ...] = ()


def folded_place(name: str) -> str:
    """The name folded so that ä, ae and a are the same: people without umlaut keys write any of them."""
    folded = fold(name)
    if "e" in folded:
        folded = folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return folded


@lru_cache(maxsize=65536)
def meaning(name: str) -> Meaning:
    """What of a name is compared."""
    words: set[str] = set()
    for part in _BREAKS.split(name) if _BREAKS.search(name) else (name,):
        words |= _significant(folded_place(part).split())
    folded = folded_place(_DISTRICT.sub("", name))
    if not words:
        words = {word for word in folded.split() if len(word) >= _SHORTEST} or {folded}
    short = tuple(folded_place(word) for word in name.split() if word.endswith(".") and len(word) > 4)
    return Meaning(frozenset(words), folded.replace(" ", ""), short)


def _significant(words: list[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if found and word in _CONNECTIVES:
            break
        if word not in _COMMON and len(word) >= _SHORTEST and not word.isdigit():
            found.add(_EXONYMS.get(word, word))
    return found


@lru_cache(maxsize=65536)
def main_name(name: str) -> str:
    """The first significant words as one, for comparing: up to a bracket, slash, comma or connective.

    >>> main_name("Frankfurt/Main"), main_name("Frankfurt a.M."), main_name("Bad Homburg v.d.H."), main_name("Munich")
    ('frankfurt', 'frankfurt', 'badhomburg', 'munchen')
    """
    found: list[str] = []
    for word in folded_place(_BREAKS.split(name, maxsplit=1)[0]).split():
        if found and word in _CONNECTIVES:
            break
        found.append(_EXONYMS.get(word, "sankt" if word == "st" else word))
    return "".join(found)


@cache
def _meaning_at(country: str, code: str) -> Meaning | None:
    names = _places.names_at(country, code)
    if not names:
        return None
    meanings = [meaning(name) for name in names]
    return Meaning(
        frozenset().union(*(one.words for one in meanings)),
        "|" + "|".join(one.joined for one in meanings) + "|",
    )


_places.forgets_with_reference(_meaning_at)


@cache
def _words_near(country: str) -> dict[str, set[str]]:
    """Significant words by the postal code without its last digit: the neighbours a firm may name instead."""
    found: dict[str, set[str]] = {}
    for code, names in _places.codes_of(country).items():
        words = found.setdefault(code[:-1], set())
        for name in names.split("|"):
            words |= meaning(name).words
    return found


@cache
def _names_near(country: str) -> dict[str, set[str]]:
    """Whole names by the postal code without its last two digits, for cities that are larger than ten codes."""
    found: dict[str, set[str]] = {}
    for code, names in _places.codes_of(country).items():
        found.setdefault(code[:-2], set()).update(meaning(name).joined for name in names.split("|"))
    return found


_places.forgets_with_reference(_words_near)
_places.forgets_with_reference(_names_near)


@lru_cache(maxsize=65536)
def agrees(city: str, country: str, code: str) -> bool | None:
    """Whether a city lies at a postal code, or next to it; ``None`` when the code is unknown.

    Next to it: the table gives a code to few of the places it serves (at 04158 the district alone, not Leipzig), so
    a place whose codes differ in the last digit, or a whole name whose codes differ in the last two, agrees as well.

    >>> agrees("Weiden i.d.OPf", "DE", "92637"), agrees("Weiden", "DE", "01067"), agrees("Weiden", "DE", "00000")
    (True, False, None)
    """
    there = _meaning_at(country, code)
    if there is None:
        return None
    here = meaning(city)
    if not here.words.isdisjoint(there.words) or f"|{here.joined}|" in there.joined:
        return True
    if any(word.startswith(start) for start in here.shortened for word in there.words):
        return True
    return lies_around(city, country, code)


def lies_around(city: str, country: str, code: str) -> bool:
    """Whether a city lies at neighbours of a postal code, which itself need not be in the table.

    >>> lies_around("Dresden", "DE", "01008"), lies_around("Hamburg", "DE", "01008")
    (True, False)
    """
    here = meaning(city)
    if not here.words.isdisjoint(_words_near(country).get(code[:-1], frozenset())):
        return True
    return here.joined in _names_near(country).get(code[:-2], frozenset())


def agrees_exactly(city: str, country: str, code: str) -> bool:
    """Whether the city lies at this very code: the stricter question asked before a code is changed."""
    there = _meaning_at(country, code)
    return there is not None and not meaning(city).words.isdisjoint(there.words)


_places.forgets_with_reference(agrees)


@cache
def _spellings(country: str) -> dict[str, str]:
    """Folded name to the table's spelling, for names that are spelt in one way only; others map to nothing."""
    found: dict[str, str] = {}
    for names in _places.codes_of(country).values():
        for name in names.split("|"):
            for spelt in {name, name.partition(",")[0]}:  # "Wien, Innere Stadt" gives Wien as well
                folded = fold(spelt)
                if found.setdefault(folded, spelt) != spelt:
                    found[folded] = ""
    return found


_places.forgets_with_reference(_spellings)


def spelling(name: str, country: str) -> str | None:
    """How the table of the country spells a place, whatever its letter case; ``None`` where it is unknown or unclear.

    >>> spelling("MÜNCHEN", "DE")
    'München'
    """
    return _spellings(country).get(fold(name)) or None


@cache
def _all_words(country: str) -> frozenset[str]:
    return frozenset().union(*_words_near(country).values())


_places.forgets_with_reference(_all_words)


def is_known(name: str, country: str) -> bool:
    """Whether a significant word of the name is one of some place of the country.

    >>> is_known("Weiden", "DE"), is_known("Entenhausen", "DE")
    (True, False)
    """
    return not meaning(name).words.isdisjoint(_all_words(country))
