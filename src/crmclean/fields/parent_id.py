"""Key of the record this one belongs to: the company of a contact, the parent of a branch.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("0015g00000AbCdEAAV", NO_HINTS).value
'0015g00000AbCdEAAV'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field, record_key

FIELD = plain_field(
    "parent_id",
    Text("Parent id", "Übergeordnete ID"),
    "record",
    headers=header_names(
        """
        parent id, parentid, parent_id, parent account id, parentaccountid, parent account, parent company id,
        parent record id, parent customer, parentcustomerid, parent party id, parentpartyid, parent key,
        parent company, associated company ids, associated company ids (primary), associated company id,
        company id/id, company_id/id, parent_id/id, account name.id, belongs to, belongs to id, headquarters id,
        ultimate parent id, master id,
        eltern id, eltern-id, übergeordnete id, übergeordnete firma, übergeordneter account,
        übergeordnete firmen-id, mitglied von, gehört zu, gehört zu id, mutter-id, muttergesellschaft,
        mutterunternehmen, muttergesellschaft id, konzernmutter, konzern-id, zugehörige firma, zugehörige firma id,
        hauptadresse id, firmen-gguid, firma gguid,
        société mère, compte parent, società madre, azienda madre, empresa matriz, moederbedrijf, spółka matka,
        """
    ),
    key=record_key,
    examples=("0015g00000AbCdEAAV", "10001", "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "ORG-7", "42"),
)
