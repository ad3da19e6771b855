"""Between the faces of a directory and the cells that matching compares."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.evidence import Cells


def cells_of_faces(faces: pl.DataFrame, keyed: Sequence[str]) -> Cells:
    """The comparison keys of faces: what is known is understood, so all of it may contradict."""
    kept = [name for name in keyed if faces[name].null_count() < faces.height]
    keys = {name: (faces[name],) for name in kept}
    names = {"company_name": (faces["name"],)}
    return Cells(
        n_rows=faces.height,
        keys=keys,
        valid={name: (faces[name].is_not_null(),) for name in kept},
        canonical={**keys, **(names if "company_name" in kept else {})},
    )
