"""Where a model computes, one request at a time, and what its failures mean here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.errors import EngineError, EngineUnavailable, OutOfDeviceMemory

if TYPE_CHECKING:
    import torch

    from app.ports.work import Cancel

_WAIT_SECONDS = 0.1
"""Between two looks whether a request that waits for its turn was cancelled."""


def chosen_device(wanted: str) -> str:
    """The device to compute on.

    Args:
        wanted: ``cuda``, ``mps``, ``cpu``, or ``auto`` for the first of them that is there.

    Raises:
        EngineUnavailable: That one is not there.
    """
    import torch

    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted == "auto":
        return next(name for name, found in there.items() if found)
    if not there[wanted]:
        raise EngineUnavailable(f"device {wanted} is not available to torch; set device: auto")
    return wanted


def prepare_torch(threads: int | None) -> None:
    """Set up this process: cores, and the libraries' logs.

    coqui-tts quotes the text that it is given in warnings; transformers warns of settings of
    GPT-2 that XTTS does not use.
    """
    import torch
    from transformers.utils.logging import set_verbosity_error

    logging.getLogger("TTS").setLevel(logging.ERROR)
    set_verbosity_error()
    if threads is not None:
        torch.set_num_threads(threads)


@contextmanager
def importable() -> Iterator[None]:
    """Say what keeps coqui-tts from being imported.

    Raises:
        EngineUnavailable: A package is missing, or a library that one needs.
    """
    try:
        yield
    except (ImportError, OSError) as error:
        raise EngineUnavailable(f"coqui-tts cannot be imported: {error}") from error


def seed_for(*parts: object) -> int:
    """The same number for the same parts, in every process; below 2**63."""
    digest = hashlib.sha256(repr(parts).encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Give a model's exceptions the types of this service.

    Their text is not repeated: it may hold the lecture's.

    Raises:
        OutOfDeviceMemory: The device's memory is full.
        EngineError: The model failed.
    """
    import torch

    try:
        yield
    except torch.OutOfMemoryError as error:
        torch.cuda.empty_cache()
        raise OutOfDeviceMemory(f"{what}: the device's memory is full") from error
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        raise EngineError(f"{what}: the model failed with {type(error).__name__}") from error


class Turn:
    """Lets one request at a time use a model, and stops it within the network.

    coqui-tts keeps the text and the voice of a call in the model itself, so that two calls at
    a time would mix them.
    """

    def __init__(self, *networks: torch.nn.Module) -> None:
        """Watch the networks: their parts check for cancellation before they compute."""
        self._lock = Lock()
        self._cancel: Cancel | None = None
        for network in networks:
            network.register_forward_pre_hook(self._check)

    @contextmanager
    def taken(self, cancel: Cancel | None) -> Iterator[None]:
        """Wait for the turn and have it.

        Raises:
            Cancelled: The lecture was cancelled while it waited.
        """
        while not self._lock.acquire(timeout=_WAIT_SECONDS):
            if cancel is not None:
                cancel.check()
        try:
            self._cancel = cancel
            yield
        finally:
            self._cancel = None
            self._lock.release()

    def _check(self, _network: Any, _inputs: Any) -> None:
        if self._cancel is not None:
            self._cancel.check()


def leaves(network: torch.nn.Module) -> list[torch.nn.Module]:
    """Innermost parts of a network."""
    return [part for part in network.modules() if next(part.children(), None) is None]
