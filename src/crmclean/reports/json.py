"""The report for machines: keys are English and stable, see ``schema_version``."""

from __future__ import annotations

from crmclean.core.json_text import json_text
from crmclean.core.language import Language
from crmclean.core.summary import RunSummary
from crmclean.plugins import Report


def render(summary: RunSummary, language: Language) -> bytes:  # noqa: ARG001 - keys and texts are never translated
    """The whole summary as indented JSON, UTF-8."""
    return (json_text(summary.as_json(), indent=2) + "\n").encode()


REPORT = Report(name="json", suffix=".json", render=render)
