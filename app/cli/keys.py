"""``keys``: make, list and revoke the keys by which programs call the API."""

from __future__ import annotations

import argparse
import json
import sys
import time

from rich.console import Console
from rich.table import Table

import config
from app import bootstrap, ids, moments
from app.access.keys import Key, Keys, Scope
from app.errors import InputError

PREFIX = "key"
"""Of a key's id; the key itself begins with ``vl_``."""


def create(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print a new key on stdout, alone, and on stderr what there is to know of it."""
    expires = None if asked.expires is None else time.time() + asked.expires
    made, secret = _keys(settings).create(
        asked.tenant, asked.name, [Scope(name) for name in asked.scope], expires=expires
    )
    print(secret)
    scopes = " and ".join(made.scopes)
    print(
        f"{_shown(made)} of tenant {made.tenant}, which may {scopes}; "
        "this is shown once and kept nowhere: put it away now",
        file=sys.stderr,
    )
    return 0


def show(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Print every key, without what it is called by."""
    rows = [_row(key) for key in _keys(settings).of(asked.tenant)]
    if asked.json:
        print(json.dumps(rows, indent=1))
        return 0
    table = Table("id", "tenant", "name", "scopes", "created", "used", "expires", "revoked")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    Console().print(table)
    return 0


def revoke(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Have a key count no longer, from its next call on.

    Raises:
        InputError: What is named is no id of a key.
        NotFound: There is no such key.
    """
    number = ids.number_of(PREFIX, asked.key_id)
    if number is None:
        raise InputError("name the key by its id, key_...; `keys list` tells it")
    revoked = _keys(settings).revoke(number)
    print(f"{asked.key_id} of tenant {revoked.tenant}, {revoked.name!r}, is revoked")
    return 0


def _keys(settings: config.Settings) -> Keys:
    return Keys(bootstrap.opened_store(settings).database)


def _row(key: Key) -> dict[str, object]:
    return {
        "id": _shown(key),
        "tenant": key.tenant,
        "name": key.name,
        "scopes": list(key.scopes),
        "created": moments.told_or_none(key.created),
        "used": moments.told_or_none(key.used),
        "expires": moments.told_or_none(key.expires),
        "revoked": moments.told_or_none(key.revoked),
    }


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _shown(key: Key) -> str:
    return ids.told(PREFIX, key.id)
