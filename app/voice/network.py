"""Small neural networks that lie in a package of this service."""

from __future__ import annotations

from functools import cache
from importlib import resources

import onnxruntime as ort


@cache
def network(package: str, name: str) -> ort.InferenceSession:
    """``models/name`` of a package, for one core; loaded at the first call."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    model = resources.files(package) / "models" / name
    return ort.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
