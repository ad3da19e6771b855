"""The address id of the EBID directory (Betriebsstätte): 13 digits like the EBID itself.

Sources: unternehmensverzeichnis.org; GS1 General Specifications 7.9.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("25 34567 89001 3", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._ebid import ebid_field

FIELD = ebid_field(
    "ebid_address",
    Text("EBID address id", "EBID-Adress-ID"),
    Strength.SUPPORTING,  # it names a place of business: several companies may sit there
    ("ebid address id", "ebid adress id", "address id ean", "addressidean", "ebid betriebsstätte"),
)
