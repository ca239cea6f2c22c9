"""Settings of ``xtts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import Field

from app.engines.speech.common.coqui.options import CoquiOptions


class XttsOptions(CoquiOptions):
    """What ``xtts`` can be told; the defaults of sampling are those XTTS v2 is published with."""

    engine: ClassVar[str] = "xtts"
    files: ClassVar[Mapping[str, Sequence[str]]] = {
        "settings": ("config.json",),
        "weights": ("model.pth",),
        "tokens": ("vocab.json",),
    }

    model_name: str = "tts_models/multilingual/multi-dataset/xtts_v2"
    """What coqui-tts fetches when ``checkpoint_dir`` is not set; under the CPML, non-commercial."""
    temperature: float = Field(0.75, gt=0.0, le=2.0)
    """Lower is steadier and flatter."""
    top_k: int = Field(50, ge=1, le=1024)
    """Tokens that are drawn from at each step, at most."""
    top_p: float = Field(0.85, gt=0.0, le=1.0)
    """Share of the probability that they make up, at most."""
    repetition_penalty: float = Field(5.0, ge=1.0, le=20.0)
    """Higher stutters less."""
    length_penalty: float = Field(1.0, ge=0.1, le=10.0)
    """Handed on; transformers heeds it in a search with beams only, which is not used here."""
    retries: int = Field(2, ge=0, le=2)
    """How often a phrase of an impossible length is said again with another seed."""
    gpt_cond_len: int = Field(30, ge=3, le=60)
    """Seconds of the voice sample that shape the delivery."""
