"""Puts rows of several lists together: one company, however many rows tell of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

import polars as pl

from crmclean.cdir.file import COMPANY_FACTS
from crmclean.cdir.ids import KEPT, OF_ESTABLISHMENTS, kept_ids, minted
from crmclean.cdir.records import ADDRESS, STORED, Listed
from crmclean.cdir.writing import HISTORY, SOURCES, Draft
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.directory import Status
from crmclean.matching.subjects import mapped

COMPANY, ESTABLISHMENT = "company", "establishment"
NAME, FORMER = "name", "former"
_REFERENCES = ("parent", "successor")
_IDENTITY = ("company_name", "postal_code", "city", "street")  # what a number of our own is made of
_OWN_FACTS = (
    "id",
    "parent_id",
    "parent",
    "successor",
    "gone_since",
    "status",
    "successor_id",
    "successor_name",
    "last_changed",
    "last_checked",
)


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows of all lists so far, the most trusted first.

    Attributes:
        rows: ``entry`` (``UInt32``, which company it tells of), ``source`` (name), values by field, facts, the
            key of each compared field as ``<field> key``, and ``parent`` and ``successor``, entries the row refers to.
        former: ``entry``, ``name``, in order.
        earlier: faces that are no longer true: ``entry``, ``name`` and keys (null: as the company's present ones).
        sources: columns ``SOURCES``.
        known_ids: ``entry``, ``source_id``: ids that companies had in an earlier directory.
        history: columns ``HISTORY``.
        n_contradicting: rows with the id of another company that other ids tell apart.
    """

    rows: pl.DataFrame
    former: pl.DataFrame
    earlier: pl.DataFrame
    sources: pl.DataFrame
    known_ids: pl.DataFrame
    history: pl.DataFrame
    n_contradicting: int = 0

    @property
    def n_entries(self) -> int:
        """Companies so far; their numbers are below."""
        return 0 if self.rows.is_empty() else cast("int", self.rows["entry"].max()) + 1


def key_of(field: str) -> str:
    """Name of the column with a field's comparison key."""
    return f"{field} key"


def pool_of(listed: Listed) -> Pool:
    """The rows of one list; those with the same id are one company, unless other ids forbid it."""
    keys = {key_of(name): listed.cells.first(name) for name in listed.cells.keys if _is_compared(name)}
    rows = listed.rows.with_columns(values.alias(name) for name, values in keys.items())
    entry, n_contradicting = _grouped(rows)
    rows = rows.with_columns(
        entry=entry,
        source=pl.lit(listed.spec.name),
        parent=_referred(rows["parent_id"], rows["id"], entry),
        successor=_referred(rows["successor_id"], rows["id"], entry),
    ).with_columns(parent_id=pl.lit(None, pl.String), successor_id=pl.lit(None, pl.String))
    spec = listed.spec
    source = (1, spec.name, spec.title or spec.name, spec.licence, spec.date, listed.sha256, str(listed.rows.height))
    return Pool(
        rows=rows,
        former=listed.former.select(entry=entry.gather(listed.former["at"]), name="name"),
        earlier=_renumbered(rows),
        sources=pl.DataFrame([source], schema=dict.fromkeys(SOURCES, pl.String) | {"number": pl.Int64}, orient="row"),
        known_ids=pl.DataFrame(schema={"entry": pl.UInt32, "source_id": pl.String}),
        history=pl.DataFrame(schema=dict.fromkeys(HISTORY, pl.String)),
        n_contradicting=n_contradicting,
    )


def _referred(named: pl.Series, own: pl.Series, entry: pl.Series) -> pl.Series:
    """The entry that a list's own id means; null where the list has none of that id, or the row means itself."""
    known = pl.DataFrame({"own": own, "entry": entry}).drop_nulls().unique("own", keep="first", maintain_order=True)
    if not known.height:
        return entry.clear().extend_constant(None, len(entry))
    found = named.replace_strict(known["own"], known["entry"], default=None, return_dtype=pl.UInt32)
    return found.set((found == entry).fill_null(value=False), None)


def _is_compared(name: str) -> bool:
    return name in STORED or FIELDS[name].group == "id"


