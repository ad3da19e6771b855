"""Day the relationship ended or will end: a contract's end, a cancellation, a customer lost.

Sources: see ``_dates``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("31.12.2024", NO_HINTS).value
'2024-12-31'
"""

from __future__ import annotations

from dataclasses import replace

from crmclean.core.field import Hints, Parsed
from crmclean.core.language import Text
from crmclean.fields._dates import date_field
from crmclean.fields._headers import header_names

_DATE = date_field(
    "ended_at",
    Text("Relationship ended", "Beziehung beendet am"),
    headers=header_names(
        """
        ended at, ended on, relationship ended, customer until, churned at, churn date, churned on, cancelled at,
        cancelled on, canceled at, cancellation date, cancelation date, contract end, contract end date,
        contract ended, termination date, terminated at, terminated on, lost at, lost on, subscription end,
        subscription ended,
        beziehung beendet am, kunde bis, kündigung am, kündigungsdatum, gekündigt am, gekündigt zum, kündigung zum,
        vertragsende, vertragsende am, vertrag bis, abgewandert am, kunde verloren am, austrittsdatum, ausgetreten am,
        date de résiliation, fin de contrat, data disdetta, fine contratto, fecha de baja, fin de contrato,
        einddatum contract, data rozwiązania umowy,
        """
    ),
)


def parse(value: str, hints: Hints) -> Parsed:
    """As other dates; but an end may lie ahead."""
    parsed = _DATE.parse(value, hints)
    return Parsed(parsed.value, lossless=parsed.lossless) if parsed.code == "future" else parsed


FIELD = replace(_DATE, parse=parse)
