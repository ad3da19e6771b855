"""Whether the person asked for no text messages.

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
    "sms_opt_out",
    Text("SMS opt-out", "Keine SMS"),
    headers=header_names(
        """
        sms opt out, sms opt-out, smsoptout, do not sms, do not text, donotsms, no sms, no text messages,
        text opt out, text message opt out, opted out of sms, sms unsubscribed, sms blacklisted,
        keine sms, sms-sperre, sms sperre, sms gesperrt, sms nicht zulassen, widerspruch sms, werbesperre sms,
        sms abgemeldet, kein whatsapp,
        pas de sms, no inviare sms, no enviar sms, geen sms,
        """
    ),
    refusal=True,
)
