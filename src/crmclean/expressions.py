"""Whole columns judged through a field type, and the same as polars expressions.

Everything a stage or a user does with a field type goes through ``judge``: blanks, empty cells and placeholders are
told apart first, an accelerator takes what it can, and the rest is parsed once per distinct value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from crmclean.core.codes import Severity
from crmclean.core.field import FieldType, Hints
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import ACCELERATORS
from crmclean.judgement import MAX_VALUE_CHARS, field_type
from crmclean.table import Verdict

JUDGED: Mapping[str, Any] = {
    "canonical": pl.String,  # null: empty, placeholder or not understood
    "written": pl.String,  # what a safe repair writes; null: the cell stays
    "code": pl.String,  # reason without the field's name; null: nothing to say
    "suggestion": pl.String,  # unsafe proposal; null: none
    "verdict": pl.UInt8,  # see Verdict
}
TOO_LONG = "value-too-long"
# Below this many rows nothing is worth saving; above it, distinct values are judged once where at most two in five
# filled cells hold a new one. Measured: finding and spreading the distinct ones costs what the fastest accelerators do.
REPEATS_FROM, REPEATS_BELOW = 1000, 0.4
ROWS_AT_ONCE = 500_000  # judged in one piece: bounds what the accelerators need for themselves
MOSTLY_FILLED = 0.75  # share of filled cells above which leaving out the empty ones saves nothing


def judge(
    values: pl.Series,
    field: FieldType,
    hints: Mapping[str, pl.Series],
    *,
    habit: str = "",
    style: str = "",
    as_of: date | None = None,
) -> pl.DataFrame:
    """Judge a column.

    Args:
        values: ``String``, any length n; null and empty are the same here.
        field: the field type.
        hints: for some or all of ``field.hints`` a ``String`` series of length n, null = unknown.
        habit: the column's habit, see ``FieldType.habit``.
        style: one of ``field.styles``; empty for the first.
        as_of: the day that counts as today.

    Returns:
        A frame of n rows with the schema ``JUDGED``.
    """
    wanted = [name for name in field.hints if name in hints]
    frame = pl.DataFrame([values.alias("raw"), *(hints[name].alias(name) for name in wanted)])
    task = _Task(field, wanted, habit, style or field.styles[0], as_of)
    if not _repeats(values):
        pieces = [_judge_rows(piece, task).select(JUDGED.keys()) for piece in frame.iter_slices(ROWS_AT_ONCE)]
        return pl.concat(pieces) if pieces else pl.DataFrame(schema=dict(JUDGED))
    is_filled = (values != "").fill_null(value=False)
    if is_filled.sum() > MOSTLY_FILLED * len(values):
        return _judged_once(frame, task)
    numbered = frame.with_row_index("at")
    judged = _judged_once(numbered.filter(is_filled).drop("at"), task)
    empty = _constant(numbered.filter(~is_filled), Verdict.EMPTY, None, suggestion=None)
    placed = judged.select(numbered["at"].filter(is_filled), *JUDGED.keys())
    return pl.concat([placed, empty]).sort("at").drop("at")


def _judged_once(frame: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """Judge each distinct row of ``raw`` and the hints once; schema ``JUDGED``, in the order of ``frame``."""
    wanted = task.wanted
    distinct = frame.unique(maintain_order=True)
    judged = pl.concat([distinct, _judge_rows(distinct, task)], how="horizontal")
    telling = [name for name in JUDGED if judged[name].null_count() < judged.height]
    spread = frame.join(
        judged.select("raw", *wanted, *telling),
        on=["raw", *wanted],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    silent = [pl.lit(None, JUDGED[name]).alias(name) for name in JUDGED if name not in telling]
    return spread.with_columns(silent).select(JUDGED.keys())


@dataclass(frozen=True, slots=True)
class _Task:
    """What a column is judged by."""

    field: FieldType
    wanted: list[str]
    habit: str
    style: str
    as_of: date | None


def _repeats(values: pl.Series) -> bool:
    """Whether values come back often enough that judging each once saves more than finding the distinct ones costs."""
    if len(values) <= REPEATS_FROM:
        return False
    n_distinct, n_filled = (
        values.to_frame().select(pl.first().approx_n_unique(), n_filled=(pl.first() != "").sum()).row(0)
    )
    return bool(n_distinct < REPEATS_BELOW * n_filled)


def _judge_rows(frame: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """Judge every row of ``raw`` and the hints; as many rows in the same order, schema ``JUDGED``."""
    field, wanted = task.field, task.wanted
    numbered = frame.with_columns(value=pl.col("raw").str.strip_chars()).with_row_index("at")
    is_filled = (numbered["value"] != "").fill_null(value=False)
    filled = numbered.drop("raw").filter(is_filled)
    placeholder = filled.select(_is_placeholder(field)).to_series()
    too_long = filled["value"].str.len_bytes() > MAX_VALUE_CHARS
    plain = filled.filter(~placeholder & ~too_long) if placeholder.any() or too_long.any() else filled
    parts = [
        _constant(numbered.filter(~is_filled), Verdict.EMPTY, None, suggestion=None),
        _constant(filled.filter(placeholder), Verdict.PLACEHOLDER, "placeholder-value", suggestion=""),
        _constant(filled.filter(too_long & ~placeholder), Verdict.DOUBTFUL, TOO_LONG, suggestion=None),
    ]
    rest = plain
    if field.plain:
        parts.append(_constant(plain, Verdict.UNJUDGED, None, suggestion=None).with_columns(canonical=plain["value"]))
        rest = plain.clear()
    elif field.name in ACCELERATORS and not plain.is_empty():
        told = {"habit": pl.lit(task.habit), "as_of": pl.lit(task.as_of.isoformat() if task.as_of else None, pl.String)}
        fast = ACCELERATORS[field.name].run(plain.select("value", *wanted, **told), task.style)
        handled = fast["handled"]
        parts.append(_with_verdicts(fast.with_columns(plain["at"]).filter(handled), field))
        rest = plain.filter(~handled)
    parts.append(_with_verdicts(_parsed_once(rest, task), field))
    return _spread(parts, frame["raw"])


def _is_placeholder(field: FieldType) -> pl.Expr:
    """Whether ``value`` means "nothing". Only short values are lowered: that is what keeps this cheap."""
    words = sorted(PLACEHOLDERS | field.placeholders)
    longest = max(len(word.encode()) for word in words)
    value = pl.col("value")
    short = pl.when(value.str.len_bytes() <= longest).then(value)
    found = short.str.to_lowercase().is_in(words) & ~short.is_in(sorted(field.not_placeholders))
    return found.fill_null(value=False).alias("placeholder")


def _constant(rows: pl.DataFrame, verdict: Verdict, code: str | None, suggestion: str | None) -> pl.DataFrame:
    """The same judgement for all these rows."""
    return rows.select(
        "at",
        canonical=pl.lit(None, pl.String),
        written=pl.lit(None, pl.String),
        code=pl.lit(code, pl.String),
        suggestion=pl.lit(suggestion, pl.String),
        verdict=pl.lit(int(verdict), pl.UInt8),
    )


def _parsed_once(rows: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """``rows`` with what the field's ``parse`` says, asked once for each distinct value and its hints."""
    keys = ["value", *task.wanted]
    distinct = rows.select(keys).unique(maintain_order=True)
    judged = pl.DataFrame(
        list(_parse_all(distinct.iter_rows(), task)),
        schema=dict.fromkeys(("canonical", "written", "code", "suggestion"), pl.String),
        orient="row",
    )
    known = pl.concat([distinct, judged], how="horizontal")
    if distinct.height == rows.height:
        return known.with_columns(rows["at"])
    return rows.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _parse_all(
    rows: Iterable[tuple[Any, ...]], task: _Task
) -> Iterable[tuple[str | None, str | None, str | None, str | None]]:
    """One judgement for each distinct value."""
    parse, write, style, keep = task.field.parse, task.field.write, task.style, task.style == "keep"
    for value, *others in rows:
        known = {name: other for name, other in zip(task.wanted, others, strict=True) if other}
        told = Hints(known, task.habit, task.as_of)
        parsed = parse(value, told)
        if parsed.value is None:
            yield None, None, parsed.code, parsed.suggestion
            continue
        form = value if keep else write(parsed.value, style, told)
        if parsed.lossless:
            yield parsed.value, form, parsed.code, parsed.suggestion
        else:
            proposal = parsed.suggestion if parsed.suggestion is not None else form
            yield parsed.value, None, parsed.code, proposal if proposal != value else None


