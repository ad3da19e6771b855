"""Doubtful phone numbers of a whole column: without country, area code or leading zero, impossible, or two in a cell.

Each function takes the rows it can be sure of and leaves the others to ``FieldType.parse``. They return ``row``,
``canonical``, ``written``, ``code`` and ``suggestion``, see ``table.Accelerator``.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from phonenumbers import PhoneMetadata

from crmclean.accelerators._judged import JUDGED
from crmclean.accelerators._phone_plan import Plan
from crmclean.fields._phone_library import DIRECT_DIAL_CODES

# As in ``_phone_dialling``: a national number this short without its trunk prefix may as well be a local one.
_SURELY_NOT_LOCAL = 9
# Lengths that ``_phone_dialling`` takes for a number of an unknown country, and digits of the longest short number.
_FEWEST, _MOST, SHORT = 3, 17, 6
# ITU-T E.164; longer numbers with an extension are never read.
_E164_DIGITS = 15


def judged(rows: pl.DataFrame, code: str, *, keeps_text: bool) -> pl.DataFrame:
    """The same doubt about all these rows; the value is the text itself, or nothing."""
    text = pl.col("value").str.replace_all(r"\s+", " ") if keeps_text else pl.lit(None, pl.String)
    nothing = pl.lit(None, pl.String)
    return rows.select("row", canonical=text, written=nothing, code=pl.lit(code, pl.String), suggestion=nothing)


def no_country(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the trunk prefix 0 of an unknown country: there is nothing more to know about them."""
    rows = rows.filter(pl.col("digits").str.starts_with("0") & ~pl.col("digits").str.starts_with("00"))
    fits = rows.select(pl.col("digits").str.len_bytes().is_between(_FEWEST, _MOST)).to_series()
    return pl.concat(
        [
            judged(rows.filter(fits), "no-country", keeps_text=True),
            judged(rows.filter(~fits), "impossible", keeps_text=False),
        ]
    )


def may_be_short(region: str) -> pl.Expr:
    """Boolean: whether ``digits`` may be a short number (112) of the region."""
    metadata = PhoneMetadata.short_metadata_for_region(region)
    known = metadata.short_code.national_number_pattern if metadata and metadata.short_code else None
    digits = pl.when(pl.col("digits").str.len_bytes() <= SHORT).then("digits")
    if not known:
        return digits.is_not_null() if metadata else pl.lit(value=False)
    return digits.str.contains("^(?:" + known.replace(r"\d", "[0-9]") + ")$").fill_null(value=False)


def unknown_numbers(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Rows that fit no range of the plan: possible (``not-dialable``), local, or impossible, all told by length.

    Args:
        rows: ``row``, ``value``, ``number``, ``length``, ``is_national``, ``has_zero`` (a trunk prefix was taken off).
        plan: the plan of all rows; only trunk prefix 0 and a code of one region are followed.
    """
    length = pl.col("length")
    has_trunk = pl.col("has_zero") | ~pl.col("is_national")
    # What libphonenumber can't read without the trunk prefix it reads with it.
    read = length + (pl.col("has_zero") & (length < plan.longest)).cast(pl.Int64)
    is_possible = length.is_in(plan.general.lengths)
    rows = rows.with_columns(has_trunk=has_trunk, read=read, is_possible=is_possible)
    short = ~pl.col("has_trunk") & (length < _SURELY_NOT_LOCAL)
    dialled = rows.filter("is_possible", "has_trunk")
    local = rows.filter(pl.col("is_possible") & short)
    with_zero = pl.concat_str([pl.lit("0"), pl.col("number")])
    rest = rows.filter(
        ~pl.col("is_possible")
        & (pl.col("has_trunk") | short)
        & ((length > _E164_DIGITS) | (length <= plan.longest) | pl.lit(plan.code not in DIRECT_DIAL_CODES))
        & ~plan.general.fits(with_zero)
    )
    is_read = pl.col("has_zero") & pl.col("read").is_in(plan.general.lengths)
    zeroed = rest.filter(is_read)
    never = rest.filter(~is_read)
    in_town = pl.col("is_national") & pl.col("read").is_in(plan.local_lengths) & (length <= plan.longest)
    code = pl.lit(f"+{plan.code}")
    e164, as_written = pl.concat_str([code, "number"]), pl.concat_str([code, with_zero])
    return pl.concat(
        [
            judged(dialled, "not-dialable", keeps_text=False).with_columns(dialled.select(canonical=e164)),
            judged(zeroed, "not-dialable", keeps_text=False).with_columns(zeroed.select(canonical=as_written)),
            judged(local, "no-area-code", keeps_text=True),
            judged(never.filter(in_town), "no-area-code", keeps_text=True),
            judged(never.filter(~in_town), "impossible", keeps_text=False),
        ]
    )


def without_trunk(rows: pl.DataFrame, write: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """Valid numbers whose leading zero is missing: perhaps local if short, else proposed with it.

    Args:
        rows: ``row``, ``value``, ``length`` and what ``write`` needs.
        write: adds ``canonical`` and ``written``.
    """
    # A sign between the digits may as well stand between two numbers.
    short = rows.filter((pl.col("length") < _SURELY_NOT_LOCAL) & ~pl.col("value").str.contains_any(["/", "-"]))
    long = write(rows.filter(pl.col("length") >= _SURELY_NOT_LOCAL))
    proposal = pl.when(pl.col("written") != pl.col("value")).then("written")
    return pl.concat(
        [
            judged(short, "no-area-code", keeps_text=True),
            judged(long, "no-trunk", keeps_text=False).with_columns(
                long.select("canonical", suggestion=proposal),
            ),
        ]
    )


def several(rows: pl.DataFrame, run: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """Two numbers apart by a slash: the first is the value, both written internationally are proposed.

    Args:
        rows: ``row``, ``value`` with one slash that is known to stand between two numbers, ``country``.
        run: the accelerator for single numbers, in the international style.
    """
    if rows.is_empty():
        return pl.DataFrame(schema=JUDGED)
    sides = [
        rows.select("country", value=pl.col("value").str.extract(side).str.strip_chars())
        for side in ("^([^/]*)/", "/(.*)$")
    ]
    read = run(pl.concat(sides)).with_columns(
        sound=pl.col("canonical").str.starts_with("+").fill_null(value=False)
        & (pl.col("code").is_null() | (pl.col("code") == "not-mobile"))
    )
    second = read.slice(rows.height).select(pl.all().name.prefix("other_"))
    both = pl.concat([rows.select("row", "value"), read.head(rows.height), second], how="horizontal")
    both = both.filter(pl.col("sound") & pl.col("other_handled"))
    proposal = pl.when("other_sound").then(pl.concat_str(["written", pl.lit("; "), "other_written"]))
    return judged(both, "several", keeps_text=False).with_columns(
        both.select("canonical", suggestion=pl.when(proposal != pl.col("value")).then(proposal))
    )
