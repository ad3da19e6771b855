"""The XML of a chunk of worksheet rows cut into its cells, all in whole columns.

Every cell must be spelt in one of the forms known here, byte by byte; what stands between cells must be ``row`` tags.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import polars as pl

from crmclean.formats.safe_xml import Attributes, ignore, parse
from crmclean.formats.sheet_grid import SheetError
from crmclean.formats.xml_texts import UnusualError, assigned, split

_MAX_FORMS = 2_000  # distinct attributes of cells in one chunk
_TYPES = frozenset({"n", "s", "str", "inlineStr", "b", "e"})
_ROW_TAGS = r"^\s*(?:</?row(?:\s[^<>]*)?>\s*)*$"
_FORMULA = r'^<f(?: [A-Za-z:]+="[^"<&]*")*(?:/>|>(?:[^<&]|&(?:amp|lt|gt|quot|apos);)*</f>)'
_LATE_REFERENCE = r'^([a-z]+="[^"]*"(?: [a-z]+="[^"]*")*) r="([A-Z]+[0-9]+)"'
_VALUE = "<v>", "</v></c>"
_LOOSE = "<is><t>", "</t></is></c>"
_KEPT = '<is><t xml:space="preserve">', "</t></is></c>"
_EMPTY = ("</c>", "<v/></c>")


@dataclass(frozen=True, slots=True)
class Form:
    """The attributes of a cell besides its reference.

    Attributes:
        type: ``t``, one of ``n s str inlineStr b e``.
        style: ``s`` as written, ``0`` without one.
        is_blank: the element has no content.
    """

    type: str
    style: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class CellParts:
    """The cells of a chunk in its order; all columns are of one length.

    Attributes:
        references: ``B2`` as written.
        forms: what ``form`` counts.
        form: UInt16 index into ``forms``.
        raw: String, the value as written, entities and all; null = none.
        is_loose: blanks around the value don't count.
        has_formula: the value is computed.
        markup: what stands between the cells: tags of rows.
    """

    references: pl.Series
    forms: list[Form]
    form: pl.Series
    raw: pl.Series
    is_loose: pl.Series
    has_formula: pl.Series
    markup: str


class CellCutter:
    """Cuts chunks of one sheet; remembers the attributes it has seen."""

    def __init__(self) -> None:
        self._forms: dict[str, Form] = {}

    def cut(self, chunk: bytes) -> CellParts:
        """The cells of complete rows.

        Raises:
            UnusualError: not spelt as expected.
        """
        try:
            pieces = pl.Series([chunk], dtype=pl.Binary).cast(pl.String).str.split("<c ").explode()
        except pl.exceptions.PolarsError:  # no UTF-8
            raise UnusualError from None
        before, pieces = pieces.slice(0, 1), pieces.slice(1)
        if pieces.is_empty():
            nothing = pl.Series([], dtype=pl.Boolean)
            no_form = pl.Series([], dtype=pl.UInt16)
            return CellParts(pieces, [], no_form, pieces, nothing, nothing, _row_tags(before))
        head, body = split(pieces, ">", 2)
        before_reference, references, attributes = split(head, '"', 3)
        if (before_reference != "r=").any():
            before_reference, references, attributes = split(head.str.replace(_LATE_REFERENCE, 'r="$2" $1'), '"', 3)
        if (before_reference != "r=").any() or attributes.has_nulls() or body.has_nulls():
            raise UnusualError
        form, forms = self._numbered(attributes)
        is_blank = pl.Series([one.is_blank for one in forms], dtype=pl.Boolean).gather(form)
        is_inline = pl.Series([one.type == "inlineStr" for one in forms], dtype=pl.Boolean).gather(form)
        body, has_formula = _without_formulas(body)
        raw, between, is_loose = _values(body, is_blank, is_inline)
        markup = _row_tags(pl.concat([before, between.filter(between != "")]))
        return CellParts(references, forms, form, raw, is_loose, has_formula, markup)

    def _numbered(self, attributes: pl.Series) -> tuple[pl.Series, list[Form]]:
        distinct = attributes.unique(maintain_order=True)
        if len(distinct) > _MAX_FORMS:
            raise UnusualError
        if len(self._forms) > 10 * _MAX_FORMS:
            self._forms.clear()
        forms: list[Form] = []
        for text in distinct:
            form = self._forms.get(text)
            if form is None:
                form = self._forms[text] = _form_of(text)
            forms.append(form)
        numbers = pl.Series(range(len(forms)), dtype=pl.UInt16)
        if len(forms) == 1:
            return numbers.new_from_index(0, len(attributes)), forms
        return attributes.replace_strict(distinct, numbers, return_dtype=pl.UInt16), forms


def _form_of(attributes: str) -> Form:
    """Attributes as a parser reads them."""
    is_blank = attributes.endswith("/")
    found: list[Attributes] = []
    element = f'<c r="A1"{attributes}>' + ("" if is_blank else "</c>")
    try:
        parse(io.BytesIO(element.encode()), lambda _, own: found.append(own), ignore, ignore)
    except SheetError:
        raise UnusualError from None
    form = Form(found[0].get("t", "n"), found[0].get("s") or "0", is_blank)
    if form.type not in _TYPES:
        raise UnusualError
    return form


def _without_formulas(body: pl.Series) -> tuple[pl.Series, pl.Series]:
    has_formula = body.str.starts_with("<f")
    if not has_formula.any():
        return body, has_formula
    rest = body.filter(has_formula).str.replace(_FORMULA, "")
    if rest.str.starts_with("<f").any():
        raise UnusualError
    return assigned(body, has_formula, rest), has_formula


def _values(body: pl.Series, is_blank: pl.Series, is_inline: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Values, what follows the cells, and whether blanks around a value don't count."""
    raw = pl.Series([None], dtype=pl.String).new_from_index(0, len(body))
    between, left = body, ~is_blank
    is_loose = pl.zeros(len(body), pl.Boolean, eager=True)
    for (opening, closing), inline in ((_VALUE, False), (_LOOSE, True), (_KEPT, True)):
        mask = body.str.starts_with(opening) & left & (is_inline if inline else ~is_inline)
        if not mask.any():
            continue
        value, rest = split(body if mask.all() else body.filter(mask), closing, 2)
        if rest.has_nulls():
            raise UnusualError
        raw, between = assigned(raw, mask, value.str.strip_prefix(opening)), assigned(between, mask, rest)
        left &= ~mask
        if opening == _LOOSE[0]:
            is_loose = mask
    for empty in _EMPTY:
        mask = body.str.starts_with(empty) & left
        if mask.any():
            between = assigned(between, mask, body.filter(mask).str.strip_prefix(empty))
            left &= ~mask
    if left.any():
        raise UnusualError
    return raw, between, is_loose


def _row_tags(between: pl.Series) -> str:
    if not between.str.contains(_ROW_TAGS).all():
        raise UnusualError
    return "".join(between)
