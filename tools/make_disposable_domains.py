"""Makes ``src/crmclean/data/disposable_domains.txt``: domains of throw-away mailboxes.

Taken whole from the package ``disposable-email-domains`` (MIT), which has to be importable: unpack its
source archive and name the folder.

    pip download --no-deps --no-binary :all: disposable-email-domains
    python tools/make_disposable_domains.py FOLDER > src/crmclean/data/disposable_domains.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HEAD = """\
# Domains of throw-away mailboxes, one a line, sorted.
# Source: disposable-email-domains {version} (MIT), made by tools/make_disposable_domains.py.
"""


def main(folder: Path) -> None:
    """Print the list."""
    sys.path.insert(0, str(folder))
    from disposable_email_domains import blocklist  # type: ignore[import-not-found,unused-ignore]

    found = re.search(r"^Version: (.+)$", (folder / "PKG-INFO").read_text(encoding="utf-8"), re.MULTILINE)
    print(HEAD.format(version=found[1] if found else "unknown"), end="")
    print("\n".join(sorted(blocklist)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
