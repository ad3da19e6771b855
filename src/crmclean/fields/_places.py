"""Which places lie at which postal code.

The package carries GeoNames' table for DE, AT, CH, LI and LU (``data/places.*.txt.gz``, CC-BY 4.0, www.geonames.org;
made by ``tools/make_places.py``). ``use_reference`` puts GeoNames' own ``allCountries.txt`` in front of it.
A country is loaded when it is first asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from crmclean.core.errors import InputError
from crmclean.core.language import Text

EMBEDDED = frozenset({"AT", "CH", "DE", "LI", "LU"})
_COLUMNS = 12  # of GeoNames' postal table: country, code, place, 3 x (name, code), latitude, longitude, accuracy
# Countries whose codes GeoNames gives only in part: the outward code, the sorting area, the digits.
_SHORTENED = {"CA": 3, "IE": 3, "NL": 4, "US": 5}


@dataclass(frozen=True, slots=True)
class Places:
    """Places by country and postal code.

    Attributes:
        by_country: ``{alpha-2: {postal code: "name|name|…"}}``.
    """

    by_country: Mapping[str, Mapping[str, str]]


_reference: Places | None = None


def load_reference(path: Path, countries: frozenset[str] = frozenset()) -> Places:
    """Read GeoNames' postal table (``allCountries.txt`` or a country's file of the same 12 columns).

    Args:
        path: the unpacked table. The world takes some five seconds and 0.3 GB, a few countries far less.
        countries: alpha-2 codes to keep; empty for all.

    Raises:
        InputError: the file is missing, unreadable, or not that table.
    """
    found: dict[str, dict[str, list[str]]] = {}
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                cells = line.rstrip("\r\n").split("\t")
                if len(cells) != _COLUMNS or len(cells[0]) != 2:
                    raise _not_a_table(path)
                if countries and cells[0] not in countries:
                    continue
                names = found.setdefault(cells[0], {}).setdefault(cells[1].removeprefix("L-"), [])
                if cells[2] not in names:
                    names.append(cells[2])
    except UnicodeDecodeError as error:
        raise _not_a_table(path) from error
    except OSError as error:
        raise InputError(
            Text("the reference file can't be read", "die Referenzdatei ist nicht lesbar"),
            code="reference-unreadable",
            where=str(path),
        ) from error
    if not found and not countries:
        raise _not_a_table(path)
    return Places({c: {code: "|".join(names) for code, names in codes.items()} for c, codes in found.items()})


def _not_a_table(path: Path) -> InputError:
    return InputError(
        Text("not GeoNames' postal code table", "nicht die Postleitzahlentabelle von GeoNames"),
        code="reference-format",
        hint=Text(
            "take allCountries.zip from download.geonames.org/export/zip and unpack it",
            "allCountries.zip von download.geonames.org/export/zip nehmen und entpacken",
        ),
        where=str(path),
    )


def use_reference(places: Places | None) -> None:
    """Let look-ups ask this table first; ``None`` goes back to the embedded one.

    Called once at the start of a run, before any value is judged: answers are cached and forgotten here.
    """
    global _reference  # noqa: PLW0603 - the one provider of a run, set before the work starts
    _reference = places
    for cached in (codes_of, names_at, countries_at):
        cached.cache_clear()
    _listeners_forget()


_listeners: list[object] = []


def _listeners_forget() -> None:
    for cached in _listeners:
        cached.cache_clear()  # type: ignore[attr-defined]


def forgets_with_reference(cached: object) -> None:
    """Register a ``functools`` cache that is built from the places, so that ``use_reference`` empties it too."""
    _listeners.append(cached)


@cache
def codes_of(country: str) -> Mapping[str, str]:
    """``{postal code: "name|name|…"}`` of a country; empty where nothing is known about it."""
    if _reference is not None and country in _reference.by_country:
        return _reference.by_country[country]
    if country not in EMBEDDED:
        return {}
    from importlib.resources import files  # takes 10 ms, most of what importing a field would

    packed = files("crmclean.data").joinpath(f"places.{country}.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode().split("\n")
    return dict(line.split("\t") for line in lines if line)


def covers(country: str | None) -> bool:
    """Whether a missing postal code of this country means something."""
    return country is not None and bool(codes_of(country))


@lru_cache(maxsize=65536)
def names_at(country: str, code: str) -> tuple[str, ...]:
    """The places at a postal code as GeoNames writes them; empty where the code is unknown.

    >>> names_at("CH", "8001")
    ('Zürich',)
    """
    codes = codes_of(country)
    names = codes.get(code) or codes.get(_shortened(country, code))
    return tuple(names.split("|")) if names else ()


def _shortened(country: str, code: str) -> str:
    if country == "GB":
        return code.partition(" ")[0]
    return code[: _SHORTENED.get(country, len(code))]


@lru_cache(maxsize=65536)
def countries_at(code: str) -> tuple[str, ...]:
    """The embedded countries that have this postal code, Germany first."""
    return tuple(country for country in ("DE", "AT", "CH", "LI", "LU") if names_at(country, code))
