"""A fragment's text, or its recording, becomes sound with the times of words and mouth shapes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.lecture import Fragment, Lecture, Slide
from app.lecture.bounds import LETTERS_PER_SECOND
from app.lecture.lexicon import Lexicon, Respelled
from app.lecture.reading import said_in_context
from app.ports.speech import Speech, Word
from app.steps import recorded
from app.steps.content import JobContent, lecture_of
from app.steps.recipe import Recipe, input_hash_of
from app.steps.record import SpeechRecord
from app.steps.step import Kind, Queue, Step
from app.steps.unspoken import OF_TEXT, not_spoken
from app.steps.workshop import Surroundings, Workshop

SOUND = "speech.wav"


class Script(Protocol):
    """What is spoken, by whom: a lecture, or as much of one as there is."""

    @property
    def id(self) -> int: ...

    @property
    def voice_sample(self) -> Path | None: ...

    @property
    def language(self) -> str: ...

    @property
    def speech_engine(self) -> str: ...

    @property
    def lexicon(self) -> Lexicon: ...

    def fragment(self, number: int) -> Fragment: ...

    def slide_of(self, number: int) -> Slide: ...


def texts_read(slides: Sequence[Slide], lexicon: Lexicon, language: str) -> tuple[str, ...]:
    """What the engine reads of each fragment, in speaking order, its paragraphs marked.

    It follows from the text alone; for the largest lecture it takes a second of a core.
    """
    return tuple(
        _read(slide, fragment, lexicon, language)
        for slide in slides
        for fragment in slide.fragments
    )


def _read(slide: Slide, fragment: Fragment, lexicon: Lexicon, language: str) -> str:
    """As :func:`_respelt` has it, whose pairs of words are not needed here."""
    if fragment.recording is not None:
        return ""
    said = said_in_context(slide, fragment, language)
    if not said and not lexicon.entries:
        return fragment.with_paragraphs
    return lexicon.spoken(fragment.with_paragraphs, language).saying(said).text


def step(lecture: Lecture, fragment: Fragment, slide: int, recipe: Recipe, read: str) -> Step:
    """The step that speaks a fragment.

    Args:
        read: As :func:`texts_read` has it.
    """
    return KIND.step(
        fragment.number,
        needs=(),
        input_hash=_hash(lecture, fragment, recipe, read),
        slide=slide,
        letters=_letters(fragment),
        places={SOUND: lecture.audio_path(fragment.number)},
    )


def spoken_hash(
    language: str, fragment: Fragment, read: str, *, speech: str, voice_sha256: str
) -> str:
    """Hash of everything that the sound of a fragment is made from, whatever it is for.

    Args:
        read: As :func:`texts_read` has it.
        speech: As :class:`~app.steps.recipe.Recipe` has it.
        voice_sha256: The same.
    """
    # What the engine reads counts only where it differs.
    said = (fragment.text,) if read == fragment.text else (fragment.text, read)
    return input_hash_of(KIND.name, speech, voice_sha256, language, *said)


def _hash(lecture: Lecture, fragment: Fragment, recipe: Recipe, read: str) -> str:
    if fragment.recording is not None:
        heard = recorded.made_from(fragment.recording, lecture.language)
        return input_hash_of(KIND.name, *heard)
    return spoken_hash(
        lecture.language, fragment, read, speech=recipe.speech, voice_sha256=recipe.voice_sha256
    )


def _letters(fragment: Fragment) -> int:
    """Of its text, or of one that takes as long as its recording."""
    if fragment.recording is not None:
        return round(fragment.recording.seconds * LETTERS_PER_SECOND)
    return len(fragment.plain)


def _respelt(slide: Slide, fragment: Fragment, lexicon: Lexicon, language: str) -> Respelled:
    """The text that the engine reads, which sees nothing but this fragment."""
    spelt = lexicon.spoken(fragment.with_paragraphs, language)
    return spelt.saying(said_in_context(slide, fragment, language))


def speak(
    script: Script, number: int, workshop: Workshop, around: Surroundings, *, speed: float = 1.0
) -> None:
    """Make the sound of a fragment, and the record of it.

    Args:
        speed: How many times faster than the engine speaks.

    Raises:
        LectureError: It cannot be spoken.
        Cancelled: Somebody asked for the work to stop.
    """
    fragment = script.fragment(number)
    if script.voice_sample is None:
        raise ValueError("there is a text, and no voice to speak it")
    engine = workshop.speech_engine(script.speech_engine)
    voice = engine.voice(script.voice_sample)
    around.cancel.check()
    respelt = _respelt(script.slide_of(number), fragment, script.lexicon, script.language)

    def say(text: str) -> Speech:
        return engine.synthesize(text, voice, script.language, around.cancel, around.progress)

    try:
        speech = say(respelt.text)
    except OF_TEXT as error:
        raise not_spoken(
            error,
            respelt,
            say,
            lecture=script.id,
            fragment=number,
            engine=script.speech_engine,
            language=script.language,
        ) from error
    if speed != 1.0:
        speech = workshop.media.at_speed(speech, speed, cancel=around.cancel)
    sound = around.target / SOUND
    seconds = workshop.media.write_speech(speech, sound)
    visemes = speech.visemes or workshop.media.visemes_from_sound(
        sound, respelt.text, script.language
    )
    words = _as_written(respelt, speech.words) or _evenly_spoken(fragment.plain, seconds)
    record = SpeechRecord(script.speech_engine, speech.voice, seconds, words, visemes)
    record.write(around.target)


def _do(content: JobContent, number: int, workshop: Workshop, around: Surroundings) -> None:
    lecture = lecture_of(content)
    passage = lecture.fragment(number).recording
    if passage is None:
        speak(lecture, number, workshop, around)
    else:
        recorded.take(lecture, passage, SOUND, workshop, around).write(around.target)


def _as_written(respelt: Respelled, words: Sequence[Word]) -> tuple[Word, ...]:
    """The lecture's own words with the times of what was spoken for them."""
    if len(words) != len(respelt.text.split()):
        # An engine that counts words its own way: its times fit what it was given only.
        return tuple(words) if respelt.is_unchanged else ()
    spoken = [(word.text, word.start, word.end) for word in words]
    return tuple(Word(*word) for word in respelt.restored(spoken))


def _evenly_spoken(text: str, seconds: float) -> tuple[Word, ...]:
    """Word times in proportion to the letters, for an engine that knows none.

    >>> _evenly_spoken("a bb", 5.0)
    (Word(text='a', start=0.0, end=2.0), Word(text='bb', start=2.0, end=5.0))
    """
    words = text.split()
    total = sum(len(word) + 1 for word in words)
    placed, done = [], 0
    for word in words:
        start, done = done, done + len(word) + 1
        placed.append(Word(word, seconds * start / total, seconds * done / total))
    return tuple(placed)


KIND = Kind("speech", Queue.SPEECH, cost=1.0, of_fragment=True, do=_do)
