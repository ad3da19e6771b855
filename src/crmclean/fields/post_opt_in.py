"""Whether the person agreed to letters; a no is a missing permission, not a wish to be left alone.

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
    "post_opt_in",
    Text("Post opt-in", "Einwilligung Post"),
    headers=header_names(
        """
        post opt in, post opt-in, postal opt in, optinletter, opt in letter, postal consent, consent post,
        direct mail consent, post allowed,
        einwilligung post, post einwilligung, post erlaubt, briefwerbung erlaubt, postwerbung erlaubt,
        zustimmung post, werbeeinwilligung post, dsgvoewpost, katalog erwünscht,
        consentement courrier, consenso posta, consentimiento postal, toestemming post,
        """
    ),
    refusal=False,
)
