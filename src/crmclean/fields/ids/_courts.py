"""German register courts: names, other spellings, XJustiz codes.

The data is in ``data/courts.tsv`` and ``data/court_aliases.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from crmclean.core.text import fold

_COURT_WORDS = re.compile(
    r"(?<![\w])(?:des|das|dem|beim|vom|im|am(?= amts)|bei(?= dem)?)?[\s]*"
    r"(?:amts-?gerichts?|registergerichts?|amtsger\.?|amtsg\.|reg(?:ister)?\.?-?ger(?:icht)?\.?|registerstandort)(?![\w])"
    r"[\s.:,-]*(?:in |zu )?",
    re.IGNORECASE,
)


_NO_DOTS = str.maketrans("äöüß", "aous")  # how umlauts look after an export that knows none: Koln, Munchen


@dataclass(frozen=True, slots=True)
class Court:
    """One court.

    Attributes:
        name: as the common register portal writes it.
        code: XJustiz code (also the middle of an EUID); empty where it is not known here.
        is_current: false if its register has moved to another court.
    """

    name: str
    code: str
    is_current: bool


def _bare(name: str) -> str:
    """The name for look-ups: letters only, umlauts spelt out, Sankt as St."""
    return re.sub("[^a-z]", "", re.sub(r"\bsankt\b", "st", fold(name)))


def _lines(file: str) -> list[list[str]]:
    text = (files("crmclean") / "data" / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _courts() -> dict[str, Court]:
    by_name = {name: Court(name, code, kind == "now") for code, name, kind in _lines("courts.tsv")}
    table = {_bare(name): court for name, court in by_name.items()}
    for name, court in by_name.items():
        short = re.sub(r"\s*\(.*", "", name)  # "Lingen (Ems)" is called Lingen; a court of that very name goes first
        table.setdefault(_bare(short), court)
    for alias, name, *kind in _lines("court_aliases.tsv"):
        table[_bare(alias)] = by_name.get(name) or Court(name, "", is_current=kind != ["former"])
    for court in by_name.values():
        table.setdefault(re.sub("[^a-z]", "", court.name.casefold().translate(_NO_DOTS)), court)
    return table


@cache
def _by_code() -> dict[str, Court]:
    return {court.code: court for court in _courts().values() if court.code}


@cache
def current_courts() -> tuple[str, ...]:
    """Names of the courts that keep a register today, sorted."""
    return tuple(sorted({court.name for court in _courts().values() if court.is_current}))


@lru_cache(maxsize=4096)  # a column names some hundred courts
def find_court(name: str) -> Court | None:
    """The court of that name in any usual spelling, or ``None``.

    >>> find_court("AG Charlottenburg")
    Court(name='Berlin (Charlottenburg)', code='F1103R', is_current=True)
    >>> find_court("Amtsgericht Köln").code, find_court("KOELN").code
    ('R3306', 'R3306')
    """
    court = _courts().get(_bare(name))
    if court is None:
        court = _courts().get(_bare(re.sub(r"^AG\s+", "", without_court_words(name))))
    return court


def court_of_code(code: str) -> Court | None:
    """The court with that XJustiz code.

    >>> court_of_code("R3306").name
    'Köln'
    """
    return _by_code().get(code)


def without_court_words(value: str) -> str:
    """The text without ``Amtsgericht``, ``Registergericht``, …

    >>> without_court_words("beim Amtsgericht Bonn")
    'Bonn'
    """
    return _COURT_WORDS.sub(" ", value).strip(" .,:;-")
