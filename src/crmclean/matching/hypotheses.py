"""What two records can be to each other, and how likely each explanation makes what is seen.

Three kinds of explanation compete for every pair: they are *one* entity, they are *related* (colleagues, a family,
sister companies, branches), or they are *strangers*. Each says how often a line of the balance would stand on the
level it stands on. Relatives share things strangers don't: that is why an equal address and switchboard prove nothing
about two colleagues, without any rule about colleagues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Levels = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Relation:
    """A way of belonging together without being one.

    Attributes:
        name: as in ``pairs.csv``.
        entities: between which it exists: ``company`` or ``person``.
        per_record: how many such relatives a record has on average in an export: a prior, same for every file.
        untold: 0..1 by line: how much less likely it is an explanation where that line says nothing.
        shares: 0..1 by line: how often two relatives have the very same thing there; or a share for each level where
            they are alike without being equal. A line that is not named says no more than between strangers.
    """

    name: str
    entities: str
    per_record: float
    shares: Mapping[str, float | Levels] = field(default_factory=dict)
    untold: Mapping[str, float] = field(default_factory=dict)


DUPLICATES_PER_RECORD = 0.2  # other records of the same entity; exports hold 5-30 % duplicates

RELATIONS: tuple[Relation, ...] = (
    Relation(
        "colleague",
        "person",
        3.0,
        {
            "company": 0.97,
            "legal_form": 0.97,
            "street": 0.95,
            "place": 0.95,
            "domain": 0.97,
            "phone": 0.6,
            "email": 0.03,
            "vat_id": 0.97,
            "tax_number": 0.97,
            "fr_siret": 0.95,
            "gln": 0.9,
            "iban": 0.97,
            "register_number": 0.97,
            "ebid": 0.97,
            "ebid_address": 0.95,
            "lei": 0.97,
            "duns": 0.97,
            "euid": 0.97,
        },
    ),
    Relation(
        "household",
        "person",
        0.5,
        {
            "last_name": 0.8,
            "first_name": 0.001,  # father and son
            "street": 0.97,
            "place": 0.98,
            "phone": 0.6,
            "email": 0.15,
            "domain": 0.4,
            "iban": 0.4,
            "company": 0.3,
            "legal_form": 0.3,
        },
    ),
    Relation(
        "same-group",
        "company",
        0.1,
        {
            "company": {
                "same": 0.01,
                "reworded": 0.005,
                "similar": 0.01,
                "part": 0.03,
                "mixed": 0.07,
                "distinguished": 0.60,
                "related": 0.195,
                "different": 0.08,
            },
            "street": 0.7,
            "place": 0.8,
            "phone": 0.4,
            "email": 0.2,
            "domain": 0.6,
            "iban": 0.15,
            "vat_id": 0.5,  # members of a VAT group; those with another id are told apart by it
            "legal_form": 0.5,
        },
    ),
    Relation(
        "branch",
        "company",
        0.1,
        {
            "company": {
                "same": 0.7,
                "reworded": 0.04,
                "similar": 0.08,
                "part": 0.10,
                "mixed": 0.03,
                "distinguished": 0.02,
                "related": 0.02,
                "different": 0.01,
            },
            "place": 0.2,
            "phone": 0.04,
            "email": 0.2,
            "domain": 0.95,
            "vat_id": 0.97,
            "register_number": 0.97,
            "lei": 0.97,
            "iban": 0.9,
            "tax_number": 0.97,
        },
        untold={"place": 0.1},  # a branch is another place; where none is named, nobody means one
    ),
    Relation(
        "shared-address",
        "company",
        0.2,
        {"street": 0.95, "place": 0.97, "phone": 0.1},
    ),
)
