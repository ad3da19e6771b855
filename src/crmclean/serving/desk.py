"""The one who asks the directory: one thread, and whatever waits is asked together.

A look-up costs nearly the same for one question as for a hundred, and what comes out for a question does not depend on
the others. So questions that arrive while the directory is busy are answered in one go: many callers at once are
served at the speed of a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

import polars as pl

from crmclean.cdir.local import AT_ONCE, LocalDirectory
from crmclean.directory import GRADED, Matches
from crmclean.matching.bands import Thresholds
from crmclean.matching.given import wanted
from crmclean.serving.candidates import MOST, SURE, Candidate, Change, Entity, Profile, Question
from crmclean.serving.names import Names, names_of

T = TypeVar("T")
_FACTS = ("parent_id", "status", "successor_id", "successor_name", "last_changed", "last_checked", "sources")
_BY_ID = "Z" * (len(GRADED) - 1) + "A"  # nothing but the id was compared


@dataclass(frozen=True, slots=True)
class _Job:
    """Questions, or any other piece of work, and where its result is waited for."""

    result: Future[Any]
    questions: Sequence[Question] = ()
    work: Callable[[], Any] | None = None


class Desk:
    """A directory that answers many callers.

    Args:
        path: of the directory file; it is only read.
        limits: of the bands.
        country: ISO 3166-1 alpha-2 code where a question names none.

    Raises:
        InputError: no directory file.
    """

    def __init__(self, path: Path, limits: Thresholds | None = None, country: str = "") -> None:
        self._directory = LocalDirectory(path, limits)
        self._country = country
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._names: Names | None = None
        file = self._directory.file
        self.name = path.stem
        self.fields = file.fields
        self.keyed = file.keyed
        self.n_companies = file.n_companies
        self.as_of = file.meta["as_of"]
        self.licences = self._directory.about.licence
        self.kinds = tuple(file.n_by_kind())
        self._thread = Thread(target=self._serve, name="directory", daemon=True)
        self._thread.start()
        self._submit(self._known_names)

    def close(self) -> None:
        """Finish what was asked, then let go of the file."""
        self._jobs.put(None)
        self._thread.join()
        self._directory.close()

    def ask(self, questions: Sequence[Question]) -> Future[list[list[Candidate]]]:
        """The companies that may be meant, the likeliest first, of each question."""
        result: Future[list[list[Candidate]]] = Future()
        self._jobs.put(_Job(result, questions=questions))
        return result

    def entities(self, source_ids: Sequence[str]) -> Future[dict[str, Entity]]:
        """Companies by id; unknown ids are left out."""
        return self._submit(lambda: self._by_id(source_ids))

    def former_names(self, source_ids: Sequence[str]) -> Future[dict[str, tuple[str, ...]]]:
        """Earlier names of companies, by id."""
        return self._submit(lambda: self._former_names(source_ids))

    def profile(self, source_id: str) -> Future[Profile | None]:
        """All about one company."""
        return self._submit(lambda: self._profile(source_id))

    def beginning_with(self, text: str, skip: int, most: int) -> Future[list[Entity]]:
        """Companies whose name or id begins so."""
        return self._submit(lambda: self._beginning_with(text, skip, most))

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        result: Future[T] = Future()
        self._jobs.put(_Job(result, work=work))
        return result

    def _serve(self) -> None:
        job = self._jobs.get()
        while job is not None:
            if job.work is not None:
                _settle(job, job.work)
                job = self._jobs.get()
            else:
                job = self._answer_waiting(job)

    def _answer_waiting(self, first: _Job) -> _Job | None:
        """Answer all questions that wait already; returns the next job."""
        together, n, other = [first], len(first.questions), False
        following: _Job | None = None
        while n < AT_ONCE and not other:
            try:
                following = self._jobs.get_nowait()
            except Empty:
                break
            other = following is None or following.work is not None
            if following is not None and not other:
                together.append(following)
                n += len(following.questions)
        self._answer_all(together)
        return following if other else self._jobs.get()

    def _answer_all(self, jobs: Sequence[_Job]) -> None:
        """Answer together; if that fails, each alone, so that nobody pays for another's question."""
        waited = [job for job in jobs if job.result.set_running_or_notify_cancel()]
        if not waited:
            return
        try:
            answers = iter(self._answers([question for job in waited for question in job.questions]))
        except Exception:  # noqa: BLE001 - whatever it is, the caller hears of it below
            for job in waited:
                _settle(job, lambda job=job: self._answers(job.questions), is_running=True)  # type: ignore[misc]
            return
        for job in waited:
            job.result.set_result([next(answers) for _ in job.questions])

    def _answers(self, questions: Sequence[Question]) -> list[list[Candidate]]:
        found = self._looked_up(questions)
        named = {question.source_id for question in questions if question.source_id}
        known = self._by_id(sorted(named)) if named else {}
        answers = []
        for question, candidates in zip(questions, found, strict=True):
            it = known.get(question.source_id)
            if it is not None:
                rest = [candidate for candidate in candidates if candidate.entity.source_id != it.source_id]
                candidates = [Candidate(it, 1.0, SURE, "duplicate", _BY_ID, ("source_id",)), *rest]  # noqa: PLW2901
            wanted_kind = [c for c in candidates if not question.kinds or c.entity.kind in question.kinds]
            answers.append(wanted_kind[: question.most])
        return answers

    def _looked_up(self, questions: Sequence[Question]) -> list[list[Candidate]]:
        asked = [question.values for question in questions]
        matches = self._directory.best(wanted(asked, self._country), MOST) if any(asked) else None
        found: list[list[Candidate]] = [[] for _ in questions]
        if matches is not None:
            entities = self._by_id(matches.companies["source_id"].to_list())
            for number, candidate in _candidates(matches, entities):
                found[number].append(candidate)
        return found

    def _by_id(self, source_ids: Sequence[str]) -> dict[str, Entity]:
        numbers = self._directory.file.numbers_of(source_ids)
        return {entity.source_id: entity for entity in self._by_number(list(numbers.values()))}

    def _former_names(self, source_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        numbers = self._directory.file.numbers_of(source_ids)
        return {source_id: self._known_names().former_of(number) for source_id, number in numbers.items()}

    def _by_number(self, numbers: Sequence[int]) -> list[Entity]:
        """Companies by number, in the order of the numbers."""
        rows = self._directory.file.companies(pl.Series("entry", numbers, dtype=pl.UInt32)).to_dicts()
        known = {int(row["entry"]): _entity(row, self.fields) for row in rows}
        return [known[number] for number in numbers]

    def _profile(self, source_id: str) -> Profile | None:
        numbers = self._directory.file.numbers_of([source_id])
        if source_id not in numbers:
            return None
        entity = self._by_number([numbers[source_id]])[0]
        told = self._directory.file.history(source_id).select("kind", "before", "after", "date", "source")
        history = tuple(Change(*(text or "" for text in row)) for row in told.rows())
        return Profile(entity, self._known_names().former_of(numbers[source_id]), history)

    def _beginning_with(self, text: str, skip: int, most: int) -> list[Entity]:
        by_id = list(self._by_id([text]).values()) if not skip else []
        numbers = self._known_names().beginning_with(text, skip, most)
        return (by_id + [entity for entity in self._by_number(numbers) if entity not in by_id])[:most]

    def _known_names(self) -> Names:
        if self._names is None:
            self._names = names_of(self._directory.file.names())
        return self._names


def _settle(job: _Job, work: Callable[[], Any], *, is_running: bool = False) -> None:
    """Do the work and tell whoever waits for it how it went."""
    if not is_running and not job.result.set_running_or_notify_cancel():
        return
    try:
        job.result.set_result(work())
    except Exception as wrong:  # noqa: BLE001 - handed over to the one who waits
        job.result.set_exception(wrong)


def _entity(row: dict[str, Any], fields: Sequence[str]) -> Entity:
    return Entity(
        source_id=str(row["source_id"]),
        kind=str(row["kind"] or "company"),
        facts={name: str(row[name]) for name in _FACTS if row[name]},
        values={name: str(row[name]) for name in fields if row[name]},
    )


def _candidates(matches: Matches, entities: dict[str, Entity]) -> list[tuple[int, Candidate]]:
    return [
        (
            int(row["number"]),
            Candidate(
                entity=entities[row["source_id"]],
                probability=float(row["probability"]),
                band=row["band"] or "",
                relation=row["relation"] or "",
                grade=row["grade"],
                found_by=tuple((row["found_by"] or "").split()),
                former_name=row["former_name"] or "",
            ),
        )
        for row in matches.found.iter_rows(named=True)
    ]
