"""Ids that contradict each other: then two records are not one company, whatever else agrees.

Only ids that were understood without a doubt may veto; a mistyped id is no evidence. A new register entry with the same
name is how a company looks that moved its seat or changed its legal form: that goes to a person (``successor``).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS
from crmclean.evidence import Cells

# Of one company these change with its seat or legal form; all other ids stay.
REGISTER = ("register_number", "euid")


def valid_ids(cells: Cells, names_one: pl.Series) -> dict[str, pl.Series]:
    """The ids that may forbid a merge.

    Args:
        cells: keys of all cells.
        names_one: ``Boolean``, n_rows: whether the record names anybody.

    Returns:
        By scheme the valid key of each record, ``String``; null where there is none, or where several columns of the
        record disagree.
    """
    found = {}
    for scheme in cells.keys:
        if FIELDS[scheme].strength is not Strength.IDENTIFYING:
            continue
        columns = [
            key.zip_with(valid & names_one, cells.nothing())
            for key, valid in zip(cells.keys[scheme], cells.valid[scheme], strict=True)
        ]
        first = pl.select(pl.coalesce(columns)).to_series()
        disagrees = pl.select(pl.any_horizontal([column != first for column in columns]).fill_null(value=False))
        found[scheme] = cells.nothing().zip_with(disagrees.to_series(), first)
    return found


def contradictions(pairs: pl.DataFrame, ids: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Which ids contradict in each pair.

    Args:
        pairs: ``a``, ``b``, rows.
        ids: see ``valid_ids``.

    Returns:
        n rows: ``vetoed``, ``register_only`` (the contradiction is the register entry alone) and ``schemes`` (names
        of the fields, separated by blanks; empty for none).
    """
    of = {
        scheme: (values.gather(pairs["a"]) != values.gather(pairs["b"])).fill_null(value=False)
        for scheme, values in ids.items()
    }
    frame = pl.DataFrame([pairs["a"], *(hit.alias(scheme) for scheme, hit in of.items())])
    no = pl.lit(value=False)
    register = pl.any_horizontal(no, *(name for name in of if name in REGISTER))
    others = pl.any_horizontal(no, *(name for name in of if name not in REGISTER))
    named = [pl.when(name).then(pl.lit(name)) for name in of]
    return frame.with_columns(
        vetoed=register | others,
        register_only=register & ~others,
        schemes=pl.concat_str(pl.lit(""), *named, separator=" ", ignore_nulls=True).str.strip_chars(),
    ).select("vetoed", "register_only", "schemes")
