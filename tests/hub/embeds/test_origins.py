"""What may stand on the list of pages: https, one host, nothing that stands for many."""

import pytest
from django.db import IntegrityError, transaction

from hub.audit.models import AuditEntry
from hub.embeds.models import EmbedOrigin
from hub.embeds.origins import origin_of
from hub.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://intranet.example.com", "https://intranet.example.com"),
        (" HTTPS://Intranet.Example.com/start?a=1#b ", "https://intranet.example.com"),
        ("intranet.example.com/start", "https://intranet.example.com"),
        ("https://crm.example.com:8443/", "https://crm.example.com:8443"),
        ("https://crm.example.com:443", "https://crm.example.com"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://intranet", "https://intranet"),
    ],
)
def test_an_address_becomes_the_origin_that_browsers_send(typed: str, origin: str) -> None:
    assert origin_of(typed, with_loopback=False) == origin


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://intranet.example.com", "not_https"),
        ("javascript://intranet.example.com", "not_https"),
        ("http://127.0.0.1:9000", "not_https"),
        ("https://*.example.com", "no_origin"),
        ("*", "no_origin"),
        ("null", "ok"),
        ("https://user@example.com", "no_origin"),
        ("https://", "no_origin"),
        ("https://exa mple.com", "no_origin"),
        ("https://example.com:port", "no_origin"),
        ("https://[::1", "no_origin"),
        ("https://" + "a" * 300 + ".com", "no_origin"),
        ("https://example.com\r\nX-Evil: 1", "no_origin"),
    ],
)
def test_what_is_no_address_of_one_page_is_refused(typed: str, code: str) -> None:
    if code == "ok":  # a word is a host; the `Origin: null` of a sandboxed page is never equal to it
        assert origin_of(typed, with_loopback=False) == "https://null"
        return
    with pytest.raises(Refusal, match=code):
        origin_of(typed, with_loopback=False)


def test_plain_http_is_for_trying_it_out_on_ones_own_machine() -> None:
    assert origin_of("http://127.0.0.1:9000/x", with_loopback=True) == "http://127.0.0.1:9000"
    with pytest.raises(Refusal, match="not_https"):
        origin_of("http://intranet.example.com", with_loopback=True)


@pytest.mark.parametrize("origin", ["http://intranet.example.com", "http://localhost.evil.example", "*"])
def test_the_database_refuses_it_too(origin: str, db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EmbedOrigin.objects.create(origin=origin)


def test_an_administrator_keeps_the_list_and_each_act_is_in_the_audit(sign_in: object, cast: object) -> None:
    client = sign_in(cast.ada)
    for _twice in range(2):
        answer = client.post("/embed/", {"origin": "https://intranet.example.com/start"})
        assert answer.status_code == 302
    row = EmbedOrigin.objects.get()
    assert b"https://intranet.example.com" in client.get("/embed/").content
    refused = client.post("/embed/", {"origin": "http://intranet.example.com"})
    assert refused.status_code == 422
    assert "https://" in refused.content.decode()
    assert client.post(f"/embed/origins/{row.pk}/remove/").status_code == 302
    assert client.post(f"/embed/origins/{row.pk}/remove/").status_code == 404
    acts = AuditEntry.objects.filter(object_type="embed_origin").values_list("action", "object_id")
    assert list(acts) == [
        ("embed_origin.added", "https://intranet.example.com"),
        ("embed_origin.removed", "https://intranet.example.com"),
    ]


def test_the_list_has_an_end(sign_in: object, cast: object) -> None:
    EmbedOrigin.objects.bulk_create(EmbedOrigin(origin=f"https://a{n}.example") for n in range(100))
    assert sign_in(cast.ada).post("/embed/", {"origin": "https://b.example"}).status_code == 409
    assert EmbedOrigin.objects.count() == 100
