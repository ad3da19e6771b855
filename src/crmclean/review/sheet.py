"""The review as a workbook: one row a pair, the answer chosen from a list, both records beside each other."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from crmclean.core.errors import OutputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.formats.state import DIFFERENT, SAME, UNSURE
from crmclean.review.differences import Likeness, Line, Slot
from crmclean.review.questions import Question

# Hidden columns, by names no export has: which pair, what both records said, and a check of the two.
PAIR, EVIDENCE, CHECK = "crmclean pair", "crmclean evidence", "crmclean check"
ANSWER, COMMENT = Text("Answer", "Antwort"), Text("Comment", "Kommentar")
ANSWERS = {SAME: Text("yes", "ja"), DIFFERENT: Text("no", "nein"), UNSURE: Text("unsure", "unsicher")}
SHEET = Text("Review", "Prüfung")
_TOLD = (Text("Probability", "Wahrscheinlichkeit"), Text("Relation", "Beziehung"), Text("Reasons", "Gründe"))
_EARLIER = (Text("First answer", "Erste Antwort"), Text("Answered by", "Beantwortet von"))
_ASK = Text("Do both mean the same?", "Meinen beide dasselbe?")
_REFUSED = Text("Choose yes, no or unsure, or leave it empty.", "ja, nein oder unsicher wählen, oder leer lassen.")
_FIXED_DAY = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - no output holds the wall clock
_MAX_CHARS, _MAX_ROWS, _MAX_COLUMNS = 32_767, 1_048_576, 16_384  # Excel specifications and limits
_WIDTHS = {"answer": 11, "comment": 26, "told": 12, "reasons": 50, "value": 24}
_N_HIDDEN = 3
_ALIKE_COLOUR, _DIFFERENT_COLOUR, _HEAD_COLOUR = "#FFF2CC", "#F8CBAD", "#D9E1F2"


def digest(*texts: str) -> str:
    """What hidden cells hold instead of a text: no id with odd characters has to survive a spreadsheet."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:20]


def pair_digest(question: Question) -> str:
    """By which a row finds its pair again."""
    return digest(question.key_a, question.key_b)


def review_sheet(
    questions: Sequence[Question],
    pairs: Sequence[Sequence[Line]],
    slots: Sequence[Slot],
    language: Language,
    *,
    is_blind: bool = False,
) -> bytes:
    """The workbook.

    Args:
        questions: n pairs, in the order of the rows.
        pairs: by pair the fields it says, of ``slots``.
        slots: the fields of all pairs; those no pair fills are left out.
        language: of headers and answers.
        is_blind: leave out what matching thinks of the pairs.

    Raises:
        OutputError: ``excel-limit``.
    """
    filled = {line.title for lines in pairs for line in lines}
    titles = list(dict.fromkeys(slot.title for slot in slots if slot.title in filled))
    has_earlier = any(question.earlier for question in questions)
    if len(questions) >= _MAX_ROWS or 2 * len(titles) + 10 > _MAX_COLUMNS:
        raise OutputError(message("excel-limit"), code="excel-limit", hint=FILE_CODES["excel-limit"].fix)
    sheet = _Sheet(language, titles, has_earlier=has_earlier)
    for question, lines in zip(questions, pairs, strict=True):
        sheet.row(replace(question, relation="", reasons="") if is_blind else question, lines, is_blind=is_blind)
    return sheet.close()


