"""Run by test_outputs.py in a process of its own: replaces a set of files and is stopped at a chosen moment.

``python output_driver.py FOLDER kill|fail|timed|limit``. For every step k of a commit a child is forked that writes set
"new" over set "old" and is killed (or gets an error from the system) at its k-th change of the file system.
Prints one JSON line a step: what lies in the folder right afterwards, and after the next run has begun.
"""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

from crmclean.core.errors import OutputError
from crmclean.formats.outputs import OutputSet

NAMES = ("cleaned.csv", "changes.csv", "manifest.json")
CHANGES = ("os.rename", "os.link", "os.remove", "open", "os.mkdir")
SIZE = 300_000


def content(version: str, name: str) -> bytes:
    if name == "manifest.json":
        return json.dumps({"tool": {"name": "crmclean"}, "version": version}).encode()
    return f"{version} {name}\n".encode() * (SIZE // 20)


def write_set(folder: Path, version: str) -> None:
    with OutputSet.in_directory(folder, names=NAMES) as outputs:
        for name in NAMES:
            with outputs.open(name) as sink:
                sink.write(content(version, name))
        outputs.commit()


def state(folder: Path) -> dict[str, str]:
    """Each file as ``old``, ``new`` or ``broken``; the names of all others."""
    found = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        known = (version for version in ("old", "new") if path.name in NAMES and data == content(version, path.name))
        found[path.name] = next(known, "broken")
    return found


def arm(step: int, how: str, folder: Path) -> list[str]:
    """From now on the k-th change below the folder kills the process or fails; returns what has failed."""
    left = step
    failed = list[str]()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in CHANGES or str(folder) not in str(arguments[0]):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & os.O_CREAT):
            return
        left -= 1
        if left == 0:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            failed.append(event)
            raise OSError(errno.ENOSPC, "injected")

    sys.addaudithook(hook)
    return failed


def child(folder: Path, how: str, step: int) -> int:
    """Exit status of a child: 0 done, 3 done in spite of an error, 5 refused in our words, -9 killed, else wrong."""
    pid = os.fork()
    if pid:
        if how == "timed":
            time.sleep(random.Random(step).uniform(0, 0.02))
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        failed = list[str]()
        if how == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 30 * step, resource.RLIM_INFINITY))
        elif how != "timed":
            failed = arm(step, how, folder)
        write_set(folder, "new")
        os._exit(3 if failed else 0)
    except OutputError as error:
        os._exit(5 if error.code == "output-failed" else 71)
    except BaseException:  # noqa: BLE001 - the parent must not run on in the child
        os._exit(70)


def main(folder: Path, how: str) -> None:
    for step in range(1, 60):
        write_set(folder, "old")
        before = state(folder)
        status = child(folder, how, step)
        at_once = state(folder)
        with OutputSet.in_directory(folder):
            pass
        sys.stdout.write(json.dumps([before, status, at_once, state(folder)]) + "\n")
        if status == 0 and how != "timed":
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
