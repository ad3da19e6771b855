"""Codes of directory files and of the lists they are built from. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

DIRECTORY_CODES: tuple[Code, ...] = (
    Code(
        "directory-file",
        Severity.ERROR,
        Text("No usable company directory", "Kein brauchbares Firmenverzeichnis"),
        Text(
            "The file is another program's, damaged, made by a newer version, or holds no company.",
            "Die Datei gehört einem anderen Programm, ist beschädigt, stammt von einer neueren Version oder ist leer.",
        ),
        Text(
            "Build it again with `crmclean directory build`.",
            "Mit `crmclean directory build` neu bauen.",
        ),
    ),
    Code(
        "directory-source",
        Severity.ERROR,
        Text("A list of companies is not what its TOML says", "Eine Firmenliste ist nicht, was ihr TOML sagt"),
        Text(
            "The TOML names a column that the list does not have.",
            "Das TOML nennt eine Spalte, die die Liste nicht hat.",
        ),
        Text("Correct the name in the TOML.", "Den Namen im TOML berichtigen."),
    ),
)
