"""What the person does in the firm, as the firm says it.

Sources: none; the values are the firm's own.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Geschäftsführerin", NO_HINTS).value
'Geschäftsführerin'
"""

from __future__ import annotations

from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._plain import plain_field, word_key

FIELD = plain_field(
    "job_title",
    Text("Job title", "Position"),
    "person",
    headers=header_names(
        """
        job title, jobtitle, job, job position, position, position title, role, job role, business title,
        title (job), function, job function, occupation, profession, organization title, organization 1 title,
        work title, person job title, person position, casfunction, designation, title,
        funktion, funktion ansprechpartner, stellenbezeichnung, job-titel, jobtitel, jobbezeichnung,
        berufsbezeichnung, beruf, tätigkeit, stelle, position im unternehmen, stellung, rolle, aufgabe,
        aufgabengebiet, dienststellung, amtsbezeichnung, dienstlich titel,
        poste, fonction, titre du poste, posizione, mansione, ruolo, qualifica, professione, cargo, puesto, función,
        functie, functietitel, stanowisko, função, funkcia, funkce, ammattinimike, befattning, stilling,
        """
    ),
    key=word_key,
    examples=("Geschäftsführerin", "Leiter Einkauf", "CEO", "Head of Sales", "Prokurist"),
)
