"""Written forms of whole columns: one number of each shape is written by the field, the others follow its grouping.

The form of a number depends on which patterns of leading digits it fits and on its length. Numbers that agree in both
(and in the length of their extension) have one *shape*: a million German numbers have some hundred.
"""

from __future__ import annotations

import polars as pl

from crmclean.accelerators._phone_plan import Plan
from crmclean.core.field import Hints
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields import _phone_library as library

_GROUPS = 6  # no written form of the metadata has more
# By calling code and shape: area length and need of the trunk prefix, the same for every number of the shape.
_SEEN: dict[tuple[str, int], tuple[int | None, bool | None]] = {}
# By calling code, style, shape with length of the extension, and country: how a number is grouped.
_GROUPED: dict[tuple[str, str, int, str | None], tuple[object, ...]] = {}
_LENGTHS = 1024  # more than any length of a value that is judged
_EXTENSIONS = 16  # more than the digits of any extension read here


def add_shape(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Adds the ``kind`` of ``number``, its shape and what follows from it.

    ``shape`` (leading-digit patterns and length as one number), ``length``, ``area`` (digits of the first group) and
    ``needs_trunk``; the last two are null where the library has no answer.
    """
    length = pl.col("number").str.len_bytes().cast(pl.Int64)
    lead = pl.col("number").str.slice(0, plan.depth).cast(pl.UInt64, strict=False).fill_null(0)
    rows = rows.with_columns(length=length, lead=lead * _LENGTHS + length.cast(pl.UInt64))
    leads = rows.select("lead", "length", "number").unique("lead", keep="first", maintain_order=True)
    bits = [
        pl.col("number").str.contains(f"^(?:{leading})").cast(pl.UInt64) * (1 << at)
        for at, leading in enumerate(plan.formats)
    ]
    shape = pl.sum_horizontal([pl.lit(0, pl.UInt64), *bits]) * _LENGTHS + pl.col("length").cast(pl.UInt64)
    leads = plan.add_kind(leads.with_columns(shape=shape))
    known = leads.group_by("shape", maintain_order=True).agg(pl.col("number").first())
    answers = []
    for key, number in known.iter_rows():
        if (plan.code, key) not in _SEEN:
            read = library.read_number(f"+{plan.code}{number}", None)
            area = (None, None) if read is None else (library.area_length(read), library.needs_trunk(read))
            _SEEN[plan.code, key] = area
        answers.append(_SEEN[plan.code, key])
    columns = pl.DataFrame(answers, schema={"area": pl.Int64, "needs_trunk": pl.Boolean}, orient="row")
    known = pl.concat([known.drop("number"), columns], how="horizontal")
    leads = leads.select("lead", "shape", "is_general", "kind").join(
        known, on="shape", how="left", maintain_order="left"
    )
    rows = rows.join(leads, on="lead", how="left", maintain_order="left")
    return plan.with_deep_kinds(rows).drop("lead", "is_general")


def add_written(rows: pl.DataFrame, plan: Plan, style: str) -> pl.DataFrame:
    """Adds ``written`` in a style that groups digits; null where the shape is not understood.

    Args:
        rows: ``number`` (national significant number), ``extension`` (direct dial, or empty), ``shape`` and
            ``country`` (String or null).
        plan: the plan of all rows.
        style: ``international``, ``national`` or ``din5008``.
    """
    # One number to tell shapes apart: far cheaper to group and join by than several columns.
    key = pl.col("shape") * _EXTENSIONS + pl.col("extension").str.len_bytes().cast(pl.UInt64)
    rows = rows.with_columns(key=key)
    by = ["key", "country"] if style == "national" else ["key"]
    known = rows.group_by(by, maintain_order=True).agg(pl.col("number", "extension").first())
    countries = known["country"] if style == "national" else [None] * known.height
    asked = zip(known["key"], countries, known["number"], known["extension"], strict=True)
    grouped = pl.DataFrame(
        [_grouping_like(plan.code, style, *told) for told in asked],
        schema={
            "prefix": pl.String,
            **{f"digits_{i}": pl.UInt32 for i in range(_GROUPS)},
            **{f"before_{i}": pl.String for i in range(_GROUPS)},
        },
        orient="row",
    )
    n_groups = next((i for i in range(_GROUPS) if not grouped[f"digits_{i}"].sum()), _GROUPS)
    starts = [pl.sum_horizontal([f"digits_{j}" for j in range(i)]) for i in range(1, n_groups)]
    grouped = grouped.with_columns(start.cast(pl.UInt32).alias(f"start_{i}") for i, start in enumerate(starts, 1))
    known = pl.concat([known.select(by), grouped], how="horizontal")
    parts = [
        "prefix",
        "digits_0",
        *(f"{part}_{i}" for i in range(1, n_groups) for part in ("before", "start", "digits")),
    ]
    rows = rows.join(known.select(*by, *parts), on=by, how="left", nulls_equal=True, maintain_order="left")
    # Nothing but the prefix stands before the first group.
    pieces = [pl.col("prefix"), pl.col("number").str.slice(0, pl.col("digits_0"))]
    for i in range(1, n_groups):
        pieces += [pl.col(f"before_{i}"), pl.col("number").str.slice(pl.col(f"start_{i}"), pl.col(f"digits_{i}"))]
    return rows.with_columns(written=pl.concat_str(pieces)).drop("key", *parts)


def _grouping_like(
    code: str, style: str, key: int, country: str | None, number: str, extension: str
) -> tuple[object, ...]:
    """``_grouping``, asked once for all numbers of one key: other pieces and columns have the same shapes."""
    like = (code, style, key, country)
    if like not in _GROUPED:
        _GROUPED[like] = _grouping(code, number, extension, style, country)
    return _GROUPED[like]


def _grouping(code: str, number: str, extension: str, style: str, country: str | None) -> tuple[object, ...]:
    """How the field writes this number: text before, then per group its digits and the sign before it."""
    hints = Hints({"country": country} if country else {})
    text = canonical.display_for(canonical.join(f"+{code}{number}", extension), style, hints)
    at, left = len(text), len(number)
    while left and at:
        at -= 1
        left -= text[at].isdigit()
    prefix, rest = text[:at], text[at:]
    groups: list[int] = []
    signs: list[str] = []
    sign = ""
    for character in rest:
        if not character.isdigit():
            sign += character
        elif sign or not groups:
            groups.append(1)
            signs.append(sign)
            sign = ""
        else:
            groups[-1] += 1
    if left or len(groups) > _GROUPS or "".join(c for c in rest if c.isdigit()) != number:
        return (None, *[0] * _GROUPS, *[""] * _GROUPS)
    empty = _GROUPS - len(groups)
    return (prefix, *groups, *[0] * empty, *signs, *[""] * empty)
