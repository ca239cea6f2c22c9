"""Forms with files: parts go to the disk as they are read, each within its bounds.

The body lies on the disk already, so nothing here waits for a caller.  A file is never called as
its sender calls it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from app.errors import InputError, TooLarge
from app.library.staging import Staged, Staging, Writer
from app.web.problem import Fault, Malformed, bad_input, invalid, shown
from app.web.v1.operation import Body

if TYPE_CHECKING:
    from config import Settings

MEDIA_TYPE = "multipart/form-data"

_PIECE = 1 << 16
"""Bytes that are read at a time."""

_HEADER_BYTES = 1 << 16
"""Of the head of a part, at most."""

_LONGEST_NAME = 255
"""Characters of a file's name: more has none on any disk."""

_MOST_PARTS = 1000
"""Of a form: each costs time, however little it holds."""

_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029/\\]|^\.{1,2}$")


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file of a form."""

    content: Staged
    name: str
    """As its sender calls it: to be shown, and never used on a disk."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form holds."""

    body: BaseModel | None
    """Its fields; ``None``: the operation knows none."""
    files: Mapping[str, FormFile]


def received(body: Body, settings: Settings, staging: Staging) -> Form:
    """The form of the current request.

    Args:
        staging: Where its files go.

    Raises:
        Malformed: It cannot be read, or a part is wrong, unknown, repeated or missing.
        RequestEntityTooLarge: It has more bytes than are taken.
        DiskFull: No space is left for a file.
    """
    with ExitStack() as opened:
        parts = _Parts(body, settings, staging, opened)
        try:
            for event in _events():
                parts.take(event)
        except RequestEntityTooLarge as error:
            if (request.content_length or 0) > (request.max_content_length or 0):
                raise  # said by whoever answers for the bounds of bodies
            raise _unreadable() from error
        except ValueError as error:
            raise _unreadable() from error
    for name, part in body.files.items():
        if part.required and name not in parts.files:
            raise _wrong(name, "the file is missing")
    return Form(_fields(body, parts.fields), parts.files)


@dataclass(slots=True)
class _Parts:
    """Takes one part after the other."""

    body: Body
    settings: Settings
    staging: Staging
    opened: ExitStack
    fields: dict[str, list[str]] = field(default_factory=dict)
    """Their values."""
    files: dict[str, FormFile] = field(default_factory=dict)
    _number: int = 0
    """How many parts there were."""
    _name: str | None = None
    """Of the part that is being read; ``None``: it is passed over."""
    _text: bytearray = field(default_factory=bytearray)
    _file: tuple[Writer, str] | None = None
    """Of that part, if it is a file, with the name that its sender gave it."""

    def take(self, event: Event) -> None:
        match event:
            case File(name=name) | Field(name=name):
                self._begin(name, event)
            case Data(data=data, more_data=more) if self._name is not None:
                self._add(self._name, data)
                if not more:
                    self._end(self._name)

    def _begin(self, name: str | None, event: File | Field) -> None:
        self._number += 1
        if self._number > _MOST_PARTS:
            raise Malformed(400, "malformed_form", f"a form has at most {_MOST_PARTS} parts")
        if self.body.passes_over and name not in self.body.files and name not in self._known():
            self._name = None
        elif isinstance(event, File):
            self._begin_file(name, event.filename)
        else:
            self._begin_field(name)

    def _begin_file(self, name: str | None, filename: str) -> None:
        name = self._new_name(name)
        if name not in self.body.files:
            raise _wrong(name, "not a file, but a field is wanted")
        fault = _fault_of(filename)
        if fault:
            raise _wrong(name, fault, filename)
        most = self.body.files[name].most(self.settings)
        writer = self.staging.writer(f"part-{len(self.files)}", most)
        self.opened.callback(writer.close)
        self._name, self._file = name, (writer, filename)

    def _begin_field(self, name: str | None) -> None:
        name = self._new_name(name)
        if name in self.body.files:
            raise _wrong(name, "a file is wanted, with a name")
        self._name, self._text, self._file = name, bytearray(), None

    def _new_name(self, name: str | None) -> str:
        if not name:
            raise bad_input("a part of the form has no name", Fault("", "a part has no name"))
        if name not in self.body.files and name not in self._known():
            raise _wrong(name, "not known here")
        if (name in self.files or name in self.fields) and name not in self.body.repeated:
            raise _wrong(name, "given several times")
        return name

    def _known(self) -> Collection[str]:
        """Names of fields."""
        form = self.body.form
        return () if form is None else [f.alias or name for name, f in form.model_fields.items()]

    def _add(self, name: str, data: bytes) -> None:
        if self._file is None:
            self._text += data
            so_far = sum(map(len, self.fields.get(name, ())))
            if so_far + len(self._text) > self.body.field_bytes(self.settings):
                raise _wrong(name, "too long")
            return
        try:
            self._file[0].write(data)
        except TooLarge as error:
            raise Malformed(
                413, TooLarge.code, f"{name}: {error}", [Fault(name, str(error))]
            ) from error

    def _end(self, name: str) -> None:
        if self._file is None:
            self.fields.setdefault(name, []).append(self._decoded(name))
            return
        writer, filename = self._file
        try:
            self.files[name] = FormFile(writer.finish(), filename)
        except InputError as error:
            raise _wrong(name, str(error)) from error

    def _decoded(self, name: str) -> str:
        try:
            return self._text.decode()
        except UnicodeDecodeError as error:
            raise _wrong(name, "not UTF-8") from error


def _events() -> Iterator[Event]:
    """What the body holds, piece by piece.

    Raises:
        Malformed: It is no form.
        ValueError: It breaks off, or is none inside.
        RequestEntityTooLarge: It is too long, or the head of a part is.
    """
    if request.mimetype != MEDIA_TYPE:
        raise Malformed(415, "unsupported_media_type", f"send the body as {MEDIA_TYPE}")
    boundary = request.mimetype_params.get("boundary", "")
    if not re.fullmatch(r"[ -~]{0,199}[!-~]", boundary):
        raise _unreadable()
    decoder = MultipartDecoder(boundary.encode("ascii"), _HEADER_BYTES + _PIECE)
    event: Event = Field("", None)  # type: ignore[arg-type]  # never told
    while not isinstance(event, Epilogue):
        event = decoder.next_event()
        if isinstance(event, NeedData):
            decoder.receive_data(request.stream.read(_PIECE) or None)
        else:
            yield event


def _fields(body: Body, fields: Mapping[str, list[str]]) -> BaseModel | None:
    if body.form is None:
        return None
    given: dict[str, str | list[str]] = {}
    for name, values in fields.items():
        # What is left empty in a page's form was not given.
        if any(values):
            given[name] = values if name in body.repeated else values[0]
    try:
        return body.form.model_validate(given)
    except ValidationError as error:
        raise invalid(error, is_flat=True) from error


def _fault_of(filename: str) -> str:
    """What is wrong with the name of a file; empty when nothing is."""
    if not filename:
        return "the file has no name"
    if len(filename) > _LONGEST_NAME:
        return f"the file's name has more than {_LONGEST_NAME} characters"
    if _NO_NAME.search(filename):
        return "the file's name has control characters or parts of a path"
    return ""


def _wrong(name: str, message: str, value: str | None = None) -> Malformed:
    told = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return bad_input(
        f"{told}: {message}", Fault(told, message, None if value is None else shown(value))
    )


def _unreadable() -> Malformed:
    return Malformed(400, "malformed_form", f"the body is no {MEDIA_TYPE}, or breaks off")
