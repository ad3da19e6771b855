"""``review``: what people decide about the pairs of a run."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from crmclean.core.errors import InputError, UsageError
from crmclean.core.language import Language
from crmclean.core.text import fold
from crmclean.formats.source import open_source
from crmclean.formats.state import Decision, State
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.jobs import Job, open_job
from crmclean.pipeline.preparing import read_table
from crmclean.pipeline.repeating import repeat
from crmclean.plugins import ReadOptions
from crmclean.progress import Progress, no_progress
from crmclean.review import audit, questions
from crmclean.review.differences import Line, Slot, lines_of, slots_of
from crmclean.review.questions import Question, Side
from crmclean.review.sheet import SHEET, digest, review_sheet
from crmclean.review.sheet_answers import HEADERS, OWN, Answers, Refused, answers_of
from crmclean.stages.map import map_columns
from crmclean.stages.read import read_source
from crmclean.table import Table

DECISIONS = "decisions.csv"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which pairs are asked.

    Attributes:
        by: who answers.
        approve: those others have decided and nobody approved, instead of the open ones.
        again: also those somebody was unsure about.
        sample: size of a random sample; 0: the pairs of the band in the order of their value.
        seed: of the sample.
        band: of the pairs; empty: ``auto`` for a sample, else ``review``.
    """

    by: str
    approve: bool = False
    again: bool = False
    sample: int = 0
    seed: int = 1
    band: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where things are that are no longer found where the run left them.

    Attributes:
        exports: its inputs, in their order; empty: where they were.
        against: its state; ``None``: where it was.
        reference: the GeoNames file it used, if it used one.
        suppression: the suppression list it honoured, if it honoured one.
        key_file: the key of that list.
    """

    exports: tuple[str, ...] = ()
    against: Path | None = None
    reference: Path | None = None
    suppression: Path | None = None
    key_file: Path | None = None


class Review:
    """The pairs of a run and what was decided about them. Every answer is stored at once.

    The state is opened for each step anew: somebody else may make or change it in between.

    Attributes:
        asking: which pairs are asked.
        job: the run.
    """

    def __init__(self, job: Job, asking: Asking) -> None:
        self.job = job
        self.asking = asking
        self._inputs = [str(each["name"]) for each in job.manifest["inputs"]]
        self._pairs = questions.worth(questions.keyed(job.pairs(), self._inputs), job.clusters())
        self._seen = self._changed_at()
        self._sample = self._drawn() if asking.sample else None

    @property
    def is_four_eyes(self) -> bool:
        """Whether an answer counts only when somebody else has approved it."""
        return self.job.settings.config.matching.four_eyes

    def open_questions(self) -> list[Question]:
        """The pairs to ask now, in order."""
        self._seen = self._changed_at()
        asking = self.asking
        if self._sample is not None:
            decided = questions.with_decisions(self._sample, self._decisions())
            left = questions.open_pairs(decided, again=asking.again)
            return questions.questions_of(left.with_columns(value=-pl.int_range(pl.len()).cast(pl.Float64)))
        decided = questions.with_decisions(self._pairs, self._decisions())
        if asking.approve:
            return questions.questions_of(questions.unapproved_pairs(decided, asking.by))
        in_band = decided.filter(pl.col("band") == (asking.band or questions.REVIEW))
        return questions.questions_of(questions.open_pairs(in_band, again=asking.again))

    def n_unapproved(self) -> int:
        """How many answers that still hold wait for somebody else, whoever gave them."""
        decided = questions.with_decisions(self._pairs, self._decisions())
        return questions.unapproved_pairs(decided, "").height

    def is_changed_by_others(self) -> bool:
        """Whether another process has stored something since this one last read or wrote."""
        return self._changed_at() != self._seen

    def answer(self, question: Question, answer: str, comment: str = "") -> None:
        """Store what somebody said about a pair.

        Raises:
            LockedError: another process is writing.
            OutputError: the state can't be written.
        """
        self._decide([self._decision(question, answer, comment)])

    def take_back(self) -> Question | None:
        """Forget the newest answer if it is this person's and about a pair of the run; gives its question."""
        newest = self._decisions()[-1:]
        if not newest or (newest[0].approved_by or newest[0].decided_by) != self.asking.by:
            return None
        found = self._pairs.filter(pl.col("key_a") == newest[0].key_a, pl.col("key_b") == newest[0].key_b).head(1)
        if found.is_empty():
            return None
        with State(self.job.state_path) as state:
            state.take_back()
        self._seen = self._changed_at()
        return questions.questions_of(questions.with_decisions(found, self._decisions()))[0]

    def lines(self, question: Question) -> list[Line]:
        """What both records say, field by field."""
        country = self.job.settings.config.input.country
        return lines_of(self.slots, self._cells(question.left), self._cells(question.right), country)

    def precision(self) -> audit.Precision:
        """What the answers to the sample say so far."""
        assert self._sample is not None
        decided = questions.with_decisions(self._sample, self._decisions())
        left = questions.open_pairs(decided)
        answered = decided.join(left, on=["key_a", "key_b", "evidence"], how="anti", maintain_order="left")
        return audit.precision([each["answer"] for each in answered["decided"].to_list()])

    def has_unapplied(self) -> bool:
        """Whether somebody decided something since the duplicates were last looked for."""
        marks = ("answer", "decided_by", "decided_at", "approved_by", "approved_at")
        stored = Counter(tuple(getattr(each, mark) for mark in marks) for each in self._decisions())
        try:
            applied = pl.read_csv(self.job.folder / DECISIONS, infer_schema=False).select(marks).fill_null("")
        except (OSError, pl.exceptions.PolarsError):
            return bool(stored)
        return stored != Counter(applied.iter_rows())

    def apply(self) -> Duplicates:
        """Find the duplicates again, with the decisions."""
        return repeat(self.job)

    def sheet(self, language: Language) -> tuple[bytes, int]:
        """The workbook with all open questions, and how many they are."""
        asked = self.open_questions()
        return review_sheet(
            asked, [self.lines(each) for each in asked], self.slots, language, is_blind=self._sample is not None
        ), len(asked)

    def check_sheet(self, path: str) -> Answers:
        """The answers of a sheet that came back, each checked against the run; nothing is stored."""
        known: dict[str, set[str]] = {}
        for key_a, key_b, evidence in self._pairs.select("key_a", "key_b", "evidence").iter_rows():
            known.setdefault(digest(key_a, key_b), set()).add(evidence)
        for each in self._decisions():  # a pair that was answered "different" may be none of the run any more
            known.setdefault(digest(each.key_a, each.key_b), set()).add(each.evidence)
        found = answers_of(_sheet_table(path), known)
        return self._without_own(found) if self.asking.approve else found

    def store_sheet(self, answers: Answers) -> int:
        """Store the answers of a sheet; gives how many were new."""
        held = {digest(each.key_a, each.key_b): each for each in self._decisions()}
        asked = {
            digest(each.key_a, each.key_b): each
            for each in questions.questions_of(questions.with_decisions(self._pairs, held.values()))
        }
        new = []
        for row in answers.taken:
            before = held.get(row.pair)
            is_held = before and (before.answer, before.evidence) == (row.answer, row.evidence)
            if row.pair in asked and (not is_held or self.asking.approve):
                new.append(self._decision(asked[row.pair], row.answer, row.comment))
        if new:
            self._decide(new)
        return len(new)

    @cached_property
    def slots(self) -> list[Slot]:
        """The fields records have."""
        given = self.job.settings.config
        mapped = [
            map_columns(table, dialect=given.input.dialect or None, overrides=given.columns) for table in self._tables
        ]
        return slots_of([one.columns for one in mapped])

    @cached_property
    def _tables(self) -> list[Table]:
        return [read_table(str(path), self.job.settings)[0] for path in self.job.exports]

    def _cells(self, side: Side) -> list[str]:
        frame = self._tables[side.file].frame
        names = [slot.columns[side.file] for slot in self.slots]
        return [(frame[name][side.row - 1] or "") if name else "" for name in names]

    def _decisions(self) -> list[Decision]:
        with State(self.job.state_path) as state:
            return state.decisions()

    def _decide(self, new: list[Decision]) -> None:
        with State(self.job.state_path) as state:
            state.decide(new)
        self._seen = self._changed_at()

    def _decision(self, question: Question, answer: str, comment: str) -> Decision:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        earlier, by = question.earlier, self.asking.by
        if self.asking.approve and earlier and earlier.answer == answer and not question.is_changed:
            said = "; ".join(text for text in (earlier.comment, comment) if text)
            return replace(earlier, approved_by=by, approved_at=now, comment=said)
        return Decision(question.key_a, question.key_b, answer, question.evidence, by, now, comment=comment)

    def _without_own(self, answers: Answers) -> Answers:
        """Nobody approves what they said themselves."""
        own = {
            digest(each.key_a, each.key_b)
            for each in self._decisions()
            if each.decided_by.lower() == self.asking.by.lower() and not each.approved_by
        }
        refused = [*answers.refused, *(Refused(row.line, OWN) for row in answers.taken if row.pair in own)]
        taken = [row for row in answers.taken if row.pair not in own]
        return Answers(taken, sorted(refused, key=lambda row: row.line), answers.n_open)

    def _drawn(self) -> pl.DataFrame:
        """The sample: of what matching put into the band, so also of pairs that an answer has moved since."""
        band = self.asking.band or questions.AUTO
        decided = questions.with_decisions(self._pairs, self._decisions())
        is_open = pl.col("decided").is_null()
        limits = self.job.settings.config.matching
        p = pl.col("probability")
        likely = {questions.AUTO: p >= limits.auto, questions.REVIEW: (p < limits.auto) & (p >= limits.review)}
        was = ~is_open & likely.get(band, pl.lit(value=False))
        return audit.drawn(
            decided.filter((is_open & (pl.col("band") == band)) | was).drop("decided"),
            self.asking.sample,
            self.asking.seed,
        )

    def _changed_at(self) -> int:
        try:
            return self.job.state_path.stat().st_mtime_ns
        except OSError:
            return 0


def open_review(
    folder: Path, asking: Asking, moved: Moved | None = None, *, progress: Progress = no_progress
) -> Review:
    """The pairs of a run for somebody to decide.

    Args:
        folder: of ``dedupe -o`` or ``run -o``.
        asking: who is asked what.
        moved: what is no longer where it was.
        progress: told which stage begins.

    Raises:
        InputError: no run, or its inputs are missing or others.
        UsageError: the run used a reference, and none is named.
    """
    place = moved or Moved()
    job = open_job(
        folder,
        exports=place.exports,
        against=place.against,
        reference=place.reference,
        suppression=place.suppression,
        key_file=place.key_file,
        progress=progress,
    )
    return Review(job, asking)


def _sheet_table(path: str) -> Table:
    """A sheet as it came back; where somebody has added sheets, the one that still has its name."""
    options = ReadOptions(known_headers=frozenset(fold(name) for name in HEADERS))
    source = open_source(path, options.max_uncompressed)
    try:
        return read_source(source, options)
    except InputError:
        for name in SHEET:
            with suppress(InputError, UsageError):
                return read_source(source, replace(options, sheet=name))
        raise
