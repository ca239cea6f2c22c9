"""Checkpoints with random weights: everything of the real models but what they learnt.

Small where the networks allow it; the waveform decoder and the speaker encoder of XTTS have a
fixed size, so the folder takes 92 MB.  Made in seconds, kept by nobody.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from TTS.config.shared_configs import BaseAudioConfig
from TTS.encoder.configs.speaker_encoder_config import SpeakerEncoderConfig
from TTS.encoder.utils.generic_utils import setup_encoder_model
from TTS.tts.configs.shared_configs import CharactersConfig
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer
from TTS.tts.models.vits import Vits
from TTS.tts.models.xtts import Xtts, _legacy_safe_globals

_SPECIALS = ("[STOP]", "[UNK]", "[SPACE]", "[START]")
_SCRIPTS = ((0x21, 0x7F), (0xA1, 0x180), (0x430, 0x460), (0x621, 0x653), (0x901, 0x970))
"""Latin with its accents, Cyrillic, Arabic, Devanagari."""

_STOP = 1025


def tiny_xtts(
    folder: Path, *, most_steps: int = 48, ending: float = 1.2, width: int = 64, layers: int = 2
) -> Path:
    """An XTTS folder that babbles.

    Args:
        most_steps: The language model's cap; a step is 46 ms of sound.
        ending: How likely a step is the last; at 1.2 about 1 s is spoken, at -50 always the cap.
        width: Of the language model, 1024 in the published one.
        layers: Of the language model, 30 in the published one.
    """
    config = XttsConfig(
        model_args=XttsArgs(
            gpt_layers=layers,
            gpt_n_model_channels=width,
            gpt_n_heads=4,
            decoder_input_dim=width,
            gpt_max_audio_tokens=most_steps,
            gpt_num_audio_tokens=_STOP + 1,
            gpt_start_audio_token=_STOP - 1,
            gpt_stop_audio_token=_STOP,
            gpt_use_perceiver_resampler=True,
        )
    )
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps(_letters(config.languages)), encoding="utf-8")
    config.save_json(str(folder / "config.json"))
    torch.manual_seed(0)
    model = Xtts(config)
    model.tokenizer = VoiceBpeTokenizer(vocab_file=folder / "vocab.json")
    model.init_models()
    model.gpt.mel_head.bias.data[_STOP] += ending
    torch.save({"model": model.state_dict(), "config": config.to_dict()}, folder / "model.pth")
    return folder


def as_first_released(folder: Path) -> None:
    """Rewrite a checkpoint as the first releases were: the settings in it are an object."""
    path = folder / "model.pth"
    weights = torch.load(path, weights_only=True)
    settings = XttsConfig()
    settings.load_json(folder / "config.json")
    with _legacy_safe_globals():
        torch.save({**weights, "config": settings}, path)


def tiny_yourtts(folder: Path) -> Path:
    """A YourTTS folder, its files named as in the published archive."""
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    _speaker_encoder(folder)
    languages = {"en": 0, "fr-fr": 1, "pt-br": 2}
    (folder / "language_ids.json").write_text(json.dumps(languages), encoding="utf-8")
    speakers = {
        f"clip{number}": {"name": f"speaker{number}", "embedding": torch.randn(512).tolist()}
        for number in range(2)
    }
    (folder / "speakers.json").write_text(json.dumps(speakers), encoding="utf-8")
    config = _vits_config()
    # The published settings name the files of the computer on which it was trained.
    for field in ("d_vector_file", "language_ids_file"):
        config.model_args[field] = str(folder / "speakers.json")
    config.model_args.d_vector_file = [str(folder / "speakers.json")]
    config.model_args.language_ids_file = str(folder / "language_ids.json")
    model = Vits(config)
    torch.save({"model": model.state_dict()}, folder / "model_file.pth")
    settings = config.to_dict()
    elsewhere = "/home/somebody/yourtts"
    settings["model_args"] |= {
        "d_vector_file": [f"{elsewhere}/speakers.json"],
        "language_ids_file": f"{elsewhere}/language_ids.json",
        "speaker_encoder_model_path": f"{elsewhere}/model_se.pth",
        "speaker_encoder_config_path": f"{elsewhere}/config_se.json",
    }
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _letters(languages: list[str]) -> dict[str, Any]:
    """A tokenizer that spells: one token a letter."""
    specials = [*_SPECIALS, *(f"[{language}]" for language in languages)]
    letters = [chr(code) for first, end in _SCRIPTS for code in range(first, end)]
    numbers = {token: number for number, token in enumerate([*specials, *letters])}
    added = [
        {
            "id": numbers[token],
            "content": token,
            "special": True,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
        }
        for token in specials
    ]
    model: dict[str, Any] = {
        "type": "BPE",
        "dropout": None,
        "unk_token": "[UNK]",
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": False,
        "vocab": numbers,
        "merges": [],
    }
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": model,
    }


def _speaker_encoder(folder: Path) -> None:
    config = SpeakerEncoderConfig(
        num_loader_workers=0, num_classes_in_batch=2, num_utter_per_class=2
    )
    config.model_params = {
        "model_name": "resnet",
        "input_dim": 64,
        "use_torch_spec": True,
        "log_input": True,
        "proj_dim": 512,
    }
    audio = config.audio
    audio.sample_rate, audio.num_mels, audio.preemphasis = 16000, 64, 0.97
    audio.fft_size, audio.win_length, audio.hop_length = 512, 400, 160
    encoder = setup_encoder_model(config)
    config.save_json(str(folder / "config_se.json"))
    torch.save({"model": encoder.state_dict(), "criterion": None}, folder / "model_se.pth")


def _vits_config() -> VitsConfig:
    letters = CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters",
        pad="_",
        eos="",
        bos="",
        blank=None,
        characters="abcdefghijklmnopqrstuvwxyzàâãçéèêëíîïóôõúùûü",
        punctuations="!'(),-.:;? ",
        phonemes=None,
    )
    return VitsConfig(
        model_args=VitsArgs(
            hidden_channels=32,
            hidden_channels_ffn_text_encoder=64,
            num_layers_text_encoder=2,
            num_layers_flow=2,
            num_layers_posterior_encoder=2,
            upsample_initial_channel_decoder=64,
            resblock_kernel_sizes_decoder=[3],
            resblock_dilation_sizes_decoder=[[1, 3, 5]],
            use_d_vector_file=True,
            d_vector_dim=512,
            use_language_embedding=True,
            embedded_language_dim=4,
        ),
        audio=BaseAudioConfig(sample_rate=16000),
        characters=letters,
        use_phonemes=False,
        text_cleaner="multilingual_cleaners",
        add_blank=True,
    )
