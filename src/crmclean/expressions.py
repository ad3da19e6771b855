"""Whole columns judged through a field type, and the same as polars expressions.

Everything a stage or a user does with a field type goes through ``judge``: blanks, empty cells and placeholders are
told apart first, an accelerator takes what it can, and the rest is parsed once per distinct value.
"""

from __future__ import annotations

import re
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
from crmclean.row_places import distinct, places, spread
from crmclean.table import Verdict

JUDGED: Mapping[str, Any] = {
    "canonical": pl.String,  # null: empty, placeholder or not understood
    "written": pl.String,  # what a safe repair writes; null: the cell stays
    "code": pl.String,  # reason without the field's name; null: nothing to say
    "suggestion": pl.String,  # unsafe proposal; null: none
    "verdict": pl.UInt8,  # see Verdict
}
_SAID = {name: kind for name, kind in JUDGED.items() if name != "verdict"}  # what a field or an accelerator says
TOO_LONG = "value-too-long"
# Below this many rows nothing is worth saving; above it, distinct values are judged once where at most two in five
# filled cells hold a new one. Measured: finding and spreading the distinct ones costs what the fastest accelerators do.
REPEATS_FROM, REPEATS_BELOW = 1000, 0.4
SAMPLE = 20_000  # rows that may tell already that values repeat
ROWS_AT_ONCE = 500_000  # judged in one piece: bounds what the accelerators need for themselves


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
        return _judge_rows(frame, task)
    first, place = distinct(frame)
    return spread(_judge_rows(frame.select(pl.all().gather(first)), task), place)


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
    n_filled = (values != "").arg_true().len()
    if len(values) <= REPEATS_FROM or not n_filled:
        return False
    # Fewer rows hold a larger share of distinct values: if a sample repeats enough, the column does.
    sample = values.gather_every(max(1, len(values) // SAMPLE))
    sample = sample.filter(sample != "")
    if sample.n_unique() < REPEATS_BELOW * len(sample):
        return True
    n_distinct: int = values.to_frame().select(pl.first().approx_n_unique()).item()
    return n_distinct < REPEATS_BELOW * n_filled


def _judge_rows(frame: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """Judge every row of ``raw`` and the hints; as many rows in the same order, schema ``JUDGED``."""
    rows = frame.with_columns(value=pl.col("raw").str.strip_chars())
    size = rows["value"].str.len_bytes()
    is_empty = (size == 0).fill_null(value=True)
    is_placeholder = rows.select(_is_placeholder(task.field)).to_series()
    is_long = (size > MAX_VALUE_CHARS).fill_null(value=False) & ~is_placeholder
    is_plain = ~(is_empty | is_placeholder | is_long)
    if is_plain.all():
        return _judge_plain(rows, task)
    known = [_judge_plain(rows.filter(is_plain), task)]
    place = places(is_plain)
    for where, verdict, code, suggestion in (
        (is_empty, Verdict.EMPTY, None, None),
        (is_placeholder, Verdict.PLACEHOLDER, "placeholder-value", ""),
        (is_long, Verdict.DOUBTFUL, TOO_LONG, None),
    ):
        if where.any():
            # One row says the same of all of them.
            place = place.set(where, sum(part.height for part in known))
            said = (None, None, code, suggestion, int(verdict))
            known.append(pl.DataFrame([said], schema=dict(JUDGED), orient="row"))
    return spread(pl.concat(known), place)


def _is_placeholder(field: FieldType) -> pl.Expr:
    """Whether ``value`` means "nothing". A pattern passes over nearly all values: that is what keeps this cheap."""
    words = sorted(PLACEHOLDERS | field.placeholders)
    longest = max(len(word.encode()) for word in words)
    value = pl.col("value")
    short = pl.when(value.str.len_bytes() <= longest).then(value)
    # Takes a little more than equal lower-case forms do.
    likely = pl.when(short.str.contains(f"^(?i:{'|'.join(map(re.escape, words))})$")).then(value)
    found = likely.str.to_lowercase().is_in(words) & ~likely.is_in(sorted(field.not_placeholders))
    return found.fill_null(value=False)


def _judge_plain(rows: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """Judge rows with something in ``value``, a limited number at once; schema ``JUDGED``, in the same order."""
    nothing = pl.lit(None, pl.String)
    if task.field.plain:
        verdict = pl.lit(int(Verdict.UNJUDGED), pl.UInt8)
        return rows.select(canonical="value", written=nothing, code=nothing, suggestion=nothing, verdict=verdict)
    judge_values = _accelerated if task.field.name in ACCELERATORS else _parsed_once
    said = [judge_values(piece, task) for piece in rows.iter_slices(ROWS_AT_ONCE)]
    judged = pl.concat(said) if said else pl.DataFrame(schema=_SAID)
    errors, warnings = (
        [code.name for code in task.field.codes if code.severity is severity]
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    code, written = pl.col("code"), pl.col("written")
    verdict = (
        pl.when(code.is_in(errors))
        .then(int(Verdict.INVALID))
        .when(code.is_in(warnings))
        .then(int(Verdict.DOUBTFUL))
        .otherwise(int(Verdict.VALID))
    )
    # Forms that change nothing are dropped.
    changed = pl.when(written != pl.col("raw")).then(written)
    return judged.with_columns(rows["raw"]).select(
        "canonical", changed.alias("written"), "code", "suggestion", verdict.cast(pl.UInt8).alias("verdict")
    )


def _accelerated(rows: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """What the field's accelerator says, and of what it leaves what the field's ``parse`` says; schema ``_SAID``."""
    told = {"habit": pl.lit(task.habit), "as_of": pl.lit(task.as_of.isoformat() if task.as_of else None, pl.String)}
    fast = ACCELERATORS[task.field.name].run(rows.select("value", *task.wanted, **told), task.style)
    handled = fast["handled"]
    said: pl.DataFrame = fast.select(_SAID.keys())
    if handled.all():
        return said
    parsed = _parsed_once(rows.filter(~handled), task)
    place = pl.arange(0, rows.height, eager=True, dtype=pl.UInt32)
    place = place.scatter((~handled).arg_true(), place.head(parsed.height) + rows.height)
    return spread(pl.concat([said, parsed]), place)


def _parsed_once(rows: pl.DataFrame, task: _Task) -> pl.DataFrame:
    """What the field's ``parse`` says, asked once for each distinct value and its hints; schema ``_SAID``."""
    asked = rows.select("value", *task.wanted)
    first, place = distinct(asked)
    known = _parse_all(asked.select(pl.all().gather(first)).iter_rows(), task)
    return spread(pl.DataFrame(list(known), schema=_SAID, orient="row"), place)


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
    sample = values.drop_nulls().head(HABIT_SAMPLE * 10).str.strip_chars().unique(maintain_order=True)
    return field.habit(sample.filter(sample != "").head(HABIT_SAMPLE).to_list())
