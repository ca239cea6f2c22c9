"""YourTTS as coqui-tts 0.28.0 implements it: a VITS with a speaker encoder of its own."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import soundfile

from app.engines.speech.common.coqui.checkpoint import found
from app.engines.speech.common.coqui.device import (
    Turn,
    chosen_device,
    importable,
    leaves,
    prepare_torch,
    translated,
)
from app.engines.speech.yourtts.options import YourTtsOptions
from app.errors import EngineUnavailable

if TYPE_CHECKING:
    import torch

    from app.engines.speech.common.coqui.latents import Latents
    from app.ports.sound import Samples
    from app.ports.work import Cancel

SAMPLE_RATE = 16000
"""Hertz, of the voice sample that it is given."""


class YourTtsModel:
    """The network in memory.

    Raises:
        EngineUnavailable: The weights do not fit, or the device is not there.
    """

    def __init__(self, folder: Path, options: YourTtsOptions) -> None:
        prepare_torch(options.threads)
        self._device = chosen_device(options.device)
        with translated("loading"):
            self._model = _loaded(folder).to(self._device)
        self._model.length_scale = 1.0 / options.speed
        self._turn = Turn(*leaves(self._model))

    @property
    def rate(self) -> int:
        """Hertz, of what it speaks; 16000 in the published model."""
        return int(self._model.config.audio.sample_rate)

    def knows(self, language: str) -> bool:
        """Whether the checkpoint was trained on a language, by the model's own name."""
        return language in self._model.language_manager.name_to_id

    def latents(self, samples: Samples) -> dict[str, torch.Tensor]:
        """Speaker embedding of a voice sample at 16 kHz."""
        import torch

        manager = self._model.speaker_manager
        # The encoder's own reader applies the level and trimming that it was trained with.
        with (
            tempfile.NamedTemporaryFile(suffix=".wav") as file,
            self._turn.taken(None),
            translated("measuring the voice sample"),
        ):
            soundfile.write(file.name, samples, SAMPLE_RATE, subtype="FLOAT")
            sound = manager.encoder_ap.load_wav(file.name, sr=manager.encoder_ap.sample_rate)
            if not manager.encoder_config.model_params.get("use_torch_spec", False):
                sound = manager.encoder_ap.melspectrogram(sound)
            heard = torch.from_numpy(sound).unsqueeze(0).to(self._device)
            return {"speaker": manager.encoder.compute_embedding(heard)}

    def say(
        self, text: str, language: str, latents: Latents, *, seed: int, cancel: Cancel
    ) -> Samples:
        """Speak one piece.

        Args:
            text: Letters that the model does not know are left out by it.
            language: The model's own name.
            latents: Whose voice.
            seed: The same seed gives the same samples.
            cancel: Checked before every layer.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """
        import torch

        model = self._model
        with self._turn.taken(cancel), translated("speaking"), torch.inference_mode():
            torch.manual_seed(seed)
            letters = model.tokenizer.text_to_ids(text, language=language)
            spoken = model.inference(
                torch.tensor([letters], device=self._device),
                aux_input={
                    "x_lengths": torch.tensor([len(letters)], device=self._device),
                    "d_vectors": latents.tensors["speaker"].to(self._device),
                    "speaker_ids": None,
                    "language_ids": torch.tensor(
                        [model.language_manager.name_to_id[language]], device=self._device
                    ),
                },
            )
            samples: Samples = spoken["model_outputs"].float().cpu().numpy().reshape(-1)
        return samples

    def close(self) -> None:
        """Give the memory back."""
        import torch

        del self._model
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _loaded(folder: Path) -> Any:
    """The model of a folder, its parts taken from there whatever its settings say.

    Raises:
        EngineUnavailable: The files are damaged or of another model.
    """
    with importable():
        from TTS.tts.configs.vits_config import VitsConfig
        from TTS.tts.models.vits import Vits

    parts = {what: found(folder, names) for what, names in YourTtsOptions.files.items()}
    try:
        settings = json.loads(parts["settings"].read_text(encoding="utf-8"))
        settings["model_args"] |= {
            "d_vector_file": [str(parts["speakers"])],
            "language_ids_file": str(parts["languages"]),
            "speaker_encoder_model_path": str(parts["speaker encoder"]),
            "speaker_encoder_config_path": str(parts["settings of the speaker encoder"]),
            "use_speaker_encoder_as_loss": False,
        }
        config = VitsConfig()
        config.from_dict(settings)
        model = Vits(config)
        model.load_checkpoint(config, parts["weights"], eval=True)
    except (OSError, RuntimeError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise EngineUnavailable(
            f"the weights in {folder} cannot be read as YourTTS: {type(error).__name__}"
        ) from error
    return model
