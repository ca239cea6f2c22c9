"""What can be chosen; known without the engine, so that a request is checked at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Preprocess = Literal["crop", "full", "resize"]
Motion = Literal["calm", "lively", "still"]


class MeshWarpOptions(BaseModel):
    """How the clip looks and how it is encoded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    preprocess: Preprocess = "crop"
    """``crop``: a square around head and shoulders; ``full``: the whole picture at its own
    size, at most 1920 pixels; ``resize``: the whole picture scaled to ``size``."""
    still: bool = False
    """Keep the head nearly where it is, whatever ``motion`` says."""
    motion: Motion = "calm"
    """How the head moves with the speech: ``calm`` as a lecturer, ``lively`` as an entertainer,
    ``still`` hardly at all."""
    size: Literal[256, 512, 1080] = 512
    """Pixels of the clip's longer side; ``full`` ignores it."""
    expression_scale: float = Field(default=1.0, ge=0.5, le=1.5)
    """Of the mouth's movement."""
    blink: bool = True
    """Whether the eyes are closed now and then."""
    head_motion: float = Field(default=1.0, ge=0.0, le=1.5)
    """Scale of the head's own movement."""
    crf: int = Field(default=18, ge=0, le=35)
    """x264's quality; lower is better and larger."""
    preset: Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"] = (
        "veryfast"
    )
    """Of x264: slower ones make smaller files."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
