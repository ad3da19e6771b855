"""E-mail addresses and the internet domain of the website, or of an address that is no free-mail one.

The domain is looked at only where the addresses don't agree already: it is a part of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.comparers._departments import DEPARTMENTS
from crmclean.comparers._free_mail import FREE_MAIL
from crmclean.comparers._likeness import likeness, slips
from crmclean.comparers._shared_values import compare_values
from crmclean.core.language import Text
from crmclean.evidence import Cells, Compared, Comparer, Level, Line, Subjects

EMAIL, DOMAIN = "email", "domain"
_EMAIL = Line(
    EMAIL,
    Text("e-mail", "E-Mail"),
    (
        Level("same", 0.68, Text("same", "gleich")),
        Level("similar", 0.10, Text("similar", "ähnlich")),
        Level("different", 0.22, Text("different", "verschieden")),
    ),
    kind="contact",
)
_DOMAIN = Line(
    DOMAIN,
    Text("domain", "Domain"),
    (
        Level("same", 0.80, Text("same", "gleich")),
        Level("different", 0.20, Text("different", "verschieden")),
    ),
    kind="contact",
)
_RAREST = 1e-8  # addresses are unique worldwide; what is shared by chance are mistypings
_RAREST_LOCAL = 1e-4  # the part before the @: info, and names without a number
_NAMED = 0.5  # of two people of the same name so many have the same part before the @, or one with a number behind
_NAMED_NEAR = 0.1  # and so many nearly the same address, domain and number included
_RAREST_DOMAIN = 1e-6  # of the order of one in the firms of the German-speaking countries
_HOLDERS, _HOLDERS_SHARE = (
    30,
    0.2,
)  # names beside a domain from which it is a provider's, also as a share of its records
_ALIKE = 0.85  # share of characters in place from which one address is the other mistyped


def _lines(cells: Cells) -> Sequence[Line]:
    found = [_EMAIL] if cells.has(EMAIL) else []
    return [*found, _DOMAIN] if cells.has(EMAIL, "website") else []


def _facets(cells: Cells) -> Mapping[str, pl.Series | list[pl.Series]]:
    first = _mailbox(cells.first(EMAIL))
    domain = first.str.extract(r"@(.+)$", 1)
    is_free = domain.is_in(FREE_MAIL) | domain.is_in(_providers(domain, cells).implode())
    own = domain.zip_with(~is_free.fill_null(value=False), cells.nothing())
    site = cells.first("website")
    names = pl.DataFrame(
        [first.str.extract(r"^([^@]+)@", 1).alias("local"), cells.first("last_name").alias("last")]
    ).select(
        named=pl.col("local")
        .str.replace_all(r"[^a-z]", "")
        .str.contains(pl.col("last").str.replace_all(" ", ""), literal=True)
    )
    return {
        EMAIL: [_mailbox(column) for column in cells.all_of(EMAIL)],
        "email_first": first,
        "email_local": first.str.extract(r"^([^@]+)@", 1),
        "email_desk": domain.zip_with(first.str.extract(r"^([^@]+)@", 1).is_in(DEPARTMENTS), cells.nothing()),
        "email_named": names["named"],
        "email_private": is_free.cast(pl.String),
        DOMAIN: site.zip_with(site.is_not_null(), own),
    }


def _providers(domains: pl.Series, cells: Cells) -> pl.Series:
    """Domains that so many companies, or people without one, have an address at that they are nobody's own."""
    if not cells.has("company_name"):  # all of them may be at one company
        return domains.clear()
    names = [cells.first(name).alias(name) for name in ("company_name", "last_name")]
    held = pl.DataFrame([domains.alias("domain"), *names]).select(
        "domain", holder=pl.coalesce("company_name", "last_name")
    )
    counted = held.drop_nulls().group_by("domain", maintain_order=True).agg(n=pl.len(), own=pl.col("holder").n_unique())
    return counted.filter((pl.col("own") >= _HOLDERS) & (pl.col("own") >= pl.col("n") * _HOLDERS_SHARE))["domain"]


def _mailbox(addresses: pl.Series) -> pl.Series:
    """Without what people put behind a plus to sort their mail by (subaddressing, RFC 5233): it is the same mailbox."""
    return addresses.str.replace(r"^([^@+]+)\+[^@]*@", "$1@")


def _compare(subjects: Subjects, left: pl.Series, right: pl.Series) -> Mapping[str, Compared]:
    if EMAIL not in subjects.lines:
        return {DOMAIN: _compare_domains(subjects, left, right)}
    mail = _compare_mail(subjects, left, right)
    domain = _compare_domains(subjects, left, right)
    is_told = mail.level.is_in([1, 2])
    return {EMAIL: mail, DOMAIN: Compared(domain.level.set(is_told, 0), domain.chance)}


def _compare_mail(subjects: Subjects, left: pl.Series, right: pl.Series) -> Compared:
    found = compare_values(subjects, EMAIL, left, right, rarest=_RAREST, n_levels=len(_EMAIL.levels))
    # A company has info@ and vertrieb@: two of its desks don't contradict each other.
    desks = subjects.facets["email_desk"]
    silent = (desks.gather(left) == desks.gather(right)).fill_null(value=False) & (found.level == len(_EMAIL.levels))
    found = Compared(found.level.set(silent, 0), found.chance)
    at = (found.level == len(_EMAIL.levels)).arg_true()
    if not len(at):
        return found
    a, b = left.gather(at), right.gather(at)
    facets = subjects.facets
    pairs = pl.DataFrame(
        [
            likeness(facets["email_first"].gather(a), facets["email_first"].gather(b), slips).alias("alike"),
            (facets["email_local"].gather(a) == facets["email_local"].gather(b)).alias("local"),
            (facets["email_named"].gather(a) | facets["email_named"].gather(b)).fill_null(value=False).alias("named"),
            subjects.chance("email_local", _RAREST_LOCAL, a, b).alias("chance"),
        ]
    )
    near = pairs.select(((pl.col("alike") >= _ALIKE) | pl.col("local")).fill_null(value=False)).to_series()
    is_near = (pl.col("alike") >= _ALIKE).fill_null(value=False)
    worth = (
        pl.when(pl.col("named") & is_near)
        .then(_NAMED_NEAR)
        .when("named")
        .then(_NAMED)
        .when("local")
        .then("chance")
        .otherwise((pl.col("chance") * 4).clip(0, 1))
    )
    chance = pairs.filter(near).select(worth.fill_null(1.0)).to_series()
    # Somebody's own address and the one at work don't contradict each other.
    private = subjects.facets["email_private"]
    is_other = (private.gather(a) != private.gather(b)).fill_null(value=False)
    level = found.level.clone().scatter(at.filter(is_other), 0).scatter(at.filter(near), 2)
    return Compared(level, found.chance.clone().scatter(at.filter(near), chance))


def _compare_domains(subjects: Subjects, left: pl.Series, right: pl.Series) -> Compared:
    values, chance = subjects.facets[DOMAIN], subjects.chance(DOMAIN, _RAREST_DOMAIN, left, right)
    pairs = pl.DataFrame([values.gather(left).alias("a"), values.gather(right).alias("b"), chance.alias("chance")])
    same = pl.col("a") == pl.col("b")
    level = pl.when(same.is_null()).then(0).when(same).then(1).otherwise(2).cast(pl.UInt8)
    found = pairs.select(level=level, chance=pl.when(same).then("chance").otherwise(1.0))
    return Compared(found["level"], found["chance"])


COMPARER = Comparer("internet", lines=_lines, facets=_facets, compare=_compare)
