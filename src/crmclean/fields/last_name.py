"""Surnames with all that belongs to them: ``von der Heide``, ``Müller-Lüdenscheidt``, ``Graf Muster``, ``O'Neill``.

Sources: see ``FIELD.sources``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("von der Heide", NO_HINTS).value
'von der Heide'
>>> FIELD.parse("MCDONALD", NO_HINTS).value, FIELD.parse("MCDONALD", NO_HINTS).lossless
('McDonald', False)
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Strength
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._name_fields import CODES, REAL_NAMES, SOURCES, name_key, parse_name

FIELD = FieldType(
    name="last_name",
    title=Text("Last name", "Nachname"),
    group="person",
    parse=parse_name,
    key=name_key,
    strength=Strength.SUPPORTING,  # one in a hundred is called Müller
    headers=header_names(
        """
        last name, lastname, last_name, surname, sur name, family name, familyname, contact last name, second name,
        lname, person last name,
        nachname, nachnamen, familienname, zuname, nachname ansprechpartner, nachname (ansprechpartner), ap nachname,
        ap-nachname, ap name, kontakt nachname, nachname kontaktperson, name (adressattyp natürl. person),
        hausname, person nachname, nachnamefirma,
        nom, nom de famille, cognome, apellido, apellidos, primer apellido, achternaam, familienaam, nazwisko,
        sobrenome, apelido, último nome, příjmení, priezvisko, sukunimi, efternamn, etternavn, efternavn, фамилия,
        """
    ),
    codes=CODES,
    not_placeholders=REAL_NAMES,
    examples_good=(
        *("Müller", "von der Heide", "Müller-Lüdenscheidt", "O'Neill", "McDonald", "Freiherr von Muster", "MÜLLER"),
        *("d'Angelo", "Li", "García Márquez", "Øster", "Null", "Test"),
    ),
    examples_bad=(
        "Muster, Eva",
        "Muster GmbH",
        "muster@example.org",
        "Muster 2",
        "Herr Muster",
        "089 99998123",
        "Dr. Muster",
    ),
    sources=SOURCES,
)
