"""Which lecture a request names.

A request that could mean one lecture must never be taken for one that means all: whatever could
name a lecture and is not plainly its id is refused, and nothing is done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from app.errors import InputError
from app.intake.request import lecture_id

_NAMING_HEADER = re.compile(
    r"(x-)?(id|(lecture|generation|generate|job|task|video|object)s?(-?(id|number|name))?)"
)
"""A header in which a client may think to name a lecture; `X-Request-Id` names a request."""


class BadBody(Exception):
    """The body is no JSON object.

    Args:
        key: Of the sentence that says so.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def selected_lecture() -> int | None:
    """Id of the one lecture that the request names, in its query, JSON or form body.

    Returns:
        ``None`` for a request that names nothing at all.

    Raises:
        InputError: Something could name a lecture and is not its id, or several things do.
        BadBody: The body is no JSON object.
        UnsupportedMediaType: The body is neither JSON nor a form.
    """
    _refuse_naming_headers(name for name, _ in request.headers)
    named = [*_named_by_query(), *_named_by_body()]
    if not named:
        return None
    for key, _ in named:
        if key != "id":
            raise InputError(
                f'{str(key)[:40]!r}: only "id" names a lecture; nothing was done', field="id"
            )
    ids = {_id(value) for _, value in named}
    if len(ids) > 1:
        raise InputError("id: given several times; name one lecture", field="id")
    return ids.pop()


def number_in_query(name: str, *, at_least: int) -> int | None:
    """A whole number from the query; ``None`` when it is not there.

    Raises:
        InputError: It is no whole number, too small, or given several times.
    """
    values = request.args.getlist(name)
    if not values:
        return None
    if len(values) > 1:
        raise InputError(f"{name}: given several times", field=name)
    number = _id(values[0], name)
    if number < at_least:
        raise InputError(f"{name}: must be at least {at_least}", field=name)
    return number


def json_object() -> dict[str, Any]:
    """The body, a JSON object; empty when there is no body.

    Raises:
        BadBody: It is no JSON object, or a key occurs twice in it.
        UnsupportedMediaType: It does not claim to be JSON.
    """
    raw = request.get_data()
    if raw and not request.is_json:
        raise UnsupportedMediaType
    try:
        value = json.loads(raw or b"{}", object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise BadBody("malformed_json") from error
    if not isinstance(value, dict):
        raise BadBody("not_an_object")
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _named_by_query() -> Iterable[tuple[str, object]]:
    if request.query_string and not request.args:
        # "?&" and the like: nothing that anybody writes on purpose.
        raise InputError("the query cannot be read; nothing was done", field="id")
    return request.args.items(multi=True)


def _named_by_body() -> Iterable[tuple[str, object]]:
    if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return json_object().items()
    raw = request.get_data()  # before the form, which would take it away
    named = [*request.form.items(multi=True), *request.files.items(multi=True)]
    if raw and not named:
        raise BadBody("malformed_form")
    return named


def _refuse_naming_headers(names: Iterable[str]) -> None:
    for name in names:
        if _NAMING_HEADER.fullmatch(name.lower()):
            raise InputError(
                f'{name}: no header names a lecture, "id" does; nothing was done', field="id"
            )


def _id(value: object, name: str = "id") -> int:
    try:
        return lecture_id(value)
    except ValueError as error:
        raise InputError(f"{name}: {error}", field=name) from error
