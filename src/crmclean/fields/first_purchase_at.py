"""Day of the first order.

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
    "first_purchase_at",
    Text("First purchase", "Erster Kauf"),
    headers=header_names(
        """
        first purchase, first purchase date, first purchase at, first order, first order date,
        date of first purchase, first closed won date, first deal created date, first deal date, first sale,
        first invoice date, first bought,
        erster kauf, erster kauf am, erstkauf, erstkauf am, erstkaufdatum, datum erster kauf, datum erstkauf,
        erstbestellung, erste bestellung, erste bestellung am, datum der ersten bestellung, erster auftrag,
        erster auftrag am, erstauftrag, erste rechnung, erstumsatz,
        premier achat, date premier achat, première commande, primo acquisto, data primo acquisto, primera compra,
        fecha primera compra, eerste aankoop, eerste bestelling, pierwszy zakup, primeira compra,
        """
    ),
)
