"""What the directory says against the export: ceased, renamed, moved, merged; unknown, ambiguous, not confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.core.catalogue import describe
from crmclean.core.enrichment import IDS, STATUS, SUCCESSOR, UNITS, VERIFIED
from crmclean.core.language import Language
from crmclean.core.registry import FIELDS
from crmclean.directory import Status
from crmclean.enriching.answers import Answers
from crmclean.enriching.offers import Offer, address_is_left_alone
from crmclean.enriching.said import Said
from crmclean.matching.bands import AUTO
from crmclean.network.reasons import SAID
from crmclean.table import FINDINGS_SCHEMA, Normalised

_FOUND = {
    "row": pl.UInt32, "column": pl.String, "field": pl.String, "code": pl.String, "value": pl.String,
    "suggestion": pl.String, "why": pl.String,
}  # fmt: skip
REGISTER = "register."


def findings_of(
    cleaned: Normalised, answers: Answers, said: Said, offers: Mapping[str, Offer], language: Language
) -> pl.DataFrame:
    """All findings of enrichment in ``FINDINGS_SCHEMA``, sorted by row.

    Args:
        cleaned: the export.
        answers: of the directories.
        said: what is said of which records.
        offers: for the columns of the export.
        language: of the messages.
    """
    parts = [
        *_status(cleaned, said),
        _renamed(cleaned, said),
        *_places(cleaned, said, offers),
        *_other_number(cleaned, answers),
        _ambiguous(cleaned, answers),
        _unknown(answers, language),
        *_not_confirmed(cleaned, answers),
        *_unusable(said, offers),
    ]
    found = pl.concat([part.select(list(_FOUND)).cast(pl.Schema(_FOUND)) for part in parts])
    order = {column.name: column.index for column in cleaned.columns}
    placed = found.with_columns(
        at=pl.col("column").replace_strict(order, default=None, return_dtype=pl.UInt32), nth=pl.int_range(pl.len())
    )
    return described(cleaned, placed.sort("row", "at", "nth", nulls_last=False), language)


def described(cleaned: Normalised, found: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Findings with record id, line, severity and message; ``FINDINGS_SCHEMA``."""
    ids = next((cleaned.table.frame[c.name] for c in cleaned.columns if c.field == "record_id"), None)
    at = found["row"] - 1
    none = pl.repeat(None, found.height, dtype=pl.String, eager=True)
    codes = found["code"].unique(maintain_order=True).to_list()
    severity = {code: describe(code).severity.value for code in codes}
    message = {code: describe(code).what.said(language) for code in codes}
    said = pl.col("code").replace_strict(message, default="", return_dtype=pl.String)
    return found.with_columns(
        record_id=none if ids is None else ids.gather(at),
        line=cleaned.table.lines.gather(at),
        severity=pl.col("code").replace_strict(severity, default="", return_dtype=pl.String),
        message=pl.when(pl.col("why").is_null()).then(said).otherwise(pl.concat_str(said, "why", separator=": ")),
    ).select(pl.col(name).cast(kind) for name, kind in FINDINGS_SCHEMA.items())


def _name_column(cleaned: Normalised) -> str | None:
    return next((column.name for column in cleaned.columns if column.field == "company_name"), None)


def _found(code: str, rows: pl.Series, **cells: object) -> pl.DataFrame:
    """Rows of ``_FOUND``; what is not named is null."""
    given = {name: cells.get(name) for name in _FOUND if name not in ("row", "code")}
    columns = {
        name: value if isinstance(value, pl.Series) else pl.lit(value, pl.String) for name, value in given.items()
    }
    return pl.DataFrame([rows.alias("row")]).with_columns(code=pl.lit(code), **columns)


def _sure(cleaned: Normalised, said: Said) -> tuple[pl.DataFrame, str | None]:
    """The records with a sure company, with the name they give it; and the column that does."""
    name = _name_column(cleaned)
    there = None if name is None else cleaned.table.frame[name].gather(said.at)
    present = said.known.get("company_name")
    rows = said.rows.with_columns(
        value=pl.lit(None, pl.String) if there is None else there,
        present=pl.lit(None, pl.String) if present is None else present,
        successor=said.known[SUCCESSOR],
    )
    return rows.filter(pl.col("band") == AUTO), name


def _status(cleaned: Normalised, said: Said) -> list[pl.DataFrame]:
    rows, name = _sure(cleaned, said)
    merged = pl.col("successor").is_not_null()
    is_gone = pl.col("status") == Status.CEASED.value
    parts = []
    for code, wanted, suggestion in (
        ("register.merged-into", merged, "successor"),
        ("register.ceased", is_gone & ~merged, ""),
        ("register.in-liquidation", (pl.col("status") == Status.LIQUIDATION.value) & ~merged, ""),
    ):
        found = rows.filter(wanted)
        parts.append(
            _found(
                code, found["number"], column=name, field="company_name" if name else None, value=found["value"],
                suggestion=found[suggestion] if suggestion else None,
            )
        )  # fmt: skip
    return parts


def _renamed(cleaned: Normalised, said: Said) -> pl.DataFrame:
    """The name in the export is one the company had before."""
    rows, name = _sure(cleaned, said)
    found = rows.filter(pl.col("former_name").is_not_null() & (pl.col("former_name") != ""))
    return _found(
        "register.renamed", found["number"], column=name, field="company_name", value=found["value"],
        suggestion=found["present"],
    )  # fmt: skip


