"""Columns of any type as text, and text back as the type it came from."""

from __future__ import annotations

import base64
import io

import polars as pl

_FRACTION = r"\.0+$"
_WRAP = "v"


def as_text(column: pl.Series) -> pl.Series:
    """The column as ``String``; null stays null.

    Whole floats lose their ``.0``, moments are ISO 8601, durations their number of time units, bytes hexadecimal,
    lists and structs JSON.
    """
    dtype = column.dtype
    if dtype.is_nested():
        wrapped = pl.DataFrame({_WRAP: column}).select(pl.struct(_WRAP).struct.json_encode().alias(_WRAP))[_WRAP]
        text = wrapped.str.slice(len('{"v":')).str.head(-1)
        return text.to_frame(_WRAP).select(pl.when(column.is_not_null()).then(pl.col(_WRAP)))[_WRAP].alias(column.name)
    if isinstance(dtype, pl.Binary):
        return column.bin.encode("hex")
    if isinstance(dtype, pl.Duration):
        return column.to_physical().cast(pl.String)
    if isinstance(dtype, pl.Datetime):
        text = column.dt.to_string("iso:strict")
        return text.str.replace(r"\.0+([+-]|$)", "${1}")
    if isinstance(dtype, (pl.Date, pl.Time)):
        return column.dt.to_string("iso:strict").str.replace(_FRACTION, "")
    text = column.cast(pl.String)
    return text.str.replace(_FRACTION, "") if dtype.is_float() else text


def as_typed(text: pl.Series, dtype: pl.DataType) -> pl.Series | None:
    """The column as ``dtype``, or ``None`` when a text is none of that type or would not come back as it stands."""
    try:
        typed = _parsed(text, dtype)
    except pl.exceptions.PolarsError:
        return None
    if typed.null_count() != text.null_count() or not as_text(typed).equals(text, null_equal=True):
        return None
    return typed


def _parsed(text: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype.is_nested():
        parts = pl.lit('{"v":'), pl.col(_WRAP), pl.lit("}")
        wrapped = text.to_frame(_WRAP).select(pl.concat_str(parts).alias(_WRAP))[_WRAP]
        struct = wrapped.str.json_decode(pl.Struct({_WRAP: dtype}))
        return struct.struct.field(_WRAP).alias(text.name)
    if isinstance(dtype, pl.Boolean):
        known = pl.DataFrame({_WRAP: text})
        return known.select(
            pl.col(_WRAP).replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
        )[_WRAP].alias(text.name)
    if isinstance(dtype, pl.Binary):
        return text.str.decode("hex", strict=False)
    if isinstance(dtype, pl.Duration):
        return text.cast(pl.Int64, strict=False).cast(dtype)
    if isinstance(dtype, pl.Date):
        return text.str.to_date("%Y-%m-%d", strict=False)
    if isinstance(dtype, pl.Time):
        return text.str.to_time("%H:%M:%S%.f", strict=False)
    if isinstance(dtype, pl.Datetime):
        form = "%Y-%m-%dT%H:%M:%S%.f" + ("%:z" if dtype.time_zone else "")
        moment = text.str.to_datetime(form, time_unit=dtype.time_unit, strict=False)
        return moment.dt.convert_time_zone(dtype.time_zone) if dtype.time_zone else moment
    return text.cast(dtype, strict=False)


def schema_text(frame: pl.DataFrame) -> str:
    """Names and types as text that ``schema_of`` reads back."""
    buffer = io.BytesIO()
    frame.clear().write_ipc(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def schema_of(text: str) -> pl.Schema:
    """The schema kept by ``schema_text``."""
    return pl.read_ipc(io.BytesIO(base64.b64decode(text))).schema
