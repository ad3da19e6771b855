"""Why the data of the person may be processed, in the firm's own words: consent, contract, legitimate interest.

Where a consent comes from (form, fair, double opt-in) counts as well: it is what proves it.

Sources: Regulation (EU) 2016/679 art. 6 (1) and art. 7 (1); HubSpot, default contact property ``hs_legal_basis``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Vertrag (Art. 6 Abs. 1 b)", NO_HINTS).value
'Vertrag (Art. 6 Abs. 1 b)'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field

FIELD = plain_field(
    "legal_basis",
    Text("Legal basis", "Rechtsgrundlage"),
    "consent",
    headers=header_names(
        """
        legal basis, lawful basis, gdpr legal basis, gdpr lawful basis, legal basis for processing,
        lawful basis for processing, legal basis for processing contact's data, basis for processing, legal ground,
        consent source, source of consent, opt in source, opt-in source, optin source, consent origin,
        consent obtained via, consent obtained through, consent evidence, proof of consent,
        rechtsgrundlage, rechtsgrundlage dsgvo, dsgvo rechtsgrundlage, rechtsgrundlage der verarbeitung,
        rechtsgrundlage verarbeitung, rechtsgrundlage datenverarbeitung, rechtliche grundlage,
        rechtliche grundlage für die verarbeitung, verarbeitungsgrundlage, einwilligungsquelle, einwilligung quelle,
        quelle der einwilligung, quelle einwilligung, herkunft der einwilligung, herkunft einwilligung,
        einwilligung über, einwilligungsnachweis, nachweis der einwilligung, opt-in quelle, opt in quelle,
        optin quelle,
        base légale, base juridique, base giuridica, base jurídica, base legal, rechtsgrond, grondslag verwerking,
        podstawa prawna,
        """
    ),
    examples=("Einwilligung", "Vertrag", "Legitimate interest", "Messe 2024, Formular", "Art. 6 (1) f"),
    sources=("Regulation (EU) 2016/679, art. 6 (1) and 7 (1)", "HubSpot, default contact properties"),
)
