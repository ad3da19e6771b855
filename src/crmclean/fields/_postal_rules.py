"""How postal codes look in each country.

Data: ``data/postal_rules.tsv``, a cut of Google's address data made by ``tools/make_postal_rules.py``. How the codes
are spaced is the post's own habit and given here: the patterns allow the forms without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# Where the blank or hyphen stands, counted from the left of the compact code, by country.
_BLANK_AFTER = {"CA": 3, "CZ": 3, "GR": 3, "IE": 3, "NL": 4, "SE": 3, "SK": 3}
_HYPHEN_AFTER = {"BR": 5, "JP": 3, "PL": 2, "PT": 4}
_BLANK_BEFORE_LAST_3 = frozenset({"GB", "GG", "JE", "IM", "GI"})
_HYPHENED = frozenset({*_HYPHEN_AFTER, "US", "GB", "CA", "NL"})  # elsewhere a hyphen in a code is no mere habit
_BLANKS = re.compile(r"[\s.]+")
_BLANKS_AND_HYPHENS = re.compile(r"[\s.\-–]+")


@dataclass(frozen=True, slots=True)
class PostalRule:
    """How a country writes postal codes.

    Attributes:
        pattern: of the whole code; ``None`` for countries that have none.
        example: a code that exists.
        prefix: country sign in front of it (``CH``), empty if it has none.
        city_first: whether the place line is ``City Code``.
    """

    pattern: re.Pattern[str] | None
    example: str
    prefix: str
    city_first: bool


@cache
def _rules() -> dict[str, PostalRule]:
    from importlib.resources import files  # takes 10 ms, most of what importing a field would

    text = files("crmclean.data").joinpath("postal_rules.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            country, pattern, example, prefix, order = line.split("\t")
            compiled = re.compile(pattern, re.ASCII) if pattern else None
            found[country] = PostalRule(compiled, example, prefix, order == "city-code")
    return found


def rule_of(country: str | None) -> PostalRule | None:
    """The rule of a country; ``None`` when the country is unknown."""
    return _rules().get(country) if country else None


@cache
def state_codes(country: str) -> dict[str, str]:
    """``{code as in addresses: name}`` of the states of AU, CA, IT and US; empty for other countries."""
    from importlib.resources import files  # takes 10 ms, most of what importing a field would

    text = files("crmclean.data").joinpath("postal_rules.states.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.startswith(country + "\t"))
    return {code: name for _, code, name in rows}


def spaced(code: str, country: str) -> str:
    """The code as the country's post writes it; the code itself where there is no such habit or it does not fit.

    >>> spaced("sw1a1aa", "GB"), spaced("1234ab", "NL"), spaced("00950", "PL"), spaced("950141234", "US")
    ('SW1A 1AA', '1234 AB', '00-950', '95014-1234')
    """
    compact = (_BLANKS_AND_HYPHENS if country in _HYPHENED else _BLANKS).sub("", code).upper()
    if country in _BLANK_AFTER:
        at = _BLANK_AFTER[country]
        return f"{compact[:at]} {compact[at:]}"
    if country in _HYPHEN_AFTER:
        at = _HYPHEN_AFTER[country]
        return f"{compact[:at]}-{compact[at:]}" if len(compact) > at else compact
    if country in _BLANK_BEFORE_LAST_3:
        return f"{compact[:-3]} {compact[-3:]}"
    if country == "US" and len(compact) == 9:
        return f"{compact[:5]}-{compact[5:]}"
    return compact


def formed(code: str, country: str) -> str | None:
    """The code in the country's own form, or ``None`` when it can be none of that country.

    >>> formed("01 067", "DE"), formed("1067", "DE"), formed("1067-0", "DE"), formed("1234 ab", "NL")
    ('01067', None, None, '1234 AB')
    """
    rule = rule_of(country)
    if rule is None or rule.pattern is None:
        return None
    for candidate in (spaced(code, country), code.upper()):
        if rule.pattern.fullmatch(candidate):
            return candidate
    return None


# Countries whose codes look like no other's. Asked in this order.
_DISTINCT = ("NL", "GB", "CA", "PL", "PT", "IE", "JP", "BR", "MT")
_HAS_LETTER_OR_HYPHEN = re.compile(r"[A-Za-z-]")


@cache
def _distinct_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((c, rule.pattern) for c in _DISTINCT if (rule := _rules()[c]).pattern is not None)


def distinct_country(code: str) -> str | None:
    """The country whose postal codes alone look like this, with its own letters or hyphen; ``None`` for mere digits.

    >>> distinct_country("SW1A 1AA"), distinct_country("00-950"), distinct_country("12345")
    ('GB', 'PL', None)
    """
    if not _HAS_LETTER_OR_HYPHEN.search(code):
        return None
    written = code.upper()
    if "-" in written and not written.replace("-", "").isdigit():
        return None
    for country, pattern in _distinct_patterns():
        if pattern.fullmatch(written):
            return country
    return None
