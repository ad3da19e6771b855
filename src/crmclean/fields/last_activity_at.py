"""When somebody last dealt with the contact: a call, a mail, a visit.

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
    "last_activity_at",
    Text("Last activity", "Letzte Aktivität"),
    headers=header_names(
        """
        last activity, last activity date, lastactivitydate, last activity at, last activity on, last contact,
        last contacted, last contact date, last contacted on, date of last contact, last contact on,
        last interaction, last interaction date, last engagement, last engagement date, last touch, last touched,
        last call, last call date, last visit, last visit date, last meeting, last email sent, last login,
        last seen, notes last contacted, notes last updated, organization last activity date,
        person last activity date, itdlastcontact, last sales activity date,
        letzte aktivität, letzte aktivitaet, letzte aktivität am, datum letzte aktivität, letzter kontakt,
        letzter kontakt am, letzter kontakt datum, letzterkontakt, datum letzter kontakt, letztkontakt,
        letzte kontaktaufnahme, zuletzt kontaktiert, zuletzt kontaktiert am, letzter besuch, letzter besuch am,
        letztes gespräch, letzter anruf, letzte interaktion, letzter termin, zuletzt aktiv, zuletzt aktiv am,
        letzter login, letzte anmeldung,
        dernière activité, dernier contact, date dernier contact, ultima attività, ultimo contatto,
        data ultimo contatto, última actividad, último contacto, laatste activiteit, laatste contact,
        ostatnia aktywność, ostatni kontakt, última atividade,
        """
    ),
)
