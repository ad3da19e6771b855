"""IBANs of a whole column: those of Germany, Austria, Switzerland, Liechtenstein and others in digits alone, plain or
in groups; all others go to the field.

Sources: ISO 13616-1 (ISO 7064 mod 97-10); lengths and structures from the SWIFT IBAN registry.
"""

from __future__ import annotations

import polars as pl

from crmclean.table import Accelerator

# Countries whose account part is digits only, with the length of the whole IBAN. (Swiss ones may hold letters; those
# that do are left to the field.)
_LENGTHS = {
    "DE": 22,
    "AT": 20,
    "CH": 21,
    "LI": 21,
    "ES": 24,
    "BE": 16,
    "DK": 18,
    "SE": 24,
    "PL": 28,
    "FI": 18,
    "CZ": 24,
}
_PLAIN = r"^[A-Z]{2}[0-9]{2}(?:(?: [0-9]{4})+(?: [0-9]{1,3})?|[0-9]+)$"
_CHUNK = 7  # digits that together with a two-digit remainder stay far inside 64 bits


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    compact = pl.col("value").str.replace_all(" ", "", literal=True)
    rows = values.select(compact=pl.when(pl.col("value").str.contains(_PLAIN)).then(compact))
    land = pl.col("compact").str.slice(0, 2)
    length = land.replace_strict(_LENGTHS, default=None, return_dtype=pl.UInt32)
    rows = rows.with_columns(handled=(pl.col("compact").str.len_bytes() == length).fill_null(value=False))
    # The country as two numbers (A = 10 … Z = 35) and the check digits go to the end.
    letters = [land.str.slice(i, 1).replace_strict(_LETTERS, default=None, return_dtype=pl.String) for i in (0, 1)]
    rows = rows.with_columns(
        number=pl.when("handled").then(
            pl.concat_str(pl.col("compact").str.slice(4), *letters, pl.col("compact").str.slice(2, 2))
        ),
        rest=pl.lit(0, pl.Int64),
    )
    for start in range(0, max(_LENGTHS.values()) + 2, _CHUNK):
        piece = pl.col("number").str.slice(start, _CHUNK)
        rows = rows.with_columns(
            rest=(
                pl.col("rest") * pl.lit(10).pow(piece.str.len_bytes()) + piece.cast(pl.Int64, strict=False).fill_null(0)
            )
            % 97
        )
    known = pl.when(pl.col("handled") & (pl.col("rest") == 1)).then("compact")
    written: pl.Expr = known
    if style == "grouped":
        written = known.str.replace_all("(.{4})", "${1} ").str.strip_chars_end(" ")
    return rows.select(
        "handled",
        canonical=known,
        written=written,
        code=pl.when(pl.col("handled") & (pl.col("rest") != 1)).then(pl.lit("checksum")),
        suggestion=pl.lit(None, pl.String),
    )


_LETTERS = {chr(ord("A") + i): str(10 + i) for i in range(26)}

ACCELERATOR = Accelerator("iban", run)
