"""The texts of a form: parts of one name, a JSON list, or lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.errors import InputError
from app.web.problem import Fault, bad_input, shown

FIELD = "texts"


def segments(parts: Sequence[str]) -> list[str]:
    r"""What each segment says; blank ones are left out.

    Several parts are a segment each.  A single one may be a JSON list, or has a segment a line.

    >>> segments(["One.", "Two\nlines."]), segments(['["One.", "Two."]'])
    (['One.', 'Two\nlines.'], ['One.', 'Two.'])
    >>> segments(["One.\n\nTwo."])
    ['One.', 'Two.']

    Raises:
        Malformed: A JSON list holds something else than texts.
        InputError: Nothing is left.
    """
    found = [text for text in _told(parts) if text.strip()]
    if not found:
        raise InputError("at least one text must be provided", field=FIELD)
    if any("\0" in text for text in found):
        raise bad_input(f"{FIELD}: a NUL is no text", Fault(FIELD, "a NUL is no text"))
    return found


def _told(parts: Sequence[str]) -> Sequence[str]:
    if len(parts) != 1:
        return parts
    (part,) = parts
    if part.lstrip().startswith("["):
        try:
            value = json.loads(part)
        except (ValueError, RecursionError):
            return [part]  # a text may begin with a bracket
        return _strings(value)
    return part.splitlines()


def _strings(value: list[object]) -> list[str]:
    texts = [text for text in value if isinstance(text, str)]
    if len(texts) < len(value):
        told = "a list of texts is wanted"
        raise bad_input(f"{FIELD}: {told}", Fault(FIELD, told, shown(value)))
    return texts
