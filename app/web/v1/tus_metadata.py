"""``Upload-Metadata`` of tus: keys with values in base 64, and commas between them."""

from __future__ import annotations

import base64
import binascii
import re

_KEY = re.compile(r"[!-+\--~]{1,100}", re.ASCII)

_PAIR = r"[!-+\--~]{1,100}( [A-Za-z0-9+/]*={0,2})?"

PATTERN = rf"({_PAIR}(,{_PAIR})*)?"
"""Regular expression of the whole header field, but for the length of base 64."""

LONGEST = 4096
"""Characters that are kept of one upload."""


def read(header: str) -> dict[str, str]:
    """The pairs.

    >>> read("filename bWUuanBn,is_final")
    {'filename': 'me.jpg', 'is_final': ''}

    Raises:
        ValueError: They are not written as tus has it, or a key occurs twice.
    """
    if len(header) > LONGEST:
        raise ValueError(f"more than {LONGEST} characters")
    pairs: dict[str, str] = {}
    for pair in header.split(",") if header else ():
        key, _, value = pair.strip(" ").partition(" ")
        if not _KEY.fullmatch(key):
            raise ValueError("a key is empty, or holds more than visible ASCII characters")
        if key in pairs:
            raise ValueError(f"the key {key!r} occurs twice")
        pairs[key] = _decoded(key, value)
    return pairs


def _decoded(key: str, value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError(f"the value of {key!r} is not UTF-8 in base 64") from error
