"""Phone, mobile and fax numbers of a whole column at once.

Takes digits with blanks, brackets, dots, one slash and hyphens, with ``+``, ``00`` or the trunk prefix of the row's
country, where the number is valid, and the frequent doubts (``_phone_doubts``). Everything else (words, extensions by
name, rare doubts) is left to ``FieldType.parse``. What is handled equals it exactly; the conformance tests see to that.
"""

from __future__ import annotations

import polars as pl

from crmclean.accelerators._phone_doubts import (
    JUDGED,
    SHORT,
    may_be_short,
    no_country,
    several,
    unknown_numbers,
    without_trunk,
)
from crmclean.accelerators._phone_plan import Plan, plan_of, plans
from crmclean.accelerators._phone_shapes import add_shape, add_written
from crmclean.fields import _phone_library as library
from crmclean.fields._phone_canonical import STYLES
from crmclean.fields._phone_dialling import SWITCHBOARD
from crmclean.fields._phone_library import DIRECT_DIAL_CODES, TEXTABLE

# Digits with the usual signs, a plus only in front, one slash at most.
_PLAIN = r"^\(?\+?[0-9][0-9 ().\-]*(?:/[0-9 ().\-]*)?[0-9]$"
# The overhead of one country's expressions is that of about so many numbers in the library.
MIN_ROWS = 200
_NO_LIST = pl.DataFrame(schema={"row": pl.UInt32, "value": pl.String, "country": pl.String})


def run(values: pl.DataFrame, style: str, purpose: str) -> pl.DataFrame:
    """See ``table.Accelerator``; ``purpose`` is ``phone``, ``mobile`` or ``fax``."""
    rows = _plain_rows(values)
    done = [no_country(rows.filter(~pl.col("has_plus") & pl.col("home").is_null()))]
    lists = [_NO_LIST]
    for region, part in _by_region(rows):
        plan = plan_of(region)
        if plan is not None:
            known, listed = _apart(_numbers(part, plan, region), plan)
            done += _judge_region(known, plan, style, purpose)
            lists.append(listed)
    done.append(several(pl.concat(lists), lambda parts: run(parts, STYLES[0], purpose)))
    judged = pl.concat([part.select(JUDGED.keys()) for part in done]).with_columns(handled=True)
    every = pl.DataFrame({"row": pl.arange(0, values.height, eager=True, dtype=pl.UInt32)})
    every = every.join(judged, on="row", how="left", maintain_order="left")
    told = ("canonical", "written", "code", "suggestion")
    return every.select(pl.col("handled").fill_null(value=False), *told)


def _plain_rows(values: pl.DataFrame) -> pl.DataFrame:
    """Rows of the plain form: ``row``, ``value``, ``country`` and how they are dialled.

    ``digits``; ``has_plus`` and ``is_national``; ``home``, the country if it has a plan; ``region``, whose rules hold
    if they are known; ``dialled``, the digits without international prefix and calling code; ``is_sure``, whether
    what is no valid number abroad is nothing else either.
    """
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    rows = (
        values.select("value", country=country)
        .with_row_index("row")
        # What ends like that may be the rest of a decimal number.
        .filter(pl.col("value").str.contains(_PLAIN) & ~pl.col("value").str.ends_with(".0"))
        .with_columns(digits=pl.col("value").str.replace_many(list(" ()/.-+"), [""] * 7))
    )
    codes = plans()
    homes = {name: library.known_region(name) for name in rows["country"].unique(maintain_order=True).drop_nulls()}
    plain = [name for name, home in homes.items() if home and library.has_plain_international_prefix(home)]
    main = {name: home for name, home in homes.items() if home in set(codes.values())}
    has_plus = pl.col("value").str.starts_with("+") | pl.col("value").str.starts_with("(+")
    rows = rows.with_columns(has_plus=has_plus, has_zeros=pl.col("digits").str.starts_with("00"))
    rows = rows.with_columns(
        has_zeros=pl.col("has_zeros") & ~pl.col("has_plus"),
        is_national=~pl.col("has_plus") & ~pl.col("has_zeros"),
        home=pl.col("country").replace_strict(homes, default=None, return_dtype=pl.String),
    )
    dialled = pl.when("has_zeros").then(pl.col("digits").str.slice(2)).otherwise(pl.col("digits"))
    rows = rows.with_columns(dialled=dialled)
    with_code = f"^({'|'.join(sorted(codes, key=lambda code: (-len(code), code)))})"
    rows = rows.with_columns(code=pl.when(~pl.col("is_national")).then("dialled").str.extract(with_code))
    abroad = pl.col("code").replace_strict(codes, default=None, return_dtype=pl.String)
    own = pl.col("country").replace_strict(main, default=None, return_dtype=pl.String)
    long_enough = pl.col("digits").str.len_bytes() > SHORT
    return rows.with_columns(
        region=pl.when("is_national").then(own).otherwise(abroad),
        dialled=pl.col("dialled").str.slice(pl.col("code").str.len_bytes().fill_null(0)),
        is_sure=~pl.col("has_zeros") | (pl.col("country").is_in(plain).fill_null(value=False) & long_enough),
    ).drop("has_zeros", "code")


