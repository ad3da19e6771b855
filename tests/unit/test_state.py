"""The state file: what is kept, and what is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crmclean.core.errors import CrmCleanError, InputError, LockedError, OutputError
from crmclean.formats.state import DIFFERENT, SAME, Decision, State

SAID = Decision("a", "b", SAME, "e f", "anna", "2026-01-31T00:00:00Z")


def test_nothing_is_made_before_something_is_kept(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        assert (state.decisions(), state.cluster_ids(), state.pairs(), state.sketch()) == ([], [], [], [])
        assert state.take_back() is None
    assert not list(tmp_path.iterdir())


def test_the_last_word_holds_and_can_be_taken_back(tmp_path: Path) -> None:
    other = Decision("a", "b", DIFFERENT, "e f", "bert", "2026-02-01T00:00:00Z", comment="two firms")
    with State(tmp_path / "s") as state:
        state.decide([SAID])
        state.decide([other])
        assert state.decisions() == [other]
    with State(tmp_path / "s") as state:
        assert state.take_back() == other
        assert state.decisions() == [SAID]
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600


def test_a_run_replaces_what_the_run_before_left_but_no_decision(tmp_path: Path) -> None:
    with State(tmp_path / "s") as state:
        state.decide([SAID])
        state.remember([("a", "c1")], [("a", "b")], ["a"])
        state.remember([("b", "c2")], [], ["b"])
        assert (state.cluster_ids(), state.pairs(), state.sketch()) == ([("b", "c2")], [], ["b"])
        assert state.decisions() == [SAID]


@pytest.mark.parametrize("kind", ["text", "folder", "other", "newer", "cut", "empty"])
def test_what_is_no_state_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "s"
    if kind == "folder":
        path.mkdir()
    elif kind == "other":
        with sqlite3.connect(path) as database:
            database.execute("create table decisions (x)")
    elif kind in ("newer", "cut"):
        with State(path) as state:
            state.decide([SAID])
        if kind == "newer":
            with sqlite3.connect(path) as database:
                database.execute("pragma user_version = 99")
        else:
            path.write_bytes(path.read_bytes()[:5000])
    else:
        path.write_bytes(b"" if kind == "empty" else b"Nr;Firma\n" * 99)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(InputError) as refused, State(path) as state:
        state.decisions()
    assert refused.value.code == "state-unusable"
    assert path.is_dir() or path.read_bytes() == before


def test_another_process_is_waited_for_and_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmclean.formats.state._WAIT_S", 0.1)
    with State(tmp_path / "s") as state:
        state.decide([SAID])
    other = sqlite3.connect(tmp_path / "s", isolation_level=None)
    other.execute("begin immediate")
    with State(tmp_path / "s") as state, pytest.raises(LockedError):
        state.decide([SAID])
    other.close()


def test_where_nothing_can_be_written_the_place_is_said(tmp_path: Path) -> None:
    with State(tmp_path / "gone" / "s") as state, pytest.raises(OutputError) as failed:
        state.decide([SAID])
    assert "gone" in failed.value.where


def test_two_who_begin_at_once_both_are_heard(tmp_path: Path) -> None:
    with State(tmp_path / "s") as one, State(tmp_path / "s") as other:
        one.decide([SAID])
        other.decide([Decision("c", "d", SAME, "e f", "bert", "2026-01-31T00:00:00Z")])
        assert len(one.decisions()) == 2


def test_an_empty_state_takes_nothing() -> None:
    with State.empty() as state, pytest.raises(CrmCleanError):
        state.decide([SAID])
