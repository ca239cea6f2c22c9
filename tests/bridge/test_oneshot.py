"""SadTalker's own program, once per fragment."""

from __future__ import annotations

import json
import time
from pathlib import Path

import psutil
import pytest

from app.engines.face.sadtalker.failures import failure_told_by
from app.engines.face.sadtalker.printed import Printed
from app.errors import (
    Cancelled,
    EngineCrashed,
    EngineStalled,
    EngineUnavailable,
    LectureError,
    MediaError,
    NoFaceError,
    OutOfDeviceMemory,
    SourceImageError,
)
from app.media.probe import probe
from tests.bridge.checkout import Checkout
from tests.bridge.conftest import MakeEngine, MakeSound, StopAfter, animate


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "frames"), [(0.05, 2), (0.84, 21), (0.86, 22), (2.56, 64)])
def test_a_clip_is_as_long_as_its_sound(
    make_engine: MakeEngine, make_sound: MakeSound, tmp_path: Path, seconds: float, frames: int
) -> None:
    shares = animate(make_engine(mode="oneshot"), make_sound(seconds), tmp_path / "clip.mp4")
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) > 10
    clip = probe(tmp_path / "clip.mp4")
    assert (clip.video_codec, clip.audio_codec, clip.frames) == ("h264", "aac", frames)


@pytest.mark.slow
def test_the_checkout_is_only_read(
    make_engine: MakeEngine, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    before = checkout.files()
    engine = make_engine(mode="oneshot")
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    engine.close()
    assert checkout.files() == before
    assert list((tmp_path / "cache").rglob("*.mp4")) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ({"faces": 0}, NoFaceError),
        ({"die_in": "render"}, LectureError),
        ({"silent_in": "render"}, EngineStalled),
        ({"full_device": True}, OutOfDeviceMemory),
    ],
)
def test_its_failures_are_told_and_leave_nothing(
    make_engine: MakeEngine,
    checkout: Checkout,
    make_sound: MakeSound,
    tmp_path: Path,
    *,
    behaviour: dict[str, object],
    error: type[LectureError],
) -> None:
    engine = make_engine(mode="oneshot", stall_seconds=1.5)
    checkout.behave(**behaviour)
    with pytest.raises(error):
        animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()
    assert psutil.Process().children(recursive=True) == []
    checkout.behave()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4")


@pytest.mark.slow
def test_cancelling_ends_the_program_within_a_second(
    make_engine: MakeEngine, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    checkout.behave(frame_seconds=1.0)
    engine = make_engine(mode="oneshot")
    started = time.monotonic()
    with pytest.raises(Cancelled):
        animate(engine, make_sound(4), tmp_path / "clip.mp4", cancel=StopAfter(30))
    # 1.5 s until it is asked, and a second to stop; the whole clip would take 100 s.
    assert time.monotonic() - started < 20
    assert psutil.Process().children(recursive=True) == []


@pytest.mark.slow
def test_every_option_reaches_the_program(
    make_engine: MakeEngine, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    same = {
        "preprocess": "full",
        "still": True,
        "size": 512,
        "expression_scale": 1.5,
        "pose_style": 45,
        "input_yaw": [-20, 20],
        "input_pitch": [-5],
        "input_roll": [3, 4, 5],
        "batch_size": 3,
    }
    engine = make_engine(mode="oneshot", device="cpu", **same)
    animate(engine, make_sound(0.2), tmp_path / "clip.mp4")
    arguments = json.loads(checkout.arguments.read_text(encoding="utf-8"))
    assert same.items() <= arguments.items()
    assert arguments["cpu"] is True


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ("TypeError: exceptions must derive from BaseException", NoFaceError),
        ("    bboxes = bboxes[0]\nIndexError: index 0 is out of bounds", NoFaceError),
        ("RuntimeError: CUDA out of memory. Tried to allocate", OutOfDeviceMemory),
        ("FileNotFoundError: No such file or directory: 'checkpoints/epoch_20.pth'", LectureError),
        ("ModuleNotFoundError: No module named 'kornia'", EngineUnavailable),
        (
            "cv2.error: (-215:Assertion failed) !_src.empty()",
            SourceImageError,
        ),
        ("audioread.exceptions.NoBackendError", MediaError),
    ],
)
def test_error_output_is_understood(errors: str, kind: type[LectureError]) -> None:
    assert isinstance(failure_told_by(f"Traceback\n{errors}"), kind)


def test_unknown_error_output_is_not_guessed_at() -> None:
    assert failure_told_by("Traceback\nZeroDivisionError: division by zero") is None
    assert not isinstance(failure_told_by(""), EngineCrashed)


def test_progress_bars_are_read_across_blocks_and_never_go_back() -> None:
    shares: list[float] = []
    printed = Printed(shares.append)
    printed.take_errors(b"landmark Det::   0%|          | 0/1 [00:00<?, ?it/s]\rlandmark Det:: 10")
    printed.take_errors(b"0%|##########| 1/1 [00:00<00:00,  1.22it/s]\nA warning\n")
    printed.take_errors(b"Face Renderer::  50%|#####     | 19/38 [00:40<00:41,  2.2s/it]\r")
    printed.take_errors(b"Face Renderer::  47%|####      | 18/38 [00:38<00:41,  2.2s/it]\rTypeErr")
    assert shares == sorted(shares) and len(shares) == 3
    assert 0.4 < shares[-1] < 0.5
    assert printed.complaints() == ["A warning", "TypeErr"]
