"""Countries: ISO 3166-1 codes and the names, abbreviations and car codes people write for them.

Sources: ISO 3166-1 (codes; XK is the user-assigned code everybody uses for Kosovo); the UN list of distinguishing
signs of vehicles in international traffic (car codes); English, German and native everyday names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crmclean.core.text import fold

# Car codes of one letter that stand in address data. The other single letters (M, C, K, …) are more often something
# else in a country column than the country they mean on a car.
_SINGLE_LETTERS = frozenset("ABDEFHILNPS")


_FILLERS = frozenset({"the", "die", "and", "und"})


@dataclass(frozen=True, slots=True)
class Country:
    """One country.

    Attributes:
        alpha2: ISO 3166-1 alpha-2 code.
        alpha3: ISO 3166-1 alpha-3 code.
        car: distinguishing sign of its vehicles; empty if it has none.
        en: everyday English name.
        de: everyday German name.
        others: native, official, former and abbreviated names.
    """

    alpha2: str
    alpha3: str
    car: str
    en: str
    de: str
    others: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """All countries by alpha-2 code, sorted."""
    from importlib.resources import files  # takes 10 ms, most of what importing a field would

    text = files("crmclean.data").joinpath("countries.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            alpha2, alpha3, car, en, de, others = line.split("\t")
            found[alpha2] = Country(alpha2, alpha3, car, en, de, tuple(others.split("|")) if others else ())
    return found


@cache
def _index() -> dict[str, str]:
    """Folded spelling to alpha-2 code. Where spellings meet, ISO codes win over names, and names over car codes."""
    found: dict[str, str] = {}
    for code, country in countries().items():
        if len(country.car) > 1 or country.car in _SINGLE_LETTERS:
            found[_folded(country.car)] = code
    for code, country in countries().items():
        for name in (country.en, country.de, *country.others):
            found[_folded(name)] = code
    for code, country in countries().items():
        found[country.alpha3.lower()] = code
    for code in countries():
        found[code.lower()] = code
    return found


def _folded(name: str) -> str:
    folded = fold(name)
    # "U.S.A." and "U. S. A." fold to single letters: they are one word.
    if len(folded) > 1 and folded[1:2] == " " and all(len(word) == 1 for word in folded.split()):
        return folded.replace(" ", "")
    words = ["st" if word == "saint" else word for word in folded.split() if word not in _FILLERS]
    return " ".join(words) or folded


def country_code(name: str) -> str | None:
    """The alpha-2 code of a name, code or car code in any spelling; ``None`` when nothing is known by it.

    >>> country_code("BRD"), country_code("ÖSTERREICH"), country_code("U.K."), country_code("CH")
    ('DE', 'AT', 'GB', 'CH')
    >>> country_code("Narnia") is None
    True
    """
    return _index().get(_folded(name))


@cache
def car_prefixes() -> dict[str, str]:
    """Prefixes that stand before postal codes (``D-``, ``CH-``, ``FL-``, ``DK-``) to alpha-2 codes, upper case."""
    found = {country.car: code for code, country in countries().items() if country.car}
    return found | {code: code for code in countries()}


@cache
def all_spellings() -> tuple[str, ...]:
    """Every folded spelling of four letters or more, sorted; for finding the one a typo was meant to be."""
    return tuple(sorted(spelling for spelling in _index() if len(spelling) > 3))
