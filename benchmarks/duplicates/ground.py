"""Towns with their postcodes, area codes and register courts, and numbers with the right check digits.

Postcodes come from the table the package carries, area codes from ``phonenumbers``' own list of places: a place not in
it takes the code of its neighbour by postcode.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

from phonenumbers.geodata import GEOCODE_DATA

from benchmarks.generator import CODE, MOBILE
from crmclean.fields._places import codes_of
from crmclean.fields.ids.at_fn import check_letter

_WIEN = "Wien"


class Town(NamedTuple):
    """One postcode.

    Attributes:
        postal_code: as it is written in the country.
        city: its first place.
        country: DE, AT or CH.
        area: area code without the leading zero.
        court: the register court, empty outside Germany.
    """

    postal_code: str
    city: str
    country: str
    area: str
    court: str


class Phone(NamedTuple):
    """A number in its parts.

    Attributes:
        code: calling code, ``49``.
        area: area or network code without the leading zero.
        trunk: what follows it.
        extension: dialled behind the trunk; empty where there is none.
    """

    code: str
    area: str
    trunk: str
    extension: str


def _areas(country: str) -> dict[str, str]:
    code = CODE[country]
    found: dict[str, str] = {}
    for prefix, names in GEOCODE_DATA.items():
        # Two digits are a mistake there: only Vienna has fewer than three.
        if prefix.startswith(code) and "de" in names and (country != "AT" or len(prefix) > len(code) + 2):
            for name in names["de"].split("/"):
                found.setdefault(name, prefix[len(code) :])
    if country == "AT":
        found[_WIEN] = "1"
    return found


def _city(names: str) -> str:
    """The first place of a postcode that is no part of another: ``Wien``, not ``Wien, Wieden``."""
    first = names.split("|", maxsplit=1)[0].partition(",")[0]
    return first.rstrip(" 0123456789") or first


def _courts() -> list[str]:
    lines = (files("crmclean") / "data" / "courts.tsv").read_text(encoding="utf-8").splitlines()
    return [name for _, name, kind in (line.split("\t") for line in lines if not line.startswith("#")) if kind == "now"]


def _nearest(keys: list[str], key: str) -> int:
    return min(bisect_left(keys, key), len(keys) - 1)


@cache
def towns(country: str) -> tuple[Town, ...]:
    """Every postcode of DE, AT or CH, in their order."""
    areas = _areas(country)
    last = next(iter(areas.values()))
    rows = []
    for code, names in sorted(codes_of(country).items()):
        city = _city(names)
        last = areas.get(city) or areas.get(city.partition(" ")[0]) or last
        rows.append((code, city, last))
    if country != "DE":
        return tuple(Town(code, city, country, area, "") for code, city, area in rows)
    court_at = _court_places({city: code for code, city, _ in reversed(rows)})
    keys = [code for code, _ in court_at]
    return tuple(Town(code, city, country, area, court_at[_nearest(keys, code)][1]) for code, city, area in rows)


def _court_places(code_of_city: dict[str, str]) -> list[tuple[str, str]]:
    return sorted((code_of_city[court], court) for court in _courts() if court in code_of_city)


def town(rng: Random) -> Town:
    """Any town: 88 of 100 in Germany, 7 in Austria, 5 in Switzerland."""
    share = rng.random()
    choices = towns("DE" if share < 0.88 else "AT" if share < 0.95 else "CH")
    return choices[int(rng.random() * len(choices))]


def _digits(rng: Random, count: int) -> str:
    """``count`` digits that start with 2 to 8: no prefix, no emergency or service number starts so."""
    return str(rng.randrange(2 * 10 ** (count - 1), 9 * 10 ** (count - 1)))


def landline(rng: Random, where: Town) -> Phone:
    """A private connection, of a length that its area code has."""
    if where.country == "CH":
        return Phone("41", where.area, _digits(rng, 7), "")
    length = 6 if len(where.area) > 2 else 7
    return Phone(CODE[where.country], where.area, _digits(rng, length), "")


def switchboard(rng: Random, where: Town) -> Phone:
    """A firm's number: its desk is at extension 0, or 00 in Switzerland where all numbers are equally long."""
    if where.country == "CH":
        return Phone("41", where.area, _digits(rng, 5), "00")
    return Phone(CODE[where.country], where.area, _digits(rng, 5 if len(where.area) > 2 else 6), "0")


def extension(rng: Random, board: Phone) -> Phone:
    """A desk at that firm."""
    return board._replace(extension=str(rng.randrange(10, 100) if board.code == "41" else rng.randrange(11, 999)))


def mobile(rng: Random, country: str) -> Phone:
    """A mobile number."""
    networks = MOBILE[country]
    network = networks[int(rng.random() * len(networks))]
    return Phone(CODE[country], network, _digits(rng, 8 if network in {"151", "176"} else 7), "")


def vat_id(serial: int, country: str) -> str:
    """A VAT id with its check digit (DE: ISO 7064 mod 11,10; AT: Luhn with an offset; CH: mod 11).

    Args:
        serial: 0 to 89,999,999; another one gives another German id.
        country: DE, AT or CH.
    """
    if country == "AT":
        body = str(10**6 + serial % (9 * 10**6))
        total = sum(int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(body))
        return f"ATU{body}{(96 - total) % 10}"
    body = str(10**7 + serial)
    if country == "CH":
        check = -sum(w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4), body, strict=True)) % 11
        return f"CHE{body}{check}" if check < 10 else vat_id((serial + 1) % (9 * 10**7), country)
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return f"DE{body}{(11 - product) % 10}"


class Registers:
    """Gives every firm numbers of its own: two random ones in a million would now and then be the same."""

    def __init__(self, rng: Random) -> None:
        self._vat = rng.randrange(9 * 10**7)
        self._entries: dict[str, int] = {}

    def vat_id(self, country: str) -> str:
        """The next VAT id. The step and 90,000,000 have no common factor, so none comes twice."""
        self._vat = (self._vat + 61_803_401) % (9 * 10**7)
        return vat_id(self._vat, country)

    def register_id(self, where: Town, kind: str) -> str:
        """``HRB 4711 Kiel`` in Germany (``kind`` HRA or HRB), ``FN 123456d`` in Austria, nothing in Switzerland."""
        if where.country == "CH":
            return ""
        register = f"{kind} {where.court}" if where.country == "DE" else "FN"
        entry = self._entries.get(register, len(self._entries) * 7919)
        self._entries[register] = entry + 61_801
        if where.country == "AT":
            digits = str(10_000 + entry % 640_000)
            return f"FN {digits}{check_letter(digits)}"
        return f"{kind} {1000 + entry % 249_000} {where.court}"
