"""Whether there is memory enough, asked before the work: a process the system kills can't say why."""

from __future__ import annotations

from pathlib import Path

from crmclean.core.errors import LimitError
from crmclean.core.language import Text

# What a table takes at the very least beside the bytes of its file: the cells, and the cells to write. Measured: 5.
LEAST_FACTOR = 3
_MEMINFO = Path("/proc/meminfo")
_CGROUP = Path("/sys/fs/cgroup")


def require_memory(n_bytes: int, where: str) -> None:
    """Refuse an input that can't be worked on here, whatever is in it.

    Args:
        n_bytes: of the input after decompression, already in memory.
        where: how messages name the file.

    Raises:
        LimitError: ``limit-exceeded``.
    """
    free = available()
    if free is not None and n_bytes * LEAST_FACTOR > free:
        need, have = n_bytes * LEAST_FACTOR // 1024**2, free // 1024**2
        raise LimitError(
            Text(
                f"at least {need} MiB of memory are needed, {have} are free",
                f"mindestens {need} MiB Arbeitsspeicher sind nötig, {have} sind frei",
            ),
            code="limit-exceeded",
            hint=Text("split the file or close other programs", "die Datei teilen oder andere Programme schließen"),
            where=where,
        )


def available() -> int | None:
    """Free memory and swap in bytes, the container's limit considered; ``None`` where the system does not say."""
    try:
        facts = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines() if ":" in line)
        free = sum(int(facts[name].split()[0]) * 1024 for name in ("MemAvailable", "SwapFree"))
    except (OSError, KeyError, ValueError):
        return None
    try:
        limit, used = ((_CGROUP / f"memory.{name}").read_text() for name in ("max", "current"))
        return min(free, int(limit) - int(used))
    except (OSError, ValueError):  # no container, or no limit ("max")
        return free
