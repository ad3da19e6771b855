"""A text as physical lines, without a Python object a line."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_WITH_END = r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+"


@dataclass(frozen=True, slots=True)
class Lines:
    r"""Physical lines; a line ends with CRLF, LF or CR wherever they stand, also inside quotes.

    Attributes:
        text: ``String``, without line end.
        ends: ``String`` of the same length: the line end of each; empty for a last line without one.
        usual: the most frequent line end (``\n`` where there is none at all).
        is_uniform: whether every line but the last ends with ``usual``.
        has_lone_cr: whether some line ends with CR alone.
        offsets: ``UInt64``, one longer than ``text``: byte at which each line starts in the UTF-8 text.
    """

    text: pl.Series
    ends: pl.Series
    usual: str
    is_uniform: bool
    has_lone_cr: bool
    offsets: pl.Series

    def __len__(self) -> int:
        return self.text.len()

    def raw(self, first: int, after: int) -> str:
        """The lines ``first`` up to but not ``after`` (0-based) as they stand, without the last line end."""
        texts, ends = self.text[first:after].to_list(), self.ends[first:after].to_list()
        return "".join(text + end for text, end in zip(texts, [*ends[:-1], ""], strict=True))

    def raw_with_end(self, first: int, after: int) -> str:
        """As ``raw``, with the last line end."""
        return self.raw(first, after) + str(self.ends[after - 1])


def split_lines(utf8: bytes) -> Lines:
    """Splits a valid UTF-8 text of less than 4 GiB into physical lines."""
    n_cr = utf8.count(b"\r")
    n_lf = utf8.count(b"\n") if n_cr else 0
    if n_cr in (0, n_lf):
        # Nearly every file: one kind of line end. polars splits these exactly, and takes one CR from each line.
        text = pl.read_lines(utf8)["line"]
        if not n_cr or not (utf8.endswith(b"\r") or text.str.contains("\r", literal=True).any()):
            return _uniform(text, "\r\n" if n_cr else "\n", has_last_end=utf8.endswith(b"\n"))
    return _mixed(utf8, n_lf, n_cr)


def _uniform(text: pl.Series, end: str, *, has_last_end: bool) -> Lines:
    """Lines that all end alike; the last one may have no end."""
    ends = _repeat(end, text.len())
    if not has_last_end and text.len():
        ends = ends.head(text.len() - 1).append(pl.Series([""], dtype=pl.String))
    return Lines(text.alias("text"), ends.alias("end"), end, True, False, _offsets(text, ends))


def _offsets(text: pl.Series, ends: pl.Series) -> pl.Series:
    sizes = text.str.len_bytes().cast(pl.UInt64) + ends.str.len_bytes().cast(pl.UInt64)
    return pl.Series([0], dtype=pl.UInt64).append(sizes.cum_sum())


def _mixed(utf8: bytes, n_lf: int, n_cr: int) -> Lines:
    """Lines with several kinds of line ends, or with CR alone."""
    n_crlf = utf8.count(b"\r\n")
    whole = pl.Series([utf8], dtype=pl.Binary).cast(pl.String)
    if n_cr > n_crlf:
        parts = whole.str.extract_all(_WITH_END).explode(empty_as_null=False)
        text = parts.str.replace(r"(?:\r\n|\n|\r)\z", "")
        ends = _ends_of(parts)
    else:
        parts = whole.str.split("\n").explode(empty_as_null=False)
        has_last_end = utf8.endswith(b"\n")
        if has_last_end:
            parts = parts.head(parts.len() - 1)
        text = parts.str.strip_suffix("\r")
        ends = _ends_of(parts + pl.Series(["\n"]))
        if not has_last_end and parts.len():
            # a last line "a\r" without "\n" can't be: that would be a lone CR
            ends = ends.head(parts.len() - 1).append(pl.Series([""], dtype=pl.String))
    counts = {"\r\n": n_crlf, "\n": n_lf - n_crlf, "\r": n_cr - n_crlf}
    usual = max(("\n", "\r\n", "\r"), key=lambda end: counts[end])
    kinds = sum(1 for n in counts.values() if n)
    return Lines(text.alias("text"), ends.alias("end"), usual, kinds <= 1, n_cr > n_crlf, _offsets(text, ends))


def _repeat(end: str, count: int) -> pl.Series:
    return pl.repeat(end, count, dtype=pl.String, eager=True)


def _ends_of(parts: pl.Series) -> pl.Series:
    """The line end each part is closed by."""
    frame = parts.alias("part").to_frame()
    ended = (
        pl.when(pl.col("part").str.ends_with("\r\n"))
        .then(pl.lit("\r\n"))
        .when(pl.col("part").str.ends_with("\n"))
        .then(pl.lit("\n"))
        .when(pl.col("part").str.ends_with("\r"))
        .then(pl.lit("\r"))
        .otherwise(pl.lit(""))
    )
    return frame.select(ended.alias("end")).to_series()
