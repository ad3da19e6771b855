"""RCS, the French trade register entry: town, section letter and SIREN.

Sources: Code de commerce R123-237; python-stdnum ``stdnum.fr.rcs``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("RCS Paris B 123 450 025", NO_HINTS).value
'RCS Paris B 123450025'
>>> FIELD.parse("RCS Nancy B 123450018", NO_HINTS).code
'format'
"""

from __future__ import annotations

from stdnum.fr import rcs

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="fr_rcs",
    title=Text("RCS (French trade register)", "RCS (französisches Handelsregister)"),
    shape=Shape(validate=rcs.validate),
    expected=Text("like RCS Paris B 123450017", "etwa RCS Paris B 123450017"),
    headers=(
        "rcs fr",
        "numéro rcs",
        "immatriculation rcs",
    ),
    examples_good=(
        "RCS Nancy B 123450017",
        "RCS Paris B 123 450 025",
        "RCS Lyon A 123450033",
        "RCS Nice B123450041",
        "RCS Lille B 123450017",
    ),
    examples_bad=(
        "RCS Nancy B 123450018",
        "RCS Nancy",
        "RCS",
        "4,98912E+08",
        "Nancy 12",
    ),
    sources=("Code de commerce R123-237",),
)
