"""What may not be done with records: who refused, and who is kept too long."""

from __future__ import annotations

from crmclean.pipeline.settings import Settings
from crmclean.pipeline.suppressing import suppressed
from crmclean.stages.retention import with_retention
from crmclean.table import Normalised


def with_record_privacy(cleaned: Normalised, settings: Settings) -> Normalised:
    """The table with what ``[privacy]`` finds in it."""
    years = settings.config.privacy.keep_years
    looked = with_retention(cleaned, years, language=settings.language) if years > 0 else cleaned
    return suppressed(looked, settings)
