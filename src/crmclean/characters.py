"""Characters that should not stand in a cell, whatever the cell holds: found by whole columns."""

from __future__ import annotations

import polars as pl

from crmclean.core.text import INVISIBLE

# Ordered: the first that fits names the finding. Rust regex syntax, linear time.
_KINDS: tuple[tuple[str, str], ...] = (
    # C0 but TAB, LF, CR; DEL; C1.
    ("control-character", r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f]"),
    # UTF-8 read as cp1252: "Ã¼", "â€“", "Â " and the replacement character.
    ("mojibake", r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00a0-\u00bf]|\ufffd"),
    ("invisible-character", f"[{INVISIBLE}]"),
    # A letter of another alphabet inside a word: Cyrillic "а" in "Mаier" looks the same and never matches.
    ("mixed-script", r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"),
    # What a spreadsheet would run: = or @ first, or + - before something that is no number.
    ("formula-cell", r"^[\s']*(?:[=＝@＠]|[+＋\-－][^\d\s(.,\-])"),
)
_ANY = "|".join(f"(?:{pattern})" for _, pattern in _KINDS)


def find_unusual(values: pl.Series) -> pl.DataFrame:
    """Cells with characters that should not be there.

    Args:
        values: ``String``, n rows; null and empty are never hits.

    Returns:
        ``row`` (UInt32, 1-based), ``value``, ``code`` and ``suggestion`` (what the cell would be without them, null
        where only a person can say), in row order; one finding a cell, the gravest.
    """
    frame = pl.DataFrame({"value": values}).with_row_index("row", offset=1)
    hits = frame.filter(pl.col("value").str.contains(_ANY)).with_columns(pl.col("row").cast(pl.UInt32))
    code = pl.coalesce(pl.when(pl.col("value").str.contains(pattern)).then(pl.lit(name)) for name, pattern in _KINDS)
    distinct = hits.select("value", code=code).unique(maintain_order=True)
    suggestions = [_suggestion(value, name) for value, name in distinct.iter_rows()]
    known = distinct.with_columns(pl.Series("suggestion", suggestions, dtype=pl.String))
    return hits.join(known, on="value", how="left", maintain_order="left")


def _suggestion(value: str, code: str) -> str | None:
    """The cell without the damage, or ``None`` where that would be a wild guess."""
    if code == "mojibake":
        try:
            return value.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return None
    return None
