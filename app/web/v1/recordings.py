"""Stored recordings: sound that is heard on a slide instead of a text."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from app.access.keys import Scope
from app.intake import stored as intake
from app.intake.stored import Wish
from app.library.items import Item, Kind
from app.web.v1 import etags, stored
from app.web.v1.call import Call
from app.web.v1.operation import Body, FilePart, Model, Reply, Resource, Told, links_by
from app.web.v1.stored import FormTags, Name, Page, Stored, Tags, UploadId

resource = Resource("recordings", "Stored recordings, which are heard instead of a text")


class Recording(Stored):
    """A stored recording."""

    seconds: float
    warnings: list[str]
    """What could be better; it is used all the same."""
    sound: str
    """Where the file is, as it was sent."""


class Recordings(Model):
    """A page of stored recordings, newest first."""

    items: list[Recording]
    next_cursor: str | None
    """For the next page; `null` on the last one."""


class RecordingForm(Model):
    """Fields beside the sound."""

    name: Name | None = None
    """The name of the file when left out."""
    tags: FormTags = Field(default_factory=list)
    """With commas between them."""


class RecordingFromUpload(Model):
    """Sound that was sent as a resumable upload."""

    upload: UploadId
    """Complete; it stays until it expires or is removed."""
    name: Name | None = None
    """The name of the file when left out."""
    tags: Tags = Field(default_factory=list)


_LOCATION = {"Location": "Where it is.", "ETag": "Its version."}
_ETAG = {"ETag": "Its version."}
_LINKS = links_by(
    "recording_id",
    "$response.body#/id",
    "get_recording",
    "delete_recording",
    "get_recording_sound",
)


@resource.post(
    "/recordings",
    answers={201: Told("The recording", Recording, headers=_LOCATION)},
    scope=Scope.RENDER,
    body=Body(
        json=RecordingFromUpload,
        form=RecordingForm,
        files={
            "sound": FilePart(
                "Sound, or a video with sound: WAV, MP3, M4A, FLAC, MP4, WebM and more.",
                required=True,
                most=lambda settings: settings.server.max_upload_bytes,
            )
        },
    ),
    repeatable=True,
    links=_LINKS,
)
def create_recording(call: Call) -> Reply:
    """Store a recording.

    It is listened to as a whole: one that is silent, cut off or too long is refused with
    `bad_recording`, and nothing is kept.
    """
    with stored.sent(call, "sound") as (content, filename):
        wish = Wish(
            tenant=call.tenant,
            name=stored.name_of(call.body.name, filename, "Recording"),
            tags=call.body.tags,
            until=call.patiently,
        )
        item = intake.keep(call.services, Kind.RECORDING, content, wish)
    location = call.link(f"/recordings/{stored.shown_id(item)}")
    return etags.reply(item.version, _told(call, item), 201, Location=location)


@resource.get("/recordings", answers={200: Told("A page of recordings", Recordings)}, query=Page)
def list_recordings(call: Call) -> Reply:
    """List the stored recordings, newest first."""
    items, cursor = stored.page(call, Kind.RECORDING)
    return Reply(Recordings(items=[_told(call, item) for item in items], next_cursor=cursor))


@resource.get(
    "/recordings/{recording_id}",
    answers={
        200: Told("The recording", Recording, headers=_ETAG),
        304: Told("The caller has it", media_type=""),
    },
    headers=etags.IF_NONE_MATCH,
)
def get_recording(call: Call, recording_id: int) -> Reply:
    """Tell of a stored recording."""
    item = _find(call, recording_id)
    return etags.reply(item.version, _told(call, item))


@resource.delete(
    "/recordings/{recording_id}",
    answers={204: Told("It is gone", media_type="")},
    scope=Scope.RENDER,
    headers=etags.IF_MATCH,
    problems=(409, 412),
)
def delete_recording(call: Call, recording_id: int) -> Reply:
    """Remove a stored recording.

    One that a lecture uses stays, and the answer, `in_use`, names lectures.
    """
    item = _find(call, recording_id)
    intake.remove(call.services, item, etags.wanted_version(item.version))
    return Reply(None, 204)


@resource.get(
    "/recordings/{recording_id}/sound",
    answers=stored.file_answers("The file as it was sent", "audio/*"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_recording_sound(call: Call, recording_id: int) -> Response:
    """Fetch the file of a stored recording."""
    item = _find(call, recording_id)
    return stored.file(item, "sound")


def _find(call: Call, recording_id: int) -> Item:
    return call.services.library.find(Kind.RECORDING, call.tenant, recording_id)


def _told(call: Call, item: Item) -> Recording:
    return Recording(
        **stored.told(item),
        seconds=item.seen["seconds"],
        warnings=item.seen["warnings"],
        sound=call.link(f"/recordings/{stored.shown_id(item)}/sound"),
    )
