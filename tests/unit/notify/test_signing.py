"""Signatures that the standard's own library verifies."""

from __future__ import annotations

import time

import pytest
from standardwebhooks import Webhook as Standard

from app.errors import InputError
from app.notify import signing


def _headers(*secrets: str, body: bytes = b"{}") -> dict[str, str]:
    now = int(time.time())
    return dict(signing.headers(secrets, message="msg_1", timestamp=now, body=body))


def test_a_message_is_verified_by_its_secret() -> None:
    secret = signing.new_secret()
    body = '{"title":"Прогулка"}'.encode()
    Standard(secret).verify(body, _headers(secret, body=body))


def test_another_body_is_not_verified() -> None:
    secret = signing.new_secret()
    with pytest.raises(Exception, match="No matching signature"):
        Standard(secret).verify(b"[]", _headers(secret))


def test_while_a_secret_is_replaced_either_verifies() -> None:
    new, former = signing.new_secret(), signing.new_secret()
    told = _headers(new, former)
    for secret in (new, former):
        Standard(secret).verify(b"{}", told)


@pytest.mark.parametrize("size", [24, 25, 26, 32, 62, 63, 64])
def test_secrets_of_24_to_64_bytes_are_taken(size: int) -> None:
    secret = _secret_of(size)
    signing.check_secret(secret)
    Standard(secret).verify(b"{}", _headers(secret))


@pytest.mark.parametrize(
    "secret",
    [
        *("", "whsec_", "secret", "A" * 32, "whsec_" + "A" * 31, "whsec_" + "-" * 32),
        *("WHSEC_" + "A" * 32, "whsec_" + "A" * 32 + "\n", "whsec_" + "=" * 32),
    ],
)
def test_what_is_no_secret_is_refused_without_being_told(secret: str) -> None:
    with pytest.raises(InputError) as refused:
        signing.check_secret(secret)
    assert refused.value.field == "secret"
    assert "AAA" not in str(refused.value)


@pytest.mark.parametrize("size", [23, 65])
def test_shorter_and_longer_secrets_are_refused(size: int) -> None:
    with pytest.raises(InputError):
        signing.check_secret(_secret_of(size))


def _secret_of(size: int) -> str:
    import base64

    return "whsec_" + base64.b64encode(bytes(range(size))).decode()
