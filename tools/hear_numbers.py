"""Say paragraphs rich in numbers and dates, let Whisper write them down, and show each difference.

    python -m tools.hear_numbers en kokoro
    python -m tools.hear_numbers ru rhvoice:anna

Both sides are written out by the service's own rules, so "1865" and "eighteen sixty-five" are the
same.  What is left is for a person to judge: Whisper-base writes some words its own way
("programme"), and mishears others that are said rightly.  Needs the extra ``alignment``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from app.text.sentences.splitting import sentences
from app.text.verbalize import verbalize
from tools.measure_programs import prepared
from tools.measure_speech import NeverCancelled, load_judge, plain, transcribe

PARAGRAPHS = Path(__file__).parent / "number_paragraphs"
_MODELS = Path("models")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("language", help="en, ru or the code of a file of your own")
    parser.add_argument("engine", help="a speech engine, with its voice behind a colon")
    parser.add_argument("--texts", type=Path, help="paragraphs, parted by blank lines")
    arguments = parser.parse_args()
    path = arguments.texts or PARAGRAPHS / f"{arguments.language}.txt"
    engine, sample = prepared(arguments.engine, _MODELS)
    total = different = 0
    with tempfile.TemporaryDirectory() as folder:
        judge = load_judge(Path(folder))
        for paragraph in path.read_text(encoding="utf-8").strip().split("\n\n"):
            speech = engine.synthesize(paragraph, sample, arguments.language, NeverCancelled())
            written = transcribe(judge, speech.samples, speech.rate, arguments.language)
            wanted = _words(paragraph, arguments.language)
            heard = _words(written, arguments.language)
            total += len(wanted)
            print(f"heard: {written}")
            for before, after in differences(wanted, heard):
                different += len(before.split()) or 1
                print(f"    {before!r} was heard as {after!r}")
    print(f"{different} of {total} words differ")


def differences(wanted: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of words that are not the same.

    >>> list(differences("it has two parts".split(), "it has too parts".split()))
    [('two', 'too')]
    """
    matcher = SequenceMatcher(None, wanted, heard, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield " ".join(wanted[start:end]), " ".join(heard[first:last])


def _words(text: str, language: str) -> list[str]:
    said = (
        word
        for sentence in sentences(text, language)
        for piece in verbalize(sentence, language)
        for word in piece.words
    )
    return plain(" ".join(said)).split()


if __name__ == "__main__":
    main()
