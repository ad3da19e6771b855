"""Plain street lines over a whole column: words, perhaps a house number, one ``str.`` or ``straße`` at the end at most.

Nearly all German street lines are so; every other line (squares of Mannheim, PO boxes, additions, number first, Swiss
``strasse``) is left to ``fields.street``. What is handled here gets exactly what the field says, because the line has
the shape the field's own first pattern takes, and none of the words that make it look closer.
"""

from __future__ import annotations

import polars as pl

from crmclean.fields._street import LOOK_CLOSER
from crmclean.plugins import Accelerator

_NUMBER = r" \d{1,4}(?: ?[A-Za-z])?(?: ?[-/+] ?\d{1,4}(?: ?[A-Za-z])?)?"
_LINE = rf"^\p{{L}}(?:[\p{{L}}.'-]| \p{{L}}| ')*\p{{L}}\.?(?:{_NUMBER})?$"
_LOOK_CLOSER = rf"(?i)(?:^|\D )(?:{'|'.join(sorted(LOOK_CLOSER))})\.*(?: \d.*)?$"
# Firms and persons in front of a street, and web addresses: see ``fields._street`` and ``fields._address_codes``.
_OTHER_THINGS = r"^(?i:z\. ?Hd|zu Händen|per Adresse|p\. ?A\.|bei Fa)|www\."
_LONG = r"(?:[a-zäöü]stra(?:ß|ss)e|\p{L}[ -]Stra(?:ß|ss)e)(?: \d|$)"
_SHORT_WORD = r"([a-zäöüß])str\.( \d|$)"
_SHORT_ALONE = r"(\p{L}[ -])Str\.( \d|$)"
_WITH_SHARP_S, _WITHOUT = ("AT", "DE"), ("CH", "LI")
_OTHER_MEANING = ("RO", "MD")  # of "Str."


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    rows = values.select(
        "value",
        plain=value.str.contains(_LINE)
        & ~value.str.contains(_LOOK_CLOSER)
        & ~value.str.contains(_OTHER_THINGS)
        & ~value.str.contains("l.", literal=True),
        street=pl.when(value.str.contains("tr", literal=True)).then(value),  # the others need no look at street words
        country=pl.col("country") if "country" in values.columns else pl.lit(None, pl.String),
    )
    rows = rows.with_columns(once=pl.col("street").str.count_matches("tr", literal=True) == 1, long=_long())
    rows = rows.with_columns(spelt=_as_the_country_writes())
    known = pl.col("street").is_null()
    if style != "short":
        known |= pl.col("once") & pl.col("spelt").is_not_null()
    canonical = pl.coalesce("spelt", "value")
    nothing = pl.lit(None, pl.String)
    return rows.select(
        handled=(pl.col("plain") & known).fill_null(value=False),
        canonical=canonical,
        written=value if style == "keep" else canonical,
        code=pl.when(value.str.contains(r"\d")).then(nothing).otherwise(pl.lit("no-house-number")),
        suggestion=nothing,
    )


def _long() -> pl.Expr:
    """The line with its street word written out, null where that takes more than one look."""
    street = pl.when(~pl.col("country").is_in(_OTHER_MEANING).fill_null(value=False)).then("street")
    return (
        pl.when(street.str.contains(_LONG))
        .then(street)
        .when(street.str.contains(_SHORT_WORD))
        .then(street.str.replace(_SHORT_WORD, "${1}straße${2}"))
        .when(street.str.contains(_SHORT_ALONE))
        .then(street.str.replace(_SHORT_ALONE, "${1}Straße${2}"))
    )


def _as_the_country_writes() -> pl.Expr:
    """``long`` with ß or ss: in Germany and Austria, in Switzerland, and elsewhere as it stands."""
    country, long = pl.col("country"), pl.col("long")
    sharp = pl.when(country.is_in(_WITH_SHARP_S)).then(long).str.replace("trasse", "traße", literal=True)
    double = pl.when(country.is_in(_WITHOUT)).then(long).str.replace("traße", "trasse", literal=True)
    return pl.coalesce(sharp, double, long)


ACCELERATOR = Accelerator("street", run)
