"""Who in the firm looks after the record.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Eva Beispiel", NO_HINTS).value
'Eva Beispiel'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field

FIELD = plain_field(
    "owner",
    Text("Owner", "Zuständig"),
    "record",
    headers=header_names(
        """
        owner, owner id, ownerid, owner name, record owner, account owner, contact owner, lead owner, company owner,
        person owner, organization owner, deal owner, hubspot owner id, hubspot_owner_id, assigned to,
        assigned user, assigned user name, assigned_user_name, assignee, responsible, responsible user,
        responsibleuserid, responsible person, account manager, relationship manager, sales rep,
        sales representative, salesperson, sales person, handled by, managed by, gwpersonincharge,
        besitzer, eigentümer, inhaber des datensatzes, accountinhaber, kontaktinhaber, leadinhaber, zuständig,
        zuständiger, zuständiger mitarbeiter, zuständige person, für kontakt zuständiger mitarbeiter,
        verantwortlich, verantwortlicher, verantwortliche, bearbeiter, sachbearbeiter, betreuer, kundenbetreuer,
        betreut von, betreuender mitarbeiter, zugewiesen an, zugewiesen benutzer, zugewiesener benutzer, vertreter,
        vertriebsmitarbeiter, vertriebsbeauftragter, außendienst, außendienstmitarbeiter, adm,
        ansprechpartner intern,
        propriétaire, propriétaire du contact, responsable, commercial, proprietario, responsabile, propietario,
        propietario del contacto, eigenaar, verantwoordelijke, właściciel, opiekun,
        """
    ),
    examples=("Eva Beispiel", "vertrieb-sued", "0055g00000AbCdE", "Team Nord", "eva@example.org"),
)
