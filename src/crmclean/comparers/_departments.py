"""What departments and their mailboxes are called: ``buchhaltung``, ``info``, ``sales``. They name no person."""

from __future__ import annotations

# Own list of what German and English contact forms and exports call a department; lower case.
_LIST = tuple(
    """
    abrechnung accounting accounts administration anfragen anmeldung assistenz auftragsannahme auftragsbearbeitung
    backoffice bestellung bestellungen bewerbung billing buchhaltung buero büro career chefbüro chefbuero contact
    controlling dispo disposition einkauf empfang export faktura finance finanzbuchhaltung finanzen
    geschaeftsfuehrung geschaeftsleitung geschäftsführung geschäftsleitung hausverwaltung helpdesk hotline hr
    human|resources import info information innendienst international it it-abteilung karriere kasse kontakt
    kreditorenbuchhaltung kundendienst kundenservice lager lohnbuchhaltung mail management marketing office operations
    order orders personal personalabteilung personalwesen poststelle presse produktion purchasing qualitätssicherung
    qualitaetssicherung rechnung rechnungen rechnungseingang rechnungswesen reception reklamation reservierung
    sachbearbeitung sales sekretariat service shop support technik team technischer|dienst telefonzentrale unbekannt
    unknown verkauf versand vertrieb vertriebsinnendienst verwaltung vorstand vorzimmer webmaster webshop werkstatt
    zentrale zentraleinkauf
    """.replace("|", "\0").split()
)
DEPARTMENTS = tuple(name.replace("\0", " ") for name in _LIST)
