"""Runs every benchmark, or the named ones: ``python -m benchmarks [speed reading …]``."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

# Shared code, not benchmarks.
_NOT_RUN = {"__main__", "generator"}


def main() -> None:
    """Run them one after another; each prints its own table."""
    found = [m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_")]
    for name in sys.argv[1:] or [name for name in sorted(found) if name not in _NOT_RUN]:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
