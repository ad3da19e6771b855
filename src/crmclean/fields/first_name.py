"""First names, all of them: ``Eva Maria``, ``Hans-Jürgen``, ``J. R.``. No guess of the sex.

Sources: see ``FIELD.sources``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Hans-Jürgen", NO_HINTS).value
'Hans-Jürgen'
>>> FIELD.parse("EVA", NO_HINTS).value, FIELD.parse("EVA", NO_HINTS).lossless
('Eva', False)
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Strength
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._name_fields import CODES, REAL_NAMES, SOURCES, name_key, parse_name

FIELD = FieldType(
    name="first_name",
    title=Text("First name", "Vorname"),
    group="person",
    parse=parse_name,
    key=name_key,
    strength=Strength.SUPPORTING,  # common, and written in short forms
    headers=header_names(
        """
        first name, firstname, first_name, given name, givenname, given names, forename, christian name,
        christianname, contact first name, first names, personal name, fname, person first name, prename,
        vorname, vornamen, vorname ansprechpartner, vorname (ansprechpartner), ap vorname, ap-vorname, rufname,
        kontakt vorname, vorname kontaktperson, vorname (adressattyp natürl. person), name1 vorname, person vorname,
        prénom, prénoms, nome, primo nome, nombre, nombres, nombre de pila, voornaam, voornamen, roepnaam, imię,
        imiona, primeiro nome, jméno, krstné meno, etunimi, förnamn, fornavn, имя,
        """
    ),
    codes=CODES,
    not_placeholders=REAL_NAMES,
    examples_good=("Eva", "Hans-Jürgen", "Eva Maria", "J. R.", "Zoë", "Jean-François", "EVA", "Łukasz", "Aşkın", "Jo"),
    examples_bad=("Dr. Eva", "eva@example.org", "Eva2", "Frau Eva", "Muster, Eva", "Hans und Eva", "???"),
    sources=SOURCES,
)
