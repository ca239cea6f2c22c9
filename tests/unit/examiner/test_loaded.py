"""A fork of the examiner has nothing left to load: it would be loaded anew for each look."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import config

PROGRAM = """
    import json, sys
    from pathlib import Path
    from pydantic import TypeAdapter
    from app.examiner import asked, serve
    from app.lecture.bounds import Bounds

    what, folder, samples = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    text = folder / "lecture.txt"
    text.write_text("Good morning._;This is a lecture.")
    question = asked.TextQuestion(text, "_;", "sentences", Bounds(9, 9, 900.0), "en")
    told = TypeAdapter(asked.TextQuestion).dump_python(question, mode="json")
    recording = {"path": str(samples / "voice.wav"), "target": str(folder / "sound.f32")}
    looks = {
        "face": lambda: serve._face(samples / "lecturer-woman.jpg"),
        "voice": lambda: serve._voice(samples / "voice.wav", None),
        "hearing": lambda: serve._hearing(samples / "voice.wav", None),
        "recording": lambda: serve._recording({**recording, "most_seconds": 60.0}, None),
        "text": lambda: serve._text(told, folder / "answer.json"),
    }
    serve._load()
    before, made = set(sys.modules), []
    make = TypeAdapter.__init__
    TypeAdapter.__init__ = lambda *given, **named: [made.append(1), make(*given, **named)][1]
    looks[what]()
    print(json.dumps([sorted(set(sys.modules) - before), len(made)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("what", ["face", "voice", "hearing", "recording", "text"])
def test_a_look_loads_no_module_and_makes_no_adapter(what: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), what]
    command += [str(tmp_path), str(config.ROOT / "samples")]
    done = subprocess.run(command, cwd=config.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[], 0]
