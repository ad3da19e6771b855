"""What the values of a finding look like, masked."""

from __future__ import annotations

import polars as pl

from crmclean.core.groups import CodeExamples
from crmclean.core.masking import HIDDEN, masked

_LOOKED_AT = 200  # values of a code; what is masked alike among them is shown once
_SHOWN = 3


def measure_examples(findings: pl.DataFrame) -> tuple[CodeExamples, ...]:
    """Up to three for each error and warning, in the order the codes stand in the findings."""
    grave = findings.filter(pl.col("severity").cast(pl.String) != "info", pl.col("value").is_not_null())
    by_code = grave.group_by(pl.col("code").cast(pl.String), maintain_order=True).agg(
        field=pl.col("field").cast(pl.String).first(), values=pl.col("value").head(_LOOKED_AT)
    )
    found = []
    for code, field, values in by_code.iter_rows():
        shapes = dict.fromkeys(masked(value, field) for value in values)
        shown = [shape for shape in shapes if shape and shape != HIDDEN][:_SHOWN]
        found += [CodeExamples(code, tuple(shown))] if shown else []
    return tuple(found)
