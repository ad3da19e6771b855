"""What is unusual about a run beside those before it, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crmclean.core.anomaly_codes import ANOMALY_CODES
from crmclean.core.file_codes import FILE_CODES
from crmclean.core.history import ClockPast, ColumnPast, RunFigures
from crmclean.core.ratio import Ratio
from crmclean.history.anomalies import anomalies
from crmclean.history.noting import as_grave
from crmclean.history.usual import usual

MONDAY = date(2026, 6, 1)
ROWS = 1000


def a_run(night: int, rows: int = ROWS) -> RunFigures:
    """A night like every other; a handful of records come, nobody works at the weekend."""
    day = MONDAY + timedelta(days=night)
    rows += night + night % 3
    worked = day - timedelta(days=max(0, day.weekday() - 4))
    return RunFigures(
        as_of=day.isoformat(),
        tool_version="1",
        rules_version="1",
        config_sha256="c",
        file_sha256=f"file {worked}",
        rows=rows,
        rejects=0,
        scores={"validity": Ratio(rows * 9, rows * 10)},
        findings={"error": 30, "warning": 0, "info": 0},
        codes={"email.no-at": 30 + night % 4},
        columns={
            "Nr": ColumnPast("record_id", rows, 0, rows, 1),
            "E-Mail": ColumnPast("email", int(rows * 0.7), 30, int(rows * 0.69), 2),
            "Betreuer": ColumnPast("owner", rows, 0, 12, int(rows * 0.2)),
            "Fax": ColumnPast("fax", 0, 0, 0, 0),
            "Notiz": ColumnPast("text", 5, 0, 5, 1),
        },
        clocks={"edited": ClockPast(worked.isoformat(), rows // 2, rows // 2, 0)},
    )


PAST = [a_run(night) for night in range(14)]
NOW = a_run(14)


def codes(now: RunFigures, past: list[RunFigures] = PAST) -> list[tuple[str, str]]:
    return [(found.code.removeprefix("anomaly."), found.column) for found in anomalies(now, past)]


def with_column(run: RunFigures, name: str, **changed: Any) -> RunFigures:
    return replace(run, columns={**run.columns, name: replace(run.columns[name], **changed)})


def with_columns(run: RunFigures, names: list[str]) -> RunFigures:
    """The run with these columns; a new one is as the one at its place was."""
    kept = dict(zip(names, run.columns.values(), strict=False))
    return replace(run, columns={name: run.columns.get(name, column) for name, column in kept.items()})


def test_nights_like_every_other_say_nothing() -> None:
    assert [codes(run, PAST[:night]) for night, run in enumerate(PAST)] == [[]] * len(PAST)
    assert codes(NOW) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda run: replace(run, rows=500), [("rows-dropped", "")]),
        (lambda _: a_run(14, 2100), [("rows-doubled", "")]),
        (lambda run: replace(run, rejects=40), [("rejects-more", "")]),
        (lambda run: replace(run, rejects=3), []),
        (lambda run: with_column(run, "E-Mail", filled=0, top=0), [("column-emptied", "E-Mail")]),
        (lambda run: with_column(run, "E-Mail", filled=560), [("column-fewer", "E-Mail")]),
        (lambda run: with_column(run, "E-Mail", filled=690), []),
        (lambda run: with_column(run, "Notiz", filled=0), []),
        (lambda run: with_column(run, "Fax", filled=900, distinct=900, top=1), []),
        (lambda run: with_column(run, "Betreuer", distinct=4, top=800), [("value-everywhere", "Betreuer")]),
        (lambda run: with_column(run, "Betreuer", top=330), []),
        (lambda run: replace(run, scores={"validity": Ratio(8000, 10000)}), [("score-fallen", "")]),
        (lambda run: replace(run, codes={"email.no-at": 200}), [("findings-more", "")]),
        (lambda run: replace(run, codes={"phone.short": 90}), [("findings-more", "")]),
        (lambda run: replace(run, codes={"email.no-at": 45, "phone.short": 9}), []),
        (lambda run: replace(run, figures={"ahead.edited": Ratio(60, 1000)}), [("clock-ahead", "")]),
        (lambda run: replace(run, as_of="2026-06-10"), [("day-back", "")]),
        (lambda run: with_columns(run, ["Nr", "E-Mail", "Betreuer", "Fax"]), [("column-gone", "Notiz")]),
        (lambda run: with_columns(run, ["Nr", "Mail", "Betreuer", "Fax", "Notiz"]), [("column-renamed", "Mail")]),
        (lambda run: with_columns(run, ["Nr", "E-Mail", "Betreuer", "Notiz"]), []),
        (lambda run: replace(run, columns={**run.columns, "Neu": ColumnPast("", 9, 0, 9, 1)}), [("column-new", "Neu")]),
    ],
)  # fmt: skip
def test_one_change_is_said_once(change: Callable[[RunFigures], RunFigures], said: list[tuple[str, str]]) -> None:
    assert codes(change(NOW)) == said


def test_records_missing_are_a_warning_until_half_of_them_are() -> None:
    assert codes(replace(NOW, rows=930)) == []
    assert codes(a_run(14, 700)) == [("rows-fewer", "")]
    assert codes(replace(NOW, rows=0)) == [("rows-dropped", "")]


def test_a_torn_file_says_only_what_is_missing() -> None:
    torn = replace(NOW, rows=500, codes={"email.no-at": 400}, scores={"validity": Ratio(1, 10)})
    assert codes(with_column(torn, "E-Mail", filled=0)) == [("rows-dropped", ""), ("column-emptied", "E-Mail")]


@pytest.mark.parametrize("runs", [1, 2, 4])
def test_few_runs_say_only_the_gross(runs: int) -> None:
    past = PAST[:runs]
    now = a_run(runs)
    assert codes(now, past) == []
    assert codes(replace(now, rows=450), past) == [("rows-dropped", "")]
    assert codes(with_column(now, "E-Mail", filled=3), past) == [("column-emptied", "E-Mail")]
    assert codes(with_column(now, "E-Mail", filled=400), past) == []
    assert codes(with_columns(now, ["Nr", "E-Mail", "Betreuer", "Fax"]), past) == [("column-gone", "Notiz")]
    assert codes(now, []) == []


def test_a_clock_that_stops_is_said_three_days_after_the_usual_weekend() -> None:
    stopped = [replace(a_run(night), clocks={"edited": ClockPast("2026-06-12", 1, 1, 0)}) for night in range(14, 24)]
    past, first = list(PAST), []
    for run in stopped:
        first.append([code for code, _ in codes(run, past)])
        past.append(run)
    assert first[:2] == [[], []]  # Monday and Tuesday after the last change on Friday
    assert all("clock-frozen" in said for said in first[2:])


def test_a_clock_that_never_moved_is_not_called_stopped() -> None:
    past = [replace(run, clocks={"edited": ClockPast("2026-01-05", 1, 1, 0)}) for run in PAST]
    assert codes(replace(NOW, clocks=past[0].clocks), past) == []


def test_the_same_file_for_days() -> None:
    same = [replace(a_run(14), as_of=(MONDAY + timedelta(days=night)).isoformat()) for night in range(14, 20)]
    said = [("same-file", "") in codes(run, [*PAST, *same[:at]]) for at, run in enumerate(same)]
    assert said == [False] * 5 + [True]


def test_a_new_level_is_learned() -> None:
    past, said = list(PAST), []
    for night in range(14, 21):
        run = with_column(a_run(night), "E-Mail", filled=350)
        said.append(codes(run, past))
        past.append(run)
    assert said == [[("column-fewer", "E-Mail")]] * 4 + [[]] * 3


def test_one_bad_run_does_not_become_usual() -> None:
    past = [*PAST[:-2], replace(PAST[-2], rows=10), PAST[-1]]
    assert codes(NOW, past) == []
    assert codes(replace(NOW, rows=10), past) == [("rows-dropped", "")]


def test_runs_with_other_rules_are_compared_by_rows_and_columns_alone() -> None:
    now = with_column(replace(NOW, rules_version="2", codes={"email.no-at": 900}), "E-Mail", filled=0)
    assert codes(now) == [("other-rules", "")]
    assert codes(replace(now, rows=300)) == [("rows-dropped", ""), ("other-rules", "")]
    assert codes(replace(NOW, config_sha256="d", codes={"email.no-at": 900})) == [("other-rules", "")]
    later = [*PAST, *[replace(a_run(night), rules_version="2") for night in range(14, 16)]]
    assert codes(replace(a_run(16), rules_version="2"), later) == []


def test_looking_twice_at_one_file_on_one_day_counts_once() -> None:
    torn = replace(NOW, rows=400, file_sha256="torn")
    assert codes(torn, [*PAST, *[torn] * 20]) == [("rows-dropped", "")]


def test_level_and_spread() -> None:
    steady = usual([10.0, 12, 11, 10, 90, 11, 12, 11])
    assert (steady.level, round(steady.spread, 3), steady.runs) == (11.0, 1.483, 8)
    assert steady.reach(2.0) == pytest.approx(6 * 1.4826)
    assert usual([5.0]).reach(0.5) == 0.5
    assert usual([0.0] * 40 + [1.0] * 4).level == 1.0


def test_every_anomaly_is_described_in_both_languages() -> None:
    for code in ANOMALY_CODES:
        assert FILE_CODES[code.name] is code
        assert code.what.en != code.what.de
    for found in anomalies(replace(NOW, rows=400), PAST):
        assert found.message == ("400 records, usually 1,011", "400 Datensätze, üblich sind 1.011")


def gravities(runs: list[RunFigures]) -> list[list[str]]:
    """How grave each run's anomalies are, as the runs come one after another."""
    past, said = list(PAST), []
    for run in runs:
        said.append([each.severity for each in anomalies(run, past)])
        past.append(run)
    return said


