"""What SadTalker lacks here, found out without starting it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.engines.card import Finding
from app.engines.face.sadtalker.options import PYTHON, SadTalkerOptions
from app.errors import EngineUnavailable
from app.media.ffmpeg import locate

_ASK_SECONDS = 20.0
_IMPORT_SECONDS = 180.0

_ENHANCERS = {"gfpgan": "GFPGANv1.4.pth", "RestoreFormer": "RestoreFormer.pth"}
_FACE_MODELS = ("alignment_WFLW_4HG.pth", "detection_Resnet50_Final.pth")
_PARSER = "parsing_parsenet.pth"
_BACKGROUND = "RealESRGAN_x2plus.pth"


def lacks(options: SadTalkerOptions) -> str:
    """Why SadTalker cannot run here and what to do; empty when it can.

    Files are looked at, and the interpreter is asked for its version once; under 0.1 s.
    """
    return (
        _lacks_checkout(options)
        or _lacks_python(options)
        or lacks_files(options)
        or _lacks_ffmpeg(options)
    )


def report(options: SadTalkerOptions) -> Iterator[Finding]:
    """What an administrator wants to know, in the order in which things are set up.

    Ends at the first thing without which the next cannot be looked at.  The other
    interpreter is started and imports SadTalker's modules, which takes seconds.
    """
    if fault := _lacks_checkout(options):
        yield Finding("checkout", ok=False, says=fault)
        return
    yield Finding("checkout", ok=True, says=str(options.checkout))
    fault = _lacks_python(options)
    yield Finding("interpreter", ok=not fault, says=fault or f"{options.python} is {PYTHON}")
    yield from map(_examined_weights, weights(options))
    lacking = _lacks_ffmpeg(options)
    yield Finding("ffmpeg", ok=not lacking, says=lacking or str(locate(options.ffmpeg)))
    if not fault:
        yield from _examined_packages(options)


def weights(options: SadTalkerOptions) -> list[Path]:
    """The files that the options need, in the places where they belong."""
    if options.checkout is None or options.checkpoints is None:
        return []
    mapping = "mapping_00109" if "full" in options.preprocess else "mapping_00229"
    found = [
        options.checkpoints / f"SadTalker_V0.0.2_{options.size}.safetensors",
        options.checkpoints / f"{mapping}-model.pth.tar",
    ]
    faces = options.checkout / "gfpgan" / "weights"
    found += [faces / name for name in _FACE_MODELS]
    if options.enhancer is not None:
        name = _ENHANCERS[options.enhancer]
        # SadTalker looks for it in its checkpoints too.
        beside = options.checkout / "checkpoints" / name
        found += [beside if _is_there(beside) else faces / name, faces / _PARSER]
    if options.background_enhancer is not None:
        found.append(faces / _BACKGROUND)
    return found


def lacks_files(options: SadTalkerOptions) -> str:
    """The first file of weights that is missing or empty, and where to put it."""
    for path in weights(options):
        if not _is_there(path):
            state = "is empty" if path.is_file() else "is missing"
            return f"{path.name} {state}; put it into {path.parent}"
    return ""


def _lacks_checkout(options: SadTalkerOptions) -> str:
    checkout, inference = options.checkout, options.inference
    if checkout is None or inference is None:
        return "SAD_TALKER_DIR_PATH is not set: the folder of the SadTalker checkout"
    if not checkout.is_dir():
        return f"SAD_TALKER_DIR_PATH is no folder: {checkout}"
    if not (checkout / "src").is_dir():
        return f"{checkout} is no SadTalker checkout: it has no folder src"
    if not inference.is_file():
        return f"SAD_TALKER_INFERENCE is no file: {inference}"
    return ""


def _lacks_python(options: SadTalkerOptions) -> str:
    assert options.python is not None
    if not (options.python.is_file() and os.access(options.python, os.X_OK)):
        return f"SAD_TALKER_PYTHON_PATH is no program: {options.python}"
    version = _version_of(options.python)
    if version is None:
        return f"SAD_TALKER_PYTHON_PATH is no Python that starts: {options.python}"
    if not version.startswith(f"{PYTHON}."):
        return f"SAD_TALKER_PYTHON_PATH must be Python {PYTHON}, {options.python} is {version}"
    return ""


def _lacks_ffmpeg(options: SadTalkerOptions) -> str:
    try:
        locate(options.ffmpeg)
    except EngineUnavailable as error:
        return str(error)
    return ""


def _is_there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _version_of(python: Path) -> str | None:
    status = python.stat()
    return _asked_version(python, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _asked_version(python: Path, mtime_ns: int, size: int) -> str | None:
    """The interpreter's own answer; asked again when the file changes."""
    del mtime_ns, size
    answer = _ask(python, "print('%d.%d.%d' % sys.version_info[:3])", seconds=_ASK_SECONDS)
    return answer.strip() if answer is not None else None


