"""What became of the customers of the older one of two exports, where both say something about purchases or phases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from crmclean.core.churn import Churn
from crmclean.core.language import Text
from crmclean.measures.churn import churn_between
from crmclean.measures.lifecycle import FIELDS
from crmclean.pipeline.pairing import Export, Paired
from crmclean.pipeline.settings import Settings
from crmclean.stages.normalise import CleanOptions, normalise
from crmclean.table import Normalised


def churn_of(
    exports: tuple[Export, Export], paired: Paired, settings: Settings, old_as_of: date | None
) -> Churn | None:
    """Churn and retention; ``None`` where records have no id, or a file says nothing about purchases and phases.

    Args:
        exports: OLD and NEW.
        paired: by what their records are paired.
        settings: see ``Settings``; its day is that of NEW.
        old_as_of: the day of OLD; ``None``: the same.
    """
    old, new = paired.key
    if len(old) != 1:
        return None
    if not all(any(column.field in FIELDS for column in export.mapped.columns) for export in exports):
        return None
    with settings.progress(Text("following customers", "Kunden verfolgen")):
        sides = [
            _judged(export, key[0], settings, day)
            for export, key, day in zip(exports, (old, new), (old_as_of or settings.as_of, settings.as_of), strict=True)
        ]
        given = settings.config
        return churn_between(sides[0], sides[1], given.lifecycle, entity=given.input.entity)


def _judged(export: Export, key: str, settings: Settings, day: date) -> Normalised:
    """An export of which only the ids and what tells the phases is judged."""
    columns = tuple(
        replace(column, field="record_id") if column.name == key else column
        for column in export.mapped.columns
        if column.name == key or column.field in FIELDS
    )
    given = settings.config
    options = CleanOptions(
        as_of=day,
        country=given.input.country,
        styles=given.style,
        language=settings.language,
        date_habit=export.mapped.date_habit,
    )
    frame = export.frame.select(column.name for column in columns)
    table = replace(export.table, frame=frame, names=tuple(frame.columns), labels=tuple(frame.columns), notes=())
    return normalise(table, columns, export.mapped.dialect, options)
