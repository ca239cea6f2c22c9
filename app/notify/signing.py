"""Signatures as https://www.standardwebhooks.com has them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence

from app.errors import InputError

PREFIX = "whsec_"

_DIGIT = "[A-Za-z0-9+/]"

PATTERN = (
    f"{PREFIX}(?:{_DIGIT}{{4}}){{8,20}}"
    f"(?:{_DIGIT}{{4}}(?:{_DIGIT}{{2}}==)?|{_DIGIT}{{2}}==|{_DIGIT}{{3}}=)?"
)
"""Regular expression of a secret: 24 to 64 bytes, as the standard wants it, in base64."""


def new_secret() -> str:
    """A secret that nobody knows."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def check_secret(secret: str) -> None:
    """Return when it can sign.

    Raises:
        InputError: It is no secret of the standard; the message does not tell it.
    """
    if not re.fullmatch(PATTERN, secret, re.ASCII):
        told = f"24 to 64 bytes in base64 are wanted after {PREFIX!r}"
        raise InputError(f"secret: {told}", field="secret")


def headers(
    secrets_: Sequence[str], *, message: str, timestamp: int, body: bytes
) -> Mapping[str, str]:
    """What a receiver verifies a message by.

    Args:
        secrets_: One, or while it is being replaced both.
        message: Its id, the same at every try.
        timestamp: Seconds since the epoch, of this try.
    """
    signed = b".".join((message.encode(), str(timestamp).encode(), body))
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets_),
    }


def _signature(secret: str, signed: bytes) -> str:
    code = hmac.digest(_key(secret), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(code).decode()}"


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))
