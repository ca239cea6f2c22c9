"""What programs send to have a lecture made or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, model_validator

from app import ids
from app.bootstrap import Services
from app.errors import InputError
from app.intake.api import slides_of
from app.lecture import SplitMode
from app.lecture.model import Preprocess
from app.notify import signing
from app.requests.asked import Asked, AskedSlide
from app.web.problem import Fault, bad_input
from app.web.v1.operation import Model

MOST_SLIDES = 10_000
LONGEST_TEXT = 4_000_000
LONGEST_LEXICON = 1_000_000
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _number(prefix: str, shown: str) -> str:
    if ids.number_of(prefix, shown) is None:
        raise ValueError(f"no such id: {shown[:40]!r}")
    return shown


AvatarId = Annotated[
    str, Field(pattern=f"^av_{ids.PATTERN}$"), AfterValidator(lambda shown: _number("av", shown))
]
VoiceId = Annotated[
    str, Field(pattern=f"^vo_{ids.PATTERN}$"), AfterValidator(lambda shown: _number("vo", shown))
]
RecordingId = Annotated[
    str,
    Field(pattern=f"^rec_{ids.PATTERN}$"),
    AfterValidator(lambda shown: _number("rec", shown)),
]
Title = Annotated[str, Field(max_length=300, pattern=_PRINTABLE)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
Metadata = Annotated[
    dict[
        Annotated[str, Field(min_length=1, max_length=40, pattern=_PRINTABLE)],
        Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")],
    ],
    Field(max_length=50),
]


_A_TEXT: JsonValue = {"type": "string"}
_WORDS: JsonValue = {"type": "string", "pattern": r"\S"}
_A_LIST: JsonValue = {"type": "array"}
_NONE: JsonValue = {"type": "null"}


def _never(*together: dict[str, JsonValue], needed: Sequence[str] = ()) -> ConfigDict:
    """What the model's own validator refuses, for the document.

    Args:
        together: Properties that do not go together.
        needed: Properties one of which must be given.
    """
    refused: list[JsonValue] = [{"required": [*each], "properties": {**each}} for each in together]
    if needed:
        refused.append({"required": [], "properties": dict.fromkeys(needed, _NONE)})
    return ConfigDict(json_schema_extra={"not": {"anyOf": refused}})


class SlideBody(Model):
    """A slide."""

    model_config = _never({"text": _WORDS, "audio": _A_TEXT})

    text: Text = ""
    """What is spoken on it; a slide without text keeps its place."""
    title: Title = ""
    """Of its chapter."""
    audio: RecordingId | None = None
    """A stored recording that is heard on it instead of a text."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.audio is not None and self.text.strip():
            raise ValueError("a slide has either a text or audio")
        return self

    def asked(self) -> AskedSlide:
        """What is heard on it."""
        audio = None if self.audio is None else _id(self.audio, "rec")
        return AskedSlide("" if audio else self.text, self.title, audio)


class NumberedSlide(Model):
    """A slide that is to be another one."""

    model_config = _never({"text": _A_TEXT, "audio": _A_TEXT})

    number: int = Field(ge=1, le=MOST_SLIDES)
    """From 1."""
    text: Text | None = None
    """What is spoken on it; left as it is when not given."""
    title: Title | None = None
    """Of its chapter; the same."""
    audio: RecordingId | None = None
    """A stored recording that is to be heard on it; it takes the place of a text, as a text does
    of it."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.audio is not None and self.text is not None:
            raise ValueError("a slide has either a text or audio")
        return self

    def applied(self, former: AskedSlide) -> AskedSlide:
        """The slide as it is to be."""
        title = former.title if self.title is None else self.title
        if self.audio is not None:
            return AskedSlide("", title, _id(self.audio, "rec"))
        if self.text is not None:
            return AskedSlide(self.text, title)
        return AskedSlide(former.text, title, former.audio)


class WishFields(Model):
    """How a lecture is to be made."""

    language: str | None = Field(None, pattern=r"^(auto|[a-z]{2})$")
    """ISO 639-1 code; `auto` tells it from the text. `null` here and below leaves it to the
    settings."""
    speech_engine: str | None = Field(None, max_length=64, pattern=_PRINTABLE)
    face_engine: str | None = Field(None, max_length=64, pattern=_PRINTABLE)
    preprocess: Preprocess | None = None
    """Which part of the picture is shown."""
    still: bool | None = None
    """Keep the head calm."""
    size: Literal[256, 512, 1080] | None = None
    """Side of the video in pixels."""
    split: SplitMode | None = None
    """How a slide's text becomes fragments."""
    lexicon: str | None = Field(None, max_length=LONGEST_LEXICON, pattern=r"^[^\x00]*$")
    """YAML of words that are to be spelt otherwise for the speech engine."""


WISHES = set(WishFields.model_fields)
"""Fields of :class:`Asked` that are called the same here."""


