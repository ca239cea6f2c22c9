from __future__ import annotations

from contextlib import closing
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from app.errors import MediaError
from app.media.ffmpeg import run
from app.media.pictures import pictures_of
from tests.unit.media.conftest import HEIGHT, WIDTH, MakeClip


def test_pictures_are_those_that_another_decoder_gives(make_clip: MakeClip) -> None:
    clip = make_clip("a", 10, at=3)
    with av.open(str(clip.video)) as container:
        theirs = [frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)]
    ours = list(pictures_of(clip.video))
    assert {picture.shape for picture in ours} == {(HEIGHT, WIDTH, 3)}
    assert [picture.mean() > 128 for picture in ours] == [grey > 128 for grey in theirs]
    assert [n for n, picture in enumerate(ours) if picture.mean() > 128] == [3]


def test_colours_stand_in_the_order_red_green_blue(tmp_path: Path) -> None:
    red = ["-f", "lavfi", "-i", "color=red:size=33x17:rate=25:duration=0.2"]
    run([*red, "-c:v", "libx264rgb", str(tmp_path / "red.mp4")], purpose="encoding", timeout=20)
    pictures = list(pictures_of(tmp_path / "red.mp4"))
    assert len(pictures) == 5
    assert pictures[0].shape == (17, 33, 3)
    assert np.abs(pictures[0].reshape(-1, 3).mean(axis=0) - (254, 0, 0)).max() < 3


def test_no_process_is_left_when_the_reader_has_enough(make_clip: MakeClip) -> None:
    clip = make_clip("a", 200, size=(640, 480))
    others = set(psutil.Process().children())
    with closing(pictures_of(clip.video)) as pictures:
        next(pictures)
        assert set(psutil.Process().children()) - others
    assert not set(psutil.Process().children()) - others


@pytest.mark.parametrize(
    "content",
    [b"", b"no video", b"ffconcat version 1.0\nfile a.mp4\n", b"#EXTM3U\n#EXTINF:1,\na.mp4\n"],
    ids=["empty", "text", "script", "playlist"],
)
def test_what_is_no_video_is_an_error_and_opens_no_other(
    tmp_path: Path, make_clip: MakeClip, content: bytes
) -> None:
    make_clip("a")
    (tmp_path / "other.mp4").write_bytes(content)
    with pytest.raises(MediaError, match=r"reading other\.mp4"):
        list(pictures_of(tmp_path / "other.mp4"))
