"""Plain street lines over a whole column: words, perhaps a house number, one ``str.`` or ``straße`` at the end at most.

Nearly all German street lines are so; every other line (squares of Mannheim, PO boxes, additions, number first, Swiss
``strasse``) is left to ``fields.street``. What is handled here gets exactly what the field says, because the line has
the shape the field's own first pattern takes, and none of the words that make it look closer.
"""

from __future__ import annotations

import polars as pl

from crmclean.fields._street import LOOK_CLOSER
from crmclean.table import Accelerator

_NUMBER = r" \d{1,4}(?: ?[A-Za-z])?(?: ?[-/+] ?\d{1,4}(?: ?[A-Za-z])?)?"
_LINE = rf"^\p{{L}}(?:[\p{{L}}.'-]| \p{{L}}| ')*\p{{L}}\.?(?:{_NUMBER})?$"
_LAST_WORD = r"([^ \d]*?)\.*(?: \d.*)?$"
# Firms and persons in front of a street, and web addresses: see ``fields._street`` and ``fields._address_codes``.
_OTHER_THINGS = r"^(?i:z\. ?Hd|zu Händen|per Adresse|p\. ?A\.|bei Fa)|www\."
_LONG = r"(?:[a-zäöü]straße|\p{L}[ -]Straße)(?: \d|$)"
_SHORT_WORD = r"([a-zäöüß])str\.( \d|$)"
_SHORT_ALONE = r"(\p{L}[ -])Str\.( \d|$)"
_OTHER_HABITS = ("CH", "LI", "RO", "MD")  # no ß, or another meaning of "Str."


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    country = pl.col("country") if "country" in values.columns else pl.lit(None, pl.String)
    plain = (
        value.str.contains(_LINE)
        & ~value.str.extract(_LAST_WORD).str.to_lowercase().is_in(sorted(LOOK_CLOSER))
        & ~value.str.contains(_OTHER_THINGS)
        & ~value.str.contains("l.", literal=True)
    )
    n_tr = value.str.count_matches("tr", literal=True)
    once = (n_tr == 1) & ~country.is_in(_OTHER_HABITS).fill_null(value=False)
    word, alone = value.str.contains(_SHORT_WORD), value.str.contains(_SHORT_ALONE)
    known = (n_tr == 0) | (once & (word | alone | value.str.contains(_LONG)))
    canonical = (
        pl.when(once & word)
        .then(value.str.replace(_SHORT_WORD, "${1}straße${2}"))
        .when(once & alone)
        .then(value.str.replace(_SHORT_ALONE, "${1}Straße${2}"))
        .otherwise(value)
    )
    handled = plain & known
    if style == "short":
        handled &= n_tr == 0
    nothing = pl.lit(None, pl.String)
    return values.select(
        handled=handled.fill_null(value=False),
        canonical=canonical,
        written=value if style == "keep" else canonical,
        code=pl.when(value.str.contains(r"\d")).then(nothing).otherwise(pl.lit("no-house-number")),
        suggestion=nothing,
    )


ACCELERATOR = Accelerator("street", run)
