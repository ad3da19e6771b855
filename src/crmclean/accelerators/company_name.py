"""Company names of a whole column: those that raise no doubt and of which at most the legal form is respelt.

A name is taken here in two cases, both narrower than need be:

* it ends in a legal form in its standard spelling or a usual other one, and the word before can't be part of it;
* no word of it can begin a legal form anywhere, and the last one can't end one.

In both its words are of mixed case, its signs are plain, and there are at most two digits. What is handled equals
``FieldType.parse`` exactly; the conformance tests hold it to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import polars as pl

from crmclean.fields._legal_forms import fold_form, form_letters, fronts, heads, legal_forms, tails
from crmclean.plugins import Accelerator

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
    """The forms above that the field leaves as they stand, whatever the country."""
    return tuple(form for form in _FORMS if _standard(form) == form)


def _standard(text: str) -> str | None:
    """What the field makes of a form written so, whatever the country; ``None`` where that depends."""
    known = [
        form
        for form in legal_forms().get(form_letters(text), ())
        if "field" not in form.flags
        and form.fits(text)
        and ("exact" not in form.flags or {text, f"{text}."} & set(form.spellings))
    ]
    made = {form.standard(text) for form in known}
    return made.pop() if len(made) == 1 else None


@cache
def _variants() -> Mapping[str, str]:
    """The usual other spellings of the forms above, and what the field makes of them."""
    found = {}
    for form in set(_standard_forms()) - set(_exact_forms()):
        plain = form.replace(". ", " ")
        tight = form.replace(". ", ".").replace(" & ", "&")
        shapes = {form, plain, tight, form.replace("(", "").replace(")", ""), form.replace(".", ". ").strip()}
        for shape in {text for spelt in shapes for text in (spelt, spelt.upper(), spelt.lower(), spelt.title())}:
            made = _standard(shape)
            if made is not None and made != shape:
                found[shape] = made
    return found


@cache
def _exact_forms() -> tuple[str, ...]:
    """Those that only count in this very spelling, or are in small letters: they ask more of the words before."""
    return tuple(
        form
        for form in _standard_forms()
        if form.islower() or any("exact" in known.flags for known in legal_forms()[form_letters(form)])
    )


@cache
def _tail() -> str:
    """Pattern of a form at the end with the sign before it: a blank or hyphen, only a blank before the exact ones.

    It has no groups, which would make it twice as slow.
    """
    exact = _exact_forms()
    free = (*(form for form in _standard_forms() if form not in exact), *_variants())
    return f"(?:[ -](?:{_any_of(free)})| (?:{_any_of(exact)}))$"


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


@cache
def _continuing() -> pl.Series:
    """Folded words that, standing before one of the forms, could belong to a longer one; a list of them in one row."""
    known = pl.Series(list(tails() | frozenset(legal_forms())), dtype=pl.String)
    forms = pl.Series([form_letters(form) for form in _standard_forms()]).unique()
    longer = [
        known.filter(known.str.tail(n).is_in(forms.implode())).str.head(-n) for n in forms.str.len_chars().unique()
    ]
    return pl.concat(longer).unique().implode()


@cache
def _starting() -> pl.DataFrame:
    """Folded words, as the column ``word``, that can't be passed over when a name has no form at its end."""
    first = {front[:i] for front in fronts() for i in range(1, len(front) + 1)}
    return pl.DataFrame({"word": list(heads() | tails() | frozenset(legal_forms()) | first)})


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    numbered = pl.when(value.str.contains("[0-9]")).then(value)  # null for most, which costs next to nothing
    odd = numbered.str.contains(_CONTACT) | ~numbered.str.contains(_FEW_DIGITS)
    plain = value.str.contains(_PLAIN) & (value.str.len_bytes() <= _MAX_BYTES) & ~odd.fill_null(value=False)
    rows = _with_form(values.select(name=pl.when(plain).then(value)))
    handled = pl.col("with_form") | _without_form(rows)
    rows = values.select("value").with_columns(rows.select("words", "made", handled=handled))
    kept = pl.when("handled").then(pl.coalesce(pl.col("words") + pl.col("made"), "value"))
    return rows.select(
        "handled",
        canonical=kept,
        written=pl.when("handled").then("value") if style == "keep" else kept,
        code=pl.lit(None, pl.String),
        suggestion=pl.lit(None, pl.String),
    )


