"""Say the held-out Russian paragraphs with Kokoro and let Whisper write them down: WER and CER.

    python -m tools.measure_russian --models models

prints a JSON line for each voice and paragraph and one for their mean.  The pronunciation rules
were tuned on other texts.  The judge is Whisper-base; it errs itself, and 50 words leave several
points of chance, so compare means, not lines.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

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

PARAGRAPHS = {
    "water": (
        "Вода покрывает большую часть поверхности нашей планеты. Под действием солнечного тепла "
        "она испаряется, поднимается вверх и образует облака. Ветер переносит их на огромные "
        "расстояния. Затем влага возвращается на землю в виде дождя или снега, питает реки и "
        "озёра. Этот непрерывный процесс учёные называют круговоротом воды в природе."
    ),
    "market": (
        "Экономика изучает, как люди распределяют ограниченные ресурсы. Когда товар становится "
        "редким, его цена растёт, и покупатели начинают искать замену. Производитель, наоборот, "
        "стремится выпустить больше. Со временем спрос и предложение приходят в равновесие. "
        "Однако на практике этому мешают налоги, привычки и неполная информация о рынке."
    ),
}
Row = dict[str, float | str]

VOICES = ("if_sara", "im_nicola", "ef_dora", "em_alex")


def measure(judge: WhisperModel, text: str, voice: str, arguments: argparse.Namespace) -> Row:
    engine, sample = prepare(voice, arguments)
    speech = engine.synthesize(text, sample, "ru", NeverCancelled())
    wanted = plain(text)
    heard = plain(transcribe(judge, speech.samples, speech.rate, "ru"))
    return {
        "wer": round(error_rate(wanted.split(), heard.split()), 1),
        "cer": round(error_rate(wanted, heard), 1),
        "heard": heard,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--voices", default=",".join(VOICES), help="names by commas")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--length-scale", type=float, default=1.0)
    arguments = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for voice in arguments.voices.split(","):
            for title, text in PARAGRAPHS.items():
                rows.append(measure(judge, text, voice, arguments))
                line = {"voice": voice, "paragraph": title} | rows[-1]
                print(json.dumps(line, ensure_ascii=False), flush=True)
    print(json.dumps({name: _mean(rows, name) for name in ("wer", "cer")}))


def _mean(rows: list[Row], name: str) -> float:
    return round(sum(float(row[name]) for row in rows) / len(rows), 1)


if __name__ == "__main__":
    main()
