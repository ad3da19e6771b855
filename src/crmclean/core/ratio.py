"""A share with its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.hidden import Hidden


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
        """0..1, or ``None`` where it does not apply or must not be told."""
        is_hidden = isinstance(self.n, Hidden) or isinstance(self.of, Hidden)
        return None if is_hidden or not self.of else self.n / self.of
