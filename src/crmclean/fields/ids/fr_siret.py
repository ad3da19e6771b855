"""SIRET, a French establishment: SIREN and five digits, with a Luhn check digit (La Poste has its own rule).

Sources: INSEE, répertoire Sirene; python-stdnum ``stdnum.fr.siret``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123 450 017 00017", NO_HINTS).value
'12345001700017'
>>> FIELD.parse("12345001700018", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.fr import siret

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="fr_siret",
    title=Text("SIRET", "SIRET-Nummer"),
    shape=Shape(
        validate=siret.validate,
        words=re.compile(r"(?:siret)(?![A-Za-z])", re.IGNORECASE),
        digits=14,
        parts=lambda value: {"fr_siren": value[:9]},
    ),
    expected=Text("14 digits", "14 Ziffern"),
    strength=Strength.SUPPORTING,  # it names an establishment; the company is its first nine digits
    headers=("siret", "numéro siret", "n° siret", "siret nummer"),
    examples_good=("12345001700017", "123 450 017 00025", "SIRET: 12345001700033", "12345001700041", "123450017 00058"),
    examples_bad=("12345001700018", "1234500170001", "SIRET", "1,2345E+13", "ABCDEFGHIJKLMN"),
    sources=("INSEE, répertoire Sirene",),
)
