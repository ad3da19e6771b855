"""Birthday, with the age as a check.

Two-digit years lie in the past of ``as_of``; where both centuries give a living person, the year is doubtful.

Sources: see ``_dates``.

>>> from datetime import date
>>> from crmclean.core.field import Hints
>>> FIELD.parse("7.11.85", Hints(as_of=date(2026, 1, 1))).value
'1985-11-07'
"""

from __future__ import annotations

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields._dates import date_field
from crmclean.fields._headers import header_names

FIELD = date_field(
    "date_of_birth",
    Text("Date of birth", "Geburtsdatum"),
    headers=header_names(
        """
        date of birth, birth date, birthdate, birthday, dob, born, born on, day of birth, bday, birthdate__c,
        personbirthdate, geburtsdatum, geburtstag, geb. datum, geb.-datum, gebdatum, geb dat, geb., geboren am,
        geboren, geb. am, gebdat,
        date de naissance, né le, anniversaire, naissance, data di nascita, nato il, compleanno,
        fecha de nacimiento, nacimiento, cumpleaños, geboortedatum, geboren op, verjaardag, data urodzenia,
        urodziny, data de nascimento, dátum narodenia, datum narození, syntymäaika, födelsedatum, fødselsdato,
        дата рождения,
        """
    ),
    group="person",
    birth=True,
    strength=Strength.SUPPORTING,  # one in 20,000 shares it by chance, but twins and defaults do too
)
