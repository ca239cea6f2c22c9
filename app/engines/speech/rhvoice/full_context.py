"""RHVoice's own account of a sentence: its phones, when they are heard, whose words they are.

With ``RHVOICE_DEBUG_HTS_FILE`` set, RHVoice writes the full-context labels of its model: start and
end in units of 100 ns, then ``before^last-PHONE+next=after@...`` with fields for syllable, word
and phrase.  ``labelling.xml`` and ``phonemes.xml`` of each language name the fields and phones.
An utterance counts from 0; a sentence may become several of them, one after another in the sound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.engines.speech.common.program.written import WrittenWord
from app.engines.speech.common.timing import SHORTEST_REST
from app.phonetics import ARPABET, Viseme, VisemeName, spread
from app.ports.speech import WordSpan

_UNITS_PER_SECOND = 1e7
_STEP_SECONDS = 0.01
"""By which labels and sound may differ: two steps of the model, and a period of what makes a fast
voice faster, for it knows no finer cut."""

_PAUSES = frozenset({"pau", "#"})
_LINE = re.compile(r"(\d+) (\d+) \S+?\^[^-]+-([^+]+)\+(\S+)")
_PLACE_IN_WORD = {"ru": re.compile(r";(\d+)-\d+\|"), "en": re.compile(r"/K:(\d+)_")}
_BEFORE_STRESS = re.compile(r"\$\d+-1!")
_RUSSIAN: Mapping[VisemeName, str] = {
    "PP": "p pp b bb m mm", "FF": "f ff v vv", "DD": "t tt d dd n nn", "SS": "s ss z zz c",
    "CH": "ch sh sch zh", "kk": "k kk g gg h hh", "RR": "r rr", "LL": "l ll", "aa": "a",
    "E": "e e0", "I": "y y0 i0", "Y": "i j", "O": "o", "U": "u u0", "V": "a0",
}  # fmt: skip
"""Soft consonants are doubled, unstressed vowels have a 0; ``h`` is [x], ``c`` [ts], ``y`` [ɨ].

``a0`` is the weak [ə]; where a word begins and right before its stress it is the open [ɐ].
Sources: ``phonemes.xml`` of RHVoice (place, height, rounding of each); R. I. Avanesov, "Russkoe
literaturnoe proiznoshenie", on vowels without stress.
"""

_SHAPES: Mapping[str, Mapping[str, tuple[VisemeName, ...]]] = {
    "ru": {phone: (name,) for name, phones in _RUSSIAN.items() for phone in phones.split()},
    "en": {phone.lower(): shapes for phone, shapes in ARPABET.items()} | {"ax": ("V",)},
}
_PIECE = re.compile(r"[\w'’\u0300-\u036f]+")
_APOSTROPHE = re.compile(r"['’]")
_SILENT = frozenset("ьъ")


@dataclass(frozen=True, slots=True)
class Phone:
    """A sound of the voice, in seconds."""

    shapes: tuple[VisemeName, ...]
    opens: bool
    """Whether a word begins with it."""
    start: float
    end: float


def read(labels: str, language: str, *, seconds: float, speed: float) -> list[Phone]:
    """Phones in order, without pauses.

    Args:
        labels: What RHVoice wrote, of every utterance.
        language: ``"ru"`` or ``"en"``.
        seconds: Length of the sound.
        speed: At which RHVoice spoke.  It plans slow speech; it squeezes fast speech afterwards,
            and the labels do not know.

    Returns:
        Empty when the labels are not those of the whole sound, or name what is not known.
    """
    phones: list[Phone] = []
    utterance = end = 0.0
    for line in map(_LINE.fullmatch, labels.splitlines()):
        if line is None or line[3] not in _SHAPES[language].keys() | _PAUSES:
            return []
        if line[1] == "0":
            utterance = end
        start, end = (utterance + int(line[group]) / _UNITS_PER_SECOND for group in (1, 2))
        if line[3] not in _PAUSES and end > start:
            phones.append(_phone(line[3], line[4], language, start=start, end=end))
    squeezed = max(1.0, speed)
    if not phones or abs(end / squeezed - seconds) > _STEP_SECONDS:
        return []
    return retimed(phones, lambda time: time * seconds / end)


def retimed(phones: Sequence[Phone], change: Callable[[float], float]) -> list[Phone]:
    """The same phones at other times, without those that have none left."""
    moved = (replace(p, start=change(p.start), end=change(p.end)) for p in phones)
    return [phone for phone in moved if phone.end > phone.start]


def mouth_shapes(phones: Sequence[Phone]) -> list[Viseme]:
    """Mouth shapes in order; the gaps between them are pauses.

    In a pause too short to bring the mouth to rest the shape before it stays.
    """
    shapes: list[Viseme] = []
    next_starts = [*(phone.start for phone in phones[1:]), math.inf]
    for phone, next_start in zip(phones, next_starts, strict=False):
        rests = next_start - phone.end > SHORTEST_REST
        shapes += spread(phone.shapes, phone.start, phone.end if rests else next_start)
    return shapes


def word_spans(parts: Sequence[WrittenWord], phones: Sequence[Phone]) -> list[WordSpan]:
    """Times of the words of the text.

    RHVoice takes the pieces of "по-русски" for words, not those of "по-своему"; the end of
    "Smith's", not that of "it's": such marks divide a word where the sounds say so.

    Returns:
        Empty when RHVoice counts other words than the parts do.
    """
    words = list(_words(phones))
    spans: list[WordSpan] = []
    done = 0
    for part in parts:
        number = _count(part, [len(word) for word in words[done:]])
        if number:
            group = words[done : done + number]
            if len(group) < number:
                return []
            spans.append(WordSpan(part.word, group[0][0].start, group[-1][-1].end))
        done += number
    return spans if done == len(words) else []


def _phone(name: str, context: str, language: str, *, start: float, end: float) -> Phone:
    place = _PLACE_IN_WORD[language].search(context)
    opens = place is not None and place[1] == "1"
    is_open = name == "a0" and (opens or _BEFORE_STRESS.search(context) is not None)
    return Phone(("aa",) if is_open else _SHAPES[language][name], opens, start, end)


def _words(phones: Sequence[Phone]) -> Iterator[list[Phone]]:
    word: list[Phone] = []
    for phone in phones:
        if phone.opens and word:
            yield word
            word = []
        word.append(phone)
    if word:
        yield word


def _count(part: WrittenWord, lengths: Sequence[int]) -> int:
    """How many of RHVoice's next words belong to the part."""
    pieces = _PIECE.findall(part.spoken)
    least = sum(_PIECE.search(word) is not None for word in part.spoken.split())
    most = len(pieces) + len(_APOSTROPHE.findall("".join(pieces)))
    sounds = sum(letter.isalpha() and letter not in _SILENT for letter in part.letters)
    return min(range(least, most + 1), key=lambda number: abs(sum(lengths[:number]) - sounds))
