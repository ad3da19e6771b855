"""E-mail addresses of a whole column: plain ASCII addresses with nothing around them and nothing to say against them.

The rules are those of ``email-validator`` for a dot-atom and a host name (RFC 5321, RFC 1123); every doubt (reserved,
mistyped, throw-away or international domain, quotes, lengths near the limit) is left to ``FieldType.parse``.
"""

from __future__ import annotations

from functools import cache

import polars as pl
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from crmclean.fields import _email_domains as domains
from crmclean.table import Accelerator

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_LOCAL = rf"^{_ATOM}(?:\.{_ATOM})*$"
_DOMAIN = rf"^(?:{_LABEL}\.)+[a-z]{{2,}}$"
# Well inside 64 octets before the at-sign, 63 a label and 254 in all, so that only the library decides at the limits.
_MAX_LOCAL, _MAX_DOMAIN = 64, 63


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    value = pl.col("value")
    rows = values.select("value", at=value.str.find("@", literal=True))
    rows = rows.with_columns(local=value.str.slice(0, pl.col("at")), domain=value.str.slice(pl.col("at") + 1))
    rows = rows.with_columns(
        domain=pl.col("domain").str.to_lowercase(),
        has_local=(pl.col("local").str.len_bytes() <= _MAX_LOCAL) & pl.col("local").str.contains(_LOCAL),
        is_quoted=value.str.starts_with("'"),  # Excel's sign for text, though a legal character
        small=pl.col("local").str.to_lowercase(),
    )
    rows = rows.join(_plain_domains(rows["domain"]), on="domain", how="left", maintain_order="left")
    handled = (pl.col("has_local") & pl.col("is_plain") & ~pl.col("is_quoted")).fill_null(value=False)
    local = pl.when(pl.col("small").is_in(sorted(CASE_INSENSITIVE_MAILBOX_NAMES))).then("small").otherwise("local")
    base = pl.col("small").str.replace(r"\+.*$", "")
    role = pl.when(base.is_in(sorted(domains.role_accounts()))).then(pl.lit("role-account"))
    address = pl.concat_str([local, pl.lit("@"), pl.col("domain")])
    rows = rows.select(
        "value",
        handled=handled,
        canonical=pl.when(handled).then(address),
        code=pl.when(handled).then(role),
        suggestion=pl.lit(None, pl.String),
    )
    written = pl.col("canonical") if style != "keep" else pl.when(pl.col("handled")).then("value")
    return rows.select("handled", "canonical", written.alias("written"), "code", "suggestion")


def _plain_domains(column: pl.Series) -> pl.DataFrame:
    """``domain`` (each once) and ``is_plain``: a host name by the book that nothing more has to be said about."""
    name = pl.col("domain")
    end = name.str.extract(r"([^.]*)$")
    tail = name.str.extract(r"([^.]*\.[^.]*)$")
    return pl.DataFrame({"domain": column.unique(maintain_order=True)}).with_columns(
        is_plain=(name.str.len_bytes() <= _MAX_DOMAIN)
        & name.str.contains(_DOMAIN)
        & ~name.str.contains("--", literal=True)
        & ~end.is_in(sorted(domains.RESERVED_ENDS | domains.WRONG_ENDS.keys()))
        & ~tail.is_in(sorted(domains.RESERVED_DOMAINS))
        & ~name.is_in(_slips())
        & ~tail.is_in(_disposable_tails())
    )


@cache
def _slips() -> pl.Series:
    return pl.Series(sorted(domains.slips())).implode()


@cache
def _disposable_tails() -> pl.Series:
    """The last two labels of every throw-away domain: a domain that ends so may be one."""
    return pl.Series(sorted({".".join(name.split(".")[-2:]) for name in domains.disposable_domains()})).implode()


ACCELERATOR = Accelerator("email", run)
