"""Leitweg-ID, the routing number of German public buyers for e-invoices, checked modulo 97.

Sources: KoSIT, Formatspezifikation Leitweg-ID; python-stdnum ``stdnum.de.leitweg``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("LEITWEG-ID 04011000-1234512345-06", NO_HINTS).value
'04011000-1234512345-06'
>>> FIELD.parse("04011000-1234512345-07", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.de import leitweg

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="leitweg_id",
    title=Text("Leitweg-ID", "Leitweg-ID"),
    shape=Shape(validate=leitweg.validate, words=re.compile(r"(?:leitweg-?id)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("like 04011000-1234512345-06", "etwa 04011000-1234512345-06"),
    strength=Strength.SUPPORTING,  # it addresses a department, and an authority has several
    headers=(
        "leitweg id",
        "leitweg-id",
        "buyer reference",
    ),
    examples_good=(
        "04011000-1234512345-06",
        "LEITWEG-ID 04011000-1234512345-06",
        "Leitweg-ID: 04011000-1234512345-06",
        "Leitweg-ID 04011000-1234512345-06",
        "leitweg-id: 04011000-1234512345-06",
    ),
    examples_bad=(
        "04011000-1234512345-07",
        "04011000",
        "LEITWEG",
        "4,98912E+11",
        "ABC-1",
    ),
    sources=("KoSIT, Formatspezifikation Leitweg-ID",),
)
