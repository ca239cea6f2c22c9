"""Settings that every engine has which runs a model of coqui-tts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field


class CoquiOptions(BaseModel):
    """What engines that run a model of coqui-tts can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    engine: ClassVar[str]
    """Name of the engine, by which it is set up."""
    files: ClassVar[Mapping[str, Sequence[str]]]
    """Names under which each file of weights may be found, by what it is; those of the published
    archives."""

    models_dir: Path
    """Downloads of coqui-tts go below ``coqui`` in it."""
    cache_dir: Path | None = None
    """Where speaker latents are kept between starts."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
    model_name: str
    """What coqui-tts fetches when ``checkpoint_dir`` is not set."""
    checkpoint_dir: Path | None = None
    """Folder of the weights; nothing is ever downloaded when it is set."""
    accept_licence: bool = False
    """You have read the licence of the weights and accept it: coqui-tts may fetch them."""
    device: Literal["auto", "cuda", "mps", "cpu"] = "auto"
    """``auto``: the first of the others that is there."""
    threads: int | None = Field(None, ge=1, le=256)
    """Processor cores for one fragment; torch decides when not given."""
    seed: int = Field(0, ge=0, lt=2**32)
    """Another one gives another delivery of the same text."""
    speed: float = Field(1.0, ge=0.5, le=2.0)
    """Above 1 speaks faster."""
    word_times: Literal["auto", "whisper", "proportional"] = "auto"
    """Heard in the sound, or shared out by letters; ``auto``: heard where Whisper is installed."""
    max_ref_seconds: int = Field(30, ge=3, le=120)
    """Seconds of the best passage of the voice sample, which has at most 30, that are used."""
