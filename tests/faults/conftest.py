"""The driver every fault test runs crmclean with."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.faults.driving import Driver


@pytest.fixture
def crm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Driver:
    """crmclean in a folder of its own."""
    return Driver(tmp_path, capsys)
