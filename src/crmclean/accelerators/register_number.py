"""German register numbers of a whole column: each way of writing one is read once, whatever the digits.

``Amtsgericht Bonn, HRB 12`` and ``Amtsgericht Bonn, HRB 34567`` differ in nothing but the number. So the field is asked
about one number of each wording and court of the record; a million cells have some hundred. Wordings without a German
register, with a second number or with text nobody understands are left to the field.
"""

from __future__ import annotations

import polars as pl

from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.fields.ids._courts import current_courts
from crmclean.fields.ids._numbers import undamaged
from crmclean.fields.ids._register import split_register_number
from crmclean.plugins import Accelerator

_PLAIN = "^(?:HRA|HRB|GnR|GsR|VR|PR) [1-9][0-9]{0,5}$"
_ONE_NUMBER = "^[^0-9]*[1-9][0-9]{0,5}[^0-9]*$"
_MAX_BYTES = 200  # longer than that the field looks no closer
_SAMPLE = "1"  # the number every wording is asked about
_WORDING = {"before": pl.String, "after": pl.String, "code": pl.String}


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    court = pl.col("register_court") if "register_court" in values.columns else pl.lit(None, pl.String)
    is_current = court.is_null() | court.is_in(pl.Series(current_courts(), dtype=pl.String).implode())
    rows = values.select("value", court=court, plain=value.str.contains(_PLAIN) & is_current).with_row_index("at")
    plain = rows.filter("plain").select("at", "value", canonical="value", code=pl.lit(None, pl.String))
    judged = (
        plain if plain.height == rows.height else pl.concat([plain, _read(rows.filter(~pl.col("plain")))]).sort("at")
    )
    canonical = pl.col("canonical")
    return judged.select(
        handled=canonical.is_not_null(),
        canonical=canonical,
        written=pl.when(canonical.is_not_null()).then("value") if style == "keep" else canonical,
        code="code",
        suggestion=pl.lit(None, pl.String),
    )


def _read(rows: pl.DataFrame) -> pl.DataFrame:
    """``canonical`` and ``code`` by the wording of each value; null where the field has to look itself."""
    value = pl.col("value")
    asked = pl.when((value.str.len_bytes() <= _MAX_BYTES) & value.str.contains(_ONE_NUMBER)).then("value")
    rows = rows.with_columns(wording=asked.str.replace("[0-9]+", _SAMPLE), number=asked.str.extract("([0-9]+)"))
    keys = ["wording", "court"]
    wordings = rows.select(keys).unique(maintain_order=True)
    read = pl.DataFrame([_wording(*row) for row in wordings.iter_rows()], schema=_WORDING, orient="row")
    known = pl.concat([wordings, read], how="horizontal")
    judged = rows.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return judged.select("at", "value", pl.concat_str("before", "number", "after").alias("canonical"), "code")


def _wording(text: str | None, court: str | None) -> tuple[str | None, str | None, str | None]:
    """Canonical text before and after the number, and the finding; all ``None`` where that can't be said."""
    if text is None or split_register_number(undamaged(text)) is None:
        return None, None, None
    parsed = FIELDS["register_number"].parse(text, Hints({"register_court": court} if court else {}))
    if parsed.value is None or not parsed.lossless or parsed.suggestion:
        return None, None, None
    before, _, after = parsed.value.partition(_SAMPLE)
    return before, after, parsed.code


ACCELERATOR = Accelerator("register_number", run)
