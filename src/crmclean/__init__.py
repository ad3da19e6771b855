"""crmclean: clean, judge and report on CRM exports. Nothing is guessed silently; everything is logged and undoable.

The names below are the whole public API. They are loaded when first used, so that ``import crmclean`` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crmclean.api import check, diff, parse, profile, read, run, undo
    from crmclean.core.errors import CrmCleanError
    from crmclean.core.summary import RunSummary
    from crmclean.differences import Differences
    from crmclean.expressions import clean
    from crmclean.gate_result import GateResult
    from crmclean.table import Table

__all__ = [
    "CrmCleanError",
    "Differences",
    "GateResult",
    "RunSummary",
    "Table",
    "check",
    "clean",
    "diff",
    "parse",
    "profile",
    "read",
    "run",
    "undo",
]

_HOMES = {
    "CrmCleanError": "crmclean.core.errors",
    "Differences": "crmclean.differences",
    "GateResult": "crmclean.gate_result",
    "RunSummary": "crmclean.core.summary",
    "Table": "crmclean.table",
    "check": "crmclean.api",
    "clean": "crmclean.expressions",
    "diff": "crmclean.api",
    "parse": "crmclean.api",
    "profile": "crmclean.api",
    "read": "crmclean.api",
    "run": "crmclean.api",
    "undo": "crmclean.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'crmclean' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
