"""Which pairs are compared at all: records that share one of many cheap keys.

A key is one facet or several together. A value that more records share than ``CAP`` makes no pairs (a switchboard, a
filler): the other keys find what belongs together. So no input makes the number of pairs explode.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from crmclean.evidence import Subjects

CAP = 50  # records a key value may be shared by; at most CAP / 2 pairs a record and key
# A word of a company's name, a street or a birth date alone joins strangers: such blocks are kept small, and smaller
# in large files, where they are most of the work and other keys find nearly all of what belongs together.
LOOSE = frozenset({("company_word",), ("street",), ("date_of_birth",)})
LOOSE_CAP, LOOSE_LEAST, LOOSE_PAIRS = 25, 8, 2_500_000
# The letters a name begins or ends with find what is misspelt; in large files they are anybody's.
EDGES, EDGE_PAIRS = frozenset({("company_head",), ("company_tail",)}), 250_000
KEYS: tuple[tuple[str, ...], ...] = (
    ("email",),
    ("phone",),
    ("phone_local",),
    ("last_name_sound", "first_name_initial", "postal_code"),
    ("last_name_sound", "first_name", "city"),
    ("last_name_sound", "first_name"),
    ("name_words",),
    ("name_words", "city"),
    ("last_name", "postal_code"),
    ("first_name", "postal_code"),
    ("first_name", "date_of_birth"),
    ("last_name", "date_of_birth"),
    ("last_name_sound", "date_of_birth"),
    ("date_of_birth", "postal_code"),
    ("date_of_birth", "city"),
    ("date_of_birth",),
    ("first_name", "last_name_initial", "birth_month"),
    ("last_name", "first_name_initial", "birth_year"),
    ("email_local",),
    ("last_name", "phone"),
    ("first_name_initial", "phone"),
    ("first_name", "company_word"),
    ("last_name", "company_word"),
    ("company_joined",),
    ("company_words",),
    ("company_words", "city"),
    ("company_words", "postal_code"),
    ("company_word",),
    ("company_word", "postal_code"),
    ("company_word", "city"),
    ("company_head",),
    ("company_tail",),
    ("company_two_words",),
    ("company_two_words", "city"),
    ("domain",),
    ("domain", "company_word"),
    ("street", "postal_code"),
    ("street", "city"),
    ("street", "first_name_initial"),
    ("street", "company_word"),
    ("street", "last_name_sound"),
    ("street", "first_name"),
    ("street",),
    ("street_number", "postal_code", "last_name_sound"),
    ("street_number", "postal_code", "first_name"),
)


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """What one key brings.

    Attributes:
        key: facets it is made of.
        n_records: records that have it.
        n_pairs: pairs it gives, before pairs of other keys are taken out.
        n_skipped: values shared by more than ``CAP`` records.
        largest: records with the most frequent value.
    """

    key: tuple[str, ...]
    n_records: int
    n_pairs: int
    n_skipped: int
    largest: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What blocking brings.

    Attributes:
        keys: by key, in the order they are tried.
        n_pairs: different pairs to compare.
    """

    keys: tuple[KeyPlan, ...]
    n_pairs: int


def keys_for(subjects: Subjects, identifying: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The keys that the columns of this file allow."""
    have = set(subjects.facets.columns)
    return [key for key in (*((name,) for name in identifying), *KEYS) if have.issuperset(key)]


def candidates(subjects: Subjects, identifying: tuple[str, ...]) -> tuple[pl.DataFrame, list[KeyPlan]]:
    """All pairs worth comparing.

    Returns:
        ``a``, ``b`` (``UInt32`` rows, a < b, sorted, each pair once), and what each key brought.
    """
    n = subjects.facets.height
    found: list[pl.Series] = []
    plans = []
    for key in keys_for(subjects, identifying):
        blocks, plan = _blocks(subjects, key)
        pairs = pl.concat([pl.Series(dtype=pl.UInt64), *_pairs(blocks, n)])
        plans.append(KeyPlan(key, *plan[:1], len(pairs), *plan[1:]))
        found.append(pairs.unique())
    numbers = pl.concat([pl.Series(dtype=pl.UInt64), *found]).unique().sort()
    return pl.DataFrame({"n": numbers}).select(
        a=(pl.col("n") // n).cast(pl.UInt32), b=(pl.col("n") % n).cast(pl.UInt32)
    ), plans


def _blocks(subjects: Subjects, key: tuple[str, ...]) -> tuple[pl.DataFrame, tuple[int, int, int]]:
    """Records by key value, in blocks of 2 up to the cap: ``row``, ``key``, ``size``, sorted by key and row."""
    facets = subjects.facets.select(*key, kind=pl.col("entity") == "company")
    rows = facets.with_row_index("row").filter(pl.col("kind").is_not_null() & subjects.is_first())
    for name in key:
        if name in subjects.values:
            rows = rows.explode(name, empty_as_null=True, keep_nulls=True)
    keyed = (
        rows.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in key))
        .select("row", key=pl.struct(*key, "kind").hash())
        .sort("key", "row")
        .with_columns(size=pl.len().over("key"))
    )
    cap = _cap(key, subjects.facets.height)
    many = keyed.filter(pl.col("size") > cap)
    largest = keyed.select(pl.col("size").max().fill_null(0)).item()
    plan = (keyed.height, many["key"].n_unique(), int(largest))
    return keyed.filter(pl.col("size").is_between(2, cap)), plan


def _cap(key: tuple[str, ...], n_records: int) -> int:
    """Records that may share a value of the key.

    >>> _cap(("phone",), 10), _cap(("street",), 10_000), _cap(("street",), 1_000_000)
    (50, 25, 8)
    """
    if key in EDGES:
        return min(LOOSE_CAP, EDGE_PAIRS // max(n_records, 1))
    return CAP if key not in LOOSE else max(LOOSE_LEAST, min(LOOSE_CAP, LOOSE_PAIRS // max(n_records, 1)))


def _pairs(blocks: pl.DataFrame, n: int) -> Iterator[pl.Series]:
    """All pairs inside the blocks as numbers ``a * n + b``: each record with the one 1, 2, … places after it."""
    rest = blocks
    for step in range(1, CAP):
        rest = rest.filter(pl.col("size") > step)
        if rest.is_empty():
            return
        other = rest.with_columns(other=pl.col("row").shift(-step), same=pl.col("key").shift(-step) == pl.col("key"))
        hits = other.filter(pl.col("same") & (pl.col("row") != pl.col("other")))
        yield hits.select(pl.col("row").cast(pl.UInt64) * n + pl.col("other")).to_series()
