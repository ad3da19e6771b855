"""Annual revenue: a number or a range, with or without currency and unit (``1,5 Mio. €``).

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("1,5 Mio. €", NO_HINTS).value
'1500000'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field

FIELD = number_field(
    "revenue",
    Text("Annual revenue", "Umsatz"),
    "company",
    headers=header_names(
        """
        revenue, annual revenue, annualrevenue, annual sales, yearly revenue, sales volume, total revenue,
        organization annual revenue, revenue range, turnover, annual turnover, company revenue, estimated revenue,
        sales revenue,
        umsatz, jahresumsatz, umsatz p.a., umsatz pro jahr, umsatz in eur, umsatz eur, umsatz in euro,
        umsatz in teur, umsatz (teur), umsatz mio, umsatzgröße, umsatzgruppe, umsatzklasse, umsatzvolumen,
        gesamtumsatz, umsatz €, nettoumsatz,
        chiffre d'affaires, ca annuel, chiffre d'affaires annuel, fatturato, fatturato annuo, ricavi, ingresos,
        ingresos anuales, facturación, volumen de negocios, omzet, jaaromzet, przychód, obroty, receita anual,
        """
    ),
    lowest=None,
    plausible=Decimal(2_000_000_000_000),  # three times the largest revenue of any company
    examples_good=(
        "1234567",
        "1.234.567,89 €",
        "1,234,567.89",
        "EUR 1.500.000",
        "1,5 Mio. €",
        "250k",
        "2 Mrd",
        "1-5 Mio",
        "CHF 1'200'000.-",
        "-12,50",
    ),
    examples_bad=("1.234", "viel", "12.34.56", "1,2E+08", "9999999999999999", "zwei Mio"),
    sources=("ISO 4217:2015",),
)
