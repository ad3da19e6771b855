"""What people call the seven phases of a relationship, in their order."""

from __future__ import annotations

from crmclean.core.language import Text

UNKNOWN = "unknown"
SEVEN = {
    "acquisition": Text("acquisition", "Akquisition"),
    "onboarding": Text("onboarding", "Onboarding"),
    "growth": Text("growth", "Wachstum"),
    "retention": Text("retention", "Bindung"),
    "defence": Text("defence", "Verteidigung"),
    "winback": Text("winning back", "Rückgewinnung"),
    "termination": Text("termination", "Beendigung"),
    UNKNOWN: Text("unknown", "unbekannt"),
}
