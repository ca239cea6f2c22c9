"""Say Russian paragraphs with Kokoro and let Whisper write them down: WER, CER, log-probability.

    python -m tools.measure_russian --models models --voices if_sara,im_nicola --first 3

prints a JSON line for each voice and paragraph, one for all words of a voice, and at last how
often each sound of the true text was misheard, worst first.  The judge is
Whisper-base, which errs itself.  50 words leave several points of chance in the error rates; the
mean log-probability of the true text separates variants with far less sound, so choose by it and
report error rates of texts that nothing was chosen by (``make quality``).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

from app.engines.speech.g2p.russian.pronounce import pronounce
from app.engines.speech.g2p.russian.stress import stress
from tools.measure_speech import (
    NeverCancelled,
    error_rate,
    load_judge,
    plain,
    prepare,
    transcribe,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faster_whisper import WhisperModel

    from app.ports.sound import Samples
    from app.ports.speech import Speech

PARAGRAPHS = Path(__file__).parent / "russian_paragraphs.txt"
VOICES = ("if_sara", "im_nicola", "ef_dora", "em_alex")
_WINDOW = 3000
"""Frames of 10 ms that Whisper sees at once."""
_LEAST = 1e-8
"""A token that Whisper holds for impossible must not decide alone."""


def likelihood(judge: WhisperModel, samples: Samples, rate: int, text: str) -> float:
    """Mean log-probability of the tokens of the true text, given its sound of at most 30 s."""
    from faster_whisper.audio import pad_or_trim
    from faster_whisper.tokenizer import Tokenizer

    tokenizer = Tokenizer(judge.hf_tokenizer, True, task="transcribe", language="ru")
    sound = soxr.resample(samples, rate, 16000).astype(np.float32)
    features = judge.feature_extractor(sound)
    (aligned,) = judge.model.align(
        judge.encode(pad_or_trim(features)),
        tokenizer.sot_sequence,
        [tokenizer.encode(" " + text)],
        [min(features.shape[-1], _WINDOW)],
    )
    return float(np.log(np.maximum(aligned.text_token_probs, _LEAST)).mean())


def judged(judge: WhisperModel, speech: Speech, text: str) -> dict[str, float | str]:
    wanted = plain(text)
    heard = plain(transcribe(judge, speech.samples, speech.rate, "ru"))
    return {
        "words": len(wanted.split()),
        "wer": round(error_rate(wanted.split(), heard.split()), 1),
        "cer": round(error_rate(wanted, heard), 1),
        "log_probability": round(likelihood(judge, speech.samples, speech.rate, text), 3),
        "heard": heard,
    }


def sounds(word: str) -> list[str]:
    """Sounds of a plain Russian word: softness as an apostrophe, stress as an acute behind.

    >>> sounds("сеть")
    ["s'", 'e´', "t'"]
    """
    found = stress(word)
    return [
        phone.symbol.rstrip("ː") + "'" * phone.soft + "´" * phone.stressed
        for phone in pronounce(found.word, found.vowel)
    ]


def misheard(wanted: Sequence[str], heard: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Of each sound of the wanted words: how often it was wanted, how often not heard.

    Words are those of :func:`plain`; only Cyrillic ones have sounds.
    """
    everything, lost = Counter[str](), Counter[str]()
    for word in filter(_is_russian, wanted):
        everything.update(sounds(word))
    for change, first, last, start, end in _changes(wanted, heard):
        if change in ("replace", "delete"):
            missed = _flat(wanted[first:last])
            for kind, begin, stop, _, _ in _changes(missed, _flat(heard[start:end])):
                if kind in ("replace", "delete"):
                    lost.update(missed[begin:stop])
    return everything, lost


def _changes(
    before: Sequence[str], after: Sequence[str]
) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _flat(words: Sequence[str]) -> list[str]:
    return [sound for word in filter(_is_russian, words) for sound in sounds(word)]


def _is_russian(word: str) -> bool:
    return all("а" <= letter <= "я" or letter == "ё" for letter in word)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--texts", type=Path, default=PARAGRAPHS, help="parted by empty lines")
    parser.add_argument("--first", type=int, help="so many paragraphs; all by default")
    parser.add_argument("--voices", default=",".join(VOICES), help="names by commas")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--length-scale", type=float, default=1.0)
    arguments = parser.parse_args()
    texts = [" ".join(part.split()) for part in arguments.texts.read_text("utf-8").split("\n\n")]
    everything, lost = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for voice in arguments.voices.split(","):
            engine, sample = prepare(voice, arguments)
            rows = []
            for text in texts[: arguments.first]:
                speech = engine.synthesize(text, sample, "ru", NeverCancelled())
                rows.append(judged(judge, speech, text))
                counted = misheard(plain(text).split(), str(rows[-1]["heard"]).split())
                everything += counted[0]
                lost += counted[1]
                print(json.dumps({"voice": voice} | rows[-1], ensure_ascii=False), flush=True)
            means = {name: _mean(rows, name) for name in ("wer", "cer", "log_probability")}
            print(json.dumps({"voice": voice, "mean": means}), flush=True)
    worst = sorted(everything, key=lambda sound: lost[sound] / everything[sound], reverse=True)
    shown = {sound: f"{lost[sound]} of {everything[sound]}" for sound in worst}
    print(json.dumps({"misheard": shown}, ensure_ascii=False))


def _mean(rows: list[dict[str, float | str]], name: str) -> float:
    """Weighted by words."""
    words = [float(row["words"]) for row in rows]
    return round(float(np.average([float(row[name]) for row in rows], weights=words)), 2)


if __name__ == "__main__":
    main()
