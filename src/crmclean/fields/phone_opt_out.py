"""Whether the person asked for no calls.

Sources: see ``_flags``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Opted Out", NO_HINTS).value, FIELD.parse("FALSCH", NO_HINTS).value
('yes', 'no')
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._flags import flag_field
from crmclean.fields._headers import header_names

FIELD = flag_field(
    "phone_opt_out",
    Text("Phone opt-out", "Keine Anrufe"),
    headers=header_names(
        """
        phone opt out, phone opt-out, phoneoptout, do not call, donotcall, do not phone, donotphone, no calls,
        no phone calls, no call, dnc, opted out of calls, call opt out, telephone opt out, do not contact by phone,
        nicht anrufen, keine anrufe, kein anruf, telefonanrufe nicht zulassen, anrufe nicht zulassen, telefonsperre,
        telefon-sperre, telefon gesperrt, anrufsperre, keine telefonwerbung, widerspruch telefon,
        telefon widerspruch, telefon-werbesperre, werbesperre telefon, nicht telefonisch kontaktieren,
        ne pas appeler, pas d'appel, non chiamare, no llamar, niet bellen, geen telefoontjes, nie dzwonić,
        """
    ),
    refusal=True,
)
