"""To which company a contact belongs: by the id its record names, else by what it says of its company.

A contact is never one entity with its company, however much they share; it is linked to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from crmclean.comparers._free_mail import FREE_MAIL
from crmclean.evidence import Cells
from crmclean.matching.beliefs import starting_beliefs
from crmclean.matching.blocking import candidates
from crmclean.matching.copies import first_alike, said_by
from crmclean.matching.scoring import score
from crmclean.matching.subjects import COMPANY, CONTACT, PERSON, subjects
from crmclean.matching.veto import contradictions, valid_ids

# What a contact's record says of the person, not of the company.
_PERSONAL = ("first_name", "last_name", "date_of_birth", "email", "mobile", "social", "identifier")
_PARENT, _FOUND, _NONE = "parent_id", "found", "none"
_SCHEMA: dict[str, Any] = {"contact": pl.UInt32, "account": pl.UInt32, "how": pl.String, "probability": pl.Float64}


def account_links(
    cells: Cells, entity: pl.Series, ids: pl.Series, parents: pl.Series, entity_of: pl.Series, least: float
) -> pl.DataFrame:
    """The company each contact belongs to.

    Args:
        cells: keys of all cells.
        entity: what each record is, n_rows.
        ids: of the records in the CRM, n_rows.
        parents: ids of the companies that records name, n_rows.
        entity_of: ``UInt32``, n_rows: of several records of one company the first is taken.
        least: probability (0..1) from which a company is found.

    Returns:
        ``contact``, ``account`` (rows; null: an orphan), ``how`` (``parent_id``, ``found``, ``none``), ``probability``;
        one row for each contact, and each person that names a parent. Empty where there are no companies.
    """
    is_company = (entity == COMPANY).fill_null(value=False)
    named = parents.str.strip_chars().replace("", None)
    is_contact = ((entity == CONTACT) | ((entity == PERSON) & named.is_not_null())).fill_null(value=False)
    if not is_company.any() or not is_contact.any():
        return pl.DataFrame(schema=_SCHEMA)
    rows = pl.DataFrame({"row": pl.arange(len(entity), eager=True, dtype=pl.UInt32), "id": ids, "parent": named})
    contacts = rows.filter(is_contact).select(contact="row", parent="parent")
    known = rows.filter(is_company).drop_nulls("id").unique("id", keep="first", maintain_order=True)
    told = contacts.join(known.select(parent="id", account="row"), on="parent", how="left", maintain_order="left")
    open_ones = is_contact.scatter(told.drop_nulls("account")["contact"], values=False)
    found = _found(cells, is_company, open_ones, least)
    joined = told.join(found, on="contact", how="left", maintain_order="left")
    by_id = pl.col("account").is_not_null()
    how = pl.when(by_id).then(pl.lit(_PARENT)).when(pl.col("found").is_not_null()).then(pl.lit(_FOUND))
    return joined.select(
        "contact",
        account=pl.coalesce("account", "found").replace_strict(rows["row"], entity_of, default=None),
        how=how.otherwise(pl.lit(_NONE)),
        probability=pl.when(by_id).then(1.0).otherwise("probability"),
    ).select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())


def _found(cells: Cells, is_company: pl.Series, is_contact: pl.Series, least: float) -> pl.DataFrame:
    """The best company of each contact that has a likely one: ``contact``, ``found``, ``probability``.

    Contacts and companies that say the same of their company are one group: a firm of a thousand contacts makes no more
    pairs than one of two.
    """
    side = _company_side(cells)
    rows = _alike(side).with_columns(is_company=is_company, is_contact=is_contact)
    rows = rows.filter(pl.col("is_company") | pl.col("is_contact"))
    told = rows["alike"].unique().sort()  # what is said, is looked at once, however many say it
    small = _only(side, told)
    seen = subjects(small, COMPANY)
    first = first_alike(said_by(seen))
    seen = seen.counted_over(first)
    rows = rows.with_columns(at=told.search_sorted(rows["alike"]).cast(pl.UInt32))
    rows = rows.with_columns(group=first.gather(rows["at"]))
    contacts = rows.filter("is_contact").group_by("group", maintain_order=True).agg("row", a=pl.col("at").first())
    accounts = (
        rows.filter("is_company")
        .group_by("group", maintain_order=True)
        .agg(found=pl.col("row").first(), b=pl.col("at").first())
    )
    pairs, _ = candidates(seen, tuple(name for name, line in seen.lines.items() if line.kind == "id"))
    both_ways = pl.concat([pairs.select(of="a", to="b"), pairs.select(of="b", to="a")])
    across = both_ways.join(contacts, left_on="of", right_on="group", how="semi")
    across = across.join(accounts, left_on="to", right_on="group", how="semi").with_columns(a="of", b="to")
    # Of one group the first contact and the first company stand for themselves: both say the same.
    alike = contacts.join(accounts, on="group")
    alike = alike.select("a", "b", of="group", to="group")
    pairs = pl.concat([across, alike.select(across.columns)])
    ids = valid_ids(small, pl.repeat(value=True, n=small.n_rows, eager=True))
    pairs = pairs.filter(~contradictions(pairs, ids)["vetoed"])
    # A contact of an establishment belongs to the company, whichever of its addresses the account has.
    belongs = pl.col("probability") + pl.col("branch")
    scored = score(seen, pairs, starting_beliefs(seen.lines)).with_columns(probability=belongs)
    likely = scored.filter(pl.col("probability") >= least)
    best = likely.sort("probability", "to", descending=[True, False]).unique("of", keep="first", maintain_order=True)
    return (
        best.select("of", "to", "probability")
        .join(accounts, left_on="to", right_on="group")
        .join(contacts, left_on="of", right_on="group")
        .explode("row", empty_as_null=True, keep_nulls=True)
        .select("found", "probability", contact="row")
    )


def _alike(cells: Cells) -> pl.DataFrame:
    """Each record and the first that says the same: ``row``, ``alike``."""
    columns = [series for found in cells.keys.values() for series in found]
    said = pl.DataFrame([series.alias(str(at)) for at, series in enumerate(columns)])
    rows = said.with_row_index("row")
    return rows.select("row", alike=pl.col("row").first().over(said.columns))


def _only(cells: Cells, rows: pl.Series) -> Cells:
    def taken(of: Mapping[str, tuple[pl.Series, ...]]) -> dict[str, tuple[pl.Series, ...]]:
        return {field: tuple(series.gather(rows) for series in found) for field, found in of.items()}

    return Cells(len(rows), taken(cells.keys), taken(cells.valid), taken(cells.canonical))


def _company_side(cells: Cells) -> Cells:
    """What records say of a company alone; of a contact's e-mail its domain."""
    domain = cells.first("email").str.extract(r"@(.+)$", 1)
    own = domain.zip_with(~domain.is_in(list(FREE_MAIL)).fill_null(value=False), cells.nothing())
    site = cells.first("website")
    website = site.zip_with(site.is_not_null(), own)
    kept = [
        {name: found for name, found in of.items() if name not in _PERSONAL}
        for of in (cells.keys, cells.valid, cells.canonical)
    ]
    keys, valid, canonical = kept
    understood = website.is_not_null()
    return replace(
        cells,
        keys={**keys, "website": (website,)},
        valid={**valid, "website": (understood,)},
        canonical={**canonical, "website": (website,)},
    )
