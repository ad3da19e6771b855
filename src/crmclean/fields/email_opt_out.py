"""Whether the person asked for no e-mails.

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
    "email_opt_out",
    Text("E-mail opt-out", "Keine E-Mails"),
    headers=header_names(
        """
        email opt out, e-mail opt-out, emailoptout, email optout, has opted out of email, hasoptedoutofemail,
        hs email optout, opted out of email, unsubscribed, unsubscribed from all email, unsubscribed from email,
        email unsubscribed, do not email, donotemail, do not e-mail, do not bulk email, donotbulkemail,
        do not send email, no email, no emails, no mailing, no newsletter, newsletter opt out, marketing opt out,
        email blocked, email blacklisted, blocklisted,
        keine e-mails, keine emails, keine e-mail, keine e-mails senden, keine mails, e-mails nicht zulassen,
        massen-e-mails nicht zulassen, kein newsletter, newsletter abgemeldet, newsletter abbestellt, e-mail sperre,
        e-mail-sperre, mailsperre, e-mail gesperrt, e-mail abgemeldet, e-mail widerspruch, widerspruch e-mail,
        e-mail-werbesperre, werbesperre e-mail, nicht anmailen, keine werbung per e-mail, abmeldung newsletter,
        pas d'e-mail, désinscrit, désabonné, ne pas envoyer d'e-mail, no inviare email, rifiuto email,
        non inviare e-mail, no enviar correo, baja newsletter, geen e-mail, uitgeschreven, niet mailen,
        rezygnacja z e-mail,
        """
    ),
    refusal=True,
)
