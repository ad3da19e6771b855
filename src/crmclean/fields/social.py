"""Profile in a social network: LinkedIn, XING, Facebook, X, Instagram, YouTube, TikTok and others.

A profile has many addresses (country hosts, mobile hosts, tracking parameters) and one canonical one. A bare handle
says nothing about its network and is never given one.

Sources: the networks' own help pages on profile addresses (LinkedIn "public profile URL", YouTube "handles", X
"username"); XING's profile addresses.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("de.linkedin.com/in/Eva-Beispiel/?trk=x", NO_HINTS).value
'https://www.linkedin.com/in/eva-beispiel'
>>> FIELD.parse("@beispiel", NO_HINTS).code
'no-network'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields._headers import header_names
from crmclean.fields._web import Address, is_email, read_address, several

# Site -> (canonical host, network). The first path is the handle unless it is one of the kinds below.
_NETWORKS = {
    "linkedin.com": ("www.linkedin.com", "linkedin"),
    "xing.com": ("www.xing.com", "xing"),
    "xing.to": ("www.xing.com", "xing"),
    "facebook.com": ("www.facebook.com", "facebook"),
    "fb.com": ("www.facebook.com", "facebook"),
    "x.com": ("x.com", "x"),
    "twitter.com": ("x.com", "x"),
    "instagram.com": ("www.instagram.com", "instagram"),
    "youtube.com": ("www.youtube.com", "youtube"),
    "tiktok.com": ("www.tiktok.com", "tiktok"),
    "threads.net": ("www.threads.net", "threads"),
    "bsky.app": ("bsky.app", "bluesky"),
    "pinterest.com": ("www.pinterest.com", "pinterest"),
    "pinterest.de": ("www.pinterest.com", "pinterest"),
    "github.com": ("github.com", "github"),
    "vimeo.com": ("vimeo.com", "vimeo"),
    "kununu.com": ("www.kununu.com", "kununu"),
}
# Paths whose second part names the profile.
_KINDS = frozenset(
    "in company school showcase pub profile profiles companies pages people channel c user groups profil "
    "de at ch".split()
)
_CASED = frozenset({"youtube"})  # channel ids are case-sensitive
_MASTODON = re.compile(r"@?([\w.-]+)@((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.-]{2,50}")


def _canonical(address: Address) -> tuple[str, str, str] | None:
    """Canonical address, network and handle of a profile in a known network."""
    site = address.site()
    found = next((site_ for site_ in (site, ".".join(site.split(".")[-2:])) if site_ in _NETWORKS), None)
    if found is None:
        return None
    host, network = _NETWORKS[found]
    path, _, query = address.rest.partition("#")[0].partition("?")
    steps = [step for step in path.split("/") if step]
    if network == "facebook" and steps[:1] == ["profile.php"]:
        number = re.search(r"(?:^|&)id=(\d+)", query)
        return (f"https://{host}/profile.php?id={number[1]}", network, number[1]) if number else None
    kept = steps[:2] if steps and steps[0].lower() in _KINDS else steps[:1]
    if not kept or (len(kept) == 1 and kept[0].lower() in _KINDS):
        return None
    handle = kept[-1] if network in _CASED else kept[-1].lower()
    shown = "/".join((*(step.lower() for step in kept[:-1]), handle))
    return f"https://{host}/{shown}", network, handle.lstrip("@")


def parse(value: str, hints: Hints) -> Parsed:
    """The canonical address of the profile."""
    address = read_address(value)
    if address is None:
        parts = several(value)
        first = read_address(parts[0]) if len(parts) > 1 else None
        if first and all(read_address(part) for part in parts):
            judged = parse(parts[0], hints)
            return Parsed(judged.value, "several" if judged.value else judged.code, lossless=False)
        if value.startswith("@") and (mastodon := _MASTODON.fullmatch(value)):
            handle, host = mastodon[1].lower(), mastodon[2].lower()
            return Parsed(f"https://{host}/@{handle}", parts={"network": "mastodon", "handle": handle})
        if is_email(value):
            return Parsed(code="email")
        return Parsed(code="no-network" if _HANDLE.fullmatch(value) else "not-a-profile")
    profile = _canonical(address)
    if profile is None:
        return Parsed(address.url(), "unknown-network")
    return Parsed(profile[0], parts={"network": profile[1], "handle": profile[2]})


def key(value: str) -> str | None:
    """The canonical address without scheme and ``www.``."""
    return value.partition("://")[2].removeprefix("www.") or None


def looks_like(value: str) -> float:
    """An address in a known network."""
    address = read_address(value.strip())
    return 0.97 if address and _canonical(address) else 0.0


FIELD = FieldType(
    name="social",
    title=Text("Social profile", "Social-Media-Profil"),
    group="contact",
    parse=parse,
    styles=("keep", "url"),
    key=key,
    strength=Strength.SUPPORTING,  # one profile is one firm or person, but branches share their parent's
    headers=header_names(
        """
        social, social media, social network, socialnetwork, social profile, social profiles, social media profile,
        linkedin, linkedin url, linkedin profile, linkedin company page, linkedin page, linkedin bio, linkedin link,
        linkedinurl, xing, xing profile, xing url, facebook, facebook url, facebook page, facebook company page,
        facebook profile, fb, twitter, twitter handle, twitter url, twitter username, twitterhandle, x (twitter),
        instagram, instagram url, insta, youtube, youtube channel, youtube url, tiktok, mastodon, bluesky, threads,
        pinterest, github,
        soziales netzwerk, soziale netzwerke, soziale medien, social-media-profil, social media profil,
        linkedin profil, linkedin-profil, linkedin-seite, xing profil, xing-profil, facebook-seite, facebook profil,
        facebook-profil, instagram profil, instagram-profil, twitter profil, youtube-kanal,
        réseaux sociaux, réseau social, profil linkedin, profilo linkedin, redes sociales, perfil de linkedin,
        sociale media,
        """
    ),
    looks_like=looks_like,
    codes=(
        Code(
            "not-a-profile",
            Severity.ERROR,
            what=Text("not the address of a profile", "keine Profiladresse"),
            why=Text("Nobody can open it.", "Niemand kann sie öffnen."),
            fix=Text("Look the profile up.", "Das Profil nachsehen."),
        ),
        Code(
            "no-network",
            Severity.WARNING,
            what=Text("a handle without its network", "ein Profilname ohne Netzwerk"),
            why=Text("The same name is another firm elsewhere.", "Derselbe Name ist anderswo eine andere Firma."),
            fix=Text("Write the whole address.", "Die ganze Adresse eintragen."),
        ),
        Code(
            "unknown-network",
            Severity.WARNING,
            what=Text("a web address in no known network", "eine Adresse in keinem bekannten Netzwerk"),
            why=Text("It may be a website.", "Es ist vielleicht eine Website."),
            fix=Text("Check it.", "Prüfen."),
        ),
        Code(
            "email",
            Severity.WARNING,
            what=Text("an e-mail address, not a profile", "eine E-Mail-Adresse, kein Profil"),
            why=Text("The e-mail column may lack it.", "In der E-Mail-Spalte fehlt sie vielleicht."),
            fix=Text("Move it to the e-mail column.", "In die E-Mail-Spalte verschieben."),
        ),
        Code(
            "several",
            Severity.INFO,
            what=Text("several profiles in one cell", "mehrere Profile in einer Zelle"),
            why=Text("Most programs open only one.", "Die meisten Programme öffnen nur eines."),
            fix=Text("Make one column for each network.", "Für jedes Netzwerk eine Spalte anlegen."),
        ),
    ),
    placeholders=frozenset({"http://", "https://", "@", "www."}),
    examples_good=(
        *(
            "https://www.linkedin.com/in/eva-beispiel",
            "de.linkedin.com/company/beispiel-gmbh/",
            "xing.com/profile/Eva_Beispiel",
        ),
        *("https://m.facebook.com/beispiel?ref=x", "twitter.com/beispiel", "https://www.youtube.com/@Beispiel"),
        *("https://instagram.com/beispiel/", "@eva@social.example"),
    ),
    examples_bad=("@beispiel", "beispiel", "https://www.example.org", "eva@example.org", "linkedin.com", "siehe Notiz"),
    sources=(
        "https://www.linkedin.com/help/linkedin/answer/a542685",
        "https://support.google.com/youtube/answer/6180214",
    ),
)