def _places(cleaned: Normalised, said: Said, offers: Mapping[str, Offer]) -> list[pl.DataFrame]:
    """Another place is a move, another street in the same place perhaps only another house of the company."""
    members = [offers[name] for name in UNITS["address"] if name in offers and name != "country"]
    if "city" not in offers and "postal_code" not in offers:
        return []
    may = (said.rows["band"] == AUTO) & ~address_is_left_alone(cleaned, offers, said)
    place = [offers[name].differs for name in ("city", "postal_code") if name in offers]
    # A postal code alone may differ within one city, a city's name alone may be written in another way.
    has_moved = may & (place[0] if len(place) == 1 else place[0] & place[1])
    lead = offers["city"] if "city" in offers else offers["postal_code"]
    parts = [_of_offer("register.moved", lead, has_moved, said)]
    left = may & ~has_moved
    for offer in members:  # said once a record, at the first cell that differs
        here = left & offer.differs
        parts.append(_of_offer("register.address-differs", offer, here, said))
        left = left & ~here
    return parts


def _of_offer(code: str, offer: Offer, where: pl.Series, said: Said) -> pl.DataFrame:
    return _found(
        code, said.rows["number"].filter(where), column=offer.target.column.name, field=offer.target.field,
        value=offer.raw.filter(where), suggestion=offer.after.filter(where),
    )  # fmt: skip


def _other_number(cleaned: Normalised, answers: Answers) -> Sequence[pl.DataFrame]:
    """A company of this name and place stands in the directory under another number: said once a record."""
    wide = answers.vetoed.join(answers.companies, on=["order", "source_id"], how="left", maintain_order="left")
    left = wide
    parts = []
    for name in IDS:
        column = next((c.name for c in cleaned.columns if c.field == name and not c.group), None)
        if column is None or name not in wide.columns or name == "register_court":
            continue
        judged = cleaned.judged.get(column)
        own = None if judged is None else judged.canonical.gather(left["number"] - 1)
        if own is None:
            continue
        told = left.with_columns(own=own, value=cleaned.table.frame[column].gather(left["number"] - 1))
        found = told.filter((pl.col("own") != pl.col(name)).fill_null(value=False))
        parts.append(
            _found(
                "register.other-number", found["number"], column=column, field=name, value=found["value"],
                suggestion=found[name],
            )
        )  # fmt: skip
        left = left.filter(~pl.col("number").is_in(found["number"].implode()))
    return parts


def _ambiguous(cleaned: Normalised, answers: Answers) -> pl.DataFrame:
    found = answers.best.filter((pl.col("band") != AUTO) & (pl.col("n_alike") > 1))["number"]
    name = _name_column(cleaned)
    value = None if name is None else cleaned.table.frame[name].gather(found - 1)
    return _found("enrich.ambiguous", found, column=name, field="company_name" if name else None, value=value)


def _unknown(answers: Answers, language: Language) -> pl.DataFrame:
    found = answers.unknown
    words = {reason.value: text.said(language) for reason, text in SAID.items()}
    why = found["reason"].replace_strict(words, default=found["reason"], return_dtype=pl.String)
    return _found("enrich.unknown", found["number"], why=why)


def _not_confirmed(cleaned: Normalised, answers: Answers) -> Sequence[pl.DataFrame]:
    parts = []
    refused = answers.confirmed.filter(~pl.col("is_known")).unique(["number", "field"], maintain_order=True)
    for name in refused["field"].unique(maintain_order=True).to_list():
        rows = refused.filter(pl.col("field") == name)["number"].sort()
        column = next((c.name for c in cleaned.columns if c.field == name), None)
        code = "vat_id.not-confirmed" if name == "vat_id" else "enrich.id-not-confirmed"
        value = None if column is None else cleaned.table.frame[column].gather(rows - 1)
        parts.append(_found(code, rows, column=column, field=name, value=value))
    return parts


def _unusable(said: Said, offers: Mapping[str, Offer]) -> Sequence[pl.DataFrame]:
    """Values of the directory that no cell should hold."""
    return [
        _found(
            "enrich.unusable-value", said.rows["number"].filter(offer.is_wrong), column=offer.target.column.name,
            field=name, value=offer.raw.filter(offer.is_wrong),
        )
        for name, offer in offers.items()
        if name in FIELDS and name != VERIFIED
    ]  # fmt: skip


def status_rows(said: Said, has_column: bool) -> pl.DataFrame:
    """Rows for the provenance of what is said of a company's status where no column could hold it.

    ``row``, ``field``, ``after``; source and date are those of the match.
    """
    rows = said.rows.with_columns(successor=said.known[SUCCESSOR])
    sure = rows.filter(pl.col("band") == AUTO)
    gone = sure.filter(pl.col("status").is_in([Status.CEASED.value, Status.LIQUIDATION.value]))
    next_ = sure.filter(pl.col("successor").is_not_null())
    parts = [
        gone.select(row="number", field=pl.lit(STATUS), after="status"),
        next_.select(row="number", field=pl.lit(SUCCESSOR), after="successor"),
    ]
    return pl.concat(parts) if not has_column else pl.concat(parts).clear()
