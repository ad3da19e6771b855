"""VAT ids of a whole column: German, Austrian and Swiss numbers in their usual spellings; all others go to the field.

Check digits are computed on whole numbers, one ``with_columns`` a step: as one nested expression each step would hold
the one before it several times, and the whole would double eight times.

Sources: BZSt (ISO 7064 mod 11,10); BMF Austria (digit sum 2 1 2 1 …, plus 4); UIDG Switzerland (weights, modulo 11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from crmclean.plugins import Accelerator

_USUAL = "^DE[1-9][0-9]{8}$"  # nearly all German ones: canonical as they stand
# With a prefix in any record; without one only in a record of that country.
_GERMAN = r"^(?:[Dd][Ee][ .-]?)?[1-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}$"
_AUSTRIAN = r"^[Aa][Tt][ .-]?[Uu] ?[0-9]{8}$"
_SWISS = r"^CHE[- ]?[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}(?: (MWST|TVA|IVA))?$"
_SWISS_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4)


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:  # noqa: ARG001 - the field has one style
    """See ``table.Accelerator``."""
    usual = values.select(usual=pl.col("value").str.contains(_USUAL))["usual"]
    rows = _read(values.with_columns(usual), usual_only=bool(usual.all()))
    right: pl.Expr = pl.lit(value=False)
    for kind, is_right in _CHECKS.items():
        if (rows["kind"] == kind).any():
            rows = is_right(rows)
            right = pl.when(pl.col("kind") == kind).then(f"right_{kind}").otherwise(right)
    rows = rows.with_columns(right=right)
    known = pl.when(pl.col("right")).then("canonical")
    return rows.select(
        handled=pl.col("kind").is_not_null(),
        canonical=known,
        written=known,
        code=pl.when(pl.col("kind").is_not_null() & ~pl.col("right")).then(pl.lit("checksum")),
        suggestion=pl.lit(None, pl.String),
    )


def _read(values: pl.DataFrame, *, usual_only: bool) -> pl.DataFrame:
    """``kind`` (country, null for what is left to the field), ``digits`` as one number, and ``canonical``."""
    value = pl.col("value")
    if usual_only:
        return values.select(
            kind=pl.lit("DE"), digits=value.str.slice(2).cast(pl.UInt32, strict=False), canonical=value
        )
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    other = pl.when(~pl.col("usual")).then("value")  # null for the usual ones, which costs next to nothing
    is_german = other.str.contains(_GERMAN) & (other.str.contains("^[Dd]") | (country == "DE").fill_null(value=False))
    rows = values.select(
        "usual",
        "value",
        kind=pl.when(pl.col("usual") | is_german)
        .then(pl.lit("DE"))
        .when(other.str.contains(_AUSTRIAN))
        .then(pl.lit("AT"))
        .when(other.str.contains(_SWISS))
        .then(pl.lit("CH")),
        word=other.str.extract(_SWISS, 1),
        text=pl.when("usual").then(value.str.slice(2)).otherwise(other.str.replace_all("[^0-9]", "")),
    )
    text, kind = pl.col("text"), pl.col("kind")
    swiss = pl.when(kind == "CH").then("text")
    made = (
        pl.when("usual")
        .then("value")
        .when(kind == "DE")
        .then("DE" + text)
        .when(kind == "AT")
        .then("ATU" + text)
        .when(kind == "CH")
        .then(
            pl.format("CHE-{}.{}.{}", swiss.str.slice(0, 3), swiss.str.slice(3, 3), swiss.str.slice(6))
            + (" " + pl.col("word")).fill_null("")
        )
    )
    return rows.select("kind", digits=text.cast(pl.UInt32, strict=False), canonical=made)


def _digit(place: int) -> pl.Expr:
    """A digit counted from the right, from 0."""
    digit: pl.Expr = pl.col("digits") // 10**place % 10
    return digit


def _german(rows: pl.DataFrame) -> pl.DataFrame:
    """ISO 7064 mod 11,10 over nine digits."""
    rows = rows.with_columns(p=pl.lit(10, pl.UInt32))
    for place in range(8, 0, -1):
        rows = rows.with_columns(p=(pl.col("p") + _digit(place)) % 10)
        rows = rows.with_columns(p=pl.when(pl.col("p") == 0).then(pl.lit(9, pl.UInt32)).otherwise(pl.col("p") * 2 % 11))
    return rows.with_columns(right_DE=(pl.col("p") + _digit(0)) % 10 == 1)


def _austrian(rows: pl.DataFrame) -> pl.DataFrame:
    """Of eight digits every second one doubled and summed by its digits, plus 4."""
    total = pl.lit(4, pl.UInt32)
    for place in range(8):
        digit = _digit(place)
        total = total + (digit * 2 // 10 + digit * 2 % 10 if place in (2, 4, 6) else digit)
    return rows.with_columns(right_AT=total % 10 == 0)


def _swiss(rows: pl.DataFrame) -> pl.DataFrame:
    """Weighted sum of nine digits, modulo 11."""
    total = _digit(0)
    for place, weight in zip(range(8, 0, -1), _SWISS_WEIGHTS, strict=True):
        total = total + _digit(place) * weight
    return rows.with_columns(right_CH=total % 11 == 0)


_CHECKS: Mapping[str, Callable[[pl.DataFrame], pl.DataFrame]] = {"DE": _german, "AT": _austrian, "CH": _swiss}

ACCELERATOR = Accelerator("vat_id", run)
