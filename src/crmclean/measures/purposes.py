"""Completeness by purpose: what a record can be used for with what it holds.

A ratio over cells says little; whether a letter can be sent says something. Each purpose names the fields it needs;
a record counts when they are filled and not known to be wrong.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from crmclean.core.country_groups import EU
from crmclean.core.language import Text
from crmclean.core.summary import Purpose, Ratio
from crmclean.measures.records import Records

Served = tuple[Purpose, pl.Series]  # a purpose, and n_rows Boolean: the records that serve it


def measure_purposes(records: Records, country: str) -> tuple[Purpose, ...]:
    """All purposes, in a fixed order; arguments as for ``served_purposes``."""
    return tuple(purpose for purpose, _ in served_purposes(records, country))


def served_purposes(records: Records, country: str) -> tuple[Served, ...]:
    """All purposes, in a fixed order, each with the records that serve it.

    Args:
        records: the cleaned records.
        country: the sender's country (ISO code); empty: the most frequent one of the file.
    """
    home = country or _most_frequent_country(records)
    return (
        _post(records),
        _one_of(
            records,
            "email",
            ("email",),
            Text("e-mail", "E-Mail"),
            Text("an e-mail address", "eine E-Mail-Adresse"),
        ),
        _one_of(
            records,
            "phone",
            ("phone", "mobile"),
            Text("phone", "Telefon"),
            Text("a phone or mobile number", "eine Telefon- oder Mobilnummer"),
        ),
        _sms(records),
        _invoice(records, home),
    )


def _most_frequent_country(records: Records) -> str:
    for judged in records.cleaned.of_field("country"):
        known = judged.canonical.drop_nulls()
        if len(known):
            return str(known.value_counts().sort(["count", known.name], descending=[True, False])[known.name][0])
    return ""


def _one_of(records: Records, name: str, fields: tuple[str, ...], title: Text, rule: Text) -> Served:
    """A purpose any one of these fields serves."""
    present = [field for field in fields if records.has(field)]
    fits = reduce(or_, (records.usable(field) for field in present), records.none())
    return _purpose(records, name, title, rule, fits, () if present else fields[:1])


def _purpose(records: Records, name: str, title: Text, rule: Text, fits: pl.Series, missing: tuple[str, ...]) -> Served:
    ratio = Ratio(0, 0) if missing else Ratio(int(fits.sum()), records.n_rows)
    return Purpose(name, title, rule, ratio, missing), fits


def _can_be_posted(records: Records) -> tuple[pl.Series, tuple[str, ...]]:
    """Where one address of the record is complete, and the fields that are missing altogether."""
    groups = list(dict.fromkeys(j.column.group for j in records.cleaned.judged.values()))
    fits = records.usable("full_address")
    for group in groups:
        line = records.usable_in("street", group) | records.usable_in("po_box", group)
        fits = fits | (line & records.usable_in("postal_code", group) & records.usable_in("city", group))
    if records.has("full_address"):
        return fits, ()
    missing = tuple(field for field in ("street", "postal_code", "city") if not records.has(field))
    return fits, missing


def _post(records: Records) -> Served:
    fits, missing = _can_be_posted(records)
    rule = Text(
        "street (or PO box), postal code and city of one address, or a full address",
        "Straße (oder Postfach), PLZ und Ort einer Anschrift, oder eine vollständige Anschrift",
    )
    return _purpose(records, "post", Text("post", "Post"), rule, fits, missing)


def _sms(records: Records) -> Served:
    rule = Text("a valid mobile number in a mobile column", "eine gültige Mobilnummer in einer Mobil-Spalte")
    missing = () if records.has("mobile") else ("mobile",)
    return _purpose(records, "sms", Text("text message", "SMS"), rule, records.valid("mobile"), missing)


def _invoice(records: Records, home: str) -> Served:
    """Name, address, and a VAT id where the buyer sits in another EU country."""
    names = [f for f in ("company_name", "last_name", "full_name") if records.has(f)]
    named = reduce(or_, (records.usable(f) for f in names), records.none())
    postal, missing = _can_be_posted(records)
    foreign = records.none()
    for judged in records.cleaned.of_field("country"):
        abroad = judged.canonical.is_in(sorted(EU - {home})).fill_null(value=False)
        foreign = foreign | (abroad & records.filled("company_name"))
    fits = named & postal & (~foreign | records.usable("vat_id"))
    rule = Text(
        "name and postal address; for companies in another EU country also a VAT id",
        "Name und Anschrift; bei Unternehmen in einem anderen EU-Land auch die USt-IdNr.",
    )
    lacking = (*(() if names else ("company_name",)), *missing)
    return _purpose(records, "invoice", Text("invoice", "Rechnung"), rule, fits, lacking)
