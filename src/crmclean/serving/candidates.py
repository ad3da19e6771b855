"""What a directory that is served is asked, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 12  # candidates of a question: no look-up compares many more
USUAL = 5
SURE, VETOED = "auto", "veto"


@dataclass(frozen=True, slots=True)
class Question:
    """One company that is looked for.

    Attributes:
        values: by field name, as somebody wrote them.
        source_id: text that may be the id of a company in this directory; else empty.
        most: candidates that are wanted.
        kinds: ``company``, ``establishment``: nothing else is wanted; empty: everything.
    """

    values: Mapping[str, str]
    source_id: str = ""
    most: int = USUAL
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entity:
    """One company or establishment of the directory.

    Attributes:
        source_id: its id.
        kind: ``company`` or ``establishment``.
        facts: ``parent_id``, ``status``, ``successor_id``, ``successor_name``, ``last_changed``, ``last_checked``,
            ``sources``; only what is known.
        values: by field name; only what is known.
    """

    source_id: str
    kind: str
    facts: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """What it is called; its id where the directory knows no name."""
        return self.values.get("company_name") or self.source_id

    @property
    def status(self) -> str:
        """See ``directory.Status``."""
        return self.facts.get("status", "unknown")

    @property
    def street(self) -> str:
        """Street and house number in one line."""
        return " ".join(filter(None, (self.values.get("street"), self.values.get("house_number"))))

    @property
    def place(self) -> str:
        """Postal code and city in one line."""
        return " ".join(filter(None, (self.values.get("postal_code"), self.values.get("city"))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One company that may be meant.

    Attributes:
        entity: the company.
        probability: 0..1 that it is meant; of a vetoed one what it would be without the contradiction.
        band: ``auto``, ``review``, ``veto``; empty: unlikely.
        relation: see ``directory.MATCHES_SCHEMA``.
        grade: one letter for each of ``directory.GRADED``.
        found_by: names of the lines that speak for it.
        former_name: the earlier name it was found by.
    """

    entity: Entity
    probability: float
    band: str
    relation: str
    grade: str
    found_by: tuple[str, ...]
    former_name: str = ""

    @property
    def chance(self) -> float:
        """0..1 that this company is meant, contradicting ids considered."""
        return 0.0 if self.band == VETOED else self.probability


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a company: see the directory's history."""

    kind: str
    before: str
    after: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the directory knows of one company."""

    entity: Entity
    former_names: tuple[str, ...] = ()
    history: tuple[Change, ...] = field(default=())
