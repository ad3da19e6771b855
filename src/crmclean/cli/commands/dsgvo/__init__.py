"""Papers the GDPR asks for, filled from the configuration."""

GERMAN = "Unterlagen, die die DSGVO verlangt, aus der Konfiguration ausgefüllt."
EPILOG = """\b
Examples:
  crmclean dsgvo record --config crmclean.toml -o record.md
  crmclean dsgvo record export.csv --config crmclean.toml --lang de

\b
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 5 output can't be written, 7 safety limit.
See also: crmclean erase, crmclean prune, crmclean suppress."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean dsgvo record --config crmclean.toml -o verzeichnis.md
  crmclean dsgvo record export.csv --config crmclean.toml --lang de

\b
Exit-Codes: 0 fertig, 2 Aufruf, 3 Eingabe abgelehnt, 4 Konfiguration, 5 Ausgabe nicht schreibbar, 7 Sicherheitsgrenze.
Siehe auch: crmclean erase, crmclean prune, crmclean suppress."""
