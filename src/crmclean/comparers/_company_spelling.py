"""Company names as they are compared: what is written in ways that say nothing is written in one.

``I.B.M.`` is ``IBM``, an article names nobody, and a legal form spelt out in front or behind is none of the words.
"""

from __future__ import annotations

import re

import polars as pl

_FORMS = (
    r"(?:(?:open|public|closed|private) )?(?:joint stock company|limited liability company|limited company)"
    r"|[op]?jsc|ooo|oao|zao|pao|srl|sarl|spa|llc|plc|ltd|inc"
)
_IN_FRONT = rf"^(?:the|der|die|das|{_FORMS}) "
_BEHIND = rf" (?:the|company|corporation|corp|co|incorporated|limited|{_FORMS})$"
_INITIALS = r"(?:^| )[a-z] [a-z](?: |$)"
_RUN = re.compile(r"(?<![^ ])[a-z](?: [a-z])+(?![^ ])")
_UMLAUT = r"([aou])e"  # spelt out or without its dots, it is the same town
_CITY_LETTERS = 4  # of a town whose name may be left out


def plain_names(names: pl.Series) -> pl.Series:
    """Comparison keys of company names in one spelling; null stays null.

    >>> plain_names(pl.Series(["i b m", "the open joint stock company adler", "h m mode", "adler company"])).to_list()
    ['ibm', 'adler', 'hm mode', 'adler']
    """
    plain = names
    for _ in range(2):
        plain = plain.str.replace(_IN_FRONT, "").str.replace(_BEHIND, "")
    spelt = plain.str.contains(_INITIALS).fill_null(value=False).arg_true()
    joined = [_RUN.sub(lambda run: run[0].replace(" ", ""), name) for name in plain.gather(spelt)]
    return plain.scatter(spelt, joined) if joined else plain


def without_place(names: pl.Series, cities: pl.Series) -> pl.Series:
    """The names without the town their record stands in; null where it is not part of the name, or all of it.

    Args:
        names: see ``plain_names``.
        cities: folded, without blanks, n; null where no town is known.

    >>> without_place(pl.Series(["cafe adler wien", "wien", "adler"]), pl.Series(["wien"] * 3)).to_list()
    ['cafe adler', None, None]
    """
    pairs = pl.DataFrame([names.alias("name"), cities.alias("city")])
    name, city = (pl.col(side).str.replace_all(" ", "").str.replace_all(_UMLAUT, "$1") for side in ("name", "city"))
    is_inside = (city.str.len_bytes() >= _CITY_LETTERS) & name.str.contains(city, literal=True)
    at = pairs.select(is_inside.fill_null(value=False)).to_series().arg_true()
    found = [_without(name.split(), city) for name, city in zip(names.gather(at), cities.gather(at), strict=True)]
    nothing = pl.repeat(None, len(names), dtype=pl.String, eager=True)
    return nothing.scatter(at, found) if found else nothing


def _without(words: list[str], city: str) -> str | None:
    """The words that are left when those that spell the town are taken out, if both are any."""
    town = re.sub(_UMLAUT, r"\1", city)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if re.sub(_UMLAUT, r"\1", "".join(words[start:end])) == town:
                return " ".join((*words[:start], *words[end:])) or None
    return None
