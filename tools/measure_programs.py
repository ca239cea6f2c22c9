"""Say Russian paragraphs with the engines that are programs and let Whisper write them down.

    python -m tools.measure_programs rhvoice:anna rhvoice:aleksandr festival espeak

prints a JSON line for each voice: word and character error rate over all paragraphs, the mean
error of the word times, loudness and true peak.  Numbers are written out on both sides by the
service's own rules.  Whisper-base errs itself, in Russian above all in how to write what it heard
("вместе", "в месте"; "каждый", "каждой"): ``per`` compares the sounds of both texts, by the
pronunciation rules of ``kokoro``, in which words that sound alike are alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyloudnorm
import soxr

from app.engines import registry
from app.engines.speech.common.loudness import true_peak
from app.engines.speech.common.symbols import SHAPES
from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.g2p import phonemize
from app.text.verbalize import verbalize
from tools.measure_speech import NeverCancelled, error_rate, load_judge, plain

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

    from app.ports.speech import Speech, SpeechEngine

PARAGRAPHS = Path(__file__).parent / "russian_paragraphs.txt"

Heard = list[tuple[str, float]]
"""Words and the seconds at which they begin."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("voices", nargs="+", help="an engine, or rhvoice:voice")
    parser.add_argument("--texts", type=Path, default=PARAGRAPHS, help="paragraphs")
    parser.add_argument(
        "--show", action="store_true", help="what was heard, paragraph by paragraph"
    )
    arguments = parser.parse_args()
    paragraphs = arguments.texts.read_text(encoding="utf-8").strip().split("\n\n")
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for name in arguments.voices:
            row = measure(judge, name, paragraphs, show=arguments.show)
            print(json.dumps({"voice": name} | row, ensure_ascii=False), flush=True)


def measure(
    judge: WhisperModel, name: str, paragraphs: list[str], *, show: bool
) -> dict[str, float]:
    engine, sample = prepared(name)
    wanted, heard, offsets, levels, peaks = "", "", list[float](), list[float](), list[float]()
    seconds = elapsed = 0.0
    for paragraph in paragraphs:
        begun = time.perf_counter()
        speech = engine.synthesize(paragraph, sample, "ru", NeverCancelled())
        elapsed += time.perf_counter() - begun
        seconds += speech.samples.size / speech.rate
        written = _transcribed(judge, speech)
        text, judged = _spoken(paragraph), _spoken(" ".join(word for word, _ in written))
        wanted, heard = f"{wanted} {text}", f"{heard} {judged}"
        offsets += _offsets(speech, written)
        levels.append(pyloudnorm.Meter(speech.rate).integrated_loudness(speech.samples))
        peaks.append(true_peak(speech.samples))
        if show:
            print(f"{error_rate(text.split(), judged.split()):5.1f}  {judged}")
    return {
        "words": len(wanted.split()),
        "wer": round(error_rate(wanted.split(), heard.split()), 2),
        "cer": round(error_rate(wanted, heard), 2),
        "per": round(error_rate(_sounds(wanted), _sounds(heard)), 2),
        "word_start_error": round(statistics.mean(map(abs, offsets)), 3),
        "word_start_bias": round(statistics.median(offsets), 3),
        "lufs_from": round(min(levels), 2),
        "lufs_to": round(max(levels), 2),
        "true_peak": round(max(peaks), 2),
        "words_per_minute": round(60 * len(wanted.split()) / seconds),
        "rtf": round(elapsed / seconds, 3),
    }


def prepared(name: str, models: Path = Path()) -> tuple[SpeechEngine, object]:
    """An engine in memory, with its voice behind a colon if one is wanted, and a voice sample."""
    engine_name, _, voice = name.partition(":")
    options = {"voice": voice} if voice else {}
    engine: SpeechEngine = registry.create("speech", engine_name, options, {"models_dir": models})
    engine.load()
    return engine, VoicePrint("", np.full(256, 1 / 16, np.float32), 120.0)


def _transcribed(judge: WhisperModel, speech: Speech) -> Heard:
    sound = soxr.resample(speech.samples, speech.rate, 16000).astype(np.float32)
    segments, _ = judge.transcribe(
        sound, language="ru", beam_size=5, condition_on_previous_text=False, word_timestamps=True
    )
    return [(word.word.strip(), word.start) for segment in segments for word in segment.words or ()]


def _spoken(text: str) -> str:
    words = [word for piece in verbalize(text, "ru") for word in piece.words]
    return plain(" ".join(words))


def _sounds(text: str) -> str:
    """Phonemes without stress and spaces."""
    words = phonemize(text, "ru")
    return "".join(sound for word in words for sound in word.phonemes if sound in SHAPES)


def _offsets(speech: Speech, heard: Heard) -> Iterator[float]:
    """Seconds by which words begin later than where Whisper hears them, words in a sentence."""
    left = list(heard)
    for word in speech.words:
        near = [time for text, time in left if plain(text) == plain(word.text) != ""]
        if near and abs(word.start - (best := min(near, key=lambda t: abs(t - word.start)))) < 1.5:
            yield word.start - best


if __name__ == "__main__":
    main()
