"""Whether two values are the same by their field's own rule, for whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from crmclean.core.field import FieldType, Hints
from crmclean.core.text import fold


def same_values(
    kind: FieldType,
    left: pl.Series,
    right: pl.Series,
    left_hints: Mapping[str, pl.Series],
    right_hints: Mapping[str, pl.Series],
) -> pl.Series:
    """Whether canonical values are the same; ``Boolean``, n; false where one is null.

    Args:
        kind: their field.
        left: canonical values, n.
        right: canonical values, n.
        left_hints: what else is known beside the left ones, by field.
        right_hints: what else is known beside the right ones.
    """
    equal = (left == right).fill_null(value=False)
    open_ = ~equal & left.is_not_null() & right.is_not_null()
    if not open_.any():
        return equal
    rows = open_.arg_true()
    a = keys_of(kind, left.gather(rows), {name: hint.gather(rows) for name, hint in left_hints.items()})
    b = keys_of(kind, right.gather(rows), {name: hint.gather(rows) for name, hint in right_hints.items()})
    return equal.scatter(rows, (a == b).fill_null(value=False))


def keys_of(kind: FieldType, values: pl.Series, hints: Mapping[str, pl.Series]) -> pl.Series:
    """Comparison keys; null where there is none."""
    if kind.key_for is None:
        return mapped(values, kind.key)
    names = [name for name in kind.hints if name in hints]
    keyed = [
        kind.key_for(value, Hints({name: hint for name, hint in zip(names, beside, strict=True) if hint}))
        if value
        else None
        for value, *beside in zip(values.to_list(), *(hints[name].to_list() for name in names), strict=True)
    ]
    bare = [kind.key(value) if value else None for value in values.to_list()]
    return pl.Series([key or plain for key, plain in zip(keyed, bare, strict=True)], dtype=pl.String)


def mapped(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """A function of the distinct values, spread over the column."""
    known = values.drop_nulls().unique(maintain_order=True)
    if not len(known):
        return values.cast(pl.String)
    found = pl.Series([function(value) for value in known.to_list()], dtype=pl.String)
    return values.replace_strict(known, found, return_dtype=pl.String, default=None)


def folded(values: pl.Series) -> pl.Series:
    """Texts as they are compared where no field understands them."""
    return mapped(values, lambda value: fold(value) or None)
