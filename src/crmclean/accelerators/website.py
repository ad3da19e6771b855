"""Plain web addresses over a whole column: ``www.example.org``, ``https://example.org/path`` and nothing unusual.

Ports, IP addresses, ``xn--`` endings, several addresses in one cell and everything mistyped are left to
``fields.website``. A host taken here holds nothing the field's repairs of scheme and ``www`` look for: no doubled dot,
no other sign between labels, not more than three ``w`` in a row.
"""

from __future__ import annotations

import polars as pl

from crmclean.plugins import Accelerator

_LETTER = "A-Za-zäöüßÄÖÜ"
_LABEL = rf"[{_LETTER}0-9](?:[{_LETTER}0-9-]{{0,61}}[{_LETTER}0-9])?"
_PLAIN = rf"^(?:[Hh][Tt][Tt][Pp][Ss]?://)?(?:{_LABEL}\.)+[{_LETTER}]{{2,24}}(?:[/?#][!-~]*)?$"
_MAX_BYTES = 253  # of a host by RFC 1035; whole addresses that are longer are few
# What only few addresses hold: capitals, an empty path, something the field would take for a mistyped www.
_SPECIAL = r"[A-ZÄÖÜ]|[^/]/$|[Ww]{4}"
_SITE = r"^(?:[A-Za-z]*://)?[^/?#]*"  # scheme and host
_EMPTY_PATH = rf"({_SITE})/$"


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    plain = value.str.contains(_PLAIN) & (value.str.len_bytes() <= _MAX_BYTES)
    rows = values.select("value", plain=plain, special=value.str.contains(_SPECIAL))
    low = value
    if rows["special"].any():
        special = pl.when("special").then("value")  # null for all others, which costs next to nothing
        site = special.str.extract(rf"({_SITE})").str.to_lowercase()
        rows = rows.with_columns(
            plain=pl.col("plain") & ~special.str.contains("(?i)wwww").fill_null(value=False),
            low=(site + special.str.replace(_SITE, "")).str.replace(_EMPTY_PATH, "${1}"),
        )
        low = pl.coalesce("low", "value")
    has_scheme = low.str.starts_with("http://") | low.str.starts_with("https://")
    canonical = pl.when("plain").then(pl.when(has_scheme).then(low).otherwise("https://" + low))
    return rows.select(
        handled="plain",
        canonical=canonical,
        written=pl.when("plain").then("value") if style == "keep" else canonical,
        code=pl.lit(None, pl.String),
        suggestion=pl.lit(None, pl.String),
    )


ACCELERATOR = Accelerator("website", run)
