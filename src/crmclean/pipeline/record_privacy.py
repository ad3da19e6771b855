"""What may not be done with records: who refused, who is kept too long, and consents that contradict each other."""

from __future__ import annotations

from crmclean.pipeline.settings import Settings
from crmclean.pipeline.suppressing import suppressed
from crmclean.table import Normalised


def with_record_privacy(cleaned: Normalised, settings: Settings) -> Normalised:
    """The table with what ``[privacy]`` finds in it."""
    return suppressed(cleaned, settings)
