"""Which records a directory is asked about, and with what: companies, and the companies of contacts; never persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.comparers._free_mail import FREE_MAIL
from crmclean.core.enrichment import CONTACT_FIELDS, IDS
from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES
from crmclean.core.registry import FIELDS
from crmclean.directory import ASKED_WITH, Wanted
from crmclean.evidence import Cells
from crmclean.expressions import judge
from crmclean.matching.subjects import COMPANY, CONTACT, ELSEWHERE, cells_of, entities_of
from crmclean.table import Normalised

PRIVATE = ("home",)  # groups of columns that tell of a person's own home and lines
NAMED_BY = ("company_name", *IDS)  # what a question needs one of: an address alone means nobody


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Attributes:
        wanted: ``number`` is the 1-based row of the record.
        is_contact: ``Boolean``, one a question: a person stands in the record beside the company.
    """

    wanted: Wanted
    is_contact: pl.Series

    def only(self, numbers: pl.Series) -> Wanted:
        """The questions about some of the records."""
        at = self.wanted.values["number"].search_sorted(numbers)
        return _gathered(self.wanted, at.cast(pl.UInt32))


def asked_of(cleaned: Normalised, entity: str = "auto", country: str = "") -> Asked:
    """Who is asked about in an export.

    Args:
        cleaned: the export; its judged columns.
        entity: what every record is; ``auto``: each is what it names.
        country: of records that name none; empty: unknown.

    Raises:
        InputError: ``no-company-columns``.
    """
    if not any(cleaned.of_field(name) for name in NAMED_BY):
        raise InputError(
            FILE_CODES["no-company-columns"].what, code="no-company-columns", where=cleaned.table.file.path
        )
    cells = cells_of(cleaned).with_country(country)
    values = _values(cleaned)
    if country:
        theirs = values["country"] if "country" in values.columns else cells.nothing()
        values = values.with_columns(theirs.fill_null(country).alias("country"))
    what = entities_of(cells, entity)
    named = [name for name in NAMED_BY if name in values.columns]
    is_named = values.select(pl.any_horizontal(pl.col(name).is_not_null() for name in named)).to_series()
    # A record that names nobody but has a number of the register is a company's.
    is_company = (what == COMPANY).fill_null(value=False) | (what.is_null() & (entity in ("auto", COMPANY)))
    is_contact = (what == CONTACT).fill_null(value=False)
    values = _without_persons(values, is_contact)
    rows = is_named & (is_company | is_contact)
    whole = Wanted(values, _company_cells(cells, values, is_contact))
    return Asked(_gathered(whole, rows.arg_true()), is_contact.filter(rows))


def _gathered(wanted: Wanted, at: pl.Series) -> Wanted:
    """The questions at these places."""

    def picked(found: Mapping[str, tuple[pl.Series, ...]]) -> dict[str, tuple[pl.Series, ...]]:
        return {name: tuple(one.gather(at) for one in columns) for name, columns in found.items()}

    cells = wanted.cells
    values = wanted.values.select(pl.all().gather(at))
    return Wanted(values, Cells(len(at), picked(cells.keys), picked(cells.valid), picked(cells.canonical)))


def _values(cleaned: Normalised) -> pl.DataFrame:
    """``number`` and the canonical values of all records, the main columns first."""
    n_rows = cleaned.table.frame.height
    columns = [pl.arange(1, n_rows + 1, eager=True, dtype=pl.UInt32).alias("number")]
    for name in ASKED_WITH:
        holders = [j for j in cleaned.of_field(name) if j.column.group not in (*ELSEWHERE, *PRIVATE)]
        if FIELDS[name].group == "address" and holders:  # an address is never put together from two
            group = min((j.column.group for j in holders), key=lambda group: group != "")
            holders = [j for j in holders if j.column.group == group]
        holders.sort(key=lambda j: (j.column.group != "", j.column.index))
        if holders:
            found = pl.DataFrame([j.canonical.alias(f"{at}") for at, j in enumerate(holders)])
            columns.append(found.select(pl.coalesce(pl.all()).alias(name)).to_series())
    return pl.DataFrame(columns)


def _without_persons(values: pl.DataFrame, is_contact: pl.Series) -> pl.DataFrame:
    """A contact's lines are a person's; of the mailbox the domain tells of the company."""
    own = [name for name in CONTACT_FIELDS if name in values.columns]
    if not is_contact.any() or not own:
        return values
    if "email" in own:
        domain = values["email"].str.extract(r"@(.+)$", 1).str.to_lowercase()
        is_own = is_contact & domain.is_not_null() & ~domain.is_in(FREE_MAIL).fill_null(value=False)
        site = judge(domain.set(~is_own, None), FIELDS["website"], {})["canonical"]
        known = values["website"] if "website" in values.columns else site
        values = values.with_columns(website=known.zip_with(known.is_not_null(), site))
    blank = pl.lit(is_contact)
    return values.with_columns(pl.when(~blank).then(pl.col(name)).alias(name) for name in own)


def _company_cells(cells: Cells, values: pl.DataFrame, is_contact: pl.Series) -> Cells:
    """The keys of company fields alone; of contacts without the person's lines, with the domain of their mailbox."""
    keys = {name: found for name, found in cells.keys.items() if name in ASKED_WITH}
    valid = {name: cells.valid[name] for name in keys}
    canonical = {name: cells.canonical[name] for name in keys}
    if is_contact.any():
        for name in CONTACT_FIELDS:
            keys[name] = tuple(one.set(is_contact, None) for one in keys.get(name, ()))
            canonical[name] = tuple(one.set(is_contact, None) for one in canonical.get(name, ()))
        if "website" in values.columns and "website" not in keys:
            site = values["website"]
            key = _keys_of(site)
            keys["website"], canonical["website"] = (key,), (site,)
            valid["website"] = (site.is_not_null(),)
    keys = {name: found for name, found in keys.items() if found}
    return Cells(cells.n_rows, keys, {n: valid[n] for n in keys}, {n: canonical[n] for n in keys})


def _keys_of(site: pl.Series) -> pl.Series:
    known = site.drop_nulls().unique(maintain_order=True)
    if not len(known):
        return site
    found = pl.Series([FIELDS["website"].key(text) for text in known.to_list()], dtype=pl.String)
    return site.replace_strict(known, found, return_dtype=pl.String, default=None)
