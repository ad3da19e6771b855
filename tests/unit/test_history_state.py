"""The history in the state file: what is kept, taken back, pruned, brought to this version, and refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.tables import Columns, cleaned

from crmclean.config.lifecycle import LifecycleSection
from crmclean.config.model import FreshnessSection
from crmclean.core.errors import InputError, OutputError
from crmclean.formats.history_tables import HistoryTables
from crmclean.formats.state import SAME, Decision, State
from crmclean.formats.state_schema import APPLICATION, SCHEMA_VERSION, STEPS
from crmclean.history.listing import findings_history
from crmclean.history.memory import History, HistoryOrder, Judging, LookedBack
from crmclean.history.recorded import recorded
from crmclean.stages.measure import measure
from crmclean.table import Normalised

SAID = Decision("a", "b", SAME, "e f", "anna", "2026-01-31T00:00:00Z")
JUDGING = Judging("settings", LifecycleSection(), "auto", {})
IS_ERROR = pl.col("severity") == "error"
MAILS = {"1": "mia@", "2": "info@example.com", "3": "x@@y"}


def on_day(day: int, columns: Columns) -> Normalised:
    return replace(cleaned(columns), as_of=date(2026, 1, day))


def night(place: Path, day: int, mails: dict[str, str], *, keep: int = 400, settings: str = "settings") -> LookedBack:
    """One run over an export of ids and mail addresses."""
    columns: Columns = {("Nr", "record_id"): list(mails), ("Mail", "email"): list(mails.values())}
    table = on_day(day, columns)
    with History(HistoryOrder(place, "h", keep), date(2026, 1, day)) as history:
        looked = history.look_back(
            table, measure(table, FreshnessSection()), replace(JUDGING, settings_sha256=settings)
        )
        history.record(looked)
    return looked


def statuses(looked: LookedBack) -> list[tuple[str | None, ...]]:
    frame = findings_history(looked).filter(IS_ERROR)
    return frame.select("status", "record_id", "first_seen", "last_seen").rows()


def test_new_open_and_fixed_since(tmp_path: Path) -> None:
    place = tmp_path / "h.sqlite"
    night(place, 1, MAILS)
    looked = night(place, 2, {**MAILS, "1": "mia@example.com", "2": "info@"})
    assert statuses(looked) == [
        ("new", "2", "2026-01-02", "2026-01-02"),
        ("open", "3", "2026-01-01", "2026-01-02"),
        ("fixed", "1", "2026-01-01", "2026-01-01"),
    ]
    looked = night(place, 3, MAILS)
    assert statuses(looked) == [
        ("new", "1", "2026-01-03", "2026-01-03"),
        ("open", "3", "2026-01-01", "2026-01-03"),
        ("fixed", "2", "2026-01-02", "2026-01-02"),
    ]
    assert [(run.as_of, run.new, run.fixed) for run in recorded(place, "h").runs][1:] == [
        (f"2026-01-0{day}", looked.figures.new, looked.figures.fixed) for day in (2, 3)
    ]
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_record_that_is_gone_is_not_fixed_and_comes_back_with_its_first_day(tmp_path: Path) -> None:
    night(tmp_path / "h", 1, MAILS)
    for _ in range(2):  # made again it says the same
        looked = night(tmp_path / "h", 2, {"2": "info@example.com"})
        assert statuses(looked) == [("gone", None, "2026-01-01", "2026-01-01")] * 2
        assert (looked.figures.fixed, looked.figures.gone, looked.figures.still) == (0, 2, 1)
    assert recorded(tmp_path / "h", "h").open_findings.filter(IS_ERROR).is_empty()
    for _ in range(2):
        looked = night(tmp_path / "h", 3, {**MAILS, "1": "mia@example.com"})
        assert statuses(looked) == [
            ("open", "3", "2026-01-01", "2026-01-03"),
            ("fixed", "1", "2026-01-01", "2026-01-02"),
        ]
        assert (looked.figures.new, looked.figures.gone) == (1, 0)
    looked = night(tmp_path / "h", 4, MAILS)
    assert [row for row in statuses(looked) if row[1] == "1"] == [("new", "1", "2026-01-04", "2026-01-04")]


def test_a_record_that_goes_comes_and_goes_again(tmp_path: Path) -> None:
    nights = [MAILS, {"2": "a@example.com"}, MAILS, {"2": "a@example.com"}, {"2": "a@example.com"}, MAILS]
    said = []
    for day, mails in enumerate(nights, 1):
        night(tmp_path / "h", day, mails)
        looked = night(tmp_path / "h", day, mails)  # made again it says the same
        said.append((looked.figures.new, looked.figures.still, looked.figures.gone))
    assert [gone for *_, gone in said[1:]] == [2, 0, 2, 0, 0]
    assert [new for new, *_ in said[2:]] == [1, 1, 0, 1]  # the address of record 2


def test_who_never_comes_back_is_forgotten(tmp_path: Path) -> None:
    night(tmp_path / "h", 1, MAILS, keep=2)
    for day in range(2, 6):
        night(tmp_path / "h", day, {"2": "info@example.com"}, keep=2)
    assert {row[0] for row in statuses(night(tmp_path / "h", 6, MAILS))} == {"new"}


def test_findings_follow_a_column_that_was_renamed(tmp_path: Path) -> None:
    many = {str(n): f"x{n}@" for n in range(1, 31)}

    def with_label(day: int, label: str) -> LookedBack:
        table = on_day(day, {("Nr", "record_id"): list(many), (label, "email"): list(many.values())})
        with History(HistoryOrder(tmp_path / "h", "h", 9), date(2026, 1, day)) as history:
            looked = history.look_back(table, measure(table, FreshnessSection()), JUDGING)
            history.record(looked)
        return looked

    for day, label in enumerate(["Mail", "E-Post", "E-Post", "Mailadresse", "Mail"], 1):
        for _ in range(2):
            looked = with_label(day, label)
            if day > 1:
                assert (looked.figures.fixed, looked.figures.gone) == (0, 0)
                assert {row[0] for row in statuses(looked)} == {"open"}
        assert set(recorded(tmp_path / "h", "h").open_findings["column"]) == {label}


def test_ids_that_begin_to_repeat_are_still_the_ids(tmp_path: Path) -> None:
    night(tmp_path / "h", 1, MAILS)
    columns: Columns = {("Nr", None): [*MAILS, "1"], ("Mail", "email"): [*MAILS.values(), "mia@"]}
    table = on_day(2, columns)
    with History(HistoryOrder(tmp_path / "h", "h", 9), date(2026, 1, 2)) as history:
        looked = history.look_back(table, measure(table, FreshnessSection()), JUDGING)
    found = {row[0] for row in findings_history(looked).filter(IS_ERROR).rows() if row[2] != "1"}
    assert found == {"open"}


def test_only_so_many_runs_are_kept_and_first_days_longer(tmp_path: Path) -> None:
    for day in range(1, 6):
        night(tmp_path / "h", day, MAILS, keep=2)
    history = recorded(tmp_path / "h", "h")
    assert [run.as_of for run in history.runs] == ["2026-01-04", "2026-01-05"]
    assert set(history.open_findings["first_seen"]) == {"2026-01-01"}


def test_other_settings_on_the_same_day_are_another_run(tmp_path: Path) -> None:
    for settings in ("a", "a", "b"):
        night(tmp_path / "h", 1, MAILS, settings=settings)
    assert len(recorded(tmp_path / "h", "h").runs) == 2


def test_a_clock_set_back_and_another_export_are_refused(tmp_path: Path) -> None:
    night(tmp_path / "h", 2, MAILS)
    before = (tmp_path / "h").read_bytes()
    with pytest.raises(InputError) as refused:
        night(tmp_path / "h", 1, MAILS)
    assert refused.value.code == "history-clock-back"
    assert "2026-01-02" in refused.value.message("de")
    other = on_day(3, {("Id", "record_id"): ["9"], ("Web", "website"): ["example.com"]})
    with (
        History(HistoryOrder(tmp_path / "h", "h", 9), date(2026, 1, 3)) as history,
        pytest.raises(InputError) as refused,
    ):
        history.look_back(other, measure(other, FreshnessSection()), JUDGING)
    assert refused.value.code == "state-unusable"
    assert (tmp_path / "h").read_bytes() == before


def version_1(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        made = (f"pragma application_id = {APPLICATION}", "pragma user_version = 1", *STEPS[1])
        database.executescript("; ".join(made))
        database.execute("insert into clusters values ('a', 'c1')")
        database.execute("insert into pairs values ('a', 'b')")
        database.commit()
    with State(path) as state:
        state._database.execute("insert into sketch values ('a')")  # type: ignore[union-attr]


def test_a_file_of_version_1_is_read_and_brought_to_this_version_when_written(tmp_path: Path) -> None:
    version_1(tmp_path / "s")
    with State(tmp_path / "s") as state:
        assert (HistoryTables(state).runs(), state.cluster_ids(), state.version) == ([], [("a", "c1")], 1)
        state.decide([SAID])
        assert state.version == SCHEMA_VERSION
    night(tmp_path / "s", 1, MAILS)
    with State(tmp_path / "s") as state:
        assert (state.decisions(), state.cluster_ids(), state.pairs()) == ([SAID], [("a", "c1")], [("a", "b")])
        assert len(HistoryTables(state).runs()) == 1


def test_a_migration_that_fails_leaves_version_1(tmp_path: Path) -> None:
    version_1(tmp_path / "s")
    before = (tmp_path / "s").read_bytes()
    with State(tmp_path / "s") as state, pytest.raises(ZeroDivisionError), state.writing():
        raise ZeroDivisionError
    assert (tmp_path / "s").read_bytes() == before


@pytest.mark.parametrize("damage", ["figures", "salt", "cut"])
def test_a_damaged_history_is_refused(damage: str, tmp_path: Path) -> None:
    night(tmp_path / "h", 1, MAILS)
    if damage == "cut":
        (tmp_path / "h").write_bytes((tmp_path / "h").read_bytes()[:20000])
    else:
        with closing(sqlite3.connect(tmp_path / "h")) as database:
            change = "update runs set figures = '[1]'" if damage == "figures" else "update history_key set salt = ''"
            database.execute(change)
            database.commit()
    with pytest.raises(InputError) as refused:
        night(tmp_path / "h", 2, MAILS)
    assert refused.value.code == "state-unusable"


def test_a_full_disk_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "h"
    night(place, 1, MAILS)
    before = place.read_bytes()
    many = {**MAILS, **{str(n): f"x{n}@" for n in range(4, 2000)}}
    table = on_day(2, {("Nr", "record_id"): list(many), ("Mail", "email"): list(many.values())})
    with History(HistoryOrder(place, "h", 9), date(2026, 1, 2)) as history:
        looked = history.look_back(table, measure(table, FreshnessSection()), JUDGING)
        history.state.read(f"pragma max_page_count = {len(before) // 4096 + 2}")
        with pytest.raises(OutputError):
            history.record(looked)
    assert place.read_bytes() == before
    assert night(place, 2, many).figures.new >= 1990


def test_a_file_that_may_not_be_written_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "h"
    night(place, 1, MAILS)
    connect = sqlite3.connect
    monkeypatch.setattr(
        "crmclean.formats.state.sqlite3.connect",
        lambda path, **more: connect(f"file:{path}?mode=ro", uri=True, **more),
    )
    with pytest.raises(OutputError), History(HistoryOrder(place, "h", 9), date(2026, 1, 2)):
        pass
