"""The two neural networks of this package, which lie beside it as ONNX files.

``tools/convert_face_models.py`` made them; ``NOTICE.md`` names source and licence.
"""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from app.errors import EngineUnavailable

DETECTOR = "face_detection_full_range.onnx"
MESH = "face_landmark_with_attention.onnx"

INPUT_SIZE = 192
"""Side of the square picture that both take, in pixels."""

_DIRECTORY = Path(__file__).parent / "models"


def load_model(name: str, threads: int) -> onnxruntime.InferenceSession:
    """Bring a model into memory, in about 50 ms; a session may be shared by threads.

    Raises:
        EngineUnavailable: The file is missing from the installation.
    """
    path = _DIRECTORY / name
    if not path.is_file():
        raise EngineUnavailable(f"no face model {name} in app/portrait/models")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
