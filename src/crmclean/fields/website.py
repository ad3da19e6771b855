"""Web address of a firm or person, understood as people type it.

Scheme and host are case-blind, the path is kept as written. The cell stays as it is: only typing errors
(``http:/www``, ``www,example.org``, ``htp://``) are proposed for repair.

Sources: see ``_web``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("WWW.Example.org/Kontakt", NO_HINTS).value
'https://www.example.org/Kontakt'
>>> FIELD.parse("http:/www,example.org", NO_HINTS).suggestion
'http://www.example.org'
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._web import is_email, read_address, several

# Sites that many firms share: there the path tells them apart, not the host.
_SHARED_SITES = (
    *("facebook.com", "instagram.com", "linkedin.com", "xing.com", "youtube.com", "twitter.com", "x.com"),
    *("wordpress.com", "blogspot.com", "jimdo.com", "jimdofree.com", "wixsite.com", "google.com", "linktr.ee"),
    *("gelbeseiten.de", "dasoertliche.de", "11880.com", "herold.at", "local.ch", "etsy.com", "ebay.de", "amazon.de"),
)


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """The address with scheme and host in lower case."""
    address = read_address(value)
    if address is None:
        if is_email(value):
            return Parsed(code="email")
        parts = several(value)
        first = read_address(parts[0]) if len(parts) > 1 else None
        if first and all(read_address(part) for part in parts):
            return Parsed(first.url(), "several", lossless=False)
        return Parsed(code="not-an-address")
    if address.is_repaired:
        return Parsed(address.url(), "misspelt", suggestion=address.url())
    return Parsed(address.url())


def key(value: str) -> str | None:
    """The host without ``www.``; with the path where many firms share the host."""
    address = read_address(value)
    if address is None:
        return None
    site = address.site()
    if any(site == shared or site.endswith(f".{shared}") for shared in _SHARED_SITES):
        path = address.rest.partition("?")[0].rstrip("/").lower()
        return f"{site}{path}" if path or site.count(".") > 1 else None
    return site


def looks_like(value: str) -> float:
    """Certain with a scheme or ``www.``, likely for a bare host."""
    text = value.strip()
    address = read_address(text)
    if address is None or address.host[-1].isdigit():
        return 0.0
    return 0.95 if address.scheme or address.host.startswith("www.") else 0.5


FIELD = FieldType(
    name="website",
    title=Text("Website", "Website"),
    group="contact",
    parse=parse,
    styles=("keep", "url"),
    key=key,
    strength=Strength.SUPPORTING,  # sister companies share a site
    headers=header_names(
        """
        website, web site, website url, websiteurl, web, web page, webpage, web address, web page 1, url, homepage,
        home page, internet, internet address, site, company website, company url, domain, company domain name,
        company domain, web-site, www, link, website 1 - value, website 1 value, personal web page,
        organization website, business home page, blog, business web page, wwwfieldstr1, homepages,
        webseite, web-seite, webseite 1, webseite 2, internetadresse, internetseite, internetauftritt, webadresse,
        web-adresse, homepage-adresse, firmenwebsite, firmen-website, firmenhomepage, homepage firma,
        organisation website, internet-adresse, webpräsenz, domäne,
        site web, site internet, page web, adresse web, sito, sito web, sito internet, pagina web, página web,
        sitio web, strona www, strona internetowa,
        webová stránka, verkkosivu, webbplats, hjemmeside, nettside, веб-сайт,
        nombre de dominio de la empresa, site oficial,
        """
    ),
    looks_like=looks_like,
    codes=(
        Code(
            "not-an-address",
            Severity.ERROR,
            what=Text("not a web address", "keine Internetadresse"),
            why=Text("Nobody can open it.", "Niemand kann sie öffnen."),
            fix=Text("Look the address up.", "Die Adresse nachsehen."),
        ),
        Code(
            "email",
            Severity.WARNING,
            what=Text("an e-mail address, not a website", "eine E-Mail-Adresse, keine Website"),
            why=Text("The e-mail column may lack it.", "In der E-Mail-Spalte fehlt sie vielleicht."),
            fix=Text("Move it to the e-mail column.", "In die E-Mail-Spalte verschieben."),
        ),
        Code(
            "misspelt",
            Severity.WARNING,
            what=Text("web address with a typing error", "Internetadresse mit Tippfehler"),
            why=Text("A browser does not open it as it stands.", "Ein Browser öffnet sie so nicht."),
            fix=Text("Check the proposed address.", "Die vorgeschlagene Adresse prüfen."),
        ),
        Code(
            "several",
            Severity.INFO,
            what=Text("several web addresses in one cell", "mehrere Internetadressen in einer Zelle"),
            why=Text("Most programs open only one.", "Die meisten Programme öffnen nur eine."),
            fix=Text("Keep the main one.", "Die wichtigste behalten."),
        ),
    ),
    placeholders=frozenset(
        {"http://", "https://", "http://www.", "https://www.", "www.", "www", "http", "http:", "//"}
    ),
    examples_good=(
        *(
            "www.example.org",
            "https://example.org/",
            "HTTP://Example.ORG/Pfad?x=1",
            "example.org",
            "shop.example.co.uk",
        ),
        *("https://example.org:8443/a", "müller.example", "www.example.org; www.example.net"),
    ),
    examples_bad=(
        *("http:/www.example.org", "www,example.org", "htp://www.example.org", "info@example.org", "keine Homepage"),
        *("localhost", "http://", "example", "www.example .org"),
    ),
    sources=("RFC 3986", "RFC 1035 §2.3.4", "RFC 5890", "WHATWG URL Standard"),
)
