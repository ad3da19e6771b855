"""F48-F58, F72, F73: where is read from and written to. Nothing but the named file, and no file that is not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.driving import AS_OF, GOOD, Driver, assert_message, assert_no_leavings, process
from tests.run_files import RUN_FILES

NOBODY = 65534
IS_ROOT = os.geteuid() == 0
# Without these two rights root is a user like all others; elsewhere one is no root.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if IS_ROOT else ()
needs_rights = pytest.mark.skipif(IS_ROOT and not shutil.which("setpriv"), reason="root may do everything here")


def give_away(path: Path) -> None:
    """Make somebody else the owner, where we may."""
    if IS_ROOT:
        os.chown(path, NOBODY, NOBODY)


@pytest.mark.parametrize("name", ["missing", "folder", "pipe", "dangling", "loop", "below_file", "null", "zero", "url"])
def test_what_is_no_file_is_refused_at_once(name: str, crm: Driver) -> None:
    """F48."""
    (crm.folder / "folder").mkdir()
    os.mkfifo(crm.folder / "pipe")
    (crm.folder / "dangling").symlink_to("nowhere")
    (crm.folder / "loop").symlink_to("loop")
    crm.file("x", "file")
    places = {
        "below_file": "file/x", "null": "/dev/null", "zero": "/dev/zero", "url": "https://example.org/export.csv",
    }  # fmt: skip
    export = places.get(name, name)
    started = time.monotonic()
    done = crm.run(export if ":" in export else crm.folder / export)
    assert time.monotonic() - started < 5
    crm.refused(done, 3, "not-a-file", "file-not-found")


@needs_rights
def test_a_file_of_somebody_else_is_refused_with_mode_and_owner(tmp_path: Path) -> None:
    """F49."""
    export = tmp_path / "export.csv"
    export.write_text(GOOD)
    export.chmod(0o200)
    give_away(export)
    done = process("run", export, "-o", "out", prefix=UNPRIVILEGED, cwd=tmp_path)
    assert done.returncode == 3
    assert_message(done.stderr.decode(), "permission-denied")
    assert b"mode --w-------" in done.stderr
    assert not (tmp_path / "out").exists()


@needs_rights
@pytest.mark.parametrize("command", ["run", "clean"])
def test_a_folder_that_must_not_be_written_to(command: str, tmp_path: Path) -> None:
    """F56."""
    (tmp_path / "export.csv").write_text(GOOD)
    (tmp_path / "locked").mkdir(mode=0o555)
    give_away(tmp_path / "locked")
    done = process(command, "export.csv", "-o", "locked/out", prefix=UNPRIVILEGED, cwd=tmp_path)
    assert done.returncode == 5, done.stderr
    assert_message(done.stderr.decode(), "output-failed")
    assert list((tmp_path / "locked").iterdir()) == []


ODD_NAMES = (
    *("[1]*.csv", "-rf.csv", "--help.csv", "a\nb.csv", "<script>alert(1)</script>.csv", "$(id).csv", "a;b.csv"),
    *("\x1b[31m.csv", "\u202egnp.csv", "Müller & Söhne.csv", "a b.csv", "%s%n.csv", "{x}.csv", "[red]x[/x].csv"),
    *("x" * 250 + ".csv", "CON.csv", ".csv", "~.csv", "?.csv", "file:x.csv", "s3:x.csv"),
)


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_a_name_is_a_name(name: str, crm: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """F50: that one file is read, whatever its name would mean to a shell, a library or a browser."""
    name = name.replace("/", "")
    monkeypatch.chdir(crm.folder)
    crm.file(GOOD, name)
    crm.file(GOOD.replace("Adler", "Falke"), "1x.csv")
    done = crm("run", "-o", "out", "-q", *AS_OF, "--", name, folder=crm.folder / "out")
    assert done.code == 0, done.err
    assert done.cells()[1][1] == "Adler 1 GmbH"
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert not set(page) & set("\x1b\u202e")


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    name = os.fsencode(tmp_path) + b"/x/M\xfcller.csv"
    Path(os.fsdecode(name)).write_text(GOOD)
    done = process("run", name, "-o", tmp_path / "out", *AS_OF)
    assert done.returncode == 0, done.stderr
    assert b"M\\xfcller" in (tmp_path / "out" / "manifest.json").read_bytes().replace(b"\\\\", b"\\")
    missing = process("run", name + b"x", "-o", tmp_path / "out2")
    assert missing.returncode == 3
    assert b"M\\xfcller.csvx: file-not-found" in missing.stderr


@pytest.mark.parametrize("command", ["run", "clean", "report"])
def test_a_full_disk(command: str, crm: Driver) -> None:
    """F51: /dev/full stands for the disk; no device is ever replaced by a file."""
    done = crm(command, crm.file(GOOD), "-o", "/dev/full")
    assert done.code in (2, 5), done.err
    assert_message(done.err, "output-failed", "output-exists")
    assert not Path("/dev/full").is_file()
    assert_no_leavings(crm.folder)


def test_a_full_standard_output(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(GOOD)
    for arguments in (("clean", "export.csv", "-o", "-"), ("profile", "export.csv"), ("list", "fields"), ("--help",)):
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            done = process(*arguments, stdout=full, cwd=tmp_path)
        assert done.returncode == 5, arguments
        assert_message(done.stderr.decode().splitlines()[-1] + "\n", "output-failed")


def test_a_limit_on_file_sizes_keeps_the_old_files(tmp_path: Path) -> None:
    """F51: the disk fills up while writing."""
    big = GOOD + "6;Adler GmbH;01067;Dresden\n" * 30_000
    (tmp_path / "old.csv").write_text(GOOD)
    (tmp_path / "new.csv").write_text(big)
    assert process("run", "old.csv", "-o", "out", *AS_OF, cwd=tmp_path).returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    done = process("run", "new.csv", "-o", "out", cwd=tmp_path, prefix=("prlimit", "--fsize=300000"))
    assert done.returncode == 5, done.stderr
    assert_message(done.stderr.decode(), "output-failed")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("way", ["path", "dotted", "symlink", "hardlink", "folder"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_input_is_never_written(way: str, force: tuple[str, ...], crm: Driver) -> None:
    """F55."""
    out = crm.folder / "out"
    out.mkdir()
    export = crm.file(GOOD, "out/cleaned.csv")
    target = {"path": export, "dotted": out / ".." / "out" / "cleaned.csv", "folder": out}.get(way, crm.folder / way)
    if way == "symlink":
        target.symlink_to(export)
    if way == "hardlink":
        target.hardlink_to(export)
    done = crm("run" if way == "folder" else "clean", export, "-o", target, *force)
    assert done.code == 2, done.err
    assert_message(done.err, "same-file", "output-exists")
    assert export.read_text() == GOOD


@pytest.mark.parametrize("side", ["--findings", "--changes", "--rejects"])
def test_a_side_file_is_never_the_input(side: str, crm: Driver) -> None:
    export = crm.file(GOOD)
    assert crm("clean", export, "-o", crm.folder / "c.csv", side, export, "--force").code == 2
    assert export.read_text() == GOOD


@pytest.mark.parametrize("kind", ["symlink", "dangling", "pipe", "folder", "file"])
def test_an_output_that_is_something_else(kind: str, crm: Driver) -> None:
    """F56, F57: never written through, never replaced unasked."""
    target, other = crm.folder / "c.csv", crm.file("mine", "other")
    if kind == "symlink":
        target.symlink_to(other)
    elif kind == "dangling":
        target.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    else:
        target.write_text("mine")
    mode = target.lstat().st_mode
    for force in ((), ("--force",)) if kind != "file" else ((),):
        done = crm("clean", crm.file(GOOD), "-o", target, *force)
        assert done.code == (2 if kind == "file" else 5), done.err
        assert_message(done.err, "output-failed", "output-exists")
    assert other.read_text() == "mine"
    assert target.lstat().st_mode == mode
    assert not (crm.folder / "nowhere").exists()


def test_a_folder_of_somebody_else(crm: Driver) -> None:
    """F56: also when the folder's name is a file's."""
    crm.file("mine", "notes.txt")
    done = crm("run", crm.file(GOOD), "-o", crm.folder)
    assert (done.code, done.files) == (2, ("export.csv", "notes.txt"))
    assert_message(done.err, "output-exists")
    below = crm("run", crm.folder / "export.csv", "-o", crm.folder / "notes.txt" / "out")
    assert below.code == 5
    assert_message(below.err, "output-failed")


def test_an_input_that_grows_while_it_is_read(crm: Driver) -> None:
    """F58."""
    export = crm.file(GOOD + "6;Adler GmbH;01067;Dresden\n" * 400_000)
    grow = "import sys; file = open(sys.argv[1], 'ab', buffering=0)\nwhile True: file.write(b'7;Falke AG;80331;Ulm\\n')"
    with subprocess.Popen([sys.executable, "-c", grow, str(export)]) as writer:
        try:
            while export.stat().st_size < 11_000_000:
                time.sleep(0.01)
            done = crm.run(export)
            for _ in range(20):
                if done.code:
                    break
                # On a busy machine the writer may sleep while the file is read: then it has not changed.
                shutil.rmtree(done.folder)
                done = crm.run(export)
        finally:
            writer.kill()
    crm.refused(done, 3, "input-changed")


@pytest.mark.parametrize("name", ["cleaned.csv", "changes.csv", "rejects.csv", "manifest.json"])
@pytest.mark.parametrize("how", ["edited", "cut", "gone", "exchanged"])
def test_undo_refuses_files_that_do_not_belong_together(name: str, how: str, crm: Driver) -> None:
    """F73."""
    run = crm.run(crm.file(GOOD.replace("Adler 1 GmbH", "  adler 1   gmbh ") + "6;A;1\n")).folder
    victim = run / name
    if how == "edited":
        victim.write_bytes(victim.read_bytes().replace(b"1", b"2"))
    elif how == "cut":
        victim.write_bytes(victim.read_bytes()[:-9])
    elif how == "gone":
        victim.unlink()
    else:
        other = crm.folder / "other"
        crm("run", crm.file(GOOD + "7;B\n8;C\n", "b.csv"), "-o", other, "-q", *AS_OF)
        shutil.copy(other / name, victim)
    done = crm("undo", run, "-o", crm.folder / "back.csv")
    assert_message(done.err, "audit-mismatch", "file-not-found")
    assert done.code == 3
    assert "back.csv" not in done.files
    assert_no_leavings(crm.folder)


@pytest.mark.parametrize("sheet", ["../../x", "CON", "x" * 31, "a:b"])
def test_names_from_the_data_never_name_a_file(sheet: str, crm: Driver) -> None:
    """F72: labels, sheets and values name nothing on disk."""
    before = sorted(crm.folder.parent.iterdir())
    done = crm.run(crm.file(GOOD.replace("Firma", sheet), "export.csv"))
    assert done.code == 0
    assert set(done.files) == RUN_FILES
    assert sorted(crm.folder.parent.iterdir()) == before
