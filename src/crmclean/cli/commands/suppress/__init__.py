"""Make a suppression list: who is not to be contacted, as keyed hashes."""

GERMAN = "Eine Werbesperrdatei erstellen: wer nicht kontaktiert werden darf, als Prüfsummen mit Schlüssel."
EPILOG = """\b
Examples:
  crmclean suppress new-key ~/.config/crmclean.key
  crmclean suppress add sperrliste.csv -o suppressed.hmac --key-file ~/.config/crmclean.key
  crmclean run export.csv -o result --suppression suppressed.hmac --key-file ~/.config/crmclean.key

\b
Exit codes: 0 done, 2 usage, 3 input refused or another key, 4 key file unusable, 5 output can't be written.
See also: crmclean erase, crmclean check."""
GERMAN_EPILOG = """\b
Beispiele:
  crmclean suppress new-key ~/.config/crmclean.key
  crmclean suppress add sperrliste.csv -o suppressed.hmac --key-file ~/.config/crmclean.key
  crmclean run export.csv -o result --suppression suppressed.hmac --key-file ~/.config/crmclean.key

\b
Exit-Codes: 0 fertig, 2 Aufruf, 3 Eingabe abgelehnt oder anderer Schlüssel, 4 Schlüsseldatei unbrauchbar,
5 Ausgabe nicht schreibbar.
Siehe auch: crmclean erase, crmclean check."""
