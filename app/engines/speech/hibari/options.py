"""Settings of ``hibari``."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class HibariOptions(BaseModel):
    """What ``hibari`` can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models_dir: Path
    """Where ``python -m app setup`` put the models."""
    threads: int = Field(1, ge=1, le=64)
    """Processor cores for one fragment."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    length_scale: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks slower; the inverse of ``speed``, and both count."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
