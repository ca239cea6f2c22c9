"""What the paths of the API name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app import ids
from app.errors import NotFound
from app.web.v1 import lecture_ref


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of a path."""

    what: str
    pattern: str
    """Regular expression of the whole part; what does not match names nothing."""
    parse: Callable[[str], object] = str
    """Gives what the operation is handed; of a part that matches."""

    def read(self, part: str) -> object:
        """What a caller named.

        Raises:
            NotFound: It can be the name of nothing.
        """
        if not re.fullmatch(self.pattern, part, re.ASCII):
            raise NotFound(f"no {self.what} is called {part[:80]!r}")
        return self.parse(part)


def _id(prefix: str, what: str) -> Parameter:
    def parse(shown: str) -> int:
        number = ids.number_of(prefix, shown)
        if number is None:  # beyond 63 bits
            raise NotFound(f"no {what} is called {shown!r}")
        return number

    return Parameter(what, f"{prefix}_{ids.PATTERN}", parse)


PARAMETERS: Mapping[str, Parameter] = {
    "avatar_id": _id("av", "avatar"),
    "voice_id": _id("vo", "voice"),
    "speech_id": _id("sp", "spoken text"),
    "recording_id": _id("rec", "recording"),
    "upload_id": _id("up", "upload"),
    "draft_id": _id("dr", "draft"),
    "key_id": _id("key", "key"),
    "webhook_id": _id("wh", "webhook"),
    "delivery_id": _id("msg", "delivery"),
    "lecture_id": Parameter("lecture", lecture_ref.PATTERN, lecture_ref.read),
    "file_name": Parameter("file", r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
    "slide_number": Parameter("slide", r"[1-9][0-9]{0,5}", int),
}


def names_in(path: str) -> list[str]:
    """The parameters of a path, in order.

    >>> names_in("/lectures/{lecture_id}/files/{file_name}")
    ['lecture_id', 'file_name']
    """
    return re.findall(r"\{(\w+)\}", path)
