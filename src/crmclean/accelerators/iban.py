"""IBANs of a whole column: those of Germany, Austria, Switzerland, Liechtenstein and others in digits alone, plain or
in groups; all others go to the field.

Sources: ISO 13616-1 (ISO 7064 mod 97-10); lengths and structures from the SWIFT IBAN registry.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from crmclean.plugins import Accelerator

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
_PLAIN = r"^[A-Z]{2}[0-9]{2}(?:[0-9]+|(?: [0-9]{4})+(?: [0-9]{1,3})?)$"
_FRONT = 12  # digits of the account that every country has; what follows them is no longer anywhere


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    spaced = pl.when(value.str.contains(" ", literal=True)).then(value)
    rows = values.select(
        compact=pl.when(value.str.contains(_PLAIN)).then(
            pl.coalesce(spaced.str.replace_all(" ", "", literal=True), value)
        ),
        land=value.str.slice(0, 2).replace_strict(list(_LENGTHS), range(len(_LENGTHS)), default=None),
    )
    compact = pl.col("compact")
    rows = rows.with_columns(_land("length"), _land("weight"), _land("letters"))
    rows = rows.with_columns(handled=(compact.str.len_bytes() == pl.col("length")).fill_null(value=False))
    # The account, the country's letters as numbers and the check digits in a row, taken modulo 97 piece by piece.
    front, back = compact.str.slice(4, _FRONT), compact.str.slice(4 + _FRONT)
    rest = _number(front) % 97 * pl.col("weight") + _number(back).fill_null(0)
    rest = (rest % 97 * 10**6 + pl.col("letters") * 100 + _number(compact.str.slice(2, 2))) % 97
    rows = rows.with_columns(right=pl.col("handled") & (rest == 1))
    known = pl.when("right").then("compact")
    written: pl.Expr = known
    if style == "keep":
        written = pl.when("right").then(values["value"])
    elif style == "grouped":
        written = known.str.replace_all("(.{4})", "${1} ").str.strip_chars_end(" ")
    return rows.select(
        "handled",
        canonical=known,
        written=written,
        code=pl.when(pl.col("handled") & ~pl.col("right")).then(pl.lit("checksum")),
        suggestion=pl.lit(None, pl.String),
    )


def _number(digits: pl.Expr) -> pl.Expr:
    return digits.cast(pl.Int64, strict=False)


def _land(name: str) -> pl.Expr:
    """What holds for the country, by its place in ``_LENGTHS``; null for other countries."""
    return pl.lit(_lands()[name]).gather(pl.col("land")).alias(name)


@cache
def _lands() -> pl.DataFrame:
    """``length``; ``weight`` of the front of the account, modulo 97; ``letters`` as numbers (A = 10 … Z = 35)."""
    rows = [
        (length, pow(10, length - 4 - _FRONT, 97), int("".join(str(ord(letter) - ord("A") + 10) for letter in land)))
        for land, length in _LENGTHS.items()
    ]
    return pl.DataFrame(rows, schema={"length": pl.UInt32, "weight": pl.Int64, "letters": pl.Int64}, orient="row")


ACCELERATOR = Accelerator("iban", run)
