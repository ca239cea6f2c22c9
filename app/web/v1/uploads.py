"""Uploads that can be resumed, as tus 1.0 has it (https://tus.io/protocols/resumable-upload)."""

from __future__ import annotations

import base64
import binascii
import re
from email.utils import formatdate

from flask import Response, request
from werkzeug.exceptions import MethodNotAllowed

from app import ids
from app.access.keys import Scope
from app.errors import TooLarge
from app.library.portions import ALGORITHMS, Checksum, ChecksumMismatch
from app.library.uploads import PREFIX, Upload
from app.web.problem import Fault, Malformed, bad_input, shown
from app.web.v1 import tus_metadata
from app.web.v1.call import Call
from app.web.v1.operation import Body, Header, Reply, Resource, Told, links_by

resource = Resource("uploads", "Large files, sent in portions (tus 1.0)")

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
MEDIA_TYPE = "application/offset+octet-stream"

_NUMBER = r"0|[1-9][0-9]{0,17}"


def _header(what: str, pattern: str, required: bool = False) -> Header:
    """Of tus, which has a status for each that is wrong, and wants its version looked at first."""
    return Header(what, pattern, required, is_read_by_operation=True)


_VERSION = {
    "Tus-Resumable": _header("The version of the protocol: 1.0.0.", re.escape(VERSION), True)
}
_CHECKSUM = {
    "Upload-Checksum": _header(
        "Algorithm, sha256 or sha1, and in base 64 the hash of this portion.",
        r"(sha256|sha1) [A-Za-z0-9+/]{1,100}={0,2}",
    )
}
_MEANT = ("DELETE", "HEAD", "PATCH")
_ANSWERED = {
    "Upload-Offset": "Bytes that are kept.",
    "Upload-Expires": "When it is removed, complete or not.",
}


def tell_version(response: Response) -> Response:
    """Name the protocol in every answer about uploads, those of failures included."""
    if f"{request.path}/".startswith("/v1/uploads/"):
        response.headers["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response.headers["Tus-Version"] = VERSION
    return response


@resource.operation(
    "OPTIONS",
    "/uploads",
    scope=None,
    answers={204: Told("What is spoken here", media_type="", headers={"Tus-Version": "1.0.0."})},
)
def describe_uploads(call: Call) -> Reply:
    """Tell what of tus is spoken here."""
    told = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(call.services.settings.server.max_upload_bytes),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "Allow": "OPTIONS, POST",
    }
    return Reply(None, 204, told)


@resource.post(
    "/uploads",
    scope=Scope.RENDER,
    answers={
        201: Told(
            "It has begun", media_type="", headers={"Location": "Where it goes on.", **_ANSWERED}
        )
    },
    headers={
        **_VERSION,
        "Upload-Length": _header("Bytes of the whole file.", "[1-9][0-9]{0,17}", required=True),
        "Upload-Metadata": _header(
            "Keys with values in base 64: `filename`.", tus_metadata.PATTERN
        ),
        **_CHECKSUM,
    },
    body=Body(stream=MEDIA_TYPE, required=False),
    problems=(412, 460),
    repeatable=True,
    links=links_by(
        "upload_id",
        "$response.header.Location#regex:/uploads/(.+)",
        *("get_upload", "continue_upload", "delete_upload", "override_upload_method"),
    ),
)
def create_upload(call: Call) -> Reply:
    """Begin an upload.

    A body is its first portion. When its last byte has come, it can be used where `upload` is
    asked for.
    """
    _check_version()
    length = _length(call)
    told = request.headers.get("Upload-Metadata", "")
    try:
        tus_metadata.read(told)
    except ValueError as error:
        raise _wrong("Upload-Metadata", str(error)) from error
    checksum = _checksum()
    has_body = bool(request.content_length)
    if has_body:
        _check_type()
    uploads = call.services.uploads
    upload = uploads.create(call.tenant, length, told)
    if has_body:
        try:
            upload = _append(call, upload.id, 0, checksum)
        except BaseException:
            uploads.remove(call.tenant, upload.id)
            raise
    location = call.link(f"/uploads/{ids.told(PREFIX, upload.id)}")
    return Reply(None, 201, {"Location": location, **_progress(upload)})


@resource.operation(
    "HEAD",
    "/uploads/{upload_id}",
    scope=Scope.RENDER,
    answers={200: Told("How far it is", media_type="", headers=_ANSWERED)},
    headers=_VERSION,
    problems=(412,),
)
def get_upload(call: Call, upload_id: int) -> Reply:
    """Tell how far an upload is."""
    _check_version()
    upload = call.services.uploads.find(call.tenant, upload_id)
    headers = {
        "Upload-Length": str(upload.length),
        **_progress(upload),
        "Cache-Control": "no-store",
    }
    if upload.told:
        headers["Upload-Metadata"] = upload.told
    return Reply(None, 200, headers)


