"""What can go wrong with SadTalker's process, and what the caller sees of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import config
from app.engines.face.sadtalker.engine import SadTalker
from app.errors import (
    Cancelled,
    CheckpointMissing,
    EngineCrashed,
    EngineStalled,
    EngineUnavailable,
    LectureError,
    MediaError,
    NoFaceError,
    OutOfDeviceMemory,
    SeveralFacesError,
    SourceImageError,
    WrongInterpreter,
)
from app.media.probe import probe
from tests.bridge.checkout import Checkout
from tests.bridge.conftest import PORTRAIT, MakeEngine, MakeSound, StopAfter, animate
from tests.process.family import wait_until_gone

pytestmark = pytest.mark.slow

ODD_NAMES = ["$(touch PWNED)", "with space", 'it\'s "quoted"', "Лекция №1", "[a]*?{b};&|", "%d-x"]


def test_a_process_that_dies_is_told_and_the_next_call_starts_another(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    face = engine.prepare(PORTRAIT)
    checkout.behave(die_in="render")
    with pytest.raises(EngineCrashed, match="ended with status 9"):
        animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert not (tmp_path / "clip.mp4").exists()
    checkout.behave()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert (checkout.times("load"), checkout.times("analysis")) == (2, 1)


def test_a_process_that_is_killed_is_told_by_its_signal(
    engine: SadTalker, make_sound: MakeSound, tmp_path: Path
) -> None:
    face = engine.prepare(PORTRAIT)
    bridge().send_signal(signal.SIGKILL)
    bridge_is_gone()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert probe(tmp_path / "clip.mp4").frames == 10


def test_a_cancelled_job_stops_within_a_second_and_the_models_stay(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    face = engine.prepare(PORTRAIT)
    checkout.behave(frame_seconds=0.05)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        animate(engine, make_sound(60), tmp_path / "clip.mp4", face=face, cancel=StopAfter(20))
    # A second is promised; the whole clip would take 75 s.
    assert time.monotonic() - started < 10
    checkout.behave()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert checkout.times("load") == 1


def test_a_job_that_does_not_listen_is_killed_within_a_second(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    face = engine.prepare(PORTRAIT)
    checkout.behave(silent_in="render")
    cancel = StopAfter(10)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face, cancel=cancel)
    # Ten looks, 0.05 s apart, then 0.3 s to stop; by itself it would end after an hour.
    assert time.monotonic() - started < 10
    assert psutil.Process().children(recursive=True) == []
    assert not (tmp_path / "clip.mp4").exists()
    checkout.behave()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert checkout.times("load") == 2


@pytest.mark.parametrize(("faces", "error"), [(0, NoFaceError), (2, SeveralFacesError)])
def test_a_picture_without_one_face_is_refused_and_the_process_lives_on(
    engine: SadTalker, checkout: Checkout, faces: int, error: type[LectureError]
) -> None:
    checkout.behave(faces=faces)
    with pytest.raises(error):
        engine.prepare(PORTRAIT)
    checkout.behave()
    engine.prepare(PORTRAIT)
    assert checkout.times("load") == 1


def test_a_file_that_is_no_picture_is_refused(engine: SadTalker, tmp_path: Path) -> None:
    (tmp_path / "face.png").write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceImageError, match=r"the file is a PDF document"):
        engine.prepare(tmp_path / "face.png")


@pytest.mark.parametrize("mode", ["warm", "oneshot"])
def test_a_missing_file_of_weights_is_named_with_its_place(
    make_engine: MakeEngine, checkout: Checkout, mode: str
) -> None:
    (checkout.folder / "gfpgan" / "weights" / "alignment_WFLW_4HG.pth").write_bytes(b"")
    with pytest.raises(CheckpointMissing, match=r"alignment_WFLW_4HG\.pth .*gfpgan/weights"):
        make_engine(mode=mode)


def test_another_python_is_refused(make_engine: MakeEngine) -> None:
    with pytest.raises(WrongInterpreter, match=r"needs Python 3\.8, its interpreter is 3\.11"):
        make_engine(sad_talker_python_path=sys.executable)


@pytest.mark.parametrize("kind", ["missing", "no program"])
def test_an_interpreter_that_does_not_start_is_told(
    make_engine: MakeEngine, tmp_path: Path, kind: str
) -> None:
    program = tmp_path / "python"
    if kind == "no program":
        program.write_bytes(b"\x7fELF nonsense")
        program.chmod(0o755)
    with pytest.raises(WrongInterpreter, match="python is no program"):
        make_engine(sad_talker_python_path=program)


def test_a_missing_package_is_named(make_engine: MakeEngine, checkout: Checkout) -> None:
    checkout.behave(lacks_module=True)
    with pytest.raises(EngineUnavailable, match="No module named 'kornia'"):
        make_engine()


def test_a_process_that_says_nothing_is_ended(
    make_engine: MakeEngine, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    engine = make_engine(stall_seconds=0.5)
    face = engine.prepare(PORTRAIT)
    checkout.behave(silent_in="render")
    with pytest.raises(EngineStalled, match=r"said nothing for 0\.5 s"):
        animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    assert psutil.Process().children(recursive=True) == []


@pytest.mark.parametrize("mode", ["warm", "oneshot"])
def test_a_full_device_gets_half_the_batch(
    make_engine: MakeEngine, checkout: Checkout, make_sound: MakeSound, tmp_path: Path, mode: str
) -> None:
    checkout.behave(largest_batch=2)
    animate(make_engine(mode=mode, batch_size=4), make_sound(0.4), tmp_path / "clip.mp4")
    assert probe(tmp_path / "clip.mp4").frames == 10


@pytest.mark.parametrize("mode", ["warm", "oneshot"])
@pytest.mark.parametrize("batch_size", [1, 4])
def test_a_device_that_is_still_full_then_is_told(
    make_engine: MakeEngine,
    checkout: Checkout,
    make_sound: MakeSound,
    tmp_path: Path,
    *,
    mode: str,
    batch_size: int,
) -> None:
    checkout.behave(largest_batch=0)
    engine = make_engine(mode=mode, batch_size=batch_size)
    with pytest.raises(OutOfDeviceMemory):
        animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()


@pytest.mark.parametrize("mode", ["warm", "oneshot"])
@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_name_of_a_file_is_read_by_a_shell(
    make_engine: MakeEngine,
    checkout: Checkout,
    make_sound: MakeSound,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / name
    moved = checkout.folder.rename(folder)
    picture, target = folder / f"{name}.jpg", folder / f"{name}.mp4"
    shutil.copyfile(PORTRAIT, picture)
    engine = make_engine(mode=mode, sad_talker_dir_path=moved, cache_dir=tmp_path / f"c {name}")
    sound = make_sound(0.4, f"{name}/{name}.wav")
    animate(engine, sound, target, face=engine.prepare(picture))
    assert probe(target).frames == 10
    engine.close()
    assert list(tmp_path.rglob("PWNED")) == []


def test_a_clip_that_cannot_be_written_does_not_end_the_process(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    with pytest.raises(MediaError):
        animate(engine, make_sound(2), tmp_path / "absent" / "clip.mp4")
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    assert checkout.times("load") == 1


def test_closing_ends_also_what_the_model_started(
    make_engine: MakeEngine, checkout: Checkout
) -> None:
    checkout.behave(has_child=True)
    engine = make_engine()
    family = psutil.Process().children(recursive=True)
    assert len(family) == 3
    engine.close()
    assert all(not process.is_running() for process in family)


HOST = """
import sys
from pathlib import Path
from tests.bridge.conftest import PORTRAIT, animate
from app.engines.face.sadtalker.engine import SadTalker
from app.engines.face.sadtalker.options import SadTalkerOptions
mode, checkout, cache, sound = sys.argv[1:]
engine = SadTalker(SadTalkerOptions(mode=mode, sad_talker_dir_path=checkout, cache_dir=cache))
engine.load()
animate(engine, Path(sound), Path(cache) / "clip.mp4")
"""


@pytest.mark.parametrize("mode", ["warm", "oneshot"])
def test_no_process_outlives_its_host_even_in_the_middle_of_a_job(
    checkout: Checkout, make_sound: MakeSound, tmp_path: Path, mode: str
) -> None:
    checkout.behave(has_child=True, silent_in="render")
    arguments: list[str | Path] = [mode, checkout.folder, tmp_path / "cache", make_sound(0.4)]
    host = subprocess.Popen([sys.executable, "-c", HOST, *arguments], cwd=config.ROOT)
    try:
        wait_until(lambda: checkout.times("render") == 1, host)
        family = psutil.Process(host.pid).children(recursive=True)
        assert any("python3.8" in Path(process.exe()).name for process in family)
    finally:
        host.kill()
        host.wait()
    wait_until_gone(family)


def bridge() -> psutil.Process:
    """The Python 3.8 process, below its reaper."""
    (found,) = (
        process
        for process in psutil.Process().children(recursive=True)
        if "--checkout" in process.cmdline() and "reaper.py" not in str(process.cmdline())
    )
    return found


def bridge_is_gone() -> None:
    deadline = time.monotonic() + 5
    while psutil.Process().children(recursive=True) and time.monotonic() < deadline:
        for child in psutil.Process().children():
            if child.status() == psutil.STATUS_ZOMBIE:
                return
        time.sleep(0.02)


def wait_until(reached: object, host: subprocess.Popen[bytes]) -> None:
    assert callable(reached)
    deadline = time.monotonic() + 30
    while not reached():
        assert host.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
