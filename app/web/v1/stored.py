"""What faces and voices have in common in the API."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

from flask import Response
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from app import ids, moments
from app.errors import NotFound
from app.intake import stored
from app.intake.draft import about
from app.intake.stored import PreviewState
from app.library.items import (
    LONGEST_NAME,
    LONGEST_TAG,
    MOST_TAGS,
    NAME_PATTERN,
    TAG_PATTERN,
    Item,
    Kind,
    Wanted,
    tidy,
)
from app.library.staging import Staged
from app.library.uploads import PREFIX as UPLOAD_PREFIX
from app.library.uploads import Upload
from app.web.problem import Fault, bad_input, shown
from app.web.v1 import cursors, tus_metadata
from app.web.v1.bytes_answer import Described, answer
from app.web.v1.call import Call
from app.web.v1.cursors import Cursor
from app.web.v1.operation import Model, Moment, Told

AGAIN_SECONDS = 2.0
"""When to look for a preview again."""

Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=NAME_PATTERN
    ),
]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TAG, pattern=TAG_PATTERN)]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(tidy)]
UploadId = Annotated[str, Field(pattern=f"^{UPLOAD_PREFIX}_{ids.PATTERN}$")]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]


def _split(value: object) -> object:
    return [tag for tag in value.split(",") if tag.strip()] if isinstance(value, str) else value


FormTags = Annotated[
    Tags,
    BeforeValidator(_split, json_schema_input_type=str),
]


class Page(Model):
    """Which part of a list is wanted."""

    q: Annotated[str, Field(max_length=LONGEST_NAME, pattern=NAME_PATTERN)] | None = None
    """Part of the name; capitals make no difference."""
    tag: Tag | None = None
    """Only those with this tag."""
    cursor: Cursor | None = None
    """`next_cursor` of the page before."""
    limit: int = Field(20, ge=1, le=100)
    """Most items of the page."""


class Stored(Model):
    """What is told of everything that is stored."""

    id: str
    name: str
    tags: list[str]
    created: Moment
    updated: Moment
    bytes: int
    """Of the file as it was sent."""
    media_type: str
    """Of the file, by its content."""


class Previewed(Stored):
    """What is told of a stored face as of a stored voice."""

    origin: Literal["upload", "sample", "prompt"]
    preview_state: PreviewState
    """`none`: there will be none, since nothing here can make one."""
    preview: str | None
    """Where it is, once it is there."""


def told(item: Item) -> dict[str, Any]:
    """The fields of :class:`Stored`."""
    return {
        "id": shown_id(item),
        "name": item.name,
        "tags": list(item.tags),
        "created": moments.told(item.created),
        "updated": moments.told(item.updated),
        "bytes": item.size,
        "media_type": item.media_type,
    }


def previewed(call: Call, item: Item) -> dict[str, Any]:
    """The fields of :class:`Previewed`."""
    base = f"/{item.kind}s/{shown_id(item)}"
    state = stored.state(call.services, item)
    return {
        **told(item),
        "origin": item.origin,
        "preview_state": state,
        "preview": call.link(f"{base}/preview") if state == "ready" else None,
    }


def shown_id(item: Item) -> str:
    """The id as callers see it."""
    return ids.told(item.kind.prefix, item.id)


def page(call: Call, kind: Kind) -> tuple[list[Item], str | None]:
    """The items that a query asks for, and the cursor behind them.

    Raises:
        Malformed: The cursor is none.
    """
    asked: Page = call.query
    before = cursors.read(asked.cursor, cursors.IDS)
    wanted = Wanted(q=asked.q, tag=asked.tag, before=before, limit=asked.limit + 1)
    found = call.services.library.page(kind, call.tenant, wanted)
    items = found[: asked.limit]
    more = len(found) > asked.limit
    return items, cursors.told(items[-1].id) if more else None


@contextmanager
def sent(call: Call, part: str) -> Iterator[tuple[Staged, str]]:
    """The file that is to be stored: a part of the form, or an upload.

    Yields:
        The file, and what its sender calls it.

    Raises:
        InputError: There is no such upload, bytes of it are missing, or it cannot be used.
        DiskFull: No space is left.
    """
    if part in call.files:
        file = call.files[part]
        with about(part):
            yield file.content, file.name
        return
    number = ids.number_of(UPLOAD_PREFIX, call.body.upload)
    try:
        with about("upload"):
            upload = _upload(call, number)
            with call.services.uploads.lent(call.tenant, upload.id) as content:
                yield content, tus_metadata.read(upload.told).get("filename", "")
    except NotFound as error:
        told = f"upload: {error}"
        raise bad_input(told, Fault("/upload", str(error), shown(call.body.upload))) from error


def _upload(call: Call, number: int | None) -> Upload:
    if number is None:
        raise NotFound(f"no upload is called {call.body.upload!r}")
    return call.services.uploads.find(call.tenant, number)


def name_of(given: str | None, filename: str, fallback: str) -> str:
    r"""What something is called: as its sender says, else as its file is called.

    >>> name_of(None, r"C:\pictures\Me.jpg", "Avatar"), name_of(None, "\x01.jpg", "Avatar")
    ('Me', 'Avatar')
    """
    if given is not None:
        return given
    last = re.split(r"[/\\]", filename)[-1]
    stem = Path(last).stem.strip()[:LONGEST_NAME].strip()
    good = re.fullmatch(NAME_PATTERN[1:-1], stem) and stem.isprintable()
    return stem if good else fallback


def file_answers(what: str, media_type: str) -> dict[int, Told]:
    """What an operation answers that hands out a file."""
    return {
        200: Told(what, media_type=media_type, headers={"ETag": "Another one for other bytes."}),
        206: Told("The part that Range asks for", media_type=media_type),
        304: Told("The caller has it", media_type=""),
    }


def file(item: Item, part: str) -> Response:
    """The file of an item as it was sent, whole or in part.

    Args:
        part: What it is of the item, for its name.

    Raises:
        NotFound: It was removed since it was looked for.
        PreconditionFailed: The caller wants another version.
    """
    name = f"{part}{item.path.suffix}"
    return _answered(item, item.path, name, item.media_type, item.sha256)


def made(call: Call, item: Item, name: str, media_type: str) -> Response:
    """What workers have made of an item.

    Raises:
        NotFound: It is not there; while somebody works on it, the answer says when to look again.
    """
    path = stored.made(call.services, item, name)
    if path is not None:
        return _answered(item, path, name, media_type)
    if stored.state(call.services, item) == "running":
        raise NotFound("it is being made", retry_after=AGAIN_SECONDS)
    raise NotFound("there is none: nothing here could make it")


def _answered(
    item: Item, path: Path, name: str, media_type: str, sha256: str | None = None
) -> Response:
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound("it was removed just now") from error
    status = os.fstat(opened.fileno())
    described = Described(
        media_type=media_type,
        size=status.st_size,
        disposition=f'inline; filename="{shown_id(item)}-{name}"',
        etag=sha256 or f"{status.st_mtime_ns:x}-{status.st_size:x}",
        modified=status.st_mtime,
    )
    return answer(opened, described)
