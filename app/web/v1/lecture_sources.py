"""What a lecture is made from, in the words in which it was asked for."""

from __future__ import annotations

from app import ids
from app.requests.asked import AskedSlide
from app.requests.lectures import LectureRequest
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import WISHES, Metadata, SlideBody, WishFields
from app.web.v1.lecture_ref import LectureRef
from app.web.v1.lectures import request_of, tag_of
from app.web.v1.operation import Reply, Resource, Told

resource = Resource("sources", "What lectures are made from")


class LectureSource(WishFields):
    """A lecture as it can be asked for: the same body makes another one."""

    title: str
    slides: list[SlideBody]
    avatar: str
    voice: str | None
    metadata: Metadata


@resource.get(
    "/lectures/{lecture_id}/source",
    answers={
        200: Told("As it was asked for", LectureSource, headers={"ETag": "That of the lecture."})
    },
    problems=(409,),
)
def get_source(call: Call, lecture_id: LectureRef) -> Reply:
    """Tell the text of each slide, and how the lecture is to be made.

    Sent to `POST /v1/lectures` it makes the same lecture once more; with the lecture's `ETag` as
    `If-Match`, parts of it change the lecture.
    """
    request = request_of(call, lecture_id)
    return Reply(_source(request), headers={"ETag": tag_of(call, request)})


def _source(request: LectureRequest) -> LectureSource:
    asked = request.asked
    return LectureSource(
        title=request.title,
        slides=[_slide(each) for each in asked.slides],
        avatar=ids.told("av", asked.avatar),
        voice=None if asked.voice is None else ids.told("vo", asked.voice),
        metadata=dict(request.metadata),
        **{name: getattr(asked, name) for name in WISHES},
    )


def _slide(asked: AskedSlide) -> SlideBody:
    audio = None if asked.audio is None else ids.told("rec", asked.audio)
    return SlideBody(text=asked.text, title=asked.title, audio=audio)
