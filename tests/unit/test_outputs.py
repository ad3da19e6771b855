"""A set of outputs: all new or all old, whatever happens, and never over the wrong file."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmclean.core.errors import CrmCleanError, LockedError, OutputError, UsageError
from crmclean.formats.output_errors import output_failed
from crmclean.formats.outputs import OutputSet, finish_killed
from crmclean.formats.run_lock import LOCK_NAME, RunLock

DRIVER = Path(__file__).with_name("output_driver.py")
OLD = {"changes.csv": "old", "cleaned.csv": "old", "manifest.json": "old"}
NEW = dict.fromkeys(OLD, "new")

Step = tuple[dict[str, str], int, dict[str, str], dict[str, str]]


def put(outputs: OutputSet, key: str, data: bytes) -> None:
    with outputs.open(key) as sink:
        sink.write(data)


def drive(folder: Path, how: str) -> list[Step]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}  # and no HOME
    run = subprocess.run(
        [sys.executable, str(DRIVER), str(folder), how], env=environment, capture_output=True, check=True, text=True
    )
    return [tuple(json.loads(line)) for line in run.stdout.splitlines()]


def test_killed_at_any_step_the_next_run_finds_one_whole_set(tmp_path: Path) -> None:
    steps = drive(tmp_path / "out", "kill")
    assert [status for _, status, _, _ in steps] == [-9] * (len(steps) - 1) + [0]
    assert len(steps) > 15
    for before, _, at_once, later in steps:
        assert before == OLD
        assert {name: at_once[name] for name in OLD}.items() <= {(n, v) for n in OLD for v in ("old", "new")}
        assert later in (OLD, NEW)
    finished = [later == NEW for _, _, _, later in steps]
    assert finished == sorted(finished)
    assert steps[-1][3] == NEW


def test_killed_at_random_moments_each_file_is_old_or_new(tmp_path: Path) -> None:
    for _, _, at_once, later in drive(tmp_path / "out", "timed"):
        assert "broken" not in {at_once[name] for name in OLD}
        assert later in (OLD, NEW)


def test_an_error_at_any_step_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    steps = drive(tmp_path / "out", "fail")
    assert len(steps) > 15
    for _, status, at_once, later in steps[:-1]:
        # Done in spite of it: no hard link could be made, or a leaving could not be removed at the end.
        assert status in (5, 3)
        assert {name: at_once[name] for name in OLD} == (OLD if status == 5 else NEW)
        assert later == (OLD if status == 5 else NEW)


def test_a_full_disk_leaves_the_old_files_and_no_temporary_ones(tmp_path: Path) -> None:
    steps = drive(tmp_path / "out", "limit")
    assert len(steps) > 5
    for _, status, at_once, _ in steps[:-1]:
        assert (status, at_once) == (5, OLD)
    assert steps[-1][2] == NEW


def test_files_are_private_and_a_new_folder_too(tmp_path: Path) -> None:
    with OutputSet.in_directory(tmp_path / "a" / "b") as outputs:
        put(outputs, "x.csv", b"1")
        outputs.commit()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "x.csv").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["x.csv"]


def test_without_commit_not_even_the_folder_is_left(tmp_path: Path) -> None:
    with OutputSet.in_directory(tmp_path / "a" / "b") as outputs:
        put(outputs, "x.csv", b"1")
    assert list(tmp_path.iterdir()) == []


def _same_path(folder: Path) -> Path:
    return folder / "in.csv"


def _same_link(folder: Path) -> Path:
    (folder / "link.csv").symlink_to(folder / "in.csv")
    return folder / "link.csv"


def _same_inode(folder: Path) -> Path:
    os.link(folder / "in.csv", folder / "twin.csv")
    return folder / "twin.csv"


def _existing(folder: Path) -> Path:
    (folder / "old.csv").write_bytes(b"old")
    return folder / "old.csv"


def _link(folder: Path) -> Path:
    (folder / "l.csv").symlink_to(_existing(folder))
    return folder / "l.csv"


def _dangling(folder: Path) -> Path:
    (folder / "l.csv").symlink_to(folder / "nowhere")
    return folder / "l.csv"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _folder(folder: Path) -> Path:
    (folder / "d.csv").mkdir()
    return folder / "d.csv"


@pytest.mark.parametrize(
    ("make", "code", "exit_code", "force"),
    [
        (_same_path, "same-file", 2, True),
        (_same_link, "same-file", 2, True),
        (_same_inode, "same-file", 2, True),
        (_existing, "output-exists", 2, False),
        (_link, "output-failed", 5, True),
        (_dangling, "output-failed", 5, True),
        (_pipe, "output-failed", 5, True),
        (_folder, "output-failed", 5, True),
        (lambda folder: folder / "no" / "x.csv", "output-failed", 5, True),
        (lambda folder: folder / "in.csv" / "x.csv", "output-failed", 5, True),
        (lambda folder: folder / ("x" * 300), "output-failed", 5, True),
    ],
)
def test_bad_targets_are_refused_before_any_work(
    tmp_path: Path, make: Callable[[Path], Path], code: str, exit_code: int, force: bool
) -> None:
    (tmp_path / "in.csv").write_bytes(b"input")
    target = make(tmp_path)
    there = sorted(tmp_path.iterdir())
    with (
        pytest.raises(CrmCleanError) as raised,
        OutputSet.at({"cleaned": target}, inputs=[tmp_path / "in.csv"], force=force),
    ):
        pytest.fail("entered")
    assert (raised.value.code, raised.value.exit_code) == (code, exit_code)
    assert sorted(tmp_path.iterdir()) == there
    assert (tmp_path / "in.csv").read_bytes() == b"input"


def test_two_outputs_in_one_place_are_refused(tmp_path: Path) -> None:
    targets = {"cleaned": tmp_path / "a.csv", "changes.csv": tmp_path / "." / "a.csv"}
    with pytest.raises(UsageError, match="read or written elsewhere"), OutputSet.at(targets):
        pytest.fail("entered")


def test_a_folder_of_others_is_refused_without_force(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Liebe Anna")
    with pytest.raises(UsageError) as raised, OutputSet.in_directory(tmp_path):
        pytest.fail("entered")
    assert raised.value.code == "output-exists"
    with OutputSet.in_directory(tmp_path, force=True) as outputs:
        put(outputs, "x.csv", b"1")
        outputs.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "x.csv"]


def test_a_run_of_our_own_is_replaced_and_its_leavings_go(tmp_path: Path) -> None:
    for names in (["x.csv", "y.csv"], ["x.csv"]):
        with OutputSet.in_directory(tmp_path) as outputs:
            for name in names:
                put(outputs, name, b"new")
            put(outputs, "manifest.json", b'{"tool": {"name": "crmclean"}}')
            outputs.remove_old(["y.csv", "never-there.csv"])
            outputs.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "x.csv"]


def test_standard_output_gets_the_bytes_after_the_files_are_in_place(tmp_path: Path) -> None:
    stdout = io.BytesIO()
    with OutputSet.at({"cleaned": Path("-"), "changes.csv": tmp_path / "c.csv"}, stdout=stdout) as outputs:
        put(outputs, "cleaned", b"a;b\n")
        put(outputs, "changes.csv", b"row\n")
        assert stdout.getvalue() == b""
        outputs.commit()
    assert stdout.getvalue() == b"a;b\n"
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]


def test_a_full_standard_output_is_an_error_in_words() -> None:
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        OutputSet.at({"cleaned": Path("-")}, stdout=full) as outputs,
    ):
        put(outputs, "cleaned", b"a;b\n")
        with pytest.raises(OutputError) as raised:
            outputs.commit()
    assert "disk is full" in raised.value.message("en")


def test_an_unwanted_file_is_made_and_dropped(tmp_path: Path) -> None:
    with OutputSet.at({"cleaned": tmp_path / "a.csv", "report": None}) as outputs:
        put(outputs, "cleaned", b"1")
        put(outputs, "report", b"2")
        outputs.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_places_are_told_from_the_manifest(tmp_path: Path) -> None:
    targets = {
        "cleaned": tmp_path / "a.csv",
        "changes.csv": tmp_path / "log" / "c.csv",
        "manifest.json": tmp_path / "a.manifest.json",
    }
    outputs = OutputSet.at(targets)
    assert [outputs.relative(key) for key in targets] == ["a.csv", "log/c.csv", "a.manifest.json"]


def test_two_runs_on_one_output_exclude_each_other(tmp_path: Path) -> None:
    with OutputSet.in_directory(tmp_path / "out"):
        with pytest.raises(LockedError) as raised, OutputSet.in_directory(tmp_path / "out"):
            pytest.fail("entered")
        assert f"process {os.getpid()}" in raised.value.message("en")
        assert raised.value.exit_code == 8
    with OutputSet.in_directory(tmp_path / "out"):
        pass


def test_runs_on_different_files_of_one_folder_do_not_mind_each_other(tmp_path: Path) -> None:
    with OutputSet.at({"cleaned": tmp_path / "a.csv"}) as one, OutputSet.at({"cleaned": tmp_path / "b.csv"}) as two:
        put(one, "cleaned", b"a")
        put(two, "cleaned", b"b")
        two.commit()
        one.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_lock_left_by_a_killed_run_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text("4711 elsewhere 2026-01-01T00:00:00Z\n")
    with RunLock(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text().startswith(f"{os.getpid()} ")
    assert not (tmp_path / LOCK_NAME).exists()


def test_the_reason_is_said_in_both_languages() -> None:
    full = output_failed("a.csv", OSError(errno.ENOSPC, "No space left on device"))
    assert full.message("de").startswith("a.csv: output-failed: der Datenträger ist voll")
    polars_like = output_failed("a.csv", OSError("No space left on device (os error 28)"))
    assert "the disk is full" in polars_like.message("en")


def test_the_commit_of_a_killed_run_is_finished_on_demand(tmp_path: Path) -> None:
    (tmp_path / ".crmclean-set-a").write_bytes(b"new")
    (tmp_path / ".crmclean-set-old-1").write_bytes(b"old")
    (tmp_path / "x.csv").write_bytes(b"old")
    (tmp_path / "gone.csv").write_bytes(b"old")
    noted = [["", "gone.csv", ".crmclean-set-old-0"], [".crmclean-set-a", "x.csv", ".crmclean-set-old-1"]]
    (tmp_path / ".crmclean-set-journal").write_text(json.dumps(noted))
    finish_killed(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert (tmp_path / "x.csv").read_bytes() == b"new"


@pytest.mark.parametrize(
    "noted",
    [
        "[",
        '["a"]',
        "[[1, 2, 3]]",
        '[["", "../mine.csv", ".crmclean-set-old-0"]]',
        '[["", "../mine.csv", "../.crmclean-set-old-0"]]',
        '[["x.csv", "../mine.csv", "../.crmclean-set-old-0"]]',
        '[[".crmclean-set-a", "../mine.csv", "../.crmclean-set-old-0"]]',
    ],
)
def test_a_forged_journal_moves_nothing(tmp_path: Path, noted: str) -> None:
    (tmp_path / "mine.csv").write_bytes(b"mine")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / ".crmclean-set-a").write_bytes(b"theirs")
    (folder / ".crmclean-set-journal").write_text(noted)
    finish_killed(folder)
    assert (tmp_path / "mine.csv").read_bytes() == b"mine"


def test_a_file_of_the_run_itself_is_no_input_for_it(tmp_path: Path) -> None:
    manifest = {"tool": {"name": "crmclean"}, "files": {"cleaned": {"name": "cleaned.csv"}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "cleaned.csv").write_bytes(b"a")
    with pytest.raises(UsageError) as raised, OutputSet.in_directory(tmp_path, inputs=[tmp_path / "cleaned.csv"]):
        pytest.fail("entered")
    assert raised.value.code == "same-file"
