"""XTTS v2 as coqui-tts 0.28.0 implements it: loaded, and called one piece at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engines.speech.common.coqui.device import (
    Turn,
    chosen_device,
    importable,
    leaves,
    prepare_torch,
    translated,
)
from app.errors import EngineUnavailable

if TYPE_CHECKING:
    import torch

    from app.engines.speech.common.coqui.latents import Latents
    from app.engines.speech.xtts.options import XttsOptions
    from app.ports.sound import Samples
    from app.ports.work import Cancel, Progress

RATE = 24000
"""Hertz, of what it speaks."""

SAMPLE_RATE = 22050
"""Hertz, of the voice sample that it is given."""

STEP_SECONDS = 1024 / 22050
"""Sound that one step of the language model stands for."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one call."""

    samples: Samples
    stopped: bool
    """Whether it was stopped at the longest time or at the model's own cap, mid-speech."""


class XttsModel:
    """The network in memory.

    Raises:
        EngineUnavailable: The weights do not fit, or the device is not there.
    """

    def __init__(self, folder: Path, options: XttsOptions) -> None:
        prepare_torch(options.threads)
        self._options = options
        self._model = _loaded(folder, chosen_device(options.device))
        decoder = self._model.hifigan_decoder
        self._turn = Turn(
            *self._model.gpt.gpt.h,
            *leaves(decoder.waveform_decoder),
            *leaves(decoder.speaker_encoder),
        )
        self._most_steps = int(self._model.gpt.max_gen_mel_tokens)

    @property
    def most_tokens(self) -> int:
        """Length that a text in tokens must stay below."""
        return int(self._model.args.gpt_max_text_tokens)

    def knows(self, language: str) -> bool:
        """Whether the checkpoint was trained on a language, by the model's own name."""
        return language in self._model.config.languages

    def tokens(self, text: str, language: str) -> int:
        """Length of a text as the model counts it."""
        with translated("counting tokens"):
            return len(self._model.tokenizer.encode(text, lang=language))

    def latents(self, samples: Samples) -> dict[str, torch.Tensor]:
        """Latents of a voice sample at 22.05 kHz; about 1 s of one core for 8 s of sound."""
        import torch

        model, config = self._model, self._model.config
        sound = torch.from_numpy(samples.copy()).unsqueeze(0).to(model.device)
        length = self._options.gpt_cond_len
        chunk = min(length, int(config.gpt_cond_chunk_len))
        with self._turn.taken(None), translated("measuring the voice sample"):
            return {
                "speech": model.get_gpt_cond_latents(
                    sound, SAMPLE_RATE, length=length, chunk_length=chunk
                ),
                "speaker": model.get_speaker_embedding(sound, SAMPLE_RATE),
            }

    def say(
        self,
        text: str,
        language: str,
        latents: Latents,
        *,
        seed: int,
        longest: float,
        cancel: Cancel,
        progress: Progress,
    ) -> Said:
        """Speak one piece.

        Args:
            text: Within the limits of the language.
            language: The model's own name.
            latents: Whose voice.
            seed: The same seed gives the same samples.
            longest: Seconds at which to stop whatever it says.
            cancel: Checked before every layer of every step.
            progress: Told after every step, its share of the most there can be.

        Raises:
            EngineError: The model failed.
            Cancelled: The lecture was cancelled meanwhile.
        """
        import torch
        from transformers import StoppingCriteriaList

        options = self._options
        most = min(self._most_steps, 1 + int(longest * options.speed / STEP_SECONDS))
        steps = _Steps(most, cancel, progress)
        with self._turn.taken(cancel), translated("speaking"):
            torch.manual_seed(seed)
            spoken: dict[str, Any] = self._model.inference(
                text,
                language,
                latents.tensors["speech"],
                latents.tensors["speaker"],
                temperature=options.temperature,
                top_k=options.top_k,
                top_p=options.top_p,
                repetition_penalty=options.repetition_penalty,
                length_penalty=options.length_penalty,
                speed=options.speed,
                stopping_criteria=StoppingCriteriaList([steps]),
            )
        return Said(spoken["wav"].reshape(-1), steps.reached)

    def close(self) -> None:
        """Give the memory back."""
        import torch

        del self._model
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


class _Steps:
    """Counts the language model's steps and ends them; called by transformers after each."""

    def __init__(self, most: int, cancel: Cancel, progress: Progress) -> None:
        self._most = most
        self._cancel = cancel
        self._progress = progress
        self._done = 0

    @property
    def reached(self) -> bool:
        return self._done >= self._most

    def __call__(self, ids: torch.Tensor, _scores: Any, **_: Any) -> torch.Tensor:
        import torch

        self._cancel.check()
        self._done += 1
        self._progress(self._done / self._most)
        return torch.full((ids.shape[0],), self.reached, dtype=torch.bool, device=ids.device)


def _loaded(folder: Path, device: str) -> Any:
    """The model of a folder, ready to speak.

    Raises:
        EngineUnavailable: The files are damaged or of another model.
        OutOfDeviceMemory: It does not fit.
    """
    import torch

    with importable():
        from TTS.tts.configs.xtts_config import XttsConfig
        from TTS.tts.models.xtts import Xtts, _legacy_safe_globals

    class ReadOnlyXtts(Xtts):  # type: ignore[misc]  # coqui-tts carries no types here
        """Leaves the checkpoint as it is.

        The class it comes from writes a checkpoint of the first releases anew, in place, which
        fails in a folder that is not writable and breaks the file when two processes do it.
        """

        def _load_checkpoint(self, model_path: Path) -> Any:
            with _legacy_safe_globals():
                read = torch.load(model_path, map_location="cpu", weights_only=True, mmap=True)
            return read["model"]

    config = XttsConfig()
    try:
        config.load_json(folder / "config.json")
        model = ReadOnlyXtts(config)
        model.load_checkpoint(config, checkpoint_dir=folder, eval=True)
    except (OSError, RuntimeError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise EngineUnavailable(
            f"the weights in {folder} cannot be read as XTTS: {type(error).__name__}"
        ) from error
    with translated("loading"):
        return model.to(device)
