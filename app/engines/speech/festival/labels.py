"""Festival's label files: when phones and words are heard, and the mouth shapes of its voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from app.engines.speech.common.program.written import WrittenWord
from app.errors import EngineCrashed
from app.phonetics import Viseme, VisemeName
from app.ports.speech import WordSpan

_PAUSE = "pau"
_PHONES: Mapping[VisemeName, str] = {
    "PP": "p pp b bb m mm", "FF": "f ff v vv", "DD": "t tt d dd n nn", "SS": "s ss z zz c",
    "CH": "ch sh sch zh", "kk": "k kk g gg h hh", "RR": "r rr", "LL": "l ll", "aa": "aa a",
    "E": "ee e", "I": "yy y i", "Y": "ii j", "O": "oo", "U": "uu u ur", "V": "ae ay",
}  # fmt: skip
_SHAPES = {phone: name for name, phones in _PHONES.items() for phone in phones.split()}
"""Of each phone of the voice (``msu_ru_nsh_phoneset.scm``): soft consonants and stressed vowels are
doubled, ``ae`` and ``ay`` are the weakest vowels."""


@dataclass(frozen=True, slots=True)
class Label:
    """A phone of the voice and when it is heard, in seconds of the trimmed sound."""

    name: str
    start: float
    end: float


def read_phones(path: Path, *, speed: float, cut: float, total: float) -> list[Label]:
    """Phones in order, without pauses, within the sound.

    Args:
        path: What ``utt.save.segs`` wrote.
        speed: At which the sound was changed afterwards.
        cut: Seconds trimmed from its start.
        total: Its seconds.
    """
    ends = list(_labels(path))
    starts = [0.0, *(end for _, end in ends)]
    return [
        Label(name, max(0.0, start / speed - cut), min(total, end / speed - cut))
        for (name, end), start in zip(ends, starts, strict=False)
        if name != _PAUSE and end > start
    ]


def read_words(path: Path, *, speed: float, cut: float) -> list[tuple[str, float]]:
    """Words in order and when each ends; one that is not heard ends before the sound begins."""
    return [(name, end / speed - cut) for name, end in _labels(path)]


def mouth_shapes(phones: Sequence[Label]) -> list[Viseme]:
    """Mouth shapes in order; the gaps between them are pauses."""
    return [Viseme(_SHAPES[phone.name], phone.start, phone.end) for phone in phones]


def word_spans(
    parts: Sequence[WrittenWord], words: Sequence[tuple[str, float]], phones: Sequence[Label]
) -> list[WordSpan]:
    """Times of the words of the text, of which the program may have made other ones.

    Both consist of the same letters in the same order: a word of the program belongs to the word
    of the text in which its middle letter lies.
    """
    numbers = _word_numbers(parts, [name for name, _ in words])
    times: dict[int, WordSpan] = {}
    done = 0
    for number, (_, end) in zip(numbers, words, strict=True):
        last = bisect_right([phone.end for phone in phones], end + 1e-3)
        if last <= done:
            continue
        begun = times[number].start if number in times else phones[done].start
        times[number] = WordSpan(number, begun, phones[last - 1].end)
        done = last
    return list(times.values())


def _word_numbers(parts: Sequence[WrittenWord], names: Sequence[str]) -> Iterator[int]:
    """For each word of the program the number of the word of the text that it belongs to."""
    spoken = [part for part in parts if part.weight]
    mine = list(accumulate(_letters(part.letters) for part in spoken))
    theirs = [0, *accumulate(map(_letters, names))]
    scale = mine[-1] / max(1, theirs[-1])
    for start, end in pairwise(theirs):
        place = bisect_right(mine, (start + end) / 2 * scale)
        yield spoken[min(place, len(spoken) - 1)].word


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def _labels(path: Path) -> Iterator[tuple[str, float]]:
    """Name and end of each line; the first line is a mark."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        for line in lines:
            end, _, name = line.split(maxsplit=2)
            yield name, float(end)
    except (OSError, ValueError) as reason:
        raise EngineCrashed(f"festival wrote no {path.name} that can be read") from reason
