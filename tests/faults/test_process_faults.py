"""F52-F54, F59-F65: what happens around a run: killed, interrupted, locked, starved, offline, in any locale."""

from __future__ import annotations

import fcntl
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.driving import AS_OF, GOOD, Driver, assert_message, assert_no_leavings, process
from tests.run_files import RUN_FILES
from tests.workbooks import book_of

N_BIG = 25_000
TOKEN = "Geheimnis"


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """An export that takes some seconds."""
    rows = (f"{n};a{n}@example.org;030 23125 {n:06d};Adler {n} GmbH\n" for n in range(N_BIG))
    path = tmp_path / "big.csv"
    path.write_text("Nr;E-Mail;Telefon;Firma\n" + "".join(rows))
    return path


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own, under way."""
    command = [sys.executable, "-m", "crmclean", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def checksums(folder: Path) -> dict[str, str]:
    """Of every file in a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_killed_at_any_moment_the_next_run_succeeds_and_cleans_up(big: Path, tmp_path: Path) -> None:
    """F52, I13: the files in the folder are those of one run, the old one or the new."""
    out = tmp_path / "out"
    (tmp_path / "old.csv").write_text(GOOD)
    sets = []
    for export in (big, tmp_path / "old.csv"):
        assert process("run", export, "-o", out, *AS_OF).returncode == 0
        sets.append(checksums(out))
    moments = random.Random(1)
    for _ in range(3):
        run = started("run", big, "-o", out, *AS_OF)
        time.sleep(moments.uniform(0.3, 2.0))
        run.kill()
        run.communicate()
        left = {name: hash_ for name, hash_ in checksums(out).items() if not name.startswith(".crmclean")}
        assert left in sets or (out / ".crmclean-set-journal").exists()
    assert process("run", tmp_path / "old.csv", "-o", out, *AS_OF).returncode == 0
    assert checksums(out) == sets[1]
    assert_no_leavings(tmp_path)


@pytest.mark.parametrize(
    ("sign", "code", "said"),
    [
        (signal.SIGINT, 130, "interrupted: abgebrochen"),
        (signal.SIGTERM, 143, "interrupted: abgebrochen"),
    ],
)
def test_interrupted_it_stops_soon_with_one_line(
    sign: signal.Signals, code: int, said: str, big: Path, tmp_path: Path
) -> None:
    """F53."""
    run = started("run", big, "-o", tmp_path / "out", "--lang", "de", "-q")
    while not (tmp_path / "out" / ".crmclean.lock").exists() and run.poll() is None:
        time.sleep(0.02)  # until the run has begun, however slow the machine
    time.sleep(0.4)
    asked = time.monotonic()
    run.send_signal(sign)
    out, err = run.communicate(timeout=20)
    assert time.monotonic() - asked < 4
    assert run.returncode == code
    assert out == b""
    assert said in err.decode()
    assert err.count(b"\n") == 1
    assert not (tmp_path / "out").exists()


def test_an_ignored_interrupt_stays_ignored(tmp_path: Path) -> None:
    """What nohup and shells do for jobs in the background."""
    (tmp_path / "a.csv").write_text(GOOD)
    command = f"trap '' INT; {sys.executable} -m crmclean run a.csv -o out -q & sleep 0.15; kill -INT $!; wait $!"
    assert subprocess.run(["bash", "-c", command], cwd=tmp_path, check=False, timeout=60).returncode == 0


