"""How a text is read aloud, told before it is."""

from __future__ import annotations

from app.access.keys import Scope
from app.examiner.asked import TextRead
from app.intake import readings
from app.lecture import Fragment
from app.lecture.aloud import Saying
from app.lecture.bounds import estimated_seconds
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import WISHES, TextBody, as_sent
from app.web.v1.operation import Body, Model, Reply, Resource, Told

resource = Resource("readings", "How texts are read aloud")


class SaidOtherwise(Model):
    """Figures, abbreviations, formulas, words of other languages, and what a lexicon respells."""

    written: str
    """As it stands in the text."""
    spoken: str
    """In words; empty for what is not said."""


class FragmentRead(Model):
    """What is spoken in one go."""

    number: int
    """In the whole lecture, from 1."""
    text: str
    """Without markup."""
    seconds: float
    """How long it will be, about."""
    said_otherwise: list[SaidOtherwise]
    """In the order of the text."""


class SlideRead(Model):
    """What is spoken while a slide is shown."""

    number: int
    """From 1."""
    fragments: list[FragmentRead]


class Reading(Model):
    """How a text is read aloud."""

    language: str
    """ISO 639-1."""
    slides: list[SlideRead]


@resource.post(
    "/lectures:read",
    scope=Scope.READ,
    body=Body(json=TextBody),
    answers={200: Told("How it is read", Reading)},
    problems=(503, 507),
)
def read_text(call: Call) -> Reply:
    """Tell how a text will be read aloud.

    It is cut into fragments, and what is said otherwise than it is written is listed. Nothing is
    begun, and nothing is kept.
    """
    body: TextBody = call.body
    wishes = body.model_dump(include=WISHES)
    with as_sent(body):
        asked = readings.of_text(body.asked_slides(call.services), wishes)
        read = readings.read_aloud(asked, call.services, tenant=call.tenant, until=call.until)
    return Reply(Reading(language=read.language, slides=_slides(read)))


def _slides(read: TextRead) -> list[SlideRead]:
    sayings = iter(read.aloud)
    return [
        SlideRead(
            number=number,
            fragments=[_fragment(each, next(sayings)) for each in slide.fragments],
        )
        for number, slide in enumerate(read.slides, start=1)
    ]


def _fragment(fragment: Fragment, sayings: tuple[Saying, ...]) -> FragmentRead:
    return FragmentRead(
        number=fragment.number,
        text=fragment.plain,
        seconds=round(estimated_seconds(fragment.plain), 1),
        said_otherwise=[
            SaidOtherwise(written=each.written, spoken=each.spoken) for each in sayings
        ],
    )
