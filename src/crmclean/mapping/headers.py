"""Reads a column's name: the thing it names, its number, and which of several like things is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crmclean.core.registry import FIELDS
from crmclean.core.text import fold
from crmclean.dialects import Claim
from crmclean.mapping.vocabulary import TEXT, Vocabulary, compact, vocabulary

# Word borders inside "BillingStreet", "mobilePhone1", "UStID": lower→upper, letter→digit, last capital of a run.
_BORDERS = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=[A-ZÄÖÜ0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[0-9])"
)
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)  # Salesforce's mark of a field the customer added
_COMPOUND = 4  # letters; shorter qualifiers would be found inside unrelated words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column's name says.

    Attributes:
        claims: what it may hold, likeliest first; empty when the name says nothing.
        number: of "Telefon 2"; 0 where there is none.
        weak: only a part of the name was understood ("Telefon Lager Nord"): the values must agree.
    """

    claims: tuple[Claim, ...] = ()
    number: int = 0
    weak: bool = False


def tokens_of(label: str) -> list[str]:
    """The folded words of a header, also those grown together by capitals.

    >>> tokens_of("ERP_CustomerId__c")
    ['erp', 'customer', 'id']
    """
    return fold(_BORDERS.sub(" ", _CUSTOM.sub("", label))).split()


@cache
def read_header(label: str) -> Reading:
    """What a header says, by the whole name first, then without numbers, then without qualifiers.

    >>> read_header("Column 7").claims
    ()
    """
    words = vocabulary()
    label = _CUSTOM.sub("", label)
    tokens = tokens_of(label)
    number = next((int(token) for token in tokens if token.isdecimal() and len(token) < 3), 0)
    tokens = [token for token in tokens if not token.isdecimal()]
    whole = words.claims.get(compact(fold(label)))
    if whole:
        named = any(token in words.groups for token in tokens)
        parts = _qualified(tokens, words) if named else _compound("".join(tokens), words)
        return Reading(_with_groups(whole, parts), number)
    found = words.claims.get("".join(tokens)) or _qualified(tokens, words)
    if found:
        return Reading(found, number)
    found = _part(tokens, words)
    return Reading(found, number, weak=bool(found))


def _with_groups(whole: tuple[Claim, ...], qualified: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """A name known as a whole ("land geschäftlich") with the group its words give the same field."""
    groups = {claim.field: claim.group for claim in qualified}
    return tuple(replace(claim, group=claim.group or groups.get(claim.field, "")) for claim in whole)


def _grouped(claims: tuple[Claim, ...], group: str) -> tuple[Claim, ...]:
    if group == "assistant":  # somebody else: the number may be dialled, the name is not the record's
        return tuple(c if c.group else _of_assistant(c) for c in claims)
    return tuple(replace(claim, group=claim.group or _group_of(claim, group)) for claim in claims)


def _of_assistant(claim: Claim) -> Claim:
    return Claim(claim.field, "assistant") if FIELDS[claim.field].group == "contact" else TEXT


def _group_of(claim: Claim, group: str) -> str:
    """ "Company" before a phone says whose it is; before a name or a number of the record it says nothing."""
    return group if FIELDS[claim.field].group in ("address", "contact") else ""


def _qualified(tokens: Sequence[str], words: Vocabulary) -> tuple[Claim, ...]:
    """The name without the words that say which one is meant: as few of them left out as possible."""
    named = [token for token in tokens if token in words.groups]
    group = words.groups[named[0]] if named else ""
    for left_out in (frozenset(named), frozenset(named) | words.plain, words.plain):
        kept = "".join(token for token in tokens if token not in left_out)
        outside = group if named and left_out is not words.plain else ""
        if kept and kept in words.claims:
            return _grouped(words.claims[kept], outside)
        if kept and (found := _compound(kept, words)):
            return _grouped(found, outside)
    return ()


def _compound(name: str, words: Vocabulary) -> tuple[Claim, ...]:
    """A qualifier grown together with the name: "rechnungsort", "billingcity", "telefonprivat"."""
    for word, group in (*words.groups.items(), *((word, "") for word in sorted(words.plain))):
        if len(word) >= _COMPOUND and len(word) < len(name):
            for rest in (name.removeprefix(word), name.removesuffix(word)):
                if rest != name and rest in words.claims:
                    return _grouped(words.claims[rest], group)
    return ()


def _part(tokens: Sequence[str], words: Vocabulary) -> tuple[Claim, ...]:
    """The longest run of words that names something; the first of equal length. Never free text."""
    named = next((token for token in tokens if token in words.groups), "")
    for length in range(len(tokens) - 1, 0, -1):
        for start in range(len(tokens) - length + 1):
            claims = words.claims.get("".join(tokens[start : start + length]), ())
            fields = tuple(claim for claim in claims if claim.field != "text")
            if fields:
                return _grouped(fields, words.groups.get(named, ""))
    return ()
