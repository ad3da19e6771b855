"""Several exports as one: their records below each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.evidence import Cells

Columns = Mapping[str, tuple[pl.Series, ...]]


def below_each_other(sources: Sequence[Cells]) -> Cells:
    """The cells of all sources, the first one's records first.

    A field that stands in more columns of one source than of another is empty there.
    """
    if len(sources) == 1:
        return sources[0]
    n_rows = [source.n_rows for source in sources]
    return Cells(
        n_rows=sum(n_rows),
        keys=_stacked([source.keys for source in sources], n_rows, None, pl.String),
        valid=_stacked([source.valid for source in sources], n_rows, False, pl.Boolean),
        canonical=_stacked([source.canonical for source in sources], n_rows, None, pl.String),
    )


def _stacked(
    sources: Sequence[Columns], n_rows: Sequence[int], empty: bool | None, kind: type[pl.DataType]
) -> dict[str, tuple[pl.Series, ...]]:
    fields = dict.fromkeys(field for source in sources for field in source)
    return {
        field: tuple(
            pl.concat(
                source[field][at].cast(kind)
                if at < len(source.get(field, ()))
                else pl.repeat(empty, n, dtype=kind, eager=True)
                for source, n in zip(sources, n_rows, strict=True)
            )
            for at in range(max(len(source.get(field, ())) for source in sources))
        )
        for field in fields
    }
