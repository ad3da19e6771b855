"""Options that several commands share, and how they become settings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmclean.cli.console import manner, stage
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.config.model import Config
    from crmclean.pipeline import Settings

Export = Annotated[str, typer.Argument(metavar="EXPORT", help="The CRM's export; - reads stdin.", show_default=False)]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Configuration; crmclean init writes one.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="What a column holds; repeatable. COLUMN= leaves it alone."),
]
Dialect = Annotated[str, typer.Option(metavar="NAME", help="The CRM that wrote the file (crmclean list dialects).")]
Country = Annotated[str, typer.Option(metavar="CC", help="Country of records that name none, e.g. DE.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Character encoding of the file, e.g. cp1252.")]
Delimiter = Annotated[str, typer.Option(metavar="CHAR", help="Field delimiter; \\t for a tab.")]
HeaderRow = Annotated[int, typer.Option(metavar="N", min=0, help="Line the column names stand in.")]
NoHeader = Annotated[bool, typer.Option("--no-header", help="The file has no column names.")]
Sheet = Annotated[str, typer.Option(metavar="NAME", help="Sheet of a workbook.")]
AsOf = Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day that counts as today for freshness.")]
Entity = Annotated[
    str, typer.Option(metavar="auto|company|person|contact", help="What a record is: which fields it could fill.")
]
UnsafeFixes = Annotated[bool, typer.Option("--unsafe-fixes", help="Apply proposals too, not only safe repairs.")]
PhoneFormat = Annotated[
    str, typer.Option(metavar="international|e164|national|din5008", help="Written form of phone numbers.")
]
Style = Annotated[
    list[str] | None, typer.Option("--style", metavar="FIELD=FORM", help="Written form of a field; repeatable.")
]
Reference = Annotated[
    Path | None, typer.Option(metavar="FILE", help="GeoNames allCountries.txt, for postal codes of more countries.")
]
MaxRejects = Annotated[int | None, typer.Option(metavar="N", min=0, help="Rejected records that still end with 0.")]
MinRows = Annotated[int | None, typer.Option(metavar="N", min=0, help="Exit 1 when there are fewer records.")]
FailOn = Annotated[str, typer.Option(metavar="error|warning", help="Exit 1 when findings are this grave.")]
FailUnder = Annotated[float | None, typer.Option(metavar="SCORE", help="Exit 1 when the score (0..1) is lower.")]
OutputEncoding = Annotated[
    str, typer.Option(metavar="NAME", help="Encoding of the cleaned file instead of the input's, e.g. utf-8-sig.")
]
# Not there on purpose; whoever expects it is told what to type instead.
InPlace = Annotated[bool, typer.Option("--in-place", hidden=True)]
Force = Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, write nothing.")]
ShowValues = Annotated[bool, typer.Option("--show-values", help="Show cell values in messages.")]
MaxUncompressed = Annotated[int, typer.Option(metavar="BYTES", min=1, help="Limit on the inflated size of the input.")]
DEFAULT_MAX_UNCOMPRESSED = 2 * 1024**3


@dataclass(frozen=True, kw_only=True)
class ReadingOptions:
    """How an export is read, and what its columns hold."""

    map_: Map = None
    dialect: Dialect = ""
    country: Country = ""
    encoding: Encoding = ""
    delimiter: Delimiter = ""
    header_row: HeaderRow = 0
    no_header: NoHeader = False
    sheet: Sheet = ""
    max_uncompressed: MaxUncompressed = DEFAULT_MAX_UNCOMPRESSED

    def settings(self) -> Settings:
        """The settings of a run: flags win over the configuration file, which wins over the defaults.

        Raises:
            ConfigError: the configuration file is wrong.
            UsageError: a flag has a value nobody knows.
        """
        from crmclean.config.choices import require_choices
        from crmclean.config.model import Config
        from crmclean.pipeline import Settings

        return Settings(
            config=require_choices(self.put_on(Config())),
            as_of=day(""),
            language=manner.file_language,
            max_uncompressed=self.max_uncompressed,
            progress=stage,
        )

    def options_given(self) -> list[str]:
        """The names of the options that were given, as they are typed."""
        return [
            f"--{each.name.rstrip('_').replace('_', '-')}"
            for each in fields(self)
            if getattr(self, each.name) not in (each.default, [])
        ]

    def put_on(self, config: Config) -> Config:
        """The configuration with what the flags say instead."""
        given: dict[str, Any] = {
            "dialect": self.dialect,
            "country": self.country,
            "encoding": self.encoding,
            "delimiter": "\t" if self.delimiter in ("\\t", "tab", "TAB") else self.delimiter,
            "header_row": self.header_row,
            "sheet": self.sheet,
        }
        section = replace(config.input, **{name: value for name, value in given.items() if value})
        if self.no_header:
            section = replace(section, header=False)
        return replace(config, input=section, columns={**config.columns, **_pairs(self.map_ or [], "--map")})


@dataclass(frozen=True, kw_only=True)
class JudgingOptions(ReadingOptions):
    """How an export is read and judged."""

    config: ConfigFile = None
    as_of: AsOf = ""
    entity: Entity = ""
    reference: Reference = None

    def settings(self) -> Settings:
        """As for reading, with the day that counts as today and the places that are known."""
        return replace(super().settings(), as_of=day(self.as_of), reference=self.reference)

    def put_on(self, config: Config) -> Config:
        """The configuration file, where one is given, with what the flags say instead."""
        from crmclean.config.loader import load_config

        full = super().put_on(load_config(self.config) if self.config else config)
        return replace(full, input=replace(full.input, entity=self.entity or full.input.entity))


@dataclass(frozen=True, kw_only=True)
class CleaningOptions(JudgingOptions):
    """How an export is read, judged and cleaned."""

    unsafe_fixes: UnsafeFixes = False
    phone_format: PhoneFormat = ""
    style: Style = None

    def put_on(self, config: Config) -> Config:
        """As for judging, with the written forms."""
        full = super().put_on(config)
        phones = dict.fromkeys(("phone", "mobile", "fax"), self.phone_format) if self.phone_format else {}
        return replace(
            full,
            style={**full.style, **phones, **_pairs(self.style or [], "--style")},
            clean=replace(full.clean, unsafe_fixes=full.clean.unsafe_fixes or self.unsafe_fixes),
        )


def write_file(out: Path, content: bytes, *, inputs: list[str], force: bool = False) -> None:
    """Write one file whole or not at all; never over an input, never over a file without ``force``."""
    from crmclean.formats.outputs import OutputSet

    sources = [Path(path) for path in inputs if path != "-"]
    with OutputSet.at({"out": out}, inputs=sources, force=force) as outputs:
        with outputs.open("out") as sink:
            sink.write(content)
        outputs.commit()


def _pairs(given: list[str], option: str) -> dict[str, str]:
    """``NAME=VALUE`` options as a mapping; the last ``=`` divides, because column names may hold one."""
    pairs: dict[str, str] = {}
    for item in given:
        name, equals, value = item.rpartition("=")
        if not equals or not name:
            raise UsageError(
                Text(f"{option} wants NAME=VALUE", f"{option} braucht NAME=WERT"),
                code="usage",
                hint=Text(f'for example {option} "Telefon 2=phone"', f'zum Beispiel {option} "Telefon 2=phone"'),
            )
        pairs[name] = value.strip()
    return pairs


def day(given: str) -> date:
    """The day that counts as today."""
    if not given:
        return date.today()  # noqa: DTZ011 - the user's own calendar day
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            Text("--as-of wants a date like 2026-01-31", "--as-of braucht ein Datum wie 2026-01-31"), code="usage"
        ) from None
