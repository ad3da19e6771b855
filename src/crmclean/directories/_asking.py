"""What every directory does around its own words: ask once, keep the answer, stay in the budget, say why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crmclean.directory import About, Answer
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


def ask_all(about: About, service: Service, words: Words, wanted: Sequence[Mapping[str, str]]) -> list[Answer]:
    """Answers in the order of the questions; equal questions are asked once, kept answers not at all.

    Raises:
        DirectoryError: the source can't be used at all.
    """
    # The one place all questions pass: nothing but what the directory says it is asked with gets any further.
    allowed = [{name: values[name] for name in about.asked_with if values.get(name)} for values in wanted]
    questions = [words.question(values) for values in allowed]
    distinct = {_key(q): q for q in questions if not isinstance(q, Reason)}
    found: dict[str, Kept | Reason] = {}
    open_questions: dict[str, Question] = {}
    for key, question in distinct.items():
        kept = service.recall([words.variant, question])
        if kept is not None:
            found[key] = kept
        elif service.spend():
            open_questions[key] = question
        else:
            found[key] = Reason.BUDGET
    found |= _sent(service, words, open_questions)
    return [
        _answer(words, int(values["number"]), question, None if isinstance(question, Reason) else found[_key(question)])
        for values, question in zip(wanted, questions, strict=True)
    ]


def _sent(service: Service, words: Words, questions: Mapping[str, Question]) -> dict[str, Kept | Reason]:
    found: dict[str, Kept | Reason] = {}
    if not questions:
        return found
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


def _key(question: Question) -> str:
    return json.dumps(question, sort_keys=True)
