"""Legal forms: a company of the same name in another form is another entity, or what became of it.

Forms are compared by class (every way to write GmbH is one); a name without a form says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.comparers._shared_values import compare_equal
from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

FORM = "legal_form"
_LINE = Line(
    FORM,
    Text("legal form", "Rechtsform"),
    (
        Level("same", 0.94, Text("same", "gleich")),
        Level("partner", 0.02, Text("partnership and its partner", "KG und ihre Komplementärin"), asks=True),
        Level("different", 0.04, Text("different", "verschieden"), asks=True),
    ),
    kind="name",
    names="company",
)
# Classes in the order they are looked for: a form stands before those whose words are part of it.
_CLASSES = (
    ("co kg", r"(?:&|\+|\b[Uu](?:nd|\.)?) ?[Cc]o\.? ?(?:KGaA|KG|OHG)"),
    ("kgaa", r"KGaA"),
    ("gmbh", r"GmbH|mbH|Gesellschaft mit beschränkter Haftung"),
    ("ug", r"\bUG\b|Unternehmergesellschaft"),
    ("ag", r"\bAG\b|Aktiengesellschaft"),
    ("se", r"\bSE\b"),
    ("kg", r"\bKG\b|Kommanditgesellschaft"),
    ("ohg", r"\bo?OHG\b|\bOG\b"),
    ("gbr", r"GbR"),
    ("ek", r"\be\. ?K|\be\. ?U\b|Einzelunternehmen"),
    ("eg", r"\beG\b"),
    ("ev", r"\be\. ?V\b"),
    ("ltd", r"\b(?:Ltd|Limited|PLC|Inc|Corp|LLC)\b"),
)
_PARTNER = _LINE.number("partner")
_PARTNERSHIP, _PARTNERS = "co kg", ("gmbh", "ug", "ag", "se", "ltd")  # HGB § 19 (2): whose partner is a company
_RAREST = 0.05  # forms are few: that two strangers share one is no wonder


def _lines(cells: Cells) -> Sequence[Line]:
    return [_LINE] if cells.has("company_name") else []


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    names = pl.coalesce(*cells.canonical["company_name"])
    form = pl.lit(None, pl.String)
    for name, pattern in reversed(_CLASSES):
        form = pl.when(names.str.contains(pattern)).then(pl.lit(name)).otherwise(form)
    return {FORM: pl.select(form).to_series()}


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    found = compare_equal(subjects, FORM, left, right, rarest=_RAREST, n_levels=len(_LINE.levels))
    forms = subjects.facets[FORM]
    a, b = forms.gather(left), forms.gather(right)
    is_partner = ((a == _PARTNERSHIP) & b.is_in(_PARTNERS)) | ((b == _PARTNERSHIP) & a.is_in(_PARTNERS))
    return {FORM: Compared(found.level.set(is_partner.fill_null(value=False), _PARTNER), found.chance)}


COMPARER = Comparer("legal_form", lines=_lines, facets=_facets, compare=_compare)
