"""Ids of companies that stay: an official one where there is one, else a number of our own.

A number of our own has thirteen digits like the EBID and every GTIN: two of the range GS1 leaves to in-house use
(20-29, GS1 General Specifications 2.1.11), ten from a hash of what identifies the company, and the check digit.
The EBIDs that are known begin with 25; ours begin with 27.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import polars as pl
from stdnum import ean

# The id a company goes by, the best first. Where a directory knows one, the company keeps it.
KEPT = ("ebid_address", "ebid", "lei", "euid", "register_number", "at_fn", "ch_uid", "gb_company_number", "fr_siret",
        "fr_siren")  # fmt: skip
OF_ESTABLISHMENTS = ("ebid_address", "fr_siret", "gln")
_PREFIX = "27"
_SPACE = 10**10  # numbers between prefix and check digit


def minted(keys: Iterable[str], taken: set[str]) -> list[str]:
    """A number for each key, never one that is taken; the same for the same keys in the same order.

    Args:
        keys: what identifies each company, different texts.
        taken: ids that are given already; the new ones are added.

    >>> first = minted(["adler bau|berlin"], set())
    >>> first, minted(["adler bau|berlin"], {*first}) != first, ean.is_valid(first[0])
    (['2747428124878'], True, True)
    """
    found = []
    for key in keys:
        n_tried, number = 0, ""
        while not number or number in taken:
            digest = hashlib.sha256(f"{key}|{n_tried}".encode()).digest()
            digits = f"{_PREFIX}{int.from_bytes(digest[:8]) % _SPACE:010d}"
            number = digits + str(ean.calc_check_digit(digits))
            n_tried += 1
        taken.add(number)
        found.append(number)
    return found


def kept_ids(values: pl.DataFrame, is_establishment: pl.Series) -> pl.Series:
    """The official id of each company, ``String``; null where there is none."""
    n_rows = values.height
    own = [name for name in KEPT if name in values.columns]
    columns = [
        pl.when(pl.lit(is_establishment) if name in OF_ESTABLISHMENTS else ~pl.lit(is_establishment)).then(pl.col(name))
        for name in own
    ]
    if not columns:
        return pl.repeat(None, n_rows, dtype=pl.String, eager=True)
    return values.select(pl.coalesce(columns).alias("id")).to_series()
