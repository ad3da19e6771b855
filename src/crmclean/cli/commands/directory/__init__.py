"""Make and use a company directory with stable ids."""

GERMAN = "Ein Firmenverzeichnis mit bleibenden Nummern bauen und nutzen."
EPILOG = """\b
Examples:
  crmclean directory build register.toml -o companies.cdir
  crmclean directory info companies.cdir
  crmclean directory lookup companies.cdir "Adler Bau GmbH, 10115 Berlin"

\b
Exit codes: 0 done, 2 usage, 3 input refused, 4 configuration, 5 output can't be written.
See also: crmclean enrich."""
