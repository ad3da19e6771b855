"""The words columns are called by: from every field type, from the language table, with the groups they may name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.dialects import Claim, dialects

TEXT = Claim("text")


def compact(folded: str) -> str:
    """A folded name without blanks, so that "E-Mail", "email" and "e mail" are one word.

    >>> compact("ust idnr")
    'ustidnr'
    """
    return folded.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All header words.

    Attributes:
        claims: compact name to what it may mean; more than one claim is an ambiguous word.
        groups: folded qualifier to the group it names (``privat`` → ``home``).
        plain: folded words that add nothing.
        folded: all names, folded but not compact.
    """

    claims: Mapping[str, tuple[Claim, ...]]
    groups: Mapping[str, str]
    plain: frozenset[str]
    folded: frozenset[str]


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("crmclean.data").joinpath(name).read_text("utf-8"))


def language_names() -> Iterable[tuple[str, Claim, str]]:
    """``(language, claim, column name)`` of the language table."""
    for language, fields in _data("headers_i18n.toml").items():
        for claimed, names in fields.items():
            field, _, group = claimed.partition("@")
            for name in names:
                yield language, Claim(field, group), name


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this installation. What a field type says of itself comes before the language table."""
    claims: dict[str, dict[Claim, None]] = {}  # a dict keeps the order and each claim once
    folded: set[str] = set()
    own = ((Claim(field.name), name) for field in FIELDS.values() for name in field.headers)
    table = ((claim, name) for _, claim, name in language_names() if claim.field in FIELDS)
    for claim, name in (*own, *table):
        key = fold(name)
        folded.add(key)
        claims.setdefault(compact(key), {})[claim] = None
    words = _data("header_groups.toml")
    groups = {fold(word): group for group, names in words["groups"].items() for word in names}
    return Vocabulary(
        claims={key: tuple(found) for key, found in claims.items() if key},
        groups=groups,
        plain=frozenset(fold(word) for word in words["plain"]["words"]),
        folded=frozenset(folded),
    )


@cache
def known_headers() -> frozenset[str]:
    """Folded names of columns known from any field type, language or CRM: a line with several is a header line."""
    found = set(vocabulary().folded)
    for dialect in dialects().values():
        found.update(dialect.headers)
    return frozenset(found - {""})
