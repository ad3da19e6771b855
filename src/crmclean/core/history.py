"""What is kept of every run over one export, and what a report says of it. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crmclean.core.language import Text
from crmclean.core.ratio import Ratio
from crmclean.core.scoring import overall


@dataclass(frozen=True, slots=True)
class ColumnPast:
    """One column in one run. No value of a cell is in it.

    Attributes:
        field: what it was taken for; empty for none.
        filled: cells that hold something; placeholders count as empty.
        invalid: cells known to be wrong.
        distinct: different values among the filled ones.
        top: cells with the most frequent value.
    """

    field: str
    filled: int
    invalid: int
    distinct: int
    top: int


@dataclass(frozen=True, slots=True)
class ClockPast:
    """One clock (``core.summary.Clock``) in one run.

    Attributes:
        newest: the newest day any record tells, ISO, by the clock's first field that has a column; empty for none.
        fresh: records younger than the limit.
        stale: records older than it.
        unknown: records without a usable date.
    """

    newest: str
    fresh: int
    stale: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of one run, as the history keeps them.

    Attributes:
        as_of: ISO day that counted as today.
        tool_version: of crmclean.
        rules_version: of the rules behind the figures; other rules give other figures of the same data.
        config_sha256: of the settings without the day.
        file_sha256: of the file as it lay there.
        rows: records.
        rejects: lines that are no record.
        scores: by dimension, see ``RunSummary.scores``; a dimension nobody measured is not in it.
        findings: by severity, anomalies included once the run is recorded.
        codes: findings by code, without anomalies.
        columns: in the order of the file, by unique name.
        clocks: by name.
        figures: other shares by name: reachability by channel, phases, response coverage.
        numbers: other figures by name: NPS, CSAT, CES and the like.
    """

    as_of: str
    tool_version: str
    rules_version: str
    config_sha256: str
    file_sha256: str
    rows: int
    rejects: int
    scores: Mapping[str, Ratio]
    findings: Mapping[str, int]
    codes: Mapping[str, int]
    columns: Mapping[str, ColumnPast]
    clocks: Mapping[str, ClockPast]
    figures: Mapping[str, Ratio] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float | None:
        """The mean of the dimensions that apply, 0..1; ``None`` where none does."""
        return overall(self.scores)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that is not as the runs before would have it.

    Attributes:
        code: ``anomaly.rows-dropped`` and the like; described as every other code.
        severity: of the code.
        column: unique column name; empty where it is about the whole file.
        message: what is unusual, with the usual figure and the one of now; never a cell's value.
        extent: how far off it is, to be held beside the run before: one more is clearly worse. 0 where it is or isn't.
        since: ISO day since when runs have said it one after another, and none clearly worse; empty: not before.
    """

    code: str
    severity: str
    column: str
    message: Text
    extent: float = 0.0
    since: str = ""


@dataclass(frozen=True, slots=True)
class CodeSince:
    """What became of the findings of one code.

    Attributes:
        code: full code.
        severity: of the code; of the one that is gone, where none is left.
        new: not there at the run before.
        still: there at the run before and now.
        fixed: there at the run before and not any more, though its record and its column are.
        oldest: ISO day on which the longest open of those that are there was first seen; empty where none is.
        gone: there at the run before, and now without the record or the column they were in: nobody can tell. They are
            still open should it come back.
    """

    code: str
    severity: str
    new: int
    still: int
    fixed: int
    oldest: str
    gone: int = 0


@dataclass(frozen=True, slots=True)
class PhaseMove:
    """Records that went from one phase of the lifecycle to another since the run before."""

    before: str
    after: str
    n: int


@dataclass(frozen=True, slots=True)
class HistoryFigures:
    """What the history says at the end of a run.

    Attributes:
        name: of the history.
        runs: the runs kept, oldest first, this one last.
        since: ISO day of the run before; empty for the first.
        codes: by code, gravest first, then the most new ones.
        anomalies: gravest first.
        moves: between the seven phases; the most frequent first.
    """

    name: str
    runs: tuple[RunFigures, ...]
    since: str
    codes: tuple[CodeSince, ...]
    anomalies: tuple[Anomaly, ...]
    moves: tuple[PhaseMove, ...] = ()

    @property
    def new(self) -> int:
        """Findings that were not there at the run before."""
        return sum(code.new for code in self.codes)

    @property
    def still(self) -> int:
        """Findings that were there and are."""
        return sum(code.still for code in self.codes)

    @property
    def fixed(self) -> int:
        """Findings that were there and are no more."""
        return sum(code.fixed for code in self.codes)

    @property
    def gone(self) -> int:
        """Findings that were there and can't be looked for: their record or column is not there."""
        return sum(code.gone for code in self.codes)
