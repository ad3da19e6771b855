"""What all fields have in common that are kept as they are: keys, names of owners, words of the firm's own lists.

Their values are never judged or rewritten: a CRM recognises its records by them, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold

_GUID = re.compile(r"\{?([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})\}?", re.ASCII | re.IGNORECASE)
_SALESFORCE = re.compile(r"[0-9A-Za-z]{15}[A-Z0-5]{3}", re.ASCII)
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """Every value is itself."""
    return Parsed(value)


def record_key(value: str) -> str:
    """A key that is equal for the ways one CRM writes the id of one record.

    GUIDs come with and without braces and hyphens, in both cases; Salesforce ids with 15 characters that are
    case-sensitive, or with three more that hold the case.

    >>> record_key("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}")
    '6f9619ff8b86d011b42d00cf4fc964ff'
    >>> record_key("001000000000001AAA"), record_key("001000000000001")
    ('001000000000001', '001000000000001')
    """
    guid = _GUID.fullmatch(value)
    if guid:
        return guid[1].replace("-", "").lower()
    if _SALESFORCE.fullmatch(value) and value[15:] == salesforce_suffix(value[:15]):
        return value[:15]
    return value


def salesforce_suffix(short: str) -> str:
    """The three characters that make a Salesforce id of 15 characters one of 18: one bit for each capital.

    >>> salesforce_suffix("0011r00002AbCdE")
    'AAV'
    """
    return "".join(
        _SUFFIX[sum(1 << place for place, char in enumerate(short[start : start + 5]) if "A" <= char <= "Z")]
        for start in (0, 5, 10)
    )


def word_key(value: str) -> str | None:
    """Case, accents and punctuation do not tell words apart."""
    return fold(value) or None


def no_key(value: str) -> None:  # noqa: ARG001
    """For values that say nothing about identity."""
    return


def plain_field(  # noqa: PLR0913 - what tells one key from another
    name: str,
    title: Text,
    group: str,
    headers: tuple[str, ...],
    *,
    key: Callable[[str], str | None] = no_key,
    looks_like: Callable[[str], float] | None = None,
    examples: tuple[str, ...],
    sources: tuple[str, ...] = (),
    strength: Strength = Strength.NONE,
) -> FieldType:
    """A field whose values are kept as they are."""
    return FieldType(
        name=name,
        title=title,
        group=group,
        parse=parse,
        key=key,
        headers=headers,
        looks_like=looks_like or (lambda _: 0.0),
        plain=True,
        examples_good=examples,
        sources=sources,
        strength=strength,
    )


def looks_like_record_id(value: str) -> float:
    """GUIDs and Salesforce ids are made to be keys; whose key, only the header can say."""
    text = value.strip()
    if _GUID.fullmatch(text):
        return 0.6
    return 0.6 if _SALESFORCE.fullmatch(text) and text[15:] == salesforce_suffix(text[:15]) else 0.0
