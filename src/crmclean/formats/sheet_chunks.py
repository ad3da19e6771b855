"""Complete rows of a worksheet's XML into the grid at once, in whole columns.

What is not spelt as Excel and the usual exporters do makes the whole chunk an ``UnusualError``, before anything was
added, and ``SheetEvents`` reads it. Both give the same cells.
"""

from __future__ import annotations

import polars as pl

from crmclean.formats.sheet_cell_xml import CellCutter, CellParts
from crmclean.formats.sheet_grid import Grid, SheetError
from crmclean.formats.sheet_numbers import NumberCells
from crmclean.formats.sheet_positions import column_index
from crmclean.formats.xml_texts import UnusualError, assigned, compact, decoded, stripped_column, unescaped_column

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_TRUE, _FALSE = ("1", "true"), ("0", "false")


class ChunkCells:
    """Reads chunks of one sheet into its grid.

    Args:
        grid: where the cells go, and the texts they refer to.
        numbers: what shows numbers.
    """

    def __init__(self, grid: Grid, numbers: NumberCells) -> None:
        self._grid, self._numbers = grid, numbers
        self._cutter = CellCutter()
        self._columns: dict[str, int] = {}

    def add(self, chunk: bytes) -> bytes:
        """Add the cells of complete rows.

        Args:
            chunk: from a row's tag, or blanks before it, to the end of a row.

        Returns:
            The chunk without its cells: tags of rows, for a parser.

        Raises:
            UnusualError: nothing was added; a parser has to read the chunk.
            SheetError: cells out of order or outside of the sheet, or a limit is passed.
        """
        parts = self._cutter.cut(chunk)
        if parts.forms:
            row, column = self._places(parts.references)
            values = self._values(parts)
            cells = pl.DataFrame({"row": row, "column": column, **values})
            found = cells.filter(cells["code"].is_not_null())
            if not found.is_empty():
                self._grid.flag_block(found)
            is_cell = cells["text"].is_not_null()
            if "ref" in values:
                is_cell |= cells["ref"].is_not_null()
            self._grid.add_block((cells if is_cell.all() else cells.filter(is_cell)).drop("code"))
            is_error = pl.Series([form.type == "e" for form in parts.forms]).gather(parts.form)
            self._grid.n_formulas += int((parts.has_formula & ~is_error).sum())
        return parts.markup.encode()

    def _places(self, references: pl.Series) -> tuple[pl.Series, pl.Series]:
        """0-based rows and columns."""
        letters = references.str.strip_chars_end(_DIGITS)
        row = references.str.strip_chars_start(_LETTERS).cast(pl.UInt32, strict=False)
        distinct = letters.unique(maintain_order=True)
        try:
            columns = [self._column(text) for text in distinct]
        except SheetError:
            raise UnusualError from None
        if row.has_nulls() or (row == 0).any():
            raise UnusualError
        numbers = pl.Series(columns, dtype=pl.UInt16)
        return row - 1, letters.replace_strict(distinct, numbers, return_dtype=pl.UInt16)

    def _column(self, letters: str) -> int:
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index(letters)
        return column

    def _values(self, parts: CellParts) -> dict[str, pl.Series]:
        """``text``, ``kind``, ``code`` and, where there are shared texts, ``ref`` of each cell; no text, no cell."""
        n_cells = len(parts.raw)
        values = {
            "text": pl.Series([None], dtype=pl.String).new_from_index(0, n_cells),
            "kind": pl.zeros(n_cells, pl.UInt16, eager=True),
            "code": pl.Series([None], dtype=pl.String).new_from_index(0, n_cells),
        }
        types = list(dict.fromkeys(form.type for form in parts.forms))
        type_ = pl.Series([types.index(form.type) for form in parts.forms], dtype=pl.UInt8).gather(parts.form)
        has_value = parts.raw.is_not_null() & (parts.raw != "")
        for index, name in enumerate(types):
            mask = (type_ == index) & has_value
            if mask.any():
                if name == "s":
                    values["ref"] = pl.Series([None], dtype=pl.UInt32).new_from_index(0, n_cells)
                for key, column in self._typed(name, parts, mask).items():
                    values[key] = assigned(values[key], mask, column)
        is_text = pl.Series([name in {"str", "inlineStr"} for name in types]).gather(type_)
        if (is_text & ~has_value).any():
            values["text"] = assigned(values["text"], is_text & ~has_value, "")
        is_str = pl.Series([name == "str" for name in types]).gather(type_)
        unfilled = parts.has_formula & ~has_value & ~is_str
        if unfilled.any():
            values["text"] = assigned(values["text"], unfilled, "")
            values["kind"] = assigned(values["kind"], unfilled, self._grid.kind("unfilled"))
            values["code"] = assigned(values["code"], unfilled, "formula-without-value")
        return values

    def _typed(self, type_: str, parts: CellParts, mask: pl.Series) -> dict[str, pl.Series]:
        """What is to be set for the cells of one type that have a value."""
        raw = parts.raw.filter(mask)
        if type_ == "s":
            return {"ref": self._shared_index(raw)}
        if type_ == "n":
            return self._numbers.columns(compact(raw), parts.form.filter(mask), [form.style for form in parts.forms])
        if type_ == "b":
            is_true = raw.is_in(_TRUE)
            if not (is_true | raw.is_in(_FALSE)).all():
                raise UnusualError
            text = pl.Series(["FALSE", "TRUE"]).gather(is_true.cast(pl.UInt32))
            return {"text": text, "kind": _repeated(self._grid.kind("bool"), len(raw))}
        text = decoded(raw)
        if type_ == "e":
            code = pl.Series(["formula-error"]).new_from_index(0, len(raw))
            return {"text": text, "kind": _repeated(self._grid.kind("error"), len(raw)), "code": code}
        loose = parts.is_loose.filter(mask)
        if loose.any():
            text = assigned(text, loose, stripped_column(text.filter(loose)))
        return {"text": compact(unescaped_column(text))}

    def _shared_index(self, raw: pl.Series) -> pl.Series:
        index = raw.cast(pl.UInt32, strict=False)
        # The cast takes more spellings than the format has.
        odd = raw.str.starts_with("+") | (raw.str.starts_with("0") & (index != 0)) | (raw.str.starts_with("00"))
        if index.has_nulls() or odd.any() or (index >= len(self._grid.shared)).any():
            raise UnusualError
        return index


def _repeated(kind: int, times: int) -> pl.Series:
    return pl.Series([kind], dtype=pl.UInt16).new_from_index(0, times)
