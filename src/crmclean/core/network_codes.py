"""Codes of company directories on the network. Part of ``core.file_codes``."""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.language import Text

_ERROR = Severity.ERROR

NETWORK_CODES: tuple[Code, ...] = (
    Code(
        "url-not-allowed",
        _ERROR,
        Text("The directory's address may not be asked", "Die Adresse des Verzeichnisses darf nicht gefragt werden"),
        Text(
            "Only https and public addresses are used, and no other host than the one in the configuration: else a "
            "name or a redirect could make crmclean ask machines inside the own network.",
            "Verwendet werden nur https und öffentliche Adressen, und kein anderer Rechner als der konfigurierte: "
            "sonst könnten ein Name oder eine Umleitung Rechner im eigenen Netz abfragen lassen.",
        ),
        Text(
            "Correct `url`; for a service in the own network set `allow_private = true`, for a known second host "
            "`redirect_hosts`.",
            "`url` berichtigen; für einen Dienst im eigenen Netz `allow_private = true` setzen, für einen bekannten "
            "zweiten Rechner `redirect_hosts`.",
        ),
    ),
    Code(
        "tls-error",
        _ERROR,
        Text("The directory's TLS is not to be trusted", "Dem TLS des Verzeichnisses ist nicht zu trauen"),
        Text(
            "Somebody else could read the questions and forge the answers. There is no switch to turn this off.",
            "Andere könnten Fragen mitlesen und Antworten fälschen. Abschalten lässt sich das nicht.",
        ),
        Text(
            "Tell the service's operator; for an own authority name its certificates with `ca_file`.",
            "Den Betreiber verständigen; bei eigener Zertifizierungsstelle deren Zertifikate mit `ca_file` nennen.",
        ),
    ),
    Code(
        "login-refused",
        _ERROR,
        Text("The directory refuses the login", "Das Verzeichnis lehnt die Anmeldung ab"),
        Text("Nothing more is asked there.", "Dort wird nichts weiter gefragt."),
        Text(
            "Check user and password or token, and whether the account may use this service.",
            "Benutzer und Passwort oder Token prüfen, und ob das Konto diesen Dienst nutzen darf.",
        ),
    ),
    Code(
        "missing-extra",
        _ERROR,
        Text("An optional part of crmclean is not installed", "Ein optionaler Teil von crmclean ist nicht installiert"),
        Text("What was asked for needs it.", "Das Verlangte braucht ihn."),
        Text("Type the command the message names.", "Den Befehl eingeben, den die Meldung nennt."),
    ),
    Code(
        "unknown-directory",
        _ERROR,
        Text("There is no directory of this name", "Ein Verzeichnis dieses Namens gibt es nicht"),
        Text("There is nobody to ask.", "Es gibt niemanden zu fragen."),
        Text("`crmclean list directories` shows them.", "`crmclean list directories` zeigt sie."),
    ),
    Code(
        "cache-unusable",
        Severity.WARNING,
        Text("Answers can't be kept", "Antworten lassen sich nicht aufbewahren"),
        Text(
            "The file for them is broken, full, locked or read-only; the run goes on, but a repeated one asks again.",
            "Die Datei dafür ist defekt, voll, gesperrt oder nicht beschreibbar; der Lauf geht weiter, ein neuer fragt "
            "aber noch einmal.",
        ),
        Text("Delete the file, or make room.", "Die Datei löschen oder Platz schaffen."),
    ),
)