def _with_verdicts(rows: pl.DataFrame, field: FieldType) -> pl.DataFrame:
    """Adds ``verdict`` from the severity of ``code``."""
    errors = [code.name for code in field.codes if code.severity is Severity.ERROR]
    warnings = [code.name for code in field.codes if code.severity is Severity.WARNING]
    verdict = (
        pl.when(pl.col("code").is_in(errors))
        .then(int(Verdict.INVALID))
        .when(pl.col("code").is_in(warnings))
        .then(int(Verdict.DOUBTFUL))
        .otherwise(int(Verdict.VALID))
    )
    return rows.select("at", "canonical", "written", "code", "suggestion", verdict=verdict.cast(pl.UInt8))


def _spread(parts: list[pl.DataFrame], raw: pl.Series) -> pl.DataFrame:
    """The judgements in row order; forms that change nothing are dropped."""
    judged = pl.concat([part for part in parts if part.height] or parts[:1])
    if not judged["at"].is_sorted():
        judged = judged.sort("at")
    return judged.with_columns(raw).select(
        "canonical",
        written=pl.when(pl.col("written") != pl.col(raw.name)).then(pl.col("written")),
        code=pl.col("code"),
        suggestion=pl.col("suggestion"),
        verdict=pl.col("verdict"),
    )