def test_what_was_said_at_the_run_before_is_less_grave() -> None:
    renamed = [with_columns(a_run(night), ["Nr", "Mail", "Betreuer", "Fax"]) for night in range(14, 20)]
    assert gravities(renamed) == [["error", "warning"], *[["warning", "info"]] * 3, [], []]
    past = [*PAST, renamed[0], renamed[1]]
    echo = anomalies(renamed[2], past)[0]
    assert echo.since == "2026-06-15"
    assert echo.message == (
        "missing; it used to be filled in 5 cells, as since 2026-06-15",
        "fehlt; sonst waren 5 Zellen gefüllt, wie seit dem 2026-06-15",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([500, 490, 480], ["error", "warning", "warning"]),
        ([500, 250, 245], ["error", "error", "warning"]),
        ([500, ROWS, 500], ["error", "", "error"]),
    ],
)
def test_what_got_clearly_worse_is_as_grave_as_the_first_time(rows: list[int], said: list[str]) -> None:
    runs = [replace(a_run(14 + at), rows=n) for at, n in enumerate(rows)]
    assert gravities(runs) == [[each] if each else [] for each in said]


def test_an_export_that_is_made_again_on_the_same_day_fails_again() -> None:
    torn = replace(NOW, rows=400, file_sha256="torn")
    again = replace(torn, rows=410, file_sha256="torn again")
    assert gravities([torn, torn, again]) == [["error"]] * 3
    assert gravities([torn, again, replace(a_run(15), rows=400)])[2] == ["warning"]


def test_a_severity_of_ones_own_is_for_the_first_time() -> None:
    torn = [replace(a_run(night), rows=400) for night in (14, 15)]
    own = {"anomaly.rows-dropped": "warning"}
    said = [as_grave(anomalies(torn[at], [*PAST, *torn[:at]]), own)[0].severity for at in (0, 1)]
    assert said == ["warning", "info"]
    assert as_grave(anomalies(torn[0], PAST), {"anomaly.*": "off"}) == ()
