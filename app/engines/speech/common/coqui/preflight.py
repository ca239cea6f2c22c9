"""What the coqui engines lack here, told before a lecture is accepted: nothing is imported."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from app.engines.card import Finding
from app.engines.speech.common.coqui import install
from app.engines.speech.common.coqui.checkpoint import folder_of, missing
from app.engines.speech.common.coqui.options import CoquiOptions

_PACKAGES = ("coqui-tts", "torch", "torchaudio", "torchcodec", "transformers", "six")


def lacks(options: CoquiOptions) -> str:
    """What an engine lacks here and what to do; empty when nothing."""
    return lacks_packages(options.engine) or lacks_weights(options) or _lacks_listener(options)


def report(options: CoquiOptions) -> Iterator[Finding]:
    """What ``doctor`` says of an engine, in the order in which faults are to be mended."""
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    lacking = lacks_packages(options.engine)
    yield Finding("packages", not lacking, lacking or versions)
    if lacking:
        return
    yield _device()
    lacking = lacks_weights(options)
    yield Finding("weights", not lacking, lacking or _sizes(options))
    lacking = _lacks_listener(options)
    times = "heard by whisper-base" if listens(options) else "shared out by letters"
    yield Finding("word times", not lacking, lacking or times)


def lacks_packages(engine: str) -> str:
    """What the installed packages lack, whatever the weights.

    Args:
        engine: Name under which ``python -m app setup`` mends them.
    """
    if modules := install.missing_modules():
        return (
            f"packages missing: {', '.join(modules)}; make the environment of coqui-tts, see "
            "docs/engines.md"
        )
    if install.needs_mending():
        return (
            "torchaudio needs CUDA, which torch does not have; run: python -m app setup --engine "
            f"{engine}"
        )
    return ""


def lacks_weights(options: CoquiOptions) -> str:
    """What the folder of weights lacks, or why there is none."""
    absent = missing(folder_of(options), options.files)
    if not absent or (options.checkpoint_dir is None and options.accept_licence):
        return ""
    if options.checkpoint_dir is None:
        return (
            "no weights: set checkpoint_dir to their folder, or accept_licence: true to let "
            "coqui-tts fetch them under their non-commercial licence"
        )
    return f"weights missing: {absent}"


def listens(options: CoquiOptions) -> bool:
    """Whether word times are heard in the sound rather than shared out by letters."""
    match options.word_times:
        case "auto":
            return not _absent(install.LISTENING)
        case "whisper":
            return True
        case "proportional":
            return False


def lacks_language(packages: tuple[tuple[str, str], ...]) -> list[str]:
    """Packages, by the name pip knows, that a language needs and that are not installed."""
    return [name for module, name in packages if _absent((module,))]


def _lacks_listener(options: CoquiOptions) -> str:
    absent = _absent(install.LISTENING) if options.word_times == "whisper" else []
    if not absent:
        return ""
    return f"word_times: whisper needs {', '.join(absent)}; install the extra 'alignment'"


def _device() -> Finding:
    """Import torch, which only ``doctor`` may wait for."""
    import torch

    if torch.cuda.is_available():
        name = torch.cuda.get_device_name()
        memory = torch.cuda.get_device_properties(0).total_memory / 2**30
        return Finding("device", True, f"cuda: {name}, {memory:.0f} GiB")
    if torch.backends.mps.is_available():
        return Finding("device", True, "mps")
    threads = torch.get_num_threads()
    return Finding("device", True, f"cpu, {threads} threads; a second of speech takes 5 to 8 CPU s")


def _sizes(options: CoquiOptions) -> str:
    folder = folder_of(options)
    if absent := missing(folder, options.files):
        return f"{absent}; they are fetched at the first use, the licence is accepted"
    sizes = [
        f"{path.name} {path.stat().st_size / 1e6:.0f} MB"
        for names in options.files.values()
        for path in (folder / name for name in names)
        if path.is_file() and path.suffix == ".pth"
    ]
    return f"{folder}: {', '.join(sizes)}"


@lru_cache
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def _absent(modules: Sequence[str]) -> list[str]:
    return [name for name in modules if importlib.util.find_spec(name) is None]
