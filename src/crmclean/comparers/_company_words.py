"""Words of company names that say *which* of several related companies is meant, and words that say next to nothing.

Own lists from German and English company registers' vocabulary; folded.
"""

from __future__ import annotations

# One name has such a word, the other doesn't: two companies, however alike the rest is.
DISTINGUISHING = frozenset(
    """
    holding holdings verwaltung verwaltungs verwaltungsgesellschaft beteiligung beteiligungs beteiligungen
    beteiligungsgesellschaft service services dienstleistung dienstleistungen digital immobilien grundstuecks
    grundbesitz besitz betriebs betriebsgesellschaft vertrieb vertriebs vertriebsgesellschaft handels
    handelsgesellschaft produktion produktions logistik logistics transport transporte energie netz netze wasser
    verkehr verkehrs verkehrsbetriebe bau baubetrieb hausbau tiefbau hochbau international europe europa deutschland
    germany austria oesterreich schweiz suisse switzerland france italia uk usa nord sued ost west mitte north south
    east stiftung foundation akademie academy consulting beratung leasing finance finanz finanzierung capital
    ventures invest investment asset management treuhand versicherung versicherungs versicherungsmakler bank
    technology technologies technik systems system software solutions research entwicklung development
    engineering medical pharma care pflege klinik reisen touristik media medien verlag print online shop
    komplementaer geschaeftsfuehrungs geschaeftsfuehrung projekt projektgesellschaft solar wind windpark
    verein foerderverein kantine gastronomie catering fleet export import
    """.split()
)
# Words that carry no name of their own, so that nothing but them in common is no agreement.
MARKET = frozenset(
    """
    gesellschaft firma unternehmen unternehmensgruppe gruppe group company corporation the der die das und and of von
    fuer for zu im in am an bei mit de la le les du et des haus hotel restaurant gasthof gaststaette apotheke
    autohaus baeckerei metzgerei friseur salon praxis kanzlei rechtsanwaelte steuerberater ingenieurbuero
    architekten elektro sanitaer heizung maler malerbetrieb tischlerei schreinerei zimmerei garage werkstatt
    schule grundschule gymnasium kindergarten kita verein stadt gemeinde club center centre zentrum shop store
    """.split()
)
