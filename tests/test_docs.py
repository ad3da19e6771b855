"""Docs can't drift: every shown command is run, every made page is made again."""

from __future__ import annotations

import pytest
from tools.docs import PAGES, ROOT, WRITTEN, current


@pytest.mark.parametrize("name", [*PAGES, *WRITTEN])
def test_page_is_current(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == current(name), "run `make docs` and look at the difference"
