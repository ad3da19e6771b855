"""What the directory says of each record's company, as one column a field, fit for the columns of the export."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.enrichment import (
    ADDRESS,
    CONTACT_FIELDS,
    FILLED,
    IDS,
    SAID_LABELS,
    SOURCE_ID,
    STATUS,
    SUCCESSOR,
    UNITS,
    VERIFIED,
)
from crmclean.core.field import Hints
from crmclean.core.registry import FIELDS
from crmclean.directory import Status
from crmclean.enriching.answers import Answers
from crmclean.matching.bands import AUTO

# Of a company in a person's record: the rest is the person's.
_OF_CONTACTS = frozenset((*IDS, "company_name", "legal_form", "industry_code", "website", VERIFIED, *SAID_LABELS))
# What a company that is no more can't be reached by.
_OF_THE_LIVING = frozenset((*UNITS[ADDRESS], *CONTACT_FIELDS, "website", VERIFIED))


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of the m records whose company is meant or may be.

    Attributes:
        rows: m: ``Answers.best`` with ``is_contact``; sorted by ``number``.
        at: ``UInt32``, m: 0-based places of the records in the export.
        values: by field name (or ``status``, ``successor``, ``source_id``) what may be taken over, canonical; m each.
        known: as ``values``, without regard to whom it may be given: what findings compare with.
    """

    rows: pl.DataFrame
    at: pl.Series
    values: Mapping[str, pl.Series]
    known: Mapping[str, pl.Series]


def said_of(answers: Answers, contacts: pl.DataFrame, columns: Collection[str]) -> Said:
    """What the directories say, record by record.

    Args:
        answers: of the directories.
        contacts: ``number``, ``is_contact``.
        columns: fields the export has columns for: house number and register court may stand in one of their own.
    """
    # Of several that fit equally well none is proposed: it would be one of them by chance.
    meant = answers.best.filter((pl.col("band") == AUTO) | (pl.col("n_alike") == 1))
    rows = meant.join(contacts, on="number", how="left", maintain_order="left")
    beside = [name for name in answers.companies.columns if name not in ("order", "source_id")]
    companies = answers.companies.select("order", "source_id", *(pl.col(n).alias(f"value {n}") for n in beside))
    wide = rows.join(companies, on=["order", "source_id"], how="left", maintain_order="left")
    known = {name: wide[f"value {name}"].cast(pl.String) for name in beside if name in FILLED}
    known = {name: _bare(series) for name, series in known.items() if name != VERIFIED}
    known |= _address(known, has_house_number="house_number" in columns)
    known |= _register(known, has_court="register_court" in columns)
    alive = [Status.ACTIVE.value, Status.LIQUIDATION.value, Status.CEASED.value]
    more = rows.select(
        pl.when(pl.col("status").is_in(alive)).then("status").alias(STATUS),
        pl.coalesce(_filled("successor_name"), _filled("successor_id")).alias(SUCCESSOR),
        pl.col("source_id").alias(SOURCE_ID),
        pl.when(pl.col("band") == AUTO).then(_filled("last_checked").str.slice(0, 10)).alias(VERIFIED),
    )
    known |= {name: more[name] for name in more.columns}
    is_contact = rows["is_contact"].fill_null(value=False)
    is_gone = (rows["status"] == Status.CEASED.value).fill_null(value=False)
    values = {}
    for name, series in known.items():
        kept = series if name in _OF_CONTACTS else series.set(is_contact, None)
        values[name] = kept.set(is_gone, None) if name in _OF_THE_LIVING else kept
    return Said(rows, (rows["number"] - 1).cast(pl.UInt32), values, known)


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(name)


def _bare(series: pl.Series) -> pl.Series:
    text = series.str.strip_chars()
    return text.set((text == "").fill_null(value=False), None)


def _register(known: Mapping[str, pl.Series], *, has_court: bool) -> dict[str, pl.Series]:
    """Register number and court as the export has them: in one column, or each in its own."""
    number = known.get("register_number")
    if number is None or not has_court:
        return {}
    texts = number.drop_nulls().unique(maintain_order=True).to_list()
    split = {text: FIELDS["register_number"].parse(text, Hints()).parts for text in texts}
    whole = {text: parts for text, parts in split.items() if parts.get("register_court")}
    if not whole:
        return {}
    bare = {text: f"{parts['type']} {parts['number']}" for text, parts in whole.items()}
    courts = {text: parts["register_court"] for text, parts in whole.items()}
    court = number.replace_strict(courts, default=None, return_dtype=pl.String)
    said = known.get("register_court", court.clear().extend_constant(None, len(court)))
    return {
        "register_number": number.replace_strict(bare, default=number, return_dtype=pl.String),
        "register_court": court.zip_with(court.is_not_null(), said),
    }


def _address(known: Mapping[str, pl.Series], *, has_house_number: bool) -> dict[str, pl.Series]:
    """Street and house number as the export has them: in one column, or each in its own."""
    if "street" not in known:
        return {}
    street = known["street"]
    none = pl.repeat(None, len(street), dtype=pl.String, eager=True)
    number = known.get("house_number", none)
    both = pl.DataFrame([street.alias("street"), number.alias("number")])
    if not has_house_number:
        line = pl.concat_str("street", pl.col("number").fill_null(""), separator=" ").str.strip_chars_end()
        return {"street": both.select(street=line).to_series()}
    known_streets = both.filter(pl.col("number").is_null())["street"].drop_nulls().unique(maintain_order=True)
    split = {text: FIELDS["street"].parse(text, Hints()).parts for text in known_streets.to_list()}
    rows = [
        (text, parts["street"], parts["house_number"]) for text, parts in split.items() if parts.get("house_number")
    ]
    if not rows:
        return {"street": street, "house_number": number}
    parts = pl.DataFrame(rows, schema=["line", "name", "split"], orient="row")
    found = both.join(parts, left_on="street", right_on="line", how="left", maintain_order="left")
    is_line = pl.col("number").is_null() & pl.col("split").is_not_null()
    taken = found.select(
        street=pl.when(is_line).then("name").otherwise("street"),
        house_number=pl.when(is_line).then("split").otherwise("number"),
    )
    return {"street": taken["street"], "house_number": taken["house_number"]}
