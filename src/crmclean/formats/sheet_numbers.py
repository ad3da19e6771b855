"""Numeric cells of an .xlsx as text by their style, each distinct number once, cell by cell or in whole columns."""

from __future__ import annotations

import math

import polars as pl

from crmclean.formats.number_formats import GENERAL, number_of, shape_of
from crmclean.formats.serial_dates import shown_serials
from crmclean.formats.sheet_grid import Grid, SheetError
from crmclean.formats.xml_texts import UnusualError, assigned

_KEPT = 100_000  # distinct numbers of one style that are remembered
# Numbers that a format without mask, date or exponent shows as they are stored: no more digits than a double holds.
_PLAIN = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
_PLAIN_LENGTH = 15

Shown = tuple[str, int, str | None]  # text, kind, code of a finding


class NumberCells:
    """Shows numbers of one sheet.

    Args:
        grid: whose kinds and findings are used.
        styles: number format code of each cell style.
        date1904: whether day 0 is 1904-01-01.
    """

    def __init__(self, grid: Grid, styles: list[str], *, date1904: bool) -> None:
        self._grid = grid
        self._styles = styles
        self._date1904 = date1904
        self._known: dict[str, dict[str, Shown]] = {}

    def show(self, text: str, style: str) -> Shown:
        """One number as stored."""
        known = self._known.setdefault(style, {})
        result = known.get(text)
        if result is None:
            result = self._grid.number(_value(text), self.code(style), date1904=self._date1904)
            if len(known) < _KEPT:
                known[text] = result
        return result

    def add(self, row: int, column: int, text: str, style: str) -> None:
        """Put one cell as stored into the grid."""
        shown, kind, code = self.show(text, style)
        self._grid.add(row, column, shown, kind)
        if code is not None:
            self._grid.flag(code, row, column)

    def add_date(self, row: int, column: int, text: str, style: str) -> None:
        """A cell of type ``d``, ISO 8601 already. Kept as it stands where a serial number can't give it back."""
        value = text.removesuffix("Z").removesuffix("T00:00:00").removesuffix("T00:00:00.000")
        code = self.code(style)
        if number_of(value, code, date1904=self._date1904) is None:
            code = "yyyy-mm-dd" if "T" not in value else "yyyy-mm-dd hh:mm:ss"
        is_back = number_of(value, code, date1904=self._date1904) is not None
        self._grid.add(row, column, value if is_back else text, self._grid.kind("number", code) if is_back else 0)

    def code(self, style: str) -> str:
        """Number format code of a style, by its number as written."""
        number = whole(style)
        return self._styles[number] if number < len(self._styles) else GENERAL

    def columns(self, raw: pl.Series, styles: pl.Series, names: list[str]) -> dict[str, pl.Series]:
        """Numbers as stored, all at once.

        Args:
            raw: String, no nulls.
            styles: index into ``names``, same length.
            names: styles as written.

        Returns:
            ``text`` String, ``kind`` UInt16, ``code`` String (null = nothing to say), in the same order.

        Raises:
            UnusualError: a number is none.
        """
        used = set(styles.unique())
        codes = [self.code(name) if index in used else GENERAL for index, name in enumerate(names)]
        kinds = [self._grid.kind("number", code) if index in used else 0 for index, code in enumerate(codes)]
        plain = raw.str.contains(_PLAIN) & (raw.str.len_bytes() <= _PLAIN_LENGTH)
        plain &= pl.Series([shape_of(code) == "general" for code in codes]).gather(styles)
        shown = {
            "text": raw,
            "kind": pl.Series(kinds, dtype=pl.UInt16).gather(styles),
            "code": pl.Series([None], dtype=pl.String).new_from_index(0, len(raw)),
        }
        shapes = [shape_of(code) for code in codes]
        if "date" in shapes or "datetime" in shapes:
            dates = shown_serials(raw, pl.Series(shapes).gather(styles), date1904=self._date1904)
            is_date = dates.is_not_null()
            shown["text"] = dates.zip_with(is_date, raw)
            plain |= is_date
        if not plain.all():
            rest = self._others(pl.DataFrame({"raw": raw, "style": styles}).filter(~plain), names)
            shown = {key: assigned(column, ~plain, rest[key]) for key, column in shown.items()}
        return shown

    def _others(self, numbers: pl.DataFrame, names: list[str]) -> pl.DataFrame:
        distinct = numbers.unique(maintain_order=True)
        try:
            shown = [self.show(raw, names[style]) for raw, style in distinct.iter_rows()]
        except SheetError:
            raise UnusualError from None
        schema = {"text": pl.String, "kind": pl.UInt16, "code": pl.String}
        answers = pl.DataFrame(shown, schema=schema, orient="row").hstack(distinct)
        return numbers.join(answers, on=["raw", "style"], how="left", maintain_order="left")


def _value(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:  # float() takes "1_0"
        raise SheetError("format-error", "a number is none", "eine Zahl ist keine")
    return value


def whole(text: str) -> int:
    """A count or place in the structure of a sheet.

    Raises:
        SheetError: it is no plain number.
    """
    if not text.isascii() or not text.strip().isdigit() or len(text) > 12:
        raise SheetError("format-error", "a number in its structure is none", "eine Zahl in ihrem Aufbau ist keine")
    return int(text)
