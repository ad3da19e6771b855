"""Builds the command line from one module a command, and runs it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any

import typer

from crmclean.cli import commands
from crmclean.cli.console import data, error, manner
from crmclean.cli.help_texts import both, framed_in_german, in_german
from crmclean.core.language import Language, Text, language_of_locale

# Options that may stand before or after the command; they mean the same everywhere.
_GLOBAL_FLAGS = frozenset({"-q", "--quiet", "-v", "--verbose", "--no-color", "--debug"})
_GLOBAL_VALUES = frozenset({"--lang"})
# click's UsageError, wherever this typer keeps it.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]

_GERMAN = "CRM-Exporte bereinigen, beurteilen und berichten: nichts heimlich geraten, alles festgehalten und umkehrbar."
EPILOG = """Examples:

\b
  crmclean demo
  crmclean run export.csv -o result
  crmclean profile export.csv

\b
Exit codes: 0 done, 1 findings or rejects beyond the gate, 2 usage, 3 input refused, 4 configuration,
5 output can't be written, 7 safety limit, 8 locked, 70 a bug, 130/143 interrupted."""


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        data(f"crmclean {version('crmclean')}")
        raise typer.Exit


def _globals(
    _version_asked: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help=both("Show the version and exit.", "Die Version zeigen."),
        ),
    ] = False,
    lang: Annotated[
        str,
        typer.Option(
            help=both("Language of messages and reports: de or en.", "Sprache der Meldungen und Berichte: de oder en."),
            metavar="de|en",
        ),
    ] = "",
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help=both("Only errors on stderr.", "Auf stderr nur Fehler."))
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "-v", "--verbose", help=both("A line for each stage on stderr.", "Auf stderr eine Zeile je Schritt.")
        ),
    ] = False,
    no_color: Annotated[
        bool,
        typer.Option(
            "--no-color", help=both("No colour, whatever the terminal.", "Keine Farben, auf keinem Terminal.")
        ),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help=both("Show where an internal error happened.", "Zeigen, wo ein interner Fehler auftrat.")
        ),
    ] = False,
) -> None:
    """Clean, judge and report on CRM exports: nothing guessed silently, everything logged and undoable."""
    if lang not in ("", "de", "en"):
        wrong = Text("must be de or en", "möglich sind de und en")
        raise typer.BadParameter(wrong.said(manner.language), param_hint="--lang")
    manner.language = language_of_locale() if not lang else "de" if lang == "de" else "en"
    manner.file_language = manner.language if lang else "en"
    manner.is_language_asked = bool(lang)
    manner.quiet, manner.verbose, manner.color, manner.debug = quiet, verbose, not no_color, debug


def build(language: Language = "en") -> Callable[..., Any]:
    """The application with every module of ``crmclean.cli.commands`` as a command, its help in this language."""
    app = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help starts faster and its examples can be copied
        pretty_exceptions_enable=False,  # tracebacks could show values
        epilog=EPILOG,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(epilog=EPILOG)(_globals)
    both(_globals.__doc__ or "", _GERMAN)
    _add_commands(app, commands)
    built = typer.main.get_command(app)
    if language == "de":
        in_german(built)
    return built


def _add_commands(app: typer.Typer, package: ModuleType) -> None:
    """Each module of a package is a command, each package in it a group of commands."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        name = found.name.rstrip("_").replace("_", "-")
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        documented = module if found.ispkg else module.command
        both(documented.__doc__ or "", module.GERMAN)
        if hasattr(module, "GERMAN_EPILOG"):  # else the phrases that many share are enough
            both(module.EPILOG, module.GERMAN_EPILOG)
        if found.ispkg:
            group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
            _add_commands(group, module)
            app.add_typer(group, name=name, help=module.__doc__, epilog=module.EPILOG)
        else:
            app.command(name, epilog=module.EPILOG)(module.command)


def globals_first(arguments: list[str]) -> list[str]:
    """The arguments with global options moved to the front, so that they may stand anywhere before ``--``.

    >>> globals_first(["run", "a.csv", "-q", "--lang", "de", "--", "-v"])
    ['-q', '--lang', 'de', 'run', 'a.csv', '--', '-v']
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in _GLOBAL_FLAGS or argument.partition("=")[0] in _GLOBAL_VALUES:
            front.append(argument)
            if argument in _GLOBAL_VALUES:
                front += [value for value in [next(waiting, None)] if value is not None]
        else:
            rest.append(argument)
    return front + rest


def language_of(arguments: list[str]) -> Language:
    """The language of the help, which is built before the options are read: ``--lang``, else the locale's.

    Args:
        arguments: with the global options in front.

    >>> language_of(["--lang", "de", "run"]), language_of(["--lang=en", "run"])
    ('de', 'en')
    """
    asked = ""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or "".join(arguments[at + 1 : at + 2])
    return "de" if asked == "de" else "en" if asked else language_of_locale()


def start(arguments: list[str]) -> int:
    """Run the command line; returns the exit code or raises what the entry point turns into one."""
    arguments = globals_first(arguments)
    manner.language = language_of(arguments)
    try:
        result = build(manner.language)(arguments or ["--help"], prog_name="crmclean", standalone_mode=False)
    except _USAGE_ERROR as wrong:
        context = getattr(wrong, "ctx", None)
        command = context.command_path if context else "crmclean"
        said = Text("usage: {}. Hint: `{} --help` shows how", "usage: {}. Tipp: `{} --help` zeigt, wie es geht")
        reason = " ".join(str(getattr(wrong, "format_message", wrong.__str__)()).split()).rstrip(".")
        reason = framed_in_german(reason) if manner.language == "de" else reason
        error(f"crmclean: {said.said(manner.language).format(reason, command)}")
        return 2
    except typer.Abort:
        return 130
    return int(result or 0) if arguments else 2  # nothing was asked for: the help, but no success
