"""Posting out: to listed hosts, never inside, never twice around a corner, and never for longer than its time."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hub.encryption import decrypt, encrypt
from hub.outbound import NotSent, check_address, is_listed, is_public, post
from hub.refusals import Refusal
from tests.hub.notices.chat_server import Chat, chat_server

HOSTS = ["hooks.example.com", "*.logic.example.com"]


@pytest.fixture
def chat(settings: Any) -> Iterator[Chat]:
    settings.OUTBOUND_INSIDE = ["127.0.0.1"]
    with chat_server() as chat:
        yield chat


def send(url: str, **options: Any) -> Any:
    return post(
        url, **{"hosts": ["127.0.0.1", *HOSTS], "body": b"{}", "headers": {"Content-Length": "2"}, **options}
    )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.com/x", "address_not_https"),
        ("ftp://hooks.example.com/x", "address_not_https"),
        ("file:///etc/passwd", "address_not_https"),
        ("http://169.254.169.254/latest/meta-data/", "address_not_https"),
        ("https://169.254.169.254/latest/meta-data/", "host_not_listed"),
        ("https://localhost/x", "host_not_listed"),
        ("https://[::1]/x", "host_not_listed"),
        ("https://2130706433/x", "host_not_listed"),
        ("https://logic.example.com/x", "host_not_listed"),
        ("https://evil-logic.example.com/x", "host_not_listed"),
        ("https://hooks.example.com.evil.example/x", "host_not_listed"),
        ("https://evil.example/?https://hooks.example.com", "host_not_listed"),
        ("https://evil.example#@hooks.example.com", "host_not_listed"),
        ("https://user:pass@hooks.example.com/x", "address_with_name"),
        ("https://hooks.example.com@evil.example/x", "address_with_name"),
        ("https://hooks.example.com\\@evil.example/x", "address_with_name"),
        ("https://hooks.example.com:8443/x", "port_not_allowed"),
        ("https://hooks.example.com:99999/x", "address_unreadable"),
        ("https://[/x", "address_unreadable"),
        ("https://hooks.example.com/a b", "address_unreadable"),
        ("https://hooks.example.com/\r\nHost: evil", "address_unreadable"),
        ("https://hooks.example.com/ü", "address_unreadable"),
        ("https://hooks.example.com/" + "a" * 2000, "address_too_long"),
        ("", "address_not_https"),
    ],
)
def test_an_address_elsewhere_is_refused_in_a_sentence_without_it(url: str, code: str) -> None:
    with pytest.raises(Refusal, match=f"^{code}$") as refused:
        check_address(url, HOSTS)
    assert str(refused.value.message).endswith((".", "https://."))
    assert "example" not in str(refused.value.message)


@pytest.mark.parametrize(
    "url", ["https://hooks.example.com/x?sig=1", "https://prod-1.westeurope.logic.example.com:443/x"]
)
def test_a_listed_host_is_taken(url: str) -> None:
    assert check_address(url, HOSTS).endswith("example.com")


def test_a_star_stands_for_what_is_below_and_nothing_else() -> None:
    assert is_listed("a.b.example.com", ["*.example.com"])
    assert not is_listed("example.com", ["*.example.com"])
    assert not is_listed(".example.com", ["*.example.com"])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_every_way_to_write_a_private_address_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_a_listed_name_that_leads_inside_is_not_connected_to() -> None:
    """`localhost` really resolves, to loopback; it stands for any name that does."""
    with pytest.raises(Refusal, match="address_not_public"):
        send("https://localhost/x", hosts=["localhost"])


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **kwargs: Any) -> list:
        return [(socket.AF_INET, 1, 6, "", (ip, port)) for ip in ("93.184.216.34", "192.168.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Refusal, match="address_not_public"):
        send("https://hooks.example.com/x")


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_connected_to(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.OUTBOUND_INSIDE = ["rebinding.example.com"]
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def first_here_then_there(host: str, port: int, *args: Any, **kwargs: Any) -> list:
        if host != "rebinding.example.com":
            return real(host, port, *args, **kwargs)
        looked_up.append(host)
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1" if len(looked_up) == 1 else "127.0.0.9", port))]

    monkeypatch.setattr(socket, "getaddrinfo", first_here_then_there)
    url = f"http://rebinding.example.com:{chat.port}/ok"
    assert send(url, hosts=["rebinding.example.com"]).status == 200
    assert looked_up == ["rebinding.example.com"]
    assert chat.got[0].headers["host"] == f"rebinding.example.com:{chat.port}"


def test_a_redirect_is_not_followed(chat: Chat) -> None:
    url = chat.answer("/moved", 302, Location=chat.url("/secret"))
    assert send(url).status == 302
    assert [one.path for one in chat.got] == ["/moved"]


@pytest.mark.parametrize("status", ["hang", "drip"])
def test_a_server_that_never_comes_to_an_end_is_cut_off(status: str, chat: Chat) -> None:
    url = chat.answer("/slow", status)
    begun = time.monotonic()
    with pytest.raises(NotSent, match="no_answer") as failed:
        send(url, seconds=0.5)
    assert failed.value.is_unsure
    assert time.monotonic() - begun < 2


def test_an_endless_answer_is_read_to_a_limit(chat: Chat) -> None:
    begun = time.monotonic()
    answer = send(chat.answer("/much", "flood"))
    assert answer.status == 200
    assert len(answer.body) == 64 * 1024
    assert time.monotonic() - begun < 5


def test_a_host_that_is_not_there_surely_got_nothing(settings: Any) -> None:
    settings.OUTBOUND_INSIDE = ["127.0.0.1", "nowhere.invalid"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/x", "http://nowhere.invalid/x"):
        with pytest.raises(NotSent, match="host_unreachable") as failed:
            send(url, hosts=["127.0.0.1", "nowhere.invalid"])
        assert not failed.value.is_unsure


def test_a_certificate_nobody_vouches_for_ends_it(tmp_path: Path, settings: Any) -> None:
    settings.OUTBOUND_INSIDE = ["127.0.0.1"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def shake_hands() -> None:
            connection, _peer = server.accept()
            with connection, suppress(OSError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=shake_hands)
        thread.start()
        with pytest.raises(NotSent, match="host_unreachable"):
            send(f"https://127.0.0.1:{server.getsockname()[1]}/x")
        thread.join()


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def test_a_secret_is_readable_for_its_purpose_and_with_the_keys_of_before(settings: Any) -> None:
    kept = encrypt("https://hooks.example.com/T0P", purpose="a")
    assert "hooks" not in kept
    assert kept != encrypt("https://hooks.example.com/T0P", purpose="a")
    assert decrypt(kept, purpose="a") == "https://hooks.example.com/T0P"
    assert decrypt(kept, purpose="b") is None
    assert decrypt(kept[:-4] + "AAAA", purpose="a") is None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert decrypt(kept, purpose="a") == "https://hooks.example.com/T0P"
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(kept, purpose="a") is None
