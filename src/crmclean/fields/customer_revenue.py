"""What a customer buys from us, in money; not the customer's own turnover, which is ``revenue``.

A column that is called just ``Umsatz`` may be either, and is read as the company's own; say which it is with
``--map "Umsatz=customer_revenue"``.

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12.345,60 €", NO_HINTS).value
'12345.6'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field

FIELD = number_field(
    "customer_revenue",
    Text("Revenue with the customer", "Umsatz mit dem Kunden"),
    "relationship",
    headers=header_names(
        """
        customer revenue, revenue with customer, sales to customer, revenue to date, revenue ytd, sales ytd,
        sales this year, sales last year, order volume, total order value, total order volume, amount invoiced,
        total invoiced, invoiced total, closed won amount, won amount,
        umsatz mit kunde, umsatz mit dem kunden, umsatz lfd. jahr, umsatz lfd jahr, umsatz laufendes jahr,
        umsatz vorjahr, umsatz aktuelles jahr, umsatz letzte 12 monate, auftragsvolumen, bestellvolumen,
        bestellwert gesamt, fakturierter umsatz, rechnungsumsatz, eigener umsatz, unser umsatz,
        chiffre d'affaires client, fatturato cliente, facturación cliente, omzet klant,
        """
    ),
    plausible=Decimal(1_000_000_000_000),
    examples_good=("0", "1234.5", "12.345,60 €", "1,234,567.89", "-50", "1,5 Mio"),
    examples_bad=("1.234", "hoch", "12.34.56", "1,2E+08", "A+"),
    sources=("ISO 4217:2015",),
)
