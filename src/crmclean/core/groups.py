"""The figures of an export by groups of its records: by owner, segment, source, country. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.language import Text
from crmclean.core.ratio import Ratio

KINDS = {
    "owner": Text("By owner", "Nach Zuständigen"),
    "segment": Text("By segment", "Nach Segment"),
    "source": Text("By source", "Nach Quelle"),
    "country": Text("By country", "Nach Land"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The records that have one value in common.

    Attributes:
        name: the value, cut to a bounded length; empty for the records that have none.
        records: how many.
        completeness: as ``RunSummary.scores``, of these records alone.
        validity: likewise.
        errors: findings that are errors.
    """

    name: str
    records: int
    completeness: Ratio
    validity: Ratio
    errors: int

    @property
    def share(self) -> float:
        """How good it is, 0..1: the mean of what applies; 1 where nothing does."""
        shares = [one for one in (self.completeness.share, self.validity.share) if one is not None]
        return sum(shares) / len(shares) if shares else 1.0


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups one column makes.

    Attributes:
        kind: one of ``KINDS``.
        column: unique column name.
        groups: the largest ones, the worst first.
        others: the rest as one group, its name empty; ``None`` where there is no rest.
        n_others: how many groups that rest is.
    """

    kind: str
    column: str
    groups: tuple[Group, ...]
    others: Group | None
    n_others: int


@dataclass(frozen=True, slots=True)
class CodeExamples:
    """What the values a code was found in look like.

    Attributes:
        code: full code.
        values: different ones, masked; never a value itself.
    """

    code: str
    values: tuple[str, ...]
