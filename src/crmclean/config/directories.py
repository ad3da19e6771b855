"""The sections ``[directories.NAME]``: names that do not exist and passwords that can be read are errors at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmclean.config.model import DirectorySection
from crmclean.core.language import Text
from crmclean.core.registry import DIRECTORIES, FIELDS

_REFERENCES = ("env:", "file:", "keyring:")
_TOKEN_PLACES = ("bearer", "header:NAME", "query:NAME")


@dataclass(frozen=True, slots=True)
class WrongDirectory:
    """One thing that is wrong in a section.

    Attributes:
        section: of the file.
        key: its key there; empty for the section itself.
        what: what is wrong.
        given: the name that does not exist; empty where no name is near to anything.
        known: the names there are.
    """

    section: str
    key: str
    what: Text
    given: str = ""
    known: tuple[str, ...] = ()


def wrong_in_directory(name: str, given: DirectorySection) -> Iterator[WrongDirectory]:
    """What is wrong in one section; the values of secrets are never repeated."""
    section = f"directories.{name}"
    kind = given.kind or name
    if kind not in DIRECTORIES:
        what = Text(f"unknown directory {kind!r}", f"unbekanntes Verzeichnis {kind!r}")
        yield WrongDirectory(section, "kind" if given.kind else "", what, kind, tuple(DIRECTORIES))
    for key in ("password", "token"):
        value = getattr(given, key)
        if value and not value.startswith(_REFERENCES):
            what = Text(
                f'{key} must say where it is: "env:NAME", "file:PATH" or "keyring:SERVICE/USER"',
                f'{key} muss sagen, wo es steht: "env:NAME", "file:PFAD" oder "keyring:DIENST/NUTZER"',
            )
            yield WrongDirectory(section, key, what)
    where, _, header = given.token_in.partition(":")
    if given.token_in != "bearer" and not (  # noqa: S105 - a place, no token
        where in ("header", "query") and header.isascii() and header.isprintable() and header
    ):
        what = Text("token_in is unknown", "token_in ist unbekannt")
        yield WrongDirectory(section, "token_in", what, given.token_in, _TOKEN_PLACES)
    if given.user and given.token:
        both = Text("either user and password, or a token", "entweder user und password oder token")
        yield WrongDirectory(section, "token", both)
    if given.user and not given.password:
        alone = Text("user needs a password", "user braucht ein password")
        yield WrongDirectory(section, "user", alone)
    yield from _wrong_numbers(section, given)
    for field in given.properties:
        if field not in FIELDS:
            what = Text(f"unknown field {field!r}", f"unbekanntes Feld {field!r}")
            yield WrongDirectory(f"{section}.properties", field, what, field, tuple(sorted(FIELDS)))


def _wrong_numbers(section: str, given: DirectorySection) -> Iterator[WrongDirectory]:
    share = Text("accept must be between 0 and 1", "accept muss zwischen 0 und 1 liegen")
    rate = Text("rate_per_s must be above 0 and at most 100", "rate_per_s muss über 0 liegen und höchstens 100 sein")
    days = Text("cache_days must be between 0 and 3650", "cache_days muss zwischen 0 und 3650 liegen")
    fresh = DirectorySection()
    if given.accept != fresh.accept and not 0 <= given.accept <= 1:
        yield WrongDirectory(section, "accept", share)
    if given.rate_per_s != fresh.rate_per_s and not 0.001 <= given.rate_per_s <= 100:
        yield WrongDirectory(section, "rate_per_s", rate)
    if given.cache_days != fresh.cache_days and not 0 <= given.cache_days <= 3650:
        yield WrongDirectory(section, "cache_days", days)
