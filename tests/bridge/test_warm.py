"""SadTalker kept warm: one process, many fragments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from PIL import Image

from app.engines.face.sadtalker.engine import SadTalker
from app.errors import EngineError, EngineUnavailable
from app.media.probe import probe
from tests.bridge.checkout import Checkout
from tests.bridge.conftest import PORTRAIT, GoOn, MakeEngine, MakeSound, animate

pytestmark = pytest.mark.slow


def test_two_fragments_share_one_process_and_one_analysis(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    for number in (1, 2):
        sound = make_sound(1.28, pitch=100.0 * number)
        shares = animate(engine, sound, tmp_path / f"{number}.mp4")
        assert shares == sorted(shares) and shares[-1] == 1.0
        clip = probe(tmp_path / f"{number}.mp4")
        assert (clip.video_codec, clip.audio_codec, clip.frames) == ("h264", "aac", 32)
    assert (checkout.times("load"), checkout.times("analysis")) == (1, 1)


def test_lectures_that_show_faces_differently_share_the_models(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    sound = make_sound(0.96)
    animate(engine, sound, tmp_path / "crop.mp4")
    assert engine.adapt(engine._options.model_copy(update={"preprocess": "full", "still": True}))
    animate(engine, sound, tmp_path / "full.mp4")
    assert probe(tmp_path / "full.mp4").width != probe(tmp_path / "crop.mp4").width
    assert (checkout.times("load"), checkout.times("analysis")) == (1, 2)


def test_models_of_another_size_are_no_matter_of_adapting(engine: SadTalker) -> None:
    assert not engine.adapt(engine._options.model_copy(update={"size": 512}))
    assert engine._options.size == 256


def test_a_face_is_analysed_once_however_many_engines_there_are(
    make_engine: MakeEngine, checkout: Checkout
) -> None:
    for _ in range(2):
        make_engine().prepare(PORTRAIT)
    assert checkout.times("analysis") == 1


def test_two_engines_that_meet_at_a_face_analyse_it_once(
    make_engine: MakeEngine, checkout: Checkout
) -> None:
    checkout.behave(analysis_seconds=0.5)
    engines = [make_engine(), make_engine()]
    with ThreadPoolExecutor() as threads:
        first, second = threads.map(lambda engine: engine.prepare(PORTRAIT), engines)
    assert first == second
    assert checkout.times("analysis") == 1


@pytest.mark.parametrize(("seconds", "frames"), [(0.05, 2), (0.84, 21), (0.86, 22), (60.0, 1500)])
def test_a_clip_is_as_long_as_its_sound_however_short_or_long(
    engine: SadTalker, make_sound: MakeSound, tmp_path: Path, seconds: float, frames: int
) -> None:
    animate(engine, make_sound(seconds), tmp_path / "clip.mp4")
    assert probe(tmp_path / "clip.mp4").frames == frames


def test_every_frame_arrives_in_its_place(
    engine: SadTalker, make_sound: MakeSound, tmp_path: Path
) -> None:
    animate(engine, make_sound(1.28), tmp_path / "clip.mp4")
    for index, frame in enumerate(frames_of(tmp_path / "clip.mp4")):
        assert frame.shape == (256, 256, 3)
        # The bar of the stand-in; the encoder blurs its edges a little.
        bar = frame[:, index * 8 % 240 :][:, 4:12]
        assert bar.min() > 200
        assert (frame > 200).all(axis=2).mean() == pytest.approx(16 / 256, abs=0.02)


def test_the_clip_has_the_original_sound(
    engine: SadTalker, make_sound: MakeSound, tmp_path: Path
) -> None:
    animate(engine, make_sound(1.28, pitch=9000.0), tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as container:
        blocks = [block.to_ndarray()[0] for block in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    spectrum = np.abs(np.fft.rfft(np.concatenate(blocks)))
    loudest = float(np.argmax(spectrum)) * rate / (2 * len(spectrum))
    # The model's own 16 kHz would have lost this tone.
    assert (rate, round(loudest, -2)) == (48000, 9000)


def test_the_same_sound_and_seed_give_the_same_bytes(
    make_engine: MakeEngine, make_sound: MakeSound, tmp_path: Path
) -> None:
    clips = []
    for number, seed in enumerate((1, 1, 2)):
        animate(make_engine(seed=seed), make_sound(0.4), tmp_path / f"{number}.mp4")
        clips.append((tmp_path / f"{number}.mp4").read_bytes())
    assert clips[0] == clips[1] != clips[2]


def test_frames_of_odd_size_lose_a_row_and_a_column(
    make_engine: MakeEngine, make_sound: MakeSound, tmp_path: Path
) -> None:
    Image.new("RGB", (301, 203), (90, 80, 70)).save(tmp_path / "odd.png")
    engine = make_engine(preprocess="full")
    face = engine.prepare(tmp_path / "odd.png")
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4", face=face)
    clip = probe(tmp_path / "clip.mp4")
    assert (clip.width, clip.height, clip.frames) == (300, 202, 10)


def test_the_checkout_is_only_read(
    engine: SadTalker, checkout: Checkout, make_sound: MakeSound, tmp_path: Path
) -> None:
    before = checkout.files()
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    engine.close()
    assert checkout.files() == before


def test_a_closed_engine_leaves_only_its_cache(
    engine: SadTalker, make_sound: MakeSound, tmp_path: Path
) -> None:
    animate(engine, make_sound(0.4), tmp_path / "clip.mp4")
    work = tmp_path / "cache" / "sadtalker" / "work"
    assert [path.name for held in work.glob("engine-*") for path in held.glob("job-*")] == []
    engine.close()
    assert list(work.glob("engine-*")) == []


def test_what_a_dead_engine_left_is_removed_and_what_a_living_one_uses_is_not(
    make_engine: MakeEngine, tmp_path: Path
) -> None:
    work = tmp_path / "cache" / "sadtalker" / "work"
    dead = work / "engine-dead"
    dead.mkdir(parents=True)
    (dead / ".held").touch()
    make_engine()
    make_engine()
    assert not dead.exists()
    assert len(list(work.glob("engine-*"))) == 2


def test_an_engine_that_cannot_be_loaded_leaves_nothing(
    make_engine: MakeEngine, tmp_path: Path
) -> None:
    with pytest.raises(EngineUnavailable, match="no ffmpeg program"):
        make_engine(ffmpeg=tmp_path / "absent")
    assert list((tmp_path / "cache" / "sadtalker" / "work").glob("engine-*")) == []


@pytest.mark.parametrize(
    ("options", "loads"), [({"recycle_fragments": 2}, 2), ({"recycle_rss_gigabytes": 0.001}, 3)]
)
def test_a_process_that_served_long_or_grew_large_is_started_afresh(
    make_engine: MakeEngine,
    checkout: Checkout,
    make_sound: MakeSound,
    tmp_path: Path,
    *,
    options: dict[str, float],
    loads: int,
) -> None:
    engine = make_engine(**options)
    for number in range(3):
        animate(engine, make_sound(0.2), tmp_path / f"{number}.mp4")
    assert checkout.times("load") == loads


def test_the_model_learns_no_settings_of_the_service(
    make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIDEOLECTURE_JOBS__DATABASE_URL", "postgresql://user:secret@host/db")
    make_engine()
    for process in psutil.Process().children(recursive=True):
        assert "secret" not in str(process.environ())


def test_reference_videos_come_at_25_frames_per_second(
    make_engine: MakeEngine, make_sound: MakeSound, tmp_path: Path
) -> None:
    reference = tmp_path / "reference.mp4"
    with av.open(str(reference), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        for _ in range(30):
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    engine = make_engine(ref_pose=reference, ref_eyeblink=reference)
    animate(engine, make_sound(0.2), tmp_path / "clip.mp4")
    (kept,) = (tmp_path / "cache" / "sadtalker" / "references").glob("*.mp4")
    assert probe(kept).frame_rate == 25.0
    assert probe(kept).video_duration == pytest.approx(1.0, abs=0.1)


def test_a_face_of_another_engine_is_refused(engine: SadTalker, make_sound: MakeSound) -> None:
    with pytest.raises(EngineError, match="cannot animate a str"):
        engine.animate(
            "face", make_sound(0.2), (), Path("/x.mp4"), cancel=GoOn(), progress=lambda _: None
        )


def frames_of(video: Path) -> list[np.ndarray]:
    with av.open(str(video)) as container:
        return [picture.to_ndarray(format="rgb24") for picture in container.decode(video=0)]
