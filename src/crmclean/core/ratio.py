"""A share with its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share with what it is a share of.

    Attributes:
        n: numerator.
        of: denominator; 0 means the figure does not apply.
    """

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """0..1, or ``None`` where it does not apply."""
        return self.n / self.of if self.of else None
