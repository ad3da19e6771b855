"""Whether the person asked not to be contacted at all, through whatever channel.

Sources: see ``_flags``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("gesperrt", NO_HINTS).value, FIELD.parse("FALSCH", NO_HINTS).value
('yes', 'no')
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._flags import flag_field
from crmclean.fields._headers import header_names

FIELD = flag_field(
    "contact_opt_out",
    Text("Contact opt-out", "Keine Werbung"),
    headers=header_names(
        """
        contact opt out, opt out, optout, do not contact, donotcontact, no contact, no marketing, do not market,
        do not send marketing materials, donotsendmm, advertising block, global opt out, opted out of all,
        opted out of marketing, unsubscribed from all, marketing blocked, marketing suppressed,
        werbesperre, keine werbung, werbung gesperrt, werbewiderspruch, widerspruch werbung, werbung nicht erlaubt,
        kontaktsperre, nicht kontaktieren, keine kontaktaufnahme, keine kontaktaufnahme erwünscht,
        kontakt gesperrt, werbeverbot, keine ansprache,
        ne pas contacter, pas de publicité, non contattare, no contactar, niet benaderen, geen reclame,
        nie kontaktować,
        """
    ),
    refusal=True,
)
