"""Key of the record in its CRM, kept letter for letter.

Salesforce ids of 15 characters are case-sensitive; GUIDs are not. ``key`` knows both.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("0015g00000AbCdEAAV", NO_HINTS).value
'0015g00000AbCdEAAV'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import looks_like_record_id, plain_field, record_key

FIELD = plain_field(
    "record_id",
    Text("Record id", "Datensatz-ID"),
    "record",
    headers=header_names(
        """
        id, record id, recordid, record key, gguid, guid, uuid, key, object id, hs object id, hs_object_id,
        external id, externalid, external_id, .id, database id, contact id, contactid, contact-id, account id,
        accountid, account-id, lead id, leadid, lead-id, person id, personid, organization id, organisation id,
        company id, companyid, customer id, client id, partner id, vendor id, businesspartner, business partner,
        businesspartneruuid, crm id, crmid, do not modify account, do not modify contact, do not modify lead,
        entity id, row id, rowid, system id, internal id,
        datensatz-id, datensatz id, datensatznummer, datensatz-nr., datensatznr, satz-id, satznummer, lfd. nr.,
        lfd nr, laufende nummer, externe id, datenbank-id, interne id, interne nummer, nicht ändern firma,
        nicht ändern kontakt, nicht ändern lead, kontakt-id, kontakt id, firmen-id, firmen id, adress-id, adress id,
        adressnummer, adress-nr., adressnr, adrnumber, personen-id, account-nr., unternehmens-id, kunden-id,
        geschäftspartner-nr.,
        id de registro, identifiant, numéro d'enregistrement, id record, id registro, identificatore, record-id,
        klant-id, identyfikator,
        """
    ),
    key=record_key,
    looks_like=looks_like_record_id,
    examples=(
        "0015g00000AbCdEAAV",
        "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}",
        "10001",
        "zcrm_4150868000000",
        "K-00012",
        "12345678901",
    ),
)
