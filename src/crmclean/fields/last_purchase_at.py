"""Day of the latest order.

Sources: see ``_dates``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("01.03.2024 14:05", NO_HINTS).value
'2024-03-01T14:05:00'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._dates import date_field
from crmclean.fields._headers import header_names

FIELD = date_field(
    "last_purchase_at",
    Text("Last purchase", "Letzter Kauf"),
    headers=header_names(
        """
        last purchase, last purchase date, last purchase at, last order, last order date, latest order date,
        date of last purchase, recent purchase, recent deal close date, last closed won date, last sale,
        last sale date, last invoice date, last bought,
        letzter kauf, letzter kauf am, letztkauf, letztkaufdatum, datum letzter kauf, datum des letzten kaufs,
        letzte bestellung, letzte bestellung am, datum letzte bestellung, letzter auftrag, letzter auftrag am,
        letzter umsatz, letzter umsatz am, letzte rechnung, letzte rechnung am, zuletzt gekauft, zuletzt gekauft am,
        zuletzt bestellt, zuletzt bestellt am,
        dernier achat, date dernier achat, dernière commande, ultimo acquisto, data ultimo acquisto, última compra,
        fecha última compra, laatste aankoop, laatste bestelling, ostatni zakup,
        """
    ),
)
