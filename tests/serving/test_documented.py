"""What docs/serving.md shows is what comes back."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.served_directory import served

PAGE = Path(__file__).parents[2] / "docs" / "serving.md"
_SHOWN = re.compile(r"^```sh\n(curl -s .*?)\n```\n(?:\n```json\n(.*?)```)?", re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
def test_the_documented_calls_answer_as_documented(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def run(command: str) -> str:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=120
        )
        return done.stdout.decode()

    first = page.split("```console\n")[1].split("```")[0]
    for line in first.splitlines():
        if line.startswith("$ "):
            run(line.removeprefix("$ "))
    shown = _SHOWN.findall(page)
    assert len(shown) == 4
    with served(tmp_path / "companies.cdir") as client:
        base = str(client.base_url).rstrip("/")
        for command, answer in shown:
            told = json.loads(run(command.replace("http://127.0.0.1:8765", base)))
            assert not answer or json.loads(answer) == told, f"docs/serving.md: {command}"
            assert answer or all(each["candidates"] for each in told["answers"])
