"""Satisfaction on the survey's scale: 1-5, 1-7, 1-10 or percent.

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("4,5", NO_HINTS).value
'4.5'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.codes import Severity
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field
from crmclean.fields._scales import on_scale, survey_scale

_NUMBER = number_field(
    "csat",
    Text("Customer satisfaction", "Kundenzufriedenheit"),
    "relationship",
    headers=header_names(
        """
        csat, csat score, csat-score, customer satisfaction, customer satisfaction score, satisfaction,
        satisfaction score, satisfaction rating, last csat, kundenzufriedenheit, zufriedenheit, zufriedenheitswert,
        csat wert, csat-wert, zufriedenheitsindex, kundenzufriedenheitsindex, satisfaction client,
        soddisfazione cliente, satisfacción del cliente, klanttevredenheid, zadowolenie klienta,
        """
    ),
    lowest=Decimal(0),
    highest=Decimal(100),
    examples_good=("1", "4,5", "5", "10", "85", "85 %", "4.333"),
    examples_bad=("101", "-1", "gut", "5 von 5", "1000"),
    sources=("ISO 10004:2018",),
)
FIELD = on_scale(_NUMBER, survey_scale, Severity.WARNING)