def _by_region(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    parts = rows.filter(pl.col("region").is_not_null()).partition_by("region", as_dict=True, maintain_order=True)
    return [(str(key[0]), part) for key, part in parts.items() if part.height >= MIN_ROWS]


def _numbers(rows: pl.DataFrame, plan: Plan, region: str) -> pl.DataFrame:
    """Rows whose digits are surely read as the library reads them.

    With ``number`` (national significant number), ``has_zero`` (a trunk prefix 0 was taken off), ``kind`` (null for
    no valid number) and the columns of ``add_shape``.
    """
    dialled = pl.col("dialled")
    fits = ~(pl.col("is_national") & may_be_short(region))
    if plan.trunk == "0":
        number = dialled.str.strip_prefix("0")
        has_zero = dialled.str.starts_with("0")
        fits &= ~number.str.starts_with("0") & (has_zero | ~pl.col("is_national") | ~dialled.str.starts_with(plan.code))
    else:
        number = dialled
        has_zero = pl.lit(value=False)
        fits &= ~(pl.col("is_national") & dialled.str.starts_with(plan.code)) & ~dialled.str.starts_with("00")
        fits &= ~pl.col("value").str.contains("(0)", literal=True)
        if plan.trunk:
            fits &= ~dialled.str.starts_with(plan.trunk)
    for prefix in plan.other_prefixes:
        fits &= ~dialled.str.starts_with(prefix)
    if plan.dial_out not in ("", "00"):
        fits &= ~(pl.col("is_national") & dialled.str.contains(f"^(?:{plan.dial_out})"))
    rows = rows.filter(fits & (number.str.len_bytes() >= 2)).select(
        "row", "value", "country", "is_national", "is_sure", number=number, has_zero=has_zero
    )
    rows = add_shape(plan.add_kind(rows), plan)
    return rows.with_columns(has_trunk=pl.col("has_zero") | ~pl.col("is_national"))


def _apart(rows: pl.DataFrame, plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that surely are one number, and those whose slash surely stands between two; see ``area_slash``."""
    has_slash = pl.col("value").str.contains("/", literal=True)
    # One step a statement, here and below: an expression used twice inside another is worked out twice.
    signed = rows.filter(has_slash).with_columns(after=_digits_in(pl.col("value").str.extract(r"/(.*)$")))
    signed = signed.with_columns(before=pl.col("length") - pl.col("after"))
    after, before = pl.col("after"), pl.col("before")
    # An invalid number is read all the same if it can exist; one with (0) perhaps in another way.
    is_known = pl.col("kind").is_not_null()
    is_read = is_known | (_is_followed(plan) & pl.col("has_trunk") & pl.col("length").is_in(plan.general.lengths))
    signed = signed.filter(is_known | ~pl.col("value").str.contains("(0)", literal=True)).with_columns(is_read=is_read)
    behind_area = (before <= pl.col("area")) | ((before <= 5) & (after >= 5))
    one = signed.filter(pl.col("is_read") & behind_area).select(rows.columns)
    two = signed.filter((pl.col("is_read") & ~behind_area) | (before > max(5, plan.area)))
    return pl.concat([rows.filter(~has_slash), one]), two.select("row", "value", "country")


def _is_followed(plan: Plan) -> pl.Expr:
    """Boolean: whether a number that is not valid in this plan is surely valid nowhere."""
    return pl.col("is_sure") if plan.is_alone and plan.trunk == "0" else pl.lit(value=False)


def _judge_region(rows: pl.DataFrame, plan: Plan, style: str, purpose: str) -> list[pl.DataFrame]:
    """The rows of one region, each one number, judged and written."""
    unknown = rows.filter(
        pl.col("kind").is_null()
        & _is_followed(plan)
        & ~pl.col("value").str.contains("-", literal=True)
        & ~pl.col("value").str.contains("(0)", literal=True)
    )
    valid = rows.filter(pl.col("kind").is_not_null())
    whole = valid.filter(pl.col("has_trunk") | ~pl.col("needs_trunk"))
    lost = valid.filter(~pl.col("has_trunk") & pl.col("needs_trunk")) if plan.trunk == "0" else valid.clear()
    doubt = pl.lit("not-mobile" if purpose == "mobile" else None, pl.String)
    sure = _written(whole, plan, style).with_columns(
        code=pl.when(~pl.col("kind").is_in(sorted(TEXTABLE))).then(doubt), suggestion=pl.lit(None, pl.String)
    )
    return [sure, without_trunk(lost, lambda part: _written(part, plan, style)), unknown_numbers(unknown, plan)]


def _written(rows: pl.DataFrame, plan: Plan, style: str) -> pl.DataFrame:
    """Adds ``canonical`` and ``written`` to valid numbers; rows whose shape is not understood are left out."""
    rows = _with_extension(rows, plan)
    rows = rows.with_columns(e164=pl.concat_str([pl.lit(f"+{plan.code}"), pl.col("number")]))
    extension = pl.when(pl.col("extension") != "").then("extension")
    grown = pl.concat_str([pl.col("e164").str.head(-extension.str.len_bytes().cast(pl.Int64)), pl.lit("-"), extension])
    rows = rows.with_columns(canonical=pl.coalesce(grown, "e164"))
    if style == "keep":
        return rows.with_columns(written=pl.col("value"))
    if style == "e164":
        return rows.with_columns(written=pl.col("e164"))
    return add_written(_safe_in(rows, plan, style), plan, style).filter(pl.col("written").is_not_null())


def _with_extension(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Adds ``extension`` (direct dial; empty for none); leaves out rows with many hyphens."""
    if plan.code not in DIRECT_DIAL_CODES:
        return rows.with_columns(extension=pl.lit(""))
    has_sign = pl.col("value").str.contains("-", literal=True)
    return pl.concat([rows.filter(~has_sign).with_columns(extension=pl.lit("")), _hyphen(rows.filter(has_sign))])


def _hyphen(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the direct-dial ``extension``, see ``hyphen_extension``; empty for none."""
    length, area = pl.col("length"), pl.col("area")
    rows = rows.with_columns(tail=pl.col("value").str.extract(r"-\s*([0-9]{1,5})$"))
    head = pl.when(pl.col("tail").is_not_null()).then(pl.col("value")).str.replace(r"-\s*[0-9]{1,5}$", "")
    rows = rows.with_columns(head=head, tail_length=pl.col("tail").str.len_bytes().cast(pl.Int64))
    rows = rows.with_columns(group=_digits_in(pl.col("head").str.extract(r"-([^-]*)$")))
    left = length - pl.col("tail_length") - pl.col("group")  # digits before the other hyphen
    is_extension = (
        pl.col("kind").is_in(sorted(SWITCHBOARD))
        & (length - pl.col("tail_length") - area >= 2)
        & (left.is_null() | (left <= 0) | (left == area))
    )
    other_hyphens = pl.col("head").str.count_matches("-", literal=True).fill_null(0)
    extension = pl.when(is_extension).then("tail").fill_null("")
    rows = rows.filter(other_hyphens <= 1).with_columns(extension=extension)
    return rows.drop("tail", "head", "tail_length", "group")


def _digits_in(text: pl.Expr) -> pl.Expr:
    return text.str.count_matches("[0-9]").cast(pl.Int64)


def _safe_in(rows: pl.DataFrame, plan: Plan, style: str) -> pl.DataFrame:
    """Leaves out the few numbers whose national form could be read in two ways, so that it does not go by shape."""
    if style != "national":
        return rows
    fits = pl.col("length") >= 7
    if plan.trunk != "0":
        fits &= ~pl.col("number").str.starts_with(plan.code)
    return rows.filter(fits)