@resource.patch(
    "/uploads/{upload_id}",
    scope=Scope.RENDER,
    answers={204: Told("The portion is kept", media_type="", headers=_ANSWERED)},
    headers={
        **_VERSION,
        "Upload-Offset": _header("Bytes that are kept so far.", _NUMBER, required=True),
        **_CHECKSUM,
    },
    body=Body(stream=MEDIA_TYPE),
    problems=(409, 412, 460),
)
def continue_upload(call: Call, upload_id: int) -> Reply:
    """Send the next portion of an upload.

    It is kept whole or not at all. Where it does not begin at the offset, or another one is on
    its way, the answer is 409.
    """
    _check_version()
    _check_type()
    offset = _number("Upload-Offset")
    return Reply(None, 204, _progress(_append(call, upload_id, offset, _checksum())))


@resource.delete(
    "/uploads/{upload_id}",
    scope=Scope.RENDER,
    answers={204: Told("It is gone", media_type="")},
    headers=_VERSION,
    problems=(412,),
)
def delete_upload(call: Call, upload_id: int) -> Reply:
    """Remove an upload."""
    _check_version()
    call.services.uploads.remove(call.tenant, upload_id)
    return Reply(None, 204)


@resource.post(
    "/uploads/{upload_id}",
    scope=Scope.RENDER,
    answers={
        200: Told("How far it is", media_type="", headers=_ANSWERED),
        204: Told("It is done", media_type=""),
    },
    headers={
        **_VERSION,
        "X-HTTP-Method-Override": _header(
            "The method that is meant.",
            "|".join(_MEANT),
            required=True,
        ),
        "Upload-Offset": _header("Of PATCH.", _NUMBER),
        **_CHECKSUM,
    },
    body=Body(stream=MEDIA_TYPE, required=False),
    problems=(405, 409, 412, 460),
)
def override_upload_method(call: Call, upload_id: int) -> Reply:
    """Do what another method does, for callers that can send POST only."""
    meant = request.headers.get("X-HTTP-Method-Override", "")
    if meant not in _MEANT:
        raise MethodNotAllowed(["OPTIONS", *_MEANT])
    served = {"PATCH": continue_upload, "DELETE": delete_upload, "HEAD": get_upload}[meant]
    reply = served(call, upload_id)
    assert isinstance(reply, Reply)
    return reply


def _append(call: Call, upload_id: int, offset: int, checksum: Checksum | None) -> Upload:
    try:
        return call.services.uploads.append(
            call.tenant, upload_id, offset, request.stream, checksum
        )
    except ChecksumMismatch as error:
        told = "the bytes are not those of Upload-Checksum; none of them is kept"
        raise Malformed(460, "checksum_mismatch", told) from error


def _progress(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": formatdate(upload.expires, usegmt=True),
    }


def _check_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Malformed(412, "tus_version", f"send 'Tus-Resumable: {VERSION}'")


def _check_type() -> None:
    if request.mimetype != MEDIA_TYPE:
        raise Malformed(415, "unsupported_media_type", f"send the bytes as {MEDIA_TYPE}")


def _length(call: Call) -> int:
    if "Upload-Defer-Length" in request.headers:
        raise _wrong("Upload-Defer-Length", "say the length in Upload-Length")
    length = _number("Upload-Length")
    most = call.services.settings.server.max_upload_bytes
    if length == 0:
        raise _wrong("Upload-Length", "an empty file is of no use")
    if length > most:
        raise TooLarge(f"Upload-Length: at most {most:,} bytes")
    return length


def _number(name: str) -> int:
    value = request.headers.get(name)
    if value is None:
        raise _wrong(name, "missing")
    if not re.fullmatch(_NUMBER, value, re.ASCII):
        raise _wrong(name, "not a number of bytes", value)
    return int(value)


def _checksum() -> Checksum | None:
    told = request.headers.get("Upload-Checksum")
    if told is None:
        return None
    algorithm, _, text = told.partition(" ")
    if algorithm not in ALGORITHMS:
        raise _unreadable(told, f"the algorithm is none of {', '.join(ALGORITHMS)}")
    try:
        return Checksum(algorithm, base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise _unreadable(told, "the hash is not base 64") from error


def _unreadable(told: str, message: str) -> Malformed:
    fault = Fault("Upload-Checksum", message, shown(told))
    return Malformed(400, "bad_request", f"Upload-Checksum: {message}", [fault])


def _wrong(name: str, message: str, value: str | None = None) -> Malformed:
    return bad_input(
        f"{name}: {message}", Fault(name, message, None if value is None else shown(value))
    )
