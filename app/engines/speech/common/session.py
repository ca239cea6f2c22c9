"""ONNX models that stop within a moment of being asked to."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_errors

from app.errors import Cancelled, EngineError, EngineUnavailable

if TYPE_CHECKING:
    from app.ports.work import Cancel

Array = npt.NDArray[Any]  # a tensor of any kind

_FAILURES: tuple[type[Exception], ...] = tuple(
    kind for kind in vars(ort_errors).values()
    if isinstance(kind, type) and issubclass(kind, Exception)
)  # fmt: skip
"""What onnxruntime raises: a class for each status, without a common base."""

POLL_SECONDS = 0.1
"""How often a running model looks whether the work was cancelled."""


def open_session(model: Path, *, threads: int) -> ort.InferenceSession:
    """Load a model for the CPU.

    Raises:
        EngineUnavailable: The file is absent or no model.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Waiting threads would otherwise burn the cores that the face engine needs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except _FAILURES as reason:
        raise EngineUnavailable(
            f"cannot load the model {model.parent.name}/{model.name}"
        ) from reason


def run(
    session: ort.InferenceSession,
    inputs: Mapping[str, Array],
    outputs: Sequence[str],
    *,
    cancel: Cancel,
) -> list[Array]:
    """Run a model in this thread, watched from another.

    Between two operators of the graph the model sees the request to stop, so
    the call ends a fraction of a second after ``cancel`` says so.

    Raises:
        Cancelled: Before or while it ran.
        EngineError: The model failed on these inputs.
    """
    cancel.check()
    options = ort.RunOptions()
    # A long phrase needs 600 MB for a moment; without this they stay taken until the end.
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    done = threading.Event()
    stopped = threading.Event()

    def watch() -> None:
        while not done.wait(POLL_SECONDS):
            try:
                cancel.check()
            except Cancelled:
                stopped.set()
                options.terminate = True
                return

    watcher = threading.Thread(target=watch, name="cancel-watcher", daemon=True)
    watcher.start()
    try:
        return [np.asarray(value) for value in session.run(list(outputs), inputs, options)]
    except _FAILURES as reason:
        if stopped.is_set():
            raise Cancelled from reason
        raise EngineError(f"the speech model failed: {type(reason).__name__}") from reason
    finally:
        done.set()
        watcher.join()
