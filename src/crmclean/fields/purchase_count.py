"""How often a customer has bought: orders, invoices or deals won, counted by the CRM or shop.

Sources: see ``FIELD.sources`` and ``_numbers``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("1.204", NO_HINTS).value
'1204'
"""

from __future__ import annotations

from decimal import Decimal

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._number_field import number_field

FIELD = number_field(
    "purchase_count",
    Text("Purchases", "Anzahl Käufe"),
    "relationship",
    headers=header_names(
        """
        purchase count, purchases, number of purchases, no. of purchases, num purchases, order count, orders count,
        orders_count, number of orders, no. of orders, num orders, total orders, orders, purchase frequency,
        invoice count, number of invoices, number of closed won deals, closed won deals, won deals, deals won,
        anzahl käufe, anzahl der käufe, anzahl bestellungen, anzahl der bestellungen, bestellanzahl, bestellungen,
        anzahl aufträge, anzahl der aufträge, auftragsanzahl, anzahl rechnungen, kaufhäufigkeit, kauffrequenz,
        bestellhäufigkeit, gewonnene deals, gewonnene geschäfte,
        nombre d'achats, nombre de commandes, numero di ordini, numero acquisti, número de pedidos,
        número de compras, aantal bestellingen, aantal aankopen, liczba zamówień,
        """
    ),
    lowest=Decimal(0),
    plausible=Decimal(1_000_000),  # a purchase every half minute of a working life
    whole=True,
    examples_good=("0", "1", "12", "1.204", "1,204"),
    examples_bad=("-1", "oft", "1 oder 2x", "1,2E+04", "12.34.56"),
    sources=("Hughes, Strategic Database Marketing, 1994 (frequency in RFM analysis)",),
)
