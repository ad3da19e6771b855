"""Whether the person asked for no letters.

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
    "post_opt_out",
    Text("Post opt-out", "Keine Post"),
    headers=header_names(
        """
        post opt out, post opt-out, postal opt out, mail opt out, direct mail opt out, do not mail,
        do not postal mail, donotpostalmail, do not send postal mail, no post, no postal mail, no direct mail,
        do not contact by post,
        keine post, keine briefe, keine briefwerbung, postsperre, post-sperre, briefsperre, post gesperrt,
        werbesperre post, post-werbesperre, widerspruch post, robinsonliste, robinson, robinson-liste,
        post nicht zulassen, briefe nicht zulassen, kein mailing, keine postwerbung,
        pas de courrier, ne pas envoyer de courrier, liste robinson, no inviare posta, lista robinson,
        no enviar correo postal, geen post,
        """
    ),
    refusal=True,
)
