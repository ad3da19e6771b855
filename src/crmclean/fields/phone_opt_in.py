"""Whether the person agreed to calls; a no is a missing permission, not a wish to be left alone.

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
    "phone_opt_in",
    Text("Phone opt-in", "Einwilligung Telefon"),
    headers=header_names(
        """
        phone opt in, phone opt-in, phoneoptin, optinphone, opt in phone, phone consent, consent phone,
        call consent, calls allowed, phone permission, allow calls,
        einwilligung telefon, telefon einwilligung, telefon erlaubt, anruf erlaubt, anrufe erlaubt,
        telefonwerbung erlaubt, zustimmung telefon, telefon zustimmung, telefon opt-in, werbeeinwilligung telefon,
        dsgvoewtelefon,
        consentement téléphone, consenso telefono, consentimiento teléfono, toestemming telefoon, zgoda telefon,
        """
    ),
    refusal=False,
)
