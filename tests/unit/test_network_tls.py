"""TLS is checked, and nothing goes out unless it is asked for."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.directory_servers import Says, network, serving

from crmclean.core.errors import DirectoryError
from crmclean.network import Target, Unanswered


def certificate(folder: Path, *, address: str = "127.0.0.1") -> Path:
    """A key and a certificate that nobody but itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "directory.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def asked_over_tls(served: Path, trusted: Path | None) -> object:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(served)

    def wrap(plain: socket.socket) -> socket.socket:
        return context.wrap_socket(plain, server_side=True)

    with serving(lambda _: Says({"a": 1}), wrap) as server, network() as out:
        target = Target("x", server.url, allow_private=True, ca_file=trusted)
        try:
            return out.service(target).request("GET").body
        finally:
            assert len(server.asked) <= 1


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError) as refused:
        asked_over_tls(certificate(tmp_path), None)
    assert (refused.value.code, refused.value.exit_code) == ("tls-error", 6)


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    own = certificate(tmp_path, address="127.0.0.2")
    with pytest.raises(DirectoryError) as refused:
        asked_over_tls(own, own)
    assert refused.value.code == "tls-error"


def test_an_own_authority_is_trusted_where_it_is_named(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    assert asked_over_tls(own, own) == {"a": 1}


def test_a_missing_authority_is_an_error(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    with pytest.raises(DirectoryError) as refused:
        asked_over_tls(own, tmp_path / "none.pem")
    assert refused.value.code == "tls-error"


def test_a_plain_service_is_not_spoken_to_over_tls() -> None:
    with serving(lambda _: Says({})) as server, network() as out:
        service = out.service(Target("x", server.url.replace("http:", "https:"), allow_private=True))
        with pytest.raises((DirectoryError, Unanswered)):
            service.request("GET")
        assert not server.asked


_WATCHED = """
import sys, socket
def watch(event, args):
    if event == "socket.__new__" and args[1] != socket.AF_UNIX:
        raise SystemExit("a socket was opened")
sys.addaudithook(watch)
from crmclean.__main__ import run_and_report
for command in {commands}:
    status = run_and_report(command)
    assert status in (0, 1), status
assert not {{"httpx", "httpcore", "certifi", "keyring"}} & set(sys.modules), "a library for the network was loaded"
"""


def test_without_a_directory_no_socket_is_opened(tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    export.write_text("Firma;Ort;USt-IdNr.\nMuster GmbH;Ulm;DE136695976\nMuster GmbH;Ulm;\n", "utf-8")
    config = tmp_path / "crmclean.toml"
    config.write_text('[directories.vies]\n[directories.ebid]\nuser = "u"\npassword = "env:NOT_SET"\n', "utf-8")
    out = str(tmp_path / "out")
    commands = [
        ["list", "directories"],
        ["run", str(export), "-o", out, "--config", str(config)],
        ["undo", out, "-o", str(tmp_path / "back.csv")],
    ]
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED.format(commands=commands)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "back.csv").read_bytes() == export.read_bytes()


def test_a_missing_library_is_named() -> None:
    script = """
import sys
sys.modules["httpx"] = None
from tests.directory_servers import network
from crmclean.core.errors import ConfigError
from crmclean.network import Target
with network() as out:
    try:
        out.service(Target("x", "https://directory.example"))
    except ConfigError as error:
        print(error.message())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "missing-extra: the extra 'online' is not installed. Hint: pip install \"crmclean[online]\"" in done.stdout
