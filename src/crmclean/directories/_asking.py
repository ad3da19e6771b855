"""What every directory does around its own words: ask once, keep the answer, stay in the budget, say why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crmclean.directory import About, Answer, LookupPlan
from crmclean.network import Kept, Reason, Service, Unanswered

Question = Mapping[str, Any]
# The service's words on each question, in order; an exception (not raised) where it had none.
Sent = Iterable[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """How one service is talked to.

    Attributes:
        question: the service's question for values by field name; a reason where it can't be asked.
        send: asks several questions; gives JSON or ``Unanswered`` for each, in order. What it raises itself counts for
            all questions it has not answered yet.
        read: an answer out of that JSON, its number aside. Never raises.
        variant: settings (JSON) that change what is sent for one and the same question.
    """

    question: Callable[[Mapping[str, str]], Question | Reason]
    send: Callable[[Sequence[Question]], Sent]
    read: Callable[[Question, Kept], Answer]
    variant: Any = None


class Asking:
    """A ``Provider``: what every service has, around its own words.

    Args:
        about: under its name in the configuration.
        service: to be asked.
        words: how it is talked to.
    """

    def __init__(self, about: About, service: Service, words: Words) -> None:
        self.about = about
        self._service = service
        self._words = words

    def ask(self, wanted: Sequence[Mapping[str, str]]) -> Sequence[Answer]:
        """Answers in the order of the questions; equal questions are asked once, kept answers not at all.

        Raises:
            DirectoryError: the source can't be used at all.
        """
        questions = self._questions(wanted)
        found: dict[str, Kept | Reason] = {}
        unanswered: dict[str, Question] = {}
        for key, question in {_key(q): q for q in questions if not isinstance(q, Reason)}.items():
            kept = self._kept(question)
            if kept is not None:
                found[key] = kept
            elif self._service.spend():
                unanswered[key] = question
            else:
                found[key] = Reason.BUDGET
        keys = list(unanswered)
        for start in range(0, len(keys), self.about.batch_size):
            part = keys[start : start + self.about.batch_size]
            found |= _sent(self._service, self._words, {key: unanswered[key] for key in part})
        return [
            _answer(self._words, int(values["number"]), question, found.get(_key(question)))
            for values, question in zip(wanted, questions, strict=True)
        ]

    def plan(self, wanted: Sequence[Mapping[str, str]]) -> LookupPlan:
        """What ``ask`` would cost; nothing is sent."""
        questions = self._questions(wanted)
        askable = [question for question in questions if not isinstance(question, Reason)]
        distinct = {_key(question): self._kept(question) is not None for question in askable}
        n_kept = sum(distinct[_key(question)] for question in askable)
        return LookupPlan(sum(not is_kept for is_kept in distinct.values()), n_kept, len(questions) - len(askable))

    def close(self) -> None:
        """Let go of connections."""
        self._service.close()

    def _questions(self, wanted: Sequence[Mapping[str, str]]) -> list[Question | Reason]:
        # The one place all questions pass: nothing but what the directory says it is asked with gets any further.
        allowed = ({name: values[name] for name in self.about.asked_with if values.get(name)} for values in wanted)
        return [self._words.question(values) for values in allowed]

    def _kept(self, question: Question) -> Kept | None:
        return self._service.recall([self._words.variant, question])


def _sent(service: Service, words: Words, questions: Mapping[str, Question]) -> dict[str, Kept | Reason]:
    found: dict[str, Kept | Reason] = {}
    try:
        # Kept one by one as they come: what was answered before a failure is not asked again.
        for (key, question), said in zip(questions.items(), words.send(list(questions.values())), strict=False):
            found[key] = said.reason if isinstance(said, Unanswered) else service.keep([words.variant, question], said)
    except Unanswered as unanswered:
        rest = unanswered.reason
    else:
        rest = Reason.BAD_ANSWER
    return {key: found.get(key, rest) for key in questions}


def _answer(words: Words, number: int, question: Question | Reason, kept: Kept | Reason | None) -> Answer:
    if isinstance(question, Reason):
        return Answer(number=number, unknown=question.value)
    if kept is None or isinstance(kept, Reason):
        return Answer(number=number, unknown=(kept or Reason.BAD_ANSWER).value)
    answer = replace(words.read(question, kept), number=number)
    companies = tuple(replace(company, retrieved_at=kept.retrieved_at) for company in answer.companies)
    return replace(answer, companies=companies)


def _key(question: Question | Reason) -> str:
    return json.dumps(question, sort_keys=True)
