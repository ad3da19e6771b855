"""Options that several commands share, and how they become settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmclean.cli import privacy_options
from crmclean.cli.console import manner, stage
from crmclean.cli.help_texts import both
from crmclean.core.errors import UsageError
from crmclean.core.language import Text

if TYPE_CHECKING:
    from crmclean.config.model import Config
    from crmclean.pipeline import Settings

Export = Annotated[
    str,
    typer.Argument(
        metavar="EXPORT",
        help=both("The CRM's export; - reads stdin.", "Der Export des CRM; - liest von stdin."),
        show_default=False,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help=both("Configuration; crmclean init writes one.", "Konfiguration; crmclean init schreibt eine."),
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=FIELD",
        help=both(
            "What a column holds; repeatable. COLUMN= leaves it alone.",
            "Was eine Spalte enthält; wiederholbar. COLUMN= lässt sie, wie sie ist.",
        ),
    ),
]
Dialect = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=both(
            "The CRM that wrote the file (crmclean list dialects).",
            "Das CRM, das die Datei schrieb (crmclean list dialects).",
        ),
    ),
]
Country = Annotated[
    str,
    typer.Option(
        metavar="CC",
        help=both("Country of records that name none, e.g. DE.", "Land der Datensätze, die keines nennen, z. B. DE."),
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=both("Character encoding of the file, e.g. cp1252.", "Zeichenkodierung der Datei, z. B. cp1252."),
    ),
]
Delimiter = Annotated[
    str, typer.Option(metavar="CHAR", help=both("Field delimiter; \\t for a tab.", "Trennzeichen; \\t für Tabulator."))
]
HeaderRow = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, help=both("Line the column names stand in.", "Zeile, in der die Spaltennamen stehen.")
    ),
]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help=both("The file has no column names.", "Die Datei hat keine Spaltennamen."))
]
Sheet = Annotated[str, typer.Option(metavar="NAME", help=both("Sheet of a workbook.", "Blatt einer Arbeitsmappe."))]
AsOf = Annotated[
    str,
    typer.Option(
        metavar="YYYY-MM-DD",
        help=both("The day that counts as today for freshness.", "Der Tag, der für die Aktualität als heute gilt."),
    ),
]
Entity = Annotated[
    str,
    typer.Option(
        metavar="auto|company|person|contact",
        help=both(
            "What a record is: which fields it could fill.", "Was ein Datensatz ist: welche Felder er füllen kann."
        ),
    ),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        help=both(
            "Apply proposals too, not only safe repairs.", "Auch Vorschläge anwenden, nicht nur sichere Reparaturen."
        ),
    ),
]
PhoneFormat = Annotated[
    str,
    typer.Option(
        metavar="international|e164|national|din5008",
        help=both("Written form of phone numbers.", "Schreibweise der Telefonnummern."),
    ),
]
Style = Annotated[
    list[str] | None,
    typer.Option(
        "--style",
        metavar="FIELD=FORM",
        help=both("Written form of a field; repeatable.", "Schreibweise eines Felds; wiederholbar."),
    ),
]
Reference = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=both(
            "GeoNames allCountries.txt, for postal codes of more countries.",
            "allCountries.txt von GeoNames, für Postleitzahlen weiterer Länder.",
        ),
    ),
]
MaxRejects = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help=both(
            "Rejected records that still end with 0.", "Zurückgewiesene Datensätze, bei denen es noch mit 0 endet."
        ),
    ),
]
MinRows = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help=both("Exit 1 when there are fewer records.", "Mit 1 enden, wenn es weniger Datensätze sind."),
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        metavar="error|warning",
        help=both("Exit 1 when findings are this grave.", "Mit 1 enden bei Befunden dieser Schwere."),
    ),
]
FailUnder = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[DIMENSION=]SCORE",
        help=both(
            "Exit 1 when the score, or that of a dimension (0..1), is lower; repeatable.",
            "Mit 1 enden, wenn der Gesamtwert oder der einer Dimension (0..1) kleiner ist; wiederholbar.",
        ),
    ),
]
OutputEncoding = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=both(
            "Encoding of the cleaned file instead of the input's, e.g. utf-8-sig.",
            "Kodierung der bereinigten Datei statt der des Exports, z. B. utf-8-sig.",
        ),
    ),
]
# Not there on purpose; whoever expects it is told what to type instead.
InPlace = Annotated[bool, typer.Option("--in-place", hidden=True)]
Force = Annotated[
    bool, typer.Option("--force", help=both("Replace outputs that exist.", "Vorhandene Ausgaben ersetzen."))
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=both("Show what would change, write nothing.", "Zeigen, was sich ändern würde; nichts schreiben."),
    ),
]
ShowValues = Annotated[
    bool, typer.Option("--show-values", help=both("Show cell values in messages.", "Zellinhalte in Meldungen zeigen."))
]
MaxUncompressed = Annotated[
    int,
    typer.Option(
        metavar="BYTES",
        min=1,
        help=both("Limit on the inflated size of the input.", "Grenze für die entpackte Größe der Eingabe."),
    ),
]
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
        if self.no_header and self.header_row:
            raise UsageError(
                Text(
                    "--no-header and --header-row contradict each other",
                    "--no-header und --header-row widersprechen sich",
                ),
                code="usage",
                hint=Text("give one of them", "nur eines davon angeben"),
            )
        if self.no_header:
            section = replace(section, header=False)
        return replace(config, input=section, columns={**config.columns, **pairs(self.map_ or [], "--map")})


@dataclass(frozen=True, kw_only=True)
class JudgingOptions(ReadingOptions):
    """How an export is read and judged."""

    config: ConfigFile = None
    as_of: AsOf = ""
    entity: Entity = ""
    reference: Reference = None
    suppression: privacy_options.Suppression = None
    key_file: privacy_options.KeyFile = None

    def settings(self) -> Settings:
        """As for reading, with the day that counts as today and the places that are known."""
        return replace(super().settings(), as_of=day(self.as_of), reference=self.reference)

    def put_on(self, config: Config) -> Config:
        """The configuration file, where one is given, with what the flags say instead."""
        from crmclean.config.loader import load_config

        full = super().put_on(load_config(self.config) if self.config else config)
        privacy = replace(
            full.privacy,
            suppression=str(self.suppression or full.privacy.suppression),
            key_file=str(self.key_file or full.privacy.key_file),
        )
        return replace(full, input=replace(full.input, entity=self.entity or full.input.entity), privacy=privacy)


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
            style={**full.style, **phones, **pairs(self.style or [], "--style")},
            clean=replace(full.clean, unsafe_fixes=full.clean.unsafe_fixes or self.unsafe_fixes),
        )


def write_file(out: Path, content: bytes, *, inputs: list[str], force: bool = False) -> None:
    """Write one file whole or not at all; never over an input, never over a file without ``force``."""
    write_files({out: content}, inputs=inputs, force=force)


def write_files(files: Mapping[Path, bytes], *, inputs: list[str], force: bool = False) -> None:
    """As ``write_file``, all of them or none."""
    if not files:
        return
    from crmclean.formats.outputs import OutputSet

    sources = [Path(path) for path in inputs if path != "-"]
    with OutputSet.at({str(path): path for path in files}, inputs=sources, force=force) as outputs:
        for path, content in files.items():
            with outputs.open(str(path)) as sink:
                sink.write(content)
        outputs.commit()


def pairs(given: list[str], option: str) -> dict[str, str]:
    """``NAME=VALUE`` options as a mapping; the last ``=`` divides, because column names may hold one."""
    found: dict[str, str] = {}
    for item in given:
        name, equals, value = item.rpartition("=")
        if not equals or not name:
            raise UsageError(
                Text(f"{option} wants NAME=VALUE", f"{option} braucht NAME=WERT"),
                code="usage",
                hint=Text(f'for example {option} "Telefon 2=phone"', f'zum Beispiel {option} "Telefon 2=phone"'),
            )
        found[name] = value.strip()
    return found


def day(given: str, option: str = "--as-of") -> date:
    """The day that an option names; today where it is empty."""
    if not given:
        return date.today()  # noqa: DTZ011 - the user's own calendar day
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            Text(f"{option} wants a date like 2026-01-31", f"{option} braucht ein Datum wie 2026-01-31"), code="usage"
        ) from None
