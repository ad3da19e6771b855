"""How easy it was, on the survey's scale: 1-5, 1-7 or 1-10.

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("6", NO_HINTS).value
'6'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.codes import Severity
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field
from crmclean.fields._scales import on_scale, survey_scale

_NUMBER = number_field(
    "ces",
    Text("Customer effort score", "Customer Effort Score"),
    "relationship",
    headers=header_names(
        """
        ces, ces score, ces-score, customer effort score, customer effort, effort score, last ces, ces wert,
        ces-wert, kundenaufwand, aufwandswert, effort client,
        """
    ),
    lowest=Decimal(0),
    highest=Decimal(10),
    examples_good=("1", "6", "7", "4,5", "5.333"),
    examples_bad=("11", "-1", "leicht", "6 von 7", "100"),
    sources=("Dixon, Freeman, Toman, Stop Trying to Delight Your Customers, HBR 7/2010",),
)
FIELD = on_scale(_NUMBER, survey_scale, Severity.WARNING)
