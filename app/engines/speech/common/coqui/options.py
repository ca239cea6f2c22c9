"""Settings of the coqui engines, without a model's framework."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class CoquiOptions(BaseModel):
    """What both engines can be told."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    models_dir: Path
    """Downloads of coqui-tts go below ``coqui`` in it."""
    cache_dir: Path | None = None
    """Where speaker latents are kept between starts."""
    ffmpeg: Path | None = None
    """The program; found as the media tools find it when not given."""
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
    """Seconds of the voice sample that are read at all."""


class XttsOptions(CoquiOptions):
    """Settings of ``xtts``; the defaults of sampling are those that XTTS v2 is published with."""

    model_name: str = "tts_models/multilingual/multi-dataset/xtts_v2"
    """What coqui-tts fetches when ``checkpoint_dir`` is not set; under the CPML, non-commercial."""
    temperature: float = Field(0.75, gt=0.0, le=2.0)
    """Lower is steadier and flatter."""
    top_k: int = Field(50, ge=1, le=1024)
    top_p: float = Field(0.85, gt=0.0, le=1.0)
    repetition_penalty: float = Field(5.0, ge=1.0, le=20.0)
    """Higher stutters less."""
    length_penalty: float = Field(1.0, ge=0.1, le=10.0)
    """Handed on; transformers heeds it in a search with beams only, which is not used here."""
    retries: int = Field(2, ge=0, le=2)
    """How often a phrase of an impossible length is said again with another seed."""
    gpt_cond_len: int = Field(30, ge=3, le=60)
    """Seconds of the voice sample that shape the delivery."""


class YourTtsOptions(CoquiOptions):
    """Settings of ``yourtts``."""

    model_name: str = "tts_models/multilingual/multi-dataset/your_tts"
    """What coqui-tts fetches when ``checkpoint_dir`` is not set; CC BY-NC-ND, non-commercial."""
