"""Finds plug-ins: one module, one thing, no list to edit.

Every kind of plug-in lives in its own package; the file name is the plug-in's name and the module exports one
constant. Modules whose name starts with an underscore are shared code, not plug-ins. Private plug-ins come in
through entry points of the group ``crmclean.<kind>`` whose name is the plug-in's name and whose object is the module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from crmclean.core.errors import ConfigError
from crmclean.core.field import FieldType
from crmclean.core.language import Text
from crmclean.core.survivorship import Rule

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """All plug-ins of one kind, by name, imported when first asked for.

    Args:
        kind: ``fields``, ``readers``, …; names the entry-point group.
        packages: dotted names of the packages to scan.
        constant: the name each module exports.
    """

    def __init__(self, kind: str, packages: tuple[str, ...], constant: str) -> None:
        self.kind = kind
        self.packages = packages
        self.constant = constant
        self._modules: dict[str, str] | None = None
        self._loaded: dict[str, T] = {}

    def _found(self) -> dict[str, str]:
        """Plug-in name to dotted module name, sorted by name so that no order depends on the disk."""
        if self._modules is None:
            found: dict[str, str] = {}
            for package in self.packages:
                path = importlib.import_module(package).__path__
                for module in pkgutil.iter_modules(path):
                    if not module.ispkg and not module.name.startswith("_"):
                        found[module.name] = f"{package}.{module.name}"
            for point in entry_points(group=f"crmclean.{self.kind}"):
                if point.name in found:
                    raise _bad_plugin(point.name, Text("a built-in has that name", "ein eingebautes heißt schon so"))
                found[point.name] = point.value
            self._modules = dict(sorted(found.items()))
        return self._modules

    def __getitem__(self, name: str) -> T:
        if name not in self._loaded:
            place = self._found()[name]
            try:
                self._loaded[name] = getattr(importlib.import_module(place), self.constant)
            except (ImportError, AttributeError, SyntaxError) as error:
                if place.startswith("crmclean."):
                    raise
                what = f"{place}: {type(error).__name__}"
                raise _bad_plugin(name, Text(what, what)) from None
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found()  # without importing it

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def forget(self) -> None:
        """Scan again at the next use; for tests that add a plug-in while running."""
        self._modules = None
        self._loaded.clear()


FIELDS: Registry[FieldType] = Registry("fields", ("crmclean.fields", "crmclean.fields.ids"), "FIELD")
# The other kinds hold frames, so their contracts live above core; here they are only found.
READERS: Registry[Any] = Registry("readers", ("crmclean.readers",), "READER")
WRITERS: Registry[Any] = Registry("writers", ("crmclean.writers",), "WRITER")
REPORTS: Registry[Any] = Registry("reports", ("crmclean.reports",), "REPORT")
DIFF_REPORTS: Registry[Any] = Registry("diff_reports", ("crmclean.diff_reports",), "DIFF_REPORT")
GATE_REPORTS: Registry[Any] = Registry("gate_reports", ("crmclean.gate_reports",), "GATE_REPORT")
ACCELERATORS: Registry[Any] = Registry("accelerators", ("crmclean.accelerators",), "ACCELERATOR")
COMPARERS: Registry[Any] = Registry("comparers", ("crmclean.comparers",), "COMPARER")
CRM_FILES: Registry[Any] = Registry("crm_files", ("crmclean.crm_files",), "CRM_FILE")
DIRECTORIES: Registry[Any] = Registry("directories", ("crmclean.directories",), "DIRECTORY")
RULE_KINDS: Registry[Any] = Registry("rules", ("crmclean.rules",), "RULE_KIND")
SURVIVORSHIP: Registry[Rule] = Registry("survivorship", ("crmclean.merging.rules",), "RULE")


def _bad_plugin(name: str, why: Text) -> ConfigError:
    """A private plug-in that can't be used; it is named, because somebody installed it."""
    return ConfigError(
        Text(f"the plug-in {name!r} can't be used: {why.en}", f"die Erweiterung {name!r} ist unbrauchbar: {why.de}"),
        code="bad-plugin",
        hint=Text(
            "mend or remove the package that brings it; its entry point names the module alone",
            "das Paket reparieren oder entfernen, das sie mitbringt; ihr Entry-Point nennt nur das Modul",
        ),
    )
