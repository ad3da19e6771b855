"""What of a record may stand on a suppression list, in a form that is equal however it is written.

An e-mail address in small letters; a phone number with its country and its extension, so that one desk's refusal does
not close a switchboard; a name with a postal address, because neither is anybody alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.registry import FIELDS
from crmclean.table import Judged, Normalised

EMAIL, PHONE, PERSON, COMPANY = "email", "phone", "person", "company"
KINDS = (EMAIL, PHONE, PERSON, COMPANY)
# Where who stands on a list by this is not to be contacted. A text message rings the same phone as a call.
CHANNELS: Mapping[str, tuple[str, ...]] = {
    EMAIL: ("email",),
    PHONE: ("phone", "sms"),
    PERSON: ("post",),
    COMPANY: ("post",),
}
_PHONES = ("phone", "mobile", "fax")
_TITLES = ("herr", "frau", "herrn", "mr", "mrs", "ms", "dr", "prof", "dipl", "ing", "med", "mag")


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one kind in one column.

    Attributes:
        kind: one of ``KINDS``.
        column: unique name of the column a finding points to.
        texts: ``String``, n_rows: normalised; null where there is nothing.
    """

    kind: str
    column: str
    texts: pl.Series


def values_of(cleaned: Normalised, *, is_list: bool = False) -> Iterator[Values]:
    """All values of a table that may stand on a list.

    Args:
        cleaned: the table, judged for a report.
        is_list: whether it is a list of those who refuse: a company stands on it only where no person is named, because
            one employee's refusal is not that of the others.
    """
    for judged in cleaned.of_field("email"):
        yield Values(EMAIL, judged.column.name, _keys(judged))
    for field in _PHONES:
        for judged in cleaned.of_field(field):
            digits = judged.canonical.str.replace(";ext=", "", literal=True).str.replace_all(r"[^0-9+]", "")
            yield Values(PHONE, judged.column.name, digits)
    persons = _persons(cleaned)
    companies = next(iter(cleaned.of_field("company_name")), None)
    for address in _addresses(cleaned):
        if persons is not None:
            yield _with(PERSON, persons.name, persons, address)
        if companies is not None:
            names = _keys(companies)
            if is_list and persons is not None:
                names = pl.DataFrame({"c": names, "p": persons}).select(pl.when(pl.col("p").is_null()).then("c"))["c"]
            yield _with(COMPANY, companies.column.name, names, address)


def _with(kind: str, column: str, names: pl.Series, address: pl.Series) -> Values:
    frame = pl.DataFrame({"name": names, "address": address})
    return Values(kind, column, frame.select(pl.format("{}|{}", "name", "address").alias("text"))["text"])


def _persons(cleaned: Normalised) -> pl.Series | None:
    """Words of the person's name in a fixed order, named by the column they come from; null where nobody is named."""
    first, last = (next(iter(cleaned.of_field(name)), None) for name in ("first_name", "last_name"))
    full = next(iter(cleaned.of_field("full_name")), None)
    parts = [judged for judged in ((first, last) if last is not None else (full,)) if judged is not None]
    if not parts:
        return None
    keys = pl.DataFrame([_keys(judged).alias(str(at)) for at, judged in enumerate(parts)])
    leading = "1" if first is not None and last is not None else "0"
    words = (
        keys.select(
            pl.when(pl.col(leading).is_not_null()).then(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True))
        )
        .to_series()
        .str.extract_all(r"\w+")
    )
    kept = words.list.set_difference(pl.Series([list(_TITLES)])).list.sort().list.join(" ")
    return kept.replace("", None).alias(parts[-1].column.name)


def _addresses(cleaned: Normalised) -> Iterator[pl.Series]:
    """Postal code and street with house number of each address; null where one is missing."""
    for group in dict.fromkeys(judged.column.group for judged in cleaned.judged.values()):
        street, number, code = (
            next(iter(cleaned.of_field(name, [group])), None) for name in ("street", "house_number", "postal_code")
        )
        if street is None or code is None:
            continue
        parts = [pl.Series("street", _keys(street))]
        if number is not None:
            parts.append(pl.Series("number", number.canonical.str.to_lowercase()))
        frame = pl.DataFrame([pl.Series("code", _keys(code)), *parts])
        names = [part.name for part in parts]
        place = pl.concat_str(names, ignore_nulls=True).str.replace_all(r"\W", "")
        known = pl.col("street").is_not_null() & pl.col("code").is_not_null()
        yield frame.select(pl.when(known).then(pl.format("{}|{}", "code", place)).alias("address"))["address"]


def _keys(judged: Judged) -> pl.Series:
    """The comparison keys of a column, each distinct value once."""
    known = judged.canonical.drop_nulls().unique(maintain_order=True)
    key = FIELDS[str(judged.column.field)].key
    # A value that is no evidence of a duplicate (a shared mailbox) is still somebody's who refuses.
    keys = pl.Series([key(value) or value.casefold() for value in known.to_list()], dtype=pl.String)
    return judged.canonical.replace_strict(known, keys, default=None, return_dtype=pl.String)
