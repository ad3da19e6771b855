"""EBID, the European Business Identifier: 13 digits with an EAN check digit.

The rule of the check digit is seen on known numbers, not published: a wrong one is a warning.

Sources: unternehmensverzeichnis.org; GS1 General Specifications 7.9.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("2534567890013", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._ebid import ebid_field

FIELD = ebid_field(
    "ebid",
    Text("EBID", "EBID"),
    Strength.IDENTIFYING,  # one company has one EBID, by the directory's own rule
    ("ebid", "ebid number", "ebid nummer", "ebidnumber", "ebid nr", "bizid", "european business identifier"),
)
