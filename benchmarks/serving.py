"""How many look-ups a second a served directory answers over HTTP, one caller after another and many at once.

    python -m benchmarks.serving [companies.cdir]

Without a directory file, 100,000 made-up companies are built into one first. The server is a process of its own.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import local
from typing import Any

import httpx

from benchmarks._company_list import write_company_list
from crmclean.cdir.file import DirectoryFile
from crmclean.pipeline.directory_building import build_directory
from crmclean.pipeline.settings import Settings

_ASKED = ("company_name", "postal_code", "city")
_N, _SEED = 6_000, 20261122
_TOML = 'file = "list.csv"\ncountry = "DE"\n[facts]\nid = "id"\nstatus = "Status"\nformer_names = "frühere Namen"\n'


def questions(file: Path) -> list[dict[str, str]]:
    """Name and place of companies of a directory, in a seeded order."""
    with DirectoryFile(file) as directory:
        companies, _, _ = directory.everything()
    named = companies.drop_nulls("company_name").select(name for name in _ASKED if name in companies.columns)
    rows = random.Random(_SEED).sample(named.to_dicts(), min(_N, named.height))
    return [{name: value for name, value in row.items() if value} for row in rows]


@contextmanager
def server(file: Path) -> Iterator[str]:
    """The address of a server that runs for the time of the measurement."""
    command = [sys.executable, "-m", "crmclean", "--lang", "en", "directory", "serve", str(file), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        try:
            yield running.stderr.readline().split(" at ")[1].split("/ ")[0]
        finally:
            running.terminate()


def measured(address: str, title: str, pieces: Sequence[Any], callers: int, ask: Callable[..., int]) -> None:
    """Print look-ups per second and how many found something."""
    own = local()

    def one(piece: Any) -> int:
        if not hasattr(own, "client"):
            own.client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        return ask(own.client, piece)

    begun = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        found = sum(pool.map(one, pieces))
    seconds = time.perf_counter() - begun
    n = sum(len(piece) if isinstance(piece, list) else 1 for piece in pieces)
    print(f"  {title:<28} {callers:>3} callers {n / seconds:>7,.0f}/s   {found:,} of {n:,} found something")


def single(client: httpx.Client, question: Mapping[str, str]) -> int:
    """One question by GET."""
    told = client.get("/lookup", params=dict(question)).json()
    return sum(1 for answer in told["answers"] if answer["candidates"])


def batch(client: httpx.Client, asked: Sequence[Mapping[str, str]]) -> int:
    """A query batch."""
    queries = {
        str(number): {
            "query": question["company_name"],
            "properties": [{"pid": name, "v": value} for name, value in question.items() if name != "company_name"],
        }
        for number, question in enumerate(asked)
    }
    told = client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    return sum(1 for result in told.values() if result["result"])


def main() -> None:
    """Measure the named directory, or a made-up one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else _built(Path(folder))
        asked = questions(file)
        with server(file) as address:
            measured(address, "warming up", asked[:20], 2, single)
            measured(address, "GET /lookup", asked[:60], 1, single)
            measured(address, "GET /lookup", asked[:600], 16, single)
            measured(address, "GET /lookup", asked[:1_500], 50, single)
            for size, callers, n in ((50, 1, 1_000), (50, 4, 3_000), (200, 2, _N)):
                pieces = [asked[at : at + size] for at in range(0, min(n, len(asked)), size)]
                measured(address, f"POST /reconcile, {size} a batch", pieces, callers, batch)


def _built(folder: Path) -> Path:
    write_company_list(folder / "list.csv", 100_000)
    (folder / "list.toml").write_text(_TOML, "utf-8")
    out = folder / "companies.cdir"
    build_directory([str(folder / "list.toml")], out, Settings(as_of=date(2026, 11, 22)))
    return out


if __name__ == "__main__":
    main()
