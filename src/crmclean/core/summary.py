"""What a report says: figures with numerator and denominator. Standard library only; JSON-serialisable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Placeholder for the summary of a run; filled by the measure stage."""

    schema_version: str
