"""A passage of a recording becomes a fragment's sound, with mouth shapes and words of its own."""

from __future__ import annotations

from app.lecture import RECORDING, UNTOLD, Lecture, Passage
from app.ports.hearing import HeardSpeech
from app.ports.speech import VoiceUsed
from app.steps.record import SpeechRecord
from app.steps.workshop import Surroundings, Workshop

_VERSION = "1"
"""Raise it when the same passage becomes another sound, or other mouth shapes."""


def made_from(passage: Passage, language: str) -> tuple[str, ...]:
    """All that decides what becomes of a passage, for a hash."""
    stretch = f"{passage.start:.6f} {passage.end:.6f}"
    # Without a recognizer nobody asks for the language.
    heard = (passage.recognizer, language) if passage.recognizer else ()
    return (RECORDING, _VERSION, passage.sha256, stretch, *heard)


def take(
    lecture: Lecture, passage: Passage, sound: str, workshop: Workshop, around: Surroundings
) -> SpeechRecord:
    """Write the sound of a passage, and tell what is heard and seen in it.

    Args:
        sound: Name of the WAV.

    Raises:
        EngineUnavailable: Its words are to be recognized, and no recognizer is installed here.
    """
    wav = around.target / sound
    seconds = workshop.media.write_passage(lecture.recorded_sound(passage), passage, wav)
    around.cancel.check()
    heard = _heard(lecture, passage, sound, workshop, around)
    around.progress(0.5)
    around.cancel.check()
    text = " ".join(word.text for word in heard.words)
    return SpeechRecord(
        engine=RECORDING,
        voice=VoiceUsed("recorded"),
        seconds=seconds,
        words=heard.words,
        visemes=workshop.media.visemes_from_sound(wav, text, heard.language),
        captions="recognized" if heard.words else "none",
        language=heard.language,
    )


def _heard(
    lecture: Lecture, passage: Passage, sound: str, workshop: Workshop, around: Surroundings
) -> HeardSpeech:
    if not passage.recognizer:
        return HeardSpeech("", ())
    language = "" if lecture.language == UNTOLD else lecture.language
    return workshop.recognizer().hear(around.target / sound, language, around.cancel)
