"""Whether the cells of a record agree with each other: place and postal code, country, ids, consent, dates.

Only what can't both be true is a contradiction. A phone number or VAT id of another country than the address is none:
firms have both.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from crmclean.core.summary import Ratio
from crmclean.measures.records import Records
from crmclean.table import Judged

# What normalising found by comparing two cells of one record, with the fields that are compared.
_CODES = {
    "city.not-at-postal-code": ("city", "postal_code"),
    "full_address.not-at-postal-code": ("full_address", "full_address"),
    "postal_code.other-country": ("postal_code", "country"),
    "state.other-country": ("state", "country"),
}
_CONSENT = ("email", "phone", "sms", "post")  # have a column that permits and one that refuses
_ORDERED = (("created_at", "modified_at"), ("first_purchase_at", "last_purchase_at"), ("date_of_birth", "created_at"))
# The number inside of both ids of one company is the same: § 139c (1) AO for the German, art. 3 UIDV for the Swiss.
_SAME_NUMBER = (("vat_id", "de_wid", r"^DE(\d{9})"), ("vat_id", "ch_uid", r"^CHE\D?(\d{3}\D?\d{3}\D?\d{3})"))

Compared = tuple[pl.Series, pl.Series]  # n_rows Boolean each: could be compared; contradicts


def consistency(records: Records) -> Ratio:
    """Records without a contradiction, of those with at least two cells that could contradict each other."""
    comparable, wrong = records.none(), records.none()
    for could, contradicts in _compared(records):
        comparable, wrong = comparable | could, wrong | (could & contradicts)
    return Ratio(int((comparable & ~wrong).sum()), int(comparable.sum()))


def _compared(records: Records) -> Iterator[Compared]:
    found = records.cleaned.findings.select(pl.col("row"), pl.col("code").cast(pl.String)).drop_nulls()
    for code, (one, other) in _CODES.items():
        if records.has(one) and records.has(other):
            at = found.filter(pl.col("code") == code)["row"].unique() - 1
            contradicts = records.none().scatter(at.to_list(), [True] * len(at)) if len(at) else records.none()
            yield records.usable(one) & records.usable(other), contradicts
    for channel in _CONSENT:
        for permits in records.cleaned.of_field(f"{channel}_opt_in"):
            for refuses in records.cleaned.of_field(f"{channel}_opt_out"):
                # Two answers that say the same word say the opposite.
                yield _both(permits, refuses, pl.col("one") == pl.col("other"))
    for before, after in _ORDERED:
        for one_date in records.cleaned.of_field(before)[:1]:
            for other_date in records.cleaned.of_field(after)[:1]:
                days = (pl.col(name).str.slice(0, 10) for name in ("one", "other"))
                yield _both(one_date, other_date, next(days) > next(days))
    for one_id, other_id, number in _SAME_NUMBER:
        for left in records.cleaned.of_field(one_id)[:1]:
            for right in records.cleaned.of_field(other_id)[:1]:
                yield _same_number(left, right, number)


def _both(one: Judged, other: Judged, contradicts: pl.Expr) -> Compared:
    """Two columns where both are understood."""
    frame = pl.DataFrame({"one": one.canonical, "other": other.canonical})
    could = frame.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    return could, frame.select(contradicts.fill_null(value=False).alias("wrong")).to_series()


def _same_number(one: Judged, other: Judged, number: str) -> Compared:
    """Two ids that hold the same number, where both are of that country."""
    digits = [judged.canonical.str.extract(number).str.replace_all(r"\D", "") for judged in (one, other)]
    could = digits[0].is_not_null() & digits[1].is_not_null()
    return could, (digits[0] != digits[1]).fill_null(value=False)
