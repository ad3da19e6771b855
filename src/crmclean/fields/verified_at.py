"""When somebody or some source last confirmed the record.

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
    "verified_at",
    Text("Verified", "Geprüft am"),
    headers=header_names(
        """
        verified at, verified on, verified date, verification date, last verified, last verified on, last check,
        lastcheck, lastcheckiso, last checked, checked on, checked at, date checked, validated at, validated on,
        validation date, confirmed on, last confirmed, reviewed on, last reviewed, last review, review date,
        data check date, gwexternaladdressdate,
        geprüft am, zuletzt geprüft, zuletzt geprüft am, prüfdatum, pruefdatum, letzte prüfung, datum der prüfung,
        adresse geprüft am, adressprüfung, adressprüfung am, verifiziert am, validiert am, bestätigt am,
        zuletzt bestätigt, kontrolliert am, überprüft am, letzte überprüfung, daten geprüft am,
        vérifié le, date de vérification, dernière vérification, verificato il, data verifica, verificado el,
        fecha de verificación, gecontroleerd op, geverifieerd op, zweryfikowano,
        """
    ),
)
