"""VAT ids of a whole column: German, Austrian and Swiss numbers in their usual spellings; all others go to the field.

Check digits are computed one ``with_columns`` a step: as one nested expression each step would hold the one before it
several times, and the whole would double eight times.

Sources: BZSt (ISO 7064 mod 11,10); BMF Austria (digit sum 2 1 2 1 …, plus 4); UIDG Switzerland (weights, modulo 11).
"""

from __future__ import annotations

import polars as pl

from crmclean.table import Accelerator

# With a prefix in any record; without one only in a record of that country.
_GERMAN = r"^(?:(?P<prefix>[Dd][Ee])[ .-]?)?[1-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}$"
_AUSTRIAN = r"^[Aa][Tt][ .-]?[Uu] ?[0-9]{8}$"
_SWISS = r"^CHE[- ]?[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}(?: (MWST|TVA|IVA))?$"
_SWISS_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4)


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:  # noqa: ARG001 - the field has one style
    """See ``table.Accelerator``."""
    value = pl.col("value")
    has_prefix = value.str.starts_with("DE") | value.str.to_lowercase().str.starts_with("de")
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    rows = values.select(
        "value",
        kind=pl.when(value.str.contains(_GERMAN) & (has_prefix | (country == "DE").fill_null(value=False)))
        .then(pl.lit("DE"))
        .when(value.str.contains(_AUSTRIAN))
        .then(pl.lit("AT"))
        .when(value.str.contains(_SWISS))
        .then(pl.lit("CH")),
    )
    rows = rows.with_columns(digits=pl.col("value").str.replace_all("[^0-9]", ""))
    rows = _with_digits(rows, 9)
    rows = _german(_austrian(_swiss(rows)))
    right = (
        pl.when(pl.col("kind") == "DE")
        .then("right_de")
        .when(pl.col("kind") == "AT")
        .then("right_at")
        .when(pl.col("kind") == "CH")
        .then("right_ch")
    )
    digits = pl.col("digits")
    word = pl.col("value").str.extract(_SWISS, 1)
    canonical = (
        pl.when(pl.col("kind") == "DE")
        .then("DE" + digits)
        .when(pl.col("kind") == "AT")
        .then("ATU" + digits)
        .when(pl.col("kind") == "CH")
        .then(
            pl.format("CHE-{}.{}.{}", digits.str.slice(0, 3), digits.str.slice(3, 3), digits.str.slice(6, 3))
            + (" " + word).fill_null("")
        )
    )
    rows = rows.with_columns(right=right, canonical=canonical)
    known = pl.when("right").then("canonical")
    return rows.select(
        handled=pl.col("kind").is_not_null(),
        canonical=known,
        written=known,
        code=pl.when(pl.col("kind").is_not_null() & ~pl.col("right")).then(pl.lit("checksum")),
        suggestion=pl.lit(None, pl.String),
    )


def _with_digits(rows: pl.DataFrame, n: int) -> pl.DataFrame:
    """Columns ``d0`` … of the first ``n`` digits as numbers; null where there are fewer."""
    return rows.with_columns(
        pl.col("digits").str.slice(i, 1).cast(pl.Int32, strict=False).alias(f"d{i}") for i in range(n)
    )


def _german(rows: pl.DataFrame) -> pl.DataFrame:
    """ISO 7064 mod 11,10."""
    rows = rows.with_columns(p=pl.lit(10, pl.Int32))
    for i in range(8):
        rows = rows.with_columns(p=(pl.col("p") + pl.col(f"d{i}")) % 10)
        rows = rows.with_columns(p=pl.when(pl.col("p") == 0).then(10).otherwise(pl.col("p")))
        rows = rows.with_columns(p=pl.col("p") * 2 % 11)
    return rows.with_columns(right_de=(pl.col("p") + pl.col("d8")) % 10 == 1)


def _austrian(rows: pl.DataFrame) -> pl.DataFrame:
    """Every second digit doubled and summed by its digits, plus 4."""
    rows = rows.with_columns(s=pl.sum_horizontal(f"d{i}" for i in (0, 2, 4, 6)) + 4)
    for i in (1, 3, 5):
        rows = rows.with_columns(s=pl.col("s") + pl.col(f"d{i}") * 2 // 10 + pl.col(f"d{i}") * 2 % 10)
    return rows.with_columns(right_at=(pl.col("s") + pl.col("d7")) % 10 == 0)


def _swiss(rows: pl.DataFrame) -> pl.DataFrame:
    """Weighted sum modulo 11."""
    weighted = [pl.col(f"d{i}") * weight for i, weight in enumerate(_SWISS_WEIGHTS)]
    return rows.with_columns(right_ch=(pl.sum_horizontal(weighted) + pl.col("d8")) % 11 == 0)


ACCELERATOR = Accelerator("vat_id", run)
