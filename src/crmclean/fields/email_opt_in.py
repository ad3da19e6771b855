"""Whether the person agreed to e-mails; a no is a missing permission, not a wish to be left alone.

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
    "email_opt_in",
    Text("E-mail opt-in", "Einwilligung E-Mail"),
    headers=header_names(
        """
        email opt in, e-mail opt-in, emailoptin, optinemail, opt in email, email consent, consent email,
        email permission, email marketing consent, accepts email marketing, accepts marketing, allow email,
        allow marketing communication, subscribed to newsletter, newsletter, newsletter opt in,
        newsletter subscription, marketing email confirmation, email allowed,
        einwilligung e-mail, einwilligung email, einwilligung mail, einwilligung newsletter, e-mail einwilligung,
        e-mail erlaubt, e-mail-werbung erlaubt, newsletter erlaubt, newsletter ja/nein, newsletter-anmeldung,
        newsletter angemeldet, newsletter-empfänger, newsletter abonniert, zustimmung e-mail, e-mail zustimmung,
        werbeeinwilligung e-mail, dsgvoewmail, mailing erlaubt, newsletterempfänger,
        consentement e-mail, accepte les e-mails, consenso email, iscritto alla newsletter, consentimiento email,
        acepta correos, toestemming e-mail, nieuwsbrief, zgoda e-mail,
        """
    ),
    refusal=False,
)
