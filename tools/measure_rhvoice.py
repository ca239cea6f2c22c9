"""Measure RHVoice's voices for :mod:`app.engines.speech.rhvoice.voices`: embedding and pitch.

Each voice says a few sentences of its language; run again when the encoder changes or Debian has
other voices:

    python -m tools.measure_rhvoice

Takes half a minute on one core.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from app.engines.speech.common.program.preflight import found
from app.engines.speech.common.sample import RATE, read_sample
from app.engines.speech.common.speaker import embed
from app.engines.speech.rhvoice.options import RHVOICE_DATA
from app.engines.speech.rhvoice.preflight import PROGRAM, installed_voices
from app.engines.speech.rhvoice.voices import TABLE
from app.voice.pitch import median_pitch

SENTENCES = {
    "en": (
        "The results surprised us, because nobody knew what to expect. Every summer we would walk "
        "along the river and watch the boats go by. Please think about this question until we meet "
        "again on Thursday."
    ),
    "ru": (
        "Результаты нас удивили, потому что никто не знал, чего ожидать. Каждое лето мы гуляли "
        "вдоль реки и смотрели, как проплывают лодки. Подумайте, пожалуйста, над этим вопросом до "
        "нашей встречи в четверг."
    ),
}


def main() -> None:
    program = found(None, PROGRAM)
    assert program is not None, "install RHVoice: sh tools/setup_russian.sh"
    names, embeddings, pitches = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "speech.wav"
        for voice in installed_voices(RHVOICE_DATA):
            command = [str(program), "-p", voice.name, "-R", "24000", "-o", str(sound)]
            subprocess.run(command, input=SENTENCES[voice.language].encode(), check=True)
            speech = read_sample(sound)
            names.append(voice.name)
            embeddings.append(embed(speech))
            pitches.append(median_pitch(speech, RATE) or 0.0)
            print(f"{voice.language} {voice.gender} {voice.name} {pitches[-1]:.0f} Hz", flush=True)
    np.savez(
        TABLE,
        allow_pickle=False,
        names=np.array(names),
        embeddings=np.stack(embeddings).astype(np.float16),
        pitches=np.array(pitches, np.float32),
    )
    print(f"{TABLE.name}: {TABLE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
