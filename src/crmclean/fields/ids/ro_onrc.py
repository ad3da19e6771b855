"""Romanian trade register number: kind, county, serial number and year.

Sources: Oficiul Național al Registrului Comerțului; python-stdnum ``stdnum.ro.onrc``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("J40/123/1999", NO_HINTS).value
'J40/123/1999'
>>> FIELD.parse("J40/12345", NO_HINTS).code
'format'
"""

from __future__ import annotations

from stdnum.ro import onrc

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="ro_onrc",
    title=Text("Romanian trade register number", "Rumänische Handelsregisternummer"),
    shape=Shape(validate=onrc.validate),
    expected=Text("like J40/12345/2010", "etwa J40/12345/2010"),
    has_check_digit=False,
    headers=(
        "onrc",
        "nr. reg. com.",
        "numar registrul comertului",
    ),
    examples_good=(
        "J40/12345/2010",
        "J40/123/1999",
        "F12/617/2011",
        "C22/4/2018",
        "J40/1/2020",
    ),
    examples_bad=(
        "J40/12345",
        "J99/1/2010",
        "ONRC",
        "4,98912E+07",
        "40/1/2010",
    ),
    sources=("Oficiul Național al Registrului Comerțului",),
)
