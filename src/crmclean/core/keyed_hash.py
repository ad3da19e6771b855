"""Names for values that nobody can read: keyed hashes.

A plain hash of an e-mail address or a phone number is found by trying all of them; with a key only its holder can try.
HMAC-SHA256 (RFC 2104, FIPS 198-1), cut to 16 bytes: half of it, the least that RFC 2104 (section 5) recommends to keep.
"""

from __future__ import annotations

import hmac

N_BYTES = 16
_CHECK = "check"


def keyed(key: bytes, kind: str, value: str) -> bytes:
    """The keyed hash of a value, ``N_BYTES`` long.

    Args:
        key: any number of bytes; 32 random ones are right.
        kind: of value, so that equal texts of different kinds differ.
        value: in its normal form.
    """
    return hmac.digest(key, f"{kind}\x1f{value}".encode(errors="surrogatepass"), "sha256")[:N_BYTES]


def check_of(key: bytes) -> str:
    """By what a file knows the key it was made with, without telling it: 16 hexadecimal digits."""
    return keyed(key, _CHECK, "").hex()[:16]
