"""How a pair looks on the terminal: both records beside each other, a field a line, what differs coloured and marked.

Values never pass through rich's markup; signs that act instead of showing stand as codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text as Line

from crmclean.cli import review_words as words
from crmclean.cli.console import console, data, manner
from crmclean.core.language import Text
from crmclean.core.text import visible
from crmclean.formats.state import SAME, UNSURE
from crmclean.review import differences
from crmclean.review.differences import Likeness
from crmclean.review.questions import Question

_SIGNS = {
    Likeness.SAME: ("=", "dim"),
    Likeness.SPELLING: ("~", "cyan"),
    Likeness.DIFFERENT: ("≠", "bold yellow"),
    Likeness.LEFT: ("<", "magenta"),
    Likeness.RIGHT: (">", "magenta"),
}
_AGAINST = re.compile(r"(?:^|; )(?:against|dagegen): ")
_STACKED_BELOW = 46  # columns; narrower there is no room for two values beside each other
_GAP = "  "


class Screen:
    """The terminal, as wide and high as it is at the moment."""

    def __init__(self) -> None:
        self._console = console(stderr=False, soft_wrap=False)
        self.is_plain = self._console.is_dumb_terminal or not self._console.is_terminal
        encoding = self._console.encoding
        self._is_utf8 = encoding.lower().startswith("utf")

    @property
    def width(self) -> int:
        """In columns, at least 20."""
        return max(self._console.width, 20)

    @property
    def height(self) -> int:
        """In lines."""
        return max(self._console.height, 10)

    def enter(self) -> None:
        """Another page of the terminal, where it has one: what people read here stays out of its history."""
        if not self.is_plain:
            self._console.set_alt_screen(True)

    def leave(self) -> None:
        """The page before."""
        if not self.is_plain:
            self._console.set_alt_screen(False)

    def show(self, lines: Sequence[Line]) -> None:
        """A new page with these lines."""
        if not self.is_plain:
            self._console.clear()
        with self._console.capture() as caught:
            for line in lines:
                self._console.print(line, soft_wrap=True, end="\n")
        data(caught.get().rstrip("\n"))

    def wrapped(self, text: Line, width: int | None = None) -> list[Line]:
        """A text in lines that fit."""
        return list(text.wrap(self._console, width or self.width, overflow="fold")) or [Line()]

    def fields(self, lines: Sequence[differences.Line]) -> list[list[Line]]:
        """Each field as the lines it takes."""
        titles = [visible(line.title) for line in lines]
        longest = max((cell_len(title) for title in titles), default=0)
        title_width = min(longest, max(self.width // 4, 8))
        value_width = (self.width - title_width - 2 - 2 * len(_GAP)) // 2
        if self.width < _STACKED_BELOW:
            return [self._stacked(line, title) for line, title in zip(lines, titles, strict=True)]
        return [self._beside(line, title, title_width, value_width) for line, title in zip(lines, titles, strict=True)]

    def heads(self, left: str, right: str, lines: Sequence[differences.Line]) -> list[Line]:
        """What stands above the two columns of values."""
        if self.width < _STACKED_BELOW:
            return [*self.wrapped(Line(f"1: {left}", "bold")), *self.wrapped(Line(f"2: {right}", "bold"))]
        longest = max((cell_len(visible(line.title)) for line in lines), default=0)
        title_width = min(longest, max(self.width // 4, 8))
        value_width = (self.width - title_width - 2 - 2 * len(_GAP)) // 2
        cells = [
            [Line()],
            self.wrapped(Line(left, "bold"), value_width),
            self.wrapped(Line(right, "bold"), value_width),
        ]
        return _joined(Line("  "), cells, (title_width, value_width, value_width))

    def _beside(self, line: differences.Line, title: str, title_width: int, value_width: int) -> list[Line]:
        cells = [
            self.wrapped(Line(title, "bold" if line.field else ""), title_width),
            self.wrapped(_value(line.left, line.right, line.likeness), value_width),
            self.wrapped(_value(line.right, line.left, line.likeness), value_width),
        ]
        sign = self._sign(line.likeness)
        return _joined(Line.assemble(sign, " "), cells, (title_width, value_width, value_width))

    def _stacked(self, line: differences.Line, title: str) -> list[Line]:
        sign = self._sign(line.likeness)
        found = self.wrapped(Line.assemble(sign, " ", (title, "bold" if line.field else "")))
        if line.likeness is Likeness.SAME:
            return found + [Line("    ") + part for part in self.wrapped(Line(visible(line.left)), self.width - 4)]
        for number, (value, other) in enumerate(((line.left, line.right), (line.right, line.left)), 1):
            parts = self.wrapped(_value(value, other, line.likeness), self.width - 4)
            found += [Line("  ") + Line(f"{number} " if not at else "  ") + part for at, part in enumerate(parts)]
        return found

    def _sign(self, likeness: Likeness) -> Line:
        sign, style = _SIGNS[likeness]
        return Line(sign if self._is_utf8 or sign.isascii() else "!", style)

    def rule(self) -> Line:
        """A line across."""
        return Line(("─" if self._is_utf8 else "-") * self.width, "dim")

    def bullet(self) -> str:
        """What parts two facts in a line."""
        return " · " if self._is_utf8 else " | "


def _joined(first: Line, cells: Sequence[Sequence[Line]], widths: Sequence[int]) -> list[Line]:
    """Wrapped cells as lines, side by side."""
    lines = []
    for at in range(max(len(cell) for cell in cells)):
        line = first.copy() if not at else Line("  ")
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            part = cell[at].copy() if at < len(cell) else Line()
            part.rstrip()
            line += part
            if number < len(cells) - 1:
                line += Line(" " * (width - cell_len(part.plain)) + _GAP)
        line.rstrip()
        lines.append(line)
    return lines


def _value(value: str, other: str, likeness: Likeness) -> Line:
    """A value, its words that the other one lacks in colour."""
    if not value.strip():
        return Line(words.EMPTY.said(manner.language), "dim italic")
    if likeness is Likeness.SAME:
        return Line(visible(value))
    if likeness is not Likeness.DIFFERENT:
        return Line(visible(value), _SIGNS[likeness][1])
    parts = differences.parts(value, other)
    return Line.assemble(*((visible(text), "bold yellow" if differs else "") for text, differs in parts))


def reasons(screen: Screen, told: str) -> list[Line]:
    """What speaks for the pair, and what against."""
    speaks = _AGAINST.split(told, maxsplit=1)
    lines = []
    for title, style, text in zip((words.FOR, words.AGAINST), ("green", "red"), speaks, strict=False):
        if text.strip():
            said = Line.assemble((f"{title.said(manner.language)}: ", style), visible(text))
            lines += screen.wrapped(said)
    return lines


def keys(screen: Screen, names: Sequence[str]) -> list[Line]:
    """The keys that can be pressed, in as few lines as they fit in."""
    lines, width = [Line()], 0
    for name in names:
        key, what = words.KEYS[name].said(manner.language)[0], words.SHORT[name].said(manner.language)
        length = len(key) + 1 + len(what)
        if width and width + 2 + length > screen.width:
            lines.append(Line())
            width = 0
        if width:
            lines[-1].append("  ")
        lines[-1].append(key, "bold reverse" if name in (SAME, "different", UNSURE) else "bold")
        lines[-1].append(f" {what}")
        width += length + (2 if width else 0)
    return lines


def help_page(screen: Screen, names: Sequence[str]) -> list[Line]:
    """What the keys do and the signs mean."""
    language = manner.language
    lines = []
    for name in names:
        pressed = " / ".join(words.KEYS[name].said(language))
        lines += _explained(screen, pressed, words.LONG[name])
    lines.append(Line())
    for sign, what in words.SIGNS.items():
        lines += _explained(screen, "≠" if sign == "!" and screen.bullet() == " · " else sign, what)
    return [*lines, Line(), Line(words.ANY_KEY.said(language), "dim")]


def _explained(screen: Screen, what: str, means: Text) -> list[Line]:
    cells = [[Line(what, "bold")], screen.wrapped(Line(means.said(manner.language)), screen.width - 10)]
    return _joined(Line("  "), cells, (6, screen.width - 10))


def title(question: Question, place: str, *, is_blind: bool) -> str:
    """The facts of the first line."""
    facts = [place]
    if not is_blind:
        relation = words.RELATIONS.get(question.relation)
        facts += [f"{question.probability:.4f}", relation.said(manner.language) if relation else question.relation]
    return "\0".join(fact for fact in facts if fact)
