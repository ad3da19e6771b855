"""Packages with plug-ins of their own, laid out as pip would install them and put on the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from crmclean.core import registry
from crmclean.core.registry import Registry


@contextmanager
def private_package(folder: Path, name: str, modules: Mapping[str, str], entry_points: str) -> Iterator[None]:
    """A package that is found through its entry points, and forgotten afterwards.

    Args:
        folder: to install into; it is put on the path of this process.
        name: of the package.
        modules: file name in the package to its content.
        entry_points: content of ``entry_points.txt``.
    """
    package, installed = folder / name, folder / f"{name}-1.0.dist-info"
    files = {
        package / "__init__.py": "",
        **{package / file: content for file, content in modules.items()},
        installed / "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        installed / "entry_points.txt": entry_points,
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        _forget_plugins()
        try:
            yield
        finally:
            for module in [module for module in sys.modules if module.partition(".")[0] == name]:
                del sys.modules[module]
    _forget_plugins()


def _forget_plugins() -> None:
    """Forget which plug-ins there are, and whatever was made from them; caches only hold what can be made again."""
    for thing in vars(registry).values():
        if isinstance(thing, Registry):
            thing.forget()
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "crmclean"]:
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()
