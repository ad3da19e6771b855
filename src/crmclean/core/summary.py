"""What a report says: figures with numerator and denominator. Standard library only, JSON-serialisable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crmclean.core.groups import CodeExamples, Grouping
from crmclean.core.hidden import Hidden
from crmclean.core.history import HistoryFigures
from crmclean.core.language import Text
from crmclean.core.next_steps import NextStep
from crmclean.core.ratio import Ratio as Ratio  # noqa: PLC0414 - part of this contract
from crmclean.core.relationship import RelationshipFigures
from crmclean.core.scoring import overall

SCHEMA_VERSION = "1"  # of the JSON report; raised when a key changes its meaning or goes
RULES_VERSION = "1"  # of the rules behind the figures; raised when the same data gives other figures


@dataclass(frozen=True, slots=True)
class Reason:
    """How often one code was found.

    Attributes:
        code: full code.
        severity: of the code.
        n: findings.
        rows: the first record numbers (at most five) to look at.
    """

    code: str
    severity: str
    n: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileNote:
    """A finding about the file."""

    code: str
    severity: str
    message: Text
    line: int | None
    column: str | None


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """One column: what it was taken for, and how its cells were judged.

    ``empty + placeholder + valid + doubtful + invalid + unjudged`` is the number of records.
    """

    column: str
    label: str
    field: str | None
    group: str
    confidence: float
    evidence: Text
    empty: int
    placeholder: int
    valid: int
    doubtful: int
    invalid: int
    unjudged: int
    reasons: tuple[Reason, ...]

    @property
    def filled(self) -> int:
        """Cells that hold something; placeholders count as empty."""
        return self.valid + self.doubtful + self.invalid + self.unjudged


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """One field over all its columns: of the records it applies to, how many have it filled and not known wrong."""

    field: str
    columns: tuple[str, ...]
    filled: Ratio
    usable: Ratio


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the data can be used for.

    Attributes:
        name: ``post``, ``email``, ``phone``, ``sms``, ``invoice``.
        title: what a person reads.
        rule: what a record needs.
        ratio: records that have it; ``of`` is 0 when the file lacks a needed column.
        missing: fields no column holds.
    """

    name: str
    title: Text
    rule: Text
    ratio: Ratio
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """One way to tell how old a record's evidence is.

    Attributes:
        name: ``edited``, ``verified``, ``active``, ``reachable``.
        title: what a person reads.
        columns: the columns it is read from; empty: the file has none, everything is unknown.
        fresh: records younger than the limit (for ``reachable``: with a sign of life after the last bounce).
        stale: records older than the limit (for ``reachable``: bounced).
        unknown: records without a usable date.
        limit_days: the limit, exclusive: on the day itself a record is stale. ``None``: no age makes a record fresh
            again (a bounce is not forgotten).
        median_age_days: of the known ones.
        ages: ``(upper bound in days or None for the rest, records)``, ascending.
        bulk_value: the one timestamp that more than a fifth of the records share, or empty.
        bulk_share: its share of all records, 0..1.
    """

    name: str
    title: Text
    columns: tuple[str, ...]
    fresh: int
    stale: int
    unknown: int
    limit_days: int | None
    median_age_days: int | None
    ages: tuple[tuple[int | None, int], ...]
    bulk_value: str
    bulk_share: float

    @property
    def is_worthless(self) -> bool:
        """True when a bulk import set the clock: it then says nothing about the single record."""
        return bool(self.bulk_value)