class TextBody(WishFields):
    """The text of a lecture, and how it is to be spoken."""

    model_config = _never(
        {"text": _A_TEXT, "slides": _A_LIST},
        {"text": _A_TEXT, "audio": _A_TEXT},
        {"slides": _A_LIST, "audio": _A_TEXT},
        needed=("text", "slides", "audio"),
    )

    text: Text | None = None
    """The whole text; the delimiter of the settings, `_;`, separates slides."""
    slides: list[SlideBody] | None = Field(None, min_length=1, max_length=MOST_SLIDES)
    """The slides, instead of a text."""
    audio: RecordingId | None = None
    """A stored recording that is the whole lecture, instead of a text and slides."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if [self.text, self.slides, self.audio].count(None) != 2:
            raise ValueError("give one of text, slides and audio")
        return self

    def asked_slides(self, services: Services) -> tuple[AskedSlide, ...]:
        """The slides, however they were sent."""
        if self.slides is not None:
            return tuple(slide.asked() for slide in self.slides)
        if self.audio is not None:
            return (AskedSlide(audio=_id(self.audio, "rec")),)
        return slides_of(self.text or "", services)


class LectureBody(TextBody):
    """A lecture that is to be made."""

    title: Title = ""
    avatar: AvatarId
    """Whose face it is."""
    voice: VoiceId | None = None
    """Whose voice it follows; needed unless every slide is a recording."""
    metadata: Metadata = Field(default_factory=dict)
    """The caller's own; told with the lecture and to webhooks."""
    callback_url: str | None = Field(None, max_length=2000, pattern=_PRINTABLE)
    """Told when it ends, as a webhook is, each time that it does."""
    callback_secret: str | None = Field(None, max_length=200, pattern=f"^{signing.PATTERN}$")
    """Signs what it is told; without one the signature is by a secret that nobody knows."""

    def asked(self, services: Services) -> Asked:
        """Everything that decides what it becomes."""
        wishes = self.model_dump(include=WISHES)
        return Asked(
            slides=self.asked_slides(services),
            avatar=_id(self.avatar, "av"),
            voice=None if self.voice is None else _id(self.voice, "vo"),
            **wishes,
        )


class LecturePatch(WishFields):
    """What is to be other in a lecture; what is not given stays as it is."""

    model_config = _never({"text": _A_TEXT, "slides": _A_LIST})

    title: Title | None = None
    text: Text | None = None
    """Another text, which makes other slides of all."""
    slides: list[SlideBody] | list[NumberedSlide] | None = Field(
        None, min_length=1, max_length=MOST_SLIDES
    )
    """All slides anew or, each with its number, some of them."""
    avatar: AvatarId | None = None
    voice: VoiceId | None = None
    metadata: Metadata | None = None

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.text is not None and self.slides is not None:
            raise ValueError("give either text or slides")
        return self

    def applied(self, former: Asked, services: Services) -> Asked:
        """The lecture as it is to be.

        Raises:
            Malformed: A slide is named that there is not, or twice.
        """
        values: dict[str, Any] = {name: getattr(former, name) for name in former.__slots__}
        given = self.model_fields_set
        values |= {name: getattr(self, name) for name in WISHES if name in given}
        if self.avatar is not None:
            values["avatar"] = _id(self.avatar, "av")
        if self.voice is not None:
            values["voice"] = _id(self.voice, "vo")
        values["slides"] = self._slides(former, services)
        return Asked(**values)

    def _slides(self, former: Asked, services: Services) -> tuple[AskedSlide, ...]:
        if self.text is not None:
            return slides_of(self.text, services)
        if self.slides is None:
            return former.slides
        numbered = [slide for slide in self.slides if isinstance(slide, NumberedSlide)]
        if not numbered:
            return tuple(slide.asked() for slide in self.slides if isinstance(slide, SlideBody))
        return former.with_slides(_changes(numbered, former)).slides


@contextmanager
def as_sent(
    body: TextBody | LecturePatch, parts: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Let an error about slides lead to the text or the recording that they are made from.

    Args:
        parts: Parts of a form that stand for fields, by the fields.
    """
    try:
        yield
    except InputError as error:
        whole = "text" if body.text is not None else getattr(body, "audio", None) and "audio"
        if whole and error.field is not None and error.field.startswith("/slides"):
            error.field = f"/{whole}"
        if error.field is not None and parts:
            error.field = parts.get(error.field.lstrip("/"), error.field)
        raise


def _changes(slides: list[NumberedSlide], former: Asked) -> dict[int, AskedSlide]:
    changes: dict[int, AskedSlide] = {}
    for place, slide in enumerate(slides):
        if slide.number > len(former.slides) or slide.number in changes:
            told = f"slides 1 to {len(former.slides)} are there, and each is changed once"
            fault = Fault(f"/slides/{place}/number", told, str(slide.number))
            raise bad_input(f"/slides/{place}/number: {told}", fault)
        changes[slide.number] = slide.applied(former.slides[slide.number - 1])
    return changes


def _id(shown: str, prefix: str) -> int:
    number = ids.number_of(prefix, shown)
    assert number is not None, "the model has checked it"
    return number