class _Sheet:
    """One workbook in the making."""

    def __init__(self, language: Language, titles: Sequence[str], *, has_earlier: bool) -> None:
        self._language = language
        self._titles = titles
        self._has_earlier = has_earlier
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True, "strings_to_urls": False})
        self._book.set_properties({"created": _FIXED_DAY})
        self._sheet = self._book.add_worksheet(SHEET.said(language))
        plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self._formats = {
            "head": self._book.add_format({"bold": True, "bg_color": _HEAD_COLOUR, "valign": "top", "text_wrap": True}),
            "open": self._book.add_format({**plain, "bg_color": "#E2EFDA"}),
            "number": self._book.add_format({"num_format": "0.0000", "valign": "top"}),
            Likeness.SAME: self._book.add_format(plain),
            Likeness.SPELLING: self._book.add_format({**plain, "bg_color": _ALIKE_COLOUR}),
            Likeness.DIFFERENT: self._book.add_format({**plain, "bg_color": _DIFFERENT_COLOUR, "bold": True}),
        }
        self._row = 0
        self._head()

    def _head(self) -> None:
        said = [text.said(self._language) for text in (ANSWER, COMMENT, *_TOLD)]
        said += [text.said(self._language) for text in _EARLIER] if self._has_earlier else []
        said += [visible(f"{title} {side}") for title in self._titles for side in (1, 2)]
        self._n_columns = _N_HIDDEN + len(said)
        for column, text in enumerate([PAIR, EVIDENCE, CHECK, *said]):
            self._text(column, text, "head")
        value = self._book.add_format({"num_format": "@"})
        self._sheet.set_column(0, _N_HIDDEN - 1, 0, value, {"hidden": True})
        widths = [_WIDTHS["answer"], _WIDTHS["comment"], _WIDTHS["told"], _WIDTHS["told"], _WIDTHS["reasons"]]
        for at in range(len(said)):
            width = widths[at] if at < len(widths) else _WIDTHS["value"]
            self._sheet.set_column(_N_HIDDEN + at, _N_HIDDEN + at, width)
        self._sheet.freeze_panes(1, _N_HIDDEN + 2)
        self._row = 1

    def row(self, question: Question, lines: Sequence[Line], *, is_blind: bool) -> None:
        """One pair."""
        pair, column = pair_digest(question), _N_HIDDEN + len(_TOLD) + 2
        for at, text in enumerate((pair, question.evidence, digest(pair, question.evidence))):
            self._text(at, text, Likeness.SAME)
        for at in (_N_HIDDEN, _N_HIDDEN + 1):
            self._sheet.write_blank(self._row, at, None, self._formats["open"])
        if not is_blind:
            self._sheet.write_number(self._row, _N_HIDDEN + 2, question.probability, self._formats["number"])
        self._text(_N_HIDDEN + 3, question.relation, Likeness.SAME)
        self._text(_N_HIDDEN + 4, question.reasons, Likeness.SAME)
        if self._has_earlier:
            told = question.earlier
            answer = ANSWERS[told.answer].said(self._language) if told and told.answer in ANSWERS else ""
            self._text(column, answer, Likeness.SAME)
            self._text(column + 1, told.decided_by if told else "", Likeness.SAME)
            column += 2
        said = {line.title: line for line in lines}
        for at, title in enumerate(self._titles):
            if line := said.get(title):
                alike = (Likeness.SAME, Likeness.SPELLING)
                form = line.likeness if line.likeness in alike else Likeness.DIFFERENT
                self._text(column + 2 * at, line.left, form)
                self._text(column + 2 * at + 1, line.right, form)
        self._row += 1

    def _text(self, column: int, text: str, form: str) -> None:
        """A text cell, whatever it begins with; what acts instead of showing stands as a code."""
        self._sheet.write_string(self._row, column, visible(text)[:_MAX_CHARS], self._formats[form])

    def close(self) -> bytes:
        """The finished workbook."""
        last = max(self._row - 1, 1)
        listed: dict[str, Any] = {
            "validate": "list",
            "source": [text.said(self._language) for text in ANSWERS.values()],
            "input_message": _ASK.said(self._language),
            "error_message": _REFUSED.said(self._language),
        }
        self._sheet.data_validation(1, _N_HIDDEN, last, _N_HIDDEN, listed)
        self._sheet.autofilter(0, 0, last, self._n_columns - 1)
        self._sheet.set_selection(f"{xl_col_to_name(_N_HIDDEN)}2")
        # Not protected: Excel would no longer sort. Hidden cells that somebody changes are found by their check.
        self._book.close()
        return self._buffer.getvalue()