def _grouped(rows: pl.DataFrame) -> tuple[pl.Series, int]:
    """The company of each row: of rows with the same id, unless others of their ids differ."""
    own = pl.arange(rows.height, eager=True, dtype=pl.UInt32)
    ids = [key_of(name) for name in KEPT if key_of(name) in rows.columns]
    # An establishment bears its company's number: it is one of its own all the same.
    telling = pl.coalesce(*(pl.lit(name) + pl.col(name) for name in ids), pl.lit("own ") + pl.col("id"))
    named = rows.with_columns(own.alias("own"), id=pl.when(pl.col("parent_id").is_null()).then(telling))
    first = pl.col("own").first().over("id")
    together = named.with_columns(entry=pl.when(pl.col("id").is_not_null()).then(first).otherwise("own"))
    apart = pl.any_horizontal(
        pl.lit(value=False),
        *((pl.col(name) != pl.col(name).first().over("entry")).fill_null(value=False) for name in ids),
    ) | ~_is_plausible(rows.columns)
    told = together.select(entry=pl.when(apart).then("own").otherwise("entry"), apart=apart)
    return _dense(told["entry"]), int(told["apart"].sum())


def _is_plausible(columns: Collection[str]) -> pl.Expr:
    """Whether a row can tell of the company it shares an id with: it has its name, or its address, or says neither."""
    name, street, code = (key_of(field) for field in ("company_name", "street", "postal_code"))

    def agrees(*keys: str) -> pl.Expr:
        known = [(pl.col(key) == pl.col(key).first().over("entry")) for key in keys if key in columns]
        return pl.all_horizontal(*known) if len(known) == len(keys) else pl.lit(None, pl.Boolean)

    told = (agrees(name), agrees(street, code))
    is_silent = pl.all_horizontal(each.is_null() for each in told)
    return is_silent | pl.any_horizontal(each.fill_null(value=False) for each in told)


def _dense(entry: pl.Series) -> pl.Series:
    """Numbers 0, 1, … in order of appearance."""
    return (entry.to_frame("e").with_columns(n=pl.col("e").rank("dense") - 1))["n"].cast(pl.UInt32)


def joined(pool: Pool, more: Pool, entry_of: pl.Series) -> Pool:
    """A pool with the rows of another list.

    Args:
        pool: so far.
        more: the other list, see ``pool_of``.
        entry_of: for each entry of ``more`` the entry of ``pool`` it is; null for a new one.
    """
    offset = pool.n_entries
    new = pl.arange(len(entry_of), eager=True, dtype=pl.UInt32) + offset
    target = entry_of.cast(pl.UInt32).zip_with(entry_of.is_not_null(), new)

    def moved(frame: pl.DataFrame) -> pl.DataFrame:
        references = [name for name in ("entry", "parent", "successor") if name in frame.columns]
        return frame.with_columns(target.gather(frame[name]).alias(name) for name in references)

    sources = more.sources.with_columns(number=pl.col("number") + pool.sources.height)
    rows = pl.concat([pool.rows, moved(more.rows)], how="diagonal")
    return Pool(
        rows=rows,
        former=pl.concat([pool.former, moved(more.former)]),
        earlier=pl.concat([pool.earlier, moved(more.earlier)], how="diagonal"),
        sources=pl.concat([pool.sources, sources]),
        known_ids=pl.concat([pool.known_ids, moved(more.known_ids)]),
        history=pl.concat([pool.history, more.history]),
        n_contradicting=pool.n_contradicting + more.n_contradicting,
    )


