"""Header words with several meanings: the other columns and the values decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmclean.core.field import FieldType
from crmclean.core.registry import FIELDS
from crmclean.dialects import Claim
from crmclean.mapping.content import Content

_OF_COMPANIES = frozenset(
    (
        *("legal_form", "industry_code", "employees", "revenue", "vat_id", "register_number", "register_court"),
        *("lei", "duns", "ebid", "at_fn", "ch_uid"),
    )
)
_OF_PERSONS = frozenset(("salutation", "academic_title", "date_of_birth", "job_title", "first_name"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning chosen out of several.

    Attributes:
        claim: the meaning.
        sure: 0..1; below 0.6 it is a guess that a person should look at.
        why: one of ``others`` (the other columns), ``values``, ``usual``.
    """

    claim: Claim
    sure: float
    why: str


def choose(claims: Sequence[Claim], content: Content, present: frozenset[str]) -> Choice:
    """The meaning of an ambiguous header.

    Args:
        claims: possible meanings, the usual one first; at least two.
        content: the column's values.
        present: fields that other columns hold for sure; ``field@group`` where it stands beside the main one.
    """
    by_field = {claim.field: claim for claim in reversed(claims)}
    possible = [name for name in dict.fromkeys(c.field for c in claims) if not content.contradicts(FIELDS[name])]
    by_field = {name: by_field[name] for name in possible} or by_field
    for rule in (_by_name, _by_address, _by_title, _by_number):
        chosen = rule(frozenset(by_field), content, present)
        if chosen is not None:
            name, sure, why = chosen
            return Choice(by_field[name], sure, why)
    if len(by_field) == 1:
        return Choice(next(iter(by_field.values())), 0.7, "values")
    return _by_look(by_field, content)


def _by_look(by_field: dict[str, Claim], content: Content) -> Choice:
    """The meaning the values look like most; without a difference the usual one, said to be a guess."""
    looks = {name: content.looks(FIELDS[name]) for name in by_field}
    ranked = sorted(looks, key=lambda name: -looks[name])  # stable: the usual one first among equals
    tied = [name for name in ranked if looks[name] > looks[ranked[0]] - 0.1]
    if len(tied) > 1 and "vat_id" in tied:  # a national number that doubles as VAT id is the narrower meaning
        tied.remove("vat_id")
    if looks[tied[0]] >= 0.3 and len(tied) == 1:
        return Choice(by_field[tied[0]], 0.6 + 0.3 * looks[tied[0]], "values")
    plain = next((name for name in by_field if name == "text"), None)
    usual = plain or next(iter(by_field))  # a word that may also be free text is free text unless the values say so
    same = {_kind(FIELDS[name]) for name in by_field}
    return Choice(by_field[usual], 0.65 if plain or len(same) == 1 else 0.5, "usual")


def _kind(field: FieldType) -> str:
    return "plain" if field.plain else field.name


def _by_name(options: frozenset[str], content: Content, present: frozenset[str]) -> tuple[str, float, str] | None:
    """ "Name": of the company, of the person, or the last name beside a first name."""
    if "last_name" in options and "first_name" in present and "last_name" not in present:
        return "last_name", 0.85, "others"
    if not {"company_name", "full_name"} <= options:
        return None
    # Few companies' names look like one (a legal form), and hardly any person's does.
    company, person = content.looks(FIELDS["company_name"]), content.looks(FIELDS["full_name"])
    if content.is_telling and abs(company - person) >= 0.15:
        return ("company_name" if company > person else "full_name"), 0.75, "values"
    if "company_name" in present:
        return "full_name", 0.8, "others"
    companies = len(present & _OF_COMPANIES) + any(name.startswith("company_name@") for name in present)
    persons = len(present & _OF_PERSONS)
    if companies != persons:
        return ("company_name" if companies > persons else "full_name"), 0.7, "others"
    if content.is_telling and content.possible(FIELDS["full_name"]) >= 0.85:
        return "full_name", 0.65, "values"
    return "company_name", 0.5, "usual"


def _by_address(options: frozenset[str], content: Content, present: frozenset[str]) -> tuple[str, float, str] | None:
    """ "Adresse": the street beside postal code and city, or everything in one cell."""
    if not {"street", "full_address"} <= options:
        return None
    if content.has_lines >= 0.2:
        return "full_address", 0.85, "values"
    if content.looks(FIELDS["full_address"]) >= 0.3:  # a place with its code is never part of a street
        return "full_address", 0.85, "values"
    if content.looks(FIELDS["street"]) >= 0.5:
        return "street", 0.85, "values"
    if "postal_code" in present or "city" in present:
        return "street", 0.8, "others"
    return "full_address", 0.65, "others"


def _by_title(options: frozenset[str], content: Content, present: frozenset[str]) -> tuple[str, float, str] | None:
    """ "Title": before the name (Dr., Mrs.) or the job."""
    if "job_title" not in options or not options & {"academic_title", "salutation"}:
        return None
    before = sorted(options & {"academic_title", "salutation"})
    looks = {name: content.looks(FIELDS[name]) for name in before}
    best = max(before, key=lambda name: looks[name])
    if looks[best] >= 0.3:
        return best, 0.8, "values"
    if content.is_telling and "job_title" not in present:
        return "job_title", 0.75, "values"
    if "job_title" in present:
        return before[0], 0.7, "others"
    return None


def _by_number(options: frozenset[str], content: Content, present: frozenset[str]) -> tuple[str, float, str] | None:
    """ "Number": of the house beside a street, else of the record."""
    if not {"house_number", "identifier"} <= options:
        return None
    if "street" in present and (not content.is_telling or content.possible(FIELDS["house_number"]) >= 0.8):
        return "house_number", 0.7, "others"
    return "identifier", 0.7, "usual"
