"""Say Russian paragraphs with Kokoro and let Whisper write them down: WER, CER, log-probability.

    python -m tools.measure_russian --models models --voices if_sara,im_nicola --first 3

prints a JSON line for each voice and paragraph and one for all words of a voice.  The judge is
Whisper-base, which errs itself.  50 words leave several points of chance in the error rates; the
mean log-probability of the true text separates variants with far less sound, so choose by it and
report error rates of texts that nothing was chosen by (``make quality``).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

from tools.measure_speech import (
    NeverCancelled,
    error_rate,
    load_judge,
    plain,
    prepare,
    transcribe,
)

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

    from app.ports import Samples, Speech

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
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for voice in arguments.voices.split(","):
            engine, sample = prepare(voice, arguments)
            rows = []
            for text in texts[: arguments.first]:
                speech = engine.synthesize(text, sample, "ru", NeverCancelled())
                rows.append(judged(judge, speech, text))
                print(json.dumps({"voice": voice} | rows[-1], ensure_ascii=False), flush=True)
            means = {name: _mean(rows, name) for name in ("wer", "cer", "log_probability")}
            print(json.dumps({"voice": voice, "mean": means}), flush=True)


def _mean(rows: list[dict[str, float | str]], name: str) -> float:
    """Weighted by words."""
    words = [float(row["words"]) for row in rows]
    return round(float(np.average([float(row[name]) for row in rows], weights=words)), 2)


if __name__ == "__main__":
    main()
