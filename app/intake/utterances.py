"""Something to say in a stored voice, from what a caller sends to a job."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.bootstrap import Services
from app.disk import disk_full_named
from app.engines import choice, configured
from app.errors import LanguageError, NotFound
from app.intake import small_jobs
from app.intake.draft import Wishes, about
from app.intake.engines import choose_speech_engine
from app.intake.small_jobs import SmallJob
from app.intake.staging import staging
from app.intake.text import Lexicons, site_lexicon
from app.lecture import Slide
from app.lecture.bounds import NO_BOUNDS
from app.steps import Step, utterance
from app.steps.speak import texts_read
from app.steps.utterance import UTTERANCE, Utterance

if TYPE_CHECKING:
    from app.examiner.asked import TextRead

_NEVER = "\0"
"""Separates no slides: nobody sends it."""


class Voice(Protocol):
    """A stored voice."""

    @property
    def path(self) -> Path: ...

    @property
    def sha256(self) -> str: ...

    @property
    def language(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear."""

    text: str
    language: str | None = None
    """ISO 639-1 code; ``None``: told from the text, or that of the voice where it tells nothing."""
    engine: str | None = None
    speed: float = 1.0
    lexicon: str | None = None
    """Content of a lexicon's file."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is being said, or was said already."""

    tenant: str
    utterance: Utterance
    steps: tuple[Step, ...]

    @property
    def id(self) -> int:
        """Follows from what is said and how: the same wish has the same."""
        return self.utterance.id


def order(
    services: Services, tenant: str, voice: Voice, wish: Wish, *, until: float | None = None
) -> Ordered:
    """Have something said, unless it is being said or was said already.

    Args:
        until: When the text must be read, by the monotonic clock.

    Raises:
        InputError: Something of the wish cannot be used; its ``field`` tells what.
        EngineUnavailable: No engine that speaks the language can run here.
        NotFound: The voice is gone by now.
        Busy: Too many texts are to be read.
        DiskFull: No space for the copies or the job.
    """
    read = _read(services, tenant, wish, until)
    language = _language(read, voice)
    if not read.language:
        read = _read(services, tenant, replace(wish, language=language), until)
    settings = services.settings
    wishes = Wishes(speech_engine=wish.engine)
    with about("engine" if wish.engine else "language"):
        engine = choose_speech_engine(settings, wishes, language)
    said = Utterance(
        id=0,
        voice_sample=Path(),
        language=language,
        speech_engine=engine,
        speech=configured.speech_identity(settings, engine),
        voice_sha256=voice.sha256,
        slide=Slide(tuple(each for slide in read.slides for each in slide.fragments)),
        speed=wish.speed,
        lexicon=read.lexicon,
    )
    steps = utterance.plan_utterance(said, read.read)
    number = _number(steps)
    copy = small_jobs.lasting_copy(services, tenant, UTTERANCE, number, voice.sha256)
    said = replace(said, id=number, voice_sample=copy)
    job = SmallJob(utterance.content_of(said), steps)
    try:
        small_jobs.submit(services, tenant, job, voice.path, copy)
    except FileNotFoundError as error:
        raise NotFound("the voice was removed just now") from error
    return Ordered(tenant, said, steps)


def find(services: Services, tenant: str, number: int) -> Ordered:
    """What was ordered before.

    Raises:
        NotFound: Nothing of that number was, by this tenant.
    """
    job = services.store.find(tenant, number)
    if job is None or job.content.kind != UTTERANCE:
        raise NotFound("nothing was said under this id")
    said = utterance.utterance_of(job.content)
    read = texts_read([said.slide], said.lexicon, said.language)
    return Ordered(tenant, said, utterance.plan_utterance(said, read))


def _read(services: Services, tenant: str, wish: Wish, until: float | None) -> TextRead:
    """The text's sentences, each a fragment of its own: the first is heard before the last is made.

    Raises:
        LectureTextError: There is nothing to speak in it, or the lexicon is wrong.
    """
    from app.examiner.asked import TextQuestion

    settings = services.settings
    with staging(settings.paths.data / "inputs") as folder:
        text = _written(folder.path / "text", wish.text)
        lexicon = None if wish.lexicon is None else _written(folder.path / "lexicon", wish.lexicon)
        spelt = Lexicons(site_lexicon(services), _sha256(wish.lexicon or ""))
        question = TextQuestion(
            text=text,
            delimiter=_NEVER,
            split="sentences",
            bounds=NO_BOUNDS,
            language=wish.language,
            spoken=_spoken(services, wish) if wish.language is None else (),
            lexicon=lexicon,
            site_lexicon=settings.speech.lexicon,
            site_version=spelt.site,
            group=1,
        )
        return services.examiner.read_text(
            question, (_sha256(wish.text), spelt.own), tenant=tenant, until=until
        )


def _language(read: TextRead, voice: Voice) -> str:
    """The text's, or that of the voice: a word or two may be of many.

    Raises:
        LanguageError: Neither is known.
    """
    language = read.language or voice.language
    if not language:
        raise LanguageError(read.doubt, field="language")
    return language


def _spoken(services: Services, wish: Wish) -> tuple[str, ...]:
    with about("engine"):
        return tuple(sorted(choice.spoken_languages(services.settings, wish.engine)))


def _number(steps: tuple[Step, ...]) -> int:
    """63 bits of what is said and how."""
    said = "\n".join(step.input_hash for step in steps)
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big") >> 1


def _written(path: Path, text: str) -> Path:
    with disk_full_named("the text"):
        path.write_text(text, encoding="utf-8", newline="")
    return path


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
