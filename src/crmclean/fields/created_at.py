"""When the record was made.

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
    "created_at",
    Text("Created", "Angelegt am"),
    headers=header_names(
        """
        created, created at, created on, created date, createdate, create date, creation date, createdon, createdat,
        createddate, createdtime, creationdate, createtime, created time, date created, creation time, date entered,
        date_entered, record created, insert date, inserttimestamp, insert timestamp, added, added on, added at,
        date added, entry date, creationon, creation on, person created, organization created, person add time,
        add time,
        angelegt, angelegt am, anlagedatum, anlage datum, erstellt, erstellt am, erstelldatum, erstellungsdatum,
        erfasst, erfasst am, erfassungsdatum, datum erstellt, datum angelegt, neuanlage, eingetragen am,
        hinzugefügt am, aufnahmedatum, erstanlage,
        date de création, créé le, date création, data creazione, data di creazione, creato il, fecha de creación,
        fecha creación, creado el, creado, aangemaakt op, aanmaakdatum, aangemaakt, datum aangemaakt,
        data utworzenia, utworzono, data de criação, criado em,
        """
    ),
)
