"""Let coqui-tts fetch weights, once their licence was accepted in so many words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.engines.speech.common.coqui.alone import alone
from app.engines.speech.common.coqui.checkpoint import downloads, folder_of, missing
from app.engines.speech.common.coqui.options import CoquiOptions
from app.errors import CheckpointMissing, EngineUnavailable

_AGREED = "COQUI_TOS_AGREED"
"""With this set to 1 coqui-tts asks no question on the terminal, which a service has none of."""


def weights(options: CoquiOptions) -> Path:
    """The folder of weights, fetched first when the options allow that.

    Raises:
        CheckpointMissing: There are none; the message names the files and the way to get them.
        EngineUnavailable: The download failed.
    """
    folder, files = folder_of(options), options.files
    absent = missing(folder, files)
    if absent and options.checkpoint_dir is None:
        _fetch(options)
        absent = missing(folder, files)
    if absent:
        raise CheckpointMissing(f"weights missing: {absent}")
    return folder


def _fetch(options: CoquiOptions) -> None:
    if not options.accept_licence:
        raise CheckpointMissing(
            "no weights: set checkpoint_dir to their folder, or accept_licence: true to let "
            "coqui-tts fetch them under their non-commercial licence"
        )
    home = downloads(options.models_dir)
    with alone(home), _licence_accepted():
        if missing(folder_of(options), options.files):
            _fetch_into(home, folder_of(options), options.model_name)


def _fetch_into(home: Path, folder: Path, model_name: str) -> None:
    """Fetch what coqui-tts lists under a name.

    What it takes from the Hugging Face hub it would leave in that hub's cache, outside the
    models folder; so the same files are fetched from there straight into the folder.
    """
    from huggingface_hub import snapshot_download
    from TTS.utils.manage import ModelManager

    manager = ModelManager(output_prefix=home, progress_bar=False)
    try:
        kind, language, dataset, model = model_name.split("/")
        item = manager.models_dict[kind][language][dataset][model]
        if "repo_id" in item:
            snapshot_download(item["repo_id"], local_dir=folder, ignore_patterns=item.get("ignore"))
        else:
            # A folder that a killed download left behind would count as complete.
            shutil.rmtree(folder, ignore_errors=True)
            manager.download_model(model_name)
    except (OSError, LookupError, ValueError) as error:
        raise EngineUnavailable(
            f"coqui-tts could not fetch {model_name} into {folder}: {type(error).__name__}"
        ) from error


@contextmanager
def _licence_accepted() -> Iterator[None]:
    before = os.environ.get(_AGREED)
    os.environ[_AGREED] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_AGREED]
        else:
            os.environ[_AGREED] = before
