"""The contract of a company directory: what it is asked, what it answers, and how an answer is graded.

A directory is a local file (``crmclean directory build``) or an online service. It is asked about companies by number,
and says of each which of its companies it may be, or that nobody could say: an outage is no answer. Whether a company
it names is the one that was meant is decided in ``matching``, the same way for all directories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import polars as pl

from crmclean.core.language import Text
from crmclean.evidence import Cells

# What may be asked with: fields that tell of a company and never of a person. Nothing else leaves the machine.
ASKED_WITH = (
    "company_name", "legal_form", "street", "house_number", "postal_code", "city", "country",
    "phone", "fax", "email", "website",
    "vat_id", "register_number", "register_court", "lei", "duns", "ebid", "ebid_address", "euid", "gln",
    "at_fn", "ch_uid", "gb_company_number", "fr_siren", "fr_siret",
)  # fmt: skip


class Status(StrEnum):
    """Whether a company exists, as its directory knows."""

    ACTIVE = "active"
    LIQUIDATION = "liquidation"
    CEASED = "ceased"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Company:
    """What a directory says about one of its companies.

    Attributes:
        source_id: its id in that directory.
        values: by field name, as the directory writes them.
        former_names: earlier names, the youngest first.
        status: see ``Status``.
        successor_id: ``source_id`` of the company it became part of, where the directory knows; else empty.
        successor_name: its name.
        last_changed: ISO date of the youngest change the directory knows of; else empty.
        last_checked: ISO date on which the directory was sure of it; else empty.
        retrieved_at: ISO date or time (UTC) at which this answer left the directory.
        score: 0..1, how sure the directory is that this company is meant; null where it does not say.
    """

    source_id: str
    values: Mapping[str, str]
    former_names: tuple[str, ...] = ()
    status: Status = Status.UNKNOWN
    successor_id: str = ""
    successor_name: str = ""
    last_changed: str = ""
    last_checked: str = ""
    retrieved_at: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a directory says to one question.

    Attributes:
        number: of the question.
        companies: that may be meant, the likeliest first; empty: the directory knows none.
        confirmed: by field name, whether the directory knows the id that was asked for (``vat_id``: yes or no).
        unknown: why nobody could say (``timeout``, ``quota``, ``unavailable`` …); empty for an answer.
    """

    number: int
    companies: tuple[Company, ...] = ()
    confirmed: Mapping[str, bool] = field(default_factory=dict)
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Companies that are looked for.

    Attributes:
        values: one row a company: ``number`` (``UInt32``, ascending) and canonical values of ``ASKED_WITH`` fields
            (``String``, null = not known; fields nobody knows may be missing).
        cells: the comparison keys of the same companies, row by row.
    """

    values: pl.DataFrame
    cells: Cells

    @property
    def n(self) -> int:
        """How many companies are looked for."""
        return self.values.height


# One row for each company that may be meant, the likeliest of each number first.
MATCHES_SCHEMA: Mapping[str, Any] = {
    "number": pl.UInt32,
    "source_id": pl.String,
    "probability": pl.Float64,  # 0..1 that this company is meant, all companies that may be meant considered
    "band": pl.String,  # auto | review | veto
    "relation": pl.String,  # duplicate (the company itself), or what else it is: branch, same-group, successor, …
    "grade": pl.String,  # one letter for each of GRADED: A same, B similar, F different, Z missing
    "found_by": pl.String,  # what agrees, names of lines (``company place phone``), blanks between
    "former_name": pl.String,  # the earlier name it was found by; null for the present one
    "status": pl.String,  # values of Status
    "successor_id": pl.String,
    "successor_name": pl.String,
    "last_changed": pl.String,
    "last_checked": pl.String,
    "retrieved_at": pl.String,
    "lists": pl.String,  # which of the directory's own sources tell of the company; null where it has none
}
UNKNOWN_SCHEMA: Mapping[str, Any] = {"number": pl.UInt32, "reason": pl.String}
CONFIRMED_SCHEMA: Mapping[str, Any] = {"number": pl.UInt32, "field": pl.String, "is_known": pl.Boolean}
# What the letters of a grade stand for, in this order: lines of the balance.
GRADED = ("company", "legal_form", "street", "place", "phone", "email", "domain", "id")


@dataclass(frozen=True, slots=True)
class Matches:
    """What came of asking.

    Attributes:
        found: ``MATCHES_SCHEMA``, sorted by number and falling probability; nothing below the review threshold but
            vetoed companies that would else have been above it.
        companies: ``source_id`` and canonical values by field name (``String``; null = not known) of the companies in
            ``found``, each once.
        unknown: ``UNKNOWN_SCHEMA``: nobody could say, and why.
        confirmed: ``CONFIRMED_SCHEMA``: whether an id that was asked for exists.
    """

    found: pl.DataFrame
    companies: pl.DataFrame
    unknown: pl.DataFrame
    confirmed: pl.DataFrame


@dataclass(frozen=True, slots=True)
class About:
    """What a directory is.

    Attributes:
        name: of the plug-in; file name in ``crmclean/directories``.
        title: what a person reads.
        licence: of what it says.
        asked_with: fields it is asked with, out of ``ASKED_WITH``: all that ever leaves the machine.
        is_online: whether asking leaves the machine.
        costs: what a look-up costs, in words.
        tried_live: whether this client was ever used against the real service.
        batch_size: companies asked at once.
        identity: what tells its content from another one's (a hash); kept answers of a killed run are used again only
            for the same one. Empty for a service.
    """

    name: str
    title: Text
    licence: str
    asked_with: tuple[str, ...]
    is_online: bool
    costs: Text
    tried_live: bool
    batch_size: int = 1
    identity: str = ""


@dataclass(frozen=True, slots=True)
class LookupPlan:
    """What asking would cost, without asking.

    Attributes:
        n_lookups: look-ups that would be made.
        n_kept: companies whose answer is at hand.
        n_left_out: companies of which too little is known, or that the directory does not cover.
    """

    n_lookups: int
    n_kept: int = 0
    n_left_out: int = 0


class Provider(Protocol):
    """An online service that is asked in its own words. Errors of the network become ``Answer.unknown``."""

    about: About

    def ask(self, wanted: Sequence[Mapping[str, str]]) -> Sequence[Answer]:
        """Answers to questions, in their order.

        Args:
            wanted: each with ``number`` and values by field name, only ``About.asked_with``; at most
                ``About.batch_size``.

        Raises:
            DirectoryError: the source can't be used at all (wrong password): nothing more is asked.
        """
        ...

    def plan(self, wanted: Sequence[Mapping[str, str]]) -> LookupPlan:
        """What ``ask`` would cost; nothing is sent."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...


class Directory(Protocol):
    """A company directory that is open. Whatever it is, its answers are graded the same way."""

    about: About

    def look_up(self, wanted: Wanted) -> Matches:
        """The companies that are meant.

        Raises:
            DirectoryError: it can't be used at all.
        """
        ...

    def plan(self, wanted: Wanted) -> LookupPlan:
        """What ``look_up`` would cost; nobody is asked."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...


@dataclass(frozen=True, slots=True)
class Provision:
    """An online service as a plug-in: ``DIRECTORY`` of a module in ``crmclean/directories``; file name = name.

    Attributes:
        about: what it is.
        connect: ``(settings of this directory out of the configuration, network) -> Provider``.
    """

    about: About
    connect: Any
