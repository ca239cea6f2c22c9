"""The command line."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import config
from app.media.probe import probe
from tests.e2e.conftest import SAMPLES, environment_of

pytestmark = pytest.mark.slow


def command(place: Path, text: str, *more: str) -> list[str]:
    (place / "lecture.txt").write_text(text, encoding="utf-8")
    return [
        sys.executable, "-m", "app", "render", "--id", "7", "--size", "256",
        "--face", str(SAMPLES / "lecturer-man.jpg"), "--voice", str(SAMPLES / "voice.wav"),
        "--text", str(place / "lecture.txt"), "--out", str(place / "out"), *more,
    ]  # fmt: skip


def run(place: Path, models: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        cwd=config.ROOT,
        env=environment_of(place, models),
        capture_output=True,
        text=True,
        check=False,
    )


def test_render_prints_the_mapping_and_makes_the_lecture(tmp_path: Path, models: Path) -> None:
    done = run(tmp_path, models, *command(tmp_path, "Hello there._;Goodbye.", "--speech", "hibari"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[1], [2]]
    assert probe(tmp_path / "out" / "final" / "lecture_7.mp4").width == 256


def test_render_tells_the_callers_mistake(tmp_path: Path, models: Path) -> None:
    done = run(tmp_path, models, *command(tmp_path, "Hello.", "--speech", "parrot"))
    assert done.returncode == 2
    assert "unknown speech_engine 'parrot'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_render_tells_that_an_engine_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, tmp_path / "nowhere", *command(tmp_path, "Hello there."))
    assert done.returncode == 3
    assert "engine_unavailable" in done.stderr and "python -m app setup" in done.stderr


def test_render_needs_no_roots_and_shows_the_whole_picture(tmp_path: Path, models: Path) -> None:
    (tmp_path / "face.jpg").write_bytes((SAMPLES / "lecturer-man.jpg").read_bytes())
    words = command(tmp_path, "Hello there.", "--speech", "hibari", "--preprocess", "full")
    words[words.index("--face") + 1] = str(tmp_path / "face.jpg")
    environment = environment_of(tmp_path, models) | {"VIDEOLECTURE_PATHS__ROOTS": "[]"}
    done = subprocess.run(
        words, cwd=config.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert probe(tmp_path / "out" / "final" / "lecture_7.mp4").width == 1024


def test_an_interrupted_render_is_cancelled_and_goes_on_later(tmp_path: Path, models: Path) -> None:
    words = command(tmp_path, "Every packet carries a number. " * 20, "--speech", "hibari")
    with subprocess.Popen(
        words,
        cwd=config.ROOT,
        env=environment_of(tmp_path, models),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("out/audio_fragments/*.wav")):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob("out/audio_fragments/*.wav")}
    again = run(tmp_path, models, *words)
    assert again.returncode == 0, again.stderr
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_up_says_that_its_port_is_taken(tmp_path: Path, models: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run(tmp_path, models, sys.executable, "-m", "app", "up", "--port", port)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr


def test_what_the_service_keeps_is_private(tmp_path: Path, models: Path) -> None:
    done = run(tmp_path, models, *command(tmp_path, "Hello there.", "--speech", "hibari"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_engines_lists_what_is_here(tmp_path: Path, models: Path) -> None:
    done = run(tmp_path, models, sys.executable, "-m", "app", "engines", "--json")
    found = {row["name"]: row for row in json.loads(done.stdout)}
    assert found["kokoro"]["available"] and "ru" in found["kokoro"]["languages"]
    assert found["meshwarp"]["kind"] == "face"


def test_engines_says_what_an_engine_lacks(tmp_path: Path) -> None:
    done = run(tmp_path, tmp_path / "nowhere", sys.executable, "-m", "app", "engines", "--json")
    found = {row["name"]: row for row in json.loads(done.stdout)}
    assert not found["kokoro"]["available"]
    assert "python -m app setup" in found["kokoro"]["lacks"]


def test_the_doctor_finds_this_installation_well(tmp_path: Path, models: Path) -> None:
    for folder in ("data", "logs"):
        (tmp_path / folder).mkdir()
    # Not the samples: whoever runs the tests may own no part of the checkout.
    roots = json.dumps([str(tmp_path)])
    done = subprocess.run(
        [sys.executable, "-m", "app", "doctor"],
        cwd=config.ROOT,
        env=environment_of(tmp_path, models) | {"VIDEOLECTURE_PATHS__ROOTS": roots},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "FAIL" not in done.stdout


def test_the_doctor_finds_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, tmp_path / "nowhere", sys.executable, "-m", "app", "doctor")
    assert done.returncode == 3
    assert "FAIL  speech engine kokoro" in done.stdout


def test_the_doctor_tells_of_a_database_that_does_not_answer_without_its_password(
    tmp_path: Path, models: Path
) -> None:
    url = "postgresql+psycopg://videolecture:secret@127.0.0.1:1/videolecture"
    environment = environment_of(tmp_path, models) | {"VIDEOLECTURE_JOBS__DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "app", "doctor"],
        cwd=config.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "FAIL  job store: cannot open the job store postgresql" in done.stdout
    assert "secret" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SAD_TALKER_DIR_PATH", "nowhere", "SAD_TALKER_DIR_PATH is no folder"),
        ("SAD_TALKER_PYTHON_PATH", sys.executable, "must be Python 3.8"),
        ("VIDEOLECTURE_MEDIA__FFMPEG", "nowhere", "no ffmpeg program at nowhere"),
        ("UNRELATED", "", "put it into"),
    ],
)
def test_the_doctor_examines_sadtalker_too_and_says_what_to_do(
    tmp_path: Path, models: Path, variable: str, value: str, said: str
) -> None:
    checkout = tmp_path / "SadTalker"
    (checkout / "src").mkdir(parents=True)
    (checkout / "inference.py").touch()
    environment = environment_of(tmp_path, models)
    environment |= {"SAD_TALKER_DIR_PATH": str(checkout), variable: value}
    done = subprocess.run(
        [sys.executable, "-m", "app", "doctor", "--engine", "sadtalker"],
        cwd=config.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert said in done.stdout and "Traceback" not in done.stderr
    assert not (checkout / "checkpoints").exists()
