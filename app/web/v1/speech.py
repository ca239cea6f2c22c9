"""What a stored voice says, to be heard before an hour is rendered."""

from __future__ import annotations

import io
import time
from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from app import ids
from app.access.keys import Scope
from app.intake import hearing, utterances
from app.intake.hearing import Piece
from app.intake.utterances import Ordered, Wish
from app.library.items import Kind
from app.media.streamed import wav_head
from app.web.v1 import etags
from app.web.v1.bytes_answer import Described, answer
from app.web.v1.call import Call
from app.web.v1.operation import Body, Model, Reply, Resource, Told, links_by
from app.web.v1.stored import Language

resource = Resource("speech", "What a stored voice says")

PREFIX = "sp"
"""Of the ids of what was said."""

SECONDS_FIELD = "X-Speech-Seconds"

TEXT_PATTERN = r"^[^\u0000]*[^\u0000\s][^\u0000]*$"
"""Something that is not blank."""

EngineName = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,60}$")]


class SpeechWish(Model):
    """What is to be said."""

    text: Annotated[str, Field(min_length=1, max_length=400, pattern=TEXT_PATTERN)]
    language: Language | None = None
    """ISO 639-1 code; told from the text when left out, and where that is too short, the voice's
    own."""
    engine: EngineName | None = None
    """Name of a speech engine; the configured one when left out."""
    speed: Annotated[float, Field(ge=0.5, le=2.0, strict=True)] = 1.0
    """How many times faster than the engine speaks; the pitch stays."""
    lexicon: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    """How words are said, as in a lexicon's file."""


class Timings(Model):
    """In which form it is answered."""

    timings: Literal["json"] | None = None
    """`json`: the times of the words, and where the sound is, instead of the sound."""


class SpokenWord(Model):
    """A word, and when it is heard, in seconds."""

    text: str
    start: float
    end: float


class SpokenText(Model):
    """What was said, and how."""

    id: str
    url: str
    """Where the sound is, as a WAV: until the artifacts of the service are cleaned."""
    seconds: float
    language: str
    engine: str
    fidelity: Literal["cloned", "preset_matched", "preset_tuned", "preset"]
    voice: str
    """Name of the engine's built-in voice; empty for a cloned one."""
    similarity: float | None
    """Of that voice and the stored one, 1 at most; `null`: not measured."""
    words: list[SpokenWord]


_HEADERS = {
    SECONDS_FIELD: "How long it takes.",
    "Content-Location": "Where it can be fetched again.",
}


@resource.post(
    "/voices/{voice_id}/speech",
    answers={200: Told("The sound", SpokenText, media_type="audio/wav", headers=_HEADERS)},
    scope=Scope.RENDER,
    query=Timings,
    body=Body(json=SpeechWish),
    problems=(502, 507),
    links=links_by(
        "speech_id", "$response.header.Content-Location#regex:/speech/(.+)", "get_speech"
    ),
)
def create_speech(call: Call, voice_id: int) -> Reply | Response:
    """Have a stored voice say a sentence or two.

    Whoever asks waits until it is said.  Where that takes longer than `server.speech_seconds` the
    answer is 503 with `Retry-After`; it is said all the same, and the same request finds it.
    """
    services = call.services
    limit = services.settings.server.speech_seconds
    with hearing.place(services):
        until = time.monotonic() + limit
        voice = services.library.find(Kind.VOICE, call.tenant, voice_id)
        ordered = utterances.order(services, call.tenant, voice, _wish(call.body), until=call.until)
        heard = hearing.heard(services, ordered, seconds=limit, until=until)
        pieces = [piece for piece in heard if piece is not None]
    if call.query.timings == "json":
        return Reply(_told(call, ordered, pieces))
    return _sound(call, ordered, pieces)


@resource.get(
    "/speech/{speech_id}",
    answers={
        200: Told("The sound", media_type="audio/wav", headers=_HEADERS),
        206: Told("The part that Range asks for", media_type="audio/wav"),
        304: Told("The caller has it", media_type=""),
    },
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_speech(call: Call, speech_id: int) -> Response:
    """Fetch again what was said."""
    ordered = utterances.find(call.services, call.tenant, speech_id)
    sound = hearing.sound_of(hearing.kept(call.services, ordered))
    file = wav_head(len(sound)) + sound
    shown = ids.told(PREFIX, ordered.id)
    described = Described(
        media_type="audio/wav",
        size=len(file),
        disposition=f'inline; filename="{shown}.wav"',
        etag=shown,
    )
    response = answer(io.BytesIO(file), described)
    response.headers.update(_headers(call, ordered, sound))
    return response


def _wish(body: SpeechWish) -> Wish:
    return Wish(body.text, body.language, body.engine, body.speed, body.lexicon)


def _place(call: Call, ordered: Ordered) -> str:
    return call.link(f"/speech/{ids.told(PREFIX, ordered.id)}")


def _sound(call: Call, ordered: Ordered, pieces: list[Piece]) -> Response:
    sound = hearing.sound_of(pieces)
    headers = {**_headers(call, ordered, sound), "Cache-Control": "private, no-cache"}
    return Response(wav_head(len(sound)) + sound, headers=headers, content_type="audio/wav")


def _headers(call: Call, ordered: Ordered, sound: bytes) -> dict[str, str]:
    return {
        SECONDS_FIELD: f"{hearing.seconds_of(sound):.3f}",
        "Content-Location": _place(call, ordered),
    }


def _told(call: Call, ordered: Ordered, pieces: list[Piece]) -> SpokenText:
    used = pieces[0].record.voice
    words = (word for piece in pieces for word in piece.words)
    return SpokenText(
        id=ids.told(PREFIX, ordered.id),
        url=_place(call, ordered),
        seconds=round(hearing.seconds_of(hearing.sound_of(pieces)), 3),
        language=ordered.utterance.language,
        engine=ordered.utterance.speech_engine,
        fidelity=used.fidelity,
        voice=used.preset,
        similarity=used.similarity,
        words=[SpokenWord(text=each.text, start=each.start, end=each.end) for each in words],
    )
