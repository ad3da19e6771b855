"""Churn and retention between two exports: what became of the customers of the older one. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.ratio import Ratio

LISTED = "listed"  # the phase of a record in a file that says nothing about phases: it is there
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Move:
    """Records that went from one phase to another; ``gone`` is: not in the new export any more."""

    before: str
    after: str
    n: int


@dataclass(frozen=True, slots=True)
class Churn:
    """What became of the customers of an older export.

    Attributes:
        by_phase: whether customers are those in a living phase; else every record with an id is one.
        start: customers in the old export.
        kept: of these, customers in the new one.
        lost: of these, not in the new export, or in it as won back or ended.
        unknown: of these, in the new export, but nobody can tell whether still a customer.
        new: customers of the new export that were none in the old one.
        without_id: records of both exports that can't be followed: no id, or one that stands twice.
        moves: who went to another phase, in the order of the phases.
    """

    by_phase: bool
    start: int
    kept: int
    lost: int
    unknown: int
    new: int
    without_id: int
    moves: tuple[Move, ...]

    @property
    def retention(self) -> Ratio:
        """Kept, of the customers at the start whose fate is known."""
        return Ratio(self.kept, int(self.kept) + int(self.lost))

    @property
    def churn(self) -> Ratio:
        """Lost, of the same."""
        return Ratio(self.lost, int(self.kept) + int(self.lost))
