"""Settings of ``yourtts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from app.engines.speech.common.coqui.options import CoquiOptions


class YourTtsOptions(CoquiOptions):
    """What ``yourtts`` can be told."""

    engine: ClassVar[str] = "yourtts"
    files: ClassVar[Mapping[str, Sequence[str]]] = {
        "settings": ("config.json",),
        "weights": ("model_file.pth", "model.pth"),
        "speaker encoder": ("model_se.pth", "model_se.pth.tar"),
        "settings of the speaker encoder": ("config_se.json",),
        "languages": ("language_ids.json",),
        "speakers": ("speakers.json", "speakers.pth"),
    }

    model_name: str = "tts_models/multilingual/multi-dataset/your_tts"
    """What coqui-tts fetches when ``checkpoint_dir`` is not set; CC BY-NC-ND, non-commercial."""