def _with_form(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds ``words`` before the form at the end, ``made`` and ``with_form``: nothing else about the name is to be said.

    ``made`` is what the form becomes, with the sign before it; null where it stays. Where ``words`` is null, no form
    is at the end.
    """
    made = {f"{sign}{form}": f"{sign}{better}" for sign in " -" for form, better in _variants().items()}
    tail = pl.col("tail")
    rows = rows.with_columns(tail=pl.col("name").str.extract(_tail(), 0))
    rows = rows.with_columns(
        words=pl.when(tail.is_not_null()).then(pl.col("name").str.strip_suffix(tail)),
        made=tail.replace_strict(made, default=None, return_dtype=pl.String),
        exact=tail.is_in([f" {form}" for form in _exact_forms()]),
    )
    words, is_mixed, exact = pl.col("words"), pl.col("is_mixed"), pl.col("exact")
    rows = rows.with_columns(is_mixed=words.str.contains(_MIXED_CASE), last=words.str.extract(r"[^ -]*$", 0))
    rows = rows.with_columns(one_case=pl.when(~is_mixed).then(words), before_exact=pl.when(exact).then(words))
    rows = rows.with_columns(continues=_folded(pl.col("last")).is_in(_continuing()))
    return rows.with_columns(with_form=_has_clear_form().fill_null(value=False))


def _has_clear_form() -> pl.Expr:
    """Whether the form is the one at the end and nothing else about the name is to be said."""
    words, is_mixed, one_case = pl.col("words"), pl.col("is_mixed"), pl.col("one_case")
    # Short capitals are initials, and small letters before a form written with care are meant so.
    is_meant = (one_case.str.contains("[A-Z]") & (one_case.str.len_chars() <= 6)) | (
        one_case.str.contains(_LOWER) & pl.col("made").is_null()
    )
    is_clear = is_mixed & pl.col("before_exact").str.contains(r"[A-Za-zÀ-ÖØ-öø-ÿ][a-zà-öø-ÿ]$")
    return (
        (is_mixed | is_meant)
        & words.str.contains(r"[A-Za-z0-9À-ÖØ-öø-ÿ]$")
        & (~pl.col("exact") | is_clear)
        & ~words.str.contains("(?i)gmbh")
        & ~pl.col("continues")
    )


def _without_form(rows: pl.DataFrame) -> pl.Series:
    """Whether no word can be part of a form, in names of mixed case that end in a small letter."""
    name = pl.col("name")
    rest = rows.select(name=pl.when(pl.col("words").is_null()).then(name))
    rest = rest.with_columns(open=(name.str.contains("[a-z]$") & name.str.contains(_MIXED_CASE)).fill_null(value=False))
    rest = rest.with_row_index("at").filter("open").filter(~name.str.contains(_STATUS) & ~name.str.contains(_PERSON))
    words = rest.select("at", word=_folded(name.str.replace_all("-", " ", literal=True)).str.split(" ")).explode("word")
    telling = words.join(_starting(), on="word", how="semi")["at"]
    found = rest["at"].filter(~rest["at"].is_in(telling.unique().implode()))
    return pl.Series("handled", [False]).new_from_index(0, rows.height).scatter(found, values=True)


def _folded(words: pl.Expr) -> pl.Expr:
    """``fold_form`` for the signs let in."""
    lower = words.str.to_lowercase()
    signed = pl.when(lower.str.contains(f"[{re.escape(''.join(_SIGNS))}]")).then(lower)
    return pl.coalesce(signed.str.replace_many(_SIGNS, [fold_form(sign) for sign in _SIGNS]), lower)


_SIGNS = sorted({sign for sign in ".,()'\"-àáâéèêíìóòúñç" if fold_form(sign) != sign})
ACCELERATOR = Accelerator("company_name", run)
