"""Answer to “would you recommend us?” (0 to 10), or the score made of many answers (-100 to 100).

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("9", NO_HINTS).value
'9'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.codes import Severity
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field
from crmclean.fields._scales import answers_scale, on_scale

_NUMBER = number_field(
    "nps",
    Text("Net promoter score", "Net Promoter Score"),
    "relationship",
    headers=header_names(
        """
        nps, nps score, nps-score, net promoter score, net promoter, nps rating, nps value, last nps, latest nps,
        last nps survey rating, hs feedback last nps rating, nps result,
        nps wert, nps-wert, nps bewertung, nps ergebnis, weiterempfehlung, weiterempfehlungsbereitschaft,
        weiterempfehlungswert, letzter nps, score nps, punteggio nps, puntuación nps, punkty nps,
        """
    ),
    lowest=Decimal(-100),
    highest=Decimal(100),
    examples_good=("0", "9", "10", "-25", "42,5", "8.0"),
    examples_bad=("101", "-101", "Promoter?", "zehn", "9 von 10"),
    sources=("Reichheld, The One Number You Need to Grow, HBR 12/2003",),
)
FIELD = on_scale(_NUMBER, answers_scale, Severity.ERROR)
