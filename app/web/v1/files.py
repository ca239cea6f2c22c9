"""The files of a lecture, each as soon as it is done."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Literal

from flask import Response
from pydantic import Field

from app.errors import JobNotFound, NotFound, PathError
from app.jobs.files.publishing import Output, open_output
from app.jobs.store.results import Result, Results
from app.steps import MANIFEST
from app.steps.content import LECTURE
from app.web.v1.archive import Archive, Member
from app.web.v1.bytes_answer import Described, answer
from app.web.v1.call import Call
from app.web.v1.file_sums import Sums
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.operation import Model, Reply, Resource, Told, links_by

log = logging.getLogger(__name__)

resource = Resource("files", "What a lecture consists of, to fetch")

ARCHIVE = "archive.zip"

_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".wav": "audio/wav",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".json": "application/json",
}

_LARGEST_MANIFEST = 64 << 20
"""Bytes; of the longest lecture it has less than a tenth."""

_sums = Sums()


class File(Model):
    """A file of a lecture."""

    name: str
    """For example `lecture.mp4`, `slide-3.mp4` or `fragment-7.wav`."""
    media_type: str
    bytes: int
    sha256: str | None
    """Of what was made; null where that is not known any more."""
    duration: float | None
    """Seconds; null of what has none, and until the lecture is done."""
    url: str
    """Where it is fetched."""


class Files(Model):
    """What is done of a lecture."""

    items: list[File]
    """In the order in which they are made."""


class Fetching(Model):
    """How a file is fetched."""

    download: Literal["0", "1"] = "0"
    """With `1` a browser stores it instead of showing it."""
    made: str = Field("", max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")
    """Anything, which changes nothing: another one for each generation, such as the lecture's
    `started`, keeps players from taking a part of the former file for one of this."""


_FILE_HEADERS = {
    "ETag": "The sha256 of its bytes.",
    "Content-Disposition": "A name to store it under.",
    "Accept-Ranges": "bytes: a part may be asked for.",
}


_LINKS = links_by(
    "file_name",
    "$response.body#/items/0/name",
    "get_file",
    lecture_id="$request.path.lecture_id",
)


@resource.get(
    "/lectures/{lecture_id}/files", answers={200: Told("What is done", Files)}, links=_LINKS
)
def list_files(call: Call, lecture_id: LectureRef) -> Reply:
    """List the files that are done.

    Those of fragments and slides appear while the lecture is still made. A file that its owner has
    removed is not listed.
    """
    results = _results(call, lecture_id)
    if not results.files or results.output is None:
        return Reply(Files(items=[]))
    here = call.link(f"/lectures/{lecture_id}/files")
    with _opened(results) as output:
        durations = _durations(output, results)
        items = [
            _described(each, status, f"{here}/{each.name}", durations.get(each.name))
            for each in results.files
            if (status := output.status(each.path)) is not None
        ]
    return Reply(Files(items=items))


@resource.get(
    "/lectures/{lecture_id}/files/archive.zip",
    answers={200: Told("A ZIP of the files that are done", media_type="application/zip")},
)
def get_archive(call: Call, lecture_id: LectureRef) -> Response:
    """Fetch all files that are done as one ZIP.

    They lie in a folder that is called as the lecture, are not compressed, and the length is known
    before. When a file changes while the archive is sent, the answer breaks off.
    """
    results = _results(call, lecture_id)
    with ExitStack() as held:
        members = []
        if results.files and results.output is not None:
            output = held.enter_context(_opened(results))
            members = list(_members(output, results, folder=str(lecture_id)))
        if not members:
            raise NotFound(f"nothing of {str(lecture_id)!r} is done yet")
        archive = Archive(members, held.pop_all().close)
    name = f"{lecture_id}.zip"
    told = Described(
        media_type="application/zip",
        size=archive.size,
        disposition=f'attachment; filename="{name}"',
        has_parts=False,
    )
    return answer(archive, told)


@resource.get(
    "/lectures/{lecture_id}/files/{file_name}",
    answers={
        200: Told("The file", media_type="*/*", headers=_FILE_HEADERS),
        206: Told(
            "The part of it that was asked for",
            media_type="*/*",
            headers={**_FILE_HEADERS, "Content-Range": "Which part."},
        ),
        304: Told("The caller has it", media_type=""),
    },
    query=Fetching,
    problems=(412, 416),
)
def get_file(call: Call, lecture_id: LectureRef, file_name: str) -> Response:
    """Fetch a file, or a part of it.

    `Range` names one part, `If-Range` the version that it is wanted of, `If-None-Match` one that
    the caller has. The `ETag` is the sha256 of the bytes as they lie there, also of a file that its
    owner has changed.
    """
    results = _results(call, lecture_id, file_name)
    missing = f"{str(lecture_id)!r} has no file {file_name!r}, or not yet"
    if not results.files or results.output is None:
        raise NotFound(missing)
    with _opened(results) as output:
        file = output.read(results.files[0].path)
    if file is None:
        raise NotFound(missing)
    status = os.fstat(file.fileno())
    kind = "attachment" if call.query.download == "1" else "inline"
    told = Described(
        media_type=_media_type(file_name),
        size=status.st_size,
        disposition=f'{kind}; filename="{lecture_id}-{file_name}"',
        etag=_sums.of(file),
        modified=status.st_mtime,
    )
    return answer(file, told)


def _results(call: Call, lecture_id: LectureRef, name: str | None = None) -> Results:
    results = call.services.store.results(lecture_id.key(call.tenant), name)
    if results is None or results.kind != LECTURE:
        raise JobNotFound(f"no lecture is called {str(lecture_id)!r}")
    return results


@contextmanager
def _opened(results: Results) -> Iterator[Output]:
    """The folder of the results.

    Raises:
        NotFound: It is gone, or another one by now.
    """
    assert results.output is not None
    try:
        with open_output(results.output, results.identity) as output:
            yield output
    except PathError as error:
        # The path may be the service's own: it is for the log.
        log.warning("results cannot be read: %s", error)
        raise NotFound("the files are not there any more") from error


def _described(result: Result, status: os.stat_result, url: str, duration: float | None) -> File:
    return File(
        name=result.name,
        media_type=_media_type(result.name),
        bytes=status.st_size,
        sha256=result.sha256,
        duration=duration,
        url=url,
    )


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(PurePath(name).suffix, "application/octet-stream")


def _members(output: Output, results: Results, *, folder: str) -> Iterator[Member]:
    for each in results.files:
        status = output.status(each.path)
        if status is None:
            continue

        def opened(path: Path = each.path, size: int = status.st_size) -> BinaryIO:
            try:
                file = output.read(path)
            except PathError as error:
                raise OSError(str(error)) from error
            if file is None or os.fstat(file.fileno()).st_size != size:
                raise OSError(f"{path.name} was removed or changed while it was sent")
            return file

        yield Member(f"{folder}/{each.name}", status.st_size, status.st_mtime, opened)


def _durations(output: Output, results: Results) -> Mapping[str, float]:
    """Seconds by name, as the manifest of a done lecture tells them."""
    path = next((each.path for each in results.files if each.name == MANIFEST), None)
    file = None if path is None else output.read(path)
    if file is None:
        return {}
    with file:
        raw = file.read(_LARGEST_MANIFEST)
    try:
        return dict(_told_durations(json.loads(raw)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}  # its owner has changed it


def _told_durations(manifest: Any) -> Iterator[tuple[str, float]]:  # JSON
    yield "lecture.mp4", float(manifest["duration"])
    for each in manifest["slides"]:
        yield f"slide-{int(each['number'])}.mp4", float(each["duration"])
    for each in manifest["fragments"]:
        for suffix in (".wav", ".mp4"):
            yield f"fragment-{int(each['number'])}{suffix}", float(each["duration"])
