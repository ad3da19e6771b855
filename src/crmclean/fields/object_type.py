"""What the record is in its CRM: a company, a person, a contact.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Firma", NO_HINTS).value
'Firma'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field

FIELD = plain_field(
    "object_type",
    Text("Object type", "Objektart"),
    "record",
    headers=header_names(
        """
        object type, objecttype, record type, recordtype, record type name, recordtypeid, contact type,
        account type, party type, partytype, address type, type of record, kind, object, is company, is_company,
        gwiscompany, businesspartnercategory, business partner category, organization type,
        objektart, objekttyp, datensatztyp, datensatzart, satzart, satztyp, adresstyp, adressart, adressattyp,
        kontaktart, kontakttyp, firmentyp, ist firma, ist ein unternehmen, ist unternehmen, partnerart, partnertyp,
        geschäftspartnertyp,
        type d'enregistrement, type de contact, tipo di record, tipo record, tipo de registro, soort relatie,
        relatietype, typ rekordu,
        """
    ),
    examples=("Firma", "Kontakt", "Account", "person", "PERSON_COMPANY"),
)
