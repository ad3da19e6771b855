"""The part of the firm a person works in.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Einkauf", NO_HINTS).value
'Einkauf'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field, word_key

FIELD = plain_field(
    "department",
    Text("Department", "Abteilung"),
    "person",
    headers=header_names(
        """
        department, dept, dept., division, business unit, team, organization department, organization 1 department,
        org unit, organizational unit, gwdepartment2,
        abteilung, abt., abteilung/position, bereich, geschäftsbereich, fachbereich, referat, dezernat, sachgebiet,
        organisationseinheit, ressort, abteilung 1, abteilung 2,
        service, reparto, dipartimento, ufficio, departamento, área, afdeling, dział, oddział, departament,
        oddelenie, oddělení, osasto, avdelning,
        """
    ),
    key=word_key,
    examples=("Einkauf", "IT", "Sales", "Buchhaltung", "Abt. 4.2"),
)
