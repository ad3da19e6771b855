"""What may not be done with records: who refused, who is kept too long, and why anybody is kept at all."""

from __future__ import annotations

from crmclean.pipeline.settings import Settings
from crmclean.pipeline.suppressing import suppressed
from crmclean.stages.contradicting_consent import CONTRADICTING_FIELDS, with_contradictions
from crmclean.stages.legal_basis import BASIS, has_basis_column, with_legal_basis
from crmclean.stages.retention import with_retention
from crmclean.table import Column, Normalised

# Looked at in every run, whatever else is judged.
ALWAYS_JUDGED = CONTRADICTING_FIELDS


def looks_at_records(columns: tuple[Column, ...], settings: Settings) -> bool:
    """Whether ``[privacy]`` asks for more than ``ALWAYS_JUDGED``."""
    section = settings.config.privacy
    fields = {column.field for column in columns}
    asks_basis = bool(section.legal_basis) or (section.legal_basis is None and BASIS in fields)
    return bool(section.suppression or section.keep_years or asks_basis)


def with_record_privacy(cleaned: Normalised, settings: Settings) -> Normalised:
    """The table with what ``[privacy]`` finds in it."""
    section, language = settings.config.privacy, settings.language
    looked = with_contradictions(cleaned, language=language)
    if section.keep_years > 0:
        looked = with_retention(looked, section.keep_years, language=language)
    if has_basis_column(looked, section.legal_basis):
        looked = with_legal_basis(looked, language=language)
    return suppressed(looked, settings)