@dataclass(frozen=True, slots=True)
class BandFigures:
    """The pairs of one band of certainty.

    Attributes:
        name: ``auto``, ``review``, ``veto``.
        pairs: how many.
        expected: of 0..1, the share that is expected to be duplicates: the mean of the probabilities; ``None`` for
            vetoed pairs and where there is no pair.
    """

    name: str
    pairs: int
    expected: float | None


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A value that many different entities have: a switchboard, a tax adviser's mailbox, a house of many firms.

    Attributes:
        field: what it is: a field, or ``domain``.
        records: that have it.
        entities: different ones among them.
        rows: the first record numbers (at most five) to look at.
    """

    field: str
    records: int
    entities: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DuplicateFigures:
    """How often one entity stands in several records.

    Attributes:
        compared: pairs that were looked at.
        bands: by certainty.
        clusters: entities with more than one record.
        clustered: records in them.
        relations: ``(relation, pairs)`` of pairs that are no duplicates but belong together, most frequent first.
        shared: values that speak little for a duplicate, because many entities have them; the most shared first.
    """

    compared: int
    bands: tuple[BandFigures, ...]
    clusters: int
    clustered: int
    relations: tuple[tuple[str, int], ...]
    shared: tuple[SharedValue, ...]


@dataclass(frozen=True, slots=True)
class EnrichmentFigures:
    """What company directories brought.

    Attributes:
        asked: records that were asked about.
        auto: of these a company is known without a question.
        review: of these one may be meant.
        none: these no directory knows.
        unknown: of these nobody could say anything.
        filled: ``(field, cells)`` that were written, most frequent first.
        proposed: ``(field, cells)`` that were only proposed.
        register: ``(code, findings)``: ceased, renamed, moved and the like.
        sources: names of the directories whose answers were used.
    """

    asked: int
    auto: int
    review: int
    none: int
    unknown: int
    filled: tuple[tuple[str, int], ...]
    proposed: tuple[tuple[str, int], ...]
    register: tuple[tuple[str, int], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Everything a report shows about one export.

    Attributes:
        file: name (without folder), format, compression, size in bytes, SHA-256.
        facts: what the reader found, ``name -> (value, evidence)``.
        as_of: ISO date that counted as today.
        scores: ``completeness``, ``validity``, ``timeliness``, ``uniqueness`` where duplicates were looked for, and
            ``consistency`` where cells can be compared; see ``docs/figures.md`` for the rules.
        findings: by code, gravest and most frequent first.
        changes: number of changed cells by ``(code, safety)``.
        duplicates: ``None`` where nobody looked for them.
        enrichment: ``None`` where no directory was asked.
        relationship: ``None`` where the file has no column that says anything about it.
        own_rules: code and message of each rule of one's own that was checked.
        groups: by owner, segment, source and country, as far as there are columns for them.
        examples: what the values of the errors and warnings look like, masked.
        next_steps: the most effective first.
        history: ``None`` where the run belongs to no history.
    """

    tool_version: str
    file: Mapping[str, str | int]
    facts: Mapping[str, tuple[str, Text]]
    dialect: str
    as_of: str
    n_rows: int
    n_columns: int
    n_rejects: int
    notes: tuple[FileNote, ...]
    rejects: tuple[Reason, ...]
    columns: tuple[ColumnFigures, ...]
    fields: tuple[FieldFigures, ...]
    purposes: tuple[Purpose, ...]
    clocks: tuple[Clock, ...]
    scores: Mapping[str, Ratio]
    findings: tuple[Reason, ...]
    changes: tuple[tuple[str, str, int], ...]
    duplicates: DuplicateFigures | None = None
    enrichment: EnrichmentFigures | None = None
    relationship: RelationshipFigures | None = None
    own_rules: tuple[tuple[str, Text], ...] = ()
    groups: tuple[Grouping, ...] = ()
    examples: tuple[CodeExamples, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    history: HistoryFigures | None = None
    schema_version: str = SCHEMA_VERSION
    rules_version: str = RULES_VERSION

    @property
    def score(self) -> float | None:
        """The mean of the dimensions that apply and count, 0..1; ``None`` where none does."""
        return overall(self.scores)

    def count(self, severity: str) -> int:
        """How many findings of this severity there are, those about the file included."""
        about_file = [note.severity for note in self.notes]
        about_file += [anomaly.severity for anomaly in self.history.anomalies] if self.history else []
        return sum(r.n for r in self.findings if r.severity == severity) + about_file.count(severity)

    def as_json(self) -> dict[str, Any]:
        """A tree of plain values; texts are given in English, shares are left to the reader of n and of.

        ``german`` has the German wording of each English text, where there is one.
        """
        german: dict[str, str] = {}
        tree: dict[str, Any] = _plain(asdict(self), german)
        for name in ("own_rules", "groups", "examples", "next_steps", "history"):
            if not getattr(self, name):
                del tree[name]
        tree["score"] = None if self.score is None else round(self.score, 4)
        return {**tree, "german": german}


def _plain(value: Any, german: dict[str, str]) -> Any:
    """Texts (tuples of two strings in a ``Text``) as their English wording, tuples as lists."""
    if isinstance(value, Text):
        if value.en != value.de:
            german.setdefault(value.en, value.de)
        return value.en
    if isinstance(value, Hidden):
        return None
    if isinstance(value, Mapping):
        return {key: _plain(item, german) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item, german) for item in value]
    return value