def _ask(python: Path, code: str, *, seconds: float, checkout: Path | None = None) -> str | None:
    """What a line of Python prints in the other interpreter; ``None`` when it fails."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIDEOLECTURE_"))}
    try:
        answer = subprocess.run(
            [str(python), "-B", "-c", f"import sys; {code}"],
            cwd=checkout,
            env=env,
            capture_output=True,
            timeout=seconds,
            check=True,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode("utf-8", "replace")


_PROBE = """
import json, os, sys
sys.path.insert(0, os.getcwd())
told = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)
found = {}
try:
    import torch
    found['torch'] = torch.__version__
    cuda = torch.cuda.is_available()
    found['device'] = torch.cuda.get_device_name(0) if cuda else 'cpu'
    if cuda:
        found['device_is'] = torch.cuda.get_device_capability(0)
        found['made_for'] = [int(a[3:]) for a in torch.cuda.get_arch_list() if a[:3] == 'sm_']
    import src.utils.preprocess, src.test_audio2coeff, src.facerender.animate
    import src.generate_batch, src.generate_facerender_batch
    found['modules'] = 'all'
except Exception as error:
    found['fault'] = '%s: %s' % (type(error).__name__, error)
told.write(json.dumps(found))
"""


def _examined_weights(path: Path) -> Finding:
    there = _is_there(path)
    says = f"{path.stat().st_size / 1e6:.1f} MB" if there else f"put it into {path.parent}"
    return Finding(path.name, ok=there, says=says)


def _examined_packages(options: SadTalkerOptions) -> Iterator[Finding]:
    assert options.python is not None
    told = _ask(
        options.python, f"exec({_PROBE!r})", seconds=_IMPORT_SECONDS, checkout=options.checkout
    )
    try:
        found = json.loads(told or "")
    except ValueError:
        yield Finding("packages", ok=False, says="the interpreter died while it imported them")
        return
    if "torch" in found:
        yield Finding("torch", ok=True, says=found["torch"])
    if "device" in found:
        yield _examined_device(found)
    fault = found.get("fault", "")
    install = "; install requirements_sad_talker.txt with that interpreter"
    yield Finding("packages", ok=not fault, says=fault + install if fault else "importable")


def _examined_device(found: Mapping[str, Any]) -> Finding:
    """Whether torch holds code for the GPU; without it the first kernel fails."""
    if "device_is" not in found:
        return Finding("device", ok=True, says=found["device"])
    major, minor = found["device_is"]
    # Code for 8.0 runs on 8.6, but not the other way round, and never across the first digit.
    fits = any(made // 10 == major and made % 10 <= minor for made in found["made_for"])
    says = f"{found['device']}, compute capability {major}.{minor}"
    known = ", ".join(f"{made // 10}.{made % 10}" for made in found["made_for"])
    lacking = f"; torch {found['torch']} is made for {known}: install another, see docs/engines.md"
    return Finding("device", ok=fits, says=says if fits else says + lacking)
