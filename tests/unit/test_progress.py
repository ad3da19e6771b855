"""Every stage anybody names has a key of its own for programs."""

from __future__ import annotations

import re
from pathlib import Path

from crmclean import progress
from crmclean.core.language import Text

SOURCES = Path(progress.__file__).parent
STAGE = re.compile(r"(?:progress\(|title = )\s*Text\(\s*f?\"([a-z][^\"{]*)")


def test_every_title_has_its_key() -> None:
    sources = [path.read_text("utf-8") for path in SOURCES.rglob("*.py")]
    titles = {found for source in sources if "progress(" in source for found in STAGE.findall(source)}
    assert titles == set(progress.STAGES)
    assert len(set(progress.STAGES.values())) == len(progress.STAGES)
    assert progress.stage_key(Text("something new", "etwas Neues")) == "other"
