"""SadTalker's options, and where its parts lie."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

PYTHON = "3.8"
"""Version of Python that SadTalker's packages are pinned for."""

Preprocess = Literal["crop", "extcrop", "resize", "full", "extfull"]

_Degrees = Annotated[int, Field(ge=-90, le=90)]
_Angles = Annotated[tuple[_Degrees, ...], Field(min_length=1, max_length=1000)]


class SadTalkerOptions(BaseModel):
    """How SadTalker is run, how the clip looks and how it is encoded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Literal["warm", "oneshot"] = "warm"
    """``warm``: models and faces stay in memory; ``oneshot``: SadTalker's own program, once per
    fragment, for checkouts whose insides were changed."""

    sad_talker_dir_path: Path | None = None
    """Folder of the checkout."""
    sad_talker_python_path: Path | None = None
    """Its interpreter; ``venv/bin/python`` in the checkout when not given."""
    sad_talker_inference: Path | None = None
    """Its program; ``inference.py`` in the checkout when not given."""
    checkpoint_dir: Path | None = None
    """Folder of the weights; ``checkpoints`` in the checkout when not given."""
    cache_dir: Path | None = None
    """For analysed faces; a temporary one when not given."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""

    preprocess: Preprocess = "crop"
    """``crop``: the face; ``extcrop``: more around it; ``resize``: the whole picture scaled;
    ``full``, ``extfull``: the face put back into the whole picture, at most 1920 pixels long."""
    still: bool = False
    """Less motion of the head; wanted with ``full``."""
    size: Literal[256, 512] = 256
    """Of the rendered face, pixels; each has weights of its own."""
    expression_scale: float = Field(default=1.0, ge=0.1, le=3.0)
    """Of the mouth's movement."""
    enhancer: Literal["gfpgan", "RestoreFormer"] | None = None
    """Network that sharpens the face, frame by frame; slow."""
    background_enhancer: Literal["realesrgan"] | None = None
    """Network that sharpens the picture around it; only together with ``enhancer``."""
    pose_style: int = Field(default=0, ge=0, le=45)
    """Manner in which the head moves; one of 46 that SadTalker learnt."""
    input_yaw: _Angles | None = None
    """Degrees, through which the head turns over the fragment."""
    input_pitch: _Angles | None = None
    """The same for its nodding."""
    input_roll: _Angles | None = None
    """The same for its tilting."""
    ref_eyeblink: Path | None = None
    """Video whose blinks are taken over."""
    ref_pose: Path | None = None
    """Video whose movement of the head is taken over."""
    rest_frames: int = Field(default=5, ge=0, le=25)
    """Frames in which the face leaves and regains its rest, so that joins are not seen."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """With the sound it decides blinks and poses."""

    device: str = Field(default="auto", pattern=r"^(auto|cpu|cuda(:\d{1,2})?)$")
    """``auto``: the first GPU, else the processor."""
    batch_size: int = Field(default=2, ge=1, le=64)
    """Frames rendered together."""
    load_seconds: float = Field(default=300.0, gt=0)
    """Longest time for the models to load."""
    stall_seconds: float = Field(default=300.0, gt=0)
    """Longest time without a sign of life; a frame takes 5 s on a CPU."""
    recycle_fragments: int = Field(default=500, ge=1)
    """The process is started afresh after as many."""
    recycle_rss_gigabytes: float = Field(default=12.0, gt=0)
    """And when it holds more memory."""

    crf: int = Field(default=18, ge=0, le=35)
    """x264's quality; lower is better and larger."""
    preset: Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"] = (
        "veryfast"
    )
    """Of x264: slower ones make smaller files."""

    @model_validator(mode="after")
    def _check_enhancers(self) -> Self:
        if self.background_enhancer and not self.enhancer:
            raise ValueError("background_enhancer works together with an enhancer only")
        return self

    @property
    def checkout(self) -> Path | None:
        """Folder of the checkout; that of the program when only the program is given."""
        if self.sad_talker_dir_path is not None:
            return self.sad_talker_dir_path.absolute()
        if self.sad_talker_inference is not None:
            return self.sad_talker_inference.absolute().parent
        return None

    @property
    def python(self) -> Path | None:
        """The interpreter, links kept: a virtual environment is known by its link."""
        if self.sad_talker_python_path is not None:
            return self.sad_talker_python_path.absolute()
        return self.checkout / "venv" / "bin" / "python" if self.checkout else None

    @property
    def inference(self) -> Path | None:
        """The program."""
        if self.sad_talker_inference is not None:
            return self.sad_talker_inference.absolute()
        return self.checkout / "inference.py" if self.checkout else None

    @property
    def checkpoints(self) -> Path | None:
        """Folder of SadTalker's own weights."""
        if self.checkpoint_dir is not None:
            return self.checkpoint_dir.absolute()
        return self.checkout / "checkpoints" if self.checkout else None