def test_two_runs_of_one_output(crm: Driver) -> None:
    """F54: the second is refused; a lock without its process is taken over."""
    out = crm.folder / "out"
    crm.run(crm.file(GOOD))
    before = checksums(out)
    with (out / ".crmclean.lock").open("w") as lock:
        lock.write("4711 elsewhere 2026-01-01T00:00:00Z\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = crm.run(crm.folder / "export.csv")
        assert done.code == 8
        assert_message(done.err, "locked")
        assert "process 4711 on elsewhere, since 2026-01-01T00:00:00Z" in done.err
    assert crm.run(crm.folder / "export.csv").code == 0
    assert checksums(out) == before


PIPES = (("list", "checks"), ("report", "a.csv"), ("profile", "a.csv", "--json"), ("clean", "a.csv", "-o", "-"))


@pytest.mark.parametrize("arguments", PIPES, ids=lambda arguments: arguments[0])
def test_a_closed_pipe_is_quiet(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """F59."""
    (tmp_path / "a.csv").write_text(GOOD)
    read, write = os.pipe()
    os.close(read)
    done = process(*arguments, "-q", stdout=write, cwd=tmp_path)
    os.close(write)
    assert done.returncode in (0, 141)
    assert done.stderr == b""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams(closed: str, tmp_path: Path) -> None:
    """F59: no traceback, and no file takes the place of a stream."""
    (tmp_path / "a.csv").write_text(GOOD)
    command = f"{sys.executable} -m crmclean run a.csv -o out --as-of 2026-01-31 {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr
    assert (tmp_path / "out" / "cleaned.csv").read_text() == GOOD
    assert {path.name for path in (tmp_path / "out").iterdir()} == RUN_FILES


def test_a_terminal_gets_no_escapes_when_it_wants_none(tmp_path: Path) -> None:
    """F59: NO_COLOR, TERM=dumb, no columns; a terminal of its own, made by script(1)."""
    (tmp_path / "a.csv").write_text(GOOD)
    for surroundings in ({"NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "0"}, {"TERM": "dumb"}):
        inner = f"{sys.executable} -m crmclean report a.csv"
        done = subprocess.run(
            ["script", "-qec", inner, "/dev/null"], cwd=tmp_path, capture_output=True, check=False, timeout=60,
            env={"PATH": os.environ["PATH"], **surroundings}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0
        assert b"\x1b" not in done.stdout, surroundings


SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "1", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"},
    {
        "PYTHONHASHSEED": "2",
        "POLARS_MAX_THREADS": "8",
        "TZ": "America/Adak",
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
    },
    {"PYTHONHASHSEED": "3", "PYTHONIOENCODING": "ascii", "LANG": "tr_TR.UTF-8", "TMPDIR": "/nonexistent"},
)


def dirty() -> str:
    """A table with something for every stage to do: repairs, findings, rejects, dates of an unclear habit."""
    lines = ["Nr;Firma;Telefon;E-Mail;PLZ;Ort;Land;Geändert am"]
    lines += [
        f"{n};  adler {n}   gmbh;030/23125{n:03d};A{n}@Example.ORG;1067;Dresden;D;{n % 28 + 1:02d}.03.202{n % 6}"
        for n in range(300)
    ]
    return "\n".join([*lines, "zu;wenig", "301;n/a;4,98912E+11;x@y;00000;=1+1;XX;31.02.2024", ""])


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """One run and its checksums."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "a.csv").write_text(dirty(), encoding="utf-8")
    assert process("run", "a.csv", "-o", "out", *AS_OF, cwd=folder).returncode == 1
    return folder, checksums(folder / "out")


@pytest.mark.parametrize("surroundings", SURROUNDINGS, ids=str)
def test_outputs_depend_on_nothing_but_the_input(
    surroundings: dict[str, str], reference: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """F60, F61, F62, I07: one checksum for every seed, number of threads, time zone and locale."""
    folder, expected = reference
    done = process("run", "a.csv", "-o", tmp_path / "out", *AS_OF, cwd=folder, env={"LC_ALL": "", **surroundings})
    assert done.returncode == 1, done.stderr
    assert checksums(tmp_path / "out") == expected


def test_an_ascii_terminal_shows_codes(tmp_path: Path) -> None:
    """F60."""
    (tmp_path / "Müller.csv").write_text(GOOD)
    done = process("run", "Müllér.csv", "-o", "out", cwd=tmp_path, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 3
    assert b"M\\xfcll\\xe9r.csv: file-not-found" in done.stderr


@pytest.mark.parametrize("megabytes", [350, 500, 700, 1000])
def test_without_memory_it_ends_with_one_code(megabytes: int, big: Path, tmp_path: Path) -> None:
    """F63: as little as python alone needs, up to nearly enough."""
    prefix = ("prlimit", f"--as={megabytes << 20}")
    done = process("run", big, "-o", tmp_path / "out", "-q", prefix=prefix)
    assert done.returncode == 7, done.stderr
    # The allocator has lines of its own, before or after ours.
    said = [line + "\n" for line in done.stderr.decode().splitlines() if "<jemalloc>" not in line]
    assert_message(said[-1], "limit-exceeded")
    assert b"Traceback" not in done.stderr
    assert not any(path.name[0] != "." for path in (tmp_path / "out").glob("*"))


PLUGIN = """
from dataclasses import replace
from crmclean.fields.text import FIELD as TEXT

def broken(value, hints):
    raise ValueError(f"can't read {value}")

FIELD = replace(TEXT, name="broken", plain=False, headers=("Geheim",), parse=broken)
"""


@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_a_bug_says_where_and_never_what(debug: tuple[str, ...], tmp_path: Path) -> None:
    """F64: a private field type whose error text holds the value."""
    (tmp_path / "broken_field.py").write_text(PLUGIN)
    info = tmp_path / "broken_field-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-field\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[crmclean.fields]\nbroken = broken_field\n")
    (tmp_path / "a.csv").write_text(f"Nr;Geheim\n1;{TOKEN}\n2;{TOKEN}\n")
    done = process("run", "a.csv", "-o", "out", "--map", "Geheim=broken", *debug, cwd=tmp_path,
                   env={"PYTHONPATH": str(tmp_path)})  # fmt: skip
    assert done.returncode == 70, done.stderr
    assert TOKEN.encode() not in done.stdout + done.stderr
    assert_message(done.stderr.decode().splitlines()[0] + "\n", "internal-error")
    assert b"ValueError@broken_field.py:6" in done.stderr
    assert not (tmp_path / "out").exists()


WATCHED = """
import sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(event) if event.startswith("socket.") else None)
from crmclean.__main__ import run_and_report
code = run_and_report(sys.argv[1:])
bad = [event for event in opened if event not in ("socket.gethostname", "socket.__new__")]
assert not bad, bad
sys.exit(code)
"""


def test_no_connection_is_ever_made(tmp_path: Path) -> None:
    """F65: addresses in every cell, and nobody asks for one."""
    cells = "a@example.org;https://example.org/x;http://example.com;s3://bucket/x;DE123456789"
    (tmp_path / "a.csv").write_text("E-Mail;Website;Link;Datei;USt-IdNr.\n" + f"{cells}\n" * 20)
    command = [sys.executable, "-c", WATCHED, "run", "a.csv", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    namespace = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode
    if namespace == 0:
        alone = process("run", "a.csv", "-o", "alone", *AS_OF, prefix=("unshare", "-rn"), cwd=tmp_path)
        assert alone.returncode == 0, alone.stderr


def test_a_killed_run_leaves_no_child_behind(tmp_path: Path) -> None:
    """F52: who opens a workbook for a run that is gone ends with it."""
    rows: list[list[object]] = [["Nr", "Firma"], *([n, f"Adler {n} GmbH"] for n in range(60_000))]
    (tmp_path / "big.xlsx").write_bytes(book_of({"Kunden": rows}))
    run = started("run", tmp_path / "big.xlsx", "-o", tmp_path / "out")
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.exists():
        pytest.skip("needs /proc")
    while run.poll() is None and not (child := children.read_text().split()):
        time.sleep(0.01)
    assert child, "no child was seen"
    run.kill()
    run.communicate()
    ended = time.monotonic() + 0.5
    while is_running(int(child[0])):
        assert time.monotonic() < ended, "the child works on"
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Whether a process works; one that has ended and is not yet waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
