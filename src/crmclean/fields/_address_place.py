"""Finds the place of an address: postal code and city in the order its country writes them.

>>> find(["Musterstraße 5", "D-01067 Dresden"], "DE")[:3]
('DE', '01067', 'Dresden')
>>> find(["1 Example Street", "London SW1A 1AA"], "GB")[:3]
('GB', 'SW1A 1AA', 'London')
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crmclean.fields._countries import car_prefixes, countries
from crmclean.fields._postal_rules import formed, rule_of, state_codes

# Countries asked when neither the address nor the row names one: those whose table can say yes, those whose codes look
# like no other's, and those that name a state beside the code.
GUESSES = ("DE", "AT", "CH", "LI", "LU", "GB", "NL", "CA", "PL", "US", "AU")
_ANY_CODE = r"\d{4,5}"
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_OWN = {"IE": r"[A-Z]\d[\dW] ?[\dA-Z]{4}"}  # Google's pattern for Eircodes also matches words
_CEDEX = re.compile(r" +(cedex(?: \d+)?)$", re.IGNORECASE)
_POST_OFFICE = re.compile(r" +([A-ZØ]{1,2}\.?)$")
_PROVINCE = re.compile(r" +\(?([A-Z]{2})\)?$")
_STATE_WORDS = 3


class Place(NamedTuple):
    """A place line and what stands above it.

    Attributes:
        country: alpha-2; empty when nobody knows.
        code: postal code in the country's form.
        city: empty when only a code stands there.
        state: state, province or region beside it.
        above: the pieces of the address before the place.
        glued: whether code and street stood in one piece without a comma or line end.
        additions: post office names and the like that stood after the city.
        prefixed: whether the code had its country in front.
    """

    country: str
    code: str
    city: str
    state: str
    above: list[str]
    glued: bool
    additions: list[str]
    prefixed: bool


class _Shapes(NamedTuple):
    front: re.Pattern[str]
    back: re.Pattern[str]
    anywhere: re.Pattern[str]


@cache
def _shapes(country: str | None) -> _Shapes | None:
    rule = rule_of(country)
    if country is not None and (rule is None or rule.pattern is None):
        return None
    source = _OWN.get(country or "") or (rule.pattern.pattern if rule and rule.pattern else _ANY_CODE)
    code = _GROUP.sub("(?:", source)
    signs = "|".join(sorted(car_prefixes())) if country is None else "|".join(_signs(country))
    sign = rf"(?:(?P<sign>{signs})(?:-| -? ?))?"
    # In front of a line the code can't be mistaken for anything else, so it may be written with a blank.
    front = r"\d{2} ?\d{3}|\d{3} ?\d{2}" if code == r"\d{5}" else code
    front = rf"{sign}(?P<code>{front})(?![\w/])"
    code = rf"{sign}(?P<code>{code})(?![\w/])"
    return _Shapes(
        re.compile(rf"{front}(?: ?[-–] ?| +|$)(?P<city>\D.*)?"),
        re.compile(rf"(?:(?P<city>.*[^\d ]) +)?(?<![\w/-]){code}"),
        re.compile(rf"(?<![\w/.-]){code}(?= +[^\W\d])"),
    )


def _signs(country: str) -> tuple[str, ...]:
    car = countries()[country].car if country in countries() else ""
    rule = rule_of(country)
    return tuple(sorted({sign for sign in (car, country, rule.prefix if rule else "") if sign}, reverse=True))


def has_code(text: str, country: str) -> bool:
    """Whether the text holds something that could be a postal code of the country."""
    shapes = _shapes(country)
    return bool(shapes and shapes.anywhere.search(f"{text} x"))


def find(segments: list[str], country: str | None) -> Place | None:
    """The place in the pieces of an address, looked for from the end; ``None`` without a postal code."""
    shapes = _shapes(country)
    if shapes is None:
        return None
    rule = rule_of(country)
    finders = [_code_in_front, _code_within, _code_at_end]
    if rule and rule.city_first:
        finders = [_code_at_end, _code_in_front]
    for finder in finders:
        for at in range(len(segments) - 1, -1, -1):
            place = finder(segments, at, shapes, country)
            if place:
                return place
    return None


def _code_in_front(segments: list[str], at: int, shapes: _Shapes, country: str | None) -> Place | None:
    """``01067 Dresden``, or code and city in pieces of their own."""
    match = shapes.front.fullmatch(segments[at])
    if not match:
        return None
    above, after = segments[:at], segments[at + 1 :]
    city = (match["city"] or "").strip(" -–,")
    if not city and after:
        city, after = after[0], after[1:]
    elif not city and above and not any(map(str.isdigit, above[-1])):
        above, city = above[:-1], above[-1]
    if any(map(str.isdigit, "".join(after))) and not any(map(str.isdigit, "".join(above))):
        above, after = [*above, *after], []  # Hungary writes the street below the city
    return _made(country, match, city, ", ".join(after), above)


def _code_within(segments: list[str], at: int, shapes: _Shapes, country: str | None) -> Place | None:
    """``Musterstraße 5 01067 Dresden``: the last code with words after it and something before."""
    found = [match for match in shapes.anywhere.finditer(segments[at]) if match.start()]
    if not found:
        return None
    match = found[-1]
    street = segments[at][: match.start()].rstrip(" -–")
    city = segments[at][match.end() :].strip(" -–")
    place = _made(country, match, city, ", ".join(segments[at + 1 :]), [*segments[:at], street])
    return place._replace(glued=at == 0) if place else None


def _code_at_end(segments: list[str], at: int, shapes: _Shapes, country: str | None) -> Place | None:
    """``London SW1A 1AA``, ``Irvine, CA 92618``, or the code below the city."""
    match = shapes.back.fullmatch(segments[at])
    if not match:
        return None
    above = segments[:at]
    city, state = _state_cut((match["city"] or "").strip(" -–,."), country)
    while not city and above and not state and country in ("AU", "CA", "US"):
        city, state = _state_cut(above.pop(), country)
    if not city and above and not above[-1][0].isdigit():
        city = above.pop()
    glued = False
    if at == 0 and any(map(str.isdigit, city)):
        # No comma at all: only the last word is surely the city's.
        street, _, city = city.rpartition(" ")
        above, glued = [street], True
    elif at == 0 and rule_is_city_first(country) and city.count(" ") > 2:
        street, _, city = city.rpartition(" ")
        above, glued = [street], True
    after = ", ".join([state] if state else segments[at + 1 :])
    place = _made(country, match, city, after, above)
    return place._replace(glued=glued) if place else None


def rule_is_city_first(country: str | None) -> bool:
    """Whether the country writes the city before the code."""
    rule = rule_of(country)
    return bool(rule and rule.city_first)


def _state_cut(city: str, country: str | None) -> tuple[str, str]:
    """City and state of ``Palo Alto CA`` or ``Plainview New York``."""
    states = state_codes(country) if country in ("AU", "CA", "US") and country else {}
    if not states:
        return city, ""
    words = city.split()
    for n_words in range(min(_STATE_WORDS, len(words)), 0, -1):
        tail = " ".join(words[-n_words:])
        if tail.upper().replace(".", "") in states or tail in states.values():
            return " ".join(words[:-n_words]).rstrip(" ,"), tail
    return city, ""


def _made(country: str | None, match: re.Match[str], city: str, state: str, above: list[str]) -> Place | None:
    sign = match["sign"]
    owner = car_prefixes()[sign] if sign and sign in car_prefixes() else country
    code = (formed(match["code"], owner) if owner else None) or match["code"]
    additions = []
    cedex = _CEDEX.search(city)
    if cedex:
        city, additions = city[: cedex.start()], [cedex[1]]
    office = _POST_OFFICE.search(city) if owner == "DK" else None
    if office:
        city, additions = city[: office.start()], [office[1]]
    province = _PROVINCE.search(city) if owner == "IT" else None
    if province and province[1] in state_codes("IT"):
        city, state = city[: province.start()], province[1]
    return Place(owner or "", code, city, state, above, glued=False, additions=additions, prefixed=bool(sign))
