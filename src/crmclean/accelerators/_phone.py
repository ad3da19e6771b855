"""Phone, mobile and fax numbers of a whole column at once.

Takes digits with blanks, brackets, dots, one slash and hyphens, with ``+``, ``00`` or the trunk prefix of the row's
country, where the number is valid, and the frequent doubts (``_phone_doubts``). Everything else (words, extensions by
name, rare doubts) is left to ``FieldType.parse``. What is handled equals it exactly; the conformance tests see to that.
"""

from __future__ import annotations

import polars as pl

from crmclean.accelerators._judged import over_all
from crmclean.accelerators._phone_doubts import (
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
    done = [no_country(rows.filter(pl.col("is_nowhere")))]
    lists = [_NO_LIST]
    for region, part in _by_region(rows):
        plan = plan_of(region)
        if plan is not None:
            known, listed = _apart(_numbers(part, plan, region), plan)
            done += _judge_region(known, plan, style, purpose)
            lists.append(listed)
    done.append(several(pl.concat(lists), lambda parts: run(parts, STYLES[0], purpose)))
    return over_all(done, values.height)


def _plain_rows(values: pl.DataFrame) -> pl.DataFrame:
    """Rows of the plain form: ``row``, ``value``, ``country``, ``digits`` and how they are dialled.

    ``has_slash``, ``has_hyphen``; ``is_national`` (no plus, no 00); ``is_nowhere`` (no plus, and a country without a
    plan); ``region``, whose rules hold if they are known; ``dialled``, the digits without international prefix and
    calling code; ``is_sure``, whether what is no valid number abroad is nothing else either.
    """
    # One step a statement, here and below: an expression used twice inside another is worked out twice.
    value, digits = pl.col("value"), pl.col("digits")
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    rows = values.select("value", country=country).with_row_index("row")
    # What ends like that may be the rest of a decimal number.
    rows = rows.filter(value.str.contains(_PLAIN) & ~value.str.ends_with(".0"))
    rows = rows.with_columns(
        digits=value.str.replace_many(list(" ()/.-+"), [""] * 7),
        has_slash=value.str.contains("/", literal=True),
        has_hyphen=value.str.contains("-", literal=True),
        has_plus=value.str.starts_with("+") | value.str.starts_with("(+"),
    )
    rows = rows.with_columns(has_zeros=~pl.col("has_plus") & digits.str.starts_with("00"))
    known = [name for name in rows["country"].unique(maintain_order=True).drop_nulls() if library.known_region(name)]
    plain = [name for name in known if library.has_plain_international_prefix(name)]
    dials_abroad = pl.when(digits.str.len_bytes() > SHORT).then("country").is_in(plain)
    rows = rows.with_columns(
        is_national=~pl.col("has_plus") & ~pl.col("has_zeros"),
        is_nowhere=~pl.col("has_plus") & ~pl.col("country").is_in(known).fill_null(value=False),
        is_sure=~pl.col("has_zeros") | dials_abroad.fill_null(value=False),
        dialled=pl.when("has_zeros").then(digits.str.slice(2)).otherwise(digits),
    )
    codes = plans()
    followed = pl.col("is_national") & pl.col("country").is_in(sorted(set(codes.values())))
    with_code = f"^({'|'.join(sorted(codes, key=lambda code: (-len(code), code)))})"
    rows = rows.with_columns(code=pl.when(~pl.col("is_national")).then("dialled").str.extract(with_code))
    abroad = pl.col("code").replace_strict(codes, default=None, return_dtype=pl.String)
    return rows.select(
        *("row", "value", "country", "digits", "has_slash", "has_hyphen", "is_national", "is_nowhere", "is_sure"),
        region=pl.when(followed).then("country").otherwise(abroad),
        dialled=pl.col("dialled").str.slice(pl.col("code").str.len_bytes().fill_null(0)),
    )


def _by_region(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    parts = rows.filter(pl.col("region").is_not_null()).partition_by("region", as_dict=True, maintain_order=True)
    return [(str(key[0]), part) for key, part in parts.items() if part.height >= MIN_ROWS]


def _numbers(rows: pl.DataFrame, plan: Plan, region: str) -> pl.DataFrame:
    """Rows whose digits are surely read as the library reads them.

    With ``number`` (national significant number), ``has_zero`` (a trunk prefix 0 was taken off) and the columns of
    ``add_shape``.
    """
    dialled, number = pl.col("dialled"), pl.col("number")
    rows = rows.with_columns(
        number=dialled.str.strip_prefix("0") if plan.trunk == "0" else dialled,
        has_zero=dialled.str.starts_with("0") if plan.trunk == "0" else pl.lit(value=False),
    )
    fits = (number.str.len_bytes() >= 2) & ~(pl.col("is_national") & may_be_short(region))
    if plan.trunk == "0":
        is_trunk_free = pl.col("is_national") & ~pl.col("has_zero")
        fits &= ~number.str.starts_with("0") & ~(is_trunk_free & dialled.str.starts_with(plan.code))
    else:
        fits &= ~(pl.col("is_national") & dialled.str.starts_with(plan.code)) & ~dialled.str.starts_with("00")
        fits &= ~pl.col("value").str.contains("(0)", literal=True)
        if plan.trunk:
            fits &= ~dialled.str.starts_with(plan.trunk)
    for prefix in plan.other_prefixes:
        fits &= ~dialled.str.starts_with(prefix)
    if plan.dial_out not in ("", "00"):
        fits &= ~(pl.col("is_national") & dialled.str.contains(f"^(?:{plan.dial_out})"))
    rows = rows.filter(fits).drop("digits", "dialled", "is_nowhere", "region")
    rows = add_shape(rows, plan)
    return rows.with_columns(has_trunk=pl.col("has_zero") | ~pl.col("is_national"))


def _apart(rows: pl.DataFrame, plan: Plan) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that surely are one number, and those whose slash surely stands between two; see ``area_slash``."""
    signed = rows.filter("has_slash")
    at = signed["value"].str.find("/", literal=True)
    signed = signed.with_columns(after=_digits_in(pl.col("value").str.slice(at)))
    signed = signed.with_columns(before=pl.col("length") - pl.col("after"))
    after, before = pl.col("after"), pl.col("before")
    # An invalid number is read all the same if it can exist; one with (0) perhaps in another way.
    is_known = pl.col("kind").is_not_null()
    is_read = is_known | (_is_followed(plan) & pl.col("has_trunk") & pl.col("length").is_in(plan.general.lengths))
    signed = signed.filter(is_known | ~pl.col("value").str.contains("(0)", literal=True)).with_columns(is_read=is_read)
    behind_area = (before <= pl.col("area")) | ((before <= 5) & (after >= 5))
    one = signed.filter(pl.col("is_read") & behind_area).select(rows.columns)
    two = signed.filter((pl.col("is_read") & ~behind_area) | (before > max(5, plan.area)))
    return pl.concat([rows.filter(~pl.col("has_slash")), one]), two.select("row", "value", "country")


def _is_followed(plan: Plan) -> pl.Expr:
    """Boolean: whether a number that is not valid in this plan is surely valid nowhere."""
    return pl.col("is_sure") if plan.is_alone and plan.trunk == "0" else pl.lit(value=False)


def _judge_region(rows: pl.DataFrame, plan: Plan, style: str, purpose: str) -> list[pl.DataFrame]:
    """The rows of one region, each one number, judged and written."""
    is_valid, needs_zero = pl.col("kind").is_not_null(), ~pl.col("has_trunk") & pl.col("needs_trunk")
    whole = rows.filter(is_valid & ~needs_zero)
    lost = rows.filter(is_valid & needs_zero & pl.lit(plan.trunk == "0"))
    unknown = rows.filter(~is_valid & ~pl.col("has_hyphen") & _is_followed(plan))
    unknown = unknown.filter(~pl.col("value").str.contains("(0)", literal=True))
    doubt = pl.lit("not-mobile" if purpose == "mobile" else None, pl.String)
    done = _written(whole, plan, style).with_columns(
        code=pl.when(~pl.col("kind").is_in(sorted(TEXTABLE))).then(doubt), suggestion=pl.lit(None, pl.String)
    )
    judged = [done]
    if not lost.is_empty():
        judged.append(without_trunk(lost, lambda part: _written(part, plan, style)))
    if not unknown.is_empty():
        judged.append(unknown_numbers(unknown, plan))
    return judged


def _written(rows: pl.DataFrame, plan: Plan, style: str) -> pl.DataFrame:
    """Adds ``canonical`` and ``written`` to valid numbers; rows whose shape is not understood are left out."""
    e164 = pl.concat_str([pl.lit(f"+{plan.code}"), "number"])
    if plan.code in DIRECT_DIAL_CODES:
        whole = rows.filter(~pl.col("has_hyphen")).with_columns(canonical=e164, extension=pl.lit(""))
        rows = pl.concat([whole, _hyphen(rows.filter("has_hyphen").with_columns(canonical=e164))])
    else:
        rows = rows.with_columns(extension=pl.lit(""), canonical=e164)
    if style == "keep":
        return rows.with_columns(written=pl.col("value"))
    if style == "e164":
        return rows.with_columns(written=e164)
    return add_written(_safe_in(rows, plan, style), plan, style).filter(pl.col("written").is_not_null())


def _hyphen(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the direct-dial ``extension`` (empty for none), also to ``canonical``; see ``hyphen_extension``."""
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
    rows = rows.filter(other_hyphens <= 1).with_columns(extension=pl.when(is_extension).then("tail").fill_null(""))
    head = pl.col("canonical").str.head(-pl.col("extension").str.len_bytes().cast(pl.Int64))
    grown = pl.when(pl.col("extension") != "").then(pl.concat_str([head, pl.lit("-"), "extension"]))
    rows = rows.with_columns(canonical=pl.coalesce(grown, "canonical"))
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
