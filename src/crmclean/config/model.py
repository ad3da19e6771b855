"""The configuration as a typed model: one class a section of ``crmclean.toml``.

Every attribute is a key of the file; its default is what holds when the file says nothing. ``crmclean init`` writes
the file with these docs as comments, so they are said only here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crmclean.config.history import HistorySection
from crmclean.config.lifecycle import LifecycleSection
from crmclean.config.privacy import PrivacySection

# What stands for "leave this column alone" where a field is named.
NO_FIELD = frozenset({"", "-", "none"})


@dataclass(frozen=True, slots=True)
class InputSection:
    """How the export is read; an empty value means: find out."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    header: bool = True
    sheet: str = ""
    dialect: str = ""
    country: str = ""
    entity: str = "auto"


@dataclass(frozen=True, slots=True)
class CleanSection:
    """What is repaired."""

    unsafe_fixes: bool = False


@dataclass(frozen=True, slots=True)
class FreshnessSection:
    """After how many days a record counts as stale, by clock.

    Sources: 183 days without activity is what CRM health checks use; verified within 12 and edited within 24 months
    are the usual limits of address upkeep.
    """

    edited_days: int = 730
    verified_days: int = 365
    active_days: int = 183


@dataclass(frozen=True, slots=True)
class MatchingSection:
    """From which probability (0..1) on pairs are duplicates without a question, and from which they are listed.

    With ``four_eyes`` an answer of one person counts when another one has approved it.
    """

    auto: float = 0.99
    review: float = 0.6
    four_eyes: bool = False


@dataclass(frozen=True, slots=True)
class MergeSection:
    """How duplicates become one record.

    Attributes:
        mode: ``merge`` makes one record of a cluster, ``link`` keeps all and says which belong together.
        source_column: the column that names the system a record comes from.
        sources: those systems, the most trusted first, as ``ERP>CRM>Fair``.
        fields: field or column name = rule (``crmclean list rules``), with sources behind a colon where it takes some.
    """

    mode: str = "merge"
    source_column: str = ""
    sources: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnrichSection:
    """How gaps are filled from company directories.

    Attributes:
        policy: what happens to a cell: ``fill``, ``own``, ``propose``, ``overwrite`` (``core.enrichment``).
        fields: field = policy, where it is another one; ``address`` for street to country.
        directory: the directory file.
        online: online services to ask, with commas between; none unless named.
        auto: from which probability (0..1) on a company is meant without a question.
        review: from which it is proposed.
    """

    policy: str = "fill"
    fields: Mapping[str, str] = field(default_factory=dict)
    directory: str = ""
    online: str = ""
    auto: float = 0.99
    review: float = 0.6


@dataclass(frozen=True, slots=True)
class GateSection:
    """When a run ends with exit code 1.

    Attributes:
        error: the lowest share (0..1) that passes, by dimension; ``score`` for their mean.
        warning: the share below which a warning is given, likewise.
    """

    fail_on: str = ""
    fail_under: float = 0.0
    max_new: int = 0
    max_rejects: int = 0
    min_rows: int = 0
    error: Mapping[str, float] = field(default_factory=dict)
    warning: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DirectorySection:
    """How a directory on the network is asked; an empty or negative value means: what the directory proposes itself.

    Attributes:
        kind: which directory it is (``crmclean list directories``), where the section has a name of its own.
        url: where the service begins.
        version: of its interface, where there are several.
        user: for services with user and password.
        password: where the password is: ``env:NAME``, ``file:PATH`` or ``keyring:SERVICE/USER``.
        token: where the token is, likewise.
        token_in: how the token is sent: ``bearer``, ``header:NAME`` or ``query:NAME``.
        requester: the own number, for services that want to know who asks.
        entity_type: the id of the type of thing that is looked for, for reconciliation services.
        accept: 0..1, from which score of its own on an answer of the service is taken up.
        rate_per_s: requests a second.
        cache_days: days an answer is kept; 0 keeps none.
        allow_private: whether the service may be in the own network, and without TLS.
        redirect_hosts: other hosts it may lead to, blanks between.
        ca_file: certificates of an own authority.
        properties: field = property of the service.
    """

    kind: str = ""
    url: str = ""
    version: str = ""
    user: str = ""
    password: str = ""
    token: str = ""
    token_in: str = "bearer"  # noqa: S105 - a place, no token
    requester: str = ""
    entity_type: str = ""
    accept: float = -1.0
    rate_per_s: float = -1.0
    cache_days: int = -1
    allow_private: bool = False
    redirect_hosts: str = ""
    ca_file: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSection:
    """A rule of one's own as it stands in the file; ``config.own_rules`` reads it.

    Attributes:
        keys: of the section, JSON-like.
        place: ``crmclean.toml:12``; no part of what decides a run.
    """

    keys: Mapping[str, Any]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be configured.

    Attributes:
        input: section ``[input]``.
        columns: section ``[columns]``: column name = field name; an empty field leaves the column alone.
        style: section ``[style]``: field name = written form.
        clean: section ``[clean]``.
        freshness: section ``[freshness]``.
        lifecycle: section ``[lifecycle]``.
        matching: section ``[matching]``.
        merge: section ``[merge]``.
        enrich: section ``[enrich]``.
        gate: section ``[gate]``.
        privacy: section ``[privacy]``.
        history: section ``[history]``.
        directories: sections ``[directories.NAME]``, by name.
        rules: sections ``[rules.NAME]``, by name.
        severity: section ``[severity]``: code or glob = severity or ``off``; the last that fits wins.
    """

    input: InputSection = field(default_factory=InputSection)
    columns: Mapping[str, str] = field(default_factory=dict)
    style: Mapping[str, str] = field(default_factory=dict)
    clean: CleanSection = field(default_factory=CleanSection)
    freshness: FreshnessSection = field(default_factory=FreshnessSection)
    lifecycle: LifecycleSection = field(default_factory=LifecycleSection)
    matching: MatchingSection = field(default_factory=MatchingSection)
    merge: MergeSection = field(default_factory=MergeSection)
    enrich: EnrichSection = field(default_factory=EnrichSection)
    gate: GateSection = field(default_factory=GateSection)
    privacy: PrivacySection = field(default_factory=PrivacySection)
    history: HistorySection = field(default_factory=HistorySection)
    directories: Mapping[str, DirectorySection] = field(default_factory=dict)
    rules: Mapping[str, RuleSection] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
