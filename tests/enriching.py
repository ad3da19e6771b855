"""A whole enrichment, also in a process of its own to be killed: ``python -m tests.enriching FOLDER DELAY_S``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from tests.company_directories import COMPANIES, SmallDirectory

from crmclean.config.model import Config, InputSection
from crmclean.core.language import Language
from crmclean.directory import Directory
from crmclean.pipeline import EnrichDone, EnrichOrder, Settings, enrich_directory

AS_OF = date(2026, 1, 31)
CONFIG = Config(input=InputSection(country="DE"))


def settings(language: Language = "en") -> Settings:
    return Settings(as_of=AS_OF, config=CONFIG, language=language)


def enrich_with(export: Path, out: Path, *directories: Directory, add_columns: bool = False) -> EnrichDone:
    order = EnrichOrder(opened=directories, add_columns=add_columns)
    return enrich_directory(str(export), out, settings(), order)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    slow = SmallDirectory(COMPANIES, log=folder / "asked.txt", delay_s=float(sys.argv[2]))
    enrich_with(folder / "export.csv", folder / "out", slow, add_columns=True)