def drafted(pool: Pool) -> Draft:
    """The companies of a pool, each once, and the faces they are known by."""
    rows = pool.rows.with_columns(entry=_dense(pool.rows["entry"]))
    remap = pl.DataFrame({"old": pool.rows["entry"], "entry": rows["entry"]}).unique("old", maintain_order=True)

    def renumbered(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.rename({"entry": "old"}).join(remap, on="old", maintain_order="left").drop("old")

    fields = tuple(name for name in STORED if name in rows.columns)
    keyed = tuple(name.removesuffix(" key") for name in rows.columns if name.endswith(" key"))
    references = {name: rows[name].replace_strict(remap["old"], remap["entry"], default=None) for name in _REFERENCES}
    rows = rows.with_columns(values.cast(pl.UInt32).alias(name) for name, values in references.items())
    companies = _companies(rows, fields)
    named = _with_ids(companies, renumbered(pool.known_ids))
    faces = _faces(rows, renumbered(pool.former), renumbered(pool.earlier), keyed)
    return Draft(
        companies=named.select(*COMPANY_FACTS, *fields),
        faces=faces,
        fields=fields,
        keyed=keyed,
        history=pool.history,
        sources=pool.sources,
    )


def _companies(rows: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """One row a company, sorted by entry: of each field the first row that says something, of the address all of it."""
    address = [name for name in ADDRESS if name in fields]
    plain = [name for name in (*fields, *_OWN_FACTS) if name not in address and name != "status"]
    sorted_rows = rows.sort("entry", maintain_order=True)
    if rows["entry"].n_unique() == rows.height:
        return sorted_rows.with_columns(
            status=pl.col("status").fill_null(str(Status.UNKNOWN)), sources=pl.col("source")
        )
    places = [pl.col(name).is_not_null() for name in address if name != "country"]
    has_address = pl.any_horizontal(pl.lit(value=False), *places)
    known = pl.col("status").filter(pl.col("status") != str(Status.UNKNOWN))
    return sorted_rows.group_by("entry", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in plain),
        *(pl.col(name).filter(has_address).first() for name in address),
        status=known.first().fill_null(str(Status.UNKNOWN)),
        sources=pl.col("source").unique(maintain_order=True).str.join(", "),
    )


def _with_ids(companies: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Adds ``source_id``, ``kind``, and parents and successors by those ids."""
    establishments = [name for name in OF_ESTABLISHMENTS if name in companies.columns]
    is_part = companies.select(
        pl.any_horizontal(pl.col("parent_id", "parent", *establishments).is_not_null())
    ).to_series()
    once = known.unique("entry", keep="first", maintain_order=True)
    old = companies.select("entry").join(once, on="entry", how="left", maintain_order="left")["source_id"]
    given = old.zip_with(old.is_not_null(), kept_ids(companies, is_part))
    given = given.set(~given.is_first_distinct(), None)  # two companies under one id: the first keeps it
    missing = given.is_null()
    taken = set(given.drop_nulls())
    telling = [name for name in (*_IDENTITY, "id") if name in companies.columns]
    identity = companies.filter(missing).select(pl.concat_str(pl.col(telling).fill_null(""), separator="|")).to_series()
    order = identity.arg_sort()
    fresh = pl.Series(minted(identity.gather(order).to_list(), taken), dtype=pl.String)
    placed = pl.repeat(None, len(given), dtype=pl.String, eager=True).scatter(missing.arg_true().gather(order), fresh)
    ids = given.zip_with(~missing, placed).alias("source_id")
    names = companies["company_name"]
    successor, parent = companies["successor"], companies["parent"]
    return companies.with_columns(
        ids,
        pl.coalesce(pl.lit(ids.gather(successor)), "successor_id").alias("successor_id"),
        pl.coalesce("successor_name", pl.lit(names.gather(successor))).alias("successor_name"),
        pl.when(pl.lit(is_part)).then(pl.lit(ESTABLISHMENT)).otherwise(pl.lit(COMPANY)).alias("kind"),
        pl.col("id").alias("own_id"),
        pl.coalesce(pl.lit(ids.gather(parent)), "parent_id").alias("parent_id"),
    )


def _renumbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Register numbers that companies had, as faces."""
    known = rows.select("entry", "company_name", number="former_register_number").drop_nulls("number")
    keys = mapped(known["number"], _register_key)
    return known.select("entry", name="company_name", register_number=keys).drop_nulls("register_number")


def _register_key(written: str) -> str | None:
    kind = FIELDS["register_number"]
    value = kind.parse(written, NO_HINTS).value
    return kind.key(value) if value else None


def _faces(rows: pl.DataFrame, former: pl.DataFrame, earlier: pl.DataFrame, keyed: Sequence[str]) -> pl.DataFrame:
    """How each company may be known: each row of a list under its name, and each company as it was before."""
    keys = [pl.col(key_of(name)).alias(name) for name in keyed]
    now = rows.select("entry", pl.lit(NAME).alias("kind"), pl.col("company_name").alias("name"), *keys)
    if now["entry"].n_unique() < now.height:
        now = now.unique(["entry", *keyed], keep="first", maintain_order=True)
    renamed = former.with_columns(company_name=mapped(former["name"], FIELDS["company_name"].key))
    before = pl.concat([earlier, renamed if "company_name" in keyed else renamed.clear()], how="diagonal")
    if before.is_empty():
        return now.sort("entry", maintain_order=True)
    main = now.unique("entry", keep="first", maintain_order=True).drop("kind", "name")
    own = [name for name in keyed if name in before.columns]
    filled = before.join(main, on="entry", how="inner", suffix=" now", maintain_order="left").with_columns(
        pl.coalesce(name, f"{name} now").alias(name) for name in own
    )
    was = filled.select("entry", pl.lit(FORMER).alias("kind"), "name", *keyed)
    which = ["entry", *keyed]
    fresh = was.join(now, on=which, how="anti", nulls_equal=True, maintain_order="left")
    both = pl.concat([now, fresh.unique(which, keep="first", maintain_order=True)])
    return both.sort("entry", maintain_order=True)
