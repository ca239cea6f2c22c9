"""Settings of ``kokoro``."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class KokoroOptions(BaseModel):
    """What ``kokoro`` can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models_dir: Path
    """Where ``python -m app setup`` put the models."""
    threads: int = Field(2, ge=1, le=64)
    """Processor cores for one fragment, at most.

    Speech takes twice as long as the pictures to it, so it may have a core that they leave idle.
    The sound is the same, to the sample.
    """
    voice: str | None = None
    """Name of a built-in voice to use whatever the sample, e.g. ``"af_heart"``."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    length_scale: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks slower; the inverse of ``speed``, and both count."""
    cache_dir: Path | None = None
    """Where measurements of voice samples are kept between starts."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
