"""Company names of a whole column: those that stay as they are and raise no doubt; all others go to the field.

A name is taken here in two cases, both narrower than need be:

* it ends, behind a blank, in a legal form in its standard spelling, and the word before can't be part of the form;
* no word of it can begin a legal form anywhere, and the last one can't end one.

In both its words are of mixed case, its signs are plain, and there are at most two digits. What is handled equals
``FieldType.parse`` exactly; the conformance tests hold it to that.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from crmclean.fields._legal_forms import fold_form, form_letters, fronts, heads, legal_forms, tails
from crmclean.table import Accelerator

_FORMS = (
    *("GmbH", "gGmbH", "AG", "KG", "SE", "OHG", "oHG", "GbR", "KGaA", "UG (haftungsbeschränkt)", "UG", "mbH", "m.b.H."),
    *("GmbH & Co. KG", "GmbH & Co. OHG", "UG (haftungsbeschränkt) & Co. KG", "AG & Co. KG", "SE & Co. KG"),
    *("GmbH & Co. KGaA", "SE & Co. KGaA", "mbH & Co. KG", "GmbH und Co. KG", "& Co. KG", "Gesellschaft mbH"),
    *("e.K.", "e.Kfm.", "e.Kfr.", "e.V.", "eG", "PartG mbB", "PartG", "AöR", "KdöR", "EWIV", "VVaG"),
    *("OG", "e.U.", "GesmbH", "Ges.m.b.H.", "GesbR", "Sàrl", "Sagl", "SA", "S.A.", "Ltd", "Ltd.", "Limited", "plc"),
    *("Inc.", "Inc", "LLC", "B.V.", "N.V.", "SAS", "S.r.l.", "S.p.A.", "S.à r.l.", "Oy", "AB", "A/S", "ApS"),
    *("Sp. z o.o.", "s.r.o.", "Kft.", "d.o.o.", "SARL", "Corp."),
)
# Letters of Latin-1 and plain signs: in one normal form, and the same in lower case in Python and polars.
_PLAIN = r"^[A-Za-z0-9ÄÖÜäöüßÀ-ÖØ-öø-ÿ&(\"](?: ?[A-Za-z0-9À-ÖØ-öø-ÿ.,&+()'/!\"-])*$"
_MAX_BYTES = 200
_FEW_DIGITS = r"^[^0-9]*(?:[0-9][^0-9]*){0,2}$"
_CONTACT = r"(?i)[0-9].*(?:\+|tel|fax|mobil|handy|phone)|(?:\+|tel|fax|mobil|handy|phone).*[0-9]"
_MIXED_CASE = r"[A-Z].*[a-z]|[a-z].*[A-Z]"
_LOWER = r"^[^A-ZÀ-ÖØ-Þ]*[a-z][^A-ZÀ-ÖØ-Þ]*$"
_STATUS = r"(?i)[ ,(\-](?:i\.|i[lg]|in |i |en ).*$"
_PERSON = r"(?i)^(?:herr|frau|fam|mr|ms|mme|monsieur|madame)|www\."


@cache
def _standard_forms() -> tuple[str, ...]:
    """The forms above that the field leaves as they stand, whatever the country; longest first."""
    kept = []
    for form in _FORMS:
        known = [f for f in legal_forms().get(form_letters(form), ()) if "field" not in f.flags]
        if known and all(f.standard(form) == form for f in known) and any(form in f.spellings for f in known):
            kept.append(form)
    return tuple(sorted(kept, key=lambda form: (-len(form), form)))


@cache
def _exact_forms() -> tuple[str, ...]:
    """Those that only count in this very spelling, or are in small letters: they ask more of the words before."""
    return tuple(
        form
        for form in _standard_forms()
        if form.islower() or any("exact" in known.flags for known in legal_forms()[form_letters(form)])
    )


@cache
def _patterns() -> tuple[str, str]:
    """The words before a form that may follow a blank or hyphen, and before one that must follow a blank."""
    exact = _exact_forms()
    free = [re.escape(form) for form in _standard_forms() if form not in exact]
    return (
        f"^(.*?[^ -])[ -](?:{'|'.join(free)})$",
        f"^(.*?[^ ]) (?:{'|'.join(re.escape(form) for form in exact)})$",
    )


@cache
def _continuing() -> frozenset[str]:
    """Folded words that, standing before one of the forms, could belong to a longer one."""
    found = set()
    known = tails() | frozenset(legal_forms())
    for form in {form_letters(form) for form in _standard_forms()}:
        found |= {letters.removesuffix(form) for letters in known if letters.endswith(form)}
    return frozenset(found)


@cache
def _starting() -> frozenset[str]:
    """Folded words that can't be passed over when a name has no form at its end."""
    first = {front[:i] for front in fronts() for i in range(1, len(front) + 1)}
    return heads() | tails() | frozenset(legal_forms()) | first


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:  # noqa: ARG001 - what is handled stays as it is
    """See ``table.Accelerator``."""
    value = pl.col("value")
    plain = (
        value.str.contains(_PLAIN)
        & (value.str.len_bytes() <= _MAX_BYTES)
        & value.str.contains(_FEW_DIGITS)
        & ~value.str.contains(_CONTACT)
    )
    rows = values.select("value", plain=plain)
    free, exact = _patterns()
    split = pl.when("plain").then("value")
    rows = rows.with_columns(free=split.str.extract(free, 1), exact=split.str.extract(exact, 1))
    rows = rows.with_columns(words=pl.coalesce("exact", "free"))
    words = pl.col("words")
    is_mixed = words.str.contains(_MIXED_CASE)
    is_exact = pl.col("exact").is_not_null()
    with_form = (
        # Short capitals are initials, and small letters before a form written with care are meant so.
        (is_mixed | (words.str.contains("[A-Z]") & (words.str.len_chars() <= 6)) | words.str.contains(_LOWER))
        & words.str.contains(r"[A-Za-z0-9À-ÖØ-öø-ÿ]$")
        & (~is_exact | (is_mixed & words.str.contains(r"[A-Za-zÀ-ÖØ-öø-ÿ][a-zà-öø-ÿ]$")))
        & ~pl.col("words").str.to_lowercase().str.contains("gmbh", literal=True)
        & ~_folded(pl.col("words").str.extract(r"([^ -]*)$", 1)).is_in(_as_list(_continuing()))
    )
    rows = rows.with_columns(with_form=with_form.fill_null(value=False))
    rows = rows.with_columns(
        open=pl.col("plain")
        & pl.col("words").is_null()
        & value.str.contains(_MIXED_CASE)
        & value.str.contains("[a-z]$")
    )
    without = (
        ~value.str.contains(_STATUS)
        & ~value.str.contains(_PERSON)
        & ~_folded(pl.when("open").then(value).str.replace_all("-", " ", literal=True))
        .str.split(" ")
        .list.eval(pl.element().is_in(_as_list(_starting())))
        .list.any()
    )
    rows = rows.with_columns(handled=pl.col("with_form") | (pl.col("open") & without).fill_null(value=False))
    kept = pl.when("handled").then("value")
    return rows.select(
        "handled",
        canonical=kept,
        written=kept,
        code=pl.lit(None, pl.String),
        suggestion=pl.lit(None, pl.String),
    )


def _as_list(words: frozenset[str]) -> pl.Series:
    return pl.Series(sorted(words), dtype=pl.String).implode()


def _folded(words: pl.Expr) -> pl.Expr:
    """``fold_form`` for the signs let in."""
    signs = sorted({sign for sign in ".,()'\"-àáâéèêíìóòúñç" if fold_form(sign) != sign})
    return words.str.to_lowercase().str.replace_many(signs, [fold_form(sign) for sign in signs])


ACCELERATOR = Accelerator("company_name", run)
