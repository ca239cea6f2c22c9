"""A fragment's text becomes sound, with the times of its words and mouth shapes."""

from __future__ import annotations

from collections.abc import Sequence

from app.lecture import Fragment, Lecture, Slide
from app.lecture.lexicon import Respelled
from app.lecture.reading import said_in_context
from app.ports.speech import Speech, Word
from app.steps.recipe import Recipe, input_hash_of
from app.steps.record import SpeechRecord
from app.steps.step import Kind, Queue, Step
from app.steps.unspoken import OF_TEXT, not_spoken
from app.steps.workshop import Surroundings, Workshop

SOUND = "speech.wav"


def step(lecture: Lecture, fragment: Fragment, slide: int, recipe: Recipe) -> Step:
    """The step that speaks a fragment."""
    return KIND.step(
        fragment.number,
        needs=(),
        input_hash=input_hash_of(
            KIND.name,
            recipe.speech,
            recipe.voice_sha256,
            *_spoken(lecture, lecture.slides[slide - 1], fragment),
        ),
        slide=slide,
        letters=len(fragment.plain),
        places={SOUND: lecture.audio_path(fragment.number)},
    )


def _respelt(lecture: Lecture, slide: Slide, fragment: Fragment) -> Respelled:
    """The text that the engine reads, which sees nothing but this fragment."""
    spelt = lecture.lexicon.spoken(fragment.with_paragraphs, lecture.language)
    return spelt.saying(said_in_context(slide, fragment, lecture.language))


def _spoken(lecture: Lecture, slide: Slide, fragment: Fragment) -> tuple[str, ...]:
    """What is said; the text that the engine reads counts only where it differs."""
    read = _respelt(lecture, slide, fragment).text
    said = () if read == fragment.text else (read,)
    return (lecture.language, fragment.text, *said)


def _do(lecture: Lecture, number: int, workshop: Workshop, around: Surroundings) -> None:
    fragment = lecture.fragment(number)
    engine = workshop.speech_engine(lecture)
    voice = engine.voice(lecture.voice_sample)
    around.cancel.check()
    respelt = _respelt(lecture, lecture.slide_of(number), fragment)

    def say(text: str) -> Speech:
        return engine.synthesize(text, voice, lecture.language, around.cancel, around.progress)

    try:
        speech = say(respelt.text)
    except OF_TEXT as error:
        raise not_spoken(
            error,
            respelt,
            say,
            lecture=lecture.id,
            fragment=number,
            engine=lecture.speech_engine,
            language=lecture.language,
        ) from error
    sound = around.target / SOUND
    seconds = workshop.media.write_speech(speech, sound)
    visemes = speech.visemes or workshop.media.visemes_from_sound(
        sound, respelt.text, lecture.language
    )
    words = _as_written(respelt, speech.words) or _evenly_spoken(fragment.plain, seconds)
    record = SpeechRecord(lecture.speech_engine, speech.voice, seconds, words, visemes)
    record.write(around.target)


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
