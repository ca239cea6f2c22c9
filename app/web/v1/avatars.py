"""Stored faces."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from app.access.keys import Scope
from app.engines import configured, registry
from app.intake import stored as intake
from app.intake.stored import Wish
from app.library.items import Item, Kind
from app.web.v1 import etags, stored
from app.web.v1.call import Call
from app.web.v1.operation import Body, FilePart, Model, Reply, Resource, Told, links_by
from app.web.v1.stored import FormTags, Name, Page, Previewed, Tags, UploadId

resource = Resource("avatars", "Stored faces, which lectures are told by")


class Seen(Model):
    """What the picture shows."""

    width: int
    """Pixels of the picture as it is used."""
    height: int
    box: tuple[int, int, int, int]
    """x, y, width and height of the face in it."""
    yaw: float
    """Degrees."""
    pitch: float
    roll: float
    warnings: list[str]
    """What could be better; the face is used all the same."""


class Avatar(Previewed):
    """A stored face."""

    seen: Seen
    engines: list[str]
    """Face engines that can run here."""
    image: str
    """Where the picture is, as it was sent."""
    thumbnail: str | None
    """Where it is, once it is there."""


class Avatars(Model):
    """A page of stored faces, newest first."""

    items: list[Avatar]
    next_cursor: str | None
    """For the next page; `null` on the last one."""


class AvatarForm(Model):
    """Fields beside the picture."""

    name: Name | None = None
    """The name of the file when left out."""
    tags: FormTags = Field(default_factory=list)
    """With commas between them."""


class AvatarFromUpload(Model):
    """A picture that was sent as a resumable upload."""

    upload: UploadId
    """Complete; it stays until it expires or is removed."""
    name: Name | None = None
    """The name of the file when left out."""
    tags: Tags = Field(default_factory=list)


class AvatarChange(Model):
    """What is to be another; what is left out, or `null`, stays."""

    name: Name | None = None
    tags: Tags | None = None


_LOCATION = {"Location": "Where it is.", "ETag": "Its version."}
_ETAG = {"ETag": "Its version."}
_LINKS = links_by(
    "avatar_id",
    "$response.body#/id",
    "get_avatar",
    "change_avatar",
    "delete_avatar",
    "get_avatar_image",
    "get_avatar_thumbnail",
    "get_avatar_preview",
)


@resource.post(
    "/avatars",
    answers={201: Told("The avatar", Avatar, headers=_LOCATION)},
    scope=Scope.RENDER,
    body=Body(
        json=AvatarFromUpload,
        form=AvatarForm,
        files={
            "image": FilePart(
                "A picture with one face: JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF or BMP.",
                required=True,
                most=lambda settings: settings.lecture.max_image_bytes,
            )
        },
    ),
    repeatable=True,
    links=_LINKS,
)
def create_avatar(call: Call) -> Reply:
    """Store a face.

    The picture is looked at: one without exactly one usable face is refused with
    `bad_source_image`, and nothing is kept. Workers make a thumbnail and a preview later.
    """
    with stored.sent(call, "image") as (content, filename):
        wish = Wish(
            tenant=call.tenant,
            name=stored.name_of(call.body.name, filename, "Avatar"),
            tags=call.body.tags,
            until=call.until,
        )
        item = intake.keep(call.services, Kind.AVATAR, content, wish)
    location = call.link(f"/avatars/{stored.shown_id(item)}")
    return etags.reply(item.version, _told(call, item), 201, Location=location)


@resource.get("/avatars", answers={200: Told("A page of avatars", Avatars)}, query=Page)
def list_avatars(call: Call) -> Reply:
    """List the stored faces, newest first."""
    items, cursor = stored.page(call, Kind.AVATAR)
    engines = _engines(call)
    told = [_told(call, item, engines) for item in items]
    return Reply(Avatars(items=told, next_cursor=cursor))


@resource.get(
    "/avatars/{avatar_id}",
    answers={
        200: Told("The avatar", Avatar, headers=_ETAG),
        304: Told("The caller has it", media_type=""),
    },
    headers=etags.IF_NONE_MATCH,
)
def get_avatar(call: Call, avatar_id: int) -> Reply:
    """Tell of a stored face."""
    item = _find(call, avatar_id)
    return etags.reply(item.version, _told(call, item))


@resource.patch(
    "/avatars/{avatar_id}",
    answers={200: Told("The avatar as it is now", Avatar, headers=_ETAG)},
    scope=Scope.RENDER,
    body=Body(json=AvatarChange),
    headers=etags.IF_MATCH,
    problems=(412,),
)
def change_avatar(call: Call, avatar_id: int) -> Reply:
    """Give a stored face another name or other tags."""
    item = _find(call, avatar_id)
    changed = call.services.library.change(
        item,
        version=etags.wanted_version(item.version),
        name=call.body.name,
        tags=call.body.tags,
    )
    return etags.reply(changed.version, _told(call, changed))


@resource.delete(
    "/avatars/{avatar_id}",
    answers={204: Told("It is gone", media_type="")},
    scope=Scope.RENDER,
    headers=etags.IF_MATCH,
    problems=(409, 412),
)
def delete_avatar(call: Call, avatar_id: int) -> Reply:
    """Remove a stored face.

    One that a lecture uses stays, and the answer, `in_use`, names lectures.
    """
    item = _find(call, avatar_id)
    intake.remove(call.services, item, etags.wanted_version(item.version))
    return Reply(None, 204)


@resource.get(
    "/avatars/{avatar_id}/image",
    answers=stored.file_answers("The picture as it was sent", "image/*"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_avatar_image(call: Call, avatar_id: int) -> Response:
    """Fetch the picture of a stored face."""
    item = _find(call, avatar_id)
    return stored.file(item, "image")


@resource.get(
    "/avatars/{avatar_id}/thumbnail",
    answers=stored.file_answers("The thumbnail", "image/jpeg"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_avatar_thumbnail(call: Call, avatar_id: int) -> Response:
    """Fetch the thumbnail of a stored face.

    While it is being made, the answer is 404 with `Retry-After`.
    """
    return stored.made(call, _find(call, avatar_id), intake.THUMBNAIL, "image/jpeg")


@resource.get(
    "/avatars/{avatar_id}/preview",
    answers=stored.file_answers("A silent clip of some seconds", "video/mp4"),
    headers=etags.IF_NONE_MATCH,
    problems=(412, 416),
)
def get_avatar_preview(call: Call, avatar_id: int) -> Response:
    """Fetch the preview of a stored face.

    While it is being made, the answer is 404 with `Retry-After`.
    """
    item = _find(call, avatar_id)
    return stored.made(call, item, intake.PREVIEW[item.kind], "video/mp4")


def _find(call: Call, avatar_id: int) -> Item:
    return call.services.library.find(Kind.AVATAR, call.tenant, avatar_id)


def _told(call: Call, item: Item, engines: list[str] | None = None) -> Avatar:
    base = f"/avatars/{stored.shown_id(item)}"
    thumbnail = intake.made(call.services, item, intake.THUMBNAIL)
    return Avatar(
        **stored.previewed(call, item),
        seen=Seen.model_validate(item.seen),
        engines=_engines(call) if engines is None else engines,
        image=call.link(f"{base}/image"),
        thumbnail=None if thumbnail is None else call.link(f"{base}/thumbnail"),
    )


def _engines(call: Call) -> list[str]:
    settings = call.services.settings
    names = sorted(registry.cards("face"))
    return [name for name in names if not configured.lacking(settings, "face", name)]
