"""What to do next, by effect. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from crmclean.core.ratio import Ratio

_NONE = Ratio(0, 0)


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing a person can do, and what it would bring.

    Attributes:
        kind: ``rejects``, ``fill``, ``correct``, ``pairs``, ``merge``, ``stale``, ``contradictions``.
        name: of what: a field where there is one, else empty.
        n: records, cells, pairs or lines to work on.
        dimension: of the scores that would rise; empty where it is none of them.
        gain: what the numerator of that dimension would gain at most, of its denominator.
        purpose: the purpose that gains most, and by how much; empty and 0 of 0 where it is about none.
        purpose_gain: likewise.
    """

    kind: str
    name: str
    n: int
    dimension: str
    gain: Ratio
    purpose: str = ""
    purpose_gain: Ratio = _NONE
