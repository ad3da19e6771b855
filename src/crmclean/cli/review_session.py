"""A session of questions and answers on the terminal. Every answer is stored before the next pair is shown."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text as Line

from crmclean.cli import review_screen
from crmclean.cli import review_words as words
from crmclean.cli.console import manner
from crmclean.cli.keyboard import END, ENTER, ESCAPE, INTERRUPT, REDRAW, STOP, Keyboard
from crmclean.cli.review_page import Shown, keys_of, page
from crmclean.cli.review_screen import Screen
from crmclean.core.language import Text
from crmclean.pipeline.reviewing import Review
from crmclean.review.questions import Question

_BROKEN_OFF = {INTERRUPT: 130, END: 130, STOP: 143}  # exit codes, as of any command that is interrupted
_REDRAWN = (REDRAW, "", ESCAPE, ENTER)


@dataclass(slots=True)
class Outcome:
    """What came of a session.

    Attributes:
        n_answered: answers that are stored.
        exit_code: 0, or that of an interrupted command.
    """

    n_answered: int = 0
    exit_code: int = 0


class Session:
    """Asks the questions of a review.

    Attributes:
        n_questions: how many pairs are to be asked.
    """

    def __init__(self, review: Review, screen: Screen, files: tuple[str, ...] = ()) -> None:
        self._review = review
        self._keys: Keyboard
        self._screen = screen
        self._files = files
        self._queue = review.open_questions()
        self.n_questions = len(self._queue)
        self._past: list[tuple[str, Question]] = []  # what was done with which, the last one at the end
        self._told = ""
        self._outcome = Outcome()

    def run(self, keys: Keyboard) -> Outcome:
        """Ask until nothing is left or nobody wants to."""
        self._keys = keys
        while True:
            self._drop_answered_by_others()
            is_going_on = self._ask(self._queue[0]) if self._queue else self._ask_to_end()
            if not is_going_on:
                return self._outcome

    def _ask(self, question: Question) -> bool:
        """One pair, until it is answered, skipped or left; whether the session goes on."""
        asking = self._review.asking
        comment, first = "", 0
        lines = self._review.lines(question)
        while True:
            shown = Shown(
                question,
                lines,
                at=self.n_questions - len(self._queue) + 1,
                n=self.n_questions,
                files=self._files,
                comment=comment,
                told=self._told,
                is_approval=asking.approve,
                is_blind=bool(asking.sample),
            )
            content, after = page(self._screen, shown, first)
            self._screen.show(content)
            pressed = self._keys.key()
            self._told = ""
            if pressed in _REDRAWN:
                continue
            if pressed in _BROKEN_OFF:
                return self._end(_BROKEN_OFF[pressed])
            name = _named(pressed, keys_of(shown))
            if name == "quit":
                return self._end()
            if name == "comment":
                said = self._keys.line(f"{words.COMMENT.said(manner.language)}: ")
                comment = comment if said is None else " ".join(said.split())
            elif name == "more":
                first = after
            elif name == "help":
                self._help(keys_of(shown))
            elif name is not None:
                self._do(name, question, comment)
                return True
            else:
                self._told = words.NO_KEY.said(manner.language)

    def _do(self, name: str, question: Question, comment: str) -> None:
        if name == "back":
            self._back()
        elif name == "skip":
            self._step("skip")
            self._told = words.SKIPPED.said(manner.language)
        else:
            answer = question.earlier.answer if name == "approve" and question.earlier else name
            self._review.answer(question, answer, comment)
            self._step("answer")
            self._outcome.n_answered += 1
            said = words.SAID.get(answer, Text(answer, answer)).said(manner.language)
            self._told = words.STORED.format(answer=said).said(manner.language)

    def _step(self, how: str) -> None:
        self._past.append((how, self._queue.pop(0)))

    def _back(self) -> None:
        """One step back: an answer is taken back, what was skipped is asked again."""
        if self._past and self._past[-1][0] == "skip":
            self._queue.insert(0, self._past.pop()[1])
            return
        question = self._review.take_back()
        if question is None:
            self._told = words.NOTHING_BACK.said(manner.language)
            return
        if self._past:
            self._past.pop()
            self._outcome.n_answered -= 1
        else:
            self.n_questions += 1
        self._queue.insert(0, question)
        self._told = words.TAKEN_BACK.said(manner.language)

    def _ask_to_end(self) -> bool:
        """Behind the last pair; its answer can still be taken back."""
        if not self._past:
            return self._end()
        names = ("back", "quit")
        told = Line(self._told, "green")
        self._told = ""
        done = Line(words.DONE.said(manner.language), "bold")
        self._screen.show([told, done, Line(), *review_screen.keys(self._screen, names)])
        pressed = self._keys.key()
        if _named(pressed, names) == "back":
            self._back()
        elif pressed in _BROKEN_OFF:
            return self._end(_BROKEN_OFF[pressed])
        elif pressed == ENTER or _named(pressed, names) == "quit":
            return self._end()
        return True

    def _help(self, names: tuple[str, ...]) -> None:
        self._screen.show(review_screen.help_page(self._screen, names))
        self._keys.key()

    def _end(self, exit_code: int = 0) -> bool:
        self._outcome.exit_code = exit_code
        return False

    def _drop_answered_by_others(self) -> None:
        """Several people may work on one run at a time."""
        if self._queue and self._review.is_changed_by_others():
            still = {(each.key_a, each.key_b) for each in self._review.open_questions()}
            self._queue = [each for each in self._queue if (each.key_a, each.key_b) in still]


def _named(pressed: str, names: tuple[str, ...]) -> str | None:
    """What a key means; ``None`` for nothing."""
    return next((name for name in names if pressed.lower() in set(words.KEYS[name].en)), None)
