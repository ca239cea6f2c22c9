"""Speech as OpenAI's clients ask for it: translation only."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Annotated, Any, Literal

from flask import Response, request
from pydantic import Field

from app import ids
from app.access.keys import Scope
from app.engines import configured, registry
from app.errors import InputError, NotFound
from app.intake import hearing, utterances
from app.intake.hearing import Piece
from app.intake.utterances import Wish
from app.library.items import LONGEST_NAME, Item, Kind, Wanted
from app.media.streamed import FORMATS, streamed
from app.web.request import SEND
from app.web.v1.call import Call
from app.web.v1.openai_failures import FAILURES
from app.web.v1.operation import Body, Model, Reply, Resource, Told
from app.web.v1.speech import TEXT_PATTERN

resource = Resource("openai", "Speech for clients of OpenAI's API")

THEIRS = ("tts-1", "tts-1-hd", "gpt-4o-mini-tts")
"""Models that their clients name; here all of them are the configured engine."""

_PAGE = 100
_MOST_VOICES = 1000


class VoiceId(Model):
    """A voice by its id."""

    id: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class SpeechBody(Model):
    """As OpenAI has it."""

    model: Annotated[str, Field(min_length=1, max_length=100)]
    """Name of a speech engine; any of OpenAI's models is the configured one."""
    input: Annotated[str, Field(min_length=1, max_length=4096, pattern=TEXT_PATTERN)]
    voice: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)] | VoiceId
    """Id or name of a stored voice."""
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    """`pcm`: 24 kHz, mono, 16 bit, without a head."""
    speed: Annotated[float, Field(ge=0.25, le=4.0, strict=True)] = 1.0
    stream_format: Literal["audio", "sse"] = "audio"
    """`sse`: Server-Sent Events with the sound as base64."""
    instructions: Annotated[str, Field(max_length=4096)] | None = None
    """Not followed, as by OpenAI's `tts-1`: no engine here can."""


class OpenAiVoice(Model):
    """A stored voice."""

    id: str
    name: str


class OpenAiVoices(Model):
    """Every stored voice, newest first."""

    voices: list[OpenAiVoice]


class OpenAiModel(Model):
    """A speech engine, or what is one by another name."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    """Not known."""
    owned_by: str = "videolecture"


class OpenAiModels(Model):
    """What may be named as `model`."""

    object: Literal["list"] = "list"
    data: list[OpenAiModel]


@resource.post(
    "/audio/speech",
    answers={
        200: Told(
            "The sound, while it is being said", media_type="audio/*", also=("text/event-stream",)
        )
    },
    scope=Scope.RENDER,
    body=Body(json=SpeechBody),
    failures=FAILURES,
    problems=(404, 502, 507),
)
def create_openai_speech(call: Call) -> Response:
    """Have a stored voice say a text, as OpenAI's clients ask for it.

    The first sentence is sent while the next ones are still being said.
    """
    body, services = call.body, call.services
    with ExitStack() as held:
        held.enter_context(hearing.place(services))
        wish = Wish(body.input, engine=_engine(body.model), speed=body.speed)
        ordered = utterances.order(
            services, call.tenant, _voice(call, body.voice), wish, until=call.until
        )
        limit = services.settings.server.speech_seconds
        pieces = hearing.heard(services, ordered, seconds=limit)
        # What goes wrong until then still has a status of its own.
        first = next(piece for piece in pieces if piece is not None)
        sound = streamed(
            _sound(first, pieces), body.response_format, ffmpeg=services.settings.media.ffmpeg
        )
        response = _response(body, sound)
        response.call_on_close(held.pop_all().close)
    return response


@resource.get(
    "/audio/voices",
    answers={200: Told("Every stored voice", OpenAiVoices)},
    failures=FAILURES,
)
def list_openai_voices(call: Call) -> Reply:
    """List the voices for clients of OpenAI's API.

    In the form of Kokoro-FastAPI, which Open WebUI and others read.
    """
    return Reply(OpenAiVoices(voices=[_shown(item) for item in _voices(call)]))


@resource.get(
    "/models",
    answers={200: Told("What may be named as `model`", OpenAiModels)},
    failures=FAILURES,
)
def list_openai_models(call: Call) -> Reply:
    """List the models for clients of OpenAI's API."""
    settings = call.services.settings
    here = [
        name
        for name in sorted(registry.cards("speech"))
        if not configured.lacking(settings, "speech", name)
    ]
    return Reply(OpenAiModels(data=[OpenAiModel(id=name) for name in (*THEIRS, *here)]))


def _response(body: SpeechBody, sound: Iterator[bytes]) -> Response:
    media_type = FORMATS[body.response_format].media_type
    if body.stream_format == "sse":
        sound, media_type = _events(sound), "text/event-stream"
    send: Callable[[], object] = request.environ.get(SEND, lambda: None)
    response = Response(_sent(sound, send), mimetype=media_type)
    # A proxy that collects the answer would have its caller wait for the last sentence.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sound(first: Piece, others: Iterable[Piece | None]) -> Iterator[bytes]:
    yield first.sound
    for piece in others:
        yield b"" if piece is None else piece.sound


def _sent(sound: Iterator[bytes], send: Callable[[], object]) -> Iterator[bytes]:
    """Each piece at once, however small."""
    for piece in sound:
        yield piece
        send()


def _events(sound: Iterable[bytes]) -> Iterator[bytes]:
    for piece in sound:
        told = base64.b64encode(piece).decode()
        yield _event({"type": "speech.audio.delta", "audio": told})
    # Nobody counts tokens here, and nobody pays for them.
    usage = dict.fromkeys(("input_tokens", "output_tokens", "total_tokens"), 0)
    yield _event({"type": "speech.audio.done", "usage": usage})


def _event(told: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(told)}\n\n".encode()


def _engine(model: str) -> str | None:
    """The engine of that name; ``None``: the configured one."""
    return None if model in THEIRS or model.startswith("gpt-4o-mini-tts-") else model


def _voice(call: Call, named: str | VoiceId) -> Item:
    """The stored voice of that id or, else, the newest of that name.

    Raises:
        InputError: There is none.
    """
    name = named if isinstance(named, str) else named.id
    number = ids.number_of(Kind.VOICE.prefix, name)
    try:
        if number is not None:
            return call.services.library.find(Kind.VOICE, call.tenant, number)
    except NotFound as error:
        raise InputError(f"no voice is called {name!r}", field="voice") from error
    for item in _voices(call, name):
        if item.name == name:
            return item
    raise InputError(
        f"no voice is called {name!r}; GET /v1/audio/voices lists those that are", field="voice"
    )


def _voices(call: Call, name: str | None = None) -> Iterator[Item]:
    """Stored voices, newest first, not more than anybody looks at."""
    before = None
    for _ in range(_MOST_VOICES // _PAGE):
        wanted = Wanted(q=name, before=before, limit=_PAGE)
        items = call.services.library.page(Kind.VOICE, call.tenant, wanted)
        yield from items
        if len(items) < _PAGE:
            return
        before = items[-1].id


def _shown(item: Item) -> OpenAiVoice:
    return OpenAiVoice(id=ids.told(Kind.VOICE.prefix, item.id), name=item.name)
