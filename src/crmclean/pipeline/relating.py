"""What is known of the relationship to each record, as a side file."""

from __future__ import annotations

import io

from crmclean.formats.side_csv import write_side_csv
from crmclean.measures.records import Records
from crmclean.measures.relationship import relationship_records
from crmclean.pipeline.settings import Settings
from crmclean.table import Normalised


def relationships_csv(cleaned: Normalised, settings: Settings) -> bytes:
    """``relationships.csv``: one row a record, see ``relationship_records``."""
    given = settings.config
    frame = relationship_records(Records(cleaned, given.input.entity), given.lifecycle)
    sink = io.BytesIO()
    write_side_csv(frame, sink)
    return sink.getvalue()
