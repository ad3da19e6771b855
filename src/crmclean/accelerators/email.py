"""E-mail addresses of a whole column: plain addresses, and the frequent doubts about their name or domain.

The rules are those of ``email-validator`` for a dot-atom and a host name (RFC 5321, RFC 1123). Every plain domain is
looked at once; one that is mistyped or throw-away is judged once by ``FieldType.parse`` for all its addresses, and one
under a reserved end for all domains under that end. Anything else (quotes, words around, international domains, lengths
near the limit) is left to it.
"""

from __future__ import annotations

from functools import cache

import polars as pl
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from crmclean.accelerators._judged import over_all
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.fields import _email_domains as domains
from crmclean.plugins import Accelerator

# Letters of Latin-1 and Latin Extended-A beside ASCII: one sign each in every Unicode form that addresses may have.
_SIGNS = r"A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e-"
_ATOM = rf"[{_SIGNS}]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_LOCAL = rf"^{_ATOM}(?:\.{_ATOM})*$"
_MISPLACED = rf"^[{_SIGNS}.,]+$"  # dots and commas anywhere
_DOMAIN = rf"^(?:{_LABEL}\.)+[a-z]{{2,}}$"
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
# Well inside 64 octets before the at-sign, 63 a label and 254 in all, so that only the library decides at the limits.
_MAX_LOCAL, _MAX_DOMAIN = 64, 63
# What is said of a domain whatever stands before it.
_OF_DOMAIN = ("reserved-domain", "typo-domain", "disposable")
_PROBE = "x9"


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    rows = values.select("value", at=value.str.find("@", literal=True))
    rows = rows.with_columns(
        local=value.str.slice(0, pl.col("at")), domain=value.str.slice(pl.col("at") + 1).str.to_lowercase()
    )
    rows = rows.join(_known_domains(rows["domain"]), on="domain", how="left", maintain_order="left")
    # An apostrophe in front is Excel's sign for text, though a legal character.
    fits = pl.col("is_known") & (pl.col("local").str.len_bytes() <= _MAX_LOCAL) & ~value.str.starts_with("'")
    rows = rows.with_row_index("row").filter(fits)
    is_local = rows["local"].str.contains(_LOCAL)
    return over_all([_good(rows.filter(is_local), style), _misplaced(rows.filter(~is_local))], values.height)


def _good(rows: pl.DataFrame, style: str) -> pl.DataFrame:
    """Valid addresses."""
    rows = rows.with_columns(small=pl.col("local").str.to_lowercase())
    # A role may have a tag behind a plus: cut off only where there is one, which costs next to nothing.
    tagged = pl.when(pl.col("small").str.contains("+", literal=True)).then("small").str.replace(r"\+.*$", "")
    rows = rows.with_columns(
        canonical=_address(_name(), pl.col("domain")),
        role=pl.coalesce(tagged, "small").is_in(sorted(domains.role_accounts())),
        is_ascii=_is_ascii("local"),
    )
    plain = pl.when(~pl.col("is_ascii")).then("local").str.replace_many(list(_UMLAUTS), list(_UMLAUTS.values()))
    rows = rows.with_columns(plain=plain)
    spelt = pl.when(_is_ascii("plain")).then(_address(pl.col("plain"), pl.col("domain")))
    meant = pl.when(pl.col("meant").is_not_null()).then(_address(_name(), pl.col("meant")))
    return rows.select(
        "row",
        "canonical",
        written=pl.col("value") if style == "keep" else pl.col("canonical"),
        code=pl.when(pl.col("code").is_not_null())
        .then("code")
        .when(~pl.col("is_ascii"))
        .then(pl.lit("non-ascii-local"))
        .when("role")
        .then(pl.lit("role-account")),
        suggestion=pl.when(pl.col("code").is_not_null()).then(meant).otherwise(spelt),
    )


