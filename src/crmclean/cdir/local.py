"""A directory file as a ``Directory``: look-up by index, graded by matching."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl

from crmclean.cdir.cells import cells_of_faces
from crmclean.cdir.file import DirectoryFile
from crmclean.cdir.index import index_keys
from crmclean.cdir.population import DirectoryPopulation
from crmclean.cdir.writing import as_companies
from crmclean.core.language import Text
from crmclean.directory import (
    ASKED_WITH,
    CONFIRMED_SCHEMA,
    MATCHES_SCHEMA,
    UNKNOWN_SCHEMA,
    About,
    LookupPlan,
    Matches,
    Wanted,
)
from crmclean.matching.bands import AUTO, REVIEW, Thresholds
from crmclean.matching.lookup import graded
from crmclean.matching.subjects import COMPANY, subjects

MOST = 12  # companies a question is compared with: those that share the rarest keys with it
_FACES = 16  # of them, former names included
_LEAST = 0.5  # of the weight of the best one
AT_ONCE = 2_000  # questions; bounds the memory
FORMER = "former"


class LocalDirectory:
    """A directory file that answers.

    Args:
        path: of the file.
        limits: of the bands.
    """

    def __init__(self, path: Path, limits: Thresholds | None = None) -> None:
        self.file = DirectoryFile(path)
        self.limits = limits or Thresholds()
        self._population = DirectoryPopulation(self.file)
        self.about = About(
            name=path.stem,
            title=Text(f"local directory {path.name}", f"lokales Verzeichnis {path.name}"),
            licence=", ".join(dict.fromkeys(self.file.sources()["licence"].drop_nulls())),
            asked_with=ASKED_WITH,
            is_online=False,
            costs=Text("nothing", "nichts"),
            tried_live=True,
            batch_size=AT_ONCE,
            identity=self.file.meta["fingerprint"],
        )

    def plan(self, wanted: Wanted) -> LookupPlan:
        """One look-up each."""
        return LookupPlan(wanted.n)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def look_up(self, wanted: Wanted) -> Matches:
        """The companies that are meant; see ``Directory``."""
        found = self.candidates(wanted)
        shown = found.filter(pl.col("band").is_not_null())
        return self._matches(wanted, shown)

    def best(self, wanted: Wanted, n: int) -> Matches:
        """As ``look_up``, but the n likeliest of each question, however unlikely (``band`` is then null)."""
        return self._matches(wanted, self.candidates(wanted).group_by("a", maintain_order=True).head(n))

    def candidates(self, wanted: Wanted) -> pl.DataFrame:
        """All that was compared, as of ``graded``, with the ``face`` each was found by."""
        pieces = [
            self._candidates(Wanted(wanted.values.slice(at, AT_ONCE), wanted.cells.slice(at, AT_ONCE)), at)
            for at in range(0, max(wanted.n, 1), AT_ONCE)
        ]
        return pl.concat(pieces, how="diagonal")

    def _candidates(self, wanted: Wanted, offset: int) -> pl.DataFrame:
        seen = as_companies(subjects(wanted.cells, COMPANY))
        hits = self._ranked(self.file.postings(index_keys(seen)))
        faces = self.file.faces(hits["face"])
        pairs = hits.join(faces.select("face", "entry").with_row_index("b"), on="face").select("a", "b", "entry")
        found = graded(wanted.cells, cells_of_faces(faces, self.file.keyed), pairs, self._population, self.limits)
        return found.with_columns(
            a=pl.col("a") + offset,
            face=faces["face"].gather(found["b"]),
            kind=faces["kind"].gather(found["b"]),
            name=faces["name"].gather(found["b"]),
        )

    def _ranked(self, hits: pl.DataFrame) -> pl.DataFrame:
        """The faces that share the rarest keys with each question: ``a``, ``face``."""
        rare = math.log2(max(self.file.n_companies, 2)) - pl.len().over("row", "key").cast(pl.Float64).log(2)
        is_spelling = pl.col("key") < 0
        return (
            hits.with_columns(weight=rare)
            .with_columns(
                spelling=pl.when(is_spelling).then("weight").otherwise(0.0),
                weight=pl.when(is_spelling).then(0.0).otherwise("weight"),
            )
            .group_by("row", "face")
            .agg(pl.col("weight").sum(), pl.col("spelling").max())
            # A name that is found by its words as well has not agreed twice.
            .with_columns(weight=pl.max_horizontal("weight", "spelling"))
            .sort("row", "weight", "face", descending=[False, True, False])
            .group_by("row", maintain_order=True)
            .head(_FACES)
            .filter(pl.col("weight") >= _LEAST * pl.col("weight").max().over("row"))
            .select(a=pl.col("row").cast(pl.UInt32), face=pl.col("face").cast(pl.UInt32))
            .sort("a", "face")
        )

    def _matches(self, wanted: Wanted, shown: pl.DataFrame) -> Matches:
        companies = self.file.companies(shown["entry"])
        facts = shown.select("entry").join(companies, on="entry", how="left", maintain_order="left")
        retrieved = self.file.meta["as_of"]
        found = shown.select(
            number=wanted.values["number"].gather(shown["a"]),
            source_id=facts["source_id"],
            probability="probability",
            # Nobody lists it any more: what is known of it may be long gone as well.
            band=pl.when((pl.col("band") == AUTO) & facts["gone_since"].is_not_null())
            .then(pl.lit(REVIEW))
            .otherwise("band"),
            relation="relation",
            grade="grade",
            found_by="found_by",
            former_name=pl.when((pl.col("kind") == FORMER) & (pl.col("name") != facts["company_name"])).then("name"),
            status=facts["status"],
            successor_id=facts["successor_id"],
            successor_name=facts["successor_name"],
            last_changed=facts["last_changed"],
            last_checked=facts["last_checked"],
            retrieved_at=pl.lit(retrieved),
            lists=facts["sources"],
        ).cast(pl.Schema(MATCHES_SCHEMA))
        return Matches(
            found=found,
            companies=companies.select("source_id", *self.file.fields),
            unknown=pl.DataFrame(schema=UNKNOWN_SCHEMA),
            confirmed=pl.DataFrame(schema=CONFIRMED_SCHEMA),
        )
