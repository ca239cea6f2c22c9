"""A second hearing for a paragraph in which a sentence seems to be missing.

Whisper now and then leaves the end of a paragraph out ("That is all. Well, not quite...") though
it stands in the sound.  Heard by itself, each sentence is written down; one that is not in the
sound cannot be: its place holds silence, or its neighbours' words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from app.ports.speech import Speech
from app.text.sentences.splitting import sentences

WriteDown = Callable[[Speech, str], str]

_LEAST_SECONDS = 0.2


def sentence_by_sentence(text: str, speech: Speech, language: str, write_down: WriteDown) -> str:
    """What is heard when every sentence is played alone.

    Args:
        text: Of the paragraph.
        speech: The same, spoken, with the times of its words.
        language: ISO 639-1 code.
        write_down: Listens to a sound.
    """
    return " ".join(
        write_down(part, language) for part in _parts(sentences(text, language), speech)
    )


def _parts(told: list[str], speech: Speech) -> Iterator[Speech]:
    """The sound of each sentence, cut in the middle of the pauses between them."""
    ends: list[int] = []
    for sentence in told:
        ends.append((ends[-1] if ends else 0) + len(sentence.split()))
    total = speech.samples.size / speech.rate
    inner = [(speech.words[end - 1].end + speech.words[end].start) / 2 for end in ends[:-1]]
    for start, end in pairwise([0.0, *inner, total]):
        if end - start >= _LEAST_SECONDS:
            first, last = (round(time * speech.rate) for time in (start, end))
            yield replace(speech, samples=speech.samples[first:last])
