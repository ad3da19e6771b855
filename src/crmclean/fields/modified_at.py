"""When the record was last edited, by a person or a machine.

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
    "modified_at",
    Text("Last modified", "Geändert am"),
    headers=header_names(
        """
        modified, modified at, modified on, modified date, modifiedon, modified time, last modified,
        last modified date, last modified on, lastmodifieddate, lastmodified, hs lastmodifieddate, date modified,
        date_modified, updated, updated at, updated on, last updated, last update, update date, update time,
        person update time, person updated, organization update time, organization updated, updatetimestamp,
        update timestamp, last changed, last change date, lastchangedate, lastchange, last change, changed,
        changed on, changed at, changedon, change date, write date, last edited, systemmodstamp, rev, modifiedtime,
        updatedat, modifiedat, lastchangeiso, do not modify modified on, last updated on,
        geändert, geändert am, zuletzt geändert, zuletzt geändert am, änderungsdatum, aenderungsdatum,
        letzte änderung, letzte aenderung, letzte änderung am, datum geändert, datum verändert,
        datum letzte änderung, änderung, änderung am, bearbeitet, bearbeitet am, zuletzt bearbeitet,
        zuletzt bearbeitet am, aktualisiert, aktualisiert am, zuletzt aktualisiert, zuletzt aktualisiert am,
        letzte aktualisierung, aktualisierungsdatum, modifiziert, modifiziert am, nicht ändern geändert am,
        mutationsdatum, mutiert am, letzte mutation,
        date de modification, modifié le, dernière modification, date modification, data modifica, data di modifica,
        ultima modifica, modificato il, fecha de modificación, última modificación, modificado el, gewijzigd op,
        gewijzigd, laatst gewijzigd, wijzigingsdatum, data modyfikacji, zmodyfikowano, última alteração,
        """
    ),
)
