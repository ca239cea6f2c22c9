"""A lecture that is asked for by a form, with files in the place of ids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, Json, ValidationError

from app import ids
from app.errors import LectureTextError
from app.intake import stored as intake
from app.intake.stored import Wish
from app.library.items import Item, Kind
from app.web.problem import Fault, bad_input, invalid
from app.web.v1 import stored
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import LectureBody, Metadata, WishFields, as_sent
from app.web.v1.operation import FilePart

FILES = {
    "image": FilePart(
        "A picture with one face, instead of `avatar`; it is stored as one.",
        most=lambda settings: settings.lecture.max_image_bytes,
    ),
    "sample": FilePart(
        "Somebody who speaks, instead of `voice`; it is stored as one.",
        most=lambda settings: settings.lecture.max_voice_bytes,
    ),
    "sound": FilePart(
        "The whole lecture as a recording, instead of `text`; it is stored as one.",
        most=lambda settings: settings.server.max_upload_bytes,
    ),
    "text_file": FilePart(
        "The text as a file, UTF-8 best, instead of `text`.",
        most=lambda settings: settings.lecture.max_text_bytes,
    ),
}

_STORED = {
    "image": (Kind.AVATAR, "avatar"),
    "sample": (Kind.VOICE, "voice"),
    "sound": (Kind.RECORDING, "audio"),
}
"""What a file becomes, and the field that names it then."""


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


class LectureForm(WishFields):
    """Fields of the form; those that are called as in JSON mean the same."""

    title: str = ""
    text: str | None = None
    avatar: str | None = None
    voice: str | None = None
    audio: str | None = None
    size: Annotated[int | None, BeforeValidator(_number)] = None  # type: ignore[assignment]  # checked again as JSON is
    metadata: Json[Metadata] = Field(default_factory=dict)
    """A JSON object of texts."""
    callback_url: str | None = None
    callback_secret: str | None = None


@contextmanager
def body_of(call: Call) -> Iterator[LectureBody]:
    """What a call asks for, its files stored; they are removed again where the block fails.

    Raises:
        Malformed: Something is given twice, or is wrong.
        InputError: A file cannot be used.
    """
    if not isinstance(call.body, LectureForm):
        with as_sent(call.body):
            yield call.body
        return
    fields: dict[str, Any] = call.body.model_dump(exclude_unset=True)
    _check_once(fields, call)
    with ExitStack() as undo:
        for part, (kind, field) in _STORED.items():
            if part in call.files:
                item = _kept(call, part, kind)
                undo.callback(intake.remove, call.services, item, None)
                fields[field] = ids.told(kind.prefix, item.id)
        if "text_file" in call.files:
            fields["text"] = _text(call)
        try:
            body = LectureBody.model_validate(fields)
        except ValidationError as error:
            raise invalid(error, is_flat=True) from error
        sent = {field: part for part, (_, field) in _STORED.items() if part in call.files}
        with as_sent(body, sent | ({"text": "text_file"} if "text_file" in call.files else {})):
            yield body
        undo.pop_all()


def _check_once(fields: dict[str, Any], call: Call) -> None:
    pairs = {part: field for part, (_, field) in _STORED.items()} | {"text_file": "text"}
    for part, field in pairs.items():
        if part in call.files and fields.get(field) is not None:
            told = f"{field} is given as well"
            raise bad_input(f"{part}: {told}", Fault(part, told))


def _kept(call: Call, part: str, kind: Kind) -> Item:
    with stored.sent(call, part) as (content, filename):
        wish = Wish(
            tenant=call.tenant,
            name=stored.name_of(None, filename, kind.value.capitalize()),
            until=call.patiently if kind is Kind.RECORDING else call.until,
        )
        return intake.keep(call.services, kind, content, wish)


def _text(call: Call) -> str:
    """The text of the file, which the examiner looks at more closely.

    Raises:
        LectureTextError: It is no text, or in an encoding that cannot be told.
    """
    from app.text.plain.encodings import decoded  # its tables are of no use to other requests

    try:
        return decoded(call.files["text_file"].content.path.read_bytes())
    except LectureTextError as error:
        error.field = "text_file"
        raise
