"""The history of runs: figures come back as they were kept, and a run made again says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.tables import Columns, cleaned

from crmclean.config.lifecycle import LifecycleSection
from crmclean.config.model import FreshnessSection
from crmclean.core.history import ClockPast, ColumnPast, RunFigures
from crmclean.core.ratio import Ratio
from crmclean.formats.history_json import figures_from, figures_text
from crmclean.history.listing import findings_history
from crmclean.history.memory import History, HistoryOrder, Judging, LookedBack
from crmclean.stages.measure import measure

NAMES = st.text(max_size=6)
COUNTS = st.integers(0, 10**9)
FIGURES = st.builds(
    RunFigures,
    **{
        name: st.text(max_size=4) for name in ("as_of", "tool_version", "rules_version", "config_sha256", "file_sha256")
    },
    rows=COUNTS,
    rejects=COUNTS,
    scores=st.dictionaries(NAMES, st.builds(Ratio, COUNTS, COUNTS), max_size=3),
    findings=st.dictionaries(NAMES, COUNTS, max_size=3),
    codes=st.dictionaries(NAMES, COUNTS, max_size=3),
    columns=st.dictionaries(NAMES, st.builds(ColumnPast, NAMES, COUNTS, COUNTS, COUNTS, COUNTS), max_size=3),
    clocks=st.dictionaries(NAMES, st.builds(ClockPast, NAMES, COUNTS, COUNTS, COUNTS), max_size=2),
    figures=st.dictionaries(NAMES, st.builds(Ratio, COUNTS, COUNTS), max_size=2),
    numbers=st.dictionaries(NAMES, st.floats(allow_nan=False, allow_infinity=False), max_size=2),
)
CELLS = st.sampled_from(["", "mia@example.com", "mia@", "x@@y", "n/a", "a\u200bb", "0171"])
NIGHTS = st.lists(
    st.lists(st.tuples(st.sampled_from(["", *"ABCDE"]), CELLS, CELLS), max_size=8), min_size=1, max_size=4
)
JUDGING = Judging("settings", LifecycleSection(), "auto", {})


@given(FIGURES)
def test_figures_come_back(figures: RunFigures) -> None:
    assert figures_from(figures_text(figures)) == figures


def looked_back(place: Path, day: int, records: list[tuple[str, str, str]]) -> LookedBack:
    columns: Columns = {
        (label, field): [record[at] for record in records]
        for at, (label, field) in enumerate((("Nr", "record_id"), ("Mail", "email"), ("Tel", "phone")))
    }
    table = replace(cleaned(columns), as_of=date(2026, 1, day))
    with History(HistoryOrder(place, "h", 400), date(2026, 1, day)) as history:
        looked = history.look_back(table, measure(table, FreshnessSection()), JUDGING)
        history.record(looked)
    return looked


@given(NIGHTS)
@settings(deadline=None, max_examples=20)
def test_what_is_open_is_what_was_open_and_new_without_what_is_fixed(nights: list[list[tuple[str, str, str]]]) -> None:
    with TemporaryDirectory() as folder:
        before = 0
        for day, records in enumerate(nights, 1):
            place = Path(folder, "h.sqlite")
            looked = looked_back(place, day, records)
            figures = looked.figures
            came_back = looked.since.back.height
            assert figures.still + figures.fixed + figures.gone == before + came_back
            assert figures.still + figures.new == looked.findings.height
            assert [run.as_of for run in figures.runs] == [f"2026-01-{each:02}" for each in range(1, day + 1)]
            before = looked.findings.height
            again = looked_back(place, day, records)
            assert again.figures == figures
            assert_frame_equal(findings_history(again), findings_history(looked))
