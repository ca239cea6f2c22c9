"""Folders of weights: what belongs into them, which model they hold, where downloads go.

Nothing here imports a model's framework.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.engines.speech.common.coqui.options import CoquiOptions

_ENDS_BYTES = 1 << 20


def folder_of(options: CoquiOptions) -> Path:
    """Where the weights lie, or will after the download."""
    if options.checkpoint_dir is not None:
        return options.checkpoint_dir
    return downloads(options.models_dir) / "tts" / options.model_name.replace("/", "--")


def downloads(models_dir: Path) -> Path:
    """What coqui-tts would call ``TTS_HOME``."""
    return models_dir / "coqui"


def missing(folder: Path, files: Mapping[str, Sequence[str]]) -> str:
    """What a folder of weights lacks, and under which name; empty when it is complete."""
    if not folder.is_dir():
        return f"no folder {folder}"
    absent = [
        f"{' or '.join(names)} ({what})"
        for what, names in files.items()
        if not any((folder / name).is_file() for name in names)
    ]
    return f"{folder} lacks {', '.join(absent)}" if absent else ""


def found(folder: Path, names: Sequence[str]) -> Path:
    """The first of the names that is a file in the folder."""
    return next(folder / name for name in names if (folder / name).is_file())


def digest(*files: Path) -> str:
    """What tells one set of weights from another, without reading gigabytes.

    Of each file its size and its first and last MiB, which is all of a small one; the tensors
    of a checkpoint are in between, but its table, with a checksum of each, is at the end.
    """
    known = hashlib.sha256()
    for path in files:
        size = path.stat().st_size
        known.update(str(size).encode())
        with path.open("rb") as stream:
            known.update(stream.read(_ENDS_BYTES))
            stream.seek(max(0, size - _ENDS_BYTES))
            known.update(stream.read())
    return known.hexdigest()
