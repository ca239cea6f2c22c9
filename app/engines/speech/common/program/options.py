"""Settings that every engine has which is a program of the system."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class ProgramOptions(BaseModel):
    """What every engine that is a program can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    program: Path | None = None
    """The program; found on PATH when not given."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    cache_dir: Path | None = None
    """Where measurements of voice samples are kept between starts."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
