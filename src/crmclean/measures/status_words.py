"""What firms call the state of a relationship, and what it says about it.

Words that are used for several things (open, lost, inactive of a lead or of a customer) are not in the list: unknown is
better than wrong.

Sources: default values of HubSpot (``lifecyclestage``), Salesforce (``Account.Type``), Dynamics 365
(``customertypecode``), Zoho CRM and Odoo; German words as CRMs of the region offer them.
"""

from __future__ import annotations

from crmclean.core.text import fold

# Group -> words. ``former`` has been a customer, ``closed`` is nobody to contact any more.
_WORDS = {
    "prospect": """lead|leads|prospect|prospects|suspect|subscriber|marketing qualified lead|marketingqualifiedlead|mql|
        sales qualified lead|salesqualifiedlead|sql|opportunity|interessent|interessenten|interessentin|
        potenzieller kunde|potentieller kunde|potenzial|zielkunde|wunschkunde|nichtkunde|noch kein kunde|akquise|
        akquisition|acquisition|prospect customer|potential customer|not a customer|prospekt|prospecto|kalter lead""",
    "onboarding": "onboarding|neukunde|neukunden|neukundin|new customer|new client|erstkunde|einarbeitung",
    "growth": "wachstum|growth|ausbau|ausbaukunde|entwicklung",
    "retention": "bindung|retention|reife|loyal|stammkunde|stammkunden|stammkundin|loyal customer|regular customer",
    "defence": """verteidigung|gefährdung|gefährdet|gefährdeter kunde|abwanderungsgefährdet|at risk|customer at risk|
        kündigungsgefährdet|churn risk""",
    "winback": "rückgewinnung|win back|winback|win-back|zurückgewinnen|revitalisierung",
    "customer": """customer|customers|client|clients|kunde|kunden|kundin|bestandskunde|bestandskunden|aktiver kunde|
        aktivkunde|kunde aktiv|active customer|current customer|existing customer|evangelist|key account|a-kunde|
        b-kunde|c-kunde|schlüsselkunde|großkunde|vertragskunde|cliente|klant|klient|customer direct|customer channel""",
    "former": """former customer|former client|ex customer|ex-customer|past customer|lost customer|churned|
        churned customer|ehemaliger kunde|ehemalige kunden|ehemalig|ex-kunde|exkunde|altkunde|verlorener kunde|
        abgewandert|abgewanderter kunde|gekündigt|gekündigter kunde|kunde verloren|ancien client|ex cliente""",
    "closed": """beendigung|beendet|termination|terminated|out of business|geschäft aufgegeben|insolvent|insolvenz|
        in insolvenz|liquidiert|in liquidation|aufgelöst|erloschen|verstorben|deceased|gelöscht|blacklist|
        blacklisted""",
}

STATES = {fold(word): group for group, words in _WORDS.items() for word in words.replace("\n", " ").split("|")}
BOUGHT = frozenset({"onboarding", "growth", "retention", "defence", "winback", "customer", "former"})


def state_of(value: str) -> str | None:
    """The group of a word, or ``None`` for a word that says nothing.

    >>> state_of("Ehemaliger Kunde"), state_of("Interessent "), state_of("offen")
    ('former', 'prospect', None)
    """
    return STATES.get(fold(value))
