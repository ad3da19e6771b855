"""The page of one question: title, notes, as many fields as fit, reasons, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text as Line

from crmclean.cli import review_screen
from crmclean.cli import review_words as words
from crmclean.cli.console import manner
from crmclean.cli.review_screen import Screen
from crmclean.core.counting import number
from crmclean.core.language import Text
from crmclean.core.text import visible
from crmclean.formats.state import Decision
from crmclean.review import differences
from crmclean.review.differences import Likeness
from crmclean.review.questions import Question, Side

ASKED = ("same", "different", "unsure", "skip", "back", "comment", "help", "quit")


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it is to be shown.

    Attributes:
        question: the pair.
        lines: its fields.
        at: its number among those asked, from 1.
        n: how many are asked.
        files: names of the inputs, where there are several.
        comment: typed for its answer.
        told: what came of the key before.
        is_approval: whether an answer of somebody else is to be approved.
        is_blind: whether what matching thinks is not to be seen.
    """

    question: Question
    lines: Sequence[differences.Line]
    at: int
    n: int
    files: Sequence[str] = ()
    comment: str = ""
    told: str = ""
    is_approval: bool = False
    is_blind: bool = False


def page(screen: Screen, shown: Shown, first: int) -> tuple[list[Line], int]:
    """The lines of a page.

    Args:
        screen: where it is shown.
        shown: the question.
        first: the first field of the page, 0-based.

    Returns:
        The lines, and the first field of the next page; 0 when this was the last one.
    """
    fields = [line for line in shown.lines if line.field != "record_id"]  # it stands above them
    question, language = shown.question, manner.language
    place = f"{number(shown.at, language)} {words.OF.said(language)} {number(shown.n, language)}"
    top = [_title(screen, shown, place), *_notes(screen, shown), screen.rule()]
    top += screen.heads(_head(question.left, shown.files), _head(question.right, shown.files), fields)
    bottom = [screen.rule()]
    if not shown.is_blind:
        bottom += review_screen.reasons(screen, question.reasons)
    if shown.comment:
        bottom += screen.wrapped(Line(f"{words.COMMENT.said(language)}: {visible(shown.comment)}"))
    names = ("approve", *ASKED) if shown.is_approval else ASKED
    rows = screen.fields(fields)
    room = screen.height - len(top) - len(bottom) - len(review_screen.keys(screen, names)) - 1
    if screen.is_plain or (first == 0 and sum(map(len, rows)) <= room):
        shown_rows, after = rows, 0
    else:
        names = (*names, "more")
        rows = screen.fields(sorted(fields, key=_telling))
        room = screen.height - len(top) - len(bottom) - len(review_screen.keys(screen, names)) - 2
        shown_rows, after = _fitting(rows, first, max(room, 3))
        said = words.FIELDS.format(first=first + 1, last=first + len(shown_rows), n=len(rows)).said(language)
        bottom.insert(0, Line(f"  {said}", "dim"))
    return [*top, *(line for row in shown_rows for line in row), *bottom, *review_screen.keys(screen, names)], after


def keys_of(shown: Shown) -> tuple[str, ...]:
    """The names of the keys that mean something on its page."""
    return (*(("approve", *ASKED) if shown.is_approval else ASKED), "more")


def _fitting(rows: list[list[Line]], first: int, room: int) -> tuple[list[list[Line]], int]:
    """As many fields as fit, one at least, and where the next page begins."""
    last, used = first, 0
    while last < len(rows) and (last == first or used + len(rows[last]) <= room):
        used += len(rows[last])
        last += 1
    return rows[first:last], last if last < len(rows) else 0


def _telling(line: differences.Line) -> int:
    """Where not all fields fit: what differs first, last what is the same and was not compared."""
    return 0 if line.likeness is not Likeness.SAME else 1 if line.field else 2


def _title(screen: Screen, shown: Shown, place: str) -> Line:
    facts = review_screen.title(shown.question, place, is_blind=shown.is_blind).split("\0")
    line = Line(screen.bullet().join(visible(fact) for fact in facts), "bold")
    if shown.told:
        line = Line.assemble(line, "  ", (visible(shown.told), "green"))
    line.truncate(screen.width)
    return line


def _notes(screen: Screen, shown: Shown) -> list[Line]:
    question, language = shown.question, manner.language
    notes = []
    if question.is_kept_apart and not shown.is_blind:
        notes.append(words.KEPT_APART)
    if question.earlier:
        template = words.TO_APPROVE if shown.is_approval else words.CHANGED if question.is_changed else words.BEFORE
        notes.append(_about(template, question.earlier))
        if question.earlier.comment:
            told = visible(question.earlier.comment)
            notes.append(Text(f"{words.COMMENT.en}: {told}", f"{words.COMMENT.de}: {told}"))
    return [line for note in notes for line in screen.wrapped(Line(note.said(language), "yellow"))]


def _about(template: Text, earlier: Decision) -> Text:
    answer = words.SAID.get(earlier.answer, Text(earlier.answer, earlier.answer))
    who, day = visible(earlier.decided_by), earlier.decided_at[:10]
    return Text(
        template.en.format(answer=answer.en, who=who, day=day), template.de.format(answer=answer.de, who=who, day=day)
    )


def _head(side: Side, files: Sequence[str]) -> str:
    row = f"{words.ROW.said(manner.language)} {number(side.row, manner.language)}"
    named = f"{row} ({visible(side.record_id)})" if side.record_id else row
    return f"{visible(files[side.file])}: {named}" if len(files) > 1 else named
