"""Stored voices."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from flask import Response
from pydantic import Field

from app.access.keys import Scope
from app.intake import stored as intake
from app.intake.stored import Wish
from app.library.items import Item, Kind
from app.web.v1 import etags, stored
from app.web.v1.call import Call
from app.web.v1.operation import Body, FilePart, Model, Reply, Resource, Told, links_by
from app.web.v1.stored import FormTags, Language, Name, Page, Previewed, Tags, UploadId

resource = Resource("voices", "Stored voices, which lectures are told with")


class Heard(Model):
    """What the recording holds."""

    seconds: float
    """Of the recording, as far as it was heard."""
    speech_seconds: float
    """Of the passage that is used, in which somebody speaks."""
    level_db: float
    """Of that speech; 0 is full scale."""
    snr_db: float | None
    """By which it is above what else is heard; `null`: not known."""
    pitch_hz: float | None
    """Median; `null` when nothing is voiced."""
    warnings: list[str]
    """What could be better; the voice is used all the same."""


class Profile(Model):
    """Whose voice people hear for it, found out by a trial."""

    engine: str
    language: str
    fidelity: Literal["cloned", "preset_matched", "preset_tuned", "preset"]
    nearest: str
    """Name of the engine's built-in voice; empty for a cloned one."""
    similarity: float | None
    """Of the two voices, 1 at most; `null`: not measured."""
    seconds: float
    """Of the trial."""


class Voice(Previewed):
    """A stored voice."""

    language: str | None
    """ISO 639-1 code; `null`: nobody has said."""
    heard: Heard
    profile: Profile | None
    """`null` until it was tried."""
    sample: str
    """Where the recording is, as it was sent."""


class Voices(Model):
    """A page of stored voices, newest first."""

    items: list[Voice]
    next_cursor: str | None
    """For the next page; `null` on the last one."""


class VoiceForm(Model):
    """Fields beside the recording."""

    name: Name | None = None
    """The name of the file when left out."""
    tags: FormTags = Field(default_factory=list)
    """With commas between them."""
    language: Language | None = None
    """ISO 639-1 code of what is spoken in it, and of its trial."""


class VoiceFromUpload(Model):
    """A recording that was sent as a resumable upload."""

    upload: UploadId
    """Complete; it stays until it expires or is removed."""
    name: Name | None = None
    """The name of the file when left out."""
    tags: Tags = Field(default_factory=list)
    language: Language | None = None
    """ISO 639-1 code of what is spoken in it, and of its trial."""


class VoiceChange(Model):
    """What is to be another; what is left out stays, and so do a name and tags that are `null`."""

    name: Name | None = None
    tags: Tags | None = None
    language: Language | None = None
    """`null`: nobody says any more."""


_LOCATION = {"Location": "Where it is.", "ETag": "Its version."}
_ETAG = {"ETag": "Its version."}
_LINKS = links_by(
    "voice_id",
    "$response.body#/id",
    "get_voice",
    "change_voice",
    "delete_voice",
    "get_voice_sample",
    "get_voice_preview",
    "create_speech",
)


@resource.post(
    "/voices",
    answers={201: Told("The voice", Voice, headers=_LOCATION)},
    scope=Scope.RENDER,
    body=Body(
        json=VoiceFromUpload,
        form=VoiceForm,
        files={
            "sample": FilePart(
                "Somebody who speaks: WAV, WebM, Ogg, M4A, MP3, FLAC and more.",
                required=True,
                most=lambda settings: settings.lecture.max_voice_bytes,
            )
        },
    ),
    repeatable=True,
    links=_LINKS,
)
def create_voice(call: Call) -> Reply:
    """Store a voice.

    The recording is listened to: one with too little speech is refused with `bad_voice_sample`, and
    nothing is kept. Workers try the voice later, and tell in `profile` what becomes of it.
    """
    with stored.sent(call, "sample") as (content, filename):
        wish = Wish(
            tenant=call.tenant,
            name=stored.name_of(call.body.name, filename, "Voice"),
            tags=call.body.tags,
            language=call.body.language,
            until=call.until,
        )
        item = intake.keep(call.services, Kind.VOICE, content, wish)
    location = call.link(f"/voices/{stored.shown_id(item)}")
    return etags.reply(item.version, _told(call, item), 201, Location=location)


@resource.get("/voices", answers={200: Told("A page of voices", Voices)}, query=Page)
def list_voices(call: Call) -> Reply:
    """List the stored voices, newest first."""
    items, cursor = stored.page(call, Kind.VOICE)
    return Reply(Voices(items=[_told(call, item) for item in items], next_cursor=cursor))


@resource.get(
    "/voices/{voice_id}",
    answers={
        200: Told("The voice", Voice, headers=_ETAG),
        304: Told("The caller has it", media_type=""),
    },
    headers=etags.IF_NONE_MATCH,
)
def get_voice(call: Call, voice_id: int) -> Reply:
    """Tell of a stored voice."""
    item = _find(call, voice_id)
    return etags.reply(item.version, _told(call, item))


@resource.patch(
    "/voices/{voice_id}",
    answers={200: Told("The voice as it is now", Voice, headers=_ETAG)},
    scope=Scope.RENDER,
    body=Body(json=VoiceChange),
    headers=etags.IF_MATCH,
    problems=(412,),
)
def change_voice(call: Call, voice_id: int) -> Reply:
    """Give a stored voice another name, other tags or another language."""
    item = _find(call, voice_id)
    is_other = "language" in call.body.model_fields_set and call.body.language != item.language
    changed = call.services.library.change(
        item,
        version=etags.wanted_version(item.version),
        name=call.body.name,
        tags=call.body.tags,
        language=(call.body.language or "") if is_other else None,
    )
    if is_other:
        intake.show(call.services, changed)
    return etags.reply(changed.version, _told(call, changed))


@resource.delete(
    "/voices/{voice_id}",
    answers={204: Told("It is gone", media_type="")},
    scope=Scope.RENDER,
    headers=etags.IF_MATCH,
    problems=(409, 412),
)
def delete_voice(call: Call, voice_id: int) -> Reply:
    """Remove a stored voice.

    One that a lecture uses stays, and the answer, `in_use`, names lectures.
    """
    item = _find(call, voice_id)
    intake.remove(call.services, item, etags.wanted_version(item.version))
    return Reply(None, 204)


@resource.get(
    "/voices/{voice_id}/sample",
    answers=stored.file_answers("The recording as it was sent", "audio/*"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_voice_sample(call: Call, voice_id: int) -> Response:
    """Fetch the recording of a stored voice."""
    item = _find(call, voice_id)
    return stored.file(item, "sample")


@resource.get(
    "/voices/{voice_id}/preview",
    answers=stored.file_answers("A sentence that it says", "audio/wav"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_voice_preview(call: Call, voice_id: int) -> Response:
    """Fetch the preview of a stored voice.

    While it is being made, the answer is 404 with `Retry-After`.
    """
    item = _find(call, voice_id)
    return stored.made(call, item, intake.PREVIEW[item.kind], "audio/wav")


def _find(call: Call, voice_id: int) -> Item:
    return call.services.library.find(Kind.VOICE, call.tenant, voice_id)


def _told(call: Call, item: Item) -> Voice:
    profile = intake.profile_of(call.services, item)
    return Voice(
        **stored.previewed(call, item),
        language=item.language,
        heard=Heard.model_validate(item.seen),
        profile=None if profile is None else Profile.model_validate(asdict(profile)),
        sample=call.link(f"/voices/{stored.shown_id(item)}/sample"),
    )
