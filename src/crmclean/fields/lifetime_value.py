"""What a customer has brought, or is expected to bring: an amount of money.

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
    "lifetime_value",
    Text("Lifetime value", "Kundenwert"),
    "relationship",
    headers=header_names(
        """
        lifetime value, lifetimevalue, customer lifetime value, ltv, clv, cltv, clv score, total spent,
        total amount spent, total purchases value, total sales, customer value, lifetime revenue,
        kundenwert, kundenlebenszeitwert, customer-lifetime-value, umsatz gesamt, gesamtumsatz kunde,
        lebenszeitwert, kundenumsatz, valeur vie client, valore del cliente, valor de vida del cliente, klantwaarde,
        """
    ),
    plausible=Decimal(1_000_000_000_000),
    examples_good=("0", "1234.5", "12.345,60 €", "1,234,567.89", "-50", "1,5 Mio"),
    examples_bad=("1.234", "hoch", "12.34.56", "1,2E+08", "A+"),
    sources=("ISO 4217:2015",),
)
