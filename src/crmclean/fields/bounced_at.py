"""When a mail last came back.

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
    "bounced_at",
    Text("Bounced", "Unzustellbar seit"),
    headers=header_names(
        """
        bounced at, bounced on, bounce date, bounced date, email bounced date, emailbounceddate, email bounced at,
        last bounce, last bounce date, hard bounce date, hard bounced at, undeliverable since, returned mail date,
        returned on,
        unzustellbar seit, unzustellbar am, bounce datum, bounce am, bouncedatum, letzter bounce, rückläufer am,
        rückläufer datum, postrückläufer am, retoure am, e-mail unzustellbar seit, zurückgekommen am,
        date de rejet, rebotado el, fecha de rebote, data rimbalzo, gebounced op,
        """
    ),
)
