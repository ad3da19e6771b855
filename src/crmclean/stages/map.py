"""Stage: find out which field each column holds, from what the user says, the CRM's dialect, headers and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from crmclean.core.errors import ConfigError, InputError
from crmclean.core.language import Text
from crmclean.core.nearest import nearest
from crmclean.core.registry import FIELDS
from crmclean.dialects import Claim, Dialect, dialects
from crmclean.mapping import evidence
from crmclean.mapping.content import contents
from crmclean.mapping.detection import UNKNOWN, Detection, detect_dialect, kind_of
from crmclean.mapping.drafts import (
    Draft,
    claim_beside_city,
    claim_by_content,
    claim_by_context,
    claim_by_dialect,
    claim_by_header,
    claim_by_user,
    number_the_addresses,
)
from crmclean.mapping.overrides import claims_by_user
from crmclean.mapping.record_id import find_record_id
from crmclean.mapping.vocabulary import known_headers
from crmclean.table import Column, Note, Table

__all__ = ["Mapped", "known_headers", "map_columns"]

_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which field each column holds.

    Attributes:
        columns: all columns of the table, in file order.
        dialect: name of the CRM that wrote the file, or ``unknown``.
        kind: kind of record by the dialect (``account``, ``contact``), or empty.
        date_habit: order of day and month the dialect writes (``dmy``), or empty.
        evidence: why this dialect.
        notes: doubtful columns.
    """

    columns: tuple[Column, ...]
    dialect: str
    kind: str
    date_habit: str
    evidence: Text
    notes: tuple[Note, ...] = field(default=())


def map_columns(
    table: Table,
    *,
    dialect: str | None = None,
    overrides: Mapping[str, str] = _NO_OVERRIDES,
    sample: int = 2000,
) -> Mapped:
    """Say which field each column holds, with confidence and evidence. Never guesses silently.

    The order of evidence: ``overrides``, the CRM's own table of headers, the words field types go by, the values.
    Values also check what a header says: a column that holds nothing of the kind is left alone and noted.

    Args:
        table: as read.
        dialect: name of the CRM when the user knows it; empty or ``None`` = find out.
        overrides: column (name or header) to ``field``, ``field@group`` or ``-`` for "leave alone".
        sample: rows looked at, spread evenly over the file.

    Raises:
        ConfigError: ``overrides`` names no column or no field, or a private dialect names no field.
        InputError: there is no such dialect.
    """
    detection = _told(dialect, table.labels) if dialect else detect_dialect(table.labels)
    if detection.name != UNKNOWN:
        _require_known_fields(dialects()[detection.name])
    by_user = claims_by_user(table.names, table.labels, overrides)
    seen = contents(table.frame, sample)
    drafts = [Draft(name, label, seen[name]) for name, label in zip(table.names, table.labels, strict=True)]
    for draft in drafts:
        if draft.name in by_user:
            claim_by_user(draft, by_user[draft.name])
            continue
        if detection.name != UNKNOWN:
            claim_by_dialect(draft, dialects()[detection.name], detection.kind)
        if not draft.settled:
            claim_by_header(draft)
    claim_by_context(drafts)
    for draft in drafts:
        if not draft.settled and draft.claim is None:
            claim_by_content(draft)
    claim_beside_city(drafts)
    number_the_addresses(drafts)
    _settle_record_id(table, drafts)
    known = dialects().get(detection.name)
    return Mapped(
        columns=tuple(_column(index, draft) for index, draft in enumerate(drafts)),
        dialect=detection.name,
        kind=detection.kind,
        date_habit=known.date_habit if known else "",
        evidence=detection.evidence,
        notes=tuple(evidence.doubt(draft.name, draft.evidence) for draft in drafts if draft.doubtful),
    )


def _told(name: str, labels: tuple[str, ...]) -> Detection:
    if name not in dialects():
        otherwise = Text("`crmclean list dialects` shows all", "`crmclean list dialects` zeigt alle")
        hint = nearest(name, dialects(), otherwise)
        what = Text(f"there is no dialect {name!r}", f"es gibt keinen Dialekt {name!r}")
        raise InputError(what, code="unknown-dialect", hint=hint)
    return Detection(name, kind_of(dialects()[name], labels), Text("told by the user", "vom Benutzer vorgegeben"))


def _require_known_fields(dialect: Dialect) -> None:
    """Refuse a private dialect that names a field nobody has."""
    for name in sorted(dialect.fields() - set(FIELDS)):
        raise ConfigError(
            Text(f"the dialect names an unknown field {name!r}", f"der Dialekt nennt ein unbekanntes Feld {name!r}"),
            code="bad-dialect",
            where=f"{dialect.name}.toml",
            hint=nearest(name, FIELDS, Text("`crmclean list fields` shows all", "`crmclean list fields` zeigt alle")),
        )


def _settle_record_id(table: Table, drafts: list[Draft]) -> None:
    """Let at most one column be the record id; the other candidates are keys."""
    claimed = sorted(
        (draft for draft in drafts if draft.claim and draft.claim.field == "record_id"), key=lambda d: -d.confidence
    )
    names = [draft.name for draft in claimed]
    if any(draft.evidence is evidence.BY_USER for draft in claimed):
        chosen: str | None = names[0]
    else:
        keys = [draft.name for draft in drafts if draft.claim == Claim("identifier")]
        chosen = find_record_id(table.frame, names, keys)
    for draft in drafts:
        if draft.name == chosen and draft.name not in names:
            draft.settle(Claim("record_id"), 0.7, evidence.UNIQUE_ID)
        elif draft.name in names and draft.name != chosen:
            draft.settle(Claim("identifier"), 0.7, evidence.ONE_ID if chosen else evidence.NO_ID)


def _column(index: int, draft: Draft) -> Column:
    return Column(
        name=draft.name,
        label=draft.label,
        index=index,
        field=draft.claim.field if draft.claim else None,
        group=draft.claim.group if draft.claim else "",
        confidence=round(draft.confidence, 2),
        evidence=draft.evidence,
    )
