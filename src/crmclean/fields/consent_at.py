"""When the person agreed to be written to (double opt-in).

Sources: see ``_dates``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("01.03.2024 14:05", NO_HINTS).value
'2024-03-01T14:05:00'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._dates import date_field
from crmclean.fields._headers import header_names

FIELD = date_field(
    "consent_at",
    Text("Consent given", "Einwilligung am"),
    headers=header_names(
        """
        consent date, consent at, consent given, consent given at, consent given on, date of consent,
        consent timestamp, opt in date, opt-in date, optin date, opt in at, opt in timestamp, opt in time,
        double opt in date, doi date, doi timestamp, subscribed at, subscribed on, subscription date,
        gdpr consent date, marketing consent date, confirm time,
        einwilligung am, einwilligungsdatum, datum der einwilligung, datum einwilligung, einwilligung vom,
        einwilligung erteilt am, zustimmung am, zustimmungsdatum, zugestimmt am, opt in datum, opt-in datum,
        opt-in am, optin datum, doi datum, double opt in am, double-opt-in datum, anmeldedatum newsletter,
        newsletter seit, newsletter anmeldung am, dsgvo datum, dsgvo einwilligung am, dsgvo am,
        date de consentement, date du consentement, data consenso, data del consenso, fecha de consentimiento,
        fecha consentimiento, datum toestemming, toestemming op, data zgody,
        """
    ),
    group="consent",
)