def clean(
    values: pl.Expr, field: str, *, style: str = "", as_of: date | None = None, **hints: pl.Expr | str
) -> pl.Expr:
    """Judge and normalise a column inside a polars query.

    Args:
        values: the column, ``String``.
        field: name of a field type (``crmclean list fields``).
        style: one of the field's written forms, empty for its default.
        as_of: the day that counts as today; without it no rule depends on today.
        **hints: what else is known of the record, by field name: a column of raw text, or one text for all rows
            (``country="DE"``). Columns are read by their own field type first (``Österreich`` becomes ``AT``).

    Returns:
        A struct of ``value`` (the cleaned text; the cell as it was where there is no safe repair), ``canonical``
        (machine form or null), ``code`` (``phone.no-country`` or null), ``valid`` (true, false, or null for unknown
        and empty) and ``suggestion`` (unsafe proposal or null).

    Raises:
        UsageError: for a field that does not exist.

    >>> import polars as pl
    >>> df = pl.DataFrame({"LEI": ["2138 00KU D8LA JWSQ 9D15", "213800KUD8LXJWSQ9D15"]})
    >>> df.select(clean(pl.col("LEI"), "lei").struct.field("value", "code")).rows()
    [('213800KUD8LAJWSQ9D15', None), ('213800KUD8LXJWSQ9D15', 'lei.checksum')]
    """
    kind = field_type(field)
    names = [field_type(name).name for name in hints]
    given = [hint if isinstance(hint, pl.Expr) else pl.lit(hint) for hint in hints.values()]
    beside = [hint.cast(pl.String).alias(f"hint: {name}") for name, hint in zip(names, given, strict=True)]

    def run(batch: pl.Series) -> pl.Series:
        raw, *others = batch.struct.unnest().get_columns()
        known = {name: judge(hint, field_type(name), {})["canonical"] for name, hint in zip(names, others, strict=True)}
        judged = judge(raw, kind, known, habit=habit_of(raw, kind), style=style, as_of=as_of)
        return _public(raw, judged, kind).to_struct(batch.name)

    return pl.struct(values.cast(pl.String), *beside).map_batches(run, return_dtype=pl.Struct(_PUBLIC))


_PUBLIC = {
    "value": pl.String,
    "canonical": pl.String,
    "code": pl.String,
    "valid": pl.Boolean,
    "suggestion": pl.String,
}


def _public(raw: pl.Series, judged: pl.DataFrame, field: FieldType) -> pl.DataFrame:
    """The columns a user of ``clean`` sees."""
    own = {code.name for code in field.codes}
    code = pl.col("code")
    kept = judged["canonical"].drop_nulls().unique(maintain_order=True)
    shown = pl.Series([field.shown(value) for value in kept], dtype=pl.String)
    return judged.with_columns(raw=raw).select(
        value=pl.coalesce("written", "raw"),
        canonical=pl.col("canonical").replace(kept, shown),
        code=pl.when(code.is_in(sorted(own))).then(pl.lit(f"{field.name}.") + code).otherwise(code),
        valid=pl.when(pl.col("verdict") == int(Verdict.VALID))
        .then(statement=True)
        .when(pl.col("verdict") == int(Verdict.INVALID))
        .then(statement=False),
        suggestion="suggestion",
    )


HABIT_SAMPLE = 10_000  # distinct values that vote; with fewer a rare contradiction goes unseen (2,000 missed 1 in 100)


def habit_of(values: pl.Series, field: FieldType) -> str:
    """The habit a column follows, from its first distinct values; empty where the field has none."""
    if field.habit is None:
        return ""
    sample = values.drop_nulls().str.strip_chars().head(HABIT_SAMPLE * 10).unique(maintain_order=True)
    return field.habit(sample.filter(sample != "").head(HABIT_SAMPLE).to_list())
