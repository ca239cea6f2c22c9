"""A program that stands in for RHVoice-test, festival or espeak-ng: it hums instead of speaking.

Run as ``python program.py WHICH ARGUMENTS...``; it reads, writes and names files as the real one
does.  Each letter is a tenth of a second, each space a pause.
"""

from __future__ import annotations

import array
import math
import os
import re
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

RATE = 16000
LETTER, PAUSE = 0.1, 0.2
"""Seconds."""


def main() -> None:
    """Note the arguments beside the caller's wish, and hum."""
    which, noted, *arguments = sys.argv[1:]
    with Path(noted).open("a", encoding="utf-8") as opened:
        opened.write(" ".join(arguments) + "\n")
    given = sys.stdin.read()
    match which:
        case "rhvoice":
            _rhvoice(given, arguments)
        case "festival":
            _festival(given)
        case "espeak":
            _hum(_words(given), Path(arguments[arguments.index("-w") + 1]))


def _rhvoice(given: str, arguments: list[str]) -> None:
    words = _words(given)
    _hum(words, Path(arguments[arguments.index("-o") + 1]))
    vowel = "a" if re.search("[а-яё]", given, re.IGNORECASE) else "aa"
    lines = []
    for _, place, number, start, end in _letters(words):
        phone = "pau" if not number else "s" if place % 2 else vowel
        of_word = f"@x_x/B:x;{place}-{number}|x/K:{place}_{number}"
        lines.append(f"{start * 1e7:.0f} {end * 1e7:.0f} x^x-{phone}+x=x{of_word}\n")
    account = Path(os.environ["RHVOICE_DEBUG_HTS_FILE"] + ".lab")
    with account.open("w", encoding="utf-8") as opened:
        opened.writelines(lines)


def _festival(given: str) -> None:
    said = re.search(r'\(Utterance Text "(.*)"\)', given)
    assert said is not None, "no text in the script"
    words = _words(said[1])
    _hum(words, Path("speech.wav"))
    phones, ends = ["#\n"], ["#\n"]
    for word, place, number, _, end in _letters(words):
        phones.append(f"{end:.3f} 100 {'pau' if not number else 's' if place % 2 else 'aa'}\n")
        if number and place == number:
            ends.append(f"{end:.3f} 100 {word}\n")
    Path("phones").write_text("".join(phones), encoding="utf-8")
    Path("words").write_text("".join(ends), encoding="utf-8")


def _words(text: str) -> list[str]:
    words = ("".join(letter for letter in word if letter.isalnum()) for word in text.split())
    return [word for word in words if word]


def _letters(words: list[str]) -> Iterator[tuple[str, int, int, float, float]]:
    """Word, place in it from 1, its length, start and end; a length of 0 is a pause."""
    time = 0.0
    for word in words:
        for place in range(1, len(word) + 1):
            yield word, place, len(word), time, time + LETTER
            time += LETTER
        yield "", 0, 0, time, time + PAUSE
        time += PAUSE


def _hum(words: list[str], target: Path) -> None:
    samples = array.array("h")
    for _, place, number, start, end in _letters(words):
        for at in range(round(start * RATE), round(end * RATE)):
            loud = 0.2 + 0.1 * (place % 3) if number else 0.0
            samples.append(round(32767 * loud * math.sin(2 * math.pi * 150 * at / RATE)))
    with wave.open(str(target), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(RATE)
        opened.writeframes(samples.tobytes())


if __name__ == "__main__":
    main()
