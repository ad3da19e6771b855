"""Private plug-ins that can't be used are named, not met as an internal error."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crmclean.core.errors import ConfigError
from crmclean.core.registry import Registry


def _installed(folder: Path, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with one entry point, as pip would leave it."""
    info = folder / "toys-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[crmclean.fields]\n{entry}\n")
    (folder / "toys_broken.py").write_text("import a_module_that_is_not_there\n")
    (folder / "toys_empty.py").write_text("")
    monkeypatch.syspath_prepend(str(folder))


@pytest.mark.parametrize("entry", ["toy = toys_broken", "toy = toys_empty", "toy = toys_missing", "lei = toys_empty"])
def test_a_broken_plugin_is_named(entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(tmp_path, entry, monkeypatch)
    registry: Registry[object] = Registry("fields", ("crmclean.fields.ids",), "FIELD")
    with pytest.raises(ConfigError) as wrong:
        registry["toy"] if "toy" in registry else registry["lei"]
    assert wrong.value.code == "bad-plugin"
    assert entry.split(" ", maxsplit=1)[0] in wrong.value.message()
    sys.modules.pop("toys_broken", None)