def _misplaced(rows: pl.DataFrame) -> pl.DataFrame:
    """Addresses with commas, or dots in the wrong place, before the at-sign; with dots in the right ones a guess."""
    local = pl.col("local").str.replace_all(",", ".", literal=True).str.replace_all(r"\.{2,}", ".").str.strip_chars(".")
    rows = rows.filter(pl.col("local").str.contains(_MISPLACED) & pl.col("code").is_null()).with_columns(local=local)
    rows = rows.filter(pl.col("local").str.contains(_LOCAL)).with_columns(small=pl.col("local").str.to_lowercase())
    nothing = pl.lit(None, pl.String)
    return rows.select(
        "row",
        canonical=nothing,
        written=nothing,
        code=pl.lit("local-part"),
        suggestion=_address(_name(), pl.col("domain")),
    )


def _name() -> pl.Expr:
    """The local part as the library gives it back; ``small`` is the same in lower case."""
    return pl.when(pl.col("small").is_in(sorted(CASE_INSENSITIVE_MAILBOX_NAMES))).then("small").otherwise("local")


def _is_ascii(name: str) -> pl.Expr:
    return pl.col(name).str.len_bytes() == pl.col(name).str.len_chars()


def _address(local: pl.Expr, domain: pl.Expr) -> pl.Expr:
    return pl.concat_str([local, pl.lit("@"), domain])


def _known_domains(column: pl.Series) -> pl.DataFrame:
    """``domain`` (each once), ``is_known``, and what is said of every address there: ``code``, ``meant`` (a domain)."""
    name = pl.col("domain")
    # Most domains have two labels: the last two of the others are cut out of those alone.
    longer = pl.when(name.str.count_matches(".", literal=True) > 1).then(name)
    known = pl.DataFrame({"domain": column.unique(maintain_order=True)}).with_columns(
        is_known=(name.str.len_bytes() <= _MAX_DOMAIN)
        & name.str.contains(_DOMAIN)
        & ~name.str.contains("--", literal=True),
        is_listed=name.str.contains(_listed_ends())
        | name.is_in(_slips())
        | name.is_in(_listed_tails())
        | longer.str.extract(r"([^.]*\.[^.]*)$").is_in(_listed_tails()).fill_null(value=False),
    )
    # A reserved end says all there is to say: one made-up domain is judged for all of them.
    reserved = pl.lit(f"{_PROBE}.") + name.str.extract(_reserved_ends())
    is_judged = pl.col("is_known") & pl.col("is_listed")
    known = known.with_columns(judged=pl.when(is_judged).then(pl.coalesce(reserved, name)))
    schema = {"judged": pl.String, "is_right": pl.Boolean, "code": pl.String, "meant": pl.String}
    listed = known["judged"].drop_nulls().unique(maintain_order=True)
    told = pl.DataFrame([_told(domain) for domain in listed], schema=schema, orient="row")
    known = known.join(told, on="judged", how="left", maintain_order="left")
    return known.select("domain", pl.col("is_known") & pl.col("is_right").fill_null(value=True), "code", "meant")


def _told(domain: str) -> tuple[str, bool, str | None, str | None]:
    """Whether the field takes the domain as it is, the reason it gives, and the domain it proposes."""
    parsed = FIELDS["email"].parse(f"{_PROBE}@{domain}", NO_HINTS)
    is_right = parsed.value == f"{_PROBE}@{domain}" and parsed.lossless and parsed.code in (None, *_OF_DOMAIN)
    meant = parsed.suggestion.removeprefix(f"{_PROBE}@") if parsed.suggestion else None
    return domain, is_right, parsed.code, meant


@cache
def _slips() -> pl.Series:
    return pl.Series(sorted(domains.slips())).implode()


@cache
def _listed_tails() -> pl.Series:
    """Reserved domains and the last two labels of every throw-away domain: a domain that ends so may be one."""
    disposable = {".".join(name.split(".")[-2:]) for name in domains.disposable_domains()}
    return pl.Series(sorted(disposable | domains.RESERVED_DOMAINS)).implode()


@cache
def _listed_ends() -> str:
    """Pattern of the last label of a domain that is reserved or wrong."""
    return rf"\.(?:{'|'.join(sorted(domains.RESERVED_ENDS | domains.WRONG_ENDS.keys()))})$"


@cache
def _reserved_ends() -> str:
    """Pattern of the last label of a domain that is reserved whatever stands before it."""
    return rf"\.({'|'.join(sorted(domains.RESERVED_ENDS))})$"


ACCELERATOR = Accelerator("email", run)
