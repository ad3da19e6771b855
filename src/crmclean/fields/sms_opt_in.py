"""Whether the person agreed to text messages; a no is a missing permission, not a wish to be left alone.

Sources: see ``_flags``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Opted Out", NO_HINTS).value, FIELD.parse("x", NO_HINTS).value
('no', 'yes')
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._flags import flag_field
from crmclean.fields._headers import header_names

FIELD = flag_field(
    "sms_opt_in",
    Text("SMS opt-in", "Einwilligung SMS"),
    headers=header_names(
        """
        sms opt in, sms opt-in, smsoptin, optinsms, opt in sms, sms consent, consent sms, sms allowed,
        accepts sms marketing, text consent,
        einwilligung sms, sms einwilligung, sms erlaubt, zustimmung sms, sms zustimmung, werbeeinwilligung sms,
        dsgvoewsms,
        consentement sms, consenso sms, consentimiento sms, toestemming sms,
        """
    ),
    refusal=False,
)
